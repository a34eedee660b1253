package cli

import (
	"bytes"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"rapport/data"
	"rapport/data/codec"
	"rapport/data/store"
	"rapport/sync"
)

func briefVerb() *verb {
	return &verb{
		name: "brief", args: "[next|MEETING|ACCOUNT]", does: "Print or write the one page before a meeting",
		more: `Without an argument, or with next, it is the next meeting with a customer; with an
account, the next one with them. agenda -json gives the IDs of others. It is made from
what is on this laptop, with no network.

  rapport brief next -o brief.pdf
  rapport brief kestrel.example -for finance`,
		most: 1, flags: []flag{
			{name: "o", value: "FILE", does: "write it to a new file: .pdf, .html or .md by its ending"},
			{name: "letter", does: "a PDF on US Letter instead of A4"},
			{name: "for", value: "SEAT", does: "for one seat: sales, support, delivery or finance"},
			zoneFlag, jsonFlag,
		}, run: runBrief,
	}
}

// ahead is how far ahead the next meeting is looked for.
const ahead = 90 * 24 * time.Hour

var errNoMeeting = errors.New("no meeting with a customer is planned in the next 90 days")

func runBrief(c *call) error {
	seat, err := c.seat()
	if err != nil {
		return err
	}
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
		in.Seat = seat
		brief := data.ComposeBrief(in)
		switch {
		case c.has("o"):
			return c.briefFile(brief, now)
		case c.on("json"):
			return writeJSON(c.out, briefOf(brief))
		}
		c.print(plainText(data.BriefText(brief, screen)))
		return nil
	})
}

// seat is the one that -for names, "" for everyone.
func (c *call) seat() (data.Seat, error) {
	name := strings.ToLower(c.text("for"))
	for _, s := range data.Seats {
		if string(s) == name {
			return s, nil
		}
	}
	if name == "" || name == "everyone" {
		return "", nil
	}
	return "", misuse(c.verb, "flag -for: %q is no seat; write sales, support, delivery or finance", name)
}

// briefFile writes a brief to the file that -o names.
func (c *call) briefFile(brief data.Brief, now time.Time) error {
	path := c.text("o")
	var b bytes.Buffer
	if err := writeBrief(&b, strings.ToLower(filepath.Ext(path)), brief, codec.SheetPrint{Paper: c.paper(), Now: now}); err != nil {
		if errors.Is(err, errEnding) {
			return misuse(c.verb, "flag -o needs a file that ends in .pdf, .html or .md; %q does not", path)
		}
		return err
	}
	if err := sync.WriteNew(path, b.Bytes()); err != nil {
		return err
	}
	c.printf("%s is written; it is for your team only\n", path)
	return nil
}

var errEnding = errors.New("a file's ending that means nothing here")

func writeBrief(b *bytes.Buffer, ending string, brief data.Brief, how codec.SheetPrint) error {
	switch ending {
	case ".pdf":
		return codec.WriteBriefPDF(b, brief, how)
	case ".html":
		return codec.WriteSheetHTML(b, brief.AsSheet(), how.Now, brief.Made, codec.SheetReturn{})
	case ".md":
		return codec.WriteSheetMarkdown(b, brief.AsSheet(), how.Now, brief.Made)
	}
	return errEnding
}

// briefed is the ID of the meeting that the brief is for.
func (c *call) briefed(db *store.DB, now time.Time) (string, error) {
	if len(c.args) == 0 || c.args[0] == "next" {
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
	if m, ok := data.NextMeeting(dates, ""); ok {
		return m.ID, nil
	}
	return "", errNoMeeting
}

type briefLineJSON struct {
	Kind   string   `json:"kind"`
	ID     string   `json:"id"`
	Lead   string   `json:"lead"`
	Side   string   `json:"side"` // they or we, of a promise
	Text   string   `json:"text"`
	Said   string   `json:"said"`
	Below  string   `json:"below"`
	Amount string   `json:"amount"`
	Marks  []string `json:"marks"`
	Stage  string   `json:"stage"` // of a person
	Age    int      `json:"age"`   // days, of what is old; else 0
	Source int      `json:"source"`
}

type briefSectionJSON struct {
	Key   string          `json:"key"`
	Title string          `json:"title"`
	Empty string          `json:"empty"` // what to ask where there is no line
	Lines []briefLineJSON `json:"lines"`
}

type briefSourceJSON struct {
	N     int    `json:"n"`
	Words string `json:"words"`
	Kind  string `json:"kind"` // of the part that it is; "" for an interaction or words alone
	ID    string `json:"id"`
	On    string `json:"on"`
}

type briefJSON struct {
	Meeting   string             `json:"meeting"`
	Title     string             `json:"title"`
	When      string             `json:"when"`
	Account   string             `json:"account"`
	AccountID string             `json:"accountId"`
	Stands    []string           `json:"stands"`
	We        string             `json:"we"`
	They      string             `json:"they"`
	For       string             `json:"for"`
	Outcome   briefLineJSON      `json:"outcome"`
	Wants     briefLineJSON      `json:"wants"`
	Sections  []briefSectionJSON `json:"sections"`
	Cut       []briefSectionJSON `json:"cut"`
	Sources   []briefSourceJSON  `json:"sources"`
	Made      string             `json:"made"`
}

func briefOf(b data.Brief) briefJSON {
	j := briefJSON{
		Meeting: b.Meeting, Title: b.Title, When: b.When, Account: b.Account.Name, AccountID: b.Account.ID, Stands: full(b.Stands), We: b.We, They: b.They, For: string(b.Seat),
		Outcome: briefLineOf(b, b.Outcome), Wants: briefLineOf(b, b.Wants), Sections: briefSections(b, b.Sections), Cut: briefSections(b, b.Cut), Sources: []briefSourceJSON{}, Made: b.Made,
	}
	for _, s := range b.Sources {
		source := briefSourceJSON{N: s.N, Words: s.Words, Kind: s.Kind, ID: s.ID, On: s.On}
		if s.Part != "" {
			source.ID = s.Part
		}
		j.Sources = append(j.Sources, source)
	}
	return j
}

func briefSections(b data.Brief, list []data.SheetSection) []briefSectionJSON {
	sections := []briefSectionJSON{}
	for _, s := range list {
		section := briefSectionJSON{Key: s.Key, Title: s.Label, Empty: s.Empty, Lines: []briefLineJSON{}}
		for _, l := range s.Lines {
			section.Lines = append(section.Lines, briefLineOf(b, l))
		}
		sections = append(sections, section)
	}
	return sections
}

func briefLineOf(b data.Brief, l data.SheetLine) briefLineJSON {
	line := briefLineJSON{
		Kind: l.Kind, ID: l.ID, Lead: l.Lead, Side: strings.ToLower(b.ColumnWord(l)), Text: l.Text, Said: l.Said, Below: l.Below, Amount: l.Amount, Marks: []string{}, Stage: string(l.Stage),
		Age: l.Age, Source: l.Source,
	}
	if l.Bar != nil && l.Amount == "" {
		line.Amount = l.Bar.Label + " " + l.Bar.Value
	}
	for _, m := range l.Marks {
		line.Marks = append(line.Marks, m.Words)
	}
	return line
}
