package cli

import (
	"fmt"
	"strings"
	"time"

	"rapport/data"
	"rapport/data/store"
)

// filterMore explains the filter language from its own table.
func filterMore() string {
	var b strings.Builder
	b.WriteString("A filter is words of which all must hold; commas part values of which one must, and a\nminus before a word turns it round. What has no colon is looked for in names.\n\n")
	for _, w := range data.FilterWords() {
		fmt.Fprintf(&b, "  %-12s %s: %s\n", w.Name, w.Does, w.Values)
	}
	return b.String()
}

func selectionAddVerb() *verb {
	return &verb{
		name: "selection add", args: "NAME FILTER", does: "Save a filter over accounts under a name",
		more:  filterMore() + "\n  rapport selection add \"Winter risk\" \"tier:A warmth:cooling no-meeting:30d\"",
		least: 2, most: 2, flags: []flag{jsonFlag}, run: runSelectionAdd,
	}
}

func selectionListVerb() *verb {
	return &verb{name: "selection list", does: "List the saved filters, with how many accounts each has", flags: []flag{zoneFlag, jsonFlag}, run: runSelectionList}
}

func selectionShowVerb() *verb {
	return &verb{
		name: "selection show", args: "NAME", does: "List the accounts that a saved filter has",
		more: "  rapport selection show \"Winter risk\" -json", least: 1, most: 1, flags: []flag{zoneFlag, jsonFlag}, run: runSelectionShow,
	}
}

func selectionRemoveVerb() *verb {
	return &verb{
		name: "selection remove", args: "NAME", does: "Take a saved filter away; its accounts stay",
		more: "  rapport selection remove \"Winter risk\"", least: 1, most: 1, run: runSelectionRemove,
	}
}

type selectionJSON struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	Where    string `json:"where"`
	Accounts int    `json:"accounts"`
}

func runSelectionAdd(c *call) error {
	filter, err := data.ParseFilter(c.args[1])
	if err != nil {
		return err
	}
	s := data.Selection{Name: strings.TrimSpace(c.args[0]), Where: filter.String()}
	return c.write(func(db *store.DB) error {
		if had, err := selectionNamed(c, db, s.Name); err != nil {
			return err
		} else if had.ID != "" {
			return &data.Invalid{Field: "name", Says: fmt.Sprintf("there is a selection called %s already; remove it first, or take another name", had.Name)}
		}
		if _, err := db.Write(c.ctx, s.Name+" saved", func(tx *store.Tx) (err error) {
			s, err = store.PutPart(tx, s)
			return err
		}); err != nil {
			return err
		}
		if c.on("json") {
			n, err := selectedIn(c, db, s)
			if err != nil {
				return err
			}
			return writeJSON(c.out, selectionOf(s, len(n)))
		}
		c.printf("%s saved: %s\n", s.Name, s.Where)
		return nil
	})
}

func runSelectionList(c *call) error {
	return c.read(func(db *store.DB) error {
		list, err := store.Parts[data.Selection](c.ctx, db, store.PartQuery{})
		if err != nil {
			return err
		}
		entries, about, err := c.entries(db)
		if err != nil {
			return err
		}
		found := make([]selectionJSON, len(list))
		rows := make([][]string, len(list))
		for i, s := range list {
			kept, err := keptBy(s.Where, entries, about)
			if err != nil {
				return err
			}
			found[i] = selectionOf(s, len(kept))
			rows[i] = []string{s.Name, fmt.Sprint(len(kept)), s.Where}
		}
		if c.on("json") {
			return writeArray(c.out, asTheyAre(found))
		}
		if len(list) == 0 {
			c.note("there is no selection yet; save one with rapport selection add")
			return nil
		}
		return table(c.out, []column{{head: "SELECTION", most: 32}, {head: "ACCOUNTS", right: true}, {head: "FILTER", rest: true}}, rows)
	})
}

func runSelectionShow(c *call) error {
	return c.read(func(db *store.DB) error {
		s, err := selectionNamed(c, db, c.args[0])
		if err != nil {
			return err
		}
		if s.ID == "" {
			return fmt.Errorf("selection %q: %w; rapport selection list lists them", c.args[0], data.ErrNotFound)
		}
		list, err := selectedIn(c, db, s)
		if err != nil {
			return err
		}
		return c.writeEntries(db, list)
	})
}

