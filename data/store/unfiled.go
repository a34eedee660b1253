package store

import (
	"context"
	"slices"
	"strings"
	"time"

	"rapport/data"
	"rapport/data/text"
)

// filingAhead is how far ahead a meeting waits in Filing.
const filingAhead = 60 * 24 * time.Hour

// signatureRead is how much of a mail is read for its signature, in letters.
const signatureRead = 4000

// FilingInput gathers what Filing proposes from: everybody unknown in what is
// on no timeline for that reason, and what is known of the rest.
func (db *DB) FilingInput(ctx context.Context, now time.Time) (data.FilingInput, error) {
	in := data.FilingInput{Now: now}
	err := db.inReader(ctx, func(tx *Tx) (err error) {
		if in.Known, err = loadRules(ctx, tx.sql); err != nil {
			return err
		}
		if err = loadDomains(ctx, tx.sql, in.Known.Domains); err != nil {
			return err
		}
		if in.Accounts, err = query(ctx, tx.sql, scanAccount, `SELECT `+accountColumns+` FROM account ORDER BY name`); err != nil {
			return err
		}
		if in.Senders, err = strangers(ctx, tx.sql, in.Known, now); err != nil {
			return err
		}
		if err = fillNear(ctx, tx.sql, &in); err != nil {
			return err
		}
		for i, c := range in.Contacts {
			if !slices.ContainsFunc(in.Accounts, func(a data.Account) bool { return a.ID == c.AccountID }) {
				in.Contacts[i].AccountID = "" // it is there no more
			}
		}
		return tx.filingCounts(&in, now)
	})
	return in, wrapNoun(err, "filing")
}

func (tx *Tx) filingCounts(in *data.FilingInput, now time.Time) error {
	filed, err := filedSince(tx.ctx, tx.sql, midnightOf(now))
	if err != nil {
		return err
	}
	for _, f := range filed {
		in.FiledToday += f.People
	}
	if in.NotCustomers, err = tx.count(`SELECT count(*) FROM ignored`); err != nil {
		return err
	}
	if in.NotToday, err = tx.count(`SELECT count(*) FROM ignored WHERE at >= ?`, midnightOf(now).Unix()); err != nil {
		return err
	}
	in.SkippedByRule, err = tx.count(`SELECT count(*) FROM interaction WHERE skip <> '' AND skip NOT IN (?, ?, ?, ?, ?)`,
		data.SkipUnknown, data.SkipInternal, data.SkipRule, data.SkipEmpty, data.SkipByHand)
	return err
}

// stranger is one unknown person's part in one interaction that waits.
type stranger struct {
	data.Address
	kind    data.Kind
	at      time.Time
	subject string
	id      string
	n       int64
	wrote   bool
}

// waitingFrom are the tables and the condition of everybody unknown in what
// waits; it takes the reason and how far ahead to look. The few that wait come
// first: CROSS JOIN keeps SQLite from walking through everybody instead.
const waitingFrom = ` FROM interaction i CROSS JOIN participant p ON p.interaction_n = i.n
	WHERE i.skip = ? AND i.skip <> '' AND p.side = '' AND p.email <> '' AND i.at <= ?`

// strangers gathers the people of everything that waits in Filing, the newest
// first.
func strangers(ctx context.Context, q asker, k data.Known, now time.Time) ([]data.Sender, error) {
	list, err := query(ctx, q, func(r row) (s stranger, err error) {
		var at int64
		err = r.Scan(&s.Email, &s.Name, &s.kind, &at, &s.subject, &s.n, &s.id, &s.wrote)
		s.at = time.Unix(at, 0).UTC()
		return s, err
	}, `SELECT p.email, p.name, i.kind, i.at, i.subject, i.n, i.id, p.part = 'from'`+waitingFrom+` ORDER BY i.at DESC, i.n, p.place`,
		data.SkipUnknown, now.Add(filingAhead).Unix())
	if err != nil {
		return nil, err
	}
	g := gathering{at: map[string]int{}, mails: map[int64]int{}}
	for _, s := range list {
		if !k.IsOwn(s.Email) && !k.IsIgnored(s.Email) {
			g.add(s)
		}
	}
	for _, fill := range []func(context.Context, asker) error{
		g.fillSignatures, g.fillAutomated,
		func(ctx context.Context, q asker) error { return g.fillCompany(ctx, q, k) },
	} {
		if err := fill(ctx, q); err != nil {
			return nil, err
		}
	}
	return g.senders, nil
}

