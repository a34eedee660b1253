package store

import (
	"context"
	"slices"
	"time"

	"rapport/data"
	"rapport/data/text"
)

// othersKept is how far back, and othersMost how many, drafts are looked at to see
// which words went to many.
const (
	othersKept = 90 * 24 * time.Hour
	othersMost = 500
)

// DraftFacts returns what is known of a draft's recipients and of the
// conversation that it answers in.
func (db *DB) DraftFacts(ctx context.Context, d data.Draft) (f data.DraftFacts, err error) {
	f.Seen = map[string]data.AddressSeen{}
	for _, a := range d.Recipients() {
		s, err := one(ctx, db.read, func(r row) (s data.AddressSeen, err error) {
			err = r.Scan(&s.Contact, &s.Mails, &s.Automated)
			return s, err
		}, `
			SELECT coalesce((SELECT c.name FROM contact_address a JOIN contact c ON c.id = a.contact_id WHERE a.address = ?1 LIMIT 1), ''),
				(SELECT count(*) FROM participant WHERE email = ?1),
				coalesce((SELECT min(i.automated) FROM participant p JOIN interaction i ON i.n = p.interaction_n WHERE p.email = ?1 AND p.place = 0), '')`, a.Email)
		if err != nil {
			return f, wrapNoun(err, "draft")
		}
		f.Seen[a.Email] = s
	}
	if f.Wishes, err = db.wishesAt(ctx, d.To); err != nil {
		return f, wrapNoun(err, "draft")
	}
	if f.Others, err = query(ctx, db.read, scanDraft, `SELECT `+draftColumns+` FROM draft d WHERE d.written_at >= ? ORDER BY d.written_at DESC, d.id LIMIT ?`,
		db.now().Add(-othersKept).Unix(), othersMost); err != nil {
		return f, wrapNoun(err, "draft")
	}
	if d.Answers == "" {
		return f, nil
	}
	m, err := db.Message(ctx, d.Answers)
	if isNotFound(err) {
		return f, nil // it was forgotten since
	}
	if err != nil {
		return f, err
	}
	i, err := db.Interaction(ctx, m.Interaction)
	if err != nil {
		return f, err
	}
	f.AnsweredAt = m.Date
	f.Thread, err = db.ThreadMails(ctx, i.Thread)
	return f, err
}

// Answer returns whom a mail, the zero one for a new mail, is answered as: from
// which mailbox, or of several the one with the address; its other fields are
// the caller's. A mailbox that is not there is data.ErrNotFound.
func (db *DB) Answer(ctx context.Context, m data.MessageRow, address string) (a data.Answer, err error) {
	boxes, err := db.Mailboxes(ctx)
	if err != nil {
		return a, err
	}
	known, err := loadRules(ctx, db.read)
	if err != nil {
		return a, wrapNoun(err, "draft")
	}
	name, err := db.Setting(ctx, SettingUserName)
	if err != nil {
		return a, err
	}
	box := data.AnswerFrom(m, boxes)
	if address != "" {
		i := slices.IndexFunc(boxes, func(b data.Mailbox) bool {
			return !b.Imported() && (b.ID == address || b.Address == text.NormalAddress(address))
		})
		if i < 0 {
			return a, wrapNoun(data.ErrNotFound, "mailbox %s", address)
		}
		box = boxes[i]
	}
	return data.Answer{From: data.Address{Name: name, Email: box.Address}, Mailbox: box.ID, Own: known.Own}, nil
}

// DraftsAllowed says whether Rapport may put drafts into the Drafts folder of a
// mailbox, by its ID.
func (db *DB) DraftsAllowed(ctx context.Context, mailbox string) (bool, error) {
	allowed, err := db.SettingList(ctx, SettingDrafts)
	return slices.Contains(allowed, mailbox), err
}
