package cli

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"rapport/data"
	"rapport/data/store"
	"rapport/data/text"
)

const whoMore = `SENDER is a mail address; @DOMAIN is everybody at a mail domain, as @northmoor.example.
rapport undo takes it back.`

func filingAssignVerb() *verb {
	return &verb{
		name: "filing assign", args: "SENDER|@DOMAIN ACCOUNT", does: "Always file somebody, and all of theirs, to an account",
		more: `The sender becomes a contact of the account, and all of theirs is filed there, what
was and what comes; who is at another account moves. With @DOMAIN all who wait there
are filed, and the account gets the domain, from another account too.
` + whoMore + `

  rapport filing assign @northmoor.example "Northmoor University"`,
		least: 2, most: 2, flags: []flag{jsonFlag}, run: runFilingAssign,
	}
}

func filingIgnoreVerb() *verb {
	return &verb{
		name: "filing ignore", args: "SENDER|@DOMAIN", does: "Say that somebody is no customer, now and later",
		more: whoMore, least: 1, most: 1, flags: []flag{jsonFlag}, run: runFilingIgnore,
	}
}

func filingHeedVerb() *verb {
	return &verb{
		name: "filing heed", args: "SENDER|@DOMAIN", does: "Take back that somebody is no customer",
		more: whoMore, least: 1, most: 1, flags: []flag{jsonFlag}, run: runFilingHeed,
	}
}

// pattern is whom the command is about: an address, or a domain with "@" before
// it.
func (c *call) pattern() (string, error) {
	ref := strings.TrimSpace(c.args[0])
	if domain, whole := strings.CutPrefix(ref, "@"); whole {
		if d := data.NormalDomain(domain); strings.Contains(d, ".") {
			return "@" + d, nil
		}
		return "", misuse(c.verb, "%q is not a mail domain; write it like @northmoor.example", ref)
	}
	email := text.NormalAddress(ref)
	switch {
	case text.Domain(email) != "":
		return email, nil
	case strings.Contains(ref, ".") && !strings.ContainsAny(ref, "@ "):
		return "", misuse(c.verb, "%q is not a mail address; for everybody at that domain write @%s", ref, ref)
	}
	return "", misuse(c.verb, "%q is not a mail address; write it like karin@northmoor.example, or a domain like @northmoor.example", ref)
}

// decision is what a command decided about some people.
type decision struct {
	label string // as undo names it
	about []data.Proposal
	do    func(*store.Tx) error
	moved int // mails and meetings
}

type decidedJSON struct {
	Did    string `json:"did"`
	Undo   int64  `json:"undo"`
	People int    `json:"people"`
	Moved  int    `json:"moved"`
}

// decide writes a decision and says what it did.
func (c *call) decide(db *store.DB, d decision) error {
	u, err := db.Write(c.ctx, d.label, d.do)
	if err != nil {
		return err
	}
	if c.on("json") {
		return writeJSON(c.out, decidedJSON{Did: d.label, Undo: u.ID, People: len(d.about), Moved: d.moved})
	}
	c.printf("%s; rapport undo takes it back\n", plainText(d.label))
	return nil
}

// waitingFor are those who wait under an address, or at a domain.
func waitingFor(groups []data.DomainGroup, pattern string) []data.Proposal {
	var list []data.Proposal
	for _, g := range groups {
		for _, p := range g.Senders {
			if p.Sender.Email == pattern || "@"+g.Domain == pattern {
				list = append(list, p)
			}
		}
	}
	return list
}

func movingWith(list []data.Proposal) int {
	var senders []data.Sender
	for _, p := range list {
		senders = append(senders, p.Sender)
	}
	return data.Moving(senders...)
}

func runFilingAssign(c *call) error {
	pattern, err := c.pattern()
	if err != nil {
		return err
	}
	return c.read(func(db *store.DB) error {
		known, err := c.names(db)
		if err != nil {
			return err
		}
		a, err := known.account(c.args[1])
		if err != nil {
			return err
		}
		in, err := db.FilingInput(c.ctx, c.now())
		if err != nil {
			return err
		}
		domain, whole := strings.CutPrefix(pattern, "@")
		if whole && data.IsPublicDomain(domain, in.Known.Public) {
			return freeMail(domain)
		}
		list := waitingFor(data.ProposeFiling(in), pattern)
		if len(list) == 0 {
			return c.moveTo(db, pattern, a)
		}
		d := decision{label: data.FiledWords(list, a.Name), about: list, moved: movingWith(list)}
		d.do = func(tx *store.Tx) error {
			if whole {
				if err := tx.FileDomain(domain, a.ID); err != nil {
					return err
				}
			}
			return filePeople(tx, list, a)
		}
		return c.decide(db, d)
	})
}

// filePeople files each to the account; what was proposed for another one is
// not heeded.
func filePeople(tx *store.Tx, list []data.Proposal, a data.Account) error {
	for _, p := range list {
		side, contact := data.Customer, ""
		if p.Account.ID == a.ID {
			side, contact = p.Side, p.Contact.ID
		}
		if err := tx.FilePerson(p.Sender, a.ID, side, contact); err != nil {
			return err
		}
	}
	return nil
}

