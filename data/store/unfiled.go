package store

import (
	"context"
	"time"

	"rapport/data"
	"rapport/data/text"
)

// FilingInput gathers what Filing proposes from: everybody unknown in what is
// on no timeline for that reason, and what is known of the rest.
func (db *DB) FilingInput(ctx context.Context, now time.Time) (data.FilingInput, error) {
	in := data.FilingInput{Now: now}
	err := db.inReader(ctx, func(tx *Tx) (err error) {
		if in.Known, err = loadKnown(ctx, tx.sql); err != nil {
			return err
		}
		if in.Accounts, err = query(ctx, tx.sql, scanAccount, `SELECT `+accountColumns+` FROM account ORDER BY name`); err != nil {
			return err
		}
		if in.Contacts, err = query(ctx, tx.sql, scanContact, `SELECT `+contactColumns+` FROM contact ORDER BY name`); err != nil {
			return err
		}
		if in.Senders, err = strangers(ctx, tx.sql, in.Known, now); err != nil {
			return err
		}
		if in.PeopleAtDomain, err = peopleAtDomains(ctx, tx.sql); err != nil {
			return err
		}
		return tx.filingCounts(&in, now)
	})
	return in, wrapNoun(err, "filing")
}

func (tx *Tx) filingCounts(in *data.FilingInput, now time.Time) (err error) {
	y, m, d := now.Date()
	midnight := time.Date(y, m, d, 0, 0, 0, 0, now.Location()).Unix()
	if in.FiledToday, err = tx.count(`SELECT count(*) FROM undo WHERE done_at IS NULL AND at >= ? AND label LIKE 'Filed %'`, midnight); err != nil {
		return err
	}
	if in.NotCustomers, err = tx.count(`SELECT count(*) FROM ignored`); err != nil {
		return err
	}
	in.SkippedByRule, err = tx.count(`SELECT count(*) FROM interaction WHERE skip <> '' AND automated <> ''`)
	return err
}

// stranger is one unknown person's part in one interaction that waits.
type stranger struct {
	data.Address
	kind    data.Kind
	at      time.Time
	subject string
	text    string
	n       int64
}

// strangers gathers the people of everything that waits in Filing, the newest
// first.
func strangers(ctx context.Context, q asker, k data.Known, now time.Time) ([]data.Sender, error) {
	list, err := query(ctx, q, func(r row) (s stranger, err error) {
		var at int64
		err = r.Scan(&s.Email, &s.Name, &s.kind, &at, &s.subject, &s.n, &s.text)
		s.at = time.Unix(at, 0).UTC()
		return s, err
	}, `
		SELECT p.email, p.name, i.kind, i.at, i.subject, i.n,
			CASE WHEN p.part = 'from' THEN coalesce((SELECT text FROM message WHERE interaction_n = i.n ORDER BY n DESC LIMIT 1), '') ELSE '' END
		FROM interaction i JOIN participant p ON p.interaction_n = i.n
		WHERE i.skip = ? AND p.side = '' AND p.email <> '' AND i.at <= ?
		ORDER BY i.at DESC, i.n, p.place`, data.SkipUnknown, now.AddDate(0, 0, 60).Unix())
	if err != nil {
		return nil, err
	}
	gathered := map[string]*data.Sender{}
	var order []string
	for _, s := range list {
		if k.IsOwn(s.Email) || k.IsIgnored(s.Email) {
			continue
		}
		have, ok := gathered[s.Email]
		if !ok {
			have = &data.Sender{Address: s.Address, Last: s.at}
			gathered[s.Email] = have
			order = append(order, s.Email)
		}
		s.addTo(have)
	}
	senders := make([]data.Sender, len(order))
	for i, email := range order {
		senders[i] = *gathered[email]
	}
	return senders, nil
}

func (s stranger) addTo(have *data.Sender) {
	have.First = s.at
	if have.Name == "" {
		have.Name = s.Name
	}
	if s.kind == data.Meet {
		have.Meetings++
	} else {
		have.Mails++
	}
	if len(have.Subjects) < 3 && s.subject != "" {
		have.Subjects = append(have.Subjects, s.subject)
	}
	if have.SignatureHint == "" && s.text != "" {
		have.SignatureHint = signatureLine(s.text)
	}
}

// signatureLine is the first line of a mail's signature that says something.
func signatureLine(body string) string {
	for _, part := range text.Split(body) {
		if part.Kind == text.KindSignature {
			return text.Preview(trimDashes(part.Text), 80)
		}
	}
	return ""
}

func trimDashes(s string) string {
	for len(s) > 0 && (s[0] == '-' || s[0] == '_' || s[0] == ' ' || s[0] == '\n' || s[0] == '\r') {
		s = s[1:]
	}
	return s
}

func peopleAtDomains(ctx context.Context, q asker) (map[string]int, error) {
	emails, err := query(ctx, q, scanString, `
		SELECT address FROM contact_address
		UNION
		SELECT DISTINCT email FROM match WHERE kind = 'domain'`)
	counts := map[string]int{}
	for _, e := range emails {
		counts[text.Domain(e)]++
	}
	return counts, err
}

// Unfiled counts the people who wait in Filing.
func (db *DB) Unfiled(ctx context.Context, now time.Time) (int, error) {
	k, err := db.Known(ctx)
	if err != nil {
		return 0, err
	}
	emails, err := query(ctx, db.read, scanString, `
		SELECT DISTINCT p.email FROM interaction i JOIN participant p ON p.interaction_n = i.n
		WHERE i.skip = ? AND p.side = '' AND p.email <> '' AND i.at <= ?`, data.SkipUnknown, now.AddDate(0, 0, 60).Unix())
	n := 0
	for _, e := range emails {
		if !k.IsOwn(e) && !k.IsIgnored(e) {
			n++
		}
	}
	return n, wrapNoun(err, "filing")
}
