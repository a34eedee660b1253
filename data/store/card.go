package store

import (
	"context"
	"slices"
	"time"

	"rapport/data"
	"rapport/data/text"
)

const (
	// cardsRead is in how many of a person's latest mails a signature is read.
	cardsRead = 3
	// cardYears is how far back one still says how things are.
	cardYears = 2
)

// ContactProposals returns what people's signatures say of them that is not
// kept, or otherwise, of an account's contacts or of all for "", by name.
// Automated mail is never read for it.
func (db *DB) ContactProposals(ctx context.Context, account string, now time.Time) ([]data.ContactProposal, error) {
	var list []data.ContactProposal
	err := db.inReader(ctx, func(tx *Tx) error {
		declined, err := settingList(ctx, tx.sql, SettingDeclined)
		if err != nil {
			return err
		}
		contacts, err := query(ctx, tx.sql, scanContact, `
			SELECT `+contactColumns+` FROM contact WHERE ?1 = '' OR account_id = ?1 ORDER BY name COLLATE NOCASE, id`, account)
		if err != nil {
			return err
		}
		for _, c := range contacts {
			cards, err := cardsOf(ctx, tx.sql, c, now)
			if err != nil {
				return err
			}
			list = append(list, data.ProposeOfContact(c, cards, declined)...)
		}
		return nil
	})
	return list, wrapNoun(err, "contacts")
}

// cardsOf reads a contact's latest signatures, newest first.
func cardsOf(ctx context.Context, q asker, c data.Contact, now time.Time) ([]data.SeenCard, error) {
	var cards []data.SeenCard
	for _, email := range c.Emails {
		found, err := query(ctx, q, func(r row) (s data.SeenCard, err error) {
			var body string
			var at int64
			err = r.Scan(&s.Interaction, &at, &body)
			s.At, s.Card = time.Unix(at, 0).UTC(), text.ReadCard(body, c.Name)
			return s, err
		}, `
			SELECT i.id, i.at, (SELECT substr(m.text, 1, ?) FROM message m WHERE m.interaction_n = i.n ORDER BY m.id LIMIT 1)
			FROM participant p JOIN interaction i ON i.n = p.interaction_n
			WHERE p.email = ? AND p.place = 0 AND p.part = 'from' AND i.kind = 'mail' AND i.automated = '' AND i.at > ? AND i.at <= ?
			ORDER BY i.at DESC, i.n DESC LIMIT ?`, signatureRead, email, now.AddDate(-cardYears, 0, 0).Unix(), now.Unix(), cardsRead)
		if err != nil {
			return nil, err
		}
		cards = append(cards, found...)
	}
	slices.SortStableFunc(cards, func(a, b data.SeenCard) int { return b.At.Compare(a.At) })
	return cards, nil
}

// DeclineProposal says that a proposal is not to be made again; undo takes that
// back.
func (tx *Tx) DeclineProposal(p interface{ Key() string }) error {
	list, err := settingList(tx.ctx, tx.sql, SettingDeclined)
	if err != nil || slices.Contains(list, p.Key()) {
		return err
	}
	return tx.PutSettingList(SettingDeclined, append(list, p.Key()))
}
