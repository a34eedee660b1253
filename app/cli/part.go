package cli

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"rapport/data"
	"rapport/data/store"
	"rapport/data/text"
)

// subject is whom a part is about: an account and, where a person was named,
// somebody there.
type subject struct {
	account data.Account
	contact data.Contact
}

// name is the person's, or the account's.
func (s subject) name() string { return cmp.Or(s.contact.Name, s.account.Name) }

func (s subject) belongs() data.Belongs {
	return data.Belongs{Account: s.account.ID, Contact: s.contact.ID}
}

// query asks for the person's parts, or for all of the account's.
func (s subject) query() store.PartQuery {
	if s.contact.ID != "" {
		return store.PartQuery{Contact: s.contact.ID}
	}
	return store.PartQuery{Account: s.account.ID}
}

// subject finds an account or a contact. An address means the contact who has
// it.
func (n names) subject(ref string) (subject, error) {
	person, contactErr := data.ResolveContact(ref, n.contacts, n.accounts)
	if contactErr == nil && strings.Contains(ref, "@") {
		return n.place(person), nil
	}
	a, err := n.account(ref)
	switch {
	case err == nil:
		return subject{account: a}, nil
	case contactErr != nil:
		return subject{}, ambiguityOf(err, contactErr)
	}
	return n.place(person), nil
}

// person is subject where it must be a contact.
func (n names) person(ref string) (subject, error) {
	found, err := data.ResolveContact(ref, n.contacts, n.accounts)
	return n.place(found), err
}

// place is a contact with their account.
func (n names) place(c data.Contact) subject {
	s := subject{contact: c}
	for _, a := range n.accounts {
		if a.ID == c.AccountID {
			s.account = a
		}
	}
	return s
}

// contactName is a contact's name by their ID, "" where there is none.
func (n names) contactName(id string) string {
	for _, c := range n.contacts {
		if c.ID == id {
			return c.Name
		}
	}
	return ""
}

// partJSON is what every part has.
type partJSON struct {
	ID          string `json:"id"`
	Account     string `json:"account"`
	AccountID   string `json:"accountId"`
	Contact     string `json:"contact"`
	ContactID   string `json:"contactId"`
	Interaction string `json:"interaction"`
}

func (n names) part(b data.Belongs) partJSON {
	return partJSON{ID: b.ID, Account: n.byID()[b.Account], AccountID: b.Account, Contact: n.contactName(b.Contact), ContactID: b.Contact, Interaction: b.Interaction}
}

// whose is how a table says whom a part is about.
func (n names) whose(b data.Belongs) string {
	return cmp.Or(n.contactName(b.Contact), n.byID()[b.Account])
}

// listing is a command that lists the parts of one kind.
type listing[T data.Part] struct {
	name, does, more string
	none             string // what is said where there is none
	team             bool   // the parts are the team's own, of no account
	record           bool   // the parts are records, which are never over
	flags            []flag
	columns          []column // after the ID's
	row              func(n names, p T, now time.Time) []string
	shape            func(n names, p T, now time.Time) any
	sort             func(list []T, now time.Time)
}

var (
	allFlag   = flag{name: "all", does: "those that are over too"}
	ownerFlag = flag{name: "owner", value: "NAME", does: "the colleague who sees to it; you, where nobody is named"}
	fromFlag  = flag{name: "from", value: "MESSAGE", does: "the mail or meeting that it was learned from"}
	onFlag    = flag{name: "on", value: "DATE", does: "the day, like 2026-11-17 or yesterday; else today"}
)

func (l listing[T]) verb() *verb {
	v := &verb{name: l.name, does: l.does, more: l.more, flags: append(l.flags, jsonFlag), run: l.run}
	if !l.team {
		v.args, v.most = "[ACCOUNT|CONTACT]", 1
	}
	if !l.team && !l.record {
		v.flags = append([]flag{allFlag}, v.flags...)
	}
	return v
}

func (l listing[T]) run(c *call) error {
	return c.readNames(func(db *store.DB, known names, now time.Time) error {
		q := store.PartQuery{}
		if len(c.args) > 0 {
			s, err := known.subject(c.args[0])
			if err != nil {
				return err
			}
			q = s.query()
		}
		q.Open = !c.on("all") && !l.record
		list, err := store.Parts[T](c.ctx, db, q)
		if err != nil {
			return err
		}
		return l.write(c, list, known, now)
	})
}

func (l listing[T]) write(c *call, list []T, known names, now time.Time) error {
	if l.sort != nil {
		l.sort(list, now)
	}
	if c.on("json") {
		return writeArray(c.out, each(list, func(p T) any { return l.shape(known, p, now) }))
	}
	if len(list) == 0 {
		c.note("%s", l.none)
		return nil
	}
	rows := make([][]string, len(list))
	for i, p := range list {
		rows[i] = append([]string{shortID(p.Belonging().ID)}, l.row(known, p, now)...)
	}
	return table(c.out, append([]column{{head: "ID"}}, l.columns...), rows)
}

// readNames opens the workspace with its names and the clock.
func (c *call) readNames(do func(db *store.DB, known names, now time.Time) error) error {
	return c.readNow(func(db *store.DB, now time.Time) error {
		known, err := c.names(db)
		if err != nil {
			return err
		}
		return do(db, known, now)
	})
}

// readNow opens a workspace that is there and hands it to do with now in the zone
// that is asked for.
func (c *call) readNow(do func(db *store.DB, now time.Time) error) error {
	return c.read(func(db *store.DB) error {
		now, err := c.clock(db)
		if err != nil {
			return err
		}
		return do(db, now)
	})
}

