package sync

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"time"

	"rapport/data"
	"rapport/data/store"
	news "rapport/sync/feed"
	"rapport/sync/secret"
)

// AddFeed keeps a feed of an account's news, by the account's ID. The name
// defaults to the link's host. The link is kept as a secret, since some hold a
// key. It does not read the feed. A link that the account has already is refused
// with data.ErrConflict.
func AddFeed(ctx context.Context, db *store.DB, keys secret.Keeper, account, link, name string) (data.Feed, error) {
	at, shown, err := news.Address(link)
	if err != nil {
		return data.Feed{}, err
	}
	have, err := db.Feeds(ctx)
	if err != nil {
		return data.Feed{}, err
	}
	f := data.Feed{ID: feedID(account, at.String()), Account: account, Name: strings.TrimSpace(name), Shown: shown}
	taken := map[string]bool{}
	for _, h := range have {
		if h.ID == f.ID {
			return h, fmt.Errorf("feed %s: %w", h.Name, data.ErrConflict)
		}
		taken[h.Name] = true
	}
	if f.Name == "" {
		f.Name = shown
		for n := 2; taken[f.Name]; n++ {
			f.Name = fmt.Sprintf("%s %d", shown, n)
		}
	}
	err = withSecrets(keys, map[string]string{f.LinkSecret(): at.String()}, func() error {
		_, err := db.Write(ctx, "", func(tx *store.Tx) (err error) {
			f, err = tx.PutFeed(f)
			return err
		})
		return err
	})
	return f, err
}

// feedID is the same for the same link of an account, so that it is there once.
func feedID(account, link string) string {
	sum := sha256.Sum256([]byte(account + "\n" + link))
	return hex.EncodeToString(sum[:16])
}

// RemoveFeed takes a feed away from this workspace, by ID or name, with its link
// and the news that only it held.
func RemoveFeed(ctx context.Context, db *store.DB, keys secret.Keeper, ref string) (data.Feed, error) {
	feeds, err := db.Feeds(ctx)
	if err != nil {
		return data.Feed{}, err
	}
	for _, f := range feeds {
		if f.ID != ref && !strings.EqualFold(f.Name, ref) {
			continue
		}
		if _, err := db.Write(ctx, "", func(tx *store.Tx) error { return tx.DeleteFeed(f.ID) }); err != nil {
			return f, err
		}
		return f, keys.Delete(f.LinkSecret())
	}
	return data.Feed{}, fmt.Errorf("feed %s: %w", ref, data.ErrNotFound)
}

// newsFeed is a feed of news as the engine reads it.
func (e *Engine) newsFeed(f data.Feed) feed {
	s := &news.Source{
		Feed: f, Link: secretOf(e.keys, f.LinkSecret(), f.Name),
		Relink: func(ctx context.Context, link string) error { return e.moveFeed(ctx, f, link) },
		Now:    e.o.Now, Log: e.o.Log,
	}
	return feed{Source: s, about: f.Shown, shown: f.Name, key: strings.Join([]string{f.ID, f.Account, f.Shown}, "\n"), every: data.FeedEvery}
}

// moveFeed keeps where a feed has moved to for good: its link, and the host that
// people see.
func (e *Engine) moveFeed(ctx context.Context, f data.Feed, link string) error {
	_, shown, err := news.Address(link)
	if err != nil {
		return nil // no link that may be kept: the old one leads there each time
	}
	if err := e.keys.Put(f.LinkSecret(), link); err != nil || shown == f.Shown {
		return err
	}
	_, err = e.db.Write(ctx, "", func(tx *store.Tx) error { return tx.MoveFeed(f.ID, shown) })
	return err
}

// isFresh says whether a source that is asked at a pace of its own is left alone:
// it answered less than that ago, or refused, or its server asked for a rest.
func (e *Engine) isFresh(ctx context.Context, f feed) (bool, error) {
	if f.every == 0 {
		return false, nil
	}
	now := e.o.Now()
	if s := e.status(f.Name()); s.Problem == "" && !now.Before(s.At) && now.Sub(s.At) < f.every {
		return true, nil
	}
	until, err := e.db.Rest(ctx, f.Name())
	return now.Before(until), err
}

// pauseOf is how long a source with a pace of its own rests after a reading.
func (e *Engine) pauseOf(f feed) time.Duration {
	s, now := e.status(f.Name()), e.o.Now()
	next := s.At.Add(f.every)
	if s.Until.After(next) {
		next = s.Until
	}
	return min(max(next.Sub(now), time.Minute), f.every)
}

// refusedUntil is until when a source with a pace of its own is left alone after
// its server answered otherwise than hoped; the zero time for all other trouble.
func (e *Engine) refusedUntil(f feed, err error) time.Time {
	p, ok := data.AsProblem(err)
	if !ok || f.every == 0 {
		return time.Time{}
	}
	switch p.Kind {
	case data.ServerSaid, data.Forbidden, data.FeedMissing, data.NotFeed, data.FeedTooLarge:
		return e.o.Now().Add(f.every)
	}
	return time.Time{}
}
