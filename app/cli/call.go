package cli

import (
	"bufio"
	"context"
	"errors"
	"io"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"rapport/data"
	"rapport/data/store"
)

// call is one command under way.
type call struct {
	program
	given
	ctx  context.Context
	verb *verb
	out  *bufio.Writer
	// beside is what is written together with a draft, nil for nothing.
	beside func(*store.Tx, data.Draft) error
}

// Workspace is the folder that is used when no command names one:
// RAPPORT_WORKSPACE, else rapport/workspace in the user's config folder.
func Workspace() (string, error) { return workspaceIn(os.Getenv) }

func workspaceIn(env func(string) string) (string, error) {
	if dir := env("RAPPORT_WORKSPACE"); dir != "" {
		return dir, nil
	}
	config, err := os.UserConfigDir()
	if err != nil {
		return "", errors.New("this system names no config folder; name a workspace with -w")
	}
	return filepath.Join(config, "rapport", "workspace"), nil
}

// workspace is the folder that the command is about.
func (c *call) workspace() (string, error) {
	if c.has("w") {
		if dir := c.text("w"); dir != "" {
			return dir, nil
		}
		return "", misuse(c.verb, "flag -w needs a folder")
	}
	return workspaceIn(c.env)
}

// open opens the window.
func (c *call) open() error {
	dir, err := c.workspace()
	if err != nil {
		return err
	}
	return c.openWindow(dir)
}

func (c *call) openWindow(dir string) error {
	if c.faces.Open == nil {
		return errors.New("this build has no window; rapport help lists the commands")
	}
	if err := c.out.Flush(); err != nil {
		return err
	}
	return c.faces.Open(c.ctx, dir)
}

// read opens the workspace that is there already and hands it to do.
func (c *call) read(do func(*store.DB) error) error { return c.with(true, do) }

// write opens the workspace, making it where there is none, and hands it to do.
func (c *call) write(do func(*store.DB) error) error { return c.with(false, do) }

func (c *call) with(mustExist bool, do func(*store.DB) error) error {
	dir, err := c.workspace()
	if err != nil {
		return err
	}
	db, err := store.Open(c.ctx, dir, store.Options{Now: c.now, MustExist: mustExist})
	if err != nil {
		return err
	}
	return errors.Join(do(db), db.Close())
}

// password is the first line of standard input, when the command asks for one.
func (c *call) password() (string, error) { return c.typedLine("password") }

// typedLine is the first line of standard input, which is a secret of some kind.
func (c *call) typedLine(what string) (string, error) {
	line, err := bufio.NewReader(c.in).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return "", err
	}
	line = strings.TrimSuffix(strings.TrimSuffix(line, "\n"), "\r")
	if line == "" {
		return "", misuse(c.verb, "no %s came on standard input; pipe it in as one line", what)
	}
	return line, nil
}

// number is a flag's value as a number that is not negative, 0 when it was not
// given.
func (c *call) number(name string) (int, error) {
	if !c.has(name) {
		return 0, nil
	}
	n, err := strconv.Atoi(c.text(name))
	if err != nil || n < 0 {
		return 0, misuse(c.verb, "flag -%s needs a number from 0 on; %q is none", name, c.text(name))
	}
	return n, nil
}

// zone is the time zone that moments are read and shown in.
func (c *call) zone(db *store.DB) (*time.Location, error) {
	if c.has("tz") {
		zone, err := time.LoadLocation(c.text("tz"))
		if err != nil {
			return nil, misuse(c.verb, "there is no time zone called %q; write it like Europe/Amsterdam", c.text("tz"))
		}
		return zone, nil
	}
	name, err := db.Setting(c.ctx, store.SettingZone)
	if err != nil || name == "" {
		return time.Local, err
	}
	zone, err := time.LoadLocation(name)
	if err != nil {
		return time.Local, nil // a zone that this system does not know
	}
	return zone, nil
}

// clock is now in the zone of the command.
func (c *call) clock(db *store.DB) (time.Time, error) {
	zone, err := c.zone(db)
	if err != nil {
		return time.Time{}, err
	}
	return c.now().In(zone), nil
}

// when reads a moment: RFC 3339, or a date with or without a clock in the zone.
func (c *call) when(name string, zone *time.Location) (time.Time, error) {
	text := strings.TrimSpace(c.text(name))
	for _, layout := range []string{time.RFC3339, time.DateOnly, "2006-01-02T15:04", "2006-01-02 15:04", "2006-01-02T15:04:05", time.DateTime} {
		if t, err := time.ParseInLocation(layout, text, zone); err == nil {
			return t, nil
		}
	}
	return time.Time{}, misuse(c.verb, "flag -%s needs a time like 2026-11-17T10:30:00+01:00 or a date like 2026-11-17; %q is neither", name, text)
}

// names are what references are resolved against.
type names struct {
	accounts []data.Account
	contacts []data.Contact
}

func (c *call) names(db *store.DB) (n names, err error) {
	if n.accounts, err = db.Accounts(c.ctx); err != nil {
		return n, err
	}
	n.contacts, err = db.Contacts(c.ctx, "")
	return n, err
}

// accountGiven is the ID of the account that the first argument names, "" where
// there is none.
func (c *call) accountGiven(db *store.DB) (string, error) {
	if len(c.args) == 0 {
		return "", nil
	}
	known, err := c.names(db)
	if err != nil {
		return "", err
	}
	a, err := known.account(c.args[0])
	return a.ID, err
}

func (n names) account(ref string) (data.Account, error) {
	return data.ResolveAccount(ref, n.accounts, n.contacts)
}

// contactOf resolves a contact, first among the account's own people.
func (n names) contactOf(a data.Account, ref string) (data.Contact, error) {
	var own []data.Contact
	for _, c := range n.contacts {
		if c.AccountID == a.ID {
			own = append(own, c)
		}
	}
	found, err := data.ResolveContact(ref, own, n.accounts)
	if errors.Is(err, data.ErrNotFound) {
		return data.ResolveContact(ref, n.contacts, n.accounts)
	}
	return found, err
}

// byID are the accounts' names by their IDs.
func (n names) byID() map[string]string {
	names := make(map[string]string, len(n.accounts))
	for _, a := range n.accounts {
		names[a.ID] = a.Name
	}
	return names
}

// decimal is a flag's value as a number that is not negative.
func (c *call) decimal(name string) (float64, error) {
	n, err := strconv.ParseFloat(strings.TrimSpace(c.text(name)), 64)
	if err != nil || !(n >= 0) || math.IsInf(n, 0) {
		return 0, misuse(c.verb, "flag -%s needs a number from 0 on; %q is none", name, c.text(name))
	}
	return n, nil
}
