package app

import (
	"context"
	"errors"
	"strings"
	"testing"

	"rapport/data"
	"rapport/data/store"
)

// choosing opens the choice of Maya's mailbox with a server's folders, as the
// server would have told them.
func choosing(t *testing.T, w *window, folders []data.ServerFolder, err error) (*sources, *choiceForm) {
	t.Helper()
	boxes, dbErr := w.db.Mailboxes(context.Background())
	if dbErr != nil {
		t.Fatal(dbErr)
	}
	s := newSources(w)
	f := newChoiceForm(w.bg, w.now, boxes[0])
	mails, dbErr := w.db.ShareInputs(context.Background(), boxes[0].ID, previewed)
	if dbErr != nil {
		t.Fatal(dbErr)
	}
	f.mails = mails
	f.draw()
	f.show(folders, err)
	w.popChoice("What to read of "+boxes[0].Address, "Save", f, func() { s.saveChoice(f) }, func() {})
	return s, f
}

var serverFolders = []data.ServerFolder{
	{Name: "INBOX", Mails: 1204, Read: true}, {Name: "Sent", Mails: 310, Read: true}, {Name: "Kestrel", Mails: 44, Read: true}, {Name: "Private", Mails: 8, Read: true},
	{Name: "Junk", Mails: 4811, Why: "junk"}, {Name: "Shared", Mails: -1, Why: noMailOfItsOwn},
}

func TestTheChoiceShowsFoldersAndWhatColleaguesWouldSee(t *testing.T) {
	w, _ := settingsWindow(t, withSources(t))
	_, f := choosing(t, w, serverFolders, nil)
	checkShown(t, w, "What to read of maya@larkfield.example", "1,204 mails", "junk", noMailOfItsOwn, "This is the rule for mail of accounts that you share with a team")
	golden(t, w, "choice")
	f.share.On = 2
	f.draw()
	checkShown(t, w, "a colleague would see", "Lamps", "they wrote")
	f.share.On = 0
	f.draw()
	resize(w, 960, 600)
	golden(t, w, "choice-narrow")
}

func TestTheChoiceSaysWhyAServerDoesNotTellItsFolders(t *testing.T) {
	w, _ := settingsWindow(t, withSources(t))
	_, f := choosing(t, w, nil, &data.Problem{Kind: data.WrongPassword, About: "imap.larkfield.example"})
	checkShown(t, w, "refused the user name or password", "What is read stays as it is")
	m, err := f.choice()
	if err != nil || len(m.Folders)+len(m.LeaveOut) != 0 || m.SinceMonths != 12 || m.MaxSize != 0 || m.Share != "" {
		t.Errorf("what nobody touched is %+v, %v", m, err)
	}
}

func TestTicksBecomeFoldersToReadOrToLeaveOut(t *testing.T) {
	w, _ := settingsWindow(t, withSources(t))
	for _, c := range []struct {
		name      string
		toggle    []int
		read, out string
	}{
		{"one is unticked", []int{3}, "", "Private"},
		{"one is ticked that is not read by itself", []int{4}, "INBOX Sent Kestrel Private Junk", ""},
		{"both", []int{3, 4}, "INBOX Sent Kestrel Junk", ""},
		{"one is unticked and ticked again", []int{3, 3}, "", ""},
	} {
		_, f := choosing(t, w, serverFolders, nil)
		for _, i := range c.toggle {
			f.ticks[i].Set(!f.ticks[i].On)
			f.ticks[i].OnChange(f.ticks[i].On)
		}
		m, err := f.choice()
		if err != nil || strings.Join(m.Folders, " ") != c.read || strings.Join(m.LeaveOut, " ") != c.out {
			t.Errorf("%s: read %v, left out %v, %v", c.name, m.Folders, m.LeaveOut, err)
		}
		w.dismiss()
	}
}

func TestANarrowerChoiceAsksWhatBecomesOfTheMailsThatAreHere(t *testing.T) {
	db := withSources(t)
	w, _ := settingsWindow(t, db)
	s, f := choosing(t, w, serverFolders, nil)
	f.ticks[0].Set(false)
	f.ticks[0].OnChange(false)
	s.saveChoice(f)
	checkShown(t, w, "15 mails in INBOX would not be read any more, and are here already", "Keep them here", "Forget them")
	golden(t, w, "choice-narrower")
	m, err := f.choice()
	if err != nil {
		t.Fatal(err)
	}
	s.putChoice(f, m, true)
	boxes, err := db.Mailboxes(context.Background())
	if err != nil || strings.Join(boxes[0].LeaveOut, " ") != "INBOX" {
		t.Errorf("kept is %+v, %v", boxes[0], err)
	}
	checkShown(t, w, "15 mails forgotten")
	w.undo()
	if boxes, err = db.Mailboxes(context.Background()); err != nil || len(boxes[0].LeaveOut) != 0 {
		t.Errorf("after undo left out are %v, %v", boxes[0].LeaveOut, err)
	}
}

