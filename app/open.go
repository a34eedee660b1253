package app

import (
	"context"
	"errors"
	"time"

	"fyne.io/fyne/v2"

	"rapport/app/bridge"
	"rapport/app/kit"
	"rapport/data/store"
	"rapport/sync"
	"rapport/sync/secret"
)

// The window's first size.
const firstWidth, firstHeight = 1280, 800

// Open opens the window on the workspace in a folder and returns when it is
// closed or ctx ends. Where there is no workspace yet it begins with the first
// run. What goes wrong with the workspace is shown in the window.
func Open(ctx context.Context, app fyne.App, dir string) error {
	s := &session{app: app, bg: bridge.New(ctx), home: dir, clock: time.Now}
	s.win = app.NewWindow("Rapport")
	s.win.SetPadded(false)
	s.win.SetMaster()
	s.win.SetIcon(kit.WindowIcon())
	app.Settings().SetTheme(kit.NewTheme(kit.System, 1))
	s.win.Resize(fyne.NewSize(firstWidth, firstHeight))
	s.win.CenterOnScreen()
	s.win.SetOnDropped(func(_ fyne.Position, files []fyne.URI) {
		if s.w != nil {
			var paths []string
			for _, f := range files {
				paths = append(paths, f.Path())
			}
			s.w.drop(paths)
		}
	})
	s.bg.WhenOver(app.Quit)
	if store.Exists(dir) {
		s.openWorkspace(dir)
	} else {
		s.begin()
	}
	s.win.ShowAndRun()
	s.bg.Close()
	return s.closeWorkspace()
}

// session is the program as a person sees it: one window, first without and
// then with a workspace.
type session struct {
	app   fyne.App
	win   fyne.Window // nil while pictures are made
	bg    *bridge.Bridge
	home  string // the folder that the program was started on
	clock func() time.Time
	mails int // how many the sample has; 0 is as many as such a firm has

	slot bridge.Slot
	w    *window // nil before a workspace is open
	db   *store.DB
	keys secret.Keeper // nil until the system's keyring has answered
	// then, if set, is done once the next workspace is open with its secrets.
	then func(*window)
}

// opened is a workspace that was just opened, with what the window needs of it.
type opened struct {
	db    *store.DB
	looks looks
	zone  *time.Location
	guest bool // it holds nothing but joint spaces
}

func openStore(ctx context.Context, dir string, clock func() time.Time) (o opened, err error) {
	if o.db, err = store.Open(ctx, dir, store.Options{Now: clock}); err != nil {
		return o, err
	}
	if o.looks, err = readLooks(ctx, o.db); err == nil {
		o.zone, err = readZone(ctx, o.db)
	}
	if err == nil {
		o.guest, err = o.db.GuestOnly(ctx)
	}
	if err != nil {
		return o, errors.Join(err, o.db.Close())
	}
	return o, nil
}

// readZone is the person's time zone: the setting's, else the system's.
func readZone(ctx context.Context, db *store.DB) (*time.Location, error) {
	name, err := db.Setting(ctx, store.SettingZone)
	if err != nil || name == "" {
		return time.Local, err
	}
	zone, err := time.LoadLocation(name)
	if err != nil {
		return time.Local, nil // a zone that this system does not know is as none
	}
	return zone, nil
}

// openWorkspace opens a workspace off the window's goroutine and shows it; one
// that is open already is closed first.
func (s *session) openWorkspace(dir string) {
	s.show(kit.NewGround(kit.Bg))
	before := s.letGo()
	bridge.Load(s.bg, &s.slot, func(ctx context.Context) (opened, error) {
		if err := before(); err != nil {
			return opened{}, err
		}
		return openStore(ctx, dir, s.clock)
	}, func(o opened, err error) {
		if err != nil {
			s.failed(dir, err)
			return
		}
		s.enter(o)
	})
}

// enter shows an open workspace.
func (s *session) enter(o opened) {
	s.db = o.db
	s.w = newWindow(s.app, s.win.Canvas(), s.bg.Child(), o.db, s.clock, o.zone)
	s.w.win, s.w.session = s.win, s
	s.w.wear(o.looks)
	s.show(s.w.shell)
	s.w.rail.holdOnly(o.guest)
	s.w.begin(s.w.homeRoute())
	s.unlock()
}

// unlock asks for the secrets, which may wait for a dialog of the system's, and
// then begins to read.
func (s *session) unlock() {
	w := s.w
	var keys secret.Keeper
	bridge.Act(w.bg, func(ctx context.Context) (err error) {
		keys, err = sync.Keys(ctx, w.db)
		return err
	}, func(err error) {
		if err != nil {
			w.fail(err)
			return
		}
		s.keys, w.keys = keys, keys
		w.sharer = newSharer(w.db, keys, s.clock)
		w.startExchanging()
		if do := s.then; do != nil {
			s.then = nil
			do(w)
		}
		w.startReading(sync.New(w.db, keys, sync.Options{Now: s.clock, Zone: w.zone, Report: w.report}))
	})
}

// letGo leaves the workspace in view and returns what closes it, to be called
// off the window's goroutine.
func (s *session) letGo() (closeIt func() error) {
	w, db := s.w, s.db
	s.w, s.db, s.keys = nil, nil, nil
	if w == nil {
		return func() error { return nil }
	}
	w.end()
	return db.Close
}

func (s *session) closeWorkspace() error { return s.letGo()() }

// show puts something in the place of all that the window shows.
func (s *session) show(content fyne.CanvasObject) {
	c := s.win.Canvas()
	for _, o := range append([]fyne.CanvasObject{}, c.Overlays().List()...) {
		c.Overlays().Remove(o)
	}
	s.win.SetMainMenu(nil)
	s.win.SetContent(content)
}

// failed says why a workspace cannot be opened, and what can be done.
func (s *session) failed(dir string, err error) {
	s.then = nil
	s.win.SetTitle("Rapport")
	what, todo := troubleWords(err)
	if todo != "" {
		todo += "."
	}
	s.show(kit.NewFailed("file-x-2", what, todo,
		kit.NewButton(kit.Plain, "Try again", func() { s.openWorkspace(dir) }),
		kit.NewButton(kit.Plain, "Open another folder", s.chooseFolder),
		kit.NewButton(kit.Ghost, "Quit", s.app.Quit)))
}
