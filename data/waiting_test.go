package data

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

var (
	annaWrites = Participant{Address: Address{Name: "Anna Kessler", Email: "anna@kestrel.example"}, Part: "from", Side: Customer, Contact: "a"}
	mayaWrites = Participant{Address: Address{Name: "Maya Lindqvist", Email: "maya@larkfield.example"}, Part: "from", Side: Us}
	tomasReads = Participant{Address: Address{Name: "Tomas Reyes", Email: "tomas@larkfield.example"}, Part: "to", Side: Us}
)

func part(p Participant, part string) Participant { p.Part = part; return p }

func talkMail(hoursAgo int, own string, people ...Participant) TalkMail {
	people[0].Part = "from"
	return TalkMail{Interaction: Interaction{
		ID: own, Kind: Mail, At: tuesday.Add(-time.Duration(hoursAgo) * time.Hour), People: people, Direction: DirectionOf(people),
	}, Own: own}
}

func TestWhoOwes(t *testing.T) {
	anna, maya := part(annaWrites, "to"), part(mayaWrites, "to")
	leon := Participant{Address: Address{Name: "Leon", Email: "leon@kestrel.example"}, Part: "to", Side: Customer}
	stranger := Participant{Address: Address{Name: "Ines", Email: "ines@else.example"}, Part: "to"}
	asks := func(h int) TalkMail { return talkMail(h, "Can you come on Friday?", annaWrites, maya) }
	automated := talkMail(1, "I am away", annaWrites, maya)
	automated.Automated = AutomatedReply
	marked := asks(5)
	marked.Answered = true
	met := func(kind Kind, hoursAgo int, p Participant) Interaction {
		return Interaction{Kind: kind, At: tuesday.Add(-time.Duration(hoursAgo) * time.Hour), People: []Participant{mayaWrites, p}}
	}
	declined := anna
	declined.Answer = "declined"
	for _, c := range []struct {
		name  string
		talk  Talk
		by    Side
		since int    // hours ago
		why   string // in one of the reasons
	}{
		{"nothing was said", Talk{}, "", 0, ""},
		{"they wrote last", Talk{Mails: []TalkMail{asks(5)}}, Us, 5, "asks: “Can you come on Friday?”"},
		{"they wrote twice", Talk{Mails: []TalkMail{asks(50), talkMail(5, "Any news?", annaWrites, maya)}}, Us, 50, "2 mails since then"},
		{"we answered", Talk{Mails: []TalkMail{asks(5), talkMail(4, "Yes.", mayaWrites, anna)}}, "", 0, ""},
		{"we answered a colleague of theirs", Talk{Mails: []TalkMail{asks(5), talkMail(4, "Yes.", mayaWrites, leon)}}, "", 0, ""},
		{"we wrote to one another only", Talk{Mails: []TalkMail{asks(5), talkMail(4, "Can you?", mayaWrites, tomasReads)}}, Us, 5, ""},
		{"we passed it on to somebody else", Talk{Mails: []TalkMail{asks(5), talkMail(4, "Please see below", mayaWrites, stranger)}}, Us, 5, ""},
		{"they only say thanks", Talk{Mails: []TalkMail{talkMail(9, "Yes.", mayaWrites, anna), talkMail(5, "Perfect, thanks!", annaWrites, maya)}}, "", 0, "Anna only says thanks"},
		{"thanks in advance for what is asked", Talk{Mails: []TalkMail{asks(9), talkMail(5, "Vielen Dank!", annaWrites, maya)}}, Us, 9, ""},
		{"we only have a copy", Talk{Mails: []TalkMail{talkMail(5, "Can you?", annaWrites, leon, part(mayaWrites, "cc"))}}, "", 0, "only have a copy"},
		{"a program answered for them", Talk{Mails: []TalkMail{talkMail(9, "When can we come?", mayaWrites, anna), automated}}, Customer, 9, "you asked Anna"},
		{"marked as answered", Talk{Mails: []TalkMail{marked}}, "", 0, "marks it as answered"},
		{"we met her since", Talk{Mails: []TalkMail{asks(50)}, Met: []Interaction{met(Meet, 20, anna)}}, "", 0, "met Anna"},
		{"we called her since", Talk{Mails: []TalkMail{asks(50)}, Met: []Interaction{met(Call, 20, anna)}}, "", 0, "spoke with Anna"},
		{"we met her before", Talk{Mails: []TalkMail{asks(50)}, Met: []Interaction{met(Meet, 60, anna)}}, Us, 50, ""},
		{"we met another of them", Talk{Mails: []TalkMail{asks(50)}, Met: []Interaction{met(Meet, 20, leon)}}, Us, 50, ""},
		{"she declined the meeting", Talk{Mails: []TalkMail{asks(50)}, Met: []Interaction{met(Meet, 20, declined)}}, Us, 50, ""},
		{"the meeting lies ahead", Talk{Mails: []TalkMail{asks(50)}, Met: []Interaction{met(Meet, -3, anna)}}, Us, 50, ""},
		{"met between two mails", Talk{Mails: []TalkMail{asks(50), asks(5)}, Met: []Interaction{met(Meet, 20, anna)}}, Us, 5, ""},
		{"we asked", Talk{Mails: []TalkMail{talkMail(30, "When can we come?", mayaWrites, anna)}}, Customer, 30, "asks: “When can we come?”"},
		{"we told", Talk{Mails: []TalkMail{talkMail(30, "We come on Friday.", mayaWrites, anna)}}, "", 0, ""},
		{"we asked, and met since", Talk{Mails: []TalkMail{talkMail(30, "When can we come?", mayaWrites, anna)}, Met: []Interaction{met(Visit, 2, anna)}}, "", 0, "visited Anna"},
		{"it comes later", Talk{Mails: []TalkMail{asks(-3)}}, "", 0, ""},
	} {
		o := WhoOwes(c.talk, tuesday)
		if o.By != c.by || c.by != "" && !o.Since.Equal(tuesday.Add(-time.Duration(c.since)*time.Hour)) {
			t.Errorf("%s: %q owes since %v, want %q since %d h ago", c.name, o.By, o.Since, c.by, c.since)
		}
		if !strings.Contains(strings.Join(o.Reasons, "; "), c.why) {
			t.Errorf("%s: because %q, want %q", c.name, o.Reasons, c.why)
		}
		if o.By != "" && (o.Person.Email != "anna@kestrel.example" || len(o.Reasons) == 0) {
			t.Errorf("%s: it is about %+v, because %q", c.name, o.Person, o.Reasons)
		}
	}
}

