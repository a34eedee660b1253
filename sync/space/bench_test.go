package space

import (
	"context"
	"fmt"
	"testing"

	"rapport/data"
	"rapport/data/store"
)

// people puts so many people into the account k.
func (l *laptop) people(n int) { l.t.Helper(); l.peopleFrom(0, n) }

func (l *laptop) peopleFrom(first, n int) {
	l.t.Helper()
	l.write(func(tx *store.Tx) error {
		for i := first; i < first+n; i++ {
			if err := tx.PutContact(data.Contact{ID: fmt.Sprintf("p%08d", i), AccountID: "k", Name: fmt.Sprintf("Person %d", i), Role: "lighting", Emails: []string{fmt.Sprintf("p%d@kestrel.example", i)}}); err != nil {
				return err
			}
		}
		return nil
	})
}

// BenchmarkNewcomer takes 20,000 changes from a folder into an empty workspace:
// fetched, verified, opened, applied, with their rows.
func BenchmarkNewcomer(b *testing.B) {
	id, all := team2(b, nil, "maya")
	maya := all[0]
	maya.people(4000)
	sp, err := maya.db.Space(context.Background(), id)
	if err != nil {
		b.Fatal(err)
	}
	changes := 0
	for b.Loop() {
		b.StopTimer()
		jonas := newLaptop(b, "jonas")
		file, err := maya.Invite(context.Background(), id, data.Invitee{Name: "jonas", History: true})
		if err != nil {
			b.Fatal(err)
		}
		if _, err := jonas.Join(context.Background(), file, sp.Place); err != nil {
			b.Fatal(err)
		}
		maya.sync(id)
		b.StartTimer()
		changes += jonas.sync(id).Received.Applied
	}
	b.ReportMetric(float64(changes)/b.Elapsed().Seconds(), "changes/s")
}

// BenchmarkNothingNew exchanges a space that has nothing new.
func BenchmarkNothingNew(b *testing.B) {
	id, all := team2(b, nil, "maya")
	for b.Loop() {
		all[0].sync(id)
	}
}

// BenchmarkEdit changes one field of what is shared, safe on the disk.
func BenchmarkEdit(b *testing.B) {
	_, all := team2(b, nil, "maya")
	n := 0
	for b.Loop() {
		n++
		if err := all[0].rename("k", fmt.Sprintf("Kestrel %d", n)); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkMore takes 5,000 changes more into a workspace that has 50,000.
func BenchmarkMore(b *testing.B) {
	id, all := team2(b, nil, "maya", "jonas")
	maya, jonas := all[0], all[1]
	maya.peopleFrom(0, 10_000)
	maya.sync(id)
	jonas.sync(id)
	changes, next := 0, 1<<20
	for b.Loop() {
		b.StopTimer()
		maya.peopleFrom(next, 1000)
		next += 1000
		maya.sync(id)
		b.StartTimer()
		changes += jonas.sync(id).Received.Applied
	}
	b.ReportMetric(float64(changes)/b.Elapsed().Seconds(), "changes/s")
}
