package store

import (
	"slices"
	"strings"

	"rapport/data"
	"rapport/data/text"
)

// FileByHand says that a mail or a meeting is on an account's timeline, or that
// it is not, whoever takes part in it. What a person logged belongs to its own
// account and is refused with data.ErrConflict.
func (tx *Tx) FileByHand(interaction, account string, on bool) error {
	kind, err := one(tx.ctx, tx.sql, scanString, `SELECT kind FROM interaction WHERE id = ?`, interaction)
	if err == nil && slices.Contains(data.Logged, data.Kind(kind)) {
		err = data.ErrConflict
	}
	if err != nil {
		return wrapNoun(err, "interaction %s", interaction)
	}
	if _, err := one(tx.ctx, tx.sql, scanString, `SELECT id FROM account WHERE id = ?`, account); err != nil {
		return wrapNoun(err, "account %s", account)
	}
	place := interaction + " " + account
	if err := tx.keepRow("hand_filing", place); err != nil {
		return err
	}
	tx.db.known.forget()
	tx.refileEntries[interaction] = true
	tx.touched(data.KindInteraction)
	_, err = tx.exec(`
		INSERT INTO hand_filing (place, interaction_id, account_id, is_on, at) VALUES (?, ?, ?, ?, ?)
		ON CONFLICT (place) DO UPDATE SET is_on = excluded.is_on, at = excluded.at`, place, interaction, account, on, tx.now.Unix())
	return err
}

// refileHand asks for what was filed by hand at an account to be filed anew.
func (tx *Tx) refileHand(account string) error {
	ids, err := query(tx.ctx, tx.sql, scanString, `SELECT interaction_id FROM hand_filing WHERE account_id = ?`, account)
	for _, id := range ids {
		tx.refileEntries[id] = true
	}
	return err
}

// MoveSender makes an address one of an account's people, whose ever it was, so
// that everything of theirs is filed there, what was and what comes. Whoever is
// a contact takes their other addresses along.
func (tx *Tx) MoveSender(who data.Address, account string) error {
	c, err := one(tx.ctx, tx.sql, scanContact, `
		SELECT `+contactColumns+` FROM contact WHERE id IN (SELECT contact_id FROM contact_address WHERE address = ?)
		ORDER BY account_id NOT IN (SELECT id FROM account), recorded_at, id LIMIT 1`, text.NormalAddress(who.Email))
	if isNotFound(err) {
		c = data.Contact{Name: text.Name(who.Name, who.Email), Emails: []string{who.Email}, Side: data.Customer}
	} else if err != nil {
		return err
	}
	c.AccountID = account
	return tx.PutContact(c)
}

// MoveDomain gives a mail domain to an account, and takes it from the one that
// had it. One that many organisations use is refused as *data.Invalid.
func (tx *Tx) MoveDomain(domain, account string) error {
	k, err := tx.knownIn()
	if err != nil {
		return err
	}
	if data.IsPublicDomain(domain, k.Public) {
		return &data.Invalid{Field: "domain", Says: domain + " is free mail, used by people of many organisations"}
	}
	if had, owned := k.Domains[domain]; owned && had.ID != account {
		a, err := one(tx.ctx, tx.sql, scanAccount, `SELECT `+accountColumns+` FROM account WHERE id = ?`, had.ID)
		if err != nil {
			return err
		}
		a.Domains = slices.DeleteFunc(a.Domains, func(d string) bool { return d == domain })
		if err := tx.PutAccount(a); err != nil {
			return err
		}
	}
	a, err := one(tx.ctx, tx.sql, scanAccount, `SELECT `+accountColumns+` FROM account WHERE id = ?`, account)
	if err != nil {
		return wrapNoun(err, "account %s", account)
	}
	if !slices.Contains(a.Domains, domain) {
		a.Domains = append(a.Domains, domain)
	}
	return tx.PutAccount(a)
}

// entryOfPlace is the interaction of a row of hand_filing.
func entryOfPlace(place string) string {
	id, _, _ := strings.Cut(place, " ")
	return id
}
