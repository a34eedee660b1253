package kit

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

func TestFiguresSheet(t *testing.T) {
	for name, l := range map[string]Look{"figures": Light, "figures-dark": Dark} {
		t.Run(name, func(t *testing.T) {
			look(t, l, 1)
			golden(t, name, picture(figures(), 828, 900))
		})
	}
}

func figures() fyne.CanvasObject {
	ribbon := NewDayRibbon(8, 18)
	ribbon.Blocks = []Block{{From: 510, To: 538, Icon: "users"}, {From: 630, To: 690, Text: "Kestrel", Tone: Ours}, {From: 780, To: 840, Text: "Quayside", Tone: Ours}}
	ribbon.Now, ribbon.NowText = 558, "09:18"
	dials := NewRow(50, NewDial(0.74, "74", "of 100"), NewDial(0.8, "4", "of 5"), NewDial(0.667, "2", "of 3"), NewChangeDial(0.32, "+5", "90 days"),
		NewStack(0, NewSparkline([]float32{.6, .62, .7, .66, .5, .34, .3, .56, .7, .74, .8, .84}, BandWarm), NewSparkline([]float32{.9, .94, .86, .92, .84, .9, .8, .7, .6, .5, .42, .36}, BandCooling)),
		NewStack(8, NewSignalBars(3, "sure"), NewSignalBars(2, "likely"), NewSignalBars(0, "")), NewCirclesSmall())
	l := timelineList()
	return NewPad(20, 20, 20, 20, NewStack(16, ribbon, dials, yearStrip(), NewTabs([]string{"Overview", "Timeline", "Plan"}, 1, nil), &tall{List: l, height: 300}, NewCircles()))
}

func yearStrip() *YearStrip {
	y := NewYearStrip()
	for week := range 52 {
		ours, theirs := (week*7)%9+1, (week*5)%7
		if week >= 14 && week < 18 {
			ours, theirs = 0, 0
		}
		y.Ours, y.Theirs = append(y.Ours, ours), append(y.Theirs, theirs)
	}
	y.Silences = []Silence{{14, 17, "31 days"}}
	y.Months = map[int]string{0: "Dec", 5: "Jan", 9: "Feb", 49: "today"}
	y.From, y.To = 44, 51
	return y
}

func timelineList() *List {
	moments := []Moment{
		{Day: "Tue 17", Time: "10:30", Icon: "calendar", Tone: Ours, Planned: true, Title: "Winter loan lighting review", Detail: "Planned. Anna, Beatrice, Ines, Samuel with Maya, Daniel", Tag: "In 1 h 12 min", TagTone: Ours, Privacy: "users", First: true},
		{Day: "Mon 16", Time: "17:42", Icon: "mail", Tone: Customer, Title: "Agenda for tomorrow and one worry", Detail: "Anna to you · waiting 15 h for an answer", Tag: "Need", TagTone: Customer, TagIcon: "circle-dot", Who: "AK", WhoSide: Customer, Privacy: "lock"},
		{Day: "Fri 13", Time: "18:00", Icon: "circle-alert", Tone: Late, Title: "Promise passed its date", Detail: "Flicker measurement report, Hall 2, to Beatrice", Who: "TO", WhoSide: Ours, Privacy: "users"},
		{Day: "Thu 5", Time: "14:00", Icon: "users", Met: true, Title: "Site walk, Hall 2", Detail: "60 min · Priya, Tomas with Piotr, Leon", Who: "PR", WhoSide: Ours, Privacy: "handshake", Last: true},
	}
	l := NewList()
	l.Rules = false
	l.Count = func() int { return 6 }
	l.Kind = func(row int) RowKind { return RowKind(btoi(row == 0) + 2*btoi(row == 5)) }
	l.Skip = func(row int) bool { return row == 0 }
	l.Height = func(row int) float32 {
		return map[RowKind]float32{0: TimelineHeight, 1: MonthHeight, 2: GapHeight}[l.Kind(row)]
	}
	l.Create = func(k RowKind) fyne.CanvasObject {
		return []func() fyne.CanvasObject{
			func() fyne.CanvasObject { return NewTimelineRow() },
			func() fyne.CanvasObject { return NewMonthHead("") },
			func() fyne.CanvasObject { return NewTimelineGap() },
		}[k]()
	}
	l.Update = func(row int, o fyne.CanvasObject, current bool) {
		switch o := o.(type) {
		case *TimelineRow:
			o.Set(moments[row-1], current)
		case *MonthHead:
			o.Set("November")
		case *TimelineGap:
			o.Bar.Set(20, 7, "we broke the silence")
		}
	}
	l.Reload()
	l.Select(2)
	return l
}

func TestGapBarCountsDaysThenWeeks(t *testing.T) {
	for _, c := range []struct{ days, rhythm, all, open int }{
		{20, 7, 20, 7}, {30, 7, 30, 7}, {31, 7, 5, 1}, {5, 7, 5, 5}, {14, 0, 14, 0}, {800, 90, 52, 13},
	} {
		if all, open := NewGapBar(c.days, c.rhythm, "").Squares(); all != c.all || open != c.open {
			t.Errorf("%d days, rhythm %d: %d squares, %d open", c.days, c.rhythm, all, open)
		}
	}
}

func TestYearStripBrushStaysInsideTheYear(t *testing.T) {
	look(t, Light, 1)
	y := yearStrip()
	var from, to int
	y.OnBrush = func(f, tt int) { from, to = f, tt }
	shown(t, y, 520, StripHeight)
	test.TapAt(y, fyne.NewPos(1, 10))
	if from != 0 || to != 7 {
		t.Errorf("tap at the left: %d to %d", from, to)
	}
	y.TypedKey(&fyne.KeyEvent{Name: fyne.KeyLeft})
	y.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
	if from != 1 {
		t.Errorf("right: %d", from)
	}
	y.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(30, 5)}})
	y.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(900, 5)}})
	y.DragEnd()
	if to != 51 || to-from != 7 {
		t.Errorf("drag past the end: %d to %d", from, to)
	}
}

func TestDialAngles(t *testing.T) {
	for _, c := range []struct {
		dial     *Dial
		from, to float32
	}{
		{NewDial(0.5, "", ""), -120, 0}, {NewDial(2, "", ""), -120, 120}, {NewDial(-1, "", ""), -120, -120},
		{NewChangeDial(0.5, "", ""), 0, 60}, {NewChangeDial(-0.5, "", ""), -60, 0},
	} {
		if from, to := c.dial.angles(); from != c.from || to != c.to {
			t.Errorf("share %v: %v to %v", c.dial.Share, from, to)
		}
	}
}

func TestCountWritesThousands(t *testing.T) {
	for n, want := range map[int]string{0: "0", 999: "999", 1320: "1,320", 1234567: "1,234,567", -4218: "-4,218", -100: "-100"} {
		if got := count(n); got != want {
			t.Errorf("%d: %q", n, got)
		}
	}
}
