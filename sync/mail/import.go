package mail

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"time"

	"rapport/data"
	"rapport/sync/mime"
)

// ArchiveKind is how an archive keeps its mails in files.
type ArchiveKind string

// The kinds of archives.
const (
	Mbox    ArchiveKind = "mbox"    // many mails in a file: mboxo, mboxrd, mboxcl; or a folder of such files
	Maildir ArchiveKind = "maildir" // a file for each mail, in cur and new; with sub-folders
	EML     ArchiveKind = "eml"     // one mail in a file, or a folder of such files
)

// Archive is mail that lies in files, without a server. It is a source like a
// mailbox, but it has no cursor: it is read from its beginning each time, and
// what is known already is kept once.
type Archive struct {
	// Mailbox is where its mails are kept, an imported one.
	Mailbox data.Mailbox
	Kind    ArchiveKind
	Path    string
	// Limits bound memory and batches; Count, Bytes and Whole are used.
	Limits Limits
}

// OpenArchive finds an archive, and refuses a path that holds no mail of that
// kind. A name that is "" is the file's or folder's, without its ending. Its
// errors are *data.Invalid for what it was told, and *data.Problem for what it
// found.
func OpenArchive(kind ArchiveKind, path, name string) (Archive, error) {
	a := Archive{Kind: kind, Path: path}
	abs, err := filepath.Abs(path)
	if err == nil {
		abs, err = filepath.EvalSymlinks(abs)
	}
	if err != nil {
		return a, a.problem(err)
	}
	if a.Mailbox.Address = name; name == "" {
		a.Mailbox.Address = nameOf(filepath.Base(abs))
	}
	a.Mailbox = a.Mailbox.Tidy()
	if err := a.Mailbox.Check(); err != nil {
		return a, err
	}
	if a.Path = abs; kind != Mbox && kind != Maildir && kind != EML {
		return a, &data.Invalid{Field: "kind", Says: "mail is imported from mbox, maildir or eml"}
	}
	return a, a.look(path)
}

// nameOf is what an archive is called after its file. An @ would make it look
// like a mailbox on a server.
func nameOf(file string) string {
	if ext := filepath.Ext(file); ext != file {
		switch strings.ToLower(ext) {
		case ".mbox", ".mbx", ".eml", ".maildir":
			file = strings.TrimSuffix(file, ext)
		}
	}
	return strings.ReplaceAll(file, "@", " at ")
}

// look says whether there is a mail at all, in words about the path as it was
// typed.
func (a Archive) look(typed string) error {
	info, err := os.Stat(a.Path)
	if err != nil {
		return a.problem(err)
	}
	none := data.NoMail
	switch {
	case a.Kind == Maildir && !holdsMaildir(a.Path):
		return &data.Problem{Kind: data.NotMaildir, About: typed}
	case info.IsDir():
	case !info.Mode().IsRegular():
		return &data.Problem{Kind: data.NoFile, About: typed}
	case a.Kind == Mbox && info.Size() > 0:
		none = data.NotMbox
	case a.Kind == EML && info.Size() > 0:
		none = data.NotMail
	}
	found, err := a.holdsMail()
	if err != nil {
		return &data.Problem{Kind: data.Forbidden, About: typed, Cause: err}
	}
	if !found {
		return &data.Problem{Kind: none, About: typed}
	}
	return nil
}

func (a Archive) problem(err error) error {
	kind := data.Forbidden
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, errNotDir) {
		kind = data.NoFile
	}
	return &data.Problem{Kind: kind, About: a.Path, Cause: err}
}

// Name is the archive's name in the ledger.
func (a Archive) Name() string { return a.Mailbox.SourceName() }

// Fetch reads every mail, folder by folder, and hands them to emit in batches.
// A file that cannot be read is a remark in its folder's batch, and the others
// go on. Its errors are those of emit and ctx, and *data.Problem.
func (a Archive) Fetch(ctx context.Context, _ string, emit func(data.Batch) error) error {
	a.Limits = Source{Limits: a.Limits}.withDefaults().Limits
	drawers, err := a.drawers(ctx)
	if err != nil {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		return a.problem(err)
	}
	in := intake{Archive: a, emit: emit}
	for _, d := range drawers {
		in.total += d.count()
	}
	for _, d := range drawers {
		if err := in.empty(ctx, d); err != nil {
			return err
		}
	}
	return nil
}

// drawer is one folder of an archive: where its mails lie, not the mails.
type drawer struct {
	name  string
	files []string // a mail in each
	mbox  string   // or a file that holds all of them
	spans []span
	odd   []string
}

