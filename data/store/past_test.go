package store

import (
	"context"
	"fmt"
	"reflect"
	"testing"
	"time"

	"pgregory.net/rapid"

	"rapport/data"
)

// What is looked back on is what was there: after any writes, undos too, the parts
// of each moment read as Parts read them then, in the same order.
func TestAPastShowsWhatWasThere(t *testing.T) {
	db, now := openClock(t)
	ctx := context.Background()
	worlds := 0
	rapid.Check(t, func(r *rapid.T) {
		worlds++
		account := fmt.Sprint("account ", worlds)
		type moment struct {
			at   time.Time
			list []data.Promise
		}
		var moments []moment
		var undo []int64
		for range rapid.IntRange(1, 8).Draw(r, "writes") {
			*now = now.Add(time.Duration(rapid.IntRange(1, 50).Draw(r, "hours")) * time.Hour)
			there, err := Parts[data.Promise](ctx, db, PartQuery{Account: account})
			if err != nil {
				r.Fatal(err)
			}
			what := rapid.SampledFrom([]string{"new", "new", "change", "delete", "undo"}).Draw(r, "what")
			if what == "undo" && len(undo) > 0 {
				if _, err := db.Undo(ctx, undo[len(undo)-1]); err != nil {
					r.Fatal(err)
				}
				undo = undo[:len(undo)-1]
			} else {
				u, err := db.Write(ctx, what, func(tx *Tx) error {
					p := data.Promise{Belongs: data.Belongs{Account: account}, By: data.Us}
					if len(there) > 0 && what != "new" {
						p = rapid.SampledFrom(there).Draw(r, "part")
					}
					if what == "delete" && p.ID != "" {
						return DeletePart(tx, p)
					}
					p.What = rapid.SampledFrom([]string{"The report", "The list"}).Draw(r, "words")
					p.Due = rapid.SampledFrom([]string{"", "2026-11-20", "2026-12-01"}).Draw(r, "due")
					_, err := PutPart(tx, p)
					return err
				})
				if err != nil {
					r.Fatal(err)
				}
				undo = append(undo, u.ID)
			}
			list, err := Parts[data.Promise](ctx, db, PartQuery{Account: account})
			if err != nil {
				r.Fatal(err)
			}
			moments = append(moments, moment{*now, list})
		}
		past := db.Past(account)
		for _, m := range rapid.Permutation(moments).Draw(r, "asked") {
			list, err := partsAt[data.Promise](ctx, past, account, m.at.Add(time.Minute))
			if err != nil || !reflect.DeepEqual(list, m.list) {
				r.Fatalf("on %s there was\n%+v\nand it shows\n%+v, %v", m.at, m.list, list, err)
			}
		}
	})
}

// What was logged or planned after a day is not on the timeline of that day.
func TestATimelineAsKnownLeavesOutWhatCameLater(t *testing.T) {
	db, now := openClock(t)
	ctx := context.Background()
	day := func(n int) time.Time { return noon.AddDate(0, 0, n) }
	write(t, db, "account", func(tx *Tx) error { return tx.PutAccount(data.Account{ID: "k", Name: "Kestrel"}) })
	log := func(words string, at time.Time) {
		write(t, db, words, func(tx *Tx) error {
			_, err := tx.AddEntry(data.Entry{Kind: data.Call, At: at, Subject: words, Text: words, Account: "k"}, time.Time{})
			return err
		})
	}
	log("at once", day(0))
	*now = day(5)
	log("days later", day(1))
	for n, want := range map[int]string{-1: "[]", 2: "[at once]", 6: "[days later at once]"} {
		list, err := db.Timeline(ctx, data.TimelineQuery{Account: "k", AsKnown: true, Planned: true}, day(n))
		var got []string
		for _, i := range list {
			got = append(got, i.Subject)
		}
		if fmt.Sprint(got) != want || err != nil {
			t.Errorf("on day %d it shows %v, %v, not %s", n, got, err, want)
		}
	}
	if first, err := db.Begins(ctx, "k", day(6)); err != nil || !first.Equal(day(0)) {
		t.Errorf("it begins %s, %v", first, err)
	}
	if first, err := db.Begins(ctx, "nobody", day(6)); err != nil || !first.Equal(day(6)) {
		t.Errorf("nobody begins %s, %v", first, err)
	}
}
