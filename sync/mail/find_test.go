package mail

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"rapport/data"
)

// world is what Find can ask, and what it was asked. The zero value has no
// server and no record.
type world struct {
	pages  map[string]string     // https addresses without their queries; "=>URL" redirects
	srv    map[string][]*net.SRV // by "_imaps._tcp.larkfield.example."
	mx     map[string][]*net.MX  // by "larkfield.example."
	dns    error                 // of every DNS question
	speaks map[string]string     // greetings by "imap.example.com:993"
	certs  *httptest.Server      // whose certificate is that of example.com and *.example.com
	silent bool                  // nothing ever answers
	mu     sync.Mutex
	asked  []string
}

func (w *world) note(format string, args ...any) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.asked = append(w.asked, fmt.Sprintf(format, args...))
}

func notFound(name string) error {
	return &net.DNSError{Err: "no such host", Name: name, IsNotFound: true}
}

func (w *world) LookupSRV(ctx context.Context, service, proto, name string) (string, []*net.SRV, error) {
	key := "_" + service + "._" + proto + "." + name
	w.note("SRV %s", key)
	if err := w.wait(ctx); err != nil {
		return "", nil, err
	}
	if list, ok := w.srv[key]; ok {
		return key, list, nil
	}
	return "", nil, notFound(key)
}

func (w *world) LookupMX(ctx context.Context, name string) ([]*net.MX, error) {
	w.note("MX %s", name)
	if err := w.wait(ctx); err != nil {
		return nil, err
	}
	if list, ok := w.mx[name]; ok {
		return list, nil
	}
	return nil, notFound(name)
}

func (w *world) wait(ctx context.Context) error {
	if w.silent {
		<-ctx.Done()
		return ctx.Err()
	}
	return w.dns
}

func (w *world) RoundTrip(r *http.Request) (*http.Response, error) {
	w.note("GET %s referer=%q", r.URL, r.Header.Get("Referer"))
	if err := w.wait(r.Context()); err != nil {
		return nil, err
	}
	page, ok := w.pages[r.URL.Scheme+"://"+r.URL.Host+r.URL.Path]
	answer := &http.Response{StatusCode: http.StatusOK, Header: http.Header{}, Request: r, Body: io.NopCloser(strings.NewReader(page))}
	if to, moved := strings.CutPrefix(page, "=>"); moved {
		answer.StatusCode = http.StatusFound
		answer.Header.Set("Location", to)
	}
	if !ok {
		return nil, notFound(r.URL.Host)
	}
	return answer, nil
}

func (w *world) dial(ctx context.Context, _, address string) (net.Conn, error) {
	w.note("TCP %s", address)
	if err := w.wait(ctx); err != nil {
		return nil, err
	}
	greeting, ok := w.speaks[address]
	if !ok {
		return nil, notFound(address)
	}
	here, there := net.Pipe()
	go func() {
		server := tls.Server(there, w.certs.TLS)
		_, _ = io.WriteString(server, greeting+"\r\n")
		heard, _ := io.ReadAll(server)
		if len(heard) > 0 {
			w.note("heard %q", heard)
		}
		_ = there.Close()
	}()
	return here, nil
}

func (w *world) options() FindOptions {
	o := FindOptions{Resolver: w, Client: &http.Client{Transport: w}, Dial: w.dial}
	if w.certs != nil {
		o.RootCAs = x509.NewCertPool()
		o.RootCAs.AddCert(w.certs.Certificate())
	}
	return o
}

const (
	configAt    = "https://autoconfig.larkfield.example/mail/config-v1.1.xml"
	wellKnownAt = "https://larkfield.example/.well-known/autoconfig/mail/config-v1.1.xml"
)

func configOf(servers ...string) string {
	return `<?xml version="1.0"?><clientConfig version="1.1"><emailProvider id="x"><domain>x</domain>` + strings.Join(servers, "") + `</emailProvider></clientConfig>`
}

func serverOf(kind, host, port, security, user string, auth ...string) string {
	s := fmt.Sprintf(`<incomingServer type="%s"><hostname>%s</hostname><port>%s</port><socketType>%s</socketType><username>%s</username>`, kind, host, port, security, user)
	for _, a := range auth {
		s += "<authentication>" + a + "</authentication>"
	}
	return s + "</incomingServer>"
}

