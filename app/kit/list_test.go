package kit

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
)

// rows is a list of n rows of 30, every tenth a heading of 20, in a window 300 high.
func rows(t *testing.T, n int) (*List, *int) {
	t.Helper()
	look(t, Light, 1)
	made := 0
	l := NewList()
	l.Count = func() int { return n }
	l.Kind = func(row int) RowKind { return RowKind(btoi(row%10 == 0)) }
	l.Skip = func(row int) bool { return row%10 == 0 }
	l.Height = func(row int) float32 {
		if row%10 == 0 {
			return 20
		}
		return 30
	}
	l.Create = func(k RowKind) fyne.CanvasObject { made++; return NewText(Body, "") }
	l.Update = func(row int, o fyne.CanvasObject, current bool) { o.(*Text).Set(fmt.Sprint("row ", row)) }
	l.Reload()
	win := shown(t, l, 200, 300)
	win.Canvas().Focus(l)
	return l, &made
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

func press1(l *List, k fyne.KeyName) { l.TypedKey(&fyne.KeyEvent{Name: k}) }

func TestListBuildsOnlyWhatIsSeen(t *testing.T) {
	l, made := rows(t, 100_000)
	for i := range 500 {
		l.ToOffset(float32(i * 4000))
	}
	if first, last := l.window(300); first < 60_000 || last-first > 12 {
		t.Errorf("rows %d to %d are in view", first, last)
	}
	if *made > 40 {
		t.Errorf("%d objects for 11 rows in view", *made)
	}
	for row, r := range l.shown {
		if got := r.content.(*Text).Text; got != fmt.Sprint("row ", row) {
			t.Errorf("row %d shows %q", row, got)
		}
	}
}

func TestListMovesByKeysAndSkipsHeadings(t *testing.T) {
	l, _ := rows(t, 100)
	for _, c := range []struct {
		key  fyne.KeyName
		want int
	}{
		{fyne.KeyUp, 1}, {fyne.KeyDown, 2}, {fyne.KeyEnd, 99}, {fyne.KeyDown, 99},
		{fyne.KeyHome, 1}, {fyne.KeyPageDown, 9}, {fyne.KeyDown, 11}, {fyne.KeyUp, 9}, {fyne.KeyPageUp, 1},
	} {
		press1(l, c.key)
		if l.Current() != c.want {
			t.Fatalf("after %s at %d, want %d", c.key, l.Current(), c.want)
		}
		top, bottom := l.top(l.current)-l.Offset(), l.ends[l.current]-l.Offset()
		if top < 0 || bottom > 300 {
			t.Fatalf("after %s the row is out of view: %v to %v", c.key, top, bottom)
		}
	}
}

func TestListCallsBack(t *testing.T) {
	l, _ := rows(t, 30)
	var said []string
	note := func(what string) func(int) {
		return func(row int) { said = append(said, fmt.Sprint(what, row)) }
	}
	l.OnMove, l.OnOpen, l.OnSpace = note("move"), note("open"), note("space")
	l.OnMenu = func(row int, at fyne.Position) { said = append(said, fmt.Sprint("menu", row)) }
	press1(l, fyne.KeyDown)
	press1(l, fyne.KeyReturn)
	press1(l, fyne.KeySpace)
	press1(l, fyne.KeyF10)
	l.KeyDown(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	press1(l, fyne.KeyF10)
	l.KeyUp(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	test.Tap(l.shown[4])
	test.Tap(l.shown[4])
	test.TapSecondary(l.shown[3])
	test.Tap(l.shown[0])
	want := "[move2 open2 space2 menu2 move4 open4 move3 menu3]"
	if fmt.Sprint(said) != want {
		t.Errorf("%v, want %v", said, want)
	}
}

func TestListGivesRunesToItsPage(t *testing.T) {
	l, _ := rows(t, 30)
	var page, own string
	fyne.CurrentApp().Driver().CanvasForObject(l).SetOnTypedRune(func(r rune) { page += string(r) })
	l.OnRune = func(r rune) bool {
		if r == 'j' {
			own += "j"
		}
		return r == 'j'
	}
	for _, r := range "jc b" {
		l.TypedRune(r)
	}
	if own != "j" || page != "cb" {
		t.Errorf("own %q, page %q", own, page)
	}
}

func TestListAsksForMoreOncePerEnd(t *testing.T) {
	l, _ := rows(t, 200)
	n, asked := 200, 0
	l.Count = func() int { return n }
	l.NearEnd = func() { asked++ }
	l.ToOffset(100)
	if asked != 0 {
		t.Fatal("asked at the beginning")
	}
	press1(l, fyne.KeyEnd)
	press1(l, fyne.KeyUp)
	if asked != 1 {
		t.Fatalf("asked %d times", asked)
	}
	n = 300
	l.Reload()
	press1(l, fyne.KeyEnd)
	if asked != 2 {
		t.Errorf("asked %d times after more came", asked)
	}
}

func TestListKeepsItsPlaceWhenRowsComeBefore(t *testing.T) {
	l, _ := rows(t, 100)
	l.Skip, l.Kind = nil, nil
	l.Height = func(int) float32 { return 30 }
	n := 100
	l.Count = func() int { return n }
	l.Reload()
	l.Select(50)
	before := l.top(50) - l.Offset()
	n = 105
	l.Keep(55)
	if l.Current() != 55 || l.top(55)-l.Offset() != before {
		t.Errorf("row %d at %v, was at %v", l.Current(), l.top(55)-l.Offset(), before)
	}
}

func TestListShrinksToNothing(t *testing.T) {
	l, _ := rows(t, 30)
	l.Select(20)
	l.Count = func() int { return 5 }
	l.Reload()
	if l.Current() != 4 || len(l.shown) != 5 {
		t.Errorf("at %d, %d shown", l.Current(), len(l.shown))
	}
	l.Count = func() int { return 0 }
	l.Reload()
	press1(l, fyne.KeyDown)
	press1(l, fyne.KeyPageDown)
	press1(l, fyne.KeyReturn)
	if l.Current() != -1 || len(l.shown) != 0 {
		t.Errorf("at %d, %d shown", l.Current(), len(l.shown))
	}
}

// TestAListThatIsResizedBeforeItIsReloaded shows the rows that there are, not those that
// it was told of last.
func TestAListThatIsResizedBeforeItIsReloaded(t *testing.T) {
	n := 0
	l, _ := rows(t, 0)
	l.Count = func() int { return n }
	l.Update = func(row int, o fyne.CanvasObject, _ bool) {
		if row >= n {
			t.Errorf("row %d of %d is asked for", row, n)
		}
		o.(*Text).Set(fmt.Sprint("row ", row, " of ", n))
	}
	for step, rows := range []int{50, 3, 20, 0} {
		n = rows
		l.Resize(fyne.NewSize(200, float32(200+10*step)))
		if first, last := l.window(l.Size().Height); last >= n || n > 0 && last < first {
			t.Errorf("of %d rows %d to %d are in view", n, first, last)
		}
		for row, r := range l.shown {
			if got := r.content.(*Text).Text; got != fmt.Sprint("row ", row, " of ", n) {
				t.Errorf("row %d of %d shows %q", row, n, got)
			}
		}
	}
}
