package store

import (
	"cmp"
	"context"
	"time"

	"rapport/data"
)

// PlanInput returns what an account's plan is made from, as it is at now. now's
// location decides where days begin.
func (db *DB) PlanInput(ctx context.Context, account string, now time.Time) (data.PlanInput, error) {
	return planOf(&partReader{ctx: ctx, past: db.Past(account), at: now, now: true})
}

// Plan is PlanInput as this laptop knew it at a moment that has been.
func (p *Past) Plan(ctx context.Context, at time.Time) (data.PlanInput, error) {
	return planOf(&partReader{ctx: ctx, past: p, at: at})
}

func planOf(r *partReader) (in data.PlanInput, err error) {
	in.Now = r.at
	if in.Account, err = r.account(); err != nil {
		return in, err
	}
	return in, wrapNoun(fillPlan(&in, r), "plan of account %s", in.Account.ID)
}

func fillPlan(in *data.PlanInput, r *partReader) error {
	ctx, db := r.ctx, r.past.db
	library := func() (data.Library, error) { return data.Library{}, nil }
	if r.now {
		library = aside(func() (data.Library, error) { return db.Library(ctx) })
	}
	err := fillPlanFacts(in, r)
	learned, err2 := library()
	if err = cmp.Or(err, err2); err != nil || !r.now {
		return err
	}
	in.Library = learned
	if in.Joint, err = db.JointStands(ctx, in.Account.ID); err != nil {
		return err
	}
	offered, err := db.jointCorrections(ctx, in.Account.ID, in.Joint)
	if err != nil {
		return err
	}
	in.Corrections = append(in.Corrections, offered...)
	in.Bought, err = db.Purchases(ctx, in.Account.ID, "", "")
	return err
}

// fillPlanFacts reads what the account's own lines are made from.
func fillPlanFacts(in *data.PlanInput, r *partReader) error {
	readPlanParts(in, r)
	if r.err != nil {
		return r.err
	}
	ctx, db := r.ctx, r.past.db
	standing, err := r.past.standingInput(ctx, in.Account, r.at)
	if err != nil {
		return err
	}
	in.Standing, in.Contacts, in.Policy = data.StandAccount(standing, r.at), standing.Contacts, standing.Policy
	data.SortStandings(in.Contacts)
	if in.Touches, err = db.Touches(ctx, in.Account.ID, r.at.AddDate(-1, 0, 0), r.at); err != nil {
		return err
	}
	if in.Profit, err = db.Profit(ctx, in.Account.ID, r.at); err != nil {
		return err
	}
	if in.YearMinutes, err = db.minutesIn(ctx, in.Account.ID, r.at.AddDate(-1, 0, 0), r.at); err != nil {
		return err
	}
	in.Sources, err = r.interactionsNamed(in.Cited())
	return err
}

// readPlanParts reads the parts that a plan is made from.
func readPlanParts(in *data.PlanInput, r *partReader) {
	for _, p := range partsFor[data.Plan](r, r.own()) {
		in.Plan = p
	}
	in.Facts = partsFor[data.Fact](r, r.own())
	in.Needs = partsFor[data.Need](r, r.own())
	in.Initiatives = partsFor[data.Initiative](r, r.own())
	in.Objectives = partsFor[data.Objective](r, r.own())
	in.Steps = partsFor[data.Step](r, r.own())
	in.Promises = partsFor[data.Promise](r, r.own())
	in.Values = partsFor[data.ValueEntry](r, r.own())
	in.Spaces = partsFor[data.Whitespace](r, r.own())
	in.Uses = partsFor[data.Use](r, r.own())
	in.Preferences = partsFor[data.Preference](r, r.own())
	in.Risks = partsFor[data.Risk](r, r.own())
	in.Unknowns = partsFor[data.Unknown](r, r.own())
	in.Foresights = partsFor[data.Foresight](r, r.own())
	in.Feedback = partsFor[data.Feedback](r, r.own())
	in.Shown = partsFor[data.Shown](r, r.own())
	in.Corrections = partsFor[data.Correction](r, r.own())
	in.Offers = partsFor[data.Offer](r, PartQuery{})
	for _, t := range partsFor[data.Profile](r, PartQuery{}) {
		if t.ID == in.Account.Type {
			in.Type = t
		}
	}
}

// minutesIn are the minutes of our time for an account between two moments.
func (db *DB) minutesIn(ctx context.Context, account string, from, before time.Time) (float64, error) {
	rules, err := db.MoneyRules(ctx)
	if err != nil {
		return 0, err
	}
	tickets, err := db.Tickets(ctx, account, from.Format(time.DateOnly), before.Format(time.DateOnly))
	if err != nil {
		return 0, err
	}
	spent, err := db.Spent(ctx, account, from, before)
	return data.CountEffort(spent, tickets, rules).Minutes, err
}

// PutObjective keeps an objective, unless its plan has three open ones beside it.
// A new one without a place comes last.
func (tx *Tx) PutObjective(o data.Objective) (data.Objective, error) {
	return putPlaced(tx, o, PartQuery{Account: o.Account, Open: true}, data.CheckObjectives, func(o *data.Objective) *int { return &o.Place })
}

// putPlaced keeps a part that has a place among those that q asks for, unless check
// refuses it beside them. A new one without a place comes last.
func putPlaced[T data.Part](tx *Tx, p T, q PartQuery, check func(have []T, add T) error, place func(*T) *int) (T, error) {
	have, err := PartsIn[T](tx, q)
	if err != nil {
		return p, err
	}
	if err := check(have, p); err != nil {
		return p, err
	}
	if at := place(&p); p.Belonging().ID == "" && *at == 0 {
		for _, other := range have {
			*at = max(*at, *place(&other))
		}
		*at++
	}
	return PutPart(tx, p)
}

// PutPlan keeps the head of an account's plan; an account has one.
func (tx *Tx) PutPlan(p data.Plan) (data.Plan, error) {
	p.ID = data.PlanID(p.Account)
	return PutPart(tx, p)
}
