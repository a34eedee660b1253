package mail

import (
	"context"
	"errors"
	"net"
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
	raw    net.Conn
	source Source
	stop   func() bool // lets go of the context that it ends with
	news   *news
	caps   imap.CapSet
	open   string // the folder that is open
}

func (s *session) close() {
	_ = s.wire.Close()   // whatever it waited for is given up
	_ = s.client.Close() // waits for the library's reader; the wire knows why it ended
	s.stop()
}

// bind makes the session end with ctx, and with no other context.
func (s *session) bind(ctx context.Context) {
	s.stop()
	s.stop = context.AfterFunc(ctx, func() { _ = s.raw.Close() })
}

// isOver says whether the connection has ended.
func (s *session) isOver() bool {
	select {
	case <-s.client.Closed():
		return true
	default:
		return false
	}
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
	return v, s.heed(s.explain(err))
}

// statusWanted are the facts by which a folder that did not change is known.
func (s *session) statusWanted() *imap.StatusOptions {
	return &imap.StatusOptions{NumMessages: true, UIDNext: true, UIDValidity: true, HighestModSeq: s.has(imap.CapCondStore)}
}

// list is every folder, with its state where the server gives it in passing.
func (s *session) list() ([]*imap.ListData, error) {
	var options *imap.ListOptions
	if s.has(imap.CapListExtended) {
		options = &imap.ListOptions{ReturnSpecialUse: s.has(imap.CapSpecialUse)}
		if s.has(imap.CapListStatus) {
			options.ReturnStatus = s.statusWanted()
		}
	}
	return ask(s, func() ([]*imap.ListData, error) { return s.client.List("", "*", options).Collect() })
}

// status asks for the state of a folder that is not open.
func (s *session) status(folder string) (*imap.StatusData, error) {
	return ask(s, func() (*imap.StatusData, error) { return s.client.Status(folder, s.statusWanted()).Wait() })
}

// examine opens a folder for reading.
func (s *session) examine(folder string) (*imap.SelectData, error) {
	s.open = ""
	state, err := ask(s, func() (*imap.SelectData, error) { return s.client.Select(folder, s.readOnly()).Wait() })
	if err == nil {
		s.open = folder
	}
	return state, err
}

func (s *session) readOnly() *imap.SelectOptions {
	return &imap.SelectOptions{ReadOnly: true, CondStore: s.has(imap.CapCondStore)}
}

// search is the UIDs that fit, as ranges where the server can.
func (s *session) search(criteria *imap.SearchCriteria) (imap.UIDSet, error) {
	return ask(s, func() (imap.UIDSet, error) { return uidsOf(s.client.UIDSearch(criteria, s.ranges())) })
}

// ranges asks for a search's answer as ranges where the server can.
func (s *session) ranges() *imap.SearchOptions {
	if s.has(imap.CapESearch) {
		return &imap.SearchOptions{ReturnAll: true}
	}
	return nil
}

// uidsOf waits for the UIDs that a search finds.
func uidsOf(cmd *imapclient.SearchCommand) (imap.UIDSet, error) {
	found, err := cmd.Wait()
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
