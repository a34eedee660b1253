package data

import (
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestFilters(t *testing.T) {
	entry := func(name string, change func(*AccountEntry)) AccountEntry {
		e := AccountEntry{AccountRow: AccountRow{Account: Account{ID: name, Name: name, Tier: TierB, Owner: "Elin Sandvik"}}, Known: true, Stand: AccountStand{Band: Warm}}
		change(&e)
		return e
	}
	list := []AccountEntry{
		entry("Kestrel Museums", func(e *AccountEntry) {
			e.Tier, e.Owner, e.Sector = TierA, "Maya Lindqvist", "Culture, 4 sites"
			e.Stand = AccountStand{Band: Cooling, Stage: StageTrust, Ours: 3, OursLate: 1, NeverMet: 1}
			e.Next = Occurrence{ID: "m", Start: tuesday.AddDate(0, 0, 2)}
			e.Last.At = tuesday.AddDate(0, 0, -1)
		}),
		entry("Saltmarsh Dairy", func(e *AccountEntry) {
			e.Stand = AccountStand{Band: Cold, Stage: StageKnow, OneThread: true, Theirs: 1, Touch: Touchpoint{Due: tuesday.AddDate(0, 0, -3)}}
			e.Last.At, e.Domains = tuesday.AddDate(0, 0, -40), []string{"saltmarsh.example"}
		}),
		entry("Fenwick", func(e *AccountEntry) {
			e.Tier, e.Owner, e.Mode, e.Care = "", "", WindDown, Transactional
			e.Stand.Band = NeverSpoke
		}),
		entry("Not measured", func(e *AccountEntry) { e.Known, e.Stand = false, AccountStand{} }),
	}
	for where, want := range map[string]string{
		"":                                    "Kestrel Museums, Saltmarsh Dairy, Fenwick, Not measured",
		"tier:A":                              "Kestrel Museums",
		"TIER:a,none":                         "Kestrel Museums, Fenwick",
		"-tier:B":                             "Kestrel Museums, Fenwick",
		"warmth:cooling,cold":                 "Kestrel Museums, Saltmarsh Dairy",
		"warmth:never":                        "Fenwick",
		"-warmth:warm":                        "Kestrel Museums, Saltmarsh Dairy, Fenwick",
		"stage:trust":                         "Kestrel Museums",
		"owner:me":                            "Kestrel Museums",
		"owner:none":                          "Fenwick",
		`owner:"maya lind"`:                   "Kestrel Museums",
		"mode:wind-down care:transactional":   "Fenwick",
		"promise:overdue":                     "Kestrel Museums",
		"promise:theirs":                      "Saltmarsh Dairy",
		"decider:never-met":                   "Kestrel Museums",
		"thread:one":                          "Saltmarsh Dairy",
		"touch:due":                           "Saltmarsh Dairy",
		"no-meeting:1":                        "Kestrel Museums, Saltmarsh Dairy, Fenwick, Not measured",
		"no-meeting:30d -tier:none":           "Saltmarsh Dairy, Not measured",
		"no-touch:30d warmth:cold":            "Saltmarsh Dairy",
		"museums culture":                     "Kestrel Museums",
		"saltmarsh.example":                   "Saltmarsh Dairy",
		`"4 sites" tier:A`:                    "Kestrel Museums",
		"tier:A warmth:cooling no-meeting:1d": "Kestrel Museums",
	} {
		f, err := ParseFilter(where)
		if err != nil {
			t.Errorf("%s: %v", where, err)
			continue
		}
		var got []string
		for _, e := range list {
			if f.Keeps(e, FilterContext{Now: tuesday, User: "Maya Lindqvist"}) {
				got = append(got, e.Name)
			}
		}
		if s := strings.Join(got, ", "); s != want {
			t.Errorf("%s keeps %s, want %s", where, s, want)
		}
	}
}

func TestFiltersThatCannotBeRead(t *testing.T) {
	for where, want := range map[string]string{
		"teir:A":          `"teir" is no word of a filter; use one of tier, warmth, stage, owner, mode, care, promise, decider, thread, touch, no-meeting, no-touch`,
		"tier:D":          `tier cannot be "D"; use A, B, C, none`,
		"tier:":           "say what tier is to be, like tier:A",
		"no-meeting:soon": `"soon" is no number of days; write it like no-meeting:30d`,
		`owner:"Maya`:     `a quote in "owner:\"Maya" is not closed`,
	} {
		_, err := ParseFilter(where)
		var bad *Invalid
		if !errors.As(err, &bad) || bad.Says != want {
			t.Errorf("%s: %v, want %s", where, err, want)
		}
	}
}

func TestAFilterIsWrittenAsItIsRead(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var pieces []string
		for range rapid.IntRange(0, 5).Draw(t, "terms") {
			k := rapid.SampledFrom(filterKeys).Draw(t, "word")
			value := rapid.SampledFrom([]string{"me", "maya lind", "none"}).Draw(t, "name")
			switch {
			case k.days:
				value = rapid.SampledFrom([]string{"1d", "30", "365d"}).Draw(t, "days")
			case k.values != nil:
				value = rapid.SampledFrom(k.values).Draw(t, "value") + "," + rapid.SampledFrom(k.values).Draw(t, "other")
			}
			pieces = append(pieces, rapid.SampledFrom([]string{"", "-"}).Draw(t, "not")+k.name+`:"`+value+`"`)
		}
		pieces = append(pieces, rapid.SampledFrom([]string{"", "museum", `"two words"`}).Draw(t, "free"))
		f, err := ParseFilter(strings.Join(pieces, " "))
		if err != nil {
			t.Fatal(err)
		}
		again, err := ParseFilter(f.String())
		if err != nil || again.String() != f.String() {
			t.Fatalf("%q is read as %q, %v", f.String(), again.String(), err)
		}
	})
}

func FuzzParseFilter(f *testing.F) {
	for _, s := range []string{"tier:A", `owner:"a b" x`, "-:", `"`, "no-touch:9999d", "東京 ㌬"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got, err := ParseFilter(s)
		if err != nil {
			return
		}
		again, err := ParseFilter(got.String())
		if err != nil || again.String() != got.String() {
			t.Errorf("%q: %q, then %q, %v", s, got.String(), again.String(), err)
		}
	})
}
