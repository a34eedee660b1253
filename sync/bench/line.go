package bench

import (
	"context"
	"net"
	"sync"
	"time"
)

// Line is a way to a server that takes its time: what goes in at one end comes
// out at the other half a round trip later, however much it is.
type Line struct {
	Host string // where its near end listens
	Port int

	listener net.Listener
	far      string
	half     time.Duration
	stop     context.CancelFunc
	ended    sync.WaitGroup
}

// NewLine opens a line to a server, "127.0.0.1:143", that lives until the
// context ends or Close is called.
func NewLine(ctx context.Context, far string, roundTrip time.Duration) (*Line, error) {
	near, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	address := near.Addr().(*net.TCPAddr)
	l := &Line{Host: address.IP.String(), Port: address.Port, listener: near, far: far, half: roundTrip / 2}
	ctx, l.stop = context.WithCancel(ctx)
	l.ended.Go(func() { <-ctx.Done(); near.Close() })
	l.ended.Go(func() { l.accept(ctx) })
	return l, nil
}

// Close ends the line and waits until all of it has ended.
func (l *Line) Close() error {
	l.stop()
	l.ended.Wait()
	return nil
}

func (l *Line) accept(ctx context.Context) {
	for {
		near, err := l.listener.Accept()
		if err != nil {
			return
		}
		far, err := (&net.Dialer{}).DialContext(ctx, "tcp", l.far)
		if err != nil {
			near.Close()
			continue
		}
		own, hangUp := context.WithCancel(ctx)
		l.ended.Go(func() { <-own.Done(); near.Close(); far.Close() })
		l.ended.Go(func() { l.carry(own, hangUp, near, far) })
		l.ended.Go(func() { l.carry(own, hangUp, far, near) })
	}
}

// piece is what was read at one moment, and when it is due at the other end.
type piece struct {
	bytes []byte
	due   time.Time
}

// carry takes bytes from one end to the other, each half a round trip late, in
// their order. When one end closes, the other does, after what is under way.
func (l *Line) carry(ctx context.Context, hangUp context.CancelFunc, from, to net.Conn) {
	way := make(chan piece, 4096)
	l.ended.Go(func() {
		defer hangUp()
		for p := range way {
			timer := time.NewTimer(time.Until(p.due))
			select {
			case <-timer.C:
			case <-ctx.Done():
				timer.Stop()
			}
			if _, err := to.Write(p.bytes); err != nil {
				break
			}
		}
		for range way { // nobody listens at the other end
		}
	})
	defer close(way)
	for {
		buffer := make([]byte, 32<<10)
		n, err := from.Read(buffer)
		if n > 0 {
			way <- piece{buffer[:n], time.Now().Add(l.half)}
		}
		if err != nil {
			return
		}
	}
}
