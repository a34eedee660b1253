package store

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"rapport/data"
	"rapport/data/text"
)

const (
	// waitingDays is how far back a mail still counts as waiting.
	waitingDays = 30
	// talkMost is how many mails of one conversation are looked at.
	talkMost = 40
	// usualDays and usualMost are how far back, and in how many mails of an
	// account, answers are timed.
	usualDays, usualMost = 365, 400
)

// Waiting returns the conversations in which we owe the next answer, as
// data.WhoOwes decides it; the newest mail first. An empty account means all that are not archived.
func (db *DB) Waiting(ctx context.Context, account string, now time.Time) ([]data.Waiting, error) {
	var list []data.Waiting
	err := db.inReader(ctx, func(tx *Tx) error {
		threads, err := threadsOf(ctx, tx.sql, account, now, true)
		if err != nil {
			return err
		}
		talks, err := talksOf(ctx, tx.sql, threads, now)
		if err != nil {
			return err
		}
		for _, t := range talks {
			w, err := t.decide(ctx, tx.sql, account, now)
			if err != nil {
				return err
			}
			if weOwe(w.Owed) && (account != "" || w.Account.Archived == "") {
				list = append(list, w)
			}
		}
		return fillUsual(ctx, tx.sql, list, now)
	})
	newestFirst(list)
	return list, wrapNoun(err, "waiting")
}

func weOwe(o data.Owed) bool { return o.By == data.Us }

func newestFirst(list []data.Waiting) {
	slices.SortStableFunc(list, func(a, b data.Waiting) int {
		return cmp.Or(b.Interaction.At.Compare(a.Interaction.At), cmp.Compare(a.Interaction.ID, b.Interaction.ID))
	})
}

// talk is a conversation as it is read.
type talk struct {
	data.Talk
	numbers map[string]int64   // of its mails, by Interaction.ID
	matched map[int64][]string // the accounts of its mails, by number
}

// threadsOf are the conversations of an account, or of all, with a mail of the last
// days. Of all and where only what we owe is asked for, they are few: those with a
// mail of somebody that no later one of ours in the conversation went back to.
func threadsOf(ctx context.Context, q asker, account string, now time.Time, ours bool) ([]string, error) {
	from := now.AddDate(0, 0, -waitingDays).Unix()
	switch {
	case account != "":
		return query(ctx, q, scanString, `SELECT DISTINCT i.thread FROM match m JOIN interaction i ON i.n = m.interaction_n
			WHERE m.account_id = ? AND m.at > ? AND m.at <= ? AND i.kind = 'mail' AND i.thread <> ''`, account, from, now.Unix())
	case !ours:
		return query(ctx, q, scanString, `SELECT DISTINCT thread FROM interaction WHERE at > ? AND at <= ? AND kind = 'mail' AND thread <> '' AND skip = ''`, from, now.Unix())
	}
	return query(ctx, q, scanString, `
		SELECT DISTINCT i.thread FROM interaction i JOIN participant s ON s.interaction_n = i.n AND s.place = 0
		WHERE i.at > ?1 AND i.at <= ?2 AND i.kind = 'mail' AND i.thread <> '' AND i.skip = '' AND i.automated = '' AND s.side <> 'us'
			AND NOT EXISTS (
				SELECT 1 FROM interaction o JOIN participant p ON p.interaction_n = o.n
				WHERE o.thread = i.thread AND o.thread <> '' AND o.at <= ?2 AND (o.at, o.n) > (i.at, i.n) AND o.kind = 'mail' AND o.automated = '' AND o.direction = 'out'
					AND p.place > 0 AND p.side <> 'us' AND p.email = s.email AND p.email <> '')`, from, now.Unix())
}

// talksOf reads conversations, in their order, without what their mails say.
func talksOf(ctx context.Context, q asker, threads []string, now time.Time) ([]*talk, error) {
	by := map[string]*talk{}
	var list []*talk
	for _, t := range threads {
		by[t] = &talk{numbers: map[string]int64{}, matched: map[int64][]string{}}
		list = append(list, by[t])
	}
	asked := make([]any, len(threads))
	for i, t := range threads {
		asked[i] = t
	}
	err := inChunks(asked, func(marks string, args []any) error { return readTalks(ctx, q, by, marks, args, now) })
	for _, t := range list {
		slices.Reverse(t.Mails) // the newest was read first
	}
	return list, err
}

