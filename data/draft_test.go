package data_test

import (
	"errors"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"rapport/data"
	"rapport/data/text"
)

var (
	maya  = data.Address{Name: "Maya Brandt", Email: "maya@larkfield.example"}
	anna  = data.Address{Name: "Anna Kessler", Email: "anna@kestrel.example"}
	leon  = data.Address{Name: "Leon Vogt", Email: "leon@kestrel.example"}
	piotr = data.Address{Name: "Piotr Malik", Email: "piotr@kestrel.example"}
	tomas = data.Address{Name: "Tomas Lind", Email: "tomas@larkfield.example"}
)

func people(list ...data.Address) []data.Address { return list }

func emails(list []data.Address) string {
	var out []string
	for _, a := range list {
		out = append(out, strings.SplitN(a.Email, "@", 2)[0])
	}
	return strings.Join(out, " ")
}

func sentMail(from data.Address, to, cc []data.Address) data.Message {
	return data.Message{
		ID: "m1", MessageID: "two@kestrel.example", InReplyTo: "one@larkfield.example", References: []string{"one@larkfield.example"},
		Date: time.Date(2026, 11, 17, 9, 41, 0, 0, time.UTC), Subject: "AW: Night test", From: people(from), To: to, Cc: cc,
		Text: "Hello Maya,\n\nthe test is on Tuesday. Will you be there with the team?\n\n-- \nAnna Kessler\nKestrel Museums",
	}
}

func asMaya(all bool) data.Answer {
	return data.Answer{All: all, From: maya, Mailbox: "box", Own: map[string]bool{maya.Email: true}}
}

func TestReplyGoesToTheRightPeople(t *testing.T) {
	desk := data.Address{Name: "Kestrel", Email: "projects@kestrel.example"}
	withReplyTo := sentMail(anna, people(maya), nil)
	withReplyTo.ReplyTo = people(desk)
	list := sentMail(anna, people(data.Address{Email: "glass@lists.example"}), nil)
	list.Automated, list.ReplyTo = data.AutomatedList, people(data.Address{Email: "glass@lists.example"})
	tests := []struct {
		name   string
		mail   data.Message
		all    bool
		to, cc string
	}{
		{"to the sender alone", sentMail(anna, people(maya, leon), people(piotr)), false, "anna", ""},
		{"to all", sentMail(anna, people(maya, leon), people(piotr)), true, "anna leon", "piotr"},
		{"a colleague stays among all", sentMail(anna, people(maya, tomas), nil), true, "anna tomas", ""},
		{"to whom the sender asks to answer", withReplyTo, false, "projects", ""},
		{"one's own mail goes on to its people", sentMail(maya, people(anna), people(leon)), false, "anna", ""},
		{"one's own mail to all", sentMail(maya, people(anna), people(leon)), true, "anna", "leon"},
		{"nobody twice", sentMail(anna, people(maya, anna), people(anna, leon)), true, "anna", "leon"},
		{"an address that nobody reads is left out", sentMail(anna, people(maya, data.Address{Email: "no-reply@kestrel.example"}), nil), true, "anna", ""},
		{"a list's author asks to answer to the list", list, false, "glass", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d, err := data.Reply(tt.mail, asMaya(tt.all))
			if err != nil {
				t.Fatal(err)
			}
			if emails(d.To) != tt.to || emails(d.Cc) != tt.cc {
				t.Errorf("to %q cc %q, want %q and %q", emails(d.To), emails(d.Cc), tt.to, tt.cc)
			}
		})
	}
}

func TestReplyIsRefused(t *testing.T) {
	automated := func(why, from string) data.Message {
		m := sentMail(data.Address{Email: from}, people(maya), nil)
		m.Automated = why
		return m
	}
	tests := []struct {
		name string
		mail data.Message
		says string
	}{
		{"to bulk mail", automated(data.AutomatedBulk, "offers@shop.example"), "no person wrote"},
		{"to a bounce", automated(data.AutomatedBounce, "mailer-daemon@kestrel.example"), "no person wrote"},
		{"to a newsletter's desk", automated(data.AutomatedList, "news@shop.example"), "no person wrote"},
		{"to oneself alone", sentMail(maya, people(maya), nil), "nobody but you"},
		{"to nobody", data.Message{To: people(maya)}, "names no sender"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := data.Reply(tt.mail, asMaya(false))
			var invalid *data.Invalid
			if !errors.As(err, &invalid) || !strings.Contains(invalid.Says, tt.says) {
				t.Errorf("got %v, want %q", err, tt.says)
			}
		})
	}
}

