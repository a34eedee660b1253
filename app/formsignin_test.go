package app

import (
	"context"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"rapport/app/bridge"
	"rapport/app/kit"
	"rapport/data"
	"rapport/data/store"
	"rapport/sync"
	"rapport/sync/login/logintest"
)

// noClients makes sure that the environment names no client.
func noClients(t *testing.T) {
	t.Helper()
	for _, name := range []string{"RAPPORT_GOOGLE_CLIENT_ID", "RAPPORT_MICROSOFT_CLIENT_ID"} {
		t.Setenv(name, "")
	}
}

func TestWhatTheMailboxFormOffersForSigningIn(t *testing.T) {
	for address, want := range map[string]struct{ password, browser bool }{
		"maya@gmail.com": {true, true}, "maya@outlook.com": {false, true}, "maya@yahoo.com": {true, false}, "maya@larkfield.example": {true, false},
	} {
		f := newMailboxForm(bridge.Inline(t.Context()), data.Mailbox{})
		f.address.SetText(address)
		if f.passwordRow.Visible() != want.password || f.browser.body.Visible() != want.browser {
			t.Errorf("%s: password %v, browser %v", address, f.passwordRow.Visible(), f.browser.body.Visible())
		}
		f.address.SetText("maya@larkfield.example")
		if !f.passwordRow.Visible() || f.browser.body.Visible() {
			t.Errorf("%s, then another: password %v, browser %v", address, f.passwordRow.Visible(), f.browser.body.Visible())
		}
	}
}

func TestANamedServerSaysHowItIsSignedInTo(t *testing.T) {
	own := append([]sync.Provider{{Name: "lark", Title: "Larkmail", Hosts: []string{"mail.lark.example"}}}, providersKnown(t)...)
	for _, c := range []struct {
		address, host string
		own           bool
		password      bool
		offered       string
	}{
		{"maya@larkfield.example", "outlook.office365.com", false, false, "Microsoft"},
		{"maya@larkfield.example", "imap.gmail.com", false, true, "Google"},
		{"maya@larkfield.example", "mail.lark.example", false, true, ""},
		{"maya@larkfield.example", "mail.lark.example", true, true, "Larkmail"},
		{"maya@outlook.com", "mail.larkfield.example", true, true, ""},
	} {
		f := newMailboxForm(bridge.Inline(t.Context()), data.Mailbox{})
		f.address.SetText(c.address)
		f.host.SetText(c.host)
		if c.own {
			f.among(own)
		}
		if f.passwordRow.Visible() != c.password || f.browser.body.Visible() != (c.offered != "") || c.offered != "" && f.browser.provider.Shown() != c.offered {
			t.Errorf("%s at %s: password %v, browser %v of %q", c.address, c.host, f.passwordRow.Visible(), f.browser.body.Visible(), f.browser.provider.Shown())
		}
		if (c.offered == "Microsoft" || c.offered == "Google") != f.advice.Visible() {
			t.Errorf("%s at %s: advice is shown: %v", c.address, c.host, f.advice.Visible())
		}
	}
}

