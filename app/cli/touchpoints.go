package cli

import (
	"time"

	"rapport/data"
	"rapport/data/store"
)

func touchpointsVerb() *verb {
	return &verb{
		name: "touchpoints", does: "List whom it is time to be in touch with, by the agreed rhythm",
		more: `Whoever agreed on a rhythm is due by it; the rhythm of a tier asks for one person at an
account, and is answered by a contact with anybody there, or by a meeting within three
days. Nobody is listed within two days of a contact, nor who was put off in the window.

  rapport touchpoints -days 7`,
		flags: []flag{{name: "days", value: "N", does: "also who is due within so many days (else only who is due by today)"}, zoneFlag, jsonFlag},
		run:   runTouchpoints,
	}
}

type touchpointJSON struct {
	Contact   string `json:"contact"`
	ContactID string `json:"contactId"`
	Account   string `json:"account"`
	AccountID string `json:"accountId"`
	Due       string `json:"due"`
	Late      int    `json:"daysLate"` // negative where it lies ahead
	Rhythm    int    `json:"rhythmDays"`
	Channel   string `json:"channel"`
	Band      string `json:"band"`
	Why       string `json:"why"`
}

func runTouchpoints(c *call) error {
	days, err := c.number("days")
	if err != nil {
		return err
	}
	return c.read(func(db *store.DB) error {
		now, err := c.clock(db)
		if err != nil {
			return err
		}
		list, err := db.Touchpoints(c.ctx, endOfDay(now, days).Sub(now), now)
		if err != nil {
			return err
		}
		if c.on("json") {
			return writeArray(c.out, each(list, touchpointOf))
		}
		if len(list) == 0 {
			c.note("nobody is due; every account is in its rhythm")
			return nil
		}
		rows := make([][]string, len(list))
		for i, t := range list {
			rows[i] = []string{t.Words(), t.Contact.Name, t.Account.Name, string(t.Channel), t.Why}
		}
		return table(c.out, []column{{head: "TOUCH"}, {head: "PERSON", most: 26}, {head: "ACCOUNT", most: 26}, {head: "PREFERS"}, {head: "WHY", rest: true}}, rows)
	})
}

// endOfDay is the last moment of the day that is so many days after now.
func endOfDay(now time.Time, days int) time.Time {
	y, m, d := now.Date()
	return time.Date(y, m, d+days+1, 0, 0, 0, 0, now.Location()).Add(-time.Second)
}

func touchpointOf(t data.Touchpoint) touchpointJSON {
	return touchpointJSON{
		Contact: t.Contact.Name, ContactID: t.Contact.ID, Account: t.Account.Name, AccountID: t.Account.ID,
		Due: t.Due.Format(time.DateOnly), Late: t.Late, Rhythm: t.Warmth.Interval.Days, Channel: string(t.Channel), Band: string(t.Warmth.Band), Why: t.Why,
	}
}
