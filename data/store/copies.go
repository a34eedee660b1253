package store

import (
	"errors"

	"rapport/data"
)

// mailCopy is what a timeline entry takes from one of its mails.
type mailCopy struct {
	data.Message // without its text
	n            int64
}

const copyColumns = `n, id, message_id, in_reply_to, refs, subject, people, form, automated`

func scanCopy(r row) (c mailCopy, err error) {
	var refs, people, form string
	m := &c.Message
	if err := r.Scan(&c.n, &m.ID, &m.MessageID, &m.InReplyTo, &refs, &m.Subject, &people, &form, &m.Automated); err != nil {
		return c, err
	}
	var p messagePeople
	var errs [3]error
	m.References, errs[0] = fromJSON[[]string](refs)
	p, errs[1] = fromJSON[messagePeople](people)
	m.Form, errs[2] = fromJSON[data.Form](form)
	m.From, m.To, m.Cc, m.Bcc, m.ReplyTo = p.From, p.To, p.Cc, p.Bcc, p.ReplyTo
	return c, errors.Join(errs[:]...)
}

// joinCopies makes a mail's timeline entry anew from all its copies, whichever
// came first: it is automated only while all of them are, and everybody named in
// one of them took part. What they differ in is taken from the first, those that
// a person wrote before those of a program, then by ID.
func (tx *Tx) joinCopies(k data.Known, interaction int64) (data.Verdict, error) {
	copies, err := tx.copiesOf(interaction)
	if err != nil || len(copies) == 0 {
		return data.Verdict{}, err
	}
	first := copies[0]
	if first.Text, err = one(tx.ctx, prepared{tx}, scanString, `SELECT text FROM message WHERE n = ?`, first.n); err != nil {
		return data.Verdict{}, err
	}
	people := peopleOfCopies(copies, k)
	i := filed{n: interaction, kind: data.Mail, automated: first.Automated, people: people}
	if i.at, err = one(tx.ctx, prepared{tx}, scanInt64, `SELECT at FROM interaction WHERE n = ?`, interaction); err != nil {
		return data.Verdict{}, err
	}
	if _, err := tx.exec(`
		UPDATE interaction SET subject = ?, preview = ?, automated = ?, source = coalesce((
			SELECT b.address FROM message m JOIN location l ON l.message_n = m.n JOIN mailbox b ON b.id = l.mailbox_id
			WHERE m.interaction_n = ?4 ORDER BY b.added_at, b.address LIMIT 1), source) WHERE n = ?4`,
		first.Subject, previewOf(first.Message), first.Automated, interaction); err != nil {
		return data.Verdict{}, err
	}
	if err := tx.putParticipants(interaction, people); err != nil {
		return data.Verdict{}, err
	}
	return tx.file(k, i)
}

// copiesOf are the mails of an entry, the one that speaks for it first.
func (tx *Tx) copiesOf(interaction int64) ([]mailCopy, error) {
	return query(tx.ctx, prepared{tx}, scanCopy, `
		SELECT `+copyColumns+` FROM message WHERE interaction_n = ? ORDER BY automated <> '', id`, interaction)
}

func peopleOfCopies(copies []mailCopy, k data.Known) (people []data.Participant) {
	for _, c := range copies {
		people = mergePeople(people, data.PeopleOf(c.Message, k))
	}
	return people
}
