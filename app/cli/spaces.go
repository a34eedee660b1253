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
	"rapport/sync/secret"
	"rapport/sync/space"
)

func spaceCreateVerb() *verb {
	return &verb{
		name: "space create", args: "NAME", does: "Make a space that a team shares",
		more: `A space is people who share: whoever holds its keys sees all that is in it, and
nobody else. -folder names a folder that all of them see, on a file server or kept
the same by a cloud folder's program; what lies there is sealed. Nothing is in the
space until an account is put there: rapport space share.

  rapport space create Larkfield -folder ~/Nextcloud/Larkfield
  rapport space create "Kestrel and us" -joint -folder /srv/shared`,
		least: 1, most: 1,
		flags: []flag{{name: "folder", value: "DIR", does: "the folder that all members see"}, {name: "joint", does: "with the customer or a partner: only what is put there on purpose"}, asFlag, jsonFlag},
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
Mail, calendar and drafts stay on this laptop. Without -yes it says what would go.

  rapport space share "Kestrel Museums" -to Larkfield
  rapport space share "Kestrel Museums" -to Larkfield -yes`,
		least: 1, most: 1,
		flags: []flag{{name: "to", value: "SPACE", does: "the space"}, {name: "yes", does: "do it"}, {name: "whole", does: "into a joint space too, where outsiders then see all of it"}, jsonFlag},
		run:   runSpaceShare,
	}
}

func spaceInviteVerb() *verb {
	return &verb{
		name: "space invite", args: "SPACE", does: "Write an invitation for one person",
		more: `The file holds a secret that works once: send it by a way that only this person
reads. Who brings it back is let in when you exchange next.

  rapport space invite Larkfield -name "Jonas Weber" -o jonas.invitation
  rapport space invite "Kestrel and us" -name "Anna Kessler" -side customer -role contributor -from-now -o anna.invitation`,
		least: 1, most: 1,
		flags: []flag{
			{name: "name", value: "NAME", does: "for whom it is"}, {name: "role", value: "ROLE", does: "owner, admin, editor, contributor or reader (else editor)"},
			{name: "side", value: "SIDE", does: "us, customer or partner (else us)"}, {name: "discipline", value: "WORD", does: "sales, support, delivery, finance …"},
			{name: "from-now", does: "without what was written before"}, {name: "o", value: "FILE", does: "where the invitation is written"},
		},
		run: runSpaceInvite,
	}
}

func spaceJoinVerb() *verb {
	return &verb{
		name: "space join", args: "FILE", does: "Join a space with an invitation",
		more: `-folder is where you see the folder that the space lies in. What the others
share comes when whoever invited you has exchanged once more.

  rapport space join jonas.invitation -folder ~/Nextcloud/Larkfield`,
		least: 1, most: 1, flags: []flag{{name: "folder", value: "DIR", does: "the folder that all members see"}, asFlag}, run: runSpaceJoin,
	}
}

func spaceSyncVerb() *verb {
	return &verb{
		name: "space sync", args: "[SPACE]", does: "Exchange with one space, or with all",
		more: "  rapport space sync\n  rapport space sync Larkfield", most: 1, flags: []flag{jsonFlag}, run: runSpaceSync,
	}
}

func spaceStatusVerb() *verb {
	return &verb{
		name: "space status", args: "[SPACE]", does: "Say how the spaces stand",
		more: `Laptops that have the same of a space print the same state hash.

  rapport space status -json`,
		most: 1, flags: []flag{jsonFlag}, run: runSpaceStatus,
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

func bundleExportVerb() *verb {
	return &verb{
		name: "bundle export", args: "SPACE", does: "Write what this laptop has of a space to one file",
		more: `For those who see no folder with you: send the file by mail or carry it on a stick.
It is sealed as in the folder. -since leaves out what is in a bundle of theirs.

  rapport bundle export "Kestrel and us" -o for-anna.bundle`,
		least: 1, most: 1,
		flags: []flag{{name: "o", value: "FILE", does: "where the bundle is written"}, {name: "since", value: "BUNDLE", does: "leave out what is in this one"}},
		run:   runBundleExport,
	}
}

func bundleImportVerb() *verb {
	return &verb{
		name: "bundle import", args: "SPACE FILE", does: "Take in what a bundle holds of a space",
		more: "  rapport bundle import \"Kestrel and us\" from-anna.bundle", least: 2, most: 2, flags: []flag{jsonFlag}, run: runBundleImport,
	}
}

func recoveryKeyVerb() *verb {
	return &verb{
		name: "recovery-key", does: "Print what makes a new laptop you again, or use it",
		more: `Print it and keep it where you keep a passport: whoever holds it is you in every
space. On a new laptop, -use reads it from standard input.

  rapport recovery-key
  rapport recovery-key -use < recovery.txt`,
		flags: []flag{{name: "use", does: "read a recovery key from standard input, and be that person here"}}, run: runRecoveryKey,
	}
}

// spaces hands the workspace's spaces to do.
func (c *call) spaces(mustExist bool, do func(*store.DB, *space.Spaces) error) error {
	return c.with(mustExist, func(db *store.DB) error {
		keys, err := secret.Open(db.Dir())
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

// place is where a space is carried, by the flags.
func (c *call) place() (string, error) {
	if dir := c.text("folder"); dir != "" {
		return space.FolderPlace(dir)
	}
	if c.has("folder") {
		return "", misuse(c.verb, "flag -folder needs a folder")
	}
	return "", nil
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
	place, err := c.place()
	if err != nil {
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
		s, err := all.Create(c.ctx, c.args[0], kind, place)
		if err != nil {
			return err
		}
		if c.on("json") {
			return writeJSON(c.out, spaceOf(s))
		}
		c.printf("%s is made; you are its owner. Nothing is in it yet: rapport space share ACCOUNT -to %q\n", s.Name, s.Name)
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
			c.printf("%s would go: %s. Mail, calendar and drafts stay here. Say -yes to do it.\n", a.Name, data.CountedKinds(j.Things))
		}
		return nil
	})
}

func runSpaceInvite(c *call) error {
	who := data.Invitee{
		Name: c.text("name"), Role: data.SpaceRole(strings.ToLower(c.text("role"))), Side: data.Side(strings.ToLower(c.text("side"))),
		Discipline: c.text("discipline"), History: !c.on("from-now"),
	}
	file := c.text("o")
	if file == "" {
		return misuse(c.verb, "say where the invitation is written, with -o FILE")
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
		if err := writeNew(file, body); err != nil {
			return err
		}
		c.printf("%s holds the invitation for %s; send it by a way that only they read\n", file, strings.TrimSpace(who.Name))
		return nil
	})
}

// writeNew writes a file that only its owner reads, and refuses to replace one.
func writeNew(file string, body []byte) error {
	f, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, os.ErrExist) {
		return &data.Invalid{Field: "o", Says: file + " is there already; choose another name"}
	}
	if err != nil {
		return err
	}
	_, err = f.Write(body)
	return errors.Join(err, f.Close())
}

func runSpaceJoin(c *call) error {
	place, err := c.place()
	if err != nil {
		return err
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
		s, err := all.Join(c.ctx, body, place)
		if err != nil {
			return err
		}
		c.printf("You asked to join %s; it opens when whoever invited you has exchanged once more and you have too\n", s.Name)
		return nil
	})
}

type exchangedJSON struct {
	Space   string   `json:"space"`
	Came    int      `json:"came"`
	Applied int      `json:"applied"`
	Waiting int      `json:"waiting"`
	KeptOut int      `json:"keptOut"`
	Sent    int      `json:"sent"`
	Refused []string `json:"refused"`
	// Admitted are who was let in, ToConfirm who asks to come in by a code.
	Admitted  []string `json:"admitted"`
	ToConfirm []string `json:"toConfirm"`
	Pending   bool     `json:"pending"`
	Left      bool     `json:"left"`
	Problem   string   `json:"problem,omitempty"`
}

func exchangedOf(s data.Space, r space.Report) exchangedJSON {
	return exchangedJSON{
		Space: s.Name, Came: r.Came, Applied: r.Received.Applied, Waiting: r.Received.Waiting, KeptOut: r.Received.KeptOut, Sent: r.Sent,
		Refused: append([]string{}, r.Refused...), Admitted: append([]string{}, r.Admitted...), ToConfirm: append([]string{}, r.ToConfirm...), Pending: r.Pending, Left: r.Left,
	}
}

// writeExchanged says what an exchange did.
func (c *call) writeExchanged(j exchangedJSON) {
	if j.Pending {
		c.printf("%s: nobody has let you in yet; ask whoever invited you to exchange once more\n", j.Space)
		return
	}
	if j.Left {
		c.printf("%s: you are no longer a member; what you have of it stays, and nothing new comes\n", j.Space)
		return
	}
	c.printf("%s: took %s, gave %s\n", j.Space, data.Counted(j.Applied, "change", "changes"), data.Counted(j.Sent, "piece", "pieces"))
	for _, name := range j.Admitted {
		c.printf("%s: %s is a member now\n", j.Space, name)
	}
	for _, who := range j.ToConfirm {
		c.printf("%s: asks to come in: %s\n", j.Space, who)
	}
	if j.KeptOut > 0 {
		c.note("%s: %s kept out, since their authors were not allowed to make them; rapport space status counts them", j.Space, data.Counted(j.KeptOut, "change was", "changes were"))
	}
	for _, why := range j.Refused {
		c.note("%s: refused %s", j.Space, why)
	}
}

func runSpaceSync(c *call) error {
	return c.spaces(true, func(db *store.DB, all *space.Spaces) error {
		list, err := c.meant(db)
		if err != nil {
			return err
		}
		var done []exchangedJSON
		var failed error
		for _, s := range list {
			r, err := all.Sync(c.ctx, s.ID)
			j := exchangedOf(s, r)
			if err != nil {
				j.Problem, failed = err.Error(), errors.Join(failed, fmt.Errorf("%s: %w", s.Name, err))
			}
			done = append(done, j)
		}
		if c.on("json") {
			return errors.Join(writeArray(c.out, each(done, func(j exchangedJSON) exchangedJSON { return j })), failed)
		}
		for _, j := range done {
			if j.Problem == "" {
				c.writeExchanged(j)
			}
		}
		return failed
	})
}

// meant are the spaces that a command is about: the one that it names, else all.
func (c *call) meant(db *store.DB) ([]data.Space, error) {
	if len(c.args) == 0 {
		list, err := db.Spaces(c.ctx)
		if err == nil && len(list) == 0 {
			c.note("nothing is shared yet; make a space with rapport space create, or join one")
		}
		return list, err
	}
	s, err := c.theSpace(db, c.args[0])
	return []data.Space{s}, err
}

type statusJSON struct {
	Name      string `json:"name"`
	ID        string `json:"id"`
	StateHash string `json:"stateHash"`
	Members   int    `json:"members"`
	Conflicts int    `json:"conflicts"`
	KeptOut   int    `json:"keptOut"`
	Refused   int    `json:"refused"`
	LastSync  string `json:"lastSync"`
	Problem   string `json:"problem"`
}

func runSpaceStatus(c *call) error {
	return c.read(func(db *store.DB) error {
		list, err := c.meant(db)
		if err != nil {
			return err
		}
		conflicts, err := db.Conflicts(c.ctx, "")
		if err != nil {
			return err
		}
		var all []statusJSON
		for _, s := range list {
			j, err := c.spaceStatus(db, s, conflicts)
			if err != nil {
				return err
			}
			all = append(all, j)
		}
		if c.on("json") {
			return writeArray(c.out, each(all, func(j statusJSON) statusJSON { return j }))
		}
		var rows [][]string
		for _, j := range all {
			rows = append(rows, []string{j.Name, fmt.Sprint(j.Members), fmt.Sprint(j.Conflicts), cmp.Or(j.LastSync, "never"), j.StateHash[:12], j.Problem})
		}
		if len(rows) == 0 {
			return nil
		}
		return table(c.out, []column{{head: "SPACE", most: 32}, {head: "MEMBERS", right: true}, {head: "TO CHOOSE", right: true}, {head: "LAST EXCHANGE"}, {head: "STATE"}, {head: "PROBLEM", rest: true}}, rows)
	})
}

func (c *call) spaceStatus(db *store.DB, s data.Space, conflicts []data.Conflict) (statusJSON, error) {
	j := statusJSON{Name: s.Name, ID: s.ID, Problem: s.Problem}
	if !s.SyncedAt.IsZero() {
		j.LastSync = s.SyncedAt.UTC().Format(time.RFC3339)
	}
	for _, f := range conflicts {
		if f.Space == s.ID {
			j.Conflicts++
		}
	}
	members, err := db.Members(c.ctx, s.ID)
	if err != nil {
		return j, err
	}
	for _, m := range members {
		if m.Role != "" {
			j.Members++
		}
	}
	out, err := db.KeptOut(c.ctx, s.ID)
	if err != nil {
		return j, err
	}
	refused, err := db.RefusedPieces(c.ctx, s.ID)
	if err != nil {
		return j, err
	}
	j.KeptOut, j.Refused = len(out), len(refused)
	j.StateHash, err = db.StateHash(c.ctx, s.ID)
	return j, err
}

type memberJSON struct {
	ID         string `json:"id"`
	Name       string `json:"name"`
	Side       string `json:"side"`
	Discipline string `json:"discipline"`
	Role       string `json:"role"`
	Since      string `json:"since"`
	You        bool   `json:"you"`
}

func runSpaceMembers(c *call) error {
	return c.read(func(db *store.DB) error {
		s, err := c.theSpace(db, c.args[0])
		if err != nil {
			return err
		}
		members, err := db.Members(c.ctx, s.ID)
		if err != nil {
			return err
		}
		if c.on("json") {
			return writeArray(c.out, each(members, func(m data.Member) memberJSON {
				return memberJSON{ID: m.ID, Name: m.Name, Side: string(m.Side), Discipline: m.Discipline, Role: string(m.Role), Since: m.Since.UTC().Format(time.DateOnly), You: m.ID == s.Self}
			}))
		}
		var rows [][]string
		for _, m := range members {
			rows = append(rows, []string{m.Name, string(m.Side), cmp.Or(string(m.Role), "removed"), m.Discipline, m.Since.UTC().Format(time.DateOnly)})
		}
		return table(c.out, []column{{head: "NAME", most: 32}, {head: "SIDE"}, {head: "ROLE"}, {head: "DISCIPLINE"}, {head: "SINCE", rest: true}}, rows)
	})
}

func runRecoveryKey(c *call) error {
	return c.spaces(false, func(_ *store.DB, all *space.Spaces) error {
		if c.on("use") {
			typed, err := c.password()
			if err != nil {
				return err
			}
			if err := all.Recover(c.ctx, typed); err != nil {
				return err
			}
			c.print("This laptop is you again; join your spaces with rapport space join\n")
			return nil
		}
		key, err := all.RecoveryKey(c.ctx)
		if err != nil {
			return err
		}
		c.printf("%s\n", key)
		return nil
	})
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

func runBundleExport(c *call) error {
	if c.text("o") == "" {
		return misuse(c.verb, "say where the bundle is written, with -o FILE")
	}
	return c.spaces(true, func(db *store.DB, all *space.Spaces) error {
		s, err := c.theSpace(db, c.args[0])
		if err != nil {
			return err
		}
		n, err := all.ExportBundle(c.ctx, s.ID, c.text("o"), c.text("since"))
		if err != nil {
			return err
		}
		c.printf("%s holds %s of %s\n", c.text("o"), data.Counted(n.Pieces, "piece", "pieces"), s.Name)
		return nil
	})
}

func runBundleImport(c *call) error {
	return c.spaces(true, func(db *store.DB, all *space.Spaces) error {
		s, err := c.theSpace(db, c.args[0])
		if err != nil {
			return err
		}
		r, err := all.ImportBundle(c.ctx, s.ID, c.args[1])
		if err != nil {
			return err
		}
		if c.on("json") {
			return writeJSON(c.out, exchangedOf(s, r))
		}
		c.writeExchanged(exchangedOf(s, r))
		return nil
	})
}
