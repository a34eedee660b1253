package sync

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"rapport/data"
	"rapport/data/codec"
	"rapport/data/store"
)

// accountOf is the account that a row names. A name that none has is counted, or
// made an account where that was asked for.
func (l *list) accountOf(tx *store.Tx, name string) (string, error) {
	if name == "" {
		return "", &data.Invalid{Field: "account", Says: "it names no account"}
	}
	if id := l.means[strings.ToLower(name)]; id != "" {
		return id, nil
	}
	if a, ok := l.names.Find(name); ok {
		l.means[strings.ToLower(name)] = a.ID
		return a.ID, nil
	}
	if !l.AddAccounts && !slices.Contains(l.AddNames, name) {
		l.unknown[name]++
		return "", &data.Invalid{Field: "account", Says: fmt.Sprintf("no account is called %q", name)}
	}
	a, err := tx.AddAccount(data.Account{Name: name})
	if err != nil {
		return "", err
	}
	l.report.Added = append(l.report.Added, a.Name)
	l.means[strings.ToLower(name)] = a.ID
	return a.ID, nil
}

func (l *list) order(tx *store.Tx, in store.Intake, row codec.Row) (store.Took, error) {
	p := data.Purchase{Key: l.key(row), Kind: data.Ordered, Number: l.value(row, "number"), What: l.value(row, "what")}
	var err error
	if p.On, err = l.dates.Parse(l.value(row, "date")); err != nil {
		return 0, err
	}
	if p.Cents, p.Currency, err = data.ParseMoney(l.value(row, "amount"), l.money.Mark()); err != nil {
		return 0, err
	}
	if code := l.value(row, "currency"); code != "" {
		if _, p.Currency, err = data.ParseMoney("1 "+strings.ToUpper(code), '.'); err != nil || p.Currency == "" {
			return 0, &data.Invalid{Field: "currency", Says: strconv.Quote(code) + " is not a currency; write it like EUR"}
		}
	}
	if p.Currency == "" {
		p.Currency = l.rules.Currency
	}
	if cost := l.value(row, "cost"); cost != "" {
		if p.Cost, _, err = data.ParseMoney(cost, l.money.Mark()); err != nil {
			return 0, err
		}
		p.Costed = true
	}
	if said := l.value(row, "kind"); said == "" && l.As == data.ListInvoices {
		p.Kind = data.Invoiced
	} else if p.Kind, err = purchaseKind(said); err != nil {
		return 0, err
	}
	if p.Account, err = l.accountOf(tx, l.value(row, "account")); err != nil {
		return 0, err
	}
	return in.Purchase(p)
}

// purchaseKinds are what lists call the kinds of purchase.
var purchaseKinds = map[string]data.PurchaseKind{
	"": data.Ordered, "order": data.Ordered, "sale": data.Ordered, "auftrag": data.Ordered, "bestellung": data.Ordered,
	"invoice": data.Invoiced, "rechnung": data.Invoiced,
	"credit": data.Credited, "credit note": data.Credited, "refund": data.Credited, "gutschrift": data.Credited,
	"travel": data.Travelled, "travel cost": data.Travelled, "reisekosten": data.Travelled,
}

func purchaseKind(s string) (data.PurchaseKind, error) {
	kind, ok := purchaseKinds[strings.ToLower(s)]
	if !ok {
		return "", &data.Invalid{Field: "kind", Says: strconv.Quote(s) + " is none of order, invoice, credit, travel"}
	}
	return kind, nil
}

func (l *list) ticket(tx *store.Tx, in store.Intake, row codec.Row) (store.Took, error) {
	t := data.Ticket{Key: l.key(row), Number: l.value(row, "number"), Title: l.value(row, "title")}
	var err error
	if t.Opened, err = l.dates.Parse(l.value(row, "date")); err != nil {
		return 0, err
	}
	if closed := l.value(row, "closed"); closed != "" {
		if t.Closed, err = l.dates.Parse(closed); err != nil {
			return 0, err
		}
	}
	if t.Minutes, err = minutesOf(l.value(row, "minutes")); err != nil {
		return 0, err
	}
	if t.Account, err = l.accountOf(tx, l.value(row, "account")); err != nil {
		return 0, err
	}
	return in.Ticket(t)
}

