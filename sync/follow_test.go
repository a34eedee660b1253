package sync

import (
	"context"
	"errors"
	"slices"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"rapport/data"
)

// readings are when a source was read, since the test began, and what each
// reading ends with.
type readings struct {
	begun time.Time
	at    []time.Duration
	fails func(n int) error
}

func (r *readings) read(context.Context) error {
	r.at = append(r.at, time.Since(r.begun))
	if r.fails == nil {
		return nil
	}
	return r.fails(len(r.at))
}

// inBubble keeps reading while during runs, on a clock of its own.
func inBubble(t *testing.T, c course, during func(e *Engine)) {
	t.Helper()
	e := New(nil, nil, Options{})
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() { e.keepReading(ctx, c); close(done) }()
	during(e)
	stop()
	<-done
}

func TestAReaderComesBackByItselfButAfterARefusedPasswordWhenAsked(t *testing.T) {
	for name, c := range map[string]struct {
		fails error
		again bool
	}{
		"the server was away":        {&data.Problem{Kind: data.Refused}, true},
		"the laptop was offline":     {&data.Problem{Kind: data.Offline}, true},
		"the password was refused":   {&data.Problem{Kind: data.WrongPassword}, false},
		"the sign-in is not valid":   {&data.Problem{Kind: data.SignInAgain}, false},
		"the workspace could not be": {errors.New("disk"), true},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				r := &readings{begun: time.Now(), fails: func(int) error { return c.fails }}
				inBubble(t, course{read: r.read}, func(e *Engine) {
					time.Sleep(24 * time.Hour)
					synctest.Wait()
					if again := len(r.at) > 1; again != c.again {
						t.Errorf("it was read %d times in a day", len(r.at))
					}
					before := len(r.at)
					e.Ask()
					synctest.Wait()
					if len(r.at) == before {
						t.Error("asking did not read it")
					}
				})
			})
		})
	}
}

func TestWhatAServerAsksForIsWaitedOutToTheMoment(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const wait = 299961 * time.Millisecond
		r := &readings{begun: time.Now(), fails: func(n int) error {
			if n == 1 {
				return &data.Problem{Kind: data.Busy, Wait: wait}
			}
			return nil
		}}
		inBubble(t, course{read: r.read}, func(e *Engine) {
			for range 10 {
				time.Sleep(10 * time.Second)
				e.Ask() // a person presses the key again and again
				e.give(e.nudge)
			}
			time.Sleep(wait)
			synctest.Wait()
		})
		if len(r.at) < 2 || r.at[1] != wait {
			t.Errorf("it was read after %v, want %s", r.at, wait)
		}
	})
}

func TestWithoutANetworkItIsTriedEveryMinuteAndAtOnceOnAnother(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := &readings{begun: time.Now(), fails: func(int) error { return &data.Problem{Kind: data.Offline} }}
		inBubble(t, course{read: r.read}, func(e *Engine) {
			time.Sleep(3 * time.Hour)
			synctest.Wait()
			for i := 1; i < len(r.at); i++ {
				pause := r.at[i] - r.at[i-1]
				if pause < 2500*time.Millisecond || pause > time.Minute || i > 6 && pause < 30*time.Second {
					t.Fatalf("pause %d is %s", i, pause)
				}
			}
			before := len(r.at)
			e.give(e.nudge)
			synctest.Wait()
			if len(r.at) != before+1 {
				t.Error("another network did not make it try")
			}
		})
	})
}

// ear is a source that hears; news closes what it waits for.
type ear struct {
	readings
	news    chan error
	dropped int
	heard   int
}

func (a *ear) hear(ctx context.Context, until <-chan struct{}) error {
	a.heard++
	select {
	case err := <-a.news:
		return err
	case <-until:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (a *ear) course() course {
	return course{read: a.read, hear: a.hear, drop: func() { a.dropped++ }}
}

func TestNewsIsReadAtOnceAndTheRestEveryFewMinutes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := &ear{readings: readings{begun: time.Now()}, news: make(chan error)}
		inBubble(t, a.course(), func(e *Engine) {
			time.Sleep(time.Minute)
			a.news <- nil
			time.Sleep(6 * time.Minute)
			synctest.Wait()
			e.Ask()
			synctest.Wait()
		})
		if want := []time.Duration{0, time.Minute, 6 * time.Minute, 7 * time.Minute}; !slices.Equal(a.at, want) {
			t.Errorf("it was read at %v, want %v", a.at, want)
		}
	})
}

