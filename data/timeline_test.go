package data

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func one(name, email, part string, side Side) Participant {
	return Participant{Address: Address{Name: name, Email: email}, Part: part, Side: side}
}

var (
	mayaFrom = one("Maya Lindqvist", "maya@larkfield.example", "from", Us)
	mayaTo   = one("Maya Lindqvist", "maya@larkfield.example", "to", Us)
	mayaCc   = one("Maya Lindqvist", "maya@larkfield.example", "cc", Us)
	tomas    = one("Tomas Okafor", "tomas@larkfield.example", "to", Us)
	priya    = one("Priya Rao", "", "with", Us)
	annaFrom = one("Anna Kessler", "anna.kessler@kestrel.example", "from", Customer)
	annaTo   = one("Anna Kessler", "anna.kessler@kestrel.example", "to", Customer)
	piotrIs  = one("Piotr Malik", "piotr.malik@kestrel.example", "with", Customer)
	leonIs   = one("Leon Hobday", "leon@hobday.example", "with", Partner)
	you      = You{Name: "Maya Lindqvist", Addresses: map[string]bool{"maya@larkfield.example": true}}
)

func TestSecond(t *testing.T) {
	for name, c := range map[string]struct {
		i    Interaction
		want string
	}{
		"a mail to me":              {Interaction{Kind: Mail, Direction: In, People: []Participant{annaFrom, mayaTo}}, "Anna to you"},
		"a mail to me and others":   {Interaction{Kind: Mail, Direction: In, People: []Participant{annaFrom, tomas, mayaTo}}, "Anna to you, Tomas"},
		"a mail copied to me":       {Interaction{Kind: Mail, Direction: In, People: []Participant{annaFrom, tomas, mayaCc}}, "Anna to Tomas, copied to you"},
		"only copied":               {Interaction{Kind: Mail, Direction: In, People: []Participant{annaFrom, mayaCc}}, "Anna to you"},
		"a mail of mine":            {Interaction{Kind: Mail, Direction: Out, People: []Participant{mayaFrom, annaTo}}, "You to Anna"},
		"a mail to nobody":          {Interaction{Kind: Mail, People: []Participant{annaFrom}}, "Anna"},
		"a mail of nobody":          {Interaction{Kind: Mail}, "Nobody is named"},
		"a call by a colleague":     {Interaction{Kind: Call, Minutes: 14, People: []Participant{tomas, piotrIs}}, "Tomas called Piotr, 14 min"},
		"a call of theirs":          {Interaction{Kind: Call, Direction: In, People: []Participant{piotrIs, mayaTo}}, "Piotr called you"},
		"a call, nobody said whose": {Interaction{Kind: Call, People: []Participant{piotrIs}}, "Call with Piotr"},
		"a call with nobody":        {Interaction{Kind: Call, Minutes: 5}, "Call, 5 min"},
		"a meeting":                 {Interaction{Kind: Meet, Minutes: 60, At: day(11, 5, 14, 0), People: []Participant{priya, tomas, piotrIs, leonIs}}, "60 min · Priya, Tomas with Piotr, Leon"},
		"a long meeting":            {Interaction{Kind: Meet, Minutes: 270, People: []Participant{piotrIs}}, "4 h 30 min · With Piotr"},
		"a planned meeting":         {Interaction{Kind: Meet, Minutes: 60, At: day(11, 18, 14, 0), People: []Participant{mayaTo, annaTo}}, "Planned. Anna with you"},
		"a cancelled one":           {Interaction{Kind: Meet, Minutes: 60, Cancelled: true, People: []Participant{mayaTo, annaTo}}, "Cancelled · 60 min · You with Anna"},
		"a cancelled empty one":     {Interaction{Kind: Meet, Cancelled: true}, "Cancelled"},
		"my note":                   {Interaction{Kind: Note, People: []Participant{one("Maya Lindqvist", "", "by", Us)}}, "Note by you"},
		"a note":                    {Interaction{Kind: Note}, "Note"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := Second(c.i, you, tuesday); got != c.want {
				t.Errorf("Second = %q, want %q", got, c.want)
			}
		})
	}
}

// kestrelTimeline is a fortnight of mail after twenty quiet days.
func kestrelTimeline() []Interaction {
	return []Interaction{
		{ID: "review", Kind: Meet, At: day(11, 17, 10, 30), Minutes: 60, Subject: "Winter loan lighting review"},
		{ID: "agenda", Kind: Mail, Direction: In, At: day(11, 16, 17, 42), Thread: "t1", Subject: "Agenda", People: []Participant{annaFrom, mayaTo}},
		{ID: "reset", Kind: Call, At: day(11, 12, 15, 5), Minutes: 14, Subject: "Reset the dimmers", People: []Participant{tomas, piotrIs}},
		{ID: "re", Kind: Mail, Direction: Out, At: day(11, 12, 11, 18), Thread: "t2", Subject: "Re: Shimmer", People: []Participant{mayaFrom, annaTo}},
		{ID: "shimmer", Kind: Mail, Direction: In, At: day(11, 12, 9, 18), Thread: "t2", Subject: "Shimmer", People: []Participant{annaFrom, mayaTo}},
		{ID: "note", Kind: Note, At: day(11, 8, 0, 0), Preview: "Lenders decide"},
		{ID: "walk", Kind: Visit, At: day(11, 5, 14, 0), Minutes: 60, Subject: "Site walk"},
		{ID: "loan", Kind: Mail, Direction: In, At: day(10, 16, 11, 20), Subject: "Loan list", People: []Participant{annaFrom, mayaTo}},
	}
}