func TestReplyJoinsTheConversation(t *testing.T) {
	d, err := data.Reply(sentMail(anna, people(maya), nil), asMaya(false))
	if err != nil {
		t.Fatal(err)
	}
	if d.InReplyTo != "two@kestrel.example" || !slices.Equal(d.References, []string{"one@larkfield.example", "two@kestrel.example"}) {
		t.Errorf("in reply to %q, references %q", d.InReplyTo, d.References)
	}
	if d.Subject != "Re: Night test" || d.Answers != "m1" || d.Mailbox != "box" || d.From != maya {
		t.Errorf("got %+v", d)
	}
	want := "On Tue, 17 Nov 2026 at 09:41, Anna Kessler wrote:\n> Hello Maya,\n>\n> the test is on Tuesday. Will you be there with the team?"
	if d.Quote != want {
		t.Errorf("quote %q, want %q", d.Quote, want)
	}
}

func TestChainsStayShortAndClean(t *testing.T) {
	m := sentMail(anna, people(maya), nil)
	m.References = nil
	for i := range 60 {
		m.References = append(m.References, strings.Repeat("x", i+1)+"@kestrel.example")
	}
	m.References = append(m.References, "with blank@x", "evil@x\r\nBcc: a@b")
	d, err := data.Reply(m, asMaya(false))
	if err != nil {
		t.Fatal(err)
	}
	if len(d.References) != 20 || d.References[0] != "x@kestrel.example" || d.References[19] != m.MessageID {
		t.Errorf("%d references, %q to %q", len(d.References), d.References[0], d.References[len(d.References)-1])
	}
	if strings.ContainsAny(strings.Join(d.References, ""), " \r\n") {
		t.Errorf("an id that is none is kept: %q", d.References)
	}

	m = sentMail(anna, people(maya), nil)
	m.MessageID, m.References = "", nil
	if d, err = data.Reply(m, asMaya(false)); err != nil || d.InReplyTo != "" || !slices.Equal(d.References, []string{"one@larkfield.example"}) {
		t.Errorf("a mail without an id: %q, %q, %v", d.InReplyTo, d.References, err)
	}
}

func TestQuotesAreAttributedInTheirLanguage(t *testing.T) {
	m := sentMail(anna, people(maya), nil)
	m.Text = "Hallo Maya,\n\nder Test ist am Dienstag, und wir sind mit dem Team da.\n\nViele Grüße\nAnna"
	zone := time.FixedZone("CET", 3600)
	a := asMaya(false)
	a.Zone = zone
	d, err := data.Reply(m, a)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(d.Quote, "Am 17.11.2026 um 10:41 schrieb Anna Kessler:\n> Hallo Maya,") {
		t.Errorf("quote %q", d.Quote)
	}
	for _, body := range []string{d.Quote, "x\n\nOn Tue, 17 Nov 2026 at 09:41, Anna Kessler wrote:\n> y"} {
		if own := text.Own("Danke.\n\n" + body); strings.Contains(own, "Kessler") {
			t.Errorf("Rapport does not know its own quote: %q", own)
		}
	}
}

func TestWhatADraftLacksIsSaid(t *testing.T) {
	good := data.Draft{From: maya, To: people(anna), Subject: "Night test", Text: "Yes."}
	tests := []struct {
		name   string
		change func(*data.Draft)
		says   string
	}{
		{"nothing", func(*data.Draft) {}, ""},
		{"a recipient", func(d *data.Draft) { d.To = nil }, "say to whom it goes"},
		{"a sender", func(d *data.Draft) { d.From = data.Address{} }, "from which address"},
		{"a whole address", func(d *data.Draft) { d.To = people(data.Address{Email: "anna"}) }, "is not a mail address"},
		{"an address on one line", func(d *data.Draft) { d.Cc = people(data.Address{Email: "a@b\r\nBcc:c@d"}) }, "is not a mail address"},
		{"somebody who reads it", func(d *data.Draft) { d.To = people(data.Address{Email: "noreply@kestrel.example"}) }, "nobody reads mail to"},
		{"any word", func(d *data.Draft) { d.Subject, d.Text = "", "" }, "write at least"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := good
			tt.change(&d)
			err := d.Check()
			if tt.says == "" && err != nil || tt.says != "" && (err == nil || !strings.Contains(err.Error(), tt.says)) {
				t.Errorf("got %v, want %q", err, tt.says)
			}
		})
	}
}

func entry(id string, day int, who ...data.Address) data.Interaction {
	i := data.Interaction{ID: id, At: time.Date(2026, 11, day, 9, 0, 0, 0, time.UTC)}
	for _, a := range who {
		i.People = append(i.People, data.Participant{Address: a})
	}
	return i
}

