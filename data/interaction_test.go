package data

import (
	"reflect"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestEntryCheck(t *testing.T) {
	good := Entry{Kind: Call, Account: "km", At: tuesday, Text: "He agreed"}
	for name, c := range map[string]struct {
		change func(*Entry)
		field  string
	}{
		"complete":                       {func(*Entry) {}, ""},
		"a subject alone":                {func(e *Entry) { e.Text, e.Subject = "", "Night test" }, ""},
		"later today":                    {func(e *Entry) { e.At = tuesday.Add(23 * time.Hour) }, ""},
		"next week":                      {func(e *Entry) { e.At = tuesday.AddDate(0, 0, 7) }, "at"},
		"no time":                        {func(e *Entry) { e.At = time.Time{} }, "at"},
		"a mail cannot be logged":        {func(e *Entry) { e.Kind = Mail }, "kind"},
		"no account":                     {func(e *Entry) { e.Account = "" }, "account"},
		"no words":                       {func(e *Entry) { e.Text = " \n" }, "text"},
		"less than no time":              {func(e *Entry) { e.Minutes = -1 }, "minutes"},
		"years ago is when it was: fine": {func(e *Entry) { e.At = tuesday.AddDate(-9, 0, 0) }, ""},
	} {
		t.Run(name, func(t *testing.T) {
			e := good
			c.change(&e)
			complains(t, e.Check(tuesday), c.field)
		})
	}
}

func TestEntryFieldsRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := Entry{
			ID: "x", Kind: rapid.SampledFrom(Logged).Draw(t, "kind"), At: time.Unix(rapid.Int64Range(-1e9, 4e9).Draw(t, "at"), 0).UTC(),
			Minutes: rapid.IntRange(0, 600).Draw(t, "minutes"), Account: rapid.String().Draw(t, "account"), Subject: rapid.String().Draw(t, "subject"),
			Text: rapid.String().Draw(t, "text"), By: rapid.String().Draw(t, "by"),
		}
		for _, id := range []string{"c1", "c2", "c3"} {
			if rapid.Bool().Draw(t, id) {
				e.With = append(e.With, id)
			}
		}
		if got := EntryOf("x", e.Fields()); !reflect.DeepEqual(got, e) {
			t.Fatalf("came back as %#v, was %#v", got, e)
		}
		knowsAll(t, KindInteraction, e.Fields())
	})
}

func TestEntryOfWhatCannotBeRead(t *testing.T) {
	got := EntryOf("x", Fields{"kind": "call", "at": "yesterday", "minutes": "ten", "text": "He agreed"})
	if !reflect.DeepEqual(got, Entry{ID: "x", Kind: Call, Text: "He agreed"}) {
		t.Errorf("read as %+v", got)
	}
}

func TestPlanned(t *testing.T) {
	for at, want := range map[time.Time]bool{tuesday: false, tuesday.Add(time.Second): true, tuesday.Add(-time.Second): false} {
		if got := (Interaction{At: at}).Planned(tuesday); got != want {
			t.Errorf("at %v planned is %t", at, got)
		}
	}
}

func TestCounts(t *testing.T) {
	var counts []Count
	counts = AddCount(counts, "list", 2)
	counts = AddCount(counts, "bounce", 1)
	counts = AddCount(counts, "list", 3)
	if want := []Count{{"list", 5}, {"bounce", 1}}; !reflect.DeepEqual(counts, want) {
		t.Errorf("counts %v, want %v", counts, want)
	}
	if Sum(counts) != 6 || Sum(nil) != 0 {
		t.Errorf("sum %d", Sum(counts))
	}
}
