package data

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestAddressString(t *testing.T) {
	for want, a := range map[string]Address{"Anna": {"Anna", "a@k.example"}, "a@k.example": {"", "a@k.example"}, "": {}} {
		if a.String() != want {
			t.Errorf("%+v reads %q", a, a.String())
		}
	}
	if (Message{}).Sender() != (Address{}) || (Message{From: []Address{{"A", "a@k"}, {"B", "b@k"}}}).Sender().Name != "A" {
		t.Error("the sender is not the first")
	}
}

func TestMessageIDOf(t *testing.T) {
	// The SHA-256 of nothing, FIPS 180-4.
	if got := MessageIDOf(nil); got != "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" {
		t.Errorf("ID of nothing %s", got)
	}
	if MessageIDOf([]byte("a\n")) == MessageIDOf([]byte("a\r\n")) {
		t.Error("one byte more is the same mail")
	}
}

func TestInteractionIDOf(t *testing.T) {
	base := Message{MessageID: "1@k", Date: tuesday, From: []Address{{Email: "a@k.example"}}, Subject: "Hi", Text: "Hello"}
	bare := base
	bare.MessageID = ""
	for name, c := range map[string]struct {
		from   Message
		change func(*Message)
		same   bool
	}{
		"a copy with a list's footer":         {base, func(m *Message) { m.Text += "\n--\nlist" }, true},
		"a copy with a marked subject":        {base, func(m *Message) { m.Subject = "[ext] Hi" }, true},
		"the date in another zone":            {base, func(m *Message) { m.Date = m.Date.In(time.FixedZone("", 3600)) }, true},
		"a reused Message-ID on another date": {base, func(m *Message) { m.Date = m.Date.Add(time.Second) }, false},
		"a reused Message-ID by another":      {base, func(m *Message) { m.From = []Address{{Email: "b@k.example"}} }, false},
		"another Message-ID":                  {base, func(m *Message) { m.MessageID = "2@k" }, false},
		"without one, the same text":          {bare, func(*Message) {}, true},
		"without one, another text":           {bare, func(m *Message) { m.Text = "Bye" }, false},
		"without one, another subject":        {bare, func(m *Message) { m.Subject = "Ho" }, false},
		"without one, a shifted text":         {bare, func(m *Message) { m.Subject, m.Text = "HiH", "ello" }, false},
	} {
		t.Run(name, func(t *testing.T) {
			m := c.from
			c.change(&m)
			if same := InteractionIDOf(m) == InteractionIDOf(c.from); same != c.same {
				t.Errorf("the same entry: %t", same)
			}
		})
	}
	if len(InteractionIDOf(base)) != 32 || InteractionIDOf(base) == InteractionIDOf(bare) {
		t.Errorf("IDs %s and %s", InteractionIDOf(base), InteractionIDOf(bare))
	}
}

func TestIDsDoNotRunTogether(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := rapid.SliceOf(rapid.String()).Draw(t, "a"), rapid.SliceOf(rapid.String()).Draw(t, "b")
		same := len(a) == len(b)
		for i := 0; same && i < len(a); i++ {
			same = a[i] == b[i]
		}
		if (hashID(a...) == hashID(b...)) != same {
			t.Fatalf("%q and %q have IDs that are the same: %t", a, b, !same)
		}
	})
	if OccurrenceIDOf("u", "") == OccurrenceIDOf("u", "20260105") || OccurrenceIDOf("u2", "") == OccurrenceIDOf("u", "2") {
		t.Error("two dates share an ID")
	}
}

func TestIsAutomated(t *testing.T) {
	for name, c := range map[string]struct {
		h    HeaderFacts
		want string
	}{
		"a person":                         {HeaderFacts{From: "anna@kestrel.example", ReturnPath: "<anna@kestrel.example>"}, ""},
		"a person whose program says no":   {HeaderFacts{From: "anna@kestrel.example", AutoSubmitted: "no"}, ""},
		"a person of ordinary precedence":  {HeaderFacts{From: "anna@kestrel.example", Precedence: "first-class"}, ""},
		"a newsletter":                     {HeaderFacts{From: "news@k.example", ListID: "<news.k.example>"}, AutomatedList},
		"an answer from holiday":           {HeaderFacts{From: "anna@k.example", AutoSubmitted: "Auto-Replied; owner=x"}, AutomatedReply},
		"a vendor's answer from holiday":   {HeaderFacts{From: "anna@k.example", AutoReply: true}, AutomatedReply},
		"a program":                        {HeaderFacts{From: "shop@k.example", AutoSubmitted: "auto-generated"}, AutomatedSubmitted},
		"bulk":                             {HeaderFacts{From: "shop@k.example", Precedence: " Bulk "}, AutomatedBulk},
		"no-reply":                         {HeaderFacts{From: "no-reply@k.example"}, AutomatedNoReply},
		"no-reply with a word before":      {HeaderFacts{From: "orders_noreply@k.example"}, AutomatedNoReply},
		"no-reply with a number behind":    {HeaderFacts{From: "noreply42@k.example"}, AutomatedNoReply},
		"a bounce":                         {HeaderFacts{From: "postmaster@k.example", ReturnPath: " <> "}, AutomatedBounce},
		"a bounce by name":                 {HeaderFacts{From: "mailer-daemon@k.example"}, AutomatedBounce},
		"a list outweighs an empty return": {HeaderFacts{ListID: "x", ReturnPath: "<>"}, AutomatedList},
		"nothing":                          {HeaderFacts{}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			if got := IsAutomated(c.h); got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}