func TestDraftWarnings(t *testing.T) {
	now := time.Date(2026, 11, 18, 8, 0, 0, 0, time.UTC)
	known := map[string]data.AddressSeen{anna.Email: {Contact: "Anna Kessler", Mails: 9}, leon.Email: {Mails: 2}}
	thread := []data.Interaction{entry("a", 16, anna, maya, leon), entry("b", 17, anna, maya)}
	crowd := []data.Address{}
	for _, name := range strings.Fields("a b c d e f g h") {
		crowd = append(crowd, data.Address{Email: name + "@kestrel.example"})
		known[name+"@kestrel.example"] = data.AddressSeen{Mails: 1}
	}
	tests := []struct {
		name  string
		draft data.Draft
		facts data.DraftFacts
		want  []string
	}{
		{"an answer to the newest mail", data.Draft{To: people(anna), Subject: "Re: x"}, data.DraftFacts{Thread: thread, AnsweredAt: thread[1].At}, nil},
		{"somebody was taken off", data.Draft{To: people(anna), Cc: people(leon), Subject: "Re: x"}, data.DraftFacts{Thread: thread, AnsweredAt: thread[1].At},
			[]string{"Leon Vogt is not on the newest mail of this conversation, of Tue 17 Nov"}},
		{"the conversation has gone on", data.Draft{To: people(anna), Subject: "Re: x"}, data.DraftFacts{Thread: thread, AnsweredAt: thread[0].At},
			[]string{"The conversation has gone on: there is a newer mail, of Tue 17 Nov"}},
		{"a stranger", data.Draft{To: people(piotr), Subject: "x"}, data.DraftFacts{}, []string{"piotr@kestrel.example was never seen here before; check its spelling"}},
		{"many people", data.Draft{To: crowd, Subject: "x"}, data.DraftFacts{}, []string{"It goes to 8 people"}},
		{"no subject", data.Draft{To: people(anna)}, data.DraftFacts{}, []string{"It has no subject"}},
		{"an attachment", data.Draft{To: people(anna), Subject: "x", Text: "The plan is attached."}, data.DraftFacts{}, []string{"It speaks of an attachment; add that in your mail program"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tt.facts.Seen = known
			if got := data.DraftWarnings(tt.draft, tt.facts, now); !slices.Equal(got, tt.want) {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
	program := data.DraftFacts{Seen: map[string]data.AddressSeen{"alerts@shop.example": {Mails: 40, Automated: data.AutomatedBulk}}}
	if err := data.RefuseAutomated(data.Draft{To: people(data.Address{Email: "alerts@shop.example"})}, program); err == nil {
		t.Error("a program's address is not refused")
	}
}

func TestSentCopiesAreKnown(t *testing.T) {
	queued := time.Date(2026, 11, 18, 8, 0, 0, 0, time.UTC)
	d := data.Draft{From: maya, To: people(anna), Subject: "Re: Night test", MessageID: "d@larkfield.example", InReplyTo: "two@kestrel.example", QueuedAt: queued}
	fresh := data.Draft{From: maya, To: people(anna), Subject: "Spring", MessageID: "n@larkfield.example", QueuedAt: queued}
	answer := data.Message{From: people(maya), To: people(anna), InReplyTo: "two@kestrel.example", MessageID: "other@x", Date: queued.Add(time.Hour), Subject: "Re: Night test"}
	tests := []struct {
		name  string
		draft data.Draft
		mail  func(data.Message) data.Message
		want  bool
	}{
		{"by its id", d, func(m data.Message) data.Message { return data.Message{MessageID: d.MessageID} }, true},
		{"by what it answers", d, func(m data.Message) data.Message { return m }, true},
		{"an answer to another mail", d, func(m data.Message) data.Message { m.InReplyTo = "one@x"; return m }, false},
		{"an answer from before", d, func(m data.Message) data.Message { m.Date = queued.Add(-time.Hour); return m }, false},
		{"somebody else's answer", d, func(m data.Message) data.Message { m.From = people(tomas); return m }, false},
		{"an answer to another person", d, func(m data.Message) data.Message { m.To = people(leon); return m }, false},
		{"a new one by subject and person", fresh, func(m data.Message) data.Message { m.InReplyTo, m.Subject = "", "Spring"; return m }, true},
		{"a new one with another subject", fresh, func(m data.Message) data.Message { m.InReplyTo, m.Subject = "", "Summer"; return m }, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := data.IsSentCopy(tt.draft, tt.mail(answer)); got != tt.want {
				t.Errorf("got %v", got)
			}
		})
	}
}

func TestMailto(t *testing.T) {
	d := data.Draft{To: people(anna, data.Address{Email: "a+b&c@kestrel.example"}), Cc: people(leon), Subject: "Re: 50% & more", InReplyTo: "two@kestrel.example", Text: "Grüße,\nMaya + co"}
	link, whole := data.Mailto(d, data.MailtoMost)
	u, err := url.Parse(link)
	if err != nil || !whole {
		t.Fatal(err, whole)
	}
	if want := "anna@kestrel.example,a%2Bb%26c@kestrel.example"; u.Opaque != want {
		t.Errorf("to %q, want %q", u.Opaque, want)
	}
	for field, want := range map[string]string{"cc": leon.Email, "subject": d.Subject, "in-reply-to": "<two@kestrel.example>", "body": "Grüße,\r\nMaya + co"} {
		if got := u.Query().Get(field); got != want {
			t.Errorf("%s %q, want %q", field, got, want)
		}
	}
	if strings.Contains(link, "+") {
		t.Errorf("a plus stands for itself in mailto: %s", link)
	}

	d.Quote = strings.Repeat("> quoted words\n", 300)
	if link, whole = data.Mailto(d, data.MailtoMost); whole || len(link) > data.MailtoMost || !strings.Contains(link, "Maya") || strings.Contains(link, "quoted") {
		t.Errorf("a long quote: whole %v, %d bytes", whole, len(link))
	}
	d.Text = strings.Repeat("many words ", 500)
	if link, whole = data.Mailto(d, data.MailtoMost); whole || len(link) > data.MailtoMost || strings.Contains(link, "body=") {
		t.Errorf("a long text: whole %v, %d bytes", whole, len(link))
	}
}

func TestRecipients(t *testing.T) {
	contacts := []data.Contact{{ID: "1", Name: "Anna Kessler", Emails: []string{anna.Email}}, {ID: "2", Name: "Piotr Malik"}}
	tests := []struct{ name, line, want, says string }{
		{"addresses and names", `Leon Vogt <leon@kestrel.example>; ANNA@kestrel.example, x@y.example`, "Leon Vogt <leon@kestrel.example>, Anna Kessler <anna@kestrel.example>, x@y.example", ""},
		{"a contact by name", "Anna Kessler", "Anna Kessler <anna@kestrel.example>", ""},
		{"a name with a comma", `"Vogt, Leon" <leon@kestrel.example>`, `"Vogt, Leon" <leon@kestrel.example>`, ""},
		{"nobody twice", "anna@kestrel.example, Anna Kessler", "Anna Kessler <anna@kestrel.example>", ""},
		{"no separator needed at the end", "x@y.example,", "x@y.example", ""},
		{"an unknown name", "Walter Ohm", "", "not found"},
		{"a contact without an address", "Piotr Malik", "", "no address of Piotr Malik"},
		{"half an address", "anna@", "", "is not a mail address"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			list, err := data.Recipients(tt.line, contacts, nil)
			if got := data.AddressLine(list); err == nil && (got != tt.want || tt.says != "") {
				t.Errorf("got %q, want %q%s", got, tt.want, tt.says)
			}
			if err != nil && (tt.says == "" || !strings.Contains(err.Error(), tt.says)) {
				t.Errorf("got %v, want %q", err, tt.says)
			}
		})
	}
}

func TestASentenceThatWentToManyIsSaid(t *testing.T) {
	to := func(emails ...string) (list []data.Address) {
		for _, e := range emails {
			list = append(list, data.Address{Email: e})
		}
		return list
	}
	words := "We have a new guide about light at night. Kind regards"
	others := []data.Draft{
		{ID: "a", To: to("a@x.example"), Text: "Dear A,\nwe have a NEW guide about light at night!"},
		{ID: "b", To: to("b@x.example", "c@x.example"), Text: words},
		{ID: "c", To: to("anna@x.example"), Text: words},
	}
	tests := []struct {
		name   string
		text   string
		others []data.Draft
		want   string
	}{
		{"three others got it", words, others, "“We have a new guide about light at night” went to 3 other people in these words"},
		{"two others got it", words, others[1:], ""},
		{"its own earlier state", words, append([]data.Draft{{ID: "d", To: to("x@x.example", "y@x.example", "z@x.example"), Text: words}}, others[1:]...), ""},
		{"a short sentence is everybody's", "Kind regards", []data.Draft{{ID: "e", To: to("1@x.example", "2@x.example", "3@x.example"), Text: "Kind regards"}}, ""},
		{"other words", "Your hall needs another lamp than the rest", others, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := data.Draft{ID: "d", To: to("anna@x.example"), Subject: "Guide", Text: tt.text}
			f := data.DraftFacts{Others: tt.others, Seen: map[string]data.AddressSeen{"anna@x.example": {Contact: "Anna"}}}
			if got := strings.Join(data.DraftWarnings(d, f, time.Time{}), "; "); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}
