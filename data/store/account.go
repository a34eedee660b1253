package store

import (
	"context"
	"fmt"
	"strings"

	"rapport/data"
)

const accountColumns = `id, name, tier, sector, owner, since, parent, type, care, mode, stage, tier_on, tier_why, archived, archived_why, recorded_at,
	(SELECT group_concat(domain, ' ') FROM (SELECT domain FROM account_domain d WHERE d.account_id = account.id ORDER BY domain))`

func scanAccount(r row) (a data.Account, err error) {
	var at int64
	var domains *string
	if err := r.Scan(&a.ID, &a.Name, &a.Tier, &a.Sector, &a.Owner, &a.Since, &a.Parent, &a.Type, &a.Care, &a.Mode, &a.Stage, &a.TierOn, &a.TierWhy, &a.Archived, &a.ArchivedWhy, &at, &domains); err != nil {
		return a, err
	}
	a.RecordedAt = timeOf(at)
	if domains != nil {
		a.Domains = strings.Fields(*domains)
	}
	return a, nil
}

// Accounts returns every account, archived ones too, by name; data.Living are those
// that ask for something.
func (db *DB) Accounts(ctx context.Context) ([]data.Account, error) {
	list, err := query(ctx, db.read, scanAccount, `SELECT `+accountColumns+` FROM account ORDER BY name COLLATE NOCASE, id`)
	return list, wrapNoun(err, "accounts")
}

// Account returns one account, or data.ErrNotFound.
func (db *DB) Account(ctx context.Context, id string) (data.Account, error) {
	a, err := one(ctx, db.read, scanAccount, `SELECT `+accountColumns+` FROM account WHERE id = ?`, id)
	return a, wrapNoun(err, "account %s", id)
}

// PutAccount keeps an account, new or changed; an empty ID asks for a new one.
// Its mail is filed anew. A domain that another account has is refused with
// data.ErrConflict.
func (tx *Tx) PutAccount(a data.Account) error {
	_, err := tx.AddAccount(a)
	return err
}

// AddAccount is PutAccount that returns the account as it was kept.
func (tx *Tx) AddAccount(a data.Account) (data.Account, error) {
	a = a.Tidy()
	if a.ID == "" {
		a.ID = NewID()
	}
	if err := a.Check(); err != nil {
		return a, err
	}
	if err := tx.freeDomains(a); err != nil {
		return a, err
	}
	fields, err := tx.record(data.KindAccount, a.ID, a.Fields())
	if err != nil {
		return a, wrapNoun(err, "account %s", a.ID)
	}
	kept := data.AccountOf(a.ID, fields)
	kept.RecordedAt = a.RecordedAt
	return kept, wrapNoun(tx.showAccount(kept), "account %s", a.ID)
}

// showAccount makes the row of an account, and has the mail filed anew that was
// or is the account's.
func (tx *Tx) showAccount(a data.Account) error {
	before, err := tx.domainsOf(a.ID)
	if err != nil {
		return err
	}
	tx.refileDomain(before...)
	tx.refileDomain(a.Domains...)
	if err := tx.refileHand(a.ID); err != nil {
		return err
	}
	if err := tx.refileContactsOfNew(a.ID); err != nil {
		return err
	}
	return tx.projectAccount(a)
}

// refileContactsOfNew asks for the mail of an account's people to be filed anew
// where they were here before it: it was undeleted, or came after them.
func (tx *Tx) refileContactsOfNew(account string) error {
	_, err := one(tx.ctx, tx.sql, scanString, `SELECT id FROM account WHERE id = ?`, account)
	if !isNotFound(err) {
		return err
	}
	return tx.refileContactsOf(account)
}

func (tx *Tx) refileContactsOf(account string) error {
	emails, err := query(tx.ctx, tx.sql, scanString, `
		SELECT address FROM contact_address WHERE contact_id IN (SELECT id FROM contact WHERE account_id = ?)`, account)
	tx.refileEmail(emails...)
	return err
}

func (tx *Tx) freeDomains(a data.Account) error {
	for _, d := range a.Domains {
		other, err := one(tx.ctx, tx.sql, scanString, `
			SELECT name FROM account WHERE id <> ? AND id IN (SELECT account_id FROM account_domain WHERE domain = ?)`, a.ID, d)
		if err == nil {
			return fmt.Errorf("the domain %s belongs to %s: %w", d, other, data.ErrConflict)
		}
		if !isNotFound(err) {
			return err
		}
	}
	return nil
}

func (tx *Tx) domainsOf(account string) ([]string, error) {
	return query(tx.ctx, tx.sql, scanString, `SELECT domain FROM account_domain WHERE account_id = ?`, account)
}

func (tx *Tx) projectAccount(a data.Account) error {
	tx.touched(data.KindAccount)
	tx.people.accounts[a.ID] = true
	tx.db.known.forget()
	if _, err := tx.exec(`
		INSERT INTO account (id, space_id, name, tier, sector, owner, since, parent, type, care, mode, stage, tier_on, tier_why, archived, archived_why, recorded_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET name = excluded.name, tier = excluded.tier, sector = excluded.sector,
			owner = excluded.owner, since = excluded.since, parent = excluded.parent, type = excluded.type, care = excluded.care,
			mode = excluded.mode, stage = excluded.stage, tier_on = excluded.tier_on, tier_why = excluded.tier_why, archived = excluded.archived,
			archived_why = excluded.archived_why`,
		a.ID, localSpace, a.Name, string(a.Tier), a.Sector, a.Owner, a.Since,
		a.Parent, a.Type, string(a.Care), string(a.Mode), string(a.Stage), a.TierOn, a.TierWhy, a.Archived, a.ArchivedWhy, tx.recordedAt(a.RecordedAt)); err != nil {
		return err
	}
	if _, err := tx.exec(`DELETE FROM account_domain WHERE account_id = ?`, a.ID); err != nil {
		return err
	}
	for _, d := range a.Domains {
		if _, err := tx.exec(`INSERT INTO account_domain (domain, account_id) VALUES (?, ?)`, d, a.ID); err != nil {
			return err
		}
	}
	return tx.indexName("account", a.ID, a.Name, a.Sector+" "+strings.Join(a.Domains, " "))
}

// DeleteAccount takes an account away. Its contacts, what was logged with it and
// its mail stay; the mail waits in Filing again.
func (tx *Tx) DeleteAccount(id string) error {
	if err := tx.bury(data.KindAccount, id); err != nil {
		return err
	}
	return tx.hideAccount(id)
}

func (tx *Tx) hideAccount(id string) error {
	domains, err := tx.domainsOf(id)
	if err != nil {
		return err
	}
	tx.refileDomain(domains...)
	if err := tx.refileContactsOf(id); err != nil {
		return err
	}
	if err := tx.refileHand(id); err != nil {
		return err
	}
	if err := tx.unindexName("account", id); err != nil {
		return err
	}
	tx.touched(data.KindAccount)
	tx.people.accounts[id] = true
	tx.db.known.forget()
	for _, statement := range []string{
		`DELETE FROM account_domain WHERE account_id = ?`,
		`DELETE FROM account WHERE id = ?`,
	} {
		if _, err := tx.exec(statement, id); err != nil {
			return err
		}
	}
	return nil
}

// ChangeAccount changes an account as it is by now.
func (tx *Tx) ChangeAccount(id string, change func(*data.Account)) error {
	a, err := one(tx.ctx, tx.sql, scanAccount, `SELECT `+accountColumns+` FROM account WHERE id = ?`, id)
	if err != nil {
		return wrapNoun(err, "account %s", id)
	}
	change(&a)
	return tx.PutAccount(a)
}
