package store

import (
	"context"
	"slices"
	"strings"
	"time"

	"rapport/data"
	"rapport/data/text"
)

// portraitLatest is how many of the latest interactions with a contact are shown.
const portraitLatest = 8

// PortraitInput returns what the page of a contact is made from, as it is at now.
// now's location decides where days begin. No contact is data.ErrNotFound.
func (db *DB) PortraitInput(ctx context.Context, contact string, now time.Time) (in data.PortraitInput, err error) {
	in.Now = now
	if in.Standing, err = db.ContactStanding(ctx, contact, now); err != nil {
		return in, err
	}
	for _, fill := range []func(context.Context, *data.PortraitInput) error{db.portraitStanding, db.portraitParts, db.portraitOthers, db.portraitQuestions} {
		if err := fill(ctx, &in); err != nil {
			return in, wrapNoun(err, "contact %s", contact)
		}
	}
	return in, nil
}

// portraitStanding fills what the relationship is judged by.
func (db *DB) portraitStanding(ctx context.Context, in *data.PortraitInput) (err error) {
	c := in.Standing.Contact
	if in.Account, err = db.Account(ctx, c.AccountID); err != nil && !isNotFound(err) {
		return err
	}
	if in.Rules, err = db.WarmthRules(ctx); err != nil {
		return err
	}
	if in.Moments, err = db.MomentsWith(ctx, c.ID, in.Now); err != nil {
		return err
	}
	if in.Knows, err = db.knowersOf(ctx, c.ID, in.Now.AddDate(-1, 0, 0), in.Now); err != nil {
		return err
	}
	in.Latest, err = db.LatestWith(ctx, c.ID, portraitLatest, in.Now)
	return err
}

// portraitParts fills what was written down of them.
func (db *DB) portraitParts(ctx context.Context, in *data.PortraitInput) (err error) {
	r, of := &partReader{ctx: ctx, past: db.Past(""), at: in.Now, now: true}, PartQuery{Contact: in.Standing.Contact.ID}
	in.Signs = partsFor[data.TrustSign](r, of)
	in.Ratings = partsFor[data.Rating](r, of)
	in.Promises = partsFor[data.Promise](r, of)
	in.Facts = partsFor[data.Fact](r, of)
	in.Unknowns = partsFor[data.Unknown](r, of)
	in.Places = partsFor[data.Affiliation](r, of)
	in.Judged = partsFor[data.Stakeholder](r, of)
	in.Breaches = partsFor[data.Breach](r, of)
	if r.err != nil {
		return r.err
	}
	if in.Preferences, err = db.PreferencesOf(ctx, in.Standing.Contact); err != nil {
		return err
	}
	merges, err := db.Merges(ctx)
	in.Merges = slices.DeleteFunc(merges, func(m data.Merge) bool { return m.Contact != of.Contact })
	return err
}

// PreferencesOf returns the preferences of a contact and those of their whole
// account, decided or not.
func (db *DB) PreferencesOf(ctx context.Context, c data.Contact) ([]data.Preference, error) {
	list, err := Parts[data.Preference](ctx, db, PartQuery{Contact: c.ID})
	if err != nil || c.AccountID == "" {
		return list, err
	}
	all, err := Parts[data.Preference](ctx, db, PartQuery{Account: c.AccountID})
	for _, p := range all {
		if p.Contact == "" {
			list = append(list, p)
		}
	}
	return list, err
}

// portraitOthers fills their relations, and the names of accounts and people
// that the page names.
func (db *DB) portraitOthers(ctx context.Context, in *data.PortraitInput) error {
	id := in.Standing.Contact.ID
	relations, err := query(ctx, db.read, scanPart[data.Relation], `
		SELECT id, fields, recorded_at FROM part WHERE kind = ?1 AND (contact_id = ?2 OR fields ->> 'to' = ?2) ORDER BY recorded_at, id`, data.KindRelation, id)
	if err != nil {
		return err
	}
	in.Others = map[string]data.Contact{}
	for _, r := range relations {
		other := r.To
		if r.To == id {
			other = r.Contact
		}
		in.Relations = append(in.Relations, r)
		c, err := db.Contact(ctx, other)
		if isNotFound(err) {
			continue
		}
		if err != nil {
			return err
		}
		in.Others[other] = c
	}
	accounts, err := db.Accounts(ctx)
	in.Names = map[string]string{}
	for _, a := range accounts {
		in.Names[a.ID] = a.Name
	}
	return err
}

