package cli

import (
	"cmp"
	"fmt"
	"strings"

	"rapport/data"
	"rapport/data/store"
	"rapport/sync"
	"rapport/sync/space"
)

func spaceCreateVerb() *verb {
	return &verb{
		name: "space create", args: "NAME", does: "Make a space that a team shares",
		more: `A space is people who share: whoever holds its keys sees all that is in it, and
nobody else. -folder names a folder that all of them see, on a file server or kept
the same by a cloud folder's program; what lies there is sealed. Nothing is in the
space until an account is put there: rapport space share. -hub and -credentials take a
place on a hub that your team runs itself, in place of a folder; whoever runs it gives
you the credentials, which go into the keyring. docs/hub says how a hub is set up.

  rapport space create Larkfield -folder ~/Nextcloud/Larkfield
  rapport space create Larkfield -hub tls://nats1.larkfield.example -credentials maya.creds
  rapport space create "Kestrel and us" -joint -folder /srv/shared`,
		least: 1, most: 1,
		flags: append(placeFlags(), flag{name: "joint", does: "with the customer or a partner: only what is put there on purpose"}, asFlag, jsonFlag),
		run:   runSpaceCreate,
	}
}

// asFlag says who one is to the others of a space.
var asFlag = flag{name: "as", value: "NAME", does: "what the others call you (else the name in the settings)"}

func spaceListVerb() *verb {
	return &verb{name: "space list", does: "List the spaces that this laptop shares", flags: []flag{jsonFlag}, run: runSpaceList}
}

func spaceShareVerb() *verb {
	return &verb{
		name: "space share", args: "ACCOUNT", does: "Put an account into a space",
		more: `What goes is the account, its people, what we know of them, owe to or agreed with
them, and what was logged by hand, as it is now; all of it that comes later follows.
Of its mail the members of a team's space are told what the mailbox's rule lets out
(rapport mailbox set -share), nothing until you say otherwise; calendar and drafts
stay on this laptop. Without -yes it says what would go.

  rapport space share "Kestrel Museums" -to Larkfield
  rapport space share "Kestrel Museums" -to Larkfield -yes`,
		least: 1, most: 1,
		flags: []flag{{name: "to", value: "SPACE", does: "the space"}, {name: "yes", does: "do it"}, {name: "whole", does: "into a joint space too, where outsiders then see all of it"}, jsonFlag},
		run:   runSpaceShare,
	}
}

// spaces hands the workspace's spaces to do.
func (c *call) spaces(mustExist bool, do func(*store.DB, *space.Spaces) error) error {
	return c.with(mustExist, func(db *store.DB) error {
		keys, err := sync.Keys(c.ctx, db)
		if err != nil {
			return err
		}
		return do(db, space.New(db, keys, c.now))
	})
}

// introduce keeps the name that -as says.
func (c *call) introduce(db *store.DB) error {
	name := strings.TrimSpace(c.text("as"))
	if name == "" {
		return nil
	}
	_, err := db.Write(c.ctx, "", func(tx *store.Tx) error { return tx.PutSetting(store.SettingUserName, name) })
	return err
}

// theSpace is the space that is meant by its name or the beginning of its ID.
func (c *call) theSpace(db *store.DB, ref string) (data.Space, error) {
	list, err := db.Spaces(c.ctx)
	if err != nil {
		return data.Space{}, err
	}
	var found []data.Space
	for _, s := range list {
		if strings.EqualFold(s.Name, strings.TrimSpace(ref)) || s.ID == ref {
			found = append(found, s)
		}
	}
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		return data.Space{}, &data.Invalid{Field: "space", Says: fmt.Sprintf("there is no space called %s; rapport space list names them", ref)}
	}
	return data.Space{}, &data.Invalid{Field: "space", Says: fmt.Sprintf("%d spaces are called %s; use the ID that rapport space list -json says", len(found), ref)}
}

type spaceJSON struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Kind  string `json:"kind"`
	Place string `json:"place"`
}

