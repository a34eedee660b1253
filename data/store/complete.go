package store

import "rapport/data"

// PutReading keeps the text of a mail that came as HTML with its headings and
// lists. Its errors wrap data.ErrNotFound.
func (tx *Tx) PutReading(id, reading string) error {
	tx.touched(data.KindInteraction)
	n, err := tx.messageNumber(id)
	if err == nil {
		_, err = tx.exec(`UPDATE message SET reading = ? WHERE n = ?`, reading, n)
	}
	return wrapNoun(err, "message %s", id)
}

// CompleteMessage keeps what was missing of a mail that is known and was read
// again, whole: its text, what is attached, what is odd about it, and the words
// to find it by. Who it is from and when stay as they were, since its place on a
// timeline hangs on them. Its errors wrap data.ErrNotFound.
func (tx *Tx) CompleteMessage(id string, m data.Message) error {
	v, err := one(tx.ctx, tx.sql, scanNumbered, `
		SELECT `+numberedColumns+` FROM message m JOIN interaction i ON i.n = m.interaction_n WHERE m.id = ?`, id)
	if err != nil {
		return wrapNoun(err, "message %s", id)
	}
	tx.touched(data.KindInteraction)
	if _, err := tx.exec(`UPDATE message SET text = ?, text_cut = ?, attached = ?, form = ?, odd = ? WHERE n = ?`,
		m.Text, m.TextCut, listJSON(m.Attached), asJSON(m.Form), listJSON(m.Odd), v.n); err != nil {
		return err
	}
	m.ID, m.From, m.Date = id, v.Message.From, v.Message.Date
	if err := tx.addInvitations(m); err != nil {
		return err
	}
	whole := v.Message
	whole.Text = m.Text
	// The index holds no text of its own to take out. A second entry of the same
	// mail counts instead of the first for every word in it, and the whole text
	// has all the words of its beginning.
	tx.indexLater(v.n, wordsOf(whole))
	k, err := tx.knownIn()
	if err == nil {
		_, err = tx.joinCopies(k, v.interaction)
	}
	return err
}
