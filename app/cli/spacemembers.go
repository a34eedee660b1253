package cli

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"rapport/data"
	"rapport/data/store"
	"rapport/sync"
	"rapport/sync/space"
)

func spaceInviteVerb() *verb {
	return &verb{
		name: "space invite", args: "SPACE", does: "Make an invitation for one person",
		more: `The file holds a secret that works once: send it by a way that only this person
reads. Who brings it back is let in when you exchange next. -code makes a short code
in place of a file, to say on the telephone; who comes by it waits until you have
compared their fingerprint: rapport space confirm.

  rapport space invite Larkfield -name "Jonas Weber" -o jonas.invitation
  rapport space invite Larkfield -name "Jonas Weber" -code
  rapport space invite "Kestrel and us" -name "Anna Kessler" -side customer -role contributor -from-now -o anna.invitation`,
		least: 1, most: 1,
		flags: []flag{
			{name: "name", value: "NAME", does: "for whom it is"}, {name: "role", value: "ROLE", does: "owner, admin, editor, contributor or reader (else editor)"},
			{name: "side", value: "SIDE", does: "us, customer or partner (else us)"}, {name: "discipline", value: "WORD", does: "sales, support, delivery, finance …"},
			{name: "from-now", does: "without what was written before"}, {name: "o", value: "FILE", does: "where the invitation is written"},
			{name: "code", does: "a short code in place of a file"}, jsonFlag,
		},
		run: runSpaceInvite,
	}
}

func spaceJoinVerb() *verb {
	return &verb{
		name: "space join", args: "FILE|CODE", does: "Join a space with an invitation",
		more: `It is a file, or a short code that is looked for where the space is carried. -folder is where you see the folder that the space lies in. Where it lies on a hub the
invitation says which, and -credentials are what whoever runs the hub gave you. What
the others share comes when whoever invited you has exchanged once more.

  rapport space join jonas.invitation -folder ~/Nextcloud/Larkfield
  rapport space join K7QMB-2XWRT -folder ~/Nextcloud/Larkfield
  rapport space join jonas.invitation -credentials jonas.creds`,
		least: 1, most: 1, flags: append(placeFlags(), asFlag), run: runSpaceJoin,
	}
}

func spaceMembersVerb() *verb {
	return &verb{name: "space members", args: "SPACE", does: "List who shares a space", least: 1, most: 1, flags: []flag{jsonFlag}, run: runSpaceMembers}
}

func spaceRoleVerb() *verb {
	return &verb{
		name: "space role", args: "SPACE MEMBER ROLE", does: "Give a member another role",
		more:  "  rapport space role Larkfield \"Jonas Weber\" reader",
		least: 3, most: 3, run: runSpaceRole,
	}
}

func spaceRemoveVerb() *verb {
	return &verb{
		name: "space remove", args: "SPACE MEMBER", does: "Take somebody out of a space",
		more: `From then on another key is used, and what they write is kept out. What they have
read cannot be unread.

  rapport space remove Larkfield "Jonas Weber"`,
		least: 2, most: 2, run: runSpaceRemove,
	}
}

type inviteJSON struct {
	Space string `json:"space"`
	Name  string `json:"name"`
	File  string `json:"file,omitempty"`
	Code  string `json:"code,omitempty"`
}

func runSpaceInvite(c *call) error {
	who := data.Invitee{
		Name: c.text("name"), Role: data.SpaceRole(strings.ToLower(c.text("role"))), Side: data.Side(strings.ToLower(c.text("side"))),
		Discipline: c.text("discipline"), History: !c.on("from-now"),
	}
	file := c.text("o")
	switch {
	case c.on("code") && c.has("o"):
		return misuse(c.verb, "say -o FILE or -code, not both")
	case c.on("code"):
		return c.inviteByCode(who)
	case file == "":
		return misuse(c.verb, "say where the invitation is written, with -o FILE, or -code")
	}
	if _, err := os.Lstat(file); err == nil { // before an invitation is made that nobody could get
		return &data.Invalid{Field: "o", Says: file + " is there already; choose another name"}
	}
	return c.spaces(true, func(db *store.DB, all *space.Spaces) error {
		s, err := c.theSpace(db, c.args[0])
		if err != nil {
			return err
		}
		body, err := all.Invite(c.ctx, s.ID, who)
		if err != nil {
			return err
		}
		if err := sync.WriteNew(file, body); err != nil {
			return err
		}
		if c.on("json") {
			return writeJSON(c.out, inviteJSON{Space: s.Name, Name: strings.TrimSpace(who.Name), File: file})
		}
		c.printf("%s holds the invitation for %s; send it by a way that only they read\n", file, strings.TrimSpace(who.Name))
		return nil
	})
}

// inviteByCode makes an invitation that a short code finds, and prints the code.
func (c *call) inviteByCode(who data.Invitee) error {
	return c.spaces(true, func(db *store.DB, all *space.Spaces) error {
		s, err := c.theSpace(db, c.args[0])
		if err != nil {
			return err
		}
		code, err := all.InviteByCode(c.ctx, s.ID, who)
		if err != nil {
			return err
		}
		if c.on("json") {
			return writeJSON(c.out, inviteJSON{Space: s.Name, Name: strings.TrimSpace(who.Name), Code: code})
		}
		c.printf("%s\n", code)
		c.note("tell %s this code, good for 14 days; once they have joined with it, rapport space confirm %q lets them in", strings.TrimSpace(who.Name), s.Name)
		return nil
	})
}

