package app

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"rapport/app/kit"
	"rapport/data"
	"rapport/data/codec"
	"rapport/data/store"
)

func (p *learned) hints() []hint {
	if p.view == learnedContent {
		return []hint{{[]string{"S"}, "keep one more"}, {[]string{"Enter"}, "change"}, {[]string{"Delete"}, "take out"}}
	}
	if p.row().entry.Kind == data.KindSession {
		return []hint{{[]string{"N"}, "note"}, {[]string{"P"}, "plan session"}, {[]string{"Enter"}, "open"}}
	}
	return []hint{{[]string{"N"}, "note"}, {[]string{"L"}, "link account"}, {[]string{"U"}, "used it"}, {[]string{"Enter"}, "open"}}
}

func (p *learned) commands() []command {
	if !p.asked {
		return nil
	}
	list := append(moveCommands(p.list), p.rowCommands()...)
	return append(list, []command{
		{name: "Write a note", words: "new training learned", icon: "notebook-pen", key: "N", do: func() { p.editNote(data.TrainingNote{}) }},
		{name: "Plan a session", words: "training workshop trainer", icon: "presentation", key: "P", do: func() { p.planSession() }},
		{name: addContentName, words: "content library guide case invitation stage nurture", icon: contentIcon, key: "S", do: func() { p.editContent(data.Content{}) }},
		{name: "Say who can do what", words: "matrix coverage skill level topic", icon: "graduation-cap", key: "M", do: func() { p.editSkill(data.Skill{}) }},
		{name: "Show only what my meetings ask for", words: "linked filter week", icon: "list-filter", key: "F", do: p.toggleMeetings},
		{name: "Choose a topic", words: "filter", icon: "list-filter", key: "T", do: func() { p.w.menuBelow(p.list, p.topicCommands()...) }},
		{name: data.TeamPlanTitle, words: "plan of the team", icon: "compass", key: "W", do: func() { p.w.open(teamPlanRoute) }},
	}...)
}

// rowCommands are what can be done with the current entry.
func (p *learned) rowCommands() []command {
	r := p.row()
	some := func() bool { return r.id() != "" }
	linked := func() bool { return r.entry.Kind == data.KindPlay || r.entry.Kind == data.KindTrainingNote }
	return []command{
		{name: "Open it to change it", words: "edit note play session", icon: "pen-line", key: "Enter", when: some, do: p.open},
		{name: "Link it to an account", words: "tie customer", icon: "link-2", key: "L", when: linked, do: p.link},
		{name: "Say that it was used", words: "run outcome helped", icon: "check", key: "U", when: linked, do: p.used},
		{name: "Open the brief that asks for it", words: "meeting prepare", icon: "book-open-text", key: "R", when: func() bool { return r.entry.Meeting.ID != "" },
			do: func() { p.w.open(route{place: placeBrief, id: r.entry.Meeting.ID}) }},
		{name: "Take it away", words: "delete retire", icon: "x", key: "Delete", when: some, do: p.remove},
	}
}

// open changes the entry that keys act on.
func (p *learned) open() {
	l, r := p.answer.in.Library, p.row()
	if n, ok := partOf(l.Notes, r.id()); ok {
		p.editNote(n)
	}
	if play, ok := partOf(l.Plays, r.id()); ok {
		p.w.editPlay(play)
	}
	if r.content.ID != "" {
		p.editContent(r.content)
	}
	if s, ok := partOf(l.Sessions, r.id()); ok {
		p.w.editSession(s, p.answer.in.Rules.Currency)
	}
}

// remove deletes a note, a session or what is worth sending, and retires a play: its runs stay.
func (p *learned) remove() {
	l, r := p.answer.in.Library, p.row()
	if n, ok := partOf(l.Notes, r.id()); ok {
		deletePart(p.w, "Note deleted: "+said(n.Title), n)
	}
	if r.content.ID != "" {
		deletePart(p.w, "Taken out of the library: "+said(r.content.Title), r.content)
	}
	if s, ok := partOf(l.Sessions, r.id()); ok {
		deletePart(p.w, "Session deleted: "+said(s.Title), s)
	}
	if play, ok := partOf(l.Plays, r.id()); ok {
		play.Retired = p.w.now().Format(time.DateOnly)
		putPart(p.w, "Play retired: "+said(play.Name), play)
	}
}

