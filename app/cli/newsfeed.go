package cli

import (
	"fmt"
	"strings"
	"time"

	"rapport/data"
	"rapport/data/store"
	"rapport/sync"
)

func feedAddVerb() *verb {
	return &verb{
		name: "feed add", args: "ACCOUNT URL", does: "Read an account's news from its RSS, Atom or JSON feed",
		more: `It does not read it yet; rapport sync or feed sync does, and asks at most once an hour.
What the feed holds comes onto the account's timeline as news. News are no contact
with anybody: they make nothing warmer. The link is kept as a secret, and only this
laptop asks for it: feeds are not shared with a team, nor are the news they bring.

  rapport feed add 'Kestrel Museums' https://kestrel.example/press/rss.xml -name 'Kestrel press'`,
		least: 2, most: 2,
		flags: []flag{{name: "name", value: "N", does: "what to call it (else the link's host)"}, jsonFlag}, run: runFeedAdd,
	}
}

type feedJSON struct {
	ID        string  `json:"id"`
	Name      string  `json:"name"`
	Account   string  `json:"account"`
	AccountID string  `json:"accountId"`
	Shown     string  `json:"shown"`
	News      int     `json:"news"`
	AddedAt   *string `json:"addedAt"`
	LastRead  *string `json:"lastRead"`
	NextAt    *string `json:"nextAt"`
	Problem   string  `json:"problem"`
}

// feedOf is a feed as scripts have it. nextAt is when it may be asked again, null
// where that is now or where it is asked no more.
func feedOf(f data.Feed, account string, news int, s data.Status, now time.Time) feedJSON {
	j := feedJSON{ID: f.ID, Name: f.Name, Account: account, AccountID: f.Account, Shown: f.Shown, News: news,
		AddedAt: moment(f.AddedAt), LastRead: moment(s.At), Problem: s.Problem}
	if next := nextAsked(s); next.After(now) {
		j.NextAt = moment(next)
	}
	return j
}

// nextAsked is when a feed may be asked again.
func nextAsked(s data.Status) time.Time {
	if s.At.IsZero() || s.Problem != "" || s.Until.After(s.At.Add(data.FeedEvery)) {
		return s.Until
	}
	return s.At.Add(data.FeedEvery)
}

func runFeedAdd(c *call) error {
	return c.readNames(func(db *store.DB, known names, now time.Time) error {
		if strings.Contains(c.args[0], "://") && !strings.Contains(c.args[1], "://") {
			return &data.Invalid{Field: "account", Says: "the account comes first, then the address of its news"}
		}
		a, err := known.account(c.args[0])
		if err != nil {
			return err
		}
		keys, err := sync.Keys(c.ctx, db)
		if err != nil {
			return err
		}
		f, err := sync.AddFeed(c.ctx, db, keys, a.ID, c.args[1], c.text("name"))
		if err != nil {
			return err
		}
		if c.on("json") {
			return writeJSON(c.out, feedOf(f, a.Name, 0, data.Status{}, now))
		}
		c.printf("%s added to %s; rapport sync reads it\n", f.Name, a.Name)
		return nil
	})
}

func feedListVerb() *verb {
	return &verb{name: "feed list", does: "List the feeds of accounts' news and how they stand", flags: []flag{jsonFlag}, run: runFeedList}
}

func runFeedList(c *call) error {
	return c.readNames(func(db *store.DB, known names, now time.Time) error {
		feeds, err := db.Feeds(c.ctx)
		if err != nil {
			return err
		}
		counts, err := db.HeadlineCounts(c.ctx)
		if err != nil {
			return err
		}
		runs, err := c.runs(db)
		if err != nil {
			return err
		}
		accounts := known.byID()
		if c.on("json") {
			return writeArray(c.out, each(feeds, func(f data.Feed) feedJSON {
				return feedOf(f, accounts[f.Account], counts[f.ID], runs[f.SourceName()], now)
			}))
		}
		if len(feeds) == 0 {
			c.note("there is no feed yet; add one with rapport feed add")
			return nil
		}
		rows := make([][]string, len(feeds))
		for i, f := range feeds {
			rows[i] = []string{f.Name, accounts[f.Account], f.Shown, fmt.Sprint(counts[f.ID]), c.standing(runs[f.SourceName()])}
		}
		return table(c.out, []column{{head: "NAME", most: 28}, {head: "ACCOUNT", most: 28}, {head: "FROM", most: 32}, {head: "NEWS", right: true}, {head: "LAST READ", rest: true}}, rows)
	})
}

func feedSyncVerb() *verb {
	return &verb{
		name: "feed sync", args: "[NAME]", does: "Read one feed of news, or all of them, and nothing else",
		more: `NAME may be its ID. A feed that was asked less than an hour ago is left alone; feed
list says when it is asked again. Where the window is open on the workspace, the
window is asked to read, and reads all that it reads.`,
		most: 1, flags: []flag{zoneFlag, jsonFlag}, run: runFeedSync,
	}
}

func runFeedSync(c *call) error {
	return c.syncOnly(func(db *store.DB) ([]string, error) {
		feeds, err := db.Feeds(c.ctx)
		if err != nil {
			return nil, err
		}
		only := []string{}
		for _, f := range feeds {
			if len(c.args) == 0 || strings.EqualFold(f.Name, c.args[0]) || f.ID == c.args[0] {
				only = append(only, f.SourceName())
			}
		}
		switch {
		case len(only) > 0:
			return only, nil
		case len(c.args) > 0:
			return nil, fmt.Errorf("feed %s: %w", c.args[0], data.ErrNotFound)
		}
		return nil, &data.Invalid{Field: "feed", Says: "there is no feed to read yet; add one with rapport feed add"}
	}, noSpaces)
}

func feedRemoveVerb() *verb {
	return &verb{
		name: "feed remove", args: "NAME", does: "Forget a feed and the news that only it brought",
		more: "NAME may be its ID.", least: 1, most: 1, run: runFeedRemove,
	}
}

func runFeedRemove(c *call) error {
	return c.read(func(db *store.DB) error {
		keys, err := sync.Keys(c.ctx, db)
		if err != nil {
			return err
		}
		f, err := sync.RemoveFeed(c.ctx, db, keys, c.args[0])
		if err != nil {
			return err
		}
		c.printf("%s removed, with the news that only it brought\n", f.Name)
		return nil
	})
}