func TestAMailboxIsFound(t *testing.T) {
	certs := httptest.NewTLSServer(nil)
	t.Cleanup(certs.Close)
	for _, c := range []struct {
		name, address string
		world         *world
		want          []string // "host:port security user by sign-in elsewhere"
		tried         string   // in one of the lines
	}{
		{name: "at a large provider, from the table", address: " Maya.Lindqvist@GMail.com ", want: []string{"imap.gmail.com:993 tls maya.lindqvist@gmail.com (address) table, app password"}},
		{name: "at Microsoft, which takes no password", address: "maya@hotmail.co.uk", want: []string{"outlook.office365.com:993 tls maya@hotmail.co.uk (address) table, browser"}},
		{name: "at one whose users have no domain", address: "maya@free.fr", want: []string{"imap.free.fr:993 tls maya (local part) table, password"}},
		{name: "not where mail programs are kept out", address: "maya@proton.me", tried: "Bridge"},
		{
			name: "in the domain's own settings", address: "maya@larkfield.example",
			world: &world{pages: map[string]string{configAt: configOf(
				serverOf("pop3", "pop.larkfield.example", "995", "SSL", "%EMAILADDRESS%", "password-cleartext"),
				serverOf("imap", "mail.larkfield.example", "143", "STARTTLS", "%EMAILLOCALPART%", "password-cleartext"),
				serverOf("imap", "mail.larkfield.example", "993", "SSL", "%EMAILLOCALPART%", "password-cleartext"),
				serverOf("imap", "mail.larkfield.example", "143", "plain", "%EMAILLOCALPART%", "password-cleartext"),
			)}},
			want: []string{"mail.larkfield.example:993 tls maya (local part) autoconfig, password", "mail.larkfield.example:143 starttls maya (local part) autoconfig, password"},
		},
		{
			name: "at the well-known place, with a name of its own", address: "maya@larkfield.example",
			world: &world{pages: map[string]string{wellKnownAt: configOf(serverOf("imap", "IMAP.%EMAILDOMAIN%.", " 993 ", "ssl", "LARK\\%EMAILLOCALPART%", "password-encrypted"))}},
			want:  []string{`imap.larkfield.example:993 tls LARK\maya (other) autoconfig, password`}, tried: "asked autoconfig.larkfield.example for its settings: there is no such server",
		},
		{
			name: "at a large provider that the settings name", address: "maya@larkfield.example",
			world: &world{pages: map[string]string{configAt: configOf(serverOf("imap", "outlook.office365.com", "993", "SSL", "%EMAILADDRESS%", "OAuth2", "password-cleartext"))}},
			want:  []string{"outlook.office365.com:993 tls maya@larkfield.example (address) autoconfig, browser"},
		},
		{
			name: "with a sign-in in the browser only", address: "maya@larkfield.example",
			world: &world{pages: map[string]string{configAt: configOf(serverOf("imap", "imap.larkfield.example", "993", "SSL", "%REALNAME%", "OAuth2"))}},
			want:  []string{"imap.larkfield.example:993 tls maya@larkfield.example (address) autoconfig, browser"},
		},
		{
			name: "not where the settings offer no encryption", address: "maya@larkfield.example",
			world: &world{pages: map[string]string{configAt: configOf(serverOf("imap", "imap.larkfield.example", "143", "plain", "%EMAILADDRESS%"))}},
			tried: "its server offers no encryption",
		},
		{
			name: "not in settings that no password opens", address: "maya@larkfield.example",
			world: &world{pages: map[string]string{configAt: configOf(serverOf("imap", "imap.larkfield.example", "993", "SSL", "%EMAILADDRESS%", "GSSAPI"))}},
			tried: "its server accepts no password",
		},
		{
			name: "not at a server of numbers", address: "maya@larkfield.example",
			world: &world{pages: map[string]string{configAt: configOf(serverOf("imap", "127.0.0.1", "993", "SSL", "%EMAILADDRESS%"))}},
			tried: "the server that it names cannot be one",
		},
		{name: "not in a web page", address: "maya@larkfield.example", world: &world{pages: map[string]string{configAt: "<html><body>Welcome<br></html>"}}, tried: "its answer is no settings file"},
		{
			name: "not in an answer without end", address: "maya@larkfield.example",
			world: &world{pages: map[string]string{configAt: configOf(strings.Repeat(" ", largestConfig))}}, tried: "too large for a settings file",
		},
		{
			name: "by a redirect that stays encrypted", address: "maya@larkfield.example",
			world: &world{pages: map[string]string{
				configAt: "=>https://settings.larkfield.example/mail.xml",
				"https://settings.larkfield.example/mail.xml": configOf(serverOf("imap", "imap.larkfield.example", "993", "SSL", "%EMAILADDRESS%")),
			}},
			want: []string{"imap.larkfield.example:993 tls maya@larkfield.example (address) autoconfig, password"},
		},
		{
			name: "not by a redirect that does not", address: "maya@larkfield.example",
			world: &world{pages: map[string]string{
				configAt: "=>http://settings.larkfield.example/mail.xml",
				"http://settings.larkfield.example/mail.xml": configOf(serverOf("imap", "imap.larkfield.example", "993", "SSL", "%EMAILADDRESS%")),
			}},
			tried: "it leads away from https",
		},
		{
			name: "in its service records, TLS first", address: "maya@larkfield.example",
			world: &world{srv: map[string][]*net.SRV{
				"_imap._tcp.larkfield.example.":  {{Target: "mail.larkfield.example.", Port: 143}},
				"_imaps._tcp.larkfield.example.": {{Target: "mail.larkfield.example.", Port: 993}, {Target: "spare.larkfield.example.", Port: 9933}},
			}},
			want: []string{
				"mail.larkfield.example:993 tls maya@larkfield.example (address) SRV, password", "spare.larkfield.example:9933 tls maya@larkfield.example (address) SRV, password",
				"mail.larkfield.example:143 starttls maya@larkfield.example (address) SRV, password",
			},
		},
		{
			name: "in records that lead to another domain, which anybody could forge", address: "maya@larkfield.example",
			world: &world{srv: map[string][]*net.SRV{"_imaps._tcp.larkfield.example.": {{Target: "imap.hosting.example.", Port: 993}}}},
			want:  []string{"imap.hosting.example:993 tls maya@larkfield.example (address) SRV, password, elsewhere"},
		},
		{
			name: "in records that lead to a large provider", address: "maya@larkfield.example",
			world: &world{srv: map[string][]*net.SRV{"_imaps._tcp.larkfield.example.": {{Target: "imap.fastmail.com.", Port: 993}}, "_imap._tcp.larkfield.example.": {{Target: "."}}}},
			want:  []string{"imap.fastmail.com:993 tls maya@larkfield.example (address) SRV, app password"}, tried: "a record _imap._tcp.larkfield.example: there is no such service, it says",
		},
		{
			name: "nowhere, as the domain itself says", address: "maya@example.com",
			world: &world{
				srv:    map[string][]*net.SRV{"_imaps._tcp.example.com.": {{Target: "."}}, "_imap._tcp.example.com.": {{Target: "."}}},
				speaks: map[string]string{"imap.example.com:993": "* OK ready"}, certs: certs,
			},
			tried: "a record _imaps._tcp.example.com: there is no such service, it says",
		},
		{
			name: "by where its mail is delivered", address: "maya@larkfield.example",
			world: &world{mx: map[string][]*net.MX{"larkfield.example.": {{Host: "larkfield-example.mail.protection.outlook.com."}}}},
			want:  []string{"outlook.office365.com:993 tls maya@larkfield.example (address) MX, browser"},
		},
		{
			name: "not by a name that only ends like a provider's", address: "maya@larkfield.example",
			world: &world{mx: map[string][]*net.MX{"larkfield.example.": {{Host: "mx.notgoogle.com."}}}}, tried: "to no provider in Rapport's table",
		},
		{
			name: "not where its mail goes to a provider that keeps mail programs out", address: "maya@larkfield.example",
			world: &world{mx: map[string][]*net.MX{"larkfield.example.": {{Host: "mail.protonmail.ch."}}}}, tried: "Bridge",
		},
		{
			name: "by a guess that greets", address: "maya@example.com",
			world: &world{speaks: map[string]string{"imap.example.com:993": "* OK ready", "mail.example.com:993": "* OK ready"}, certs: certs},
			want:  []string{"imap.example.com:993 tls maya@example.com (address) guess, password"},
		},
		{
			name: "by the second guess when the first is no mail server", address: "maya@example.com",
			world: &world{speaks: map[string]string{"imap.example.com:993": "220 ftp", "mail.example.com:993": "* OK ready"}, certs: certs},
			want:  []string{"mail.example.com:993 tls maya@example.com (address) guess, password"}, tried: "tried imap.example.com:993: it does not greet as a mail server does",
		},
		{
			name: "not by a guess with another's certificate", address: "maya@larkfield.example",
			world: &world{speaks: map[string]string{"imap.larkfield.example:993": "* OK ready"}, certs: certs}, tried: "tried imap.larkfield.example:993: it does not show that it is this server",
		},
		{
			name: "not by a guess that has signed somebody in already", address: "maya@example.com",
			world: &world{speaks: map[string]string{"imap.example.com:993": "* PREAUTH hello"}, certs: certs}, tried: "it does not greet",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.world == nil {
				c.world = &world{}
			}
			found, tried, err := Find(context.Background(), c.address, c.world.options())
			if err != nil {
				t.Fatal(err)
			}
			if got := inWords(found); !slices.Equal(got, c.want) {
				t.Errorf("found %q\nwant  %q\ntried %q", got, c.want, tried)
			}
			if !strings.Contains(strings.Join(tried, "\n"), c.tried) {
				t.Errorf("tried %q, without %q", tried, c.tried)
			}
			if len(found) == 0 && len(tried) == 0 {
				t.Error("nothing found, and not a word why")
			}
		})
	}
}