// link ties a note or a play to an account.
func (p *learned) link() {
	l, r := p.answer.in.Library, p.row()
	p.w.chooseAccount("Which account does it help with?", "", func(a data.Account) {
		if a.ID == "" {
			return
		}
		if n, ok := partOf(l.Notes, r.id()); ok && !n.Helps().Names(a) {
			n.Accounts = append(slices.Clone(n.Accounts), a.Name)
			putPart(p.w, fmt.Sprintf("%s linked to %s", said(n.Title), a.Name), n)
		}
		if play, ok := partOf(l.Plays, r.id()); ok && !play.Helps().Names(a) {
			play.Accounts = append(slices.Clone(play.Accounts), a.ID)
			putPart(p.w, fmt.Sprintf("%s linked to %s", said(play.Name), a.Name), play)
		}
	})
}

// runOutcomes are the choices of what came of a use.
var runOutcomes = []data.RunOutcome{data.RunHelped, data.RunSame, data.RunWorse, ""}

// used keeps that a note or a play was used with an account, and what came of it.
func (p *learned) used() {
	e := p.row().entry
	p.w.chooseAccount("With which account was it used?", "", func(a data.Account) {
		if a.ID == "" {
			return
		}
		f := newPartForm(p.w, partWorld{me: p.answer.me})
		why := f.line("What came of it", "Beatrice thanked us for saying it first", "")
		on := f.line("When", "today", "")
		outcome := f.choice("Did it help?", 0, "Helped", "Same", "Worse", "Under way")
		p.w.dialog(f.form, "route", "Used with "+a.Name, "Keep", func() {
			day, err := f.pastDate("when", on)
			if err != nil {
				f.say(err)
				return
			}
			if day == "" {
				day = f.now.Format(time.DateOnly)
			}
			r := data.PlayRun{Belongs: data.Belongs{Account: a.ID}, Play: e.ID, Begun: day, By: p.answer.me, Why: strings.TrimSpace(why.Text()), Outcome: runOutcomes[outcome.On]}
			if r.Outcome != "" {
				r.Ended = day
			}
			p.w.keep(f.form, fmt.Sprintf("%s used with %s", said(e.Title), a.Name), keeping(r), nil)
		})
	})
}

// levelChoices are for whom something is meant.
var levelChoices = append([]data.StaffLevel{""}, data.StaffLevels...)

func levelChoice(f partForm, l data.StaffLevel) *kit.Segmented {
	return f.choice("Level", slices.Index(levelChoices, l), "Everyone", "New here", "Practised", "Leads others")
}

// commaList are the words of a field, parted by commas.
func commaList(field *kit.Field) (list []string) {
	for _, s := range strings.Split(field.Text(), ",") {
		if s = strings.TrimSpace(s); s != "" && !slices.Contains(list, s) {
			list = append(list, s)
		}
	}
	return list
}

// editNote writes or changes a note.
func (p *learned) editNote(n data.TrainingNote) {
	f := newPartForm(p.w, partWorld{})
	title := f.line("Title", "Lux and UV, to a conservator", n.Title)
	body := f.area("Text", "Markdown: # heading, - list, > quote, [Kestrel](rapport:account/kestrel.example)", n.Body(), 8)
	topic := f.line("Topic", "Light and art", n.Topic)
	who := f.line("For", "Sales, Support; empty for everyone", strings.Join(n.Departments, ", "))
	level := levelChoice(f, n.Level)
	tags := f.line("Tags", "words to find it by, parted by commas", strings.Join(n.Tags, ", "))
	when := f.line("Helps when", "late promise, silence, first meeting, price", strings.Join(n.Situations, ", "))
	askPart(p.w, f, "notebook-pen", "note", n, func() (data.TrainingNote, error) {
		n.Title, n.Topic, n.Departments, n.Level = strings.TrimSpace(title.Text()), strings.TrimSpace(topic.Text()), commaList(who), levelChoices[level.On]
		n.Tags, n.Situations = commaList(tags), commaList(when)
		if n.ID == "" {
			n.By, n.On = p.answer.me, f.now.Format(time.DateOnly)
		}
		if text := body.Text(); text != n.Body() {
			if text != "" && !strings.HasSuffix(text, "\n") {
				text += "\n"
			}
			n = n.WithBlocks(codec.NoteBlocks(text))
		}
		return n, nil
	}, func(n data.TrainingNote) string { return said(n.Title) })
}

