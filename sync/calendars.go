package sync

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"rapport/data"
	"rapport/data/store"
	"rapport/sync/caldav"
	"rapport/sync/calendar"
	"rapport/sync/login"
	"rapport/sync/secret"
	"rapport/sync/web"
)

// AddCalendar keeps a calendar from a link, a file or a folder of files. The name
// defaults to the file's or the link's host. Links are kept as secrets, since they often hold a
// key. It does not read the calendar.
func AddCalendar(ctx context.Context, db *store.DB, keys secret.Keeper, name, where, user, password string) (data.Calendar, error) {
	c, link, err := calendarAt(where)
	if err != nil {
		return c, err
	}
	c.User = user
	if user != "" && password == "" {
		return c, &data.Invalid{Field: "password", Says: "a calendar with a user needs a password"}
	}
	if c.Name, err = freeName(ctx, db, name, c.Name); err != nil {
		return c, err
	}
	return keepCalendar(ctx, db, keys, c, link, password)
}

// keepCalendar keeps a new calendar with its secrets, or neither.
func keepCalendar(ctx context.Context, db *store.DB, keys secret.Keeper, c data.Calendar, link, password string) (data.Calendar, error) {
	c.ID = store.NewID()
	secrets := map[string]string{}
	if link != "" {
		secrets[c.LinkSecret()] = link
	}
	if password != "" {
		secrets[c.PasswordSecret()] = password
	}
	err := withSecrets(keys, secrets, func() error {
		_, err := db.Write(ctx, "", func(tx *store.Tx) (err error) {
			c, err = tx.PutCalendar(c)
			return err
		})
		return err
	})
	return c, err
}

// FoundCalendar is a calendar on a CalDAV server.
type FoundCalendar = caldav.Calendar

// DAVAccess is how a CalDAV server is signed in to: User and a password, or what
// SignInBrowser or SignInDevice returned, where SignIn says so.
type DAVAccess struct {
	User   string
	SignIn data.SignIn
	Secret string
}

// door asks the server that an address names.
func (a DAVAccess) door(address string) (web.Door, error) {
	at, err := web.Address(address)
	if err != nil {
		return web.Door{}, web.Door{About: "the server"}.Failed(context.Background(), err)
	}
	return web.Door{About: at.Host, Authorize: func(context.Context, string) (string, error) {
		if a.SignIn.Provider() == "" {
			return calendar.BasicAuth(a.User, a.Secret), nil
		}
		g, err := login.Open(a.Secret)
		return "Bearer " + g.Access, err
	}}, nil
}

// DAVAddress is an address as a person may write it, with https before it where
// it has no protocol.
func DAVAddress(where string) string {
	where = strings.TrimSpace(where)
	if where != "" && !strings.Contains(where, "://") {
		return "https://" + where
	}
	return where
}

// FindCalendars lists the calendars that a user has on a CalDAV server, by name.
// The address is the server's, the user's or a calendar's own. It keeps nothing.
// What goes wrong is a *data.Problem.
func FindCalendars(ctx context.Context, address string, a DAVAccess) ([]FoundCalendar, error) {
	address = DAVAddress(address)
	door, err := a.door(address)
	if err != nil {
		return nil, err
	}
	list, err := caldav.Client{Door: door}.Find(ctx, address)
	slices.SortFunc(list, func(a, b FoundCalendar) int {
		return cmp.Or(strings.Compare(a.Name, b.Name), strings.Compare(a.At, b.At))
	})
	return list, err
}

