package data

import (
	"testing"
	"time"
)

func TestTraitsTellMailsApart(t *testing.T) {
	mail := Message{
		MessageID: "1@kestrel.example", Date: time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC), Size: 1200, Subject: "Offer",
		From: []Address{{Name: "Karin Holt", Email: "karin@kestrel.example"}}, To: []Address{{Email: "maya@larkfield.example"}},
	}
	key := TraitsOf(mail).Key()
	if key == "" {
		t.Fatal("an ordinary mail cannot be told apart")
	}
	same := mail
	same.Date, same.Text, same.ID = mail.Date.In(time.FixedZone("", 7200)), "another text", "another"
	if TraitsOf(same).Key() != key {
		t.Error("the zone or the text counts")
	}
	for name, change := range map[string]func(*Message){
		"another Message-ID": func(m *Message) { m.MessageID = "2@kestrel.example" },
		"a second later":     func(m *Message) { m.Date = m.Date.Add(time.Second) },
		"a byte longer":      func(m *Message) { m.Size++ },
		"another subject":    func(m *Message) { m.Subject = "offer" },
		"another sender":     func(m *Message) { m.From = m.To },
		"to somebody else":   func(m *Message) { m.To = []Address{{Email: "otto@larkfield.example"}} },
		"a copy":             func(m *Message) { m.Cc = m.To },
		"to as copy":         func(m *Message) { m.To, m.Cc = nil, m.To },
	} {
		other := mail
		change(&other)
		if k := TraitsOf(other).Key(); k == key || k == "" {
			t.Errorf("%s: %q is not told apart", name, k)
		}
	}
	for name, change := range map[string]func(*Message){
		"no Message-ID": func(m *Message) { m.MessageID = "" },
		"no date":       func(m *Message) { m.Date = time.Time{} },
		"no size":       func(m *Message) { m.Size = 0 },
	} {
		other := mail
		change(&other)
		if k := TraitsOf(other).Key(); k != "" {
			t.Errorf("%s: it is taken for known by %q", name, k)
		}
	}
}
