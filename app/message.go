package app

import (
	"context"

	"rapport/app/bridge"
	"rapport/app/kit"
	"rapport/data"
)

// messageShown is how many letters of a mail the reader shows.
const messageShown = 6000

// openMessage shows one mail over the page, with the reason why it is where it
// is.
func (w *window) openMessage(id string) {
	bridge.Load(w.bg, &w.goSlot, func(ctx context.Context) (data.MessageRow, error) { return w.db.Message(ctx, id) },
		func(m data.MessageRow, err error) {
			if err != nil {
				w.fail(err)
				return
			}
			w.pop(kit.NewOverlay(kit.DialogWidth, w.messageView(m)), nil)
		})
}

func (w *window) messageView(m data.MessageRow) *kit.Stack {
	subject := m.Subject
	if subject == "" {
		subject = "No subject"
	}
	now := w.now()
	text := []rune(m.Text)
	more := ""
	if len(text) > messageShown {
		text, more = text[:messageShown], "Only the beginning is shown."
	}
	body := kit.NewScroll(kit.NewParagraph(kit.Body, kit.Ink, string(text)))
	facts := kit.NewStack(0,
		kit.NewFact("From", kit.NewText(kit.Body, m.Sender().String()).Bending(), nil),
		kit.NewFact("Sent", kit.NewText(kit.Body, data.DayAndClock(m.Date, now)).Bending(), nil),
		kit.NewFact("Kept", kit.NewText(kit.Body, upperFirst(m.Reason)).Bending(), nil),
	)
	content := kit.NewStack(12, facts, tall(240, body))
	return kit.NewStack(0, kit.NewDialog("mail", kit.Neutral, subject, content, more, kit.NewButton(kit.Plain, "Close", w.dismiss).WithKey("Esc")))
}
