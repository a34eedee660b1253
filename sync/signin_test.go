package sync

import (
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"rapport/data"
	"rapport/data/store"
	"rapport/sync/login"
	"rapport/sync/login/logintest"
	"rapport/sync/secret"
)

const tokenMail = "From: anna@kestrel.example\nTo: maya@larkfield.example\nSubject: Lamps %d\nMessage-ID: <%d@kestrel.example>\nDate: Wed, 1 Jul 2026 08:00:00 +0000\n\nHello\n"

// tokenServers are a provider and a mail server that takes its tokens.
func tokenServers(t *testing.T) (*logintest.Provider, *logintest.Mail) {
	t.Helper()
	p := logintest.Start()
	t.Cleanup(p.Close)
	m, err := logintest.StartMail(func(user, token string) bool { return user == p.Address && p.Opens(token) },
		[]string{"XOAUTH2"}, fmt.Sprintf(tokenMail, 1, 1), fmt.Sprintf(tokenMail, 2, 2))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(m.Close)
	return p, m
}

// signInTo signs in to the provider and adds the mailbox.
func signInTo(t *testing.T, db *store.DB, keys secret.Keeper, p *logintest.Provider, server *logintest.Mail) data.Mailbox {
	t.Helper()
	must(t, PutProvider(t.Context(), db, keys, withID(p), p.Client.Secret))
	kept := signInAt(t, db, keys, p)
	m := data.Mailbox{Address: p.Address, Host: "127.0.0.1", Port: server.Port, Security: data.Plain, SignIn: data.ByToken("lark")}
	_, err := TryMailbox(t.Context(), m, kept)
	must(t, err)
	m, err = AddMailbox(t.Context(), db, keys, m, kept)
	must(t, err)
	return m
}

func withID(p *logintest.Provider) Provider {
	entry := p.Entry()
	entry.ClientID = p.Client.ID
	return entry
}

