// Package logintest has a provider of OAuth2 tokens and a mail server that takes
// them, both in this process and on this laptop, for tests.
package logintest

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"rapport/sync/login"
)

// Scope is what the provider lets a program ask for.
const Scope = "mail.read"

// Provider is an OAuth2 server: it checks what a good one checks, and does wrong
// what its fields say. They are set before it is asked.
type Provider struct {
	URL string
	// Client is the one that it knows.
	Client login.Client
	// Address is whose mailbox its tokens open.
	Address string
	// Life is how long an access token lives; 0 is an hour.
	Life time.Duration
	// Rotate gives another refresh token each time, and takes the old one no more.
	Rotate bool
	// Deny is the code of the error with which it answers who comes to agree.
	Deny string
	// Given replaces the scope that it says a token is for.
	Given string
	// Hook sees every request first, and says that it answered.
	Hook func(w http.ResponseWriter, r *http.Request) bool

	server *httptest.Server
	mu     sync.Mutex
	codes  map[string]asked     // of the browser
	device map[string]string    // device code → "", "agreed" or the code of an error
	fresh  map[string]bool      // refresh tokens that are good
	access map[string]time.Time // access tokens and when they end
	all    []string             // every token and code that it gave
	asks   []url.Values         // what came to the token endpoint
	now    func() time.Time
}

// asked is what a person agreed to.
type asked struct{ redirect, challenge string }

// Start starts a provider; Close ends it.
func Start() *Provider {
	p := &Provider{
		Client: login.Client{ID: "rapport-test", Secret: "client-secret-7"}, Address: "maya@larkfield.example",
		codes: map[string]asked{}, device: map[string]string{}, fresh: map[string]bool{}, access: map[string]time.Time{}, now: time.Now,
	}
	p.server = httptest.NewServer(p)
	p.URL = p.server.URL
	return p
}

// Close ends the provider.
func (p *Provider) Close() { p.server.Close() }

// Entry is the provider as a program knows it.
func (p *Provider) Entry() login.Provider {
	return login.Provider{
		Name: "lark", Title: "Larkmail", AuthURL: p.URL + "/authorize", TokenURL: p.URL + "/token", DeviceURL: p.URL + "/device",
		Scopes: []string{Scope}, Hosts: []string{"127.0.0.1"},
	}
}

// Browse does what a person's browser does with the page of a sign-in: it agrees,
// and goes where it is sent. Its answer is the page that it ends on.
func Browse(page string) (string, error) {
	answer, err := http.Get(page)
	if err != nil {
		return "", err
	}
	defer answer.Body.Close()
	var text strings.Builder
	_, err = fmt.Fprint(&text, answer.Status, " ")
	buffer := make([]byte, 64<<10)
	for err == nil {
		var n int
		n, err = answer.Body.Read(buffer)
		text.Write(buffer[:n])
	}
	return text.String(), nil
}

// BrowseBeside opens the page as Browse does, and does not wait for what it ends
// on, as a browser does.
func BrowseBeside(page string) error {
	go func() { _, _ = Browse(page) }()
	return nil
}

// Transport reaches the provider without a network.
func (p *Provider) Transport() http.RoundTripper { return direct{p} }

type direct struct{ h http.Handler }

// RoundTrip asks the handler.
func (d direct) RoundTrip(r *http.Request) (*http.Response, error) {
	w := httptest.NewRecorder()
	d.h.ServeHTTP(w, r)
	answer := w.Result()
	answer.Request = r
	return answer, nil
}

// Agree is a person who enters a code on another device, or refuses with the code
// of an error.
func (p *Provider) Agree(refusal string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for code := range p.device {
		p.device[code] = map[bool]string{true: "agreed", false: refusal}[refusal == ""]
	}
}

// Revoke takes back every grant, and every access token if all is true.
func (p *Provider) Revoke(all bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	clear(p.fresh)
	if all {
		clear(p.access)
	}
}

// Expire ends every access token.
func (p *Provider) Expire() {
	p.mu.Lock()
	defer p.mu.Unlock()
	clear(p.access)
}

// Opens says whether an access token opens the mailbox.
func (p *Provider) Opens(token string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	until, ok := p.access[token]
	return ok && p.now().Before(until)
}

// Secrets are every token and code that it gave.
func (p *Provider) Secrets() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.all)
}

// Asks are the forms that came to the token endpoint.
func (p *Provider) Asks() []url.Values {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.asks)
}

// ServeHTTP answers as an OAuth2 server.
func (p *Provider) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	_ = r.ParseForm()
	if r.URL.Path == "/token" {
		p.mu.Lock()
		p.asks = append(p.asks, r.PostForm)
		p.mu.Unlock()
	}
	if p.Hook != nil && p.Hook(w, r) {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	switch r.URL.Path {
	case "/authorize":
		p.authorize(w, r)
	case "/token":
		p.token(w, r)
	case "/device":
		p.deviceCode(w, r)
	case "/introspect":
		p.introspect(w, r)
	default:
		http.NotFound(w, r)
	}
}

