package store

import (
	"context"

	"rapport/data"
)

// Readers returns who beside us can read an entry of a timeline, by space: of our
// own mail by the rules that hold for it now, whether its members were told already
// or hear of it with the next exchange. Nobody where its account is in no space.
func (db *DB) Readers(ctx context.Context, interaction string) (list []data.Readers, err error) {
	err = db.inReader(ctx, func(tx *Tx) error {
		i, err := one(ctx, tx.sql, scanPlaced(), `SELECT `+interactionColumns+` FROM interaction i WHERE i.id = ?`, interaction)
		if err != nil {
			return err
		}
		list, err = tx.askReaders().of(i.Interaction)
		return err
	})
	return list, wrapNoun(err, "interaction %s", interaction)
}

// fillShared says of entries whether anybody beside us can read them: by what was
// told and what is in a space, and of what is still to be decided by the rules.
func (tx *Tx) fillShared(list []placed) error {
	shared, err := tx.count(`SELECT EXISTS (SELECT 1 FROM home WHERE kind = ?)`, data.KindAccount)
	if err != nil || shared == 0 {
		return err
	}
	var ids []any
	for _, i := range list {
		ids = append(ids, i.ID)
	}
	told, undecided := map[string]bool{}, map[string]bool{}
	for _, ask := range []struct {
		found    map[string]bool
		question string
	}{
		{told, `SELECT interaction FROM observed WHERE space_id IN (SELECT id FROM space) AND interaction IN `},
		{told, `SELECT entity FROM home WHERE kind = '` + data.KindInteraction + `' AND entity IN `},
		{undecided, `SELECT interaction FROM to_observe WHERE space_id IN (SELECT id FROM space) AND interaction IN `},
	} {
		if err := inChunks(ids, func(marks string, args []any) error {
			some, err := query(tx.ctx, tx.sql, scanString, ask.question+`(`+marks+`)`, args...)
			for _, id := range some {
				ask.found[id] = true
			}
			return err
		}); err != nil {
			return err
		}
	}
	readers := tx.askReaders()
	for n := range list {
		i := &list[n]
		i.Shared = i.Source == data.SharedByTeam || len(i.SeenBy) > 0 || told[i.ID]
		if undecided[i.ID] {
			r, err := readers.of(i.Interaction)
			if err != nil {
				return err
			}
			_, _, i.Shared = data.ReadersWords(i.Kind, r)
		}
	}
	return nil
}

// readersAsker finds out who can read entries.
type readersAsker struct {
	tx   *Tx
	told map[string]bool // by Space.ID, whether we tell its members of mail
}

func (tx *Tx) askReaders() readersAsker { return readersAsker{tx, map[string]bool{}} }

func (r readersAsker) of(i data.Interaction) (list []data.Readers, err error) {
	tx := r.tx
	if i.Source == data.SharedByTeam {
		return tx.theirs(i.ID)
	}
	type place struct{ space, name, account string }
	places, err := query(tx.ctx, prepared{tx}, func(r row) (p place, err error) {
		err = r.Scan(&p.space, &p.name, &p.account)
		return p, err
	}, `SELECT s.id, s.name, m.account_id FROM interaction i JOIN match m ON m.interaction_n = i.n
		JOIN home h ON h.kind = 'account' AND h.entity = m.account_id JOIN space s ON s.id = h.space_id
		WHERE i.id = ? ORDER BY s.name COLLATE NOCASE, s.id`, i.ID)
	if err != nil {
		return nil, err
	}
	for _, p := range places {
		share, err := r.share(i, p.space, p.account)
		if err != nil {
			return nil, err
		}
		if last := len(list) - 1; last >= 0 && list[last].Space == p.name { // by another account
			list[last].Share = data.Widest(list[last].Share, share)
			continue
		}
		one := data.Readers{Space: p.name, Share: share}
		if i.Kind == data.Mail {
			if one.By, err = tx.toldBy(p.space, i.ID); err != nil {
				return nil, err
			}
		}
		list = append(list, one)
	}
	return list, nil
}

// share is how much the members of a space are told of an entry on an account's
// timeline.
func (r readersAsker) share(i data.Interaction, space, account string) (data.Share, error) {
	tx := r.tx
	if i.Kind != data.Mail {
		n, err := tx.count(`SELECT count(*) FROM home WHERE kind = ? AND entity = ? AND space_id = ?`, data.KindInteraction, i.ID, space)
		if err != nil || n == 0 {
			return data.ShareNothing, err
		}
		return data.ShareText, nil
	}
	told, known := r.told[space]
	if !known {
		o, may, err := tx.observer(space)
		if err != nil {
			return data.ShareNothing, err
		}
		told = may && o.kind == data.TeamSpace
		r.told[space] = told
	}
	if !told {
		return data.ShareNothing, nil
	}
	in, err := shareInput(tx.ctx, prepared{tx}, i.ID, account)
	return in.Rule(), err
}

// toldBy are the members of a space, without us, who told it of a mail, ours or
// theirs.
func (tx *Tx) toldBy(space, mail string) ([]string, error) {
	return query(tx.ctx, prepared{tx}, scanString, tellers+` AND o.space_id = ?2 ORDER BY m.name`, mail, space)
}

// theirs are the spaces in which colleagues told of a mail that only they have.
func (tx *Tx) theirs(wire string) (list []data.Readers, err error) {
	spaces, err := query(tx.ctx, tx.sql, scanSpace, `
		SELECT `+spaceColumns+` FROM space WHERE id IN (SELECT space_id FROM observation WHERE wire = ?) ORDER BY name COLLATE NOCASE, id`, wire)
	if err != nil {
		return nil, err
	}
	for _, s := range spaces {
		r := data.Readers{Space: s.Name, Share: data.ShareText, Theirs: true}
		if r.By, err = tx.toldBy(s.ID, wire); err != nil {
			return nil, err
		}
		list = append(list, r)
	}
	return list, nil
}
