package cli

import (
	"fmt"

	"rapport/data"
	"rapport/data/store"
)

func filingListVerb() *verb {
	return &verb{
		name: "filing list", does: "List who waits in Filing, by domain, and where they seem to belong",
		more:  "Nothing is filed until filing assign, or you in the window, say so.",
		flags: []flag{jsonFlag}, run: runFilingList,
	}
}

func runFilingList(c *call) error {
	return c.read(func(db *store.DB) error {
		in, err := db.FilingInput(c.ctx, c.now())
		if err != nil {
			return err
		}
		groups := data.ProposeFiling(in)
		if c.on("json") {
			return writeArray(c.out, each(groups, waitingGroupOf))
		}
		if len(groups) == 0 {
			c.note("nobody waits in Filing")
			return nil
		}
		for i, g := range groups {
			if i > 0 {
				c.print("\n")
			}
			c.printf("%s: %s\n", plainText(g.Domain), plainText(g.Note))
			if err := c.writeWaiting(g); err != nil {
				return err
			}
		}
		return nil
	})
}

func (c *call) writeWaiting(g data.DomainGroup) error {
	rows := make([][]string, len(g.Senders))
	for i, p := range g.Senders {
		where := "no idea yet"
		if p.Account.ID != "" {
			where = fmt.Sprintf("%s, %s", p.Account.Name, p.Sure)
		}
		rows[i] = []string{"", p.Sender.Email, data.Counted(p.Sender.Mails+p.Sender.Meetings, "time", "times"), where, p.Why}
	}
	return table(c.out, []column{{}, {most: 36}, {right: true}, {most: 30}, {rest: true}}, rows)
}

type waitingGroupJSON struct {
	Domain  string        `json:"domain"`
	Public  bool          `json:"public"`
	Note    string        `json:"note"`
	Senders []waitingJSON `json:"senders"`
}

type waitingJSON struct {
	Name      string       `json:"name"`
	Email     string       `json:"email"`
	Mails     int          `json:"mails"`
	Meetings  int          `json:"meetings"`
	First     *string      `json:"first"`
	Last      *string      `json:"last"`
	Subjects  []string     `json:"subjects"`
	Signature string       `json:"signature"`
	Account   string       `json:"account"`
	AccountID string       `json:"accountId"`
	Contact   string       `json:"contact"`
	ContactID string       `json:"contactId"`
	Side      string       `json:"side"`
	Sure      string       `json:"sure"`
	Why       string       `json:"why"`
	Reasons   []reasonJSON `json:"reasons"`
}

type reasonJSON struct {
	Says     string `json:"says"`
	Detail   string `json:"detail"`
	Strength string `json:"strength"`
	About    string `json:"about"`
}

func waitingGroupOf(g data.DomainGroup) waitingGroupJSON {
	j := waitingGroupJSON{Domain: g.Domain, Public: g.Public, Note: g.Note, Senders: make([]waitingJSON, len(g.Senders))}
	for i, p := range g.Senders {
		j.Senders[i] = waitingOf(p)
	}
	return j
}

func waitingOf(p data.Proposal) waitingJSON {
	s := p.Sender
	j := waitingJSON{
		Name: s.Called(), Email: s.Email, Mails: s.Mails, Meetings: s.Meetings, First: moment(s.First), Last: moment(s.Last),
		Subjects: full(s.Subjects), Signature: s.SignatureHint,
		Account: p.Account.Name, AccountID: p.Account.ID, Contact: p.Contact.Name, ContactID: p.Contact.ID,
		Side: string(p.Side), Sure: string(p.Sure), Why: p.Why, Reasons: []reasonJSON{},
	}
	for _, r := range p.Reasons {
		j.Reasons = append(j.Reasons, reasonJSON{Says: r.Says, Detail: r.Detail, Strength: string(r.Strength), About: string(r.About)})
	}
	return j
}
