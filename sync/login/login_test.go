package login_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"rapport/data"
	"rapport/sync/login"
	"rapport/sync/login/logintest"
)

func provider(t *testing.T) *logintest.Provider {
	t.Helper()
	p := logintest.Start()
	t.Cleanup(p.Close)
	return p
}

func flowTo(p *logintest.Provider) login.Flow {
	return login.Flow{Provider: p.Entry(), Client: p.Client, Address: p.Address}
}

// browse opens the page in a browser beside, and hands over what it ends on.
func browse(ended chan<- string) func(string) error {
	return func(page string) error {
		go func() {
			text, err := logintest.Browse(page)
			ended <- fmt.Sprint(text, err)
		}()
		return nil
	}
}

func TestSignInInTheBrowser(t *testing.T) {
	p := provider(t)
	ended := make(chan string, 1)
	g, err := flowTo(p).InBrowser(t.Context(), func(page string) error {
		q, err := url.Parse(page)
		if err != nil || q.Query().Get("login_hint") != p.Address || q.Query().Get("code_challenge_method") != "S256" {
			t.Errorf("the page is asked %v, %v", q, err)
		}
		return browse(ended)(page)
	})
	if err != nil {
		t.Fatal(err)
	}
	if text := <-ended; !strings.Contains(text, "200 OK") || !strings.Contains(text, "You can close this window") {
		t.Errorf("the browser shows %q", text)
	}
	if !p.Opens(g.Access) || g.Refresh == "" || g.Client != p.Client || time.Until(g.Expiry) < 50*time.Minute {
		t.Errorf("it is no sign-in: %s", g.Seal())
	}
	asked := p.Asks()[0]
	if len(asked.Get("code_verifier")) < 43 || asked.Get("client_secret") != p.Client.Secret {
		t.Errorf("the token was asked for with %v", asked)
	}
}

func TestWhatDoesNotBringTheStateIsNotHeard(t *testing.T) {
	p := provider(t)
	ended := make(chan string, 1)
	_, err := flowTo(p).InBrowser(t.Context(), func(page string) error {
		u, _ := url.Parse(page)
		back := u.Query().Get("redirect_uri")
		for _, wrong := range []string{back + "/?code=forged&state=guessed", back + "/?code=forged", back + "/?error=access_denied&state=", back + "/favicon.ico"} {
			text, err := logintest.Browse(wrong)
			if err != nil || !strings.HasPrefix(text, "40") {
				t.Errorf("%s is answered %q, %v", wrong, text, err)
			}
		}
		r, _ := http.NewRequest(http.MethodGet, back+"/?code=forged&state="+u.Query().Get("state"), nil)
		r.Host = "evil.example"
		if answer, err := http.DefaultClient.Do(r); err != nil || answer.StatusCode != http.StatusBadRequest {
			t.Errorf("by another name it is answered %v, %v", answer, err)
		}
		return browse(ended)(page)
	})
	if err != nil {
		t.Errorf("the sign-in that came after: %v", err)
	}
	<-ended
}

// kindOf is the kind of a problem; "" for none.
func kindOf(err error) data.ProblemKind {
	if p, ok := data.AsProblem(err); ok {
		return p.Kind
	}
	return ""
}

func answerWith(status int, contentType, body string) func(http.ResponseWriter, *http.Request) bool {
	return func(w http.ResponseWriter, r *http.Request) bool {
		if r.URL.Path != "/token" {
			return false
		}
		w.Header().Set("Content-Type", contentType)
		w.WriteHeader(status)
		_, _ = w.Write([]byte(body))
		return true
	}
}

