package store

import (
	"cmp"
	"context"
	"regexp"
	"strings"
	"time"

	"rapport/data"
	"rapport/data/text"
)

func (tx *Tx) indexMessage(n int64, w mailWords) error {
	_, err := tx.exec(`INSERT INTO message_search (docid, subject, people, text) VALUES (?, ?, ?, ?)`, n, w.subject, w.people, w.text)
	return err
}

func (tx *Tx) indexEntry(n int64, subject string, people []data.Participant, body string) error {
	if _, err := tx.exec(`DELETE FROM entry_search WHERE docid = ?`, n); err != nil {
		return err
	}
	var names []string
	for _, p := range people {
		names = append(names, p.Name, p.Email)
	}
	_, err := tx.exec(`INSERT INTO entry_search (docid, subject, people, text) VALUES (?, ?, ?, ?)`,
		n, text.Fold(subject), text.Fold(strings.Join(names, " ")), text.Fold(body))
	return err
}

// nameAt is where the name of a row of a table lies in the index of names.
func nameAt(table string, row int64) int64 {
	if table == "contact" {
		return row*2 + 1
	}
	return row * 2
}

func (tx *Tx) nameOf(table, id string) (at int64, err error) {
	row, err := one(tx.ctx, prepared{tx}, scanInt64, `SELECT n FROM `+table+` WHERE id = ?`, id)
	return nameAt(table, row), err
}

func (tx *Tx) indexName(table, id, name, more string) error {
	at, err := tx.nameOf(table, id)
	if err != nil {
		return err
	}
	return tx.changeName(at, name, more)
}

// addName puts a name into the index that is not there yet.
func (tx *Tx) addName(at int64, name, more string) error {
	_, err := tx.exec(`INSERT INTO name_search (docid, name, more) VALUES (?, ?, ?)`, at, text.Fold(name), text.Fold(more))
	return err
}

func (tx *Tx) changeName(at int64, name, more string) error {
	if _, err := tx.exec(`DELETE FROM name_search WHERE docid = ?`, at); err != nil {
		return err
	}
	return tx.addName(at, name, more)
}

func (tx *Tx) unindexName(table, id string) error {
	at, err := tx.nameOf(table, id)
	if err != nil {
		return noRows(err)
	}
	_, err = tx.exec(`DELETE FROM name_search WHERE docid = ?`, at)
	return err
}

// snippetWidth is how many letters of context a hit shows.
const snippetWidth = 120

// Search finds what holds every word of the query: names first, then what
// happened and mails, newest first, and what the team learned, by title, at most limit of each (0: 20). The last word
// may be unfinished; a query without a word finds nothing.
func (db *DB) Search(ctx context.Context, input string, limit int) (data.Found, error) {
	match, words := text.Query(input), text.Words(input)
	if match == "" {
		return data.Found{}, nil
	}
	if limit <= 0 {
		limit = 20
	}
	s := search{ctx: ctx, db: db, match: match, words: words, limit: limit, mails: narrow(match)}
	var f data.Found
	var err error
	if f.Accounts, err = s.accounts(); err != nil {
		return f, wrapNoun(err, "search")
	}
	if f.Contacts, err = s.contacts(); err != nil {
		return f, wrapNoun(err, "search")
	}
	if f.Messages, err = s.messages(); err != nil {
		return f, wrapNoun(err, "search")
	}
	if f.Learned, err = s.learned(input); err != nil {
		return f, wrapNoun(err, "search")
	}
	f.Interactions, err = s.interactions()
	return f, wrapNoun(err, "search")
}

// search is one search under way.
type search struct {
	ctx   context.Context
	db    *DB
	match string // for names
	mails string // for texts
	words []string
	limit int
}

// oneLetter is the beginning of a word that has one letter only.
var oneLetter = regexp.MustCompile(`"(\pL|\pN)\*"`)

// narrow takes the beginning of one letter for that letter alone: half of all
// words begin with it, and gathering their mails takes long for nothing.
func narrow(match string) string { return oneLetter.ReplaceAllString(match, `"$1"`) }

func (s search) hit(id, title, account, body string) data.Hit {
	h := data.Hit{ID: id, Title: title, Account: account}
	e := text.Snippet(body, s.words, snippetWidth)
	h.Snippet, h.Marks = e.Text, e.Hits
	return h
}

// nameHits are the names with the words ?1. The index is asked first: CROSS JOIN
// keeps SQLite from asking it once for every account.
const nameHits = `SELECT docid FROM name_search WHERE name_search MATCH ?1`

