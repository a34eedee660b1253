package calendar

import (
	"context"
	"errors"
	"fmt"
	"net/url"

	"rapport/data"
	"rapport/sync/caldav"
	"rapport/sync/web"
)

// fetchDAV reads what changed in a calendar on a CalDAV server.
func (s *Source) fetchDAV(ctx context.Context, last cursor, since string, emit func(data.Batch) error) error {
	client, at, err := s.dav(ctx)
	if err != nil {
		return err
	}
	c, err := s.changesOf(ctx, client, at, last)
	if err != nil {
		return err
	}
	if c == nil {
		return emit(data.Batch{Calendar: s.Calendar.ID, OnServer: len(last.Items)})
	}
	sh := &shelf{Source: s, last: last, since: since, now: s.now(), emit: emit, texts: func(ctx context.Context, names []string) (map[string]entry, error) {
		got, err := client.Texts(ctx, at, names)
		texts := map[string]entry{}
		for name, t := range got {
			texts[name] = entry{t.ETag, t.ICS}
		}
		return texts, err
	}}
	return sh.take(ctx, *c)
}

// dav is the client and the calendar's address.
func (s *Source) dav(ctx context.Context) (caldav.Client, *url.URL, error) {
	client := caldav.Client{Door: s.door()}
	if s.Link == nil {
		return client, nil, s.problem(data.NoCalDAV, "it has no address", nil)
	}
	link, err := s.Link(ctx)
	if err != nil {
		return client, nil, fmt.Errorf("%s: link: %w", s.Name(), err)
	}
	at, err := web.Address(link)
	if err != nil {
		return client, nil, client.Door.Failed(ctx, err)
	}
	return client, at, nil
}

// changesOf asks what changed since the last reading: by the token where the
// server still knows it, else by all tags; nil says that nothing did.
func (s *Source) changesOf(ctx context.Context, client caldav.Client, at *url.URL, last cursor) (*changes, error) {
	if last.Token != "" && last.Items != nil && !last.Part {
		got, err := client.Changes(ctx, at, last.Token)
		if err == nil {
			if len(got.Changed)+len(got.Gone) == 0 && got.Token == last.Token {
				return nil, nil
			}
			return &changes{tags: got.Changed, gone: got.Gone, done: func(c *cursor) { c.Token = got.Token }}, nil
		}
		if !errors.Is(err, caldav.ErrToken) {
			return nil, err
		}
	}
	stand, err := client.Stand(ctx, at)
	if err != nil {
		return nil, err
	}
	if last.Token == "" && last.Items != nil && !last.Part && stand.Tag != "" && stand.Tag == last.Tag {
		return nil, nil
	}
	if stand.Syncs {
		got, err := client.Changes(ctx, at, "")
		if err == nil {
			return &changes{tags: got.Changed, whole: true, done: func(c *cursor) { c.Token, c.Tag = got.Token, stand.Tag }}, nil
		}
		if !errors.Is(err, caldav.ErrToken) {
			return nil, err
		}
	}
	tags, err := client.Tags(ctx, at)
	if err != nil {
		return nil, err
	}
	return &changes{tags: tags, whole: true, done: func(c *cursor) { c.Token, c.Tag = "", stand.Tag }}, nil
}

// Put puts a new entry into the calendar, by its UID, and says whether it lay
// there already. It never overwrites one.
func (s *Source) Put(ctx context.Context, uid, ics string) (had bool, err error) {
	client, at, err := s.dav(ctx)
	if err != nil {
		return false, err
	}
	return client.Put(ctx, at, uid+".ics", ics)
}
