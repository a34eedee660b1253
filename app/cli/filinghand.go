package cli

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"rapport/data"
	"rapport/data/store"
)

const oneMore = `MESSAGE is a mail's Message-ID, its ID or the beginning of that, or the ID of a meeting.
Only this one is meant; filing assign files all of a sender's.
rapport undo takes it back.`

func filingAddVerb() *verb {
	return &verb{
		name: "filing add", args: "MESSAGE ACCOUNT", does: "Put one mail or meeting on an account's timeline too",
		more: oneMore, least: 2, most: 2, flags: []flag{jsonFlag}, run: func(c *call) error { return c.fileOne(true) },
	}
}

func filingRemoveVerb() *verb {
	return &verb{
		name: "filing remove", args: "MESSAGE ACCOUNT", does: "Take one mail or meeting off an account's timeline",
		more: oneMore, least: 2, most: 2, flags: []flag{jsonFlag}, run: func(c *call) error { return c.fileOne(false) },
	}
}

func (c *call) fileOne(on bool) error {
	return c.read(func(db *store.DB) error {
		known, err := c.names(db)
		if err != nil {
			return err
		}
		a, err := known.account(c.args[1])
		if err != nil {
			return err
		}
		i, err := c.oneEntry(db, c.args[0])
		if err != nil {
			return err
		}
		title := data.TitleOf(i.Interaction)
		here := slices.ContainsFunc(i.Matches, func(m data.Match) bool { return m.Account == a.ID })
		switch {
		case slices.Contains(data.Logged, i.Kind):
			return errors.New("what was logged by hand belongs to its own account")
		case here && on:
			return fmt.Errorf("%s is on the timeline of %s already", plainText(title), a.Name)
		case !here && !on:
			return fmt.Errorf("%s is not on the timeline of %s", plainText(title), a.Name)
		}
		return c.decide(db, decision{label: data.ByHandWords(title, a.Name, on), moved: 1, do: func(tx *store.Tx) error { return tx.FileByHand(i.ID, a.ID, on) }})
	})
}

// oneEntry is the timeline entry of a mail, or a meeting.
func (c *call) oneEntry(db *store.DB, ref string) (data.InteractionDetail, error) {
	ref = strings.Trim(strings.TrimSpace(ref), "<>")
	i, err := db.Interaction(c.ctx, ref)
	if !errors.Is(err, data.ErrNotFound) {
		return i, err
	}
	facts, err := c.mailFacts(db, ref)
	switch {
	case err != nil:
		return i, err
	case len(facts.Found) == 0:
		return i, fmt.Errorf("no mail or meeting has the ID %s; rapport why says more", plainText(ref))
	}
	return db.Interaction(c.ctx, facts.Found[0].Interaction)
}
