package store

import (
	"context"
	"strings"
	"testing"

	"rapport/data"
)

func foundLearned(t *testing.T, db *DB, words string) string {
	t.Helper()
	found, err := db.Search(context.Background(), words, 5)
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, h := range found.Learned {
		list = append(list, string(h.Kind)+" "+h.Title)
	}
	return strings.Join(list, ", ")
}

// TestWhatTheTeamLearnedIsFoundAsItIsNow: a note that was worded anew, deleted and
// brought back, and a play that was retired.
func TestWhatTheTeamLearnedIsFoundAsItIsNow(t *testing.T) {
	db := open(t)
	var n data.TrainingNote
	write(t, db, "", func(tx *Tx) (err error) {
		n, err = PutPart(tx, data.TrainingNote{Title: "Übergabe im Nachtdienst", Topic: "Light"}.WithBlocks([]string{"# Flimmern\n", "Quokkas measure it.\n"}))
		return err
	})
	want := func(words, list string) {
		t.Helper()
		if got := foundLearned(t, db, words); got != list {
			t.Errorf("%q finds %q, want %q", words, got, list)
		}
	}
	note := "training-note Übergabe im Nachtdienst"
	want("ubergabe", note)
	want("quokkas meas", note)
	want("flimm", note)
	want("quokkas -flimmern", "")
	want("zebra", "")
	n = n.WithBlocks([]string{"# Flimmern\n", "Zebras measure it.\n"})
	write(t, db, "", func(tx *Tx) error { _, err := PutPart(tx, n); return err })
	want("quokka", "")
	want("zebra", note)
	gone := write(t, db, "Note deleted", func(tx *Tx) error { return DeletePart(tx, n) })
	want("zebra", "")
	if _, err := db.Undo(context.Background(), gone.ID); err != nil {
		t.Fatal(err)
	}
	want("zebra", note)

	p := data.StarterPlays()[0]
	starter := "play " + p.Name
	want(`"`+p.Name+`"`, starter)
	p.Retired = "2026-11-01"
	write(t, db, "", func(tx *Tx) error { _, err := PutPart(tx, p); return err })
	want(`"`+p.Name+`"`, "")
	p.Retired, p.About = "", "Quaggas say so"
	write(t, db, "", func(tx *Tx) error { _, err := PutPart(tx, p); return err })
	want("quagga", starter)
	want(`"`+p.Name+`"`, starter)
}

// TestTitlesComeBeforeTexts: what is called so is meant before what only says so.
func TestTitlesComeBeforeTexts(t *testing.T) {
	db := open(t)
	write(t, db, "", func(tx *Tx) error {
		if _, err := PutPart(tx, data.TrainingNote{Title: "Quokka"}.WithBlocks([]string{"One.\n"})); err != nil {
			return err
		}
		_, err := PutPart(tx, data.TrainingNote{Title: "Newer"}.WithBlocks([]string{"Of a quokka.\n"}))
		return err
	})
	if got := foundLearned(t, db, "quokka"); got != "training-note Quokka, training-note Newer" {
		t.Errorf("found %q", got)
	}
}
