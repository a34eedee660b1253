package data

import (
	"math/rand"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func knownPeople() Known {
	return Known{
		Own: map[string]bool{"maya@larkfield.example": true, "maya.private@gmail.com": true}, OwnDomains: map[string]bool{"larkfield.example": true, "gmail.com": true},
		Public: []string{"freemail.example"},
		Contacts: map[string]KnownContact{
			"anna@kestrel.example":      {ID: "c-anna", Name: "Anna Kessler", Account: "km", Side: Customer},
			"leon@hobday.example":       {ID: "c-leon", Name: "Leon Hobday", Account: "km", Side: Partner},
			"piotr@gmail.com":           {ID: "c-piotr", Name: "Piotr Malik", Account: "km", Side: Customer},
			"homeless@nowhere.example":  {ID: "c-none", Name: "Nobody's contact", Side: Customer},
			"petra@northmoor.example":   {ID: "c-petra", Name: "Petra", Account: "km", Side: Customer},
			"ignored@adverts.example":   {ID: "c-x", Name: "X", Account: "km", Side: Customer},
			"tomas@larkfield.example":   {ID: "c-tomas", Name: "Tomas", Account: "km", Side: Customer},
			"lab@lab.northmoor.example": {ID: "c-lab", Name: "Lab", Account: "nu", Side: Customer},
		},
		Domains: map[string]KnownAccount{
			"kestrel.example": {ID: "km", Name: "Kestrel Museums"}, "northmoor.example": {ID: "nu", Name: "Northmoor University"},
			"freemail.example": {ID: "bad", Name: "Nobody"},
		},
		Ignored: map[string]bool{"@adverts.example": true, "spam@kestrel.example": true},
	}
}

func TestMatch(t *testing.T) {
	for name, c := range map[string]struct {
		email, account, contact string
		kind                    MatchKind
		reason                  string
	}{
		"a contact":                       {"anna@kestrel.example", "km", "c-anna", ByContact, "anna@kestrel.example is an address of Anna Kessler"},
		"a partner":                       {"leon@hobday.example", "km", "c-leon", ByContact, "leon@hobday.example is an address of Leon Hobday"},
		"a contact on free mail":          {"piotr@gmail.com", "km", "c-piotr", ByContact, "piotr@gmail.com is an address of Piotr Malik"},
		"a contact outweighs the domain":  {"petra@northmoor.example", "km", "c-petra", ByContact, "petra@northmoor.example is an address of Petra"},
		"the domain":                      {"new@kestrel.example", "km", "", ByDomain, "the domain kestrel.example belongs to Kestrel Museums"},
		"a domain below":                  {"new@lab.northmoor.example", "nu", "", ByDomain, "the domain northmoor.example belongs to Northmoor University"},
		"only the end of a domain's word": {email: "x@notkestrel.example"},
		"a colleague":                     {email: "priya@larkfield.example"},
		"a colleague who is a contact":    {email: "tomas@larkfield.example"},
		"free mail":                       {email: "anna@gmail.com"},
		"free mail that the team named":   {email: "x@freemail.example"},
		"an ignored domain":               {email: "x@adverts.example"},
		"a contact at an ignored domain":  {"ignored@adverts.example", "km", "c-x", ByContact, "ignored@adverts.example is an address of X"},
		"an ignored address":              {email: "spam@kestrel.example"},
		"a contact without an account":    {email: "homeless@nowhere.example"},
		"a stranger":                      {email: "x@y.example"},
		"nobody":                          {email: ""},
	} {
		t.Run(name, func(t *testing.T) {
			got, ok := knownPeople().Match(c.email)
			want := Match{Account: c.account, Contact: c.contact, Kind: c.kind, Reason: c.reason}
			if c.account != "" {
				want.Email = c.email
			}
			if ok != (c.account != "") || got != want {
				t.Errorf("got %+v, want %+v", got, want)
			}
		})
	}
}

func TestSideOf(t *testing.T) {
	for email, want := range map[string]Side{
		"maya@larkfield.example": Us, "priya@larkfield.example": Us, "maya.private@gmail.com": Us, "other@gmail.com": "",
		"anna@kestrel.example": Customer, "leon@hobday.example": Partner, "new@kestrel.example": Customer, "x@y.example": "",
		"homeless@nowhere.example": "",
	} {
		if got := knownPeople().SideOf(email); got != want {
			t.Errorf("SideOf(%s) = %q, want %q", email, got, want)
		}
	}
}

func people(emails ...string) []Participant {
	return mapped(emails, func(e string) Participant { return Participant{Address: Address{Email: e}} })
}

func TestFile(t *testing.T) {
	for name, c := range map[string]struct {
		people    []Participant
		automated string
		accounts  []string
		skip      string
	}{
		"one account":                 {people("anna@kestrel.example", "maya@larkfield.example"), "", []string{"km"}, ""},
		"two accounts, by weight":     {people("maya@larkfield.example", "new@northmoor.example", "anna@kestrel.example"), "", []string{"nu", "km"}, ""},
		"automated":                   {people("anna@kestrel.example"), AutomatedList, nil, AutomatedList},
		"a stranger":                  {people("x@y.example", "maya@larkfield.example"), "", nil, SkipUnknown},
		"a stranger and an ignored":   {people("x@y.example", "a@adverts.example"), "", nil, SkipUnknown},
		"an ignored domain":           {people("a@adverts.example", "maya@larkfield.example"), "", nil, SkipRule},
		"colleagues":                  {people("priya@larkfield.example", "maya@larkfield.example"), "", nil, SkipInternal},
		"only me":                     {people("maya@larkfield.example"), "", nil, SkipEmpty},
		"nobody":                      {nil, "", nil, SkipEmpty},
		"known beside a stranger":     {people("x@y.example", "new@kestrel.example"), "", []string{"km"}, ""},
		"a contact of no account yet": {people("homeless@nowhere.example", "maya@larkfield.example"), "", nil, SkipUnknown},
	} {
		t.Run(name, func(t *testing.T) {
			v := File(knownPeople(), c.people, c.automated)
			if got := mapped(v.Matches, func(m Match) string { return m.Account }); !slices.Equal(got, c.accounts) || v.Skip != c.skip {
				t.Errorf("filed to %q, skipped as %q; want %q, %q", got, v.Skip, c.accounts, c.skip)
			}
		})
	}
	v := File(knownPeople(), people("new@kestrel.example", "anna@kestrel.example", "leon@hobday.example"), "")
	if len(v.Matches) != 1 || v.Matches[0].Contact != "c-anna" {
		t.Errorf("of a domain and two contacts, %+v decided", v.Matches)
	}
}

func TestFileHolds(t *testing.T) {
	pool := []string{
		"anna@kestrel.example", "leon@hobday.example", "piotr@gmail.com", "new@kestrel.example", "new@northmoor.example", "petra@northmoor.example",
		"maya@larkfield.example", "priya@larkfield.example", "x@y.example", "z@gmail.com", "a@adverts.example", "",
	}
	accountsOf := func(v Verdict) map[string]bool {
		set := map[string]bool{}
		for _, m := range v.Matches {
			set[m.Account] = true
		}
		return set
	}
	rapid.Check(t, func(t *rapid.T) {
		k := knownPeople()
		list := people(rapid.SliceOf(rapid.SampledFrom(pool)).Draw(t, "people")...)
		v := File(k, list, "")
		if (len(v.Matches) == 0) != (v.Skip != "") {
			t.Fatalf("%+v is neither filed nor skipped, or both", v)
		}
		for _, m := range v.Matches {
			if m.Reason == "" || m.Account == "" {
				t.Fatalf("%+v gives no reason", m)
			}
		}
		if len(accountsOf(v)) != len(v.Matches) {
			t.Fatalf("an account is matched twice: %+v", v.Matches)
		}
		if v := File(k, list, AutomatedBulk); len(v.Matches) != 0 || v.Skip != AutomatedBulk {
			t.Fatalf("an automated one is filed: %+v", v)
		}
		mixed := append(slices.Clone(list), people("stranger@far.example")...)
		rand.New(rand.NewSource(rapid.Int64().Draw(t, "seed"))).Shuffle(len(mixed), reflect.Swapper(mixed))
		if got := accountsOf(File(k, mixed, "")); !reflect.DeepEqual(got, accountsOf(v)) {
			t.Fatalf("in another order, with a stranger, it is filed to %v instead of %v", got, accountsOf(v))
		}
	})
}

func TestPeopleOf(t *testing.T) {
	m := Message{
		From: []Address{{Email: "anna@kestrel.example"}}, To: []Address{{Name: "Maya", Email: "maya@larkfield.example"}, {Email: ""}, {Email: "anna@kestrel.example"}},
		Cc: []Address{{Email: "x@y.example"}}, Bcc: []Address{{Email: "leon@hobday.example"}},
	}
	got := PeopleOf(m, knownPeople())
	want := []Participant{
		{Address: Address{Name: "Anna Kessler", Email: "anna@kestrel.example"}, Part: "from", Side: Customer, Contact: "c-anna"},
		{Address: Address{Name: "Maya", Email: "maya@larkfield.example"}, Part: "to", Side: Us},
		{Address: Address{Email: "x@y.example"}, Part: "cc"},
		{Address: Address{Name: "Leon Hobday", Email: "leon@hobday.example"}, Part: "bcc", Side: Partner, Contact: "c-leon"},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("people %+v, want %+v", got, want)
	}
	if DirectionOf(got) != In || DirectionOf(got[1:]) != In || DirectionOf(nil) != In {
		t.Error("a mail not sent by us is not In")
	}
	if DirectionOf(PeopleOf(Message{From: m.To[:1], To: m.From}, knownPeople())) != Out {
		t.Error("our mail is not Out")
	}
}

func TestAttendeesOf(t *testing.T) {
	o := Occurrence{Organizer: Address{Email: "anna@kestrel.example"}, Attendees: []Attendee{
		{Address: Address{Email: "maya@larkfield.example"}, Answer: "accepted"},
		{Address: Address{Email: "anna@kestrel.example"}, Answer: "tentative"},
	}}
	got := AttendeesOf(o, knownPeople())
	if len(got) != 2 || got[0].Part != "organizer" || got[0].Answer != "tentative" || got[1].Part != "attendee" || got[1].Side != Us || got[1].Answer != "accepted" {
		t.Errorf("attendees %+v", got)
	}
	if got := AttendeesOf(Occurrence{}, knownPeople()); len(got) != 0 {
		t.Errorf("nobody gives %+v", got)
	}
}

func TestARoomThatAnsweredIsNobody(t *testing.T) {
	o := Occurrence{Place: "Harbour Hall", Attendees: []Attendee{
		{Address: Address{Name: "Harbour hall", Email: "hall@kestrel.example"}},
		{Address: Address{Name: "Anna Kessler", Email: "anna.kessler@kestrel.example"}},
	}}
	if people := AttendeesOf(o, Known{}); len(people) != 1 || people[0].Name != "Anna Kessler" {
		t.Errorf("people are %+v", people)
	}
}