func readTalks(ctx context.Context, q asker, by map[string]*talk, marks string, threads []any, now time.Time) error {
	var automated string
	type read struct {
		placed
		automated string
	}
	scan := scanPlaced(&automated)
	mails, err := query(ctx, q, func(r row) (read, error) {
		p, err := scan(r)
		return read{p, automated}, err
	}, `SELECT `+interactionColumns+`, i.automated FROM interaction i WHERE i.thread IN (`+marks+`) AND i.thread <> '' AND i.at <= ? AND i.kind = 'mail' ORDER BY i.at DESC, i.n DESC`,
		slices.Concat(threads, []any{now.Unix()})...)
	if err != nil {
		return err
	}
	var numbers []any
	where := map[int64]*data.TalkMail{}
	for _, m := range mails {
		t := by[m.Thread]
		if len(t.Mails) == talkMost {
			continue
		}
		if t.Mails == nil {
			t.Mails = make([]data.TalkMail, 0, talkMost) // where points into it
		}
		t.Mails = append(t.Mails, data.TalkMail{Interaction: m.Interaction, Automated: m.automated})
		t.numbers[m.ID] = m.n
		where[m.n] = &t.Mails[len(t.Mails)-1]
		numbers = append(numbers, m.n)
	}
	return fillTalks(ctx, q, by, where, numbers)
}

// fillTalks adds people, accounts and the servers' marks.
func fillTalks(ctx context.Context, q asker, by map[string]*talk, where map[int64]*data.TalkMail, numbers []any) error {
	for _, fill := range []struct {
		question string
		scan     func(row) (int64, error)
	}{
		{`SELECT interaction_n, ` + participantColumns + ` FROM participant WHERE interaction_n IN (@) ORDER BY interaction_n, place`, func(r row) (n int64, err error) {
			var p data.Participant
			err = r.Scan(&n, &p.Name, &p.Email, &p.Part, &p.Side, &p.Contact, &p.Answer)
			where[n].People = append(where[n].People, p)
			return n, err
		}},
		{`SELECT interaction_n, account_id FROM match WHERE interaction_n IN (@) ORDER BY interaction_n, kind, account_id`, func(r row) (n int64, err error) {
			var account string
			err = r.Scan(&n, &account)
			t := by[where[n].Thread]
			t.matched[n] = append(t.matched[n], account)
			return n, err
		}},
		{`SELECT m.interaction_n, l.flags FROM message m JOIN location l ON l.message_n = m.n WHERE m.interaction_n IN (@) AND l.flags LIKE '%Answered%'`,
			func(r row) (n int64, err error) {
				var flags data.Flags
				err = r.Scan(&n, &flags)
				where[n].Answered = where[n].Answered || flags.Has(data.FlagAnswered)
				return n, err
			}},
	} {
		if err := inChunks(numbers, func(marks string, args []any) error {
			_, err := query(ctx, q, fill.scan, strings.Replace(fill.question, "@", marks, 1), args...)
			return err
		}); err != nil {
			return err
		}
	}
	return nil
}

// decide says what we owe. What the mails say, and who met since, is read only
// where it matters: it takes from us what we owe, and never adds to it.
func (t *talk) decide(ctx context.Context, q asker, account string, now time.Time) (w data.Waiting, err error) {
	if !weOwe(data.WhoOwes(t.Talk, now)) {
		return w, nil
	}
	if err := t.readOwn(ctx, q); err != nil {
		return w, err
	}
	o := data.WhoOwes(t.Talk, now)
	if !weOwe(o) {
		return w, nil
	}
	if t.Met, err = metWith(ctx, q, o.Person, t.Mails[0].At, now); err != nil {
		return w, err
	}
	if o = data.WhoOwes(t.Talk, now); !weOwe(o) || now.Sub(o.Interaction.At) > waitingDays*24*time.Hour {
		return w, nil
	}
	at := t.on(t.numbers[o.Interaction.ID], account)
	if at == "" {
		return w, nil // that mail is on no timeline that was asked for
	}
	w.Owed = o
	w.Interaction.Account = at
	if w.Account, err = one(ctx, q, scanAccount, `SELECT `+accountColumns+` FROM account WHERE id = ?`, at); noRows(err) != nil {
		return w, err
	}
	w.Interaction.Reason, err = one(ctx, q, scanString, `SELECT reason FROM match WHERE interaction_n = ? AND account_id = ?`, t.numbers[o.Interaction.ID], at)
	return w, noRows(err)
}