func TestAnAnswerOfOursLeavesUsOwingNothing(t *testing.T) {
	people := rapid.SampledFrom([]Participant{annaWrites, mayaWrites, part(tomasReads, "from")})
	rapid.Check(t, func(t *rapid.T) {
		var talk Talk
		for h := rapid.IntRange(1, 8).Draw(t, "mails"); h > 0; h-- {
			to := part(people.Draw(t, "to"), rapid.SampledFrom([]string{"to", "cc"}).Draw(t, "part"))
			talk.Mails = append(talk.Mails, talkMail(h, rapid.SampledFrom([]string{"", "Thanks", "Can you?", "We will."}).Draw(t, "own"), people.Draw(t, "from"), to))
		}
		talk.Mails = append(talk.Mails, talkMail(0, "It is done.", mayaWrites, part(annaWrites, "to")))
		if o := WhoOwes(talk, tuesday); o.By != "" {
			t.Fatalf("%q owes after our answer: %+v", o.By, o.Reasons)
		}
	})
}

func TestUsualAnswer(t *testing.T) {
	var turns []Turn
	for i, hours := range []int{2, 30, 5} {
		thread := string(rune('a' + i))
		turns = append(turns, Turn{thread, tuesday, false}, Turn{thread, tuesday.Add(time.Hour), false}, Turn{thread, tuesday.Add(time.Duration(hours) * time.Hour), true})
	}
	slices.SortStableFunc(turns, func(a, b Turn) int { return a.At.Compare(b.At) })
	if got := UsualAnswer(turns, true); got != 5*time.Hour {
		t.Errorf("we usually take %v, want 5 h", got)
	}
	if got := UsualAnswer(turns, false); got != 0 {
		t.Errorf("of too few answers comes %v", got)
	}
	w := Waiting{Owed: Owed{Since: tuesday.Add(-30 * time.Hour)}, Usual: 5 * time.Hour}
	if !w.Longer(tuesday) || w.UsualWords(tuesday) != "longer than the usual 5 h" {
		t.Errorf("30 h of a usual 5: %q", w.UsualWords(tuesday))
	}
	if w.Since = tuesday.Add(-3 * time.Hour); w.Longer(tuesday) || w.UsualWords(tuesday) != "usually 5 h" {
		t.Errorf("3 h of a usual 5: %q", w.UsualWords(tuesday))
	}
}

func TestOwedWords(t *testing.T) {
	w := func(p Participant, hours int) Waiting {
		return Waiting{Owed: Owed{Person: p, Since: tuesday.Add(-time.Duration(hours) * time.Hour)}}
	}
	leon := Participant{Address: Address{Name: "Leon Maas", Email: "leon@kestrel.example"}}
	for _, c := range []struct {
		name         string
		ours, theirs []Waiting
		want         string
	}{
		{"nobody", nil, nil, ""},
		{"one", []Waiting{w(annaWrites, 15)}, []Waiting{w(leon, 3)}, "Anna waits 15 h for your answer"},
		{"two", []Waiting{w(annaWrites, 15), w(leon, 96)}, nil, "2 people wait for your answer, the longest 4 days"},
		{"one, twice", []Waiting{w(annaWrites, 15), w(annaWrites, 96)}, nil, "1 person waits for your answer, the longest 4 days"},
		{"they owe", nil, []Waiting{w(leon, 50), w(annaWrites, 5)}, "Leon has not answered for 2 days"},
	} {
		if got := OwedWords(c.ours, c.theirs, tuesday); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}