// partOf finds a part by its ID, the beginning of that, or words of what it is
// called. What is open comes before what is over.
func partOf[T data.Part](c *call, db *store.DB, ref string, called func(T) string) (T, error) {
	var none T
	list, err := store.Parts[T](c.ctx, db, store.PartQuery{})
	if err != nil {
		return none, err
	}
	return partAmong(list, ref, called)
}

// partAmong is partOf among some.
func partAmong[T data.Part](list []T, ref string, called func(T) string) (none T, err error) {
	ref = strings.TrimSpace(ref)
	found := firstThatFit(list,
		func(p T) bool { return p.Belonging().ID == ref },
		func(p T) bool { return len(ref) >= 4 && strings.HasPrefix(p.Belonging().ID, ref) },
		func(p T) bool { return ref != "" && isOpen(p) && strings.EqualFold(called(p), ref) },
		func(p T) bool {
			return ref != "" && isOpen(p) && text.Fold(called(p)) != "" && strings.Contains(text.Fold(called(p)), text.Fold(ref))
		},
		func(p T) bool { return ref != "" && strings.Contains(text.Fold(called(p)), text.Fold(ref)) },
	)
	switch {
	case len(found) == 1:
		return found[0], nil
	case len(found) > 1:
		return none, ambiguousPart(ref, found, called)
	}
	return none, fmt.Errorf("%s %q: %w", strings.ReplaceAll(none.PartKind(), "-", " "), ref, data.ErrNotFound)
}

// firstThatFit are those of a list that fit the first rule that any fits.
func firstThatFit[T any](list []T, rules ...func(T) bool) (found []T) {
	for _, fits := range rules {
		for _, one := range list {
			if fits(one) {
				found = append(found, one)
			}
		}
		if len(found) > 0 {
			return found
		}
	}
	return nil
}

func isOpen(p data.Part) bool {
	_, open := p.Standing()
	return open
}

func ambiguousPart[T data.Part](ref string, found []T, called func(T) string) error {
	a := &data.Ambiguous{Ref: ref}
	for _, p := range found[:min(len(found), 8)] {
		a.Candidates = append(a.Candidates, called(p)+", ID "+shortID(p.Belonging().ID))
	}
	return a
}

// keepPart writes a part and says what was done.
func keepPart[T data.Part](c *call, db *store.DB, label string, p T, shape func(T) any) error {
	return keepBy(c, db, label, p, store.PutPart[T], shape)
}

// keepBy is keepPart for a kind that the store keeps in a way of its own.
func keepBy[T data.Part](c *call, db *store.DB, label string, p T, put func(*store.Tx, T) (T, error), shape func(T) any) error {
	if _, err := db.Write(c.ctx, label, func(tx *store.Tx) (err error) {
		p, err = put(tx, p)
		return err
	}); err != nil {
		return err
	}
	return c.done(label, func() any { return shape(p) })
}

// removePart deletes a part and says so.
func removePart[T data.Part](c *call, db *store.DB, label string, p T, shape func(T) any) error {
	if _, err := db.Write(c.ctx, label, func(tx *store.Tx) error { return store.DeletePart(tx, p) }); err != nil {
		return err
	}
	return c.done(label, func() any { return shape(p) })
}

// done says what was done: as JSON what there is now.
func (c *call) done(label string, shape func() any) error {
	if c.on("json") {
		return writeJSON(c.out, shape())
	}
	c.printf("%s; rapport undo takes it back\n", plainText(label))
	return nil
}

// overwrite replaces a text with a flag's value, where the flag was given.
func (c *call) overwrite(into *string, flag string) {
	if c.has(flag) {
		*into = strings.TrimSpace(c.text(flag))
	}
}

// day reads a flag as a date that has been or is given whole, "" where it was
// not given: 2026-11-17, today, yesterday, 3 November.
func (c *call) day(name string, now time.Time) (string, error) {
	s := strings.TrimSpace(c.text(name))
	if s == "" {
		return "", nil
	}
	if _, err := time.Parse(time.DateOnly, s); err == nil {
		return s, nil
	}
	if strings.EqualFold(s, "today") {
		return now.Format(time.DateOnly), nil
	}
	if at, _, _, ok := text.When(s, now); ok {
		return at.In(now.Location()).Format(time.DateOnly), nil
	}
	return "", misuse(c.verb, "flag -%s needs a date like 2026-11-17, or yesterday; %q is neither", name, s)
}

// dayOr is day, or today where the flag was not given.
func (c *call) dayOr(name string, now time.Time) (string, error) {
	s, err := c.day(name, now)
	return cmp.Or(s, now.Format(time.DateOnly)), err
}

// dueDay reads a flag as a day that is to come: a date, or words like friday,
// tomorrow, end of the month, in 2 weeks. A date may lie behind.
func (c *call) dueDay(name string, now time.Time) (string, error) {
	s := strings.TrimSpace(c.text(name))
	if _, err := time.Parse(time.DateOnly, s); err == nil || s == "" {
		return s, nil
	}
	for _, words := range []string{s, "by " + s, "in " + s} {
		if day, _, ok := text.Due(words, now); ok {
			return day.Format(time.DateOnly), nil
		}
	}
	return "", misuse(c.verb, "flag -%s needs a day like 2026-11-17, friday or in 2 weeks; %q is none", name, s)
}

// owner is the colleague that -owner names, or the person at this laptop.
func (c *call) owner(db *store.DB, flag string) (string, error) {
	if c.has(flag) {
		return strings.TrimSpace(c.text(flag)), nil
	}
	return db.Setting(c.ctx, store.SettingUserName)
}

// learnedFrom fills in the mail or meeting that -from names.
func (c *call) learnedFrom(db *store.DB, b *data.Belongs) error {
	if !c.has("from") {
		return nil
	}
	i, err := c.oneEntry(db, c.text("from"))
	b.Interaction = i.ID
	return err
}
