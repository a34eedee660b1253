package mail

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"

	"rapport/data"
)

// mode is how mails are asked for. The zero mode serves most servers; the others
// are for servers that were seen to need them.
type mode struct {
	bySequence bool // the UID comes after the mail or not at all: ask by number
	blind      bool // no header lines: they break the answer, or the server refuses them
	bare       bool // nothing but the mail: FLAGS, INTERNALDATE or RFC822.SIZE break the answer
}

// raw is a mail as it came. head and body are parts of a mail too large to be
// read whole.
type raw struct {
	uid       imap.UID
	came      time.Time
	size      int64
	sized     bool // the server said so
	flags     data.Flags
	flagged   bool // flags came
	whole     []byte
	head      []byte
	body      []byte
	parsed    *data.Message // of a mail whose bytes were let go
	tooLarge  bool
	cutAnswer bool
}

// glance is what mails are before they are read: their sizes, as the server counts
// them, and with lines the few header lines by which a mail is known again.
func (s *session) glance(set imap.UIDSet, lines bool) ([]raw, error) {
	options := &imap.FetchOptions{UID: true, RFC822Size: true}
	if lines {
		options.Flags = true
		options.BodySection = []*imap.FetchItemBodySection{{
			Peek: true, Specifier: imap.PartSpecifierHeader, HeaderFields: tellingLines,
		}}
	}
	return s.collectUpTo(set, nil, options, bounds{one: maxTelling})
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

// whole fetches mails whole; one whose literal is larger than is read whole comes
// back as too large. Mails that came complete are returned beside an error. When
// much has come, it is parsed and let go before more is taken.
func (s *session) whole(set imap.UIDSet, m mode) ([]raw, error) {
	limits := s.source.Limits
	return s.bodies(set, m, bounds{one: limits.Whole, held: limits.Bytes}, &imap.FetchItemBodySection{Peek: true})
}

// beginning fetches the header and the first bytes of the text of large mails.
func (s *session) beginning(set imap.UIDSet, m mode) ([]raw, error) {
	part := &imap.SectionPartial{Size: cutBytes}
	return s.bodies(set, m, bounds{one: 2 * cutBytes},
		&imap.FetchItemBodySection{Peek: true, Specifier: imap.PartSpecifierHeader, Partial: part},
		&imap.FetchItemBodySection{Peek: true, Specifier: imap.PartSpecifierText, Partial: part})
}

// cutBytes is how much of a large mail's header and of its text is read. It is
// part of such a mail's identity, so it never changes.
const cutBytes = 256 << 10

// bounds are in bytes.
type bounds struct {
	one  int64 // a literal above this is too large; 0: none is
	held int64 // when more than this has come it is parsed at once; 0: never
}

// wholeBehind asks for mails whole before what was asked earlier is answered; what it
// returns takes the answer, in a goroutine of its own.
func (s *session) wholeBehind(set imap.UIDSet) (take func() ([]raw, error)) {
	limits := s.source.Limits
	answer := s.send(set, bodyOptions(mode{}, &imap.FetchItemBodySection{Peek: true}))
	return func() ([]raw, error) {
		got, err := s.gather(answer, nil, bounds{one: limits.Whole, held: limits.Bytes})
		return complete(got, set, 1), err
	}
}

func bodyOptions(m mode, sections ...*imap.FetchItemBodySection) *imap.FetchOptions {
	return &imap.FetchOptions{UID: true, Flags: !m.bare, InternalDate: !m.bare, RFC822Size: !m.bare, BodySection: sections}
}

func (s *session) bodies(set imap.UIDSet, m mode, limit bounds, sections ...*imap.FetchItemBodySection) ([]raw, error) {
	options := bodyOptions(m, sections...)
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
	return complete(got, set, len(sections)), err
}

// complete are those of a set that came in all their sections, or are too large to.
func complete(got []raw, set imap.UIDSet, sections int) (list []raw) {
	for _, r := range got {
		whole := r.parsed != nil || r.isWhole() || sections == 2 && r.head != nil && r.body != nil
		if (whole && !r.cutAnswer || r.tooLarge) && set.Contains(r.uid) {
			list = append(list, r)
		}
	}
	return list
}

// isWhole says whether a mail came, and not nothing instead of it.
func (r raw) isWhole() bool { return len(r.whole) > 0 || r.whole != nil && r.sized && r.size == 0 }

// sequence maps message numbers to UIDs, as they are until something is expunged.
func (s *session) sequence(set imap.UIDSet) (map[uint32]imap.UID, error) {
	numbers := map[uint32]imap.UID{}
	err := s.send(set, &imap.FetchOptions{UID: true})(0, func(number uint32, r raw) {
		if r.uid != 0 {
			numbers[number] = r.uid
		}
	})
	return numbers, err
}

func (s *session) collect(set imap.NumSet, names map[uint32]imap.UID, options *imap.FetchOptions) ([]raw, error) {
	return s.collectUpTo(set, names, options, bounds{})
}

// collectUpTo fetches, and gives each mail the UID that its number stands for
// where it came without.
func (s *session) collectUpTo(set imap.NumSet, names map[uint32]imap.UID, options *imap.FetchOptions, limit bounds) ([]raw, error) {
	return s.gather(s.send(set, options), names, limit)
}

// gather is collectUpTo of what was asked.
func (s *session) gather(answer fetching, names map[uint32]imap.UID, limit bounds) ([]raw, error) {
	var got, nameless []raw
	var held int64
	err := answer(limit.one, func(number uint32, r raw) {
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
		if held += int64(len(r.whole)); limit.held > 0 && held > limit.held {
			letGo(got)
			letGo(nameless)
			held = 0
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

// letGo parses mails, so that their bytes need not be held.
func letGo(mails []raw) {
	for i, m := range mails {
		if m.isWhole() && !m.cutAnswer {
			msg := m.message()
			mails[i].parsed, mails[i].whole = &msg, nil
		}
	}
}

func setOf(names map[uint32]imap.UID) imap.UIDSet {
	return imap.UIDSetNum(slices.Collect(maps.Values(names))...)
}

// fetching takes what one FETCH brings and calls yield for every mail in it. It must be
// called, once.
type fetching func(limit int64, yield func(uint32, raw)) error

// send sends one FETCH. One goroutine reads one FETCH to its end; two read in turn by
// one would wait for each other.
func (s *session) send(set imap.NumSet, options *imap.FetchOptions) fetching {
	answered := s.wire.expect()
	cmd := s.client.Fetch(set, options)
	return func(limit int64, yield func(uint32, raw)) error {
		defer answered()
		for msg := cmd.Next(); msg != nil; msg = cmd.Next() {
			yield(msg.SeqNum, s.read(msg, limit))
		}
		return s.heed(s.explain(cmd.Close()))
	}
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
			r.size, r.sized = item.Size, true
		case imapclient.FetchItemDataFlags:
			r.flags, r.flagged = flagsOf(item.Flags), true
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

func flagsOf(flags []imap.Flag) data.Flags {
	names := make([]string, len(flags))
	for i, f := range flags {
		names[i] = string(f)
	}
	return data.FlagsOf(names)
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

// readLiteral takes the memory for a long literal once its first part has come,
// so that a server's word alone takes none.
func readLiteral(lit imap.LiteralReader) ([]byte, error) {
	const first = 1 << 20
	size := lit.Size()
	b := make([]byte, min(size, first))
	n, err := io.ReadFull(lit, b)
	if err == nil && size > first {
		b = append(make([]byte, 0, size), b...)[:size]
		var more int
		more, err = io.ReadFull(lit, b[first:])
		n += more
	}
	if err != nil {
		return nil, fmt.Errorf("%w: %d of %d bytes", errShort, n, size)
	}
	return b, nil
}
