package data

import (
	"fmt"
	"testing"
)

// talks is a history of so many days of contact, every so many days, the last so
// many days ago.
func talks(n, every, ago int) (list []Moment) {
	for i := range n {
		list = append(list, Moment{ID: fmt.Sprint(i), At: warmNow.AddDate(0, 0, -ago-i*every), Kind: Call})
	}
	return list
}

func TestARelationThatWentQuietBesideItsHabitIsLessAlive(t *testing.T) {
	histories := map[string][]Moment{}
	for i := range 60 { // of all habits, a third of them gone quiet
		ago := 2 + i%9
		if i%3 == 0 {
			ago = 120 + i
		}
		histories[fmt.Sprintf("c%02d", i)] = talks(3+i%8, 5+i%20, ago)
	}
	m, ok := FitHabit(histories, warmNow)
	if !ok {
		t.Fatal("too little is known")
	}
	lately, ok := m.AliveOf(talks(12, 7, 3), warmNow)
	quiet, ok2 := m.AliveOf(talks(12, 7, 90), warmNow)
	slow, ok3 := m.AliveOf(talks(12, 60, 90), warmNow)
	if !ok || !ok2 || !ok3 || !(quiet.Probability < slow.Probability && slow.Probability <= lately.Probability) {
		t.Errorf("lately %+v, quiet %+v, slow but as ever %+v", lately, quiet, slow)
	}
	for p, want := range map[float64]string{0.843: "84 % likely to go on, by 12 days of contact", 0.999: "over 99 % likely to go on, by 12 days of contact"} {
		if got := (Alive{Probability: p, Days: 11}).Words(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	if _, ok := m.AliveOf(talks(3, 7, 3), warmNow); ok {
		t.Error("three days of contact are no habit")
	}
	if _, ok := FitHabit(map[string][]Moment{"a": talks(9, 7, 3)}, warmNow); ok {
		t.Error("one contact is no team")
	}
}
