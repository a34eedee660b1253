package bundle

import (
	"bufio"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"rapport/data"
	"rapport/sync/team"
)

// A Count says what an export wrote or an import took.
type Count struct {
	Pieces  int   // written, or put
	Bytes   int64 // of these
	Known   int   // an import's: there already
	Missing int   // an export's: gone before they were read; an import's: damaged in the file
}

// Lacking returns the names of what is here and not there, sorted: what the
// other side needs, by its own listing or an older bundle of its.
func Lacking(here []team.Piece, there []string) []string {
	has := make(map[string]bool, len(there))
	for _, name := range there {
		has[name] = true
	}
	var names []string
	for _, p := range here {
		if !has[p.Name] {
			names = append(names, p.Name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// Export writes a bundle with these pieces of a carrier, in place of a file of
// that name. Pieces that have gone from the carrier are left out and counted.
// Any trouble leaves what was there as it was.
func Export(ctx context.Context, path, space string, from team.Carrier, names []string) (Count, error) {
	if err := team.CheckSpace(space); err != nil {
		return Count{}, err
	}
	bodies := map[string]func() ([]byte, error){}
	var count Count
	for _, name := range names {
		body, err := from.Get(ctx, name)
		switch {
		case errors.Is(err, team.ErrNotThere):
			count.Missing++
			continue
		case err != nil:
			return Count{}, err
		}
		bodies[name] = func() ([]byte, error) { return from.Get(ctx, name) } // again: a bundle may be larger than the memory
		count.Bytes += int64(len(body))
	}
	abs, err := filepath.Abs(path)
	if err != nil {
		return Count{}, err
	}
	unlock := lock(abs)
	defer unlock()
	if err := write(ctx, abs, space, bodies); err != nil {
		return Count{}, err
	}
	count.Pieces = len(bodies)
	return count, nil
}

// Import puts every whole piece of a bundle into a carrier. When the bundle is
// damaged it takes what is whole, and tells with a *data.Problem.
func Import(ctx context.Context, path, space string, into team.Carrier) (Count, error) {
	f, err := Open(path, space)
	if err != nil {
		return Count{}, err
	}
	b, err := f.read()
	if err != nil {
		return Count{}, err
	}
	defer b.close()
	if b.file == nil {
		return Count{}, &data.Problem{Kind: data.NoFile, About: path, Once: true}
	}
	there, err := into.List(ctx)
	if err != nil {
		return Count{}, err
	}
	var count Count
	wanted := Lacking(b.pieces, names(there))
	count.Known = len(b.pieces) - len(wanted)
	for _, name := range wanted {
		body, err := b.get(name)
		if errors.Is(err, team.ErrNotThere) {
			count.Missing++
			continue
		}
		if err == nil {
			err = into.PutNew(ctx, name, body)
		}
		if err != nil {
			return count, err
		}
		count.Pieces++
		count.Bytes += int64(len(body))
	}
	if count.Missing > 0 {
		return count, damaged(path, fmt.Sprintf("%d of %d pieces", count.Missing, len(b.pieces)))
	}
	return count, b.damage()
}

func names(pieces []team.Piece) []string {
	var names []string
	for _, p := range pieces {
		names = append(names, p.Name)
	}
	return names
}

// write writes a bundle aside, waits until the disk has it, and gives it its
// name. Bodies are read twice: for their sizes, and to be written.
func write(ctx context.Context, path, space string, bodies map[string]func() ([]byte, error)) (err error) {
	file, err := os.CreateTemp(filepath.Dir(path), ".rapport-*.tmp")
	if err != nil {
		return trouble(err, path)
	}
	defer os.Remove(file.Name())
	err = fill(ctx, file, space, bodies)
	if err == nil {
		err = file.Sync()
	}
	if err = errors.Join(err, file.Close()); err == nil {
		err = os.Rename(file.Name(), path)
	}
	if err != nil {
		return trouble(err, path)
	}
	syncFolder(filepath.Dir(path))
	return nil
}

func fill(ctx context.Context, file io.Writer, space string, bodies map[string]func() ([]byte, error)) error {
	order := slices.Sorted(maps.Keys(bodies))
	sizes := make([]int, len(order))
	for i, name := range order {
		body, err := bodies[name]()
		if err := errors.Join(ctx.Err(), err); err != nil {
			return err
		}
		sizes[i] = len(body)
	}
	out, sum := bufio.NewWriter(file), sha256.New()
	head := io.MultiWriter(out, sum)
	fmt.Fprintf(head, "%s %s %d\n", magic, space, len(order))
	for i, name := range order {
		fmt.Fprintf(head, "%s %d\n", name, sizes[i])
	}
	fmt.Fprintf(out, "%s\n", team.Text(sum.Sum(nil)))
	for i, name := range order {
		body, err := bodies[name]()
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil:
			return err
		case len(body) != sizes[i]:
			return fmt.Errorf("%s: %w", name, team.ErrTaken)
		}
		_, _ = out.Write(body) // the first error stays until Flush
	}
	return out.Flush()
}