// minutesOf reads a duration: minutes, 1:30 or 1:30:00 in hours, or 90 min.
func minutesOf(s string) (int, error) {
	wrong := &data.Invalid{Field: "minutes", Says: fmt.Sprintf("%q is no duration; write minutes, or hours like 1:30", s)}
	text := strings.TrimSpace(strings.TrimRight(strings.ToLower(s), "minutes. "))
	if text == "" {
		if strings.TrimSpace(s) != "" {
			return 0, wrong
		}
		return 0, nil
	}
	if h, rest, ok := strings.Cut(text, ":"); ok {
		m, _, _ := strings.Cut(rest, ":")
		hours, err := strconv.Atoi(h)
		minutes, err2 := strconv.Atoi(m)
		if err != nil || err2 != nil || hours < 0 || minutes < 0 || minutes > 59 {
			return 0, wrong
		}
		return hours*60 + minutes, nil
	}
	n, err := strconv.ParseFloat(strings.Replace(text, ",", ".", 1), 64)
	if err != nil || n < 0 || n > 1e6 {
		return 0, wrong
	}
	return int(n + 0.5), nil
}

// clockIn finds the time of day behind a date.
var clockIn = regexp.MustCompile(`(?i)[T ,]\s*(\d{1,2}):(\d{2})(?::\d{2})?(?:\.\d+)?\s*(am|pm)?`)

// momentOf is when a row says that it happened, in this laptop's zone; noon
// where it says only the date.
func (l *list) momentOf(s string) (time.Time, error) {
	day, err := l.dates.Parse(s)
	if err != nil {
		return time.Time{}, err
	}
	at, err := time.ParseInLocation(time.DateOnly, day, time.Local)
	if err != nil {
		return at, err
	}
	if exact, err := time.Parse(time.RFC3339, strings.Replace(s, " ", "T", 1)); err == nil {
		return exact, nil
	}
	m := clockIn.FindStringSubmatch(s)
	if m == nil {
		return at.Add(12 * time.Hour), nil
	}
	h, _ := strconv.Atoi(m[1]) // the pattern has digits only
	min, _ := strconv.Atoi(m[2])
	switch strings.ToLower(m[3]) {
	case "am":
		h %= 12
	case "pm":
		h = h%12 + 12
	}
	if h > 23 || min > 59 {
		return at, &data.Invalid{Field: "date", Says: strconv.Quote(s) + " has no time of day that can be"}
	}
	return at.Add(time.Duration(h)*time.Hour + time.Duration(min)*time.Minute), nil
}

// call keeps a call or a visit as what it is: an entry of the timeline, as if it
// had been logged by hand.
func (l *list) call(tx *store.Tx, _ store.Intake, row codec.Row) (store.Took, error) {
	e := data.Entry{ID: "list" + l.key(row), Kind: data.Call, Text: l.value(row, "text"), By: l.value(row, "by")}
	var err error
	if e.At, err = l.momentOf(l.value(row, "date")); err != nil {
		return 0, err
	}
	if e.Minutes, err = minutesOf(l.value(row, "minutes")); err != nil {
		return 0, err
	}
	switch kind := strings.ToLower(l.value(row, "kind")); kind {
	case "", "call", "anruf", "telefonat", "phone":
	case "visit", "besuch":
		e.Kind = data.Visit
	default:
		return 0, &data.Invalid{Field: "kind", Says: strconv.Quote(kind) + " is none of call, visit"}
	}
	if e.Account, err = l.accountOf(tx, l.value(row, "account")); err != nil {
		return 0, err
	}
	if e.By == "" {
		e.By = l.owner
	}
	with := l.value(row, "with")
	if c, ok := l.person(e.Account, with); ok {
		e.With = []string{c.ID}
	} else if with != "" {
		e.Text = strings.TrimSpace("With " + with + ". " + e.Text)
	}
	if e.Text == "" {
		e.Text = map[data.Kind]string{data.Call: "Call", data.Visit: "Visit"}[e.Kind]
	}
	return tx.TakeEntry(e)
}

// person is the contact of a name or an address.
func (l *list) person(account, ref string) (data.Contact, bool) {
	c, ok := l.people[strings.ToLower(ref)]
	if !ok {
		c, ok = l.people[personKey(account, ref)]
	}
	return c, ok && ref != ""
}

