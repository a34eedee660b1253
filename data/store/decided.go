package store

import (
	"context"
	"strings"
	"time"

	"rapport/data"
	"rapport/data/text"
)

// FilePerson makes somebody who wrote or met us a contact of an account, under
// the name they use themselves, with what their signature says of them, or gives the account to the contact they are
// already, if that has none. With a contact's ID the address is added to that
// contact instead. What waits with them is filed with it.
func (tx *Tx) FilePerson(who data.Sender, account string, side data.Side, contact string) error {
	if contact == "" {
		c, err := one(tx.ctx, tx.sql, scanContact, `
			SELECT `+contactColumns+` FROM contact WHERE id IN (SELECT contact_id FROM contact_address WHERE address = ?)
				AND account_id NOT IN (SELECT id FROM account) ORDER BY recorded_at, id LIMIT 1`, text.NormalAddress(who.Email))
		if err == nil {
			c.AccountID, c.Side = account, side
			return tx.PutContact(c)
		}
		if !isNotFound(err) {
			return err
		}
		return tx.PutContact(data.Contact{
			AccountID: account, Name: text.Name(who.Name, who.Email), Emails: []string{who.Email}, Side: side, Role: who.Card.Role, Phone: strings.Join(who.Card.Phones[:min(1, len(who.Card.Phones))], ""),
		})
	}
	c, err := one(tx.ctx, tx.sql, scanContact, `SELECT `+contactColumns+` FROM contact WHERE id = ?`, contact)
	if err != nil {
		return wrapNoun(err, "contact %s", contact)
	}
	c.Emails = append(c.Emails, who.Email)
	return tx.PutContact(c)
}

// FileDomain gives a mail domain to an account, so that everybody who uses it is
// recognised. A domain that many organisations use, or that belongs to an
// account already, by itself or by the one above it, is left alone.
func (tx *Tx) FileDomain(domain, account string) error {
	k, err := tx.knownIn()
	if err != nil {
		return err
	}
	for d := domain; strings.Contains(d, "."); _, d, _ = strings.Cut(d, ".") {
		if _, taken := k.Domains[d]; taken || data.IsPublicDomain(d, k.Public) {
			return nil
		}
	}
	a, err := one(tx.ctx, tx.sql, scanAccount, `SELECT `+accountColumns+` FROM account WHERE id = ?`, account)
	if err != nil {
		return wrapNoun(err, "account %s", account)
	}
	a.Domains = append(a.Domains, domain)
	return tx.PutAccount(a)
}

// filedLabel is how the labels of what Filing filed begin.
const filedLabel = "Filed "

// FiledToday returns what was filed since midnight and not taken back, the
// latest first.
func (db *DB) FiledToday(ctx context.Context, now time.Time) ([]data.FiledEntry, error) {
	list, err := filedSince(ctx, db.read, midnightOf(now))
	return list, wrapNoun(err, "filing")
}

func filedSince(ctx context.Context, q asker, since time.Time) ([]data.FiledEntry, error) {
	type kept struct {
		undone
		at time.Time
	}
	list, err := query(ctx, q, func(r row) (k kept, err error) {
		var at int64
		var body string
		if err := r.Scan(&k.id, &at, &k.label, &body); err != nil {
			return k, err
		}
		k.at = time.Unix(at, 0).UTC()
		k.body, err = fromJSON[wayBack](body)
		return k, err
	}, `SELECT id, at, label, body FROM undo WHERE done_at IS NULL AND at >= ? AND label NOT LIKE 'Undone: %' ORDER BY id DESC`, since.Unix())
	if err != nil {
		return nil, err
	}
	var found []data.FiledEntry
	later := map[[2]string]bool{}
	for _, k := range list {
		f := data.FiledEntry{Undo: k.id, At: k.at, Label: k.label}
		for _, t := range k.body.Things {
			thing := [2]string{t.Kind, t.ID}
			f.Changed = f.Changed || later[thing]
			later[thing] = true
			if t.Kind == data.KindContact {
				f.People++
			}
		}
		if strings.HasPrefix(k.label, filedLabel) {
			f.People = max(1, f.People)
			found = append(found, f)
		}
	}
	return found, nil
}

// NoCustomers returns the addresses and domains that a person said are no
// customer's, the latest first.
func (db *DB) NoCustomers(ctx context.Context) ([]data.NoCustomer, error) {
	list, err := query(ctx, db.read, func(r row) (c data.NoCustomer, err error) {
		var at int64
		err = r.Scan(&c.Pattern, &at)
		c.At = time.Unix(at, 0).UTC()
		return c, err
	}, `SELECT pattern, at FROM ignored ORDER BY at DESC, pattern`)
	if err != nil {
		return nil, wrapNoun(err, "filing")
	}
	at := map[string]int{}
	for i, c := range list {
		at[c.Pattern] = i
	}
	_, err = query(ctx, db.read, func(r row) (struct{}, error) {
		var email string
		var n int
		err := r.Scan(&email, &n)
		for _, pattern := range []string{email, "@" + text.Domain(email)} {
			if i, ok := at[pattern]; ok {
				list[i].Waits += n
			}
		}
		return struct{}{}, err
	}, `SELECT p.email, count(*) FROM interaction i JOIN participant p ON p.interaction_n = i.n WHERE i.skip = ? AND i.skip <> '' GROUP BY p.email`, data.SkipRule)
	return list, wrapNoun(err, "filing")
}

// Skipped returns whose mail is kept off timelines because a program wrote it,
// those with most mails first; at most limit.
func (db *DB) Skipped(ctx context.Context, limit int) ([]data.SkippedSender, error) {
	list, err := query(ctx, db.read, func(r row) (s data.SkippedSender, err error) {
		var at, n int64
		err = r.Scan(&s.Email, &s.Name, &s.Reason, &s.Mails, &at, &s.Subject, &n, &s.Message)
		s.Last = time.Unix(at, 0).UTC()
		return s, err
	}, `
		SELECT p.email, p.name, i.automated, count(*), max(i.at), i.subject, i.n,
			coalesce((SELECT m.id FROM message m WHERE m.interaction_n = i.n ORDER BY m.n DESC LIMIT 1), '')
		FROM interaction i JOIN participant p ON p.interaction_n = i.n AND p.place = 0
		WHERE i.skip <> '' AND i.automated <> '' GROUP BY p.email, i.automated ORDER BY count(*) DESC, p.email LIMIT ?`, limit)
	return list, wrapNoun(err, "filing")
}
