package app

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2"

	"rapport/app/bridge"
	"rapport/app/kit"
	"rapport/data"
	"rapport/sync"
)

// pulling is what of a mail is read again from its server: an attachment by its
// number, or one of the others.
type pulling int

const (
	pullNothing pulling = -1 - iota
	pullSource
	pullRest
	pullReading
)

// pull is what the inspector reads again, one thing at a time.
type pull struct {
	slot    bridge.Slot
	what    pulling
	share   int    // percent that came, -1 before any did
	err     error  // why it did not come
	told    func() // draws the share; nil when nothing shows it
	started bool   // the zero value reads nothing
}

// drop ends what is under way.
func (p *pull) drop() {
	p.slot.Drop()
	*p = pull{slot: p.slot, what: pullNothing}
}

func (p *pull) reads(what pulling) bool { return p.started && p.err == nil && p.what == what }

// trouble is why that did not come, nil if it was not asked for or is on its way.
func (p *pull) trouble(what pulling) error {
	if !p.started || p.what != what {
		return nil
	}
	return p.err
}

// words say how far it is: "reading", "reading, 40%".
func (p *pull) words() string {
	if p.share < 0 {
		return "reading"
	}
	return fmt.Sprintf("reading, %d%%", p.share)
}

// pullAgain reads something of the mail that is shown again, and shows how far it
// is and what went wrong, in its place.
func pullAgain[T any](v *inspector, what pulling, ask func(context.Context, data.MessageRow, sync.PullOptions) (T, error), then func(T)) {
	m, ok := v.message()
	if !ok || v.pull.reads(what) {
		return
	}
	v.pull.drop()
	p := &v.pull
	p.what, p.share, p.started = what, -1, true
	if v.w.keys == nil && len(m.Locations) > 0 {
		p.err = errNoKeyring
		v.draw()
		return
	}
	report := bridge.Relay(v.w.bg, func(done, total int64) {
		if share := int(100 * done / max(total, 1)); p.reads(what) && share != p.share {
			if p.share = share; p.told != nil {
				p.told()
			}
		}
	})
	bridge.Load(v.w.bg, &p.slot, func(ctx context.Context) (T, error) { return ask(ctx, m, sync.PullOptions{Report: report}) },
		func(answer T, err error) {
			p.started, p.err = err != nil, err
			v.draw()
			if err == nil {
				then(answer)
			}
		})
	if p.reads(what) {
		v.draw()
	}
}

// troubleLine says in place why something did not come; none where it did.
func (v *inspector) troubleLine(what pulling) []fyne.CanvasObject {
	err := v.pull.trouble(what)
	if err == nil {
		return nil
	}
	says, todo := troubleWords(err)
	if says += "."; todo != "" {
		says += " " + todo + "."
	}
	return []fyne.CanvasObject{kit.NewPad(2, 10, 6, 10, kit.NewParagraph(kit.Small, kit.Alert, says))}
}

// pullLink is a link that reads something again, or how far that is.
func (v *inspector) pullLink(words string, what pulling, do func()) []fyne.CanvasObject {
	if !v.pull.reads(what) {
		return append([]fyne.CanvasObject{v.link(words, do)}, v.troubleLine(what)...)
	}
	note := kit.NewNote(upperFirst(v.pull.words()))
	v.pull.told = func() {
		note.Text = upperFirst(v.pull.words())
		note.Refresh()
	}
	return []fyne.CanvasObject{kit.NewPad(6, 0, 6, 0, note.Bending())}
}

// missing offers the rest of a mail of which only the beginning was read.
func (v *inspector) missing() []fyne.CanvasObject {
	m, ok := v.message()
	switch {
	case !ok || !m.TextCut:
		return nil
	case !m.BeginsOnly():
		return []fyne.CanvasObject{kit.NewSpace(4), kit.NewParagraph(kit.Small, kit.Ink3, "The text is longer than Rapport keeps; the raw source has all of it.")}
	}
	return v.pullLink("Read the rest of this mail, "+sizeWord(m.Size), pullRest, v.readRest)
}

func (v *inspector) readRest() {
	pullAgain(v, pullRest, func(ctx context.Context, m data.MessageRow, o sync.PullOptions) (data.MessageRow, error) {
		return sync.Complete(ctx, v.w.db, v.w.keys, m, o)
	}, v.renew)
}

// renew shows a mail of which more was read.
func (v *inspector) renew(m data.MessageRow) {
	for i := range v.entry.Messages {
		if v.entry.Messages[i].ID == m.ID {
			v.entry.Messages[i] = m
		}
	}
	v.draw()
}

// form says how the mail came: encrypted, signed, with an invitation.
func (v *inspector) form() []fyne.CanvasObject {
	m, ok := v.message()
	if !ok || m.Form == (data.Form{}) {
		return nil
	}
	var list []fyne.CanvasObject
	if m.Form.Encrypted != "" {
		list = append(list, v.factRow("lock", "Encrypted with "+m.Form.Encrypted+"; read it in your mail program", ""))
	}
	if m.Form.Signed != "" {
		list = append(list, v.factRow("key-round", "Signed with "+m.Form.Signed+"; the signature is not checked here", ""))
	}
	if m.Form.Calendar {
		list = append(list, v.factRow("calendar", "It carries an invitation", ""))
	}
	if len(list) == 0 {
		return nil
	}
	return append(list, kit.NewSpace(10))
}

// sourceShown is how many letters of a mail's source a window can bear.
const sourceShown = 60_000

// source offers the mail as it was sent.
func (v *inspector) source() []fyne.CanvasObject {
	if _, ok := v.message(); !ok {
		return nil
	}
	return v.pullLink("Raw source", pullSource, v.openSource)
}

func (v *inspector) openSource() {
	pullAgain(v, pullSource, func(ctx context.Context, m data.MessageRow, o sync.PullOptions) ([]byte, error) {
		return sync.Pull(ctx, v.w.db, v.w.keys, m, o)
	}, v.w.showSource)
}

// showSource shows a mail as it was sent, in letters of one width.
func (w *window) showSource(raw []byte) {
	text := sourceText(raw)
	shown, note := cutText(text, sourceShown), data.Counted(len(raw), "byte", "bytes")
	if shown != text {
		note += "; only the beginning is shown"
	}
	body := kit.NewScroll(kit.NewPad(4, 8, 4, 0, kit.NewParagraph(kit.Mono, kit.Ink, shown)))
	copies := kit.NewButton(kit.Plain, "Copy all", func() { w.app.Clipboard().SetContent(string(raw)); w.say("Copied the raw source") }).WithIcon("copy")
	w.pop(kit.NewOverlay(sourceWidth, kit.NewDialog("receipt-text", kit.Neutral, "Raw source", tall(sourceHeight, body), note,
		copies, kit.NewButton(kit.Plain, "Close", w.dismiss).WithKey("Esc"))), nil)
}

// The size of the raw source: 78 letters on a line, and as many lines as a small
// window has room for.
const (
	sourceWidth  = 720
	sourceHeight = 400
)
