package change

import "testing"

func TestReady(t *testing.T) {
	have := Vector{"a": 2, "b": 5}
	for _, tt := range []struct {
		name string
		c    Change
		want bool
	}{
		{"the next of its log", Change{Dot: Dot{"a", 3}}, true},
		{"the first of a new log", Change{Dot: Dot{"c", 1}}, true},
		{"a duplicate", Change{Dot: Dot{"a", 2}}, false},
		{"one is missing before it", Change{Dot: Dot{"a", 4}}, false},
		{"not the first of a new log", Change{Dot: Dot{"c", 2}}, false},
		{"its deps are there", Change{Dot: Dot{"a", 3}, Deps: Vector{"b": 5}}, true},
		{"its deps are not there yet", Change{Dot: Dot{"a", 3}, Deps: Vector{"b": 6}}, false},
		{"its deps are of a log never seen", Change{Dot: Dot{"a", 3}, Deps: Vector{"c": 1}}, false},
		{"what it replaces is not there yet", Change{Dot: Dot{"a", 3}, Over: Vector{"b": 6}}, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := Ready(have, tt.c); got != tt.want {
				t.Errorf("ready: %v", got)
			}
		})
	}
}
