package survey

import (
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"rapport/data"
)

var (
	key    = []byte("a key of the tests, thirty-two b")
	larks  = data.Address{Name: "Ruth Abebe", Email: "ruth@larkfield.example"}
	anna   = data.Address{Name: "Anna Kessler", Email: "anna@kestrel.example"}
	sentAt = time.Date(2026, 11, 12, 9, 0, 0, 0, time.UTC)
)

func asked() (data.Survey, data.SurveyAsk) {
	s := data.Survey{Belongs: data.Belongs{ID: "s1"}, Title: "How are we doing?", On: "2026-11-01"}.WithQuestions([]data.Question{
		{Words: "Would you recommend us?", Form: data.AnswerForm{Low: 0, High: 10}},
		{Words: "Which day suits you?", Form: data.AnswerForm{Choices: []string{"Monday", "Any day", "Any"}}},
		{Words: "What should we change?"},
	})
	return s, data.SurveyAsk{Belongs: data.Belongs{ID: "a1", Account: "kestrel", Contact: "anna"}, Survey: "s1",
		Token: Token([TokenBytes]byte{1, 2, 3, 4, 5}), Key: KeyName(key), Address: anna.Email, On: "2026-11-01"}
}

func letter() Letter {
	s, a := asked()
	return Letter{Survey: s, Ask: a, To: anna, From: larks, Hello: "Dear Anna,", Opening: "Two minutes <of> yours.", Key: key}
}

// link is the subject that one click makes.
func link(t *testing.T, question, place int) string {
	t.Helper()
	q, _ := letter().Survey.Question(question)
	u, err := url.Parse(letter().Link(q, place))
	if err != nil || u.Opaque != larks.Email {
		t.Fatalf("the link goes to %q: %v", u, err)
	}
	return u.Query().Get("subject")
}

func read(t *testing.T, m data.Message) []data.SurveyAnswer {
	t.Helper()
	if m.Date.IsZero() {
		m.Date = sentAt
	}
	if m.From == nil {
		m.From = []data.Address{anna}
	}
	reply, ok := FindReply(m)
	if !ok {
		return nil
	}
	s, a := asked()
	return reply.Read(s, a, []string{anna.Email, "a.kessler@kestrel.example"}, key)
}