func (p *Provider) authorize(w http.ResponseWriter, r *http.Request) {
	form := r.Form
	to, err := url.Parse(form.Get("redirect_uri"))
	host := ""
	if err == nil {
		host = to.Hostname()
	}
	switch {
	case host != "127.0.0.1" && host != "localhost", form.Get("client_id") != p.Client.ID, form.Get("response_type") != "code",
		form.Get("scope") != Scope, form.Get("code_challenge_method") != "S256", len(form.Get("code_challenge")) != 43, form.Get("state") == "":
		http.Error(w, "this program asks in a way that is not known here", http.StatusBadRequest)
		return
	}
	back := url.Values{"state": {form.Get("state")}}
	if p.Deny != "" {
		back.Set("error", p.Deny)
		back.Set("error_description", "AADSTS65004: the user said no to "+p.Client.Secret)
	} else {
		code := p.secret("code")
		p.codes[code] = asked{form.Get("redirect_uri"), form.Get("code_challenge")}
		back.Set("code", code)
	}
	to.Path, to.RawQuery = "/", back.Encode()
	http.Redirect(w, r, to.String(), http.StatusFound)
}

func (p *Provider) token(w http.ResponseWriter, r *http.Request) {
	form := r.PostForm
	if form.Get("client_id") != p.Client.ID || form.Get("client_secret") != p.Client.Secret {
		fail(w, http.StatusUnauthorized, "invalid_client")
		return
	}
	refresh := ""
	switch form.Get("grant_type") {
	case "authorization_code":
		a, ok := p.codes[form.Get("code")]
		delete(p.codes, form.Get("code"))
		sum := sha256.Sum256([]byte(form.Get("code_verifier")))
		if !ok || a.redirect != form.Get("redirect_uri") || a.challenge != base64.RawURLEncoding.EncodeToString(sum[:]) {
			fail(w, http.StatusBadRequest, "invalid_grant")
			return
		}
		refresh = p.secret("refresh")
	case "refresh_token":
		old := form.Get("refresh_token")
		if !p.fresh[old] {
			fail(w, http.StatusBadRequest, "invalid_grant")
			return
		}
		if p.Rotate {
			delete(p.fresh, old)
			refresh = p.secret("refresh")
		}
	case "urn:ietf:params:oauth:grant-type:device_code":
		code := form.Get("device_code")
		state, ok := p.device[code]
		switch {
		case !ok:
			state = "expired_token"
		case state == "":
			state = "authorization_pending"
		case state == "slow_down":
			p.device[code] = "" // said once
		case state == "agreed":
			delete(p.device, code)
			refresh = p.secret("refresh")
		}
		if state != "agreed" {
			fail(w, http.StatusBadRequest, state)
			return
		}
	default:
		fail(w, http.StatusBadRequest, "unsupported_grant_type")
		return
	}
	p.give(w, refresh)
}

func (p *Provider) give(w http.ResponseWriter, refresh string) {
	life := p.Life
	if life == 0 {
		life = time.Hour
	}
	access := p.secret("access")
	p.access[access] = p.now().Add(life)
	answer := map[string]any{"access_token": access, "token_type": "Bearer", "expires_in": int(life / time.Second), "scope": Scope}
	if refresh != "" {
		p.fresh[refresh] = true
		answer["refresh_token"] = refresh
	}
	if p.Given != "" {
		answer["scope"] = p.Given
	}
	answerJSON(w, http.StatusOK, answer)
}

func (p *Provider) deviceCode(w http.ResponseWriter, r *http.Request) {
	if r.PostForm.Get("client_id") != p.Client.ID {
		fail(w, http.StatusUnauthorized, "invalid_client")
		return
	}
	code := p.secret("device")
	p.device[code] = ""
	answerJSON(w, http.StatusOK, map[string]any{
		"device_code": code, "user_code": "LARK-7777", "verification_uri": p.URL + "/enter", "expires_in": 900, "interval": 5,
	})
}

// introspect is RFC 7662, for mail servers that ask whose a token is.
func (p *Provider) introspect(w http.ResponseWriter, r *http.Request) {
	until, ok := p.access[r.PostForm.Get("token")]
	answerJSON(w, http.StatusOK, map[string]any{"active": ok && p.now().Before(until), "username": p.Address, "email": p.Address})
}

// secret is a new one, remembered. It is 40 letters or more.
func (p *Provider) secret(kind string) string {
	s := kind + "-" + rand.Text() + rand.Text()
	p.all = append(p.all, s)
	return s
}

// fail answers with an error, whose description repeats what a careless server
// might.
func fail(w http.ResponseWriter, status int, code string) {
	answerJSON(w, status, map[string]any{"error": code, "error_description": "AADSTS700082: the client-secret-7 was sent"})
}

func answerJSON(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v) // who is gone does not read it
}
