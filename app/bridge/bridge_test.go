package bridge

import (
	"context"
	"errors"
	"testing"
	"time"
)

// slowBridge keeps what was started and what was posted until the test runs it,
// in the order that the test chooses.
type slowBridge struct {
	*Bridge
	started, posted []func()
	timers          []*timer
}

type timer struct {
	do      func()
	stopped bool
}

func newSlowBridge() *slowBridge {
	s := &slowBridge{Bridge: Inline(context.Background())}
	s.Start = func(f func()) { s.started = append(s.started, f) }
	s.post = func(f func()) { s.posted = append(s.posted, f) }
	s.Later = func(_ time.Duration, do func()) func() {
		t := &timer{do: do}
		s.timers = append(s.timers, t)
		return func() { t.stopped = true }
	}
	return s
}

// finish lets the nth thing that was started come to its end and be drawn.
func (s *slowBridge) finish(n int) {
	s.started[n]()
	for _, p := range s.posted {
		p()
	}
	s.posted = nil
}

// wait lets the time of every timer pass.
func (s *slowBridge) wait() {
	for _, t := range s.timers {
		if !t.stopped {
			t.stopped = true
			t.do()
		}
	}
}

func TestANewerQuestionCancelsTheOlderOfItsSlot(t *testing.T) {
	bg := newSlowBridge()
	var s Slot
	var first context.Context
	var drawn []string
	ask := func(answer string) {
		Load(bg.Bridge, &s, func(ctx context.Context) (string, error) {
			if first == nil {
				first = ctx
			}
			return answer, ctx.Err()
		}, func(a string, err error) {
			if err != nil {
				t.Error(err)
			}
			drawn = append(drawn, a)
		})
	}
	ask("old")
	ask("new")
	bg.finish(1)
	bg.finish(0)
	if len(drawn) != 1 || drawn[0] != "new" {
		t.Errorf("drawn %q, want only the newer answer", drawn)
	}
	if first == nil || first.Err() == nil {
		t.Error("the older question goes on")
	}
}

func TestSlotsDoNotDisturbEachOther(t *testing.T) {
	bg := newSlowBridge()
	var a, b Slot
	n := 0
	for _, s := range []*Slot{&a, &b} {
		Load(bg.Bridge, s, func(context.Context) (int, error) { return 1, nil }, func(int, error) { n++ })
	}
	bg.finish(0)
	bg.finish(1)
	if n != 2 {
		t.Errorf("%d answers drawn, want 2", n)
	}
}

func TestOnlyASlowAnswerIsAnnounced(t *testing.T) {
	for _, tt := range []struct {
		name   string
		finish bool
		want   int
	}{{"a quick answer", true, 0}, {"a slow answer", false, 1}} {
		t.Run(tt.name, func(t *testing.T) {
			bg := newSlowBridge()
			waits := 0
			s := Slot{Slow: func() { waits++ }}
			Load(bg.Bridge, &s, func(context.Context) (int, error) { return 0, nil }, func(int, error) {})
			if tt.finish {
				bg.finish(0)
			}
			bg.wait()
			if waits != tt.want {
				t.Errorf("announced %d times, want %d", waits, tt.want)
			}
		})
	}
}

func TestADroppedQuestionIsNeitherDrawnNorAnnounced(t *testing.T) {
	bg := newSlowBridge()
	s := Slot{Slow: func() { t.Error("announced") }}
	Load(bg.Bridge, &s, func(context.Context) (int, error) { return 0, nil }, func(int, error) { t.Error("drawn") })
	s.Drop()
	bg.wait()
	bg.finish(0)
}

func TestActTellsHowItWent(t *testing.T) {
	bg := newSlowBridge()
	want := errors.New("full")
	var got error
	Act(bg.Bridge, func(context.Context) error { return want }, func(err error) { got = err })
	if got != nil {
		t.Error("told before it ended")
	}
	bg.finish(0)
	if got != want {
		t.Errorf("told %v, want %v", got, want)
	}
}

func TestNothingIsCalledBackAfterClosing(t *testing.T) {
	bg := newSlowBridge()
	var s Slot
	Load(bg.Bridge, &s, func(context.Context) (int, error) { return 0, nil }, func(int, error) { t.Error("drawn") })
	Act(bg.Bridge, func(context.Context) error { return nil }, func(error) { t.Error("told") })
	bg.started[0]()
	bg.started[1]()
	bg.Close()
	for _, p := range bg.posted {
		p()
	}
	bg.wait()
}

func TestClosingCancelsQuestionsAndWaitsForWrites(t *testing.T) {
	posts := make(chan func(), 10)
	bg := New(context.Background())
	bg.post = func(f func()) { posts <- f }
	asked, wrote := make(chan error, 1), make(chan error, 1)
	begun := make(chan struct{})
	var s Slot
	Load(bg, &s, func(ctx context.Context) (int, error) {
		<-ctx.Done()
		asked <- ctx.Err()
		return 0, nil
	}, func(int, error) { t.Error("drawn") })
	Act(bg, func(ctx context.Context) error {
		close(begun)
		<-asked // the question was cancelled while this write went on
		wrote <- ctx.Err()
		return nil
	}, nil)
	<-begun
	bg.Close()
	select {
	case err := <-wrote:
		if err != nil {
			t.Errorf("the write was cancelled: %v", err)
		}
	default:
		t.Error("closing did not wait for the write")
	}
}

func TestHintsAreCoalesced(t *testing.T) {
	bg := New(context.Background())
	defer bg.Close()
	posts := make(chan func(), 100)
	bg.post = func(f func()) { posts <- f }
	n := 0
	hint := bg.Coalesce(time.Hour, func() { n++ })
	for range 50 {
		hint()
	}
	(<-posts)()
	for range 50 {
		hint()
	}
	if n != 1 || len(posts) != 0 {
		t.Errorf("drawn %d times and %d wait, want once until the while is over", n, len(posts))
	}
}

func TestTheLastHintIsNotLost(t *testing.T) {
	bg := New(context.Background())
	defer bg.Close()
	posts := make(chan func(), 100)
	bg.post = func(f func()) { posts <- f }
	hint := bg.Coalesce(time.Millisecond, func() {})
	hint()
	<-posts
	hint()
	<-posts // would never come if the hint had fallen into the pause
}
