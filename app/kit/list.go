package kit

import (
	"sort"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// RowKind tells rows apart that are built differently; objects are reused only within a kind.
type RowKind int

// List shows any number of rows of different kinds and heights, of which it builds only those that
// are seen. One row is the current one; it is moved by keys and pointer, and kept while rows come
// and go.
//
// widget.List is not used because it keeps free room between rows, knows one kind of row, walks all
// heights at every scroll, and answers few keys.
type List struct {
	widget.BaseWidget

	// Count is how many rows there are.
	Count func() int
	// Kind is the kind of a row; nil means all are of kind 0.
	Kind func(row int) RowKind
	// Height is how high a row is; it is asked once per row and Reload.
	Height func(row int) float32
	// Create builds the object of a kind, without contents.
	Create func(kind RowKind) fyne.CanvasObject
	// Update fills an object with a row. current says whether the row is the current one.
	Update func(row int, o fyne.CanvasObject, current bool)
	// Skip says which rows cannot be the current one: headings. nil means none.
	Skip func(row int) bool

	OnMove  func(row int)                   // the current row changed
	OnOpen  func(row int)                   // Enter, or a second tap on the current row
	OnSpace func(row int)                   // Space
	OnMenu  func(row int, at fyne.Position) // right click or Shift+F10; at is on the canvas
	OnRune  func(r rune) bool               // true means it was used; else the page gets it
	OnKey   func(e *fyne.KeyEvent) bool     // before the list's own keys; true means it was used
	NearEnd func()                          // the last rows came into view: read more; once per Count

	// Free is the room that the ground of a row leaves free within it, before Inset; nil means none.
	Free func(row int) Room

	Inset     float32 // how far the ground of the current row stays from the sides
	Square    bool    // the ground of the current row has no round corners
	Shy       bool    // the current row is marked only while the list has the focus
	Rules     bool    // a hairline under every row that is not a heading
	OpenOnTap bool    // the first tap opens already

	current int
	hovered int
	focused bool
	byKey   bool // the focus came with Tab, so the ring is shown
	shift   bool
	tapped  bool
	asked   int // Count when NearEnd was called last
	ends    []float32
	scroll  *view
	body    *listBody
	pool    map[RowKind][]*listRow
	shown   map[int]*listRow
}

// Room is free room inside the edges of something.
type Room struct{ Top, Right, Bottom, Left float32 }

// NewList returns a list without rows; set its callbacks, then Reload.
func NewList() *List {
	l := &List{current: -1, hovered: -1, asked: -1, Rules: true,
		pool: map[RowKind][]*listRow{}, shown: map[int]*listRow{}}
	l.body = &listBody{list: l}
	l.body.ExtendBaseWidget(l.body)
	l.scroll = newView(l.body)
	l.scroll.OnScrolled = func(fyne.Position) { l.body.show(false) }
	l.ExtendBaseWidget(l)
	return l
}

// Reload reads Count, kinds and heights again and refills what is seen. The current row stays at
// its number, or moves to the last row there is.
func (l *List) Reload() {
	l.measureRows()
	l.current = l.nearest(l.current)
	l.scroll.Refresh()
	l.body.show(true)
}

// Keep reloads after rows were added before or taken from before the current one: row is its new
// number, and what is seen does not move on the screen.
func (l *List) Keep(row int) {
	old := l.current
	top := l.top(old) - l.scroll.Offset.Y
	l.measureRows()
	l.current = l.nearest(row)
	l.scroll.Refresh()
	if old >= 0 && l.current >= 0 {
		l.scrollTo(l.top(l.current) - top)
	}
	l.body.show(true)
}

// RefreshRow fills one row again, if it is seen.
func (l *List) RefreshRow(row int) {
	if r, ok := l.shown[row]; ok {
		l.fill(r, row)
	}
}

// Current is the number of the current row, -1 when there is none.
func (l *List) Current() int { return l.current }

// Select makes a row the current one, brings it into view and calls OnMove when it changed.
// A row that cannot be current stands for the one after it.
func (l *List) Select(row int) {
	l.set(l.nearest(row))
}

// Next moves to the next row that can be current; after an action, call it with 1.
func (l *List) Next(step int) {
	if row, ok := l.step(l.current, step); ok {
		l.set(row)
	}
}

// Offset is how far down the list is scrolled, to come back to it.
func (l *List) Offset() float32 { return l.scroll.Offset.Y }

// ToOffset scrolls to an offset.
func (l *List) ToOffset(y float32) { l.scrollTo(y) }

func (l *List) scrollTo(y float32) {
	l.scroll.ScrollToOffset(fyne.NewPos(0, max(y, 0)))
	l.body.show(false)
}

// ShowRow scrolls as little as is needed to see a row.
func (l *List) ShowRow(row int) {
	if row < 0 || row >= len(l.ends) || l.scroll.Size().Height <= 0 {
		return
	}
	top, bottom := l.top(row), l.ends[row]
	if row > 0 && l.skips(row-1) { // keep the heading in view
		top = l.top(row - 1)
	}
	y, h := l.scroll.Offset.Y, l.scroll.Size().Height
	switch {
	case top < y:
		y = top
	case bottom > y+h:
		y = bottom - h
	default:
		return
	}
	l.scrollTo(y)
}

// Take gives the list the focus without showing the ring, as when its page opens.
func (l *List) Take() {
	if c := fyne.CurrentApp().Driver().CanvasForObject(l); c != nil {
		l.tapped = true
		c.Focus(l)
		l.tapped = false
	}
}

// CreateRenderer lays out the scrolling view.
func (l *List) CreateRenderer() fyne.WidgetRenderer {
	least := func() fyne.Size { return fyne.NewSize(64, 64) }
	place := func(s fyne.Size) {
		put(l.scroll, 0, 0, s.Width, s.Height)
		l.body.show(false)
	}
	f := newFace(l, least, place, nil, l.scroll)
	f.paint = func() {
		l.measureRows()
		l.body.show(true)
	}
	l.measureRows()
	return f
}

// FocusGained shows the ring when the focus came by key.
func (l *List) FocusGained() {
	l.focused, l.byKey = true, !l.tapped
	if l.current < 0 {
		l.set(l.nearest(0))
	}
	l.RefreshRow(l.current)
}

// FocusLost hides the ring.
func (l *List) FocusLost() {
	l.focused, l.byKey, l.shift = false, false, false
	l.RefreshRow(l.current)
}

// KeyDown notes Shift, for Shift+F10.
func (l *List) KeyDown(e *fyne.KeyEvent) { l.shifted(e, true) }

// KeyUp notes Shift.
func (l *List) KeyUp(e *fyne.KeyEvent) { l.shifted(e, false) }

func (l *List) shifted(e *fyne.KeyEvent, down bool) {
	if e.Name == desktop.KeyShiftLeft || e.Name == desktop.KeyShiftRight {
		l.shift = down
	}
}

// TypedRune hands on what is typed: to OnRune, then to the page.
func (l *List) TypedRune(r rune) {
	if r == ' ' || l.OnRune != nil && l.OnRune(r) {
		return
	}
	strayRune(l, r)
}

// TypedKey moves the current row, opens it, and hands on all other keys.
func (l *List) TypedKey(e *fyne.KeyEvent) {
	if l.OnKey != nil && l.OnKey(e) {
		return
	}
	switch e.Name {
	case fyne.KeyDown:
		l.Next(1)
	case fyne.KeyUp:
		l.Next(-1)
	case fyne.KeyHome:
		l.Select(0)
		l.scrollTo(0)
	case fyne.KeyEnd:
		l.set(l.before(len(l.ends) - 1))
	case fyne.KeyPageDown:
		l.page(1)
	case fyne.KeyPageUp:
		l.page(-1)
	case fyne.KeyReturn, fyne.KeyEnter:
		l.call(l.OnOpen)
	case fyne.KeySpace:
		l.call(l.OnSpace)
	case desktop.KeyMenu:
		l.menuHere()
	case fyne.KeyF10:
		if l.shift {
			l.menuHere()
			return
		}
		strayKey(l, e)
	default:
		strayKey(l, e)
	}
}

func (l *List) call(f func(int)) {
	if f != nil && l.current >= 0 {
		f(l.current)
	}
}

func (l *List) menuHere() {
	if l.OnMenu == nil || l.current < 0 {
		return
	}
	l.OnMenu(l.current, l.Below())
}

// Below is the place on the canvas under the current row, which it brings into
// view, for a menu.
func (l *List) Below() fyne.Position {
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(l)
	if l.current < 0 || l.current >= len(l.ends) {
		return at
	}
	l.ShowRow(l.current)
	return at.AddXY(24, l.ends[l.current]-l.scroll.Offset.Y)
}

// page moves by as many rows as are seen.
func (l *List) page(direction int) {
	if len(l.ends) == 0 {
		return
	}
	from := max(l.current, 0)
	y := l.top(from) + float32(direction)*max(l.scroll.Size().Height-l.rowHeight(from), 1)
	row := l.at(y)
	if direction > 0 {
		row = l.before(max(row, min(from+1, len(l.ends)-1)))
	} else {
		row = l.nearest(min(row, max(from-1, 0)))
	}
	l.set(row)
}

func (l *List) set(row int) {
	if row < 0 {
		return
	}
	old := l.current
	l.current = row
	l.ShowRow(row)
	if old == row {
		return
	}
	l.RefreshRow(old)
	l.RefreshRow(row)
	if l.OnMove != nil {
		l.OnMove(row)
	}
}

// step is the next row that can be current, in a direction.
func (l *List) step(from, direction int) (int, bool) {
	for row := from + direction; row >= 0 && row < len(l.ends); row += direction {
		if !l.skips(row) {
			return row, true
		}
	}
	return 0, false
}

// nearest is the row itself, or the first after it, or the last before it, that can be current;
// -1 when there is none. A row of -1 stays so.
func (l *List) nearest(row int) int {
	if row < 0 || len(l.ends) == 0 {
		return -1
	}
	row = min(row, len(l.ends)-1)
	if !l.skips(row) {
		return row
	}
	if next, ok := l.step(row, 1); ok {
		return next
	}
	return l.before(row)
}

// before is the row itself or the last before it that can be current, -1 when there is none.
func (l *List) before(row int) int {
	if row >= 0 && !l.skips(row) {
		return row
	}
	if last, ok := l.step(row, -1); ok {
		return last
	}
	return -1
}

func (l *List) skips(row int) bool { return l.Skip != nil && l.Skip(row) }

func (l *List) kind(row int) RowKind {
	if l.Kind == nil {
		return 0
	}
	return l.Kind(row)
}

func (l *List) measureRows() {
	n := 0
	if l.Count != nil && l.Height != nil {
		n = l.Count()
	}
	l.ends = l.ends[:0]
	y := float32(0)
	for row := range n {
		y += l.Height(row)
		l.ends = append(l.ends, y)
	}
	if n < l.asked {
		l.asked = -1
	}
	l.body.height = y
}

func (l *List) top(row int) float32 {
	if row <= 0 || row > len(l.ends) {
		return 0
	}
	return l.ends[row-1]
}

func (l *List) rowHeight(row int) float32 { return l.ends[row] - l.top(row) }

// at is the row that covers a height, the last one when it lies below all.
func (l *List) at(y float32) int {
	return min(sort.Search(len(l.ends), func(i int) bool { return l.ends[i] > y }), len(l.ends)-1)
}

func (l *List) fill(r *listRow, row int) {
	r.row = row
	l.Update(row, r.content, l.marked(row))
	r.Refresh()
}

// marked says whether a row is drawn as the current one.
func (l *List) marked(row int) bool { return row == l.current && (l.focused || !l.Shy) }

func (l *List) take(kind RowKind) *listRow {
	if free := l.pool[kind]; len(free) > 0 {
		r := free[len(free)-1]
		l.pool[kind] = free[:len(free)-1]
		return r
	}
	r := &listRow{list: l, kind: kind, content: l.Create(kind)}
	r.ExtendBaseWidget(r)
	return r
}

// pressed is what a tap on a row does.
func (l *List) pressed(row int) {
	if l.skips(row) {
		return
	}
	again := row == l.current
	l.tapped = true
	if c := fyne.CurrentApp().Driver().CanvasForObject(l); c != nil {
		c.Focus(l)
	}
	l.tapped, l.byKey = false, false
	l.set(row)
	l.RefreshRow(row)
	if again || l.OpenOnTap {
		l.call(l.OnOpen)
	}
}

func (l *List) hover(row int) {
	old := l.hovered
	l.hovered = row
	for _, r := range []int{old, row} {
		if shown, ok := l.shown[r]; ok {
			shown.Refresh()
		}
	}
}

// nearEnd asks for more rows when the last screenful came into view.
func (l *List) nearEnd() {
	n := len(l.ends)
	if l.NearEnd == nil || n == 0 || l.asked == n {
		return
	}
	if l.scroll.Offset.Y+2*l.scroll.Size().Height >= l.ends[n-1] {
		l.asked = n
		l.NearEnd()
	}
}

// listBody is as high as all rows together and holds those that are seen.
type listBody struct {
	widget.BaseWidget
	list   *List
	height float32
	face   *face
	busy   bool
}

func (b *listBody) CreateRenderer() fyne.WidgetRenderer {
	least := func() fyne.Size { return fyne.NewSize(0, b.height) }
	b.face = newFace(b, least, func(fyne.Size) { b.show(false) }, nil)
	return b.face
}

// show puts the rows that are seen in place; all of them are filled again when all is set.
func (b *listBody) show(all bool) {
	l := b.list
	h := l.scroll.Size().Height
	if b.busy || h <= 0 || l.Create == nil {
		return
	}
	b.busy = true
	if l.Count != nil && l.Count() != len(l.ends) { // its rows changed, and nobody said so yet
		l.measureRows()
		all = true
	}
	first, last := l.window(h)
	for row, r := range l.shown {
		if row < first || row > last || r.kind != l.kind(row) {
			delete(l.shown, row)
			l.pool[r.kind] = append(l.pool[r.kind], r)
		}
	}
	var objects []fyne.CanvasObject
	for row := first; row <= last; row++ {
		objects = append(objects, b.placed(row, all))
	}
	if b.face != nil {
		b.face.objects = objects
		canvas.Refresh(b)
	}
	b.busy = false
	l.nearEnd()
}

func (b *listBody) placed(row int, again bool) *listRow {
	l := b.list
	r, ok := l.shown[row]
	if !ok {
		r = l.take(l.kind(row))
		l.shown[row] = r
	}
	if !ok || again {
		l.fill(r, row)
	}
	put(r, 0, l.top(row), l.scroll.Size().Width, l.rowHeight(row))
	return r
}

// window is the first and last row seen, last < first when there is none.
func (l *List) window(h float32) (first, last int) {
	if len(l.ends) == 0 {
		return 0, -1
	}
	y := min(l.scroll.Offset.Y, max(l.ends[len(l.ends)-1]-h, 0))
	return l.at(y), l.at(y + h)
}

// listRow is a row's ground, its content, its hairline and the ring.
type listRow struct {
	widget.BaseWidget
	list               *List
	kind               RowKind
	row                int
	content            fyne.CanvasObject
	ground, ring, rule *canvas.Rectangle
}

func (r *listRow) CreateRenderer() fyne.WidgetRenderer {
	r.ground, r.ring, r.rule = box(6), newRing(), box(0)
	least := func() fyne.Size { return r.content.MinSize() }
	return newFace(r, least, r.place, r.paint, r.rule, r.ground, r.content, r.ring)
}

func (r *listRow) place(s fyne.Size) {
	in := r.list.Inset
	var free Room
	if r.list.Free != nil {
		free = r.list.Free(r.row)
	}
	for _, o := range []*canvas.Rectangle{r.ground, r.ring} {
		put(o, in+free.Left, free.Top, s.Width-2*in-free.Left-free.Right, s.Height-free.Top-free.Bottom)
	}
	put(r.rule, in, s.Height-1, s.Width-2*in, 1)
	put(r.content, 0, 0, s.Width, s.Height)
}

func (r *listRow) paint() {
	l := r.list
	fill(r.ground, Clear, Clear, 0)
	switch {
	case l.skips(r.row):
	case l.marked(r.row):
		fill(r.ground, AccentSoft, Clear, 0)
	case r.row == l.hovered:
		fill(r.ground, Hover, Clear, 0)
	}
	if l.Square {
		r.ground.CornerRadius = 0
	}
	fill(r.rule, Hair, Clear, 0)
	r.rule.Hidden = !l.Rules || l.skips(r.row)
	fill(r.ring, Clear, Accent, 2)
	r.ring.CornerRadius = r.ground.CornerRadius
	r.ring.Hidden = !(l.focused && l.byKey && r.row == l.current)
}

func (r *listRow) Tapped(*fyne.PointEvent) { r.list.pressed(r.row) }

func (r *listRow) TappedSecondary(e *fyne.PointEvent) {
	l := r.list
	if l.skips(r.row) {
		return
	}
	l.set(r.row)
	if l.OnMenu != nil {
		l.OnMenu(r.row, e.AbsolutePosition)
	}
}

func (r *listRow) MouseIn(*desktop.MouseEvent)    { r.list.hover(r.row) }
func (r *listRow) MouseMoved(*desktop.MouseEvent) {}
func (r *listRow) MouseOut() {
	if r.list.hovered == r.row {
		r.list.hover(-1)
	}
}
