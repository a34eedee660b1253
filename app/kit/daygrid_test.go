package kit

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// someWeek is a week with every look of an entry, meetings beside each other and a long day.
func someWeek() (*GridHead, *DayGrid) {
	h := NewGridHead()
	h.Days = []GridDay{{Name: "Mon", Number: "16"}, {Name: "Tue", Number: "17", Today: true, Note: "4 h free"}, {Name: "Wed", Number: "18", Note: "6 h free"}}
	h.Bands = []GridBand{
		{Name: "All day", Cells: [][]GridChip{{{Text: "Trade fair, Lyon", Tone: Ours}}, {{Text: "Trade fair, Lyon", Tone: Ours, On: true}, {Text: "Birthday of somebody with a long name"}}, {{Text: "Called off", Struck: true}}}},
		{Name: "Touches due", Cells: [][]GridChip{nil, {{Icon: "phone", Text: "Hanna, 17 days late", Tone: Quiet}}, {{Icon: "mail", Text: "Brannock", Outlined: true}}}},
	}
	g := NewDayGrid()
	g.Days, g.To, g.NowDay, g.Now, g.NowText, g.On = 3, 14, 1, 558, "09:18", 1
	g.Blocks = []GridBlock{
		{Day: 0, From: 540, To: 565, Lanes: 1, Title: "Stand-up"},
		{Day: 1, From: 630, To: 690, Lanes: 1, Title: "Kestrel Museums", Second: "Winter loan review", Tier: "A", Icon: "book-open-text", Look: GridReady},
		{Day: 1, From: 720, To: 780, Lanes: 1, Title: "Quayside Ferries", Second: "Value review", Tier: "B", Icon: "book-open-text", Look: GridReady},
		{Day: 2, From: 540, To: 660, Lanes: 2, Title: "Brannock Brewing", Second: "Award visit", Tier: "B", Look: GridOpen},
		{Day: 2, From: 600, To: 630, Lane: 1, Lanes: 2, Title: "Pricing", Struck: true},
		{Day: 2, From: 630, To: 645, Lane: 1, Lanes: 2, Title: "A quarter of an hour"},
	}
	return h, g
}

func TestDayGrids(t *testing.T) {
	for name, c := range map[string]struct {
		look  Look
		scale float32
	}{"daygrid": {Light, 1}, "daygrid-dark": {Dark, 1}, "daygrid-large": {Light, 1.4}} {
		t.Run(name, func(t *testing.T) {
			look(t, c.look, c.scale)
			h, g := someWeek()
			golden(t, name, picture(NewStack(0, h, g), 640, h.MinSize().Height+g.MinSize().Height))
		})
	}
}

func TestDayGridFindsWhatIsUnderThePointer(t *testing.T) {
	look(t, Light, 1)
	_, g := someWeek()
	tapped, opened := -1, -1
	g.OnTap, g.OnOpen = func(i int) { tapped = i }, func(i int) { opened = i }
	shown(t, g, 640, g.MinSize().Height)
	for i := range g.Blocks {
		x, y, w, h := g.spot(i, g.Size())
		tapped, opened = -1, -1
		test.TapAt(g, fyne.NewPos(x+w/2, y+h/2))
		if i == g.On && opened != i || i != g.On && tapped != i {
			t.Errorf("on block %d: tapped %d, opened %d", i, tapped, opened)
		}
	}
	tapped, opened = -1, -1
	test.TapAt(g, fyne.NewPos(20, 100))
	if tapped != -1 || opened != -1 {
		t.Error("the hours are no meeting")
	}
}

func TestEntriesBesideEachOtherDoNotTouch(t *testing.T) {
	look(t, Light, 1)
	_, g := someWeek()
	shown(t, g, 640, g.MinSize().Height)
	for i := range g.Blocks {
		for j := range i {
			x, y, w, h := g.spot(i, g.Size())
			u, v, p, q := g.spot(j, g.Size())
			if x < u+p && u < x+w && y < v+q && v < y+h {
				t.Errorf("%q lies on %q", g.Blocks[i].Title, g.Blocks[j].Title)
			}
		}
	}
}

func TestGridHeadFindsDaysAndChips(t *testing.T) {
	look(t, Light, 1)
	h, _ := someWeek()
	var day int
	var chip [3]int
	h.OnDay, h.OnChip = func(d int) { day = d }, func(b, d, c int) { chip = [3]int{b, d, c} }
	shown(t, h, 640, h.MinSize().Height)
	x, w := gridColumn(1, 3, 640)
	test.TapAt(h, fyne.NewPos(x+w/2, 10))
	if day != 1 {
		t.Errorf("day %d", day)
	}
	test.TapAt(h, fyne.NewPos(x+w/2, 37+headRoom+headChips+2+5))
	if chip != [3]int{0, 1, 1} {
		t.Errorf("chip %v", chip)
	}
	test.TapAt(h, fyne.NewPos(x+w/2, 37+bandHeight(h.Bands[0])+1+headRoom+5))
	if chip != [3]int{1, 1, 0} {
		t.Errorf("chip %v", chip)
	}
}
