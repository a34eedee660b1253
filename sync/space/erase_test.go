package space

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"rapport/data"
	"rapport/data/change"
	"rapport/data/store"
	"rapport/sync/team"
)

// openFiles is everything that the files of a space at its place hold, opened with
// somebody's keys.
func openFiles(t *testing.T, l *laptop, id string) string {
	t.Helper()
	keys, err := l.keysOf(context.Background(), id)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	if err := filepath.WalkDir(l.folderOf(id), func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		body, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		openInto(t, &b, filepath.Base(path), body, keys)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// openInto writes a piece as it lies there, and what a segment, a record or a part of a
// snapshot holds; no other piece holds values.
func openInto(t *testing.T, b *strings.Builder, name string, body []byte, keys team.Keys) {
	t.Helper()
	b.Write(body)
	switch kind, _, _, _ := team.Parts(name); kind {
	case team.SegmentPiece:
		seg, err := team.OpenSegment(name, body, keys)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range seg.Changes {
			line, err := c.Encode()
			if err != nil {
				t.Fatal(err)
			}
			b.Write(line)
		}
	case team.MemberPiece:
		rec, err := team.OpenRecord(name, body, keys)
		if err != nil {
			t.Fatal(err)
		}
		line, err := rec.Encode()
		if err != nil {
			t.Fatal(err)
		}
		b.Write(line)
	case team.SnapshotPiece:
		p, err := team.OpenSnapshot(name, body, keys)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range p.Entities {
			for slot, r := range e {
				b.WriteString(slot.Name)
				for _, v := range r {
					b.WriteString(v.Value)
				}
			}
		}
	}
}

// TestWhatIsErasedIsInNoPiece erases a person of whom two laptops wrote and whom a
// snapshot has, and opens all that lies at the place, and all that the laptops keep.
func TestWhatIsErasedIsInNoPiece(t *testing.T) {
	ctx := context.Background()
	id, all := team2(t, nil, "Maya", "Jonas")
	maya, jonas := all[0], all[1]
	marks := []string{"Markname", "markaddress@k.example", "Markrole", "Markphone", "Markpromise"}
	anna := data.Contact{ID: "anna", AccountID: "k", Name: marks[0], Emails: []string{marks[1]}, Role: marks[2]}
	maya.write(func(tx *store.Tx) error { return tx.PutContact(anna) })
	maya.sync(id)
	jonas.sync(id)
	anna.Phone = marks[3]
	jonas.write(func(tx *store.Tx) error { return tx.PutContact(anna) })
	jonas.write(func(tx *store.Tx) error {
		_, err := store.PutPart(tx, data.Promise{Belongs: data.Belongs{Account: "k", Contact: "anna"}, What: marks[4], By: data.Us})
		return err
	})
	jonas.write(func(tx *store.Tx) error { return tx.PutAccount(data.Account{ID: "k", Name: "Kestrel Museums"}) })
	jonas.sync(id)
	maya.sync(id)
	nina := fromNowOn(t, maya, id, "Nina", data.Editor)
	all = append(all, nina)
	exchange := func() {
		for _, l := range all {
			l.later(2 * time.Hour)
			l.sync(id)
		}
	}
	exchange()
	before := openFiles(t, maya, id)
	for _, m := range marks {
		if !strings.Contains(before, m) {
			t.Fatalf("%s was never shared", m)
		}
	}
	if nina.account("k") != "Kestrel Museums" {
		t.Fatal("the newcomer has not begun")
	}
	would, err := maya.db.WouldErase(ctx, "anna")
	if err != nil || len(would) != 2 {
		t.Fatalf("would erase %v, %v", would, err)
	}
	if err := maya.db.ErasePerson(ctx, "anna"); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		exchange()
	}
	after := openFiles(t, maya, id)
	for _, m := range marks {
		if strings.Contains(after, m) {
			t.Errorf("%s is at the place yet", m)
		}
	}
	late := joined(t, maya, id, "Late")
	for range 2 {
		late.sync(id)
	}
	all = append(all, late)
	fresh := fromNowOn(t, maya, id, "Fresh", data.Reader)
	fresh.sync(id)
	all = append(all, fresh)
	exchange()
	hash := maya.hash(id)
	for _, l := range all {
		if l.account("k") != "Kestrel Museums" {
			t.Errorf("%s sees %q", l.name, l.account("k"))
		}
		if _, err := l.db.Contact(ctx, "anna"); err == nil {
			t.Errorf("%s sees her", l.name)
		}
		if l.hash(id) != hash {
			t.Errorf("the state of %s is another", l.name)
		}
		for _, thing := range would {
			list, err := l.db.Written(ctx, thing.ID)
			if err != nil {
				t.Fatal(err)
			}
			for _, w := range list {
				if w.Change.Value != "" {
					t.Errorf("%s keeps %+v", l.name, w.Change)
				}
			}
		}
	}
	dir := maya.db.Dir()
	if err := maya.db.Close(); err != nil {
		t.Fatal(err)
	}
	body, err := os.ReadFile(filepath.Join(dir, "rapport.db"))
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range marks {
		if bytes.Contains(body, []byte(m)) {
			t.Errorf("the file of who erased has %s", m)
		}
	}
}

// TestAnEraseReachesWhoWroteApart has somebody away while another erases: what they
// had not seen erased comes back for people to decide, and nothing diverges.
func TestAnEraseReachesWhoWroteApart(t *testing.T) {
	id, all := team2(t, nil, "Maya", "Jonas")
	maya, jonas := all[0], all[1]
	maya.write(func(tx *store.Tx) error {
		return tx.PutContact(data.Contact{ID: "anna", AccountID: "k", Name: "Anna", Role: "Buyer"})
	})
	maya.sync(id)
	jonas.sync(id)
	jonas.write(func(tx *store.Tx) error {
		return tx.PutContact(data.Contact{ID: "anna", AccountID: "k", Name: "Anna", Role: "Head"})
	})
	if err := maya.db.ErasePerson(context.Background(), "anna"); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		maya.sync(id)
		jonas.sync(id)
	}
	if maya.hash(id) != jonas.hash(id) {
		t.Error("their states differ")
	}
	for _, l := range all {
		list, err := l.db.Written(context.Background(), "anna")
		if err != nil {
			t.Fatal(err)
		}
		for _, w := range list {
			if w.Change.Op == change.OpSet && w.Change.Value != "" && !strings.Contains(w.Change.Value, "Head") {
				t.Errorf("%s keeps %q", l.name, w.Change.Value)
			}
		}
	}
}
