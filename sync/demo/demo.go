// Package demo serves a sample world as the outside world would: an IMAP server
// with its mail and a web feed with its calendar, on this laptop only.
//
// Everything that reads them reads them by the path that real mail and real
// calendars take. It refuses connections from elsewhere: both listen on
// 127.0.0.1, and the password is new at each start.
package demo

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"

	"rapport/data/sample"
)

// Servers are the two servers while they run.
type Servers struct {
	IMAPHost string // 127.0.0.1
	IMAPPort int
	User     string
	Password string
	// CalendarURL is the feed's address. Its path is a secret, as such links are.
	CalendarURL string

	mail  *mailServer
	feed  *http.Server
	ended sync.WaitGroup
	stop  context.CancelFunc
}

// Serve starts the servers with the world's mail and calendar. They end with
// the context, or by Close.
func Serve(ctx context.Context, world sample.World) (*Servers, error) {
	s := &Servers{User: world.Mailbox, Password: rand.Text()}
	mailPort, err := listen()
	if err != nil {
		return nil, fmt.Errorf("demo mail: %w", err)
	}
	feedPort, err := listen()
	if err != nil {
		mailPort.Close()
		return nil, fmt.Errorf("demo calendar: %w", err)
	}
	s.mail, err = newMailServer(world, s.User, s.Password)
	if err != nil {
		mailPort.Close()
		feedPort.Close()
		return nil, fmt.Errorf("demo mail: %w", err)
	}
	address := mailPort.Addr().(*net.TCPAddr)
	s.IMAPHost, s.IMAPPort = address.IP.String(), address.Port
	path := "/" + strings.ToLower(rand.Text()) + "/maya.ics"
	s.CalendarURL = "http://" + feedPort.Addr().String() + path
	s.feed = &http.Server{Handler: feed(path, world.Calendar), ReadHeaderTimeout: 10 * time.Second}
	s.run(ctx, mailPort, feedPort)
	return s, nil
}

func listen() (net.Listener, error) { return net.Listen("tcp4", "127.0.0.1:0") }

func (s *Servers) run(ctx context.Context, mailPort, feedPort net.Listener) {
	ctx, s.stop = context.WithCancel(ctx)
	s.ended.Go(func() { s.mail.serve(mailPort) })
	s.ended.Go(func() { s.feed.Serve(feedPort) })
	s.ended.Go(func() {
		<-ctx.Done()
		mailPort.Close()
		s.mail.close()
		s.feed.Close()
	})
}

// Close ends the servers and all their connections, and waits until they have
// ended. It may be called twice.
func (s *Servers) Close() error {
	s.stop()
	s.ended.Wait()
	return nil
}

// feed answers with the calendar at the path, and with 304 to whoever has it.
func feed(path string, calendar []byte) http.Handler {
	sum := sha256.Sum256(calendar)
	tag := `"` + hex.EncodeToString(sum[:8]) + `"`
	mux := http.NewServeMux()
	mux.HandleFunc("GET "+path, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", tag)
		if r.Header.Get("If-None-Match") == tag {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		w.Header().Set("Content-Type", "text/calendar; charset=utf-8")
		w.Write(calendar)
	})
	return mux
}

// errNoWorld is the complaint about a world that Make did not make.
var errNoWorld = errors.New("the world has no folders")