// gathering is the senders as they are put together.
type gathering struct {
	senders []data.Sender
	at      map[string]int // in senders, by address
	mails   map[int64]int  // the sender of the mails whose signatures are read
	read    []int          // how many of those, by sender
}

// signaturesRead is in how many of a sender's mails a signature is looked for.
const signaturesRead = 3

func (g *gathering) add(s stranger) {
	i, ok := g.at[s.Email]
	if !ok {
		i = len(g.senders)
		g.at[s.Email] = i
		g.senders = append(g.senders, data.Sender{Address: s.Address, Last: s.at})
		g.read = append(g.read, 0)
	}
	have := &g.senders[i]
	have.First = s.at
	if have.Name == "" {
		have.Name = s.Name
	}
	if s.kind == data.Meet {
		have.Meetings++
	} else {
		have.Mails++
	}
	have.Interactions = append(have.Interactions, s.id)
	if len(have.Subjects) < 3 && s.subject != "" {
		have.Subjects = append(have.Subjects, s.subject)
	}
	if s.wrote && g.read[i] < signaturesRead {
		g.read[i]++
		g.mails[s.n] = i
	}
}

// fillSignatures finds the newest signature of each sender.
func (g *gathering) fillSignatures(ctx context.Context, q asker) error {
	numbers := make([]any, 0, len(g.mails))
	for n := range g.mails {
		numbers = append(numbers, n)
	}
	type signed struct {
		at   int64
		n    int64
		text string
	}
	newest, carded := map[int]int64{}, map[int]int64{}
	return inChunks(numbers, func(marks string, args []any) error {
		list, err := query(ctx, q, func(r row) (s signed, err error) {
			err = r.Scan(&s.at, &s.n, &s.text)
			return s, err
		},
			`SELECT n, interaction_n, substr(text, 1, ?) FROM message WHERE interaction_n IN (`+marks+`)`, slices.Concat([]any{signatureRead}, args)...)
		for _, s := range list {
			i := g.mails[s.n]
			if card := text.ReadCard(s.text, g.senders[i].Name); card.Name != "" && s.at > carded[i] {
				carded[i], g.senders[i].Card = s.at, card
			}
			if line := signatureLine(s.text); line != "" && s.at > newest[i] {
				newest[i], g.senders[i].SignatureHint = s.at, line
			}
		}
		return err
	})
}

// fillAutomated says of whom a program writes all the mails.
func (g *gathering) fillAutomated(ctx context.Context, q asker) error {
	return inChunks(g.emails(), func(marks string, args []any) error {
		_, err := query(ctx, q, func(r row) (struct{}, error) {
			var email, reason string
			err := r.Scan(&email, &reason)
			g.senders[g.at[email]].Automated = reason
			return struct{}{}, err
		}, automatedQuestion(marks), args...)
		return err
	})
}

// automatedQuestion asks which of some addresses wrote, but never as a person.
func automatedQuestion(marks string) string {
	return `SELECT p.email, max(i.automated) FROM participant p JOIN interaction i ON i.n = p.interaction_n
		WHERE p.email IN (` + marks + `) AND p.part = 'from' GROUP BY p.email HAVING min(i.automated) <> ''`
}

func (g *gathering) emails() []any {
	list := make([]any, len(g.senders))
	for i, s := range g.senders {
		list[i] = s.Email
	}
	return list
}

