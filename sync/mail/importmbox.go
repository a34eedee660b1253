package mail

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"iter"
	"os"
	"strconv"
	"time"

	"rapport/sync/mime"
)

// span is where a mail lies in an mbox file, without the "From " line before it
// and the empty line after it.
type span struct {
	at, size int64
	came     int64 // unix seconds of the "From " line's date, 0 where it says none
	bare     bool  // a line of its text begins with "From " unquoted, so none is quoted
}

// eachOfMbox yields the mails of an mbox file.
func (in *intake) eachOfMbox(d drawer) iter.Seq2[filed, error] {
	return func(yield func(filed, error) bool) {
		f, err := os.Open(d.mbox)
		if err != nil {
			yield(filed{}, err)
			return
		}
		defer f.Close()
		changed := time.Time{}
		if info, err := f.Stat(); err == nil {
			changed = info.ModTime()
		}
		for _, s := range d.spans {
			came := changed
			if s.came != 0 {
				came = time.Unix(s.came, 0)
			}
			section := &counted{from: io.NewSectionReader(f, s.at, s.size), left: s.size}
			var from io.Reader = section
			if !s.bare {
				from = &unquoter{from: bufio.NewReaderSize(section, 32<<10)}
			}
			if !yield(filed{from, s.size, came}, nil) {
				return
			}
		}
	}
}

// counted is a reader that ends with an error where less comes than there was.
type counted struct {
	from io.Reader
	left int64
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.from.Read(p)
	c.left -= int64(n)
	if errors.Is(err, io.EOF) && c.left > 0 {
		err = io.ErrUnexpectedEOF
	}
	return n, err
}

// unquoter takes off one > of every line that begins with >From, >>From and so
// on. That is what mboxrd put there; mboxo and mboxcl put it before "From "
// alone, and a line that had one already cannot be told from that.
type unquoter struct {
	from *bufio.Reader
	rest []byte
	mid  bool // in the middle of a line
}

func (u *unquoter) Read(p []byte) (int, error) {
	if len(u.rest) == 0 {
		line, err := u.from.ReadSlice('\n')
		if !u.mid && isQuotedFrom(line) {
			line = line[1:]
		}
		u.mid = errors.Is(err, bufio.ErrBufferFull)
		if len(line) == 0 {
			return 0, err
		}
		u.rest = line // an error comes again when no more bytes do
	}
	n := copy(p, u.rest)
	u.rest = u.rest[n:]
	return n, nil
}

func isQuotedFrom(line []byte) bool {
	return len(line) > 0 && line[0] == '>' && bytes.HasPrefix(bytes.TrimLeft(line, ">"), []byte("From "))
}

// byteOrderMark is what some editors put before all else.
var byteOrderMark = []byte("\xef\xbb\xbf")

// spansOf finds the mails of an mbox file. It holds no line of it.
func spansOf(ctx context.Context, path string) ([]span, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	s := scan{file: f, lines: bufio.NewReaderSize(f, 64<<10), length: -1}
	for {
		err := s.line()
		if err == nil && len(s.spans)%256 == 0 {
			err = ctx.Err()
		}
		if err != nil {
			s.close(s.pos)
			if errors.Is(err, io.EOF) {
				err = nil
			}
			return s.spans, err
		}
	}
}

// scan is one way through an mbox file, line by line.
type scan struct {
	file  io.ReaderAt
	lines *bufio.Reader
	pos   int64
	spans []span

	open   bool  // in a mail
	header bool  // in its header
	blank  int   // bytes of the empty line before here, 0 for another line
	length int64 // of the Content-Length line, -1 for none
	until  int64 // no mail begins before
	counts bool  // the file's first mail has a Content-Length that is true
}

