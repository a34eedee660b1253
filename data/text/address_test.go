package text

import "testing"

func TestNormalAddress(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"case and blanks", " Karin.Holt@Kestrel.Example ", "karin.holt@kestrel.example"},
		{"brackets and a name", `"Holt, Karin" <Karin@Kestrel.example>`, "karin@kestrel.example"},
		{"a mail link", "mailto:karin@kestrel.example?subject=Hi", "karin@kestrel.example"},
		{"a link in brackets", "<MAILTO:karin@kestrel.example>", "karin@kestrel.example"},
		{"quotes", "'karin@kestrel.example'", "karin@kestrel.example"},
		{"a domain with letters beyond ASCII", "info@Müller.example", "info@xn--mller-kva.example"},
		{"the same domain in ASCII", "info@XN--MLLER-KVA.example.", "info@xn--mller-kva.example"},
		{"an underscore in a domain", "a@mail_1.example", "a@mail_1.example"},
		{"an at sign in the local part", `"a@b"@kestrel.example`, `a@b"@kestrel.example`},
		{"no address", "Undisclosed recipients", "undisclosed recipients"},
		{"nothing", "", ""},
		{"a mail link in quotes", "'mailto:karin@kestrel.example'", "karin@kestrel.example"},
		{"a domain that ends in what is mapped to nothing", "info@müller.\u00ad", "info@xn--mller-kva"},
	} {
		if got := NormalAddress(c.in); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestDomains(t *testing.T) {
	for _, c := range []struct{ name, in, domain, registrable string }{
		{"plain", "a@kestrel.example", "kestrel.example", "kestrel.example"},
		{"a host below", "a@mail.kestrel.co.uk", "mail.kestrel.co.uk", "kestrel.co.uk"},
		{"beyond ASCII", "a@post.müller.de", "post.xn--mller-kva.de", "xn--mller-kva.de"},
		{"a local network", "a@server", "server", "server"},
		{"a public suffix", "a@co.uk", "co.uk", ""},
		{"a top-level domain", "a@com", "com", ""},
		{"an IP address", "a@[192.0.2.1]", "[192.0.2.1]", ""},
		{"a bare IP address", "a@192.0.2.1", "192.0.2.1", ""},
		{"no domain", "karin", "", ""},
		{"nothing behind the sign", "karin@", "", ""},
		{"empty labels", "a@..", "", ""},
	} {
		if got := Domain(c.in); got != c.domain {
			t.Errorf("%s: domain %q, want %q", c.name, got, c.domain)
		}
		if got := RegistrableDomain(c.domain); got != c.registrable {
			t.Errorf("%s: registrable %q, want %q", c.name, got, c.registrable)
		}
	}
}

func TestIsRoleAddress(t *testing.T) {
	for in, want := range map[string]bool{
		"info": true, "Sales": true, "box-office": true, "boxoffice": true, "library": true, "sales.emea": true, "uk-support": true, "info2": true,
		"info+kiln": true, "no-reply": true, "do_not_reply": true, "mailer-daemon": true, "support@kestrel.example": true, "press.office": true,
		"karin": false, "karin.holt": false, "karin.box": false, "john.office": false, "infofreak": false, "holt-larch": false, "": false, "b.holm": false,
	} {
		if got := IsRoleAddress(in); got != want {
			t.Errorf("%q: %v", in, got)
		}
	}
}

func TestName(t *testing.T) {
	for _, c := range []struct{ name, display, address, want string }{
		{"plain", "Karin  Holt", "k@x.example", "Karin Holt"},
		{"turned", "Holt, Karin", "k@x.example", "Karin Holt"},
		{"turned, in quotes, with a firm", `"Holt, Karin (Larch & Lane)"`, "k@x.example", "Karin Holt"},
		{"single quotes", "'Karin Holt'", "k@x.example", "Karin Holt"},
		{"via a list", "Karin Holt via Potters", "list@x.example", "Karin Holt"},
		{"via in capitals", "Karin Holt VIA Potters", "list@x.example", "Karin Holt"},
		{"über a list", "Karin Holt Über Töpfer", "list@x.example", "Karin Holt"},
		{"a mark in square brackets", "Karin Holt [extern]", "k@x.example", "Karin Holt"},
		{"a firm with its legal form", "Kestrel Museums, Inc.", "k@x.example", "Kestrel Museums, Inc."},
		{"two firms", "Larch, Lane & Co", "k@x.example", "Larch, Lane & Co"},
		{"a title behind", "Karin Holt, PhD", "k@x.example", "Karin Holt, PhD"},
		{"an address as the name", "karin.holt@x.example", "karin.holt@x.example", "Karin Holt"},
		{"no name, hyphens", "", "anna-maria.holt@x.example", "Anna-Maria Holt"},
		{"no name, one word", "", "Karin@x.example", "karin@x.example"},
		{"no name, a desk", "", "sales.emea@x.example", "sales.emea@x.example"},
		{"no name, digits", "", "k.holt7@x.example", "k.holt7@x.example"},
		{"hidden characters", "\u200eKarin\u200b Holt\x00", "k@x.example", "Karin Holt"},
		{"nothing but brackets", "(Karin)", "k@x.example", "(Karin)"},
		{"nothing", "", "", ""},
	} {
		if got := Name(c.display, c.address); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func FuzzName(f *testing.F) {
	f.Add(`"Holt, Karin (x)" via y`, "karin.holt@x.example")
	f.Add("", "-.a@b")
	f.Fuzz(func(t *testing.T, display, address string) {
		Name(display, address)
		RegistrableDomain(Domain(address))
		IsRoleAddress(address)
	})
}
