package app

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"rapport/app/kit"
	"rapport/data"
	"rapport/data/store"
)

// ingest brings mails into a workspace of Maya's.
func ingestMails(t *testing.T, db *store.DB, mails ...data.Message) {
	t.Helper()
	mustWrite(t, db, func(tx *store.Tx) error {
		_, err := tx.PutMailbox(data.Mailbox{ID: "box", Address: "maya@larkfield.example", Host: "h", Port: 993, Security: data.TLS})
		return err
	})
	b := data.Batch{Mailbox: "box", Folder: "INBOX"}
	for i, m := range mails {
		m.ID, m.MessageID = fmt.Sprintf("%064x", i+1), fmt.Sprintf("m%d@mail.example", i)
		m.To = []data.Address{{Name: "Maya", Email: "maya@larkfield.example"}}
		m.Date = testNow.AddDate(0, 0, -i-1)
		b.Arrived = append(b.Arrived, data.Arrival{Message: m, Location: data.Location{Mailbox: "box", Folder: "INBOX", UIDValidity: 1, UID: uint32(i + 1)}})
	}
	if _, err := db.Ingest(context.Background(), "box", "box", testNow, b); err != nil {
		t.Fatal(err)
	}
}

func mailBy(name, email, subject string) data.Message {
	return data.Message{From: []data.Address{{Name: name, Email: email}}, Subject: subject, Text: "Hello"}
}

// filingStore is a workspace in which five people at three domains wait; two
// filed people at the first leave no doubt about it.
func filingStore(t *testing.T) *store.DB {
	t.Helper()
	db := testStore(t)
	mustWrite(t, db, func(tx *store.Tx) error {
		for _, a := range []data.Account{{ID: "nu", Name: "Northmoor University", Tier: data.TierA}, {ID: "km", Name: "Kestrel Museums"}} {
			if err := tx.PutAccount(a); err != nil {
				return err
			}
		}
		for _, name := range []string{"Marek", "Ola"} {
			if err := tx.PutContact(data.Contact{AccountID: "nu", Name: name + " Berg", Emails: []string{strings.ToLower(name) + "@northmoor.example"}}); err != nil {
				return err
			}
		}
		return nil
	})
	ingestMails(t, db,
		mailBy("Karin Holt", "karin@northmoor.example", "Atrium lamps"), mailBy("Karin Holt", "karin@northmoor.example", "Ladder keys"),
		mailBy("Karin Holt", "karin@northmoor.example", "Reading room"),
		mailBy("Dev Varma", "dev@northmoor.example", "Who signs off?"), mailBy("Dev Varma", "dev@northmoor.example", "Again"),
		mailBy("Tess Brown", "tess@fenwick-foundry.example", "Our yard"), mailBy("Tess Brown", "tess@fenwick-foundry.example", "Our yard, again"),
		mailBy("R. Wold", "rwold@fenwick-foundry.example", "Yard lights"),
		mailBy("J. Okonjo", "jokonjo@gmail.com", "Stage lights"))
	return db
}

func openFiling(t *testing.T, db *store.DB) (*window, *filing) {
	t.Helper()
	w := testWindow(t, db)
	w.open(route{place: placeFiling})
	return w, w.page().(*filing)
}

// on fails unless the person stands on a sender.
func on(t *testing.T, p *filing, email string) {
	t.Helper()
	i, _ := p.current()
	if i.key() != email {
		t.Errorf("stands on %q, want %q", i.key(), email)
	}
}

func mailsOf(t *testing.T, db *store.DB, account string) int {
	t.Helper()
	list, err := db.Timeline(context.Background(), data.TimelineQuery{Account: account}, testNow)
	if err != nil {
		t.Fatal(err)
	}
	return len(list)
}

func TestFilingLooks(t *testing.T) {
	for name, c := range map[string]struct {
		look          kit.Look
		width, height float32
		keys          []string
	}{
		"filing":         {kit.Light, 1280, 800, []string{"Space"}},
		"filing-dark":    {kit.Dark, 1280, 800, nil},
		"filing-narrow":  {kit.Light, 960, 600, nil},
		"filing-slid":    {kit.Light, 960, 600, []string{"Enter"}},
		"filing-choose":  {kit.Light, 1280, 800, []string{"A"}},
		"filing-no-idea": {kit.Light, 1280, 800, []string{"End"}},
	} {
		t.Run(name, func(t *testing.T) {
			w := testWindow(t, sampleStore(t))
			kit.Wear(testApp, kit.NewTheme(c.look, 1))
			resize(w, c.width, c.height)
			w.open(route{place: placeFiling})
			press(w, c.keys...)
			golden(t, w, name)
		})
	}
}