func TestEveryWayInWhichASignInFails(t *testing.T) {
	for name, c := range map[string]struct {
		wrong func(p *logintest.Provider, f *login.Flow)
		kind  data.ProblemKind
		says  string
	}{
		"the person says no": {func(p *logintest.Provider, _ *login.Flow) { p.Deny = "access_denied" }, data.SignInDenied, "Larkmail was told not to let Rapport in (AADSTS65004)"},
		"an odd refusal":     {func(p *logintest.Provider, _ *login.Flow) { p.Deny = "vendor_trouble" }, data.SignInFailed, "did not work (AADSTS65004)"},
		"no client ID":       {func(_ *logintest.Provider, f *login.Flow) { f.Client.ID = "" }, data.NoClientID, "has no client ID for Larkmail"},
		"a wrong secret":     {func(_ *logintest.Provider, f *login.Flow) { f.Client.Secret = "other" }, data.WrongClientID, "does not accept the client ID"},
		"a web page in place of a token": {
			func(p *logintest.Provider, _ *login.Flow) {
				p.Hook = answerWith(200, "text/html", "<html>Hotel Wi-Fi client-secret-7</html>")
			}, data.ServerSaid, "not as a sign-in server does",
		},
		"a server that is not well": {func(p *logintest.Provider, _ *login.Flow) { p.Hook = answerWith(503, "text/html", "<h1>sorry</h1>") }, data.ServerSaid, "not well"},
		"a redirect":                {func(p *logintest.Provider, _ *login.Flow) { p.Hook = answerWith(302, "text/html", "") }, data.ServerSaid, "not as a sign-in server does"},
		"a token that is none": {func(p *logintest.Provider, _ *login.Flow) {
			p.Hook = answerWith(200, "application/json", `{"token_type":"Bearer"}`)
		}, data.ServerSaid, ""},
		"an error in plain words": {func(p *logintest.Provider, _ *login.Flow) {
			p.Hook = answerWith(400, "application/json", `{"error":"Bad client-secret-7!"}`)
		}, data.SignInFailed, "did not work;"},
		"a code that is used up": {func(p *logintest.Provider, _ *login.Flow) {
			p.Hook = answerWith(400, "application/json", `{"error":"invalid_grant"}`)
		}, data.SignInFailed, ""},
		"a server that is down": {
			func(p *logintest.Provider, f *login.Flow) { f.Provider.TokenURL = "http://127.0.0.1:1/token" }, data.Offline, "no connection to Larkmail",
		},
		"an answer that does not come": {
			func(p *logintest.Provider, f *login.Flow) {
				f.Patience = 10 * time.Millisecond
				p.Hook = func(w http.ResponseWriter, r *http.Request) bool {
					if r.URL.Path == "/token" {
						<-r.Context().Done()
					}
					return r.URL.Path == "/token"
				}
			}, data.TimedOut, "",
		},
	} {
		t.Run(name, func(t *testing.T) {
			p := provider(t)
			f := flowTo(p)
			c.wrong(p, &f)
			ended := make(chan string, 1)
			_, err := f.InBrowser(t.Context(), browse(ended))
			if kindOf(err) != c.kind || !strings.Contains(err.Error(), c.says) {
				t.Errorf("it says %v", err)
			}
			if f.Client.ID != "" {
				if text := <-ended; strings.Contains(text, "You are signed in") || !strings.Contains(text, "You can close this window") {
					t.Errorf("the browser shows %q", text)
				}
			}
			refuseSecrets(t, p, fmt.Sprintf("%v %+v %#v", err, err, errors.Unwrap(err)))
		})
	}
}

func refuseSecrets(t *testing.T, p *logintest.Provider, text string) {
	t.Helper()
	for _, s := range append(p.Secrets(), p.Client.Secret) {
		if strings.Contains(text, s) {
			t.Errorf("a secret stands in %q", text)
		}
	}
}

