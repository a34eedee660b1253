package app

import (
	"bytes"
	"context"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"rapport/app/bridge"
	"rapport/app/kit"
	"rapport/data"
	"rapport/data/codec"
	"rapport/data/store"
	"rapport/sync"
)

// sheetEndings are the kinds of file that a page is saved as.
var sheetEndings = []string{".pdf", ".html", ".md"}

// sheetSaving is a page that is saved in a file.
type sheetSaving struct {
	account     string
	sheet       data.Sheet
	now         time.Time
	correctable bool // the customer can correct it, where it is HTML
}

// print asks for a file and saves the plan in it, all of it.
func (t *planTab) print() {
	in := t.answer.in
	t.p.w.askSheet("Save the plan of "+in.Account.Name, fileName(in.Account.Name+" plan"), nil, sheetSaving{account: t.p.id, sheet: t.answer.page.Sheet, now: in.Now})
}

// askSheet asks for a file and saves a page in it; notes stand under the fields.
func (w *window) askSheet(title, name string, notes []fyne.CanvasObject, s sheetSaving) {
	bridge.Load(w.bg, &w.goSlot, func(context.Context) (string, error) { return exportFolder(), nil }, func(folder string, _ error) {
		f := newForm(w.bg)
		f.reads = true
		file := f.field("File", kit.NewField("kestrel.pdf"))
		f.add("As", kit.NewRow(0, kit.NewSegmented([]string{"PDF", "HTML", "Markdown"}, 0, func(on int) {
			file.SetText(strings.TrimSuffix(file.Text(), filepath.Ext(file.Text())) + sheetEndings[on])
		})))
		f.rows = append(f.rows, notes...)
		file.SetText(filepath.Join(folder, name+sheetEndings[0]))
		w.dialog(f, "printer", title, "Save", func() {
			path := ownPath(strings.TrimSpace(file.Text()))
			if !slices.Contains(sheetEndings, strings.ToLower(filepath.Ext(path))) {
				f.say(&data.Invalid{Field: "file", Says: "the name ends in .pdf, .html or .md"})
				return
			}
			bridge.Act(w.bg, func(ctx context.Context) error { return s.write(ctx, w.db, path) }, func(err error) {
				if err != nil {
					f.say(exportTrouble(err))
					return
				}
				w.dismiss()
				w.say("Saved in " + path)
			})
		})
	})
}

// write saves the page in a new file, as its name says.
func (s sheetSaving) write(ctx context.Context, db *store.DB, path string) error {
	var b bytes.Buffer
	var err error
	made := "Made by Rapport on " + s.now.Format("2 Jan 2006")
	switch strings.ToLower(filepath.Ext(path)) {
	case ".pdf":
		err = codec.WriteSheetPDF(&b, s.sheet, codec.SheetPrint{Paper: codec.A4, Now: s.now, Made: made})
	case ".html":
		var back codec.SheetReturn
		if s.correctable {
			if back, err = planReturn(ctx, db, s.account); err != nil {
				return err
			}
		}
		err = codec.WriteSheetHTML(&b, s.sheet, s.now, made, back)
	default:
		err = codec.WriteSheetMarkdown(&b, s.sheet, s.now, made)
	}
	if err != nil {
		return err
	}
	return sync.WriteNew(path, b.Bytes())
}

// planReturn is where a customer's corrections go: to the person at this laptop.
func planReturn(ctx context.Context, db *store.DB, account string) (codec.SheetReturn, error) {
	name, err := db.Setting(ctx, store.SettingUserName)
	if err != nil {
		return codec.SheetReturn{}, err
	}
	boxes, err := db.Mailboxes(ctx)
	back := codec.SheetReturn{Account: account, From: name}
	if len(boxes) > 0 {
		back.Mail = boxes[0].Address
	}
	return back, err
}
