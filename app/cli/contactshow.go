package cli

import (
	"strings"
	"time"

	"rapport/data"
	"rapport/data/store"
)

func contactShowVerb() *verb {
	return &verb{
		name: "contact show", args: "CONTACT", does: "Show what is known of a person, and how you stand with them",
		more:  `  rapport contact show "Anna Kessler"`,
		least: 1, most: 1, flags: []flag{zoneFlag, jsonFlag}, run: runContactShow,
	}
}

type contactShownJSON struct {
	ID          string            `json:"id"`
	Name        string            `json:"name"`
	Emails      []string          `json:"emails"`
	Account     string            `json:"account"`
	AccountID   string            `json:"accountId"`
	Role        string            `json:"role"`
	Phone       string            `json:"phone"`
	Side        string            `json:"side"`
	Warmth      shortWarmthJSON   `json:"warmth"`
	Stage       string            `json:"stage"` // know, interest, trust
	Next        string            `json:"next"`  // what the next stage wants
	Roles       []string          `json:"roles"`
	Influence   int               `json:"influence"`
	Support     *int              `json:"support"` // null where nobody judged
	Knows       []string          `json:"knows"`
	Places      []affiliationJSON `json:"places"`
	Facts       []saidOfJSON      `json:"facts"`
	Preferences []string          `json:"preferences"`
	Promises    int               `json:"openPromises"`
	Unknowns    int               `json:"openUnknowns"`
}

type affiliationJSON struct {
	Place string `json:"place"`
	Role  string `json:"role"`
	From  string `json:"from"`
	Until string `json:"until"`
}

// shortWarmthJSON is a warmth without its receipts, which rapport warmth has.
type shortWarmthJSON struct {
	Score   *int     `json:"score"` // null where they never spoke
	Band    string   `json:"band"`
	Rhythm  int      `json:"rhythmDays"`
	Last    *string  `json:"last"`
	Because []string `json:"because"`
}

func shortWarmth(w data.Warmth) shortWarmthJSON {
	j := shortWarmthJSON{Band: string(w.Band), Rhythm: w.Interval.Days, Last: moment(w.Last.At), Because: full(w.Words())}
	if w.Band != data.NeverSpoke {
		j.Score = &w.Score
	}
	return j
}

// contactShown is all that the page of a contact in the terminal is made from.
type contactShown struct {
	standing     data.ContactStanding
	stage        data.StageVerdict
	affiliations []data.Affiliation
	facts        []data.Fact
	preferences  []data.Preference
	promises     []data.Promise
	unknowns     []data.Unknown
}

func runContactShow(c *call) error {
	return c.readNames(func(db *store.DB, known names, now time.Time) error {
		who, err := known.person(c.args[0])
		if err != nil {
			return err
		}
		s, err := c.contactShown(db, who.contact, now)
		if err != nil {
			return err
		}
		if c.on("json") {
			return writeJSON(c.out, s.json(known, now))
		}
		c.writeContact(s, known, now)
		return nil
	})
}

func (c *call) contactShown(db *store.DB, p data.Contact, now time.Time) (s contactShown, err error) {
	if s.standing, err = db.ContactStanding(c.ctx, p.ID, now); err != nil {
		return s, err
	}
	moments, err := db.MomentsWith(c.ctx, p.ID, now)
	if err != nil {
		return s, err
	}
	of := store.PartQuery{Contact: p.ID}
	signs, err := store.Parts[data.TrustSign](c.ctx, db, of)
	if err != nil {
		return s, err
	}
	s.stage = data.StageOf(moments, signs, now)
	if s.affiliations, err = store.Parts[data.Affiliation](c.ctx, db, of); err != nil {
		return s, err
	}
	data.SortAffiliations(s.affiliations)
	of.Open = true
	if s.facts, err = store.Parts[data.Fact](c.ctx, db, of); err != nil {
		return s, err
	}
	all, err := store.Parts[data.Preference](c.ctx, db, store.PartQuery{Open: true})
	if err != nil {
		return s, err
	}
	s.preferences = data.PreferencesOf(all, p)
	if s.unknowns, err = store.Parts[data.Unknown](c.ctx, db, of); err != nil {
		return s, err
	}
	s.promises, err = store.Parts[data.Promise](c.ctx, db, of)
	data.SortPromises(s.promises, now)
	return s, err
}

func (s contactShown) json(known names, now time.Time) contactShownJSON {
	p, h := s.standing.Contact, s.standing.Stakeholder
	j := contactShownJSON{
		ID: p.ID, Name: p.Name, Emails: full(p.Emails), Account: known.byID()[p.AccountID], AccountID: p.AccountID, Role: p.Role, Phone: p.Phone, Side: string(p.Side),
		Warmth: shortWarmth(s.standing.Warmth), Stage: string(s.stage.Stage), Next: s.stage.Next, Influence: h.Influence, Roles: wordsIn(h.Roles),
		Knows: full(s.standing.Knows), Places: []affiliationJSON{}, Facts: saidOf(s.facts, now), Preferences: mappedTo(s.preferences, data.Preference.Words),
		Promises: len(s.promises), Unknowns: len(s.unknowns),
	}
	if h.Judged() {
		j.Support = &h.Support
	}
	for _, a := range s.affiliations {
		j.Places = append(j.Places, affiliationJSON{Place: placeOf(a, known), Role: a.Role, From: a.From, Until: a.Until})
	}
	return j
}

func wordsIn[T ~string](list []T) []string {
	return mappedTo(list, func(w T) string { return string(w) })
}

func placeOf(a data.Affiliation, known names) string {
	if a.Account != "" {
		return known.byID()[a.Account]
	}
	return a.Place
}

func (c *call) writeContact(s contactShown, known names, now time.Time) {
	p, h := s.standing.Contact, s.standing.Stakeholder
	c.printf("%s\n", plainText(warmthLine(s.standing)))
	stage := string(s.stage.Stage)
	if s.stage.Next != "" {
		stage = joinWords(stage, "next when "+s.stage.Next)
	}
	judged := ""
	if h.ID != "" {
		judged = strings.Join(append(wordsIn(h.Roles), data.InfluenceWord(h.Influence), h.SupportWord()), ", ")
	}
	c.lines([][2]string{
		{"Works at", joinWords(known.byID()[p.AccountID], p.Role)}, {"Addresses", strings.Join(p.Emails, " ")}, {"Phone", p.Phone},
		{"Stage", stage}, {"There", joinWords(judged, h.Why)}, {"Known to", strings.Join(s.standing.Knows, ", ")},
	})
	c.paragraph("Why so warm", s.standing.Warmth.Words())
	c.paragraph("Worked at", mappedTo(s.affiliations, func(a data.Affiliation) string {
		return joinWords(placeOf(a, known), a.Role, strings.TrimSpace(a.From+" to "+a.Until))
	}))
	c.paragraph("Likes", mappedTo(s.preferences, preferenceLine))
	c.paragraph("Promised and open", mappedTo(s.promises, func(p data.Promise) string { return promiseLine(p, now) }))
	c.paragraph("Known", mappedTo(s.facts, func(f data.Fact) string { return factLine(f, now) }))
	c.paragraph("Not known yet", mappedTo(s.unknowns, func(u data.Unknown) string { return joinWords(u.What, u.Owner) }))
}
