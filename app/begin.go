package app

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"rapport/app/bridge"
	"rapport/app/kit"
	"rapport/data"
	"rapport/data/sample"
	"rapport/data/store"
	"rapport/sync"
)

// connect asks for a mailbox and, if there is one, a calendar.
func (f *firstRun) connect() {
	box := newMailboxForm(f.s.bg, data.Mailbox{})
	calendar := kit.NewField("optional: a link, or a path that ends in .ics")
	box.field("Calendar", calendar)
	done := func(m data.Mailbox, password string) { f.chooseReading(m, password, calendar.Text()) }
	connect := kit.NewButton(kit.Primary, "Connect", func() { box.try(done) })
	box.browser.done = done
	submit := func(string) { connect.OnTap() }
	for _, field := range box.fields {
		field.OnSubmit = submit
	}
	box.whenEscaped(f.back)
	f.leave = box.drop
	body := box.body()
	box.changed = func() { f.frame.Refresh() }
	box.buttons = kit.NewRow(10, connect.WithKey("Enter"), kit.NewButton(kit.Ghost, "Back", f.back))
	f.step(f.title("Read my mail and calendar", "Rapport only reads. It never moves, deletes or sends a mail."),
		kit.NewSpace(18), body, kit.NewSpace(16), box.buttons)
	f.s.win.Canvas().Focus(box.address.Focusable())
}

// chooseReading asks what of a mailbox that was tried is read, before the first
// mail is.
func (f *firstRun) chooseReading(m data.Mailbox, password, calendar string) {
	c := newChoiceForm(f.s.bg, f.s.clock, m)
	var asked bridge.Slot
	bridge.Load(f.s.bg, &asked, func(ctx context.Context) ([]data.ServerFolder, error) { return sync.FoldersOf(ctx, m, password) }, c.show)
	start := kit.NewButton(kit.Primary, "Start reading", func() {
		chosen, err := c.choice()
		if err != nil {
			c.say(err)
			return
		}
		f.make(c.form, chosen, password, calendar)
	})
	c.day.OnSubmit = func(string) { start.OnTap() }
	c.whenEscaped(f.back)
	f.leave = asked.Drop
	body := tall(firstChoiceHeight, kit.NewScroll(kit.NewPad(0, 12, 0, 0, c.body())))
	c.changed = func() { f.frame.Refresh() }
	f.step(f.title("What should be read?", "It can be changed at any time, in Settings."),
		kit.NewSpace(14), body, kit.NewSpace(14), kit.NewRow(10, start, kit.NewButton(kit.Ghost, "Back", f.back)))
	f.s.win.Canvas().Focus(start)
}

// firstChoiceHeight is the room for the choice in the smallest window.
const firstChoiceHeight = 340

// make makes the workspace with a mailbox that was tried, and opens it.
func (f *firstRun) make(form *form, m data.Mailbox, password, calendar string) {
	form.waiting("Making the workspace")
	bridge.Load(f.s.bg, &f.s.slot, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, makeWorkspace(ctx, f.s, m, password, calendar)
	}, func(_ struct{}, err error) {
		if err != nil {
			form.say(err)
			return
		}
		f.s.openWorkspace(f.s.home)
	})
}

// makeWorkspace makes the workspace with a mailbox and, unless it is "", a
// calendar. A second try goes on with what the first one kept.
func makeWorkspace(ctx context.Context, s *session, m data.Mailbox, password, calendar string) (err error) {
	db, err := store.Open(ctx, s.home, store.Options{Now: s.clock})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	keys, err := sync.Keys(ctx, db)
	if err != nil {
		return err
	}
	if calendar != "" {
		if _, err := sync.AddCalendar(ctx, db, keys, "", calendar, "", ""); err != nil && !errors.Is(err, data.ErrConflict) {
			return err
		}
	}
	if _, err := sync.AddMailbox(ctx, db, keys, m, password); err != nil && !errors.Is(err, data.ErrConflict) {
		return err
	}
	return nil
}

// sample opens the sample workspace, making it where it is not there yet. It
// has a folder of its own beside the person's.
func (f *firstRun) sample() {
	what := kit.NewText(kit.Body, "").In(kit.Ink2).Bending()
	bar := kit.NewProgressBar(0)
	bar.Hide()
	note := kit.NewParagraph(kit.Small, kit.Alert, "")
	note.Hide()
	f.step(f.title("The sample workspace", "A made-up lighting firm's mail and calendar are served on this laptop and read as yours would be."),
		kit.NewSpace(20), bar, kit.NewSpace(10), what, note)
	progress := newSampleProgress()
	report := f.s.bg.CoalesceAfar(redrawEach, func() {
		if s := progress.latest(); s.Total > 0 {
			bar.Set(float32(s.Done) / float32(s.Total))
			bar.Show()
			what.Set(readingWords(s))
			f.frame.Refresh()
		}
	})
	f.s.slot.Slow = func() { what.Set("Making two years of mail") }
	bridge.Load(f.s.bg, &f.s.slot, func(ctx context.Context) (string, error) {
		return makeSample(ctx, f.s, func(s data.Status) { progress.put(s); report() })
	}, func(dir string, err error) {
		if err != nil {
			w, todo := troubleWords(err)
			what.Set("")
			note.Set(kit.Span{Text: w + ". " + todo + ".", Role: kit.Small, Tint: kit.Alert})
			note.Show()
			f.frame.Refresh()
			return
		}
		f.s.openWorkspace(dir)
	})
}

// makeSample returns the folder of a whole sample workspace. One whose making
// was cut short is left alone, and another is made.
func makeSample(ctx context.Context, s *session, report func(data.Status)) (string, error) {
	for n := 1; ; n++ {
		dir := sampleFolder(s.home, n)
		if !store.Exists(dir) {
			return dir, fillSample(ctx, s, dir, report)
		}
		whole, err := isSample(ctx, dir)
		if err != nil {
			return "", err
		}
		if whole {
			return dir, nil
		}
	}
}

// sampleFolder is where the nth try at the sample lies: beside the person's own
// workspace.
func sampleFolder(home string, n int) string {
	name := "sample"
	if n > 1 {
		name = fmt.Sprintf("sample-%d", n)
	}
	return filepath.Join(filepath.Dir(home), filepath.Base(home)+"-"+name)
}

func isSample(ctx context.Context, dir string) (whole bool, err error) {
	db, err := store.Open(ctx, dir, store.Options{MustExist: true})
	if err != nil {
		return false, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	list, err := db.SettingList(ctx, store.SettingSample)
	return len(list) > 0, err
}

func fillSample(ctx context.Context, s *session, dir string, report func(data.Status)) (err error) {
	db, err := store.Open(ctx, dir, store.Options{Now: s.clock})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	keys, err := sync.Keys(ctx, db)
	if err != nil {
		return err
	}
	_, err = sync.OpenSample(ctx, db, keys, sample.Make(sample.Options{Today: s.clock(), Mails: s.mails}), sync.Options{Now: s.clock, Report: report})
	return err
}

// sampleProgress hands the latest report from the engine's goroutines to the
// window's.
type sampleProgress chan data.Status

func newSampleProgress() sampleProgress { return make(sampleProgress, 1) }

// put replaces the report that waits, if there is one.
func (p sampleProgress) put(s data.Status) {
	for {
		select {
		case p <- s:
			return
		default:
		}
		select {
		case <-p:
		default:
		}
	}
}

// latest is the report that waits; the zero Status when there is none.
func (p sampleProgress) latest() data.Status {
	select {
	case s := <-p:
		return s
	default:
		return data.Status{}
	}
}
