package mail

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
)

// mode is how mails are asked for. The zero mode serves most servers; the others
// are for servers that were seen to need them.
type mode struct {
	bySequence bool // the UID comes after the mail or not at all: ask by number
	bare       bool // nothing but the mail: INTERNALDATE or RFC822.SIZE break the answer
}

// raw is a mail as it came. head and body are parts of a mail too large to be
// read whole.
type raw struct {
	uid       imap.UID
	came      time.Time
	size      int64
	whole     []byte
	head      []byte
	body      []byte
	has       bool // whole, or both parts, are complete
	tooLarge  bool
	cutAnswer bool
}

// sizes are the sizes of mails as the server counts them.
func (s *session) sizes(set imap.UIDSet) (map[imap.UID]int64, error) {
	got, err := s.collect(set, nil, &imap.FetchOptions{UID: true, RFC822Size: true})
	bySize := make(map[imap.UID]int64, len(got))
	for _, m := range got {
		bySize[m.uid] = m.size
	}
	return bySize, err
}

// numbers are the UIDs of every mail in the open folder, by FETCH.
func (s *session) numbers() (imap.UIDSet, error) {
	all := imap.SeqSet{imap.SeqRange{Start: 1}}
	got, err := s.collect(all, nil, &imap.FetchOptions{UID: true})
	var set imap.UIDSet
	for _, m := range got {
		if m.uid != 0 {
			set.AddNum(m.uid)
		}
	}
	return set, err
}

// whole fetches mails whole; one whose literal is larger than limit comes back as
// too large. Mails that came complete are returned beside an error.
func (s *session) whole(set imap.UIDSet, m mode, limit int64) ([]raw, error) {
	return s.bodies(set, m, limit, &imap.FetchItemBodySection{Peek: true})
}

// beginning fetches the header and the first bytes of the text of large mails.
func (s *session) beginning(set imap.UIDSet, m mode) ([]raw, error) {
	part := &imap.SectionPartial{Size: cutBytes}
	return s.bodies(set, m, 2*cutBytes,
		&imap.FetchItemBodySection{Peek: true, Specifier: imap.PartSpecifierHeader, Partial: part},
		&imap.FetchItemBodySection{Peek: true, Specifier: imap.PartSpecifierText, Partial: part})
}

// cutBytes is how much of a large mail's header and of its text is read. It is
// part of such a mail's identity, so it never changes.
const cutBytes = 256 << 10

func (s *session) bodies(set imap.UIDSet, m mode, limit int64, sections ...*imap.FetchItemBodySection) ([]raw, error) {
	options := &imap.FetchOptions{UID: true, InternalDate: !m.bare, RFC822Size: !m.bare, BodySection: sections}
	var asked imap.NumSet = set
	var names map[uint32]imap.UID
	if m.bySequence {
		var err error
		if names, err = s.sequence(set); err != nil {
			return nil, err
		}
		if len(names) == 0 {
			return nil, nil
		}
		var numbers imap.SeqSet
		for n := range names {
			numbers.AddNum(n)
		}
		asked = numbers
	}
	got, err := s.collectUpTo(asked, names, options, limit)
	var complete []raw
	for _, r := range got {
		whole := len(sections) == 1 && r.whole != nil && (len(r.whole) > 0 || r.size == 0) || len(sections) == 2 && r.head != nil && r.body != nil
		if r.has = whole && !r.cutAnswer; (r.has || r.tooLarge) && set.Contains(r.uid) {
			complete = append(complete, r)
		}
	}
	return complete, err
}

// sequence maps message numbers to UIDs, as they are until something is expunged.
func (s *session) sequence(set imap.UIDSet) (map[uint32]imap.UID, error) {
	numbers := map[uint32]imap.UID{}
	_, err := s.each(set, &imap.FetchOptions{UID: true}, 0, func(number uint32, r raw) {
		if r.uid != 0 {
			numbers[number] = r.uid
		}
	})
	return numbers, err
}

