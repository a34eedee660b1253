package store

import (
	"context"
	"strings"
	"testing"
	"time"

	"rapport/data"
)

func dueAt(t *testing.T, db *DB, now time.Time) string {
	t.Helper()
	list, err := db.Touchpoints(context.Background(), time.Hour, now)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, p := range list {
		names = append(names, p.Contact.Name+" "+p.Words())
	}
	return strings.Join(names, "; ")
}

func TestTouchpointsResetAndArePutOff(t *testing.T) {
	ctx := context.Background()
	db, box := kestrel(t)
	bring(t, db, box, letter("1", "anna@kestrel.example", "maya@larkfield.example", "Lamps", noon.AddDate(0, 0, -12)))
	if got := dueAt(t, db, noon); got != "Anna Kessler due 5 days ago" {
		t.Errorf("due %q", got)
	}
	if _, err := db.Write(ctx, "Anna put off", func(tx *Tx) error { return tx.Snooze("anna", noon.AddDate(0, 0, 3)) }); err != nil {
		t.Fatal(err)
	}
	if got := dueAt(t, db, noon); got != "" {
		t.Errorf("put off, and still due: %q", got)
	}
	if _, err := db.UndoLast(ctx); err != nil {
		t.Fatal(err)
	}
	if got := dueAt(t, db, noon); got == "" {
		t.Error("undone, and still put off")
	}
	bring(t, db, box, letter("2", "leon@kestrel.example", "maya@larkfield.example", "Lamps too", noon.Add(-time.Hour)))
	if got := dueAt(t, db, noon); got != "" {
		t.Errorf("Leon wrote an hour ago, and %q", got)
	}
}

func TestSnoozeWakes(t *testing.T) {
	ctx := context.Background()
	db := open(t)
	for _, until := range []time.Time{noon, noon.AddDate(0, 0, 2), {}} {
		write(t, db, "", func(tx *Tx) error { return tx.Snooze("x", until) })
		got, err := db.Snoozed(ctx)
		if err != nil || !got["x"].Equal(until) {
			t.Errorf("until %v, want %v (%v)", got["x"], until, err)
		}
	}
}

func TestKindWordsLookAtOurMails(t *testing.T) {
	ctx := context.Background()
	db, box := kestrel(t)
	var mails []data.Message
	for i, words := range []string{"Could you send the plan?", "When may we come?", "Please send the figures.", "Which hall is first?"} {
		m := letter(string(rune('a'+i)), "maya@larkfield.example", "anna@kestrel.example", "Lamps", noon.AddDate(0, 0, -10+i))
		m.Text = words
		mails = append(mails, m)
	}
	mails = append(mails, letter("z", "anna@kestrel.example", "maya@larkfield.example", "Re: Lamps", noon.AddDate(0, 0, -8)))
	bring(t, db, box, mails...)
	list, err := db.KindWords(ctx, noon)
	if err != nil || len(list) != 1 || list[0].Words != "Our last four mails to Kestrel Museums all asked for something." || list[0].Contact.ID != "anna" {
		t.Fatalf("%+v, %v", list, err)
	}
	write(t, db, "", func(tx *Tx) error { return tx.Snooze(list[0].About(), noon.Add(data.KindWordRest)) })
	if list, err := db.KindWords(ctx, noon.AddDate(0, 0, 1)); err != nil || len(list) != 0 {
		t.Errorf("said, and proposed again: %+v, %v", list, err)
	}
	plain := letter("y", "maya@larkfield.example", "anna@kestrel.example", "Thanks", noon.AddDate(0, 0, 31))
	plain.Text = "Your opening was a joy."
	bring(t, db, box, plain)
	if list, err := db.KindWords(ctx, noon.AddDate(0, 0, 32)); err != nil || len(list) != 0 {
		t.Errorf("the last mail asked for nothing: %+v, %v", list, err)
	}
}
