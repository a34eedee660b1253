package mail

import (
	"bufio"
	"bytes"
	"errors"
	"net"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode/utf8"
)

// Bounds on what one answer may hold, so that no server can fill the memory.
const (
	maxAnswerLine = 32 << 20
	maxLiteral    = 256 << 20
)

var errTooLong = errors.New("an answer without end")

// wire is the connection as the IMAP library sees it. The library's own
// deadlines are wrong for slow links and for dead peers alike, so they are
// ignored: while an answer is owed, patience is how long not a byte may come.
//
// It also reads along, line by line and over literals, to repair names of
// folders that the library would die of (R&D for R&-D), to drop answers that it
// does not know, and to keep a server's last words.
type wire struct {
	net.Conn
	patience time.Duration
	in       *bufio.Reader
	ready    []byte // repaired, not yet handed over
	literal  int64  // bytes of a literal still to come
	lineSize int    // bytes so far of a line that is longer than the buffer

	mu      sync.Mutex
	owed    int   // answers that the server owes
	cause   error // the first error of the connection
	goodbye string
	names   map[string]string // a name as we write it → as the server does
	bare    bool              // an empty answer is an empty line
	ended   <-chan struct{}   // is closed when the library's reader has ended; nil before there is one
}

func newWire(conn net.Conn, patience time.Duration, greeting string) *wire {
	return &wire{
		Conn: conn, patience: patience, in: bufio.NewReaderSize(conn, 64<<10),
		ready: []byte(greeting), names: map[string]string{},
	}
}

// expect says that the server owes an answer until the returned function is
// called.
func (w *wire) expect() (answered func()) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.owed++
	w.setDeadline()
	return func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.owed--
		w.setDeadline()
	}
}

func (w *wire) setDeadline() {
	deadline := time.Time{}
	if w.owed > 0 {
		deadline = time.Now().Add(w.patience)
	}
	_ = w.Conn.SetReadDeadline(deadline) // on a closed connection the next Read says so
}

// SetDeadline, SetReadDeadline and SetWriteDeadline do nothing: the deadlines
// are the wire's own.
func (w *wire) SetDeadline(time.Time) error      { return nil }
func (w *wire) SetReadDeadline(time.Time) error  { return nil }
func (w *wire) SetWriteDeadline(time.Time) error { return nil }

// barely makes an empty answer an empty line until done is called: the library
// writes it as "=", which stands for one on a command's own line only (RFC 4959).
func (w *wire) barely() (done func()) {
	set := func(on bool) {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.bare = on
	}
	set(true)
	return func() { set(false) }
}

// Read hands over what the server sent, repaired.
func (w *wire) Read(p []byte) (int, error) {
	for len(w.ready) == 0 {
		w.mu.Lock()
		w.setDeadline()
		w.mu.Unlock()
		if w.literal > 0 {
			n, err := w.in.Read(p[:min(int64(len(p)), w.literal)])
			w.literal -= int64(n)
			return n, w.note(err)
		}
		if err := w.readLine(); err != nil {
			return 0, w.note(err)
		}
	}
	n := copy(p, w.ready)
	w.ready = w.ready[n:]
	return n, nil
}

// readLine puts the next line, or a bufferful of a long one, into ready.
func (w *wire) readLine() error {
	line, err := w.in.ReadSlice('\n')
	if len(line) == 0 {
		return err
	}
	if err != nil && !errors.Is(err, bufio.ErrBufferFull) {
		// The connection ended within a line: hand over what came, then fail.
		w.ready = append(w.ready[:0], line...)
		return nil
	}
	whole := w.lineSize == 0 && err == nil
	if w.lineSize += len(line); w.lineSize > maxAnswerLine {
		return errTooLong
	}
	if whole {
		line = w.repair(line)
	}
	if err == nil {
		w.lineSize = 0
		if w.literal, err = literalAfter(line); err != nil {
			return err
		}
	}
	w.ready = append(w.ready[:0], line...)
	return nil
}

// literalAfter is the size of the literal that a line announces at its end.
func literalAfter(line []byte) (int64, error) {
	line = bytes.TrimRight(line, "\r\n")
	if !bytes.HasSuffix(line, []byte("}")) {
		return 0, nil
	}
	open := bytes.LastIndexByte(line, '{')
	n, err := strconv.ParseInt(strings.TrimSuffix(string(line[open+1:len(line)-1]), "+"), 10, 64)
	if open < 0 || err != nil || n < 0 {
		return 0, nil
	}
	if n > maxLiteral {
		return 0, errTooLong
	}
	return n, nil
}

