package store

import (
	"strings"
	"time"

	"rapport/data"
)

// OfferCorrections keeps what a customer gave back, to be answered by a person,
// and returns what was kept. What is about no line of that account's plan, says
// nothing new or was offered before is left out.
func (tx *Tx) OfferCorrections(list []data.Correction) (kept []data.Correction, err error) {
	for _, c := range list {
		there, err := tx.concerns(c)
		if err != nil {
			return kept, err
		}
		if !there {
			continue
		}
		people, err := query(tx.ctx, tx.sql, scanContact, `SELECT `+contactColumns+` FROM contact WHERE account_id = ?`, c.Account)
		if err != nil {
			return kept, err
		}
		for _, p := range people {
			if c.By != "" && strings.EqualFold(p.Name, c.By) {
				c.Contact = p.ID
			}
		}
		if c, err = PutPart(tx, c); err != nil {
			return kept, err
		}
		kept = append(kept, c)
	}
	return kept, nil
}

// concerns says whether a correction is about its account and was not offered
// before.
func (tx *Tx) concerns(c data.Correction) (bool, error) {
	if _, err := one(tx.ctx, tx.sql, scanString, `SELECT id FROM account WHERE id = ?`, c.Account); err != nil {
		if isNotFound(err) {
			return false, &data.Invalid{Field: "account", Says: "the answer is about an account that is not in this workspace"}
		}
		return false, err
	}
	before, err := PartsIn[data.Correction](tx, PartQuery{Account: c.Account})
	if err != nil {
		return false, err
	}
	for _, b := range before {
		if b.Key == c.Key && b.Register == c.Register && b.Section == c.Section && b.Becomes == c.Becomes {
			return false, nil
		}
	}
	if c.Key == "" {
		return true, nil
	}
	kind, id, _ := strings.Cut(c.Key, "/")
	if !data.CanCorrect(kind, c.Register) {
		return false, nil
	}
	h, there, err := tx.heldOne(kind, id)
	return there && h.Fields["account"] == c.Account && h.Fields[c.Register] != c.Becomes, err
}

// TakeCorrection takes a correction over: the line reads as the customer wrote
// it, or what they added is there. who is the one of us who decided.
func (tx *Tx) TakeCorrection(c data.Correction, who string, now time.Time) (data.Correction, error) {
	if c.Answer != "" {
		return c, &data.Invalid{Field: "correction", Says: "it was answered already"}
	}
	if c.Key == "" {
		p := data.WithID(data.Added(c, now), NewID())
		if err := tx.PutAnyPart(p); err != nil {
			return c, err
		}
		c.Key = p.PartKind() + "/" + p.Belonging().ID
	} else if err := tx.correct(c); err != nil {
		return c, err
	}
	c.Answer, c.Answered, c.Who = data.CorrectionTaken, now.Format(time.DateOnly), who
	return tx.keepAnswered(c)
}

// keepAnswered keeps a correction with its answer, and tells it where it came from.
func (tx *Tx) keepAnswered(c data.Correction) (data.Correction, error) {
	c, err := PutPart(tx, c)
	if err != nil {
		return c, err
	}
	return c, tx.tellAnswer(c)
}

// correct writes what a customer wrote in the place of what a part says.
func (tx *Tx) correct(c data.Correction) error {
	kind, id, _ := strings.Cut(c.Key, "/")
	h, there, err := tx.heldOne(kind, id)
	switch {
	case err != nil:
		return err
	case !there:
		return &data.Invalid{Field: "correction", Says: "the line that it is about is gone; decline it with that reason"}
	}
	if h.Fields, err = data.Corrected(kind, h.Fields, c); err != nil {
		return err
	}
	if err := data.CheckFields(kind, h.Fields); err != nil {
		return err
	}
	return tx.putHeld(h)
}

// DeclineCorrection leaves things as they are, with a reason that the customer is
// told.
func (tx *Tx) DeclineCorrection(c data.Correction, why, who string, now time.Time) (data.Correction, error) {
	if c.Answer != "" {
		return c, &data.Invalid{Field: "correction", Says: "it was answered already"}
	}
	c.Answer, c.Why, c.Answered, c.Who = data.CorrectionDeclined, why, now.Format(time.DateOnly), who
	return tx.keepAnswered(c)
}
