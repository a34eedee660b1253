package cli

import (
	"bytes"
	"context"
	"errors"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"rapport/data/sample"
)

// noNetwork lets every dial and every question to a server fail, and counts them.
func noNetwork(t *testing.T) *atomic.Int32 {
	t.Helper()
	var asked atomic.Int32
	fails := func(context.Context, string, string) (net.Conn, error) {
		asked.Add(1)
		return nil, errors.New("there is no network")
	}
	transport, resolver := http.DefaultTransport, net.DefaultResolver
	http.DefaultTransport = &http.Transport{DialContext: fails, DialTLSContext: fails}
	net.DefaultResolver = &net.Resolver{PreferGo: true, Dial: fails}
	t.Cleanup(func() { http.DefaultTransport, net.DefaultResolver = transport, resolver })
	return &asked
}

// A brief is made, in each form, while every dial fails: it asks nobody.
func TestABriefIsMadeWhileEveryDialFails(t *testing.T) {
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	run := func(args ...string) string {
		t.Helper()
		var out, complaints bytes.Buffer
		env := map[string]string{"RAPPORT_NO_KEYRING": "1", "HOME": dir, "XDG_CONFIG_HOME": at("config")}
		p := program{in: strings.NewReader(""), out: &out, errOut: &complaints, faces: saidFaces(), env: func(name string) string { return env[name] },
			now: func() time.Time { return sample.Today }, find: pretendFind, look: pretendLook, browse: pretendBrowser}
		if code := p.run(t.Context(), append([]string{"-w", at("workspace")}, args...)); code != 0 {
			t.Fatalf("%q ended with %d: %s", args, code, complaints.String())
		}
		return out.String()
	}
	run("demo", "-headless", "-out", at("pictures"))
	asked := noNetwork(t)
	if _, err := http.Get("http://calendar.example/"); err == nil || asked.Load() == 0 {
		t.Fatal("the network is not gone")
	}
	asked.Store(0)
	for form, begins := range map[string]string{".pdf": "%PDF-", ".html": "<!doctype html>", ".md": "# "} {
		run("brief", "next", "-o", at("brief"+form))
		page, err := os.ReadFile(at("brief" + form))
		if err != nil || !strings.HasPrefix(strings.ToLower(string(page)), strings.ToLower(begins)) {
			t.Errorf("the brief as %s begins with %.20q, %v", form, page, err)
		}
	}
	for _, args := range [][]string{{"brief", "next"}, {"brief", "next", "-json"}, {"agenda", "-json"}} {
		if out := run(args...); !strings.Contains(out, "Kestrel") {
			t.Errorf("%q says %s", args, out)
		}
	}
	if n := asked.Load(); n > 0 {
		t.Errorf("%d times somebody was asked", n)
	}
}
