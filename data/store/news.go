package store

import (
	"context"
	"maps"
	"slices"

	"rapport/data"
	"rapport/data/change"
)

// newsMost is how many changes of each space news lists.
const newsMost = 2000

// News is what other members changed in the spaces since somebody here last looked
// (Looked), and what is to be chosen. Of a space that nobody looked at yet it is
// what was written since we are a member. What is told of mail stands on the
// timelines and is not listed.
func (db *DB) News(ctx context.Context) (n data.News, err error) {
	spaces, err := db.Spaces(ctx)
	if err != nil || len(spaces) == 0 {
		return n, err
	}
	if n.Conflicts, err = db.Conflicts(ctx, ""); err != nil {
		return n, err
	}
	n.Names, n.Read = map[string]string{}, map[string]map[string]uint64{}
	err = db.inReader(ctx, func(tx *Tx) error {
		for _, s := range spaces {
			if err := tx.newsOf(s, &n); err != nil {
				return wrapNoun(err, "space %s", s.Name)
			}
		}
		return tx.newsNames(&n)
	})
	return n, wrapNoun(err, "news")
}

// newsOf adds what others changed in a space.
func (tx *Tx) newsOf(s data.Space, n *data.News) error {
	looked, since, err := tx.lookedAt(s)
	if err != nil {
		return err
	}
	have, err := seenIn(tx.ctx, tx.sql, s.ID)
	if err != nil {
		return err
	}
	n.Read[s.ID] = have
	var changes []change.Change
	for _, log := range slices.Sorted(maps.Keys(have)) {
		bodies, err := query(tx.ctx, tx.sql, scanString, `SELECT body FROM change WHERE space_id = ? AND log = ? AND counter > ?
			AND kind <> '`+data.KindObservation+`' AND kept_out = '' AND coalesce(body ->> 'actor', '') <> ? AND body ->> 'at' >= ? ORDER BY counter DESC LIMIT ?`,
			s.ID, log, looked[log], s.Self, since.String(), newsMost+1)
		if err != nil {
			return err
		}
		for _, body := range bodies {
			c, err := change.Decode([]byte(body))
			if err != nil {
				return err
			}
			changes = append(changes, c)
		}
	}
	slices.SortStableFunc(changes, func(a, b change.Change) int {
		switch {
		case a.At > b.At:
			return -1
		case a.At < b.At:
			return 1
		}
		return 0
	})
	if left := len(changes) - newsMost; left > 0 {
		n.More, changes = n.More+left, changes[:newsMost]
	}
	return tx.tellNews(s, changes, looked, n)
}

// lookedAt is how far somebody looked at a space; where nobody did, since when we
// are a member.
func (tx *Tx) lookedAt(s data.Space) (change.Vector, change.HLC, error) {
	mark, err := settingIn(tx.ctx, tx.sql, SettingLooked+s.ID)
	if err != nil {
		return nil, 0, err
	}
	if mark != "" {
		v, err := fromJSON[change.Vector](mark)
		return v, 0, err
	}
	since, err := one(tx.ctx, tx.sql, scanInt64, `SELECT since FROM member WHERE space_id = ? AND id = ?`, s.ID, s.Self)
	if isNotFound(err) {
		err = nil
	}
	return nil, change.Next(0, timeOf(since)), err
}

// tellNews says of changes what they did to which thing of which account.
func (tx *Tx) tellNews(s data.Space, changes []change.Change, looked change.Vector, n *data.News) error {
	names, err := tx.memberNames(s.ID)
	if err != nil {
		return err
	}
	about, err := tx.newsThings(s, changes, looked)
	if err != nil {
		return err
	}
	for _, c := range changes {
		deed, ok := deedOf(c)
		if !ok {
			continue
		}
		line := about[c.Entity]
		who := names.author(c.Log, c.Actor)
		line.By, line.Side, line.At, line.Deed, line.Field = names.of[who], names.sides[who], c.At.Time(), deed, c.Field
		n.Changes = append(n.Changes, line)
	}
	return nil
}

func deedOf(c change.Change) (data.Deed, bool) {
	switch c.Op {
	case change.OpSet:
		return data.DeedWrote, true
	case change.OpDelete:
		return data.DeedDeleted, true
	case change.OpUndelete:
		return data.DeedKept, true
	case change.OpErase:
		return data.DeedErased, true
	}
	return "", false
}

// newsThings is for each thing that changes are about what it is called, whose it is,
// and whether it is new.
func (tx *Tx) newsThings(s data.Space, changes []change.Change, looked change.Vector) (map[change.Ref]data.NewsChange, error) {
	things := map[change.Ref]change.Entity{}
	for _, c := range changes {
		things[c.Entity] = change.Entity{}
	}
	refs := sortedRefs(things)
	if err := tx.readThings(s.ID, refs, things); err != nil {
		return nil, err
	}
	known, err := tx.knownBefore(s, refs, looked)
	if err != nil {
		return nil, err
	}
	about := make(map[change.Ref]data.NewsChange, len(refs))
	for _, ref := range refs {
		line, err := tx.newsAbout(s, ref, things[ref])
		if err != nil {
			return nil, err
		}
		line.New = !known[ref]
		about[ref] = line
	}
	return about, nil
}

// knownBefore are the things of which somebody here had seen a change, or made one.
func (tx *Tx) knownBefore(s data.Space, refs []change.Ref, looked change.Vector) (map[change.Ref]bool, error) {
	known := map[change.Ref]bool{}
	own, err := one(tx.ctx, prepared{tx}, scanString, `SELECT log FROM own_log WHERE space_id = ?`, s.ID)
	if err != nil {
		return nil, err
	}
	return known, tx.eachOf(s.ID, refs, `log, counter`, "change", func(r row) error {
		var ref change.Ref
		var d change.Dot
		err := r.Scan(&ref.Kind, &ref.ID, &d.Log, &d.Counter)
		if looked.Has(d) || d.Log == own {
			known[ref] = true
		}
		return err
	})
}

// newsAbout is what a thing is called and whose it is.
func (tx *Tx) newsAbout(s data.Space, ref change.Ref, e change.Entity) (l data.NewsChange, err error) {
	fields := shownFields(ref.Kind, e)
	l = data.NewsChange{ThingRef: data.ThingRef(ref), Space: s.ID, Title: data.ThingTitle(ref.Kind, fields)}
	if l.Account = ref.ID; ref.Kind != data.KindAccount {
		if l.Account, err = tx.accountOf(ref.Kind, fields); err != nil {
			return l, err
		}
	}
	return l, nil
}

// newsNames finds the names of the accounts that news is about.
func (tx *Tx) newsNames(n *data.News) error {
	ids := map[string]bool{}
	for _, c := range n.Changes {
		ids[c.Account] = true
	}
	for _, c := range n.Conflicts {
		ids[c.Account] = true
	}
	for id := range ids {
		name, err := one(tx.ctx, prepared{tx}, scanString, `SELECT name FROM account WHERE id = ?`, id)
		if noRows(err) != nil {
			return err
		}
		n.Names[id] = name
	}
	for _, c := range n.Changes {
		if c.Kind == data.KindAccount && n.Names[c.ID] == "" {
			n.Names[c.ID] = c.Title // it was deleted
		}
	}
	return nil
}

// Looked keeps that somebody here has looked at news: the next begins where it ends.
// Nobody else hears of it.
func (tx *Tx) Looked(n data.News) error {
	for _, id := range slices.Sorted(maps.Keys(n.Read)) {
		if err := tx.PutSetting(SettingLooked+id, asJSON(n.Read[id])); err != nil {
			return err
		}
	}
	return nil
}
