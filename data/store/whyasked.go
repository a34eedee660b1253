package store

import (
	"context"
	"time"

	"rapport/data"
)

// answersMost is how many mails are explained to one question.
const answersMost = 5

// MailsAsked gathers what explains the mails that a person asks about: by a
// Message-ID or an ID, else by words of the subject or a sender's name or address,
// newest first, after the rule that leaves out a sender of that address. Where none is here, one element tells how every mailbox stands.
func (db *DB) MailsAsked(ctx context.Context, asked string, now time.Time) ([]data.MailFacts, error) {
	f, err := db.MailFacts(ctx, asked, now)
	if err != nil || len(f.Found) > 0 || f.LeftOut != nil {
		return []data.MailFacts{f}, err
	}
	found, err := db.Search(ctx, asked, answersMost)
	if err != nil {
		return nil, err
	}
	var list []data.MailFacts
	f.ByWords = true
	if f.Senders, err = db.leftOutFrom(ctx, asked); err != nil {
		return nil, err
	}
	if len(f.Senders) > 0 {
		list = append(list, f)
	}
	for _, h := range found.Messages {
		one, err := db.MailFacts(ctx, h.ID, now)
		if err != nil {
			return nil, err
		}
		list = append(list, one)
	}
	if len(list) == 0 {
		list = append(list, f)
	}
	return list, nil
}

// leftOutFrom are the rules that leave out a sender whose address was asked for.
func (db *DB) leftOutFrom(ctx context.Context, asked string) ([]data.LeaveOut, error) {
	rules, err := db.LeaveOuts(ctx)
	if err != nil {
		return nil, err
	}
	var list []data.LeaveOut
	for _, r := range rules {
		if _, found := (data.LeaveOuts{Rules: []data.LeaveOut{r}}).Find(data.Message{From: []data.Address{{Email: asked}}, MessageID: asked}); found {
			list = append(list, r)
		}
	}
	return list, nil
}

// leftOutMail is the rule by which a mail of this Message-ID was left out, or nil.
func (tx *Tx) leftOutMail(messageID string) (*data.LeaveOut, error) {
	r, err := one(tx.ctx, tx.sql, scanLeaveOut, `
		SELECT `+leaveOutColumns+` FROM leave_out WHERE id = (SELECT rule_id FROM left_out WHERE mark = ?1 AND ?1 <> '' LIMIT 1)`, data.MarkOf(messageID))
	if err != nil {
		return nil, noRows(err)
	}
	return &r, nil
}
