package app

import (
	"strings"
	"testing"

	"rapport/app/kit"
	"rapport/data"
)

func TestTheStatusLineCountsEveryMail(t *testing.T) {
	words := func(spans []kit.Span) string {
		var s strings.Builder
		for _, span := range spans {
			s.WriteString(" " + span.Text)
		}
		return s.String()
	}
	read := truth{kept: 6, unknown: 1820, skipped: 31, sources: []source{{mailbox: data.Mailbox{ID: "m", Address: "maya@larkfield.example"}, status: data.Status{At: testNow}}}}
	if got := words(read.spans(testNow)); !strings.Contains(got, "6 kept, 1,820 to file, 31 skipped") {
		t.Errorf("after reading: %s", got)
	}
	read.sources = append(read.sources, source{calendar: data.Calendar{ID: "c", Name: "Work"}, status: data.Status{Problem: "The link is gone. Ask for a new one"}})
	if got := words(read.readingSpans(data.Status{Source: "mail:maya@larkfield.example", Folder: "INBOX", Done: 50, Total: 100})); !strings.Contains(got, "Reading INBOX, 50 of 100") ||
		!strings.Contains(got, "1 calendar not read") {
		t.Errorf("another source's trouble is hidden while a mailbox is read: %s", got)
	}
}
