package app

import (
	"testing"

	"rapport/data"
	"rapport/data/store"
)

func TestASpaceThatOneLeftIsForgotten(t *testing.T) {
	for _, keep := range []bool{true, false} {
		_, elin := sharedSample(t)
		members, err := elin.Members(t.Context(), larkfield)
		if err != nil {
			t.Fatal(err)
		}
		space, err := elin.Space(t.Context(), larkfield)
		if err != nil {
			t.Fatal(err)
		}
		w := testWindow(t, elin)
		w.sharer = newSharer(elin, memory{}, testClock)
		p := openSharing(t, w)
		checkAbsent(t, w, "Forget this space…")
		p.askForget() // a member cannot
		checkAbsent(t, w, "its keys go from this laptop")
		for i, m := range members {
			if m.ID == space.Self {
				members[i].Role = ""
			}
		}
		mustWrite(t, elin, func(tx *store.Tx) error { return tx.PutMembers(larkfield, members) })
		p.load()
		checkShown(t, w, "Forget this space…")
		p.askForget()
		checkShown(t, w, "Forget Larkfield team", "its keys go from this laptop", "are yours alone")
		if keep {
			golden(t, w, "sharing-forget")
			press(w, "Enter") // the keyboard is on Cancel
			checkShown(t, w, "Forget this space…")
			p.askForget()
			tab(t, w, 1)
			press(w, "Enter")
			checkShown(t, w, "Larkfield team is forgotten; ", "as yours alone", "You share with nobody yet")
		} else {
			p.forget(newForm(w.bg), space, false)
			checkShown(t, w, "Larkfield team is forgotten", "You share with nobody yet")
		}
		if list, err := elin.Spaces(t.Context()); err != nil || len(list) != 0 {
			t.Errorf("keep %v: %+v, %v", keep, list, err)
		}
		shared := parts[data.Plan](t, w)
		if keep != (len(shared) > 0) {
			t.Errorf("keep %v: %d plans stand", keep, len(shared))
		}
	}
}
