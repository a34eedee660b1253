package store

import (
	"context"
	"time"

	"rapport/data"
)

// WithoutInput is what a departure from an account is simulated on, as known at
// a moment. Contacts stand as SortStandings has them.
func (db *DB) WithoutInput(ctx context.Context, account string, at time.Time) (data.WithoutInput, error) {
	return db.Past(account).Without(ctx, at)
}

// Without is WithoutInput of the account that is looked back on.
func (p *Past) Without(ctx context.Context, at time.Time) (in data.WithoutInput, err error) {
	if in.Account, err = p.Account(ctx, at); err != nil {
		return in, err
	}
	if in.StandingInput, err = p.standingInput(ctx, in.Account, at); err != nil {
		return in, wrapNoun(err, "standing of account %s", p.account)
	}
	data.SortStandings(in.Contacts)
	known, err := p.db.WhoKnowsWhom(ctx, p.account, at.AddDate(-1, 0, 0), at)
	if err != nil {
		return in, err
	}
	warmth := map[string]int{}
	for _, c := range in.Contacts {
		warmth[c.Contact.ID] = c.Warmth.Score
	}
	for _, k := range known {
		in.Ties = append(in.Ties, data.Tie{Who: k.Name, Contact: k.Contact, Times: k.Times, Warmth: warmth[k.Contact]})
	}
	r := &partReader{ctx: ctx, past: p, at: at}
	in.Relations = partsFor[data.Relation](r, PartQuery{})
	in.Facts = partsFor[data.Fact](r, r.own())
	in.Unknowns = partsFor[data.Unknown](r, r.own())
	return in, r.err
}
