package sync

import (
	"context"
	"crypto/rand"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// errLocked says that another Rapport reads for this workspace.
var errLocked = errors.New("another engine runs")

// The files beside the database by which engines know of one another: the lock,
// and a question "read now" of each command that waits. Taking the question away
// is the answer.
const (
	lockName = "sync.lock"
	askName  = "sync.ask."
)

// askEvery is how often the holder looks whether somebody asked, and the asker
// for the answer.
const askEvery = 500 * time.Millisecond

// askHolder asks the engine that holds the lock to read everything, and waits
// until it has.
func (e *Engine) askHolder(ctx context.Context) error {
	ask := filepath.Join(e.db.Dir(), askName+rand.Text())
	if err := os.WriteFile(ask, nil, 0o600); err != nil {
		return err
	}
	defer os.Remove(ask)
	tick := time.NewTicker(askEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-tick.C:
		}
		if _, err := os.Stat(ask); errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if release, err := lock(e.db.Dir()); err == nil { // the holder has gone
			defer release()
			_, err := e.pass(ctx)
			return err
		}
	}
}

// answerAsks reads everything whenever commands ask, until the context ends.
// Those who asked before a reading began are answered by it.
func (e *Engine) answerAsks(ctx context.Context) {
	tick := time.NewTicker(askEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		asks := asksIn(e.db.Dir())
		if len(asks) == 0 {
			continue
		}
		if _, err := e.pass(ctx); err != nil {
			e.o.Log.Warn("asked pass failed", "err", err)
		}
		if ctx.Err() != nil {
			return // unanswered: whoever asked reads themselves
		}
		for _, ask := range asks {
			if err := os.Remove(ask); err != nil && !errors.Is(err, fs.ErrNotExist) {
				e.o.Log.Warn("answer not given", "err", err)
			}
		}
	}
}

func asksIn(dir string) (asks []string) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil
	}
	for _, f := range entries {
		if strings.HasPrefix(f.Name(), askName) {
			asks = append(asks, filepath.Join(dir, f.Name()))
		}
	}
	return asks
}
