package app

import (
	"time"
	"unicode"

	"fyne.io/fyne/v2"

	"rapport/app/kit"
)

// pairWait is how long after G the second key of a pair may come.
const pairWait = 2 * time.Second

// router hears the keys that nobody else took and finds their commands. While
// somebody types in a field, the field takes them all and the router hears
// nothing; while something floats over the page it only answers Escape, and what
// slid over the page goes with Escape first.
type router struct {
	w     *window
	first string // the first key of a pair, "" when none waits
	since time.Time
}

func newRouter(w *window) *router { return &router{w: w} }

// reset forgets the first half of a pair.
func (r *router) reset() { r.first = "" }

func (r *router) rune(c rune) {
	if c == ' ' || !unicode.IsPrint(c) {
		return // Space is heard as a key
	}
	if _, ok := r.w.byKey("Shift " + string(c)); ok && unicode.IsUpper(c) && r.first == "" {
		r.press("Shift " + string(c))
		return
	}
	r.press(string(unicode.ToUpper(c)))
}

func (r *router) key(e *fyne.KeyEvent) {
	if name, ok := namedKeys[e.Name]; ok {
		r.press(name)
	}
}

// namedKeys are the keys that write nothing.
var namedKeys = map[fyne.KeyName]string{
	fyne.KeySpace: "Space", fyne.KeyReturn: "Enter", fyne.KeyEnter: "Enter", fyne.KeyEscape: "Esc",
	fyne.KeyDelete: "Delete", fyne.KeyBackspace: "Backspace", fyne.KeyInsert: "Insert",
	fyne.KeyUp: "Up", fyne.KeyDown: "Down", fyne.KeyLeft: "Left", fyne.KeyRight: "Right",
	fyne.KeyHome: "Home", fyne.KeyEnd: "End", fyne.KeyPageUp: "Page up", fyne.KeyPageDown: "Page down",
	fyne.KeyF1: "F1", fyne.KeyF5: "F5",
}

// press finds the command of a key, alone or as the second of a pair.
func (r *router) press(key string) {
	if o := topOverlay(r.w.canvas); o != nil {
		if key == "Esc" {
			o.Close()
		}
		return
	}
	if key == "Esc" && r.w.slideAway() {
		return
	}
	if first := r.first; first != "" {
		r.reset()
		if r.w.now().Sub(r.since) < pairWait {
			if c, ok := r.w.byKey(first + " " + key); ok {
				c.do()
				return
			}
		}
	}
	if r.w.beginsPair(key) {
		r.first, r.since = key, r.w.now()
		return
	}
	if c, ok := r.w.byKey(key); ok {
		c.do()
	}
}

// topOverlay is the floating thing over the page, nil when there is none.
func topOverlay(c fyne.Canvas) *kit.Overlay {
	o, _ := c.Overlays().Top().(*kit.Overlay)
	return o
}
