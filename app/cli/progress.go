package cli

import (
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"time"

	"rapport/data"
)

// progress is one line on a terminal that says how far a run is. It may be told
// from any goroutine.
type progress struct {
	to    io.Writer // nil: nobody looks
	mu    sync.Mutex
	last  time.Time
	shown bool
}

// progressOn shows the progress where the writer is a terminal.
func progressOn(w io.Writer) *progress {
	if !isTerminal(w) {
		return &progress{}
	}
	return &progress{to: w}
}

func isTerminal(w io.Writer) bool {
	file, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := file.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// pulled shows how much of a mail came.
func (p *progress) pulled(done, total int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.to == nil || time.Since(p.last) < 100*time.Millisecond {
		return
	}
	p.last, p.shown = time.Now(), true
	_, _ = fmt.Fprintf(p.to, "\r\x1b[K%s of %s", sizeOf(done), sizeOf(total))
}

// told takes in how a source stands, and shows it at most ten times a second.
func (p *progress) told(s data.Status) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.to == nil || !s.Running || time.Since(p.last) < 100*time.Millisecond {
		return
	}
	p.last, p.shown = time.Now(), true
	_, _ = io.WriteString(p.to, "\r\x1b[K"+cut(progressLine(s), screen-1))
}

// end takes the line away.
func (p *progress) end() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.shown {
		_, _ = io.WriteString(p.to, "\r\x1b[K")
	}
	p.to = nil
}

func progressLine(s data.Status) string {
	line := s.Source
	if s.Folder != "" {
		line += "  " + s.Folder
	}
	switch {
	case s.Total > 0:
		line += fmt.Sprintf("  %d of %d", s.Done, s.Total)
	case s.Done > 0:
		line += fmt.Sprintf("  %d", s.Done)
	}
	return strings.Join(strings.Fields(plainText(line)), " ")
}
