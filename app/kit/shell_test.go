package kit

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

func frame() (*Shell, *StatusBar) {
	today := NewRailItem("sun", "Today", nil)
	today.Set("", false, true)
	filing := NewRailItem("inbox", "Filing", nil)
	filing.Set("14", false, false)
	sharing := NewRailItem("handshake", "Sharing", nil)
	sharing.Set("", true, false)
	rail := NewRailBar([]fyne.CanvasObject{today, NewRailItem("building-2", "Accounts", nil), filing, sharing},
		[]fyne.CanvasObject{NewRailItem("sliders-horizontal", "Settings", nil), NewAvatar("ML", Ours, 30)})
	status := NewStatusBar()
	status.Say(Span{Icon: "check", Tint: Accent}, Span{Text: "Mail read at 09:12  ·  6 kept, 31 skipped", Tint: Ink2, Gap: 6})
	status.SetKeys(Key{[]string{"J", "K"}, "move"}, Key{[]string{"Enter"}, "open"}, Key{[]string{"?"}, "all keys"})
	s := NewShell(rail, status)
	side := NewPad(16, 10, 0, 10, NewStack(0, NewPad(0, 0, 8, 10, NewText(Title, "Accounts")), NewNavItem("building-2", "All accounts", "13", nil), NewNavItem("user-round", "Mine", "8", nil)))
	main := NewEmpty(NewCirclesSmall(), "Nothing promised yet", "A promise is a small thing with a name and a date. Rapport finds them in mail, or you write one.",
		NewButton(Plain, "Make a promise", nil).WithIcon("plus").WithKey("P"), NewButton(Ghost, "Look in my mail", nil))
	s.SetPage(side, main, NewPad(20, 22, 20, 22, NewStack(8, NewSearch("Search or do…", "Ctrl K"), NewSectionHead(BodyBold, "Cooling", "3", NewNote("quiet longer than agreed")))), 216, 372)
	return s, status
}

func TestShellSheet(t *testing.T) {
	for name, l := range map[string]Look{"shell": Light, "shell-dark": Dark} {
		t.Run(name, func(t *testing.T) {
			look(t, l, 1)
			s, _ := frame()
			golden(t, name, picture(s, 1280, 800))
		})
	}
}

func TestShellFoldsWhenNarrow(t *testing.T) {
	look(t, Light, 1)
	s, _ := frame()
	var folds []string
	shown(t, s, 1280, 800)
	s.OnFold = func(side, inspector bool) { folds = append(folds, fmt.Sprint(side, inspector)) }
	for _, c := range []struct {
		width           float32
		side, inspector bool
	}{{1179, true, false}, {1079, false, false}, {1280, true, true}} {
		s.Resize(fyne.NewSize(c.width, 800))
		if s.SideOpen() != c.side || s.InspectorOpen() != c.inspector {
			t.Errorf("at %v: side %v, inspector %v", c.width, s.SideOpen(), s.InspectorOpen())
		}
	}
	if fmt.Sprint(folds) != "[false true true true false false]" {
		t.Errorf("%v", folds)
	}
	s.Resize(fyne.NewSize(1000, 700))
	s.OpenInspector(true)
	if !s.InspectorOpen() || s.main.Size().Width != 920 {
		t.Errorf("slid over: open %v, main %v", s.InspectorOpen(), s.main.Size().Width)
	}
	if m := s.MinSize(); m.Width != 960 || m.Height != 576 {
		t.Errorf("least %v", m)
	}
}

func TestInspectorIsDraggedWithinBounds(t *testing.T) {
	look(t, Light, 1)
	s, _ := frame()
	shown(t, s, 1280, 800)
	s.handle.Dragged(&fyne.DragEvent{Dragged: fyne.NewDelta(-500, 0)})
	if s.InspectorWidth() != 440 {
		t.Error(s.InspectorWidth())
	}
	s.handle.Dragged(&fyne.DragEvent{Dragged: fyne.NewDelta(500, 0)})
	if s.InspectorWidth() != 280 || s.inspector.Size().Width != 279 {
		t.Error(s.InspectorWidth(), s.inspector.Size().Width)
	}
}

