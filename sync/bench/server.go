package bench

import (
	"bytes"
	"crypto/rand"
	"errors"
	"io"
	"net"
	"sync"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"

	"rapport/data"
)

// Loopback is a server on this laptop that hands out a corpus, and changes
// nothing. It reads the mail from a file for each answer.
type Loopback struct {
	Server

	spool *spool
	imap  *imapserver.Server
	ended sync.WaitGroup
}

// Serve starts a server with a corpus, which it writes into dir first.
func Serve(dir string, c Corpus) (*Loopback, error) {
	s, err := newSpool(dir, c)
	if err != nil {
		return nil, err
	}
	listener, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		s.file.Close()
		return nil, err
	}
	address := listener.Addr().(*net.TCPAddr)
	l := &Loopback{spool: s, Server: Server{
		Host: address.IP.String(), Port: address.Port, Security: data.Plain, User: "bench", Password: rand.Text(),
	}}
	l.imap = imapserver.New(&imapserver.Options{
		NewSession: func(*imapserver.Conn) (imapserver.Session, *imapserver.GreetingData, error) {
			return &session{of: l}, nil, nil
		},
		Caps: imap.CapSet{
			imap.CapIMAP4rev1: {}, imap.CapESearch: {}, imap.CapListExtended: {}, imap.CapListStatus: {}, imap.CapSpecialUse: {},
		},
		InsecureAuth: true, // the connection never leaves this laptop
		Logger:       silence{},
	})
	l.ended.Go(func() { l.imap.Serve(listener) })
	return l, nil
}

// Close ends the server and its connections. The file stays for whoever made the
// folder.
func (l *Loopback) Close() error {
	err := l.imap.Close()
	l.ended.Wait()
	return errors.Join(err, l.spool.file.Close())
}

// Bytes is how much mail it holds.
func (l *Loopback) Bytes() int64 { return l.spool.size }

// silence is a log that nobody reads.
type silence struct{}

// Printf forgets.
func (silence) Printf(string, ...any) {}

// session is one connection. What reading a mailbox does not need it refuses.
type session struct {
	of       *Loopback
	selected *box
}

var errReadOnly = &imap.Error{Type: imap.StatusResponseTypeNo, Code: imap.ResponseCodeNoPerm, Text: "This mailbox is only read"}

var errNoFolder = &imap.Error{Type: imap.StatusResponseTypeNo, Code: imap.ResponseCodeNonExistent, Text: "No such folder"}

const delimiter = '/'

// Login lets in who has the password.
func (s *session) Login(user, password string) error {
	if user != s.of.User || password != s.of.Password {
		return imapserver.ErrAuthFailed
	}
	return nil
}

// Select opens a folder.
func (s *session) Select(name string, _ *imap.SelectOptions) (*imap.SelectData, error) {
	b := s.of.spool.box(name)
	if b == nil {
		return nil, errNoFolder
	}
	s.selected = b
	return &imap.SelectData{
		Flags: []imap.Flag{imap.FlagSeen}, NumMessages: uint32(len(b.mails)), UIDNext: imap.UID(len(b.mails) + 1), UIDValidity: 1,
	}, nil
}

// Unselect closes the folder.
func (s *session) Unselect() error { s.selected = nil; return nil }

// List writes the folders that fit.
func (s *session) List(w *imapserver.ListWriter, ref string, patterns []string, options *imap.ListOptions) error {
	for _, b := range s.of.spool.boxes {
		for _, p := range patterns {
			if !imapserver.MatchList(b.name, delimiter, ref, p) {
				continue
			}
			line := &imap.ListData{Mailbox: b.name, Delim: delimiter}
			if b.name == "Sent" {
				line.Attrs = []imap.MailboxAttr{imap.MailboxAttrSent}
			}
			if options.ReturnStatus != nil {
				line.Status = b.status()
			}
			if err := w.WriteList(line); err != nil {
				return err
			}
			break
		}
	}
	return nil
}

// Status says how a folder stands.
func (s *session) Status(name string, _ *imap.StatusOptions) (*imap.StatusData, error) {
	b := s.of.spool.box(name)
	if b == nil {
		return nil, errNoFolder
	}
	return b.status(), nil
}

func (b *box) status() *imap.StatusData {
	n := uint32(len(b.mails))
	return &imap.StatusData{Mailbox: b.name, NumMessages: &n, UIDNext: imap.UID(n + 1), UIDValidity: 1}
}