func TestFilingShowsLongNamesWhole(t *testing.T) {
	db := testStore(t)
	ingestMails(t, db, mailBy("Prof. Dr. Maximiliana-Alexandra von Hohenstaufen-Württemberg zu Niedersachsen",
		"maximiliana-alexandra.von-hohenstaufen@sehr-langer-name-einer-behoerde.example", strings.Repeat("A very long subject ", 12)))
	w, _ := openFiling(t, db)
	golden(t, w, "filing-long")
}

func TestFilingShowsWhatASignatureSays(t *testing.T) {
	db := testStore(t)
	mustWrite(t, db, func(tx *store.Tx) error {
		if err := tx.PutAccount(data.Account{ID: "nu", Name: "Northmoor University"}); err != nil {
			return err
		}
		return tx.PutContact(data.Contact{AccountID: "nu", Name: "Ola Berg", Emails: []string{"ola@northmoor.example"}})
	})
	m := mailBy("Karin Holt", "karin@northmoor.example", "Who does what")
	m.Text = "I do.\n\n-- \nKarin Holt\nHead of Estates\nNorthmoor University\nTel. +44 161 496 0123\n"
	ingestMails(t, db, m, mailBy("Dev Varma", "dev@northmoor.example", "Who signs off?"))
	w, p := openFiling(t, db)
	on(t, p, "dev@northmoor.example")
	checkAbsent(t, w, "from their signature; filing keeps it")
	press(w, "J")
	on(t, p, "karin@northmoor.example")
	checkShown(t, w, "Head of Estates", "+44 161 496 0123", "from their signature; filing keeps it")
	golden(t, w, "filing-signature")
	press(w, "Y")
	list, err := db.Contacts(context.Background(), "nu")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range list {
		if c.Name == "Karin Holt" && c.Role == "Head of Estates" && c.Phone == "+44 161 496 0123" {
			return
		}
	}
	t.Errorf("filed, the contacts are %+v", list)
}

func TestFilingByKeyMovesMailAndUndoBringsItBack(t *testing.T) {
	db := filingStore(t)
	w, p := openFiling(t, db)
	on(t, p, "karin@northmoor.example")
	press(w, "Y")
	if n := mailsOf(t, db, "nu"); n != 3 {
		t.Errorf("%d mails on the timeline, want 3", n)
	}
	checkShown(t, w, "Filed Karin Holt and 3 mails to Northmoor University", "1 of 5")
	on(t, p, "dev@northmoor.example")
	w.undo()
	if n := mailsOf(t, db, "nu"); n != 0 {
		t.Errorf("after undo %d mails are on the timeline", n)
	}
	checkShown(t, w, "Karin Holt", "0 of 5")
	on(t, p, "karin@northmoor.example")
}

func TestFilingIgnoresOneOrTheWholeDomain(t *testing.T) {
	db := filingStore(t)
	w, p := openFiling(t, db)
	press(w, "N")
	checkShown(t, w, "Karin Holt is not a customer", "1 of 5")
	on(t, p, "dev@northmoor.example")
	press(w, "J")
	on(t, p, "tess@fenwick-foundry.example")
	enter(w, "N") // Shift+N
	checkShown(t, w, "Nobody at fenwick-foundry.example is a customer")
	on(t, p, "jokonjo@gmail.com")
	enter(w, "N")
	if p.waits() != 2 {
		t.Errorf("%d wait: free mail was left out as a domain", p.waits())
	}
	p.turn(notCustomers)
	checkShown(t, w, "Everybody at fenwick-foundry.example", "karin@northmoor.example")
	press(w, "U") // the latest rule of equal ones is the domain's: "@" sorts before letters
	p.turn(toFile)
	if p.waits() != 4 {
		t.Errorf("%d wait after the domain's rule was taken back, want 4", p.waits())
	}
}

func TestFilingADomainGivesItToTheAccount(t *testing.T) {
	db := filingStore(t)
	w, p := openFiling(t, db)
	enter(w, "Y") // Shift+Y
	checkShown(t, w, "Filed 2 senders and 5 mails to Northmoor University")
	a, err := db.Account(context.Background(), "nu")
	if err != nil || fmt.Sprint(a.Domains) != "[northmoor.example]" {
		t.Errorf("domains are %v, %v", a.Domains, err)
	}
	if n := mailsOf(t, db, "nu"); n != 5 {
		t.Errorf("%d mails on the timeline, want 5", n)
	}
	on(t, p, "tess@fenwick-foundry.example")
	w.undo()
	if a, _ := db.Account(context.Background(), "nu"); len(a.Domains) != 0 || mailsOf(t, db, "nu") != 0 {
		t.Errorf("undo left the domains %v", a.Domains)
	}
}

