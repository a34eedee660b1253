package sync

import (
	"context"
	"crypto/rand"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// errLocked says that another Rapport reads for this workspace.
var errLocked = errors.New("another engine runs")

// The files beside the database by which engines know of one another: the lock,
// a question "read now" and the answer to it.
const (
	lockName   = "sync.lock"
	askName    = "sync.ask"
	answerName = "sync.answer"
)

// askEvery is how often the holder looks whether somebody asked, and the asker
// for the answer.
const askEvery = 500 * time.Millisecond

// askHolder asks the engine that holds the lock to read everything, and waits
// until it has.
func (e *Engine) askHolder(ctx context.Context) error {
	word := rand.Text()
	if err := os.WriteFile(filepath.Join(e.db.Dir(), askName), []byte(word), 0o600); err != nil {
		return err
	}
	tick := time.NewTicker(askEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-tick.C:
		}
		if wordIn(e.db.Dir(), answerName) == word {
			return nil
		}
		if release, err := lock(e.db.Dir()); err == nil { // the holder has gone
			defer release()
			_, err := e.pass(ctx)
			return err
		}
	}
}

// answerAsks reads everything whenever a command asks, until the context ends.
func (e *Engine) answerAsks(ctx context.Context) {
	answered := wordIn(e.db.Dir(), answerName)
	tick := time.NewTicker(askEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		word := wordIn(e.db.Dir(), askName)
		if word == "" || word == answered {
			continue
		}
		if _, err := e.pass(ctx); err != nil {
			e.o.Log.Warn("asked pass failed", "err", err)
		}
		answered = word
		if err := os.WriteFile(filepath.Join(e.db.Dir(), answerName), []byte(word), 0o600); err != nil {
			e.o.Log.Warn("answer not written", "err", err)
		}
	}
}

func wordIn(dir, name string) string {
	text, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(text))
}
