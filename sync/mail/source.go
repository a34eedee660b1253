package mail

import (
	"context"
	"crypto/x509"
	"errors"
	"log/slog"
	"net"
	"time"

	"rapport/data"
)

// Source reads one mailbox. Mailbox is needed, and of Password and Token the one
// that Mailbox.SignIn asks for; the zero value of every other field is what a
// user wants.
type Source struct {
	Mailbox data.Mailbox
	// Password is asked once for each run.
	Password func(ctx context.Context) (string, error)
	// Token is asked for an access token for each connection, and for another
	// one, once, when the server has refused the one that it names.
	Token func(ctx context.Context, refused string) (string, error)
	// Known says of each of the traits which mail they are of, by its Message.ID,
	// if exactly one that is stored has them, and "" otherwise. Such a mail is not
	// downloaded again where it lies under a new number or in another folder. Nil
	// knows none.
	Known func(ctx context.Context, traits []data.Traits) ([]string, error)
	// Now is the clock that "the last 12 months" is counted from; time.Now if
	// nil.
	Now func() time.Time
	// Log hears of trouble that was got over; nothing if nil.
	Log *slog.Logger
	// RootCAs are whom to trust beside nobody else; the system's if nil.
	RootCAs *x509.CertPool
	// Patience is how long a server may send nothing while it owes an answer;
	// 30 s if 0.
	Patience time.Duration
	// Backoff is the pause before the second attempt to reconnect, doubled for
	// each further one; 1 s if 0.
	Backoff time.Duration
	// Dial opens the TCP connection; net.Dialer's if nil.
	Dial func(ctx context.Context, network, address string) (net.Conn, error)
	// Limits bound memory and batches.
	Limits Limits
}

// Limits are the sizes that a run works with. The zero value of a field is the
// default that its comment names.
type Limits struct {
	First   int   // newest mails of Inbox and Sent that come before all else; 50
	Count   int   // mails in a batch; 100
	Bytes   int64 // bytes in a batch; 8 MiB
	Whole   int64 // a mail above this is read only at its beginning; as the mailbox says
	Pending int   // batches that are under way at once, fewer where they are large; 8
	Newest  int   // mails whose marks are looked at in each run, where a server cannot say what changed; 250
}

// Name is the mailbox's name in the ledger.
func (s Source) Name() string { return s.Mailbox.SourceName() }

// logName is the mailbox's name in logs, which hold no addresses.
func (s Source) logName() string { return "mail:" + s.Mailbox.ID }

// Fetch reads what is new since the cursor, newest first, and hands it to emit in
// batches, each with the cursor that follows it. A run that was cut goes on from
// the last batch that emit accepted. Its errors are those of emit and ctx, and
// *data.Problem for all that is wrong with the server or the way to it.
func (s Source) Fetch(ctx context.Context, since string, emit func(data.Batch) error) error {
	l := NewLine(s)
	defer l.Close()
	return l.Fetch(ctx, since, emit)
}

// errEmit marks an error that came from emit, so that it is handed back as it
// was and never taken for trouble with the server.
var errEmit = errors.New("batch refused")

type emitError struct{ error }

func (e *emitError) Is(target error) bool { return target == errEmit }
func (e *emitError) Unwrap() error        { return e.error }

func (s Source) withDefaults() Source {
	if s.Now == nil {
		s.Now = time.Now
	}
	if s.Log == nil {
		s.Log = slog.New(slog.DiscardHandler)
	}
	s.Patience = or(s.Patience, 30*time.Second)
	s.Backoff = or(s.Backoff, time.Second)
	if s.Dial == nil {
		s.Dial = (&net.Dialer{Timeout: s.Patience}).DialContext
	}
	s.Limits.First = or(s.Limits.First, 50)
	s.Limits.Count = or(s.Limits.Count, 100)
	s.Limits.Bytes = or(s.Limits.Bytes, 8<<20)
	s.Limits.Whole = or(s.Limits.Whole, s.Mailbox.WholeUpTo())
	s.Limits.Pending = or(s.Limits.Pending, 8)
	s.Limits.Newest = or(s.Limits.Newest, 250)
	return s
}

func or[T int | int64 | time.Duration](v, otherwise T) T {
	if v <= 0 {
		return otherwise
	}
	return v
}
