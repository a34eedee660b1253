package mail

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"rapport/data"

	"pgregory.net/rapid"
)

// archiveAt is an archive without the check that OpenArchive does.
func archiveAt(kind ArchiveKind, path string) Archive {
	return Archive{Kind: kind, Path: path, Mailbox: data.Mailbox{ID: "box", Address: "old"}}
}

// imported is all that an archive yields.
func imported(t testing.TB, a Archive) (mails []data.Arrival, batches []data.Batch) {
	t.Helper()
	err := a.Fetch(context.Background(), "", func(b data.Batch) error {
		batches = append(batches, b)
		mails = append(mails, b.Arrived...)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return mails, batches
}

func fileOf(t testing.TB, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	putFile(t, path, text)
	return path
}

func putFile(t testing.TB, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// idsOf are the IDs of mails with these bytes, by what should have come.
func idsOf(raws []string) []string {
	var ids []string
	for _, r := range raws {
		ids = append(ids, data.MessageIDOf([]byte(r)))
	}
	return ids
}

func wantMails(t testing.TB, got []data.Arrival, raws ...string) {
	t.Helper()
	var ids []string
	for _, a := range got {
		ids = append(ids, a.Message.ID)
	}
	want := idsOf(raws)
	if len(got) != len(want) {
		t.Errorf("%d mails came, want %d", len(got), len(want))
	}
	for i := range min(len(got), len(want)) {
		if ids[i] != want[i] {
			m := got[i].Message
			t.Fatalf("mail %d is another one: %d bytes, %q, %.200q; want %.200q", i, m.Size, m.Subject, m.Text, raws[i])
		}
	}
}

const (
	fromLine = "From anna@kestrel.example Mon Nov  9 10:00:00 2026\n"
	mailOne  = "From: anna@kestrel.example\nSubject: one\nMessage-ID: <1@x>\n\nHello\n"
	mailTwo  = "From: anna@kestrel.example\nSubject: two\n\nHello again\n"
)

func TestMbox(t *testing.T) {
	crlf := func(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") }
	long := "From: a@b.example\nSubject: long\n\n" + strings.Repeat("x", 200<<10) + "\n"
	for name, c := range map[string]struct {
		file  string
		mails []string
	}{
		"two mails":            {fromLine + mailOne + "\n" + fromLine + mailTwo + "\n", []string{mailOne, mailTwo}},
		"CR LF":                {crlf(fromLine + mailOne + "\n" + fromLine + mailTwo + "\n"), []string{crlf(mailOne), crlf(mailTwo)}},
		"no empty line at end": {fromLine + mailOne + "\n" + fromLine + mailTwo, []string{mailOne, mailTwo}},
		"no line end at end":   {fromLine + mailOne + "\n" + fromLine + strings.TrimSuffix(mailTwo, "\n"), []string{mailOne, strings.TrimSuffix(mailTwo, "\n")}},
		"no empty line between, as some programs write": {fromLine + mailOne + fromLine + mailTwo, []string{mailOne, mailTwo}},
		"a byte order mark and empty lines first":       {"\xef\xbb\xbf" + fromLine + mailOne + "\n", []string{mailOne}},
		"empty lines first":                             {"\n\n" + fromLine + mailOne + "\n", []string{mailOne}},
		"From lines without a date": {
			"From anna@kestrel.example\n" + mailOne + "\nFrom -\n" + mailTwo + "\n", []string{mailOne, mailTwo},
		},
		"From lines as Thunderbird and Gmail write": {
			"From - Tue May  5 09:13:44 2026\n" + mailOne + "\nFrom 1581@xxx Tue May 05 09:13:44 +0000 2026\n" + mailTwo + "\n", []string{mailOne, mailTwo},
		},
		"mboxrd quotes what was quoted": {
			fromLine + "Subject: q\n\n>From now on\n>>From then on\n> From me\n>Fromage\n\n",
			[]string{"Subject: q\n\nFrom now on\n>From then on\n> From me\n>Fromage\n"},
		},
		"a sentence that was not quoted": {
			fromLine + "Subject: q\n\nFrom now on it is yours.\n\nFrom here on: mine.\n\n" + fromLine + mailTwo,
			[]string{"Subject: q\n\nFrom now on it is yours.\n\nFrom here on: mine.\n", mailTwo},
		},
		"a mail without a header":               {fromLine + "just text\n\n" + fromLine + mailTwo, []string{"just text\n", mailTwo}},
		"a mail without a text":                 {fromLine + "Subject: x\n\n\n" + fromLine + mailTwo, []string{"Subject: x\n\n", mailTwo}},
		"a mail that is a header":               {fromLine + "Subject: x\n\n" + fromLine + mailTwo, []string{"Subject: x\n", mailTwo}},
		"many empty lines at the end of a mail": {fromLine + mailOne + "\n\n\n" + fromLine + mailTwo, []string{mailOne + "\n\n", mailTwo}},
		"a line longer than the buffer":         {fromLine + long + "\n" + fromLine + mailTwo, []string{long, mailTwo}},
		"mboxcl with quotes": {
			fromLine + "Subject: x\nContent-Length: 12\n\n>From now on\n" + fromLine + mailTwo,
			[]string{"Subject: x\nContent-Length: 12\n\nFrom now on\n", mailTwo},
		},
		"mboxcl2 quotes nothing, and its length holds a whole mail": {
			fromLine + fmt.Sprintf("Subject: x\nContent-Length: %d\n\n", 1+len(fromLine+mailOne)) + "\n" + fromLine + mailOne + "\n" + fromLine + mailTwo,
			[]string{fmt.Sprintf("Subject: x\nContent-Length: %d\n\n", 1+len(fromLine+mailOne)) + "\n" + fromLine + mailOne, mailTwo},
		},
		"a length that is wrong": {
			fromLine + "Subject: x\nContent-Length: 4\n\nHello\n\n" + fromLine + mailTwo,
			[]string{"Subject: x\nContent-Length: 4\n\nHello\n", mailTwo},
		},
		"a length far beyond the end": {
			fromLine + "Subject: x\nContent-Length: 999999999999\n\nHello\n\n" + fromLine + mailTwo,
			[]string{"Subject: x\nContent-Length: 999999999999\n\nHello\n", mailTwo},
		},
		"a length in a later mail must not swallow the next one": {
			fromLine + mailOne + "\n" + fromLine + fmt.Sprintf("Subject: x\nContent-Length: %d\n\n", 7+len(fromLine+mailTwo)) + "Hello\n\n" + fromLine + mailTwo + fromLine + mailOne,
			[]string{mailOne, fmt.Sprintf("Subject: x\nContent-Length: %d\n\nHello\n", 7+len(fromLine+mailTwo)), mailTwo, mailOne},
		},
	} {
		t.Run(name, func(t *testing.T) {
			mails, batches := imported(t, archiveAt(Mbox, fileOf(t, "old.mbox", c.file)))
			wantMails(t, mails, c.mails...)
			last := batches[len(batches)-1]
			if last.Done != len(c.mails) || last.Total != len(c.mails) || last.OnServer != len(c.mails) {
				t.Errorf("the last batch says %d of %d, %d there", last.Done, last.Total, last.OnServer)
			}
		})
	}
}

// quotedFrom is what mboxrd quotes.
var quotedFrom = regexp.MustCompile(`(?m)^(>*From )`)

func TestWhatAnMboxHoldsComesBackByteForByte(t *testing.T) {
	dir := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		end := rapid.SampledFrom([]string{"\n", "\r\n"}).Draw(t, "line end")
		piece := rapid.SampledFrom([]string{
			"", "From now on", ">From me", ">>From them", fromLine[:len(fromLine)-1], "Subject: in the text", "Content-Length: 5", "a: b", "\xff\xfe", "héllo", "--x", ">", "From ",
		})
		var file strings.Builder
		var raws []string
		for i := range rapid.IntRange(1, 8).Draw(t, "mails") {
			raw := fmt.Sprintf("Subject: %d%sFrom: a@b.example%s%s", i, end, end, end)
			for _, line := range rapid.SliceOfN(piece, 0, 8).Draw(t, "text") {
				raw += line + end
			}
			raws = append(raws, raw)
			file.WriteString(strings.TrimSuffix(fromLine, "\n") + end + quotedFrom.ReplaceAllString(raw, ">$1") + end)
		}
		path := filepath.Join(dir, "round.mbox")
		if err := os.WriteFile(path, []byte(file.String()), 0o600); err != nil {
			t.Fatal(err)
		}
		var got []string
		err := archiveAt(Mbox, path).Fetch(context.Background(), "", func(b data.Batch) error {
			for _, a := range b.Arrived {
				got = append(got, a.Message.ID)
			}
			return nil
		})
		if err != nil || !slices.Equal(got, idsOf(raws)) {
			t.Fatalf("%d of %d mails came as they were, %v:\n%q", len(got), len(raws), err, file.String())
		}
	})
}

func TestPublicMailsComeBackFromAnMbox(t *testing.T) {
	var file bytes.Buffer
	var raws []string
	for _, folder := range []string{"mikel-mail", "enmime/mail", "mailcore2/input"} {
		for _, path := range corpusFiles(t, folder) {
			raw, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if bytes.HasPrefix(raw, []byte("From ")) || !bytes.HasSuffix(raw, []byte("\n")) || regexp.MustCompile(`(?i)\nContent-Length:`).Match(raw) {
				continue // written by mbox programs already, or cut
			}
			raws = append(raws, string(raw))
			file.WriteString(fromLine + quotedFrom.ReplaceAllString(string(raw), ">$1") + "\n")
		}
	}
	mails, _ := imported(t, archiveAt(Mbox, fileOf(t, "public.mbox", file.String())))
	wantMails(t, mails, raws...)
	t.Logf("%d public mails came back", len(mails))
}

func TestMaildir(t *testing.T) {
	root := filepath.Join(t.TempDir(), "Mail")
	for path, text := range map[string]string{
		"cur/1.a:2,S": mailOne, "new/2.b": mailTwo, "tmp/3.c": mailOne, "cur/.hidden": mailOne, "dovecot-uidlist": "3 V1",
		".Sent.2026/cur/1.d":          mailOne,
		".K&APY-ln.R&-D/new/1.e":      mailTwo,
		"Nested/Deep/cur/1.f":         mailOne,
		"Nested/Deep/tmp/cur-like":    mailOne,
		".Empty/cur/.keep":            "",
		".Broken/cur/1.g":             "",
		".Broken/cur/2.h":             "no header at all",
		"Nested/Deep/new/sub/too.far": mailOne,
	} {
		putFile(t, filepath.Join(root, filepath.FromSlash(path)), text)
	}
	if err := os.MkdirAll(filepath.Join(root, "Nested", "new"), 0o700); err != nil {
		t.Fatal(err)
	}
	a, err := OpenArchive(Maildir, root, "")
	if err != nil {
		t.Fatal(err)
	}
	if a.Mailbox.Address != "Mail" || a.Name() != "import:Mail" {
		t.Errorf("it is called %q and %q", a.Mailbox.Address, a.Name())
	}
	_, batches := imported(t, a)
	got := map[string]int{}
	for _, b := range batches {
		got[b.Folder] += len(b.Arrived)
		if b.Folder == "Broken" && !slices.Equal(b.Odd, []string{"a mail could not be read: the file is empty"}) {
			t.Errorf("of the broken folder it says %q", b.Odd)
		}
	}
	want := map[string]int{"INBOX": 2, "Sent/2026": 1, "Köln/R&D": 1, "Nested/Deep": 1, "Nested": 0, "Empty": 0, "Broken": 1}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("it holds %v, want %v", got, want)
	}
	if batches[0].Folder != "INBOX" {
		t.Errorf("first came %s", batches[0].Folder)
	}
}

func TestFoldersOfFiles(t *testing.T) {
	root := filepath.Join(t.TempDir(), "saved")
	for path, text := range map[string]string{
		"one.eml": mailOne, "deep/er/two.EML": mailTwo, "notes.txt": mailOne,
		"box": fromLine + mailOne + "\n" + fromLine + mailTwo, "box.msf": "// <!-- index -->", "deep/box": fromLine + mailTwo, "void": "",
	} {
		putFile(t, filepath.Join(root, filepath.FromSlash(path)), text)
	}
	for kind, want := range map[ArchiveKind]string{EML: "map[deep/er:1 saved:1]", Mbox: "map[box:2 deep/box:1]"} {
		a, err := OpenArchive(kind, root, "")
		if err != nil {
			t.Fatal(err)
		}
		_, batches := imported(t, a)
		got := map[string]int{}
		for _, b := range batches {
			got[b.Folder] += len(b.Arrived)
		}
		if fmt.Sprint(got) != want {
			t.Errorf("%s: %v, want %s", kind, got, want)
		}
	}
}

func TestOpenArchiveRefuses(t *testing.T) {
	dir := t.TempDir()
	for path, text := range map[string]string{
		"text": "no mail\n", "letter.eml": mailOne, "void": "", "sub/cur/1": mailOne, "none/x": "", "zip": "PK\x03\x04: \x00\x00", "maya@larkfield.example.mbox": fromLine + mailOne,
	} {
		putFile(t, filepath.Join(dir, filepath.FromSlash(path)), text)
	}
	for name, c := range map[string]struct {
		kind       ArchiveKind
		path, name string
		problem    data.ProblemKind
		field      string
	}{
		"nothing there":           {Mbox, "nowhere", "", data.NoFile, ""},
		"a path through a file":   {EML, "text/x", "", data.NoFile, ""},
		"an mbox of text":         {Mbox, "text", "", data.NotMbox, ""},
		"a mail as an mbox":       {Mbox, "letter.eml", "", data.NotMbox, ""},
		"an empty mbox":           {Mbox, "void", "", data.NoMail, ""},
		"a folder without mboxes": {Mbox, "none", "", data.NoMail, ""},
		"text as a mail":          {EML, "text", "", data.NotMail, ""},
		"an archive as a mail":    {EML, "zip", "", data.NotMail, ""},
		"an empty mail":           {EML, "void", "", data.NoMail, ""},
		"a folder without mails":  {EML, "none", "", data.NoMail, ""},
		"a folder as a Maildir":   {Maildir, "none", "", data.NotMaildir, ""},
		"a file as a Maildir":     {Maildir, "text", "", data.NotMaildir, ""},
		"an empty Maildir":        {Maildir, "sub", "", "", ""},
		"an unknown kind":         {"pst", "text", "", "", "kind"},
		"a name with an @":        {EML, "letter.eml", "maya@x", "", "mailbox"},
		"a file with an @":        {Mbox, "maya@larkfield.example.mbox", "", "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := OpenArchive(c.kind, filepath.Join(dir, filepath.FromSlash(c.path)), c.name)
			var invalid *data.Invalid
			p, isProblem := data.AsProblem(err)
			switch {
			case c.problem != "" && (!isProblem || p.Kind != c.problem),
				c.field != "" && (!errors.As(err, &invalid) || invalid.Field != c.field),
				c.problem == "" && c.field == "" && err != nil:
				t.Errorf("it says %v", err)
			}
		})
	}
}

