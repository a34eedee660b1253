package data

import "testing"

func TestLaptopsAreNamedByTheirPeople(t *testing.T) {
	for _, c := range []struct {
		name string
		nth  int
		want string
	}{
		{"Anna", 1, "Anna’s laptop"},
		{"Anna", 2, "Anna’s second laptop"},
		{"Anna", 9, "Anna’s ninth laptop"},
		{"Anna", 10, "Anna’s laptop 10"},
		{"", 0, "a laptop that nobody told of"},
	} {
		if got := LaptopOf(c.name, c.nth); got != c.want {
			t.Errorf("laptop %d of %q is %q, not %q", c.nth, c.name, got, c.want)
		}
	}
	if got := OwnLaptop(1); got != "your first laptop" {
		t.Errorf("our own first one is %q", got)
	}
}
