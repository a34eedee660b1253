package app

import (
	"fmt"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"rapport/app/kit"
	"rapport/data"
)

// peoplePane stands beside the map.
type peoplePane struct {
	t      *peopleTab
	view   fyne.CanvasObject
	stack  *kit.Stack
	matrix *kit.KnowMatrix
}

func newPeoplePane(t *peopleTab) *peoplePane {
	v := &peoplePane{t: t, stack: kit.NewStack(0), matrix: kit.NewKnowMatrix()}
	v.matrix.OnRow = func(row int) { t.look(t.in.Contacts[row].Contact.ID) }
	v.matrix.OnHead = func(column int) { t.showDeparture(t.us[column].Who) }
	foot := kit.NewStack(0, kit.NewHairline(), kit.NewPad(9, 22, 9, 22, kit.NewColumns(8, []kit.Col{kit.Fit(), kit.Flex(1), kit.Fit()},
		kit.NewSmallButton(kit.Plain, "Add person", t.p.addPerson).WithIcon("plus"), kit.NewSpring(), kit.NewSmallButton(kit.Plain, "Export map", t.export).WithIcon("image-down"))))
	v.view = withFoot(kit.NewScroll(kit.NewPad(20, 22, 14, 22, v.stack)), foot)
	return v
}

func (v *peoplePane) draw() {
	rows := v.coverRows()
	if len(v.t.in.Contacts) > 0 {
		rows = append(rows, kit.NewSpace(18), paneHead("Who knows whom", "from mail and meetings"), v.matrix)
		v.fillMatrix()
	}
	switch e, ok := v.t.entry(); {
	case ok && e.Us != nil:
		rows = append(append(rows, kit.NewSpace(12)), v.ourRows(*e.Us)...)
	case ok:
		rows = append(append(rows, kit.NewSpace(12)), v.aboutRows(e.ContactStanding)...)
	}
	v.stack.Set(rows...)
}

// paneHead is a heading of the pane with small words at its right.
func paneHead(title, note string) fyne.CanvasObject {
	return kit.NewPad(0, 0, 7, 0, kit.NewSpread(8, kit.NewText(kit.BodyBold, title).Bending(), kit.NewText(kit.Small, note).In(kit.Ink2)))
}

// coverRows say who covers the roles that an account should have covered.
func (v *peoplePane) coverRows() []fyne.CanvasObject {
	stands := data.StandAccount(v.t.in.StandingInput, v.t.p.now())
	covered := 0
	var rows []fyne.CanvasObject
	for _, r := range stands.Roles {
		if r.Covered {
			covered++
		}
		icon, tint, words, ink := coverLook(r)
		rows = append(rows, kit.NewHairline(), kit.NewPad(8, 0, 7, 0, kit.NewColumns(9, []kit.Col{kit.Fixed(16), kit.Flex(1), kit.Fit()},
			kit.NewIcon(icon, 16, tint), kit.NewText(kit.Body, coverName(r.Role)).Bending(), kit.NewText(kit.Small, words).In(ink))))
	}
	head := paneHead("Cover", fmt.Sprintf("%d of %d roles", covered, len(stands.Roles)))
	return append(append([]fyne.CanvasObject{head}, rows...), kit.NewHairline())
}

func coverName(r data.Role) string {
	if r == data.Sponsor {
		return "Sponsor"
	}
	return upperFirst(string(r))
}

// coverLook is how a role's cover is shown: its mark, and who it is.
func coverLook(r data.RoleCover) (icon string, tint fyne.ThemeColorName, words string, ink fyne.ThemeColorName) {
	if len(r.Who) == 0 {
		return "circle-help", kit.Ink3, "nobody is known", kit.Ink3
	}
	best := r.Who[0]
	name := data.FirstName(best.Contact.Name)
	switch {
	case best.NeverMet():
		return "circle-x", kit.Alert, name + ", never met", kit.Alert
	case !r.Covered:
		return "circle-alert", kit.Cold, name + ", " + string(best.Warmth.Band), kit.Cold
	case best.Warmth.Band != data.Warm:
		return "circle-dashed", kit.Cool, name + ", " + string(best.Warmth.Band), kit.Ink2
	}
	return "circle-check", kit.Accent, name, kit.Ink2
}

