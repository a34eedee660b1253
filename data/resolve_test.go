package data

import (
	"errors"
	"strings"
	"testing"
)

func TestResolveAccount(t *testing.T) {
	twin := Account{ID: "km2", Name: "kestrel museums", Domains: []string{"kestrel-friends.example"}}
	accounts := []Account{kestrel, northmoor, fenwick, {ID: "hq", Name: "Northmoor Hotel"}}
	for name, c := range map[string]struct{ ref, want string }{
		"its ID":                      {"km", "km"},
		"its name":                    {"Kestrel Museums", "km"},
		"its name in another case":    {" kestrel  MUSEUMS ", "km"},
		"its domain":                  {"kestrel.example", "km"},
		"its domain with an @":        {"@Kestrel.example", "km"},
		"a domain below":              {"shop.kestrel.example", "km"},
		"a contact's address":         {"leon@hobday.example", "km"},
		"an address as a mail has it": {"Leon <leon@hobday.example>", "km"},
		"an address at its domain":    {"new@northmoor.example", "nu"},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := ResolveAccount(c.ref, accounts, []Contact{anna, leon})
			if err != nil || got.ID != c.want {
				t.Errorf("%q is %q, %v; want %q", c.ref, got.ID, err, c.want)
			}
		})
	}
	_, err := ResolveAccount("Kestrel Museums", append(accounts, twin), nil)
	var ambiguous *Ambiguous
	if !errors.As(err, &ambiguous) || len(ambiguous.Candidates) != 2 {
		t.Fatalf("two of a name give %v", err)
	}
	if want := "kestrel museums, kestrel-friends.example, ID km2"; ambiguous.Candidates[1] != want {
		t.Errorf("candidate %q, want %q", ambiguous.Candidates[1], want)
	}
	for ref, want := range map[string]string{
		"Kestral Museums": `account "Kestral Museums": not found; did you mean Kestrel Museums?`,
		"kestrel":         `account "kestrel": not found; did you mean Kestrel Museums?`,
		"northmoor":       `account "northmoor": not found; did you mean Northmoor Hotel or Northmoor University?`,
		"Kestrol":         `account "Kestrol": not found; did you mean Kestrel Museums?`,
		"Universety":      `account "Universety": not found; did you mean Northmoor University?`,
		"zzz":             `account "zzz": not found`,
		"":                `account "": not found`,
		"a@gmail.com":     `account "a@gmail.com": not found`,
	} {
		_, err := ResolveAccount(ref, accounts, nil)
		if !errors.Is(err, ErrNotFound) || err.Error() != want {
			t.Errorf("%q gives %v, want %s", ref, err, want)
		}
	}
}

func TestResolveContact(t *testing.T) {
	contacts := []Contact{anna, piotr, leon, {ID: "c-anna2", AccountID: "nu", Name: "Anna Kessler"}}
	accounts := []Account{kestrel, northmoor}
	for ref, want := range map[string]string{
		"c-anna": "c-anna", "piotr MALIK": "c-piotr", "anna.kessler@kestrel.example": "c-anna", "<Leon@Hobday.example>": "c-leon",
	} {
		if got, err := ResolveContact(ref, contacts, accounts); err != nil || got.ID != want {
			t.Errorf("%q is %q, %v; want %q", ref, got.ID, err, want)
		}
	}
	_, err := ResolveContact("Anna Kessler", contacts, accounts)
	if err == nil || !strings.Contains(err.Error(), "Anna Kessler, anna.kessler@kestrel.example, Kestrel Museums, ID c-anna\n") {
		t.Errorf("two of a name give %v", err)
	}
	if _, err := ResolveContact("Pjotr Malik", contacts, accounts); !errors.Is(err, ErrNotFound) || !strings.Contains(err.Error(), "did you mean Piotr Malik?") {
		t.Errorf("a slip gives %v", err)
	}
}

func TestEdits(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{{"", "", 0}, {"", "abc", 3}, {"kestral", "kestrel", 1}, {"kitten", "sitting", 3}, {"ö", "o", 1}} {
		if got := edits(c.a, c.b); got != c.want {
			t.Errorf("edits(%q, %q) = %d, want %d", c.a, c.b, got, c.want)
		}
	}
}
