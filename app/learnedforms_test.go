package app

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"rapport/app/kit"
	"rapport/data"

	"fyne.io/fyne/v2"
)

// asked are the questions of the form that floats, by what stands before them.
type asked struct {
	fields  map[string]*kit.Field
	choices map[string]*kit.Segmented
	submit  func()
}

func askedIn(t *testing.T, w *window) asked {
	t.Helper()
	o := topOverlay(w.canvas)
	if o == nil {
		t.Fatal("no form floats")
	}
	a := asked{fields: map[string]*kit.Field{}, choices: map[string]*kit.Segmented{}}
	label := ""
	eachShown(o, func(o fyne.CanvasObject) {
		switch o := o.(type) {
		case *kit.Text:
			label = o.Text
		case *kit.Field:
			a.fields[label] = o
		case *kit.Segmented:
			a.choices[label] = o
		case *kit.Button:
			if o.Kind == kit.Primary {
				a.submit = o.OnTap
			}
		}
	})
	return a
}

// answer fills the form in, what is not named stays, and sends it off.
func answer(t *testing.T, w *window, given map[string]string) {
	t.Helper()
	a := askedIn(t, w)
	for name, value := range given {
		if f, ok := a.fields[name]; ok {
			f.SetText(value)
			continue
		}
		c, ok := a.choices[name]
		if !ok {
			t.Fatalf("the form does not ask for %q", name)
		}
		on := -1
		for i, choice := range c.Choices {
			if choice == value {
				on = i
			}
		}
		if on < 0 {
			t.Fatalf("%q is no choice for %q: %v", value, name, c.Choices)
		}
		c.On = on
		if c.OnChange != nil {
			c.OnChange(on)
		}
	}
	a.submit()
}

// formRow is a row of a table: what is typed, and what is kept or said.
type formRow struct {
	name  string
	typed map[string]string
	kept  string // as told by the table's own function; "" where nothing is
	says  string // in the form, which stays
}

// checkForm opens a form for each row in a workspace of its own.
func checkForm(t *testing.T, open func(p *learned), rows []formRow, kept func(t *testing.T, w *window) string) {
	t.Helper()
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			w := testWindow(t, testStore(t))
			w.open(route{place: placeTraining})
			open(w.page().(*learned))
			answer(t, w, row.typed)
			if got := kept(t, w); got != row.kept {
				t.Errorf("kept is\n%s\nwant\n%s", got, row.kept)
			}
			if floats := topOverlay(w.canvas) != nil; floats != (row.says != "") {
				t.Errorf("the form stays: %v", floats)
			}
			if row.says == "" {
				return
			}
			checkShown(t, w, row.says)
		})
	}
}

func TestTheFormOfANote(t *testing.T) {
	checkForm(t, func(p *learned) { p.editNote(data.TrainingNote{}) }, []formRow{
		{name: "all of it", typed: map[string]string{"Title": "  Lux and UV ", "Text": "# Say\n\n- hours of light", "Topic": "Light", "For": "Sales, Support, Sales,", "Level": "New here", "Tags": "lux,uv", "Helps when": "late promise"},
			kept: "Lux and UV | # Say//- hours of light/ | Light | Sales, Support | new here | lux, uv | late promise | 2026-11-17"},
		{name: "a title alone", typed: map[string]string{"Title": "Lux"}, kept: "Lux |  |  |  |  |  |  | 2026-11-17"},
		{name: "no title", typed: map[string]string{"Title": "  ", "Text": "words"}, says: "A note needs a title."},
		{name: "a situation that nobody knows", typed: map[string]string{"Title": "Lux", "Helps when": "rain"}, says: "\"rain\" is none of"},
	}, func(t *testing.T, w *window) (all string) {
		for _, n := range parts[data.TrainingNote](t, w) {
			all += strings.Join([]string{n.Title, strings.ReplaceAll(n.Body(), "\n", "/"), n.Topic, strings.Join(n.Departments, ", "), string(n.Level), strings.Join(n.Tags, ", "), strings.Join(n.Situations, ", "), n.On}, " | ")
		}
		return all
	})
}

