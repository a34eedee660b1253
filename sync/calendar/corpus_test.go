package calendar

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// corpora are public calendars that other projects test with, where this laptop
// has them.
const corpora = "../../../shared/testing/corpora/ics"

func TestPublicCalendars(t *testing.T) {
	if _, err := os.Stat(corpora); err != nil {
		t.Skip("skipped: the public calendars are not on this laptop")
	}
	var n struct{ files, entries, meetings, dates, held, refused, remarks int }
	err := filepath.WalkDir(corpora, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		raw, err := os.ReadFile(path)
		if err != nil || !bytes.Contains(bytes.ToUpper(raw), []byte("BEGIN:VEVENT")) {
			return err
		}
		n.files++
		began := time.Now()
		r, err := Meetings(context.Background(), raw, Options{Zone: berlin, From: day("1990-01-01"), To: day("2030-01-01")})
		if took := time.Since(began); took > time.Second {
			t.Logf("%s took %s", path, took)
		}
		if err != nil {
			if n.refused++; !errors.Is(err, ErrCut) && !errors.Is(err, ErrNotCalendar) {
				t.Errorf("%s: %v", path, err)
			}
			t.Logf("refused: %s: %v", strings.TrimPrefix(path, corpora), err)
			return nil
		}
		n.entries += bytes.Count(bytes.ToUpper(raw), []byte("BEGIN:VEVENT"))
		n.meetings, n.held, n.remarks = n.meetings+len(r.Meetings), n.held+len(r.Held), n.remarks+len(r.Odd)
		for _, m := range r.Meetings {
			n.dates += len(m.Occurrences)
		}
		for _, o := range r.Odd {
			if strings.Contains(o, "could not be worked out") {
				t.Errorf("%s: %s", path, o)
			}
		}
		if len(r.Meetings)+len(r.Held) == 0 && saysWhen(raw) {
			t.Errorf("%s: nothing was read of it", path)
		}
		checkStored(t, path, readAll(t, string(raw)))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d files, %d entries: %d meetings, %d dates in 40 years, %d held, %d files refused, %d remarks",
		n.files, n.entries, n.meetings, n.dates, n.held, n.refused, n.remarks)
}

var startPattern = regexp.MustCompile(`(?m)^DTSTART[^\r\n]*[:]\d{8}`)

// saysWhen says whether any entry has a start that is a date.
func saysWhen(raw []byte) bool {
	for _, entry := range bytes.Split(raw, []byte("BEGIN:VEVENT"))[1:] {
		if entry, _, _ = bytes.Cut(entry, []byte("END:VEVENT")); startPattern.Match(entry) {
			return true
		}
	}
	return false
}
