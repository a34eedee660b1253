package data

import (
	"testing"
	"time"
)

func TestExchangeWords(t *testing.T) {
	for _, c := range []struct {
		name string
		e    Exchange
		want string
	}{
		{"nothing", Exchange{Times: 1}, "nothing new on either side"},
		{"nothing, often", Exchange{Times: 12}, "nothing new on either side, 12 times"},
		{"both ways", Exchange{Times: 1, Came: 3, Sent: 1}, "took 3 changes and gave 1 piece"},
		{"kept out and refused", Exchange{Times: 1, KeptOut: 1, Refused: 2}, "kept 1 change out and refused 2 pieces"},
		{"failed", Exchange{Times: 3, Problem: "the folder is not there"}, "failed: the folder is not there, 3 times"},
		{"failed midway", Exchange{Times: 1, Came: 2, Problem: "disk full"}, "took 2 changes, then failed: disk full"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := c.e.Words(); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestWhyPiecesWereRefusedIsSaid(t *testing.T) {
	one, more := []Count{{"its seal is broken", 3}}, []Count{{"its seal is broken", 1}, {"it is too large", 2}}
	for want, e := range map[string]Exchange{
		"": {}, "its seal is broken": {Refused: 3, Reasons: one}, "1 piece: its seal is broken; 2 pieces: it is too large": {Refused: 3, Reasons: more},
	} {
		if got := e.Why(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestExchangesInARowAreToldTogether(t *testing.T) {
	quiet, failed := Exchange{Way: ByFolder}, Exchange{Way: ByFolder, Problem: "no folder"}
	for _, c := range []struct {
		name string
		a, b Exchange
		want bool
	}{
		{"both quiet", quiet, quiet, true},
		{"failed alike", failed, failed, true},
		{"one failed", quiet, failed, false},
		{"failed otherwise", failed, Exchange{Way: ByFolder, Problem: "disk full"}, false},
		{"another way", quiet, Exchange{Way: ByBundle}, false},
		{"something came", quiet, Exchange{Way: ByFolder, Came: 1}, false},
		{"something came both times", Exchange{Came: 1}, Exchange{Came: 1}, false},
	} {
		if got := c.a.Like(c.b); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}

func TestWhenExchangesWere(t *testing.T) {
	now := time.Date(2026, 11, 17, 12, 0, 0, 0, time.UTC)
	at := func(day, hour int) time.Time { return time.Date(2026, 11, day, hour, 5, 0, 0, time.UTC) }
	for _, c := range []struct {
		e    Exchange
		want string
	}{
		{Exchange{At: at(17, 8), Until: at(17, 8), Times: 1}, "Today 08:05"},
		{Exchange{At: at(17, 8), Until: at(17, 10), Times: 4}, "Today 08:05 to 10:05"},
		{Exchange{At: at(3, 8), Until: at(17, 10), Times: 4}, DayAndClock(at(3, 8), now) + " to Today 10:05"},
	} {
		if got := c.e.When(now); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}

func TestCarriedBy(t *testing.T) {
	for place, want := range map[string]string{"folder:/x": ByFolder, "nats:tls://h/p": ByHub, "": ByBundle} {
		if got := CarriedBy(place); got != want {
			t.Errorf("%q: %s", place, got)
		}
	}
}
