package store

import (
	"context"
	"slices"
	"time"

	"rapport/data"
)

// TeamPlanProgress is where the writing of the team's plan stands.
func (db *DB) TeamPlanProgress(ctx context.Context, now time.Time) (p data.TeamPlanProgress, err error) {
	r := &partReader{ctx: ctx, past: db.Past(""), at: now, now: true}
	in := data.TeamPlanInput{Now: now}
	readTeamParts(&in, r)
	if r.err != nil {
		return p, wrapNoun(r.err, "team's plan")
	}
	hours, err := db.TeamHours(ctx)
	if err != nil {
		return p, err
	}
	in.Capacity.Have = 60 * hours
	passed, err := db.SettingList(ctx, SettingTeamPlan)
	return data.ProgressOf(in, passed), err
}

// PassTeamQuestion notes that a question of the team's plan was passed over, or
// with data.TeamPlanDeclined that the team wants no plan.
func (tx *Tx) PassTeamQuestion(key string) error {
	passed, err := settingList(tx.ctx, tx.sql, SettingTeamPlan)
	if err != nil || slices.Contains(passed, key) {
		return err
	}
	return tx.PutSettingList(SettingTeamPlan, append(passed, key))
}

// AskTeamQuestions asks all questions of the team's plan again that were passed
// over.
func (tx *Tx) AskTeamQuestions() error { return tx.PutSettingList(SettingTeamPlan, nil) }
