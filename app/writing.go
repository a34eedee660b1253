package app

import (
	"context"

	"rapport/app/bridge"
	"rapport/app/kit"
	"rapport/data"
	"rapport/data/store"
)

// writing is who writes at what: whoever sits here, in the form that is open, and the
// others, who are told of it and tell.
type writing struct {
	w      *window
	others []data.Writing
	form   *form // that is open over what others may write at too; nil for none
	off    bool  // the others are not told
	slot   bridge.Slot
}

// heeding is a page that shows what others write at.
type heeding interface{ writersChanged() }

// begin hears of the others as long as the window is open.
func (o *writing) begin() {
	o.w.sharer.OnWriters(o.w.bg.CoalesceAfar(redrawEach, o.heed))
	o.ask()
}

// ask asks whether the others are told.
func (o *writing) ask() {
	bridge.Load(o.w.bg, &o.slot, func(ctx context.Context) (string, error) { return o.w.db.Setting(ctx, store.SettingWriting) },
		func(value string, err error) {
			if err != nil {
				o.w.fail(err)
				return
			}
			o.off = value == store.SettingOff
		})
}

// heed shows what the others write at now.
func (o *writing) heed() {
	o.others = o.w.sharer.Writers()
	if o.form != nil {
		o.tell(o.form)
	}
	if p, ok := o.w.page().(heeding); ok {
		p.writersChanged()
	}
}

// of are the others who write at something of an account.
func (o *writing) of(account string) []data.Writing { return data.WritersOf(o.others, account) }

// opened tells the others of a form that is about something, until it is closed.
func (o *writing) opened(f *form, shown *kit.Overlay) {
	if f.about.Account == "" || !o.w.canShare() {
		return
	}
	o.form = f
	o.w.sharer.Write(f.about)
	shown.OnClose = func() {
		o.form = nil
		o.w.sharer.Write(data.Writing{})
	}
	o.tell(f)
}

// line tells the others of a line that is written where it stands; a zero one that
// none is any more.
func (o *writing) line(about data.Writing) {
	if o.w.canShare() {
		o.w.sharer.Write(about)
	}
}

// tell says in a form who else writes at the same.
func (o *writing) tell(f *form) {
	var same []data.Writing
	for _, w := range o.of(f.about.Account) {
		if w.At(f.about.Kind, f.about.ID) {
			same = append(same, w)
		}
	}
	words := data.EditingWords(same)
	if words != "" {
		words = upperFirst(words) + " this too. What both write is kept, and can be chosen from."
	}
	if words == "" && f.also.Hidden {
		return
	}
	f.also.Set(kit.Span{Text: words, Role: kit.Small, Tint: kit.Accent})
	f.also.Hidden = words == ""
	if f.changed != nil {
		f.changed()
	}
}

// commands turn the telling off and on.
func (o *writing) commands() []command {
	set := func(value string) func() {
		return func() {
			o.w.keepSetting(store.SettingWriting, value)
			o.off = value != ""
		}
	}
	return []command{
		{name: "Do not tell others what I am editing", words: "presence who sharing quiet off", icon: "eye-off", menu: menuView, when: func() bool { return o.w.canShare() && !o.off }, do: set(store.SettingOff)},
		{name: "Tell others what I am editing", words: "presence who sharing on", icon: "eye", menu: menuView, when: func() bool { return o.w.canShare() && o.off }, do: set("")},
	}
}
