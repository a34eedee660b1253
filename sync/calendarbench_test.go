package sync

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"rapport/data"
	"rapport/data/store"
)

// bigFeed is a calendar of 10,000 entries over five years, 1,000 of which repeat:
// weekly for a quarter, each fortnight for half a year, or monthly for two years.
// Every fourth is with a customer.
func bigFeed(changed int) string {
	var sb strings.Builder
	sb.WriteString("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//bench//EN\r\n")
	first := time.Date(2023, 1, 2, 8, 0, 0, 0, time.UTC)
	for i := range 10_000 {
		start := first.Add(time.Duration(i) * (5 * 365 * 24 * time.Hour / 10_000)).Truncate(15 * time.Minute)
		fmt.Fprintf(&sb, "BEGIN:VEVENT\r\nUID:e%d@bench.example\r\nDTSTAMP:20260101T000000Z\r\nDTSTART;TZID=Europe/Berlin:%s\r\nDURATION:PT45M\r\nSUMMARY:Meeting %d\r\nLOCATION:Room %d\r\nORGANIZER:mailto:maya@larkfield.example\r\n",
			i, start.Format("20060102T150405"), i, i%20)
		if i%4 == 0 {
			fmt.Fprintf(&sb, "ATTENDEE;PARTSTAT=ACCEPTED;CN=Guest %d:mailto:guest%d@kestrel.example\r\n", i%300, i%300)
		}
		if i%10 == 0 {
			sb.WriteString([]string{"RRULE:FREQ=WEEKLY;COUNT=13\r\n", "RRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=13\r\n", "RRULE:FREQ=MONTHLY;COUNT=24\r\n"}[i/10%3])
		}
		if i == changed {
			sb.WriteString("SEQUENCE:1\r\n")
		}
		sb.WriteString("END:VEVENT\r\n")
	}
	sb.WriteString("END:VCALENDAR\r\n")
	return sb.String()
}

// benchFeed is a workspace with a feed that serves text, and who reads it.
func benchFeed(b *testing.B, text *string, tag *string) (db *store.DB, e *Engine) {
	b.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if *tag != "" && r.Header.Get("If-None-Match") == *tag {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		w.Header().Set("ETag", *tag)
		_, _ = w.Write([]byte(*text))
	}))
	b.Cleanup(server.Close)
	ctx := context.Background()
	db, err := store.Open(ctx, b.TempDir(), store.Options{Instance: "bench"})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = db.Close() })
	if _, err := db.Write(ctx, "", func(tx *store.Tx) error {
		return tx.PutAccount(data.Account{Name: "Kestrel Museums", Domains: []string{"kestrel.example"}})
	}); err != nil {
		b.Fatal(err)
	}
	keys := keysInMemory{}
	if _, err := AddCalendar(ctx, db, keys, "Work", server.URL+"/work.ics", "", ""); err != nil {
		b.Fatal(err)
	}
	return db, New(db, keys, Options{Now: atNoon, Zone: time.UTC})
}

func mustOnce(b *testing.B, e *Engine) {
	b.Helper()
	if _, err := e.Once(context.Background()); err != nil {
		b.Fatal(err)
	}
}

func BenchmarkFeedOf10000(b *testing.B) {
	text, changed := bigFeed(-1), bigFeed(5000)
	b.Run("first", func(b *testing.B) {
		for b.Loop() {
			b.StopTimer()
			tag := `"1"`
			_, e := benchFeed(b, &text, &tag)
			b.StartTimer()
			mustOnce(b, e)
		}
	})
	b.Run("then", func(b *testing.B) {
		now, tag := text, `"1"`
		db, e := benchFeed(b, &now, &tag)
		mustOnce(b, e)
		b.Run("unchanged by its tag", func(b *testing.B) {
			for b.Loop() {
				mustOnce(b, e)
			}
		})
		b.Run("unchanged without a tag", func(b *testing.B) {
			tag = ""
			for b.Loop() {
				mustOnce(b, e)
			}
		})
		b.Run("one changed", func(b *testing.B) {
			for i := 0; b.Loop(); i++ {
				if now = text; i%2 == 0 {
					now = changed
				}
				mustOnce(b, e)
			}
		})
		for name, month := range map[string]time.Time{"this": time.Date(2026, 10, 1, 0, 0, 0, 0, time.UTC), "three years ago": time.Date(2023, 11, 1, 0, 0, 0, 0, time.UTC)} {
			b.Run("agenda of a month, "+name, func(b *testing.B) {
				for b.Loop() {
					dates, err := Agenda(context.Background(), db, atNoon(), month, month.AddDate(0, 1, 0))
					if err != nil || len(dates) < 100 {
						b.Fatal(len(dates), err)
					}
				}
			})
		}
	})
}