// editPlay changes a play; one that Rapport brings becomes the team's own.
func (w *window) editPlay(play data.Play) {
	f := newPartForm(w, partWorld{})
	name := f.line("Name", "When we are late with a promise", play.Name)
	var lines []string
	have := play.StepList()
	for _, s := range have {
		lines = append(lines, strings.TrimRight(s.What+" | "+s.When+" | "+s.Why, " |"))
	}
	steps := f.area("Steps", "what | when | how, one on each line", strings.Join(lines, "\n"), 6)
	about := f.line("In a line", "Say it first, bring what you have, new date", play.About)
	topic := f.line("Topic", "Hard talks", play.Topic)
	who := f.line("For", "Sales, Support; empty for everyone", strings.Join(play.Departments, ", "))
	level := levelChoice(f, play.Level)
	when := f.line("Helps when", "late promise, silence, first meeting, price", strings.Join(play.Situations, ", "))
	ask := f.area("Ask", "one question on each line", strings.Join(play.Questions, "\n"), 3)
	rests := f.line("Rests on", "a paper, a timeline of ours", play.Rests)
	askPart(w, f, "route", "play", play, func() (data.Play, error) {
		play.Name, play.About, play.Topic, play.Rests = strings.TrimSpace(name.Text()), strings.TrimSpace(about.Text()), strings.TrimSpace(topic.Text()), strings.TrimSpace(rests.Text())
		play.Departments, play.Level, play.Situations, play.Questions = commaList(who), levelChoices[level.On], commaList(when), linesOf(ask.Text())
		var list []data.PlayStep
		written := linesOf(steps.Text())
		for at, line := range written {
			part := append(strings.SplitN(line, "|", 3), "", "")
			s := data.PlayStep{What: strings.TrimSpace(part[0]), When: strings.TrimSpace(part[1]), Why: strings.TrimSpace(part[2])}
			i := slices.IndexFunc(have, func(o data.PlayStep) bool { return o.What == s.What })
			if i < 0 && len(written) == len(have) {
				i = at // the same step in other words
			}
			if i >= 0 {
				s.Role, s.Text = have[i].Role, have[i].Text
			}
			list = append(list, s)
		}
		play = play.WithSteps(list...)
		return play, nil
	}, func(play data.Play) string { return said(play.Name) })
}

// placeChoices are where a session may be held.
var placeChoices = append([]data.SessionPlace{""}, data.SessionPlaces...)

// editSession plans a session, or changes one; money is in a currency.
func (w *window) editSession(s data.Session, currency string) {
	f := newPartForm(w, partWorld{})
	title := f.line("Title", "Hard talks", s.Title)
	topic := f.line("Topic", "Hard talks", s.Topic)
	form := f.choice("It is", slices.Index(data.SessionForms, s.Form), "A training", "A focus group")
	on := f.line("Day", "next Wednesday", shownDate(s.On, f.now))
	at := f.line("At", "14:00", s.At)
	minutes := f.line("Minutes", "120", typedAs(float64(s.Minutes)))
	where := f.choice("Held", slices.Index(placeChoices, s.Where), "Not said", "In-house", "Off-site", "Online")
	place := f.line("Place", "Room 4", s.Place)
	who := f.line("For", "Sales, Support; empty for everyone", strings.Join(s.Departments, ", "))
	level := levelChoice(f, s.Level)
	trainer := f.line("Led by", "Ida Moss", s.Trainer)
	outside := f.choice("Who is", boolIndex(s.Outside), "One of us", "An outside voice")
	people := f.line("Who comes", "names, parted by commas", strings.Join(s.Attendees, ", "))
	fee := f.line("Fees", currency+" 900", typedAs(float64(s.FeeCents)/100))
	travel := f.line("Travel", currency+" 120", typedAs(float64(s.TravelCents)/100))
	expects := f.line("We expect", "late promises 9% to 5%", s.Expects)
	observed := f.line("Observed", "once it was held", s.Observed)
	themes := f.area("Themes", "of a focus group, one on each line", strings.Join(s.Themes, "\n"), 2)
	changes := f.area("What we change", "one on each line", strings.Join(s.FollowUps, "\n"), 2)
	read := func() (_ data.Session, err error) {
		s.Title, s.Topic, s.At, s.Place, s.Trainer = strings.TrimSpace(title.Text()), strings.TrimSpace(topic.Text()), strings.TrimSpace(at.Text()), strings.TrimSpace(place.Text()), strings.TrimSpace(trainer.Text())
		if f := data.SessionForms[form.On]; s.Form != "" || f != data.SessionForms[0] {
			s.Form = f
		}
		s.Where, s.Departments, s.Level = placeChoices[where.On], commaList(who), levelChoices[level.On]
		s.Outside, s.Attendees = outside.On == 1, commaList(people)
		s.Expects, s.Themes, s.FollowUps = strings.TrimSpace(expects.Text()), linesOf(themes.Text()), linesOf(changes.Text())
		if o := strings.TrimSpace(observed.Text()); o != s.Observed {
			s.Observed, s.ObservedOn = o, f.now.Format(time.DateOnly)
		}
		if s.On, err = f.date("day", on); err != nil {
			return s, err
		}
		if s.Minutes, err = typedWhole("minutes", minutes.Text()); err != nil {
			return s, err
		}
		if s.FeeCents, _, err = typedMoney(fee.Text(), currency); err != nil {
			return s, err
		}
		s.TravelCents, _, err = typedMoney(travel.Text(), currency)
		return s, err
	}
	heading, verb, label := "New session", "Add session", "Session added: "
	if s.ID != "" {
		heading, verb, label = "Edit this session", "Save", "Session changed: "
	}
	w.dialog(f.form, "presentation", heading, verb, func() {
		s, err := read()
		if err == nil {
			err = s.Check()
		}
		if err != nil {
			f.say(err)
			return
		}
		w.keep(f.form, label+said(s.Title), func(tx *store.Tx) error {
			_, err := tx.PutSession(s)
			return err
		}, nil)
	})
}

