package text

import (
	"reflect"
	"testing"
)

func TestReadCard(t *testing.T) {
	for _, c := range []struct {
		name, body string
		want       Card
	}{
		{"a signature after the separator", "See you.\n\n-- \nAnna Kessler\nHead of Operations\nKestrel Museums GmbH\nTel. +49 30 1234567\nFax: +49 30 1234568",
			Card{"Anna Kessler", "Head of Operations", "Kestrel Museums GmbH", []string{"+49 30 1234567"}}},
		{"all on one line", "Yes.\n\nBest regards\nAnna Kessler, Facility Manager | Kestrel Ltd | (030) 123 45 67",
			Card{"Anna Kessler", "Facility Manager", "Kestrel Ltd", []string{"(030) 123 45 67"}}},
		{"German", "Passt.\n\nMit freundlichen Grüßen\nDr. Anna Keßler\nLeiterin Einkauf\nMobil: 0171 / 2345678",
			Card{"Anna Kessler", "Leiterin Einkauf", "", []string{"0171 / 2345678"}}},
		{"a quote's signature is not theirs", "Yes.\n\nOn Mon, 2 Nov 2026 at 10:00, Anna Kessler wrote:\n> -- \n> Anna Kessler\n> Head of Operations", Card{}},
		{"somebody else's", "Yes.\n\n-- \nLeon Maas\nHead of Operations", Card{}},
		{"only a name", "Yes.\n\nBest regards\nAnna Kessler", Card{Name: "Anna Kessler"}},
		{"dates and orders are no phones", "Yes.\n\n-- \nAnna Kessler\nOrder 1234567890\n2026-11-17", Card{Name: "Anna Kessler"}},
		{"nothing", "", Card{}},
	} {
		if got := ReadCard(c.body, "Anna Kessler"); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
	}
	if got := ReadCard("-- \nAnna\nHead of Operations", "Anna"); got.Role != "" {
		t.Errorf("a first name alone is enough: %+v", got)
	}
}
