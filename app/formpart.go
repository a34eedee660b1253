package app

import (
	"context"
	"reflect"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"rapport/app/bridge"
	"rapport/app/kit"
	"rapport/data"
	"rapport/data/store"
	"rapport/data/text"
)

// partWorld is what the forms of an account's parts are filled in by.
type partWorld struct {
	people []data.Contact
	needs  []data.Need // that are open
	me     string      // the name of whoever sits here
}

func (p partWorld) named(id string) string {
	i := slices.IndexFunc(p.people, func(c data.Contact) bool { return c.ID == id && id != "" })
	if i < 0 {
		return ""
	}
	return p.people[i].Name
}

// withParts reads what forms about an account need, and goes on with it.
func (w *window) withParts(account string, then func(partWorld)) {
	bridge.Load(w.bg, &w.goSlot, func(ctx context.Context) (p partWorld, err error) {
		if p.people, err = w.db.Contacts(ctx, account); err != nil {
			return p, err
		}
		if p.needs, err = store.Parts[data.Need](ctx, w.db, store.PartQuery{Account: account, Open: true}); err != nil {
			return p, err
		}
		p.me, err = w.db.Setting(ctx, store.SettingUserName)
		return p, err
	}, func(p partWorld, err error) {
		if err != nil {
			w.fail(err)
			return
		}
		then(p)
	})
}

// partForm is the part of a form that asks for something of an account.
type partForm struct {
	*form
	world partWorld
	now   time.Time
	// touch, if set, is what is planned with whom by what was filled in; what
	// goes against a wish asks before it is kept.
	touch func() (data.PlannedTouch, []string)
}

func newPartForm(w *window, world partWorld) partForm {
	return partForm{form: newForm(w.bg), world: world, now: w.now()}
}

// line adds a labelled field with what stands in it.
func (f partForm) line(label, placeholder, text string) *kit.Field {
	field := f.field(label, kit.NewField(placeholder))
	field.SetText(text)
	return field
}

// area is line for several lines.
func (f partForm) area(label, placeholder, text string, lines int) *kit.Field {
	field := f.field(label, kit.NewArea(placeholder, lines))
	field.SetText(text)
	return field
}

// choice adds a labelled row of choices.
func (f partForm) choice(label string, on int, choices ...string) *kit.Segmented {
	s := kit.NewSegmented(choices, max(on, 0), nil)
	f.add(label, kit.NewRow(0, s))
	return s
}

// row is the object of the row that was added last, to be hidden.
func (f partForm) row() fyne.CanvasObject { return f.rows[len(f.rows)-1] }

// who is the contact that a field names, "" for nobody.
func (f partForm) who(field *kit.Field) (string, error) {
	c, err := data.ContactNamed(field.Text(), f.world.people)
	return c.ID, err
}

// date is the date that a field names, 2006-01-02, "" for nothing written. Friday is
// the coming one.
func (f partForm) date(name string, field *kit.Field) (string, error) {
	return typedDate(name, field.Text(), f.now)
}

// pastDate is date for what happened: Friday is the last one.
func (f partForm) pastDate(name string, field *kit.Field) (string, error) {
	return typedPast(name, field.Text(), f.now)
}

func typedDate(name, typed string, now time.Time) (string, error) {
	day, ok := text.DueDay(typed, now)
	if !ok {
		return "", &data.Invalid{Field: name, Says: "write the day like Friday, in 2 weeks, 5 December or 2026-12-05"}
	}
	return dateOrNone(day), nil
}

func typedPast(name, typed string, now time.Time) (string, error) {
	day, ok := text.PastDay(typed, now)
	if !ok {
		return "", &data.Invalid{Field: name, Says: "write the day like yesterday, Friday, 5 November or 2026-11-05"}
	}
	return dateOrNone(day), nil
}

func dateOrNone(day time.Time) string {
	if day.IsZero() {
		return ""
	}
	return day.Format(time.DateOnly)
}