func TestTheFormOfAPlay(t *testing.T) {
	checkForm(t, func(p *learned) { p.w.editPlay(data.Play{}) }, []formRow{
		{name: "all of it", typed: map[string]string{"Name": "When it flickers", "Steps": "Call | same day | by phone\n\n Measure it |  within 48 hours\nTell", "In a line": "Say it first", "Topic": "Light", "For": "Delivery", "Level": "Practised", "Helps when": "silence", "Ask": "Since when?\n Where?\n", "Rests on": "ours"},
			kept: "When it flickers | Call, same day, by phone; Measure it, within 48 hours, ; Tell, ,  | Say it first | Light | Delivery | practised | silence | Since when?; Where? | ours"},
		{name: "no name", typed: map[string]string{"Name": "", "Steps": "Call"}, says: "A play needs a name."},
		{name: "no step", typed: map[string]string{"Name": "When it flickers", "Steps": " \n"}, says: "A play needs a step that somebody can take."},
	}, func(t *testing.T, w *window) (all string) {
		for _, p := range parts[data.Play](t, w) {
			var steps []string
			for _, s := range p.StepList() {
				steps = append(steps, s.What+", "+s.When+", "+s.Why)
			}
			all += strings.Join([]string{p.Name, strings.Join(steps, "; "), p.About, p.Topic, strings.Join(p.Departments, ", "), string(p.Level), strings.Join(p.Situations, ", "), strings.Join(p.Questions, "; "), p.Rests}, " | ")
		}
		return all
	})
}

func TestTheFormOfASession(t *testing.T) {
	checkForm(t, func(p *learned) { p.planSession() }, []formRow{
		{name: "all of it", typed: map[string]string{"Title": "Hard talks", "Topic": "Talks", "It is": "A focus group", "Day": "25 Nov", "At": "14:00", "Minutes": "90", "Held": "Off-site", "For": "Sales, Support", "Level": "Practised", "Place": "Room 4", "Led by": "Ida Moss", "Who is": "An outside voice", "Who comes": "Maya, Tomas,", "Fees": "EUR 900.50", "Travel": "120", "We expect": "5%", "Themes": "Price\nTime", "What we change": "Say it first"},
			kept: "Hard talks | Talks | focus group | 2026-11-25 14:00 | 90 | off-site Room 4 | Sales, Support practised | Ida Moss true | Maya, Tomas | 90050 12000 | 5% | Price; Time | Say it first"},
		{name: "no title", typed: map[string]string{"Title": "", "Day": "25 Nov"}, says: "A session needs a title."},
		{name: "a day that is none", typed: map[string]string{"Title": "Hard talks", "Day": "some day"}, says: "Write the day like Friday, in 2 weeks, 5 December or 2026-12-05"},
		{name: "minutes that are none", typed: map[string]string{"Title": "Hard talks", "Day": "25 Nov", "Minutes": "two hours"}, says: "\"two hours\""},
		{name: "money that is none", typed: map[string]string{"Title": "Hard talks", "Day": "25 Nov", "Fees": "a lot"}, says: "\"a lot\""},
		{name: "an hour that is none", typed: map[string]string{"Title": "Hard talks", "Day": "25 Nov", "At": "noon"}, says: "\"noon\""},
	}, func(t *testing.T, w *window) (all string) {
		for _, s := range parts[data.Session](t, w) {
			all += strings.Join([]string{s.Title, s.Topic, string(s.Form), s.On + " " + s.At, fmt.Sprint(s.Minutes), string(s.Where) + " " + s.Place, strings.Join(s.Departments, ", ") + " " + string(s.Level), fmt.Sprint(s.Trainer, " ", s.Outside), strings.Join(s.Attendees, ", "),
				fmt.Sprint(s.FeeCents, " ", s.TravelCents), s.Expects, strings.Join(s.Themes, "; "), strings.Join(s.FollowUps, "; ")}, " | ")
		}
		return all
	})
}

func TestTheFormOfWhoCanDoWhat(t *testing.T) {
	checkForm(t, func(p *learned) { p.editSkill(data.Skill{}) }, []formRow{
		{name: "all of it", typed: map[string]string{"Who of us": " Maya Lindqvist", "Topic": "Hard talks ", "How far": "Practised", "Refresh by": "25 Nov"}, kept: "Maya Lindqvist | Hard talks | practised | 2026-11-25"},
		{name: "not yet", typed: map[string]string{"Who of us": "Maya Lindqvist", "Topic": "Hard talks"}, kept: "Maya Lindqvist | Hard talks |  | "},
		{name: "nobody", typed: map[string]string{"Who of us": "", "Topic": "Hard talks"}, says: "Say who"},
		{name: "nothing", typed: map[string]string{"Who of us": "Maya", "Topic": " "}, says: "opic"},
		{name: "a day that is none", typed: map[string]string{"Who of us": "Maya", "Topic": "Hard talks", "Refresh by": "soon"}, says: "Write the day like Friday, in 2 weeks, 5 December or 2026-12-05"},
	}, func(t *testing.T, w *window) (all string) {
		for _, s := range parts[data.Skill](t, w) {
			all += strings.Join([]string{s.Member, s.Topic, string(s.Level), s.Refresh}, " | ")
		}
		return all
	})
}