func TestFilingMakesAnAccountOfADomain(t *testing.T) {
	db := filingStore(t)
	w, p := openFiling(t, db)
	press(w, "J", "J")
	on(t, p, "tess@fenwick-foundry.example")
	press(w, "Y") // no idea yet: the list to choose from opens
	checkShown(t, w, "Fenwick Foundry", "for its whole domain")
	press(w, "Enter")
	checkShown(t, w, "Filed 2 senders and 3 mails to Fenwick Foundry")
	accounts, err := db.Accounts(context.Background())
	if err != nil || len(accounts) != 3 || accounts[0].Name != "Fenwick Foundry" || fmt.Sprint(accounts[0].Domains) != "[fenwick-foundry.example]" {
		t.Errorf("accounts are %+v, %v", accounts, err)
	}
	on(t, p, "jokonjo@gmail.com")
}

func TestFilingToAnotherAccountByTyping(t *testing.T) {
	db := filingStore(t)
	w, p := openFiling(t, db)
	press(w, "Space", "J", "Space", "A")
	checkShown(t, w, "File 2 senders to which account?")
	enter(w, "kest")
	press(w, "Enter")
	checkShown(t, w, "Filed 2 senders and 5 mails to Kestrel Museums")
	if n := mailsOf(t, db, "km"); n != 5 {
		t.Errorf("%d mails on the timeline, want 5", n)
	}
	on(t, p, "tess@fenwick-foundry.example")
	press(w, "J")
	on(t, p, "rwold@fenwick-foundry.example")
}

func TestFilingPutsOffToTheEnd(t *testing.T) {
	w, p := openFiling(t, filingStore(t))
	press(w, "S")
	on(t, p, "dev@northmoor.example")
	press(w, "End")
	on(t, p, "karin@northmoor.example")
	checkShown(t, w, "Put off")
}

func TestFilingAllSureOnesAndTakingThemBack(t *testing.T) {
	db := filingStore(t)
	w, p := openFiling(t, db)
	checkShown(t, w, "File all sure ones, 2")
	p.fileSure()
	checkShown(t, w, "Filed 2 senders and 5 mails to Northmoor University", "2 of 5")
	checkAbsent(t, w, "File all sure ones")
	p.turn(filedToday)
	press(w, "U")
	if n := mailsOf(t, db, "nu"); n != 0 {
		t.Errorf("%d mails are still on the timeline", n)
	}
	checkShown(t, w, "Nothing filed today")
}

func TestFilingAHundredByOneKey(t *testing.T) {
	db := testStore(t)
	mustWrite(t, db, func(tx *store.Tx) error {
		if err := tx.PutAccount(data.Account{ID: "nu", Name: "Northmoor University"}); err != nil {
			return err
		}
		return tx.PutContact(data.Contact{AccountID: "nu", Name: "Ola Berg", Emails: []string{"ola@northmoor.example"}})
	})
	var mails []data.Message
	for i := range 100 {
		mails = append(mails, mailBy(fmt.Sprintf("Person %d", i), fmt.Sprintf("p%d@northmoor.example", i), "Hello"))
	}
	ingestMails(t, db, mails...)
	w, p := openFiling(t, db)
	resize(w, 960, 600)
	for range 100 {
		press(w, "Y")
	}
	if p.waits() != 0 || mailsOf(t, db, "nu") != 100 {
		t.Errorf("%d wait, %d mails filed", p.waits(), mailsOf(t, db, "nu"))
	}
	checkShown(t, w, "All filed", "100 senders today.", "100 of 100")
	golden(t, w, "filing-done")
	for range 100 {
		w.undo()
	}
	if p.waits() != 100 || mailsOf(t, db, "nu") != 0 {
		t.Errorf("after undoing it all %d wait, %d mails are filed", p.waits(), mailsOf(t, db, "nu"))
	}
	on(t, p, "p0@northmoor.example")
}

func TestFilingShowsAgainWhatCouldNotBeWritten(t *testing.T) {
	w, p := openFiling(t, filingStore(t))
	p.decide("Filed nobody", p.chosen(), func(*store.Tx) error { return errors.New("disk on fire") })
	checkShown(t, w, "Disk on fire", "Karin Holt")
	if p.waits() != 5 {
		t.Errorf("%d wait, want 5", p.waits())
	}
}

func TestFilingSaysThatItCouldNotRead(t *testing.T) {
	db := testStore(t)
	w := testWindow(t, db)
	db.Close()
	w.open(route{place: placeFiling})
	checkShown(t, w, "Try again")
}

func TestFilingOfANewWorkspaceLeadsToTheFirstMailbox(t *testing.T) {
	w, _ := openFiling(t, testStore(t))
	checkShown(t, w, "Nobody to file yet", "Open settings")
	golden(t, w, "filing-empty")
}

func TestFilingListsWhatRulesSkip(t *testing.T) {
	w, p := openFiling(t, sampleStore(t))
	p.turn(skippedByRule)
	checkShown(t, w, "Newsletter or list")
	press(w, "Enter")
	if topOverlay(w.canvas) == nil {
		t.Error("Enter does not read the latest mail")
	}
	w.dismiss()
	golden(t, w, "filing-skipped")
}
