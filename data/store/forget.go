package store

import (
	"context"
	"maps"
	"slices"
	"time"

	"rapport/data"
)

// eraseMessages deletes mails, and makes their timeline entries anew from the
// copies that are left. Their words stay in the search index, where they lead
// nowhere, until Scrub.
func (tx *Tx) eraseMessages(numbers []int64) error {
	if len(numbers) == 0 {
		return nil
	}
	tx.touched(data.KindInteraction)
	var all []any
	for _, n := range numbers {
		delete(tx.words.mails, n)
		all = append(all, n)
	}
	entries := map[int64]bool{}
	err := inChunks(all, func(marks string, args []any) error {
		found, err := query(tx.ctx, tx.sql, scanInt64, `SELECT DISTINCT interaction_n FROM message WHERE n IN (`+marks+`)`, args...)
		if err != nil {
			return err
		}
		for _, n := range found {
			entries[n] = true
		}
		_, err = tx.sql.ExecContext(tx.ctx, `DELETE FROM message WHERE n IN (`+marks+`)`, args...)
		return err
	})
	if err != nil {
		return err
	}
	return tx.joinAll(slices.Sorted(maps.Keys(entries)))
}

// settingScrub says that words of mails that a person had forgotten are still in
// the search index.
const settingScrub = "scrub"

// Scrub makes the search index anew where a person had mails forgotten since, so
// that no word of them is left in the file. It takes about as long as indexing
// all mails does, and nothing where it is not due.
func (db *DB) Scrub(ctx context.Context) error {
	due, err := db.Setting(ctx, settingScrub)
	if err != nil || due == "" {
		return err
	}
	return db.Repair(ctx)
}

// forgetting deletes by a person's wish: what goes is overwritten in the file,
// and Scrub is due.
func (tx *Tx) forgetting(do func() error) error {
	return tx.overwriting(func() error {
		if _, err := tx.exec(`INSERT INTO setting (key, value) VALUES (?, 'due') ON CONFLICT DO NOTHING`, settingScrub); err != nil {
			return err
		}
		return do()
	})
}

// overwriting makes what is deleted in the write be overwritten in the file.
func (tx *Tx) overwriting(do func() error) error {
	if tx.overwrites {
		return do()
	}
	tx.overwrites = true
	defer func() { tx.overwrites = false }()
	if _, err := tx.sql.ExecContext(tx.ctx, `PRAGMA secure_delete = ON`); err != nil {
		return err
	}
	defer func() { _, _ = tx.sql.ExecContext(tx.ctx, `PRAGMA secure_delete = OFF`) }() // at worst later writes take longer
	return do()
}

// settle moves what was written into the file itself, so that no older state of
// it stays behind in the log beside it. While somebody reads it comes to nothing,
// and the next one does it.
func (db *DB) settle(ctx context.Context) error {
	_, err := db.write.ExecContext(ctx, `PRAGMA wal_checkpoint(TRUNCATE)`)
	return err
}

// choiceColumns are those of a mailbox by which undo goes back: what is read of
// it, and what is shared.
var choiceColumns = []string{"since_months", "since", "folders", "leave_out", "max_size", "share"}

// Choose keeps another choice of what is read of a mailbox, and of what is
// shared; undo goes back behind it.
func (tx *Tx) Choose(m data.Mailbox) (data.Mailbox, error) {
	if err := tx.keepRow("mailbox", m.ID); err != nil {
		return m, err
	}
	return tx.PutMailbox(m)
}

// restoreChoice goes back to an earlier choice. The rest of the mailbox stays as
// it is now.
func (tx *Tx) restoreChoice(r rowBefore) error {
	there, err := tx.count(`SELECT count(*) FROM mailbox WHERE id = ?`, r.Key)
	if err == nil && there == 0 {
		err = &tooLate{&data.Invalid{Field: "undo", Says: "the mailbox was taken away since"}}
	}
	for _, column := range choiceColumns {
		if err != nil {
			return err
		}
		value := r.Values[column]
		if f, isFloat := value.(float64); isFloat {
			value = int64(f)
		}
		_, err = tx.exec(`UPDATE mailbox SET `+column+` = ? WHERE id = ?`, value, r.Key)
	}
	return err
}

// ForgetOutside forgets the mails that are here and that the mailbox, as it is
// kept now, would not read, and returns how many that was. They stay on the
// server; where the mailbox reads them again later, they come back.
func (db *DB) ForgetOutside(ctx context.Context, mailbox string) (forgotten int, err error) {
	_, err = db.Write(ctx, "", func(tx *Tx) error {
		return tx.forgetting(func() error {
			m, err := one(tx.ctx, tx.sql, scanMailbox, `SELECT `+mailboxColumns+` FROM mailbox WHERE id = ?`, mailbox)
			if err != nil {
				return err
			}
			forgotten, err = tx.forgetOutside(m)
			return err
		})
	})
	if err == nil {
		err = db.settle(ctx)
	}
	return forgotten, wrapNoun(err, "mailbox %s", mailbox)
}

