package folder

import (
	"context"
	"hash/fnv"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"

	"rapport/sync/team"
)

// usualPoll is how often Watch looks by itself, and burst how long it waits for
// more of the same.
const (
	usualPoll = 30 * time.Second
	burst     = 200 * time.Millisecond
)

// Watch tells of new pieces: at once where the system tells of them, and by
// looking every now and then, since it tells nothing of what others put on a
// network drive. A folder that goes away may come back, so it ends with ctx only.
func (f *Folder) Watch(ctx context.Context, news func()) error {
	if ctx.Err() != nil {
		return nil
	}
	heed := f.heed(ctx)
	defer heed.close()
	poll := time.NewTicker(f.poll())
	defer poll.Stop()
	seen := f.looks(ctx)
	news()
	var due <-chan time.Time
	for {
		select {
		case <-ctx.Done():
			return nil
		case e, open := <-heed.events:
			if !open {
				heed.events = nil
			} else if due == nil && heed.concerns(e) {
				due = time.After(burst)
			}
		case _, open := <-heed.errors:
			if !open {
				heed.errors = nil
			} else { // some events were lost: look
				due = time.After(0)
			}
		case <-due:
			due = nil
			seen = f.looks(ctx)
			news()
		case <-poll.C:
			if now := f.looks(ctx); now != seen {
				seen = now
				news()
			}
			heed.add(ctx, f.dir)
		}
	}
}

func (f *Folder) poll() time.Duration {
	if f.Poll > 0 {
		return f.Poll
	}
	return usualPoll
}

// looks sums up a listing; two that differ have different sums.
func (f *Folder) looks(ctx context.Context) uint64 {
	pieces, err := f.List(ctx)
	if err != nil {
		return 0
	}
	slices.SortFunc(pieces, func(a, b team.Piece) int { return strings.Compare(a.Name, b.Name) })
	sum := fnv.New64a()
	for _, p := range pieces {
		_, _ = io.WriteString(sum, p.Name)
		_, _ = sum.Write([]byte{0, byte(p.Size), byte(p.Size >> 8), byte(p.Size >> 16)})
	}
	return sum.Sum64() | 1 // 0 is for what cannot be read
}

// ears hear what the system tells of a space's folder and its subfolders.
// Without a watcher they hear nothing.
type ears struct {
	watcher *fsnotify.Watcher
	events  chan fsnotify.Event
	errors  chan error
}

func (f *Folder) heed(ctx context.Context) *ears {
	if f.unheeded {
		return &ears{}
	}
	w, err := fsnotify.NewWatcher()
	if err != nil { // too many are watching on this laptop: looking is enough
		return &ears{}
	}
	e := &ears{watcher: w, events: w.Events, errors: w.Errors}
	e.add(ctx, f.dir)
	return e
}

// add watches a folder and the subfolders in it; where that cannot be done,
// looking is enough. To watch a folder again is no trouble.
func (e *ears) add(ctx context.Context, dir string) {
	if e.watcher == nil {
		return
	}
	_, _ = aside(ctx, func() (struct{}, error) {
		err := e.watcher.Add(dir)
		entries, _ := entriesOf(dir)
		for _, sub := range subsOf(entries) {
			_ = e.watcher.Add(filepath.Join(dir, sub))
		}
		return struct{}{}, err
	})
}

// concerns says whether an event is about a piece or a new subfolder, which is
// then watched.
func (e *ears) concerns(event fsnotify.Event) bool {
	name := filepath.Base(event.Name)
	if len(name) == 1 && event.Has(fsnotify.Create) {
		_ = e.watcher.Add(event.Name)
		return true
	}
	_, _, _, err := team.Parts(name)
	return err == nil && (event.Has(fsnotify.Create) || event.Has(fsnotify.Write) || event.Has(fsnotify.Rename))
}

func (e *ears) close() {
	if e.watcher != nil {
		_ = e.watcher.Close()
	}
}
