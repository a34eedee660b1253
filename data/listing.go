package data

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
)

// ListKind is what the rows of a list of another program are.
type ListKind string

// The kinds of list.
const (
	ListOrders   ListKind = "orders"
	ListInvoices ListKind = "invoices"
	ListTickets  ListKind = "tickets"
	ListCalls    ListKind = "calls"
	ListContacts ListKind = "contacts"
	ListAccounts ListKind = "accounts"
)

// ListKinds are all of them.
var ListKinds = []ListKind{ListOrders, ListInvoices, ListTickets, ListCalls, ListContacts, ListAccounts}

// ListField is something that a column can say of a row.
type ListField struct {
	Name   string
	Needed bool
	words  []string // how columns are called that say it, as plain makes them
}

var accountField = ListField{"account", true, []string{"account", "account name", "customer", "customer name", "client", "company", "company name", "organisation", "organization", "kunde", "kundenname", "firma", "unternehmen", "client name", "debitor"}}

// orderFields are those of orders and of invoices.
var orderFields = []ListField{accountField,
	{"date", true, []string{"date", "order date", "invoice date", "ordered", "ordered on", "datum", "bestelldatum", "rechnungsdatum", "auftragsdatum", "belegdatum", "created", "created at"}},
	{"amount", true, []string{"amount", "total", "net", "net amount", "net total", "value", "sum", "price", "revenue", "betrag", "summe", "netto", "nettobetrag", "umsatz", "wert", "gesamt", "gesamtbetrag"}},
	{"currency", false, []string{"currency", "waehrung", "wahrung", "currency code"}},
	{"number", false, []string{"number", "no", "order", "order number", "order no", "order id", "invoice", "invoice number", "invoice no", "id", "nummer", "nr", "belegnummer", "bestellnummer", "auftragsnummer", "rechnungsnummer"}},
	{"kind", false, []string{"kind", "type", "art", "typ", "belegart"}},
	{"cost", false, []string{"cost", "costs", "cost of goods", "kosten", "einstand", "einkaufspreis"}},
	{"what", false, []string{"what", "item", "product", "description", "subject", "artikel", "produkt", "beschreibung", "bezeichnung", "text"}},
}

// listFields are the fields of each kind, those that are needed first.
var listFields = map[ListKind][]ListField{
	ListOrders: orderFields, ListInvoices: orderFields,
	ListTickets: {accountField,
		{"date", true, []string{"date", "opened", "opened on", "created", "created at", "created on", "datum", "eroffnet", "erstellt", "angelegt"}},
		{"closed", false, []string{"closed", "closed on", "closed at", "resolved", "solved", "geschlossen", "erledigt"}},
		{"number", false, []string{"number", "no", "id", "ticket", "ticket id", "ticket number", "case", "case number", "nummer", "nr", "ticketnummer"}},
		{"title", false, []string{"title", "subject", "summary", "description", "betreff", "titel", "beschreibung"}},
		{"minutes", false, []string{"minutes", "time", "time spent", "duration", "minuten", "dauer", "aufwand"}},
	},
	ListCalls: {accountField,
		{"date", true, []string{"date", "when", "start", "started", "time", "called", "datum", "zeit", "beginn"}},
		{"minutes", false, []string{"minutes", "duration", "length", "minuten", "dauer"}},
		{"with", false, []string{"with", "contact", "person", "name", "who", "email", "ansprechpartner", "kontakt", "mit"}},
		{"text", false, []string{"text", "note", "notes", "subject", "summary", "description", "comment", "notiz", "betreff", "beschreibung", "kommentar"}},
		{"kind", false, []string{"kind", "type", "art", "typ"}},
		{"by", false, []string{"by", "user", "agent", "owner", "caller", "mitarbeiter", "von"}},
		{"number", false, []string{"number", "no", "id", "call id", "nummer", "nr"}},
	},
	ListContacts: {
		{"name", false, []string{"name", "full name", "contact", "contact name", "display name", "person", "ansprechpartner", "kontakt"}},
		{"first", false, []string{"first", "first name", "given name", "firstname", "vorname"}},
		{"last", false, []string{"last", "last name", "surname", "family name", "lastname", "nachname"}},
		{"email", false, []string{"email", "e mail", "mail", "email address", "e mail address", "address", "e mail adresse", "e mail 1 value"}},
		{"account", false, accountField.words},
		{"role", false, []string{"role", "title", "job title", "position", "function", "funktion", "rolle"}},
		{"phone", false, []string{"phone", "telephone", "tel", "phone number", "mobile", "mobile phone", "telefon", "telefonnummer", "handy", "mobil"}},
		{"side", false, []string{"side"}},
	},
	ListAccounts: {
		{"name", true, append([]string{"name"}, accountField.words...)},
		{"domain", false, []string{"domain", "domains", "mail domain", "website", "web site", "homepage", "url"}},
		{"tier", false, []string{"tier", "class", "abc", "category", "klasse", "kategorie"}},
		{"sector", false, []string{"sector", "industry", "branche"}},
		{"owner", false, []string{"owner", "account manager", "account owner", "betreuer", "verantwortlich"}},
		{"since", false, []string{"since", "customer since", "kunde seit", "seit"}},
	},
}

