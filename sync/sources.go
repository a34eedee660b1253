package sync

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	"rapport/data"
	"rapport/data/store"
	"rapport/sync/calendar"
	"rapport/sync/mail"
)

// feeds are the workspace's sources: every mailbox, then every calendar, but for
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
		feeds = append(feeds, e.calendarFeed(c))
	}
	feeds = slices.DeleteFunc(feeds, func(f feed) bool { return slices.Contains(sample, f.Name()) })
	runs, err := e.db.Runs(ctx)
	if err == nil {
		e.remember(runs, feeds)
	}
	return feeds, err
}

func (e *Engine) mailFeed(m data.Mailbox) feed {
	s := mail.Source{Mailbox: m, Password: e.secretOf(m.SecretName(), m.Address), Now: e.o.Now, Log: e.o.Log}
	key := []string{m.ID, m.Host, strconv.Itoa(m.Port), string(m.Security), m.User, strconv.Itoa(m.SinceMonths)}
	return feed{Source: s, shown: m.Address, key: strings.Join(append(key, m.Folders...), "\n")}
}

func (e *Engine) calendarFeed(c data.Calendar) feed {
	s := &calendar.Source{
		Calendar: c, Link: e.secretOf(c.LinkSecret(), c.Name), Password: e.secretOf(c.PasswordSecret(), c.Name),
		Zone: e.o.Zone, Now: e.o.Now, Log: e.o.Log,
	}
	return feed{Source: s, shown: c.Name, key: strings.Join([]string{c.ID, c.Path, c.Shown, c.User}, "\n")}
}

// secretOf asks the keeper when it is needed; a missing secret is a problem that
// a person can solve.
func (e *Engine) secretOf(name, about string) func(context.Context) (string, error) {
	return func(context.Context) (string, error) {
		v, err := e.keys.Value(name)
		if errors.Is(err, data.ErrNotFound) {
			return "", &data.Problem{Kind: data.NoPassword, About: about, Cause: err}
		}
		return v, err
	}
}
