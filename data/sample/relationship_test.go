package sample

import (
	"cmp"
	"strings"
	"testing"
	"time"

	"rapport/data"
)

func TestPartsCanBeKeptAndAreSomebodys(t *testing.T) {
	w := Make(Options{Accounts: 20})
	accounts, contacts, ids := map[string]bool{"": true}, map[string]bool{"": true}, map[string]bool{}
	for _, a := range w.Accounts {
		accounts[a.ID] = true
	}
	for _, c := range w.Contacts {
		contacts[c.ID] = true
	}
	for _, p := range w.Parts {
		b := p.Belonging()
		if err := p.Check(); err != nil {
			t.Errorf("%T %+v: %v", p, p, err)
		}
		if ids[b.ID] || b.ID == "" || b.RecordedAt.IsZero() || b.RecordedAt.After(w.days.at(0, "23:59")) || !accounts[b.Account] || !contacts[b.Contact] {
			t.Errorf("%T %+v", p, b)
		}
		ids[b.ID] = true
	}
}

// TestKestrelsPromises are those that the design's screens show.
func TestKestrelsPromises(t *testing.T) {
	w := Make(Options{})
	var list []data.Promise
	for _, p := range w.Parts {
		if q, ok := p.(data.Promise); ok && q.Account == w.Accounts[0].ID {
			list = append(list, q)
		}
	}
	now := w.days.at(0, "09:18")
	if got, want := data.KeptWords(list, now), "Kept on time this year: we 31 of 34, they 18 of 21"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	data.SortPromises(list, now)
	var open []string
	for _, p := range list {
		if p.Open() {
			open = append(open, p.What+", "+p.DueWords(now))
		}
	}
	want := []string{
		"Flicker measurement report, Hall 2, 4 days over", "Name the budget holder for Hall 3, 7 days over",
		"Lux and UV limits for loan objects, Tomorrow", "Dimmer sample for the conservation lab, Thu 19 Nov", "Invoices split by site, Tue 1 Dec",
	}
	if len(open) != len(want) {
		t.Fatalf("%q", open)
	}
	for i := range want {
		if open[i] != want[i] {
			t.Errorf("%q, want %q", open[i], want[i])
		}
	}
}

// TestNeedsLeadToTheirMail looks at the need that the museum wrote in a mail
// which is there.
func TestNeedsLeadToTheirMail(t *testing.T) {
	w := Make(Options{Mails: 1})
	sources := map[string]string{}
	for m := range w.Messages("box") {
		sources[data.InteractionIDOf(m.Message)] = m.Message.Text
	}
	found := 0
	for _, p := range w.Parts {
		if n, ok := p.(data.Need); ok && n.Interaction != "" {
			found++
			if !strings.Contains(sources[n.Interaction], n.Words) {
				t.Errorf("%q is not in the mail it leads to: %q", n.Words, sources[n.Interaction])
			}
		}
	}
	if found == 0 {
		t.Error("no need leads to a mail")
	}
}

// TestNothingIsKnownBeforeItWasSaid: a look back at a day finds only what had been
// said by then.
func TestNothingIsKnownBeforeItWasSaid(t *testing.T) {
	seen := 0
	for _, p := range Make(Options{}).Parts {
		fields := data.PartFields(p)
		day := cmp.Or(fields["on"], fields["reviewed"], fields["made"], fields["since"], fields["confirmed"])
		if _, session := p.(data.Session); day == "" || session && day > Today.Format(time.DateOnly) {
			continue // a session that is to come is known before its day
		}
		seen++
		if known := p.Belonging().RecordedAt.Format(time.DateOnly); known < day {
			t.Errorf("%T %+v of %s is known since %s", p, p, day, known)
		}
	}
	if seen < 40 {
		t.Errorf("only %d parts say when they were said", seen)
	}
}
