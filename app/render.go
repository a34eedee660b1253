package app

import (
	"context"
	"errors"
	"fmt"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/software"

	"rapport/app/bridge"
	"rapport/app/kit"
	"rapport/data/store"
)

// Render draws every page of a workspace as PNG files in the folder out, light
// and dark and one in the smallest window, and returns their paths. It needs no
// display, and changes nothing in the workspace.
func Render(ctx context.Context, app fyne.App, dir, out string) (paths []string, err error) {
	if err := os.MkdirAll(out, 0o755); err != nil {
		return nil, err
	}
	db, err := store.Open(ctx, dir, store.Options{MustExist: true})
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	zone, err := readZone(ctx, db)
	if err != nil {
		return nil, err
	}
	account, err := busiestAccount(ctx, db)
	if err != nil {
		return nil, err
	}
	now := time.Now()
	person, err := lastTouched(ctx, db, account, now)
	if err != nil {
		return nil, err
	}
	studio := studio{ctx: ctx, app: app, db: db, out: out, account: account, person: person, zone: zone, clock: func() time.Time { return now }}
	for _, s := range studio.shots() {
		if err := ctx.Err(); err != nil {
			return paths, err
		}
		path, err := studio.take(s)
		if err != nil {
			return paths, err
		}
		paths = append(paths, path)
	}
	return paths, nil
}

// busiestAccount is the account to show: the one touched last among those that
// matter most, "" when there is none.
func busiestAccount(ctx context.Context, db *store.DB) (string, error) {
	rows, err := db.AccountRows(ctx, time.Now())
	if err != nil || len(rows) == 0 {
		return "", err
	}
	best := rows[0]
	for _, r := range rows[1:] {
		closer := r.Tier != "" && (best.Tier == "" || r.Tier < best.Tier)
		if closer || r.Tier == best.Tier && r.Last.At.After(best.Last.At) {
			best = r
		}
	}
	return best.ID, nil
}

// lastTouched is the Contact.ID of whoever of an account was in touch last, "" when
// there is nobody.
func lastTouched(ctx context.Context, db *store.DB, account string, now time.Time) (string, error) {
	if account == "" {
		return "", nil
	}
	people, err := db.People(ctx, account, now)
	for _, p := range people {
		if p.ID != "" {
			return p.ID, err
		}
	}
	return "", err
}

// studio makes pictures of one workspace.
type studio struct {
	ctx     context.Context
	app     fyne.App
	db      *store.DB
	out     string
	account string
	person  string // Contact.ID of somebody there
	zone    *time.Location
	clock   func() time.Time
}

// shot is one picture to take.
type shot struct {
	name string
	look kit.Look
	size fyne.Size
	// pose brings the window to what the picture shows; nil is the first run.
	pose func(*window)
}

func (s studio) shots() []shot {
	wide, small := fyne.NewSize(firstWidth, firstHeight), fyne.NewSize(960, 600)
	var list []shot
	add := func(name string, pose func(*window)) {
		list = append(list, shot{name, kit.Light, wide, pose}, shot{name + "-dark", kit.Dark, wide, pose})
	}
	for _, p := range []place{placeToday, placeAccounts, placeTiers, placeCalendar, placeFiling, placeFeedback, placeTraining, placeInsights, placeSharing, placeSettings} {
		if makerOf(p) != nil {
			add(strings.ToLower(string(p)), func(w *window) { w.open(route{place: p}) })
		}
	}
	if makerOf(placeAccount) != nil && s.account != "" {
		at := route{place: placeAccount, id: s.account}
		for _, tab := range []string{tabOverview, tabTimeline, tabPlan, tabPeople, tabValue} {
			add("account-"+tab, func(w *window) { w.openAt(at, target{tab: tab}) })
		}
	}
	if s.person != "" {
		add("contact", func(w *window) { w.openContact(s.person) })
	}
	add("palette", func(w *window) {
		w.open(w.homeRoute())
		w.openPalette()
		w.palette.view.SetText("mu")
	})
	add("capture", func(w *window) {
		w.open(w.homeRoute())
		w.openCapture(s.account)
	})
	add("keys", func(w *window) {
		w.open(w.homeRoute())
		w.showKeys()
	})
	add("first-run", nil)
	if makerOf(placeAccounts) != nil {
		list = append(list, shot{"accounts-small", kit.Light, small, func(w *window) { w.open(route{place: placeAccounts}) }})
	}
	for i := range list {
		list[i].name = fmt.Sprintf("%02d-%s", i+1, list[i].name)
	}
	return list
}

func (s studio) take(shot shot) (string, error) {
	kit.Wear(s.app, kit.NewTheme(shot.look, 1))
	c := software.NewCanvas()
	c.SetPadded(false)
	bg := bridge.Inline(s.ctx)
	defer bg.Close()
	if shot.pose == nil {
		c.SetContent(newFirstRun(&session{app: s.app, bg: bg, home: s.db.Dir(), clock: s.clock}).view)
		c.Resize(shot.size)
	} else {
		w := newWindow(s.app, c, bg, s.db, s.clock, s.zone)
		c.SetContent(w.shell)
		c.Resize(shot.size)
		w.listen()
		defer w.end()
		shot.pose(w)
	}
	path := filepath.Join(s.out, shot.name+".png")
	f, err := os.Create(path)
	if err != nil {
		return "", err
	}
	return path, errors.Join(png.Encode(f, c.Capture()), f.Close())
}
