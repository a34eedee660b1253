package store

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"rapport/data"
)

// happened is an interaction as the tables have it.
type happened struct {
	n, at                   int64
	kind, direction, thread string
	automated               string
	cancelled               bool
	people                  []took
}

// took is a person's row in it.
type took struct {
	place                                    int
	name, email, part, side, contact, answer string
}

// anythingHappened draws interactions of several chunks, in the order of their numbers.
// Names hold what ends a line of the packing.
func anythingHappened(t *rapid.T) (list []happened) {
	numbers := rapid.SliceOfNDistinct(rapid.Int64Range(0, 3*interactionsAtOnce), 0, 12, rapid.ID).Draw(t, "numbers")
	slices.Sort(numbers)
	for _, n := range numbers {
		h := happened{
			n: n, at: rapid.Int64Range(1, 1000).Draw(t, "at"),
			kind:      rapid.SampledFrom([]string{"mail", "mail", "mail", "meeting", "call", "note"}).Draw(t, "kind"),
			direction: rapid.SampledFrom([]string{"in", "out"}).Draw(t, "direction"), thread: rapid.SampledFrom([]string{"", "a", "b"}).Draw(t, "thread"),
			automated: rapid.SampledFrom([]string{"", "", "", "a list"}).Draw(t, "automated"), cancelled: rapid.IntRange(0, 5).Draw(t, "cancelled") == 0,
		}
		parts := []string{"attendee", "with"}
		if h.kind == "mail" {
			parts = []string{"to", "cc", "bcc"}
		}
		for place := range rapid.IntRange(0, 5).Draw(t, "people") {
			p := took{place: place, part: rapid.SampledFrom(parts).Draw(t, "part"), answer: rapid.SampledFrom([]string{"", "accepted", "declined", "absent"}).Draw(t, "answer")}
			if place == 0 {
				p.part = "from"
			}
			switch who := rapid.IntRange(0, 8).Draw(t, "who"); {
			case who < 3:
				p.side, p.contact, p.name = "customer", fmt.Sprint("c", who), fmt.Sprint("Anna ", who)
			case who < 6:
				p.side, p.name, p.email = "us", "Maya\x1eof us", fmt.Sprintf("us%d@larkfield.example", who)
			case who == 6:
				p.side, p.name = "us", "Tomas\x1fof us"
			default:
				p.name, p.email = "A stranger\x1e\x1f", "stranger\x1f@elsewhere.example"
			}
			h.people = append(h.people, p)
		}
		list = append(list, h)
	}
	return list
}

// put writes its rows.
func (h happened) put(tx *Tx) error {
	if _, err := tx.exec(`INSERT INTO interaction (n, id, kind, direction, at, recorded_at, minutes, all_day, subject, preview, text, place, source, thread, cancelled, automated, skip)
		VALUES (?, ?, ?, ?, ?, 0, 0, 0, '', '', '', '', '', ?, ?, ?, '')`, h.n, fmt.Sprint(h.n), h.kind, h.direction, h.at, h.thread, h.cancelled, h.automated); err != nil {
		return err
	}
	for _, p := range h.people {
		if _, err := tx.exec(`INSERT INTO participant (interaction_n, place, name, email, part, side, contact_id, answer) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
			h.n, p.place, p.name, p.email, p.part, p.side, p.contact, p.answer); err != nil {
			return err
		}
	}
	return nil
}

// moment is what one contact had of an interaction, with those of us who had to do
// with it.
type moment struct {
	data.Moment
	n    int64
	ours []string
}

// read takes down all that a reader read, by contact.
func (m *momentReader) read() map[string][]moment {
	all := map[string][]moment{}
	for id, c := range m.contacts {
		for _, s := range c.moments {
			one := moment{Moment: s.long(m.threads), n: s.n}
			for _, k := range m.ours.groups[s.ours] {
				for key, number := range m.ours.number {
					if number == k {
						one.ours = append(one.ours, key)
					}
				}
			}
			slices.Sort(one.ours)
			all[id] = append(all[id], one)
		}
	}
	return all
}

// momentsOf says the same row by row.
func momentsOf(list []happened) map[string][]moment {
	all := map[string][]moment{}
	for _, h := range list {
		if h.kind == "note" || h.cancelled || h.automated != "" {
			continue
		}
		for _, p := range h.people {
			if p.contact == "" || p.answer == "declined" || p.answer == "absent" {
				continue
			}
			one := moment{n: h.n, Moment: data.Moment{At: timeOf(h.at), Kind: data.Kind(h.kind), Thread: h.thread}}
			if h.thread == "" {
				one.Thread = fmt.Sprint("alone ", h.n)
			}
			one.Moment = momentOf(one.Moment, data.Direction(h.direction), p.place, p.part, data.Side(p.side))
			for _, u := range h.people {
				between := h.kind != "mail" || p.place == 0 && u.part == "to" || u.place == 0 && p.part == "to"
				if key := strings.ReplaceAll(u.email, "\x1e", " "); u.side == "us" && u.answer != "declined" && u.answer != "absent" && between {
					if key == "" {
						key = strings.ReplaceAll(u.name, "\x1e", " ")
					}
					one.ours = append(one.ours, key)
				}
			}
			slices.Sort(one.ours)
			one.ours = slices.Compact(one.ours)
			all[p.contact] = append(all[p.contact], one)
		}
	}
	return all
}

func TestWhatIsReadPackedIsWhatTheRowsSay(t *testing.T) {
	ctx := context.Background()
	db := open(t)
	rapid.Check(t, func(t *rapid.T) {
		list := anythingHappened(t)
		if _, err := db.Write(ctx, "", func(tx *Tx) error {
			if _, err := tx.exec(`DELETE FROM interaction`); err != nil {
				return err
			}
			for _, h := range list {
				if err := h.put(tx); err != nil {
					return err
				}
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		touched := newTouchedHistory()
		some := slices.DeleteFunc(slices.Clone(list), func(h happened) bool { return h.at%2 == 0 })
		for _, h := range some {
			touched.interactions[h.n] = true
		}
		for _, c := range []struct {
			touchedOnly bool
			want        map[string][]moment
		}{{false, momentsOf(list)}, {true, momentsOf(some)}} {
			m := momentReader{ours: &ourPeople{}, lock: &sync.Mutex{}, contacts: map[string]*contactWarmth{}}
			if err := m.from(ctx, db.sweep, c.touchedOnly, touched); err != nil {
				t.Fatal(err)
			}
			if got := m.read(); !reflect.DeepEqual(got, c.want) {
				t.Fatalf("touched only: %v\nread %+v\nrows %+v", c.touchedOnly, got, c.want)
			}
		}
	})
}