func (l *list) contact(tx *store.Tx, _ store.Intake, row codec.Row) (store.Took, error) {
	c := data.Contact{Name: l.value(row, "name"), Role: l.value(row, "role"), Phone: l.value(row, "phone"), Side: data.Side(strings.ToLower(l.value(row, "side")))}
	if c.Name == "" {
		c.Name = strings.TrimSpace(l.value(row, "first") + " " + l.value(row, "last"))
	}
	c.Emails = strings.FieldsFunc(l.value(row, "email"), func(r rune) bool { return strings.ContainsRune(" ,;", r) })
	var err error
	if name := l.value(row, "account"); name != "" {
		if c.AccountID, err = l.accountOf(tx, name); err != nil {
			return 0, err
		}
	} else if len(c.Emails) > 0 {
		if a, ok := l.names.Find(c.Emails[0]); ok {
			c.AccountID = a.ID
		}
	}
	return l.takeContact(tx, c)
}

// takeContact keeps a contact, or adds to the one that is known by an address or
// by name at the account what it does not say yet. Nothing is replaced.
func (l *list) takeContact(tx *store.Tx, c data.Contact) (store.Took, error) {
	if c.Name == "" && len(c.Emails) > 0 {
		c.Name = c.Emails[0]
	}
	c = c.Tidy()
	if err := c.Check(); err != nil {
		return 0, err
	}
	known, ok := l.person(c.AccountID, c.Name)
	for _, e := range c.Emails {
		if k, found := l.people[e]; found {
			known, ok = k, true
			break
		}
	}
	took := store.TookNew
	if ok {
		merged := mergedContact(known, c)
		if fmt.Sprint(merged.Fields()) == fmt.Sprint(known.Fields()) {
			return store.TookKnown, nil
		}
		c, took = merged, store.TookChanged
	}
	kept, err := tx.AddContact(c)
	if err != nil {
		return 0, err
	}
	for _, e := range kept.Emails {
		l.people[e] = kept
	}
	l.people[personKey(kept.AccountID, kept.Name)] = kept
	return took, nil
}

// mergedContact is a contact with what another one says besides.
func mergedContact(a, b data.Contact) data.Contact {
	fill := func(into *string, from string) {
		if *into == "" {
			*into = from
		}
	}
	fill(&a.AccountID, b.AccountID)
	fill(&a.Role, b.Role)
	fill(&a.Phone, b.Phone)
	a.Emails = append(append([]string(nil), a.Emails...), b.Emails...)
	return a.Tidy()
}

func (l *list) account(tx *store.Tx, _ store.Intake, row codec.Row) (store.Took, error) {
	a := data.Account{Name: l.value(row, "name"), Sector: l.value(row, "sector"), Owner: l.value(row, "owner")}
	var err error
	if a.Tier, err = data.ParseTier(l.value(row, "tier")); err != nil {
		return 0, err
	}
	if since := l.value(row, "since"); since != "" {
		if a.Since, err = l.dates.Parse(since); err != nil {
			return 0, err
		}
	}
	for _, d := range strings.FieldsFunc(l.value(row, "domain"), func(r rune) bool { return strings.ContainsRune(" ,;", r) }) {
		_, host, link := strings.Cut(d, "://")
		if !link {
			host = d
		}
		host, _, _ = strings.Cut(host, "/")
		a.Domains = append(a.Domains, strings.TrimPrefix(strings.ToLower(host), "www."))
	}
	a = a.Tidy()
	if err := a.Check(); err != nil {
		return 0, err
	}
	known, ok := l.knownAccount(a)
	took := store.TookNew
	if ok {
		merged := mergedAccount(known, a)
		if fmt.Sprint(merged.Fields()) == fmt.Sprint(known.Fields()) {
			return store.TookKnown, nil
		}
		a, took = merged, store.TookChanged
	}
	kept, err := tx.AddAccount(a)
	if err != nil {
		return 0, err
	}
	l.names.Add(kept)
	return took, nil
}

func (l *list) knownAccount(a data.Account) (data.Account, bool) {
	if known, ok := l.names.Find(a.Name); ok {
		return known, true
	}
	for _, d := range a.Domains {
		if known, ok := l.names.Find(d); ok {
			return known, true
		}
	}
	return data.Account{}, false
}

// mergedAccount is an account with what another one says besides.
func mergedAccount(a, b data.Account) data.Account {
	fill := func(into *string, from string) {
		if *into == "" {
			*into = from
		}
	}
	fill(&a.Sector, b.Sector)
	fill(&a.Owner, b.Owner)
	fill(&a.Since, b.Since)
	if a.Tier == "" {
		a.Tier = b.Tier
	}
	a.Domains = append(append([]string(nil), a.Domains...), b.Domains...)
	return a.Tidy()
}
