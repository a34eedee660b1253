package folder

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/fsnotify/fsnotify"

	"rapport/sync/team"
)

// now is the folder, beside a space's pieces, for what laptops say just now: one file
// for each that says something, called by its tag. None is kept for long, so nobody
// waits for the disk.
const now = "now"

// usualLook is how often Hear looks by itself.
const usualLook = 10 * time.Second

// Tell puts what a laptop says in the place of what it said, or takes that away.
func (f *Folder) Tell(ctx context.Context, by string, body []byte) error {
	switch {
	case !team.IsTag(by):
		return fmt.Errorf("%.40q is no laptop's tag", by)
	case len(body) > team.MaxTold:
		return team.ErrTooLarge
	}
	_, err := aside(ctx, func() (struct{}, error) { return struct{}{}, f.tell(by, body) })
	return err
}

func (f *Folder) tell(by string, body []byte) error {
	dir := filepath.Join(f.dir, now)
	path := filepath.Join(dir, by)
	if len(body) == 0 {
		if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return f.trouble(err, writing)
		}
		return nil
	}
	if err := f.folder(dir); err != nil {
		return err
	}
	temporary, err := os.CreateTemp(dir, before+"*"+after)
	if err != nil {
		return f.trouble(err, writing)
	}
	defer os.Remove(temporary.Name())
	if info, err := os.Stat(f.shared); err == nil {
		_ = temporary.Chmod(info.Mode()&0o666 | 0o400) // as open to others as the shared folder
	}
	_, err = temporary.Write(body)
	if err := errors.Join(err, temporary.Close()); err != nil {
		return f.trouble(err, writing)
	}
	if err := os.Rename(temporary.Name(), path); err != nil {
		return f.trouble(err, writing)
	}
	return nil
}

// Hear looks at what laptops say: at once where the system tells of it, and every now
// and then, since it tells nothing of what others put on a network drive.
func (f *Folder) Hear(ctx context.Context, heard func(by string, body []byte)) error {
	if ctx.Err() != nil {
		return nil
	}
	dir := filepath.Join(f.dir, now)
	events, stop := f.noticed(ctx, dir)
	defer stop()
	every := time.NewTicker(f.look())
	defer every.Stop()
	said := map[string][]byte{}
	for {
		told, err := aside(ctx, func() (map[string][]byte, error) { return f.told(dir) })
		if err == nil { // else the drive is away, and comes back
			pass(said, told, heard)
			said = told
		}
		select {
		case <-ctx.Done():
			return nil
		case <-every.C:
		case <-events:
			if !quiet(ctx, events) {
				return nil
			}
		}
	}
}

// quiet waits until a burst of events is over; false where ctx ended before.
func quiet(ctx context.Context, events <-chan fsnotify.Event) bool {
	end := time.NewTimer(burst)
	defer end.Stop()
	for {
		select {
		case <-ctx.Done():
			return false
		case <-events:
		case <-end.C:
			return true
		}
	}
}

func (f *Folder) look() time.Duration {
	if f.Poll > 0 {
		return f.Poll
	}
	return usualLook
}

// noticed are what the system tells of a folder, which it makes where it can; a nil
// channel where it tells nothing.
func (f *Folder) noticed(ctx context.Context, dir string) (events <-chan fsnotify.Event, stop func()) {
	none := func() {}
	if f.unheeded {
		return nil, none
	}
	w, err := fsnotify.NewWatcher()
	if err != nil { // too many are watching on this laptop: looking is enough
		return nil, none
	}
	if _, err := aside(ctx, func() (struct{}, error) {
		_ = f.folder(dir) // one that can only be read may be there already
		return struct{}{}, w.Add(dir)
	}); err != nil {
		_ = w.Close()
		return nil, none
	}
	return w.Events, func() { _ = w.Close() }
}

// told reads what laptops say. What else lies there is nobody's.
func (f *Folder) told(dir string) (map[string][]byte, error) {
	entries, err := entriesOf(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, f.trouble(err, reading)
	}
	said := map[string][]byte{}
	for _, e := range entries {
		name := e.Name()
		if isOurTemporary(name) {
			tidy(dir, e)
			continue
		}
		if !team.IsTag(name) || !isFile(e) {
			continue
		}
		if body, err := readTold(filepath.Join(dir, name)); err == nil && len(body) > 0 && len(body) <= team.MaxTold {
			said[name] = body
		}
	}
	return said, nil
}

func readTold(path string) ([]byte, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return io.ReadAll(io.LimitReader(file, team.MaxTold+1))
}

// pass tells of what is said otherwise now.
func pass(before, after map[string][]byte, heard func(by string, body []byte)) {
	for _, by := range slices.Sorted(maps.Keys(before)) {
		if after[by] == nil {
			heard(by, nil)
		}
	}
	for _, by := range slices.Sorted(maps.Keys(after)) {
		if !bytes.Equal(before[by], after[by]) {
			heard(by, after[by])
		}
	}
}

var _ team.Herald = (*Folder)(nil)
