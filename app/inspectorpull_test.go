package app

import (
	"context"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rapport/data"
	"rapport/data/store"
	"rapport/sync"
)

const (
	offerMail = "From: Anna Kessler <anna@kestrel.example>\nTo: maya@larkfield.example\nSubject: The offer\nDate: Mon, 9 Nov 2026 10:00:00 +0000\n" +
		"Message-ID: <offer@kestrel.example>\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nThe offer is attached, and the program too.\n" +
		"--b\nContent-Type: text/csv; name=\"Offer 2026.csv\"\nContent-Disposition: attachment\n\na;b\n" +
		"--b\nContent-Type: application/pdf; name=\"invoice.pdf.exe\"\nContent-Disposition: attachment\n\nMZ\n--b--\n"
	sealedMail = "From: Anna Kessler <anna@kestrel.example>\nTo: maya@larkfield.example\nSubject: For your eyes\nDate: Tue, 10 Nov 2026 10:00:00 +0000\n" +
		"Message-ID: <sealed@kestrel.example>\nContent-Type: multipart/encrypted; protocol=\"application/pgp-encrypted\"; boundary=b\n\n" +
		"--b\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n--b\nContent-Type: application/octet-stream\n\n-----BEGIN PGP MESSAGE-----\n--b--\n"
)

const pageMail = "From: Anna Kessler <anna@kestrel.example>\nTo: maya@larkfield.example\nSubject: Night test\nDate: Wed, 11 Nov 2026 10:00:00 +0000\n" +
	"Message-ID: <page@kestrel.example>\nContent-Type: text/html; charset=utf-8\n\n<h1>Night test</h1><p>We meet in <b>hall 2</b>, see <a href=\"https://kestrel.example/halls\">the plan</a>.</p>" +
	"<h2>Bring</h2><ul><li>two lamps<ul><li>one warm, one cold</li></ul></li><li>the long cables</li></ul>" +
	"<table><tr><th>Hall</th><th>Lux</th></tr><tr><td>1</td><td>300</td></tr></table><img src=\"https://spy.example/1.gif\">" +
	"<div>On Monday Maya wrote:</div><blockquote><p>Is it on?</p></blockquote>"