func TestASignInEndsWhenNobodyFinishesIt(t *testing.T) {
	p := provider(t)
	f := flowTo(p)
	f.Within = time.Nanosecond
	if _, err := f.InBrowser(t.Context(), func(string) error { return nil }); kindOf(err) != data.SignInLate {
		t.Errorf("in time it says %v", err)
	}
	f.Within = 0
	ctx, cancel := context.WithCancel(t.Context())
	if _, err := f.InBrowser(ctx, func(string) error { cancel(); return nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("given up, it says %v", err)
	}
	noBrowser := errors.New("there is no browser")
	if _, err := f.InBrowser(t.Context(), func(string) error { return noBrowser }); !errors.Is(err, noBrowser) {
		t.Errorf("without a browser it says %v", err)
	}
}

func TestAPersonMayAllowAPart(t *testing.T) {
	google, _ := login.Named(login.Providers([]login.Provider{{Name: "google", Scopes: []string{logintest.Scope}}}), "google")
	for given, kind := range map[string]data.ProblemKind{"": "", logintest.Scope + " openid": "", "openid profile": data.SignInDenied} {
		p := provider(t)
		p.Given = given
		f := flowTo(p)
		f.Provider = google
		f.Provider.AuthURL, f.Provider.TokenURL = p.URL+"/authorize", p.URL+"/token"
		ended := make(chan string, 1)
		if _, err := f.InBrowser(t.Context(), browse(ended)); kindOf(err) != kind {
			t.Errorf("for %q it says %v", given, err)
		}
		<-ended
	}
}

// TestSignInOnAnotherDevice runs on a clock of its own, without a network, since
// the provider says how long to wait.
func TestSignInOnAnotherDevice(t *testing.T) {
	for _, c := range []struct {
		name  string
		agree []string // what the person does, each 7 s after the one before; "" agrees
		kind  data.ProblemKind
		least time.Duration
	}{
		{"agreed", []string{""}, "", 10 * time.Second},
		{"told to slow down", []string{"slow_down", ""}, "", 20 * time.Second},
		{"denied", []string{"authorization_declined"}, data.SignInDenied, 0},
		{"expired", []string{"expired_token"}, data.SignInLate, 0},
		{"never finished", nil, data.SignInLate, 14 * time.Minute},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := provider(t)
			synctest.Test(t, func(t *testing.T) {
				f := flowTo(p)
				f.Transport = p.Transport()
				began := time.Now()
				var told login.Code
				g, err := f.ByCode(t.Context(), func(code login.Code) error {
					told = code
					for i, what := range c.agree {
						time.AfterFunc(time.Duration(i+1)*7*time.Second, func() { p.Agree(what) })
					}
					return nil
				})
				if kindOf(err) != c.kind || (err == nil) != (c.kind == "") {
					t.Fatalf("it says %v", err)
				}
				if told.Code != "LARK-7777" || told.Page == "" || told.Until.Before(began) {
					t.Errorf("the person is told %+v", told)
				}
				if err == nil && (g.Refresh == "" || g.Access == "") {
					t.Error("no token came of it")
				}
				if waited := time.Since(began); waited < c.least {
					t.Errorf("it was over after %s: the provider is asked too often", waited)
				}
			})
		})
	}
}

func TestASignInOnAnotherDeviceOutlivesAShortOutage(t *testing.T) {
	p := provider(t)
	synctest.Test(t, func(t *testing.T) {
		f := flowTo(p)
		down := 3
		f.Transport = trip(func(r *http.Request) (*http.Response, error) {
			if r.URL.Path == "/token" && down > 0 {
				down--
				return nil, errors.New("the network is unreachable")
			}
			return p.Transport().RoundTrip(r)
		})
		if _, err := f.ByCode(t.Context(), func(login.Code) error { p.Agree(""); return nil }); err != nil {
			t.Errorf("it says %v", err)
		}
		down = 1000
		if _, err := f.ByCode(t.Context(), func(login.Code) error { return nil }); kindOf(err) != data.Offline {
			t.Errorf("out of reach for long, it says %v", err)
		}
	})
}

type trip func(*http.Request) (*http.Response, error)