// lying is a mail at a place, with when it was sent.
type lying struct {
	folder string
	n      int64
	date   int64
}

func (tx *Tx) placesIn(mailbox string) ([]lying, error) {
	return query(tx.ctx, tx.sql, func(r row) (p lying, err error) {
		err = r.Scan(&p.folder, &p.n, &p.date)
		return p, err
	}, `SELECT l.folder, l.message_n, m.date FROM location l JOIN message m ON m.n = l.message_n WHERE l.mailbox_id = ? ORDER BY l.folder, l.message_n`, mailbox)
}

// Outside counts the mails that are here and that the mailbox, chosen like this,
// would not read.
func (db *DB) Outside(ctx context.Context, m data.Mailbox) (o data.Outside, err error) {
	err = db.inReader(ctx, func(tx *Tx) error {
		o.From = m.ReadFrom(db.now())
		places, err := tx.placesIn(m.ID)
		if err != nil {
			return err
		}
		for _, p := range places {
			switch older, folder := isOutside(m, o.From, p); {
			case older:
				o.Older++
			case folder:
				o.Folders = data.AddCount(o.Folders, p.folder, 1)
			}
		}
		return nil
	})
	return o, wrapNoun(err, "mailbox %s", m.Address)
}

func (tx *Tx) forgetOutside(m data.Mailbox) (int, error) {
	places, err := tx.placesIn(m.ID)
	if err != nil {
		return 0, err
	}
	from := m.ReadFrom(tx.now)
	touched := map[int64]bool{}
	for _, p := range places {
		if older, folder := isOutside(m, from, p); !older && !folder {
			continue
		}
		touched[p.n], tx.mails.messages[p.n] = true, true
		for _, statement := range []string{
			`INSERT OR IGNORE INTO reread (mailbox_id, folder, uidvalidity, uid)
				SELECT mailbox_id, folder, uidvalidity, uid FROM location WHERE mailbox_id = ? AND folder = ? AND message_n = ?`,
			`DELETE FROM location WHERE mailbox_id = ? AND folder = ? AND message_n = ?`,
		} {
			if _, err := tx.exec(statement, m.ID, p.folder, p.n); err != nil {
				return 0, err
			}
		}
	}
	return tx.eraseHomeless(touched)
}

// isOutside says whether a mail at a place was sent before a moment, or lies in a
// folder that is not read.
func isOutside(m data.Mailbox, from time.Time, p lying) (older, folder bool) {
	return !from.IsZero() && p.date < from.Unix(), !m.ReadsFolder(p.folder)
}

// eraseHomeless erases those of the mails that lie nowhere any more, and counts
// them. The others' entries may name another mailbox now.
func (tx *Tx) eraseHomeless(touched map[int64]bool) (int, error) {
	var gone []int64
	for n := range touched {
		left, err := tx.count(`SELECT count(*) FROM location WHERE message_n = ?`, n)
		if err != nil {
			return 0, err
		}
		if left == 0 {
			gone = append(gone, n)
		}
	}
	slices.Sort(gone)
	return len(gone), tx.eraseForgotten(gone)
}

// Reread are the places of a mailbox of which its cursor says that their mails
// are stored, though they are not any more.
func (db *DB) Reread(ctx context.Context, mailbox string) ([]data.Location, error) {
	list, err := query(ctx, db.read, scanLocation, `
		SELECT mailbox_id, folder, uidvalidity, uid FROM reread WHERE mailbox_id = ? ORDER BY folder, uidvalidity, uid`, mailbox)
	return list, wrapNoun(err, "mailbox %s", mailbox)
}

// PutCursor keeps where a mailbox goes on, and with it that its cursor knows of
// those places.
func (db *DB) PutCursor(ctx context.Context, mailbox, source, cursor string, reread []data.Location) error {
	_, err := db.Write(ctx, "", func(tx *Tx) error {
		for _, l := range reread {
			if _, err := tx.exec(`DELETE FROM reread WHERE mailbox_id = ? AND folder = ? AND uidvalidity = ? AND uid = ?`,
				mailbox, l.Folder, l.UIDValidity, l.UID); err != nil {
				return err
			}
		}
		return tx.putCursor(source, cursor)
	})
	return wrapNoun(err, "%s", source)
}

// readAgain has a place read again by the next run.
func (tx *Tx) readAgain(l data.Location) error {
	_, err := tx.exec(`INSERT OR IGNORE INTO reread (mailbox_id, folder, uidvalidity, uid) VALUES (?, ?, ?, ?)`, l.Mailbox, l.Folder, l.UIDValidity, l.UID)
	return err
}