func drawing(rows []TimelineRow) string {
	var b strings.Builder
	for _, r := range rows {
		switch r.Kind {
		case RowMonth:
			b.WriteString("# " + r.Month)
		case RowSilence:
			b.WriteString("~ " + Counted(r.Silence.Days, "quiet day", "quiet days") + " " + r.Silence.Words())
		case RowItem:
			b.WriteString(strings.Join(strings.Fields(strings.Join([]string{r.Day, r.Clock, r.Title, r.In}, " ")), " ") + " | " + r.Second)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func TestLay(t *testing.T) {
	items := kestrelTimeline()
	got := drawing(Lay(items, Layout{
		Now: tuesday, Rhythm: 7, NewestPage: true, You: you,
		Waiting: []Waiting{{Owed: Owed{By: Us, Interaction: items[1], Since: items[1].At}}},
	}))
	want := `# November
Tue 17 10:30 Winter loan lighting review In 1 h 12 min | Planned.
Mon 16 17:42 Agenda | Anna to you · waiting 15 h for an answer
Thu 12 15:05 Reset the dimmers | Tomas called Piotr, 14 min
11:18 Re: Shimmer | You to Anna
09:18 Shimmer | Anna to you · answered in 2 h
Sun 8 Lenders decide | Note
Thu 5 14:00 Site walk | 60 min
~ 20 quiet days rhythm is 7 · we broke the silence
# October
Fri 16 11:20 Loan list | Anna to you
`
	if got != want {
		t.Errorf("laid out as\n%swant\n%s", got, want)
	}
}

func TestLaySilenceThatLasts(t *testing.T) {
	items := kestrelTimeline()[6:]
	now := day(11, 30, 9, 0)
	rows := Lay(items, Layout{Now: now, Rhythm: 7, NewestPage: true})
	if rows[0].Kind != RowSilence || rows[0].Silence.Days != 25 || rows[0].Silence.BrokenBy != "" {
		t.Errorf("the first row is %+v, want the silence that lasts", rows[0])
	}
	if n := silences(Lay(items, Layout{Now: now, Rhythm: 7})); n != 1 {
		t.Errorf("on a later page there are %d silences, want the one between its items", n)
	}
	for name, l := range map[string]Layout{
		"filtered":  {Now: now, Rhythm: 7, NewestPage: true, Filtered: true},
		"no rhythm": {Now: now, NewestPage: true},
	} {
		if n := silences(Lay(items, l)); n != 0 {
			t.Errorf("%s: %d silences are drawn", name, n)
		}
	}
	cancelled := Interaction{ID: "x", Kind: Meet, At: day(11, 25, 9, 0), Cancelled: true}
	rows = Lay(append([]Interaction{cancelled}, items...), Layout{Now: now, Rhythm: 7, NewestPage: true})
	if rows[0].Silence.Days != 25 {
		t.Errorf("a cancelled meeting broke the silence: %+v", rows[0])
	}
}

func silences(rows []TimelineRow) int {
	in, _ := parted(rows, func(r TimelineRow) bool { return r.Kind == RowSilence })
	return len(in)
}

func TestLayLosesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		offsets := rapid.SliceOf(rapid.IntRange(-4000, 800)).Draw(t, "hours")
		slices.SortFunc(offsets, func(a, b int) int { return b - a })
		var items []Interaction
		for n, h := range offsets {
			items = append(items, Interaction{
				ID: string(rune('A' + n)), At: tuesday.Add(time.Duration(h) * time.Hour),
				Kind: rapid.SampledFrom([]Kind{Mail, Meet, Call, Note}).Draw(t, "kind"),
			})
		}
		rhythm := rapid.IntRange(0, 30).Draw(t, "rhythm")
		rows := Lay(items, Layout{Now: tuesday, Rhythm: rhythm, NewestPage: true})
		var ids []string
		quiet := 0
		for _, r := range rows {
			switch r.Kind {
			case RowItem:
				ids = append(ids, r.Item.ID)
			case RowSilence:
				quiet++
				if r.Silence.Days <= rhythm {
					t.Fatalf("%d days are no silence in a rhythm of %d", r.Silence.Days, rhythm)
				}
			}
		}
		if want := mapped(items, func(i Interaction) string { return i.ID }); !slices.Equal(ids, want) {
			t.Fatalf("rows %q, want %q", ids, want)
		}
		touches, _ := parted(items, CountsAsTouch)
		if want := len(Silences(mapped(touches, TouchOf), rhythm, tuesday)); quiet != want {
			t.Fatalf("%d silences are drawn of %d", quiet, want)
		}
	})
}

func TestClockOf(t *testing.T) {
	for name, c := range map[string]struct {
		i    Interaction
		want string
	}{
		"a mail at midnight":  {Interaction{Kind: Mail, At: day(11, 17, 0, 0)}, "00:00"},
		"a call on a day":     {Interaction{Kind: Call, At: day(11, 17, 0, 0)}, ""},
		"a call at its time":  {Interaction{Kind: Call, At: day(11, 17, 14, 30)}, "14:30"},
		"a whole day's entry": {Interaction{Kind: Meet, AllDay: true, At: day(11, 17, 0, 0)}, "All day"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := clockOf(c.i, tuesday); got != c.want {
				t.Errorf("clock %q, want %q", got, c.want)
			}
		})
	}
}