func (f trip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func TestGoogleGivesNoCodeForAnotherDevice(t *testing.T) {
	google, _ := login.Named(login.Providers(nil), "google")
	_, err := login.Flow{Provider: google, Client: login.Client{ID: "x"}}.ByCode(t.Context(), nil)
	var wrong *data.Invalid
	if !errors.As(err, &wrong) || !strings.Contains(wrong.Says, "Google gives no access to mail") {
		t.Errorf("it says %v", err)
	}
}

// vault is a keeper of one secret.
type vault struct{ kept string }

func (v *vault) tokens(f login.Flow) *login.Tokens {
	return &login.Tokens{Flow: f, Kept: func() (string, error) { return v.kept, nil }, Keep: func(s string) error { v.kept = s; return nil }}
}

func signedIn(t *testing.T, p *logintest.Provider) *vault {
	t.Helper()
	ended := make(chan string, 1)
	g, err := flowTo(p).InBrowser(t.Context(), browse(ended))
	if err != nil {
		t.Fatal(err)
	}
	<-ended
	return &vault{g.Seal()}
}

func TestTokensAreRenewedWhenTheyAreDue(t *testing.T) {
	p := provider(t)
	p.Rotate = true
	v := signedIn(t, p)
	now := time.Now()
	f := flowTo(p)
	f.Client = login.Client{} // a grant brings its own
	f.Now = func() time.Time { return now }
	tokens := v.tokens(f)
	first := token(t, tokens, "")
	now = now.Add(58 * time.Minute)
	if again := token(t, tokens, ""); again != first || len(p.Asks()) != 1 {
		t.Errorf("a token that is good was renewed: %d asks", len(p.Asks()))
	}
	now = now.Add(90 * time.Second) // within the margin
	second := token(t, tokens, "")
	if second == first {
		t.Error("a token that is about to end was given")
	}
	if third := token(t, tokens, second); third == second {
		t.Error("a token that was refused was given again")
	}
	if again := token(t, v.tokens(f), ""); again == second {
		t.Error("another process has the old token")
	}
	if n := len(p.Asks()); n != 3 {
		t.Errorf("the provider was asked %d times", n)
	}
}

func token(t *testing.T, tokens *login.Tokens, refused string) string {
	t.Helper()
	s, err := tokens.Token(t.Context(), refused)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestAGrantThatWasTakenBackAsksForThePerson(t *testing.T) {
	p := provider(t)
	v := signedIn(t, p)
	tokens := v.tokens(flowTo(p))
	old := token(t, tokens, "")
	p.Revoke(true)
	_, err := tokens.Token(t.Context(), old)
	if kindOf(err) != data.SignInAgain || !strings.HasPrefix(err.Error(), "the sign-in for maya@larkfield.example is no longer valid (AADSTS700082); sign in again in Settings") {
		t.Errorf("it says %v", err)
	}
	refuseSecrets(t, p, fmt.Sprintf("%v %+v", err, errors.Unwrap(err)))
	v.kept = signedIn(t, p).kept // by another process, or in the window
	if token(t, tokens, old) == old {
		t.Error("the new sign-in is not seen")
	}
}

// TestTwoProcessesShareAGrantThatChanges has a provider that takes each refresh
// token once, and another process that was faster.
func TestTwoProcessesShareAGrantThatChanges(t *testing.T) {
	p := provider(t)
	p.Rotate = true
	v := signedIn(t, p)
	other := v.tokens(flowTo(p))
	mine := &login.Tokens{Flow: flowTo(p), Keep: func(s string) error { v.kept = s; return nil }}
	reads, stale := 0, v.kept
	mine.Kept = func() (string, error) {
		if reads++; reads == 1 {
			return stale, nil
		}
		return v.kept, nil
	}
	old := token(t, other, "")
	theirs := token(t, other, old)
	if got := token(t, mine, old); got != theirs {
		t.Errorf("got %q after another process renewed it to %q", got, theirs)
	}
}

func TestAProviderWithoutRefreshTokensIsAskedAgainByAPerson(t *testing.T) {
	now := time.Now()
	f := login.Flow{Provider: login.Provider{Name: "lark", AuthURL: "https://a.example", TokenURL: "https://a.example", Scopes: []string{"x"}}, Now: func() time.Time { return now }, Address: "maya@larkfield.example"}
	v := &vault{login.Grant{Client: login.Client{ID: "id"}, Access: "short", Expiry: now.Add(time.Hour)}.Seal()}
	if token(t, v.tokens(f), "") != "short" {
		t.Error("its token is not given")
	}
	now = now.Add(2 * time.Hour)
	if _, err := v.tokens(f).Token(t.Context(), ""); kindOf(err) != data.SignInAgain {
		t.Errorf("later it says %v", err)
	}
	v.kept = "hunter2" // a password from before
	if _, err := v.tokens(f).Token(t.Context(), ""); kindOf(err) != data.SignInAgain || strings.Contains(fmt.Sprint(err, errors.Unwrap(err)), "hunter2") {
		t.Errorf("of a password it says %v", err)
	}
}

func TestAGrantIsOneSecretThatFitsAKeyring(t *testing.T) {
	g := login.Grant{Client: login.Client{ID: "id", Secret: "cs"}, Refresh: strings.Repeat("r", 1500), Access: strings.Repeat("a", 2000), Expiry: time.Now()}
	short, err := login.Open(g.Seal())
	if err != nil || len(g.Seal()) > 2400 || short.Access != "" || short.Refresh != g.Refresh || short.Client != g.Client {
		t.Errorf("a long one is sealed in %d bytes as %s, %v", len(g.Seal()), short.Seal(), err)
	}
	g.Access = "a"
	if same, err := login.Open(g.Seal()); err != nil || same.Access != "a" || !same.Expiry.Equal(g.Expiry) {
		t.Errorf("a short one comes back as %s, %v", same.Seal(), err)
	}
	var log strings.Builder
	slog.New(slog.NewTextHandler(&log, nil)).Info("grant", "grant", g)
	for _, text := range []string{fmt.Sprintf("%v %+v %#v %s", g, g, g, g), log.String()} {
		if strings.Contains(text, "rrr") || strings.Contains(text, "cs") {
			t.Errorf("it prints as %s", text)
		}
	}
}

func TestProvidersOfAWorkspace(t *testing.T) {
	for _, p := range login.Providers(nil) {
		if err := p.Check(); err != nil {
			t.Errorf("%s: %v", p.Name, err)
		}
	}
	tenant := "https://login.microsoftonline.com/larkfield.example/oauth2/v2.0/authorize"
	list := login.Providers([]login.Provider{{Name: "microsoft", AuthURL: tenant, ClientID: "own"}, {Name: "lark", Hosts: []string{"imap.lark.example"}}})
	p, ok := login.At(list, "Outlook.Office365.com")
	if !ok || p.AuthURL != tenant || p.ClientID != "own" || p.DeviceURL == "" || !slices.Contains(p.Scopes, "offline_access") || p.NoDevice() != "" {
		t.Errorf("Microsoft is %+v", p)
	}
	if p, ok := login.At(list, "imap.lark.example"); !ok || p.Shown() != "lark" || p.NoDevice() == "" {
		t.Errorf("an own one is %+v", p)
	}
	if p, ok := login.At(login.Providers(nil), "imap.gmail.com"); !ok || !p.WantsSecret() || p.Console() == "" || p.Scopes[0] != "https://mail.google.com/" {
		t.Errorf("Google is %+v", p)
	}
	good := login.Provider{Name: "lark", AuthURL: "https://a.example/x", TokenURL: "https://a.example/y", Scopes: []string{"mail"}}
	for field, change := range map[string]func(*login.Provider){
		"provider":      func(p *login.Provider) { p.Name = "Lark Mail" },
		"authorize-url": func(p *login.Provider) { p.AuthURL = "http://a.example" },
		"token-url":     func(p *login.Provider) { p.TokenURL = "" },
		"device-url":    func(p *login.Provider) { p.DeviceURL = "ftp://a.example" },
		"scope":         func(p *login.Provider) { p.Scopes = nil },
	} {
		p := good
		change(&p)
		var wrong *data.Invalid
		if err := p.Check(); !errors.As(err, &wrong) || wrong.Field != field {
			t.Errorf("%s: %v", field, err)
		}
	}
	if _, ok := login.Named(list, "nobody"); ok {
		t.Error("nobody is there")
	}
}
