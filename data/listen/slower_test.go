package listen

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"rapport/data"
)

// talks are conversations that we began, one every four days up to now, with how many
// hours the answer took and who wrote it: "anna 5, leon 30".
func talks(said string) (turns []Turn) {
	answers := strings.Split(said, ", ")
	for i, a := range answers {
		who, hours := "", 0
		if _, err := fmt.Sscanf(a, "%s %d", &who, &hours); err != nil {
			panic(err)
		}
		at := now.AddDate(0, 0, -4*(len(answers)-i))
		thread := fmt.Sprint("t", i)
		turns = append(turns, Turn{Turn: data.Turn{Thread: thread, At: at, Ours: true}},
			Turn{Turn: data.Turn{Thread: thread, At: at.Add(time.Duration(hours) * time.Hour)}, Interaction: fmt.Sprint("m", i),
				By: data.Participant{Address: data.Address{Name: strings.ToUpper(who[:1]) + who[1:], Email: who + "@kestrel.example"}, Contact: who, Side: data.Customer}})
	}
	return turns
}

func TestSlowerAnswersAreMeasuredByTheirOwnPast(t *testing.T) {
	steady := "anna 4, anna 6, anna 5, anna 3, anna 30, anna 5, anna 4, anna 6, "
	tests := []struct {
		name, said, want string
	}{
		{"from hours to days", steady + "anna 40, anna 60, anna 45, anna 50, anna 70",
			"chatter slower answers Anna's answers take 2 days now; they took 5 h before | half of the last 5 took 2 days or more (1 day on 29 Oct, 2 days on 2 Nov, 1 day on 6 Nov, 2 days on 10 Nov, 2 days on 15 Nov), half of the 8 before 5 h at most; chance alone: less than 1 in 1,000"},
		{"from a day to three", "anna 24, anna 26, anna 20, anna 28, anna 24, anna 23, anna 25, anna 30, anna 70, anna 72, anna 75, anna 80, anna 68",
			"whisper slower answers Anna's answers take 3 days now; they took 1 day before"},
		{"one holiday", steady + "anna 5, anna 400, anna 4, anna 6, anna 5", ""},
		{"two slow ones of five", steady + "anna 5, anna 60, anna 4, anna 70, anna 5", ""},
		{"longer by hours alone", steady + "anna 12, anna 14, anna 13, anna 15, anna 12", ""},
		{"always slow", "anna 60, anna 70, anna 50, anna 66, anna 58, anna 71, anna 64, anna 55, anna 60, anna 72, anna 58, anna 66, anna 61", ""},
		{"too few to say", "anna 4, anna 6, anna 5, anna 60, anna 70, anna 60, anna 65, anna 62", ""},
		{"quicker than before", "anna 60, anna 70, anna 50, anna 66, anna 58, anna 71, anna 64, anna 55, anna 4, anna 6, anna 5, anna 4, anna 5", ""},
		{"nobody alone, but all together", "anna 4, leon 6, anna 5, leon 3, anna 30, leon 5, anna 4, leon 6, anna 40, leon 60, anna 45, leon 50, anna 70",
			"chatter slower answers Their answers take 2 days now; they took 5 h before"},
		{"one of two", "leon 5, leon 5, " + steady + "anna 40, anna 60, anna 45, anna 50, anna 70", "chatter slower answers Anna's answers take 2 days now"},
		{"nothing", "anna 4", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := ""
			for _, s := range Slower(talks(tt.said)) {
				p, ok := s.Propose("kestrel", now)
				if !ok || p.Feedback.Check() != nil || p.Feedback.Account != "kestrel" || p.Feedback.Interaction == "" {
					t.Fatalf("%+v", p)
				}
				got += string(p.Feedback.Level) + " " + p.Feedback.Theme + " " + p.Feedback.Words + " | " + p.Because
			}
			if !strings.HasPrefix(got, tt.want) || tt.want == "" && got != "" {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

func TestSlowerAnswersOfLongAgoAreNotProposed(t *testing.T) {
	list := Slower(talks("anna 4, anna 6, anna 5, anna 3, anna 30, anna 5, anna 4, anna 6, anna 40, anna 60, anna 45, anna 50, anna 70"))
	if len(list) != 1 {
		t.Fatalf("%+v", list)
	}
	for days, want := range map[int]bool{0: true, 20: true, 40: false, -10: false} {
		if _, ok := list[0].Propose("kestrel", now.AddDate(0, 0, days)); ok != want {
			t.Errorf("after %d days: %v", days, ok)
		}
	}
}

func TestSlowerAnswersRestAfterADecision(t *testing.T) {
	at := func(on, contact string) Proposal {
		return Proposal{Feedback: data.Feedback{Belongs: data.Belongs{Account: "kestrel", Contact: contact, Interaction: "m" + on}, Words: "x", Level: data.Whisper, Theme: SlowerAnswers, On: on}}
	}
	decided := []string{at("2026-08-20", "anna").Key()}
	for _, tt := range []struct {
		on, contact string
		want        int
	}{{"2026-08-21", "anna", 0}, {"2026-11-16", "anna", 0}, {"2026-11-20", "anna", 1}, {"2026-08-21", "leon", 1}, {"2026-08-21", "", 1}} {
		if got := Open([]Proposal{at(tt.on, tt.contact)}, nil, decided); len(got) != tt.want {
			t.Errorf("%s on %s: %d proposals, want %d", tt.contact, tt.on, len(got), tt.want)
		}
	}
}
