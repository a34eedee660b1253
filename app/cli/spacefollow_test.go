package cli

import (
	"bytes"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestSpaceSyncFollowPrintsWhatComesByItself has one laptop stay in a space while
// another puts something there.
func TestSpaceSyncFollowPrintsWhatComesByItself(t *testing.T) {
	t.Setenv("RAPPORT_NO_KEYRING", "1")
	t.Setenv("XDG_CONFIG_HOME", t.TempDir())
	root := t.TempDir()
	shared, invitation := filepath.Join(root, "shared"), filepath.Join(root, "jonas.invitation")
	if err := os.Mkdir(shared, 0o700); err != nil {
		t.Fatal(err)
	}
	run := func(who string, args ...string) {
		t.Helper()
		var said bytes.Buffer
		p := program{in: strings.NewReader(""), out: io.Discard, errOut: &said, now: time.Now, env: os.Getenv}
		if code := p.run(t.Context(), append(args, "-w", filepath.Join(root, who))); code != 0 {
			t.Fatalf("%v: %s", args, said.String())
		}
	}
	run("maya", "account", "add", "Kestrel Museums")
	run("maya", "space", "create", "Larkfield", "-folder", shared, "-as", "Maya Lind")
	run("maya", "space", "share", "Kestrel Museums", "-to", "Larkfield", "-yes")
	run("maya", "space", "invite", "Larkfield", "-name", "Jonas Weber", "-o", invitation)
	run("jonas", "space", "join", invitation, "-folder", shared, "-as", "Jonas Weber")
	await := func(lines <-chan string, fits func(string) bool) {
		t.Helper()
		for line := range lines {
			if fits(line) {
				return
			}
		}
		t.Fatal("it ended")
	}
	all, endAll := idleIn(t, filepath.Join(root, "maya"), "space", "sync", "-follow")
	await(all, func(s string) bool { return s == "Larkfield: Jonas Weber is a member now" })
	one, endOne := idleIn(t, filepath.Join(root, "jonas"), "space", "sync", "Larkfield", "-follow", "-json")
	applied := func(s string) bool {
		var j exchangedJSON
		return json.Unmarshal([]byte(s), &j) == nil && j.Space == "Larkfield" && j.Applied > 0
	}
	await(one, applied)
	run("maya", "account", "set", "Kestrel Museums", "-sector", "Culture") // beside the one that stays
	await(one, applied)
	for _, stop := range []func() int{endAll, endOne} {
		if code := stop(); code != exitInterrupted {
			t.Errorf("it ended with %d", code)
		}
	}
}
