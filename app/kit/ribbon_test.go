package kit

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// TestRibbons draws a quiet day, days on which meetings overlap, and one in large letters.
func TestRibbons(t *testing.T) {
	for name, c := range map[string]struct {
		look  Look
		scale float32
	}{"ribbons": {Light, 1}, "ribbons-dark": {Dark, 1}, "ribbons-large": {Light, 1.6}} {
		t.Run(name, func(t *testing.T) {
			look(t, c.look, c.scale)
			days := NewStack(12)
			for _, blocks := range ribbonDays {
				d := NewDayRibbon(8, 18)
				d.Blocks, d.Now, d.NowText = blocks, 558, "09:18"
				days.Items = append(days.Items, d)
			}
			golden(t, name, picture(NewPad(12, 20, 12, 20, days), 828, 24+24+3*Scaled(RibbonHeight)))
		})
	}
}

var ribbonDays = [][]Block{
	{{From: 510, To: 538, Icon: "users"}, {From: 630, To: 690, Text: "Kestrel", Tone: Ours}, {From: 690, To: 720, Text: "Tern", Tone: Ours}, {From: 780, To: 780, Icon: "users"}},
	{{From: 510, To: 538, Icon: "users"}, {From: 600, To: 690, Text: "Kestrel Museums", Tone: Ours}, {From: 630, To: 720, Icon: "users", Lane: 1}, {From: 780, To: 840, Text: "Quayside", Tone: Ours}},
	{{From: 540, To: 720, Text: "Alder Vale", Tone: Ours}, {From: 570, To: 600, Icon: "users", Lane: 1}, {From: 615, To: 690, Text: "Quayside", Tone: Ours, Lane: 1}, {From: 630, To: 780, Text: "Northmoor", Tone: Ours, Lane: 2}, {From: 800, To: 840, Text: "Tern", Tone: Ours}},
}

func TestLanesAreCountedWhereMeetingsOverlap(t *testing.T) {
	for name, c := range map[string]struct {
		blocks []Block
		want   []int
	}{
		"none":             {nil, []int{}},
		"one after one":    {[]Block{{From: 60, To: 120}, {From: 120, To: 180}}, []int{1, 1}},
		"two at a time":    {[]Block{{From: 60, To: 120}, {From: 90, To: 150, Lane: 1}, {From: 200, To: 240}}, []int{2, 2, 1}},
		"a chain":          {[]Block{{From: 60, To: 120}, {From: 90, To: 150, Lane: 1}, {From: 130, To: 200}}, []int{2, 2, 2}},
		"later ones first": {[]Block{{From: 200, To: 240}, {From: 90, To: 150, Lane: 1}, {From: 60, To: 120}}, []int{1, 2, 2}},
		"without an end":   {[]Block{{From: 60, To: 60}, {From: 60, To: 90}}, []int{1, 1}},
	} {
		t.Run(name, func(t *testing.T) {
			if got := lanesOf(c.blocks); !slices.Equal(got, c.want) {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}

func TestLanesLieWithinTheRibbonBesideEachOther(t *testing.T) {
	look(t, Light, 1)
	for lanes := 1; lanes <= 8; lanes++ {
		end := float32(ribbonTop)
		for lane := range lanes {
			top, height := laneAt(lane, lanes)
			if top < end || height < 1 {
				t.Errorf("lane %d of %d: at %v, %v high, the one before ends at %v", lane, lanes, top, height, end)
			}
			end = top + height
		}
		if end > RibbonHeight {
			t.Errorf("%d lanes end at %v", lanes, end)
		}
	}
}

func TestRibbonFindsTheMeetingUnderThePointer(t *testing.T) {
	look(t, Light, 1)
	d := NewDayRibbon(8, 18)
	d.Blocks = []Block{{From: 600, To: 660}}
	hit := -1
	d.OnTap = func(i int) { hit = i }
	shown(t, d, 600, RibbonHeight)
	test.TapAt(d, fyne.NewPos(20, 40))
	if hit != -1 {
		t.Error("hit beside the meeting")
	}
	test.TapAt(d, fyne.NewPos(150, 40))
	if hit != 0 {
		t.Error("missed")
	}
	d.Blocks = []Block{{From: 600, To: 660}, {From: 600, To: 660, Lane: 1}}
	d.Refresh()
	for i, y := range []float32{28, 58} {
		test.TapAt(d, fyne.NewPos(150, y))
		if hit != i {
			t.Errorf("at %v: meeting %d, want %d", y, hit, i)
		}
	}
}
