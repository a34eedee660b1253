package cli

import (
	"strings"
	"testing"

	"rapport/data"
)

func TestListsNeverPrintNull(t *testing.T) {
	var b strings.Builder
	empty := filing{}.message(data.MessageRow{})
	if err := writeArray(&b, asTheyAre([]messageJSON{empty})); err != nil {
		t.Fatal(err)
	}
	if s := strings.Replace(b.String(), `"date":null`, "", 1); strings.Contains(s, "null") {
		t.Errorf("got %s", s)
	}
}
