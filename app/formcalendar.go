package app

import (
	"context"

	"fyne.io/fyne/v2"

	"rapport/app/bridge"
	"rapport/app/kit"
	"rapport/data"
	"rapport/sync"
)

// calendarForm asks for a calendar's link or file, or for a CalDAV server, whose
// calendars it lists to choose from.
type calendarForm struct {
	*form
	kind                        *kit.Segmented
	where, name, user, password *kit.Field
	list                        *kit.Stack
	found                       []sync.FoundCalendar
	ticks                       []*kit.Checkbox
	last                        [3]string // what the server was asked with
	// search finds the calendars of a server; tests set it.
	search func(ctx context.Context, address string, a sync.DAVAccess) ([]sync.FoundCalendar, error)
}

// The ways to name a calendar, in the order of their choice, and what their field
// says.
var calendarWays = []struct{ name, hint, user string }{
	{"Link or file", "https://… or a path that ends in .ics, or a folder", "only if the link asks for one"},
	{"CalDAV server", "dav.larkfield.example, or a calendar's own address", "as the server knows you"},
}

func newCalendarForm(bg *bridge.Bridge) *calendarForm {
	f := &calendarForm{form: newForm(bg), list: kit.NewStack(6), search: sync.FindCalendars}
	names := make([]string, len(calendarWays))
	for i, way := range calendarWays {
		names[i] = way.name
	}
	f.kind = kit.NewSegmented(names, 0, f.turn)
	f.add("Kind", kit.NewRow(0, f.kind))
	f.where = f.field("Address", kit.NewField(calendarWays[0].hint))
	f.name = f.field("Name", kit.NewField("as the link or file"))
	f.user = f.field("User", kit.NewField(calendarWays[0].user))
	f.password = f.field("Password", kit.NewSecret(""))
	f.list.Hide()
	f.rows = append(f.rows, f.list)
	return f
}

func (f *calendarForm) isServer() bool { return f.kind.On == 1 }

// turn shows the fields of a way to name a calendar.
func (f *calendarForm) turn(way int) {
	f.kind.On = way
	f.where.SetPlaceholder(calendarWays[way].hint)
	f.user.SetPlaceholder(calendarWays[way].user)
	if f.name.SetPlaceholder("as the link or file"); f.isServer() {
		f.name.SetPlaceholder("as on the server")
		f.name.SetText("")
		f.name.Disable()
	} else {
		f.name.Enable()
	}
	f.offer(nil)
	f.say(nil)
}

// offer lists calendars to choose from, those that can be written to ticked.
func (f *calendarForm) offer(found []sync.FoundCalendar) {
	f.found, f.ticks = found, nil
	f.list.Set()
	f.list.Hide()
	if len(found) == 0 {
		return
	}
	items := []fyne.CanvasObject{kit.NewText(kit.Small, "Which of them? Add reads those with a tick.").In(kit.Ink2)}
	for _, c := range found {
		words := c.Name
		if c.ReadOnly {
			words += ", to read only"
		}
		tick := kit.NewCheckbox(words, !c.ReadOnly || len(found) == 1, nil)
		f.ticks = append(f.ticks, tick)
		items = append(items, tick)
	}
	f.list.Set(items...)
	f.list.Show()
}

// find looks for the server's calendars, and hands over those that are wanted once
// they were chosen; where there is one, at once.
func (f *calendarForm) find(then func([]sync.FoundCalendar, sync.DAVAccess)) {
	access := sync.DAVAccess{User: f.user.Text(), Secret: f.password.Text()}
	asked := [3]string{f.where.Text(), access.User, access.Secret}
	if access.User == "" || access.Secret == "" {
		f.say(&data.Invalid{Field: "password", Says: "a CalDAV server needs a user and a password"})
		return
	}
	if len(f.found) > 0 && asked == f.last {
		var wanted []sync.FoundCalendar
		for i, tick := range f.ticks {
			if tick.On {
				wanted = append(wanted, f.found[i])
			}
		}
		if len(wanted) == 0 {
			f.say(&data.Invalid{Field: "calendar", Says: "tick at least one calendar"})
			return
		}
		then(wanted, access)
		return
	}
	f.offer(nil)
	f.waiting("Looking for your calendars")
	bridge.Load(f.bg, &f.slot, func(ctx context.Context) ([]sync.FoundCalendar, error) { return f.search(ctx, asked[0], access) },
		func(found []sync.FoundCalendar, err error) {
			f.say(err)
			if err != nil {
				return
			}
			if f.last = asked; len(found) == 1 {
				then(found, access)
				return
			}
			f.offer(found)
			f.say(nil)
		})
}
