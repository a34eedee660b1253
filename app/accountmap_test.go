package app

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"rapport/app/kit"
	"rapport/data"
	"rapport/data/store"
)

// openPeople opens the People tab of an account by its key.
func openPeople(t *testing.T, w *window, name string) *peopleTab {
	t.Helper()
	w.open(route{place: placeAccount, id: accountNamed(t, w.db, name).ID})
	press(w, "4")
	p := w.page().(*accountPage)
	if !p.inPeople() {
		t.Fatal("key 4 does not open the People tab")
	}
	return p.people
}

// lookAt makes somebody the current one by name.
func lookAt(t *testing.T, m *peopleTab, name string) {
	t.Helper()
	for _, e := range m.entries {
		if e.Contact.Name == name {
			m.look(e.Key())
			return
		}
	}
	t.Fatalf("%s is not on the map", name)
}

func TestPeopleMap(t *testing.T) {
	w := testWindow(t, sampleStore(t))
	m := openPeople(t, w, "Kestrel Museums")
	lookAt(t, m, "Beatrice Holm")
	checkShown(t, w, "Cover", "of 3 roles", "Samuel, never met", "Who knows whom", "Beatrice hangs on one thread", "Warmest way to Samuel", "Champion, 15 h", "Decides, never met",
		"Without Beatrice?", "Shapes, neutral", "Content with us, not with the flicker. Maya, 5 Nov.")
	golden(t, w, "people")
}

func TestPeopleMapDark(t *testing.T) {
	w := testWindow(t, sampleStore(t))
	kit.Wear(testApp, kit.NewTheme(kit.Dark, 1))
	openPeople(t, w, "Kestrel Museums")
	golden(t, w, "people-dark")
}

func TestPeopleMapNarrow(t *testing.T) {
	w := testWindow(t, sampleStore(t))
	resize(w, 960, 600)
	openPeople(t, w, "Kestrel Museums")
	golden(t, w, "people-narrow")
}

func TestPeopleMapLargeText(t *testing.T) {
	w := testWindow(t, sampleStore(t))
	kit.Wear(testApp, kit.NewTheme(kit.Light, 1.4))
	openPeople(t, w, "Kestrel Museums")
	golden(t, w, "people-large-text")
}

func TestPeopleMapEmpty(t *testing.T) {
	w := testWindow(t, loggedStore(t, 1))
	openPeople(t, w, "Kestrel Museums")
	checkShown(t, w, "Nobody is known here yet", "Add a person")
	golden(t, w, "people-empty")
}

func TestDepartureOfAnyOfThemAndOfUs(t *testing.T) {
	w := testWindow(t, sampleStore(t))
	m := openPeople(t, w, "Kestrel Museums")
	lookAt(t, m, "Anna Kessler")
	press(w, "W")
	checkShown(t, w, "Without Anna Kessler", "Roles that nobody would cover", "Champion.", "Introductions that would help", "Nothing is changed by looking")
	golden(t, w, "people-without")
	press(w, "Enter")
	m.showDeparture("Maya Lindqvist")
	checkShown(t, w, "Without Maya Lindqvist", "People we would not know any more", "Beatrice Holm")
	press(w, "Esc")
	checkAbsent(t, w, "Without Maya Lindqvist")
}

// mapWindow shows the people of an account with Anna, who champions us, and
// Beatrice, who is not placed.
func mapWindow(t *testing.T) (*window, *peopleTab) {
	t.Helper()
	db := kestrelStore(t)
	keepParts(t, db, func(*store.Tx) error { return nil },
		data.Stakeholder{Belongs: data.Belongs{ID: "s1", Account: "k", Contact: "anna"}, Roles: []data.Role{data.Champion}, Influence: 60, Support: 2, On: "2026-11-01", By: "Maya Lindqvist", Why: "spoke for us"})
	w := testWindow(t, db)
	m := openPeople(t, w, "Kestrel Museums")
	lookAt(t, m, "Anna Kessler")
	return w, m
}

func stakeholderOf(t *testing.T, w *window, contact string) data.Stakeholder {
	t.Helper()
	list, err := store.Parts[data.Stakeholder](context.Background(), w.db, store.PartQuery{Contact: contact})
	if err != nil || len(list) > 1 {
		t.Fatal(list, err)
	}
	if len(list) == 0 {
		return data.Stakeholder{}
	}
	return list[0]
}