// Search finds by UID and by the day on which a mail came.
func (s *session) Search(_ imapserver.NumKind, criteria *imap.SearchCriteria, _ *imap.SearchOptions) (*imap.SearchData, error) {
	var found imap.UIDSet
	for i, m := range s.selected.mails {
		uid, fits := imap.UID(i+1), criteria.Since.IsZero() || !m.time().Before(criteria.Since)
		for _, set := range criteria.UID {
			fits = fits && set.Contains(uid)
		}
		if fits {
			found.AddNum(uid)
		}
	}
	return &imap.SearchData{All: found}, nil
}

// Fetch hands out mails of the folder that is open.
func (s *session) Fetch(w *imapserver.FetchWriter, set imap.NumSet, options *imap.FetchOptions) error {
	n := uint32(len(s.selected.mails))
	for _, r := range ranges(set) {
		start, stop := r[0], r[1]
		if stop == 0 || stop > n {
			stop = n
		}
		for i := max(start, 1); i <= stop; i++ {
			if err := s.fetch(w, i, options); err != nil {
				return err
			}
		}
	}
	return nil
}

// ranges are the ends of a set's parts; UIDs and numbers are the same here.
func ranges(set imap.NumSet) (list [][2]uint32) {
	switch set := set.(type) {
	case imap.UIDSet:
		for _, r := range set {
			list = append(list, [2]uint32{uint32(r.Start), uint32(r.Stop)})
		}
	case imap.SeqSet:
		for _, r := range set {
			list = append(list, [2]uint32{r.Start, r.Stop})
		}
	}
	return list
}

func (s *session) fetch(w *imapserver.FetchWriter, n uint32, options *imap.FetchOptions) error {
	m := s.selected.mails[n-1]
	out := w.CreateMessage(n)
	if options.UID {
		out.WriteUID(imap.UID(n))
	}
	if options.Flags {
		var flags []imap.Flag
		if m.seen {
			flags = append(flags, imap.FlagSeen)
		}
		out.WriteFlags(flags)
	}
	if options.InternalDate {
		out.WriteInternalDate(m.time())
	}
	if options.RFC822Size {
		out.WriteRFC822Size(m.size)
	}
	for _, section := range options.BodySection {
		if err := s.body(out, m, section); err != nil {
			return err
		}
	}
	return out.Close()
}

func (s *session) body(out *imapserver.FetchResponseWriter, m spooled, section *imap.FetchItemBodySection) error {
	from, size := s.of.spool.open(m), m.size
	if section.Specifier != imap.PartSpecifierNone || len(section.Part) > 0 || section.Partial != nil {
		raw, err := s.of.spool.raw(m)
		if err != nil {
			return err
		}
		part := imapserver.ExtractBodySection(bytes.NewReader(raw), section)
		from, size = bytes.NewReader(part), int64(len(part))
	}
	literal := out.WriteBodySection(section, size)
	_, err := io.Copy(literal, from)
	return errors.Join(err, literal.Close())
}

// Close ends the connection.
func (s *session) Close() error { return nil }

// Poll has nothing to tell: nothing changes here.
func (s *session) Poll(*imapserver.UpdateWriter, bool) error { return nil }

// Idle waits until the client has enough.
func (s *session) Idle(_ *imapserver.UpdateWriter, stop <-chan struct{}) error { <-stop; return nil }

// Create and the rest are refused: this server is only read.
func (s *session) Create(string, *imap.CreateOptions) error { return errReadOnly }

// Delete is refused.
func (s *session) Delete(string) error { return errReadOnly }

// Rename is refused.
func (s *session) Rename(string, string, *imap.RenameOptions) error { return errReadOnly }

// Subscribe is refused.
func (s *session) Subscribe(string) error { return errReadOnly }

// Unsubscribe is refused.
func (s *session) Unsubscribe(string) error { return errReadOnly }

// Append is refused.
func (s *session) Append(string, imap.LiteralReader, *imap.AppendOptions) (*imap.AppendData, error) {
	return nil, errReadOnly
}

// Expunge is refused.
func (s *session) Expunge(*imapserver.ExpungeWriter, *imap.UIDSet) error { return errReadOnly }

// Store is refused.
func (s *session) Store(*imapserver.FetchWriter, imap.NumSet, *imap.StoreFlags, *imap.StoreOptions) error {
	return errReadOnly
}

// Copy is refused.
func (s *session) Copy(imap.NumSet, string) (*imap.CopyData, error) { return nil, errReadOnly }
