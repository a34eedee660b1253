package store

import (
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"rapport/data"
	"rapport/data/change"
	"rapport/data/text"
)

// previewRunes is how much of a text a timeline row can show.
const previewRunes = 160

// LoggedByHand is the source of what a person recorded.
const LoggedByHand = "logged by hand"

// PutEntry keeps what a person logged, new or changed. learned is when it became
// known, for entries that are brought in with their history; the zero time is
// now.
func (tx *Tx) PutEntry(e data.Entry, learned time.Time) error {
	_, err := tx.AddEntry(e, learned)
	return err
}

// AddEntry is PutEntry that returns the entry as it was kept.
func (tx *Tx) AddEntry(e data.Entry, learned time.Time) (data.Entry, error) {
	if e.ID == "" {
		e.ID = NewID()
	}
	if err := e.Check(tx.now); err != nil {
		return e, err
	}
	if err := tx.isLogged(e.ID); err != nil && !isNotFound(err) {
		return e, wrapNoun(err, "entry %s", e.ID)
	}
	fields, err := tx.record(data.KindInteraction, e.ID, e.Fields())
	if err != nil {
		return e, wrapNoun(err, "entry %s", e.ID)
	}
	e = data.EntryOf(e.ID, fields)
	return e, wrapNoun(tx.projectEntry(e, learned), "entry %s", e.ID)
}

func (tx *Tx) projectEntry(e data.Entry, learned time.Time) error {
	tx.touched(data.KindInteraction)
	subject := e.Subject
	if subject == "" {
		subject = text.Preview(e.Text, 80)
	}
	if _, err := tx.exec(`
		INSERT INTO interaction (id, kind, direction, at, recorded_at, minutes, all_day, subject, preview, text, place, source,
			thread, cancelled, automated, skip)
		VALUES (?, ?, 'both', ?, ?, ?, 0, ?, ?, ?, '', ?, '', 0, '', '')
		ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, at = excluded.at, minutes = excluded.minutes,
			subject = excluded.subject, preview = excluded.preview, text = excluded.text`,
		e.ID, string(e.Kind), e.At.Unix(), tx.recordedAt(learned), e.Minutes, subject, text.Preview(e.Text, previewRunes), e.Text, LoggedByHand,
	); err != nil {
		return err
	}
	n, err := tx.interactionNumber(e.ID)
	if err != nil {
		return err
	}
	people, err := tx.peopleOfEntry(e)
	if err != nil {
		return err
	}
	if err := tx.putParticipants(n, people); err != nil {
		return err
	}
	by := e.By
	if by == "" {
		by = "you"
	}
	match := data.Match{Account: e.Account, Kind: data.ByHand, Reason: by + " logged it here"}
	i := filed{n: n, kind: e.Kind, at: e.At.Unix(), people: people}
	if err := tx.putMatches(i, data.Both, []data.Match{match}); err != nil {
		return err
	}
	tx.indexEntryLater(n, entryWords{subject: subject, people: people, text: e.Text})
	return nil
}

func (tx *Tx) peopleOfEntry(e data.Entry) ([]data.Participant, error) {
	var people []data.Participant
	if e.By != "" {
		people = append(people, data.Participant{Address: data.Address{Name: e.By}, Part: "from", Side: data.Us})
	}
	for _, id := range e.With {
		c, err := one(tx.ctx, tx.sql, scanContact, `SELECT `+contactColumns+` FROM contact WHERE id = ?`, id)
		if isNotFound(err) {
			continue // gone, or not here yet: references are soft
		}
		if err != nil {
			return nil, err
		}
		p := data.Participant{Address: data.Address{Name: c.Name}, Part: "with", Side: c.Side, Contact: c.ID}
		if len(c.Emails) > 0 {
			p.Email = c.Emails[0]
		}
		people = append(people, p)
	}
	return people, nil
}

func (tx *Tx) interactionNumber(id string) (int64, error) {
	return one(tx.ctx, prepared{tx}, scanInt64, `SELECT n FROM interaction WHERE id = ?`, id)
}

