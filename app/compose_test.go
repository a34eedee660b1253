package app

import (
	"context"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"rapport/app/kit"
	"rapport/data"
	"rapport/data/store"
)

var composeBox = data.Mailbox{ID: "box", Address: "maya@larkfield.example", Host: "imap.larkfield.example", Port: 993, Security: data.TLS, User: "maya"}

// mailStore is a workspace with one account, one mailbox and a conversation of
// two mails in it; text is what the newest says.
func mailStore(t *testing.T, text string) *store.DB {
	t.Helper()
	db := testStore(t)
	writeAccounts(t, db, data.Account{ID: "k", Name: "Kestrel Museums", Domains: []string{"kestrel.example"}, Tier: data.TierA})
	ctx := context.Background()
	_, err := db.Write(ctx, "", func(tx *store.Tx) error {
		if err := tx.PutContact(data.Contact{ID: "1", AccountID: "k", Name: "Anna Kessler", Emails: []string{"anna@kestrel.example"}}); err != nil {
			return err
		}
		if _, err := tx.PutMailbox(composeBox); err != nil {
			return err
		}
		return tx.PutSetting(store.SettingUserName, "Maya Lindqvist")
	})
	if err != nil {
		t.Fatal(err)
	}
	anna, leon := data.Address{Name: "Anna Kessler", Email: "anna@kestrel.example"}, data.Address{Name: "Leon Vogt", Email: "leon@kestrel.example"}
	maya := data.Address{Name: "Maya Lindqvist", Email: "maya@larkfield.example"}
	mails := []data.Message{
		{ID: "m1", MessageID: "one@kestrel.example", Date: testNow.Add(-50 * time.Hour), Subject: "Night test", From: []data.Address{anna}, To: []data.Address{maya}, Text: "When do you come?"},
		{ID: "m2", MessageID: "two@kestrel.example", References: []string{"one@kestrel.example"}, InReplyTo: "one@kestrel.example", Date: testNow.Add(-26 * time.Hour), Subject: "Re: Night test",
			From: []data.Address{anna}, To: []data.Address{maya, leon}, Text: text},
	}
	b := data.Batch{Mailbox: composeBox.ID, Folder: "INBOX", OnServer: 2}
	for i, m := range mails {
		b.Arrived = append(b.Arrived, data.Arrival{Message: m, Location: data.Location{Mailbox: composeBox.ID, Folder: "INBOX", UIDValidity: 1, UID: uint32(i + 1)}})
	}
	if _, err := db.Ingest(ctx, composeBox.SourceName(), composeBox.Address, testNow, b); err != nil {
		t.Fatal(err)
	}
	return db
}

const annaAsks = "Dear Maya,\n\nthe hall is ours on Tuesday night. Will you be there with the team, and who brings the meters?\n\nAnna"

// answering is a window with the panel open for an answer to Anna's newest mail.
func answering(t *testing.T, db *store.DB) *window {
	t.Helper()
	w := testWindow(t, db)
	openTimeline(t, w, "Kestrel Museums")
	press(w, "A")
	if topOverlay(w.canvas) == nil {
		t.Fatalf("A opened nothing; shown is %q", shownTexts(w))
	}
	return w
}

func theDraft(t *testing.T, db *store.DB) data.Draft {
	t.Helper()
	list, err := db.Drafts(context.Background())
	if err != nil || len(list) != 1 {
		t.Fatalf("%d drafts, %v", len(list), err)
	}
	return list[0]
}

