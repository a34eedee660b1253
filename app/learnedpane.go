package app

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"rapport/app/kit"
	"rapport/data"
)

// learnedPane says all of the note, the play or the session that keys act on.
type learnedPane struct {
	p     *learned
	view  fyne.CanvasObject
	stack *kit.Stack
}

func newLearnedPane(p *learned) *learnedPane {
	v := &learnedPane{p: p, stack: kit.NewStack(0)}
	v.view = kit.NewScroll(kit.NewPad(14, 22, 20, 22, v.stack))
	return v
}

func (v *learnedPane) draw() {
	r := v.p.row()
	var rows []fyne.CanvasObject
	switch {
	case r.session.ID != "":
		rows = v.session(r.session)
	case r.content.ID != "":
		rows = v.content(r.content)
	case r.entry.Kind == data.KindSession:
		if s, ok := partOf(v.p.answer.in.Library.Sessions, r.entry.ID); ok {
			rows = v.session(s)
		}
	case r.entry.Kind == data.KindPlay:
		if play, ok := partOf(v.p.answer.in.Library.Plays, r.entry.ID); ok {
			rows = v.play(r.entry, play)
		}
	case r.entry.ID != "":
		if n, ok := partOf(v.p.answer.in.Library.Notes, r.entry.ID); ok {
			rows = v.note(r.entry, n)
		}
	default:
		rows = []fyne.CanvasObject{kit.NewSectionHead(kit.BodyBold, "What it is good for", "", nil),
			told("route", kit.Accent, "What worked is written down", "A play says what to do when, on what it rests, and how often it helped."), kit.NewHairline(),
			told("book-open-text", kit.Accent, "It comes when it is needed", "The brief of a meeting names the note and the play that fit, and why."), kit.NewHairline(),
			told("graduation-cap", kit.Accent, "Everyone is in it", "Finance and support too; nobody is ranked."), kit.NewHairline()}
	}
	v.stack.Set(rows...)
	v.view.Refresh()
}

// top is what an entry is and what it is called.
func (v *learnedPane) top(icon, kind, title, under string) []fyne.CanvasObject {
	rows := []fyne.CanvasObject{
		kit.NewColumns(7, []kit.Col{kit.Fixed(14), kit.Flex(1)}, kit.NewIcon(icon, 14, kit.Ink2), kit.NewText(kit.Small, kind).In(kit.Ink2).Bending()),
		kit.NewSpace(5), kit.NewParagraph(kit.Title, kit.Ink, title),
	}
	if under != "" {
		rows = append(rows, kit.NewSpace(3), kit.NewParagraph(kit.Small, kit.Ink2, under))
	}
	return append(rows, kit.NewSpace(10))
}

// meeting says in which brief it stands.
func (v *learnedPane) meeting(e data.LearnedEntry) []fyne.CanvasObject {
	words := e.MeetingWord(v.p.w.now())
	if words == "" {
		return nil
	}
	about := kit.NewStack(1, kit.NewParagraph(kit.Small, kit.Ink, words), kit.NewParagraph(kit.Micro, kit.Ink2, e.Because))
	row := kit.NewColumns(10, []kit.Col{kit.Fixed(16), kit.Flex(1), kit.Fit()}, kit.NewIcon("book-open-text", 16, kit.Accent), about,
		kit.NewLink("Open", func() { v.p.w.open(route{place: placeBrief, id: e.Meeting.ID}) }))
	return []fyne.CanvasObject{kit.NewPanel(kit.AccentSoft, 9, 10, row), kit.NewSpace(4)}
}

func (v *learnedPane) play(e data.LearnedEntry, play data.Play) []fyne.CanvasObject {
	now := v.p.w.now()
	rec := data.RecordOf(play.ID, v.p.answer.in.Library.Runs)
	kind := "Playbook"
	if play.Stage != "" {
		kind += ", " + string(play.Stage)
	}
	under := "By " + cmp.Or(data.FirstName(play.By), "one of us") + "."
	if play.Rests != "" {
		under = strings.TrimSuffix(under, ".") + ". Rests on " + lowerThe(strings.TrimSuffix(play.Rests, ".")) + "."
	}
	if rec.Last != "" {
		under += " Last used " + data.ShortDay(rec.Last, now) + "."
	}
	rows := append(v.top("route", kind, play.Name, under), v.meeting(e)...)
	for i, s := range play.StepList() {
		words := []fyne.CanvasObject{kit.NewParagraph(kit.Body, kit.Ink, s.What)}
		if below := s.Below(); below != "" {
			words = append(words, kit.NewParagraph(kit.Small, kit.Ink2, below))
		}
		rows = append(rows, kit.NewPad(6, 0, 6, 0, kit.NewColumns(10, []kit.Col{kit.Fixed(20).AtTop(), kit.Flex(1)}, kit.NewNumeral(numberWord(i+1)), kit.NewStack(1, words...))), kit.NewHairline())
	}
	rows = append(rows, kit.NewSpace(14))
	rows = append(rows, v.helped(rec)...)
	return append(rows, v.next(play.Topic)...)
}

