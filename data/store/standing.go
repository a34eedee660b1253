package store

import (
	"context"
	"time"

	"rapport/data"
)

// SettingWarmth is the team's weights and limits of warmth, JSON.
const SettingWarmth = "warmth"

// WarmthRules are the team's, or the defaults.
func (db *DB) WarmthRules(ctx context.Context) (data.WarmthRules, error) {
	rules := data.DefaultWarmthRules
	s, err := db.Setting(ctx, SettingWarmth)
	if err != nil || s == "" {
		return rules, err
	}
	rules, err = fromJSON[data.WarmthRules](s)
	return rules, wrapNoun(err, "setting %s", SettingWarmth)
}

// AccountStanding is how an account and its people stand at a moment, as it was
// known then.
type AccountStanding struct {
	data.AccountStanding
	Account  data.Account
	Contacts []data.ContactStanding // the warmest first, those never spoken with last
	Promises []data.Promise
}

// Standing returns how an account stands at a moment: mail and meetings of that
// time, and what people had recorded by then.
func (db *DB) Standing(ctx context.Context, account string, at time.Time) (s AccountStanding, err error) {
	if s.Account, err = db.Account(ctx, account); err != nil {
		return s, err
	}
	in, err := db.Past(account).standingInput(ctx, s.Account, at)
	if err != nil {
		return s, wrapNoun(err, "standing of account %s", account)
	}
	s.AccountStanding = data.StandAccount(in, at)
	s.Contacts, s.Promises = in.Contacts, in.Promises
	data.SortStandings(s.Contacts)
	return s, nil
}

func (p *Past) standingInput(ctx context.Context, a data.Account, at time.Time) (in data.StandingInput, err error) {
	in, _, err = p.standingAt(ctx, a, at)
	return in, err
}

// standingAt is what an account's standing is judged by at a moment, with what was
// known of its people then.
func (p *Past) standingAt(ctx context.Context, a data.Account, at time.Time) (in data.StandingInput, now asKnown, err error) {
	if in.Rules, err = p.db.WarmthRules(ctx); err != nil {
		return in, now, err
	}
	policies, err := p.db.Policies(ctx)
	if err != nil {
		return in, now, err
	}
	in.Policy = policies[a.Tier]
	if now, err = p.contactsAt(ctx, a, policies, in.Rules, at); err != nil {
		return in, now, err
	}
	before, err := p.contactsAt(ctx, a, policies, in.Rules, at.AddDate(0, 0, -data.VelocityDays))
	in.Contacts, in.Promises, in.Before, in.PromisesBefore = now.contacts, now.promises, before.contacts, before.promises
	for i, was := range in.Before { // the same contacts in the same order
		in.Contacts[i].Was = was.Warmth
	}
	return in, now, err
}

// asKnown is what was known of an account's contacts at a moment.
type asKnown struct {
	contacts    []data.ContactStanding
	promises    []data.Promise
	preferences []data.Preference
	moments     map[string][]data.Moment // by Contact.ID, the newest first
}

// contactsAt is how an account's contacts stood at a moment. A contact that was
// recorded later is there with what had happened with its addresses.
func (p *Past) contactsAt(ctx context.Context, a data.Account, policies map[data.Tier]data.Policy, rules data.WarmthRules, at time.Time) (k asKnown, err error) {
	contacts, err := p.contacts(ctx)
	if err != nil {
		return k, err
	}
	if k.moments, err = p.momentsAt(ctx, at); err != nil {
		return k, err
	}
	if k.preferences, err = partsAt[data.Preference](ctx, p, a.ID, at); err != nil {
		return k, err
	}
	stakeholders, err := partsAt[data.Stakeholder](ctx, p, a.ID, at)
	if err != nil {
		return k, err
	}
	if k.promises, err = partsAt[data.Promise](ctx, p, a.ID, at); err != nil {
		return k, err
	}
	known, err := p.db.WhoKnowsWhom(ctx, a.ID, at.AddDate(-1, 0, 0), at)
	if err != nil {
		return k, err
	}
	k.contacts = make([]data.ContactStanding, 0, len(contacts))
	for _, c := range contacts {
		s := data.ContactStanding{Contact: c}
		s.Warmth = data.ScoreWarmth(k.moments[c.ID], data.IntervalOf(data.PreferencesOf(k.preferences, c), a.Tier, policies, k.moments[c.ID]), rules, at)
		s.Ours = data.RespondsIn(k.moments[c.ID], true, data.AnswerPromise, at)
		s.Theirs = data.RespondsIn(k.moments[c.ID], false, data.AnswerPromise, at)
		for _, h := range stakeholders {
			if h.Contact == c.ID {
				s.Stakeholder = h
			}
		}
		for _, one := range known {
			if one.Contact == c.ID {
				s.Knows = append(s.Knows, one.Name)
			}
		}
		k.contacts = append(k.contacts, s)
	}
	return k, nil
}

// ContactStanding returns how one contact stands at a moment.
func (db *DB) ContactStanding(ctx context.Context, contact string, at time.Time) (data.ContactStanding, error) {
	c, err := db.Contact(ctx, contact)
	if err != nil {
		return data.ContactStanding{}, err
	}
	a, err := db.Account(ctx, c.AccountID)
	if isNotFound(err) { // of nobody's account: judged by how often it was so far
		return db.strangerStanding(ctx, c, at)
	}
	if err != nil {
		return data.ContactStanding{}, err
	}
	s, err := db.Standing(ctx, a.ID, at)
	for _, other := range s.Contacts {
		if other.Contact.ID == contact {
			return other, err
		}
	}
	return data.ContactStanding{Contact: c}, err
}

func (db *DB) strangerStanding(ctx context.Context, c data.Contact, at time.Time) (s data.ContactStanding, err error) {
	s.Contact = c
	rules, err := db.WarmthRules(ctx)
	if err != nil {
		return s, err
	}
	moments, err := db.MomentsWith(ctx, c.ID, at)
	if err != nil {
		return s, err
	}
	preferences, err := Parts[data.Preference](ctx, db, PartQuery{Contact: c.ID})
	s.Warmth = data.ScoreWarmth(moments, data.IntervalOf(preferences, "", nil, moments), rules, at)
	return s, err
}
