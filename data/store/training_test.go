package store

import (
	"context"
	"slices"
	"testing"

	"rapport/data"
)

func TestASessionThatWasHeldBringsItsTopic(t *testing.T) {
	db, clock := openClock(t)
	ctx := context.Background()
	var undo Undo
	put := func(s data.Session) data.Session {
		t.Helper()
		var err error
		if undo, err = db.Write(ctx, "session", func(tx *Tx) error {
			s, err = tx.PutSession(s)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		return s
	}
	day := func(n int) string { return clock.AddDate(0, 0, n).Format("2006-01-02") }
	put(data.Session{Title: "Soon", Topic: "Price talk", On: day(3), Attendees: []string{"Maya"}})
	held := put(data.Session{Title: "Held", Topic: "Hard talks", On: day(-3), Attendees: []string{"Maya", "Tomas"}})
	l, err := db.Library(ctx)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, s := range l.Skills {
		got = append(got, s.Member+" "+s.Topic+" "+string(s.Level))
		if s.Session != held.ID {
			t.Errorf("%s does not say from which session", s.Member)
		}
	}
	slices.Sort(got)
	if !slices.Equal(got, []string{"Maya Hard talks knows it", "Tomas Hard talks knows it"}) {
		t.Errorf("skills are %q", got)
	}
	if _, err := db.Undo(ctx, undo.ID); err != nil {
		t.Fatal(err)
	}
	if l, err = db.Library(ctx); err != nil || len(l.Skills) != 0 || len(l.Sessions) != 1 {
		t.Errorf("after an undo %d skills and %d sessions: %v", len(l.Skills), len(l.Sessions), err)
	}
}

func TestTheLibraryHasThePlaysThatRapportBrings(t *testing.T) {
	db, _ := openClock(t)
	l, err := db.Library(context.Background())
	if err != nil || len(l.Plays) != len(data.StarterPlays()) {
		t.Errorf("%d plays: %v", len(l.Plays), err)
	}
}