// lowerThe is a source as it goes on within a sentence: names keep their letters.
func lowerThe(s string) string {
	if strings.HasPrefix(s, "The ") {
		return lowerFirst(s)
	}
	return s
}

// helped is how often it helped, with a bar of three parts.
func (v *learnedPane) helped(rec data.PlayRecord) []fyne.CanvasObject {
	rows := []fyne.CanvasObject{kit.NewSectionHead(kit.BodyBold, "Did it help?", "", kit.NewNote(data.Counted(rec.Runs, "use", "uses"))), kit.NewSpace(8)}
	if rec.Ended() > 0 {
		rows = append(rows, kit.NewOutcomeBar(rec.Helped, rec.Same, rec.Worse), kit.NewSpace(4), kit.NewRow(6,
			kit.NewIcon("smile", 14, kit.Accent), kit.NewPad(0, 8, 0, 0, kit.NewText(kit.Small, fmt.Sprintf("%d helped", rec.Helped))),
			kit.NewIcon("meh", 14, kit.Ink2), kit.NewPad(0, 8, 0, 0, kit.NewText(kit.Small, fmt.Sprintf("%d same", rec.Same)).In(kit.Ink2)),
			kit.NewIcon("frown", 14, kit.Alert), kit.NewText(kit.Small, fmt.Sprintf("%d worse", rec.Worse)).In(kit.Alert)), kit.NewSpace(4))
	}
	return append(rows, kit.NewParagraph(kit.Small, kit.Ink3, rec.Words()+"."), kit.NewSpace(14))
}

// next is the next session, of a topic before others, and what the last one changed.
func (v *learnedPane) next(topic string) []fyne.CanvasObject {
	sessions, now := v.p.answer.in.Library.Sessions, v.p.w.now()
	rows := []fyne.CanvasObject{kit.NewSectionHead(kit.BodyBold, "Next session", "", nil), kit.NewSpace(6)}
	s, ok := data.NextSession(sessions, topic, now)
	if !ok {
		rows = append(rows, kit.NewParagraph(kit.Small, kit.Ink3, "None is planned."))
	} else {
		rows = append(rows, v.cost(s)...)
	}
	if last, ok := data.LastObserved(sessions, now); ok {
		rows = append(rows, pairLine("Last changed", last.Observed))
	}
	return rows
}

// pairLine is what something is at the left and how much at the right.
func pairLine(name, value string) fyne.CanvasObject {
	return kit.NewPad(2, 0, 2, 0, kit.NewColumns(8, []kit.Col{kit.Flex(1).AtLeast(70), kit.Fit()}, kit.NewText(kit.Small, name).In(kit.Ink2).Bending(), kit.NewText(kit.Small, value).Right().Bending()))
}

// cost says what a session costs and what it should bring.
func (v *learnedPane) cost(s data.Session) []fyne.CanvasObject {
	rules := v.p.answer.in.Rules
	c := s.Cost(rules)
	money := func(cents int64) string { return data.RoundMoneyWords(cents, rules.Currency) }
	rows := []fyne.CanvasObject{kit.NewColumns(8, []kit.Col{kit.Flex(1), kit.Fit()}, kit.NewText(kit.BodyBold, s.Title).Bending(),
		kit.NewText(kit.Small, joinComma(dayOf(s.On, v.p.w.now()), s.At)).In(kit.Ink2))}
	if c.Fees > 0 {
		who := "Trainer, room"
		if s.Outside {
			who = "Outside voice, room"
		}
		rows = append(rows, pairLine(who, money(c.Fees)))
	}
	if c.Travel > 0 {
		rows = append(rows, pairLine("Travel", money(c.Travel)))
	}
	people := fmt.Sprintf("%s, %s h each", data.Counted(c.People, "person", "people"), strings.TrimSuffix(fmt.Sprintf("%.1f", c.Hours), ".0"))
	switch {
	case c.People > 0 && c.Known:
		rows = append(rows, pairLine(people, money(c.Time)))
	case c.People > 0:
		rows = append(rows, pairLine(people, "no rate is set"))
	}
	if s.Expects != "" {
		rows = append(rows, pairLine("We expect", s.Expects))
	}
	return rows
}

func joinComma(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + ", " + b
}

func (v *learnedPane) session(s data.Session) []fyne.CanvasObject {
	icon, kind := "presentation", "Session"
	if s.FocusGroup() {
		icon, kind = "messages-square", "Focus group"
	}
	who, level := s.Audience().Words()
	under := "For " + lowerFirst(who)
	if s.Level != "" {
		under += ", " + lowerFirst(level)
	}
	if s.Trainer != "" {
		under += "; led by " + s.Trainer
		if s.Outside {
			under += ", an outside voice"
		}
	}
	place := joinComma(s.Place, string(s.Where))
	if place != "" {
		under += "; " + place
	}
	rows := append(v.top(icon, joinComma(kind, lowerFirstOr(s.Topic)), s.Title, under+"."), kit.NewSectionHead(kit.BodyBold, "Cost and benefit", "", nil), kit.NewSpace(6))
	rows = append(rows, v.cost(s)...)
	observed := s.Observed
	if observed == "" && s.Held(v.p.w.now()) {
		observed = "nobody looked yet"
	}
	if observed != "" {
		rows = append(rows, pairLine("Observed", observed))
	}
	if all := s.Cost(v.p.answer.in.Rules).All(); all > 0 {
		rows = append(rows, pairLine("All in all", data.RoundMoneyWords(all, v.p.answer.in.Rules.Currency)))
	}
	rows = append(rows, kit.NewSpace(14))
	rows = append(rows, v.lines("Themes", s.Themes)...)
	rows = append(rows, v.lines("What we change", s.FollowUps)...)
	return append(rows, v.lines("Who comes", s.Attendees)...)
}