// ListFields are what the columns of a kind of list can say.
func ListFields(kind ListKind) []ListField { return listFields[kind] }

// Columns the repair file has before the list's own.
const (
	RepairReason = "Why not imported"
	RepairPlace  = "Line of its number"
)

// MapColumns is GuessColumns that refuses a list without what its kind needs with
// an *Invalid.
func MapColumns(kind ListKind, header []string, told map[string]string) ([]string, error) {
	fields, err := GuessColumns(kind, header, told)
	if err != nil {
		return nil, err
	}
	missing := MissingFields(kind, fields)
	switch {
	case len(missing) == 0:
		return fields, nil
	case kind == ListContacts:
		return nil, invalid("map", "no column says who it is; name one with -map \"COLUMN=name\" or -map \"COLUMN=email\"; the columns are %s", strings.Join(header, ", "))
	}
	return nil, invalid("map", "no column says the %s; name it with -map \"COLUMN=%s\"; the columns are %s", missing[0], missing[0], strings.Join(header, ", "))
}

// MissingFields are the fields that a kind needs and no column has. Of a person a
// name or an address is enough.
func MissingFields(kind ListKind, fields []string) (missing []string) {
	for _, f := range listFields[kind] {
		if f.Needed && !slices.Contains(fields, f.Name) {
			missing = append(missing, f.Name)
		}
	}
	if kind == ListContacts && !slices.ContainsFunc(fields, func(f string) bool { return f == "name" || f == "first" || f == "last" || f == "email" }) {
		return []string{"name"}
	}
	return missing
}

// GuessList is the kind that a list's columns speak of: the one that misses the
// least and knows most of them. Orders and invoices, which have the same columns,
// are told apart by what their names say.
func GuessList(header []string) ListKind {
	best, most := ListKinds[0], -1000
	for _, kind := range ListKinds {
		fields, err := GuessColumns(kind, header, nil)
		if err != nil {
			continue
		}
		score := -10 * len(MissingFields(kind, fields))
		for _, f := range fields {
			if f != "" {
				score++
			}
		}
		if score > most {
			best, most = kind, score
		}
	}
	names := plain(strings.Join(header, " "))
	if best == ListOrders && (strings.Contains(names, "invoice") || strings.Contains(names, "rechnung")) {
		return ListInvoices
	}
	return best
}

// GuessColumns says what each column of a list is, by its name: "" is left out. A
// name in told, in either case, comes before what Rapport makes of it; one that
// is no column or no field gives an *Invalid.
func GuessColumns(kind ListKind, header []string, told map[string]string) ([]string, error) {
	fields := make([]string, len(header))
	taken := map[string]bool{}
	for name, field := range told {
		i := slices.IndexFunc(header, func(h string) bool { return sameName(h, name) })
		switch {
		case i < 0:
			return nil, invalid("map", "there is no column %q; the columns are %s", name, strings.Join(header, ", "))
		case field != "" && !slices.ContainsFunc(listFields[kind], func(f ListField) bool { return f.Name == field }):
			return nil, invalid("map", "%q is nothing that %s have; use %s", field, kind, strings.Join(fieldNames(kind), ", "))
		case field != "" && taken[field]:
			return nil, invalid("map", "two columns are said to be %s", field)
		}
		fields[i], taken[field] = field, true
	}
	isTold := func(i int) bool {
		for name := range told {
			if sameName(header[i], name) {
				return true
			}
		}
		return header[i] == RepairReason || header[i] == RepairPlace
	}
	for _, f := range listFields[kind] {
		for _, word := range f.words {
			for i, h := range header {
				if !taken[f.Name] && fields[i] == "" && !isTold(i) && plain(strings.NewReplacer("_", " ", "-", " ", ".", " ").Replace(h)) == word {
					fields[i], taken[f.Name] = f.Name, true
				}
			}
		}
	}
	return fields, nil
}

