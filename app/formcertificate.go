package app

import (
	"errors"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"rapport/app/kit"
	"rapport/data"
)

// pinFor is the fingerprint of the certificate that a mailbox's server may show:
// as a person decided in this form, else as before where the server is the same.
func (f *mailboxForm) pinFor(m data.Mailbox) string {
	if pin, decided := f.pins[serverOf(m)]; decided {
		return pin
	}
	if m.Security != data.Plain && serverOf(m) == serverOf(f.before) {
		return f.before.Pinned
	}
	return ""
}

func serverOf(m data.Mailbox) server {
	return server{host: strings.ToLower(m.Host), port: strconv.Itoa(m.Port), security: m.Security}
}

// askTrust puts the question in the place of the fields where an error is about
// a certificate; again tries the same once more.
func (f *mailboxForm) askTrust(m data.Mailbox, err error, again func()) {
	var untrusted *data.Untrusted
	p, _ := data.AsProblem(err)
	if p == nil || !errors.As(err, &untrusted) {
		return
	}
	shown := untrusted.Certificate
	accept := func(pin string) func() {
		return func() {
			f.pins[serverOf(m)] = pin
			again()
		}
	}
	words, button := trustWords(m.Host, shown), kit.NewButton(kit.Plain, "The fingerprints are the same", accept(shown.Pin))
	if p.Kind == data.OtherCertificate {
		words = otherWords(m.Host, shown)
	}
	if shown.Why == "" { // it needs no pin any more
		button = kit.NewButton(kit.Plain, "Accept the new certificate", accept(""))
	}
	back := kit.NewButton(kit.Ghost, "Back to the server", func() {
		f.say(nil)
		focusOn(f.host.Focusable())
	})
	defer focusOn(back) // so that Enter accepts nothing
	f.ask(
		kit.NewInfoBox(kit.Caution, "triangle-alert", words),
		labelled("For", kit.NewText(kit.Body, shown.Subject).Bending()),
		labelled("Signed by", kit.NewText(kit.Body, signerWords(shown)).Bending()),
		labelled("Valid", kit.NewText(kit.Body, shown.Valid()).Bending()),
		labelled("Fingerprint", fingerprintLines(shown)),
		kit.NewSpace(6),
		kit.NewRow(10, button, back),
	)
}

func trustWords(host string, c data.Certificate) string {
	return host + " cannot prove who it is: " + c.Why + ". Somebody between you and the server could show this certificate, and would learn your password and read your mail. " +
		"Ask whoever runs the server for its fingerprint, on the phone or in person, and go on only if it is the same. Rapport then accepts this certificate and no other."
}

func otherWords(host string, c data.Certificate) string {
	if c.Why == "" {
		return host + " shows another certificate than the one you accepted. This laptop trusts the new one, so the server was probably put in order."
	}
	return host + " shows another certificate than the one you accepted. It may have been renewed, or somebody is in between and would learn your password. " +
		"Ask whoever runs the server for the new fingerprint, and go on only if it is the same."
}

func signerWords(c data.Certificate) string {
	if c.Issuer == c.Subject {
		return "itself"
	}
	return c.Issuer
}

// fingerprintLines is the fingerprint in lines that two people can read to each
// other.
func fingerprintLines(c data.Certificate) fyne.CanvasObject {
	pairs := strings.Split(strings.TrimPrefix(c.Fingerprint(), "SHA256:"), ":")
	var lines []fyne.CanvasObject
	for len(pairs) > 0 {
		n := min(len(pairs), 16)
		lines = append(lines, kit.NewText(kit.Mono, strings.Join(pairs[:n], " ")))
		pairs = pairs[n:]
	}
	return kit.NewStack(2, lines...)
}
