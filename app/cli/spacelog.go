package cli

import (
	"time"

	"rapport/data"
	"rapport/data/store"
)

type pastExchangeJSON struct {
	Way     string       `json:"way"`
	At      string       `json:"at"`
	Until   string       `json:"until"`
	Times   int          `json:"times"`
	Came    int          `json:"came"`
	Sent    int          `json:"sent"`
	KeptOut int          `json:"keptOut"`
	Refused int          `json:"refused"`
	Reasons []data.Count `json:"reasons"`
	Problem string       `json:"problem"`

	words string
	until time.Time
}

// pastExchanges are those of a space, the latest first.
func (c *call) pastExchanges(db *store.DB, s data.Space) ([]pastExchangeJSON, error) {
	list, err := db.Exchanges(c.ctx, s.ID)
	var past []pastExchangeJSON
	for _, e := range list {
		words := e.Words()
		if why := e.Why(); why != "" {
			words += ": " + why
		}
		past = append(past, pastExchangeJSON{
			Way: e.Way, At: e.At.UTC().Format(time.RFC3339), Until: e.Until.UTC().Format(time.RFC3339), Times: e.Times,
			Came: e.Came, Sent: e.Sent, KeptOut: e.KeptOut, Refused: e.Refused, Problem: e.Problem, Reasons: append([]data.Count{}, e.Reasons...), words: words, until: e.Until,
		})
	}
	return past, err
}

// writePastExchanges prints those of all spaces as one table.
func (c *call) writePastExchanges(db *store.DB, all []statusJSON) error {
	zone, err := c.zone(db)
	if err != nil {
		return err
	}
	var rows [][]string
	for _, j := range all {
		for _, e := range j.Exchanges {
			rows = append(rows, []string{j.Name, e.until.In(zone).Format("2006-01-02 15:04"), e.Way, e.words})
		}
	}
	if len(rows) == 0 {
		c.note("nothing was exchanged yet")
		return nil
	}
	return table(c.out, []column{{head: "SPACE", most: 32}, {head: "WHEN"}, {head: "OVER"}, {head: "HOW IT WENT", rest: true}}, rows)
}
