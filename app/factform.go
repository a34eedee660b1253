package app

import (
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"rapport/app/kit"
	"rapport/data"
)

// factForm asks for a fact and where we know it from.
type factForm struct {
	partForm
	value, who, source, on *kit.Field
	name                   *pick
	sure, basis            *kit.Segmented
	basisRow               fyne.CanvasObject
	names                  []data.FactName // of the choices
	before                 data.Fact
}

// basisChoices are the lawful bases as the form names them, in data's order.
var basisChoices = []string{"Consent", "Contract", "Our interest", "Duty", "Public"}

func newFactForm(w *window, world partWorld, before data.Fact) *factForm {
	f := &factForm{partForm: newPartForm(w, world), before: before}
	on, source := before.On, before.Source
	if before.ID == "" {
		on = f.now.Format(time.DateOnly)
		if source == "" {
			source = world.me
		}
	}
	f.value = f.line("What we know", "The budget year ends in March", before.Value)
	f.who = f.line("About whom", "a person there; nobody is the whole account", world.named(before.Contact))
	f.name = newPick(w, nil, 0)
	f.add("What it is", kit.NewRow(0, f.name.chip))
	f.source = f.line("Who told us", "Anna Kessler", source)
	f.on = f.line("True on", "yesterday, Friday, 5 November", shownPast(on, f.now))
	sure := slices.Index(data.Confidences, before.Confidence)
	if before.ID == "" {
		sure = 0
	}
	f.sure = f.choice("How sure", sure, "Sure", "Likely", "A guess")
	f.basis = f.choice("Allowed by", slices.Index(data.Bases, before.Basis), basisChoices...)
	f.basisRow = f.row()
	f.offer()
	f.name.changed = f.adapt
	f.who.OnChanged = func(string) { f.offer() }
	f.adapt()
	return f
}

// offer lists the kinds of facts that are known of a person or of an account.
func (f *factForm) offer() {
	person, chosen := strings.TrimSpace(f.who.Text()) != "", f.before.Name
	if len(f.names) > 0 {
		chosen = f.names[f.name.on].Name
	}
	f.names = f.names[:0]
	var labels []string
	on := 0
	for _, n := range data.FactNames {
		if person && n.Person || !person && n.Account {
			if n.Name == chosen {
				on = len(labels)
			}
			f.names, labels = append(f.names, n), append(labels, n.Label)
		}
	}
	f.name.choices = labels
	f.name.choose(on)
}

// adapt asks for a lawful basis where the fact is personal.
func (f *factForm) adapt() {
	if f.names[f.name.on].Personal {
		f.basisRow.Show()
	} else {
		f.basisRow.Hide()
	}
	if f.changed != nil {
		f.changed()
	}
}

// fact is what was filled in, or why it cannot be read.
func (f *factForm) fact() (v data.Fact, err error) {
	v = f.before
	v.Value, v.Source, v.Name = strings.TrimSpace(f.value.Text()), strings.TrimSpace(f.source.Text()), f.names[f.name.on].Name
	v.Confidence, v.Basis = data.Confidences[f.sure.On], ""
	if f.names[f.name.on].Personal {
		v.Basis = data.Bases[f.basis.On]
	}
	if v.Contact, err = f.partForm.who(f.who); err != nil {
		return v, err
	}
	v.On, err = f.pastDate("on", f.on)
	return v, err
}

// editFact asks for a new fact of the account that before names, or for a change
// of one.
func (w *window) editFact(before data.Fact) {
	w.withParts(before.Account, func(world partWorld) {
		f := newFactForm(w, world, before)
		askPart(w, f.partForm, "notebook-text", "fact", before, f.fact, func(v data.Fact) string { return said(v.Value) })
	})
}