func spaceOf(s data.Space) spaceJSON {
	return spaceJSON{ID: s.ID, Name: s.Name, Kind: string(s.Kind), Place: s.Place}
}

func runSpaceCreate(c *call) error {
	if err := c.checkPlace(); err != nil {
		return err
	}
	kind := data.TeamSpace
	if c.on("joint") {
		kind = data.JointSpace
	}
	return c.spaces(false, func(db *store.DB, all *space.Spaces) error {
		if err := c.introduce(db); err != nil {
			return err
		}
		place, err := c.place(all, nil)
		if err != nil {
			return err
		}
		s, err := all.Create(c.ctx, c.args[0], kind, place)
		if err != nil {
			return err
		}
		if c.on("json") {
			return writeJSON(c.out, spaceOf(s))
		}
		next := "rapport space share"
		if kind == data.JointSpace {
			next = "rapport plan put"
		}
		c.printf("%s is made; you are its owner. Nothing is in it yet: %s ACCOUNT -to %q\n", s.Name, next, s.Name)
		return nil
	})
}

func runSpaceList(c *call) error {
	return c.read(func(db *store.DB) error {
		list, err := db.Spaces(c.ctx)
		if err != nil {
			return err
		}
		if c.on("json") {
			return writeArray(c.out, each(list, spaceOf))
		}
		if len(list) == 0 {
			c.note("nothing is shared yet; make a space with rapport space create, or join one")
			return nil
		}
		var rows [][]string
		for _, s := range list {
			rows = append(rows, []string{s.Name, string(s.Kind), cmp.Or(s.Place, "bundle files")})
		}
		return table(c.out, []column{{head: "SPACE", most: 32}, {head: "KIND"}, {head: "PLACE", rest: true}}, rows)
	})
}

type sharedJSON struct {
	Space  string         `json:"space"`
	Things map[string]int `json:"things"`
	Mail   int            `json:"mail"` // mails of which its rule lets something out
	Done   bool           `json:"done"`
}

func runSpaceShare(c *call) error {
	if c.text("to") == "" {
		return misuse(c.verb, "say which space it goes to, with -to")
	}
	return c.read(func(db *store.DB) error {
		known, err := c.names(db)
		if err != nil {
			return err
		}
		a, err := known.account(c.args[0])
		if err != nil {
			return err
		}
		s, err := c.theSpace(db, c.text("to"))
		if err != nil {
			return err
		}
		list, err := db.WouldShare(c.ctx, a.ID, s.ID)
		if err != nil {
			return err
		}
		j := sharedJSON{Space: s.Name, Things: map[string]int{}, Done: c.on("yes")}
		for _, ref := range list {
			j.Things[ref.Kind]++
		}
		told, err := db.WouldTell(c.ctx, a.ID, s.ID)
		if err != nil {
			return err
		}
		j.Mail = len(told)
		if j.Done && s.Kind == data.JointSpace && !c.on("whole") {
			return &data.Invalid{Field: "space", Says: s.Name + " is shared with a customer or a partner, who would see all of this, our facts and ratings too; say -whole where you mean that"}
		}
		if j.Done {
			if _, err := db.Write(c.ctx, "", func(tx *store.Tx) error {
				_, err := tx.ShareAccount(a.ID, s.ID)
				return err
			}); err != nil {
				return err
			}
		}
		switch {
		case c.on("json"):
			return writeJSON(c.out, j)
		case len(list) == 0:
			c.printf("%s is in %s already\n", a.Name, s.Name)
		case j.Done:
			c.printf("%s is in %s now: %s; the others have it when you and they have exchanged\n", a.Name, s.Name, data.CountedKinds(j.Things))
		default:
			mail := "Mail, calendar and drafts stay here."
			if j.Mail > 0 {
				mail = "Of " + data.Counted(j.Mail, "mail", "mails") + " the members are told what its rule lets out; calendar and drafts stay here."
			}
			c.printf("%s would go: %s. %s Say -yes to do it.\n", a.Name, data.CountedKinds(j.Things), mail)
		}
		return nil
	})
}