func fieldNames(kind ListKind) []string {
	return mapped(listFields[kind], func(f ListField) string { return f.Name })
}

// ListKey names a kind of list by its columns, so that what was said of them is
// known the next time. The order of the columns does not matter, nor do those
// of a repair file.
func ListKey(kind ListKind, header []string) string {
	names := []string{}
	for _, h := range header {
		if h != RepairReason && h != RepairPlace {
			names = append(names, strings.ToLower(h))
		}
	}
	slices.Sort(names)
	sum := sha256.Sum256([]byte(strings.Join(names, "\x00")))
	return string(kind) + " " + hex.EncodeToString(sum[:8])
}

// AccountNames finds the accounts that lists of other programs mean.
type AccountNames struct {
	accounts []Account
	exact    map[string][]int // plain names, and domains
	bare     map[string][]int // names without legal forms
	emails   map[string]string
}

// NewAccountNames prepares the names of a workspace. emails are the accounts of
// known addresses.
func NewAccountNames(accounts []Account, contacts []Contact) *AccountNames {
	n := &AccountNames{accounts: accounts, exact: map[string][]int{}, bare: map[string][]int{}, emails: map[string]string{}}
	for i, a := range accounts {
		n.exact[plain(a.Name)] = append(n.exact[plain(a.Name)], i)
		n.exact[a.ID] = append(n.exact[a.ID], i)
		n.bare[bareName(a.Name)] = append(n.bare[bareName(a.Name)], i)
		for _, d := range a.Domains {
			n.exact[d] = append(n.exact[d], i)
		}
	}
	for _, c := range contacts {
		for _, e := range c.Emails {
			n.emails[e] = c.AccountID
		}
	}
	return n
}

func bareName(s string) string {
	words := strings.Fields(strings.NewReplacer(".", "", ",", " ", "&", " ").Replace(plain(s)))
	for len(words) > 1 && legalForms[words[len(words)-1]] {
		words = words[:len(words)-1]
	}
	return strings.Join(words, " ")
}

// Find returns the account of a name in either case, with or without accents, an
// ID, a domain or an address. Several that fit are none.
func (n *AccountNames) Find(ref string) (Account, bool) {
	if id := n.emails[strings.ToLower(strings.TrimSpace(ref))]; id != "" {
		ref = id
	}
	for _, key := range []string{plain(ref), strings.TrimSpace(ref), NormalDomain(ref), NormalDomain(domainIn(ref))} {
		if found := n.exact[key]; key != "" && len(found) == 1 {
			return n.accounts[found[0]], true
		}
	}
	return Account{}, false
}

// domainIn is the domain of an address, or of a page's link.
func domainIn(ref string) string {
	if i := strings.LastIndexByte(ref, '@'); i >= 0 {
		return ref[i+1:]
	}
	_, host, _ := strings.Cut(ref, "://")
	host, _, _ = strings.Cut(host, "/")
	return strings.TrimPrefix(strings.ToLower(host), "www.")
}

// Propose returns the account that is probably meant by a name that Find does
// not know, and why.
func (n *AccountNames) Propose(ref string) (a Account, why string, ok bool) {
	if found := n.bare[bareName(ref)]; len(found) == 1 {
		return n.accounts[found[0]], "the same name but for the legal form", true
	}
	best, least := -1, 1<<30
	for i, a := range n.accounts {
		if far, near := distance(bareName(ref), bareName(a.Name)); near && far < least {
			best, least = i, far
		}
	}
	if best < 0 {
		return a, "", false
	}
	return n.accounts[best], "a name near it", true
}

// Add makes an account known that came meanwhile, or is another now.
func (n *AccountNames) Add(a Account) {
	i := slices.IndexFunc(n.accounts, func(b Account) bool { return b.ID == a.ID })
	if i < 0 {
		i = len(n.accounts)
		n.accounts = append(n.accounts, a)
	}
	n.accounts[i] = a
	for _, key := range append([]string{plain(a.Name), a.ID}, a.Domains...) {
		if !slices.Contains(n.exact[key], i) {
			n.exact[key] = append(n.exact[key], i)
		}
	}
	if bare := bareName(a.Name); !slices.Contains(n.bare[bare], i) {
		n.bare[bare] = append(n.bare[bare], i)
	}
}
