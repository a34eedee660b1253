package app

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"rapport/app/kit"
	"rapport/data"
)

// needForm asks for a need, in their words.
type needForm struct {
	partForm
	words, title, who, obstacle, owner, expects, on *kit.Field
	met                                             *kit.Segmented
	before                                          data.Need
}

// metChoices are the choices of how a need stands; "" is not known.
var metChoices = append([]data.Met{""}, data.MetStates...)

func newNeedForm(w *window, world partWorld, before data.Need) *needForm {
	f := &needForm{partForm: newPartForm(w, world), before: before}
	on := before.On
	if before.ID == "" {
		on = f.now.Format(time.DateOnly)
	}
	f.words = f.area("In their words", "The sculpture hall shimmers in every phone video.", before.Words, 3)
	f.title = f.line("In short", "No visible flicker in any hall", before.Title)
	f.who = f.line("Who said it", "Beatrice Holm", world.named(before.Contact))
	f.on = f.line("When", "yesterday, Friday, 5 November", shownPast(on, f.now))
	f.met = f.choice("How it stands", slices.Index(metChoices, before.Met), "Not known", "Not met", "On the way", "Met")
	f.obstacle = f.line("In the way", "Night access needs a guard", before.Obstacle)
	f.owner = f.line("Who of us", "who sees to that", before.Owner)
	f.expects = f.line("They expect", "what would be enough", before.Expects)
	return f
}

// need is what was filled in, or why it cannot be read.
func (f *needForm) need() (n data.Need, err error) {
	n = f.before
	n.Words, n.Title, n.Obstacle = strings.TrimSpace(f.words.Text()), strings.TrimSpace(f.title.Text()), strings.TrimSpace(f.obstacle.Text())
	n.Owner, n.Expects, n.Met = strings.TrimSpace(f.owner.Text()), strings.TrimSpace(f.expects.Text()), metChoices[f.met.On]
	if n.Contact, err = f.partForm.who(f.who); err != nil {
		return n, err
	}
	n.On, err = f.pastDate("on", f.on)
	return n, err
}

// editNeed asks for a new need of the account that before names, or for a change
// of one.
func (w *window) editNeed(before data.Need) {
	w.withParts(before.Account, func(world partWorld) {
		f := newNeedForm(w, world, before)
		askPart(w, f.partForm, "quote", "need", before, f.need, func(n data.Need) string { return said(n.Name()) })
	})
}

// meetNeed says how a need stands.
func (w *window) meetNeed(n data.Need, met data.Met) {
	n.Met = met
	putPart(w, upperFirst(string(met))+": "+said(n.Name()), n)
}

// closeNeed says that it is no need any more.
func (w *window) closeNeed(n data.Need) {
	n.Closed = w.now().Format(time.DateOnly)
	putPart(w, "No need any more: "+said(n.Name()), n)
}

// initiativeForm asks for something that is done about a need.
type initiativeForm struct {
	partForm
	what, owner, who, on, our, their *kit.Field
	need                             *pick
	is, gives, state                 *kit.Segmented
	before                           data.Initiative
	needs                            []string // Need.IDs of the choices, "" for none
}

// The choices of an initiative; "" is not decided.
var (
	remedyChoices = append([]data.Remedy{""}, data.Remedies...)
	giftChoices   = append([]data.Gift{""}, data.Gifts...)
)

func newInitiativeForm(w *window, world partWorld, before data.Initiative) *initiativeForm {
	f := &initiativeForm{partForm: newPartForm(w, world), before: before, needs: []string{""}}
	owner, on, names, chosen := before.Owner, before.On, []string{"None of those written down"}, 0
	if before.ID == "" {
		owner, on = world.me, f.now.Format(time.DateOnly)
	}
	for _, n := range world.needs {
		if slices.Contains(before.Needs, n.ID) {
			chosen = len(names)
		}
		f.needs, names = append(f.needs, n.ID), append(names, n.Name())
	}
	f.what = f.line("What is done", "New dimming bus", before.What)
	f.need = newPick(w, names, chosen)
	f.add("For which need", kit.NewRow(0, f.need.chip))
	f.is = f.choice("It is a", slices.Index(remedyChoices, before.Is), "Not decided", "Cure", "Treatment")
	f.gives = f.choice("It", slices.Index(giftChoices, before.Gives), "Not decided", "Makes them able", "Makes them need us")
	f.state = f.choice("How far", slices.Index(data.InitiativeStates, before.State), "Proposed", "Under way", "Done", "Let go")
	f.owner = f.line("Who of us", "who sees to it", owner)
	f.who = f.line("Who of them", "with whom", world.named(before.Contact))
	f.on = f.line("Since", "yesterday, Friday, 5 November", shownPast(on, f.now))
	f.our, f.their = kit.NewField("ours, in percent"), kit.NewField("theirs, in percent")
	f.our.SetText(percent(before.OurShare))
	f.their.SetText(percent(before.TheirShare))
	f.fields = append(f.fields, f.our, f.their)
	f.add("The benefit", kit.NewColumns(8, []kit.Col{kit.Flex(1), kit.Flex(1)}, f.our, f.their))
	return f
}

func percent(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// share is a field's percent; 0 for nothing written.
func share(field *kit.Field) (int, error) {
	s := strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(field.Text()), "%"))
	if s == "" {
		return 0, nil
	}
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0, &data.Invalid{Field: "share", Says: "write a share as a number of percent, like 40"}
	}
	return n, nil
}

// initiative is what was filled in, or why it cannot be read.
func (f *initiativeForm) initiative() (i data.Initiative, err error) {
	i = f.before
	i.What, i.Owner = strings.TrimSpace(f.what.Text()), strings.TrimSpace(f.owner.Text())
	i.Is, i.Gives, i.State = remedyChoices[f.is.On], giftChoices[f.gives.On], data.InitiativeStates[f.state.On]
	if id := f.needs[f.need.on]; !slices.Contains(i.Needs, id) || id == "" {
		i.Needs = slices.DeleteFunc([]string{id}, func(s string) bool { return s == "" })
	}
	if i.Contact, err = f.partForm.who(f.who); err != nil {
		return i, err
	}
	if i.On, err = f.pastDate("on", f.on); err != nil {
		return i, err
	}
	switch {
	case i.State != data.IsDone:
		i.Done = ""
	case i.Done == "":
		i.Done = f.now.Format(time.DateOnly)
	}
	if i.OurShare, err = share(f.our); err != nil {
		return i, err
	}
	i.TheirShare, err = share(f.their)
	return i, err
}

// editInitiative asks for a new initiative of the account that before names, or
// for a change of one.
func (w *window) editInitiative(before data.Initiative) {
	w.withParts(before.Account, func(world partWorld) {
		f := newInitiativeForm(w, world, before)
		askPart(w, f.partForm, "heart-pulse", "initiative", before, f.initiative, func(i data.Initiative) string { return said(i.What) })
	})
}
