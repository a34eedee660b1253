package mail

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"

	"github.com/emersion/go-imap/v2"

	"rapport/data"
)

// pullBytes is how much of a mail is asked for at once when it is read again.
const pullBytes = 1 << 20

// maxPulled is the size of the largest mail that is read again.
const maxPulled = 256 << 20

// Pull reads a mail again, whole, from one of the places where it lies in this
// mailbox, and changes nothing there. It is handed over only if it is that mail,
// byte for byte: of one of which only the beginning was ever read, if it begins
// so. report, if not nil, hears how many bytes came and how many there are. A cut
// connection costs what was under way. Its errors are ctx's, and *data.Problem:
// of kind MailGone where no place holds the mail any more.
func (s Source) Pull(ctx context.Context, m data.Message, at []data.Location, report func(done, total int64)) ([]byte, error) {
	r := &run{Source: s.withDefaults(), cursor: parseCursor("")}
	defer r.hangUp()
	if err := s.Mailbox.Check(); err != nil {
		return nil, err
	}
	if report == nil {
		report = func(int64, int64) {}
	}
	if m.Size > maxPulled {
		return nil, &data.Problem{Kind: data.MailTooLarge, About: "The mail"}
	}
	if err := r.hello(ctx); err != nil {
		return nil, r.tryError(ctx, err)
	}
	for _, l := range at {
		if l.Mailbox != s.Mailbox.ID {
			continue
		}
		p := pulled{wanted: m, at: l, report: report}
		for _, mode := range []mode{{bare: true}, {bare: true, bySequence: true}} {
			raw, err := p.from(ctx, r, mode)
			if err != nil {
				return nil, r.tryError(ctx, err)
			}
			if raw != nil {
				return raw, nil
			}
		}
	}
	return nil, &data.Problem{Kind: data.MailGone, About: s.Mailbox.Address}
}

// pulled is a mail on its way, with what of it came.
type pulled struct {
	wanted data.Message
	at     data.Location
	report func(done, total int64)
	raw    []byte
}

// from reads the mail in one way of asking; nil where it is not there, or not
// that mail.
func (p *pulled) from(ctx context.Context, r *run, m mode) ([]byte, error) {
	p.raw = []byte{}
	for {
		came := len(p.raw)
		raw, err := p.within(ctx, r.sess, m)
		l, gone := asLost(err)
		if !gone {
			return raw, err
		}
		if len(p.raw) > came {
			r.stuck = 0 // it goes on from there
		}
		if r.stuck >= maxStuckSilent {
			return nil, l
		}
		if err := r.again(ctx, l); err != nil {
			return nil, err
		}
	}
}

// within goes on reading in one session.
func (p *pulled) within(ctx context.Context, s *session, m mode) ([]byte, error) {
	state, err := s.examine(p.at.Folder)
	if err != nil {
		if _, gone := asLost(err); gone {
			return nil, err
		}
		return nil, nil // the folder is gone; the mail may lie in another
	}
	if v := state.UIDValidity; v != p.at.UIDValidity && (v != 0 || p.at.UIDValidity != 1) {
		return nil, nil
	}
	begins, err := p.beginning(s, m)
	if err != nil {
		return nil, err
	}
	for {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		chunk, err := s.chunk(imap.UID(p.at.UID), m, int64(len(p.raw)))
		if err != nil || chunk == nil && len(p.raw) == 0 {
			return nil, err
		}
		p.raw = append(p.raw, chunk...)
		p.report(int64(len(p.raw)), max(p.wanted.Size, int64(len(p.raw))))
		switch {
		case len(p.raw) > maxPulled:
			return nil, &data.Problem{Kind: data.MailTooLarge, About: "The mail"}
		case len(chunk) == 0, len(chunk) > pullBytes, len(chunk) < pullBytes && int64(len(p.raw)) >= p.wanted.Size:
			return p.checked(begins), nil
		}
	}
}

// beginning reads the beginning of a mail of which only that was read before, as
// it was read then; nil of any other.
func (p *pulled) beginning(s *session, m mode) (*raw, error) {
	if !p.wanted.TextCut {
		return nil, nil
	}
	m.bare = false
	got, err := s.beginning(imap.UIDSetNum(imap.UID(p.at.UID)), m)
	if err != nil || len(got) != 1 {
		return nil, ignoreRefusal(err)
	}
	if got[0].size == 0 {
		got[0].size = p.wanted.Size
	}
	if idOfBeginning(got[0].size, got[0].head, got[0].body) != p.wanted.ID {
		return nil, nil
	}
	return &got[0], nil
}

// ignoreRefusal is nil but for a connection that is gone: a server that refuses
// one question may answer the next.
func ignoreRefusal(err error) error {
	if _, gone := asLost(err); gone {
		return err
	}
	return nil
}

// checked is what came if it is the mail, else nil.
func (p *pulled) checked(begins *raw) []byte {
	if data.MessageIDOf(p.raw) == p.wanted.ID {
		return p.raw
	}
	if begins == nil || !bytes.HasPrefix(p.raw, begins.head) {
		return nil
	}
	// The text follows the header, or what was left of a header too long.
	if i := bytes.Index(p.raw[len(begins.head):], begins.body); i == 0 || i > 0 && len(begins.head) == cutBytes {
		return p.raw
	}
	return nil
}

// chunk is the part of a mail that begins at an offset; empty at its end, nil
// where the mail is not there.
func (s *session) chunk(uid imap.UID, m mode, from int64) ([]byte, error) {
	got, err := s.bodies(imap.UIDSetNum(uid), m, bounds{one: maxPulled}, &imap.FetchItemBodySection{
		Peek: true, Partial: &imap.SectionPartial{Offset: from, Size: pullBytes},
	})
	if i := slices.IndexFunc(got, func(r raw) bool { return r.uid == uid }); i >= 0 {
		if got[i].tooLarge {
			return nil, &data.Problem{Kind: data.MailTooLarge, About: "The mail"}
		}
		return append([]byte{}, got[i].whole...), nil
	}
	return nil, err
}

// idOfBeginning is the ID of a mail that is too large to be read whole: its size
// and what is read of it never change, so the same mail has the same ID in every
// folder.
func idOfBeginning(size int64, head, body []byte) string {
	h := sha256.New()
	fmt.Fprintf(h, "beginning of %d bytes\n%d\n", size, len(head))
	h.Write(head)
	h.Write(body)
	return hex.EncodeToString(h.Sum(nil))
}
