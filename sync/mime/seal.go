package mime

import (
	"cmp"
	"regexp"
	"strings"
)

// The ways of sealing a mail, as they are named.
const (
	byPGP   = "PGP"
	bySMIME = "S/MIME"
)

// seal notes whether a part is encrypted or signed. Nothing is opened or checked:
// keys and trust are the mail program's.
func (c *content) seal(p part) {
	protocol := strings.ToLower(p.params["protocol"])
	way := bySMIME
	if strings.Contains(protocol, "pgp") {
		way = byPGP
	}
	switch {
	case p.kind == "multipart/encrypted" || p.kind == "application/pgp-encrypted":
		if protocol == "" {
			way = byPGP
		}
		c.form.Encrypted = cmp.Or(c.form.Encrypted, way)
	case p.kind == "multipart/signed", isWrapping(p.kind):
		if strings.Contains(p.kind, "pgp") {
			way = byPGP
		}
		c.form.Signed = cmp.Or(c.form.Signed, way)
	}
}

// isWrapping says whether a part belongs to a seal, and is nothing that somebody
// attached.
func isWrapping(kind string) bool {
	switch kind {
	case "application/pgp-encrypted", "application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature":
		return true
	}
	return false
}

// opened reads a part of S/MIME: what is only signed holds the mail, readable in
// its middle; what is encrypted does not.
func (c *content) opened(p part, name string, b []byte) {
	kind := strings.ToLower(p.params["smime-type"])
	inner, signed := signedContent(b)
	switch {
	case strings.HasPrefix(kind, "certs"), strings.HasPrefix(kind, "compressed"):
		c.attach(p, name, b)
	case signed && inner != nil:
		c.form.Signed = cmp.Or(c.form.Signed, bySMIME)
		h, body, _ := splitHeader(inner)
		c.walk(partOf(h, body, 1))
	case signed:
		c.form.Signed = cmp.Or(c.form.Signed, bySMIME)
		c.attach(p, name, b)
	default:
		c.form.Encrypted = cmp.Or(c.form.Encrypted, bySMIME)
	}
}

// armored finds what PGP writes into a text, and what it wrote around one.
var (
	armored      = regexp.MustCompile(`(?ms)^[> ]*-----BEGIN PGP MESSAGE-----[ \t]*\r?$.*?(^[> ]*-----END PGP MESSAGE-----[ \t]*\r?$|\z)`)
	signedBegins = regexp.MustCompile(`(?m)^-----BEGIN PGP SIGNED MESSAGE-----[ \t]*\r?\n(?:[A-Za-z][^\n]*:[^\n]*\n)*[ \t]*\r?\n`)
	signedEnds   = regexp.MustCompile(`(?ms)^-----BEGIN PGP SIGNATURE-----[ \t]*\r?$.*?(^-----END PGP SIGNATURE-----[ \t]*\r?$|\z)`)
	dashed       = regexp.MustCompile(`(?m)^- -`)
)

// unsealed is a text without what PGP wrote into it, and notes what that was. A
// mail that only quotes such lines is not sealed.
func (c *content) unsealed(text string) string {
	if !strings.Contains(text, "-----BEGIN PGP ") {
		return text
	}
	if at := armored.FindStringIndex(text); at != nil && !strings.ContainsAny(text[at[0]:at[0]+1], "> ") {
		c.form.Encrypted = cmp.Or(c.form.Encrypted, byPGP)
		text = armored.ReplaceAllString(text, "")
	}
	if signedBegins.MatchString(text) {
		c.form.Signed = cmp.Or(c.form.Signed, byPGP)
		text = dashed.ReplaceAllString(signedEnds.ReplaceAllString(signedBegins.ReplaceAllString(text, ""), ""), "-")
	}
	return text
}
