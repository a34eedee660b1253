package app

import (
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"rapport/app/kit"
	"rapport/data"
)

// relationForm asks how somebody stands to somebody else.
type relationForm struct {
	partForm
	to, why *kit.Field
	is      *kit.Segmented
	before  data.Relation
	others  []data.Relation // of the account, for circles and for what is said already
}

func newRelationForm(w *window, world partWorld, before data.Relation, others []data.Relation) *relationForm {
	f := &relationForm{partForm: newPartForm(w, world), before: before, others: others}
	f.to = f.line("To whom", "a name, or how it begins", world.named(before.To))
	f.is = f.choice(data.FirstName(world.named(before.Contact)), slices.Index(data.RelationKinds, before.Is), "Reports to", "Influences", "At odds", "Works with", "Knows")
	f.why = f.line("How we know", "organisation chart, she said so", before.Why)
	return f
}

// relation is what was filled in, or why it cannot be kept.
func (f *relationForm) relation() (r data.Relation, err error) {
	r = f.before
	if r.To, err = f.who(f.to); err != nil {
		return r, err
	}
	r.Is, r.Why = data.RelationKinds[f.is.On], strings.TrimSpace(f.why.Text())
	if r.ID == "" || r.To != f.before.To || r.Is != f.before.Is {
		r.On = f.now.Format(time.DateOnly)
	}
	for _, have := range f.others {
		if r.ID == "" && have.Same(r) {
			r.Belongs, r.Contact, r.To = have.Belongs, have.Contact, have.To // said again
		}
	}
	return r, data.CheckReports(f.others, r)
}

// editRelation asks how somebody stands to somebody, or for a change of that.
func (t *peopleTab) editRelation(before data.Relation) {
	w := t.p.w
	w.withParts(t.p.id, func(world partWorld) {
		f := newRelationForm(w, world, before, t.in.Relations)
		askPart(w, f.partForm, "network", "relation", before, f.relation, func(r data.Relation) string { return t.relationWords(r) })
	})
}

// relationWords are "Anna Kessler reports to Martin Oyelaran".
func (t *peopleTab) relationWords(r data.Relation) string {
	from, _ := t.known(r.Contact)
	to, _ := t.known(r.To)
	return from.Contact.Name + " " + string(r.Is) + " " + to.Contact.Name
}

// relationsOf are the relations of somebody to others who are here.
func (t *peopleTab) relationsOf(contact string) (list []data.Relation) {
	for _, r := range t.in.Relations {
		_, from := t.known(r.Contact)
		_, to := t.known(r.To)
		if from && to && (r.Contact == contact || r.To == contact) {
			list = append(list, r)
		}
	}
	return list
}

// relate offers to say how the one who is looked at stands to others, and to
// change or take away what is said.
func (t *peopleTab) relate() {
	c, ok := t.current()
	if !ok {
		return
	}
	add := func() {
		t.editRelation(data.Relation{Belongs: data.Belongs{Account: t.p.id, Contact: c.Contact.ID}, Is: data.ReportsTo})
	}
	said := t.relationsOf(c.Contact.ID)
	if len(said) == 0 {
		add()
		return
	}
	list := []command{{name: "Add how " + data.FirstName(c.Contact.Name) + " stands to somebody", do: add}}
	for _, r := range said {
		list = append(list, command{name: "Change: " + t.relationWords(r), do: func() { t.editRelation(r) }},
			command{name: "Take away: " + t.relationWords(r), do: func() { deletePart(t.p.w, "No more: "+t.relationWords(r), r) }})
	}
	t.p.w.menuAt(t.menuPlace(), list...)
}

// menuPlace is where a menu about the one who is looked at opens.
func (t *peopleTab) menuPlace() fyne.Position {
	if t.asList {
		return t.list.list.Below()
	}
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(t.chart)
	if spot, ok := t.chart.Spot(t.chart.On); ok {
		return at.Add(spot).AddXY(12, 12)
	}
	return at
}

// relationWords are how somebody stands to others, for the pane.
func (v *peoplePane) relationWords(c data.ContactStanding) string {
	var lines []string
	for _, r := range v.t.relationsOf(c.Contact.ID) {
		from, _ := v.t.known(r.Contact)
		to, _ := v.t.known(r.To)
		lines = append(lines, data.FirstName(from.Contact.Name)+" "+string(r.Is)+" "+data.FirstName(to.Contact.Name))
	}
	if len(lines) == 0 {
		return ""
	}
	return strings.Join(lines, "; ") + "."
}
