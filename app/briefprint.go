package app

import (
	"bytes"
	"context"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"rapport/app/bridge"
	"rapport/app/kit"
	"rapport/data"
	"rapport/data/codec"
	"rapport/sync"
)

// print makes the page as a PDF and hands it to the system's program for PDFs,
// from which it is printed. It needs no network.
func (p *briefPage) print() { p.w.printBrief(p.brief, p.in.Now) }

// printBriefOf makes the brief of a meeting, an Occurrence.ID, and prints it.
func (w *window) printBriefOf(meeting string) {
	now := w.now()
	bridge.Load(w.bg, &w.goSlot, func(ctx context.Context) (data.BriefInput, error) { return w.db.BriefInput(ctx, meeting, now) }, func(in data.BriefInput, err error) {
		if err != nil {
			w.fail(err)
			return
		}
		w.printBrief(data.ComposeBrief(in), in.Now)
	})
}

func (w *window) printBrief(brief data.Brief, now time.Time) {
	w.handOver("The brief is open in your PDF program; print it there", func() (string, error) {
		var b bytes.Buffer
		if err := codec.WriteBriefPDF(&b, brief, codec.SheetPrint{Paper: codec.A4, Now: now}); err != nil {
			return "", err
		}
		return sync.OpenablePage(w.db.Dir(), fileName(brief.Title+" "+brief.Mark)+".pdf", b.Bytes(), w.clock())
	})
}

// save asks for a file and saves the page in it.
func (p *briefPage) save() {
	bridge.Load(p.w.bg, &p.w.goSlot, func(context.Context) (string, error) { return exportFolder(), nil }, func(folder string, _ error) { p.askSave(folder) })
}

func (p *briefPage) askSave(folder string) {
	w, brief, now := p.w, p.brief, p.in.Now
	f := newForm(w.bg)
	file := f.field("File", kit.NewField("brief.pdf"))
	kind := kit.NewSegmented([]string{"PDF, A4", "PDF, Letter", "HTML", "Markdown"}, 0, func(on int) {
		file.SetText(strings.TrimSuffix(file.Text(), filepath.Ext(file.Text())) + briefExports[on])
	})
	f.add("As", kit.NewRow(0, kind))
	file.SetText(filepath.Join(folder, fileName("Brief "+brief.Title+" "+brief.Mark)+briefExports[0]))
	w.dialog(f, "download", "Save the brief", "Save", func() {
		path := ownPath(strings.TrimSpace(file.Text()))
		if !slices.Contains(briefExports, strings.ToLower(filepath.Ext(path))) {
			f.say(&data.Invalid{Field: "file", Says: "the name ends in .pdf, .html or .md"})
			return
		}
		how := codec.SheetPrint{Paper: codec.A4, Now: now}
		if kind.On == 1 {
			how.Paper = codec.Letter
		}
		bridge.Act(w.bg, func(context.Context) error { return writeBrief(brief, how, path) }, func(err error) {
			if err != nil {
				f.say(exportTrouble(err))
				return
			}
			w.dismiss()
			w.say("Brief saved in " + path)
		})
	})
}

// briefExports are the kinds of file that a brief is saved as, as the form offers
// them.
var briefExports = []string{".pdf", ".pdf", ".html", ".md"}

// writeBrief saves a brief in a new file, as its name says.
func writeBrief(brief data.Brief, how codec.SheetPrint, path string) error {
	var b bytes.Buffer
	var err error
	switch strings.ToLower(filepath.Ext(path)) {
	case ".pdf":
		err = codec.WriteBriefPDF(&b, brief, how)
	case ".html":
		err = codec.WriteSheetHTML(&b, brief.AsSheet(), how.Now, brief.Made, codec.SheetReturn{})
	default:
		err = codec.WriteSheetMarkdown(&b, brief.AsSheet(), how.Now, brief.Made)
	}
	if err != nil {
		return err
	}
	return sync.WriteNew(path, b.Bytes())
}