func signInAt(t *testing.T, db *store.DB, keys secret.Keeper, p *logintest.Provider) string {
	t.Helper()
	provider, err := ProviderNamed(t.Context(), db, "lark")
	must(t, err)
	client, err := ClientOf(keys, provider)
	must(t, err)
	ended := make(chan error, 1)
	kept, err := SignInBrowser(t.Context(), provider, client, p.Address, func(page string) error {
		go func() { _, err := logintest.Browse(page); ended <- err }()
		return nil
	})
	must(t, err)
	must(t, <-ended)
	return kept
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestAMailboxIsReadByTokens(t *testing.T) {
	p, server := tokenServers(t)
	p.Rotate = true
	db, keys := workspace(t, time.Now)
	box := signInTo(t, db, keys, p, server)
	e := New(db, keys, Options{})
	pass := func() error { _, err := e.Once(t.Context()); return err }
	must(t, pass())
	if n := countMessages(t, db); n != 2 {
		t.Fatalf("%d mails came, want 2", n)
	}
	asks := len(p.Asks())
	must(t, pass())
	if n := len(p.Asks()); n != asks {
		t.Errorf("a token that is good was renewed: %d asks after %d", n, asks)
	}
	p.Expire() // before its time
	must(t, pass())
	if _, err := ServerFolders(t.Context(), db, keys, box.Address); err != nil {
		t.Errorf("its folders: %v", err)
	}
	if _, err := TryKept(t.Context(), db, keys, box); err != nil {
		t.Errorf("tried as it is kept: %v", err)
	}
	p.Revoke(true)
	if err := pass(); !errors.Is(err, ErrSomeFailed) {
		t.Fatalf("after the sign-in was taken back: %v", err)
	}
	runs, err := db.Runs(t.Context())
	must(t, err)
	if want := "The sign-in for maya@larkfield.example is no longer valid (AADSTS700082). Sign in again in Settings, or with mailbox login"; runs[0].Problem != want {
		t.Errorf("the ledger says %q", runs[0].Problem)
	}
	must(t, ChangePassword(keys, box, signInAt(t, db, keys, p)))
	must(t, pass())
	_, err = RemoveMailbox(t.Context(), db, keys, box.Address)
	must(t, err)
	if _, err := keys.Value(box.SecretName()); !errors.Is(err, data.ErrNotFound) {
		t.Errorf("the sign-in of a mailbox that is gone is kept: %v", err)
	}
}

func TestOnlyAPersonIsAskedAgain(t *testing.T) {
	for kind, want := range map[data.ProblemKind]bool{data.SignInAgain: true, data.TokenRefused: true, data.WrongPassword: true, data.NoClientID: true, data.Offline: false, data.ServerSaid: false} {
		if got := needsPerson(kind); got != want {
			t.Errorf("%s needs a person: %v", kind, got)
		}
	}
}

func TestTheClientComesFromTheEnvironmentOrTheWorkspace(t *testing.T) {
	db, keys := workspace(t, time.Now)
	google, err := ProviderNamed(t.Context(), db, "google")
	must(t, err)
	_, err = ClientOf(keys, google)
	if p, ok := data.AsProblem(err); !ok || p.Kind != data.NoClientID || !strings.Contains(p.Error(), "docs/oauth.md") {
		t.Errorf("without one it says %v", err)
	}
	own, err := OwnProvider(t.Context(), db, "google")
	must(t, err)
	own.ClientID = "kept-id"
	must(t, PutProvider(t.Context(), db, keys, own, "kept-secret"))
	if google, err = ProviderNamed(t.Context(), db, "google"); err != nil || google.Scopes[0] != "https://mail.google.com/" {
		t.Fatalf("Google is now %+v, %v", google, err)
	}
	if c, err := ClientOf(keys, google); err != nil || c != (Client{ID: "kept-id", Secret: "kept-secret"}) {
		t.Errorf("the workspace's is %+v, %v", c, err)
	}
	if setting, _ := db.Setting(t.Context(), store.SettingProviders); strings.Contains(setting, "kept-secret") {
		t.Errorf("its secret lies in the workspace: %s", setting)
	}
	t.Setenv("RAPPORT_GOOGLE_CLIENT_ID", "env-id")
	if c, err := ClientOf(nil, google); err != nil || c != (Client{ID: "env-id"}) {
		t.Errorf("the environment's is %+v, %v", c, err)
	}
	must(t, RemoveProvider(t.Context(), db, keys, "google"))
	if _, err := keys.Value(clientSecretName("google")); !errors.Is(err, data.ErrNotFound) {
		t.Errorf("its secret stays: %v", err)
	}
	if err := RemoveProvider(t.Context(), db, keys, "google"); !errors.Is(err, data.ErrNotFound) {
		t.Errorf("forgotten twice: %v", err)
	}
	if err := PutProvider(t.Context(), db, keys, Provider{Name: "lark", AuthURL: "http://lark.example"}, ""); err == nil {
		t.Error("a provider without encryption is kept")
	}
	if p, ok, err := ProviderAt(t.Context(), db, "outlook.office365.com"); err != nil || !ok || p.Name != "microsoft" {
		t.Errorf("at Microsoft's server is %+v, %v", p, err)
	}
}

// TestNoTokenLiesOrIsSaidAnywhere signs in, reads, renews, fails and signs in
// again, and looks for every token in all that was written and said.
func TestNoTokenLiesOrIsSaidAnywhere(t *testing.T) {
	dir := t.TempDir()
	for name, value := range map[string]string{"HOME": dir, "XDG_CONFIG_HOME": dir, "AppData": dir, secret.FileVariable: "1", secret.PassphraseVariable: "correct horse"} {
		t.Setenv(name, value)
	}
	p, server := tokenServers(t)
	p.Rotate = true
	folder := filepath.Join(dir, "workspace")
	db, err := store.Open(t.Context(), folder, store.Options{})
	must(t, err)
	keys, err := secret.Open(folder)
	must(t, err)
	var said strings.Builder
	log := slog.New(slog.NewTextHandler(&said, &slog.HandlerOptions{Level: slog.LevelDebug}))
	e := New(db, keys, Options{Log: log, Report: func(s data.Status) { fmt.Fprintf(&said, "%+v\n", s) }})
	box := signInTo(t, db, keys, p, server)
	pass := func() {
		lines, err := e.Once(t.Context())
		fmt.Fprintf(&said, "%+v %+v %v\n", lines, err, err)
	}
	pass()
	p.Expire()
	pass()
	p.Revoke(true)
	pass()
	_, err = ServerFolders(t.Context(), db, keys, box.ID)
	fmt.Fprintf(&said, "%v %+v %#v\n", err, err, errors.Unwrap(err))
	must(t, ChangePassword(keys, box, signInAt(t, db, keys, p)))
	pass()
	must(t, db.Close())
	secrets := append(p.Secrets(), p.Client.Secret)
	if len(secrets) < 6 || !strings.Contains(said.String(), "no longer valid") {
		t.Fatalf("too little happened: %d secrets\n%s", len(secrets), said.String())
	}
	files := map[string]string{"what was said": said.String()}
	must(t, filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		files[path] = string(text)
		return err
	}))
	if len(files) < 3 {
		t.Fatalf("only %d files were looked at", len(files))
	}
	for name, text := range files {
		for _, s := range secrets {
			if strings.Contains(text, s) {
				t.Errorf("%s holds %s", name, s)
			}
		}
	}
	kept, err := keys.Value(box.SecretName())
	must(t, err)
	if g, err := login.Open(kept); err != nil || g.Refresh == "" {
		t.Errorf("the keeper has no sign-in: %v", err)
	}
}
