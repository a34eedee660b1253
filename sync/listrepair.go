package sync

import (
	"bufio"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"rapport/data"
	"rapport/data/codec"
)

// repairFile takes the rows that could not be brought in, each behind its
// reason, in a list that can be mended and brought in again. It is made with its
// first row, and never over another file.
type repairFile struct {
	path    string
	header  []string
	comma   byte
	dry     bool
	written string // the path, once there is one
	err     error
	file    *os.File
	out     *bufio.Writer
	own     []int // columns of a repair file that this list is itself
}

func (f *repairFile) add(row codec.Row, reason, place string) {
	if f.dry || f.err != nil {
		return
	}
	if f.file == nil {
		f.begin()
	}
	if f.err == nil {
		f.err = codec.WriteRow(f.out, f.comma, append([]string{reason, place}, f.without(row.Cells)...))
	}
}

func (f *repairFile) begin() {
	f.ownColumns()
	if f.file, f.err = os.OpenFile(f.path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600); f.err != nil {
		if errors.Is(f.err, fs.ErrExist) {
			f.err = &data.Invalid{Field: "rest", Says: f.path + " is there already; name another file with -rest, or move it away"}
		}
		return
	}
	f.written, f.out = f.path, bufio.NewWriter(f.file)
	f.err = codec.WriteRow(f.out, f.comma, append([]string{data.RepairReason, data.RepairPlace}, f.without(f.header)...))
}

// ownColumns finds the columns of a repair file that the list is itself.
func (f *repairFile) ownColumns() {
	for i, h := range f.header {
		if h == data.RepairReason || h == data.RepairPlace {
			f.own = append(f.own, i)
		}
	}
}

// without are cells without those of a repair file.
func (f *repairFile) without(cells []string) (list []string) {
	for i, c := range cells {
		own := false
		for _, k := range f.own {
			own = own || k == i
		}
		if !own {
			list = append(list, c)
		}
	}
	return list
}

func (f *repairFile) close() {
	if f.file == nil {
		return
	}
	if f.err == nil {
		f.err = f.out.Flush()
	}
	if err := f.file.Close(); f.err == nil {
		f.err = err
	}
}

// drop takes the file away again: nothing was brought in.
func (f *repairFile) drop() {
	if f.written != "" {
		_ = os.Remove(f.written) // it holds nothing that the list does not
	}
}

// createNew makes the n-th file of a name, nil where there is one already.
func createNew(bare string, n int) (*os.File, string, error) {
	path := bare + ".csv"
	if n > 1 {
		path = fmt.Sprintf("%s-%d.csv", bare, n)
	}
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return nil, "", nil
	}
	return file, path, err
}