func runSelectionRemove(c *call) error {
	return c.read(func(db *store.DB) error {
		s, err := selectionNamed(c, db, c.args[0])
		if err != nil {
			return err
		}
		if s.ID == "" {
			return fmt.Errorf("selection %q: %w; rapport selection list lists them", c.args[0], data.ErrNotFound)
		}
		if _, err := db.Write(c.ctx, s.Name+" removed", func(tx *store.Tx) error { return store.DeletePart(tx, s) }); err != nil {
			return err
		}
		c.printf("%s removed; its accounts stay\n", s.Name)
		return nil
	})
}

// selectionNamed is the selection of a name or an ID, zero where there is none.
func selectionNamed(c *call, db *store.DB, ref string) (data.Selection, error) {
	list, err := store.Parts[data.Selection](c.ctx, db, store.PartQuery{})
	for _, s := range list {
		if s.ID == ref || strings.EqualFold(s.Name, strings.TrimSpace(ref)) {
			return s, err
		}
	}
	return data.Selection{}, err
}

func selectedIn(c *call, db *store.DB, s data.Selection) ([]data.AccountEntry, error) {
	entries, about, err := c.entries(db)
	if err != nil {
		return nil, err
	}
	return keptBy(s.Where, entries, about)
}

// entries are all accounts as filters see them.
func (c *call) entries(db *store.DB) (list []data.AccountEntry, about data.FilterContext, err error) {
	if about.Now, err = c.clock(db); err != nil {
		return nil, about, err
	}
	if about.User, err = db.Setting(c.ctx, store.SettingUserName); err != nil {
		return nil, about, err
	}
	list, err = db.AccountEntries(c.ctx, about.Now)
	return list, about, err
}

// keptBy are the accounts that a filter keeps.
func keptBy(where string, list []data.AccountEntry, about data.FilterContext) ([]data.AccountEntry, error) {
	filter, err := data.ParseFilter(where)
	if err != nil {
		return nil, err
	}
	var kept []data.AccountEntry
	for _, e := range list {
		if filter.Keeps(e, about) {
			kept = append(kept, e)
		}
	}
	return kept, nil
}

func selectionOf(s data.Selection, n int) selectionJSON {
	return selectionJSON{ID: s.ID, Name: s.Name, Where: s.Where, Accounts: n}
}

// entryJSON is an account with how it stands.
type entryJSON struct {
	accountJSON
	Warmth     string `json:"warmth"`
	Quality    *int   `json:"quality"` // null where nobody there spoke with us
	Stage      string `json:"stage"`
	Ours       int    `json:"weOwe"`
	Theirs     int    `json:"theyOwe"`
	OursLate   int    `json:"weOweLate"`
	TheirsLate int    `json:"theyOweLate"`
	NeverMet   int    `json:"decidersNeverMet"`
	OneThread  bool   `json:"oneThread"`
	TouchDue   string `json:"touchDue"`
	TouchWho   string `json:"touchWho"`
}

func entryOf(e data.AccountEntry) entryJSON {
	s := e.Stand
	j := entryJSON{accountJSON: accountOf(e.AccountRow), Warmth: string(s.Band), Stage: string(s.Stage), Ours: s.Ours, Theirs: s.Theirs,
		OursLate: s.OursLate, TheirsLate: s.TheirsLate, NeverMet: s.NeverMet, OneThread: s.OneThread, TouchWho: s.Touch.Contact.Name}
	if s.Band != data.NeverSpoke {
		j.Quality = &s.Quality
	}
	if !s.Touch.Due.IsZero() {
		j.TouchDue = s.Touch.Due.Format(time.DateOnly)
	}
	return j
}

// writeEntries prints accounts with how they stand.
func (c *call) writeEntries(db *store.DB, list []data.AccountEntry) error {
	if c.on("json") {
		return writeArray(c.out, each(list, entryOf))
	}
	if len(list) == 0 {
		c.note("no account has all of that")
		return nil
	}
	now, err := c.clock(db)
	if err != nil {
		return err
	}
	rows := make([][]string, len(list))
	for i, e := range list {
		touch := ""
		if !e.Stand.Touch.Due.IsZero() {
			touch = e.Stand.Touch.Words()
		}
		rows[i] = []string{e.Name, string(e.Tier), string(e.Stand.Band), string(e.Stand.Stage), data.Ago(e.Last.At, now), touch, e.Owner}
	}
	return table(c.out, []column{{head: "ACCOUNT", most: 28}, {head: "TIER"}, {head: "WARMTH"}, {head: "STAGE"}, {head: "LAST TOUCH"}, {head: "TOUCH"}, {head: "OWNER", rest: true}}, rows)
}