func TestStatusBarOffersUndo(t *testing.T) {
	look(t, Light, 1)
	_, status := frame()
	shown(t, status, 600, 28)
	undone := false
	status.Offer([]Span{{Text: "Filed 3 senders"}}, "Undo", "Ctrl Z", func() { undone = true })
	if !status.action.Visible() {
		t.Fatal("no Undo")
	}
	test.Tap(status.action)
	status.Say(Span{Text: "Undone"})
	if !undone || status.action.Visible() || status.bar.Visible() {
		t.Error(undone, status.action.Visible(), status.bar.Visible())
	}
	status.Resize(fyne.NewSize(240, 28))
	if status.keys[len(status.keys)-1].Visible() {
		t.Error("keys run over the words in a narrow window")
	}
}

func paletteOf() *Palette {
	p := NewPalette("Find, open or do")
	p.SetText("kes")
	p.SetRows([]PaletteRow{
		{Group: "Accounts and people"},
		{Initials: "KM", Spans: []Span{{Text: "Kes", Role: BodyBold}, {Text: "trel Museums"}, {Text: "account, warm", Role: Small, Tint: Ink3, Gap: 10}}},
		{Initials: "AK", Person: true, Tone: Customer, Spans: []Span{{Text: "Anna "}, {Text: "Kes", Role: BodyBold}, {Text: "sler"}}},
		{Group: "Do"},
		{Icon: "pen-line", Spans: []Span{{Text: "Log a contact with Kestrel"}}, Key: "C"},
		{Icon: "arrow-up-right", Tone: Ours, Spans: []Span{{Text: "Promise something"}}, Key: "P"},
	}, "4 results, offline")
	return p
}

func TestPaletteSheet(t *testing.T) {
	for name, l := range map[string]Look{"floating": Light, "floating-dark": Dark} {
		t.Run(name, func(t *testing.T) {
			look(t, l, 1)
			p := paletteOf()
			body := NewStack(6, NewArea("What happened?", 2), NewFact("Call", NewLine(Span{Icon: "phone", Text: "Mon 16 Nov, 10 min, with Piotr Malik"}), nil), NewFact("Seen by", NewText(Body, "Our team"), NewLink("Change", nil)),
				NewInfoBox(Caution, "triangle-alert", "Piotr asked for no calls on Mondays."))
			d := NewDialog("pen-line", Ours, "What happened?", body, "Works offline; undo with Ctrl Z", NewButton(Plain, "Save and add", nil).WithKey("Shift Enter"), NewButton(Primary, "Save", nil).WithKey("Enter"))
			both := NewColumns(20, []Col{Flex(1).Full(), Flex(1).Full()}, NewOverlay(PaletteWidth, p), NewOverlay(DialogWidth, d))
			golden(t, name, picture(both, 1280, 560))
		})
	}
}

func TestPaletteMovesWhileTyping(t *testing.T) {
	look(t, Light, 1)
	p := paletteOf()
	chosen, typed, left := -1, "", false
	p.OnChoose = func(row int) { chosen = row }
	p.OnType = func(s string) { typed = s }
	p.OnEscape = func() { left = true }
	win := shown(t, NewText(Body, "page"), 1280, 800)
	o := NewOverlay(PaletteWidth, p)
	o.Open(win.Canvas(), p.Focusable())
	f := p.Focusable()
	f.TypedRune('x')
	for _, k := range []fyne.KeyName{fyne.KeyDown, fyne.KeyDown, fyne.KeyUp, fyne.KeyDown, fyne.KeyReturn} {
		f.TypedKey(&fyne.KeyEvent{Name: k})
	}
	f.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if chosen != 4 || typed != "xkes" || !left {
		t.Errorf("chose %d, typed %q, left %v", chosen, typed, left)
	}
}

func TestOneOverlayAtATimeAndFocusComesBack(t *testing.T) {
	look(t, Light, 1)
	b := NewButton(Plain, "Open", nil)
	win := shown(t, b, 1280, 800)
	c := win.Canvas()
	c.Focus(b)
	closed := 0
	first, second := NewOverlay(400, NewText(Body, "first")), NewOverlay(400, NewText(Body, "second"))
	first.OnClose = func() { closed++ }
	first.Open(c, nil)
	second.Open(c, nil)
	if first.IsOpen() || !second.IsOpen() || closed != 1 || len(c.Overlays().List()) != 1 {
		t.Errorf("first %v, second %v, closed %d", first.IsOpen(), second.IsOpen(), closed)
	}
	test.TapAt(second, fyne.NewPos(640, 100))
	if !second.IsOpen() {
		t.Fatal("a tap inside closed it")
	}
	test.TapAt(second, fyne.NewPos(5, 5))
	if second.IsOpen() || c.Focused() != fyne.Focusable(b) {
		t.Error("open, or the focus did not come back")
	}
}