// shiftPress presses keys with Shift held.
func shiftPress(w *window, keys ...fyne.KeyName) {
	f := w.canvas.Focused().(desktop.Keyable)
	f.KeyDown(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	for _, k := range keys {
		f.TypedKey(&fyne.KeyEvent{Name: k})
	}
	f.KeyUp(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
}

func TestSomebodyIsPlacedByKeysWithAReason(t *testing.T) {
	w, m := mapWindow(t)
	shiftPress(w, fyne.KeyLeft, fyne.KeyLeft, fyne.KeyUp, fyne.KeyUp)
	checkShown(t, w, "Anna: neutral, decides. Enter asks for the reason, Esc puts them back.")
	press(w, "Esc")
	checkAbsent(t, w, "puts them back")
	if m.chart.Lifted() || w.here().place != placeAccount {
		t.Fatal("Esc does not put her back, or leaves")
	}
	shiftPress(w, fyne.KeyLeft, fyne.KeyUp, fyne.KeyUp)
	press(w, "Enter")
	checkShown(t, w, "Where Anna Kessler stands")
	press(w, "Enter") // without a reason
	checkShown(t, w, "Give the reason")
	if s := stakeholderOf(t, w, "anna"); s.Support != 2 {
		t.Fatalf("kept without a reason: %+v", s)
	}
	enter(w, "waits for the trial")
	press(w, "Enter")
	s := stakeholderOf(t, w, "anna")
	if s.Support != 1 || s.Influence != 70 || s.Why != "waits for the trial" || s.On != "2026-11-17" || len(s.Roles) != 1 {
		t.Errorf("kept %+v", s)
	}
	w.undo()
	if s := stakeholderOf(t, w, "anna"); s.Support != 2 || s.Why != "spoke for us" {
		t.Errorf("after undo %+v", s)
	}
}

func TestSomebodyIsPlacedForTheFirstTime(t *testing.T) {
	w, m := mapWindow(t)
	lookAt(t, m, "Beatrice Holm")
	checkShown(t, w, "Beatrice is not placed yet", "Not placed")
	press(w, "E")
	enter(w, "asked for the second hall")
	press(w, "Enter")
	if s := stakeholderOf(t, w, "beatrice"); s.Judged() || s.Influence != 50 || s.ID == "" {
		t.Errorf("kept %+v", s)
	}
	checkShown(t, w, "Shapes, not judged", "Nobody has judged their support.")
	press(w, "Delete")
	if s := stakeholderOf(t, w, "beatrice"); s.ID != "" {
		t.Error("the judgement is still there")
	}
	w.undo()
	if s := stakeholderOf(t, w, "beatrice"); s.ID == "" {
		t.Error("undo does not bring the judgement back")
	}
}

func TestQuestionsProposeTheSupport(t *testing.T) {
	w, _ := mapWindow(t)
	world := partWorld{people: []data.Contact{{ID: "beatrice"}}, me: "Maya Lindqvist"}
	kept := data.Stakeholder{Belongs: data.Belongs{Account: "k", Contact: "beatrice"}}
	f := newStakeholderForm(w, world, kept, kept)
	f.answers[1].On = 1 // gave time: yes
	f.propose()
	f.why.SetText("brought her colleague")
	f.roles[data.UserRole].OnTap()
	s, err := f.stakeholder()
	if err != nil || s.Support != 1 || s.On == "" || s.By != "Maya Lindqvist" || s.Answers["gave-time"] != "yes" || !s.Is(data.UserRole) {
		t.Errorf("%+v, %v", s, err)
	}
	f.support.On = supportNotJudged
	if s, _ := f.stakeholder(); s.Judged() || s.Support != 0 || s.Why != "" {
		t.Errorf("nobody judged, but %+v", s)
	}
	f.influence.SetText("much")
	if _, err := f.stakeholder(); err == nil {
		t.Error("an influence that is no number is taken")
	}
}

func TestAnIntroductionIsPlannedAsAPromise(t *testing.T) {
	w := testWindow(t, sampleStore(t))
	m := openPeople(t, w, "Kestrel Museums")
	lookAt(t, m, "Samuel Reyes")
	press(w, "I")
	checkShown(t, w, "New promise")
	f := w.canvas.Focused().(interface{ SelectedText() string })
	if got := f.SelectedText(); got == "" || got[:4] != "Ask " {
		t.Errorf("the promise begins with %q", got)
	}
}

// relationsAt are the relations that are kept of an account.
func relationsAt(t *testing.T, w *window, account string) []data.Relation {
	t.Helper()
	list, err := store.Parts[data.Relation](context.Background(), w.db, store.PartQuery{Account: account})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestRelationsAreSaidByKeys(t *testing.T) {
	w, m := mapWindow(t)
	press(w, "R")
	checkShown(t, w, "New relation", "To whom")
	enter(w, "Beatrice")
	press(w, "Enter")
	list := relationsAt(t, w, "k")
	if len(list) != 1 || list[0].Contact != "anna" || list[0].To != "beatrice" || list[0].Is != data.ReportsTo || list[0].On != "2026-11-17" {
		t.Fatalf("kept %+v", list)
	}
	checkShown(t, w, "Anna reports to Beatrice.")
	lookAt(t, m, "Beatrice Holm")
	m.editRelation(data.Relation{Belongs: data.Belongs{Account: "k", Contact: "beatrice"}, Is: data.ReportsTo})
	enter(w, "Anna")
	press(w, "Enter")
	checkShown(t, w, "That would be a circle")
	press(w, "Esc")
	m.editRelation(data.Relation{Belongs: data.Belongs{Account: "k", Contact: "anna"}, Is: data.ReportsTo})
	enter(w, "Beatrice")
	press(w, "Enter")
	if list := relationsAt(t, w, "k"); len(list) != 1 {
		t.Errorf("said twice it is kept %d times", len(list))
	}
	deletePart(w, "No more", list[0])
	if len(relationsAt(t, w, "k")) != 0 {
		t.Error("the relation is still there")
	}
	w.undo()
	if len(relationsAt(t, w, "k")) != 1 {
		t.Error("undo does not bring the relation back")
	}
}

func TestPeopleAsAList(t *testing.T) {
	w := testWindow(t, sampleStore(t))
	m := openPeople(t, w, "Kestrel Museums")
	lookAt(t, m, "Ines Fournier")
	press(w, "L")
	checkShown(t, w, "Known by", "One thread", "Champions us", "Critic, expert", "14 people")
	golden(t, w, "people-list")
	names := func() string {
		var list []string
		for _, e := range m.list.rows {
			list = append(list, data.FirstName(e.Contact.Name))
		}
		return strings.Join(list, " ")
	}
	m.list.change(func(c *data.PeopleChoice) { c.Side, c.Sort = data.Customer, data.PeopleByInfluence })
	if got := names(); got != "Martin Samuel Anna Beatrice Ines Piotr Grace" {
		t.Error(got)
	}
	m.list.change(func(c *data.PeopleChoice) { c.NeverMet = true })
	if got := names(); got != "Samuel" {
		t.Error(got)
	}
	checkShown(t, w, "1 of 14 people")
	m.list.change(func(c *data.PeopleChoice) { c.Support = "for" })
	checkShown(t, w, "Nobody fits")
	press(w, "Esc")
	if m.list.choice.Narrows() || len(m.list.rows) != 14 {
		t.Errorf("after Esc %d are listed", len(m.list.rows))
	}
	m.list.change(func(c *data.PeopleChoice) { c.Side = data.Us })
	press(w, "W")
	checkShown(t, w, "Without Maya Lindqvist")
	press(w, "Enter", "L")
	if m.asList || m.chart.On < 0 {
		t.Error("L does not show the map again")
	}
}

func TestSeveralPeopleAreChosen(t *testing.T) {
	w, m := mapWindow(t)
	press(w, "L")
	press(w, "X", "X")
	checkShown(t, w, "2 people marked:")
	golden(t, w, "people-marked")
	m.list.marks.give(data.UserRole)
	for _, id := range []string{"anna", "beatrice"} {
		if s := stakeholderOf(t, w, id); !s.Is(data.UserRole) {
			t.Errorf("%s is %v", id, s.Roles)
		}
	}
	w.undo()
	if s := stakeholderOf(t, w, "beatrice"); s.ID != "" {
		t.Error("one undo does not take both roles back")
	}
	m.list.marks.remove()
	if n := len(m.in.Contacts); n != 0 {
		t.Errorf("%d people are left", n)
	}
	w.undo()
	if n := len(m.in.Contacts); n != 2 {
		t.Errorf("after undo there are %d people", n)
	}
	press(w, "Esc")
	if len(m.list.marked) != 0 {
		t.Error("Esc does not clear the marks")
	}
}

func TestTheMapIsExported(t *testing.T) {
	w := testWindow(t, sampleStore(t))
	m := openPeople(t, w, "Kestrel Museums")
	folder := t.TempDir()
	for _, name := range []string{"kestrel.svg", "kestrel.PNG"} {
		m.askExport(folder)
		checkShown(t, w, "Export the map of Kestrel Museums")
		enter(w, filepath.Join(folder, name)) // in place of what is proposed
		press(w, "Enter")
		if s, err := os.Stat(filepath.Join(folder, name)); err != nil || s.Size() < 1000 {
			t.Fatalf("%s: %v", name, err)
		}
		checkShown(t, w, "Map drawn on")
	}
	m.askExport(folder)
	enter(w, filepath.Join(folder, "kestrel.svg"))
	press(w, "Enter")
	checkShown(t, w, "is there already; name a new file")
	press(w, "Esc")
	m.askExport(folder)
	enter(w, filepath.Join(folder, "kestrel.doc"))
	press(w, "Enter")
	checkShown(t, w, "The name ends in .svg or .png")
}

// crowdedStore is an account of so many people, all placed, with long names.
func crowdedStore(t *testing.T, n int) *store.DB {
	t.Helper()
	db := kestrelStore(t)
	keepParts(t, db, func(tx *store.Tx) error {
		for i := range n - 2 {
			id := fmt.Sprint("p", i)
			if err := tx.PutContact(data.Contact{ID: id, AccountID: "k", Name: fmt.Sprintf("Maximiliane-Theresa von Hohenfels-Wartburg the %dth", i), Role: "Deputy head of the department for exhibitions and loans", Side: data.Customer}); err != nil {
				return err
			}
			s := data.Stakeholder{Belongs: data.Belongs{Account: "k", Contact: id}, Influence: i * 37 % 101, Support: i%5 - 2, On: "2026-11-01", Why: "said so"}
			if _, err := store.PutPart(tx, s); err != nil {
				return err
			}
			if i > 0 {
				if _, err := store.PutPart(tx, data.Relation{Belongs: data.Belongs{Account: "k", Contact: id}, To: fmt.Sprint("p", i/3), Is: data.ReportsTo}); err != nil {
					return err
				}
			}
		}
		return nil
	})
	return db
}

func TestSixtyPeopleWithLongNames(t *testing.T) {
	w := testWindow(t, crowdedStore(t, 60))
	m := openPeople(t, w, "Kestrel Museums")
	if n := len(m.chart.Map.People); n != 60 {
		t.Fatalf("%d people", n)
	}
	press(w, "Right", "Down")
	golden(t, w, "people-sixty")
	press(w, "L")
	checkShown(t, w, "60 people")
	golden(t, w, "people-sixty-list")
}

func TestOnePerson(t *testing.T) {
	db := loggedStore(t, 1)
	keepParts(t, db, func(tx *store.Tx) error {
		return tx.PutContact(data.Contact{ID: "anna", AccountID: "k", Name: "Anna Kessler", Side: data.Customer})
	})
	w := testWindow(t, db)
	m := openPeople(t, w, "Kestrel Museums")
	press(w, "Up", "Left", "Home", "End")
	if m.chosen != "anna" {
		t.Errorf("it is at %q", m.chosen)
	}
	checkShown(t, w, "Anna is not placed yet", "Not placed", "0 of 3 roles")
}

func TestEnterOpensThePerson(t *testing.T) {
	w, _ := mapWindow(t)
	press(w, "Enter")
	if w.here().place != placeContact || w.here().id != "anna" {
		t.Fatalf("Enter opens %v", w.here())
	}
	press(w, "Esc")
	if p, ok := w.page().(*accountPage); !ok || !p.inPeople() || p.people.chosen != "anna" {
		t.Error("back is not where she was left")
	}
}