// on is the account that was asked for where a mail of the conversation is on its
// timeline, of all for "" the first; "" for none.
func (t *talk) on(n int64, account string) string {
	accounts := t.matched[n]
	switch {
	case slices.Contains(accounts, account):
		return account
	case account != "" || len(accounts) == 0:
		return ""
	}
	return accounts[0]
}

// endsWithUs says whether the last word to or from anybody who is not one of us is
// ours: only then does anybody owe us an answer.
func (t *talk) endsWithUs() bool {
	for _, m := range slices.Backward(t.Mails) {
		if m.Automated == "" && len(m.People) > 0 && slices.ContainsFunc(m.People, func(p data.Participant) bool { return p.Side != data.Us }) {
			return m.People[0].Side == data.Us
		}
	}
	return false
}

// ownRead is how many of a conversation's latest mails are read.
const ownRead = 6

func (t *talk) readOwn(ctx context.Context, q asker) error {
	left := ownRead
	for i := len(t.Mails) - 1; i >= 0 && left > 0; i-- {
		m := &t.Mails[i]
		if m.Automated != "" {
			continue
		}
		left--
		body, err := one(ctx, q, scanString, `SELECT substr(text, 1, ?) FROM message WHERE interaction_n = ? ORDER BY automated <> '', id LIMIT 1`, signatureRead, t.numbers[m.ID])
		if noRows(err) != nil {
			return err
		}
		m.Own = text.Own(body)
	}
	return nil
}

// metWith are the meetings, calls and visits with a person in a span of time.
func metWith(ctx context.Context, q asker, p data.Participant, from, to time.Time) ([]data.Interaction, error) {
	list, err := query(ctx, q, scanPlaced(), `
		SELECT `+interactionColumns+` FROM interaction i
		WHERE i.at > ? AND i.at <= ? AND i.kind IN ('meeting', 'call', 'visit') AND i.cancelled = 0 AND EXISTS (
			SELECT 1 FROM participant p WHERE p.interaction_n = i.n AND (p.email = ? AND p.email <> '' OR p.contact_id = ? AND p.contact_id <> ''))`,
		from.Unix(), to.Unix(), p.Email, p.Contact)
	if err == nil {
		err = fillPeople(ctx, q, list)
	}
	found := make([]data.Interaction, len(list))
	for i, p := range list {
		found[i] = p.Interaction
	}
	return found, err
}

// fillUsual says how long we take to answer in each account.
func fillUsual(ctx context.Context, q asker, list []data.Waiting, now time.Time) error {
	turns := map[string][]data.Turn{}
	for i := range list {
		w := &list[i]
		known, have := turns[w.Account.ID]
		if !have {
			var err error
			if known, err = turnsOf(ctx, q, w.Account.ID, now); err != nil {
				return err
			}
			turns[w.Account.ID] = known
		}
		w.Usual = data.UsualAnswer(known, true)
	}
	return nil
}

// turnsOf are the latest mails of an account, oldest first. How far they go back
// depends on the day alone.
func turnsOf(ctx context.Context, q asker, account string, now time.Time) ([]data.Turn, error) {
	turns, err := query(ctx, q, func(r row) (t data.Turn, err error) {
		var at int64
		err = r.Scan(&t.Thread, &at, &t.Ours)
		t.At = time.Unix(at, 0).UTC()
		return t, err
	}, `
		SELECT i.thread, i.at, i.direction = 'out' FROM match m JOIN interaction i ON i.n = m.interaction_n
		WHERE m.account_id = ? AND m.at > ? AND m.at <= ? AND i.kind = 'mail' ORDER BY m.at DESC, m.interaction_n DESC LIMIT ?`,
		account, usualFrom(now).Unix(), now.Unix(), usualMost)
	slices.Reverse(turns)
	return turns, err
}

func usualFrom(now time.Time) time.Time {
	return now.AddDate(0, 0, -usualDays).UTC().Truncate(24 * time.Hour)
}
