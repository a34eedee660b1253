package sync

import (
	"errors"
	"testing"
	"testing/synctest"

	"rapport/data"
	"rapport/data/store"
)

func TestWhatComesWhileOneBatchIsKeptIsKeptTogether(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var kept [][]int
		free := make(chan struct{})
		h := newHandover(func(batches []store.Readied) error {
			var done []int
			for _, b := range batches {
				done = append(done, b.Done)
			}
			kept = append(kept, done)
			<-free
			return nil
		})
		for i := range 4 {
			if err := h.put(data.Batch{Done: i}); err != nil {
				t.Fatal(err)
			}
			synctest.Wait()
		}
		close(free)
		if err := h.end(); err != nil {
			t.Fatal(err)
		}
		if len(kept) != 2 || len(kept[0]) != 1 || len(kept[1]) != 3 || kept[1][2] != 3 {
			t.Errorf("kept %v, want the first alone and the others together, in order", kept)
		}
	})
}

func TestASourceWaitsWhileTooMuchWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		free := make(chan struct{})
		h := newHandover(func([]store.Readied) error { <-free; return nil })
		put := 0
		half := data.Batch{Arrived: make([]data.Arrival, mostWaiting/2)}
		putOne := func() {
			if h.put(half) == nil {
				put++
			}
		}
		putOne()
		synctest.Wait()
		go func() {
			for range 5 {
				putOne()
			}
		}()
		synctest.Wait()
		if put != 3 { // one is being kept, two wait
			t.Errorf("%d batches were taken while none was kept, want 3", put)
		}
		close(free)
		synctest.Wait()
		if err := h.end(); err != nil || put != 6 {
			t.Errorf("in the end %d were taken, %v", put, err)
		}
	})
}

func TestNothingIsKeptAfterAFailure(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		full, calls := errors.New("full"), 0
		h := newHandover(func([]store.Readied) error { calls++; return full })
		if err := h.put(data.Batch{}); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		if err := h.put(data.Batch{}); !errors.Is(err, full) {
			t.Errorf("after a failure put says %v", err)
		}
		if err := h.end(); !errors.Is(err, full) || calls != 1 {
			t.Errorf("end says %v after %d calls", err, calls)
		}
	})
}
