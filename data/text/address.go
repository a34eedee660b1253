package text

import (
	"net/netip"
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/net/idna"
	"golang.org/x/net/publicsuffix"
)

// NormalAddress returns a mail address in the one form that is compared and stored: lower-case, without brackets,
// "mailto:" and blanks, the domain in its ASCII form. Case in the local part is dropped although RFC 5321 lets it
// count, because no provider does. Text that is no address comes back lower-cased and trimmed.
func NormalAddress(s string) string {
	for { // what is cut off may uncover more: "'mailto:ann@kestrel.example'"
		plain := plainAddress(s)
		if plain == s {
			return s
		}
		s = plain
	}
}

// plainAddress is an address in lower case without one layer of what people and programs write around it.
func plainAddress(s string) string {
	s = strings.TrimSpace(s)
	if i := strings.LastIndexByte(s, '<'); i >= 0 {
		s = s[i+1:]
		if j := strings.IndexByte(s, '>'); j >= 0 {
			s = s[:j]
		}
	}
	s = strings.TrimSpace(s)
	if len(s) >= 7 && strings.EqualFold(s[:7], "mailto:") {
		s, _, _ = strings.Cut(s[7:], "?")
	}
	s = strings.ToLower(strings.Trim(s, " \t\r\n'\"<>;,"))
	at := strings.LastIndexByte(s, '@')
	if at < 0 {
		return s
	}
	return s[:at+1] + NormalDomain(s[at+1:])
}

// NormalDomain returns a domain lower-case and in ASCII (xn--…), without a dot at its end. One that is not valid
// comes back lower-cased and trimmed.
func NormalDomain(s string) string {
	s = strings.TrimRight(strings.ToLower(strings.TrimSpace(s)), ".")
	if isASCII(s) {
		return s
	}
	if a, err := idna.Lookup.ToASCII(s); err == nil {
		return strings.TrimRight(a, ".") // what is mapped to nothing may have stood behind a dot
	}
	return s
}

// Domain returns the domain of an address, as NormalDomain; empty where there is none.
func Domain(address string) string {
	address = NormalAddress(address)
	at := strings.LastIndexByte(address, '@')
	if at < 0 {
		return ""
	}
	return address[at+1:]
}

// RegistrableDomain returns the part of a domain that somebody registered, by the public suffix list:
// "mail.kestrel.co.uk" is "kestrel.co.uk". A host in a local network stays whole; an IP address, or a bare
// public suffix, has none and gives "".
func RegistrableDomain(domain string) string {
	domain = NormalDomain(domain)
	if _, err := netip.ParseAddr(strings.Trim(domain, "[]")); err == nil || strings.HasPrefix(domain, "[") {
		return ""
	}
	if d, err := publicsuffix.EffectiveTLDPlusOne(domain); err == nil {
		return d
	}
	if suffix, listed := publicsuffix.PublicSuffix(domain); listed || suffix != domain || strings.ContainsAny(domain, ". \t") {
		return ""
	}
	return domain
}

// roles are local parts behind which a desk sits, or a machine, and not one person.
var roles = words(
	"info", "information", "infos", "contact", "contacts", "contactus", "kontakt", "contacto", "contatti", "mail", "email", "post", "mailbox", "inbox", "box", "hello", "hi", "hallo", "bonjour", "team", "group",
	"office", "backoffice", "frontoffice", "buero", "büro", "sekretariat", "secretariat", "secretary", "reception", "empfang", "rezeption", "frontdesk", "desk", "zentrale", "kanzlei", "verwaltung", "administration",
	"sales", "vertrieb", "verkauf", "ventas", "ventes", "vendite", "verkoop", "salg", "forsaljning", "myynti", "commercial", "order", "orders", "bestellung", "bestellungen", "purchasing", "procurement", "einkauf", "achats", "compras", "inkoop", "tender", "tenders",
	"support", "help", "helpdesk", "service", "services", "customerservice", "customercare", "customersupport", "kundenservice", "kundendienst", "servicedesk", "feedback", "enquiry", "enquiries", "inquiry", "inquiries", "care",
	"billing", "invoice", "invoices", "invoicing", "accounting", "accounts", "accountspayable", "accountsreceivable", "payable", "finance", "buchhaltung", "rechnung", "rechnungen", "faktura", "facturation", "comptabilite", "payments", "payroll",
	"hr", "jobs", "job", "career", "careers", "recruiting", "recruitment", "bewerbung", "personal", "press", "presse", "prensa", "media", "marketing", "pr", "communications", "newsletter", "news", "events", "event", "booking", "bookings", "reservation", "reservations", "tickets", "boxoffice", "membership", "members", "education", "library", "bibliothek", "archive", "archives", "shop", "store", "webshop",
	"admin", "administrator", "root", "it", "ict", "edv", "webmaster", "hostmaster", "postmaster", "abuse", "security", "noc", "privacy", "datenschutz", "legal", "compliance", "dpo", "board", "management", "geschaeftsleitung", "all", "staff", "everyone", "subscribe", "unsubscribe", "list", "lists",
	"noreply", "donotreply", "dontreply", "nichtantworten", "mailerdaemon", "notification", "notifications", "notify", "alert", "alerts", "bounce", "bounces", "automailer", "system", "daemon",
)