// TestReplies reads each shape of reply that mail programs make.
func TestReplies(t *testing.T) {
	nine, footing := link(t, 1, 9), "Please leave this line in your reply: "+letter().whole()
	for _, c := range []struct {
		name string
		mail data.Message
		want string // number=choice/words/mark/refused, one a line
	}{
		{"one click", data.Message{Subject: nine}, "1=9"},
		{"one click and a word", data.Message{Subject: nine, Text: "You tell me early.\n\n-- \nAnna Kessler\nKestrel Museums"}, "1=9/You tell me early."},
		{"a rewritten subject", data.Message{Subject: "AW: Re: [EXTERN] " + strings.ToLower(nine)}, "1=9"},
		{"letters for digits", data.Message{Subject: strings.NewReplacer("-09-", "-O9-").Replace(nine)}, "1=9"},
		{"another of hers", data.Message{Subject: nine, From: []data.Address{{Email: "A.Kessler@kestrel.example"}}}, "1=9"},
		{"another's", data.Message{Subject: nine, From: []data.Address{{Email: "bob@kestrel.example"}}}, "1=9//from another address, bob@kestrel.example"},
		{"forwarded", data.Message{Subject: "Fwd: " + nine, From: []data.Address{{Email: "bob@kestrel.example"}}}, "1=9//forwarded by bob@kestrel.example"},
		{"a choice", data.Message{Subject: link(t, 2, 1)}, "2=Any day"},
		{"lines in a reply", data.Message{Subject: "Re: How are we doing?",
			Text: "1: 7, thanks to Tomas\n2) any day\nLess light in hall 3.\n\nOn 1 Nov 2026 Ruth wrote:\n> 1. Would you recommend us?\n> " + footing},
			"1=7/thanks to Tomas\n2=Any day\n3=/Less light in hall 3."},
		{"words alone", data.Message{Subject: "Re: How are we doing?", Text: "All is well.\n\nVon: Ruth Abebe <ruth@larkfield.example>\nGesendet: Montag, 2. November 2026 09:00\nAn: Anna Kessler\nBetreff: How are we doing?\n\n" + footing}, "3=/All is well."},
		{"out of range", data.Message{Subject: "Re: x", Text: "1: 11\n\n" + footing}, `1=/11//"11" is not a number from 0 to 10`},
		{"no such day", data.Message{Subject: "Re: x", Text: "2: Sunday\n\n" + footing}, `2=/Sunday//"Sunday" is none of Monday, Any day, Any`},
		{"below the range", data.Message{Subject: "Re: x", Text: "1: -3\n\n" + footing}, `1=/-3//"-3" is not a number from 0 to 10`},
		{"nothing", data.Message{Subject: "Re: x", Text: "\n" + footing}, "3=///it says nothing"},
		{"forged", data.Message{Subject: strings.Replace(nine, "-09-", "-02-", 1)}, "1=///its code was changed on the way, or is not ours"},
		{"no code", data.Message{Subject: "Re: How are we doing?", Text: "12345678-1-2"}, ""},
	} {
		var got []string
		for _, a := range read(t, c.mail) {
			line := string(rune('0'+a.Question)) + "=" + a.Choice + "/" + a.Words + "/" + a.Mark + "/" + a.Refused
			got = append(got, strings.TrimRight(line, "/"))
			if err := a.Check(); err != nil {
				t.Errorf("%s: %v", c.name, err)
			}
		}
		if s := strings.Join(got, "\n"); s != c.want {
			t.Errorf("%s:\n%s\nwant\n%s", c.name, s, c.want)
		}
	}
}

func TestClosedSurveyCountsNoMore(t *testing.T) {
	s, a := asked()
	s.Close = "2026-11-11"
	reply, _ := FindReply(data.Message{Subject: link(t, 1, 9), Date: sentAt, From: []data.Address{anna}})
	if got := reply.Read(s, a, nil, key); len(got) != 1 || got[0].Refused == "" {
		t.Errorf("got %+v", got)
	}
}

// TestOneMailAnswersOnce: the ID follows from the mail.
func TestOneMailAnswersOnce(t *testing.T) {
	one, again := read(t, data.Message{ID: "m1", Subject: link(t, 1, 9)}), read(t, data.Message{ID: "m1", Subject: link(t, 1, 9)})
	other := read(t, data.Message{ID: "m2", Subject: link(t, 1, 9)})
	if one[0].ID != again[0].ID || one[0].ID == other[0].ID {
		t.Errorf("IDs %s, %s, %s", one[0].ID, again[0].ID, other[0].ID)
	}
}

// TestEveryForgedCodeIsRefused changes each letter of a code.
func TestEveryForgedCodeIsRefused(t *testing.T) {
	_, a := asked()
	good := Code{Token: a.Token, Question: 1, Place: 9}.Signed(key)
	text := good.String()
	for i, r := range text {
		for _, other := range letters {
			if r == '-' || r == other {
				continue
			}
			if c, ok := FindCode(text[:i] + string(other) + text[i+1:]); ok && c != good && c.Genuine(key) {
				t.Fatalf("%v passes for %v", c, good)
			}
		}
	}
	if good.Genuine([]byte("another key")) || !good.Genuine(key) {
		t.Error("a key of somebody else fits")
	}
}

