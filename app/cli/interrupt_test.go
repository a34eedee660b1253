package cli

import (
	"context"
	"strings"
	"testing"
	"time"
)

func TestAnInterruptedCommandEndsWith130(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	var out, complaints strings.Builder
	p := program{in: strings.NewReader(""), out: &out, errOut: &complaints, now: time.Now, env: func(string) string { return t.TempDir() }}
	if code := p.run(ctx, []string{"account", "add", "Kestrel"}); code != exitInterrupted {
		t.Errorf("exit code %d, want %d", code, exitInterrupted)
	}
	if complaints.String() != "rapport: interrupted\n" || out.Len() > 0 {
		t.Errorf("said %q and %q", out.String(), complaints.String())
	}
}
