package login

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"fmt"
	"html/template"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"rapport/data"

	"golang.org/x/oauth2"
)

// InBrowser lets a person sign in on the provider's page, which open shows them,
// and waits for the browser to come back to this laptop. The code that it brings
// is worth nothing without what only this call knows (PKCE), and what comes
// without the state that was sent out is not heard.
//
// Its errors are those of open and ctx, and *data.Problem.
func (f Flow) InBrowser(ctx context.Context, open func(page string) error) (Grant, error) {
	f, err := f.ready()
	if err != nil {
		return Grant{}, err
	}
	back, err := f.listen()
	if err != nil {
		return Grant{}, err
	}
	defer back.close()
	limited, cancel := context.WithTimeout(ctx, f.Within)
	defer cancel()
	config, verifier := f.Provider.config(f.Client), oauth2.GenerateVerifier()
	config.RedirectURL = back.address
	if err := open(config.AuthCodeURL(back.state, f.wishes(verifier)...)); err != nil {
		return Grant{}, err
	}
	select {
	case <-limited.Done():
		if ctx.Err() != nil {
			return Grant{}, ctx.Err()
		}
		return Grant{}, f.trouble(data.SignInLate, "")
	case came := <-back.came:
		grant, err := f.exchange(ctx, config, came, verifier)
		came.outcome <- err
		return grant, err
	}
}

// wishes are what the page is asked besides.
func (f Flow) wishes(verifier string) []oauth2.AuthCodeOption {
	list := []oauth2.AuthCodeOption{oauth2.S256ChallengeOption(verifier)}
	for name, value := range f.Provider.params {
		list = append(list, oauth2.SetAuthURLParam(name, value))
	}
	if f.Address != "" {
		list = append(list, oauth2.SetAuthURLParam("login_hint", f.Address))
	}
	return list
}

// exchange makes a grant of what came back.
func (f Flow) exchange(ctx context.Context, config *oauth2.Config, came arrival, verifier string) (Grant, error) {
	if came.refused != "" || came.code == "" {
		return Grant{}, f.notLetIn(f.refusal(came.refused, came.why, 0))
	}
	token, err := config.Exchange(f.asking(ctx), came.code, oauth2.VerifierOption(verifier))
	if err != nil {
		return Grant{}, f.notLetIn(f.failed(ctx, err))
	}
	if !f.Provider.allows(token) {
		return Grant{}, f.trouble(data.SignInDenied, "the box for it was not ticked")
	}
	return Grant{Client: f.Client}.renewed(token, f.Now()), nil
}

// allows says whether the token is for all that was asked, where a person may
// have allowed a part.
func (p Provider) allows(t *oauth2.Token) bool {
	given, said := t.Extra("scope").(string)
	if !p.partial || !said || given == "" {
		return true
	}
	for _, scope := range p.Scopes {
		if !slices.Contains(strings.Fields(given), scope) {
			return false
		}
	}
	return true
}

// notLetIn tells of a first sign-in what says "again" of a later one.
func (f Flow) notLetIn(err error) error {
	if p, ok := data.AsProblem(err); ok && p.Kind == data.SignInAgain {
		return f.trouble(data.SignInFailed, p.Detail)
	}
	return err
}

// arrival is what the browser brought, once.
type arrival struct {
	code, refused, why string
	outcome            chan<- error
}

// redirect listens on this laptop for the browser to come back.
type redirect struct {
	address string // as the provider is told
	state   string
	came    chan arrival
	over    chan struct{}
	server  *http.Server
	served  []chan struct{}
}

func (f Flow) listen() (*redirect, error) {
	first, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("a place for the browser to come back to: %w", err)
	}
	port := first.Addr().(*net.TCPAddr).Port
	listeners := []net.Listener{first}
	name := "127.0.0.1"
	if f.Provider.redirect != "" {
		name = f.Provider.redirect
		// A browser may take the name for the other address; not every system has it.
		if second, err := net.Listen("tcp6", net.JoinHostPort("::1", strconv.Itoa(port))); err == nil {
			listeners = append(listeners, second)
		}
	}
	r := &redirect{
		address: "http://" + net.JoinHostPort(name, strconv.Itoa(port)), state: rand.Text(),
		came: make(chan arrival), over: make(chan struct{}),
	}
	r.server = &http.Server{Handler: http.HandlerFunc(r.serve), ReadHeaderTimeout: 10 * time.Second, MaxHeaderBytes: 64 << 10}
	for _, l := range listeners {
		served := make(chan struct{})
		r.served = append(r.served, served)
		go func() {
			defer close(served)
			_ = r.server.Serve(l) // ends with close
		}()
	}
	return r, nil
}

// close lets the page that is being written arrive, and stops listening.
func (r *redirect) close() {
	close(r.over)
	limited, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	if r.server.Shutdown(limited) != nil {
		_ = r.server.Close()
	}
	for _, served := range r.served {
		<-served
	}
}

// serve answers the browser. What does not bring our state changes nothing:
// any page that the browser shows could send it here.
func (r *redirect) serve(w http.ResponseWriter, q *http.Request) {
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
	h.Set("Cache-Control", "no-store")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Connection", "close")
	home, err := url.Parse(r.address)
	form := q.URL.Query()
	switch {
	case q.URL.Path != "/" || q.Method != http.MethodGet:
		http.Error(w, "There is nothing here.", http.StatusNotFound)
		return
	case err != nil || q.Host != home.Host, subtle.ConstantTimeCompare([]byte(form.Get("state")), []byte(r.state)) != 1:
		w.WriteHeader(http.StatusBadRequest)
		show(w, "This is not the sign-in that Rapport waits for", "Go back to Rapport and begin it again.")
		return
	}
	outcome := make(chan error, 1)
	select {
	case r.came <- arrival{form.Get("code"), refusalIn(form), form.Get("error_description"), outcome}:
	case <-r.over:
		show(w, "This sign-in is over", "You can close this window.")
		return
	case <-q.Context().Done():
		return
	}
	if problem, failed := data.AsProblem(<-outcome); failed {
		show(w, problem.What(), problem.Todo()+". You can close this window.")
		return
	}
	show(w, "You are signed in", "You can close this window. Rapport goes on by itself.")
}

// refusalIn is the code of the error that the browser brought; "" for none.
func refusalIn(form url.Values) string {
	if form.Get("error") == "" && form.Get("code") == "" {
		return "invalid_response"
	}
	return form.Get("error")
}

var page = template.Must(template.New("page").Parse(`<!doctype html><html lang="en"><meta charset="utf-8"><title>Rapport</title>
<style>body{font:16px/1.5 system-ui,sans-serif;background:#f4f1ea;color:#1f1d1a;display:grid;place-items:center;min-height:90vh;margin:0}
main{max-width:30rem;padding:2rem}h1{font-size:1.4rem;margin:0 0 .5rem}p{color:#57534e;margin:0}</style>
<main><h1>{{.Title}}</h1><p>{{.Text}}</p></main></html>
`))

func show(w http.ResponseWriter, title, text string) {
	_ = page.Execute(w, struct{ Title, Text string }{title, text}) // a browser that is gone does not matter
}
