package sync

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"rapport/data"
	"rapport/data/sample"
	"rapport/data/store"
	"rapport/sync/demo"
)

// servedWorld is a workspace that has read the mail of a server that runs.
func servedWorld(t *testing.T) (*store.DB, keysInMemory, *demo.Servers) {
	t.Helper()
	ctx := context.Background()
	w := sample.Make(sample.Options{Mails: 300})
	servers, err := demo.Serve(ctx, w)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = servers.Close() })
	db, keys := workspace(t, func() time.Time { return sample.Today })
	_, err = AddMailbox(ctx, db, keys, data.Mailbox{
		Address: w.Mailbox, Host: servers.IMAPHost, Port: servers.IMAPPort, Security: data.Plain, User: servers.User,
	}, servers.Password)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := New(db, keys, Options{Now: func() time.Time { return sample.Today }}).Once(ctx); err != nil {
		t.Fatal(err)
	}
	return db, keys, servers
}

// mailWith is the newest mail that has what is looked for.
func mailWith(t *testing.T, db *store.DB, has func(data.MessageRow) bool) data.MessageRow {
	t.Helper()
	for m, err := range db.Messages(context.Background(), data.MessageQuery{}) {
		if err != nil {
			t.Fatal(err)
		}
		if has(m) {
			return m
		}
	}
	t.Fatal("no mail is like that")
	return data.MessageRow{}
}

func carries(n int) func(data.MessageRow) bool {
	return func(m data.MessageRow) bool { return len(m.Attached) == n }
}

func wantProblem(t *testing.T, err error, kind data.ProblemKind) {
	t.Helper()
	if p, ok := data.AsProblem(err); !ok || p.Kind != kind {
		t.Errorf("the error is %v, want a problem of kind %q", err, kind)
	}
}

