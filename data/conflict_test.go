package data

import (
	"slices"
	"testing"
	"time"
)

var conflictNow = time.Date(2026, 11, 17, 9, 42, 0, 0, time.UTC)

func TestAConflictIsNamedInWords(t *testing.T) {
	for _, c := range []struct {
		c    Conflict
		want string
	}{
		{Conflict{Kind: KindAccount, Field: "name"}, "Account, name"},
		{Conflict{Kind: KindAccount, Field: "owner"}, "Account, who looks after it"},
		{Conflict{Kind: KindPromise, Field: "due"}, "Promise, day it is due"},
		{Conflict{Kind: KindPromise}, "Promise"},
		{Conflict{Kind: KindTeamPlan, Field: "goal-quality"}, "Team’s plan, quality aimed at"},
		{Conflict{Kind: KindNeed, Field: "some-new"}, "Need, some new"},
	} {
		if got := c.c.What(); got != c.want {
			t.Errorf("%+v is called %q, want %q", c.c, got, c.want)
		}
	}
}

func TestVersionsOfOnePersonAreToldApart(t *testing.T) {
	at := conflictNow
	c := Conflict{Versions: []FieldVersion{{By: "Elin Sand", At: at}, {Mine: true, At: at}, {At: at}}}
	if got := c.TakeWords(at); !slices.Equal(got, []string{"Use Elin’s", "Use yours", "Use the other"}) {
		t.Errorf("%q", got)
	}
	c = Conflict{Versions: []FieldVersion{{Mine: true, At: at}, {Mine: true, At: at.Add(-24 * time.Hour)}}}
	if got := c.TakeWords(at); !slices.Equal(got, []string{"Use yours of 17 Nov 09:42", "Use yours of 16 Nov 09:42"}) {
		t.Errorf("%q", got)
	}
}

func TestTheMarkOfVersionsCounts(t *testing.T) {
	two := Conflict{Field: "name", Versions: make([]FieldVersion, 2)}
	gone := Conflict{Versions: make([]FieldVersion, 1)}
	for _, c := range []struct {
		list []Conflict
		want string
	}{{nil, ""}, {[]Conflict{two}, "2 versions"}, {[]Conflict{gone}, "Deleted and edited"}, {[]Conflict{two, gone}, "2 versions of 2 things"}} {
		if got := VersionsWord(c.list); got != c.want {
			t.Errorf("%d conflicts are %q, want %q", len(c.list), got, c.want)
		}
	}
}

func TestAValueIsReadByItsForm(t *testing.T) {
	named := map[string]string{"anna": "Anna Kessler"}
	for _, c := range []struct{ kind, field, value, want string }{
		{KindAccount, "name", "Kestrel", "Kestrel"},
		{KindAccount, "tier", "A", "A"},
		{KindAccount, "since", "2021-03-01", "Mon 1 Mar 2021"},
		{KindPromise, "due", "2026-11-20", "Fri 20 Nov"},
		{KindPromise, "what", "2026-11-20 as agreed", "2026-11-20 as agreed"},
		{KindPromise, "contact", "anna", "Anna Kessler"},
		{KindPromise, "contact", "nobody", "one that is not here"},
		{KindPromise, "due", "", "nothing"},
		{KindValue, "cents", "412050", "4120.50"},
		{KindValue, "yearly", "1", "yes"},
		{KindValue, "yearly", "", "no"},
		{KindInteraction, "at", "2026-11-17T08:05:00Z", "Today 08:05"},
		{KindObjective, "measure", "Flicker", "Flicker"},
	} {
		if got := FieldValue(FormOf(c.kind, c.field, c.value), c.value, named, conflictNow); got != c.want {
			t.Errorf("%s %s %q reads %q, want %q", c.kind, c.field, c.value, got, c.want)
		}
	}
}

func TestAThirdVersionIsRead(t *testing.T) {
	day := func(s string) (time.Time, bool) { return time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC), s == "Friday" }
	conflict := func(kind, field, a, b string) Conflict {
		return Conflict{Kind: kind, Field: field, Versions: []FieldVersion{{Value: a}, {Value: b}}}
	}
	for _, c := range []struct {
		c           Conflict
		typed, want string
		refused     bool
	}{
		{conflict(KindAccount, "name", "A", "B"), " Kestrel Trust ", "Kestrel Trust", false},
		{conflict(KindAccount, "name", "A", "B"), " ", "", true},
		{conflict(KindPromise, "due", "2026-11-18", "2026-11-19"), "Friday", "2026-11-20", false},
		{conflict(KindPromise, "due", "2026-11-18", "2026-11-19"), "someday", "", true},
		{conflict(KindObjective, "target", "288", "300"), "1,290.5", "1290.5", false},
		{conflict(KindObjective, "target", "288", "300"), "many", "", true},
	} {
		got, err := c.c.ReadThird(c.typed, day)
		if got != c.want || (err != nil) != c.refused {
			t.Errorf("%q for %s is %q, %v", c.typed, c.c.Field, got, err)
		}
	}
	for _, c := range []struct {
		c    Conflict
		want bool
	}{
		{conflict(KindAccount, "name", "A", "B"), true}, {conflict(KindAccount, "tier", "A", "B"), false}, {conflict(KindAccount, "", "", ""), false},
		{conflict(KindPromise, "contact", "a", "b"), false}, {conflict(KindValue, "yearly", "", "1"), false},
	} {
		if c.c.TakesThird() != c.want {
			t.Errorf("%s %s: a third is taken: %v", c.c.Kind, c.c.Field, !c.want)
		}
	}
}
