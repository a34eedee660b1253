package mail

import (
	"errors"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"

	"rapport/data"
)

// session is one connection that has signed in. Its methods may be called from
// several goroutines once a folder is open. An error is *lost when the
// connection is gone, *imap.Error when the server said no and goes on.
type session struct {
	client *imapclient.Client
	wire   *wire
	source Source
	stop   func() bool
	caps   imap.CapSet
	open   string // the folder that is open
}

func (s *session) close() {
	_ = s.wire.Close()   // whatever it waited for is given up
	_ = s.client.Close() // waits for the library's reader; the wire knows why it ended
	s.stop()
}

// bye signs out without waiting for the answer.
func (s *session) bye() {
	s.client.Logout()
	s.close()
}

// has says whether the server has an extension, by name or as a part of
// IMAP4rev2.
func (s *session) has(ext imap.Cap) bool { return s.caps.Has(ext) }

// explain turns an error of the library into one of ours.
func (s *session) explain(err error) error {
	if err == nil || errors.As(err, new(*imap.Error)) || errors.As(err, new(*data.Problem)) {
		return err
	}
	goodbye, cause := s.wire.fate()
	l := &lost{how: malformed, goodbye: hide(goodbye, s.source.Mailbox.User), cause: err}
	switch {
	case cause == nil, errors.Is(cause, errTooLong):
		if goodbye != "" {
			l.how = dropped
		}
	case isTimeout(cause):
		l.how = silent
	default:
		l.how = dropped
	}
	return l
}

// ask runs one command while the server owes its answer.
func ask[T any](s *session, command func() (T, error)) (T, error) {
	answered := s.wire.expect()
	defer answered()
	v, err := command()
	return v, s.explain(err)
}

var statusWanted = imap.StatusOptions{NumMessages: true, UIDNext: true, UIDValidity: true}

// list is every folder, with its state where the server gives it in passing.
func (s *session) list() ([]*imap.ListData, error) {
	var options *imap.ListOptions
	if s.has(imap.CapListExtended) {
		options = &imap.ListOptions{ReturnSpecialUse: s.has(imap.CapSpecialUse)}
		if s.has(imap.CapListStatus) {
			options.ReturnStatus = &statusWanted
		}
	}
	return ask(s, func() ([]*imap.ListData, error) { return s.client.List("", "*", options).Collect() })
}

// status asks for the state of a folder that is not open.
func (s *session) status(folder string) (*imap.StatusData, error) {
	return ask(s, func() (*imap.StatusData, error) { return s.client.Status(folder, &statusWanted).Wait() })
}

// examine opens a folder for reading.
func (s *session) examine(folder string) (*imap.SelectData, error) {
	s.open = ""
	state, err := ask(s, func() (*imap.SelectData, error) {
		return s.client.Select(folder, &imap.SelectOptions{ReadOnly: true}).Wait()
	})
	if err == nil {
		s.open = folder
	}
	return state, err
}

// search is the UIDs that fit, as ranges where the server can.
func (s *session) search(criteria *imap.SearchCriteria) (imap.UIDSet, error) {
	var options *imap.SearchOptions
	if s.has(imap.CapESearch) {
		options = &imap.SearchOptions{ReturnAll: true}
	}
	found, err := ask(s, func() (*imap.SearchData, error) { return s.client.UIDSearch(criteria, options).Wait() })
	if err != nil {
		return nil, err
	}
	set, ok := found.All.(imap.UIDSet)
	if !ok || set.Dynamic() {
		return nil, nil
	}
	return set, nil
}

// searchSince narrows a search to mails that came on or after the day; the zero
// time does not narrow it.
func searchSince(day time.Time, uids ...imap.UIDSet) *imap.SearchCriteria {
	return &imap.SearchCriteria{Since: day, UID: uids}
}
