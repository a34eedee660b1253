package mail

import (
	"testing"

	"rapport/data"
)

func TestAMailThatWasForgottenIsReadAgainAndNoOther(t *testing.T) {
	m := startMemory(t, memoryOptions{}, "Work")
	m.fill(t, "INBOX", 0, 5)
	m.fill(t, "Work", 5, 3)
	s := source(m.address)
	cursor, first := "", 0
	var places []data.Location
	read := func() (arrived []data.Location) {
		t.Helper()
		if err := s.Fetch(t.Context(), cursor, func(b data.Batch) error {
			cursor = b.Cursor
			for _, a := range b.Arrived {
				arrived = append(arrived, a.Location)
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		return arrived
	}
	places = read()
	if first = len(places); first != 8 {
		t.Fatalf("%d mails came, want 8", first)
	}
	if again := read(); len(again) != 0 {
		t.Fatalf("without news %d came again", len(again))
	}
	other := places[1]
	other.UIDValidity++
	cursor = Unread(cursor, []data.Location{places[0], other, {Folder: "Gone", UIDValidity: 1, UID: 1}})
	if again := read(); len(again) != 1 || again[0] != places[0] {
		t.Errorf("read again were %v, want %v alone", again, places[0])
	}
	if again := read(); len(again) != 0 {
		t.Errorf("after that %d came again", len(again))
	}
}
