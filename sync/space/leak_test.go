package space

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"rapport/data"
	"rapport/data/change"
	"rapport/data/store"
	"rapport/sync/team"
)

// TestNothingOfMailIsInAnyPiece puts marks into all that must stay on this laptop,
// shares the account that the mails are of, lets a colleague come in and opens every
// piece that went, with all keys.
func TestNothingOfMailIsInAnyPiece(t *testing.T) {
	ctx := context.Background()
	id, all := team2(t, nil, "Maya", "Jonas")
	maya := all[0]
	marks := []string{"MARKBODY", "MARKSUBJECT", "markaddress", "MARKFILE", "MARKPRIVATE", "MARKSECRET", "MARKPREPARED", "MARKDEBRIEF", data.OccurrenceIDOf("MARKMEETING", "")}
	var box data.Mailbox
	maya.write(func(tx *store.Tx) (err error) {
		if err := tx.PutAccount(data.Account{ID: "q", Name: "Quayside", Domains: []string{"quayside.example"}}); err != nil {
			return err
		}
		if err := tx.PutContact(data.Contact{ID: "nadia", AccountID: "q", Name: "Nadia", Emails: []string{"nadia@quayside.example"}}); err != nil {
			return err
		}
		if err := tx.PutAccount(data.Account{ID: "private", Name: "MARKPRIVATE"}); err != nil {
			return err
		}
		box, err = tx.PutMailbox(data.Mailbox{Address: "maya@larkfield.example", Host: "imap.larkfield.example", Port: 993, Security: data.TLS})
		return err
	})
	mail := data.Message{
		ID: data.MessageIDOf([]byte("1")), MessageID: "1@mail.example", Date: noon.Add(-time.Hour), Subject: "MARKSUBJECT",
		From: []data.Address{{Email: "nadia@quayside.example"}}, To: []data.Address{{Email: "maya@larkfield.example"}, {Email: "markaddress@other.example"}},
		Text: "MARKBODY", Attached: []data.Attachment{{Name: "MARKFILE.pdf"}},
	}
	batch := data.Batch{Mailbox: box.ID, Folder: "INBOX", OnServer: 1, Cursor: "c", Arrived: []data.Arrival{{
		Message: mail, Location: data.Location{Mailbox: box.ID, Folder: "INBOX", UIDValidity: 1, UID: 1},
	}}}
	if _, err := maya.db.Ingest(ctx, box.SourceName(), box.Address, noon, batch); err != nil {
		t.Fatal(err)
	}
	entries, err := maya.db.Timeline(ctx, data.TimelineQuery{Account: "q"}, noon)
	if err != nil || len(entries) != 1 {
		t.Fatalf("the mail is %d times on the timeline, %v", len(entries), err)
	}
	marks = append(marks, entries[0].ID)
	if err := maya.keys.Put("mailbox/password", "MARKSECRET"); err != nil {
		t.Fatal(err)
	}
	maya.write(func(tx *store.Tx) error {
		if _, err := store.PutPart(tx, data.Promise{Belongs: data.Belongs{Account: "q", Contact: "nadia", Interaction: entries[0].ID}, By: data.Us, What: "Call back", Made: "2026-11-17"}); err != nil {
			return err
		}
		if _, err := store.PutPart(tx, data.Preparation{Belongs: data.Belongs{Account: "q", Interaction: entries[0].ID}, Outcome: "MARKPREPARED"}); err != nil {
			return err
		}
		meeting := data.OccurrenceIDOf("MARKMEETING", "")
		if _, err := store.PutPart(tx, data.Debrief{Belongs: data.Belongs{ID: data.DebriefID(meeting), Account: "q", Interaction: meeting}, On: "2026-11-17", Note: "MARKDEBRIEF", By: "Maya"}); err != nil {
			return err
		}
		_, err := tx.ShareAccount("q", id)
		return err
	})
	maya.sync(id)
	keys, err := maya.keysOf(context.Background(), id)
	if err != nil {
		t.Fatal(err)
	}
	opened := openAll(t, maya, id, keys)
	if !strings.Contains(opened, "Quayside") || !strings.Contains(opened, "Call back") {
		t.Error("what was shared is not there, so the test proves nothing")
	}
	for _, mark := range marks {
		if strings.Contains(opened, mark) {
			t.Errorf("%s left this laptop", mark)
		}
	}
}