// portraitQuestions fills what somebody may decide about them: what signatures
// say, who may be the same person.
func (db *DB) portraitQuestions(ctx context.Context, in *data.PortraitInput) error {
	return db.inReader(ctx, func(tx *Tx) (err error) {
		c := in.Standing.Contact
		if in.Decided, err = settingList(ctx, tx.sql, SettingDeclined); err != nil {
			return err
		}
		if in.Cards, err = cardsOf(ctx, tx.sql, c, in.Now); err != nil {
			return err
		}
		in.Similar, err = similarTo(ctx, tx.sql, c)
		return err
	})
}

// similarTo are the contacts of whom one may be the same person: of the same
// account or of none, of the same name, with an address that begins alike.
func similarTo(ctx context.Context, q asker, c data.Contact) ([]data.Contact, error) {
	var begins []string
	for _, e := range c.Emails {
		if local, _, _ := strings.Cut(e, "@"); len(local) > 3 && !text.IsRoleAddress(e) {
			begins = append(begins, local+"@")
		}
	}
	return query(ctx, q, scanContact, `
		SELECT `+contactColumns+` FROM contact WHERE id <> ?1 AND (account_id IN (?2, '') OR name = ?3 COLLATE NOCASE
			OR id IN (SELECT a.contact_id FROM contact_address a JOIN json_each(?4) b ON a.address >= b.value AND a.address < b.value || '~'))
		ORDER BY name COLLATE NOCASE, id`, c.ID, c.AccountID, c.Name, asJSON(begins))
}

// knowersOf are those of us who wrote, spoke or met with a contact between two
// moments, the most often first.
func (db *DB) knowersOf(ctx context.Context, contact string, from, to time.Time) ([]data.Colleague, error) {
	list, err := query(ctx, db.read, func(r row) (c data.Colleague, err error) {
		err = r.Scan(&c.Name, &c.Email, &c.Times)
		return c, err
	}, `
		SELECT max(u.name), u.email, count(*)
		FROM participant p JOIN interaction i ON i.n = p.interaction_n JOIN participant u ON u.interaction_n = i.n
		WHERE p.contact_id = ?3 AND i.at >= ?2 AND `+momentsCount+` AND u.side = 'us' AND u.answer NOT IN ('declined', 'absent')
			AND (i.kind <> 'mail' OR p.place = 0 AND u.part = 'to' OR u.place = 0 AND p.part = 'to')
		GROUP BY u.email, CASE WHEN u.email = '' THEN u.name END
		ORDER BY count(*) DESC, u.email`, to.Unix(), from.Unix(), contact)
	return data.MeetColleagues(list), err
}

// LatestWith returns the newest interactions in which a contact had a part, the
// newest first; what lies ahead and what a program wrote is left out.
func (db *DB) LatestWith(ctx context.Context, contact string, limit int, now time.Time) ([]data.Interaction, error) {
	var found []data.Interaction
	err := db.inReader(ctx, func(tx *Tx) error {
		list, err := query(ctx, tx.sql, scanPlaced(), `
			SELECT `+interactionColumns+` FROM interaction i
			WHERE i.n IN (SELECT p.interaction_n FROM participant p WHERE p.contact_id = ?1 AND p.contact_id <> '')
				AND i.at <= ?2 AND i.automated = '' AND i.skip = ''
			ORDER BY i.at DESC, i.n DESC LIMIT ?3`, contact, now.Unix(), limit)
		if err != nil {
			return err
		}
		if err := fillPeople(ctx, tx.sql, list); err != nil {
			return err
		}
		for _, p := range list {
			found = append(found, p.Interaction)
		}
		return nil
	})
	return found, wrapNoun(err, "history of contact %s", contact)
}
