package cli

import (
	"errors"
	"math"
	"strconv"
	"strings"
	"time"

	"rapport/data"
	"rapport/data/store"
)

func warmthVerb() *verb {
	return &verb{
		name: "warmth", args: "CONTACT|ACCOUNT", does: "Say how a relationship stands, and why",
		more: `Warmth is relative to the agreed rhythm: who is in touch as often as was meant is fully
recent, weekly or twice a year. An account has four dials; each number names what it was
made from. With -at a past day is replayed from what was known then.

  rapport warmth "Anna Kessler"
  rapport warmth kestrel.example -at 2026-08-01 -json`,
		least: 1, most: 1, flags: []flag{
			{name: "at", value: "T", does: "the day to look at, like 2026-08-01; without a clock, its end"},
			zoneFlag, jsonFlag,
		}, run: runWarmth,
	}
}

type warmthJSON struct {
	Contact     string       `json:"contact"`
	ContactID   string       `json:"contactId"`
	At          string       `json:"at"`
	Score       *int         `json:"score"` // null where they never spoke
	Band        string       `json:"band"`
	Recency     float64      `json:"recency"`
	Frequency   float64      `json:"frequency"`
	Reciprocity float64      `json:"reciprocity"`
	Rhythm      int          `json:"rhythmDays"`
	RhythmFrom  string       `json:"rhythmFrom"`
	Last        string       `json:"last"`
	In          float64      `json:"in"`
	Out         float64      `json:"out"`
	Trend       *int         `json:"trend"`           // points in 90 days; null where that is not known
	Alive       *float64     `json:"alive,omitempty"` // of a contact asked for by itself, where enough is known
	WeAnswer    string       `json:"weAnswer"`
	TheyAnswer  string       `json:"theyAnswer"`
	Because     []string     `json:"because"`
	Receipts    []momentJSON `json:"receipts"`
}

type momentJSON struct {
	ID   string `json:"id"`
	At   string `json:"at"`
	Kind string `json:"kind"`
}

type standingJSON struct {
	Account      string       `json:"account"`
	AccountID    string       `json:"accountId"`
	At           string       `json:"at"`
	Band         string       `json:"band"`
	Dials        []dialJSON   `json:"dials"`
	Weakest      []string     `json:"weakest"`
	SingleThread string       `json:"singleThread"`
	OurThread    string       `json:"ourThread"`
	NeverMet     []string     `json:"neverMet"`
	People       []warmthJSON `json:"people"`
}

type dialJSON struct {
	Dial     string   `json:"dial"`
	Value    *int     `json:"value"` // null where there is nothing to measure
	Of       int      `json:"of"`
	Words    string   `json:"words"`
	Receipts []string `json:"receipts"`
}

func runWarmth(c *call) error {
	return c.read(func(db *store.DB) error {
		at, err := c.replayed(db)
		if err != nil {
			return err
		}
		known, err := c.names(db)
		if err != nil {
			return err
		}
		a, err := known.account(c.args[0])
		if err == nil {
			return c.writeStanding(db, a, at)
		}
		person, contactErr := data.ResolveContact(c.args[0], known.contacts, known.accounts)
		if contactErr != nil {
			return ambiguityOf(err, contactErr)
		}
		return c.writeWarmth(db, person, at)
	})
}

// ambiguityOf is the error that says more about a name that is neither an
// account nor a contact.
func ambiguityOf(account, contact error) error {
	if errors.As(contact, new(*data.Ambiguous)) || !errors.Is(contact, data.ErrNotFound) {
		return contact
	}
	return account
}

// replayed is the moment that -at names, or now; a day without a clock is its
// end, now for today.
func (c *call) replayed(db *store.DB) (time.Time, error) {
	now, err := c.clock(db)
	if err != nil || c.text("at") == "" {
		return now, err
	}
	at, err := c.when("at", now.Location())
	if err != nil {
		return at, err
	}
	if len(strings.TrimSpace(c.text("at"))) == len(time.DateOnly) {
		at = at.AddDate(0, 0, 1).Add(-time.Second)
		if at.After(now) && at.Add(-24*time.Hour).Before(now) {
			return now, nil
		}
	}
	if at.After(now) {
		return at, misuse(c.verb, "flag -at needs a day that has been; %s lies ahead", c.text("at"))
	}
	return at.In(now.Location()), nil
}

