package bundle

import (
	"bufio"
	"crypto/sha256"
	"fmt"
	"hash"
	"io"
	"os"
	"strconv"
	"strings"

	"rapport/data"
	"rapport/sync/team"
)

const (
	magic   = "rapport bundle 1"
	most    = 1_000_000 // pieces in one bundle
	longest = 256       // bytes of a line
)

// reading is a bundle whose index has been read and found whole.
type reading struct {
	path   string
	space  string
	file   *os.File // nil where there is none
	pieces []team.Piece
	at     map[string]int64 // where a body begins
	size   map[string]int64
	length int64 // that the file should have
	is     int64 // that it has
}

func (b *reading) close() {
	if b.file != nil {
		_ = b.file.Close()
	}
}

// open reads the index of a bundle. A file that is none, or whose index was cut
// or altered, is a *data.Problem; one that is not there is fs.ErrNotExist.
func open(path string) (*reading, error) {
	file, err := os.Open(path)
	if err != nil {
		if os.IsNotExist(err) {
			return nil, err
		}
		return nil, trouble(err, path)
	}
	b := &reading{path: path, file: file, at: map[string]int64{}, size: map[string]int64{}}
	info, err := file.Stat()
	if err == nil {
		b.is = info.Size()
		err = b.index()
	}
	if err != nil {
		b.close()
		return nil, trouble(err, path)
	}
	return b, nil
}

// lines reads the lines of an index, and sums them up.
type lines struct {
	from *bufio.Reader
	sum  hash.Hash
	read int64
}

func (l *lines) next() (string, error) {
	line, err := l.from.ReadSlice('\n')
	if err != nil {
		return "", err
	}
	l.read += int64(len(line))
	_, _ = l.sum.Write(line)
	return string(line[:len(line)-1]), nil
}

func (b *reading) index() error {
	l := &lines{from: bufio.NewReaderSize(b.file, longest), sum: sha256.New()}
	first, err := l.next()
	if err != nil || !strings.HasPrefix(first, magic+" ") {
		return &data.Problem{Kind: data.NotBundle, About: b.path, Cause: err, Once: true}
	}
	space, count, _ := strings.Cut(first[len(magic)+1:], " ")
	n, err := strconv.Atoi(count)
	if err != nil || n < 0 || n > most || team.CheckSpace(space) != nil {
		return damaged(b.path, "its first line")
	}
	b.space = space
	for range n {
		if err := b.line(l); err != nil {
			return err
		}
	}
	want := team.Text(l.sum.Sum(nil))
	if got, err := l.next(); err != nil || got != want {
		return damaged(b.path, "its index")
	}
	b.length += l.read
	for name := range b.at {
		b.at[name] += l.read
	}
	return nil
}

// line reads one line of the index.
func (b *reading) line(l *lines) error {
	line, err := l.next()
	name, number, _ := strings.Cut(line, " ")
	size, bad := strconv.ParseInt(number, 10, 64)
	_, _, _, none := team.Parts(name)
	if _, twice := b.at[name]; err != nil || bad != nil || none != nil || twice || size < 0 || size > team.MaxPiece {
		return damaged(b.path, "its index")
	}
	b.pieces = append(b.pieces, team.Piece{Name: name, Size: size})
	b.at[name], b.size[name] = b.length, size
	b.length += size
	return nil
}

// damage says whether the file is shorter or longer than its index says.
func (b *reading) damage() error {
	switch {
	case b.file == nil, b.is == b.length:
		return nil
	case b.is < b.length:
		return damaged(b.path, fmt.Sprintf("%d bytes of %d", b.is, b.length))
	}
	return damaged(b.path, fmt.Sprintf("%d bytes too many", b.is-b.length))
}

// get reads a piece, or fails with team.ErrNotThere.
func (b *reading) get(name string) ([]byte, error) {
	at, ok := b.at[name]
	if !ok {
		return nil, fmt.Errorf("%s: %w", name, team.ErrNotThere)
	}
	body := make([]byte, b.size[name])
	switch n, err := b.file.ReadAt(body, at); {
	case err != nil && err != io.EOF:
		return nil, trouble(err, b.path)
	case n < len(body) || !team.Fits(name, body):
		return nil, fmt.Errorf("%s: %w", name, team.ErrNotThere)
	}
	return body, nil
}

// bodies are the pieces, each to be read when it is asked for.
func (b *reading) bodies() map[string]func() ([]byte, error) {
	bodies := make(map[string]func() ([]byte, error), len(b.pieces))
	for _, p := range b.pieces {
		bodies[p.Name] = func() ([]byte, error) { return b.get(p.Name) }
	}
	return bodies
}
