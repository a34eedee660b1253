package app

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"unicode"

	"rapport/app/bridge"
	"rapport/app/kit"
	"rapport/data"
	"rapport/data/chart"
	"rapport/data/codec"
	"rapport/sync"
)

// exports are the kinds of file that the map is drawn on.
var exports = []string{".svg", ".png"}

// export asks for a file and draws the map on it.
func (t *peopleTab) export() {
	if len(t.in.Contacts) == 0 {
		t.p.w.say("Nobody is on the map yet")
		return
	}
	bridge.Load(t.p.w.bg, &t.p.w.goSlot, func(context.Context) (string, error) { return exportFolder(), nil }, func(folder string, _ error) { t.askExport(folder) })
}

func (t *peopleTab) askExport(folder string) {
	w := t.p.w
	f := newForm(w.bg)
	f.reads = true
	file := f.field("File", kit.NewField("kestrel.svg or kestrel.png"))
	kind := kit.NewSegmented([]string{"SVG drawing", "PNG picture"}, 0, func(on int) {
		file.SetText(strings.TrimSuffix(file.Text(), filepath.Ext(file.Text())) + exports[on])
	})
	f.add("As", kit.NewRow(0, kind))
	file.SetText(filepath.Join(folder, fileName(t.in.Account.Name+" people")+exports[0]))
	w.dialog(f, "image-down", "Export the map of "+t.in.Account.Name, "Export", func() {
		path := ownPath(strings.TrimSpace(file.Text()))
		if err := exportable(path); err != nil {
			f.say(err)
			return
		}
		in, now := t.in, w.now()
		bridge.Act(w.bg, func(context.Context) error { return writeMap(codec.PeopleChart(in, now), path) }, func(err error) {
			if err != nil {
				f.say(exportTrouble(err))
				return
			}
			w.dismiss()
			w.say("Map drawn on " + path)
		})
	})
}

// exportable says why nothing can be drawn on a path, or nil.
func exportable(path string) error {
	ext := strings.ToLower(filepath.Ext(path))
	switch {
	case path == "":
		return &data.Invalid{Field: "file", Says: "name the file to draw on"}
	case ext != exports[0] && ext != exports[1]:
		return &data.Invalid{Field: "file", Says: "the name ends in .svg or .png"}
	}
	return nil
}

// writeMap draws a map on a new file, as its name says.
func writeMap(m chart.Map, path string) error {
	b, err := m.SVG()
	if strings.EqualFold(filepath.Ext(path), ".png") {
		b, err = m.PNG(chart.Sharp)
	}
	if err != nil {
		return err
	}
	return sync.WriteNew(path, b)
}

// exportTrouble puts into words why a file was not written.
func exportTrouble(err error) error {
	if errors.Is(err, fs.ErrPermission) {
		return &data.Invalid{Field: "file", Says: "you may not write there; choose another folder"}
	}
	var known *data.Problem
	var said *data.Invalid
	if errors.As(err, &known) || errors.As(err, &said) {
		return err
	}
	return &data.Invalid{Field: "file", Says: err.Error()}
}

// exportFolder is where people look for what they saved: their downloads, else
// their home.
func exportFolder() string {
	home, err := os.UserHomeDir()
	if err != nil {
		return ""
	}
	down := filepath.Join(home, "Downloads")
	if s, err := os.Stat(down); err == nil && s.IsDir() {
		return down
	}
	return home
}

// ownPath reads ~ as the person's home.
func ownPath(path string) string {
	rest, ok := strings.CutPrefix(path, "~"+string(filepath.Separator))
	if home, err := os.UserHomeDir(); ok && err == nil {
		return filepath.Join(home, rest)
	}
	return path
}

// fileName is a name without what file systems do not take: "Kestrel Museums
// people".
func fileName(name string) string {
	kept := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune(" -_.,", r) {
			return r
		}
		return ' '
	}, name)
	return strings.Trim(strings.Join(strings.Fields(kept), " "), ". ")
}
