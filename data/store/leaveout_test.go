package store

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rapport/data"
)

func leaveOut(t *testing.T, db *DB, rule data.LeaveOut, entry string) (data.LeaveOut, Undo) {
	t.Helper()
	kept, u, err := db.LeaveOut(context.Background(), rule, entry)
	if err != nil {
		t.Fatal(err)
	}
	return kept, u
}

func mailsHere(t *testing.T, db *DB) string {
	t.Helper()
	list, err := query(context.Background(), db.read, scanString, `SELECT message_id FROM message ORDER BY message_id`)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(list, " ")
}

func again(t *testing.T, db *DB) []data.Location {
	t.Helper()
	list, err := db.Reread(context.Background(), "box")
	if err != nil {
		t.Fatal(err)
	}
	return list
}

var otto = data.Address{Name: "Otto", Email: "otto@kestrel.example"}

func brings(t *testing.T, db *DB, mails ...data.Arrival) {
	t.Helper()
	if _, err := db.Ingest(context.Background(), "mail:box", "box", noon, data.Batch{Mailbox: "box", Folder: "INBOX", Arrived: mails}); err != nil {
		t.Fatal(err)
	}
}

// conversation is a mail, an answer to it and one that only names the first.
func conversation() []data.Arrival {
	first := mailFrom("a", 5, otto, "Budget")
	answer := mailFrom("b", 4, priya, "Re: Budget")
	answer.Message.InReplyTo, answer.Message.References = "a@mail.example", []string{"a@mail.example"}
	other := mailFrom("c", 3, otto, "Lamps")
	return []data.Arrival{first, answer, other}
}

func TestWhatIsLeftOutIsForgottenAndNeverKeptAgain(t *testing.T) {
	reply := mailFrom("z", 1, news, "Re: Budget")
	reply.Message.References = []string{"a@mail.example", "b@mail.example"}
	further := mailFrom("y", 1, news, "Re: Budget")
	further.Message.InReplyTo = "z@mail.example"
	copied := conversation()[0]
	copied.Location.Folder, copied.Message.ID = "Archive", strings.Repeat("e", 64)
	below := mailFrom("d", 1, data.Address{Email: "x@mail." + strings.TrimPrefix(priya.Email, "priya@")}, "Below")
	for _, c := range []struct {
		name  string
		rule  data.LeaveOut
		entry string
		left  string
		later []data.Arrival
		kept  string
	}{
		{"a sender", data.LeaveOut{Kind: data.OutSender, Pattern: " Priya@Northmoor.example "}, "", "a@mail.example c@mail.example",
			[]data.Arrival{mailFrom("n", 1, priya, "New")}, "a@mail.example c@mail.example"},
		{"a domain and those below it", data.LeaveOut{Kind: data.OutDomain, Pattern: "@northmoor.example"}, "", "a@mail.example c@mail.example",
			[]data.Arrival{below, mailFrom("n", 1, news, "Else")}, "a@mail.example c@mail.example n@mail.example"},
		{"a conversation, and answers to answers", data.LeaveOut{Kind: data.OutConversation}, "a", "c@mail.example",
			[]data.Arrival{reply, further, mailFrom("n", 1, priya, "Budget")}, "c@mail.example n@mail.example"},
		{"one mail, and its copy", data.LeaveOut{Kind: data.OutMail}, "a", "b@mail.example c@mail.example",
			[]data.Arrival{copied, reply}, "b@mail.example c@mail.example z@mail.example"},
	} {
		t.Run(c.name, func(t *testing.T) {
			arrived := conversation()
			db := mailed(t, arrived...)
			entry := ""
			if c.entry != "" {
				entry = data.InteractionIDOf(arrived[0].Message)
			}
			n, err := db.LeavesOut(context.Background(), c.rule, entry)
			if err != nil {
				t.Fatal(err)
			}
			rule, _ := leaveOut(t, db, c.rule, entry)
			if got := mailsHere(t, db); got != c.left || rule.Forgot != n || n == 0 {
				t.Errorf("left are %q, want %q; %d forgotten, %d foreseen", got, c.left, rule.Forgot, n)
			}
			line, err := db.Ingest(context.Background(), "mail:box", "box", noon, data.Batch{Mailbox: "box", Folder: "INBOX", Arrived: c.later})
			if err != nil {
				t.Fatal(err)
			}
			if got := mailsHere(t, db); got != c.kept {
				t.Errorf("after the next reading there are %q, want %q", got, c.kept)
			}
			want := len(c.later) - len(strings.Fields(c.kept)) + len(strings.Fields(c.left))
			if got := skippedFor(line, data.SkipLeftOut); got != want {
				t.Errorf("the ledger counts %d left out, want %d: %+v", got, want, line)
			}
			list, err := db.LeaveOuts(context.Background())
			if err != nil || len(list) != 1 || list[0].Skipped != rule.Forgot+want || strings.Contains(list[0].Shown, "Budget") {
				t.Errorf("the rules are %+v, %v", list, err)
			}
		})
	}
}

