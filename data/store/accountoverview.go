package store

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"rapport/data"
	"rapport/data/text"
)

const (
	// promiseDays is how far back, and promiseMails in how many of an account's
	// newest mails, promises are looked for.
	promiseDays  = 45
	promiseMails = 40
)

// OverviewInput returns what the first page of an account is made from, as it is
// at now. now's location decides where days begin.
func (db *DB) OverviewInput(ctx context.Context, account string, now time.Time) (data.OverviewInput, error) {
	return overviewOf(&partReader{ctx: ctx, past: db.Past(account), at: now, now: true})
}

// Overview is OverviewInput as this laptop knew it at a moment that has been.
// Promises that mails seem to hold are left out: nothing of then can be decided.
func (p *Past) Overview(ctx context.Context, at time.Time) (data.OverviewInput, error) {
	return overviewOf(&partReader{ctx: ctx, past: p, at: at})
}

func overviewOf(r *partReader) (in data.OverviewInput, err error) {
	in.Now = r.at
	if in.Account, err = r.account(); err != nil {
		return in, err
	}
	return in, wrapNoun(fillOverview(&in, r), "overview of account %s", in.Account.ID)
}

func fillOverview(in *data.OverviewInput, r *partReader) error {
	ctx, db := r.ctx, r.past.db
	standing, known, err := r.past.standingAt(ctx, in.Account, r.at)
	if err != nil {
		return err
	}
	in.Standing = data.StandAccount(standing, in.Now)
	in.Contacts, in.Moments = known.contacts, known.moments
	data.SortStandings(in.Contacts)
	in.Signs = partsFor[data.TrustSign](r, r.own())
	in.Promises = partsFor[data.Promise](r, r.own())
	in.Needs = partsFor[data.Need](r, r.own())
	in.Initiatives = partsFor[data.Initiative](r, r.own())
	in.Preferences = partsFor[data.Preference](r, r.own())
	if r.err != nil {
		return r.err
	}
	if in.Sources, err = r.interactionsNamed(in.Cited()); err != nil || !r.now {
		return err
	}
	if in.Decided, err = db.SettingList(ctx, SettingDeclined); err != nil {
		return err
	}
	in.Mails, err = db.promiseMails(ctx, in.Account.ID, in.Now)
	return err
}

// promiseMails are the newest mails of an account that a person wrote, with
// what they say.
func (db *DB) promiseMails(ctx context.Context, account string, now time.Time) ([]data.PromiseMail, error) {
	var list []data.PromiseMail
	err := db.inReader(ctx, func(tx *Tx) error {
		placed, err := query(ctx, tx.sql, scanPlaced(), `
			SELECT `+interactionColumns+` FROM match m JOIN interaction i ON i.n = m.interaction_n
			WHERE m.account_id = ? AND m.at > ? AND m.at <= ? AND i.kind = 'mail' AND i.automated = ''
			ORDER BY m.at DESC, m.interaction_n DESC LIMIT ?`, account, now.AddDate(0, 0, -promiseDays).Unix(), now.Unix(), promiseMails)
		if err != nil {
			return err
		}
		if err := fillPeople(ctx, tx.sql, placed); err != nil {
			return err
		}
		for _, p := range placed {
			body, err := one(ctx, tx.sql, scanString, `SELECT substr(text, 1, ?) FROM message WHERE interaction_n = ? ORDER BY automated <> '', id LIMIT 1`, signatureRead, p.n)
			if noRows(err) != nil {
				return err
			}
			list = append(list, data.PromiseMail{Interaction: p.Interaction, Own: text.Own(body)})
		}
		return nil
	})
	return list, err
}

// PromiseProposals returns what the writer of a mail seems to promise an account
// that nobody decided yet; none for what a program wrote, for what is no mail,
// and for what is long ago. now's location is that in which dates are meant.
func (db *DB) PromiseProposals(ctx context.Context, interaction, account string, now time.Time) ([]data.PromiseProposal, error) {
	i, err := db.Interaction(ctx, interaction)
	if err != nil {
		return nil, err
	}
	if i.Kind != data.Mail || len(i.Messages) == 0 || i.At.Before(now.AddDate(0, 0, -promiseDays)) || slices.ContainsFunc(i.Messages, func(m data.MessageRow) bool { return m.Automated != "" }) {
		return nil, nil
	}
	decided, err := db.SettingList(ctx, SettingDeclined)
	if err != nil {
		return nil, err
	}
	have, err := Parts[data.Promise](ctx, db, PartQuery{Interaction: interaction})
	if err != nil {
		return nil, err
	}
	mail := data.PromiseMail{Interaction: i.Interaction, Own: text.Own(i.Messages[0].Text)}
	return data.ProposePromises(mail, account, have, decided, now.Location()), nil
}

// oneOrLiving are the Account.IDs to look at: the one that is asked for, or for ""
// all that are not archived.
func (db *DB) oneOrLiving(ctx context.Context, account string) ([]string, error) {
	if account != "" {
		return []string{account}, nil
	}
	all, err := db.Accounts(ctx)
	var ids []string
	for _, a := range data.Living(all) {
		ids = append(ids, a.ID)
	}
	return ids, err
}

// SeenPromises returns what the mails of an account, or of all for "", seem to
// promise that nobody decided yet, those that name a date first, the newest first.
// now's location is that in which dates are meant.
func (db *DB) SeenPromises(ctx context.Context, account string, now time.Time) (list []data.PromiseProposal, err error) {
	accounts, err := db.oneOrLiving(ctx, account)
	if err != nil {
		return nil, err
	}
	decided, err := db.SettingList(ctx, SettingDeclined)
	if err != nil {
		return nil, err
	}
	for _, id := range accounts {
		have, err := Parts[data.Promise](ctx, db, PartQuery{Account: id})
		if err != nil {
			return nil, err
		}
		mails, err := db.promiseMails(ctx, id, now)
		if err != nil {
			return nil, wrapNoun(err, "promises of account %s", id)
		}
		for _, m := range mails {
			list = append(list, data.ProposePromises(m, id, have, decided, now.Location())...)
		}
	}
	slices.SortStableFunc(list, func(a, b data.PromiseProposal) int {
		rank := map[bool]int{true: 0, false: 1}
		return cmp.Or(cmp.Compare(rank[a.Likely], rank[b.Likely]), strings.Compare(b.Promise.Made, a.Promise.Made))
	})
	return list, nil
}

// KeepProposal makes a proposed promise one, and proposes it no more.
func (tx *Tx) KeepProposal(p data.PromiseProposal) (data.Promise, error) {
	kept, err := PutPart(tx, p.Promise)
	if err != nil {
		return kept, err
	}
	return kept, tx.DeclineProposal(p)
}
