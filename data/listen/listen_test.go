package listen

import (
	"os"
	"strings"
	"testing"
	"time"

	"rapport/data"
)

var now = time.Date(2026, 11, 16, 9, 0, 0, 0, time.UTC)

func mail(side data.Side, own string) data.PromiseMail {
	return data.PromiseMail{Own: own, Interaction: data.Interaction{ID: "m", Kind: data.Mail, At: now, People: []data.Participant{
		{Address: data.Address{Name: "Anna Kessler", Email: "anna@kestrel.example"}, Side: side, Contact: "anna"}}}}
}

func TestAMailIsHeard(t *testing.T) {
	rules := []Rule{{"night engineer", data.Chatter}, {"Flicker", data.Whisper}}
	tests := []struct {
		name, own string
		want      string // "level theme words | because", or ""
	}{
		{"a complaint", "Dear Maya,\nThe report is late again. The lamps in the hall are broken. Kind regards", "chatter complaint The lamps in the hall are broken. | late -1, broken -2"},
		{"a loud complaint", "Thank you. The work of last night is unacceptable. We have a meeting on Monday.", "shout complaint The work of last night is unacceptable. | unacceptable -3"},
		{"many small things", "The invoice is wrong. The lamps are slow. The report is missing, with errors.", "shout complaint"},
		{"one small thing is no complaint", "The train was late, so I answer now.", ""},
		{"praise", "Your team did excellent work. We are delighted, and so is the board.", "whisper praise Your team did excellent work. | excellent +2, delighted +2"},
		{"praise in a word, of what was", "Just a line to say that Daniel was excellent yesterday. Have a good week.", "whisper praise Just a line to say that Daniel was excellent yesterday. | excellent +2"},
		{"an answer in a word is no praise", "Great, thanks.", ""},
		{"thanks are no praise", "That is good to know. Good night.", ""},
		{"praise turned around", "The new lamps are not good, and we are not happy with them.", "chatter complaint The new lamps are not good, and we are not happy with them. | good -1, happy -1"},
		{"no problem is nothing", "No problem. We had no complaints, never any delay.", ""},
		{"a wish", "All is fine. It would help to have numbers, not slides.", "whisper wish It would help to have numbers, not slides. | somebody would like something otherwise"},
		{"German", "Guten Tag, der Bericht ist verspätet und die Lampen sind kaputt.", "chatter complaint Guten Tag, der Bericht ist verspätet und die Lampen sind kaputt. | verspatet -1, kaputt -2"},
		{"a word that a team listens for", "All is excellent and wonderful. Could we have a Night Engineer on call?", "chatter words you listen for Could we have a Night Engineer on call? | you listen for “night engineer”"},
		{"the louder rule is said", "The flicker is back. We need a night engineer.", "chatter words you listen for We need a night engineer. | you listen for “night engineer”"},
		{"a part of a word is none", "The flickers are gone.", ""},
		{"nothing", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p, ok := Hear(mail(data.Customer, tt.own), "kestrel", rules, time.UTC)
			got := ""
			if ok {
				got = string(p.Feedback.Level) + " " + p.Feedback.Theme + " " + p.Feedback.Words + " | " + p.Because
				if err := p.Feedback.Check(); err != nil {
					t.Error(err)
				}
				if p.Who != "Anna Kessler" || p.Feedback.Contact != "anna" || p.Feedback.Interaction != "m" || p.Feedback.On != "2026-11-16" || p.Feedback.ID != "" {
					t.Errorf("%+v", p)
				}
			}
			if !strings.HasPrefix(got, tt.want) || tt.want == "" && got != "" {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
			if _, ok := Hear(mail(data.Us, tt.own), "kestrel", rules, time.UTC); ok {
				t.Error("what one of us wrote is heard")
			}
		})
	}
}