// dayAt is when the day of a field begins; zero for none.
func (f partForm) dayAt(name string, field *kit.Field) (time.Time, error) {
	date, err := f.date(name, field)
	if err != nil || date == "" {
		return time.Time{}, err
	}
	return time.ParseInLocation(time.DateOnly, date, f.now.Location())
}

// shownDate is a date as a field shows it, so that date reads the same again.
func shownDate(date string, now time.Time) string { return shownSo(date, now, text.DueDay) }

// shownPast is a date as a field shows it, so that pastDate reads the same again.
func shownPast(date string, now time.Time) string { return shownSo(date, now, text.PastDay) }

// shownSo names a date by its day where that is read as the same date again.
func shownSo(date string, now time.Time, read func(string, time.Time) (time.Time, bool)) string {
	day, err := time.ParseInLocation(time.DateOnly, date, now.Location())
	if err != nil {
		return date
	}
	name := data.DayName(day, now)
	if again, ok := read(name, now); !ok || !again.Equal(day) {
		return date
	}
	return name
}

// datedAnew is what a form holds, of today where the form changed anything: who only
// looks at something does not say that it holds. day finds the part's date.
func datedAnew[T data.Part](before, after T, day func(*T) *string, now time.Time) T {
	if before.Belonging().ID == "" || !reflect.DeepEqual(before, after) {
		*day(&after) = now.Format(time.DateOnly)
	}
	return after
}

// writesAt says which part the form is about.
func (f partForm) writesAt(p data.Part) {
	of := p.Belonging()
	f.about = data.Writing{Account: of.Account, Kind: p.PartKind(), ID: of.ID}
}

// askPart shows a form about something of an account; read returns what was
// filled in, or why it cannot be kept. what is its name in the button: "promise".
func askPart[T data.Part](w *window, f partForm, icon, what string, before T, read func() (T, error), said func(T) string) {
	f.writesAt(before)
	isNew := before.Belonging().ID == ""
	title, verb := "New "+what, "Add "+what
	if !isNew {
		title, verb = "Edit this "+what, "Save"
	}
	var show func()
	show = func() {
		w.dialog(f.form, icon, title, verb, func() {
			p, err := read()
			if err == nil {
				err = p.Check()
			}
			if err != nil {
				f.say(err)
				return
			}
			label := upperFirst(what) + " changed: " + said(p)
			if isNew {
				label = upperFirst(what) + " added: " + said(p)
			}
			id := ""
			w.keepHeeding(f, label, func(tx *store.Tx) error {
				kept, err := store.PutPart(tx, p)
				id = kept.Belonging().ID
				return err
			}, show, func() { w.standOn(id) })
		})
	}
	show()
}

// keepHeeding keeps what a form holds; what goes against a wish asks before. show
// brings the form back; then, if set, is called when it was kept.
func (w *window) keepHeeding(f partForm, label string, do func(*store.Tx) error, show, then func()) {
	var t data.PlannedTouch
	var with []string
	if f.touch != nil {
		t, with = f.touch()
	}
	if len(with) == 0 {
		w.keep(f.form, label, do, then)
		return
	}
	w.heeding(&f.slot, t, with, "Plan it anyway", func(breached breached) {
		if topOverlay(w.canvas) == nil {
			show() // what goes wrong is said in it
		}
		w.keep(f.form, label, func(tx *store.Tx) error {
			if err := do(tx); err != nil {
				return err
			}
			return breached(tx, "")
		}, then)
	}, show)
}

// putPart keeps a changed part; label says what happened.
func putPart[T data.Part](w *window, label string, p T) {
	w.write(label, keeping(p), nil)
}

// deletePart takes a part away; undo brings it back.
func deletePart[T data.Part](w *window, label string, p T) {
	w.write(label, func(tx *store.Tx) error { return store.DeletePart(tx, p) }, nil)
}

// said is a text in quotes, short enough for the status bar.
func said(s string) string { return "“" + text.Preview(strings.TrimSpace(s), 60) + "”" }

// keeping is the write that keeps a part.
func keeping[T data.Part](p T) func(*store.Tx) error {
	return func(tx *store.Tx) error {
		_, err := store.PutPart(tx, p)
		return err
	}
}