// AddFound keeps a calendar that FindCalendars found, under a name, its own if
// "". It does not read it.
func AddFound(ctx context.Context, db *store.DB, keys secret.Keeper, name string, found FoundCalendar, a DAVAccess) (data.Calendar, error) {
	c := data.Calendar{Kind: data.DAVCalendar, User: a.User, SignIn: a.SignIn, Colour: found.Colour}
	if a.SignIn.Provider() == "" && (a.User == "" || a.Secret == "") {
		return c, &data.Invalid{Field: "password", Says: "a calendar on a server needs a user and a password"}
	}
	at, err := web.Address(found.At)
	if err != nil {
		return c, &data.Invalid{Field: "link", Says: "the calendar's address cannot be read"}
	}
	if c.Shown = at.Host; a.SignIn.Provider() != "" {
		if g, err := login.Open(a.Secret); err == nil {
			a.Secret = g.Seal()
		}
	}
	if c.Name, err = freeName(ctx, db, name, found.Name); err != nil {
		return c, err
	}
	return keepCalendar(ctx, db, keys, c, found.At, a.Secret)
}

// calendarAt tells a link from a file, and names it as people may see it.
func calendarAt(where string) (c data.Calendar, link string, err error) {
	where = strings.TrimSpace(where)
	scheme, _, isLink := strings.Cut(where, "://")
	if !isLink {
		return calendarFile(where)
	}
	u, err := url.Parse(where)
	switch strings.ToLower(scheme) {
	case "http", "https", "webcal", "webcals":
	case "file":
		if err == nil {
			return calendarFile(u.Path)
		}
	default:
		return c, "", &data.Invalid{Field: "link", Says: "a calendar's link begins with https:// or webcal://"}
	}
	if err != nil || u.Host == "" {
		return c, "", &data.Invalid{Field: "link", Says: "the link cannot be read; copy it again, from https:// to its end"}
	}
	if (scheme == "http" || scheme == "webcal" && u.Port() == "80") && !data.IsLoopback(u.Hostname()) {
		return c, "", &data.Invalid{Field: "link", Says: "the link is not encrypted; use its https:// form"}
	}
	return data.Calendar{Name: u.Hostname(), Shown: u.Host}, where, nil
}

func calendarFile(path string) (data.Calendar, string, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return data.Calendar{}, "", err
	}
	_, err = os.Stat(abs)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return data.Calendar{}, "", &data.Problem{Kind: data.NoFile, About: path, Cause: err}
	case err != nil:
		return data.Calendar{}, "", &data.Problem{Kind: data.Forbidden, About: path, Cause: err}
	}
	name := strings.TrimSuffix(filepath.Base(abs), filepath.Ext(abs))
	return data.Calendar{Name: name, Path: abs, Shown: abs}, "", nil
}

// freeName is the asked name, or the proposed one with a number where it is
// taken.
func freeName(ctx context.Context, db *store.DB, asked, proposed string) (string, error) {
	if asked = strings.TrimSpace(asked); asked != "" {
		return asked, nil
	}
	have, err := db.Calendars(ctx)
	if err != nil {
		return "", err
	}
	taken := map[string]bool{}
	for _, c := range have {
		taken[c.Name] = true
	}
	name := proposed
	for n := 2; taken[name]; n++ {
		name = fmt.Sprintf("%s %d", proposed, n)
	}
	return name, nil
}

// RemoveCalendar takes a calendar away from this workspace, by ID or name, with
// its secrets and the meetings that only it held.
func RemoveCalendar(ctx context.Context, db *store.DB, keys secret.Keeper, ref string) (data.Calendar, error) {
	calendars, err := db.Calendars(ctx)
	if err != nil {
		return data.Calendar{}, err
	}
	for _, c := range calendars {
		if c.ID != ref && !strings.EqualFold(c.Name, ref) && (c.Path == "" || c.Path != ref) {
			continue
		}
		if _, err := db.Write(ctx, "", func(tx *store.Tx) error { return tx.DeleteCalendar(c.ID) }); err != nil {
			return c, err
		}
		return c, errors.Join(keys.Delete(c.LinkSecret()), keys.Delete(c.PasswordSecret()))
	}
	return data.Calendar{}, fmt.Errorf("calendar %s: %w", ref, data.ErrNotFound)
}
