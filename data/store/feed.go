package store

import (
	"context"
	"time"

	"rapport/data"
	"rapport/data/text"
)

const feedColumns = `id, account_id, name, shown, added_at`

func scanFeed(r row) (f data.Feed, err error) {
	var at int64
	err = r.Scan(&f.ID, &f.Account, &f.Name, &f.Shown, &at)
	f.AddedAt = timeOf(at)
	return f, err
}

// Feeds returns every feed, in the order they were added.
func (db *DB) Feeds(ctx context.Context) ([]data.Feed, error) {
	list, err := query(ctx, db.read, scanFeed, `SELECT `+feedColumns+` FROM feed ORDER BY added_at, name`)
	return list, wrapNoun(err, "feeds")
}

// FeedsRead returns the feeds that are read: those of accounts that are there and
// not archived.
func (db *DB) FeedsRead(ctx context.Context) ([]data.Feed, error) {
	list, err := query(ctx, db.read, scanFeed, `SELECT `+feedColumns+` FROM feed
		WHERE account_id IN (SELECT id FROM account WHERE archived = '') ORDER BY added_at, name`)
	return list, wrapNoun(err, "feeds")
}

// PutFeed keeps a new feed, and returns it as kept. A second one of a name is
// refused with data.ErrConflict. Its link is not this package's.
func (tx *Tx) PutFeed(f data.Feed) (data.Feed, error) {
	if f.ID == "" {
		f.ID = NewID()
	}
	if err := f.Check(); err != nil {
		return f, err
	}
	if n, err := tx.count(`SELECT count(*) FROM account WHERE id = ?`, f.Account); err != nil || n == 0 {
		if err == nil {
			err = data.ErrNotFound
		}
		return f, wrapNoun(err, "account %s", f.Account)
	}
	taken, err := tx.count(`SELECT count(*) FROM feed WHERE name = ?`, f.Name)
	if err == nil && taken > 0 {
		err = data.ErrConflict
	}
	if err != nil {
		return f, wrapNoun(err, "feed %s", f.Name)
	}
	tx.touched("feed")
	f.AddedAt = timeOf(tx.recordedAt(f.AddedAt))
	_, err = tx.exec(`INSERT INTO feed (`+feedColumns+`) VALUES (?, ?, ?, ?, ?)`, f.ID, f.Account, f.Name, f.Shown, f.AddedAt.Unix())
	return f, wrapNoun(err, "feed %s", f.Name)
}

// DeleteFeed takes a feed away with the news that only it held.
func (tx *Tx) DeleteFeed(id string) error {
	f, err := one(tx.ctx, tx.sql, scanFeed, `SELECT `+feedColumns+` FROM feed WHERE id = ?`, id)
	if err != nil {
		return wrapNoun(err, "feed %s", id)
	}
	alone, err := query(tx.ctx, tx.sql, scanString, `
		SELECT interaction_id FROM headline h WHERE feed_id = ?1
			AND NOT EXISTS (SELECT 1 FROM headline o WHERE o.interaction_id = h.interaction_id AND o.feed_id <> ?1)`, id)
	if err != nil {
		return err
	}
	tx.touched("feed")
	for _, entry := range alone {
		if err := tx.hideEntry(entry); noRows(err) != nil {
			return err
		}
	}
	if _, err := tx.exec(`DELETE FROM feed WHERE id = ?`, id); err != nil {
		return err
	}
	return tx.forgetSource(f.SourceName())
}

// ingestHeadlines keeps what a feed holds. News stay where a feed no longer lists
// them, as feeds do with all but the newest.
func (tx *Tx) ingestHeadlines(b data.Batch, line *data.LedgerLine) error {
	if b.Feed == "" || len(b.Headlines) == 0 {
		return nil
	}
	f, err := one(tx.ctx, tx.sql, scanFeed, `SELECT `+feedColumns+` FROM feed WHERE id = ?`, b.Feed)
	if err != nil {
		return wrapNoun(err, "feed %s", b.Feed)
	}
	for _, h := range b.Headlines {
		if err := tx.putHeadline(f, h, line); err != nil {
			return err
		}
	}
	return nil
}

// published is the timeline entry of news as it is kept.
type published struct {
	n             int64
	at, seen      int64
	subject, text string
}