func (s search) accounts() ([]data.Hit, error) {
	return query(s.ctx, s.db.read, func(r row) (data.Hit, error) {
		var id, name, sector string
		var domains *string
		if err := r.Scan(&id, &name, &sector, &domains); err != nil {
			return data.Hit{}, err
		}
		body := name
		if sector != "" {
			body += ", " + sector
		}
		if domains != nil {
			body += ", " + *domains
		}
		return s.hit(id, name, name, body), nil
	}, `
		SELECT a.id, a.name, a.sector, (SELECT group_concat(domain, ', ') FROM account_domain WHERE account_id = a.id)
		FROM (SELECT a.* FROM (`+nameHits+`) x CROSS JOIN account a ON a.n = x.docid / 2 WHERE x.docid % 2 = 0
			ORDER BY length(a.name), a.name COLLATE NOCASE LIMIT ?2) a
		ORDER BY length(a.name), a.name COLLATE NOCASE`, s.match, s.limit)
}

func (s search) contacts() ([]data.Hit, error) {
	return query(s.ctx, s.db.read, func(r row) (data.Hit, error) {
		var id, name, role, account string
		var emails *string
		if err := r.Scan(&id, &name, &role, &account, &emails); err != nil {
			return data.Hit{}, err
		}
		body := name
		for _, more := range []string{role, account} {
			if more != "" {
				body += ", " + more
			}
		}
		if emails != nil {
			body += ", " + *emails
		}
		return s.hit(id, name, account, body), nil
	}, `
		SELECT c.id, c.name, c.role, coalesce(a.name, ''), (SELECT group_concat(address, ', ') FROM contact_address WHERE contact_id = c.id)
		FROM (SELECT c.* FROM (`+nameHits+`) x CROSS JOIN contact c ON c.n = x.docid / 2 WHERE x.docid % 2 = 1
			ORDER BY c.name COLLATE NOCASE LIMIT ?2) c
		LEFT JOIN account a ON a.id = c.account_id ORDER BY c.name COLLATE NOCASE`, s.match, s.limit)
}

// accountOf is the name of the first account that an interaction is filed to.
const accountOf = `coalesce((SELECT a.name FROM match m JOIN account a ON a.id = m.account_id WHERE m.interaction_n = i.n ORDER BY m.kind, a.name LIMIT 1), '')`

// newestHits are the newest mails with the words ?1, at most ?2. The index hands
// them out in that order, so it need not gather them all; some more than are
// shown make up for words of mails that were forgotten since.
const newestHits = `SELECT docid FROM message_search WHERE message_search MATCH ?1 ORDER BY docid DESC LIMIT ?2`

func (s search) messages() ([]data.Hit, error) {
	return query(s.ctx, s.db.read, func(r row) (data.Hit, error) {
		var id, subject, account, body string
		var date int64
		if err := r.Scan(&id, &date, &subject, &body, &account); err != nil {
			return data.Hit{}, err
		}
		h := s.hit(id, subject, account, ownOrAll(body))
		h.At, h.Kind = time.Unix(date, 0).UTC(), data.Mail
		return h, nil
	}, `
		SELECT m.id, m.date, m.subject, m.text, `+accountOf+`
		FROM (`+newestHits+`) x
		JOIN message m ON m.n = x.docid JOIN interaction i ON i.n = m.interaction_n ORDER BY m.n DESC LIMIT ?3`, s.mails, 2*s.limit+20, s.limit)
}

// ownOrAll is what the sender wrote; of a mail that only forwards or quotes it is
// all of it, which says more than nothing.
func ownOrAll(body string) string { return cmp.Or(text.Own(body), body) }

// interactions finds what is on a timeline: entries and meetings by their own
// words, mails by their messages'.
func (s search) interactions() ([]data.Hit, error) {
	return query(s.ctx, s.db.read, func(r row) (data.Hit, error) {
		var h data.Hit
		var id, subject, account, body string
		var at int64
		var kind data.Kind
		if err := r.Scan(&id, &kind, &at, &subject, &body, &account); err != nil {
			return h, err
		}
		h = s.hit(id, subject, account, ownOrAll(body))
		h.At, h.Kind = time.Unix(at, 0).UTC(), kind
		return h, nil
	}, `
		SELECT i.id, i.kind, i.at, i.subject, CASE i.kind WHEN 'mail' THEN i.preview ELSE i.text || ' ' || i.place END, `+accountOf+`
		FROM interaction i WHERE i.n IN (
			SELECT docid FROM (SELECT docid FROM entry_search WHERE entry_search MATCH ?1 ORDER BY docid DESC LIMIT 2000)
			UNION ALL
			SELECT m.interaction_n FROM (`+newestHits+`) x JOIN message m ON m.n = x.docid
			WHERE EXISTS (SELECT 1 FROM match WHERE interaction_n = m.interaction_n))
		ORDER BY i.at DESC LIMIT ?3`, s.mails, 20*s.limit, s.limit)
}
