package cli

import (
	"testing"
)

func TestNearestIsOnlyWhatIsNear(t *testing.T) {
	words := []string{"accounts", "account", "sync", "search", "messages", "message"}
	for typed, want := range map[string]string{
		"acounts": "accounts", "snyc": "sync", "serach": "search", "mesages": "messages", "xyz": "", "": "", "frobnicate": "",
	} {
		if got := nearest(typed, words); got != want {
			t.Errorf("nearest(%q) = %q, want %q", typed, got, want)
		}
	}
}
