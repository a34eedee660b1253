package bench

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"
)

// spool is the mail of a corpus in one file, so that the server that hands it
// out takes no memory that the sync would be charged with.
type spool struct {
	file  *os.File
	boxes []*box
	size  int64
}

// box is a folder of the spool. UIDs count from 1.
type box struct {
	name  string
	mails []spooled
}

type spooled struct {
	at   int64 // in the file
	size int64
	came int64 // unix seconds
	seen bool
}

// newSpool writes a corpus into a folder.
func newSpool(dir string, c Corpus) (*spool, error) {
	file, err := os.Create(filepath.Join(dir, "spool"))
	if err != nil {
		return nil, err
	}
	s := &spool{file: file}
	names := map[string]*box{}
	s.add(names, "INBOX")
	for m := range c.Mails {
		b := names[m.Folder]
		if b == nil {
			b = s.add(names, m.Folder)
		}
		if _, err := file.Write(m.Raw); err != nil {
			file.Close()
			return nil, err
		}
		b.mails = append(b.mails, spooled{s.size, int64(len(m.Raw)), m.At.Unix(), m.Seen})
		s.size += int64(len(m.Raw))
	}
	return s, nil
}

func (s *spool) add(names map[string]*box, name string) *box {
	b := &box{name: name}
	names[name] = b
	s.boxes = append(s.boxes, b)
	return b
}

func (s *spool) box(name string) *box {
	for _, b := range s.boxes {
		if b.name == name {
			return b
		}
	}
	return nil
}

// raw is a mail's bytes from the file.
func (s *spool) raw(m spooled) ([]byte, error) {
	b := make([]byte, m.size)
	if _, err := s.file.ReadAt(b, m.at); err != nil {
		return nil, fmt.Errorf("spool: %w", err)
	}
	return b, nil
}

// open reads a mail from the file bit by bit.
func (s *spool) open(m spooled) io.Reader { return io.NewSectionReader(s.file, m.at, m.size) }

func (m spooled) time() time.Time { return time.Unix(m.came, 0).UTC() }