func providersKnown(t *testing.T) []sync.Provider {
	t.Helper()
	list, err := sync.Providers(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// firstRunForm is the first run's form in a window.
func firstRunForm(t *testing.T) *window {
	t.Helper()
	noClients(t)
	win := test.NewTempWindow(t, nil)
	win.SetPadded(false)
	kit.Wear(testApp, kit.NewTheme(kit.Light, 1))
	s := &session{app: testApp, win: win, bg: bridge.Inline(t.Context()), home: t.TempDir() + "/workspace", clock: testClock}
	s.begin()
	win.Resize(fyne.NewSize(1280, 800))
	w := &window{canvas: win.Canvas()}
	press(w, "1")
	return w
}

func TestTheFirstRunExplainsWhatAClientIDIs(t *testing.T) {
	w := firstRunForm(t)
	enter(w, "maya@outlook.com")
	checkShown(t, w, "Sign in with Microsoft in your browser", "outlook.office365.com")
	checkAbsent(t, w, "Password")
	golden(t, w, "first-run-browser")
	press(w, "Enter") // there is no password to enter
	checkShown(t, w, "Client ID", "Where Microsoft makes one", "paste it here")
	checkAbsent(t, w, "Client secret")
	golden(t, w, "first-run-client-id")
	enter(w, "7-client")
	checkShown(t, w, "7-client")
}

// browserForm is a mailbox form for the mail server of a test, beside its
// provider; the person's browser is that of the test.
func browserForm(t *testing.T, p *logintest.Provider) *mailboxForm {
	t.Helper()
	m, err := logintest.StartMail(func(user, token string) bool { return user == p.Address && p.Opens(token) }, []string{"XOAUTH2"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(m.Close)
	f := newMailboxForm(bridge.Inline(t.Context()), data.Mailbox{ID: "b1", Address: p.Address, Host: "127.0.0.1", Port: m.Port, Security: data.Plain, User: p.Address})
	f.browser.offer(p.Entry(), true)
	f.browser.find = func(_ context.Context, entry sync.Provider) (sync.Provider, sync.Client, error) {
		return entry, p.Client, nil
	}
	f.browser.browse = logintest.BrowseBeside
	return f
}

func TestSigningInInTheBrowserFromTheForm(t *testing.T) {
	p := logintest.Start()
	defer p.Close()
	f := browserForm(t, p)
	var done data.Mailbox
	secret := ""
	f.browser.done = func(m data.Mailbox, s string) { done, secret = m, s }
	p.Deny = "access_denied"
	f.browser.begin()
	if secret != "" || !f.trouble.Visible() {
		t.Fatalf("after a refusal: done %v, trouble shown %v", done, f.trouble.Visible())
	}
	p.Deny = ""
	f.browser.begin()
	if done.SignIn != "oauth:lark" || secret == "" || f.trouble.Visible() {
		t.Errorf("done %+v, trouble shown %v", done, f.trouble.Visible())
	}
	p.Client.Secret = "another"
	f.browser.begin() // with the client as it is now
	f.browser.find = func(_ context.Context, entry sync.Provider) (sync.Provider, sync.Client, error) {
		return entry, sync.Client{ID: p.Client.ID, Secret: "wrong"}, nil
	}
	f.browser.begin()
	if !f.trouble.Visible() || !holds(f.browser.body, f.browser.id) {
		t.Error("a wrong client ID is not asked for again")
	}
	f.browser.id.SetText(p.Client.ID)
	f.browser.secret.SetText(p.Client.Secret)
	secret = ""
	f.browser.begin()
	if secret == "" || f.trouble.Visible() {
		t.Error("what was pasted is not used")
	}
}

// holds says whether an object is somewhere in another.
func holds(in, o fyne.CanvasObject) bool {
	found := false
	eachShown(in, func(c fyne.CanvasObject) { found = found || c == o })
	return found
}

// tap presses the first button of that name in the overlay.
func tap(t *testing.T, w *window, text string) {
	t.Helper()
	var found *kit.Button
	eachShown(w.canvas.Overlays().Top(), func(o fyne.CanvasObject) {
		if b, ok := o.(*kit.Button); ok && b.Text == text && found == nil {
			found = b
		}
	})
	if found == nil {
		t.Fatalf("there is no button %s", text)
	}
	found.OnTap()
}

// withToken is a workspace with a mailbox whose sign-in is no longer valid.
func withToken(t *testing.T, port int) (*store.DB, data.Mailbox) {
	t.Helper()
	db := testStore(t)
	var box data.Mailbox
	if _, err := db.Write(t.Context(), "", func(tx *store.Tx) (err error) {
		box, err = tx.PutMailbox(data.Mailbox{Address: "maya@larkfield.example", Host: "127.0.0.1", Port: port, Security: data.Plain, User: "maya@larkfield.example", SignIn: data.ByToken("google")})
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if err := db.BeginRun(t.Context(), box.SourceName(), testNow); err != nil {
		t.Fatal(err)
	}
	gone := &data.Problem{Kind: data.SignInAgain, About: box.Address}
	if err := db.EndRun(t.Context(), box.SourceName(), testNow, gone.What()+". "+gone.Todo()); err != nil {
		t.Fatal(err)
	}
	return db, box
}

func TestAMailboxWhoseSignInEndedOffersAnother(t *testing.T) {
	noClients(t)
	db, _ := withToken(t, 1)
	w, s := settingsWindow(t, db)
	w.keys = memory{}
	s.load()
	checkShown(t, w, "Sign in again", "Browser sign-in", "The sign-in for maya@larkfield.example is no longer valid")
	checkAbsent(t, w, "Change password")
	golden(t, w, "settings-sign-in-ended")

	// While the person is in the browser, the dialog says so and can give up.
	var held []func()
	start := w.bg.Start
	w.bg.Start = func(do func()) { held = append(held, do) }
	for _, c := range s.commands() {
		if c.name == "Sign in to it again" && c.when() {
			c.do()
		}
	}
	if len(held) != 1 {
		t.Fatalf("%d questions are asked, want the provider's", len(held))
	}
	held[0]()
	checkShown(t, w, "Sign in with Google in your browser", "Sign in as maya@larkfield.example")
	tap(t, w, "Sign in with Google in your browser")
	checkShown(t, w, "Waiting for your sign-in to Google")
	golden(t, w, "settings-sign-in-waiting")
	tap(t, w, "Cancel")
	checkShown(t, w, "Sign in with Google in your browser")
	checkAbsent(t, w, "Waiting for your")
	w.bg.Start = start
	tap(t, w, "Sign in with Google in your browser")
	checkShown(t, w, "Client ID", "Client secret", "Where Google makes one")
}
