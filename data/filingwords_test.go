package data

import "testing"

func TestFiledWords(t *testing.T) {
	sender := func(name string, mails, meetings int, ids ...string) Proposal {
		return Proposal{Sender: Sender{Address: Address{Name: name, Email: "x@northmoor.example"}, Mails: mails, Meetings: meetings, Interactions: ids}}
	}
	for name, c := range map[string]struct {
		list []Proposal
		to   string
		want string
	}{
		"one sender":                     {[]Proposal{sender("Karin Holt", 4, 0, "a", "b", "c", "d")}, "Northmoor", "Filed Karin Holt and 4 mails to Northmoor"},
		"one who was met":                {[]Proposal{sender("Karin Holt", 1, 2, "a", "b", "c")}, "Northmoor", "Filed Karin Holt and 1 mail and 2 meetings to Northmoor"},
		"two in the same mail":           {[]Proposal{sender("A B", 1, 0, "a"), sender("C D", 2, 0, "a", "b")}, "Northmoor", "Filed 2 senders and 2 mails to Northmoor"},
		"two with a meeting":             {[]Proposal{sender("A B", 1, 0, "a"), sender("C D", 0, 1, "b")}, "Northmoor", "Filed 2 senders and 2 mails and meetings to Northmoor"},
		"several accounts":               {[]Proposal{sender("A B", 1, 0, "a"), sender("C D", 1, 0, "b")}, "", "Filed 2 senders and 2 mails"},
		"one with nothing that is known": {[]Proposal{sender("A B", 0, 0)}, "Northmoor", "Filed A B to Northmoor"},
	} {
		if got := FiledWords(c.list, c.to); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestNoCustomerWords(t *testing.T) {
	for want, c := range map[string][2]string{
		"Nobody at kestrel.example is a customer": {"@kestrel.example", ""},
		"Anna Kessler is not a customer":          {"anna@kestrel.example", "Anna Kessler"},
	} {
		if got := NoCustomerWords(c[0], c[1]); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
