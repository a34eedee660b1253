package kit

import (
	"testing"

	"fyne.io/fyne/v2"
)

func TestSkillMatrixTellsWhatWasTapped(t *testing.T) {
	m := NewSkillMatrix()
	m.Heads = []string{"Hard talks", "Listening", "Price talk"}
	m.Rows = []SkillRow{{Name: "Maya"}, {Name: "Daniel"}}
	type cell struct{ row, column int }
	var got []cell
	m.OnCell = func(row, column int, _ fyne.Position) { got = append(got, cell{row, column}) }
	m.Resize(fyne.NewSize(skillName+2*skillColumn, 120)) // room for two of the three topics
	tap := func(x, y float32) { m.Tapped(&fyne.PointEvent{Position: fyne.NewPos(x, y)}) }
	tap(skillName+10, skillHead+5)
	tap(skillName+skillColumn+10, skillHead+skillRow+5)
	tap(skillName+2*skillColumn+15, skillHead+5) // finds no room
	tap(10, skillHead+5)                         // a name
	tap(skillName+10, 5)                         // a head
	tap(skillName+10, skillHead+2*skillRow+5)    // under the last row
	if len(got) != 2 || got[0] != (cell{0, 0}) || got[1] != (cell{1, 1}) {
		t.Errorf("tapped cells are %v", got)
	}
}
