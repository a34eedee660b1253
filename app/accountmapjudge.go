package app

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"rapport/app/kit"
	"rapport/data"
)

// stakeholderForm asks what somebody is in an account, how much they can move and
// where they stand, and why. The questions propose; the person decides.
type stakeholderForm struct {
	partForm
	why, influence *kit.Field
	support        *kit.Segmented
	answers        []*kit.Segmented // of data.SupportQuestions
	proposal       *kit.Paragraph
	roles          map[data.Role]*kit.Chip
	before         data.Stakeholder
}

// supportNotJudged is the choice of no judgement; the others follow from against
// to champion.
const supportNotJudged = 0

// answerWords are the answers to the questions, in the order of their choices.
var answerWords = []string{"", "yes", "no"}

// newStakeholderForm asks about a person whose part was kept, with another place
// proposed.
func newStakeholderForm(w *window, world partWorld, kept, proposed data.Stakeholder) *stakeholderForm {
	f := &stakeholderForm{partForm: newPartForm(w, world), before: kept, roles: map[data.Role]*kit.Chip{}}
	moved := kept.Support != proposed.Support
	why := kept.Why
	if moved {
		why = "" // a new judgement has a reason of its own
	}
	f.why = f.line("Why", "what they said or did that shows it", why)
	f.support = f.choice("Support", supportOn(proposed, moved), "?", "Against", "Doubtful", "Neutral", "For", "Champion")
	f.influence = f.line("Influence", "0 uses, from 34 shapes, from 67 decides, up to 100", strconv.Itoa(proposed.Influence))
	f.chips(kept.Roles)
	f.rows = append(f.rows, kit.NewHairline())
	for _, q := range data.SupportQuestions {
		s := kit.NewSegmented([]string{"Not known", "Yes", "No"}, max(0, slices.Index(answerWords, kept.Answers[q.Name])), func(int) { f.propose() })
		f.answers = append(f.answers, s)
		f.rows = append(f.rows, kit.NewSpread(10, kit.NewText(kit.Small, q.Asks).Bending(), s))
	}
	f.proposal = kit.NewParagraph(kit.Small, kit.Ink2, "Answer what you know; the answers propose where they stand.")
	f.rows = append(f.rows, f.proposal)
	return f
}

func supportOn(s data.Stakeholder, moved bool) int {
	if !s.Judged() && !moved {
		return supportNotJudged
	}
	return s.Support + 3
}

// chips adds the roles, each on or off.
func (f *stakeholderForm) chips(on []data.Role) {
	const each = 4
	var lines []fyne.CanvasObject
	for part := range slices.Chunk(data.Roles, each) {
		var row []fyne.CanvasObject
		for _, r := range part {
			c := kit.NewChip(upperFirst(r.ShortRole()), "", slices.Contains(on, r), nil)
			c.OnTap = func() { c.Set(c.Text, "", !c.On) }
			f.roles[r] = c
			row = append(row, c)
		}
		lines = append(lines, kit.NewRow(6, row...))
	}
	f.add("What they are", kit.NewStack(6, lines...))
}

// propose says what the answers come to, and chooses it.
func (f *stakeholderForm) propose() {
	support, reasons, answered := data.ProposeSupport(f.given())
	if !answered {
		return
	}
	f.support.On = support + 3
	f.support.Refresh()
	f.proposal.Set(kit.Span{Text: "The answers propose: " + data.SupportWords[support+2] + ".", Role: kit.Small, Tint: kit.Ink2})
	if strings.TrimSpace(f.why.Text()) == "" && len(reasons) > 0 {
		f.why.SetText(reasons[0])
	}
	if f.changed != nil {
		f.changed()
	}
}

// given are the answers, by the question's name; nil for none.
func (f *stakeholderForm) given() map[string]string {
	var given map[string]string
	for i, q := range data.SupportQuestions {
		if word := answerWords[f.answers[i].On]; word != "" {
			if given == nil {
				given = map[string]string{}
			}
			given[q.Name] = word
		}
	}
	return given
}

// stakeholder is what was filled in, or why it cannot be read.
func (f *stakeholderForm) stakeholder() (data.Stakeholder, error) {
	s := f.before
	influence, err := strconv.Atoi(strings.TrimSpace(f.influence.Text()))
	if err != nil {
		return s, &data.Invalid{Field: "influence", Says: "write the influence as a number from 0 to 100"}
	}
	s.Influence, s.Roles = influence, nil
	for _, r := range data.Roles {
		if f.roles[r].On {
			s.Roles = append(s.Roles, r)
		}
	}
	why, support, answers := strings.TrimSpace(f.why.Text()), f.support.On-3, f.given()
	switch {
	case f.support.On == supportNotJudged:
		s.Support, s.On, s.By, s.Why = 0, "", "", ""
	case !s.Judged() || s.Support != support || s.Why != why || !maps.Equal(answers, s.Answers):
		s.Support, s.Why, s.On, s.By = support, why, f.now.Format(time.DateOnly), f.world.me
	}
	s.Answers = answers
	return s, nil
}

// editStakeholder asks where somebody stands; proposed is a place that was shown
// by hand, or what is kept of them.
func (w *window) editStakeholder(c data.ContactStanding, proposed data.Stakeholder) {
	kept := c.Stakeholder
	kept.Account, kept.Contact = c.Contact.AccountID, c.Contact.ID
	if kept.ID == "" && proposed.Influence == 0 {
		proposed.Influence = 50
	}
	w.withParts(kept.Account, func(world partWorld) {
		f := newStakeholderForm(w, world, kept, proposed)
		w.dialog(f.form, "gavel", "Where "+c.Contact.Name+" stands", "Save", func() {
			s, err := f.stakeholder()
			if err == nil {
				err = s.Check()
			}
			if err != nil {
				f.say(err)
				return
			}
			w.keep(f.form, c.Contact.Name+": "+data.InfluenceWord(s.Influence)+", "+s.SupportWord(), keeping(s), nil)
		})
	})
}
