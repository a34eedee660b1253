package data

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestTouchOf(t *testing.T) {
	for name, c := range map[string]struct {
		i    Interaction
		want Side
	}{
		"our mail":        {Interaction{Direction: Out}, Us},
		"a meeting":       {Interaction{Kind: Meet}, Us},
		"their mail":      {Interaction{Direction: In, People: []Participant{annaFrom}}, Customer},
		"a partner's":     {Interaction{Direction: In, People: []Participant{leonIs}}, Partner},
		"nobody is named": {Interaction{Direction: In}, Customer},
	} {
		t.Run(name, func(t *testing.T) {
			if got := TouchOf(c.i); got.By != c.want {
				t.Errorf("by %q, want %q", got.By, c.want)
			}
		})
	}
}

func TestCountsAsTouch(t *testing.T) {
	for _, k := range []Kind{Mail, Meet, Call, Visit} {
		if !CountsAsTouch(Interaction{Kind: k}) || CountsAsTouch(Interaction{Kind: k, Cancelled: true}) {
			t.Errorf("a %s counts wrongly", k)
		}
	}
	if CountsAsTouch(Interaction{Kind: Note}) {
		t.Error("a note is no touch")
	}
}

func TestWeeks(t *testing.T) {
	got := Weeks([]Touch{
		{At: day(11, 17, 9, 0), By: Us}, {At: day(11, 16, 0, 0), By: Customer}, {At: day(11, 15, 23, 59), By: Partner},
		{At: day(11, 17, 9, 19), By: Us}, // ahead of now
		{At: day(10, 26, 0, 0), By: Us},  // before the first week
	}, 3, tuesday)
	want := []Week{{day(11, 2, 0, 0), 0, 0}, {day(11, 9, 0, 0), 0, 1}, {day(11, 16, 0, 0), 1, 1}}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("week %d is %+v, want %+v", i, got[i], want[i])
		}
	}
	sunday := time.Date(2026, 11, 22, 23, 0, 0, 0, time.UTC)
	if w := Weeks(nil, 1, sunday); !w[0].Start.Equal(day(11, 16, 0, 0)) {
		t.Errorf("Sunday's week begins %v", w[0].Start)
	}
}

func TestWeeksCountEachTouchOnce(t *testing.T) {
	zone := time.FixedZone("", -5*3600)
	rapid.Check(t, func(t *rapid.T) {
		now := tuesday.In(zone).Add(time.Duration(rapid.IntRange(0, 200).Draw(t, "now")) * time.Hour)
		hours := rapid.SliceOf(rapid.IntRange(0, 24*7*8)).Draw(t, "hours")
		var touches []Touch
		for _, h := range hours {
			touches = append(touches, Touch{At: now.Add(-time.Duration(h) * time.Hour), By: Us})
		}
		sum := 0
		for _, w := range Weeks(touches, 12, now) {
			sum += w.Ours + w.Theirs
		}
		if sum != len(touches) {
			t.Fatalf("%d of %d touches are counted", sum, len(touches))
		}
	})
}

func TestDecide(t *testing.T) {
	r := AccountRow{Account: Account{Tier: TierB}, Last: Interaction{At: day(10, 10, 9, 0)}}.Decide(DefaultRhythm, tuesday)
	if r.Rhythm != 21 || r.Pace != Late || !r.TouchDue.Equal(day(10, 31, 9, 0)) {
		t.Errorf("decided %d %q %v", r.Rhythm, r.Pace, r.TouchDue)
	}
	if r := (AccountRow{}).Decide(DefaultRhythm, tuesday); r.Pace != NeverMet || !r.TouchDue.IsZero() {
		t.Errorf("never spoken: %q, due %v", r.Pace, r.TouchDue)
	}
}
