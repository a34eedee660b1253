package data

import (
	"fmt"
	"testing"
	"time"
)

// asked is a conversation that they began so many hours ago and we answered after
// so many hours; 0 for not yet.
func asked(n, hoursAgo, after int) []Moment {
	at := warmNow.Add(-time.Duration(hoursAgo) * time.Hour)
	list := []Moment{{ID: fmt.Sprint(n, "a"), At: at, Kind: Mail, Side: Customer, Thread: fmt.Sprint(n)}}
	if after > 0 {
		list = append(list, Moment{ID: fmt.Sprint(n, "b"), At: at.Add(time.Duration(after) * time.Hour), Kind: Mail, Side: Us, Thread: fmt.Sprint(n)})
	}
	return list
}

func TestResponsiveness(t *testing.T) {
	day := 24 * time.Hour
	join := func(lists ...[]Moment) (all []Moment) {
		for _, l := range lists {
			all = append(all, l...)
		}
		return all
	}
	for _, c := range []struct {
		name    string
		history []Moment
		words   string
	}{
		{"all answered", join(asked(1, 100, 2), asked(2, 200, 4), asked(3, 300, 30)), "answers in 4 h; 2 of 3 within 1 day"},
		{"what waits is not left out", join(asked(1, 1000, 2), asked(2, 900, 4), asked(3, 500, 0), asked(4, 400, 0)), "answers in 4 h; 2 of 4 within 1 day"},
		{"more wait than were answered", join(asked(1, 1000, 2), asked(2, 900, 0), asked(3, 500, 0)), "answers fewer than half; 1 of 3 within 1 day"},
		{"a mail of this hour says nothing yet", join(asked(1, 1000, 2), asked(2, 900, 4), asked(3, 800, 6), asked(4, 1, 0)), "answers in 4 h; 3 of 4 within 1 day"},
		{"too few", join(asked(1, 1000, 2), asked(2, 900, 4)), ""},
		{"longer than a year ago", join(asked(1, 9000, 2), asked(2, 9100, 4), asked(3, 9200, 4)), ""},
		{"nothing", nil, ""},
	} {
		if got := RespondsIn(c.history, true, day, warmNow).Words(day); got != c.words {
			t.Errorf("%s: %q, want %q", c.name, got, c.words)
		}
	}
	turn := append(asked(1, 100, 2), Moment{ID: "1c", At: warmNow.Add(-90 * time.Hour), Kind: Mail, Side: Customer, Thread: "1"})
	if r := RespondsIn(turn, true, day, warmNow); r.Asked != 1 || r.Answered != 1 {
		t.Errorf("a last word that wants no answer counts: %+v", r)
	}
	theirs := RespondsIn(join(asked(1, 100, 2), asked(2, 200, 4), asked(3, 300, 30)), false, day, warmNow)
	if theirs.Asked != 0 || theirs.Known {
		t.Errorf("we began nothing: %+v", theirs)
	}
}