func waiting(t *testing.T, db *store.DB) int {
	t.Helper()
	o, err := db.Outbox(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return o.Drafts
}

func TestAnAnswerIsComposed(t *testing.T) {
	w := answering(t, mailStore(t, annaAsks))
	checkShown(t, w, "Answer to Anna Kessler", "Anna Kessler <anna@kestrel.example>", "Re: Night test", "Show the quoted mail, 6 lines", "Answer everybody",
		"from maya@larkfield.example", "Rapport sends nothing")
	checkAbsent(t, w, "> Dear Maya,")
	golden(t, w, "compose-answer")
}

func TestAnswerToEverybody(t *testing.T) {
	w := answering(t, mailStore(t, annaAsks))
	tapButton(t, w, "Answer everybody")
	checkShown(t, w, "Leon Vogt <leon@kestrel.example>")
	checkAbsent(t, w, "Answer everybody")
}

func TestTheQuoteIsShownWhenAsked(t *testing.T) {
	w := answering(t, mailStore(t, annaAsks))
	tapButton(t, w, "Show the quoted mail, 6 lines")
	checkShown(t, w, "> Dear Maya,")
	golden(t, w, "compose-quote")
}

func TestWhatIsWrittenIsKept(t *testing.T) {
	db := mailStore(t, annaAsks)
	w := answering(t, db)
	press(w, "Esc")
	if list, err := db.Drafts(context.Background()); err != nil || len(list) != 0 {
		t.Fatalf("a panel in which nothing was written left %d drafts, %v", len(list), err)
	}
	press(w, "A")
	enter(w, "Yes, with four people.")
	press(w, "Esc")
	checkShown(t, w, "The draft is kept; begin it again to go on")
	if d := theDraft(t, db); d.Text != "Yes, with four people." || d.State() != data.DraftKept || d.InReplyTo != "two@kestrel.example" || !strings.Contains(d.Quote, "wrote:\n> Dear Maya,") {
		t.Errorf("kept %+v", d)
	}
	press(w, "A")
	checkShown(t, w, "Yes, with four people.")
	press(w, "Esc")
	theDraft(t, db)
}

func TestADraftLeavesAfterAYesAndCanBeCalledBack(t *testing.T) {
	db := mailStore(t, annaAsks)
	w := answering(t, db)
	enter(w, "Yes.")
	tapButton(t, w, "Put into Drafts")
	checkShown(t, w, "Put drafts into your mailbox?", "Rapport may put drafts into the Drafts folder of maya@larkfield.example.")
	golden(t, w, "compose-ask")
	if waiting(t, db) != 0 {
		t.Error("it waits to leave before the yes")
	}
	tapButton(t, w, "Not now")
	checkShown(t, w, "Answer to Anna Kessler", "Yes.")
	tapButton(t, w, "Put into Drafts")
	tapButton(t, w, "Allow and put")
	if topOverlay(w.canvas) != nil {
		t.Error("the panel stays open")
	}
	checkShown(t, w, "Draft to Anna Kessler goes to Drafts of maya@larkfield.example", "Undo")
	golden(t, w, "compose-put")
	due, next, err := db.Outgoing(context.Background(), testNow)
	if err != nil || len(due) != 0 || next.Sub(testNow) != offerShown || waiting(t, db) != 1 {
		t.Fatalf("due %d, next in %s, %v", len(due), next.Sub(testNow), err)
	}
	w.undo()
	checkShown(t, w, "Undone: Draft to Anna Kessler goes to Drafts")
	if waiting(t, db) != 0 || theDraft(t, db).State() != data.DraftKept {
		t.Error("undo left it in the outbox")
	}

	// The yes holds: the second time nobody asks.
	press(w, "A")
	tapButton(t, w, "Put into Drafts")
	checkAbsent(t, w, "Put drafts into your mailbox?")
	if waiting(t, db) != 1 {
		t.Error("it does not wait to leave")
	}
}

func TestUndoSaysWhereADraftLiesThatHasLeft(t *testing.T) {
	db := mailStore(t, annaAsks)
	ctx := context.Background()
	if _, err := db.Write(ctx, "", func(tx *store.Tx) error { return tx.AllowDrafts(composeBox.ID, true) }); err != nil {
		t.Fatal(err)
	}
	w := answering(t, db)
	enter(w, "Yes.")
	tapButton(t, w, "Put into Drafts")
	due, _, err := db.Outgoing(ctx, testNow.Add(time.Minute))
	if err != nil || len(due) != 1 {
		t.Fatal(len(due), err)
	}
	if _, err := db.Write(ctx, "", func(tx *store.Tx) error { return tx.Arrived(due[0], data.Delivered{Folder: "Drafts"}) }); err != nil {
		t.Fatal(err)
	}
	w.undo()
	checkShown(t, w, "The draft lies in Drafts already; change or delete it there, in your mail program")
}

func TestTheStatusBarSaysWhatWaits(t *testing.T) {
	db := mailStore(t, annaAsks)
	ctx := context.Background()
	if _, err := db.Write(ctx, "", func(tx *store.Tx) error { return tx.AllowDrafts(composeBox.ID, true) }); err != nil {
		t.Fatal(err)
	}
	w := answering(t, db)
	enter(w, "Yes.")
	tapButton(t, w, "Put into Drafts")
	due, _, err := db.Outgoing(ctx, testNow.Add(time.Minute))
	if err != nil || len(due) != 1 {
		t.Fatal(len(due), err)
	}
	stay := func(p data.Problem) {
		if _, err := db.Write(ctx, "", func(tx *store.Tx) error {
			return tx.Stay(due[0], p.What()+". "+p.Todo(), testNow.Add(time.Minute), false)
		}); err != nil {
			t.Fatal(err)
		}
		w.status.clear()
	}
	stay(data.Problem{Kind: data.Offline, About: "imap.larkfield.example"})
	checkShown(t, w, "1 draft waits for the network")
	golden(t, w, "compose-offline")
	stay(data.Problem{Kind: data.MailboxFull, About: "imap.larkfield.example"})
	checkShown(t, w, "1 draft waits: The mailbox at imap.larkfield.example is full")
}

func TestComposeWarnsAndSaysWhatIsWrong(t *testing.T) {
	db := mailStore(t, annaAsks)
	w := answering(t, db)
	enter(w, "The plan is attached.")
	checkShown(t, w, "It speaks of an attachment; add that in your mail program.")
	c := topOverlay(w.canvas)
	field := func(at int) *kit.Field { return fieldsOf(c)[at] }
	field(1).SetText("someone@elsewhere.example, leon@kestrel.example")
	checkShown(t, w, "someone@elsewhere.example was never seen here before; check its spelling.")
	golden(t, w, "compose-warned")
	field(0).SetText("Walter Ohm")
	tapButton(t, w, "Put into Drafts")
	checkShown(t, w, "Walter Ohm")
	field(0).SetText("")
	tapButton(t, w, "Put into Drafts")
	checkShown(t, w, "Say to whom it goes.")
	if waiting(t, db) != 0 {
		t.Error("it waits to leave all the same")
	}
}

func TestALongMailIsAnsweredInASmallWindow(t *testing.T) {
	db := mailStore(t, strings.Repeat(annaAsks+"\n\n", 60))
	w := testWindow(t, db)
	resize(w, 960, 600)
	openTimeline(t, w, "Kestrel Museums")
	press(w, "Enter", "A")
	fieldsOf(topOverlay(w.canvas))[3].SetText(strings.Repeat("We come with all that we have. ", 60))
	tapButton(t, w, "Show the quoted mail, 360 lines")
	golden(t, w, "compose-long")
}

func TestADraftOpensInTheMailProgram(t *testing.T) {
	db := mailStore(t, strings.Repeat(annaAsks+"\n\n", 60))
	w := answering(t, db)
	enter(w, "Yes.")
	tapButton(t, w, "Open in my mail program")
	checkShown(t, w, "Opened in your mail program; the text is on the clipboard, paste it there")
	if got := testApp.Clipboard().Content(); !strings.HasPrefix(got, "Yes.\n\nOn ") {
		t.Errorf("on the clipboard: %.60q", got)
	}
	if d := theDraft(t, db); d.State() != data.DraftPut || d.Folder != "" {
		t.Errorf("%s in %q", d.State(), d.Folder)
	}
}

func TestSomebodyIsWrittenTo(t *testing.T) {
	db := mailStore(t, annaAsks)
	w := testWindow(t, db)
	w.open(route{place: placeAccount, id: "k"})
	enter(w, "P")
	press(w, "A")
	checkShown(t, w, "Write to ", "from maya@larkfield.example", "Rapport sends nothing")
	golden(t, w, "compose-new")
}

func TestMailThatNobodyWroteIsNotAnswered(t *testing.T) {
	db := mailStore(t, annaAsks)
	m := data.Message{ID: "m3", MessageID: "three@kestrel.example", Date: testNow.Add(-time.Hour), Subject: "Out of office", Automated: data.AutomatedReply,
		From: []data.Address{{Email: "anna@kestrel.example"}}, To: []data.Address{{Email: "maya@larkfield.example"}}}
	b := data.Batch{Mailbox: composeBox.ID, Folder: "INBOX", OnServer: 3, Arrived: []data.Arrival{{Message: m, Location: data.Location{Mailbox: "box", Folder: "INBOX", UIDValidity: 1, UID: 3}}}}
	if _, err := db.Ingest(context.Background(), composeBox.SourceName(), composeBox.Address, testNow, b); err != nil {
		t.Fatal(err)
	}
	w := testWindow(t, db)
	w.open(route{place: placeAccount, id: "k"})
	w.answerMail("m3")
	checkShown(t, w, "No person wrote this mail (automatic answer), so nobody would read an answer")
	if topOverlay(w.canvas) != nil {
		t.Error("the panel opened")
	}
}

// fieldsOf are the fields in an object, in the order of drawing.
func fieldsOf(o fyne.CanvasObject) (list []*kit.Field) {
	eachShown(o, func(o fyne.CanvasObject) {
		if f, ok := o.(*kit.Field); ok {
			list = append(list, f)
		}
	})
	return list
}

// tapButton taps the button with the words, the topmost one.
func tapButton(t *testing.T, w *window, words string) {
	t.Helper()
	var found *kit.Button
	look := func(o fyne.CanvasObject) {
		if b, ok := o.(*kit.Button); ok && b.Text == words {
			found = b
		}
	}
	eachShown(w.canvas.Content(), look)
	for _, o := range w.canvas.Overlays().List() {
		eachShown(o, look)
	}
	if found == nil {
		t.Fatalf("no button says %q; shown is %q", words, shownTexts(w))
	}
	found.Tapped(&fyne.PointEvent{})
}
