// Package radicale runs a real Radicale on this laptop, a CalDAV server, for
// tests that a server of our own cannot stand for. It serves one user on a free
// port of loopback, in a folder of its own.
//
// Its client is another than the program's: plain requests, as any calendar
// program would send. It refuses to run where Radicale is not installed, and it
// is part of no program that people use.
package radicale

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// User and Password open the calendars.
const (
	User     = "maya"
	Password = "secret"
)

// ErrAbsent says that Radicale is not installed.
var ErrAbsent = errors.New("the server Radicale is not installed (Debian: radicale)")

// Server is a Radicale while it runs.
type Server struct {
	// URL is its root, without a slash at the end.
	URL string

	dir     string
	process *exec.Cmd
	said    bytes.Buffer
}

// Start starts a server in a folder. Without Radicale the error is ErrAbsent.
func Start(dir string) (*Server, error) {
	program, err := exec.LookPath("radicale")
	if err != nil {
		return nil, ErrAbsent
	}
	free, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	address := free.Addr().String()
	if err := free.Close(); err != nil {
		return nil, err
	}
	s := &Server{URL: "http://" + address, dir: dir}
	config, users := filepath.Join(dir, "config"), filepath.Join(dir, "users")
	text := fmt.Sprintf(configuration, address, users, filepath.Join(dir, "store"))
	if err := errors.Join(os.WriteFile(users, []byte(User+":"+Password+"\n"), 0o600), os.WriteFile(config, []byte(text), 0o600)); err != nil {
		return nil, err
	}
	s.process = exec.Command(program, "--config", config)
	s.process.Stdout, s.process.Stderr = &s.said, &s.said
	if err := s.process.Start(); err != nil {
		return nil, err
	}
	for range 500 {
		if conn, err := net.Dial("tcp", address); err == nil {
			return s, conn.Close()
		}
		time.Sleep(20 * time.Millisecond)
	}
	return nil, errors.Join(errors.New("the server Radicale did not start"), s.Stop())
}

const configuration = `[server]
hosts = %s
[auth]
type = htpasswd
htpasswd_filename = %s
htpasswd_encryption = plain
delay = 0
[rights]
type = owner_only
[storage]
filesystem_folder = %s
[logging]
level = warning
`

// Stop ends the server. Its folder stays.
func (s *Server) Stop() error {
	if err := s.process.Process.Signal(syscall.SIGTERM); err != nil {
		return err
	}
	_ = s.process.Wait() // it says that it was told to end
	return nil
}

// Log is what the server has said, once it was stopped.
func (s *Server) Log() string { return s.said.String() }

// Calendar is the address of a calendar by the last part of its path.
func (s *Server) Calendar(name string) string { return s.URL + "/" + User + "/" + name + "/" }

// MakeCalendar makes a calendar with a name and a colour for people.
func (s *Server) MakeCalendar(name, shown, colour string) error {
	body := `<?xml version="1.0"?><C:mkcalendar xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav" xmlns:I="http://apple.com/ns/ical/"><set><prop>` +
		`<displayname>` + shown + `</displayname><I:calendar-color>` + colour + `</I:calendar-color>` +
		`<C:supported-calendar-component-set><C:comp name="VEVENT"/></C:supported-calendar-component-set></prop></set></C:mkcalendar>`
	_, err := s.Ask("MKCALENDAR", s.Calendar(name), body)
	return err
}

// Put puts or replaces an entry.
func (s *Server) Put(calendar, name, ics string) error {
	_, err := s.Ask(http.MethodPut, s.Calendar(calendar)+name, ics)
	return err
}

// Delete deletes an entry.
func (s *Server) Delete(calendar, name string) error {
	_, err := s.Ask(http.MethodDelete, s.Calendar(calendar)+name, "")
	return err
}

// Get is an entry's text.
func (s *Server) Get(calendar, name string) (string, error) {
	return s.Ask(http.MethodGet, s.Calendar(calendar)+name, "")
}

// Ask sends a request as the user and returns the answer's text.
func (s *Server) Ask(method, at, body string) (string, error) {
	r, err := http.NewRequest(method, at, strings.NewReader(body))
	if err != nil {
		return "", err
	}
	r.SetBasicAuth(User, Password)
	if method == http.MethodPut {
		r.Header.Set("Content-Type", "text/calendar; charset=utf-8")
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return "", err
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err == nil && answer.StatusCode/100 != 2 {
		err = fmt.Errorf("%s: %s\n%s", method, answer.Status, text)
	}
	return string(text), err
}
