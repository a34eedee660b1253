package store

import (
	"context"
	"fmt"
	"strings"

	"rapport/data"
	"rapport/data/text"
)

const leaveOutColumns = `id, kind, pattern, shown, forgot, at, (SELECT count(*) FROM left_out WHERE rule_id = leave_out.id)`

func scanLeaveOut(r row) (o data.LeaveOut, err error) {
	var at int64
	err = r.Scan(&o.ID, &o.Kind, &o.Pattern, &o.Shown, &o.Forgot, &at, &o.Skipped)
	o.At = timeOf(at)
	return o, err
}

// LeaveOuts are the rules of what is left out for good, newest first.
func (db *DB) LeaveOuts(ctx context.Context) ([]data.LeaveOut, error) {
	list, err := query(ctx, db.read, scanLeaveOut, `SELECT `+leaveOutColumns+` FROM leave_out ORDER BY at DESC, id`)
	return list, wrapNoun(err, "left out")
}

// leaveOuts are the rules that mail is held against, read once in a write.
func (tx *Tx) leaveOuts() (data.LeaveOuts, error) {
	if tx.outs != nil {
		return *tx.outs, nil
	}
	var l data.LeaveOuts
	var err error
	if l.Rules, err = query(tx.ctx, tx.sql, scanLeaveOut, `SELECT `+leaveOutColumns+` FROM leave_out ORDER BY at DESC, id`); err != nil {
		return l, err
	}
	l.Marks = map[string]string{}
	if len(l.Rules) > 0 {
		_, err = query(tx.ctx, tx.sql, func(r row) (struct{}, error) {
			var mark, rule string
			err := r.Scan(&mark, &rule)
			l.Marks[mark] = rule
			return struct{}{}, err
		}, `SELECT mark, rule_id FROM leave_out_mark`)
	}
	tx.outs = &l
	return l, err
}

// LeavesOut counts the mails that are here and that a rule would forget. Of a
// conversation or a mail, entry is the Interaction.ID of one of its mails.
func (db *DB) LeavesOut(ctx context.Context, rule data.LeaveOut, entry string) (n int, err error) {
	err = db.inReader(ctx, func(tx *Tx) error {
		_, numbers, err := tx.aim(rule, entry)
		n = len(numbers)
		return err
	})
	return n, wrapNoun(err, "left out")
}

// LeaveOut forgets for good what a rule says, and keeps the rule so that none of
// it is read again. Of a conversation or a mail, entry is the Interaction.ID of
// one of its mails; data.ErrNotFound says that there is none. Their text is
// overwritten in the file at once, their words in the search index by Scrub. Undo lifts the rule: then the mails
// are read again from their servers, as far as these still have them.
func (db *DB) LeaveOut(ctx context.Context, rule data.LeaveOut, entry string) (data.LeaveOut, Undo, error) {
	k, err := db.Known(ctx)
	if err != nil {
		return rule, Undo{}, err
	}
	label := ""
	do := func(tx *Tx) (err error) {
		return tx.forgetting(func() error {
			rule, err = tx.leaveOut(rule, entry, k)
			return err
		})
	}
	if label, err = db.leaveOutLabel(ctx, rule, entry); err != nil {
		return rule, Undo{}, wrapNoun(err, "left out")
	}
	u, err := db.Write(ctx, label, do)
	if err == nil {
		err = db.settle(ctx)
	}
	return rule, u, wrapNoun(err, "left out")
}

// leaveOutLabel says for undo what a rule does.
func (db *DB) leaveOutLabel(ctx context.Context, rule data.LeaveOut, entry string) (label string, err error) {
	err = db.inReader(ctx, func(tx *Tx) error {
		rule, numbers, err := tx.aim(rule, entry)
		label = fmt.Sprintf("Forgot %s (%s)", rule.Words(), data.Counted(len(numbers), "mail", "mails"))
		return err
	})
	return label, err
}

