package sync

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"rapport/data"
	"rapport/data/store"
	"rapport/sync/calendar"
	"rapport/sync/mail"
)

// feeds are the workspace's sources: every mailbox, then every calendar, then the customers' news, but for
// imported mailboxes, which have no server, and those of the sample, whose
// servers lived only while it was made.
func (e *Engine) feeds(ctx context.Context) ([]feed, error) {
	sample, err := e.db.SettingList(ctx, store.SettingSample)
	if err != nil {
		return nil, err
	}
	boxes, err := e.db.Mailboxes(ctx)
	if err != nil {
		return nil, err
	}
	calendars, err := e.db.Calendars(ctx)
	if err != nil {
		return nil, err
	}
	var feeds []feed
	for _, m := range boxes {
		if !m.Imported() {
			feeds = append(feeds, e.mailFeed(m))
		}
	}
	for _, c := range calendars {
		if c.Kind != data.MailCalendar { // it comes with the mail
			feeds = append(feeds, e.calendarFeed(c))
		}
	}
	published, err := e.db.FeedsRead(ctx)
	if err != nil {
		return nil, err
	}
	for _, f := range published {
		feeds = append(feeds, e.newsFeed(f))
	}
	feeds = slices.DeleteFunc(feeds, func(f feed) bool {
		return slices.Contains(sample, f.Name()) || e.o.Only != nil && !slices.Contains(e.o.Only, f.Name())
	})
	runs, err := e.db.Runs(ctx)
	if err == nil {
		e.remember(runs, feeds)
	}
	return feeds, err
}

// mailSource is how a mailbox's server is reached, to read there and to put
// drafts.
func (e *Engine) mailSource(m data.Mailbox) mail.Source {
	s := mailboxSource(e.db, e.keys, m, &e.tokens)
	s.Known, s.Now, s.Log = e.db.Recognised, e.o.Now, e.o.Log
	return s
}

func (e *Engine) mailFeed(m data.Mailbox) feed {
	s := e.mailSource(m)
	key := []string{m.ID, m.Host, strconv.Itoa(m.Port), string(m.Security), m.User, string(m.SignIn), m.Pinned, m.Span().String(), strconv.FormatInt(m.WholeUpTo(), 10)}
	key = append(append(key, m.LeaveOut...), "")
	return feed{Source: s, line: func() line { return mail.NewLine(s) }, about: m.Host, shown: m.Address, box: m.ID, key: strings.Join(append(key, m.Folders...), "\n")}
}

// calendarSource is how a calendar is reached, to read it and to put an entry.
func (e *Engine) calendarSource(c data.Calendar) *calendar.Source {
	return &calendar.Source{
		Calendar: c, Link: secretOf(e.keys, c.LinkSecret(), c.Name), Password: secretOf(e.keys, c.PasswordSecret(), c.Name),
		Relink: func(_ context.Context, link string) error { return e.keys.Put(c.LinkSecret(), link) },
		Token: func(ctx context.Context, refused string) (string, error) {
			return e.tokens.token(ctx, e.db, e.keys, grantOfCalendar(c), refused)
		},
		Zone: e.o.Zone, Now: e.o.Now, Log: e.o.Log,
	}
}

func (e *Engine) calendarFeed(c data.Calendar) feed {
	key := []string{c.ID, string(c.Kind), c.Path, c.Shown, c.User, string(c.SignIn)}
	return feed{Source: e.calendarSource(c), about: c.Shown, shown: c.Name, key: strings.Join(key, "\n")}
}

// cursor is where a source goes on. What a person had forgotten since is read
// again where it is wanted, so a mailbox's cursor no longer says that it is here.
func (e *Engine) cursor(ctx context.Context, f feed) (string, error) {
	since, err := e.db.Cursor(ctx, f.Name())
	if err != nil || f.box == "" {
		return since, err
	}
	places, err := e.db.Reread(ctx, f.box)
	if err != nil || len(places) == 0 {
		return since, err
	}
	since = mail.Unread(since, places)
	return since, e.db.PutCursor(ctx, f.box, f.Name(), since, places)
}