func freeMail(domain string) error {
	return fmt.Errorf("%s is free mail: decide about its senders one by one", domain)
}

// moveTo moves whoever does not wait in Filing to an account, or says why not.
func (c *call) moveTo(db *store.DB, pattern string, a data.Account) error {
	k, err := db.Known(c.ctx)
	if err != nil {
		return err
	}
	domain, whole := strings.CutPrefix(pattern, "@")
	if whole {
		if had := k.Domains[domain]; k.OwnDomains[domain] || had.ID == a.ID {
			return decidedAlready(k, pattern)
		}
		if k.Ignored[pattern] {
			return fmt.Errorf("you said that nobody at %s is a customer; rapport filing heed %s takes that back", domain, pattern)
		}
		return c.decide(db, decision{label: "Mail of " + domain + " belongs to " + a.Name, do: func(tx *store.Tx) error { return tx.MoveDomain(domain, a.ID) }})
	}
	who := data.Address{Email: pattern}
	switch contact, known := k.Contacts[pattern]; {
	case k.IsOwn(pattern), known && contact.Account == a.ID:
		return decidedAlready(k, pattern)
	case k.Ignored[pattern]:
		return fmt.Errorf("you said that %s is no customer; rapport filing heed %s takes that back", pattern, pattern)
	case !known && k.IsIgnored(pattern):
		return fmt.Errorf("you said that nobody at %s is a customer; rapport filing heed @%s takes that back", text.Domain(pattern), text.Domain(pattern))
	case known:
		who.Name = contact.Name
	default:
		if who.Name, err = db.SeenAs(c.ctx, pattern); err != nil {
			if errors.Is(err, data.ErrNotFound) {
				return fmt.Errorf("nobody wrote from %s, or met you under it; rapport filing list shows who waits", pattern)
			}
			return err
		}
	}
	name := text.Name(who.Name, who.Email)
	return c.decide(db, decision{label: name + " and all of theirs moved to " + a.Name, do: func(tx *store.Tx) error { return tx.MoveSender(who, a.ID) }})
}

// decidedAlready says whose an address or a domain is, if that is known.
func decidedAlready(k data.Known, pattern string) error {
	domain, whole := strings.CutPrefix(pattern, "@")
	a, owned := k.Domains[domain]
	c, contact := k.Contacts[pattern]
	switch {
	case whole && k.OwnDomains[domain]:
		return fmt.Errorf("%s is your own mail domain", domain)
	case whole && owned:
		return fmt.Errorf("%s belongs to %s already", domain, a.Name)
	case !whole && k.IsOwn(pattern):
		return fmt.Errorf("%s is one of you", pattern)
	case contact:
		return fmt.Errorf("%s is an address of %s already", pattern, c.Name)
	}
	return nil
}

func runFilingIgnore(c *call) error {
	pattern, err := c.pattern()
	if err != nil {
		return err
	}
	return c.read(func(db *store.DB) error {
		k, err := db.Known(c.ctx)
		if err != nil {
			return err
		}
		domain, whole := strings.CutPrefix(pattern, "@")
		switch err := decidedAlready(k, pattern); {
		case whole && data.IsPublicDomain(domain, k.Public):
			return freeMail(domain)
		case err != nil:
			return err
		case k.Ignored[pattern]:
			return errors.New("you said so already; rapport filing heed " + pattern + " takes it back")
		}
		in, err := db.FilingInput(c.ctx, c.now())
		if err != nil {
			return err
		}
		list := waitingFor(data.ProposeFiling(in), pattern)
		name := ""
		if len(list) > 0 {
			name = list[0].Sender.Name
		}
		return c.decide(db, decision{
			label: data.NoCustomerWords(pattern, name), about: list, moved: movingWith(list),
			do: func(tx *store.Tx) error { return tx.Ignore(pattern) },
		})
	})
}

func runFilingHeed(c *call) error {
	pattern, err := c.pattern()
	if err != nil {
		return err
	}
	return c.read(func(db *store.DB) error {
		rules, err := db.NoCustomers(c.ctx)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(rules, func(r data.NoCustomer) bool { return r.Pattern == pattern })
		if i < 0 {
			return fmt.Errorf("you never said that %s is no customer", strings.TrimPrefix(pattern, "@"))
		}
		return c.decide(db, decision{
			label: pattern + " may be a customer again", moved: rules[i].Waits,
			do: func(tx *store.Tx) error { return tx.Heed(pattern) },
		})
	})
}

func undoVerb() *verb {
	return &verb{
		name: "undo", does: "Take back what was changed last, here or in the window",
		more: `Each further one takes back the change before that, for 90 days. What sync brought is
not undone.`,
		flags: []flag{jsonFlag}, run: runUndo,
	}
}

type undoneJSON struct {
	Undone string `json:"undone"`
}

func runUndo(c *call) error {
	return c.read(func(db *store.DB) error {
		u, err := db.UndoLast(c.ctx)
		switch {
		case errors.Is(err, data.ErrNotFound):
			return errors.New("there is nothing to undo")
		case err != nil:
			return err
		case c.on("json"):
			return writeJSON(c.out, undoneJSON{Undone: u.Label})
		}
		c.printf("Undone: %s\n", plainText(u.Label))
		return nil
	})
}