func inWords(found []Found) []string {
	by := map[FoundBy]string{ByTable: "table", ByAutoconfig: "autoconfig", BySRV: "SRV", ByMX: "MX", ByGuess: "guess"}
	var list []string
	for _, f := range found {
		s := fmt.Sprintf("%s:%d %s %s (%s) %s, %s", f.Host, f.Port, f.Security, f.User, f.UserForm, by[f.By], f.SignIn)
		if f.Elsewhere {
			s += ", elsewhere"
		}
		list = append(list, s)
	}
	return list
}

func TestNothingButTheDomainLeavesTheLaptop(t *testing.T) {
	certs := httptest.NewTLSServer(nil)
	defer certs.Close()
	w := &world{certs: certs, speaks: map[string]string{"imap.example.com:993": "* OK ready"}, pages: map[string]string{
		"https://autoconfig.example.com/mail/config-v1.1.xml": "=>https://example.net/mail.xml",
		"https://example.net/mail.xml":                        "",
	}}
	if _, _, err := Find(context.Background(), "maya@example.com", w.options()); err != nil {
		t.Fatal(err)
	}
	for _, q := range w.asked {
		if strings.Contains(q, "maya") && !strings.HasPrefix(q, "GET https://autoconfig.example.com/mail/config-v1.1.xml?emailaddress=maya%40example.com ") {
			t.Errorf("the address went out: %s", q)
		}
		if strings.HasPrefix(q, "heard") || strings.HasPrefix(q, "GET http:") {
			t.Errorf("said to a server: %s", q)
		}
	}
	if len(w.asked) < 7 {
		t.Errorf("asked only %q", w.asked)
	}
}