func TestAnImportedMailLiesWhereItsBytesSay(t *testing.T) {
	first, _ := imported(t, archiveAt(Mbox, fileOf(t, "old.mbox", fromLine+mailOne+"\n"+fromLine+mailTwo)))
	other, _ := imported(t, archiveAt(Mbox, fileOf(t, "old.mbox", fromLine+mailTwo+"\n"+fromLine+"Subject: new\n\nx\n\n"+fromLine+mailOne)))
	if first[0].Location != other[2].Location || first[1].Location != other[0].Location {
		t.Error("a mail moved because the file changed around it")
	}
	if first[0].Location == first[1].Location || first[0].Location.UID == 0 {
		t.Errorf("two mails lie at %+v and %+v", first[0].Location, first[1].Location)
	}
}

func TestALargeMailIsHashedWholeAndReadAtItsBeginning(t *testing.T) {
	raw := "Subject: large\n\n" + strings.Repeat("0123456789abcde\n", 100<<10)
	a := archiveAt(Mbox, fileOf(t, "old.mbox", fromLine+raw+"\n"+fromLine+mailTwo))
	a.Limits.Whole = 1 << 20
	mails, _ := imported(t, a)
	wantMails(t, mails, raw, mailTwo)
	m := mails[0].Message
	sum := sha256.Sum256([]byte(raw))
	if m.ID != hex.EncodeToString(sum[:]) || m.Size != int64(len(raw)) || !m.TextCut || m.Subject != "large" {
		t.Errorf("it became %s, %d bytes, cut %t, %q", m.ID, m.Size, m.TextCut, m.Subject)
	}
}

