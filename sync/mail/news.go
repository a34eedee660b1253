package mail

import (
	"sync"

	"github.com/emersion/go-imap/v2/imapclient"
)

// news is what a server tells of the open folder without being asked.
type news struct {
	bell chan struct{} // holds one while something is told that was not taken

	mu   sync.Mutex
	held tidings
}

// tidings are what was told since they were taken last.
type tidings struct {
	exists  *uint32 // how many mails there are; nil: not said
	changed bool    // mails went or were flagged
}

func newNews() *news { return &news{bell: make(chan struct{}, 1)} }

// take empties it.
func (n *news) take() tidings {
	n.mu.Lock()
	defer n.mu.Unlock()
	select {
	case <-n.bell:
	default:
	}
	held := n.held
	n.held = tidings{}
	return held
}

func (n *news) tell(put func(*tidings)) {
	n.mu.Lock()
	defer n.mu.Unlock()
	put(&n.held)
	select {
	case n.bell <- struct{}{}:
	default:
	}
}

// handler listens on a connection. It never waits.
func (n *news) handler() *imapclient.UnilateralDataHandler {
	changed := func(t *tidings) { t.changed = true }
	return &imapclient.UnilateralDataHandler{
		Mailbox: func(told *imapclient.UnilateralDataMailbox) {
			if count := told.NumMessages; count != nil {
				n.tell(func(t *tidings) { t.exists = count })
			}
		},
		Expunge: func(uint32) { n.tell(changed) },
		Fetch: func(m *imapclient.FetchMessageData) {
			for m.Next() != nil { // the library waits for whoever reads it
			}
			n.tell(changed)
		},
	}
}
