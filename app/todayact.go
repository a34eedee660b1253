package app

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"rapport/app/bridge"
	"rapport/data"
	"rapport/data/store"
	"rapport/data/text"
)

// onPromise says whether the current row is a promise.
func (p *today) onPromise() bool {
	i, ok := p.here().current()
	return ok && i.kind == todayOwed
}

// onCooling says whether the current row is somebody with whom it is quiet.
func (p *today) onCooling() bool {
	i, ok := p.here().current()
	return ok && i.kind == todayQuiet
}

// person is the Contact.ID of whom the current row is about, "" for nobody.
func (p *today) person() string {
	i, _ := p.here().current()
	switch i.kind {
	case todayOwed:
		return i.owed.Promise.Contact
	case todayQuiet:
		return i.cool.Contact.ID
	case todayWaits:
		return i.waiting.Person.Contact
	case todayTold:
		return i.told.Person.ID
	case todayKind:
		return i.word.Contact.ID
	case todayNurture:
		return i.suggestion.Contact.ID
	}
	return ""
}

// keep marks the promise of the current row as kept today.
func (p *today) keep() {
	if i, ok := p.here().current(); ok && i.kind == todayOwed {
		p.kept(i.owed)
	}
}

func (p *today) kept(o data.PromiseRow) {
	on := p.w.now().Format(time.DateOnly)
	p.w.write("Kept: "+text.Preview(o.What, 60), func(tx *store.Tx) error {
		list, err := store.PartsIn[data.Promise](tx, store.PartQuery{Account: o.Promise.Account})
		if err != nil {
			return err
		}
		for _, now := range list { // as it is by now, not as it was drawn
			if now.ID == o.ID {
				now.Kept, now.Dropped = on, ""
				_, err = store.PutPart(tx, now)
				return err
			}
		}
		return data.ErrNotFound
	}, nil)
}

// snoozed is what the current row is put off by, and what people call it.
func (p *today) snoozed() (about, name string, ok bool) {
	i, there := p.here().current()
	if !there {
		return "", "", false
	}
	switch i.kind {
	case todayOwed:
		return i.owed.ID, text.Preview(i.owed.What, 60), true
	case todayQuiet:
		return i.cool.Contact.ID, i.cool.Contact.Name, true
	case todayKind:
		return i.word.About(), "A kind word to " + wordTo(i.word), true
	}
	return "", "", false
}

func (p *today) canSnooze() bool {
	_, _, ok := p.snoozed()
	_, suggested := p.onNurture()
	return ok || suggested
}

func (p *today) snooze(at fyne.Position) {
	if s, ok := p.onNurture(); ok {
		p.w.menuAt(at, p.w.suggestedAnswers(s)...)
		return
	}
	if about, name, ok := p.snoozed(); ok {
		p.w.snoozeMenu(at, about, name)
	}
}

// wordTo is whom a kind word is for.
func wordTo(k data.KindWord) string {
	if k.Contact.Name != "" {
		return k.Contact.Name
	}
	return k.Account.Name
}

// writeKindly opens the panel for a kind word; once it leaves, none is proposed
// to the same person for a while.
func (p *today) writeKindly(k data.KindWord) {
	if len(k.Contact.Emails) == 0 {
		p.w.open(route{place: placeAccount, id: k.Account.ID})
		return
	}
	until := p.w.now().Add(data.KindWordRest)
	p.w.writeAbout(data.Address{Name: k.Contact.Name, Email: k.Contact.Emails[0]}, k.Subject, func(tx *store.Tx) error {
		return tx.Snooze(k.About(), until)
	})
}

// reachCurrent begins a touch with the one of the current row.
func (p *today) reachCurrent(at fyne.Position) {
	if i, ok := p.here().current(); ok && i.kind == todayQuiet {
		p.reach(i.cool, at)
	}
}

// reach begins a touch by the channel that somebody prefers: a mail is written, a
// call, visit or meeting is noted down when it took place.
func (p *today) reach(c data.CoolingRow, at fyne.Position) {
	who := c.Contact
	p.warn(c)
	if c.Channel == "" || c.Channel == data.ByMail {
		if len(who.Emails) == 0 {
			p.w.say("No address of " + who.Name + " is known")
			return
		}
		p.w.writeTo(data.Address{Name: who.Name, Email: who.Emails[0]})
		return
	}
	did := map[data.Channel]string{data.ByCall: "Called ", data.ByVisit: "Visited ", data.ByMeeting: "Met "}[c.Channel]
	list := []command{{name: "Log it when you have spoken", do: func() { p.w.captureLine(c.Account.ID, did+who.Name+": ") }}}
	if who.Phone != "" {
		list = append([]command{{name: "Copy " + who.Phone, do: func() { p.w.copy(who.Phone) }}}, list...)
	}
	if len(who.Emails) > 0 {
		list = append(list, command{name: "Write a mail all the same", do: func() { p.w.writeTo(data.Address{Name: who.Name, Email: who.Emails[0]}) }})
	}
	p.w.menuAt(at, list...)
}

// warn says in the status bar what a touch now would go against.
func (p *today) warn(c data.CoolingRow) {
	t := data.PlannedTouch{Channel: c.Channel, At: p.w.now()}
	if t.Channel == "" {
		t.Channel = data.ByMail
	}
	bridge.Load(p.w.bg, &p.w.goSlot, func(ctx context.Context) ([]data.Warning, error) { return p.w.against(ctx, t, []string{c.Contact.ID}) },
		func(list []data.Warning, err error) {
			if err == nil && len(list) > 0 {
				p.w.say(data.AgainstWords(list))
			}
		})
}

// channelIcon is the mark of a channel.
func channelIcon(c data.Channel) string {
	switch c {
	case data.ByCall:
		return "phone"
	case data.ByVisit:
		return "map-pin"
	case data.ByMeeting:
		return "users"
	}
	return "mail"
}
