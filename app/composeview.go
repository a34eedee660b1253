package app

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"

	"rapport/app/kit"
	"rapport/data"
	"rapport/data/text"
)

// composeWidth is how wide the panel is.
const composeWidth = 660

// How many lines are seen of what is written, and of the quote when it is shown.
const (
	composeLines      = 11
	composeLinesQuote = 6
)

func (c *compose) build() {
	line := func(words string) *kit.Field {
		f := kit.NewField("")
		f.Bare = true
		f.SetText(words)
		return f
	}
	c.to, c.cc = line(data.AddressLine(c.draft.To)), line(data.AddressLine(c.draft.Cc))
	c.subject = line(c.draft.Subject)
	c.to.SetPlaceholder("anna@kestrel.example, or a contact's name")
	c.body, c.quote = kit.NewArea("Write your mail", composeLines), kit.NewArea("", composeLinesQuote)
	c.body.Bare, c.quote.Bare = true, true
	c.body.SetText(c.draft.Text)
	c.quote.SetText(c.draft.Quote)
	c.everybody = kit.NewLink("Answer everybody", c.toEverybody)
	c.put = kit.NewButton(kit.Primary, "Put into Drafts", c.putIntoDrafts).WithKey("Shift Enter")
	c.open = kit.NewButton(kit.Plain, "Open in my mail program", c.openInProgram)
	c.listen()
	c.more = kit.NewStack(0)
	c.view = kit.NewStack(0, kit.NewDialog(c.icon(), kit.Ours, c.heading(), kit.NewStack(0,
		kit.NewHairline(), addressRow("To", c.to, c.everybody), addressRow("Cc", c.cc, c.from()), addressRow("Subject", c.subject, nil),
		kit.NewPad(4, 0, 0, 0, c.body), c.more), "Rapport sends nothing", c.open, c.put))
	c.overlay = kit.NewOverlay(composeWidth, c.view)
	c.overlay.OnClose = c.closed
}

// listen hands what is typed to the panel.
func (c *compose) listen() {
	c.to.OnChanged, c.cc.OnChanged = c.peopleChanged, c.peopleChanged
	c.subject.OnChanged, c.body.OnChanged, c.quote.OnChanged = c.changed, c.changed, c.changed
	c.to.OnKey, c.cc.OnKey, c.subject.OnKey = c.tab(c.cc.Focusable()), c.tab(c.subject.Focusable()), c.tab(c.body.Focusable())
	c.body.OnKey, c.quote.OnKey = c.tab(c.open), c.tab(c.open)
	next := func(f *kit.Field) func(string) { return func(string) { c.w.focus(f.Focusable()) } }
	c.to.OnSubmit, c.cc.OnSubmit, c.subject.OnSubmit = next(c.cc), next(c.subject), next(c.body)
	c.body.OnSubmit, c.quote.OnSubmit = func(string) { c.putIntoDrafts() }, func(string) { c.putIntoDrafts() }
}

func (c *compose) answers() bool { return c.draft.Answers != "" }

func (c *compose) icon() string {
	if c.answers() {
		return "reply"
	}
	return "pen-line"
}

func (c *compose) heading() string {
	if c.answers() {
		if who := c.start.message.Sender(); who.Email != c.draft.From.Email {
			return "Answer to " + text.Name(who.Name, who.Email)
		}
		return "Write again to " + c.draft.ToWords()
	}
	return "Write to " + c.draft.ToWords()
}

// from is the mailbox that it goes out from, as small words.
func (c *compose) from() fyne.CanvasObject {
	if c.draft.From.Email == "" {
		return nil
	}
	return kit.NewNote("from " + c.draft.From.Email)
}

// addressRow is a field with its name before it, over a hairline.
func addressRow(label string, field *kit.Field, right fyne.CanvasObject) fyne.CanvasObject {
	if right == nil {
		right = kit.NewSpring()
	}
	row := kit.NewColumns(8, []kit.Col{kit.Fixed(54), kit.Flex(1), kit.Fit()}, kit.NewText(kit.Small, label).In(kit.Ink3).Bending(), field, right)
	return kit.NewStack(0, kit.NewPad(2, 0, 2, 0, row), kit.NewHairline())
}

// draw shows what stands below the text: the quote, what to know, what is wrong.
func (c *compose) draw() {
	c.everybody.Hidden = !c.hasOthers()
	c.body.Lines = composeLines
	var rows []fyne.CanvasObject
	switch {
	case c.quoteSeen:
		c.body.Lines = composeLinesQuote
		rows = append(rows, kit.NewHairline(), kit.NewPad(4, 0, 4, 0, c.quote))
	case c.draft.Quote != "":
		words := "Show the quoted mail, " + data.Counted(strings.Count(c.draft.Quote, "\n")+1, "line", "lines")
		rows = append(rows, kit.NewPad(2, 0, 6, 0, kit.NewColumns(0, []kit.Col{kit.Fit(), kit.Flex(1)}, kit.NewLink(words, c.showQuote), kit.NewSpring())))
	}
	if c.remarked = c.remarks(); c.remarked != "" {
		rows = append(rows, kit.NewPad(6, 0, 0, 0, kit.NewInfoBox(kit.Caution, "triangle-alert", c.remarked)))
	}
	c.more.Set(append(rows, kit.NewPad(8, 0, 0, 0, kit.NewHairline()))...)
	c.overlay.Relayout()
	c.view.Refresh()
}

func (c *compose) showQuote() {
	c.quoteSeen = true
	c.draw()
	c.w.focus(c.quote.Focusable())
}

// hasOthers says whether more people got the answered mail than the answer goes
// to.
func (c *compose) hasOthers() bool {
	if !c.answers() {
		return false
	}
	a := c.start.answer
	a.All, a.NoQuote = true, true
	all, err := data.Reply(c.start.message.Message, a)
	d, _ := c.written()
	return err == nil && len(d.Recipients()) < len(all.Recipients())
}

// remarksShown is how many warnings are told at once.
const remarksShown = 3

// remarks are what is wrong, else what a person may want to know.
func (c *compose) remarks() string {
	if c.trouble != "" {
		return c.trouble
	}
	d, _ := c.written()
	if !c.touched {
		d.Text = "" // a draft that was taken up says nothing of itself
	}
	list := data.DraftWarnings(d, c.facts, c.w.now())
	if d.Subject == "" && !c.touched {
		list = list[:max(0, len(list)-1)]
	}
	if len(list) == 0 {
		return ""
	}
	if n := len(list) - remarksShown; n > 0 {
		list = append(list[:remarksShown], fmt.Sprintf("%d more to look at", n))
	}
	return strings.Join(list, ". ") + "."
}
