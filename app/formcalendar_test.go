package app

import (
	"context"
	"testing"

	"rapport/data"
	"rapport/sync"
)

func TestCalendarsOfAServerAreFoundAndChosen(t *testing.T) {
	bg := testWindow(t, testStore(t)).bg
	f := newCalendarForm(bg)
	var asked []string
	f.search = func(_ context.Context, address string, a sync.DAVAccess) ([]sync.FoundCalendar, error) {
		asked = append(asked, address+" "+a.User)
		if a.Secret != "right" {
			return nil, &data.Problem{Kind: data.WrongPassword, About: "dav.larkfield.example"}
		}
		return []sync.FoundCalendar{{At: "https://dav.larkfield.example/holidays/", Name: "Holidays", ReadOnly: true}, {At: "https://dav.larkfield.example/work/", Name: "Work"}}, nil
	}
	var wanted []sync.FoundCalendar
	find := func() {
		wanted = nil
		f.find(func(list []sync.FoundCalendar, _ sync.DAVAccess) { wanted = list })
	}
	f.turn(1)
	f.where.SetText("dav.larkfield.example")
	f.user.SetText("maya")
	if find(); len(asked) > 0 || !f.trouble.Visible() {
		t.Errorf("without a password it asked %q", asked)
	}
	f.password.SetText("wrong")
	if find(); len(asked) != 1 || !f.trouble.Visible() || f.list.Visible() {
		t.Error("a wrong password is not said")
	}
	f.password.SetText("right")
	if find(); len(f.ticks) != 2 || f.ticks[0].On || !f.ticks[1].On || !f.list.Visible() || f.trouble.Visible() || wanted != nil {
		t.Fatalf("it offers %d calendars", len(f.ticks))
	}
	f.ticks[1].Set(false)
	if find(); wanted != nil || !f.trouble.Visible() {
		t.Error("none is taken")
	}
	f.ticks[0].Set(true)
	if find(); len(wanted) != 1 || wanted[0].Name != "Holidays" || len(asked) != 2 {
		t.Errorf("it took %+v, asked %q", wanted, asked)
	}
	f.where.SetText("other.example")
	if find(); len(asked) != 3 || wanted != nil {
		t.Error("another server is not asked anew")
	}
	if f.turn(0); f.list.Visible() || f.isServer() {
		t.Error("the list stays")
	}
}

func TestTheCalendarFormOffersAServer(t *testing.T) {
	w, s := settingsWindow(t, withSources(t))
	w.say("")
	for _, part := range s.sections {
		if part.tab == tabSources {
			for _, c := range part.commands() {
				if c.name == addCalendar {
					c.do()
				}
			}
		}
	}
	checkShown(t, w, "CalDAV server", "Link or file", "Add a calendar")
}
