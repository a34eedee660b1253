package store

import (
	"context"
	"slices"
	"time"

	"rapport/data"
)

// SettingTeamPlan is a list: the keys of the questions of the team's plan that were passed
// over, and data.TeamPlanDeclined where the team wants no plan.
const SettingTeamPlan = "team_plan"

// TeamPlanInput returns what the team's plan is made from, as it is at now. now's
// location decides where days begin.
func (db *DB) TeamPlanInput(ctx context.Context, now time.Time) (data.TeamPlanInput, error) {
	return db.teamPlanAt(&partReader{ctx: ctx, past: db.Past(""), at: now, now: true})
}

// TeamPlanAsKnown is TeamPlanInput as this laptop knew it at a moment that has
// been. How many hours the team had then is not kept, so the capacity of that day
// says nothing of them.
func (db *DB) TeamPlanAsKnown(ctx context.Context, at time.Time) (data.TeamPlanInput, error) {
	return db.teamPlanAt(&partReader{ctx: ctx, past: db.Past(""), at: at})
}

func (db *DB) teamPlanAt(r *partReader) (in data.TeamPlanInput, err error) {
	ctx := r.ctx
	in.Now = r.at
	readTeamParts(&in, r)
	own := partsFor[data.Policy](r, PartQuery{})
	if r.err != nil {
		return in, wrapNoun(r.err, "team's plan")
	}
	in.Policies = data.PoliciesOf(own)
	accounts, err := db.accountsKnown(ctx, r)
	if err != nil {
		return in, wrapNoun(err, "team's plan")
	}
	hours := 0
	if r.now {
		if hours, err = db.TeamHours(ctx); err != nil {
			return in, err
		}
	}
	in.Capacity = data.CheckCapacity(data.TierCounts(accounts, nil), in.Policies, 60*hours)
	rules, err := db.MoneyRules(ctx)
	if err != nil {
		return in, err
	}
	in.Currency = rules.Currency
	if in.Figures, err = db.teamFigures(ctx, accounts, in.Objectives, rules, r); err != nil {
		return in, wrapNoun(err, "figures of the team")
	}
	in.Sources, err = r.interactionsNamed(in.Cited())
	return in, err
}

func readTeamParts(in *data.TeamPlanInput, r *partReader) {
	for _, p := range partsFor[data.TeamPlan](r, PartQuery{}) {
		in.Plan = p
	}
	in.Objectives = partsFor[data.TeamObjective](r, PartQuery{})
	in.Barriers = partsFor[data.Barrier](r, PartQuery{})
	in.Readiness = partsFor[data.Readiness](r, PartQuery{})
}

// accountsKnown are the accounts as they are, or those that were recorded by then
// as they were known.
func (db *DB) accountsKnown(ctx context.Context, r *partReader) ([]data.Account, error) {
	all, err := db.Accounts(ctx)
	if err != nil || r.now {
		return data.Living(all), err
	}
	var list []data.Account
	for _, a := range all {
		if a.RecordedAt.After(r.at) {
			continue
		}
		if a, err = db.Past(a.ID).Account(ctx, r.at); err != nil {
			return nil, err
		}
		list = append(list, a)
	}
	return data.Living(list), nil
}

// teamFigures counts what the open objectives need, and no more.
func (db *DB) teamFigures(ctx context.Context, accounts []data.Account, objectives []data.TeamObjective, rules data.MoneyRules, r *partReader) (f data.TeamFigures, err error) {
	asked := map[string]bool{}
	for _, o := range objectives {
		asked[o.Counted] = asked[o.Counted] || o.Open()
	}
	return db.countTeam(ctx, accounts, asked, rules, r)
}

// TeamFigures counts every figure of data.TeamCounts at now.
func (db *DB) TeamFigures(ctx context.Context, now time.Time) (data.TeamFigures, error) {
	accounts, err := db.Accounts(ctx)
	if err != nil {
		return nil, err
	}
	rules, err := db.MoneyRules(ctx)
	if err != nil {
		return nil, err
	}
	asked := map[string]bool{}
	for _, c := range data.TeamCounts {
		asked[c.Name] = true
	}
	f, err := db.countTeam(ctx, data.Living(accounts), asked, rules, &partReader{ctx: ctx, past: db.Past(""), at: now, now: true})
	return f, wrapNoun(err, "figures of the team")
}

func (db *DB) countTeam(ctx context.Context, accounts []data.Account, asked map[string]bool, rules data.MoneyRules, r *partReader) (f data.TeamFigures, err error) {
	f = data.TeamFigures{}
	any := func(names ...string) bool {
		return slices.ContainsFunc(names, func(n string) bool { return asked[n] })
	}
	if any(data.TeamCountsQuality, data.TeamCountsWarm, data.TeamCountsRhythm, data.TeamCountsLate, data.TeamCountsThreads) {
		stands, err := db.standsKnown(ctx, accounts, r)
		if err != nil {
			return f, err
		}
		f.CountStands(accounts, stands, r.at)
	}
	if !any(data.TeamCountsTurnover, data.TeamCountsProfit, data.TeamCountsHours, data.TeamCountsKept) {
		return f, nil
	}
	var year data.TeamYear
	if year.Turnover, err = db.revenue(ctx, r.at); err != nil {
		return f, err
	}
	if asked[data.TeamCountsProfit] {
		if year.Profit, err = db.profits(ctx, r.at); err != nil {
			return f, err
		}
	}
	if asked[data.TeamCountsHours] {
		if year.Minutes, err = db.minutesOfAll(ctx, rules, r.at.AddDate(-1, 0, 0), r.at); err != nil {
			return f, err
		}
	}
	before, err := db.revenue(ctx, r.at.AddDate(-1, 0, 0))
	year.Again = map[string]bool{}
	for id := range before {
		_, year.Again[id] = year.Turnover[id]
	}
	f.CountYear(accounts, year)
	return f, err
}

// standsKnown is how accounts stand, or stood. What touch came next on a day that
// has been is not replayed.
func (db *DB) standsKnown(ctx context.Context, accounts []data.Account, r *partReader) (map[string]data.AccountStand, error) {
	if r.now {
		return db.AccountStands(ctx, r.at)
	}
	stands := map[string]data.AccountStand{}
	for _, a := range accounts {
		in, err := db.Past(a.ID).standingInput(ctx, a, r.at)
		if err != nil {
			return nil, err
		}
		stands[a.ID] = data.StandOf(data.StandAccount(in, r.at), in.Contacts, in.Promises, nil, r.at)
	}
	return stands, nil
}

// PutTeamPlan keeps the head of the team's plan; there is one.
func (tx *Tx) PutTeamPlan(p data.TeamPlan) (data.TeamPlan, error) {
	p.ID = data.TeamPlanID
	return PutPart(tx, p)
}

// ChangeTeamPlan changes the head of the team's plan as it is by now.
func (tx *Tx) ChangeTeamPlan(change func(*data.TeamPlan)) (p data.TeamPlan, err error) {
	list, err := PartsIn[data.TeamPlan](tx, PartQuery{})
	if err != nil {
		return p, err
	}
	if len(list) > 0 {
		p = list[0]
	}
	change(&p)
	return tx.PutTeamPlan(p)
}

// PutTeamObjective keeps an objective of the team, unless it has three open ones
// for the same aim beside it. A new one without a place comes last.
func (tx *Tx) PutTeamObjective(o data.TeamObjective) (data.TeamObjective, error) {
	return putPlaced(tx, o, PartQuery{Open: true}, data.CheckTeamObjectives, func(o *data.TeamObjective) *int { return &o.Place })
}