func (tx *Tx) putHeadline(f data.Feed, h data.Headline, line *data.LedgerLine) error {
	id := data.HeadlineIDOf(f.Account, h.Key)
	have, err := one(tx.ctx, prepared{tx}, func(r row) (p published, err error) {
		err = r.Scan(&p.n, &p.at, &p.seen, &p.subject, &p.text)
		return p, err
	}, `SELECT n, at, recorded_at, subject, text FROM interaction WHERE id = ?`, id)
	if noRows(err) != nil {
		return err
	}
	if _, err := tx.exec(`INSERT INTO headline (interaction_id, feed_id, link) VALUES (?, ?, ?)
		ON CONFLICT DO UPDATE SET link = excluded.link WHERE link <> excluded.link`, id, f.ID, h.Link); err != nil {
		return err
	}
	if have.n == 0 {
		line.Seen++
		line.Kept++
		have.seen = tx.now.Unix()
	}
	at := unixDate(h.When(time.Unix(have.seen, 0)))
	if h.At.IsZero() && have.n != 0 {
		at = have.at // another feed may have said when
	}
	if have.n != 0 && have.at == at && have.subject == h.Title && have.text == h.Text {
		return nil
	}
	return tx.writeHeadline(f, h, id, at)
}

// writeHeadline makes the timeline entry of news, or makes it anew.
func (tx *Tx) writeHeadline(f data.Feed, h data.Headline, id string, at int64) error {
	tx.touched(data.KindInteraction)
	n, err := one(tx.ctx, prepared{tx}, scanInt64, `
		INSERT INTO interaction (id, kind, direction, at, recorded_at, minutes, all_day, subject, preview, text, place, source,
			thread, cancelled, automated, skip)
		VALUES (?, 'news', 'in', ?, ?, 0, 0, ?, ?, ?, '', ?, '', 0, 'news', '')
		ON CONFLICT (id) DO UPDATE SET at = excluded.at, subject = excluded.subject, preview = excluded.preview, text = excluded.text
		RETURNING n`, id, at, tx.now.Unix(), h.Title, text.Preview(h.Text, previewRunes), h.Text, f.Name)
	if err != nil {
		return err
	}
	match := data.Match{Account: f.Account, Kind: data.ByFeed, Reason: "they published it: " + f.Name}
	tx.indexEntryLater(n, entryWords{subject: h.Title, text: h.Text})
	return tx.putMatches(filed{n: n, kind: data.Press, at: at}, data.In, []data.Match{match})
}

// NewsLinks are the pages of the news among entries, by Interaction.ID.
func (db *DB) NewsLinks(ctx context.Context, entries []data.Interaction) (map[string]string, error) {
	var news []string
	for _, i := range entries {
		if i.Kind == data.Press {
			news = append(news, i.ID)
		}
	}
	links := map[string]string{}
	_, err := query(ctx, db.read, func(r row) (struct{}, error) {
		var id, link string
		err := r.Scan(&id, &link)
		if links[id] == "" { // the first that has one, as on its own page
			links[id] = link
		}
		return struct{}{}, err
	}, `SELECT interaction_id, link FROM headline WHERE interaction_id IN (SELECT value FROM json_each(?)) ORDER BY interaction_id, link = '', feed_id`, listJSON(news))
	return links, wrapNoun(err, "links of news")
}

// MoveFeed keeps the host that a feed has moved to.
func (tx *Tx) MoveFeed(id, shown string) error {
	tx.touched("feed")
	_, err := tx.exec(`UPDATE feed SET shown = ?2 WHERE id = ?1 AND shown <> ?2`, id, shown)
	return wrapNoun(err, "feed %s", id)
}

// HeadlineCounts are how many news each feed brought, by Feed.ID.
func (db *DB) HeadlineCounts(ctx context.Context) (map[string]int, error) {
	counts := map[string]int{}
	_, err := query(ctx, db.read, func(r row) (struct{}, error) {
		var id string
		var n int
		err := r.Scan(&id, &n)
		counts[id] = n
		return struct{}{}, err
	}, `SELECT feed_id, count(*) FROM headline GROUP BY feed_id`)
	return counts, wrapNoun(err, "feeds")
}
