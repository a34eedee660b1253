package store

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"time"

	"rapport/data"
	"rapport/data/survey"
)

// SettingSurveyKey is what the codes of surveys are signed with: a random number in
// hex, which never leaves this laptop. It stands beside the answers that it guards,
// since whoever reads this file could write answers into it anyway.
const SettingSurveyKey = "survey_key"

// surveyKeyBytes is how long the key is.
const surveyKeyBytes = 32

// SurveyKey returns what this laptop signs the codes of surveys with, nil before
// the first survey went out.
func (db *DB) SurveyKey(ctx context.Context) ([]byte, error) {
	s, err := db.Setting(ctx, SettingSurveyKey)
	if err != nil {
		return nil, err
	}
	key, err := hex.DecodeString(s)
	return key, wrapNoun(err, "setting %s", SettingSurveyKey)
}

// surveyKey is SurveyKey within a write; asked for by one who asks, it is made.
func (tx *Tx) surveyKey(make bool) ([]byte, error) {
	s, err := one(tx.ctx, tx.sql, scanString, `SELECT value FROM setting WHERE key = ?`, SettingSurveyKey)
	if noRows(err) != nil {
		return nil, err
	}
	if s != "" || !make {
		return hex.DecodeString(s)
	}
	key := randomBytes(surveyKeyBytes)
	_, err = tx.exec(`INSERT INTO setting (key, value) VALUES (?, ?)`, SettingSurveyKey, hex.EncodeToString(key))
	return key, err
}

func randomBytes(n int) []byte {
	b := make([]byte, n)
	rand.Read(b) // never fails
	return b
}

// SurveyDraft asks one person, or reminds them: it keeps that they were asked, and
// the mail as a draft. letter says all but who was asked by which code.
func (tx *Tx) SurveyDraft(mailbox string, ask data.SurveyAsk, letter survey.Letter) (data.SurveyAsk, data.Draft, error) {
	key, err := tx.surveyKey(true)
	if err != nil {
		return ask, data.Draft{}, wrapNoun(err, "survey")
	}
	if name := survey.KeyName(key); ask.ID == "" || ask.Key != name { // a code that another laptop made is made anew
		ask.Token, ask.Key = survey.Token([survey.TokenBytes]byte(randomBytes(survey.TokenBytes))), name
	}
	letter.Ask, letter.Key = ask, key
	d := letter.Draft()
	d.Mailbox = mailbox
	if d, err = tx.PutDraft(d); err != nil {
		return ask, d, err
	}
	ask.Draft, ask.Address = d.ID, letter.To.Email
	ask, err = PutPart(tx, ask)
	return ask, d, err
}

// SurveyInvitees says of each of the chosen whether a survey goes to them, and which
// of their wishes that would go against.
func (db *DB) SurveyInvitees(ctx context.Context, s data.Survey, chosen []data.Contact, again bool, now time.Time) ([]survey.Invitee, error) {
	facts, err := db.SurveyFacts(ctx)
	if err != nil {
		return nil, err
	}
	list := facts.Audience(s, chosen, again, now)
	for i := range list {
		if list[i].Skip != "" {
			continue
		}
		d := data.Draft{To: []data.Address{list[i].Address}, Subject: s.Title}
		known, err := db.DraftFacts(ctx, d)
		if err != nil {
			return nil, err
		}
		if err := data.RefuseAutomated(d, known); err != nil {
			list[i].Skip = err.Error()
			continue
		}
		list[i].Against = data.DraftAgainst(d, known, now)
	}
	return list, nil
}

// AskSurvey writes a mail for each of the list who is asked, and lets it go to the
// mailbox's Drafts folder, not before a moment. yes says that the person allowed
// these; letter says what all have in common. It returns the drafts by Contact.ID.
func (tx *Tx) AskSurvey(mailbox string, list []survey.Invitee, letter survey.Letter, yes bool, notBefore time.Time) (map[string]data.Draft, error) {
	drafts := map[string]data.Draft{}
	for _, i := range survey.Asked(list) {
		letter.To, letter.Hello = i.Address, "Dear "+i.Contact.Name+","
		_, d, err := tx.SurveyDraft(mailbox, i.Ask, letter)
		if err != nil {
			return nil, err
		}
		if err := tx.QueueDraft(d.ID, yes, notBefore); err != nil {
			return nil, err
		}
		drafts[i.Contact.ID] = d
	}
	return drafts, nil
}

// SurveyGiven returns what a survey's results are made from.
func (db *DB) SurveyGiven(ctx context.Context, id string) (g survey.Given, err error) {
	if g.Survey, err = PartByID[data.Survey](ctx, db, id); err != nil {
		return g, err
	}
	all, err := db.SurveyFacts(ctx)
	if err != nil {
		return g, err
	}
	return all.Of(g.Survey), nil
}

// SurveyFacts returns all that is known of all surveys, with the people whom they
// and feedback name.
func (db *DB) SurveyFacts(ctx context.Context) (f survey.Facts, err error) {
	if f.Surveys, err = Parts[data.Survey](ctx, db, PartQuery{}); err != nil {
		return f, err
	}
	if f.Asks, err = Parts[data.SurveyAsk](ctx, db, PartQuery{}); err != nil {
		return f, err
	}
	if f.Answers, err = Parts[data.SurveyAnswer](ctx, db, PartQuery{}); err != nil {
		return f, err
	}
	if f.Feedback, err = Parts[data.Feedback](ctx, db, PartQuery{}); err != nil {
		return f, err
	}
	var named []string
	for _, a := range f.Asks {
		named = append(named, a.Contact)
	}
	for _, b := range f.Feedback {
		named = append(append(named, b.Contact), b.Helped...)
	}
	f.Contacts, err = db.contactsByID(ctx, named)
	return f, err
}

// readAnswers keeps what a mail that arrives answers to our surveys. A mail of ours
// or of a machine answers nothing, and neither does a code that another laptop's
// key made.
func (tx *Tx) readAnswers(k data.Known, m data.Message, interaction string) error {
	if m.Automated != "" {
		return nil
	}
	reply, ok := survey.FindReply(m)
	if !ok || data.DirectionOf(data.PeopleOf(m, k)) == data.Out {
		return nil
	}
	ask, err := one(tx.ctx, tx.sql, scanPart[data.SurveyAsk], `
		SELECT id, fields, recorded_at FROM part WHERE kind = ? AND fields ->> '$.token' = ?`, data.KindAsk, reply.Code.Token)
	if err != nil {
		return noRows(err)
	}
	key, err := tx.surveyKey(false)
	if err != nil || len(key) == 0 || survey.KeyName(key) != ask.Key {
		return err
	}
	s, err := one(tx.ctx, tx.sql, scanPart[data.Survey], `SELECT id, fields, recorded_at FROM part WHERE kind = ? AND id = ?`, data.KindSurvey, ask.Survey)
	if err != nil {
		return noRows(err)
	}
	addresses, err := query(tx.ctx, tx.sql, scanString, `SELECT address FROM contact_address WHERE contact_id = ?`, ask.Contact)
	if err != nil {
		return err
	}
	for _, a := range reply.Read(s, ask, addresses, key) {
		a.Interaction = interaction
		if _, err := PutPart(tx, a); err != nil {
			return err
		}
	}
	return nil
}
