package app

import (
	"context"
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"rapport/app/bridge"
	"rapport/app/kit"
	"rapport/data"
	"rapport/data/store"
)

// triage is the page where accounts are sorted into tiers: what the criteria
// propose, why, and a person's decision, one account at a time.
type triage struct {
	w      *window
	slot   bridge.Slot
	asked  bool // an answer came at least once
	answer store.TriageInput
	rows   []data.Triage
	left   map[string]bool // by Account.ID: left out of this round
	chosen string          // Account.ID of the current row

	list  *kit.List
	stage stage
	head  triageHead
	main  *fyne.Container
}

func newTriage(w *window, _ route) page {
	p := &triage{w: w, left: map[string]bool{}, list: kit.NewList()}
	p.head = newTriageHead(p.adopt)
	l := p.list
	l.Square = true
	l.Count = func() int { return len(p.rows) }
	l.Height = func(int) float32 { return kit.Scaled(56) }
	l.Create = func(kit.RowKind) fyne.CanvasObject { return newTriageRow() }
	l.Update = func(row int, o fyne.CanvasObject, current bool) {
		t := p.rows[row]
		o.(*triageRow).set(t, p.left[t.Account.ID], current)
	}
	l.OnMove = func(row int) {
		if row >= 0 && row < len(p.rows) {
			p.chosen = p.rows[row].Account.ID
		}
	}
	l.OnOpen = func(int) { p.open() }
	l.OnMenu = func(_ int, at fyne.Position) { w.menuAt(at, p.rowCommands()...) }
	p.stage = newStage(l)
	p.slot.Slow = p.stage.waits(&p.asked)
	p.main = filled(p.head.view, p.stage.box)
	return p
}

func (p *triage) title() string { return "Tiers" }
func (p *triage) panes() panes  { return panes{main: p.main} }
func (p *triage) focus()        { p.list.Take() }

// account is the one whose row is current.
func (p *triage) account() string { return p.chosen }

func (p *triage) load() {
	now := p.w.now()
	bridge.Load(p.w.bg, &p.slot, func(ctx context.Context) (store.TriageInput, error) { return p.w.db.TriageInput(ctx, now) },
		func(in store.TriageInput, err error) {
			if p.stage.answered(p.w, err, &p.asked, p.load) {
				p.answer, p.rows = in, in.Propose()
				p.draw()
			}
		})
}

func (p *triage) draw() {
	p.head.draw(p.answer, p.proposals())
	p.list.Keep(p.rowOf(p.chosen))
	if p.list.Current() < 0 && len(p.rows) > 0 {
		p.list.Select(0)
	}
	p.list.OnMove(p.list.Current())
	if len(p.rows) > 0 {
		p.stage.show(p.list)
	} else {
		p.stage.show(kit.NewEmpty(kit.NewCirclesSmall(), "Nothing to sort", "Accounts are sorted here once there are any. Transactional ones are spared."))
	}
	p.list.Refresh()
	p.w.keepFocus(p)
}

func (p *triage) rowOf(id string) int {
	return slices.IndexFunc(p.rows, func(t data.Triage) bool { return t.Account.ID == id })
}

// proposals are the tiers of those rows that would change and were not left, by
// Account.ID.
func (p *triage) proposals() map[string]data.Tier {
	choice := map[string]data.Tier{}
	for _, t := range p.rows {
		if t.Changes() && !p.left[t.Account.ID] {
			choice[t.Account.ID] = t.Proposed
		}
	}
	return choice
}

// current is the row that is current.
func (p *triage) current() (data.Triage, bool) {
	if i := p.rowOf(p.chosen); i >= 0 {
		return p.rows[i], true
	}
	return data.Triage{}, false
}

func (p *triage) open() {
	if t, ok := p.current(); ok {
		p.w.open(route{place: placeAccount, id: t.Account.ID})
	}
}

// accept gives the current account the tier that is proposed.
func (p *triage) accept() {
	if t, ok := p.current(); ok && t.Proposed != "" {
		p.decide(t, t.Proposed, t.Why())
	}
}

// choose gives the current account a tier that a person decided.
func (p *triage) choose(tier data.Tier) {
	t, ok := p.current()
	switch {
	case !ok:
	case tier == t.Proposed:
		p.accept()
	case t.Proposed == "":
		p.decide(t, tier, "decided by hand; too little was known to propose one")
	default:
		p.decide(t, tier, "decided by hand; the criteria proposed "+string(t.Proposed))
	}
}

