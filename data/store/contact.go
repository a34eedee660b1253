package store

import (
	"context"
	"strings"

	"rapport/data"
)

const contactColumns = `id, account_id, name, role, phone, side, recorded_at,
	(SELECT group_concat(address, ' ') FROM (SELECT address FROM contact_address a WHERE a.contact_id = contact.id ORDER BY place))`

func scanContact(r row) (c data.Contact, err error) {
	var at int64
	var emails *string
	if err := r.Scan(&c.ID, &c.AccountID, &c.Name, &c.Role, &c.Phone, &c.Side, &at, &emails); err != nil {
		return c, err
	}
	c.RecordedAt = timeOf(at)
	if emails != nil {
		c.Emails = strings.Fields(*emails)
	}
	return c, nil
}

// Contacts returns the contacts of an account, or of all for "", by name.
func (db *DB) Contacts(ctx context.Context, account string) ([]data.Contact, error) {
	list, err := query(ctx, db.read, scanContact, `
		SELECT `+contactColumns+` FROM contact WHERE ?1 = '' OR account_id = ?1 ORDER BY name COLLATE NOCASE, id`, account)
	return list, wrapNoun(err, "contacts")
}

// Contact returns one contact, or data.ErrNotFound.
func (db *DB) Contact(ctx context.Context, id string) (data.Contact, error) {
	c, err := one(ctx, db.read, scanContact, `SELECT `+contactColumns+` FROM contact WHERE id = ?`, id)
	return c, wrapNoun(err, "contact %s", id)
}

// PutContact keeps a contact, new or changed; an empty ID asks for a new one.
// Mail of its addresses is filed anew.
func (tx *Tx) PutContact(c data.Contact) error {
	_, err := tx.AddContact(c)
	return err
}

// AddContact is PutContact that returns the contact as it was kept.
func (tx *Tx) AddContact(c data.Contact) (data.Contact, error) {
	c = c.Tidy()
	if c.ID == "" {
		c.ID = NewID()
	}
	if err := c.Check(); err != nil {
		return c, err
	}
	fields, err := tx.record(data.KindContact, c.ID, c.Fields())
	if err != nil {
		return c, wrapNoun(err, "contact %s", c.ID)
	}
	kept := data.ContactOf(c.ID, fields)
	kept.RecordedAt = c.RecordedAt
	return kept, wrapNoun(tx.showContact(kept), "contact %s", c.ID)
}

// showContact makes the row of a contact, has the mail filed anew that has one of
// the addresses, and names the person anew in what was logged.
func (tx *Tx) showContact(c data.Contact) error {
	row, err := one(tx.ctx, prepared{tx}, scanInt64, `SELECT n FROM contact WHERE id = ?`, c.ID)
	switch {
	case isNotFound(err):
		err = tx.addContactRow(c)
	case err == nil:
		err = tx.changeContactRow(row, c)
	}
	if err != nil {
		return err
	}
	return tx.contactShown(c)
}

// showNewContact is showContact for one that has no row yet.
func (tx *Tx) showNewContact(c data.Contact) error {
	if err := tx.addContactRow(c); err != nil {
		return err
	}
	return tx.contactShown(c)
}

// contactShown makes what names a contact say what its row says now.
func (tx *Tx) contactShown(c data.Contact) error {
	tx.touched(data.KindContact)
	tx.people.contacts[c.ID], tx.people.accounts[c.AccountID] = true, true
	tx.db.known.forget()
	tx.refileEmail(c.Emails...)
	return tx.refreshEntries(c.ID)
}

func (tx *Tx) addressesOf(contact string) ([]string, error) {
	return query(tx.ctx, prepared{tx}, scanString, `SELECT address FROM contact_address WHERE contact_id = ?`, contact)
}

// addContactRow makes the row of a contact that has none, with no question about what
// was there: a space brings thousands of them at once.
func (tx *Tx) addContactRow(c data.Contact) error {
	added, err := tx.exec(`INSERT INTO contact (id, space_id, account_id, name, role, phone, side, recorded_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
		c.ID, localSpace, c.AccountID, c.Name, c.Role, c.Phone, string(c.Side), tx.recordedAt(c.RecordedAt))
	if err != nil {
		return err
	}
	row, err := added.LastInsertId()
	if err != nil {
		return err
	}
	if err := tx.putAddresses(c); err != nil {
		return err
	}
	return tx.addName(nameAt("contact", row), c.Name, contactMore(c))
}

func (tx *Tx) changeContactRow(row int64, c data.Contact) error {
	before, err := tx.addressesOf(c.ID)
	if err != nil {
		return err
	}
	tx.refileEmail(before...)
	if _, err := tx.exec(`UPDATE contact SET account_id = ?, name = ?, role = ?, phone = ?, side = ? WHERE n = ?`, c.AccountID, c.Name, c.Role, c.Phone, string(c.Side), row); err != nil {
		return err
	}
	if _, err := tx.exec(`DELETE FROM contact_address WHERE contact_id = ?`, c.ID); err != nil {
		return err
	}
	if err := tx.putAddresses(c); err != nil {
		return err
	}
	return tx.changeName(nameAt("contact", row), c.Name, contactMore(c))
}

func (tx *Tx) putAddresses(c data.Contact) error {
	for i, e := range c.Emails {
		if _, err := tx.exec(`INSERT INTO contact_address (address, contact_id, place) VALUES (?, ?, ?)`, e, c.ID, i); err != nil {
			return err
		}
	}
	return nil
}

// contactMore is what a contact is found by beside the name.
func contactMore(c data.Contact) string { return c.Role + " " + strings.Join(c.Emails, " ") }

// DeleteContact takes a contact away; what happened with them stays, filed by
// their domain where an account has it.
func (tx *Tx) DeleteContact(id string) error {
	if err := tx.bury(data.KindContact, id); err != nil {
		return err
	}
	return tx.hideContact(id)
}

func (tx *Tx) hideContact(id string) error {
	emails, err := tx.addressesOf(id)
	if err != nil {
		return err
	}
	tx.refileEmail(emails...)
	if err := tx.unindexName("contact", id); err != nil {
		return err
	}
	tx.touched(data.KindContact)
	tx.people.contacts[id] = true
	tx.db.known.forget()
	for _, statement := range []string{
		`DELETE FROM contact_address WHERE contact_id = ?`,
		`DELETE FROM contact WHERE id = ?`,
	} {
		if _, err := tx.exec(statement, id); err != nil {
			return err
		}
	}
	return nil
}
