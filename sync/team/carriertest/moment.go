package carriertest

import (
	"bytes"
	"context"
	"errors"
	"testing"
	"time"

	"rapport/sync/team"
)

// saying is what somebody heard from a laptop.
type saying struct{ by, body string }

// moment is the promise of a carrier that is a Herald.
func moment(t *testing.T, p Place) {
	one, ok := p.Open(t).(team.Herald)
	if !ok {
		t.Skip("this carrier tells nothing that holds for a moment only")
	}
	two := p.Open(t)
	ctx, cancel := context.WithCancel(t.Context())
	heard, ended := make(chan saying, 1000), make(chan error, 1)
	go func() {
		ended <- two.(team.Herald).Hear(ctx, func(by string, body []byte) { heard <- saying{by, string(body)} })
	}()
	for _, step := range []saying{{"anna", "the steps"}, {"anna", "the aims"}, {"ben", "the steps"}, {"anna", ""}, {"anna", "the aims"}, {"ben", ""}} {
		tellUntilHeard(t, one, step, heard)
	}
	cancel()
	if err := <-ended; err != nil {
		t.Errorf("hearing ends with %v", err)
	}
	Lists(t, two, nil)
	for _, by := range []string{"", "Anna", "../anna", "a.b", "a*", ">", "now/anna", "abcdefghijklmnopqrstuvwxyz0"} {
		if err := one.Tell(t.Context(), by, []byte("x")); err == nil {
			t.Errorf("%q is told under", by)
		}
	}
	if err := one.Tell(t.Context(), "anna", bytes.Repeat([]byte{'x'}, team.MaxTold)); err != nil {
		t.Error(err)
	}
	if err := one.Tell(t.Context(), "anna", bytes.Repeat([]byte{'x'}, team.MaxTold+1)); !errors.Is(err, team.ErrTooLarge) {
		t.Errorf("what is too large gives %v, want ErrTooLarge", err)
	}
	gone, stop := context.WithCancel(t.Context())
	stop()
	if err := one.Tell(gone, "anna", []byte("x")); !errors.Is(err, context.Canceled) {
		t.Errorf("telling with a cancelled context gives %v", err)
	}
	if err := one.Hear(gone, func(string, []byte) { t.Error("heard with a cancelled context") }); err != nil {
		t.Errorf("hearing with a cancelled context gives %v", err)
	}
}

// tellUntilHeard tells until it was heard, since what is told before somebody listens
// may be lost.
func tellUntilHeard(t *testing.T, h team.Herald, what saying, heard <-chan saying) {
	t.Helper()
	ctx := within(t)
	for {
		if err := h.Tell(ctx, what.by, []byte(what.body)); err != nil {
			t.Fatalf("tell %q: %v", what.body, err)
		}
		again := time.After(200 * time.Millisecond)
		for waiting := true; waiting; {
			select {
			case is := <-heard:
				if is == what {
					return
				}
			case <-again:
				waiting = false
			case <-ctx.Done():
				t.Fatalf("%q of %s was not heard", what.body, what.by)
			}
		}
	}
}
