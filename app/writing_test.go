package app

import (
	"fmt"
	"testing"

	"rapport/data"
	"rapport/data/store"
)

// desk is a sharer that says who else writes, and keeps what it was told.
type desk struct {
	sharer
	others []data.Writing
	told   []string
}

func (d *desk) Write(w data.Writing)    { d.told = append(d.told, fmt.Sprint(w.Kind, " ", w.ID)) }
func (d *desk) Writers() []data.Writing { return d.others }
func (d *desk) OnWriters(func())        {}

func TestWhoElseIsEditingIsShown(t *testing.T) {
	w := testWindow(t, sampleStore(t))
	d := &desk{}
	w.sharer = d
	w.writing.begin()
	p := openPlan(t, w, "Kestrel Museums")
	step := p.answer.in.Steps[0]
	checkAbsent(t, w, "is editing")
	d.others = []data.Writing{{Name: "Elin Sandvik", Account: p.p.id, Kind: data.KindStep, ID: step.ID}, {Name: "Tom Okafor", Account: "another", Kind: data.KindStep}}
	w.writing.heed()
	checkShown(t, w, "Elin is editing", "Elin is editing “Next 90 days”")
	checkAbsent(t, w, "Tom is editing")
	golden(t, w, "account-plan-editing")

	w.editStep(step, nil)
	checkShown(t, w, "Elin is editing this too. What both write is kept")
	golden(t, w, "account-plan-editing-both")
	d.others = nil
	w.writing.heed()
	checkAbsent(t, w, "is editing")
	d.others = []data.Writing{{Name: "Elin Sandvik", Account: p.p.id, Kind: data.KindStep, ID: "another"}}
	w.writing.heed()
	checkAbsent(t, w, "editing this too")
	press(w, "Esc")
	if got := fmt.Sprint(d.told); got != "[step "+step.ID+"  ]" {
		t.Errorf("the others were told %s", got)
	}
	if w.writing.form != nil {
		t.Error("a form that is closed is held")
	}
}

func TestEachFormSaysWhatItIsAbout(t *testing.T) {
	w := testWindow(t, sampleStore(t))
	d := &desk{}
	w.sharer = d
	w.writing.begin()
	p := openPlan(t, w, "Kestrel Museums")
	in := p.answer.in
	for want, open := range map[string]func(){
		"objective " + in.Objectives[0].ID: func() { w.editObjective(in.Objectives[0]) },
		"plan " + in.Plan.ID:               func() { w.editPlanHead(in) },
		"promise " + in.Promises[0].ID:     func() { w.editPromise(in.Promises[0]) },
		"need ":                            p.p.addNeed,
		"account " + in.Account.ID:         func() { w.editAccount(in.Account, nil) },
		"contact ":                         p.p.addPerson,
	} {
		d.told = nil
		open()
		if len(d.told) != 1 || d.told[0] != want {
			t.Errorf("the form of %q told %q", want, d.told)
		}
		w.dismiss()
	}
	d.told = nil
	w.editAccount(data.Account{}, nil) // nobody shares it yet
	w.dismiss()
	if len(d.told) != 0 {
		t.Errorf("a new account is told: %q", d.told)
	}
}

// deed is the command of a name; its when says whether it is offered.
func deed(t *testing.T, w *window, name string) command {
	t.Helper()
	for _, c := range w.writing.commands() {
		if c.name == name {
			return c
		}
	}
	t.Fatalf("there is no command %q", name)
	return command{}
}

func TestTellingOthersCanBeTurnedOff(t *testing.T) {
	const off, on = "Do not tell others what I am editing", "Tell others what I am editing"
	w := testWindow(t, sampleCopy(t))
	if deed(t, w, off).when() || deed(t, w, on).when() {
		t.Error("it is offered where nothing is shared")
	}
	w.sharer = &desk{}
	w.writing.begin()
	for _, c := range []struct{ does, then, kept string }{{off, on, store.SettingOff}, {on, off, ""}} {
		if !deed(t, w, c.does).when() || deed(t, w, c.then).when() {
			t.Errorf("%q is not what is offered", c.does)
		}
		deed(t, w, c.does).do()
		if got, err := w.db.Setting(t.Context(), store.SettingWriting); err != nil || got != c.kept {
			t.Fatalf("%s: kept %q, %v", c.does, got, err)
		}
		w.writing.ask()
	}
	if !deed(t, w, off).when() {
		t.Error("it cannot be turned off again")
	}
}
