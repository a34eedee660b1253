package data

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"
)

func TestCaptureNamesNear(t *testing.T) {
	accounts := []Account{{ID: "k", Name: "Kestrel Museums"}, {ID: "q", Name: "Quayside Ferries"}, {ID: "m", Name: "Kestrel Marine"}}
	contacts := []Contact{{ID: "1", Name: "Anna Kessler", AccountID: "k"}, {ID: "2", Name: "Nadia Brandt", AccountID: "q"}, {ID: "3", Name: "Jürgen Øst", AccountID: "gone"}}
	names := NewCaptureNames(accounts, contacts)
	for line, want := range map[string]string{
		"":                             " / ",
		"Called somebody":              " / ",
		"called anna, she agreed":      "k / 1",
		"Met Nadia at Kestrel Museums": "k q m / 2",
		"Call with KESSLER and Brandt": "k q / 1 2",
		"phoned jürgen":                " / 3",
		"Kestrel kestrel Kestrel":      "k m / ",
	} {
		t.Run(line, func(t *testing.T) {
			at, who := names.Near(line)
			var ids, people []string
			for _, a := range at {
				ids = append(ids, a.ID)
			}
			for _, c := range who {
				people = append(people, c.ID)
			}
			if got := strings.Join(ids, " ") + " / " + strings.Join(people, " "); got != want {
				t.Errorf("got %q, want %q", got, want)
			}
		})
	}
	if a, ok := names.Account("q"); !ok || a.Name != "Quayside Ferries" {
		t.Errorf("Account(q) = %v, %v", a, ok)
	}
	if _, ok := names.Account("none"); ok {
		t.Error("an account that is not there is found")
	}
}

// A line means the same with the names near it as with all of them.
func TestNearUnderstandsAsAll(t *testing.T) {
	now := time.Date(2026, 11, 17, 9, 18, 0, 0, time.UTC)
	var accounts []Account
	var contacts []Contact
	for i := range 40 {
		id := fmt.Sprint(i)
		accounts = append(accounts, Account{ID: id, Name: fmt.Sprintf("Harbour%d Works", i%20)})
		contacts = append(contacts, Contact{ID: "c" + id, Name: fmt.Sprintf("Anna%d Berg%d", i%7, i%5), AccountID: id})
	}
	names := NewCaptureNames(accounts, contacts)
	for _, line := range []string{
		"Called Anna3 yesterday, 10 min, she agreed", "Met Anna1 Berg1 at Harbour3, all is well", "Harbour7 Works: lunch with Berg2", "Called Zoe about the lamps", "note",
	} {
		near, people := names.Near(line)
		all := ParseCapture(line, CaptureInput{Now: now, Accounts: accounts, Contacts: contacts})
		some := ParseCapture(line, CaptureInput{Now: now, Accounts: near, Contacts: people})
		if !reflect.DeepEqual(all, some) {
			t.Errorf("%q:\nall  %+v\nnear %+v", line, all, some)
		}
	}
}
