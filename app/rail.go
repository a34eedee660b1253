package app

import (
	"slices"
	"strconv"

	"fyne.io/fyne/v2"

	"rapport/app/kit"
)

// railPlaces are the places at the top of the rail, in their order; those
// without a page are not shown.
var railPlaces = []struct {
	place place
	icon  string
}{
	{placeToday, "sun"},
	{placeAccounts, "building-2"},
	{placeCalendar, "calendar-days"},
	{placeFiling, "inbox"},
	{placeFeedback, "ear"},
	{placeTraining, "graduation-cap"},
	{placeInsights, "chart-scatter"},
	{placeJoint, "target"},
	{placeSharing, "handshake"},
}

// guestPlaces are those of a workspace that holds nothing but joint spaces; the joint
// plan is on no other rail.
var guestPlaces = []place{placeJoint, placeSharing, placeSettings}

// rail is the left edge: where the person is, and what waits.
type rail struct {
	w       *window
	bar     *kit.RailBar
	items   map[place]*kit.RailItem
	unfiled int
	failing bool
	choices bool // that people wrote something apart
	untold  bool // that feedback is over its 48 hours
	guest   bool // that the workspace holds nothing but joint spaces
}

func newRail(w *window) *rail {
	r := &rail{w: w, items: map[place]*kit.RailItem{}}
	var top, last []fyne.CanvasObject
	for _, p := range railPlaces {
		if makerOf(p.place) != nil {
			top = append(top, r.item(p.place, p.icon))
		}
	}
	if makerOf(placeSettings) != nil {
		last = append(last, r.item(placeSettings, "sliders-horizontal"))
	}
	r.bar = kit.NewRailBar(top, last)
	r.items[placeJoint].Hide()
	return r
}

// holdOnly shows the places of a guest, or all others.
func (r *rail) holdOnly(guest bool) {
	if r.guest == guest {
		return
	}
	r.guest = guest
	for p, item := range r.items {
		if slices.Contains(guestPlaces, p) && guest || p != placeJoint && !guest {
			item.Show()
		} else {
			item.Hide()
		}
	}
	r.bar.Refresh()
}

func (r *rail) item(p place, icon string) *kit.RailItem {
	i := kit.NewRailItem(icon, string(p), func() { r.w.open(route{place: p}) })
	r.items[p] = i
	return i
}

// draw shows the place of the page in view and what waits in Filing.
func (r *rail) draw() {
	here := r.w.here().place
	if here == placeAccount || here == placeContact || here == placeTiers || here == placeImport {
		here = placeAccounts
	}
	if here == placeJoint && !r.guest {
		here = placeSharing
	}
	if here == placeBrief {
		here = placeToday
	}
	for p, item := range r.items {
		count := ""
		if p == placeFiling && r.unfiled > 0 {
			count = strconv.Itoa(r.unfiled)
		}
		item.Set(count, p == placeSettings && r.failing || p == placeSharing && r.choices || p == placeFeedback && r.untold || p == placeToday && r.w.notice.soon, p == here)
	}
}