// importedWindow is a window on an account whose mails were imported from a
// folder, with an inspector on the one of that subject. What is opened is told.
func importedWindow(t *testing.T, subject string, mails ...string) (v *inspector, folder string, opened *[]string) {
	t.Helper()
	ctx := context.Background()
	db, folder := testStore(t), filepath.Join(t.TempDir(), "Old mail")
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	for i, m := range mails {
		if err := os.WriteFile(filepath.Join(folder, string(rune('a'+i))+".eml"), []byte(m), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	_, err := db.Write(ctx, "", func(tx *store.Tx) error {
		return tx.PutAccount(data.Account{ID: "k", Name: "Kestrel Museums", Domains: []string{"kestrel.example"}})
	})
	if err != nil {
		t.Fatal(err)
	}
	a, err := sync.OpenArchive("eml", folder, "")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := sync.Import(ctx, db, a, sync.Options{Now: testClock}); err != nil {
		t.Fatal(err)
	}
	w := testWindow(t, db)
	w.keys = memory{}
	opened = &[]string{}
	w.openURL = func(u *url.URL) error {
		*opened = append(*opened, u.Path)
		return nil
	}
	id := entryWith(t, w, "k", func(i inspected) bool { return i.Subject == subject })
	w.openAt(route{place: placeAccount, id: "k"}, target{tab: tabTimeline, item: id})
	p, ok := w.page().(*accountPage)
	if !ok {
		t.Fatal("no account is open")
	}
	return p.timeline.inspector, folder, opened
}

func TestAnAttachmentIsReadAndOpened(t *testing.T) {
	v, _, opened := importedWindow(t, "The offer", offerMail)
	checkShown(t, v.w, "Attached", "Offer 2026.csv", "3 B")
	golden(t, v.w, "timeline-files")
	v.openAttachment(0)
	checkShown(t, v.w, "3 B, kept on this laptop")
	if len(*opened) != 1 || filepath.Base((*opened)[0]) != "Offer 2026.csv" {
		t.Fatalf("opened %q", *opened)
	}
	if content, err := os.ReadFile((*opened)[0]); err != nil || string(content) != "a;b" {
		t.Errorf("what was opened holds %q, %v", content, err)
	}
}

func TestAttachmentsAreOpenedByKeyAlone(t *testing.T) {
	v, _, opened := importedWindow(t, "The offer", offerMail)
	press(v.w, "O")
	checkShown(t, v.w, "Open which file?", "invoice.pdf.exe")
	golden(t, v.w, "timeline-file-choice")
	enter(v.w, "offer")
	press(v.w, "Enter")
	if len(*opened) != 1 || filepath.Base((*opened)[0]) != "Offer 2026.csv" {
		t.Errorf("opened %q", *opened)
	}
}

func TestAProgramIsWarnedOf(t *testing.T) {
	v, _, opened := importedWindow(t, "The offer", offerMail)
	v.openAttachment(1)
	checkShown(t, v.w, "“invoice.pdf.exe” may do harm", "Open anyway")
	golden(t, v.w, "timeline-risk")
	press(v.w, "Enter")
	if len(*opened) != 0 {
		t.Fatalf("Enter opened %q", *opened)
	}
	v.openAttachment(1)
	press(v.w, "Esc")
	if len(*opened) != 0 || topOverlay(v.w.canvas) != nil {
		t.Fatalf("Esc opened %q", *opened)
	}
}

func TestWhatDoesNotComeSaysWhyInItsPlace(t *testing.T) {
	v, folder, opened := importedWindow(t, "The offer", offerMail)
	if err := os.Rename(folder, folder+" away"); err != nil {
		t.Fatal(err)
	}
	v.openAttachment(0)
	v.openSource()
	if texts := strings.Join(shownTexts(v.w), " "); !strings.Contains(texts, "are not where they were") || len(*opened) != 0 {
		t.Errorf("it opened %q and says %s", *opened, texts)
	}
	if err := os.Rename(folder+" away", folder); err != nil {
		t.Fatal(err)
	}
	v.openSource()
	checkShown(t, v.w, "Raw source", "Copy all")
	golden(t, v.w, "timeline-source")
}

func TestAnEncryptedMailSaysSo(t *testing.T) {
	v, _, _ := importedWindow(t, "For your eyes", offerMail, sealedMail)
	checkShown(t, v.w, "Encrypted with PGP; read it in your mail program")
	checkAbsent(t, v.w, "Attached")
	golden(t, v.w, "timeline-sealed")
}

func TestTheRestOfALongMail(t *testing.T) {
	long := strings.Replace(offerMail, "The offer is attached, and the program too.", strings.Repeat("A long text that goes on.\n\n", 3)+
		strings.Repeat("> an old line, quoted\n", 1_300_000)+"\nThe very last words.", 1)
	v, _, _ := importedWindow(t, "The offer", long)
	checkShown(t, v.w, "Read the rest of this mail, "+sizeWord(int64(len(long))))
	golden(t, v.w, "timeline-cut")
	v.readRest()
	m, _ := v.message()
	if m.BeginsOnly() || len(m.Attached) != 2 {
		t.Errorf("it is still cut: %v, with %v", m.Odd, m.Attached)
	}
	checkShown(t, v.w, "Offer 2026.csv")
}

func TestSourceText(t *testing.T) {
	if got := sourceText([]byte("A:\tb\r\n\x1b[31mc\u202e\xff")); got != "A: b\n\uFFFD[31mc\uFFFD\uFFFD" {
		t.Errorf("%q", got)
	}
}

func TestAMailThatCameAsHTMLIsReadWithItsHeadings(t *testing.T) {
	v, folder, _ := importedWindow(t, "Night test", offerMail, pageMail)
	checkShown(t, v.w, layoutWords)
	v.readLayout()
	checkShown(t, v.w, "Bring", "the plan (https://kestrel.example/halls)", "•\u2002two lamps", "| Hall | Lux |", "quotes and signature")
	checkAbsent(t, v.w, layoutWords)
	checkAbsent(t, v.w, "Is it on?")
	golden(t, v.w, "timeline-page")
	// It is kept: nothing is read again, with the files gone too.
	if err := os.Rename(folder, folder+" away"); err != nil {
		t.Fatal(err)
	}
	v.show(v.row)
	checkShown(t, v.w, "the plan (https://kestrel.example/halls)")
}