func (c *call) writeWarmth(db *store.DB, person data.Contact, at time.Time) error {
	s, err := db.ContactStanding(c.ctx, person.ID, at)
	if err != nil {
		return err
	}
	alive, known, err := db.Alive(c.ctx, person.ID, at)
	if err != nil {
		return err
	}
	if c.on("json") {
		j := warmthOf(s, at)
		if known {
			p := rounded(alive.Probability)
			j.Alive = &p
		}
		return writeJSON(c.out, j)
	}
	c.printf("%s\n", warmthLine(s))
	for _, words := range s.Warmth.Words() {
		c.printf("  %s\n", words)
	}
	if known {
		c.printf("  %s\n", alive.Words())
	}
	if words := s.Theirs.Words(data.AnswerPromise); words != "" {
		c.printf("  %s %s\n", data.FirstName(s.Contact.Name), words)
	}
	if words := s.Ours.Words(data.AnswerPromise); words != "" {
		c.printf("  one of us %s\n", words)
	}
	return nil
}

func warmthLine(s data.ContactStanding) string {
	if s.Warmth.Band == data.NeverSpoke {
		return s.Contact.Name + ": never spoke"
	}
	return s.Contact.Name + ": " + strconv.Itoa(s.Warmth.Score) + " of 100, " + string(s.Warmth.Band)
}

func (c *call) writeStanding(db *store.DB, a data.Account, at time.Time) error {
	s, err := db.Standing(c.ctx, a.ID, at)
	if err != nil {
		return err
	}
	if c.on("json") {
		return writeJSON(c.out, standingOf(s, at))
	}
	c.printf("%s\n", accountLine(a))
	var rows [][]string
	for _, d := range s.Dials {
		rows = append(rows, []string{string(d.Kind), dialWords(d), d.Words})
	}
	if err := table(c.out, []column{{}, {right: true}, {rest: true}}, rows); err != nil {
		return err
	}
	if len(s.Contacts) == 0 {
		return nil
	}
	c.print("\n")
	for _, p := range s.Contacts {
		c.printf("%s\n  %s\n", warmthLine(p), strings.Join(p.Warmth.Words(), "; "))
	}
	return nil
}

func dialWords(d data.Dial) string {
	switch {
	case !d.Known:
		return "–"
	case d.Kind == data.Velocity && d.Value > 0:
		return "+" + strconv.Itoa(d.Value)
	case d.Kind == data.Velocity:
		return strconv.Itoa(d.Value)
	}
	return strconv.Itoa(d.Value) + " of " + strconv.Itoa(d.Of)
}

func warmthOf(s data.ContactStanding, at time.Time) warmthJSON {
	w := s.Warmth
	j := warmthJSON{
		Contact: s.Contact.Name, ContactID: s.Contact.ID, At: at.UTC().Format(time.RFC3339), Band: string(w.Band),
		Recency: rounded(w.Recency), Frequency: rounded(w.Frequency), Reciprocity: rounded(w.Reciprocity),
		Rhythm: w.Interval.Days, RhythmFrom: string(w.Interval.From), In: w.In, Out: w.Out, Because: w.Words(), Receipts: []momentJSON{},
	}
	j.WeAnswer, j.TheyAnswer = s.Ours.Words(data.AnswerPromise), s.Theirs.Words(data.AnswerPromise)
	if trend, ok := s.Trend(); ok {
		j.Trend = &trend
	}
	if w.Band != data.NeverSpoke {
		j.Score, j.Last = &w.Score, w.Last.At.UTC().Format(time.RFC3339)
	}
	for _, m := range w.Receipts {
		j.Receipts = append(j.Receipts, momentJSON{ID: m.ID, At: m.At.UTC().Format(time.RFC3339), Kind: string(m.Kind)})
	}
	return j
}

func standingOf(s store.AccountStanding, at time.Time) standingJSON {
	j := standingJSON{
		Account: s.Account.Name, AccountID: s.Account.ID, At: at.UTC().Format(time.RFC3339), Band: string(s.Band),
		OurThread: s.OurThread, Weakest: []string{}, NeverMet: []string{}, People: []warmthJSON{},
	}
	for _, c := range s.Contacts {
		if c.Contact.ID == s.SingleThread {
			j.SingleThread = c.Contact.Name
		}
	}
	for _, d := range s.Dials {
		one := dialJSON{Dial: string(d.Kind), Of: d.Of, Words: d.Words, Receipts: []string{}}
		if d.Known {
			one.Value = &d.Value
		}
		for _, r := range d.Receipts {
			one.Receipts = append(one.Receipts, r.Words)
		}
		j.Dials = append(j.Dials, one)
	}
	for _, k := range s.Weakest {
		j.Weakest = append(j.Weakest, string(k))
	}
	for _, p := range s.NeverMet {
		j.NeverMet = append(j.NeverMet, p.Name)
	}
	for _, p := range s.Contacts {
		j.People = append(j.People, warmthOf(p, at))
	}
	return j
}

// rounded keeps three digits, so that the same facts print the same bytes on
// every machine.
func rounded(x float64) float64 { return math.Round(x*1000) / 1000 }