func TestAnAttachmentIsPulledOnceAndKept(t *testing.T) {
	db, keys, servers := servedWorld(t)
	ctx := context.Background()
	m := mailWith(t, db, carries(1))
	if IsKept(db.Dir(), m.Attached[0]) {
		t.Error("it is kept before anybody asked for it")
	}
	f, err := Attachment(ctx, db, keys, m, 0, PullOptions{})
	if err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(f.Path)
	if err != nil || int64(len(content)) != m.Attached[0].Size || data.MessageIDOf(content) != f.Hash {
		t.Errorf("%d bytes are kept of %d, %v", len(content), m.Attached[0].Size, err)
	}
	if want := filepath.Join(db.Dir(), "files", f.Hash[:2], f.Hash); f.Path != want || !IsKept(db.Dir(), m.Attached[0]) {
		t.Errorf("it is kept at %s, want %s", f.Path, want)
	}
	if info, err := os.Stat(f.Path); err != nil || info.Mode().Perm()&0o077 != 0 {
		t.Errorf("others may read it: %v, %v", info.Mode(), err)
	}
	if _, err := Attachment(ctx, db, keys, m, 1, PullOptions{}); !errors.Is(err, data.ErrNotFound) {
		t.Errorf("of an attachment that is not there it says %v", err)
	}

	// Without its server, what is kept opens and the rest says why not.
	if err := servers.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := Attachment(ctx, db, keys, m, 0, PullOptions{}); err != nil {
		t.Errorf("what is kept does not open: %v", err)
	}
	other := mailWith(t, db, func(o data.MessageRow) bool { return carries(1)(o) && o.Attached[0].Hash != m.Attached[0].Hash })
	_, err = Attachment(ctx, db, keys, other, 0, PullOptions{})
	wantProblem(t, err, data.Refused)

	// A file that somebody changed is not handed over.
	if err := os.WriteFile(f.Path, []byte(strings.Repeat("x", len(content))), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Attachment(ctx, db, keys, m, 0, PullOptions{}); err == nil || IsKept(db.Dir(), m.Attached[0]) {
		t.Errorf("a changed file is handed over: %v", err)
	}
}

func TestACopyToOpenHasACleanName(t *testing.T) {
	dir := t.TempDir()
	content := []byte("MZ" + strings.Repeat("x", 100))
	a := data.Attachment{Name: "../offer\u202Efdp.exe", Type: "application/pdf", Size: int64(len(content)), Hash: data.MessageIDOf(content)}
	if err := keepFile(dir, a.Hash, content); err != nil {
		t.Fatal(err)
	}
	f := File{Attachment: a, Path: pathOf(dir, a.Hash)}
	path, err := OpenableCopy(dir, f, time.Now())
	if err != nil || filepath.Base(path) != "offerfdp.exe" || !strings.HasPrefix(path, filepath.Join(dir, "files", "opened")) {
		t.Fatalf("the copy is %s, %v", path, err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o400 {
		t.Errorf("it may be written to: %v, %v", info.Mode(), err)
	}
	if again, err := OpenableCopy(dir, f, time.Now()); err != nil || again != path {
		t.Errorf("a second time it is %s, %v", again, err)
	}
	b := a
	b.Name, b.Hash = "b.txt", data.MessageIDOf(content[1:])
	if err := keepFile(dir, b.Hash, content[1:]); err != nil {
		t.Fatal(err)
	}
	if _, err := OpenableCopy(dir, File{Attachment: b, Path: pathOf(dir, b.Hash)}, time.Now().Add(2*copiesKept)); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(path); err == nil {
		t.Error("an old copy stays for ever")
	}
}

func TestSavingAnAttachment(t *testing.T) {
	dir, to := t.TempDir(), t.TempDir()
	a := data.Attachment{Name: "a/b.txt", Size: 3, Hash: data.MessageIDOf([]byte("abc"))}
	if err := keepFile(dir, a.Hash, []byte("abc")); err != nil {
		t.Fatal(err)
	}
	f := File{Attachment: a, Path: pathOf(dir, a.Hash)}
	if path, err := SaveAttachment(f, to); err != nil || path != filepath.Join(to, "b.txt") {
		t.Errorf("into a folder: %s, %v", path, err)
	}
	if _, err := SaveAttachment(f, to); !errors.As(err, new(*data.Invalid)) {
		t.Errorf("over a file that is there: %v", err)
	}
	if path, err := SaveAttachment(f, filepath.Join(to, "c.txt")); err != nil || path != filepath.Join(to, "c.txt") {
		t.Errorf("to a file: %s, %v", path, err)
	}
	_, err := SaveAttachment(f, filepath.Join(to, "none", "c.txt"))
	wantProblem(t, err, data.NoFile)
}

func TestTheSamplesServerIsGone(t *testing.T) {
	db, keys := workspace(t, func() time.Time { return sample.Today })
	if _, err := OpenSample(context.Background(), db, keys, sample.Make(sample.Options{Mails: 200}), Options{}); err != nil {
		t.Fatal(err)
	}
	_, err := Pull(context.Background(), db, keys, mailWith(t, db, carries(1)), PullOptions{})
	wantProblem(t, err, data.ServerGone)
}

func TestImportedMailIsReadAgainFromItsFiles(t *testing.T) {
	db, keys := workspace(t, time.Now)
	ctx := context.Background()
	long := strings.Repeat("A line of a long mail, and no end of it.\n>From the north\n", 600_000) // above what is read whole
	mails := []string{
		"From: anna@kestrel.example\nSubject: one\n\n>From here, and from\nFrom there\n",
		"From: anna@kestrel.example\nSubject: long\n\n" + long + "\nthe very last words\n",
	}
	box := "From a Mon Nov  9 10:00:00 2026\n" + strings.ReplaceAll(strings.ReplaceAll(mails[0], "\n>From", "\n>>From"), "\nFrom there", "\n>From there") +
		"\nFrom a Mon Nov  9 10:00:00 2026\n" + strings.ReplaceAll(mails[1], "\n>From", "\n>>From")
	folder := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	path := write("a.mbox", box)
	write("md/cur/1:2,S", "Subject: three\n\nIn a Maildir\n")
	for kind, where := range map[string]string{"mbox": path, "maildir": filepath.Join(folder, "md")} {
		a, err := OpenArchive(kind, where, "")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := Import(ctx, db, a, Options{}); err != nil {
			t.Fatal(err)
		}
	}
	for subject, want := range map[string]string{"one": mails[0], "long": mails[1], "three": "Subject: three\n\nIn a Maildir\n"} {
		m := mailWith(t, db, func(m data.MessageRow) bool { return m.Subject == subject })
		raw, err := Pull(ctx, db, keys, m, PullOptions{})
		if err != nil || string(raw) != want {
			t.Errorf("%s: %d of %d bytes, %v", subject, len(raw), len(want), err)
		}
	}
	cut := mailWith(t, db, func(m data.MessageRow) bool { return m.BeginsOnly() })
	whole, err := Complete(ctx, db, keys, cut, PullOptions{})
	if err != nil || whole.BeginsOnly() || len(whole.Text) <= len(cut.Text) || whole.Subject != "long" || !whole.Date.Equal(cut.Date) {
		t.Errorf("completed, it has %d bytes of text after %d, odd %v, %v", len(whole.Text), len(cut.Text), whole.Odd, err)
	}
	if err := os.Rename(path, path+".away"); err != nil {
		t.Fatal(err)
	}
	_, err = Pull(ctx, db, keys, mailWith(t, db, func(m data.MessageRow) bool { return m.Subject == "one" }), PullOptions{})
	wantProblem(t, err, data.ArchiveGone)
	boxes, err := db.Mailboxes(ctx)
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(boxes, func(b data.Mailbox) bool { return b.Address == "a" })
	if _, err := RemoveMailbox(ctx, db, keys, boxes[i].ID); err != nil {
		t.Fatal(err)
	}
	if left, err := db.SettingList(ctx, archives(boxes[i])); err != nil || len(left) != 0 {
		t.Errorf("a mailbox that was removed leaves %v, %v", left, err)
	}
}