func (s *session) collect(set imap.NumSet, names map[uint32]imap.UID, options *imap.FetchOptions) ([]raw, error) {
	return s.collectUpTo(set, names, options, 0)
}

// collectUpTo fetches, and gives each mail the UID that its number stands for
// where it came without.
func (s *session) collectUpTo(set imap.NumSet, names map[uint32]imap.UID, options *imap.FetchOptions, limit int64) ([]raw, error) {
	var got, nameless []raw
	_, err := s.each(set, options, limit, func(number uint32, r raw) {
		name, known := names[number]
		switch {
		case known && r.uid == 0:
			r.uid = name
			nameless = append(nameless, r)
		case !known && len(names) > 0, known && r.uid != name:
			// numbers have moved: nobody asked for this one
		default:
			got = append(got, r)
		}
	})
	if len(nameless) == 0 || err != nil {
		return got, err
	}
	// Numbers mean the same mails only while nothing was expunged.
	after, err := s.sequence(setOf(names))
	if err == nil && maps.Equal(names, after) {
		got = append(got, nameless...)
	}
	return got, err
}

func setOf(names map[uint32]imap.UID) imap.UIDSet {
	return imap.UIDSetNum(slices.Collect(maps.Values(names))...)
}

// each runs one FETCH and calls yield for every mail in the answer. One goroutine
// reads one FETCH to its end; two read in turn by one would wait for each other.
func (s *session) each(set imap.NumSet, options *imap.FetchOptions, limit int64, yield func(uint32, raw)) (struct{}, error) {
	return ask(s, func() (struct{}, error) {
		cmd := s.client.Fetch(set, options)
		for msg := cmd.Next(); msg != nil; msg = cmd.Next() {
			yield(msg.SeqNum, s.read(msg, limit))
		}
		return struct{}{}, cmd.Close()
	})
}

func (s *session) read(msg *imapclient.FetchMessageData, limit int64) raw {
	var r raw
	for item := msg.Next(); item != nil; item = msg.Next() {
		switch item := item.(type) {
		case imapclient.FetchItemDataUID:
			r.uid = item.UID
		case imapclient.FetchItemDataInternalDate:
			r.came = item.Time
		case imapclient.FetchItemDataRFC822Size:
			r.size = item.Size
		case imapclient.FetchItemDataBodySection:
			r.take(item, limit)
			if r.cutAnswer {
				// The library would read on beside its own reader: end that first.
				_ = s.wire.Close()
				_ = s.client.Close() // the wire knows why it ended
			}
		}
	}
	return r
}

var errShort = errors.New("a literal cut short")

// take reads one literal and checks that all of it came: the library ends a
// literal that the connection cut without an error.
func (r *raw) take(item imapclient.FetchItemDataBodySection, limit int64) {
	if item.Literal == nil {
		return
	}
	if limit > 0 && item.Literal.Size() > limit {
		r.tooLarge, r.size = true, max(r.size, item.Literal.Size())
		_, err := io.Copy(io.Discard, item.Literal)
		r.cutAnswer = r.cutAnswer || err != nil
		return
	}
	b, err := readLiteral(item.Literal)
	if err != nil {
		r.cutAnswer = true
		return
	}
	switch item.Section.Specifier {
	case imap.PartSpecifierHeader:
		r.head = b
	case imap.PartSpecifierText:
		r.body = b
	default:
		r.whole = b
	}
}

func readLiteral(lit imap.LiteralReader) ([]byte, error) {
	var buf bytes.Buffer
	buf.Grow(int(min(lit.Size(), 1<<20)) + bytes.MinRead)
	n, err := buf.ReadFrom(lit)
	if err != nil {
		return nil, err
	}
	if n != lit.Size() {
		return nil, fmt.Errorf("%w: %d of %d bytes", errShort, n, lit.Size())
	}
	return buf.Bytes(), nil
}
