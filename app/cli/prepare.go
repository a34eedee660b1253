package cli

import (
	"maps"
	"slices"
	"strings"
	"time"

	"rapport/data"
	"rapport/data/store"
)

func prepareVerb() *verb {
	return &verb{
		name: "prepare", args: "[next|MEETING|ACCOUNT]", does: "Write what is to be earned in a meeting, and how",
		more: `All else on the brief is made from what is known. What no flag names stays; -move and -note
given once replace those before. A move begins with say, give, ask, show, thank or hear.

  rapport prepare kestrel.example -outcome "A date to decide on the cure" \
      -move "Ask who signs for Hall 3" -note "finance: two credits are open"`,
		most: 1, flags: []flag{
			{name: "outcome", value: "WORDS", does: "what both should have when it ends"},
			{name: "wants", value: "WORDS", does: "what they likely want"},
			{name: "move", value: "WORDS", does: "what to say, show or ask", many: true},
			{name: "note", value: "SEAT: WORDS", does: "what sales, support, delivery or finance must know", many: true},
			zoneFlag, jsonFlag,
		}, run: runPrepare,
	}
}

type preparationJSON struct {
	Meeting   string            `json:"meeting"`
	AccountID string            `json:"accountId"`
	Outcome   string            `json:"outcome"`
	Wants     string            `json:"wants"`
	Moves     []string          `json:"moves"`
	Notes     map[string]string `json:"notes"` // by seat
}

func preparationOf(p data.Preparation) preparationJSON {
	j := preparationJSON{Meeting: p.Interaction, AccountID: p.Account, Outcome: p.Outcome, Wants: p.Wants, Moves: full(p.Moves), Notes: map[string]string{}}
	maps.Copy(j.Notes, p.Seats)
	return j
}

func runPrepare(c *call) error {
	notes, err := c.seatNotes()
	if err != nil {
		return err
	}
	return c.write(func(db *store.DB) error {
		now, err := c.clock(db)
		if err != nil {
			return err
		}
		m, err := c.meeting(db, now)
		if err != nil {
			return err
		}
		p, err := db.Preparation(c.ctx, m.ID)
		if err != nil {
			return err
		}
		if !c.has("outcome") && !c.has("wants") && !c.has("move") && !c.has("note") {
			return c.showPreparation(p)
		}
		p.Account = m.Account.ID
		c.overwrite(&p.Outcome, "outcome")
		c.overwrite(&p.Wants, "wants")
		if c.has("move") {
			p.Moves = slices.Clone(c.values["move"])
		}
		if c.has("note") {
			p.Seats = notes
		}
		return keepPart(c, db, "Prepared: "+plainText(m.Summary), p, func(p data.Preparation) any { return preparationOf(p) })
	})
}

func (c *call) showPreparation(p data.Preparation) error {
	if c.on("json") {
		return writeJSON(c.out, preparationOf(p))
	}
	if p.IsEmpty() {
		c.note("nothing is written for this meeting yet; -outcome begins it")
		return nil
	}
	lines := [][2]string{{"To earn", p.Outcome}, {"They want", p.Wants}}
	for _, m := range p.Moves {
		lines = append(lines, [2]string{"Move", m})
	}
	for _, seat := range slices.Sorted(maps.Keys(p.Seats)) {
		lines = append(lines, [2]string{"For " + seat, p.Seats[seat]})
	}
	c.lines(lines)
	return nil
}

// seatNotes are the values of -note, by seat.
func (c *call) seatNotes() (map[string]string, error) {
	notes := map[string]string{}
	for _, n := range c.values["note"] {
		seat, words, found := strings.Cut(n, ":")
		seat = strings.ToLower(strings.TrimSpace(seat))
		if !found || !slices.Contains(data.Seats, data.Seat(seat)) {
			return nil, misuse(c.verb, "flag -note: write it like \"finance: two credits are open\"; the seats are sales, support, delivery and finance")
		}
		notes[seat] = strings.TrimSpace(words)
	}
	return notes, nil
}

// meeting is the one that the command is about.
func (c *call) meeting(db *store.DB, now time.Time) (data.Agenda, error) {
	id, err := c.briefed(db, now)
	if err != nil {
		return data.Agenda{}, err
	}
	return db.Meeting(c.ctx, id)
}