func TestTheLedgerOpensToWhatIsWhereAndWhy(t *testing.T) {
	db := withSources(t)
	boxes, err := db.Mailboxes(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	m := boxes[0]
	m.LeaveOut = []string{"Private"}
	if _, err := db.Write(context.Background(), "", func(tx *store.Tx) error { _, err := tx.Choose(m); return err }); err != nil {
		t.Fatal(err)
	}
	calendars, err := db.Calendars(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Write(context.Background(), "", func(tx *store.Tx) error {
		return errors.Join(tx.DeleteMailbox(boxes[1].ID), tx.DeleteCalendar(calendars[0].ID))
	}); err != nil {
		t.Fatal(err)
	}
	if _, _, err := db.LeaveOut(context.Background(), data.LeaveOut{Kind: data.OutSender, Pattern: "news@adverts.example"}, ""); err != nil {
		t.Fatal(err)
	}
	w, _ := settingsWindow(t, db)
	w.page().(*settings).part().focus()
	press(w, "J", "Enter")
	checkShown(t, w, "Ledger, maya@larkfield.example", "On the server", "Here", "Left out by your rules, never read again", "Unknown people, waiting in Filing", "File them", "Private", "never", "you left it out")
	golden(t, w, "settings-ledger-open")
	w.setTheme("dark")
	golden(t, w, "settings-ledger-dark")
}

func TestADayIsAskedForWhereOneIsChosen(t *testing.T) {
	w, _ := settingsWindow(t, withSources(t))
	s, f := choosing(t, w, serverFolders, nil)
	if f.dayRow.Visible() {
		t.Error("a day is asked for at first")
	}
	f.since.On = len(f.spans)
	f.turn()
	f.day.SetText("soon")
	s.saveChoice(f)
	checkShown(t, w, "is none")
	f.day.SetText("2026-01")
	if m, err := f.choice(); err != nil || m.Since != "2026-01-01" || !f.dayRow.Visible() {
		t.Errorf("the day is %q, %v", m.Since, err)
	}
}

func TestWhyAMailIsMissingIsExplained(t *testing.T) {
	w, _ := settingsWindow(t, withSources(t))
	press(w, "M")
	checkShown(t, w, whyName)
	enter(w, "anna lamps")
	press(w, "Enter")
	checkShown(t, w, "Lamps", "It is on the timeline of Kestrel Museums")
	golden(t, w, "why-found")
	press(w, "Esc")
	press(w, "M")
	enter(w, "nobody@nowhere.example")
	press(w, "Enter")
	checkShown(t, w, "was last read to its end", "No mail that is here has these words")
	golden(t, w, "why-never")
}

func TestMailIsForgottenForGoodAndUndone(t *testing.T) {
	db := withSources(t)
	w, _ := settingsWindow(t, db)
	w.neverAgain("News@adverts.example", "")
	checkShown(t, w, "Everything from news@adverts.example", "Everything from anybody at adverts.example", "9 mails", "Forget for good")
	golden(t, w, "never-again")
	tap(t, w, "Forget for good")
	rules, err := db.LeaveOuts(context.Background())
	if err != nil || len(rules) != 1 || rules[0].Forgot != 9 {
		t.Fatalf("rules are %+v, %v", rules, err)
	}
	checkShown(t, w, "Forgot everything from news@adverts.example (9 mails)")
	w.open(route{place: placeSettings})
	w.page().(*settings).goTo(target{tab: tabLeftOut})
	w.page().(*settings).show(w.page().(*settings).at)
	checkShown(t, w, "Everything from news@adverts.example", "9 mails forgotten", "Read again")
	golden(t, w, "left-out")
	w.undo()
	if rules, err = db.LeaveOuts(context.Background()); err != nil || len(rules) != 0 {
		t.Errorf("after undo there are %+v, %v", rules, err)
	}
	checkShown(t, w, "Nothing is left out")
}

func TestOwnMailIsNotLeftOutAsAWhole(t *testing.T) {
	w, _ := settingsWindow(t, withSources(t))
	w.neverAgain("maya@larkfield.example", "")
	checkShown(t, w, "Your own mail is not left out as a whole")
	list, err := outChoices(context.Background(), w.db, "maya@larkfield.example", "")
	if err != nil || len(list) != 0 {
		t.Errorf("offered is %+v, %v", list, err)
	}
}
