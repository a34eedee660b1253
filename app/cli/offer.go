package cli

import (
	"strings"
	"time"

	"rapport/data"
	"rapport/data/store"
)

func offerAddVerb() *verb {
	return &verb{
		name: "offer add", args: "NAME", does: "Keep something that your team can supply",
		more:  `  rapport offer add "Care and spare parts" -about "a visit each quarter, lamps included"`,
		least: 1, most: 1,
		flags: []flag{{name: "about", value: "WORDS", does: "what it does for whom"}, jsonFlag},
		run: func(c *call) error {
			return c.readNames(func(db *store.DB, known names, _ time.Time) error {
				o := data.Offer{Name: strings.TrimSpace(c.args[0]), About: strings.TrimSpace(c.text("about"))}
				return keepPart(c, db, o.Name+" added to what you offer", o, func(o data.Offer) any { return offerOf(o) })
			})
		},
	}
}

func offerListVerb() *verb {
	return listing[data.Offer]{
		name: "offer list", does: "List what your team can supply", none: "nothing is offered yet; add it with rapport offer add", team: true,
		columns: []column{{head: "OFFER", most: 32}, {head: "WHAT IT IS", rest: true}},
		row:     func(_ names, o data.Offer, _ time.Time) []string { return []string{o.Name, o.About} },
		shape:   func(_ names, o data.Offer, _ time.Time) any { return offerOf(o) },
	}.verb()
}

type offerJSON struct {
	ID      string `json:"id"`
	Name    string `json:"name"`
	About   string `json:"about"`
	Retired string `json:"retired"`
}

func offerOf(o data.Offer) offerJSON {
	return offerJSON{ID: o.ID, Name: o.Name, About: o.About, Retired: o.Retired}
}
