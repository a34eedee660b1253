package data

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestRhythmDays(t *testing.T) {
	for name, c := range map[string]struct {
		rhythm Rhythm
		tier   Tier
		want   int
	}{
		"A": {DefaultRhythm, TierA, 7}, "B": {DefaultRhythm, TierB, 21}, "C": {DefaultRhythm, TierC, 90},
		"no tier is as C":           {DefaultRhythm, "", 90},
		"one that is not set":       {Rhythm{TierC: 60}, TierA, 60},
		"no rhythm at all":          {nil, TierA, 90},
		"a senseless one is no one": {Rhythm{TierA: -1}, TierA, 90},
	} {
		t.Run(name, func(t *testing.T) {
			if got := c.rhythm.Days(c.tier); got != c.want {
				t.Errorf("%d days, want %d", got, c.want)
			}
		})
	}
}

func TestPaceOf(t *testing.T) {
	for name, c := range map[string]struct {
		days int
		want Pace
	}{
		"today": {0, OnTime}, "on the day": {7, OnTime}, "a day over": {8, Late}, "twice": {14, Late}, "beyond twice": {15, Quiet},
		"a touch ahead of now": {-3, OnTime},
	} {
		t.Run(name, func(t *testing.T) {
			if got := PaceOf(tuesday.AddDate(0, 0, -c.days), 7, tuesday); got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
	if got := PaceOf(time.Time{}, 7, tuesday); got != NeverMet {
		t.Errorf("never is %q", got)
	}
}

func paceRank(p Pace) int { return slices.Index([]Pace{OnTime, Late, Quiet}, p) }

func TestALaterContactNeverMakesThePaceWorse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rhythm := rapid.IntRange(1, 200).Draw(t, "rhythm")
		hours := rapid.IntRange(0, 20000).Draw(t, "hours")
		later := rapid.IntRange(0, hours).Draw(t, "later")
		old := PaceOf(tuesday.Add(-time.Duration(hours)*time.Hour), rhythm, tuesday)
		young := PaceOf(tuesday.Add(-time.Duration(later)*time.Hour), rhythm, tuesday)
		if paceRank(young) > paceRank(old) {
			t.Fatalf("%d h ago is %q, %d h ago is %q", hours, old, later, young)
		}
	})
}

func TestPaceIsRelativeToItsRhythm(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rhythm, gap, k := rapid.IntRange(1, 90).Draw(t, "rhythm"), rapid.IntRange(0, 300).Draw(t, "gap"), rapid.IntRange(1, 12).Draw(t, "factor")
		one := PaceOf(tuesday.AddDate(0, 0, -gap), rhythm, tuesday)
		many := PaceOf(tuesday.AddDate(0, 0, -gap*k), rhythm*k, tuesday)
		if one != many {
			t.Fatalf("%d days in %d is %q, times %d it is %q", gap, rhythm, one, k, many)
		}
	})
}

func TestDaysBetween(t *testing.T) {
	berlin := time.FixedZone("Berlin", 3600)
	for name, c := range map[string]struct {
		a, b time.Time
		want int
	}{
		"the same day":       {day(11, 17, 0, 0), day(11, 17, 23, 59), 0},
		"two minutes apart":  {day(11, 16, 23, 59), day(11, 17, 0, 1), 1},
		"backwards":          {day(11, 17, 0, 1), day(11, 16, 23, 59), -1},
		"in the zone of now": {day(11, 16, 23, 30), day(11, 17, 12, 0).In(berlin), 0},
		"over a leap day":    {time.Date(2024, 2, 28, 0, 0, 0, 0, time.UTC), time.Date(2024, 3, 1, 0, 0, 0, 0, time.UTC), 2},
	} {
		t.Run(name, func(t *testing.T) {
			if got := DaysBetween(c.a, c.b); got != c.want {
				t.Errorf("%d, want %d", got, c.want)
			}
		})
	}
}

func TestSilences(t *testing.T) {
	touches := []Touch{
		{At: day(11, 5, 14, 0), By: Us}, {At: day(10, 16, 11, 0), By: Customer}, {At: day(9, 1, 9, 0), By: Us},
		{At: day(12, 24, 9, 0), By: Us}, // ahead
		{At: day(10, 14, 9, 0), By: Partner},
		{},
	}
	var got []string
	for _, s := range Silences(touches, 7, tuesday) {
		got = append(got, ShortDate(s.From, tuesday)+" "+Counted(s.Days, "day", "days")+", "+s.Words())
	}
	want := []string{
		"5 Nov 12 days, rhythm is 7 · it still lasts",
		"16 Oct 20 days, rhythm is 7 · we broke the silence",
		"1 Sep 43 days, rhythm is 7 · a partner broke the silence",
	}
	if !slices.Equal(got, want) {
		t.Errorf("silences %q, want %q", got, want)
	}
	if (Silence{Rhythm: 7, BrokenBy: Customer}).Words() != "rhythm is 7 · they broke the silence" {
		t.Error("theirs is not said")
	}
	if n := len(Silences(touches, 0, tuesday)); n != 0 {
		t.Errorf("without a rhythm there are %d silences", n)
	}
	if n := len(Silences(nil, 7, tuesday)); n != 0 {
		t.Errorf("without a touch there are %d silences", n)
	}
}
