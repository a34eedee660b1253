package data

import (
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func leftAccount() LeavingInput {
	return LeavingInput{Now: planDay, Account: Account{ID: "k", Name: "Kestrel Museums", Mode: WindDown}}
}

func lineOfThing(t *testing.T, list LeavingList, thing string) LeavingLine {
	t.Helper()
	for _, l := range list.Lines {
		if l.Thing == thing {
			return l
		}
	}
	t.Fatalf("there is no %s", thing)
	return LeavingLine{}
}

func TestFactsTickWhatTheyTell(t *testing.T) {
	in := leftAccount()
	in.Promises = []Promise{{By: Us, What: "Report"}, {By: Us, What: "Keys", Kept: "2026-11-01"}, {By: Customer, What: "Lux limits"}}
	in.Steps = []Step{{What: "Night test"}}
	in.Objectives = []Objective{{What: "No flicker"}}
	in.Waiting = 2
	list := ComposeLeaving(in)
	for thing, want := range map[string]string{
		LeavingOurs: "1 promise is open", LeavingTheirs: "1 promise is open", LeavingPlan: "1 step and 1 objective are open", LeavingAnswers: "2 mails wait for our answer",
	} {
		if l := lineOfThing(t, list, thing); l.Closed || l.State != want || !l.Counted {
			t.Errorf("%s: %+v", thing, l)
		}
	}
	list = ComposeLeaving(leftAccount())
	for _, thing := range []string{LeavingOurs, LeavingTheirs, LeavingPlan, LeavingAnswers} {
		if l := lineOfThing(t, list, thing); !l.Closed || l.State != "nothing is open" {
			t.Errorf("%s: %+v", thing, l)
		}
	}
	if list.Words() != "4 things of 12 done" || list.Open != 8 {
		t.Errorf("%q, %d open", list.Words(), list.Open)
	}
}

func TestALeavingListNamesWhatIsOpenLateAndNotNeeded(t *testing.T) {
	in := leftAccount()
	of := func(thing string) Leaving {
		return Leaving{Belongs: Belongs{ID: LeavingID("k", thing), Account: "k"}, Thing: thing}
	}
	done, not, late, door, learned := of(LeavingThanks), of(LeavingAccess), of(LeavingInvoices), of(LeavingDoor), of(LeavingLearned)
	done.Done = "2026-11-03"
	not.Not, not.Words = true, "they never let us in"
	late.Owner, late.By = "Joris Dekker", "2026-11-13"
	door.Done, door.Again = "2026-11-03", "2027-05-01"
	learned.Words = "We should have come in August"
	in.Items = []Leaving{done, not, late, door, learned, {Belongs: Belongs{ID: "own", Account: "k"}, What: "Send the spare keys"}}
	list := ComposeLeaving(in)
	for thing, want := range map[string]string{LeavingThanks: "done on 3 Nov", LeavingAccess: "not needed: they never let us in", LeavingDoor: "done on 3 Nov, asked again on 1 May 2027"} {
		if l := lineOfThing(t, list, thing); !l.Closed || l.State != want {
			t.Errorf("%s: %+v", thing, l)
		}
	}
	if l := lineOfThing(t, list, LeavingInvoices); l.Late != 4 || list.Late != 1 {
		t.Errorf("%+v", l)
	}
	if last := list.Lines[len(list.Lines)-1]; last.Text != "Send the spare keys" || last.Closed {
		t.Errorf("%+v", last)
	}
	if list.Learned() != "We should have come in August" || !strings.Contains(list.OpenWords(), "they know who helps them next") {
		t.Errorf("%q; %q", list.Learned(), list.OpenWords())
	}
	golden(t, "leaving.txt", SheetText(LeavingSheet(list, planDay), planDay, 100))
}

func TestAThingOfLeavingThatCannotBeKept(t *testing.T) {
	for name, l := range map[string]Leaving{
		"of no account":                  {Thing: LeavingThanks},
		"no such thing":                  {Belongs: Belongs{Account: "k"}, Thing: "love"},
		"one of our own without words":   {Belongs: Belongs{Account: "k"}, What: " "},
		"not needed without a reason":    {Belongs: Belongs{Account: "k"}, Thing: LeavingAccess, Not: true},
		"done and not needed":            {Belongs: Belongs{Account: "k"}, Thing: LeavingAccess, Not: true, Words: "x", Done: "2026-11-01"},
		"a successor whom nobody named":  {Belongs: Belongs{Account: "k"}, Thing: LeavingSuccessor, Done: "2026-11-01"},
		"an open door without a day":     {Belongs: Belongs{Account: "k"}, Thing: LeavingDoor, Done: "2026-11-01"},
		"something by a day that is not": {Belongs: Belongs{Account: "k"}, Thing: LeavingAccess, By: "soon"},
	} {
		var invalid *Invalid
		if err := l.Check(); !errors.As(err, &invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestEveryLineOfLeavingIsOpenOrClosed holds for whatever was written down.
func TestEveryLineOfLeavingIsOpenOrClosed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := leftAccount()
		in.Waiting = rapid.IntRange(0, 3).Draw(t, "waiting")
		for _, thing := range append(leavingKeys(), "") {
			if !rapid.Bool().Draw(t, "has "+thing) {
				continue
			}
			l := Leaving{Belongs: Belongs{ID: "x" + thing, Account: "k"}, Thing: thing, What: "own", Words: rapid.SampledFrom([]string{"", "said"}).Draw(t, "words"),
				Done: rapid.SampledFrom([]string{"", "2026-11-01"}).Draw(t, "done"), Not: rapid.Bool().Draw(t, "not"), By: rapid.SampledFrom([]string{"", "2026-11-01", "2027-01-01"}).Draw(t, "by")}
			in.Items = append(in.Items, l)
		}
		list := ComposeLeaving(in)
		open := 0
		for _, l := range list.Lines {
			if !l.Closed {
				open++
			}
			if l.Closed && l.Late > 0 {
				t.Fatalf("what is closed is late: %+v", l)
			}
		}
		if open != list.Open || len(list.Lines) < len(LeavingThings) {
			t.Fatalf("%d of %d are open, not %d", open, len(list.Lines), list.Open)
		}
	})
}

func TestAnArchivedAccountAsksForNothing(t *testing.T) {
	a := Account{ID: "k", Name: "Kestrel", Tier: TierA, Archived: "2026-11-01"}
	if list := TouchpointsOf(a, []ContactStanding{{Contact: Contact{ID: "anna"}}}, nil, nil, nil, 0, planDay); len(list) > 0 {
		t.Errorf("it asks for %+v", list)
	}
	if counts := TierCounts([]Account{a, {ID: "b", Tier: TierA}}, nil); counts[TierA] != 1 {
		t.Errorf("%v", counts)
	}
	if list := Living([]Account{a, {ID: "b"}}); len(list) != 1 || list[0].ID != "b" {
		t.Errorf("%+v", list)
	}
}

func TestAMailOfAnArchivedAccountIsFiledAndSaysSo(t *testing.T) {
	k := Known{
		Contacts: map[string]KnownContact{"anna@kestrel.example": {ID: "anna", Name: "Anna Kessler", Account: "k", Side: Customer, Archived: "2026-11-01"}},
		Domains:  map[string]KnownAccount{"kestrel.example": {ID: "k", Name: "Kestrel", Archived: "2026-11-01"}},
	}
	for email, want := range map[string]string{
		"anna@kestrel.example": "anna@kestrel.example is an address of Anna Kessler; the account is archived since 2026-11-01",
		"new@kestrel.example":  "the domain kestrel.example belongs to Kestrel; the account is archived since 2026-11-01",
	} {
		if m, ok := k.Match(email); !ok || m.Account != "k" || m.Reason != want {
			t.Errorf("%s: %+v", email, m)
		}
	}
}