// isLogged is nil for what a person logged, data.ErrNotFound for what is not
// there, and data.ErrConflict for what a mail or a calendar brought.
func (tx *Tx) isLogged(id string) error {
	kind, err := one(tx.ctx, tx.sql, scanString, `SELECT kind FROM interaction WHERE id = ?`, id)
	if err == nil && !slices.Contains(data.Logged, data.Kind(kind)) {
		err = data.ErrConflict
	}
	return err
}

// refreshEntries names people anew in what was logged with a contact, who came,
// went or is called otherwise now.
func (tx *Tx) refreshEntries(contact string) error {
	if err := tx.refreshObserved(contact); err != nil {
		return err
	}
	if tx.unnamed[contact] {
		return nil
	}
	ids, err := query(tx.ctx, prepared{tx}, scanString, `
		SELECT DISTINCT entity FROM version WHERE kind = 'interaction' AND field = 'with/' || ? AND field >= 'with/' AND field < 'with0'`, contact)
	if err != nil {
		return err
	}
	for _, id := range ids {
		registers, err := tx.entity(refOf(data.KindInteraction, id))
		if err != nil {
			return err
		}
		if registers.Fate() == change.Deleted {
			continue
		}
		recorded, err := one(tx.ctx, tx.sql, scanInt64, `SELECT recorded_at FROM interaction WHERE id = ?`, id)
		if isNotFound(err) {
			continue // its row is still to be made
		}
		if err != nil {
			return err
		}
		if err := tx.projectEntry(data.EntryOf(id, shownFields(data.KindInteraction, registers)), timeOf(recorded)); err != nil {
			return err
		}
	}
	return nil
}

// namedByNoEntry are the contacts among some things that nothing that was logged
// names: a space brings thousands at once, of which few were ever spoken with.
func (tx *Tx) namedByNoEntry(refs []change.Ref) (map[string]bool, error) {
	contacts := map[string]bool{}
	for _, r := range refs {
		if r.Kind == data.KindContact {
			contacts[r.ID] = true
		}
	}
	if len(contacts) < 2 {
		return nil, nil
	}
	for some := range slices.Chunk(slices.Sorted(maps.Keys(contacts)), thingsAtOnce) {
		args := make([]any, len(some))
		for i, id := range some {
			args[i] = "with/" + id
		}
		named, err := query(tx.ctx, prepared{tx}, scanString, `
			SELECT DISTINCT field FROM version WHERE kind = 'interaction' AND field >= 'with/' AND field < 'with0' AND field IN (?`+strings.Repeat(", ?", len(some)-1)+`)`, args...)
		if err != nil {
			return nil, err
		}
		for _, field := range named {
			delete(contacts, strings.TrimPrefix(field, "with/"))
		}
	}
	return contacts, nil
}

// DeleteEntry takes away what a person logged.
func (tx *Tx) DeleteEntry(id string) error {
	if err := tx.isLogged(id); err != nil {
		return wrapNoun(err, "entry %s", id)
	}
	if err := tx.bury(data.KindInteraction, id); err != nil {
		return err
	}
	return wrapNoun(tx.hideEntry(id), "entry %s", id)
}

func (tx *Tx) hideEntry(id string) error {
	n, err := tx.interactionNumber(id)
	if err != nil {
		return err
	}
	tx.touched(data.KindInteraction)
	if err := tx.unindexEntry(n); err != nil {
		return err
	}
	if err := tx.touchedHistory(n); err != nil {
		return err
	}
	_, err = tx.exec(`DELETE FROM interaction WHERE n = ?`, n)
	return err
}

// Entry returns what a person logged, or data.ErrNotFound.
func (db *DB) Entry(ctx context.Context, id string) (data.Entry, error) {
	var e data.Entry
	err := db.inReader(ctx, func(tx *Tx) error {
		registers, err := tx.entity(refOf(data.KindInteraction, id))
		if err != nil {
			return err
		}
		if len(registers) == 0 {
			return data.ErrNotFound
		}
		e = data.EntryOf(id, shownFields(data.KindInteraction, registers))
		return nil
	})
	return e, wrapNoun(err, "entry %s", id)
}