func TestLetter(t *testing.T) {
	d := letter().Draft()
	for _, want := range []string{"Dear Anna,", "1. Would you recommend us?\n0 to 10\n", "like 1: 10", letter().whole()} {
		if !strings.Contains(d.Text, want) {
			t.Errorf("the text has no %q:\n%s", want, d.Text)
		}
	}
	if n := strings.Count(d.Page, "<a href=\"mailto:"); n != 11+3 {
		t.Errorf("%d links", n)
	}
	if !strings.Contains(d.Page, "Two minutes &lt;of&gt; yours.") {
		t.Error("what a person wrote is taken for markup")
	}
	for _, m := range regexp.MustCompile(`href="([^"]*)"`).FindAllStringSubmatch(d.Page, -1) {
		u, err := url.Parse(strings.ReplaceAll(m[1], "&amp;", "&"))
		if err != nil {
			t.Fatal(err)
		}
		if c, ok := FindCode(u.Query().Get("subject")); !ok || !c.Genuine(key) {
			t.Errorf("%s carries no code of ours", m[1])
		}
	}
}

func answer(ask string, question int, choice string, at int64) data.SurveyAnswer {
	return data.SurveyAnswer{Belongs: data.Belongs{ID: ask + choice, Contact: ask}, Survey: "s1", Ask: ask, Question: question, Choice: choice, At: at}
}

func TestCountTakesEachOnce(t *testing.T) {
	s, _ := asked()
	ask := func(id string) data.SurveyAsk {
		return data.SurveyAsk{Belongs: data.Belongs{ID: id, Contact: id}, Survey: "s1"}
	}
	marked := answer("anna", 1, "0", 500)
	marked.Mark = "forwarded"
	no := answer("bob", 1, "", 10)
	no.Refused = "why not"
	before := s
	before.ID, before.Title = "s0", "Last year"
	was := answer("anna", 1, "4", 1)
	was.Survey = "s0"
	r := Count(Given{Survey: s, Asks: []data.SurveyAsk{ask("anna"), ask("bob"), ask("cleo")},
		Answers: []data.SurveyAnswer{answer("anna", 1, "9", 100), answer("anna", 1, "10", 200), marked, no, answer("cleo", 1, "3", 86400)},
		Before:  []data.SurveyAnswer{was}, BeforeSurveys: []data.Survey{before},
		Contacts: map[string]data.Contact{"anna": {ID: "anna", Name: "Anna", Role: "head"}, "bob": {ID: "bob", Name: "Bob"}, "cleo": {ID: "cleo", Name: "Cleo", Role: "user"}},
	})
	if len(r.People) != 3 || r.People[0].Contact.ID != "anna" || r.People[2].Contact.ID != "bob" || r.People[2].Answered() {
		t.Fatalf("people %+v", r.People)
	}
	if a := r.People[0].Answers[0]; a.Choice != "10" || a.Before != "4" || a.Low {
		t.Errorf("Anna's last from her own address counts: %+v", a)
	}
	if p := r.People[1]; !p.Answers[0].Low || p.CloseBy != "1970-01-09" || p.Closed {
		t.Errorf("a low answer asks for a talk in seven days: %+v", p)
	}
	q := r.Questions[0]
	if q.Answered != 2 || q.All.Value != 0 || !q.All.Promoter || len(q.Roles) != 2 || *q.Blended != 0 {
		t.Errorf("question %+v", q)
	}
	if len(r.Refused) != 1 || r.Refused[0].Refused != "why not" {
		t.Errorf("refused %+v", r.Refused)
	}
	if got := q.All.Words(); got != "2 answers are 2 people, not a score. A net promoter score here could be off by 74 points." {
		t.Errorf("%s", got)
	}
}

func TestDueAgain(t *testing.T) {
	now := time.Date(2026, 11, 17, 9, 0, 0, 0, time.UTC)
	f := Facts{Asks: []data.SurveyAsk{{Belongs: data.Belongs{Account: "a"}, On: "2026-05-01"}, {Belongs: data.Belongs{Account: "b"}, On: "2026-05-01"}}}
	var got []string
	for _, d := range f.DueAgain([]data.Account{{ID: "n", Name: "New"}, {ID: "x", Archived: "2026-01-01"}, {ID: "a", Tier: data.TierA}, {ID: "b", Tier: data.TierB}}, now) {
		got = append(got, d.Account.ID+" "+d.On)
	}
	if s := strings.Join(got, ", "); s != "a 2026-10-30, n " {
		t.Errorf("got %q", s)
	}
}
