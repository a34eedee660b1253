package app

import (
	"context"

	"fyne.io/fyne/v2"

	"rapport/app/bridge"
	"rapport/data"
	"rapport/data/store"
)

// noticing tells of meetings in time. It tells of each once.
type noticing struct {
	w    *window
	slot bridge.Slot
	told map[string]bool // by Occurrence.ID
	soon bool            // a meeting with a customer begins within the hour
	off  bool            // the person wants to be told of none
	send func(title, text string)
}

func newNoticing(w *window) *noticing {
	return &noticing{w: w, told: map[string]bool{}, send: func(title, text string) { w.app.SendNotification(fyne.NewNotification(title, text)) }}
}

// noticed is what the store knows of the next hour.
type noticed struct {
	list []data.Notice
	off  bool // the person wants none
}

// look asks what begins soon, and tells of what is new.
func (n *noticing) look() {
	w, now := n.w, n.w.now()
	bridge.Load(w.bg, &n.slot, func(ctx context.Context) (a noticed, err error) {
		dates, err := w.db.Agenda(ctx, now, now.Add(data.NoticeAhead))
		if err != nil {
			return a, err
		}
		prepared := map[string]bool{}
		for _, m := range dates {
			p, err := w.db.Preparation(ctx, m.ID)
			if err != nil {
				return a, err
			}
			prepared[m.ID] = p.Outcome != ""
		}
		a.list = data.Notices(dates, prepared, now)
		off, err := w.db.Setting(ctx, store.SettingNotices)
		a.off = off == store.SettingOff
		return a, err
	}, func(a noticed, err error) {
		if err != nil {
			w.fail(err)
			return
		}
		n.soon, n.off = len(a.list) > 0, a.off
		w.rail.draw()
		for _, notice := range a.list {
			if !n.told[notice.Meeting] && !a.off {
				n.send(notice.Title, notice.Text)
			}
			n.told[notice.Meeting] = true
		}
	})
}

// commands turn the notices off and on.
func (n *noticing) commands() []command {
	set := func(value string) func() { return func() { n.w.keepSetting(store.SettingNotices, value); n.look() } }
	return []command{
		{name: "Tell me before meetings no more", words: "notification notice hour off quiet", icon: "bell-off", menu: menuView, when: func() bool { return !n.off }, do: set(store.SettingOff)},
		{name: "Tell me an hour before meetings", words: "notification notice on", icon: "clock", menu: menuView, when: func() bool { return n.off }, do: set("")},
	}
}