func (p *triage) decide(t data.Triage, tier data.Tier, why string) {
	delete(p.left, t.Account.ID)
	if tier == t.Account.Tier && t.Account.TierWhy != "" {
		p.w.say(t.Account.Name + " is in tier " + string(tier) + " already")
		p.list.Next(1)
		return
	}
	a := t.Account.WithTier(tier, why, p.w.now().Format(time.DateOnly))
	p.list.Next(1)
	p.w.write(a.Name+" is in tier "+string(tier), func(tx *store.Tx) error { return tx.PutAccount(a) }, nil)
}

// adopt asks whether to take over all that is proposed and was not left, with
// what that asks of the team; one undo takes it back.
func (p *triage) adopt() {
	choice := p.proposals()
	if len(choice) == 0 {
		return
	}
	changes := data.Counted(len(choice), "change", "changes")
	capacity := p.answer.Capacity(choice)
	tone, icon, verb := kit.Ours, "check", "Adopt them"
	if fits, known := capacity.Fits(); known && !fits {
		tone, icon, verb = kit.Late, "circle-alert", "Adopt them all the same"
	}
	var rows []fyne.CanvasObject
	for _, t := range p.rows {
		if tier, ok := choice[t.Account.ID]; ok {
			was := kit.NewTier(string(t.Account.Tier))
			was.Hidden = t.Account.Tier == ""
			rows = append(rows, kit.NewPad(4, 0, 4, 0, kit.NewColumns(10, []kit.Col{kit.Flex(1), kit.Fixed(24), kit.Fixed(16), kit.Fixed(24)},
				kit.NewText(kit.Body, t.Account.Name).Bending(), was, kit.NewIcon("arrow-right", 14, kit.Ink3), kit.NewTier(string(tier)))))
		}
	}
	list := kit.NewStack(0, rows...)
	body := kit.NewStack(12, tall(min(kit.HeightOf(list, kit.DialogWidth), kit.Scaled(260)), kit.NewScroll(list)), kit.NewInfoBox(tone, icon, upperFirst(capacityWords(capacity))))
	keep := func() {
		p.w.dismiss()
		day := p.w.now().Format(time.DateOnly)
		var changed []data.Account
		for _, t := range p.rows {
			if tier, ok := choice[t.Account.ID]; ok {
				changed = append(changed, t.Account.WithTier(tier, t.Why(), day))
			}
		}
		p.w.write(data.Counted(len(changed), "account", "accounts")+" sorted as proposed", func(tx *store.Tx) error {
			for _, a := range changed {
				if err := tx.PutAccount(a); err != nil {
					return err
				}
			}
			return nil
		}, nil)
	}
	yes := kit.NewButton(kit.Primary, verb, keep)
	p.w.pop(kit.NewOverlay(kit.DialogWidth, kit.NewDialog("gavel", kit.Ours, "Adopt "+changes+"?", body, "One undo takes them back", kit.NewButton(kit.Plain, "Cancel", p.w.dismiss), yes)), yes)
}

// leave leaves the current account as it is, and goes on.
func (p *triage) leave() {
	if t, ok := p.current(); ok {
		p.left[t.Account.ID] = true
		p.list.Next(1)
		p.draw()
	}
}

func (p *triage) hints() []hint {
	return []hint{{[]string{"Y"}, "accept"}, {[]string{"A", "B", "C"}, "choose"}, {[]string{"N"}, "leave"}, {[]string{"Enter"}, "open"}}
}

func (p *triage) commands() []command {
	list := append(moveCommands(p.list), p.rowCommands()...)
	list = append(list, command{name: "Adopt all that is proposed", words: "apply tiers everything", icon: "check", key: "Shift Y", when: func() bool { return len(p.proposals()) > 0 }, do: p.adopt})
	return append(list, command{name: "Change what tiers ask for", words: "rhythm policy criteria hours settings", icon: "gauge",
		do: func() { p.w.openAt(route{place: placeSettings}, target{tab: "rhythm"}) }})
}

// rowCommands are what can be done with the current account.
func (p *triage) rowCommands() []command {
	any := func() bool { _, ok := p.current(); return ok }
	list := []command{{name: "Accept the proposed tier", words: "yes take", icon: "check", key: "Y", do: p.accept,
		when: func() bool { t, ok := p.current(); return ok && t.Proposed != "" }}}
	for _, tier := range data.Tiers {
		list = append(list, command{name: "Put it into tier " + string(tier), words: "choose decide", icon: "gavel", key: string(tier), when: any, do: func() { p.choose(tier) }})
	}
	return append(list,
		command{name: "Leave it as it is", words: "skip later no", icon: "x", key: "N", when: any, do: p.leave},
		command{name: "Open this account", words: "go to", icon: "arrow-right", when: any, do: p.open})
}
