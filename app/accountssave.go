package app

import (
	"slices"
	"strings"

	"rapport/app/kit"
	"rapport/data"
	"rapport/data/store"
)

// save keeps what is chosen as a selection, under a name that is asked for.
func (p *accounts) save() {
	where := p.choice.where()
	if where == "" {
		p.w.say("Choose a filter first; all accounts are always in the list")
		return
	}
	filter, err := p.choice.filter()
	if err != nil {
		p.w.fail(err)
		return
	}
	p.askName(data.Selection{Where: filter.String()}, "Save this view", "Save", " saved")
}

// askName asks for a selection's name and keeps it.
func (p *accounts) askName(s data.Selection, title, verb, done string) {
	f := newForm(p.w.bg)
	name := f.field("Name", kit.NewField("Winter season risk"))
	f.add("Keeps", kit.NewParagraph(kit.Small, kit.Ink2, s.Where))
	name.SetText(s.Name)
	p.w.dialog(f, "bookmark", title, verb, func() {
		s := s
		s.Name = strings.TrimSpace(name.Text())
		if err := s.Check(); err != nil {
			f.say(err)
			return
		}
		taken := func(o data.Selection) bool { return o.ID != s.ID && strings.EqualFold(o.Name, s.Name) }
		if slices.ContainsFunc(p.answer.selections, taken) {
			f.say(&data.Invalid{Field: "name", Says: "there is a selection of this name already; take another"})
			return
		}
		p.w.keep(f, s.Name+done, func(tx *store.Tx) (err error) {
			s, err = store.PutPart(tx, s)
			return err
		}, func() {
			p.clearChoice()
			p.look(savedView(s))
		})
	})
}

// clearChoice takes away what stands beside the view.
func (p *accounts) clearChoice() {
	p.choice.tier, p.choice.warmth, p.choice.stage, p.choice.owner, p.choice.typed = "", "", "", "", ""
	p.bar.field.SetText("")
}

// inView is the selection that is looked at.
func (p *accounts) inView() (data.Selection, bool) {
	i := slices.IndexFunc(p.answer.selections, func(s data.Selection) bool { return s.ID == p.choice.view.saved })
	if i < 0 {
		return data.Selection{}, false
	}
	return p.answer.selections[i], true
}

// savedCommands are what can be done with the selection that is looked at.
func (p *accounts) savedCommands() []command {
	any := func() bool { _, ok := p.inView(); return ok }
	return []command{
		{name: "Rename this selection", words: "saved view filter", icon: "pen-line", when: any, do: func() {
			if s, ok := p.inView(); ok {
				p.askName(s, "Rename "+s.Name, "Rename", " renamed")
			}
		}},
		{name: "Delete this selection", words: "saved view filter remove", icon: "x", when: any, do: func() {
			if s, ok := p.inView(); ok {
				p.w.write(s.Name+" deleted; its accounts stay", func(tx *store.Tx) error { return store.DeletePart(tx, s) }, nil)
				p.look(viewAll)
			}
		}},
	}
}