func TestWhatAServerAsksForWhileItIsListenedToHoldsToo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := &ear{readings: readings{begun: time.Now()}, news: make(chan error)}
		inBubble(t, a.course(), func(*Engine) {
			a.news <- &data.Problem{Kind: data.Busy, Wait: time.Hour}
			time.Sleep(time.Hour + time.Minute)
			synctest.Wait()
		})
		if want := []time.Duration{0, time.Hour}; !slices.Equal(a.at, want) {
			t.Errorf("it was read at %v, want %v", a.at, want)
		}
	})
}

func TestPauseStopsAtOnceAndResumeGoesOn(t *testing.T) {
	for name, reading := range map[string]bool{"while it reads": true, "while it listens": false} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				a := &ear{readings: readings{begun: time.Now()}, news: make(chan error)}
				c := a.course()
				if reading {
					c.read = func(ctx context.Context) error {
						_ = a.read(ctx)
						<-ctx.Done()
						return ctx.Err()
					}
				}
				inBubble(t, c, func(e *Engine) {
					synctest.Wait()
					e.Pause()
					synctest.Wait()
					if a.dropped != 1 {
						t.Errorf("the connection was let go %d times", a.dropped)
					}
					time.Sleep(time.Hour)
					e.Ask()
					synctest.Wait()
					if len(a.at) != 1 || !e.Paused() {
						t.Errorf("it was read during the pause: %v", a.at)
					}
					e.Resume()
					synctest.Wait()
					if len(a.at) != 2 || a.at[1] != time.Hour {
						t.Errorf("after the pause it was read at %v", a.at)
					}
				})
			})
		})
	}
}

func TestALaptopThatWakesUpReadsAtOnce(t *testing.T) {
	home, office := []string{"192.0.2.7/24"}, []string{"198.51.100.4/24"}
	for name, c := range map[string]struct {
		asleep time.Duration
		here   []string
		jolted bool
		nudged bool
	}{
		"it slept for an hour":          {asleep: time.Hour, here: home, jolted: true, nudged: true},
		"it is at another place":        {here: office, jolted: true, nudged: true},
		"the network is gone":           {here: []string{}, jolted: true, nudged: true},
		"a second network is there":     {here: append(slices.Clone(home), office...), nudged: true},
		"nothing happened":              {here: home},
		"the clock was set a bit ahead": {asleep: 10 * time.Second, here: home},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				type world struct {
					ahead time.Duration
					here  []string
				}
				var now atomic.Pointer[world]
				now.Store(&world{here: home})
				e := New(nil, nil, Options{Now: func() time.Time { return time.Now().Add(now.Load().ahead) }})
				e.addresses = func() []string { return now.Load().here }
				ctx, stop := context.WithCancel(context.Background())
				done := make(chan struct{})
				go func() { e.feelPulse(ctx); close(done) }()
				synctest.Wait()
				jolt, nudge := e.next(e.jolt), e.next(e.nudge)
				given := func(s <-chan struct{}) bool {
					select {
					case <-s:
						return true
					default:
						return false
					}
				}
				time.Sleep(time.Hour)
				synctest.Wait()
				if given(jolt) || given(nudge) {
					t.Error("an hour in which nothing happened was felt")
				}
				now.Store(&world{c.asleep, c.here})
				time.Sleep(pulseEvery)
				synctest.Wait()
				if given(jolt) != c.jolted || given(nudge) != c.nudged {
					t.Errorf("jolted %v, nudged %v", given(jolt), given(nudge))
				}
				stop()
				<-done
			})
		})
	}
}

func TestAJoltDropsWhatIsOpenAndReadsAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := &ear{readings: readings{begun: time.Now()}, news: make(chan error)}
		inBubble(t, a.course(), func(e *Engine) {
			time.Sleep(time.Minute)
			e.give(e.jolt)
			synctest.Wait()
		})
		if want := []time.Duration{0, time.Minute}; !slices.Equal(a.at, want) || a.dropped != 1 {
			t.Errorf("it was read at %v and let go %d times", a.at, a.dropped)
		}
	})
}
