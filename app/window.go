package app

import (
	"net/url"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"rapport/app/bridge"
	"rapport/app/kit"
	"rapport/data/store"
	"rapport/sync"
	"rapport/sync/secret"
)

// trailKept is how many pages can be gone back to.
const trailKept = 40

// window is an open workspace as a person sees it: the rail, one page at a time,
// and the status bar. It lives on one goroutine.
type window struct {
	app    fyne.App
	win    fyne.Window // nil while pictures are made
	canvas fyne.Canvas
	bg     *bridge.Bridge
	db     *store.DB
	clock  func() time.Time
	zone   *time.Location

	shell   *kit.Shell
	rail    *rail
	status  *status
	router  *router
	trail   []step
	at      int    // in trail
	day     string // the day that is shown as today
	undos   undoList
	looks   looks
	engine  *sync.Engine  // nil when this window does not read
	sharer  sharer        // nil until the keyring has answered, and while pictures are made
	keys    secret.Keeper // nil until the system's keyring has answered
	session *session      // nil while pictures are made
	// openURL hands something to the system's program for it.
	openURL func(*url.URL) error

	exchanging  map[string]bool // by Space.ID
	stateSlot   bridge.Slot
	composeSlot bridge.Slot // what a panel for a mail begins with
	dropped     bridge.Slot // what was dropped on the window
	goSlot      bridge.Slot // of what must be asked before going there
	palette     *palette
	foreign     foreign
	notice      *noticing
	writing     *writing
	reported    func()
	stopWatch   func()
}

// step is a page that was gone to, with its route.
type step struct {
	route route
	page  page
}

// newWindow puts an open workspace on a canvas. Call begin to show its first
// page.
func newWindow(app fyne.App, c fyne.Canvas, bg *bridge.Bridge, db *store.DB, clock func() time.Time, zone *time.Location) *window {
	w := &window{app: app, canvas: c, bg: bg, db: db, clock: clock, zone: zone, at: -1, openURL: app.OpenURL, exchanging: map[string]bool{}}
	w.rail = newRail(w)
	w.status = newStatus(w)
	w.shell = kit.NewShell(w.rail.bar, w.status.bar)
	w.shell.OnFold = w.folded
	w.router = newRouter(w)
	w.notice = newNoticing(w)
	w.writing = &writing{w: w}
	w.day = w.now().Format(time.DateOnly)
	return w
}

// begin shows the first page and begins to listen.
func (w *window) begin(first route) {
	w.canvas.SetOnTypedRune(w.router.rune)
	w.canvas.SetOnTypedKey(w.router.key)
	w.listen()
	w.open(first)
}

// now is the time in the person's zone.
func (w *window) now() time.Time { return w.clock().In(w.zone) }

// open goes to a page; one that is already on the trail is the same page again,
// with its row and its scrolling.
func (w *window) open(r route) { w.openAt(r, target{}) }

// openAt goes to a page and to a tab or an item in it.
func (w *window) openAt(r route, to target) {
	if makerOf(r.place) == nil {
		return
	}
	if w.at < 0 || w.trail[w.at].route != r {
		p := w.known(r)
		w.leave()
		w.trail = append(w.trail[:w.at+1], step{r, p})
		if len(w.trail) > trailKept {
			w.trail = slices.Delete(w.trail, 0, len(w.trail)-trailKept)
		}
		w.at = len(w.trail) - 1
	}
	if g, ok := w.page().(goer); ok && to != (target{}) {
		g.goTo(to)
	}
	w.show()
}

// known is the page of a route: the one on the trail, or a new one.
func (w *window) known(r route) page {
	for _, s := range slices.Backward(w.trail) {
		if s.route == r {
			return s.page
		}
	}
	return makerOf(r.place)(w, r)
}

// page is the page in view; nil before begin.
func (w *window) page() page {
	if w.at < 0 {
		return nil
	}
	return w.trail[w.at].page
}

// here is the route of the page in view.
func (w *window) here() route {
	if w.at < 0 {
		return route{}
	}
	return w.trail[w.at].route
}

func (w *window) canBack() bool    { return w.at > 0 }
func (w *window) canForward() bool { return w.at < len(w.trail)-1 }
func (w *window) back()            { w.travel(-1) }
func (w *window) forward()         { w.travel(1) }

// up goes back to where an account was opened from, or to the list of accounts.
func (w *window) up() {
	if w.canBack() {
		w.back()
		return
	}
	w.open(route{place: placeAccounts})
}

func (w *window) travel(by int) {
	if to := w.at + by; to >= 0 && to < len(w.trail) {
		w.leave()
		w.at = to
		w.show()
	}
}