// line takes in one line.
func (s *scan) line() error {
	start := s.pos
	line, err := s.lines.ReadSlice('\n')
	s.pos += int64(len(line))
	if len(line) == 0 {
		return err
	}
	if start == 0 {
		line = bytes.TrimPrefix(line, byteOrderMark)
	}
	if bytes.HasPrefix(line, []byte("From ")) {
		came, begins := s.begins(line)
		if begins && start >= s.until {
			s.close(start)
			if err := s.skipRest(err); err != nil {
				return err
			}
			s.spans = append(s.spans, span{at: s.pos, came: came})
			s.open, s.header, s.blank, s.length = true, true, 0, -1
			return nil
		}
		if start < s.until {
			s.spans[len(s.spans)-1].bare = true
		}
	}
	s.take(line)
	return s.skipRest(err)
}

// skipRest passes over what is left of a line that is longer than the buffer.
func (s *scan) skipRest(err error) error {
	for errors.Is(err, bufio.ErrBufferFull) {
		var more []byte
		more, err = s.lines.ReadSlice('\n')
		s.pos += int64(len(more))
	}
	return err
}

// take follows where the header ends.
func (s *scan) take(line []byte) {
	isBlank := len(bytes.TrimRight(line, "\r\n")) == 0
	s.blank = 0
	if isBlank {
		s.blank = len(line)
	}
	if !s.header {
		return
	}
	if isBlank {
		s.header = false
		s.trustLength()
		return
	}
	if name, value, ok := mime.HeaderLine(line); ok && len(name) == len("Content-Length") && bytes.EqualFold([]byte(name), []byte("Content-Length")) {
		if n, err := strconv.ParseInt(value, 10, 64); err == nil && n >= 0 {
			s.length = n
		}
	}
}

// trustLength lets a Content-Length say where the mail ends, as in mboxcl. It is
// trusted in files whose first mail has one that is true, and only where a mail
// begins at that place: anybody may write such a line into a mail, and one that
// is wrong must not swallow the mails after it.
func (s *scan) trustLength() {
	first := len(s.spans) == 1
	if s.length < 0 || !first && !s.counts || !s.mailAt(s.pos+s.length) {
		return
	}
	s.until = s.pos + s.length
	s.counts = true
}

// mailAt says whether a mail could end at that place: the file does, or a "From "
// line follows, after an empty line or none.
func (s *scan) mailAt(at int64) bool {
	next := make([]byte, len("\r\nFrom "))
	n, err := s.file.ReadAt(next, at)
	if err != nil && !errors.Is(err, io.EOF) {
		return false
	}
	if n == 0 { // at the end, or beyond it
		last := make([]byte, 1)
		_, err := s.file.ReadAt(last, at-1)
		return err == nil
	}
	rest := bytes.TrimPrefix(bytes.TrimPrefix(next[:n], []byte("\r")), []byte("\n"))
	return len(rest) == 0 || bytes.HasPrefix(rest, []byte("From "))
}

// begins says whether a line that begins with "From " is the one before a mail,
// and with which date. In files whose writers quote nothing it may be a sentence,
// so one sign is not enough: a date, a header after it, an empty line before it.
func (s *scan) begins(line []byte) (came int64, ok bool) {
	if !s.open {
		return dateOfFrom(line), true // whatever the first one looks like
	}
	words := len(bytes.Fields(line))
	came = dateOfFrom(line)
	next, _ := s.lines.Peek(200) // line is no more from here on
	next, _ = mime.FirstLine(next)
	_, _, header := mime.HeaderLine(next)
	header = header || bytes.HasPrefix(next, []byte(">From "))
	if came != 0 {
		return came, s.blank > 0 || header
	}
	return 0, s.blank > 0 && header && words <= 2
}

func dateOfFrom(line []byte) int64 {
	t, ok := mime.Date(string(line[len("From "):min(len(line), 200)]))
	if !ok {
		return 0
	}
	return t.Unix()
}

// close ends the mail that is open at that place, without the empty line that the writer of
// the file put after it.
func (s *scan) close(end int64) {
	if !s.open {
		return
	}
	s.open = false
	last := &s.spans[len(s.spans)-1]
	last.size = end - int64(s.blank) - last.at
}