// repair is a line as the library can bear it; nothing for one that it cannot.
func (w *wire) repair(line []byte) []byte {
	if len(line) < 7 || line[0] != '*' || line[1] != ' ' {
		return line
	}
	fields := strings.FieldsFunc(string(line[:min(len(line), 64)]), func(r rune) bool { return r == ' ' || r == '\r' || r == '\n' })
	if len(fields) < 2 || line[2] == ' ' {
		return line
	}
	kind := strings.ToUpper(fields[1])
	if len(fields) > 2 && strings.EqualFold(fields[2], "FETCH") && strings.Trim(fields[1], "0123456789") == "" {
		return repairFetch(line)
	}
	if line[2] > '9' && !strings.Contains(knownAnswers, " "+kind+" ") && !bytes.HasSuffix(bytes.TrimRight(line, "\r\n"), []byte("}")) {
		return nil // VANISHED, and whatever else nobody asked for
	}
	switch kind {
	case "OK":
		if len(fields) > 2 && strings.HasPrefix(strings.ToUpper(fields[2]), "[PERMANENTFLAGS") {
			return nil // may name marks that the library cannot read; nobody asks for them
		}
	case "FLAGS":
		return nil // the same
	case "BYE":
		w.mu.Lock()
		w.goodbye = strings.TrimSpace(string(line[len("* BYE "):]))
		w.mu.Unlock()
	case "LIST":
		if end := bytes.IndexByte(line, ')'); end > 0 {
			if at := skipToken(line, end+2); at > 0 {
				return w.repairName(line, at)
			}
		}
	case "STATUS":
		return w.repairName(line, len("* STATUS "))
	}
	return line
}

// knownAnswers are the untagged answers that the library understands; it ends
// the connection at any other.
const knownAnswers = " OK NO BAD BYE PREAUTH CAPABILITY ENABLED ID NAMESPACE FLAGS LIST STATUS SEARCH ESEARCH "

// skipToken is the place after the token (and the space) that begins at i, or -1.
func skipToken(line []byte, i int) int {
	_, end := tokenAt(line, i)
	if end < 0 || end+1 >= len(line) || line[end] != ' ' {
		return -1
	}
	return end + 1
}

// tokenAt reads an atom or a quoted string at i and says where it ends; -1 if
// there is none.
func tokenAt(line []byte, i int) (string, int) {
	if i >= len(line) {
		return "", -1
	}
	if line[i] != '"' {
		n := bytes.IndexAny(line[i:], " \r\n")
		if n <= 0 || line[i] == '{' || line[i] == '(' {
			return "", -1
		}
		return string(line[i : i+n]), i + n
	}
	var token strings.Builder
	for j := i + 1; j < len(line); j++ {
		switch {
		case line[j] == '"':
			return token.String(), j + 1
		case line[j] == '\\' && j+1 < len(line):
			j++
		}
		token.WriteByte(line[j])
	}
	return "", -1
}

func (w *wire) repairName(line []byte, at int) []byte {
	name, end := tokenAt(line, at)
	if end < 0 {
		return line
	}
	if _, err := decodeFolder(name); err == nil {
		return line
	}
	readable := name
	if !utf8.ValidString(readable) {
		readable = latin1(name)
	}
	written := encodeFolder(readable)
	w.mu.Lock()
	w.names[quoted(written)] = quoted(name)
	w.mu.Unlock()
	return []byte(string(line[:at]) + quoted(written) + string(line[end:]))
}

// latin1 reads each byte as the character of that number.
func latin1(s string) string {
	runes := make([]rune, 0, len(s))
	for _, b := range []byte(s) {
		runes = append(runes, rune(b))
	}
	return string(runes)
}

func quoted(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
}

// Write sends to the server, with the names of folders as it spells them.
func (w *wire) Write(p []byte) (int, error) {
	_ = w.Conn.SetWriteDeadline(time.Now().Add(w.patience)) // on a closed connection Write says so
	w.mu.Lock()
	out := p
	for written, theirs := range w.names {
		out = bytes.ReplaceAll(out, []byte(written), []byte(theirs))
	}
	if w.bare && string(p) == "=\r\n" {
		out = []byte("\r\n")
	}
	w.mu.Unlock()
	if _, err := w.Conn.Write(out); err != nil {
		_ = w.Conn.Close() // what it waits for will not come
		w.awaitReader()
		return 0, w.note(err)
	}
	return len(p), nil
}

// readBy names the end of the library's reader.
func (w *wire) readBy(ended <-chan struct{}) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.ended = ended
}

// readerEnds is how long a failed write waits for the library's reader.
const readerEnds = time.Second

// awaitReader waits until the library's reader has ended. After a failed write the
// library ends every command from the goroutine that wrote, also those whose
// answers its reader is handing over.
func (w *wire) awaitReader() {
	w.mu.Lock()
	ended := w.ended
	w.mu.Unlock()
	if ended == nil {
		return
	}
	select {
	case <-ended:
	case <-time.After(readerEnds):
	}
}

// note keeps the first error, since the library flattens it to text. That we
// closed the connection ourselves is not an error of its own.
func (w *wire) note(err error) error {
	if err == nil {
		return nil
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.cause == nil && !errors.Is(err, net.ErrClosed) {
		w.cause = err
	}
	return err
}

// fate is the server's last words and what ended the connection; nil while it
// lives.
func (w *wire) fate() (goodbye string, cause error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.goodbye, w.cause
}
