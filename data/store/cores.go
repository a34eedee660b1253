package store

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// aside asks on a goroutine of its own. Whoever called it must call wait, which
// returns the answer.
func aside[T any](ask func() (T, error)) (wait func() (T, error)) {
	var v T
	var err error
	done := make(chan struct{})
	go func() {
		defer close(done)
		v, err = ask()
	}()
	return func() (T, error) {
		<-done
		return v, err
	}
}

// onAllCores calls for each number below n what hands makes, several at once, and
// waits for all. Each core gets hands of its own, which may keep room to work in.
func onAllCores(n int, hands func() (do func(i int))) {
	var next atomic.Int64
	var all sync.WaitGroup
	for range min(n, runtime.GOMAXPROCS(0)) {
		all.Go(func() {
			do := hands()
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				do(i)
			}
		})
	}
	all.Wait()
}

// AtOnce does all the work that it is given, on as many cores as there are, and
// comes back when it is done.
func AtOnce(work ...func()) {
	onAllCores(len(work), func() func(int) { return func(i int) { work[i]() } })
}
