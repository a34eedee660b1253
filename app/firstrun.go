package app

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rapport/app/kit"
)

// firstRun is what the window shows while there is no workspace: how to begin.
type firstRun struct {
	s     *session
	view  fyne.CanvasObject
	steps *kit.Stack // the step in view
	foot  *kit.Columns
	frame *fyne.Container
	lie   *beside // how the frame is laid out

	choosing bool
	leave    func() // gives up what the step in view waits for
	cards    []*choiceCard
	offered  []*choiceCard // the choices of the step in view, nil for none
}

// begin shows the first run and gives it the keyboard.
func (s *session) begin() {
	f := newFirstRun(s)
	s.win.SetTitle("Rapport")
	s.show(f.view)
	c := s.win.Canvas()
	c.SetOnTypedRune(f.rune)
	c.SetOnTypedKey(f.key)
	f.focusFirst()
}

func newFirstRun(s *session) *firstRun {
	f := &firstRun{s: s, steps: kit.NewStack(0)}
	f.cards = []*choiceCard{
		newChoiceCard("mail", "Read my mail and calendar", "Any IMAP mailbox, any iCal link or file. The last 12 months.", "1", f.connect),
		newChoiceCard("flask-conical", "Look around first", "A made-up lighting firm with 13 customers. Nothing to set up, delete it any time.", "2", f.sample),
		newChoiceCard("users", "Join my team", "With an invitation, or on a new laptop with your recovery key.", "3", f.join),
	}
	f.foot = kit.NewSpread(12, kit.NewRow(0, kit.NewLink("Open a workspace folder…", s.chooseFolder)), kit.NewLink("Where my data lives", f.explainData))
	f.lie = &beside{}
	f.frame = container.New(f.lie, f.story(), kit.NewGround(kit.Bg), f.steps, f.foot)
	f.view = f.frame
	f.choose()
	return f
}

// story is the left half: what Rapport is.
func (f *firstRun) story() fyne.CanvasObject {
	logo := kit.NewRow(12, kit.NewLogo(34), kit.NewText(kit.Title, "Rapport"))
	words := kit.NewParagraph(kit.Story, kit.Ink, "A quiet place to know your customers well: what you promised, what they need, and when you last really spoke.")
	version := kit.NewText(kit.Small, versionWords(f.s.app)+", open source. No account, no cloud, no tracking.").In(kit.Ink3).Bending()
	return container.New(storyLayout{}, kit.NewGround(kit.Rail), logo, kit.NewCircles(), words, version, kit.NewUpright())
}

func versionWords(app fyne.App) string {
	if v := app.Metadata().Version; v != "" {
		return "Version " + v
	}
	return "This version"
}

// step shows one step in place of the others.
func (f *firstRun) step(items ...fyne.CanvasObject) {
	f.choosing, f.offered = false, nil
	f.steps.Set(items...)
	f.lie.top = 0
	f.frame.Refresh()
}

// choose shows the ways to begin.
func (f *firstRun) choose() {
	head := kit.NewStack(4, kit.NewText(kit.Welcome, "How would you like to begin?"),
		kit.NewText(kit.Lead, "You can do the other two later. Nothing leaves this laptop.").In(kit.Ink2).Bending())
	facts := kit.NewRow(20,
		fact("lock", "One file on this laptop"), fact("wifi-off", "Works without a network"), fact("package-open", "Take everything out any time"))
	f.step(head, kit.NewSpace(22), f.cards[0], kit.NewSpace(12), f.cards[1], kit.NewSpace(12), f.cards[2], kit.NewSpace(30), facts)
	f.choosing, f.offered = true, f.cards
}

func fact(icon, text string) fyne.CanvasObject {
	return kit.NewRow(6, kit.NewIcon(icon, 14, kit.Ink3), kit.NewText(kit.Small, text).In(kit.Ink3))
}