func TestImportedMailWithoutADateHasThatOfItsFile(t *testing.T) {
	mails, _ := imported(t, archiveAt(Mbox, fileOf(t, "old.mbox", fromLine+mailOne)))
	m := mails[0].Message
	if want := time.Date(2026, 11, 9, 10, 0, 0, 0, time.UTC); !m.Date.Equal(want) || !slices.Contains(m.Odd, "no date; the date of its file is used") {
		t.Errorf("its date is %s, odd %q", m.Date, m.Odd)
	}
}

func TestAnImportIsHandedOverInBatchesAndStopsAtOnce(t *testing.T) {
	a := archiveAt(Mbox, fileOf(t, "old.mbox", strings.Repeat(fromLine+mailOne+"\n", 25)))
	a.Limits.Count = 10
	_, batches := imported(t, a)
	var done []int
	for _, b := range batches {
		done = append(done, b.Done)
	}
	if !slices.Equal(done, []int{10, 20, 25}) {
		t.Errorf("batches came at %v", done)
	}
	ctx, stop := context.WithCancel(context.Background())
	n := 0
	err := a.Fetch(ctx, "", func(data.Batch) error { n++; stop(); return nil })
	if !errors.Is(err, context.Canceled) || n != 1 {
		t.Errorf("after a cancel came %d batches, %v", n, err)
	}
	full := errors.New("the disk is full")
	if err := a.Fetch(context.Background(), "", func(data.Batch) error { return full }); !errors.Is(err, full) {
		t.Errorf("a refused batch ended with %v", err)
	}
}

