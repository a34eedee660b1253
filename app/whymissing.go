package app

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"rapport/app/bridge"
	"rapport/app/kit"
	"rapport/data"
)

// whyName is what the command that explains where a mail is is called.
const whyName = "Why is a mail missing?"

// whyHeight is the room for answers; longer ones scroll.
const whyHeight = 300

// whyMissing asks for a Message-ID, words of a subject or a sender, and says why
// the mail is where it is, or not here.
func (w *window) whyMissing() {
	f := newForm(w.bg)
	field := kit.NewField("a Message-ID, words of its subject, or its sender")
	answers := kit.NewStack(0)
	room := tall(whyHeight, kit.NewScroll(answers))
	room.Hide()
	ask := func() {
		asked := strings.Trim(strings.TrimSpace(field.Text()), "<>")
		if asked == "" {
			return
		}
		f.waiting("Looking")
		bridge.Load(w.bg, &f.slot, func(ctx context.Context) ([]data.MailFacts, error) { return w.db.MailsAsked(ctx, asked, w.now()) },
			func(list []data.MailFacts, err error) {
				f.say(err)
				if err != nil {
					return
				}
				answers.Set(explained(list)...)
				room.Show()
				f.changed()
			})
	}
	field.OnSubmit = func(string) { ask() }
	f.fields = append(f.fields, field)
	body := kit.NewStack(10, kit.NewParagraph(kit.Small, kit.Ink2, "Your mail program shows the Message-ID among a mail's headers. It is the surest way to ask."), field, f.body(), room)
	o := kit.NewOverlay(kit.DialogWidth, kit.NewDialog("mail-search", kit.Neutral, whyName, body, "",
		kit.NewButton(kit.Plain, "Close", w.dismiss), kit.NewButton(kit.Primary, "Explain", ask).WithKey("Enter")))
	o.OnClose = f.slot.Drop
	f.changed = o.Relayout
	f.whenEscaped(func() { o.Close() })
	w.pop(o, field.Focusable())
}

// explained are the answers, each under the mail that it is about.
func explained(list []data.MailFacts) []fyne.CanvasObject {
	var items []fyne.CanvasObject
	for i, f := range list {
		if i > 0 {
			items = append(items, kit.NewSpace(8), kit.NewHairline(), kit.NewSpace(8))
		}
		if len(f.Found) > 0 {
			m := f.Found[0].Message
			subject := m.Subject
			if subject == "" {
				subject = "No subject"
			}
			items = append(items, kit.NewText(kit.BodyBold, subject).Bending(),
				kit.NewText(kit.Small, m.Sender().String()+", "+data.ShortDate(m.Date, f.Now)).In(kit.Ink3).Bending(), kit.NewSpace(4))
		}
		items = append(items, explanation(data.Why(f))...)
	}
	return items
}

func explanation(e data.Explanation) []fyne.CanvasObject {
	icon, tint := "circle-help", kit.Ink2
	switch e.Where {
	case data.OnTimeline:
		icon, tint = "check", kit.Accent
	case data.NeverRead:
		icon, tint = "eye-off", kit.Ink2
	}
	line := func(icon string, tint fyne.ThemeColorName, words *kit.Paragraph) fyne.CanvasObject {
		return kit.NewPad(2, 8, 2, 0, kit.NewColumns(8, []kit.Col{kit.Fixed(14).AtTop(), kit.Flex(1)}, kit.NewPad(2, 0, 0, 0, kit.NewIcon(icon, 14, tint)), words))
	}
	items := []fyne.CanvasObject{line(icon, tint, kit.NewParagraph(kit.Body, kit.Ink, e.Says))}
	for _, s := range e.Because {
		items = append(items, line("chevron-right", kit.Ink3, kit.NewParagraph(kit.Small, kit.Ink2, s)))
	}
	for _, s := range e.Todo {
		items = append(items, line("arrow-right", kit.Ink3, kit.NewParagraph(kit.Small, kit.Ink2, s)))
	}
	return items
}
