package store

import (
	"context"
	"time"

	"rapport/data"
	"rapport/data/listen"
)

// SettingListen has the words that a person listens for, as listen.Rule.Line.
const SettingListen = "listen"

// ListenRules are the words that a person listens for.
func (db *DB) ListenRules(ctx context.Context) (rules []listen.Rule, err error) {
	lines, err := db.SettingList(ctx, SettingListen)
	for _, line := range lines {
		rules = append(rules, listen.RuleOf(line))
	}
	return rules, err
}

// FeedbackProposals returns what customers may have wanted us to hear in the mails
// of an account, or of all for "", in their silence and in how long they take to
// answer, that nobody decided yet:
// the loudest first. It reads after mail came in, never while it comes.
func (db *DB) FeedbackProposals(ctx context.Context, account string, now time.Time) (list []listen.Proposal, err error) {
	rules, err := db.ListenRules(ctx)
	if err != nil {
		return nil, err
	}
	if list, err = db.hear(ctx, account, rules, now); err != nil {
		return nil, wrapNoun(err, "proposals")
	}
	awaited, err := db.Awaited(ctx, account, now)
	if err != nil {
		return nil, err
	}
	list = append(list, listen.Unheard(awaited, now)...)
	slower, err := db.slower(ctx, account, now)
	if err != nil {
		return nil, wrapNoun(err, "proposals")
	}
	list = append(list, slower...)
	have, err := Parts[data.Feedback](ctx, db, PartQuery{Account: account})
	if err != nil {
		return nil, err
	}
	decided, err := db.SettingList(ctx, SettingDeclined)
	return listen.Open(list, have, decided), err
}

// KeepFeedback makes proposed feedback what a person says it is, and proposes it no
// more.
func (tx *Tx) KeepFeedback(p listen.Proposal, f data.Feedback) (data.Feedback, error) {
	kept, err := PutPart(tx, f)
	if err != nil {
		return kept, err
	}
	return kept, tx.DeclineProposal(p)
}