func skippedFor(line data.LedgerLine, reason string) int {
	for _, c := range line.Skipped {
		if c.Reason == reason {
			return c.N
		}
	}
	return 0
}

func TestNothingOfAForgottenMailStaysInTheFiles(t *testing.T) {
	dir := t.TempDir()
	db := openAt(t, dir)
	write(t, db, "", func(tx *Tx) error {
		_, err := tx.PutMailbox(data.Mailbox{ID: "box", Address: "maya@larkfield.example", Host: "h", Port: 993, Security: data.TLS, User: "maya"})
		return err
	})
	const subject, body, name = "Quixotryzzle", "vermilyondrake", "Zaphnathpaaneah"
	secret := mailFrom("a", 3, data.Address{Name: name, Email: "who@hidden-wychwood.example"}, subject)
	secret.Message.Text = strings.Repeat("some words before ", 700) + body + strings.Repeat(" and after", 900)
	brings(t, db, append([]data.Arrival{secret}, conversation()[1:]...)...)
	found, err := db.Search(context.Background(), body, 5)
	if err != nil || len(found.Messages) != 1 {
		t.Fatalf("before, search finds %d, %v", len(found.Messages), err)
	}
	leaveOut(t, db, data.LeaveOut{Kind: data.OutMail}, data.InteractionIDOf(secret.Message))
	if err := db.Scrub(context.Background()); err != nil {
		t.Fatal(err)
	}
	if found, err = db.Search(context.Background(), body, 5); err != nil || len(found.Messages) != 0 {
		t.Errorf("search still finds %d, %v", len(found.Messages), err)
	}
	if found, err = db.Search(context.Background(), "lamps", 5); err != nil || len(found.Messages) != 1 {
		t.Errorf("of the others search finds %d, %v", len(found.Messages), err)
	}
	files, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range files {
		all, err := os.ReadFile(path)
		if err != nil {
			continue // a folder
		}
		for _, word := range []string{subject, body, name, strings.ToLower(subject)[2:], body[3:], strings.ToLower(name)[3:]} {
			if bytes.Contains(all, []byte(word)) {
				t.Errorf("%s still holds %q", filepath.Base(path), word)
			}
		}
	}
	checks, err := db.Check(context.Background())
	for _, c := range checks {
		if !c.Well {
			t.Errorf("afterwards %s: %s", c.What, c.Says)
		}
	}
	if err != nil {
		t.Error(err)
	}
}

func TestUndoAndLiftHaveWhatWasLeftOutReadAgain(t *testing.T) {
	arrived := conversation()
	for name, back := range map[string]func(*testing.T, *DB, data.LeaveOut, Undo) error{
		"undo": func(_ *testing.T, db *DB, _ data.LeaveOut, u Undo) error {
			_, err := db.Undo(context.Background(), u.ID)
			return err
		},
		"lift": func(_ *testing.T, db *DB, rule data.LeaveOut, _ Undo) error {
			_, err := db.Write(context.Background(), "Lifted", func(tx *Tx) error { return tx.Lift(rule.ID) })
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			db := mailed(t, arrived...)
			rule, u := leaveOut(t, db, data.LeaveOut{Kind: data.OutConversation}, data.InteractionIDOf(arrived[0].Message))
			if !strings.HasPrefix(u.Label, "Forgot a conversation of 2 mails") || len(again(t, db)) != 0 {
				t.Errorf("the way back is %q, to be read again are %v", u.Label, again(t, db))
			}
			if err := back(t, db, rule, u); err != nil {
				t.Fatal(err)
			}
			if got := again(t, db); len(got) != 2 {
				t.Errorf("to be read again are %v, want the 2 places", got)
			}
			brings(t, db, arrived...)
			if got := mailsHere(t, db); got != "a@mail.example b@mail.example c@mail.example" {
				t.Errorf("there are %q again", got)
			}
			if err := db.PutCursor(context.Background(), "box", "mail:box", "{}", again(t, db)); err != nil || len(again(t, db)) != 0 {
				t.Errorf("once the cursor knows, %v are to be read, %v", again(t, db), err)
			}
		})
	}
}

