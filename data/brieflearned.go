package data

// learned names what the team learned that applies to this meeting: of plays and of
// notes the most telling one each, with the reason. What only fits the sector or
// the stage is left to the page of what the team learned.
func (b *briefing) learned() {
	s := SheetSection{Key: BriefLearned, Label: "What we learned about this"}
	seen := map[string]bool{}
	for _, l := range b.all.Library.LessonsFor(SettingOf(b.all.settingFacts(), b.now)) {
		if !l.Pressing() || seen[l.Kind()] {
			continue
		}
		seen[l.Kind()] = true
		line := SheetLine{Kind: l.Kind(), ID: l.ID(), Lead: "Note", Text: l.Title, Below: l.Because}
		if l.Kind() == KindPlay {
			line.Lead = "Play"
			if steps := l.Play.StepList(); len(steps) > 0 {
				line.Below = joinDots(l.Because, "begin with: "+lowerFirst(steps[0].What))
			}
		}
		s.Lines = append(s.Lines, line)
	}
	if len(s.Lines) > 0 {
		b.section(s)
	}
}

// settingFacts are what a meeting's account is in, as the brief knows it.
func (in BriefInput) settingFacts() SettingFacts {
	f := in.PlanInput.settingFacts()
	f.Silent, f.Rhythm, f.Guests = -1, in.Rhythm, in.People
	if !in.Last.At.IsZero() {
		f.Silent = DaysBetween(in.Last.At, in.Now)
	}
	for _, i := range in.Since[:min(lessonSubjects, len(in.Since))] {
		if i.Direction == In && i.Kind == Mail {
			f.Subjects = append(f.Subjects, i.Subject)
		}
	}
	return f
}

// lessonSubjects is how many of the latest interactions say what they wrote of last.
const lessonSubjects = 5