// aim completes a rule and finds the mails that it forgets.
func (tx *Tx) aim(rule data.LeaveOut, entry string) (data.LeaveOut, []int64, error) {
	rule.Pattern = strings.ToLower(strings.TrimSpace(rule.Pattern))
	switch rule.Kind {
	case data.OutSender, data.OutDomain:
		rule.Shown = rule.Pattern
		numbers, err := tx.mailsFrom(rule)
		return rule, numbers, err
	}
	thread, err := one(tx.ctx, tx.sql, scanString, `SELECT thread FROM interaction WHERE id = ? AND kind = 'mail'`, entry)
	if err != nil {
		return rule, nil, err
	}
	question, key := `SELECT m.n FROM message m JOIN interaction i ON i.n = m.interaction_n WHERE i.id = ? ORDER BY m.n`, entry
	if rule.Kind == data.OutMail {
		rule.Pattern = entry
	} else if rule.Pattern = ""; thread != "" {
		question, key = `SELECT m.n FROM message m JOIN interaction i ON i.n = m.interaction_n WHERE i.thread = ? AND i.thread <> '' ORDER BY m.n`, thread
	}
	numbers, err := query(tx.ctx, tx.sql, scanInt64, question, key)
	if err != nil || len(numbers) == 0 {
		return rule, nil, err
	}
	last, err := tx.numbered(numbers[len(numbers)-1])
	rule.Shown = data.ShownOf(rule.Kind, last.Message, len(numbers), tx.now)
	return rule, numbers, err
}

func (tx *Tx) numbered(n int64) (numbered, error) {
	return one(tx.ctx, tx.sql, scanNumbered, `SELECT `+numberedColumns+` FROM message m JOIN interaction i ON i.n = m.interaction_n WHERE m.n = ?`, n)
}

// mailsFrom finds the mails that a rule about a sender or a domain is about.
func (tx *Tx) mailsFrom(rule data.LeaveOut) ([]int64, error) {
	var from []any
	if rule.Kind == data.OutSender {
		from = []any{rule.Pattern}
	} else {
		seen, err := query(tx.ctx, tx.sql, scanString, `SELECT DISTINCT email FROM participant`)
		if err != nil {
			return nil, err
		}
		domain := strings.TrimPrefix(rule.Pattern, "@")
		for _, email := range seen {
			if d := text.Domain(email); d == domain || strings.HasSuffix(d, "."+domain) {
				from = append(from, email)
			}
		}
	}
	only := data.LeaveOuts{Rules: []data.LeaveOut{rule}}
	var numbers []int64
	err := inChunks(from, func(marks string, args []any) error {
		list, err := query(tx.ctx, tx.sql, scanCopy, `
			SELECT `+copyColumns+` FROM message WHERE interaction_n IN (SELECT interaction_n FROM participant WHERE email IN (`+marks+`)) ORDER BY n`, args...)
		for _, c := range list {
			if _, found := only.Find(c.Message); found {
				numbers = append(numbers, c.n)
			}
		}
		return err
	})
	return numbers, err
}

func (tx *Tx) leaveOut(rule data.LeaveOut, entry string, k data.Known) (data.LeaveOut, error) {
	rule, numbers, err := tx.aim(rule, entry)
	if err != nil {
		return rule, err
	}
	if err := rule.Check(k); err != nil {
		return rule, err
	}
	if rule.Pattern != "" {
		have, err := tx.count(`SELECT count(*) FROM leave_out WHERE kind = ? AND pattern = ?`, string(rule.Kind), rule.Pattern)
		if err == nil && have > 0 {
			err = &data.Invalid{Field: "rule", Says: rule.Words() + " is left out already"}
		}
		if err != nil {
			return rule, err
		}
	}
	if err := tx.forgetObserved(numbers); err != nil {
		return rule, err
	}
	rule.ID, rule.At, rule.Forgot = NewID(), tx.now, len(numbers)
	if err := tx.keepRow("leave_out", rule.ID); err != nil {
		return rule, err
	}
	tx.outs = nil
	tx.touched("leave_out")
	if _, err := tx.exec(`INSERT INTO leave_out (id, kind, pattern, shown, forgot, at) VALUES (?, ?, ?, ?, ?, ?)`,
		rule.ID, string(rule.Kind), rule.Pattern, rule.Shown, rule.Forgot, rule.At.Unix()); err != nil {
		return rule, err
	}
	return rule, tx.forgetBy(rule, numbers)
}