// IsRoleAddress says whether an address, or its local part alone, is a shared mailbox or a machine rather than a
// person: "info", "box-office", "sales.emea", "uk-support", "no-reply".
func IsRoleAddress(local string) bool {
	local, _, _ = strings.Cut(strings.ToLower(strings.TrimSpace(local)), "@")
	local, _, _ = strings.Cut(local, "+")
	local = strings.TrimRight(local, "0123456789")
	if roles[strings.NewReplacer("-", "", "_", "", ".", "").Replace(local)] {
		return true
	}
	split := func(seps string) []string {
		return strings.FieldsFunc(local, func(r rune) bool { return strings.ContainsRune(seps, r) })
	}
	if f := split("-_."); len(f) > 1 && roles[f[0]] {
		return true
	}
	f := split("-_")
	return len(f) > 1 && roles[f[len(f)-1]]
}

var (
	viaTail     = regexp.MustCompile(`(?i)\s+(?:via|über)\s+\S.*$`)
	bracketTail = regexp.MustCompile(`\s*[(\[][^()\[\]]*[)\]]$`)
	notFirst    = words("jr", "sr", "ii", "iii", "iv", "phd", "ph.d", "md", "m.d", "dr", "msc", "ma", "mba", "esq", "cpa", "ltd", "limited", "inc", "llc", "llp", "plc", "corp", "gmbh", "ag", "kg", "bv", "nv", "sa", "ab", "as", "oy", "se", "co")
)

// Name returns a person's or desk's name for showing, from a display name and address of a mail header: unquoted,
// "Holt, Karin" the right way round, without "(Company)" and "via List" behind it. Without a display name it is read
// off an address like karin.holt@…, and else is the address.
func Name(display, address string) string {
	name := strings.Join(strings.Fields(strings.Map(dropControl, display)), " ")
	for {
		bare := strings.TrimSpace(strings.Trim(name, "\"'“”„‘’`<>,; "))
		if strings.HasSuffix(bare, ")") || strings.HasSuffix(bare, "]") {
			bare = keepText(bare, bracketTail.ReplaceAllString(bare, ""))
		}
		if mayBeVia(bare) {
			bare = keepText(bare, viaTail.ReplaceAllString(bare, ""))
		}
		if bare == name {
			break
		}
		name = bare
	}
	if name == "" || strings.Contains(name, "@") {
		return nameFromAddress(address)
	}
	return turnName(strings.ReplaceAll(name, `\"`, `"`))
}

// mayBeVia says whether a name may have "via List" behind it, which few have: to look for that takes longer than all
// the rest.
func mayBeVia(name string) bool {
	return strings.Contains(name, " v") || strings.Contains(name, " V") || strings.Contains(name, " ü") || strings.Contains(name, " Ü")
}

func dropControl(r rune) rune {
	if unicode.IsControl(r) && !unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) && r != '\u200d' && r != '\u200c' {
		return -1
	}
	return r
}

// keepText returns the shorter text, unless nothing is left of it.
func keepText(long, short string) string {
	if strings.TrimSpace(short) == "" {
		return long
	}
	return short
}

// turnName writes "Holt, Karin" as "Karin Holt", and leaves firms and titles alone.
func turnName(name string) string {
	last, first, found := strings.Cut(name, ",")
	last, first = strings.TrimSpace(last), strings.TrimSpace(first)
	switch {
	case !found, first == "", last == "", strings.ContainsAny(name, "&/|0123456789"), strings.Contains(first, ","):
		return name
	case len(strings.Fields(last)) > 3 || len(strings.Fields(first)) > 3:
		return name
	case notFirst[strings.ToLower(strings.TrimRight(first, "."))]:
		return name
	}
	return first + " " + last
}

// nameFromAddress reads "Karin Holt" off karin.holt@…; any other address stays as it is.
func nameFromAddress(address string) string {
	address = NormalAddress(address)
	local, _, found := strings.Cut(address, "@")
	parts := strings.FieldsFunc(local, func(r rune) bool { return r == '.' || r == '_' })
	if !found || len(parts) < 2 || len(parts) > 3 || IsRoleAddress(local) {
		return address
	}
	for i, p := range parts {
		if strings.ContainsFunc(p, func(r rune) bool { return !unicode.IsLetter(r) && r != '-' }) || p[0] == '-' {
			return address
		}
		parts[i] = upperFirst(p)
	}
	return strings.Join(parts, " ")
}

// upperFirst writes each part of a hyphenated word with a capital.
func upperFirst(s string) string {
	up := true
	return strings.Map(func(r rune) rune {
		if up {
			r = unicode.ToUpper(r)
		}
		up = r == '-'
		return r
	}, s)
}
