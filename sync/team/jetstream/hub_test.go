package jetstream

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"

	"rapport/data"
	"rapport/sync/team"
	"rapport/sync/team/carriertest"
	"rapport/sync/team/jetstream/hubtest"
)

const space, other = "larkfield", "otherspace"

// site is a hub's files in a folder, with a certificate for this laptop.
type site struct{ dir, name string }

// newSite writes the files of a hub with members of two spaces.
func newSite(t *testing.T, hosts ...string) site {
	t.Helper()
	s := site{t.TempDir(), "testhub"}
	plan := Plan{
		Name: s.name, Hosts: hosts, Config: s.dir, Store: filepath.Join(s.dir, "store"),
		Spaces: []SpacePlan{{ID: space, Members: []string{"maya", "anna"}}, {ID: other, Members: []string{"otto"}}},
	}
	if _, err := Write(s.dir, plan); err != nil {
		t.Fatal(err)
	}
	if err := hubtest.Certify(s.dir); err != nil {
		t.Fatal(err)
	}
	return s
}

// options reads a server's own file, with a port that the system picks.
func (s site) options(t testing.TB, host string) *server.Options {
	t.Helper()
	o, err := hubtest.Options(filepath.Join(s.dir, "servers", host+".conf"))
	if err != nil {
		t.Fatal(err)
	}
	return o
}