func (d drawer) count() int { return len(d.files) + len(d.spans) }

// intake is one reading of an archive.
type intake struct {
	Archive
	emit        func(data.Batch) error
	done, total int
	buf         bytes.Buffer // one mail's bytes at a time
}

// empty reads one folder to its end.
func (in *intake) empty(ctx context.Context, d drawer) error {
	b := data.Batch{Odd: d.odd}
	bytes := int64(0)
	hand := func() error {
		b.Mailbox, b.Folder, b.OnServer, b.Done, b.Total = in.Mailbox.ID, d.name, d.count(), in.done, in.total
		err := in.emit(b)
		b, bytes = data.Batch{}, 0
		return err
	}
	for f, err := range in.each(d) {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		in.done++
		var m data.Message
		if err == nil {
			m, err = in.read(f.from, f.came)
		}
		if err != nil {
			b.Odd = append(b.Odd, "a mail could not be read: "+reasonOf(err))
			continue
		}
		b.Arrived = append(b.Arrived, data.Arrival{Message: m, Location: in.place(d.name, m.ID)})
		bytes += min(m.Size, in.Limits.Whole)
		if len(b.Arrived) >= in.Limits.Count || bytes >= in.Limits.Bytes {
			if err := hand(); err != nil {
				return err
			}
		}
	}
	return hand()
}

// place is where an imported mail lies. Files have no UIDs, and a mail's number
// in its file changes when the file does, so both numbers come from the mail's
// bytes: 64 bits that it keeps in whatever order and however often it comes. So
// importing again moves and detaches nothing.
func (in *intake) place(folder, id string) data.Location {
	var sum [8]byte
	if b, err := hex.DecodeString(id); err == nil {
		copy(sum[:], b)
	}
	return data.Location{
		Mailbox: in.Mailbox.ID, Folder: folder,
		UIDValidity: binary.BigEndian.Uint32(sum[:4]), UID: binary.BigEndian.Uint32(sum[4:]),
	}
}

// filed is a mail in a file, as it is read. Its date, where the mail says none, is
// the file's.
type filed struct {
	from io.Reader
	size int64 // at most; of a file that holds one mail, exactly
	came time.Time
}

// each yields the mails of a folder, each to be read before the next is asked
// for.
func (in *intake) each(d drawer) iter.Seq2[filed, error] {
	if d.mbox != "" {
		return in.eachOfMbox(d)
	}
	return func(yield func(filed, error) bool) {
		for _, path := range d.files {
			if !in.mailIn(path, yield) {
				return
			}
		}
	}
}

var errEmptyFile = errors.New("the file is empty")

// mailIn opens a file that holds one mail.
func (in *intake) mailIn(path string, yield func(filed, error) bool) bool {
	f, err := os.Open(path)
	if err != nil {
		return yield(filed{}, err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err == nil && info.Size() == 0 {
		err = errEmptyFile
	}
	if err != nil {
		return yield(filed{}, err)
	}
	return yield(filed{f, info.Size(), info.ModTime()}, nil)
}

// read reads one mail. Of one that is larger than is read whole, the bytes are
// counted and hashed as they pass, and its beginning is parsed.
func (in *intake) read(from io.Reader, came time.Time) (data.Message, error) {
	in.buf.Reset()
	if _, err := in.buf.ReadFrom(io.LimitReader(from, in.Limits.Whole+1)); err != nil {
		return data.Message{}, err
	}
	raw := in.buf.Bytes()
	if int64(len(raw)) <= in.Limits.Whole {
		return ownDate(mime.Parse(raw, came)), nil
	}
	h := sha256.New()
	h.Write(raw)
	more, err := io.Copy(h, from)
	if err != nil {
		return data.Message{}, err
	}
	m := ownDate(mime.Parse(raw[:min(2*cutBytes, len(raw))], came))
	m.ID, m.Size, m.TextCut = hex.EncodeToString(h.Sum(nil)), int64(len(raw))+more, true
	m.Odd = append(m.Odd, data.OddBeginning)
	return m, nil
}

// ownDate says of a date that was not the mail's own that no server gave it.
func ownDate(m data.Message) data.Message {
	for i, odd := range m.Odd {
		m.Odd[i] = strings.Replace(odd, "the server's date is used", "the date of its file is used", 1)
	}
	return m
}

// reasonOf is why a file could not be read, without its path, so that reasons
// can be counted.
func reasonOf(err error) string {
	var about *fs.PathError
	if errors.As(err, &about) {
		err = about.Err
	}
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return "the file became shorter while it was read"
	}
	return err.Error()
}