func TestAWordCountsWhereItIsMeantForUs(t *testing.T) {
	tests := []struct{ says, because string }{
		{"I did worse in my last job.", ""},
		{"Your work is worse.", "worse -2"},
		{"I am disappointed with the broken lamps.", "disappointed -2, broken -2"},
		{"We use “broken” lamps.", "broken -2"},
		{"He wrote “the lamps are broken” to us.", ""},
		{"If the lamps are broken, the hall is slow.", "slow -1"},
		{"The lamps were broken and are repaired.", "broken -2"}, // each clause speaks for itself
		{"The broken lamps are repaired.", ""},
		{"The broken lamps are still not repaired.", "broken -2"},
		{"When will the broken lamps be repaired?", "broken -2"},
		{"The weather was terrible, but the lamps are broken.", "broken -2"},
		{"The weather was terrible, the evening awful.", ""},
		{"The weather was terrible, and your lamps failed.", "failed -2"},
		{"Our old supplier failed.", ""},
		{"Our supplier failed.", "failed -2"},
		{"My phone is broken.", ""},
		{"My lamp is broken.", "broken -2"},
		{"It is broken down by hall, in the worst case.", ""},
		{"Nothing is broken.", ""},
		{"Sorry for the late answer.", ""},
		{"Your late answer is wrong.", "late -1, wrong -1"},
		{"„Alles kaputt", ""},
		{"We failed our own fire test.", ""},
		{"We failed to reach you, and the lamps are broken.", "broken -2"},
		{"We are late because your truck was late.", "late -1"},
		{"We sent the broken lamps back.", "broken -2"},
		{"We sent you the broken file.", ""},
		{"You made a mistake in our order.", "mistake -1"},
		{"The report was late and wrong, that was our mistake.", ""},
		{"Our numbers are worse.", ""},
		{"Our numbers are worse since your campaign.", "worse -2"},
		{"Wir kündigen die Ausstellung an.", ""},
		{"Wir kündigen die Ausstellung, die bald beginnt, an.", ""},
		{"Ich kündige den Vertrag und rufe Sie an.", "kundige -3"},
		{"Wir kündigen Ihnen die Mitarbeit an der Ausstellung.", "kundigen -3"},
		{"Die Ausstellung kündigen wir an, das Licht ist aber kaputt.", "kaputt -2"},
		{"Die Kündigung eines Kollegen beschäftigt uns.", ""},
		{"Hiermit erhalten Sie unsere Kündigung.", "kundigung -3"},
		{"We terminated our lease.", ""},
		{"We terminate the contract with our caterer.", ""},
		{"We terminate the contract with you.", "terminate -3"},
		{"We cancel the meeting with you.", ""},
		{"We cancel the contract.", "cancel -3"},
		{"Our lawyer has read the contract.", ""},
		{"Our lawyer will write to you.", "lawyer -3"},
		{"Please write to our lawyer.", ""},
		{"Is anything broken?", ""},
		{"Is there any reason why it is broken?", "broken -2"},
		{"How do we report a broken lamp?", ""},
		{"A failure would be terrible.", ""},
		{"It might fail.", ""},
		{"We might terminate the contract.", "terminate -3"},
		{"Not only late, but wrong.", "late -1, wrong -1"},
		{"Never a complaint or a failure.", ""},
		{"Seit Montag funktioniert das Tor nicht.", "funktioniert … nicht -2"},
		{"We are fed up with it.", "fed up -3"},
		{"Great, perfect, see you on Monday.", ""},
		{"Great work on Monday.", "great +2"},
	}
	for _, tt := range tests {
		if _, _, why := weight(tt.says); strings.Join(why, ", ") != tt.because {
			t.Errorf("%s: %q, want %q", tt.says, why, tt.because)
		}
	}
}

func TestSilenceIsMeasuredByTheirOwnPast(t *testing.T) {
	awaited := func(days int, usual time.Duration) []data.Waiting {
		return []data.Waiting{{Owed: data.Owed{By: data.Customer, Since: now.AddDate(0, 0, -days), Interaction: data.Interaction{ID: "q"},
			Person: data.Participant{Address: data.Address{Name: "Leon Brandt", Email: "leon@kestrel.example"}, Contact: "leon"}}, Account: data.Account{ID: "kestrel"}, Usual: usual}}
	}
	day := 24 * time.Hour
	tests := []struct {
		name  string
		days  int
		usual time.Duration
		want  bool
	}{
		{"six days, usually one", 6, day, true},
		{"six days, usually three", 6, 3 * day, false},
		{"four days, usually an hour", 4, time.Hour, false},
		{"nothing known of them", 60, 0, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			list := Unheard(awaited(tt.days, tt.usual), now)
			if (len(list) == 1) != tt.want {
				t.Fatalf("got %d proposals", len(list))
			}
			if tt.want && (list[0].Feedback.Words != "Leon Brandt has not answered for 6 days" || list[0].Feedback.Theme != Silence || list[0].Feedback.Check() != nil) {
				t.Errorf("%+v", list[0])
			}
		})
	}
}

func TestWhatWasDecidedIsNotProposedAgain(t *testing.T) {
	at := func(id string, level data.Volume, on string) Proposal {
		return Proposal{Feedback: data.Feedback{Belongs: data.Belongs{Interaction: id}, Words: "x", Level: level, Theme: Complaint, On: on}}
	}
	list := []Proposal{at("a", data.Whisper, "2026-11-16"), at("b", data.Shout, "2026-11-01"), at("c", data.Shout, "2026-11-10"), at("d", data.Chatter, "2026-11-16"), at("e", data.Chatter, "2026-11-16")}
	got := ""
	for _, p := range Open(list, []data.Feedback{{Belongs: data.Belongs{Interaction: "d"}}}, []string{at("e", data.Chatter, "").Key()}) {
		got += p.Feedback.Interaction
	}
	if got != "cba" {
		t.Errorf("the order is %s", got)
	}
}

func TestARuleComesBackAsItWasKept(t *testing.T) {
	for _, r := range []Rule{{"night engineer", data.Shout}, {"Flimmern", data.Whisper}} {
		if got := RuleOf(r.Line()); got != r || r.Check() != nil {
			t.Errorf("%+v came back as %+v", r, got)
		}
	}
	for _, r := range []Rule{{" ", data.Shout}, {"lamps", "loud"}, {"lamps", ""}} {
		if r.Check() == nil {
			t.Errorf("%+v can be kept", r)
		}
	}
}

func FuzzHear(f *testing.F) {
	for _, path := range []string{"testdata/sentences.txt", "testdata/everyday.txt"} {
		b, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		for line := range strings.Lines(string(b)) {
			f.Add(line)
		}
	}
	for _, words := range []string{"und", "Kündigung", "an, an", "not only", "“", "I", "we and and", "my", "our own", "funktioniert nicht", "worst case", "cancel", ",;:", "?"} {
		f.Add(words)
	}
	f.Fuzz(func(t *testing.T, own string) {
		p, ok := Hear(mail(data.Customer, own), "kestrel", nil, time.UTC)
		again, _ := Hear(mail(data.Customer, own), "kestrel", nil, time.UTC)
		if ok && (p.Because == "" || p.Feedback.Words == "") || p.Because != again.Because || p.Feedback.Words != again.Feedback.Words {
			t.Errorf("%q is heard as %+v, and then as %+v", own, p, again)
		}
	})
}
