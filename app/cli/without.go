package cli

import (
	"fmt"
	"strings"
	"time"

	"rapport/data"
	"rapport/data/store"
)

func withoutVerb() *verb {
	return &verb{
		name: "without", args: "PERSON", does: "Say what it would mean if somebody left",
		more: `PERSON is one of them, or one of us by name. Nothing is changed: the account is looked at
as if they were gone. Without -account, one of us is taken from every account where they are
known, and one of them from their own.

  rapport without "Anna Kessler"
  rapport without "Maya Lindqvist" -account kestrel.example -json`,
		least: 1, most: 1, flags: []flag{accountFlag("only this account"), zoneFlag, jsonFlag},
		run: runWithout,
	}
}

func accountFlag(does string) flag { return flag{name: "account", value: "A", does: does} }

type withoutJSON struct {
	Who      string          `json:"who"`
	Ours     bool            `json:"ours"`
	Accounts []departureJSON `json:"accounts"`
}

type departureJSON struct {
	Account       string             `json:"account"`
	AccountID     string             `json:"accountId"`
	Dials         []dialChangeJSON   `json:"dials"`
	Orphaned      []string           `json:"orphaned"`
	Lost          []string           `json:"lost"`
	Cut           []string           `json:"cut"`
	Roles         []string           `json:"roles"`
	Introductions []introductionJSON `json:"introductions"`
}

type dialChangeJSON struct {
	Dial   string `json:"dial"`
	Of     int    `json:"of"`
	Before *int   `json:"before"` // null where there is nothing to measure
	After  *int   `json:"after"`
}

type introductionJSON struct {
	To       string  `json:"to"`
	By       string  `json:"by"`
	Way      string  `json:"way"`
	Strength float64 `json:"strength"`
}

func runWithout(c *call) error {
	return c.read(func(db *store.DB) error {
		now, err := c.clock(db)
		if err != nil {
			return err
		}
		known, err := c.names(db)
		if err != nil {
			return err
		}
		accounts, who := known.accounts, c.args[0]
		person, personErr := data.ResolveContact(who, known.contacts, known.accounts)
		if personErr == nil {
			who = person.ID
			accounts = oneAccount(accounts, person.AccountID)
		}
		if name := c.text("account"); name != "" {
			a, err := known.account(name)
			if err != nil {
				return err
			}
			accounts = []data.Account{a}
		}
		answer := withoutJSON{Who: c.args[0], Accounts: []departureJSON{}}
		for _, a := range accounts {
			d, ok, err := departureFrom(c, db, a, who, now)
			if err != nil {
				return err
			}
			if ok {
				answer.Who, answer.Ours = d.Who, d.Ours
				answer.Accounts = append(answer.Accounts, departureOf(a, d))
			}
		}
		switch {
		case len(answer.Accounts) == 0 && personErr != nil:
			return personErr
		case len(answer.Accounts) == 0:
			return fmt.Errorf("%s at that account: %w", c.args[0], data.ErrNotFound)
		case c.on("json"):
			return writeJSON(c.out, answer)
		}
		for _, d := range answer.Accounts {
			c.printDeparture(answer.Who, d)
		}
		return nil
	})
}

func oneAccount(list []data.Account, id string) []data.Account {
	for _, a := range list {
		if a.ID == id {
			return []data.Account{a}
		}
	}
	return nil
}

func departureFrom(c *call, db *store.DB, a data.Account, who string, now time.Time) (data.Departure, bool, error) {
	in, err := db.WithoutInput(c.ctx, a.ID, now)
	if err != nil {
		return data.Departure{}, false, err
	}
	d, ok := data.Without(in, who, now)
	return d, ok, nil
}

func departureOf(a data.Account, d data.Departure) departureJSON {
	j := departureJSON{Account: a.Name, AccountID: a.ID, Dials: []dialChangeJSON{}, Orphaned: []string{}, Lost: []string{},
		Cut: []string{}, Roles: []string{}, Introductions: []introductionJSON{}}
	for _, change := range d.Dials {
		one := dialChangeJSON{Dial: string(change.Before.Kind), Of: change.Before.Of}
		if change.Before.Known {
			one.Before = &change.Before.Value
		}
		if change.After.Known {
			one.After = &change.After.Value
		}
		j.Dials = append(j.Dials, one)
	}
	for _, p := range d.Orphaned {
		j.Orphaned = append(j.Orphaned, p.What)
	}
	for _, f := range d.Lost {
		j.Lost = append(j.Lost, f.Value)
	}
	for _, p := range d.Cut {
		j.Cut = append(j.Cut, p.Name)
	}
	for _, r := range d.Roles {
		j.Roles = append(j.Roles, string(r))
	}
	for _, i := range d.Introductions {
		j.Introductions = append(j.Introductions, introductionJSON{To: i.To.Name, By: i.Way.Who, Way: i.Way.Words(), Strength: rounded(i.Way.Strength)})
	}
	return j
}

func (c *call) printDeparture(who string, d departureJSON) {
	c.printf("%s without %s\n", d.Account, who)
	for _, dial := range d.Dials {
		c.printf("  %s %s, then %s of %d\n", dial.Dial, valueOrDash(dial.Before), valueOrDash(dial.After), dial.Of)
	}
	for _, part := range []struct {
		what string
		list []string
	}{
		{"roles nobody would cover", d.Roles}, {"people we would not know any more", d.Cut},
		{"promises without an owner", d.Orphaned}, {"known only from them", d.Lost},
	} {
		if len(part.list) > 0 {
			c.printf("  %s: %s\n", part.what, strings.Join(part.list, "; "))
		}
	}
	for _, i := range d.Introductions {
		c.printf("  to reach %s again: %s\n", i.To, i.Way)
	}
}

func valueOrDash(n *int) string {
	if n == nil {
		return "–"
	}
	return fmt.Sprint(*n)
}
