package app

import (
	"context"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"rapport/app/bridge"
	"rapport/app/kit"
	"rapport/data"
)

// showing is a sign-in at a server that shows a certificate: it goes well where
// that is the pinned one, or a trusted one that needs no pin.
func showing(shown data.Certificate, signedIn *[]data.Mailbox) func(context.Context, data.Mailbox, string) ([]string, error) {
	return func(_ context.Context, m data.Mailbox, _ string) ([]string, error) {
		kind := data.BadCertificate
		switch {
		case m.Pinned == shown.Pin, m.Pinned == "" && shown.Why == "":
			*signedIn = append(*signedIn, m)
			return nil, nil
		case m.Pinned != "":
			kind = data.OtherCertificate
		}
		return nil, &data.Problem{Kind: kind, About: m.Host, Cause: &data.Untrusted{Certificate: shown}}
	}
}

func selfSigned() data.Certificate {
	return data.Certificate{
		Pin: strings.Repeat("0f1e2d3c", 8), Subject: "CN=mail.larkfield.example", Issuer: "CN=mail.larkfield.example",
		From: time.Date(2026, 1, 2, 0, 0, 0, 0, time.UTC), Until: time.Date(2036, 3, 4, 0, 0, 0, 0, time.UTC),
		Why: "nobody whom this laptop trusts has signed it",
	}
}

func TestACertificateIsAcceptedByAPersonOnly(t *testing.T) {
	renewed := selfSigned()
	renewed.Pin = strings.Repeat("ab", 32)
	trusted := renewed
	trusted.Why = ""
	before := data.Mailbox{ID: "a", Address: "maya@larkfield.example", Host: "mail.larkfield.example", Port: 993, Security: data.TLS, User: "maya", Pinned: selfSigned().Pin}
	for _, c := range []struct {
		name   string
		before data.Mailbox
		shown  data.Certificate
		asked  bool
		pin    string
	}{
		{"signed by itself", data.Mailbox{}, selfSigned(), true, selfSigned().Pin},
		{"trusted", data.Mailbox{}, trusted, false, ""},
		{"the pinned one", before, selfSigned(), false, selfSigned().Pin},
		{"another than the pinned one", before, renewed, true, renewed.Pin},
		{"another than the pinned one, which is trusted", before, trusted, true, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := newMailboxForm(bridge.Inline(t.Context()), c.before)
			var signedIn, kept []data.Mailbox
			f.attempt = showing(c.shown, &signedIn)
			f.address.SetText("maya@larkfield.example")
			f.host.SetText("mail.larkfield.example")
			f.password.SetText("secret")
			then := func(m data.Mailbox, _ string) { kept = append(kept, m) }
			f.try(then)
			if f.asked.Visible() != c.asked || len(kept) > 0 == c.asked || f.trouble.Visible() {
				t.Fatalf("asked: %v, kept %d", f.asked.Visible(), len(kept))
			}
			f.try(then) // Enter once more is no answer
			if c.asked && len(kept) > 0 {
				t.Fatal("it was accepted without an answer")
			}
			if c.asked {
				acceptButton(t, f).OnTap()
			}
			if len(kept) == 0 || kept[len(kept)-1].Pinned != c.pin || f.asked.Visible() {
				t.Errorf("kept %+v, still asked: %v", kept, f.asked.Visible())
			}
			f.host.SetText("other.larkfield.example")
			if m, err := f.mailbox(); err != nil || m.Pinned != "" {
				t.Errorf("another server is pinned to %q, %v", m.Pinned, err)
			}
		})
	}
}

// acceptButton is the button under the question.
func acceptButton(t *testing.T, f *mailboxForm) (button *kit.Button) {
	t.Helper()
	eachShown(f.asked, func(o fyne.CanvasObject) {
		if b, ok := o.(*kit.Button); ok && button == nil {
			button = b
		}
	})
	if button == nil {
		t.Fatal("there is no button")
	}
	return button
}

func TestTheFormShowsWhatIsRisked(t *testing.T) {
	w, _ := settingsWindow(t, testStore(t))
	f := newMailboxForm(w.bg, data.Mailbox{})
	var signedIn []data.Mailbox
	f.attempt = showing(selfSigned(), &signedIn)
	w.popForm("mail", "Add a mailbox", "Rapport only reads.", "Connect", f.form, f.address, func() { f.try(func(data.Mailbox, string) {}) })
	f.address.SetText("maya@larkfield.example")
	f.host.SetText("mail.larkfield.example")
	f.password.SetText("secret")
	f.try(func(data.Mailbox, string) {})
	checkShown(t, w, "cannot prove who it is", "CN=mail.larkfield.example", "itself", "2 January 2026 to 4 March 2036", strings.TrimSpace(strings.Repeat("0F 1E 2D 3C ", 4)), "The fingerprints are the same")
	checkAbsent(t, w, "How far back")
	golden(t, w, "settings-certificate")
	resize(w, 960, 600)
	checkShown(t, w, "The fingerprints are the same")
	f.say(nil)
	checkShown(t, w, "Encryption")
}

func TestTheQuestionStandsAloneAndEnterAcceptsNothing(t *testing.T) {
	f := newMailboxForm(bridge.Inline(t.Context()), data.Mailbox{})
	f.buttons = kit.NewButton(kit.Primary, "Connect", nil)
	win := test.NewTempWindow(t, kit.NewStack(0, f.body(), f.buttons))
	var signedIn []data.Mailbox
	f.attempt = showing(selfSigned(), &signedIn)
	f.address.SetText("maya@larkfield.example")
	f.host.SetText("mail.larkfield.example")
	f.password.SetText("secret")
	f.try(func(data.Mailbox, string) {})
	if f.buttons.Visible() {
		t.Error("there is another way on than to answer")
	}
	press(&window{canvas: win.Canvas()}, "Enter")
	if f.asked.Visible() || !f.buttons.Visible() || len(signedIn) > 0 || !f.host.Focused() {
		t.Errorf("Enter led on: asked %v, signed in %d times, at the server's name %v", f.asked.Visible(), len(signedIn), f.host.Focused())
	}
}

func TestAPasswordThatWasRefusedIsTypedAnew(t *testing.T) {
	f := newMailboxForm(bridge.Inline(t.Context()), data.Mailbox{})
	win := test.NewTempWindow(t, f.body())
	f.attempt = func(context.Context, data.Mailbox, string) ([]string, error) {
		return nil, &data.Problem{Kind: data.WrongPassword, About: "mail.larkfield.example"}
	}
	f.address.SetText("maya@larkfield.example")
	f.host.SetText("mail.larkfield.example")
	f.password.SetText("wrong")
	f.try(func(data.Mailbox, string) {})
	enter(&window{canvas: win.Canvas()}, "right")
	if f.password.Text() != "right" {
		t.Errorf("the password is now %q", f.password.Text())
	}
}
