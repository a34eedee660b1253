package app

import (
	"context"
	"testing"

	"rapport/app/kit"
	"rapport/data"
	"rapport/data/store"
)

// putJoint puts an account's plan into a joint space.
func putJoint(t *testing.T, db *store.DB, account, space string) {
	t.Helper()
	look, err := db.LookJoint(context.Background(), account, space, testNow)
	if err != nil {
		t.Fatal(err)
	}
	mustWrite(t, db, func(tx *store.Tx) error { _, err := tx.PutJoint(look); return err })
}

// jointPair are the sample workspace as Maya's and the empty one of Anna, a guest, with
// a joint space that holds the plan of Kestrel Museums.
func jointPair(t *testing.T) (maya, anna *store.DB, account string) {
	t.Helper()
	maya, anna = sampleCopy(t), testStore(t)
	for db, self := range map[*store.DB]string{maya: "maya", anna: "anna"} {
		joinSpace(t, db, data.Space{ID: kestrelJoint, Name: "Kestrel and us", Kind: data.JointSpace, Self: self, Place: "folder:/srv/Larkfield/kestrel"},
			larkfieldTeam[0], data.Member{ID: "anna", Name: "Anna Kessler", Side: data.Customer, Role: data.Contributor, Since: testNow})
	}
	mustWrite(t, anna, func(tx *store.Tx) error { return tx.PutSetting(store.SettingUserName, "Anna Kessler") })
	account = accountNamed(t, maya, "Kestrel Museums").ID
	putJoint(t, maya, account, kestrelJoint)
	give(t, maya, anna, kestrelJoint, "maya")
	return maya, anna, account
}

// guestWindow is a window on the workspace of a guest, on its joint plan.
func guestWindow(t *testing.T, db *store.DB) (*window, *joint) {
	t.Helper()
	w := testWindow(t, db)
	w.open(route{place: placeJoint})
	return w, w.page().(*joint)
}

// standOn moves to the row that says something.
func (p *joint) standOn(t *testing.T, words string) {
	t.Helper()
	for i, r := range p.rows {
		for column, l := range []data.SheetLine{r.line, r.pair[0], r.pair[1]} {
			if l.Text == words {
				p.column = max(column-1, 0)
				p.list.Select(i)
				return
			}
		}
	}
	t.Fatalf("no row says %q", words)
}

func TestAGuestsWorkspaceHoldsJustTheJointPlan(t *testing.T) {
	_, anna, _ := jointPair(t)
	w, p := guestWindow(t, anna)
	if !w.rail.guest || w.homeRoute() != (route{place: placeJoint}) {
		t.Errorf("guest: %v; the window begins on %v", w.rail.guest, w.homeRoute())
	}
	for place, item := range w.rail.items {
		want := place == placeJoint || place == placeSharing || place == placeSettings
		if item.Visible() != want {
			t.Errorf("%s on the rail: %v", place, item.Visible())
		}
	}
	checkShown(t, w, "Kestrel Museums", "What we work on together", "Kestrel and us", "Open the winter loan on 12 March", "Who reads this", "Ticks steps, corrects and adds")
	checkAbsent(t, w, "cooling", "margin", "Samuel")
	golden(t, w, "joint")
	kit.Wear(testApp, kit.NewTheme(kit.Dark, 1))
	p.standOn(t, "Install in Hall 2")
	press(w, "Space")
	p.standOn(t, "Less energy in the Print Room")
	press(w, "E")
	fieldAt(t, w, 1).SetText("17,900")
	tapButton(t, w, "Correct it")
	press(w, "A")
	fieldAt(t, w, 0).SetText("Tell the night guards of Hall 2")
	tapButton(t, w, "Add it")
	checkShown(t, w, "“Install in Hall 2” is done since 17 Nov", "17,900, not 18,400", "Anna: Tell the night guards of Hall 2", "Waits for an answer", "Take it back")
	golden(t, w, "joint-answered-dark")
	kit.Wear(testApp, kit.NewTheme(kit.Light, 1))
	resize(w, 960, 600)
	golden(t, w, "joint-narrow")
}