func TestARuleThatIsGoneIsNotPutBackByDoingItAgain(t *testing.T) {
	db := mailed(t, conversation()...)
	_, u := leaveOut(t, db, data.LeaveOut{Kind: data.OutSender, Pattern: priya.Email}, "")
	back, err := db.Undo(context.Background(), u.ID)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Undo(context.Background(), back.ID); !errors.As(err, new(*data.Invalid)) {
		t.Errorf("doing it again says %v", err)
	}
	rule, _ := leaveOut(t, db, data.LeaveOut{Kind: data.OutSender, Pattern: priya.Email}, "")
	if u := write(t, db, "Lifted", func(tx *Tx) error { return tx.Lift(rule.ID) }); u.ID != 0 {
		t.Error("undo would go back behind a lifted rule")
	}
}

func TestARuleThatWouldLeaveOutTooMuchIsRefused(t *testing.T) {
	db := mailed(t, conversation()...)
	for _, r := range []data.LeaveOut{
		{Kind: data.OutSender, Pattern: "maya@larkfield.example"}, {Kind: data.OutDomain, Pattern: "@larkfield.example"},
		{Kind: data.OutDomain, Pattern: "@gmail.com"}, {Kind: data.OutDomain, Pattern: "@"}, {Kind: data.OutSender, Pattern: "somebody"}, {Kind: "all"},
	} {
		if _, _, err := db.LeaveOut(context.Background(), r, ""); err == nil {
			t.Errorf("%s %s was kept", r.Kind, r.Pattern)
		}
	}
	leaveOut(t, db, data.LeaveOut{Kind: data.OutSender, Pattern: priya.Email}, "")
	if _, _, err := db.LeaveOut(context.Background(), data.LeaveOut{Kind: data.OutSender, Pattern: priya.Email}, ""); !errors.As(err, new(*data.Invalid)) {
		t.Errorf("the same again: %v", err)
	}
}

func TestWhatTheChoiceNoLongerReadsIsForgottenOnlyWhenAsked(t *testing.T) {
	old := mailFrom("old", 100, otto, "Old")
	filed := mailFrom("filed", 2, otto, "Filed")
	filed.Location.Folder = "Private/Doctor"
	both := mailFrom("both", 3, otto, "Both")
	elsewhere := both
	elsewhere.Location.Folder, elsewhere.Location.UID = "Private", 77
	db := mailed(t, old, filed, both, elsewhere, mailFrom("new", 1, otto, "New"))
	box, err := db.Mailboxes(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	m := box[0]
	m.Since, m.LeaveOut = noon.AddDate(0, 0, -30).Format("2006-01-02"), []string{"Private"}
	o, err := db.Outside(context.Background(), m)
	if err != nil || o.Older != 1 || data.Sum(o.Folders) != 2 {
		t.Fatalf("outside are %+v, %v", o, err)
	}
	write(t, db, "", func(tx *Tx) error { _, err := tx.PutMailbox(m); return err })
	if got := len(strings.Fields(mailsHere(t, db))); got != 4 {
		t.Errorf("a narrower choice alone leaves %d mails, want 4", got)
	}
	n, err := db.ForgetOutside(context.Background(), m.ID)
	if err != nil || n != 2 || mailsHere(t, db) != "both@mail.example new@mail.example" {
		t.Errorf("forgotten are %d, left %q, %v", n, mailsHere(t, db), err)
	}
	if got := again(t, db); len(got) != 3 {
		t.Errorf("to be read again, if wanted, are %v", got)
	}
}