// planSession plans a new one.
func (p *learned) planSession() { p.w.editSession(data.Session{}, p.answer.in.Rules.Currency) }

func boolIndex(b bool) int {
	if b {
		return 1
	}
	return 0
}

// skillChoices are how far somebody may be.
var skillChoices = append([]data.SkillLevel{""}, data.SkillLevels...)

// editSkill says how far one of us is with a topic.
func (p *learned) editSkill(s data.Skill) {
	f := newPartForm(p.w, partWorld{})
	who := s.Member
	if s.ID == "" && who == "" {
		who = p.answer.me
	}
	member := f.line("Who of us", "Maya Lindqvist", who)
	topic := f.line("Topic", "Hard talks", s.Topic)
	level := f.choice("How far", slices.Index(skillChoices, s.Level), "Not yet", "Knows it", "Practised", "Leads others")
	refresh := f.line("Refresh by", "a year from now", shownDate(s.Refresh, f.now))
	p.w.dialog(f.form, "graduation-cap", "Who can do what", "Keep", func() {
		day, err := f.date("refresh", refresh)
		if err != nil {
			f.say(err)
			return
		}
		k := data.Skill{Member: strings.TrimSpace(member.Text()), Topic: strings.TrimSpace(topic.Text()), Level: skillChoices[level.On], On: f.now.Format(time.DateOnly), Refresh: day}
		k.ID = data.SkillID(k.Member, k.Topic)
		if err := k.Check(); err != nil {
			f.say(err)
			return
		}
		p.w.keep(f.form, fmt.Sprintf("%s, %s: %s", k.Member, k.Topic, levelWord(k.Level)), keeping(k), nil)
	})
}

func levelWord(l data.SkillLevel) string {
	if l == "" {
		return "not yet"
	}
	return string(l)
}

// cellMenu says what a cell of the matrix is, and changes it.
func (p *learned) cellMenu(row, column int, at fyne.Position) {
	c := p.answer.cover
	member, topic, cell := c.Rows[row].Member, c.Topics[column], c.Rows[row].Cells[column]
	p.w.say(member + ", " + topic + ": " + lowerFirst(cell.Words))
	var list []command
	for _, l := range skillChoices {
		list = append(list, command{name: upperFirst(levelWord(l)), when: func() bool { return l != cell.Skill.Level }, do: func() {
			k := data.Skill{Belongs: data.Belongs{ID: data.SkillID(member, topic)}, Member: member, Topic: topic, Level: l, On: p.w.now().Format(time.DateOnly)}
			putPart(p.w, fmt.Sprintf("%s, %s: %s", member, topic, levelWord(l)), k)
		}})
	}
	p.w.menuAt(at, list...)
}
