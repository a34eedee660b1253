package app

import (
	"context"
	"maps"
	"testing"

	"rapport/data"
	"rapport/data/store"
)

func TestPastExchangesOfASpace(t *testing.T) {
	maya, _ := sharedSample(t)
	for _, e := range []data.Exchange{
		{Way: data.ByFolder, Came: 12, Sent: 2}, {Way: data.ByFolder}, {Way: data.ByFolder},
		{Way: data.ByFolder, Problem: "the folder is not there"}, {Way: data.ByBundle, Came: 1, KeptOut: 2},
	} {
		mustWrite(t, maya, func(tx *store.Tx) error { return tx.PutExchange(larkfield, e) })
	}
	w := testWindow(t, maya)
	p := openSharing(t, w)
	p.choose(larkfield)
	press(w, "H")
	checkShown(t, w, "Past exchanges of Larkfield team", "Took 12 changes and gave 2 pieces", "Nothing new on either side, 2 times",
		"Failed: the folder is not there", "Took 1 change and kept 2 changes out")
	golden(t, w, "sharing-past")
	press(w, "J", "Esc")
	if topOverlay(w.canvas) != nil {
		t.Fatal("the list is still open")
	}
	p.choose(kestrelJoint)
	press(w, "H")
	checkShown(t, w, "Past exchanges of Kestrel", "Nothing was exchanged from this laptop yet.")
	press(w, "Enter") // the keyboard is on Close
	if topOverlay(w.canvas) != nil {
		t.Fatal("Close does not close")
	}
}

func TestSharingSaysHowFarEachHasSeen(t *testing.T) {
	maya, _ := sharedSample(t)
	have, err := maya.Have(context.Background(), larkfield)
	if err != nil {
		t.Fatal(err)
	}
	heard := func(all bool) {
		t.Helper()
		seen := maps.Clone(have)
		if !all {
			clear(seen)
		}
		for _, who := range []string{"elin", "maya"} {
			mustWrite(t, maya, func(tx *store.Tx) error { return tx.Heard(larkfield, who, seen, testNow) })
		}
	}
	w := testWindow(t, maya)
	openSharing(t, w).choose(larkfield)
	checkAbsent(t, w, "Has seen all that is here")
	heard(true)
	openSharing(t, w).choose(larkfield)
	checkShown(t, w, "Has seen all that is here")
	heard(false)
	openSharing(t, w).choose(larkfield)
	checkShown(t, w, "Has seen all until today 09:18")
	golden(t, w, "sharing-seen")
}