// forgetBy erases mails by a rule, and keeps where they lie and by what the
// conversation is known.
func (tx *Tx) forgetBy(rule data.LeaveOut, numbers []int64) error {
	for _, n := range numbers {
		m, err := one(tx.ctx, tx.sql, scanCopy, `SELECT `+copyColumns+` FROM message WHERE n = ?`, n)
		if err != nil {
			return err
		}
		places, err := query(tx.ctx, tx.sql, scanLocation, `SELECT mailbox_id, folder, uidvalidity, uid FROM location WHERE message_n = ?`, n)
		if err != nil {
			return err
		}
		for _, l := range places {
			if _, err := tx.putLeftOut(rule, l, m.Message); err != nil {
				return err
			}
		}
		if err := tx.markConversation(rule, m.Message); err != nil {
			return err
		}
	}
	return tx.eraseForgotten(numbers)
}

// markConversation keeps a mail's own mark, by which answers to it are known.
func (tx *Tx) markConversation(rule data.LeaveOut, m data.Message) error {
	mark := data.MarkOf(m.MessageID)
	if rule.Kind != data.OutConversation || mark == "" {
		return nil
	}
	if tx.outs != nil {
		tx.outs.Marks[mark] = rule.ID
	}
	_, err := tx.exec(`INSERT OR IGNORE INTO leave_out_mark (mark, rule_id) VALUES (?, ?)`, mark, rule.ID)
	return err
}

// putLeftOut keeps where a mail lies that is left out; false says that it was
// known to lie there.
func (tx *Tx) putLeftOut(rule data.LeaveOut, l data.Location, m data.Message) (isNew bool, err error) {
	result, err := tx.exec(`
		INSERT INTO left_out (mailbox_id, folder, uidvalidity, uid, rule_id, mark) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
		l.Mailbox, l.Folder, l.UIDValidity, l.UID, rule.ID, data.MarkOf(m.MessageID))
	if err != nil {
		return false, err
	}
	n, err := result.RowsAffected()
	return n > 0, err
}

// skipLeftOut keeps of a mail that a rule leaves out only where it lies, and
// counts it. It says whether there is such a rule.
func (tx *Tx) skipLeftOut(a data.Arrival, line *data.LedgerLine) (bool, error) {
	outs, err := tx.leaveOuts()
	if err != nil {
		return false, err
	}
	rule, found := outs.Find(a.Message)
	if !found {
		return false, nil
	}
	isNew, err := tx.putLeftOut(rule, a.Location, a.Message)
	if err != nil {
		return false, err
	}
	if isNew {
		count(line, data.Verdict{Skip: data.SkipLeftOut})
	}
	return true, tx.markConversation(rule, a.Message)
}

// Lift takes a rule away: what it left out is read again from the servers that
// still have it. It is no step that undo goes back behind, since forgetting again
// is a decision of its own.
func (tx *Tx) Lift(id string) error {
	if _, err := one(tx.ctx, tx.sql, scanString, `SELECT id FROM leave_out WHERE id = ?`, id); err != nil {
		return wrapNoun(err, "rule %s", id)
	}
	tx.outs = nil
	tx.touched("leave_out")
	if err := tx.readAgainBy(id); err != nil {
		return err
	}
	_, err := tx.exec(`DELETE FROM leave_out WHERE id = ?`, id)
	return err
}

// readAgainBy has the mails read again that a rule left out.
func (tx *Tx) readAgainBy(rule string) error {
	_, err := tx.exec(`
		INSERT OR IGNORE INTO reread (mailbox_id, folder, uidvalidity, uid)
		SELECT mailbox_id, folder, uidvalidity, uid FROM left_out WHERE rule_id = ?`, rule)
	return err
}

// beforeLeaveOut does what going back behind a rule asks for. Undone, it is not
// put back by doing it again: its mails are here then, and forgetting them is a
// decision of its own.
func (tx *Tx) beforeLeaveOut(r rowBefore) error {
	tx.outs = nil
	if r.Values != nil {
		return &tooLate{&data.Invalid{Field: "undo", Says: "leaving out again forgets mails for good, so it is not done by undo; leave them out anew"}}
	}
	return tx.readAgainBy(r.Key)
}