// knowersShown is how many of us the table has columns for.
const knowersShown = 6

// fillMatrix puts who of us knows whom into the table.
func (v *peoplePane) fillMatrix() {
	m, us := v.matrix, v.t.us[:min(len(v.t.us), knowersShown)]
	m.Heads, m.Rows, m.On = nil, nil, -1
	for _, k := range us {
		m.Heads = append(m.Heads, data.Initials(k.Who))
	}
	current, _ := v.t.current()
	for i, c := range v.t.in.Contacts {
		row := kit.KnowRow{Name: c.Contact.Name}
		for _, k := range us {
			row.Steps = append(row.Steps, data.TieSteps(k.Times[c.Contact.ID]))
		}
		switch {
		case c.NeverMet():
			row.Icon, row.Tint = "user-round-x", kit.Alert
		case c.OneThread():
			row.Icon, row.Tint = "unlink", kit.Warm
		}
		if c.Contact.ID == current.Contact.ID {
			m.On = i
		}
		m.Rows = append(m.Rows, row)
	}
	m.Refresh()
}

// aboutRows are what is to be known of the one who is looked at: the thread they
// hang on, the way to whom we should know, where they stand and why.
func (v *peoplePane) aboutRows(c data.ContactStanding) (rows []fyne.CanvasObject) {
	t := v.t
	first := data.FirstName(c.Contact.Name)
	say := func(icon string, tint fyne.ThemeColorName, title, words string, links ...fyne.CanvasObject) {
		if len(rows) > 0 {
			rows = append(rows, kit.NewSpace(12), kit.NewHairline(), kit.NewSpace(12))
		}
		rows = append(rows, paneNote(icon, tint, title, words, links...))
	}
	if c.OneThread() {
		say("unlink", kit.Warm, first+" hangs on one thread", t.threadWords(c), kit.NewLink("Plan an introduction", t.introduce), kit.NewLink("Why this warning", func() { t.happened(c.Contact.ID) }))
	}
	if to, ok := v.toReach(c); ok {
		title, words := "Warmest way to "+data.FirstName(to.Contact.Name), t.wayWords(to.Contact.ID)
		if words == "" {
			words = "Nobody whom we know is known to know " + data.FirstName(to.Contact.Name) + ". Add who reports to whom, or who works with whom."
		}
		say("route", kit.Accent, title, words, kit.NewLink("Plan an introduction", func() { t.introduceTo(to) }))
	}
	title, words := standsWords(c, t.p.now())
	links := []fyne.CanvasObject{kit.NewLink(map[bool]string{true: "Change", false: "Place " + first}[c.Stakeholder.ID != ""], t.judge)}
	say("gavel", kit.Accent, title, words, links...)
	if words := v.relationWords(c); words != "" {
		say("network", kit.Accent, "How "+first+" stands to others", words, kit.NewLink("Add or change", t.relate))
	}
	return rows
}

// paneNote is something to know: a mark, a title, a sentence and what to do.
func paneNote(icon string, tint fyne.ThemeColorName, title, words string, links ...fyne.CanvasObject) fyne.CanvasObject {
	body := []fyne.CanvasObject{kit.NewText(kit.BodyBold, title).Bending(), kit.NewParagraph(kit.Small, kit.Ink2, words)}
	if len(links) > 0 {
		body = append(body, kit.NewPad(6, 0, 0, 0, kit.NewRow(14, links...)))
	}
	return kit.NewColumns(11, []kit.Col{kit.Fixed(18).AtTop(), kit.Flex(1)}, kit.NewIcon(icon, 18, tint), kit.NewStack(2, body...))
}

// ourRows are what is to be known of one of us.
func (v *peoplePane) ourRows(k data.Knower) []fyne.CanvasObject {
	first := data.FirstName(k.Who)
	words := "In touch with " + data.Counted(len(k.Times), "person", "people") + " there in the last year."
	var alone []string
	for _, id := range k.Only {
		if c, ok := v.t.known(id); ok {
			alone = append(alone, c.Contact.Name)
		}
	}
	if len(alone) > 0 {
		words += " Only " + first + " knows " + strings.Join(alone, ", ") + "."
	}
	return []fyne.CanvasObject{paneNote("users", kit.Accent, first+" is one of us", words, kit.NewLink("Without "+first+"?", v.t.without))}
}