// fillCompany says with which accounts' people each sender was seen in what is
// on a timeline.
func (g *gathering) fillCompany(ctx context.Context, q asker, k data.Known) error {
	type pair struct {
		sender  int
		account string
	}
	type meeting struct {
		pair
		n int64
	}
	seen := map[meeting]bool{}
	with := map[pair]*data.Company{}
	var order []pair
	err := inChunks(g.emails(), func(marks string, args []any) error {
		_, err := query(ctx, q, func(r row) (struct{}, error) {
			var email string
			var kind data.Kind
			var n int64
			var other data.Address
			var account string
			if err := r.Scan(&email, &n, &kind, &other.Name, &other.Email, &account); err != nil {
				return struct{}{}, err
			}
			if m, ok := k.Match(other.Email); ok && account == "" {
				account = m.Account
			}
			if account == "" {
				return struct{}{}, nil
			}
			p := pair{g.at[email], account}
			if with[p] == nil {
				with[p] = &data.Company{Account: account}
				order = append(order, p)
			}
			c := with[p]
			if name := text.Name(other.Name, other.Email); !slices.Contains(c.People, name) {
				c.People = append(c.People, name)
			}
			switch {
			case seen[meeting{p, n}]:
			case kind == data.Meet:
				c.Meetings++
			default:
				c.Mails++
			}
			seen[meeting{p, n}] = true
			return struct{}{}, nil
		}, `
			SELECT p.email, i.n, i.kind, o.name, o.email, coalesce(c.account_id, '') FROM participant p
			JOIN interaction i ON i.n = p.interaction_n AND i.skip = ''
			JOIN participant o ON o.interaction_n = i.n AND o.side IN ('customer', 'partner')
			LEFT JOIN contact c ON c.id = o.contact_id
			WHERE p.email IN (`+marks+`) AND p.side = ''`, args...)
		return err
	})
	for _, p := range order {
		s := &g.senders[p.sender]
		s.With = append(s.With, *with[p])
	}
	return err
}

// signatureLine is the first line of a mail's signature that says something.
func signatureLine(body string) string {
	for _, part := range text.Split(body) {
		if part.Kind == text.KindSignature {
			return text.Preview(strings.TrimLeft(part.Text, "-_ \r\n"), 80)
		}
	}
	return ""
}

// Unfiled counts the people who wait in Filing.
func (db *DB) Unfiled(ctx context.Context, now time.Time) (int, error) {
	k, err := loadRules(ctx, db.read)
	if err != nil {
		return 0, wrapNoun(err, "filing")
	}
	emails, err := query(ctx, db.read, scanString, `SELECT DISTINCT p.email`+waitingFrom, data.SkipUnknown, now.Add(filingAhead).Unix())
	if err != nil {
		return 0, wrapNoun(err, "filing")
	}
	var waiting []any
	for _, e := range emails {
		if !k.IsOwn(e) && !k.IsIgnored(e) && text.Domain(e) != "" {
			waiting = append(waiting, e)
		}
	}
	n := len(waiting)
	err = inChunks(waiting, func(marks string, args []any) error {
		automated, err := query(ctx, db.read, func(r row) (s string, err error) {
			var reason string
			err = r.Scan(&s, &reason)
			return s, err
		}, automatedQuestion(marks), args...)
		n -= len(automated)
		return err
	})
	return n, wrapNoun(err, "filing")
}

// Waits returns what waits in Filing with somebody unknown, newest first; at
// most limit.
func (db *DB) Waits(ctx context.Context, email string, limit int) ([]data.Interaction, error) {
	list, err := query(ctx, db.read, scanPlaced(), `
		SELECT `+interactionColumns+` FROM participant p JOIN interaction i ON i.n = p.interaction_n
		WHERE p.email = ? AND i.skip = ? ORDER BY i.at DESC, i.n DESC LIMIT ?`, email, data.SkipUnknown, limit)
	found := make([]data.Interaction, len(list))
	for i, p := range list {
		found[i] = p.Interaction
	}
	return found, wrapNoun(err, "filing")
}

func midnightOf(now time.Time) time.Time {
	y, m, d := now.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, now.Location())
}
