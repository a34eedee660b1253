package app

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"rapport/app/bridge"
	"rapport/app/kit"
	"rapport/data"
	"rapport/data/store"
)

// shareWithName is what sharing an account is called wherever it is offered.
const shareWithName = "Share this account with…"

// accountShare asks for the space of an account, and shows exactly what goes there
// before the yes.
type accountShare struct {
	*form
	p       *accountPage
	spaces  []data.SpaceEntry
	which   *kit.Segmented // nil where there is one
	preview *kit.Stack
	things  []data.SharedThing // that would go
	mail    []data.Shared      // what would be told of mails
	ready   bool               // things are of the space that is chosen
	slot    bridge.Slot
}

// share offers the team's spaces for the account. A joint space takes no whole
// account: what is there was put there on purpose.
func (p *accountPage) share() {
	if p.w.frozen() {
		return
	}
	bridge.Load(p.w.bg, &p.w.goSlot, func(ctx context.Context) (list []data.SpaceEntry, err error) {
		list, _, err = p.w.db.SpaceEntries(ctx)
		return list, err
	}, func(list []data.SpaceEntry, err error) {
		if err != nil {
			p.w.fail(err)
			return
		}
		list = slices.DeleteFunc(list, func(e data.SpaceEntry) bool {
			return e.Space.Kind != data.TeamSpace || !e.Space.RightsOf(e.Self()).MayWrite(data.KindAccount) || e.Space.ID == p.answer.space.ID
		})
		if len(list) == 0 {
			p.w.open(route{place: placeSharing})
			p.w.say("There is no other space of yours to put " + p.answer.row.Name + " into; make one here")
			return
		}
		p.askShare(list)
	})
}

func (p *accountPage) askShare(list []data.SpaceEntry) {
	s := &accountShare{form: newForm(p.w.bg), p: p, spaces: list, preview: kit.NewStack(0)}
	var names []string
	for _, e := range list {
		names = append(names, e.Space.Name)
	}
	if len(list) > 1 {
		s.which = kit.NewSegmented(names, 0, func(int) { s.look() })
		s.add("With", kit.NewRow(0, s.which))
	}
	s.rows = append(s.rows, s.preview)
	cancel := kit.NewButton(kit.Plain, "Cancel", p.w.dismiss)
	yes := kit.NewButton(kit.Primary, "Share it", s.share)
	o := kit.NewOverlay(composeWidth, kit.NewDialog("users", kit.Ours, "Share "+p.answer.row.Name, s.body(), "What others have read cannot be unread", cancel, yes))
	s.changed = o.Relayout
	s.look()
	p.w.pop(o, cancel)
}

func (s *accountShare) chosen() data.SpaceEntry {
	if s.which == nil {
		return s.spaces[0]
	}
	return s.spaces[s.which.On]
}

// look asks what would go into the space that is chosen.
func (s *accountShare) look() {
	s.ready = false
	w, account, space := s.p.w, s.p.id, s.chosen().Space.ID
	type goes struct {
		things []data.SharedThing
		mail   []data.Shared
	}
	bridge.Load(w.bg, &s.slot, func(ctx context.Context) (g goes, err error) {
		if g.things, err = w.db.ToShare(ctx, account, space); err != nil {
			return g, err
		}
		g.mail, err = w.db.WouldTell(ctx, account, space)
		return g, err
	}, func(g goes, err error) {
		if err != nil {
			s.say(err)
			return
		}
		s.things, s.mail, s.ready = g.things, g.mail, true
		s.draw()
	})
}

// titlesShown is how many things of a kind the preview names.
const titlesShown = 4

