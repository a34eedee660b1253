package data

import (
	"fmt"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestContactCheck(t *testing.T) {
	for name, c := range map[string]struct {
		contact Contact
		field   string
	}{
		"complete":                  {Contact{Name: "Anna", Emails: []string{"a@k.example"}, Side: Partner}, ""},
		"no address is fine":        {Contact{Name: "Anna", Side: Customer}, ""},
		"no name":                   {Contact{Emails: []string{"a@k.example"}, Side: Customer}, "name"},
		"an address without an @":   {Contact{Name: "Anna", Emails: []string{"k.example"}, Side: Customer}, "email"},
		"an address without a name": {Contact{Name: "Anna", Emails: []string{"@k.example"}, Side: Customer}, "email"},
		"an address with a blank":   {Contact{Name: "Anna", Emails: []string{"a b@k.example"}, Side: Customer}, "email"},
		"one of us":                 {Contact{Name: "Anna", Side: Us}, "side"},
		"no side, untidied":         {Contact{Name: "Anna"}, "side"},
	} {
		t.Run(name, func(t *testing.T) { complains(t, c.contact.Check(), c.field) })
	}
}

func TestContactTidy(t *testing.T) {
	got := Contact{Name: " Anna  Kessler", Emails: []string{"Anna <ANNA@Kestrel.example>", "", "b@k.example", "anna@kestrel.example"}, Role: " head ", Phone: " 1 "}.Tidy()
	want := Contact{Name: "Anna Kessler", Emails: []string{"anna@kestrel.example", "b@k.example"}, Role: "head", Phone: "1", Side: Customer}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("tidied to %+v, want %+v", got, want)
	}
	if got := (Contact{Side: Partner}).Tidy().Side; got != Partner {
		t.Errorf("a partner became %q", got)
	}
}

func TestContactFieldsRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := Contact{
			ID: "x", AccountID: rapid.String().Draw(t, "account"), Name: rapid.String().Draw(t, "name"), Role: rapid.String().Draw(t, "role"),
			Phone: rapid.String().Draw(t, "phone"), Side: rapid.SampledFrom([]Side{Customer, Partner}).Draw(t, "side"),
			Emails: rapid.SliceOfNDistinct(rapid.StringMatching(`[a-z/]{1,3}@[a-z]{2}\.example`), 0, 30, rapid.ID).Draw(t, "emails"),
		}.Tidy()
		if len(c.Emails) == 0 {
			c.Emails = nil
		}
		if got := ContactOf("x", c.Fields()); !reflect.DeepEqual(got, c) {
			t.Fatalf("came back as %#v, was %#v", got, c)
		}
		knowsAll(t, KindContact, c.Fields())
	})
}

func TestAContactKeepsTheOrderOfManyAddresses(t *testing.T) {
	c := Contact{Side: Customer}
	for i := range 100 {
		c.Emails = append(c.Emails, fmt.Sprintf("z%03d@k.example", (i*37)%100))
	}
	if got := ContactOf("", c.Fields()).Emails; !slices.Equal(got, c.Emails) {
		t.Errorf("the order of %d addresses changed", len(c.Emails))
	}
}
