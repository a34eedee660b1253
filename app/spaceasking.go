package app

import (
	"context"

	"fyne.io/fyne/v2"

	"rapport/app/kit"
	"rapport/data"
	"rapport/data/text"
	"rapport/sync/space"
)

// asking are who waits for whoever sits here to let them into the space in view.
func (p *spaces) asking() []data.Asker {
	if !p.mayInvite() {
		return nil
	}
	return p.shown().Asking
}

// askingCard lists who waits for a yes, each with the fingerprint to compare; nil for
// nobody.
func (p *spaces) askingCard() fyne.CanvasObject {
	list := p.asking()
	if len(list) == 0 {
		return nil
	}
	rows := []fyne.CanvasObject{
		kit.NewSectionHead(kit.Heading, "Waiting for your yes", countWord(len(list)), nil),
		kit.NewParagraph(kit.Small, kit.Ink2, "They came by a short code and have no key yet. Have them read out their fingerprint, aloud or in person."),
	}
	for i, a := range list {
		in, out := kit.NewSmallButton(kit.Primary, "Let in…", func() { p.askConfirm(a) }), kit.NewSmallButton(kit.Plain, "Refuse…", func() { p.askTurnAway(a) })
		if i == 0 {
			in, out = in.WithKey("Y"), out.WithKey("Shift Y")
		}
		who := kit.NewStack(1, kit.NewText(kit.BodyBold, a.Name).Bending(), kit.NewParagraph(kit.Small, kit.Ink2, a.Words()+"."), kit.NewText(kit.Mono, space.Fingerprint(a.Person)).Bending())
		rows = append(rows, kit.NewPad(8, 0, 4, 0, kit.NewColumns(10, []kit.Col{kit.Fixed(26).AtTop(), kit.Flex(1), kit.Fit()},
			kit.NewAvatar(text.Initials(a.Name), toneOf(a.Side), 26), who, kit.NewRow(8, out, in))))
	}
	return kit.NewCard(16, kit.NewStack(4, rows...))
}

// askerLine is the fingerprint in a question, large enough to be read along.
func askerLine(a data.Asker) fyne.CanvasObject {
	return kit.NewPad(4, 0, 4, 0, kit.NewText(kit.Heading, space.Fingerprint(a.Person)).Bending())
}

// askConfirm lets somebody in after whoever sits here has said that the fingerprint is
// the same.
func (p *spaces) askConfirm(a data.Asker) {
	if !p.mayInvite() || p.w.frozen() {
		return
	}
	e, f := p.shown(), newForm(p.w.bg)
	f.rows = append(f.rows,
		kit.NewParagraph(kit.Body, kit.Ink, "Ask "+a.Name+" to read out the fingerprint on their own screen. It must be this one, letter by letter:"),
		askerLine(a),
		kit.NewParagraph(kit.Small, kit.Ink2, a.Words()+". From then on they hold the key of "+e.Space.Name+"; "+askerSees(a)))
	yes := kit.NewButton(kit.Primary, "It is the same, let them in", func() {
		p.w.changeMembers(f, e.Space, a.Name+" is in "+e.Space.Name+" now", func(ctx context.Context) error { return p.w.sharer.Confirm(ctx, e.Space.ID, a.Person) })
	})
	p.w.askOf(f, "key-round", "Let "+a.Name+" in", kit.NewButton(kit.Plain, "Cancel", p.w.dismiss), yes)
}

func askerSees(a data.Asker) string {
	if a.History {
		return "they see all that is in it, and what was written before."
	}
	return "they see all that is in it as it is then, and not what was written before."
}

// askTurnAway refuses somebody after a question.
func (p *spaces) askTurnAway(a data.Asker) {
	if !p.mayInvite() || p.w.frozen() {
		return
	}
	e, f := p.shown(), newForm(p.w.bg)
	f.rows = append(f.rows,
		kit.NewParagraph(kit.Body, kit.Ink, "They get no key and are told so. On no laptop of the space is anybody asked about them again, until one of you makes another invitation that they bring."),
		kit.NewParagraph(kit.Body, kit.Ink, "The code still works for whom it was meant. Where it may have come into wrong hands, make another."))
	yes := kit.NewButton(kit.Primary, "Refuse", func() {
		p.w.changeMembers(f, e.Space, a.Name+" is refused", func(ctx context.Context) error { return p.w.sharer.TurnAway(ctx, e.Space.ID, a.Person) })
	})
	p.w.askOf(f, "user-round-x", "Refuse "+a.Name, kit.NewButton(kit.Plain, "Cancel", p.w.dismiss), yes)
}

// firstAsker does something about the first who waits.
func (p *spaces) firstAsker(do func(data.Asker)) func() {
	return func() {
		if list := p.asking(); len(list) > 0 {
			do(list[0])
		}
	}
}

// askerCommands are the keys for the first who waits, and all of them by name.
func (p *spaces) askerCommands() []command {
	any := func() bool { return len(p.asking()) > 0 }
	list := []command{
		{name: "Let in who waits…", words: "confirm fingerprint joiner code yes", icon: "key-round", key: "Y", when: any, do: p.firstAsker(p.askConfirm)},
		{name: "Refuse who waits…", words: "confirm fingerprint joiner code no", icon: "user-round-x", key: "Shift Y", when: any, do: p.firstAsker(p.askTurnAway)},
	}
	for _, a := range p.asking() {
		list = append(list,
			command{name: "Let " + a.Name + " in…", words: "confirm fingerprint", icon: "key-round", do: func() { p.askConfirm(a) }},
			command{name: "Refuse " + a.Name + "…", words: "confirm fingerprint", icon: "user-round-x", do: func() { p.askTurnAway(a) }})
	}
	return list
}

// showCode tells the short code that was made.
func (w *window) showCode(s data.Space, who data.Invitee, code string) {
	f := newForm(w.bg)
	f.rows = append(f.rows, kit.NewParagraph(kit.Body, kit.Ink, "Tell "+who.Name+" this code, on the telephone or in any other way:"),
		kit.NewPad(4, 0, 4, 0, kit.NewText(kit.Display, code)),
		kit.NewParagraph(kit.Small, kit.Ink2, "It works for 14 days, where the space is carried. Once they have joined with it, they wait here until you have compared their fingerprint."))
	copied := kit.NewButton(kit.Plain, "Copy", func() {
		w.app.Clipboard().SetContent(code)
		w.say("The code is copied")
	})
	w.askOf(f, "user-round-plus", "The code for "+who.Name+" into "+s.Name, copied, kit.NewButton(kit.Primary, "Done", w.dismiss))
}
