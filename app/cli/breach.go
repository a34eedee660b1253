package cli

import (
	"errors"
	"strings"
	"time"

	"rapport/data"
	"rapport/data/store"
)

// anywayFlag says why something is done that goes against a wish.
var anywayFlag = flag{name: "anyway", value: "WHY", does: "do it though it goes against a wish of theirs; the reason is kept"}

// heed is what a touch with contacts, by Contact.ID, goes against. Without
// -anyway that is refused.
func (c *call) heed(db *store.DB, t data.PlannedTouch, contacts []string) ([]data.Warning, error) {
	wishes, err := db.Wishes(c.ctx, contacts, t.At)
	if err != nil {
		return nil, err
	}
	against := data.Against(t, wishes)
	return against, c.refuse(against)
}

// refuse says what a touch goes against, unless -anyway says why it is made.
func (c *call) refuse(against []data.Warning) error {
	if len(against) == 0 {
		return nil
	}
	words := data.AgainstWords(against)
	if strings.TrimSpace(c.text("anyway")) == "" {
		return errors.New(words + ". Say -anyway with the reason to do it all the same")
	}
	c.note("%s", words)
	return nil
}

type breachJSON struct {
	partJSON
	Preference string `json:"preference"`
	Words      string `json:"words"`
	On         string `json:"on"`
	By         string `json:"by"`
	Why        string `json:"why"`
}

func preferenceBreachesVerb() *verb {
	return listing[data.Breach]{
		name: "preference breaches", does: "List what went against people's wishes, the latest first, and why", record: true,
		none:    "nothing went against a wish",
		columns: []column{{head: "ON"}, {head: "WHO", most: 24}, {head: "WHAT", rest: true}, {head: "BY", most: 18}, {head: "WHY", most: 40}},
		row: func(n names, b data.Breach, _ time.Time) []string {
			return []string{b.On, n.whose(b.Belongs), b.Words, b.By, b.Why}
		},
		shape: func(n names, b data.Breach, _ time.Time) any {
			return breachJSON{partJSON: n.part(b.Belongs), Preference: b.Preference, Words: b.Words, On: b.On, By: b.By, Why: b.Why}
		},
		sort: func(list []data.Breach, _ time.Time) { data.SortBreaches(list) },
	}.verb()
}