// openAll is all that the segments and records of a space say.
func openAll(t *testing.T, l *laptop, id string, keys team.Keys) string {
	t.Helper()
	ctx := context.Background()
	names, err := l.db.PieceNames(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, name := range names {
		body, err := l.db.PieceBody(ctx, id, name)
		if err != nil {
			t.Fatal(err)
		}
		openInto(t, &b, name, body, keys)
	}
	return b.String()
}

// tellTale is a word that stands in one place of a mail only, and the narrowest rule
// under which it may leave; "" is never.
type tellTale struct {
	word string
	from data.Share
}

// markedMailbox gives a laptop an account with a mail that has a mark in every place
// that a mail has.
func markedMailbox(t *testing.T, l *laptop, rule data.Share) []tellTale {
	t.Helper()
	var box data.Mailbox
	l.write(func(tx *store.Tx) (err error) {
		if err := tx.PutAccount(data.Account{ID: "q", Name: "Quayside", Domains: []string{"quayside.example"}}); err != nil {
			return err
		}
		if err := tx.PutContact(data.Contact{ID: "nadia", AccountID: "q", Name: "Nadia", Emails: []string{"nadia@quayside.example"}}); err != nil {
			return err
		}
		box, err = tx.PutMailbox(data.Mailbox{Address: "maya@larkfield.example", Host: "imap.larkfield.example", Port: 993, Security: data.TLS, Share: rule})
		return err
	})
	mail := data.Message{
		ID: data.MessageIDOf([]byte("1")), MessageID: "MARKMESSAGEID@mail.example", Date: noon.Add(-time.Hour), Subject: "MARKSUBJECT",
		From: []data.Address{{Name: "MARKHEADER", Email: "nadia@quayside.example"}}, To: []data.Address{{Email: "maya@larkfield.example"}, {Name: "MARKSTRANGER", Email: "markaddress@other.example"}},
		Bcc: []data.Address{{Name: "MARKBLIND", Email: "markblind@other.example"}}, Text: "MARKBODY\n\nOn 11 Nov, Piotr wrote:\n> MARKQUOTED\n", Attached: []data.Attachment{{Name: "MARKFILE.pdf"}},
	}
	batch := data.Batch{Mailbox: box.ID, Folder: "INBOX", OnServer: 1, Cursor: "c", Arrived: []data.Arrival{{
		Message: mail, Location: data.Location{Mailbox: box.ID, Folder: "MARKFOLDER", UIDValidity: 1, UID: 1},
	}}}
	ctx := context.Background()
	if _, err := l.db.Ingest(ctx, box.SourceName(), box.Address, noon, batch); err != nil {
		t.Fatal(err)
	}
	entries, err := l.db.Timeline(ctx, data.TimelineQuery{Account: "q"}, noon)
	if err != nil || len(entries) != 1 {
		t.Fatalf("the mail is %d times on the timeline, %v", len(entries), err)
	}
	return []tellTale{
		{"MARKSUBJECT", data.ShareSubject}, {"MARKBODY", data.ShareText}, {"MARKFILE", data.ShareText},
		{"MARKHEADER", ""}, {"MARKSTRANGER", ""}, {"markaddress", ""}, {"MARKBLIND", ""}, {"markblind", ""}, {"MARKQUOTED", ""}, {"MARKMESSAGEID", ""}, {"MARKFOLDER", ""},
		{"maya@larkfield.example", ""}, {entries[0].ID, ""}, {entries[0].Thread, ""},
	}
}

// TestNothingLeavesBeyondARule shares an account with marked mail under each rule,
// lets a colleague in and opens every piece; then narrows the rule before and after an
// exchange.
func TestNothingLeavesBeyondARule(t *testing.T) {
	for at, rule := range data.Shares {
		t.Run(string(rule), func(t *testing.T) {
			ctx := context.Background()
			id, all := team2(t, nil, "Maya", "Jonas")
			maya, jonas := all[0], all[1]
			tells := markedMailbox(t, maya, rule)
			maya.write(func(tx *store.Tx) error { _, err := tx.ShareAccount("q", id); return err })
			previewed := previewLines(t, maya, id)
			maya.sync(id)
			jonas.sync(id)
			keys, err := maya.keysOf(context.Background(), id)
			if err != nil {
				t.Fatal(err)
			}
			opened := openAll(t, maya, id, keys)
			for _, tell := range tells {
				may := tell.from != "" && at >= slices.Index(data.Shares, tell.from)
				if has := strings.Contains(opened, tell.word); has != may {
					t.Errorf("%s left this laptop: %v, want %v", tell.word, has, may)
				}
			}
			for what, lines := range map[string][]string{"after the exchange": previewLines(t, maya, id), "in what was sent": sentLines(t, maya, id, keys), "at Jonas'": previewLines(t, jonas, id)} {
				if !slices.Equal(lines, previewed) {
					t.Errorf("previewed was\n%s\n%s it is\n%s", strings.Join(previewed, "\n"), what, strings.Join(lines, "\n"))
				}
			}
			seen, err := jonas.db.Timeline(ctx, data.TimelineQuery{Account: "q"}, noon)
			if err != nil || len(seen) != min(at, 1) {
				t.Errorf("Jonas sees %d mails, %v", len(seen), err)
			}
			if maya.hash(id) != jonas.hash(id) {
				t.Error("the state hashes differ")
			}
		})
	}
}

// TestARuleThatIsNarrowedBeforeTheExchangeLetsNothingOut: what was written to the log
// and not sealed yet is blanked.
func TestARuleThatIsNarrowedBeforeTheExchangeLetsNothingOut(t *testing.T) {
	ctx := context.Background()
	id, all := team2(t, nil, "Maya")
	maya := all[0]
	markedMailbox(t, maya, data.ShareText)
	maya.write(func(tx *store.Tx) error { _, err := tx.ShareAccount("q", id); return err })
	if n, err := maya.db.Observe(ctx, id, 10); err != nil || n != 1 {
		t.Fatalf("decided of %d mails, %v", n, err)
	}
	boxes, err := maya.db.Mailboxes(ctx)
	if err != nil {
		t.Fatal(err)
	}
	boxes[0].Share = data.ShareContact
	maya.write(func(tx *store.Tx) error { _, err := tx.Choose(boxes[0]); return err })
	maya.sync(id)
	keys, err := maya.keysOf(context.Background(), id)
	if err != nil {
		t.Fatal(err)
	}
	opened := openAll(t, maya, id, keys)
	if !strings.Contains(opened, "observation") {
		t.Error("nothing was told, so the test proves nothing")
	}
	for _, word := range []string{"MARKSUBJECT", "MARKBODY", "MARKFILE"} {
		if strings.Contains(opened, word) {
			t.Errorf("%s left this laptop", word)
		}
	}
}

// previewLines is what a member will see, one line for each field.
func previewLines(t *testing.T, l *laptop, id string) (lines []string) {
	t.Helper()
	p, err := l.db.SpacePreview(context.Background(), id)
	if err != nil {
		t.Fatal(err)
	}
	for _, thing := range p.Things {
		for name, value := range thing.Fields {
			lines = append(lines, thing.Kind+" "+thing.ID+" "+name+": "+value)
		}
	}
	slices.Sort(lines)
	return lines
}

// sentLines is the same made of the decrypted segments alone.
func sentLines(t *testing.T, l *laptop, id string, keys team.Keys) (lines []string) {
	t.Helper()
	ctx := context.Background()
	names, err := l.db.PieceNames(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	history := map[change.Ref][]change.Change{}
	for _, name := range names {
		if kind, _, _, _ := team.Parts(name); kind != team.SegmentPiece {
			continue
		}
		body, err := l.db.PieceBody(ctx, id, name)
		if err != nil {
			t.Fatal(err)
		}
		seg, err := team.OpenSegment(name, body, keys)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range seg.Changes {
			history[c.Entity] = append(history[c.Entity], c)
		}
	}
	for ref, changes := range history {
		e := change.Replay(changes)
		if change.Entity(e).Fate() == change.Deleted {
			continue
		}
		for slot, r := range e {
			if value := r.Shown().Value; slot.Part == change.Field && value != "" {
				lines = append(lines, ref.Kind+" "+ref.ID+" "+slot.Name+": "+value)
			}
		}
	}
	slices.Sort(lines)
	return lines
}
