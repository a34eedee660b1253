package calendar

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"rapport/data"
	"rapport/sync/web"
)

// Bounds of a folder of calendar files.
const (
	mostFiles = 100_000
	mostDepth = 8
)

func (s *Source) isFolder() bool {
	if s.Calendar.Path == "" {
		return false
	}
	info, err := os.Stat(s.Calendar.Path)
	return err == nil && info.IsDir()
}

// fetchFolder reads the .ics files of a folder and of those in it; a file that
// has neither another size nor another date is not opened again.
func (s *Source) fetchFolder(ctx context.Context, last cursor, since string, emit func(data.Batch) error) error {
	tags, err := s.files(ctx)
	if err != nil {
		return err
	}
	sh := &shelf{Source: s, last: last, since: since, now: s.now(), emit: emit, texts: func(_ context.Context, names []string) (map[string]entry, error) {
		texts := map[string]entry{}
		for _, name := range names {
			body, err := s.loadFile(filepath.Join(s.Calendar.Path, filepath.FromSlash(name)))
			if err == nil {
				texts[name] = entry{ics: string(body)}
			} else if p, ok := data.AsProblem(err); ok && p.Kind != data.NoFile {
				texts[name] = entry{} // it is there and cannot be read
			}
		}
		return texts, nil
	}}
	return sh.take(ctx, changes{tags: tags, whole: true, done: func(*cursor) {}})
}

// files are the folder's calendar files, by their path in it, with what changes
// when they do.
func (s *Source) files(ctx context.Context) (map[string]string, error) {
	tags := map[string]string{}
	err := filepath.WalkDir(s.Calendar.Path, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		name, err := filepath.Rel(s.Calendar.Path, path)
		if err != nil {
			return err
		}
		name = filepath.ToSlash(name)
		hidden := strings.HasPrefix(d.Name(), ".") && name != "."
		if d.IsDir() {
			if hidden || strings.Count(name, "/") >= mostDepth {
				return filepath.SkipDir
			}
			return nil
		}
		if hidden || !strings.EqualFold(filepath.Ext(name), ".ics") || !d.Type().IsRegular() {
			return nil
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		if tags[name] = fmt.Sprintf("%d-%d", info.Size(), info.ModTime().UnixNano()); len(tags) > mostFiles {
			return web.ErrTooLarge
		}
		return nil
	})
	switch {
	case ctx.Err() != nil:
		return nil, fmt.Errorf("%s: %w", s.Name(), ctx.Err())
	case err == web.ErrTooLarge:
		return nil, s.problem(data.TooLarge, "", err)
	case err != nil:
		return nil, s.fileProblem(err)
	}
	return tags, nil
}
