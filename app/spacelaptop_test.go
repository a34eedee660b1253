package app

import (
	"context"
	"errors"
	"testing"

	"rapport/data"
	"rapport/data/store"
)

func (s *steward) WithdrawLaptop(_ context.Context, device string) error {
	s.done = append(s.done, "withdraw "+device)
	return s.fail
}

func TestALaptopIsWithdrawnAfterAQuestion(t *testing.T) {
	maya, _ := sharedSample(t)
	mustWrite(t, maya, func(tx *store.Tx) error {
		return tx.PutDevices(larkfield, []data.Device{
			{ID: "mayasold", Member: "maya", Nth: 1, Name: "maya-old"}, {ID: "jorisfirst", Member: "joris", Nth: 1, Name: "joris-air"},
			{ID: "jorislost", Member: "joris", Nth: 2, Name: "joris-lost", WithdrawnAt: testNow, WithdrawnBy: "maya"},
		})
	})
	w := testWindow(t, maya)
	s := &steward{sharer: newSharer(maya, memory{}, testClock)}
	w.sharer = s
	p := openSharing(t, w)
	checkShown(t, w, "Withdraw maya-old…")
	checkAbsent(t, w, "Withdraw joris-lost…")
	joris := memberNamed(t, p, "Joris Dekker")
	p.askMember(joris)
	checkShown(t, w, "Withdraw joris-air…")
	checkAbsent(t, w, "Withdraw joris-lost…")
	w.dismiss()
	left := p.withdrawable(joris)
	if len(left) != 1 || left[0].ID != "jorisfirst" {
		t.Fatalf("Joris's laptops: %+v", left)
	}
	p.askWithdraw(joris, left[0])
	checkShown(t, w, "Withdraw joris-air, Joris Dekker’s laptop", "It goes to each laptop that Joris has left", "What the laptop had read cannot be unread")
	golden(t, w, "sharing-withdraw")
	press(w, "Enter") // the keyboard is on Cancel
	if len(s.done) != 0 {
		t.Fatalf("without a yes: %q", s.done)
	}
	p.askWithdraw(joris, left[0])
	s.fail = errors.New("the folder is gone")
	tab(t, w, 1)
	press(w, "Enter")
	checkShown(t, w, "The folder is gone.")
	s.fail = nil
	press(w, "Enter")
	checkShown(t, w, "The laptop is withdrawn")
	if len(s.done) != 2 || s.done[1] != "withdraw jorisfirst" {
		t.Errorf("done %q", s.done)
	}
}

func TestWhoMayNotWithdrawsNoLaptop(t *testing.T) {
	_, elin := sharedSample(t)
	mustWrite(t, elin, func(tx *store.Tx) error {
		return tx.PutDevices(larkfield, []data.Device{{ID: "jorisfirst", Member: "joris", Nth: 1, Name: "joris-air"}, {ID: "elinother", Member: "elin", Nth: 1, Name: "elin-other"}})
	})
	w := testWindow(t, elin)
	w.sharer = &steward{sharer: newSharer(elin, memory{}, testClock)}
	p := openSharing(t, w)
	if list := p.withdrawable(memberNamed(t, p, "Joris Dekker")); len(list) != 0 {
		t.Errorf("an editor may withdraw %+v", list)
	}
	checkShown(t, w, "Withdraw elin-other…")
}

// TestALaptopThatWasWithdrawnSaysSo looks at Sharing on the laptop itself.
func TestALaptopThatWasWithdrawnSaysSo(t *testing.T) {
	maya, _ := sharedSample(t)
	here, err := maya.DeviceOf(t.Context(), larkfield)
	if err != nil {
		t.Fatal(err)
	}
	mustWrite(t, maya, func(tx *store.Tx) error {
		return tx.PutDevices(larkfield, []data.Device{
			{ID: here, Member: "maya", Nth: 1, Name: "maya-air", WithdrawnAt: testNow, WithdrawnBy: "maya"}, {ID: "mayasnew", Member: "maya", Nth: 2, Name: "maya-new"},
		})
	})
	w := testWindow(t, maya)
	w.sharer = &steward{sharer: newSharer(maya, memory{}, testClock)}
	p := openSharing(t, w)
	checkShown(t, w, "This laptop was withdrawn", "from another laptop of yours", "What is written here reaches nobody")
	checkAbsent(t, w, "Withdraw maya-new…")
	if p.mayInvite() || p.mayChange(memberNamed(t, p, "Joris Dekker")) {
		t.Error("it still changes who shares the space")
	}
	golden(t, w, "sharing-withdrawn")
}