func TestALargeProviderIsFoundWithoutAskingAnybody(t *testing.T) {
	w := &world{}
	if found, _, err := Find(context.Background(), "maya@yahoo.com", w.options()); err != nil || len(found) != 1 {
		t.Errorf("%v, %v", found, err)
	}
	if len(w.asked) > 0 {
		t.Errorf("asked %q", w.asked)
	}
	if f, ok := FindKnown("maya@yahoo.com"); !ok || f.Host != "imap.mail.yahoo.com" {
		t.Errorf("known: %v, %v", f, ok)
	}
	for _, address := range []string{"maya@larkfield.example", "maya@proton.me", "maya", ""} {
		if f, ok := FindKnown(address); ok {
			t.Errorf("%s is known: %v", address, f)
		}
	}
}

func TestASearchNeverTakesLong(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		begun := time.Now()
		_, tried, err := Find(t.Context(), "maya@larkfield.example", (&world{silent: true}).options())
		if p, ok := data.AsProblem(err); !ok || p.Kind != data.Offline {
			t.Errorf("error %v", err)
		}
		if took := time.Since(begun); took >= 20*time.Second {
			t.Errorf("took %s", took)
		}
		if !strings.Contains(strings.Join(tried, "\n"), "no answer in time") {
			t.Errorf("tried %q", tried)
		}
	})
}

func TestASearchEndsWithItsContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		begun := time.Now()
		time.AfterFunc(time.Second, cancel)
		found, _, err := Find(ctx, "maya@larkfield.example", (&world{silent: true}).options())
		if !errors.Is(err, context.Canceled) || found != nil || time.Since(begun) != time.Second {
			t.Errorf("%v, %v after %s", found, err, time.Since(begun))
		}
	})
}

func TestWithoutANetworkASearchSaysSo(t *testing.T) {
	down := &net.DNSError{Err: "connection refused", Name: "larkfield.example", IsTemporary: true}
	_, _, err := Find(context.Background(), "maya@larkfield.example", (&world{dns: down}).options())
	if p, ok := data.AsProblem(err); !ok || p.Kind != data.Offline {
		t.Errorf("error %v", err)
	}
}

func TestOnlyMailAddressesAreSearchedFor(t *testing.T) {
	for _, address := range []string{"", "maya", "@larkfield.example", "maya@", "maya@localhost", "maya@127.0.0.1", "maya@[127.0.0.1]", "maya@lark field.example", "ma\x00ya@larkfield.example", "maya@larkfield.example/x", "maya@larkfield.example:80", "maya@-x.example"} {
		w := &world{}
		_, _, err := Find(context.Background(), address, w.options())
		if !errors.As(err, new(*data.Invalid)) || len(w.asked) > 0 {
			t.Errorf("%q: %v, asked %q", address, err, w.asked)
		}
	}
}

func TestTheTableOfProvidersIsSound(t *testing.T) {
	seen := map[string]string{}
	for _, p := range providers {
		if (p.host == "") == (p.none == "") || p.host != "" && !isDomain(p.host) {
			t.Errorf("%s: host %q, none %q", p.name, p.host, p.none)
		}
		if p.signIn != "" && p.advice == "" {
			t.Errorf("%s wants more than a password and does not say how", p.name)
		}
		if strings.HasSuffix(p.advice, ".") || strings.HasSuffix(p.none, ".") {
			t.Errorf("%s: a full stop", p.name)
		}
		for _, d := range append(strings.Fields(p.domains), strings.Fields("mx:"+strings.ReplaceAll(p.mx, " ", " mx:"))...) {
			if d == "mx:" {
				continue
			}
			if !isDomain(strings.TrimPrefix(d, "mx:")) || seen[d] != "" {
				t.Errorf("%s: %s is no domain, or is that of %s", p.name, d, seen[d])
			}
			seen[d] = p.name
		}
	}
}

func FuzzReadConfig(f *testing.F) {
	f.Add([]byte(configOf(serverOf("imap", "imap.%EMAILDOMAIN%", "993", "SSL", "%EMAILADDRESS%", "password-cleartext"))))
	f.Add([]byte(configOf(serverOf("imap", "imap.larkfield.example", "143", "STARTTLS", "%REALNAME%", "OAuth2"), serverOf("imap", "::1", "0", "plain", "\x7f"))))
	f.Add([]byte(`<clientConfig><emailProvider><incomingServer type="imap"><hostname>&x;</hostname>`))
	f.Add(bytes.Repeat([]byte("<a>"), 20000))
	s, err := newSearch("maya@larkfield.example", FindOptions{})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, file []byte) {
		found, err := s.readConfig(file)
		if (err == nil) != (len(found) > 0) {
			t.Fatalf("%v, %v", found, err)
		}
		for _, way := range found {
			m := data.Mailbox{Address: s.address, Host: way.Host, Port: way.Port, Security: way.Security, User: way.User}
			if err := m.Check(); err != nil || way.Security == data.Plain || !isDomain(way.Host) || !isUser(way.User) {
				t.Errorf("%+v: %v", way, err)
			}
		}
	})
}
