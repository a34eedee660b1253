package cli

import (
	"strings"
	"testing"

	"rapport/data"
)

func TestProgressIsOneLineOnATerminalOnly(t *testing.T) {
	var screen strings.Builder
	p := progressOn(&screen)
	p.told(data.Status{Source: "mail:maya@larkfield.example", Running: true, Folder: "INBOX", Done: 3, Total: 9})
	p.end()
	if screen.Len() > 0 {
		t.Errorf("a file got %q", screen.String())
	}
	p = &progress{to: &screen}
	p.told(data.Status{Source: "mail:maya@larkfield.example", Running: true, Folder: "IN\x1bBOX", Done: 3, Total: 9})
	p.end()
	p.told(data.Status{Source: "late", Running: true})
	if want := "\r\x1b[Kmail:maya@larkfield.example INBOX 3 of 9\r\x1b[K"; screen.String() != want {
		t.Errorf("a terminal got %q, want %q", screen.String(), want)
	}
}
