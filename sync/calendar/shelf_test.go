package calendar

import (
	"context"
	"maps"
	"slices"
	"testing"

	"rapport/data"
)

// A server that lists an entry and then does not hand it over is asked for it
// again, though its token says that all was told; what it never lists again is not
// asked for for ever.
func TestAnEntryThatCouldNotBeHadIsAskedForAgain(t *testing.T) {
	source := &Source{Calendar: data.Calendar{ID: "cal", Name: "Work"}, Zone: berlin}
	held := map[string]string{"a.ics": "", "b.ics": ""}
	for name := range held {
		held[name] = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:" + name + "\r\nDTSTART:20260601T100000Z\r\nSUMMARY:" + name + "\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
	}
	missing := map[string]bool{"b.ics": true}
	var last cursor
	var asked []string
	read := func(c changes) data.Batch {
		t.Helper()
		asked = nil
		var got data.Batch
		sh := &shelf{Source: source, last: last, now: day("2026-05-01"), emit: func(b data.Batch) error { got = b; return nil }, texts: func(_ context.Context, names []string) (map[string]entry, error) {
			asked = append(asked, names...)
			texts := map[string]entry{}
			for _, n := range names {
				if !missing[n] {
					texts[n] = entry{"1", held[n]}
				}
			}
			return texts, nil
		}}
		if err := sh.take(context.Background(), c); err != nil {
			t.Fatal(err)
		}
		last = sh.next
		return got
	}
	all := func(whole bool, token string) changes {
		return changes{tags: map[string]string{"a.ics": "1", "b.ics": "1"}, whole: whole, done: func(c *cursor) { c.Token = token }}
	}
	first := read(all(true, "one"))
	if len(first.Meetings) != 1 || len(first.Odd) != 1 || last.Token != "" || !slices.Equal(slices.Sorted(maps.Keys(last.Items)), []string{"a.ics"}) {
		t.Fatalf("read %d meetings, said %q, remembers %q and %v", len(first.Meetings), first.Odd, last.Token, last.Items)
	}
	missing = nil
	second := read(all(true, "two"))
	if !slices.Equal(asked, []string{"b.ics"}) || len(second.Meetings) != 1 || last.Token != "two" {
		t.Errorf("the next reading asked for %v, read %d meetings, remembers %q", asked, len(second.Meetings), last.Token)
	}
	missing = map[string]bool{"b.ics": true}
	changed := changes{tags: map[string]string{"b.ics": "2"}, done: func(c *cursor) { c.Token = "three" }}
	if b := read(changed); last.Token != "two" || len(b.Lost) != 0 || last.Items["b.ics"].ETag != "1" {
		t.Errorf("of a change that could not be had it remembers %q, %v, lost %v", last.Token, last.Items["b.ics"], b.Lost)
	}
	missing = nil
	if read(changed); last.Token != "three" {
		t.Errorf("once it was had it remembers %q", last.Token)
	}
}
