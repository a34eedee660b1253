package data

import (
	"testing"
	"time"

	"rapport/data/text"
)

func TestProposeOfContact(t *testing.T) {
	anna := Contact{ID: "a", Name: "Anna Kessler", Role: "Facility manager", Phone: "030 123 45 67"}
	card := func(role string, phones ...string) SeenCard {
		return SeenCard{Card: text.Card{Name: anna.Name, Role: role, Phones: phones}, Interaction: role, At: tuesday}
	}
	for _, c := range []struct {
		name     string
		cards    []SeenCard
		declined []string
		want     []string // field and value
		strength Strength
	}{
		{"nothing was seen", nil, nil, nil, ""},
		{"the same, spelled otherwise", []SeenCard{card("facility manager", "+49 30 1234567")}, nil, nil, ""},
		{"a new role", []SeenCard{card("Head of Operations")}, nil, []string{"role Head of Operations"}, Some},
		{"a new role, twice", []SeenCard{card("Head of Operations"), card("Head of operations")}, nil, []string{"role Head of Operations"}, Strong},
		{"the newest counts", []SeenCard{card("Facility manager"), card("Head of Operations")}, nil, nil, ""},
		{"one of two numbers is kept", []SeenCard{card("", "0171 2345678", "+49 30 1234567")}, nil, nil, ""},
		{"a new number", []SeenCard{card("", "0171 2345678")}, nil, []string{"phone 0171 2345678"}, Some},
		{"declined", []SeenCard{card("Head of Operations")}, []string{"a role head of operations"}, nil, ""},
	} {
		var got []string
		for _, p := range ProposeOfContact(anna, c.cards, c.declined) {
			got = append(got, p.Field+" "+p.Value)
			if p.Strength != c.strength || p.Says == "" {
				t.Errorf("%s: %+v", c.name, p)
			}
			if kept := ProposeOfContact(p.With(), c.cards, nil); len(kept) != 0 {
				t.Errorf("%s: accepted, it is proposed again: %+v", c.name, kept)
			}
		}
		if len(got) != len(c.want) || len(got) > 0 && got[0] != c.want[0] {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestDuplicates(t *testing.T) {
	c := func(id, account, name, phone string, emails ...string) Contact {
		return Contact{ID: id, AccountID: account, Name: name, Phone: phone, Emails: emails, RecordedAt: time.Unix(int64(id[0]), 0)}
	}
	list := Duplicates([]Contact{
		c("a", "k", "Anna Kessler", "", "anna@kestrel.example"), c("b", "k", "anna kessler", "", "anna.kessler@gmail.com"),
		c("c", "q", "Leon Maas", "030 1234567", "leon@quay.example"), c("d", "h", "Leon Maas", "+49 30 1234567", "lm@harbour.example"),
		c("e", "k", "Ines Roth", "", "ines@kestrel.example"), c("f", "k", "I. Roth", "", "ines@kestrel-shop.example"),
		c("g", "q", "Noor", "", "info@quay.example"), c("h", "h", "Noor", "", "info@harbour.example"),
		c("i", "k", "Piotr Malik", "0171 9999999"), c("j", "k", "Ola Berg", "0171 9999999"),
	})
	var got string
	for _, d := range list {
		got += d.A.ID + d.B.ID + string(d.Strength) + " "
	}
	if want := "cdstrong abstrong efsome "; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
