package sync

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"rapport/data"
	"rapport/data/store"
	"rapport/data/text"
	"rapport/sync/mail"
	"rapport/sync/secret"
)

// AddMailbox keeps a mailbox and its password; where either fails, neither is
// kept. It does not connect.
func AddMailbox(ctx context.Context, db *store.DB, keys secret.Keeper, m data.Mailbox, password string) (data.Mailbox, error) {
	if password == "" {
		return m, &data.Invalid{Field: "password", Says: "a mailbox needs a password"}
	}
	if m.ID == "" {
		m.ID = store.NewID()
	}
	if err := m.Tidy().Check(); err != nil {
		return m, err
	}
	err := withSecrets(keys, map[string]string{m.SecretName(): password}, func() error {
		_, err := db.Write(ctx, "", func(tx *store.Tx) (err error) {
			m, err = tx.PutMailbox(m)
			return err
		})
		return err
	})
	return m, err
}

// withSecrets keeps secrets, and takes that back where what they are for cannot
// be kept. It comes before the write, since a keyring may wait for a person and
// nobody else can write meanwhile.
func withSecrets(keys secret.Keeper, secrets map[string]string, write func() error) error {
	var err error
	before := map[string]string{}
	for name, value := range secrets {
		if old, have := keys.Value(name); have == nil {
			before[name] = old
		}
		if err = keys.Put(name, value); err != nil {
			break
		}
	}
	if err == nil {
		err = write()
	}
	if err == nil {
		return nil
	}
	for name := range secrets {
		if old, had := before[name]; had {
			err = errors.Join(err, keys.Put(name, old))
		} else {
			err = errors.Join(err, keys.Delete(name))
		}
	}
	return err
}

// ChangePassword keeps another password for a mailbox.
func ChangePassword(keys secret.Keeper, m data.Mailbox, password string) error {
	if password == "" {
		return &data.Invalid{Field: "password", Says: "a mailbox needs a password"}
	}
	return keys.Put(m.SecretName(), password)
}

// RemoveMailbox takes a mailbox away from this workspace, by ID or address, with
// its password and the mails that only it held. The server is not touched.
func RemoveMailbox(ctx context.Context, db *store.DB, keys secret.Keeper, ref string) (data.Mailbox, error) {
	boxes, err := db.Mailboxes(ctx)
	if err != nil {
		return data.Mailbox{}, err
	}
	for _, m := range boxes {
		if m.ID != ref && m.Address != ref && m.Address != text.NormalAddress(ref) {
			continue
		}
		if _, err := db.Write(ctx, "", func(tx *store.Tx) error { return tx.DeleteMailbox(m.ID) }); err != nil {
			return m, err
		}
		if m.Imported() {
			return m, nil
		}
		return m, keys.Delete(m.SecretName())
	}
	return data.Mailbox{}, fmt.Errorf("mailbox %s: %w", ref, data.ErrNotFound)
}

// TryMailbox connects, signs in and lists the folders, and changes nothing. What
// goes wrong is a *data.Problem.
func TryMailbox(ctx context.Context, m data.Mailbox, password string) (folders []string, err error) {
	m = m.Tidy()
	if err := m.Check(); err != nil {
		return nil, err
	}
	s := mail.Source{Mailbox: m, Password: func(context.Context) (string, error) { return password, nil }}
	return s.Folders(ctx)
}

// AddCalendar keeps a calendar from a link or a file. The name defaults to the
// file's or the link's host. Links are kept as secrets, since they often hold a
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
	c.ID = store.NewID()
	secrets := map[string]string{}
	if link != "" {
		secrets[c.LinkSecret()] = link
	}
	if user != "" {
		secrets[c.PasswordSecret()] = password
	}
	err = withSecrets(keys, secrets, func() error {
		_, err := db.Write(ctx, "", func(tx *store.Tx) (err error) {
			c, err = tx.PutCalendar(c)
			return err
		})
		return err
	})
	return c, err
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
	info, err := os.Stat(abs)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return data.Calendar{}, "", &data.Problem{Kind: data.NoFile, About: path, Cause: err}
	case err != nil:
		return data.Calendar{}, "", &data.Problem{Kind: data.Forbidden, About: path, Cause: err}
	case info.IsDir():
		return data.Calendar{}, "", &data.Invalid{Field: "file", Says: path + " is a folder; name one .ics file"}
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