func (w *window) leave() {
	if l, ok := w.page().(leaving); ok {
		l.leave()
	}
}

// show puts the page in view onto the shell, asks it to load and gives it the
// keyboard.
func (w *window) show() {
	p := w.page()
	if f, ok := p.(folding); ok {
		f.folded(w.shell.Folded())
	}
	w.repane()
	w.router.reset()
	w.refreshChrome()
	w.canvas.Unfocus() // what had it may not be there any more, and would swallow every key
	p.load()
	w.refocus()
}

// refocusWaits are how long to wait for a page to be drawn before the keyboard
// is given to it again: the driver knows nothing of objects that it never drew.
var refocusWaits = []time.Duration{30 * time.Millisecond, 60 * time.Millisecond, 120 * time.Millisecond, 300 * time.Millisecond, 600 * time.Millisecond}

// refocus gives the keyboard to what it belongs to on the page in view, as soon
// as that is drawn, unless something else takes it before. Pages call it when
// they show another tab.
func (w *window) refocus() { w.refocusAfter(w.page(), refocusWaits) }

func (w *window) refocusAfter(p page, waits []time.Duration) {
	if w.page() != p || w.canvas.Overlays().Top() != nil {
		return
	}
	p.focus()
	if w.canvas.Focused() != nil || len(waits) == 0 {
		return
	}
	w.bg.Later(waits[0], func() {
		if !w.bg.Over() && w.canvas.Focused() == nil {
			w.refocusAfter(p, waits[1:])
		}
	})
}

// repane puts the panes of the page in view onto the shell; pages call it when
// theirs became others.
func (w *window) repane() {
	panes := w.page().panes()
	w.shell.SetPage(panes.side, panes.main, panes.inspector, panes.sideWidth, panes.width)
}

// refreshChrome draws again what surrounds the page: title, rail, keys and menu
// bar. Pages call it when their commands or hints became others.
func (w *window) refreshChrome() {
	w.rail.draw()
	w.status.setHints(w.page().hints())
	if w.win != nil {
		w.win.SetTitle(w.page().title() + " · Rapport")
		w.win.SetMainMenu(w.mainMenu())
	}
}

func (w *window) folded(side, inspector bool) {
	if f, ok := w.page().(folding); ok {
		f.folded(side, inspector)
	}
}

// reload asks the page in view to draw what is stored now.
func (w *window) reload() {
	if p := w.page(); p != nil {
		p.load()
	}
}

// minute draws anew what depends on the time.
func (w *window) minute() {
	w.status.draw()
	w.notice.look()
	if day := w.now().Format(time.DateOnly); day != w.day {
		w.day = day
		w.reload()
		return
	}
	if t, ok := w.page().(timed); ok {
		t.minute()
	}
}

// showInspector slides a folded inspector over the page, or away.
func (w *window) showInspector(open bool) { w.shell.OpenInspector(open) }

// showSide shows a folded side list over the page, or takes it away.
func (w *window) showSide(open bool) { w.shell.OpenSide(open) }

// slideAway takes away what slid over the page, if something did.
func (w *window) slideAway() bool {
	side, inspector := w.shell.Folded()
	switch {
	case inspector && w.shell.InspectorOpen():
		w.showInspector(false)
	case side && w.shell.SideOpen():
		w.showSide(false)
	default:
		return false
	}
	return true
}

// focus gives the keyboard to something on the page.
func (w *window) focus(f fyne.Focusable) { w.canvas.Focus(f) }

// copy puts a text on the clipboard and says so.
func (w *window) copy(text string) {
	w.app.Clipboard().SetContent(text)
	w.say("Copied " + strings.ToLower(firstLine(text)))
}

// end stops listening and waits for what is under way. Closing the workspace is
// the opener's.
func (w *window) end() {
	if w.stopWatch != nil {
		w.stopWatch()
	}
	w.bg.Close()
}

func (w *window) quit() { w.app.Quit() }

// accountInView is the Account.ID that a page is about, or whose row is chosen;
// "" when there is none.
func (w *window) accountInView() string {
	if a, ok := w.page().(interface{ account() string }); ok {
		return a.account()
	}
	if r := w.here(); r.place == placeAccount {
		return r.id
	}
	return ""
}

// homeRoute is the page that the window begins with.
func (w *window) homeRoute() route {
	if w.rail.guest {
		return route{place: placeJoint}
	}
	for _, p := range []place{placeToday, placeAccounts, placeFiling} {
		if makerOf(p) != nil {
			return route{place: p}
		}
	}
	return route{place: placeSettings}
}
