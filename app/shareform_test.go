package app

import (
	"context"
	"testing"

	"rapport/app/kit"
	"rapport/data"
	"rapport/data/store"
)

// sharedStore is an account with a contact, and a mail of theirs in a mailbox of
// which the subject may be seen.
func sharedStore(t *testing.T) *store.DB {
	t.Helper()
	db := testStore(t)
	mustWrite(t, db, func(tx *store.Tx) error {
		if err := tx.PutAccount(data.Account{ID: "k", Name: "Kestrel Museums"}); err != nil {
			return err
		}
		return tx.PutContact(data.Contact{ID: "anna", AccountID: "k", Name: "Anna Kessler", Emails: []string{"anna@kestrel.example"}})
	})
	ingestMails(t, db, mailBy("Anna Kessler", "anna@kestrel.example", "Atrium lamps"))
	mustWrite(t, db, func(tx *store.Tx) error {
		_, err := tx.PutMailbox(data.Mailbox{ID: "box", Address: "maya@larkfield.example", Host: "h", Port: 993, Security: data.TLS, Share: data.ShareSubject})
		return err
	})
	return db
}

func ruleOfNewest(t *testing.T, db *store.DB) data.Share {
	t.Helper()
	list, err := db.ShareInputs(context.Background(), "box", 1)
	if err != nil || len(list) != 1 {
		t.Fatalf("%d mails, %v", len(list), err)
	}
	return list[0].Rule()
}

func TestWhatColleaguesMaySeeOfAMailIsChosenOnTheTimeline(t *testing.T) {
	db := sharedStore(t)
	w := testWindow(t, db)
	v := openTimeline(t, w, "Kestrel Museums").inspector
	v.share()
	checkShown(t, w, "This conversation", "All with Anna", "goes by the rule of the mailbox", "Of “Atrium lamps” a colleague would see", "Atrium lamps")
	w.canvas.FocusNext()
	press(w, "Right", "Right", "Right", "Right")
	checkShown(t, w, "in place of the mailbox’s", "Hello")
	golden(t, w, "sharing")
	tap(t, w, "Save")
	checkShown(t, w, "Colleagues may see of the conversation “Atrium lamps”: who, when, the subject and the text")
	if got := ruleOfNewest(t, db); got != data.ShareText {
		t.Errorf("the rule is %q", got)
	}
	v.share()
	checkShown(t, w, "in place of the mailbox’s") // it stands as it was chosen
	press(w, "Right")                             // Anna
	w.canvas.FocusNext()
	press(w, "Right") // nothing
	checkShown(t, w, "Mail that this person takes part in stays private", "That is the last word.")
	if hasText(w, "Text") {
		t.Error("the preview still shows the text")
	}
	tap(t, w, "Save")
	if got := ruleOfNewest(t, db); got != data.ShareNothing {
		t.Errorf("the rule is %q after the contact was made private", got)
	}
	w.undo()
	w.undo()
	if got := ruleOfNewest(t, db); got != data.ShareSubject {
		t.Errorf("undone, the rule is %q", got)
	}
}

func TestWhatColleaguesMaySeeOfAContactIsChosenOnTheirPage(t *testing.T) {
	db := sharedStore(t)
	w := testWindow(t, db)
	w.open(route{place: placeContact, id: "anna"})
	w.page().(*contactPage).share()
	checkShown(t, w, "What colleagues may see of Anna Kessler", "Of “Atrium lamps” a colleague would see")
	press(w, "Right", "Right")
	tap(t, w, "Save")
	checkShown(t, w, "Colleagues may see of mail with Anna Kessler: that we spoke: who and when")
	if got := ruleOfNewest(t, db); got != data.ShareContact {
		t.Errorf("the rule is %q", got)
	}
}

// Whoever looks at a mail reads who else can, and what changes it at once.
func TestTheInspectorSaysWhoCanReadAMail(t *testing.T) {
	db := sharedStore(t)
	w := testWindow(t, db)
	v := openTimeline(t, w, "Kestrel Museums").inspector
	checkShown(t, w, "Only you can read this", "Nothing of it is shared with anybody.")
	joinSpace(t, db, data.Space{ID: larkfield, Name: "Larkfield team", Kind: data.TeamSpace, Self: "maya", Place: "folder:/srv/larkfield/rapport"}, larkfieldTeam...)
	shareAccount(t, db, "k", larkfield)
	w.page().load()
	checkShown(t, w, "Larkfield team can see part of this", "The members are told who, when and the subject. The rest stays with you.")
	rows := w.page().(*accountPage).timeline.answer.items
	if len(rows) != 1 || !rows[0].Shared {
		t.Errorf("the row is not marked as shared: %+v", rows)
	}
	golden(t, w, "sharing-inspector")
	v.share()
	checkShown(t, w, "It holds from the next exchange on")
	press(w, "Right") // Anna
	w.canvas.FocusNext()
	press(w, "Right") // nothing
	tap(t, w, "Save")
	checkShown(t, w, "Only you can read this", "Its account is shared with Larkfield team; this is not.")
}

// What filing says of sharing is true: nothing is shared while we share no space
// with a team or no rule lets mail out, and else as much as the widest rule tells.
func TestFilingSaysWhatATeamSees(t *testing.T) {
	db := sharedStore(t)
	w := testWindow(t, db)
	most := func() data.Share {
		t.Helper()
		s, err := w.mostTold(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	if got := most(); got != data.ShareNothing {
		t.Errorf("with no team it is %q", got)
	}
	joinSpace(t, db, data.Space{ID: larkfield, Name: "Larkfield team", Kind: data.TeamSpace, Self: "maya", Place: "folder:/srv/larkfield/rapport"}, larkfieldTeam...)
	if got := most(); got != data.ShareSubject {
		t.Errorf("with a team it is %q", got)
	}
	for told, want := range map[data.Share]string{
		data.ShareNothing: "Filing shares nothing.", "": "Filing shares nothing.", data.ShareContact: "sees that Karin wrote, not what.",
		data.ShareSubject: "sees that Karin wrote, and the subject.", data.ShareText: "sees what Karin wrote.",
	} {
		w.pop(kit.NewOverlay(kit.DialogWidth, kit.NewDialog("lock", kit.Neutral, "Filing", sharedByFiling(told, "Karin"), "")), nil)
		checkShown(t, w, want)
		w.dismiss()
	}
	w.open(route{place: placeSharing})
	checkShown(t, w, "My mail and drafts", "Mail only by its rules")
}
