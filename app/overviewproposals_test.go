package app

import (
	"context"
	"testing"

	"rapport/data"
	"rapport/data/store"
)

const annaPromises = "Dear Maya,\n\nthe hall is ours on Tuesday night. I will send you the lux limits by Friday. We will name the budget holder by 1 December.\n\nAnna"

func promisesAt(t *testing.T, w *window) []data.Promise {
	t.Helper()
	list, err := store.Parts[data.Promise](context.Background(), w.db, store.PartQuery{Account: "k"})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestPromisesSeenInMailAreAnsweredOnTheOverview(t *testing.T) {
	w := testWindow(t, mailStore(t, annaPromises))
	w.open(route{place: placeAccount, id: "k"})
	checkShown(t, w, "2 promises seen in mail")
	checkAbsent(t, w, "seems to promise")
	o := w.page().(*accountPage).overview
	press(w, "Enter") // the quiet line is the first row there is
	checkShown(t, w, "Anna seems to promise: send the lux limits, by Fri 20 Nov", "Anna seems to promise: name the budget holder, by Tue 1 Dec")
	golden(t, w, "account-overview-seen")
	press(w, "J", "Y")
	if list := promisesAt(t, w); len(list) != 1 || list[0].What != "Send the lux limits" || list[0].Contact != "1" || list[0].Due != "2026-11-20" || list[0].Interaction == "" {
		t.Fatalf("%+v", list)
	}
	checkShown(t, w, "1 promise seen in mail", "Send the lux limits")
	for o.current().kind != overviewProposal {
		o.list.Next(1)
	}
	press(w, "X")
	checkAbsent(t, w, "seen in mail")
	w.undo()
	checkShown(t, w, "1 promise seen in mail")
	if list := promisesAt(t, w); len(list) != 1 {
		t.Errorf("%+v", list)
	}
}

func TestAPromiseSeenInMailIsPutRight(t *testing.T) {
	w := testWindow(t, mailStore(t, annaPromises))
	w.open(route{place: placeAccount, id: "k"})
	press(w, "Enter", "J", "Enter")
	checkShown(t, w, "A promise seen in mail")
	enter(w, "Lux limits of Hall 2")
	press(w, "Enter")
	if list := promisesAt(t, w); len(list) != 1 || list[0].What != "Lux limits of Hall 2" {
		t.Errorf("%+v", list)
	}
	checkShown(t, w, "1 promise seen in mail")
}

func TestAMailAsksWhetherItPromises(t *testing.T) {
	w := testWindow(t, mailStore(t, annaPromises))
	openTimeline(t, w, "Kestrel Museums")
	checkShown(t, w, "Anna seems to promise: send the lux limits, by Fri 20 Nov?", "Keep as a promise")
	golden(t, w, "timeline-promise")
	press(w, "X")
	checkAbsent(t, w, "lux limits, by Fri 20 Nov?")
	press(w, "Y")
	checkAbsent(t, w, "seems to promise")
	if list := promisesAt(t, w); len(list) != 1 || list[0].What != "Name the budget holder" {
		t.Errorf("%+v", list)
	}
}

func TestAMailWithoutPromisesAsksNothing(t *testing.T) {
	w := testWindow(t, mailStore(t, annaAsks))
	openTimeline(t, w, "Kestrel Museums")
	checkAbsent(t, w, "seems to promise")
	press(w, "Y", "X")
	if list := promisesAt(t, w); len(list) != 0 {
		t.Errorf("%+v", list)
	}
}