func lowerFirstOr(s string) string {
	if s == "" {
		return ""
	}
	return lowerFirst(s)
}

// lines is a section of lines, nothing where there are none.
func (v *learnedPane) lines(name string, list []string) (rows []fyne.CanvasObject) {
	if len(list) == 0 {
		return nil
	}
	rows = append(rows, kit.NewSectionHead(kit.BodyBold, name, countWord(len(list)), nil))
	for _, l := range list {
		rows = append(rows, kit.NewPad(6, 0, 6, 0, kit.NewParagraph(kit.Small, kit.Ink, l)), kit.NewHairline())
	}
	return append(rows, kit.NewSpace(14))
}

func (v *learnedPane) note(e data.LearnedEntry, n data.TrainingNote) []fyne.CanvasObject {
	under := ""
	if n.By != "" {
		under = "By " + n.By
	}
	if n.On != "" {
		under = joinComma(under, data.ShortDay(n.On, v.p.w.now()))
	}
	rows := append(v.top("notebook-text", joinComma("Note", lowerFirstOr(n.Topic)), n.Title, under), v.meeting(e)...)
	for _, b := range n.BlockList() {
		rows = append(rows, noteBlock(b)...)
	}
	if len(n.Tags) > 0 {
		rows = append(rows, kit.NewParagraph(kit.Small, kit.Ink3, strings.Join(n.Tags, " · ")), kit.NewSpace(8))
	}
	rows = append(rows, kit.NewSpace(6))
	if rec := data.RecordOf(n.ID, v.p.answer.in.Library.Runs); rec.Runs > 0 {
		rows = append(rows, v.helped(rec)...)
	}
	return append(rows, v.next(n.Topic)...)
}

// noteBlock shows a block of a note as what it is.
func noteBlock(block string) []fyne.CanvasObject {
	lines := slices.DeleteFunc(strings.Split(strings.ReplaceAll(block, "\r\n", "\n"), "\n"), func(l string) bool { return strings.TrimSpace(l) == "" })
	space := kit.NewSpace(8)
	switch data.KindOfBlock(block) {
	case data.BlockRule:
		return []fyne.CanvasObject{kit.NewHairline(), space}
	case data.BlockHeading:
		return []fyne.CanvasObject{kit.NewParagraph(kit.BodyBold, kit.Ink, strings.TrimSpace(strings.Trim(lines[0], "# "))), kit.NewSpace(4)}
	case data.BlockQuote:
		for i := range lines {
			lines[i] = strings.TrimLeft(lines[i], "> ")
		}
		return []fyne.CanvasObject{kit.NewPad(0, 0, 0, 10, kit.NewParagraph(kit.BodyQuote, kit.Ink2, data.NoteWords(strings.Join(lines, " ")))), space}
	case data.BlockList, data.BlockChecklist:
		var rows []fyne.CanvasObject
		for _, l := range lines {
			icon, words := listLine(l)
			rows = append(rows, kit.NewPad(2, 0, 2, 0, kit.NewColumns(8, []kit.Col{kit.Fixed(14).AtTop(), kit.Flex(1)}, icon, kit.NewParagraph(kit.Body, kit.Ink, data.NoteWords(words)))))
		}
		return append(rows, space)
	}
	if len(lines) == 0 {
		return nil
	}
	return []fyne.CanvasObject{kit.NewParagraph(kit.Body, kit.Ink, data.NoteWords(strings.Join(lines, " "))), space}
}

// listLine parts a line of a list into its mark and its words.
func listLine(l string) (fyne.CanvasObject, string) {
	words := strings.TrimSpace(l)
	mark, rest, ok := strings.Cut(words, " ")
	if ok && (strings.Trim(mark, "-*+") == "" || strings.Trim(mark, "0123456789.)") == "") {
		words = strings.TrimSpace(rest)
	} else {
		mark = ""
	}
	for _, box := range []string{"[ ] ", "[x] ", "[X] "} {
		if rest, ok := strings.CutPrefix(words, box); ok {
			icon := map[bool]string{true: "circle-dashed", false: "circle-check"}[box == "[ ] "]
			return kit.NewIcon(icon, 14, kit.Ink2), rest
		}
	}
	if strings.Trim(mark, "-*+") == "" {
		mark = "·"
	}
	return kit.NewText(kit.Body, mark).In(kit.Ink2), words
}