// joinByCode joins with a short code, and says what is to be read out.
func (c *call) joinByCode() error {
	return c.spaces(false, func(db *store.DB, all *space.Spaces) error {
		if err := c.introduce(db); err != nil {
			return err
		}
		place, err := c.place(all, nil)
		if err != nil {
			return err
		}
		s, err := all.JoinByCode(c.ctx, c.args[0], place)
		if err != nil {
			return err
		}
		c.printf("You asked to join %s; it opens once whoever invited you has compared your fingerprint:\n  %s\n", s.Name, space.Fingerprint(s.Self))
		return nil
	})
}

func runSpaceJoin(c *call) error {
	if err := c.checkPlace(); err != nil {
		return err
	}
	if space.IsCode(c.args[0]) {
		return c.joinByCode()
	}
	body, err := os.ReadFile(filepath.Clean(c.args[0]))
	if errors.Is(err, os.ErrNotExist) {
		return &data.Problem{Kind: data.NoFile, About: c.args[0], Cause: err}
	}
	if err != nil {
		return err
	}
	return c.spaces(false, func(db *store.DB, all *space.Spaces) error {
		if err := c.introduce(db); err != nil {
			return err
		}
		place, err := c.place(all, all.Hint(body))
		if err != nil {
			return err
		}
		s, err := all.Join(c.ctx, body, place)
		if err != nil {
			return err
		}
		c.printf("You asked to join %s; it opens when whoever invited you has exchanged once more and you have too\n", s.Name)
		return nil
	})
}

type memberJSON struct {
	ID         string `json:"id"`
	Name       string `json:"name"`
	Side       string `json:"side"`
	Discipline string `json:"discipline"`
	Role       string `json:"role"`
	Since      string `json:"since"`
	You        bool   `json:"you"`
	// Heard is when one of their laptops last said how far it is, "" for never; Lacks
	// is how many of the changes here it had not then, the first of SeenUntil.
	Heard     string `json:"heard"`
	Lacks     int    `json:"lacks"`
	SeenUntil string `json:"seenUntil"`
}

func runSpaceMembers(c *call) error {
	return c.read(func(db *store.DB) error {
		s, err := c.theSpace(db, c.args[0])
		if err != nil {
			return err
		}
		members, err := db.Presence(c.ctx, s.ID)
		if err != nil {
			return err
		}
		if c.on("json") {
			return writeArray(c.out, each(members, func(m data.Member) memberJSON {
				return memberJSON{ID: m.ID, Name: m.Name, Side: string(m.Side), Discipline: m.Discipline, Role: string(m.Role), Since: m.Since.UTC().Format(time.DateOnly), You: m.ID == s.Self,
					Heard: rfcOrNone(m.HeardAt), Lacks: m.Lacks, SeenUntil: rfcOrNone(m.SeenUntil)}
			}))
		}
		var rows [][]string
		for _, m := range members {
			words := ""
			if m.ID != s.Self {
				words = data.SeenWords(m, c.now())
			}
			rows = append(rows, []string{m.Name, string(m.Side), cmp.Or(string(m.Role), "removed"), m.Discipline, m.Since.UTC().Format(time.DateOnly), words})
		}
		return table(c.out, []column{{head: "NAME", most: 32}, {head: "SIDE"}, {head: "ROLE"}, {head: "DISCIPLINE"}, {head: "SINCE"}, {head: "WHEN LAST HEARD", rest: true}}, rows)
	})
}

// rfcOrNone is a moment, "" for none.
func rfcOrNone(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

// theMember is the member that is meant by name or ID.
func (c *call) theMember(db *store.DB, s data.Space, ref string) (data.Member, error) {
	members, err := db.Members(c.ctx, s.ID)
	if err != nil {
		return data.Member{}, err
	}
	for _, m := range members {
		if m.Role != "" && (m.ID == ref || strings.EqualFold(m.Name, strings.TrimSpace(ref))) {
			return m, nil
		}
	}
	return data.Member{}, &data.Invalid{Field: "member", Says: fmt.Sprintf("%s has no member called %s; rapport space members names them", s.Name, ref)}
}

// ofMember hands a space and a member of it, as the arguments name them, to do.
func (c *call) ofMember(do func(*space.Spaces, data.Space, data.Member) error) error {
	return c.spaces(true, func(db *store.DB, all *space.Spaces) error {
		s, err := c.theSpace(db, c.args[0])
		if err != nil {
			return err
		}
		m, err := c.theMember(db, s, c.args[1])
		if err != nil {
			return err
		}
		return do(all, s, m)
	})
}

func runSpaceRole(c *call) error {
	return c.ofMember(func(all *space.Spaces, s data.Space, m data.Member) error {
		role := data.SpaceRole(strings.ToLower(c.args[2]))
		if err := all.SetRole(c.ctx, s.ID, m.ID, role); err != nil {
			return err
		}
		c.printf("%s is %s of %s now\n", m.Name, role, s.Name)
		return nil
	})
}

func runSpaceRemove(c *call) error {
	return c.ofMember(func(all *space.Spaces, s data.Space, m data.Member) error {
		if err := all.Remove(c.ctx, s.ID, m.ID); err != nil {
			return err
		}
		c.printf("%s is no longer a member of %s; what they read before stays read\n", m.Name, s.Name)
		return nil
	})
}
