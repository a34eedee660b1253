package nurture

import (
	"slices"
	"strings"
	"testing"
	"time"

	"rapport/data"
)

var now = time.Date(2026, 11, 16, 9, 0, 0, 0, time.UTC)

func day(n int) time.Time { return now.AddDate(0, 0, n) }

func date(n int) string { return day(n).Format(time.DateOnly) }

// world is one account with one contact, known for a year.
func world() Facts {
	return Facts{
		Accounts: map[string]data.Account{"kestrel": {ID: "kestrel", Name: "Kestrel Museums"}},
		Contacts: map[string]data.Contact{"anna": {ID: "anna", AccountID: "kestrel", Name: "Anna Kessler", Emails: []string{"anna@kestrel.example"}}},
		Main:     map[string]string{"kestrel": "anna"},
		Wishes:   map[string]data.Wishes{"anna": {History: []data.Moment{{ID: "old", At: day(-365), Kind: data.Meet}}}},
	}
}

func begun(id string, n int) data.Moment {
	return data.Moment{ID: id, At: day(n), Kind: data.Mail, Side: data.Customer, Thread: id}
}

// decided is what is made of facts.
func decided(f Facts) []Suggestion { return Judge(Candidates(f, now), f, now) }

func TestAFactCallsForOneSuggestion(t *testing.T) {
	tests := []struct {
		name string
		give func(*Facts)
		want string // "trigger way words because", or "" for nothing
	}{
		{"a question of two days", func(f *Facts) {
			f.Waiting = []data.Waiting{{Owed: data.Owed{By: data.Us, Since: day(-2), Asks: "When do you come?", Interaction: data.Interaction{ID: "m"}, Person: data.Participant{Contact: "anna"}}}}
		}, "question draft Answer Anna's question | asked on 14 Nov, nobody answered: “When do you come?”"},
		{"a question of an hour", func(f *Facts) {
			f.Waiting = []data.Waiting{{Owed: data.Owed{By: data.Us, Since: now.Add(-time.Hour), Asks: "When?", Person: data.Participant{Contact: "anna"}}}}
		}, ""},
		{"a mail without a question", func(f *Facts) {
			f.Waiting = []data.Waiting{{Owed: data.Owed{By: data.Us, Since: day(-2), Person: data.Participant{Contact: "anna"}}}}
		}, ""},
		{"a first meeting last week", func(f *Facts) {
			f.Met = []Met{{"anna", data.Receipt{Interaction: "m", Words: "Night walk", At: day(-6)}}}
		}, "first meeting draft Write to Anna after your first meeting | your first meeting was on 10 Nov: Night walk"},
		{"a first meeting of three weeks ago", func(f *Facts) {
			f.Met = []Met{{"anna", data.Receipt{Interaction: "m", At: day(-21)}}}
		}, ""},
		{"a first order", func(f *Facts) {
			f.Orders = []data.Purchase{{Account: "kestrel", On: date(-10), What: "Lamps"}}
		}, "first order draft Thank Anna for the first order | the first order is of 6 Nov"},
		{"a first order of last year", func(f *Facts) {
			f.Orders = []data.Purchase{{Account: "kestrel", On: date(-300)}}
		}, ""},
		{"interest reached", func(f *Facts) {
			f.Recent = map[string][]data.Moment{"anna": {begun("a", -100), begun("b", -3)}}
		}, "stage reached draft Write to Anna about what comes next | reached interest: began a conversation"},
		{"interest reached, and something fits", func(f *Facts) {
			f.Recent = map[string][]data.Moment{"anna": {begun("a", -100), begun("b", -3)}}
			f.Content = []data.Content{{Title: "Any", On: date(0), Text: "x"}, {Title: "Of trust", Stage: data.StageTrust, Text: "x"}, {Title: "Night tests", Stage: data.StageInterest, On: date(-50), Text: "x"}}
		}, "stage reached content Send Anna “Night tests” | reached interest: began a conversation"},
		{"interest since long", func(f *Facts) {
			f.Recent = map[string][]data.Moment{"anna": {begun("a", -100), begun("b", -40), begun("c", -3)}}
		}, ""},
		{"a sign of trust", func(f *Facts) {
			f.Recent = map[string][]data.Moment{"anna": {begun("a", -100), begun("b", -40)}}
			f.Signs = map[string][]data.TrustSign{"anna": {{Belongs: data.Belongs{ID: "s"}, Is: "took advice", On: date(-2), By: "Maya"}}}
		}, "stage reached draft Write to Anna about what comes next | reached trust: took advice, as Maya saw"},
		{"a contract that ends in 80 days", func(f *Facts) {
			f.Ends = []data.Whitespace{{Belongs: data.Belongs{ID: "w", Account: "kestrel"}, With: data.WithUs, Ends: date(80)}}
		}, "renewal step Plan the talk about renewal with Anna | what they have with you ends on 4 Feb 2027, in 80 days"},
		{"a contract with another that ends", func(f *Facts) {
			f.Ends = []data.Whitespace{{Belongs: data.Belongs{ID: "w", Account: "kestrel"}, With: data.Competitor, Ends: date(80)}}
		}, ""},
		{"a contract that ends in 100 days", func(f *Facts) {
			f.Ends = []data.Whitespace{{Belongs: data.Belongs{ID: "w", Account: "kestrel"}, With: data.WithUs, Ends: date(100)}}
		}, ""},
		{"a birthday in three days", func(f *Facts) {
			f.Birthdays = []data.Fact{{Belongs: data.Belongs{ID: "b", Contact: "anna"}, Value: "1980-11-19", Basis: data.Consent}}
		}, "birthday draft Wish Anna a happy birthday | the birthday is on 19 Nov"},
		{"a birthday in three weeks", func(f *Facts) {
			f.Birthdays = []data.Fact{{Belongs: data.Belongs{ID: "b", Contact: "anna"}, Value: "12-07", Basis: data.Consent}}
		}, ""},
		{"news of three days", func(f *Facts) {
			f.News = []data.Interaction{{ID: "h", Kind: data.Press, Account: "kestrel", Subject: "A new hall", At: day(-3)}}
		}, "news draft Write to Anna about their news | published on 13 Nov: “A new hall”"},
		{"news of two weeks", func(f *Facts) {
			f.News = []data.Interaction{{ID: "h", Kind: data.Press, Account: "kestrel", Subject: "A new hall", At: day(-14)}}
		}, ""},
		{"news of an account where we know nobody", func(f *Facts) {
			f.News = []data.Interaction{{ID: "h", Kind: data.Press, Account: "other", Subject: "A new hall", At: day(-3)}}
		}, ""},
		{"silence of 40 days, no rhythm agreed", func(f *Facts) { f.Quiet = []data.Touchpoint{silence(40, data.OfTier)} }, "quiet draft Write to Anna; it is quiet | last spoke then"},
		{"silence of 20 days, no rhythm agreed", func(f *Facts) { f.Quiet = []data.Touchpoint{silence(20, data.OfTier)} }, ""},
		{"silence of 20 days against an agreed rhythm", func(f *Facts) { f.Quiet = []data.Touchpoint{silence(20, data.Agreed)} }, "quiet draft Write to Anna; it is quiet | last spoke then"},
		{"an account that winds down", func(f *Facts) {
			f.Accounts["kestrel"] = data.Account{ID: "kestrel", Mode: data.WindDown}
			f.Quiet = []data.Touchpoint{silence(40, data.Agreed)}
		}, ""},
		{"an account that was left", func(f *Facts) {
			f.Accounts["kestrel"] = data.Account{ID: "kestrel", Archived: "2026-01-01"}
			f.Waiting = []data.Waiting{{Owed: data.Owed{By: data.Us, Since: day(-2), Asks: "When?", Person: data.Participant{Contact: "anna"}}}}
		}, ""},
		{"nobody whom we know", func(f *Facts) { f.Met = []Met{{"ben", data.Receipt{Interaction: "m", At: day(-6)}}} }, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f := world()
			tt.give(&f)
			got := ""
			for _, s := range Due(decided(f), now) {
				got += string(s.Trigger) + " " + string(s.Way) + " " + s.Words + " | " + s.Because.Words
			}
			if got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

func silence(days float64, from data.IntervalSource) data.Touchpoint {
	return data.Touchpoint{Contact: data.Contact{ID: "anna"}, Late: 3, Due: day(-3), Why: "last spoke then",
		Warmth: data.Warmth{Band: data.Warm, Silence: days, Interval: data.Interval{Days: 14, From: from}, Last: data.Moment{ID: "m", At: day(-int(days))}}}
}

// birthday is a world in which one suggestion is due, and ends one in which it
// sells.
func birthday() Facts {
	f := world()
	f.Birthdays = []data.Fact{{Belongs: data.Belongs{ID: "b", Contact: "anna"}, Value: "11-19", Basis: data.Consent}}
	return f
}

func ends() Facts {
	f := world()
	f.Ends = []data.Whitespace{{Belongs: data.Belongs{ID: "w", Account: "kestrel"}, With: data.WithUs, Ends: date(80)}}
	return f
}

func wishing(f Facts, list ...data.Preference) Facts {
	w := f.Wishes["anna"]
	for i := range list {
		list[i].Confirmed = "2026-01-01"
	}
	w.Preferences = list
	f.Wishes["anna"] = w
	return f
}

func TestWishesAreHeeded(t *testing.T) {
	never := func(c data.Channel) data.Preference { return data.Preference{Rule: data.Never, Channel: c} }
	tests := []struct {
		name  string
		facts Facts
		want  string // "way channel words" or "held: why"
	}{
		{"nothing against it", birthday(), "draft mail Wish Anna a happy birthday"},
		{"no mail", wishing(birthday(), never(data.ByMail)), "step call Call Anna: the birthday"},
		{"prefers a visit", wishing(birthday(), data.Preference{Rule: data.Prefers, Channel: data.ByVisit}), "step visit Visit Anna: the birthday"},
		{"nothing at all", wishing(birthday(), never(data.ByMail), never(data.ByCall), never(data.ByMeeting), never(data.ByVisit)), "held: Anna asked for"},
		{"a birthday that nobody allowed to speak of", func() Facts {
			f := birthday()
			f.Birthdays[0].Basis = data.Interest
			return f
		}(), "held: the birthday is kept on the basis of legitimate interest"},
		{"left out", func() Facts {
			f := birthday()
			f.LeftOut = []data.LeaveOut{{Kind: data.OutDomain, Pattern: "@kestrel.example"}}
			return f
		}(), "held: you left out mail of kestrel.example"},
		{"a renewal", ends(), "step mail Plan the talk about renewal with Anna"},
		{"a renewal after a breach", func() Facts {
			f := ends()
			f.Breaches = []data.Breach{{Belongs: data.Belongs{Account: "kestrel", Contact: "anna"}, On: date(-10)}}
			return f
		}(), "held: on 2026-11-06 a wish of theirs was gone against"},
		{"a renewal long after a breach", func() Facts {
			f := ends()
			f.Breaches = []data.Breach{{Belongs: data.Belongs{Account: "kestrel", Contact: "anna"}, On: date(-40)}}
			return f
		}(), "step mail Plan the talk about renewal with Anna"},
		{"a renewal with somebody new", func() Facts {
			f := ends()
			f.Wishes["anna"] = data.Wishes{History: []data.Moment{{ID: "a", At: day(-5), Kind: data.Meet}}}
			return f
		}(), "held: you know Anna since 11 Nov"},
		{"a birthday after a breach sells nothing", func() Facts {
			f := birthday()
			f.Breaches = []data.Breach{{Belongs: data.Belongs{Account: "kestrel", Contact: "anna"}, On: date(-10)}}
			return f
		}(), "draft mail Wish Anna a happy birthday"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			list := decided(tt.facts)
			if len(list) != 1 {
				t.Fatalf("got %d suggestions", len(list))
			}
			s := list[0]
			got := string(s.Way) + " " + string(s.Channel) + " " + s.Words
			if s.Held != "" {
				got = "held: " + s.Held
			}
			if !strings.HasPrefix(got, tt.want) {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
			if s.Open(now) != (s.Held == "") {
				t.Error("what is held is open")
			}
		})
	}
}

func TestNothingIsSuggestedTwice(t *testing.T) {
	f := birthday()
	s := decided(f)[0]
	for _, said := range []data.NurtureSaid{data.NurtureDrafted, data.NurtureStep, data.NurtureDone, data.NurtureNever} {
		f.Answers = []data.NurtureAnswer{Said(s, said, now)}
		if due := Due(decided(f), now); len(due) != 0 {
			t.Errorf("after %s it comes again", said)
		}
	}
	f.Answers = []data.NurtureAnswer{NotNow(s, "", now)}
	if due := Due(decided(f), now); len(due) != 0 {
		t.Error("not now, and it came now")
	}
	f.Answers = []data.NurtureAnswer{NotNow(s, date(-1), day(-5))}
	if due := Due(decided(f), now); len(due) != 1 {
		t.Error("put off to yesterday, and it does not come back")
	}
	f.Answers = append(f.Answers, Said(s, data.NurtureDone, now))
	if due := Due(decided(f), now); len(due) != 0 {
		t.Error("put off, then done, and it came again")
	}
}

func TestNeverHoldsForThePersonAlone(t *testing.T) {
	f := birthday()
	f.Contacts["ben"] = data.Contact{ID: "ben", AccountID: "kestrel", Name: "Ben Ode", Emails: []string{"ben@kestrel.example"}}
	f.Birthdays = append(f.Birthdays, data.Fact{Belongs: data.Belongs{ID: "c", Contact: "ben"}, Value: "11-18", Basis: data.Consent})
	f.Met = []Met{{"anna", data.Receipt{Interaction: "m", At: day(-6)}}}
	var said []data.NurtureAnswer
	for _, s := range decided(f) {
		if s.Trigger == Birthday && s.Contact.ID == "anna" {
			said = []data.NurtureAnswer{Said(s, data.NurtureNever, now)}
		}
	}
	f.Answers = said
	due := Due(decided(f), now)
	if len(due) != 1 || due[0].Contact.ID != "ben" {
		t.Errorf("got %d suggestions", len(due))
	}
}

func TestALetterSaysWhereEachPieceIsFrom(t *testing.T) {
	f := world()
	f.Recent = map[string][]data.Moment{"anna": {begun("a", -100), begun("b", -3)}}
	f.Content = []data.Content{{Title: "Night tests", Text: "Four pages.", Link: "https://larkfield.example/night"}}
	f.Birthdays = birthday().Birthdays
	f.Orders = []data.Purchase{{Account: "kestrel", On: date(-10), What: "Lamps"}}
	f.Met = []Met{{"anna", data.Receipt{Interaction: "m", Words: "Night walk", At: day(-6)}}}
	f.Quiet = []data.Touchpoint{silence(40, data.Agreed)}
	f.Waiting = []data.Waiting{{Owed: data.Owed{By: data.Us, Since: day(-2), Asks: "When?", Interaction: data.Interaction{ID: "q"}, Person: data.Participant{Contact: "anna"}}}}
	list := decided(f)
	if len(list) != 6 {
		t.Fatalf("got %d suggestions", len(list))
	}
	from := data.Answer{From: data.Address{Name: "Maya Lindqvist", Email: "maya@larkfield.example"}, Mailbox: "box"}
	for _, s := range list {
		l := Write(s, from, now)
		for _, line := range l.Lines {
			if line.From == "" || line.Words == "" {
				t.Errorf("%s: a line %q from %q", s.Trigger, line.Words, line.From)
			}
			if !strings.Contains(l.Draft.Text, line.Words) {
				t.Errorf("%s: the mail lacks %q", s.Trigger, line.Words)
			}
		}
		if l.Draft.To[0].Email != "anna@kestrel.example" || l.Draft.From != from.From || l.Draft.Mailbox != "box" || !strings.HasPrefix(l.Draft.Text, "Dear Anna,") || !strings.HasSuffix(l.Draft.Text, "Maya Lindqvist") {
			t.Errorf("%s: %+v", s.Trigger, l.Draft)
		}
		if s.Trigger != Stage && !strings.Contains(l.Draft.Text, "[") {
			t.Errorf("%s leaves nothing for the person to say", s.Trigger)
		}
	}
	i := slices.IndexFunc(list, func(s Suggestion) bool { return s.Trigger == Stage })
	if text := Write(list[i], from, now).Draft.Text; !strings.Contains(text, "Four pages.\nhttps://larkfield.example/night") {
		t.Errorf("what is brought is not in it: %s", text)
	}
}

func TestSilenceNamesTheLastContactAndComesAgainAfterAnother(t *testing.T) {
	f := world()
	f.Quiet = []data.Touchpoint{silence(40, data.Agreed)}
	f.Wishes["anna"] = data.Wishes{History: []data.Moment{{ID: "ours", At: day(-40), Kind: data.Mail, Side: data.Us}, {ID: "visit", At: day(-40), Kind: data.Visit}}}
	s := decided(f)[0]
	if s.Because.Interaction != "visit" {
		t.Errorf("it names %q", s.Because.Interaction)
	}
	f.Answers = []data.NurtureAnswer{Said(s, data.NurtureDone, now)}
	if due := Due(decided(f), now); len(due) != 0 {
		t.Error("it comes again")
	}
	f.Quiet = []data.Touchpoint{silence(35, data.Agreed)}
	if due := Due(decided(f), now); len(due) != 1 {
		t.Error("a new silence calls for nothing")
	}
}

func TestTheOrderIsThatOfTheFacts(t *testing.T) {
	f := birthday()
	f.Met = []Met{{"anna", data.Receipt{Interaction: "m", At: day(-6)}}}
	f.Quiet = []data.Touchpoint{silence(40, data.Agreed)}
	f.Recent = map[string][]data.Moment{"anna": {begun("a", -100), begun("b", -3)}}
	var got []string
	seen := map[string]bool{}
	for _, s := range decided(f) {
		got = append(got, string(s.Trigger))
		if seen[s.ID] || s.ID[0] != 'n' {
			t.Errorf("ID %s", s.ID)
		}
		seen[s.ID] = true
	}
	if want := []string{"first meeting", "stage reached", "birthday", "quiet"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