func (f *firstRun) focusFirst() { f.s.win.Canvas().Focus(f.cards[0]) }

// back goes from a step to the choices.
func (f *firstRun) back() {
	f.s.slot.Drop()
	if f.leave != nil {
		f.leave()
		f.leave = nil
	}
	f.choose()
	f.focusFirst()
}

func (f *firstRun) rune(r rune) {
	if i := int(r - '1'); i >= 0 && i < len(f.offered) {
		f.offered[i].do()
	}
}

func (f *firstRun) key(e *fyne.KeyEvent) {
	c := f.s.win.Canvas()
	switch {
	case e.Name == fyne.KeyEscape && topOverlay(c) != nil:
		topOverlay(c).Close()
	case e.Name == fyne.KeyEscape && !f.choosing:
		f.back()
	case f.offered != nil && e.Name == fyne.KeyDown:
		c.FocusNext()
	case f.offered != nil && e.Name == fyne.KeyUp:
		c.FocusPrevious()
	}
}

// title is the head of a step, with the way back.
func (f *firstRun) title(title, text string) fyne.CanvasObject {
	return kit.NewStack(6, kit.NewRow(0, kit.NewSmallButton(kit.Ghost, "Back", f.back).WithIcon("chevron-left")),
		kit.NewText(kit.Welcome, title).Bending(), kit.NewParagraph(kit.Lead, kit.Ink2, text))
}

// explainData says where the data lies.
func (f *firstRun) explainData() {
	text := kit.NewParagraph(kit.Body, kit.Ink, "All of it lies in one folder on this laptop:\n"+f.s.home+
		"\nPasswords lie in the system's keyring, or where there is none in a sealed file. Rapport reads mail and calendars and sends no mail. To find a mail server it asks the domain of your address for its settings, and nobody else. There is no account and no server of ours. Whether the disk beneath is encrypted, the command rapport doctor tells where it can.")
	o := kit.NewOverlay(kit.DialogWidth, kit.NewDialog("lock", kit.Neutral, "Where your data lives", text, ""))
	o.Open(f.s.win.Canvas(), nil)
}

// beside lays the story at the left, and the step over the foot at the right. A
// step keeps its place when it grows or shrinks, so that no field moves under the
// hand, for as long as there is room below it.
type beside struct {
	top  float32 // where the step in view begins; 0 before it is placed
	size fyne.Size
}

func (*beside) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(960, 560) }

func (b *beside) Layout(o []fyne.CanvasObject, size fyne.Size) {
	left := min(float32(500), size.Width*0.39)
	put(o[0], 0, 0, left, size.Height)
	put(o[1], left, 0, size.Width-left, size.Height)
	width := min(float32(604), size.Width-left-72)
	x := left + (size.Width-left-width)/2
	room := size.Height - 64
	h := min(kit.HeightOf(o[2], width), room-16)
	if b.top == 0 || b.size != size {
		b.top, b.size = max((room-h)/2, 16)+max(min(room-h-32, 32), 0)/2, size
	}
	put(o[2], x, min(b.top, max(room-16-h, 16)), width, h)
	put(o[3], x, size.Height-62, width, 22)
}

// storyLayout lays out the left half of the first run.
type storyLayout struct{}

func (storyLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(320, 560) }

func (storyLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	put(o[0], 0, 0, size.Width, size.Height)
	side := min(float32(56), size.Width/9)
	put(o[1], side, 40, size.Width-2*side, 34)
	scale := min(float32(1), (size.Width-2*side)/268)
	top := max(size.Height*0.32, 120)
	put(o[2], (size.Width-268*scale)/2-16*scale, top, 268*scale, 188*scale)
	put(o[3], side, top+188*scale+54, size.Width-2*side, kit.HeightOf(o[3], size.Width-2*side))
	put(o[4], side, size.Height-60, size.Width-2*side, 22)
	put(o[5], size.Width-1, 0, 1, size.Height)
}
