package data

import (
	"testing"
	"time"
)

func TestNewsIsPutTogetherByAccount(t *testing.T) {
	at := time.Date(2026, 11, 17, 9, 0, 0, 0, time.UTC)
	promise, contact, note := ThingRef{KindPromise, "p"}, ThingRef{KindContact, "c"}, ThingRef{KindTeamPlan, "t"}
	n := News{
		Names: map[string]string{"k": "Kestrel Museums", "a": "Aster"},
		Changes: []NewsChange{
			{ThingRef: promise, Account: "k", Title: "Install in Hall 2", By: "Elin Sandvik", At: at.Add(time.Minute), Deed: DeedWrote, Field: "due"},
			{ThingRef: promise, Account: "k", Title: "Install in Hall 2", By: "Elin Sandvik", At: at, Deed: DeedWrote, Field: "what"},
			{ThingRef: contact, Account: "a", Title: "Ida", By: "Tomas Olsen", At: at, Deed: DeedWrote, Field: "name", New: true},
			{ThingRef: contact, Account: "a", Title: "Ida", By: "Elin Sandvik", At: at.Add(time.Hour), Deed: DeedDeleted},
			{ThingRef: note, Title: "Why", By: "Tomas Olsen", At: at, Deed: DeedKept},
		},
		Conflicts: []Conflict{{Account: "k"}},
	}
	list := n.ByAccount()
	if len(list) != 3 || list[0].Name != "Kestrel Museums" || list[0].Conflicts != 1 || list[1].Name != "Aster" || list[2].Name != "The team" {
		t.Fatalf("%+v", list)
	}
	for i, want := range []string{"changed wording and day it is due of the promise", "deleted the contact", "kept the team’s plan"} {
		if got := list[i].Lines[0].Words(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	if l := list[1].Lines[1]; l.Words() != "added the contact" || l.Who() != "Tomas Olsen" || l.Title != "Ida" {
		t.Errorf("%+v", l)
	}
	if got, want := n.Sum(), "Elin and Tomas changed 3 things of 2 accounts"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if (News{}).Sum() != "" {
		t.Error("no news is told")
	}
}