func TestTheRailShowsItsWordsWholeAtAnySize(t *testing.T) {
	for _, scale := range []float32{0.9, 1, 1.2, 1.4} {
		look(t, Light, scale)
		for _, name := range []string{"Accounts", "Feedback", "Settings"} {
			item := NewRailItem("sun", name, nil)
			bar := NewRailBar([]fyne.CanvasObject{item}, nil)
			shown(t, bar, railWidth(), 600)
			item.Set("", false, true) // open, in bold
			if measure(MicroBold, name) > item.Size().Width-4 || item.label.Text != name {
				t.Errorf("at %v the rail says %q of %q", scale, item.label.Text, name)
			}
		}
	}
}

func TestTabMarksWhatAFieldHolds(t *testing.T) {
	for name, c := range map[string]struct {
		do   func(f *Field)
		want string
	}{
		"after Tab":                      {func(f *Field) { f.entry.KeyUp(&fyne.KeyEvent{Name: fyne.KeyTab}) }, "x"},
		"after another key":              {func(f *Field) { f.entry.KeyUp(&fyne.KeyEvent{Name: fyne.KeyA}) }, "xold"},
		"after Tab that was let go late": {func(f *Field) { test.Type(f.Focusable(), "y"); f.entry.KeyUp(&fyne.KeyEvent{Name: fyne.KeyTab}) }, "yxold"},
	} {
		t.Run(name, func(t *testing.T) {
			before, f := NewField(""), NewField("")
			f.SetText("old")
			win := test.NewTempWindow(t, NewStack(4, before, f))
			win.Canvas().Focus(before.Focusable())
			win.Canvas().FocusNext()
			c.do(f)
			test.Type(f.Focusable(), "x")
			if f.Text() != c.want {
				t.Errorf("the field holds %q, want %q", f.Text(), c.want)
			}
		})
	}
}

func TestFieldKeepsWhatIsTyped(t *testing.T) {
	look(t, Light, 1)
	f := NewFilter("Filter", "/")
	win := shown(t, f, 300, 40)
	page := ""
	win.Canvas().SetOnTypedRune(func(r rune) { page += string(r) })
	win.Canvas().Focus(f.Focusable())
	test.Type(f.Focusable(), "jk")
	if f.Text() != "jk" || page != "" || !f.Focused() || !f.ring.Visible() {
		t.Errorf("text %q, page %q, focused %v", f.Text(), page, f.Focused())
	}
}

func TestChoicesAnswerKeysAndTaps(t *testing.T) {
	look(t, Light, 1)
	said := ""
	s := NewSegmented([]string{"Year", "Month", "Day"}, 0, func(i int) { said += fmt.Sprint("s", i) })
	shown(t, s, 300, 30)
	test.TapAt(s, fyne.NewPos(60, 10))
	s.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
	s.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
	tabs := NewTabs([]string{"Overview", "Timeline"}, 0, func(i int) { said += fmt.Sprint("t", i) })
	shown(t, tabs, 300, 34)
	test.TapAt(tabs, fyne.NewPos(110, 10))
	tabs.TypedKey(&fyne.KeyEvent{Name: fyne.KeyLeft})
	box := NewCheckbox("Only mine", false, func(on bool) { said += fmt.Sprint(on) })
	shown(t, box, 200, 30)
	test.Tap(box)
	box.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	if said != "s1s2t1t0truefalse" {
		t.Error(said)
	}
}

func TestInitials(t *testing.T) {
	for name, want := range map[string]string{
		"Anna Kessler": "AK", "Kestrel Museums": "KM", "luc maréchal": "LM", "Jean-Luc van den Berg": "JB",
		"Élodie": "É", "": "?", "  ": "?", "Pell & Sons Printing": "PP",
	} {
		if got := Initials(name); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}
