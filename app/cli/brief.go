package cli

import (
	"errors"
	"fmt"
	"time"

	"rapport/data"
	"rapport/data/store"
)

func briefVerb() *verb {
	return &verb{
		name: "brief", args: "[MEETING_ID|ACCOUNT]", does: "Print the one page before a meeting",
		more: `Without an argument it is the next meeting with a customer; with an account, the next
one with them. agenda -json gives the IDs of others.`,
		most: 1, flags: []flag{zoneFlag, jsonFlag}, run: runBrief,
	}
}

// ahead is how far ahead the next meeting is looked for.
const ahead = 90 * 24 * time.Hour

var errNoMeeting = errors.New("no meeting with a customer is planned in the next 90 days")

func runBrief(c *call) error {
	return c.read(func(db *store.DB) error {
		now, err := c.clock(db)
		if err != nil {
			return err
		}
		meeting, err := c.briefed(db, now)
		if err != nil {
			return err
		}
		in, err := db.BriefInput(c.ctx, meeting, now)
		if err != nil {
			return err
		}
		brief := data.ComposeBrief(in)
		if c.on("json") {
			return writeJSON(c.out, briefOf(meeting, brief))
		}
		c.print(plainText(data.BriefText(brief, screen)))
		return nil
	})
}

// briefed is the ID of the meeting that the brief is for.
func (c *call) briefed(db *store.DB, now time.Time) (string, error) {
	if len(c.args) == 0 {
		return nextMeeting(c, db, now)
	}
	m, err := db.Meeting(c.ctx, c.args[0])
	if err == nil || !errors.Is(err, data.ErrNotFound) {
		return m.ID, err
	}
	known, err := c.names(db)
	if err != nil {
		return "", err
	}
	a, err := known.account(c.args[0])
	if err != nil {
		return "", err
	}
	row, err := db.AccountRow(c.ctx, a.ID, now)
	if err == nil && row.Next.ID == "" {
		err = fmt.Errorf("no meeting with %s is planned", a.Name)
	}
	return row.Next.ID, err
}

// nextMeeting is the next meeting with a customer that is not over.
func nextMeeting(c *call, db *store.DB, now time.Time) (string, error) {
	dates, err := db.Agenda(c.ctx, now, now.Add(ahead))
	if err != nil {
		return "", err
	}
	for _, a := range dates {
		if a.Account.ID != "" && !a.Cancelled && !a.AllDay {
			return a.ID, nil
		}
	}
	return "", errNoMeeting
}

type briefLineJSON struct {
	Lead   string `json:"lead"`
	Under  string `json:"under"`
	Mark   string `json:"mark"`
	Text   string `json:"text"`
	Source int    `json:"source"`
}

type briefSectionJSON struct {
	Title string          `json:"title"`
	Lines []briefLineJSON `json:"lines"`
}

type briefSourceJSON struct {
	N    int     `json:"n"`
	Kind string  `json:"kind"`
	What string  `json:"what"`
	Who  string  `json:"who"`
	At   *string `json:"at"`
	ID   string  `json:"id"`
}

type briefJSON struct {
	Meeting   string             `json:"meeting"`
	Title     string             `json:"title"`
	When      string             `json:"when"`
	Account   string             `json:"account"`
	AccountID string             `json:"accountId"`
	We        string             `json:"we"`
	They      string             `json:"they"`
	Sections  []briefSectionJSON `json:"sections"`
	Sources   []briefSourceJSON  `json:"sources"`
	Made      string             `json:"made"`
}

func briefOf(meeting string, b data.Brief) briefJSON {
	j := briefJSON{
		Meeting: meeting, Title: b.Title, When: b.When, Account: b.Account.Name, AccountID: b.Account.ID, We: b.We, They: b.They,
		Sections: []briefSectionJSON{}, Sources: []briefSourceJSON{}, Made: b.Made,
	}
	for _, s := range b.Sections {
		section := briefSectionJSON{Title: s.Title, Lines: []briefLineJSON{}}
		for _, l := range s.Lines {
			section.Lines = append(section.Lines, briefLineJSON(l))
		}
		j.Sections = append(j.Sections, section)
	}
	for _, s := range b.Sources {
		j.Sources = append(j.Sources, briefSourceJSON{N: s.N, Kind: string(s.Kind), What: s.What, Who: s.Who, At: moment(s.At), ID: s.ID})
	}
	return j
}
