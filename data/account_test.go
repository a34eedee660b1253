package data

import (
	"errors"
	"reflect"
	"testing"

	"pgregory.net/rapid"
)

// complains wants an *Invalid about the field, or none for "".
func complains(t *testing.T, err error, field string) {
	t.Helper()
	var invalid *Invalid
	switch {
	case field == "" && err != nil:
		t.Errorf("refused: %v", err)
	case field != "" && (!errors.As(err, &invalid) || invalid.Field != field || invalid.Says == ""):
		t.Errorf("got %v, want a word about %s", err, field)
	}
}

func TestParseTier(t *testing.T) {
	for s, want := range map[string]Tier{"A": TierA, " b ": TierB, "c": TierC, "": ""} {
		if got, err := ParseTier(s); err != nil || got != want {
			t.Errorf("ParseTier(%q) = %q, %v", s, got, err)
		}
	}
	_, err := ParseTier("D")
	complains(t, err, "tier")
}

func TestAccountCheck(t *testing.T) {
	for name, c := range map[string]struct {
		account Account
		field   string
	}{
		"complete":               {Account{Name: "K", Domains: []string{"k.example"}, Tier: TierA, Since: "2021-03-31"}, ""},
		"a name is enough":       {Account{Name: "K"}, ""},
		"no name":                {Account{Domains: []string{"k.example"}}, "name"},
		"a domain without a dot": {Account{Name: "K", Domains: []string{"kestrel"}}, "domain"},
		"an address as a domain": {Account{Name: "K", Domains: []string{"anna@k.example"}}, "domain"},
		"a link as a domain":     {Account{Name: "K", Domains: []string{"https://k.example"}}, "domain"},
		"a public mail domain":   {Account{Name: "K", Domains: []string{"gmail.com"}}, "domain"},
		"no such tier":           {Account{Name: "K", Tier: "X"}, "tier"},
		"a date of another form": {Account{Name: "K", Since: "31.3.2021"}, "since"},
		"a date that is not":     {Account{Name: "K", Since: "2021-02-30"}, "since"},
	} {
		t.Run(name, func(t *testing.T) { complains(t, c.account.Check(), c.field) })
	}
}

func TestAccountTidy(t *testing.T) {
	got := Account{Name: "  Kestrel \n Museums ", Sector: " Culture ", Owner: " Maya ", Domains: []string{"@Kestrel.Example.", "a.example", " ", "kestrel.example"}}.Tidy()
	want := Account{Name: "Kestrel Museums", Sector: "Culture", Owner: "Maya", Domains: []string{"a.example", "kestrel.example"}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("tidied to %+v, want %+v", got, want)
	}
}

func TestAccountFieldsRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := Account{
			ID: "x", Name: rapid.String().Draw(t, "name"), Tier: rapid.SampledFrom(append(Tiers, "")).Draw(t, "tier"), Sector: rapid.String().Draw(t, "sector"),
			Owner: rapid.String().Draw(t, "owner"), Since: rapid.String().Draw(t, "since"),
			Domains: rapid.SliceOf(rapid.StringMatching(`[a-z]{1,3}(/|\.)[a-z]{2}`)).Draw(t, "domains"),
		}.Tidy()
		if len(a.Domains) == 0 {
			a.Domains = nil
		}
		if got := AccountOf("x", a.Fields()); !reflect.DeepEqual(got, a) {
			t.Fatalf("came back as %#v, was %#v", got, a)
		}
		knowsAll(t, KindAccount, a.Fields())
	})
}

// knowsAll wants every register that this version writes to be known, and none
// to be empty.
func knowsAll(t *rapid.T, kind string, f Fields) {
	for name, value := range f {
		if !KnownField(kind, name) || value == "" {
			t.Fatalf("%s writes %q = %q", kind, name, value)
		}
	}
}

func TestInitialsOfAnAccount(t *testing.T) {
	if got := Initials("Kestrel Museums"); got != "KM" {
		t.Errorf("initials %q", got)
	}
}