func FuzzMbox(f *testing.F) {
	for _, seed := range []string{"", "From ", "From x\n", fromLine + mailOne, fromLine + "Content-Length: 9\n\n>From x\nFrom x\n", "From \r\n\r\nFrom \r\n"} {
		f.Add([]byte(seed))
	}
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, raw []byte) {
		path := filepath.Join(dir, "fuzz.mbox")
		if err := os.WriteFile(path, raw, 0o600); err != nil {
			t.Fatal(err)
		}
		spans, err := spansOf(context.Background(), path)
		if err != nil {
			t.Fatal(err)
		}
		end := int64(0)
		for _, s := range spans {
			if s.at < end || s.size < 0 || s.at+s.size > int64(len(raw)) {
				t.Fatalf("mails overlap or lie beyond the file: %+v", spans)
			}
			end = s.at + s.size
		}
		a := archiveAt(Mbox, path)
		if is, err := a.isMail(path); !is || err != nil {
			return
		}
		if mails, _ := imported(t, a); len(mails) != len(spans) {
			t.Fatalf("%d of %d mails came", len(mails), len(spans))
		}
	})
}

// corpusFiles are the public mails of a folder beside the project, if they are
// there.
func corpusFiles(t *testing.T, folder string) []string {
	t.Helper()
	root := filepath.Join("../../../shared/testing/corpora/mail", folder)
	if _, err := os.Stat(root); err != nil {
		t.Skipf("the public mails of %s are not here", folder)
	}
	var files []string
	if err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			files = append(files, path)
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return files
}
