package cli

import (
	"strings"
	"testing"
)

func TestTablesKeepTheirColumnsAndTheTerminal(t *testing.T) {
	rows := [][]string{
		{"Kestrel", "12", "short"},
		{"日本電気", "3", strings.Repeat("word ", 60)},
		{"Ünïcode e\u0301", "4000", "red \x1b[31m and \u202eturned\nround"},
	}
	var b strings.Builder
	if err := table(&b, []column{{head: "NAME"}, {head: "N", right: true}, {head: "TEXT", rest: true}}, rows); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(b.String(), "\n"), "\n")
	if len(lines) != 4 {
		t.Fatalf("%d lines, want 4:\n%s", len(lines), b.String())
	}
	for _, l := range lines {
		if cells(l) > screen {
			t.Errorf("%d cells wide: %s", cells(l), l)
		}
	}
	want := "NAME          N  TEXT\nKestrel      12  short\n日本電気      3  word "
	if !strings.HasPrefix(b.String(), want) {
		t.Errorf("got\n%s\nwant it to begin\n%s", b.String(), want)
	}
	if cells(lines[2]) != screen || !strings.HasSuffix(lines[2], "…") || !strings.HasSuffix(lines[3], "4000  red [31m and turned round") {
		t.Errorf("got\n%s", b.String())
	}
}