func TestTheFormOfWhatIsWorthSending(t *testing.T) {
	checkForm(t, func(p *learned) { p.editContent(data.Content{}) }, []formRow{
		{name: "all of it", typed: map[string]string{"Title": " Night tests", "What a mail says": "Four pages.", "Link": "https://larkfield.example/night", "For": "Interest", "Topics": "light, night"}, kept: "Night tests | Four pages. | https://larkfield.example/night | interest | light, night | 2026-11-17"},
		{name: "for any stage, words alone", typed: map[string]string{"Title": "Night tests", "What a mail says": "Four pages."}, kept: "Night tests | Four pages. |  |  |  | 2026-11-17"},
		{name: "no title", typed: map[string]string{"What a mail says": "Four pages."}, says: "Say what it is called."},
		{name: "a title alone", typed: map[string]string{"Title": "Night tests"}, says: "Give a link or a few words; a title alone is nothing to send."},
		{name: "a script", typed: map[string]string{"Title": "Night tests", "Link": "javascript:alert(1)"}, says: "is not a link; write it like https://example.org/guide"},
	}, func(t *testing.T, w *window) (all string) {
		for _, c := range parts[data.Content](t, w) {
			all += strings.Join([]string{c.Title, c.Text, c.Link, string(c.Stage), strings.Join(c.Topics, ", "), c.On}, " | ")
		}
		return all
	})
}

// TestAChangeKeepsWhatTheFormDoesNotAsk: the texts of a play's steps, a note's
// blocks that stay, and who wrote it.
func TestAChangeKeepsWhatTheFormDoesNotAsk(t *testing.T) {
	w := testWindow(t, sampleCopy(t))
	p := openLearned(t, w)
	play, ok := partOf(p.answer.in.Library.Plays, p.row().id())
	if !ok {
		t.Fatal("the first row is no play")
	}
	before := play.StepList()
	p.open()
	answer(t, w, map[string]string{"In a line": "Another line"})
	after, _ := partOf(p.answer.in.Library.Plays, play.ID)
	if after.About != "Another line" || len(after.StepList()) != len(before) {
		t.Fatalf("the play is %+v", after)
	}
	for i, s := range after.StepList() {
		if s != before[i] {
			t.Errorf("step %d was %+v and is %+v", i, before[i], s)
		}
	}
	press(w, "J")
	n, ok := partOf(p.answer.in.Library.Notes, p.row().id())
	if !ok {
		t.Fatal("the second row is no note")
	}
	p.open()
	answer(t, w, map[string]string{"Text": n.Body() + "\nOne more.\n"})
	changed, _ := partOf(p.answer.in.Library.Notes, n.ID)
	if changed.By != n.By || changed.On != n.On || !strings.HasSuffix(changed.Body(), "One more.\n") {
		t.Errorf("the note is %+v", changed)
	}
	keys := slices.Sorted(maps.Keys(n.Blocks))
	for _, key := range keys[:len(keys)-1] { // the last one may end otherwise now
		if changed.Blocks[key] != n.Blocks[key] {
			t.Errorf("block %s was %q and is %q", key, n.Blocks[key], changed.Blocks[key])
		}
	}
}

// TestWhatIsWorthSendingStandsByStage: kept, changed and taken out by keys.
func TestWhatIsWorthSendingStandsByStage(t *testing.T) {
	w := testWindow(t, sampleCopy(t))
	p := openLearned(t, w)
	p.show(learnedContent)
	for _, c := range [][2]string{{"Planning a night test", "Interest"}, {"Who we are", "Know"}, {"Our own mistakes", "Trust"}, {"Open house in May", "Any stage"}} {
		press(w, "S")
		answer(t, w, map[string]string{"Title": c[0], "What a mail says": "Four pages about it.", "For": c[1]})
	}
	var titles []string
	for _, r := range p.rows {
		if r.wide == nil {
			titles = append(titles, r.content.Title)
		}
	}
	if got := strings.Join(titles, ", "); got != "Who we are, Planning a night test, Our own mistakes, Open house in May" {
		t.Errorf("the order is %s", got)
	}
	checkShown(t, w, "Worth sending", "Know", "Interest", "Any stage")
	p.stand(contentNamed(t, w, "Planning a night test").ID)
	golden(t, w, "learned-content")
	p.open()
	answer(t, w, map[string]string{"Title": "Planning two night tests"})
	checkShown(t, w, "Planning two night tests")
	p.stand(contentNamed(t, w, "Planning two night tests").ID)
	press(w, "Delete")
	checkShown(t, w, "Taken out of the library: “Planning two night tests”")
	for _, c := range parts[data.Content](t, w) {
		if c.Title == "Planning two night tests" {
			t.Error("it is still there")
		}
	}
}

func contentNamed(t *testing.T, w *window, title string) data.Content {
	t.Helper()
	for _, c := range parts[data.Content](t, w) {
		if c.Title == title {
			return c
		}
	}
	t.Fatalf("%q is not kept", title)
	return data.Content{}
}