// serve runs a server in this process.
func serve(t *testing.T, o *server.Options) (url string) {
	t.Helper()
	url, stop, err := hubtest.Start(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(stop)
	return url
}

// one runs a hub of one server, which does not wait for the disk, and makes the
// streams of both spaces.
func one(t *testing.T) (s site, url string) {
	t.Helper()
	s = newSite(t, "one")
	o := s.options(t, "one")
	o.SyncAlways, o.SyncInterval = false, time.Hour
	url = serve(t, o)
	for _, id := range []string{space, other} {
		if err := Make(t.Context(), s.settings(t, url, id, Admin)); err != nil {
			t.Fatal(err)
		}
	}
	return s, url
}

func (s site) creds(t testing.TB, space, user string) []byte {
	return file(t, filepath.Join(s.dir, "keys", "creds", s.name, space, user+".creds"))
}

func file(t testing.TB, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// settings are those of a user; a hub of one server is Unsafe.
func (s site) settings(t testing.TB, url, space, user string) Settings {
	t.Helper()
	return Settings{Servers: []string{url}, Space: space, Creds: s.creds(t, space, user), CA: file(t, filepath.Join(s.dir, "ca.pem")), Unsafe: true}
}

func hub(t *testing.T, s Settings) *Hub {
	t.Helper()
	h, err := Open(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(h.Close)
	return h
}

// clear takes away what lies under a name, as an administrator can.
func clearName(t *testing.T, admin *Hub, name string) {
	t.Helper()
	if err := admin.api(t.Context(), "STREAM.PURGE."+streamOf(admin.space), map[string]string{"filter": piecesOf(admin.space) + name + ".*"}, nil); err != nil {
		t.Fatal(err)
	}
}

func TestHubKeepsThePromises(t *testing.T) {
	carriertest.Run(t, func(t *testing.T) carriertest.Place {
		s, url := one(t)
		admin := hub(t, s.settings(t, url, space, Admin))
		users := 0
		return carriertest.Place{
			Open: func(t *testing.T) team.Carrier {
				users++
				return hub(t, s.settings(t, url, space, []string{"maya", "anna"}[users%2]))
			},
			Lay: func(t *testing.T, name string, body []byte) {
				t.Helper()
				clearName(t, admin, name)
				body = body[:min(len(body), team.MaxPiece)]
				if _, err := admin.ask(t.Context(), &nats.Msg{Subject: subjectOf(space, name, len(body)), Data: body}); err != nil {
					t.Fatal(err)
				}
			},
			Remove: func(t *testing.T, name string) { t.Helper(); clearName(t, admin, name) },
		}
	})
}

// A broken piece of the right size lies where the whole one belongs, and nobody
// may remove it.
func TestABrokenPieceInPlaceIsMended(t *testing.T) {
	s, url := one(t)
	admin, maya := hub(t, s.settings(t, url, space, Admin)), hub(t, s.settings(t, url, space, "maya"))
	name, body := carriertest.Piece(1)
	put := func(body []byte) error {
		_, err := admin.ask(t.Context(), &nats.Msg{Subject: subjectOf(space, name, len(body)), Data: body})
		return err
	}
	junk := make([]byte, len(body))
	for range tries - 1 {
		if err := put(junk); err != nil {
			t.Fatal(err)
		}
	}
	carriertest.Put(t, maya, name, body)
	carriertest.Holds(t, maya, map[string][]byte{name: body})
	if err := put(junk); err == nil {
		t.Error("a stream takes more under one subject than it should")
	}
	carriertest.Holds(t, hub(t, s.settings(t, url, space, "anna")), map[string][]byte{name: body})
}

func TestTheConnectionComesBack(t *testing.T) {
	s := newSite(t, "one")
	o := s.options(t, "one")
	url := serve(t, o)
	if err := Make(t.Context(), s.settings(t, url, space, Admin)); err != nil {
		t.Fatal(err)
	}
	maya := hub(t, s.settings(t, url, space, "maya"))
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	news := make(chan struct{}, 100)
	ended := make(chan error, 1)
	go func() { ended <- maya.Watch(ctx, func() { news <- struct{}{} }) }()
	heard := func(what string) {
		t.Helper()
		select {
		case <-news:
		case <-ctx.Done():
			t.Fatalf("%s was not told", what)
		}
	}
	heard("the start")
	if err := maya.nc.ForceReconnect(); err != nil {
		t.Fatal(err)
	}
	name, body := carriertest.Piece(1)
	carriertest.Put(t, maya, name, body) // waits for the connection by itself
	heard("that it came back")
	carriertest.Holds(t, maya, map[string][]byte{name: body})
	cancel()
	if err := <-ended; err != nil {
		t.Error(err)
	}
	maya.Close()
	if err := maya.Watch(t.Context(), func() {}); err == nil {
		t.Error("a closed hub is watched")
	}
}

func kindOf(err error) data.ProblemKind {
	if p, ok := data.AsProblem(err); ok {
		return p.Kind
	}
	return ""
}

func TestWhatIsWrongIsTold(t *testing.T) {
	s, url := one(t)
	good := s.settings(t, url, space, "maya")
	strangers := newSite(t, "one")
	empty, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	nowhere := "tls://" + empty.Addr().String()
	empty.Close()
	tests := []struct {
		why    string
		change func(s *Settings)
		want   data.ProblemKind // or "" for *data.Invalid
	}{
		{"no server there", func(s *Settings) { s.Servers = []string{nowhere} }, data.Offline},
		{"another hub's credentials", func(s *Settings) { s.Creds = strangers.creds(t, space, "maya") }, data.HubRefused},
		{"no credentials", func(s *Settings) { s.Creds = nil }, data.HubRefused},
		{"a certificate of nobody we know", func(s *Settings) { s.CA = nil; s.Unsafe = false }, data.BadCertificate},
		{"a hub of one server", func(s *Settings) { s.Unsafe = false }, data.HubUnsafe},
		{"credentials that are none", func(s *Settings) { s.Creds = []byte("maya") }, ""},
		{"an authority that is none", func(s *Settings) { s.CA = []byte("x") }, ""},
		{"a password in the address", func(s *Settings) { s.Servers = []string{"tls://maya:secret@localhost"} }, ""},
		{"another kind of address", func(s *Settings) { s.Servers = []string{"https://localhost"} }, ""},
		{"no address", func(s *Settings) { s.Servers = nil }, ""},
		{"a space that is none", func(s *Settings) { s.Space = ">" }, ""},
	}
	for _, tt := range tests {
		t.Run(tt.why, func(t *testing.T) {
			changed := good
			tt.change(&changed)
			h, err := Open(t.Context(), changed)
			if err == nil {
				h.Close()
			}
			var invalid *data.Invalid
			if tt.want == "" && !errors.As(err, &invalid) || tt.want != "" && kindOf(err) != tt.want {
				t.Errorf("got %v, want %q", err, tt.want)
			}
		})
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Open(ctx, good); !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled opening gives %v", err)
	}
}

func TestASpaceWithoutAStreamIsTold(t *testing.T) {
	s := newSite(t, "one")
	url := serve(t, s.options(t, "one"))
	h := hub(t, s.settings(t, url, space, "maya"))
	if _, err := h.List(t.Context()); kindOf(err) != data.HubNoSpace {
		t.Errorf("list: %v, want %s", err, data.HubNoSpace)
	}
}

func TestFaultsOfAStream(t *testing.T) {
	if faults := faultsOf(wanted(space, 3), space); len(faults) > 0 {
		t.Errorf("a stream as it should be has %q", faults)
	}
	tests := []struct {
		want   string
		change func(c *config)
	}{
		{"it keeps 1 copies", func(c *config) { c.Replicas = 1 }},
		{"in memory", func(c *config) { c.Storage = "memory" }},
		{"before it is", func(c *config) { c.PersistMode = "async" }},
		{"forgets", func(c *config) { c.MaxAge = 1 }},
		{"forgets", func(c *config) { c.MaxMessages = 10 }},
		{"forgets", func(c *config) { c.Retention = "workqueue" }},
		{"overwritten", func(c *config) { c.Discard = "old" }},
		{"overwritten", func(c *config) { c.DiscardPerSubject = false }},
		{"overwritten", func(c *config) { c.MaxPerSubject = -1 }},
		{"remove", func(c *config) { c.AllowRollup = true }},
		{"at most 1000", func(c *config) { c.MaxSize = 1000 }},
		{"another stream", func(c *config) { c.Mirror = &struct{}{} }},
	}
	for _, tt := range tests {
		c := wanted(space, 3)
		tt.change(&c)
		if faults := faultsOf(c, space); len(faults) != 1 || !strings.Contains(faults[0], tt.want) {
			t.Errorf("%q, want one with %q", faults, tt.want)
		}
	}
}

func TestCheckSaysWhatIsWrong(t *testing.T) {
	s, url := one(t)
	r, err := Check(t.Context(), s.settings(t, url, space, "maya"), s.creds(t, System, "sys"))
	if err != nil {
		t.Fatal(err)
	}
	got := strings.Join(r.Faults, "\n")
	for _, want := range []string{"it keeps 1 copies", "one does not wait for its disk"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q does not say %q", got, want)
		}
	}
	if len(r.Faults) != 2 || len(r.Unseen) != 0 || len(r.Servers) != 1 {
		t.Errorf("%+v", r)
	}
	if r, err := Check(t.Context(), s.settings(t, url, space, "maya"), nil); err != nil || len(r.Faults) != 1 || len(r.Unseen) != 1 {
		t.Errorf("without the system's credentials: %+v and %v", r, err)
	}
}

// The file that Write makes sets each server as Check wants it.
func TestAServersOwnFileIsSafe(t *testing.T) {
	s := newSite(t, "one")
	url := serve(t, s.options(t, "one"))
	if err := Make(t.Context(), s.settings(t, url, space, Admin)); err != nil {
		t.Fatal(err)
	}
	r, err := Check(t.Context(), s.settings(t, url, space, "maya"), s.creds(t, System, "sys"))
	if err != nil || len(r.Faults) != 1 || !strings.Contains(r.Faults[0], "1 copies") {
		t.Errorf("%+v and %v", r, err)
	}
	three := newSite(t, "a", "b", "c")
	for _, host := range []string{"a", "b", "c"} {
		o := three.options(t, host)
		if !o.SyncAlways || o.TLSConfig == nil || o.Cluster.TLSConfig == nil || o.Cluster.TLSConfig.ClientAuth != tls.RequireAndVerifyClientCert || len(o.Routes) != 2 {
			t.Errorf("%s is not safely set", host)
		}
	}
}

func TestAnOpenServerIsTold(t *testing.T) {
	url := strings.Replace(serve(t, &server.Options{Host: "127.0.0.1", Port: server.RANDOM_PORT, JetStream: true, StoreDir: t.TempDir(), NoSigs: true, NoLog: true}), "tls:", "nats:", 1)
	open := Settings{Servers: []string{url}, Space: space, Unsafe: true}
	if err := Make(t.Context(), open); err != nil {
		t.Fatal(err)
	}
	r, err := Check(t.Context(), open, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"it does not encrypt", anybodyMay, "it keeps 1 copies"} {
		if !strings.Contains(strings.Join(r.Faults, "\n"), want) {
			t.Errorf("%q does not say %q", r.Faults, want)
		}
	}
	open.Unsafe = false
	if _, err := Open(t.Context(), open); kindOf(err) != data.HubUnsafe {
		t.Errorf("it is opened with %v, want %s", err, data.HubUnsafe)
	}
}
