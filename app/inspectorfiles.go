package app

import (
	"context"
	"net/url"
	"path/filepath"
	"runtime"
	"strings"
	"unicode"
	"unicode/utf8"

	"fyne.io/fyne/v2"

	"rapport/app/bridge"
	"rapport/app/kit"
	"rapport/data"
	"rapport/sync"
)

// attachments lists what the mail carries; each is read and opened by a click.
func (v *inspector) attachments() []fyne.CanvasObject {
	m, ok := v.message()
	if !ok || len(m.Attached) == 0 {
		return nil
	}
	list := []fyne.CanvasObject{kit.NewSectionHead(kit.BodyBold, "Attached", data.Counted(len(m.Attached), "file", "files"), kit.NewKeyHint("O"))}
	for n, a := range m.Attached {
		list = append(list, v.attachment(n, a))
		list = append(list, v.troubleLine(pulling(n))...)
	}
	return append(list, kit.NewSpace(14))
}

func (v *inspector) attachment(n int, a data.Attachment) fyne.CanvasObject {
	icon, end := "file-down", sizeWord(a.Size)
	if sync.IsKept(v.w.db.Dir(), a) {
		icon, end = "check", end+", kept on this laptop"
	}
	item := kit.NewNavItem(icon, a.FileName(), end, func() { v.openAttachment(n) })
	if v.pull.reads(pulling(n)) {
		v.pull.told = func() { item.Set(v.pull.words(), false) }
		v.pull.told()
	}
	return item
}

func (v *inspector) hasAttachments() bool {
	m, ok := v.message()
	return ok && len(m.Attached) > 0
}

// chooseAttachment opens what is attached; of several it asks which one.
func (v *inspector) chooseAttachment() {
	m, ok := v.message()
	switch {
	case !ok || len(m.Attached) == 0:
		return
	case len(m.Attached) == 1:
		v.openAttachment(0)
		return
	}
	view := kit.NewPalette("Open which file?")
	o := kit.NewOverlay(kit.PaletteWidth, view)
	var fits []int
	view.OnType = func(typed string) {
		fits = fits[:0]
		words := queryWords(typed)
		var rows []kit.PaletteRow
		for n, a := range m.Attached {
			if matches(a.FileName(), words) {
				fits = append(fits, n)
				rows = append(rows, kit.PaletteRow{Icon: "file-down", Spans: described(a.FileName(), words, sizeWord(a.Size))})
			}
		}
		note := ""
		if len(fits) == 0 {
			note = "No file is called so"
		}
		view.SetRows(rows, note)
		o.Relayout()
	}
	view.OnEscape = o.Close
	view.OnChoose = func(row int) {
		n := fits[row]
		o.Close()
		v.openAttachment(n)
	}
	view.OnType("")
	v.w.pop(o, view.Focusable())
}

func (v *inspector) openAttachment(n int) {
	pullAgain(v, pulling(n), func(ctx context.Context, m data.MessageRow, o sync.PullOptions) (sync.File, error) {
		return sync.Attachment(ctx, v.w.db, v.w.keys, m, n, o)
	}, func(f sync.File) {
		if f.Risk == "" {
			v.w.openFile(f)
			return
		}
		v.w.warnOf(f)
	})
}

// warnOf asks before a file is opened that may do harm. Enter and Esc leave it.
func (w *window) warnOf(f sync.File) {
	words := kit.NewStack(8,
		kit.NewParagraph(kit.Body, kit.Ink, f.Risk+"."),
		kit.NewParagraph(kit.Body, kit.Ink2, "Open it only if you expected exactly this file, and asked the sender by another way than mail."))
	leave := kit.NewButton(kit.Primary, "Leave it closed", w.dismiss)
	open := kit.NewButton(kit.Danger, "Open anyway", func() {
		w.dismiss()
		w.openFile(f)
	})
	w.pop(kit.NewOverlay(kit.DialogWidth, kit.NewDialog("triangle-alert", kit.Caution, "“"+f.FileName()+"” may do harm", words, "", open, leave)), fyne.Focusable(leave))
}

// openFile hands a copy of an attachment to the system's program for it.
func (w *window) openFile(f sync.File) {
	w.handOver("Opened a copy of "+f.FileName(), func() (string, error) { return sync.OpenableCopy(w.db.Dir(), f, w.clock()) })
}

// handOver hands a file that is made for it to the system's program, and says
// done. This is the one place where the window starts another program on a file.
func (w *window) handOver(done string, file func() (path string, err error)) {
	bridge.Act(w.bg, func(context.Context) error {
		path, err := file()
		if err != nil {
			return err
		}
		if w.openURL(fileURL(path)) != nil {
			return &data.Problem{Kind: data.NoProgram, About: path}
		}
		return nil
	}, func(err error) {
		if err != nil {
			w.fail(err)
			return
		}
		w.say(done)
	})
}

// fileURL is a path as the system's programs take it.
func fileURL(path string) *url.URL {
	path = filepath.ToSlash(path)
	if runtime.GOOS == "windows" && !strings.HasPrefix(path, "/") {
		path = "/" + path
	}
	return &url.URL{Scheme: "file", Path: path}
}

// sourceText is a mail's bytes as text that can be shown: no controls, and a sign
// for each byte that is no letter.
func sourceText(raw []byte) string {
	text := strings.ReplaceAll(string(raw), "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case r == '\t':
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r):
			return utf8.RuneError
		}
		return r
	}, strings.ToValidUTF8(text, string(utf8.RuneError)))
}