// draw shows what goes, and what stays.
func (s *accountShare) draw() {
	e := s.chosen()
	var who []string
	for _, m := range e.Living() {
		if m.ID != e.Space.Self {
			who = append(who, m.Name)
		}
	}
	readers := "Only you are in " + e.Space.Name + " so far."
	if len(who) > 0 {
		readers = data.JoinAnd(who[:min(len(who), 6)]) + " will see this"
		if n := len(who) - 6; n > 0 {
			readers = strings.Join(who[:6], ", ") + " and " + data.Counted(n, "other", "others") + " will see this"
		}
		readers += ", and whoever is invited with what was written before."
	}
	rows := []fyne.CanvasObject{kit.NewParagraph(kit.Body, kit.Ink, readers), kit.NewSpace(6), kit.NewSectionHead(kit.BodyBold, "Goes there", thousands(len(s.things)), nil)}
	for _, kind := range sharedKinds(s.things) {
		rows = append(rows, sharedKindRow(kind, s.things), kit.NewHairline())
	}
	if n := len(s.mail); n > 0 {
		rows = append(rows, stayRow("mail", "Of "+data.Counted(n, "mail", "mails")+" what the rule lets out, as of the newest: "+data.ObservedTitle(s.mail[0])), kit.NewSpace(6), kit.NewHairline())
	}
	rows = append(rows, kit.NewSpace(12), kit.NewSectionHead(kit.BodyBold, "Stays here", "", nil),
		stayRow("mail", s.p.staysWords(len(s.mail))), stayRow("gauge", "Warmth, dials and briefs; each laptop counts its own"), stayRow("history", "How things were before today; what they are now goes"))
	s.preview.Set(rows...)
	if s.changed != nil {
		s.changed()
	}
}

// staysWords count what comes from mailboxes and calendars.
func (p *accountPage) staysWords(told int) string {
	c := p.answer.counts
	if told > 0 {
		return "The rest of those mails, " + data.Counted(max(c[data.Mail]-told, 0), "other mail", "other mails") + " and " + data.Counted(c[data.Meet], "meeting", "meetings") + " of this account, and all drafts"
	}
	return data.Counted(c[data.Mail], "mail", "mails") + " and " + data.Counted(c[data.Meet], "meeting", "meetings") + " of this account, and all drafts"
}

func stayRow(icon, words string) fyne.CanvasObject {
	return kit.NewPad(6, 0, 0, 0, kit.NewColumns(10, []kit.Col{kit.Fixed(16).AtTop(), kit.Flex(1)}, kit.NewIcon(icon, 14, kit.Ink3), kit.NewParagraph(kit.Small, kit.Ink2, words)))
}

// sharedKinds are the kinds of things, each once, in their order.
func sharedKinds(things []data.SharedThing) (kinds []string) {
	for _, t := range things {
		if !slices.Contains(kinds, t.Kind) {
			kinds = append(kinds, t.Kind)
		}
	}
	return kinds
}

// sharedKindRow names the things of a kind.
func sharedKindRow(kind string, things []data.SharedThing) fyne.CanvasObject {
	var titles []string
	n := 0
	for _, t := range things {
		if t.Kind != kind {
			continue
		}
		n++
		if len(titles) < titlesShown && t.Title != kind {
			titles = append(titles, t.Title)
		}
	}
	words := strings.Join(titles, " · ")
	if more := n - len(titles); more > 0 && len(titles) > 0 {
		words += " · and " + data.Counted(more, "other", "others")
	}
	return kit.NewPad(5, 0, 5, 0, kit.NewColumns(12, []kit.Col{kit.Fixed(150).AtTop(), kit.Flex(1)},
		kit.NewText(kit.Body, upperFirst(data.CountedKinds(map[string]int{kind: n}))).Bending(), kit.NewParagraph(kit.Small, kit.Ink2, words).AtMost(2)))
}

// share puts the account there. It cannot be taken back once the others have read it,
// so the status bar offers no undo.
func (s *accountShare) share() {
	if !s.ready {
		return
	}
	w, account, space, name := s.p.w, s.p.id, s.chosen().Space, s.p.answer.row.Name
	bridge.Act(w.bg, func(ctx context.Context) error {
		_, err := w.db.Write(ctx, "", func(tx *store.Tx) error {
			_, err := tx.ShareAccount(account, space.ID)
			return err
		})
		return err
	}, func(err error) {
		if err != nil {
			s.say(err)
			return
		}
		w.dismiss()
		w.reload()
		w.say(name + " is in " + space.Name + " now; the others have it once you and they have exchanged")
	})
}