// threadWords say on whom somebody hangs, and how many hang so.
func (t *peopleTab) threadWords(c data.ContactStanding) string {
	alone, known := 0, 0
	for _, o := range t.in.Contacts {
		if !o.NeverMet() {
			known++
		}
		if o.OneThread() {
			alone++
		}
	}
	words := "Only " + data.FirstName(c.Knows[0]) + " was in touch in the last year."
	if alone > 1 {
		words += fmt.Sprintf(" %s of %s people are tied to one of us.", data.SmallNumber(alone), strings.ToLower(data.SmallNumber(known)))
	}
	return words
}

// toReach is whom the pane shows the way to: the one who is looked at, where none
// of us knows them, else the first who decides or sponsors and whom nobody met.
func (v *peoplePane) toReach(c data.ContactStanding) (data.ContactStanding, bool) {
	if c.NeverMet() {
		return c, true
	}
	for _, o := range data.StandAccount(v.t.in.StandingInput, v.t.p.now()).NeverMet {
		return v.t.known(o.ID)
	}
	return data.ContactStanding{}, false
}

// way is the warmest way to somebody.
func (t *peopleTab) way(id string) (data.Way, bool) {
	names := map[string]string{}
	for _, c := range t.in.Contacts {
		names[c.Contact.ID] = data.FirstName(c.Contact.Name)
	}
	return data.WarmestWay(id, t.in.Ties, t.in.Relations, names, "")
}

// wayWords is the warmest way as a sentence, "" where there is none.
func (t *peopleTab) wayWords(id string) string {
	way, ok := t.way(id)
	if !ok {
		return ""
	}
	return way.Words() + "."
}

// standsWords say where somebody stands, and why.
func standsWords(c data.ContactStanding, now time.Time) (title, words string) {
	s := c.Stakeholder
	first := data.FirstName(c.Contact.Name)
	if s.ID == "" {
		return first + " is not placed yet", "Say what they can move and where they stand, with a reason."
	}
	var roles []string
	for _, r := range s.Roles {
		roles = append(roles, string(r))
	}
	title = upperFirst(data.InfluenceWord(s.Influence)) + ", " + s.SupportWord()
	if len(roles) > 0 {
		words = upperFirst(strings.Join(roles, ", ")) + ". "
	}
	if !s.Judged() {
		return title, words + "Nobody has judged their support."
	}
	words += upperFirst(s.Why) + "."
	if s.By != "" {
		words += " " + data.FirstName(s.By)
		if day, err := time.ParseInLocation(time.DateOnly, s.On, now.Location()); err == nil {
			words += ", " + data.ShortDate(day, now)
		}
		words += "."
	}
	if s.Stale(now) {
		words += " That is long ago; look at it again."
	}
	return title, words
}

// introduce plans an introduction for the one who is looked at.
func (t *peopleTab) introduce() {
	if c, ok := t.current(); ok {
		t.introduceTo(c)
	}
}

// introduceTo writes down, as a promise of ours, the step that would tie somebody
// to us, or to one more of us.
func (t *peopleTab) introduceTo(c data.ContactStanding) {
	p := data.Promise{Belongs: data.Belongs{Account: t.p.id, Contact: c.Contact.ID}, By: data.Us}
	way, ok := t.way(c.Contact.ID)
	switch {
	case ok && len(way.Through) > 1:
		door, _ := t.known(way.Through[len(way.Through)-2])
		p.What, p.Owner, p.Contact = "Ask "+data.FirstName(door.Contact.Name)+" for an introduction to "+c.Contact.Name, way.Who, door.Contact.ID
	case ok:
		p.What, p.Owner = "Introduce a second one of us to "+c.Contact.Name, way.Who
	default:
		p.What = "Find a way to " + c.Contact.Name
	}
	t.p.w.editPromise(p)
}
