package data

import (
	"testing"
	"time"
)

func TestSpansAreReadAndWritten(t *testing.T) {
	now := time.Date(2026, 11, 17, 9, 24, 0, 0, time.UTC)
	for _, c := range []struct{ written, again, from string }{
		{"12mo", "12mo", "2025-11-17"}, {"2y", "24mo", "2024-11-17"}, {" 6M ", "6mo", "2026-05-17"}, {"all", "all", ""},
		{"2025-01", "2025-01-01", "2025-01-01"}, {"2025-02-28", "2025-02-28", "2025-02-28"},
	} {
		s, err := ParseSpan(c.written)
		if err != nil || s.String() != c.again {
			t.Errorf("%q is read as %q, %v", c.written, s, err)
		}
		from := ""
		if day := (Mailbox{}).Reaching(s).ReadFrom(now); !day.IsZero() {
			from = day.Format(time.DateOnly)
		}
		if from != c.from {
			t.Errorf("%q reads from %q, want %q", c.written, from, c.from)
		}
	}
	for _, bad := range []string{"", "12", "0mo", "-1y", "2025-13", "2025-02-30", "years", "9999y"} {
		if s, err := ParseSpan(bad); err == nil {
			t.Errorf("%q is read as %q", bad, s)
		}
	}
}

func TestSizesAreReadAndWritten(t *testing.T) {
	for written, want := range map[string]int64{"10MB": 10 << 20, "1 gb": 1 << 30, "2m": 2 << 20, "1048577": 1<<20 + 1, "512kb": 512 << 10} {
		n, err := ParseSize(written)
		if err != nil || n != want {
			t.Errorf("%q is %d, %v", written, n, err)
		}
		if again, err := ParseSize(SizeText(n)); err != nil || again != n {
			t.Errorf("%d is written %q and read %d, %v", n, SizeText(n), again, err)
		}
	}
	for _, bad := range []string{"", "MB", "-1MB", "0", "9999999999GB", "ten"} {
		if n, err := ParseSize(bad); err == nil {
			t.Errorf("%q is %d", bad, n)
		}
	}
}

func TestFoldersAreReadByTheChoice(t *testing.T) {
	m := Mailbox{LeaveOut: []string{"Private"}}
	for name, want := range map[string]bool{"INBOX": true, "Private": false, "Private/Doctor": false, "Private.Doctor": false, "Privateers": true} {
		if m.ReadsFolder(name) != want {
			t.Errorf("%s is read: %v", name, !want)
		}
	}
	m.Folders = []string{"INBOX", "Private"}
	for name, want := range map[string]bool{"INBOX": true, "Private": false, "Sent": false} {
		if m.ReadsFolder(name) != want {
			t.Errorf("of chosen ones %s is read: %v", name, !want)
		}
	}
}