// TestWhatAGuestAnswersIsDecidedOn goes from a guest's tick to our plan and back.
func TestWhatAGuestAnswersIsDecidedOn(t *testing.T) {
	maya, anna, account := jointPair(t)
	w, p := guestWindow(t, anna)
	p.standOn(t, "Install in Hall 2")
	press(w, "Space")
	p.standOn(t, "Decide on the cure")
	press(w, "Space")
	checkShown(t, w, "“Decide on the cure” is done since 17 Nov")
	press(w, "Space") // not yet, after all
	checkAbsent(t, w, "“Decide on the cure” is done since 17 Nov")
	p.standOn(t, "Less energy in the Print Room")
	press(w, "E")
	tapButton(t, w, "Correct it")
	checkShown(t, w, "Nothing is different")
	fieldAt(t, w, 1).SetText("17,900")
	tapButton(t, w, "Correct it")
	p.standOn(t, "No visible flicker in any hall before 12 March")
	press(w, "E")
	fieldAt(t, w, 0).SetText("")
	tapButton(t, w, "Correct it")
	checkShown(t, w, "Say what it should read")
	press(w, "Esc")
	press(w, "A")
	fieldAt(t, w, 0).SetText("A mistake")
	tapButton(t, w, "Add it")
	p.standOn(t, "A mistake")
	press(w, "Delete")
	checkShown(t, w, "Taken back: “A mistake”")
	checkAbsent(t, w, "Anna: A mistake")
	give(t, anna, maya, kestrelJoint, "anna")

	ours := testWindow(t, maya)
	ours.open(route{place: placeToday})
	day := ours.page().(*today)
	if list := day.jointItems(); len(list) != 3 || list[2].words != "2 answers to the joint plan of Kestrel Museums · Anna, 17 Nov" || list[2].opens.id != account {
		t.Errorf("Today says %+v", list)
	}
	ours.openAt(route{place: placeAccount, id: account}, target{tab: tabPlan})
	checkShown(t, ours, "In “Kestrel and us” since", "It reads as it does here.", "Anna writes: “Install in Hall 2” is done since 17 Nov", "Anna writes: 17,900")
	golden(t, ours, "joint-offered")
	tab := ours.page().(*accountPage).plan
	for _, c := range tab.answer.page.Open {
		if c.ReplyOf() != "" {
			tab.accept(c)
		}
	}
	checkAbsent(t, ours, "Anna writes: 17,900")
	checkShown(t, ours, "otherwise here by now", "Put it there anew")
	ours.openAt(route{place: placeJoint}, target{})
	ours.page().(*joint).standOn(t, "Less energy in the Print Room")
	checkShown(t, ours, "17,900 kWh a year", "Taken over", "Puts the plan here, and decides on answers")
	checkAbsent(t, ours, "Waits for an answer")
	press(ours, "O") // the account of the plan
	if ours.here() != (route{place: placeAccount, id: account}) {
		t.Errorf("O leads to %v", ours.here())
	}
	give(t, maya, anna, kestrelJoint, "maya")
	w.reload()
	checkShown(t, w, "17,900 kWh a year", "Taken over")
}

// TestAPlanIsPutIntoAJointSpaceAfterALook goes the way of keys.
func TestAPlanIsPutIntoAJointSpaceAfterALook(t *testing.T) {
	maya, anna, account := jointPair(t)
	mustWrite(t, maya, func(tx *store.Tx) error { return tx.TakeBackJointPlan(kestrelJoint, account) })
	give(t, maya, anna, kestrelJoint, "maya")
	guest, _ := guestWindow(t, anna)
	checkShown(t, guest, "No plan is here yet")
	w := testWindow(t, maya)
	w.openAt(route{place: placeAccount, id: account}, target{tab: tabPlan})
	press(w, "Y", "S")
	checkShown(t, w, "Anna Kessler will read this, and nothing else of your account.", "Reads otherwise there", "Put it there")
	golden(t, w, "joint-put")
	tapButton(t, w, "Put it there")
	checkShown(t, w, "Kestrel Museums is in Kestrel and us now")
	press(w, "Esc")
	checkShown(t, w, "In “Kestrel and us” since")
	give(t, maya, anna, kestrelJoint, "maya")
	guest.reload()
	checkShown(t, guest, "Open the winter loan on 12 March")
	w.page().(*accountPage).plan.takeBackJoint(w.page().(*accountPage).plan.answer.in.Joint[0])
	checkShown(t, w, "What was read cannot be unread.")
	tapButton(t, w, "Take it back")
	checkAbsent(t, w, "In “Kestrel and us” since")
}
