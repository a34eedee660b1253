package demo

import (
	"bytes"
	"fmt"
	"net"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"
	"github.com/emersion/go-imap/v2/imapserver/imapmemserver"

	"rapport/data/sample"
)

// mailServer is go-imap's in-memory server with one user.
type mailServer struct {
	server  *imapserver.Server
	folders []sample.Folder
}

func newMailServer(world sample.World, user, password string) (*mailServer, error) {
	if len(world.Folders) == 0 {
		return nil, errNoWorld
	}
	u := imapmemserver.NewUser(user, password)
	for _, f := range world.Folders {
		if err := u.Create(f.Name, nil); err != nil {
			return nil, fmt.Errorf("folder %s: %w", f.Name, err)
		}
	}
	exact := map[string]verbatim{}
	for m := range world.Mail() {
		placed, err := u.Append(m.Folder, literal{bytes.NewReader(m.Raw)}, &imap.AppendOptions{Time: m.At, Flags: flags(m)})
		if err != nil {
			return nil, fmt.Errorf("folder %s: %w", m.Folder, err)
		}
		if differs(m.Raw) {
			if exact[m.Folder] == nil {
				exact[m.Folder] = verbatim{}
			}
			exact[m.Folder][placed.UID] = m
		}
	}
	memory := imapmemserver.New()
	memory.AddUser(u)
	s := &mailServer{folders: world.Folders}
	s.server = imapserver.New(&imapserver.Options{
		NewSession: func(*imapserver.Conn) (imapserver.Session, *imapserver.GreetingData, error) {
			inner, ok := memory.NewSession().(imapserver.SessionIMAP4rev2)
			if !ok {
				return nil, nil, fmt.Errorf("the in-memory server has lost NAMESPACE or MOVE")
			}
			return &session{SessionIMAP4rev2: inner, folders: s.folders, verbatim: exact}, nil, nil
		},
		Caps: imap.CapSet{
			imap.CapIMAP4rev1: {}, imap.CapNamespace: {}, imap.CapUIDPlus: {}, imap.CapESearch: {},
			imap.CapListExtended: {}, imap.CapListStatus: {}, imap.CapMove: {}, imap.CapStatusSize: {}, imap.CapSpecialUse: {},
		},
		InsecureAuth: true, // the connection never leaves this laptop
		Logger:       silence{},
	})
	return s, nil
}

// serve returns when the listener is closed.
func (s *mailServer) serve(l net.Listener) { s.server.Serve(l) }

func (s *mailServer) close() { s.server.Close() }

// session adds to the in-memory server what it lacks: which folder serves what
// purpose (RFC 6154), and mails that come out as they went in.
type session struct {
	imapserver.SessionIMAP4rev2
	folders  []sample.Folder
	verbatim map[string]verbatim // by folder; the same for all sessions, never written
	selected verbatim            // of the selected folder
}

const delimiter = '/'

// List writes the folders that fit, with their special use. All are subscribed.
func (s *session) List(w *imapserver.ListWriter, ref string, patterns []string, options *imap.ListOptions) error {
	if len(patterns) == 0 {
		return w.WriteList(&imap.ListData{Attrs: []imap.MailboxAttr{imap.MailboxAttrNoSelect}, Delim: delimiter})
	}
	for _, f := range s.folders {
		if !fits(f, ref, patterns, options) {
			continue
		}
		list := &imap.ListData{Mailbox: f.Name, Delim: delimiter}
		if f.Use != "" {
			list.Attrs = append(list.Attrs, imap.MailboxAttr(f.Use))
		}
		if options.ReturnStatus != nil {
			status, err := s.Status(f.Name, options.ReturnStatus)
			if err != nil {
				return err
			}
			list.Status = status
		}
		if err := w.WriteList(list); err != nil {
			return err
		}
	}
	return nil
}

func fits(f sample.Folder, ref string, patterns []string, options *imap.ListOptions) bool {
	if options.SelectSpecialUse && f.Use == "" {
		return false
	}
	for _, p := range patterns {
		if imapserver.MatchList(f.Name, delimiter, ref, p) {
			return true
		}
	}
	return false
}

// literal is a mail's bytes as the server takes them.
type literal struct{ *bytes.Reader }

// Size is how many bytes there are.
func (l literal) Size() int64 { return l.Reader.Size() }

// silence is a log that nobody reads.
type silence struct{}

// Printf forgets.
func (silence) Printf(string, ...any) {}
