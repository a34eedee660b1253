package cli

import (
	"iter"
	"time"

	"rapport/data"
	"rapport/data/store"
)

func messagesVerb() *verb {
	return &verb{
		name: "messages", does: "List every message, newest first",
		more: `Automated and unfiled ones too, each one once however often it lies on servers.

  rapport messages -account kestrel.example -limit 20
  rapport messages -json | jq '.[] | select(.automated | not) | .subject'`,
		flags: []flag{{name: "account", value: "ACCOUNT", does: "only those on this account's timeline"}, limitFlag, zoneFlag, jsonFlag},
		run:   runMessages,
	}
}

func runMessages(c *call) error {
	limit, err := c.number("limit")
	if err != nil {
		return err
	}
	return c.read(func(db *store.DB) error {
		filed, err := c.filing(db)
		if err != nil {
			return err
		}
		q := data.MessageQuery{Limit: limit}
		if c.has("account") {
			a, err := filed.account(c.text("account"))
			if err != nil {
				return err
			}
			q.Account = a.ID
		}
		list := db.Messages(c.ctx, q)
		if c.on("json") {
			return writeArray(c.out, filed.all(list))
		}
		now, err := c.clock(db)
		if err != nil {
			return err
		}
		return c.writeMessages(filed, list, now)
	})
}

// writeMessages prints a table in pages, so that no list is too long for it.
func (c *call) writeMessages(f filing, list iter.Seq2[data.MessageRow, error], now time.Time) error {
	const page = 500
	var rows [][]string
	columns := []column{{most: 12}, {most: 16}, {most: 24}, {most: 20}, {rest: true}}
	for m, err := range list {
		if err != nil {
			return err
		}
		where := f.accounts[m.Account]
		if where == "" {
			where = "(" + m.Reason + ")"
		}
		rows = append(rows, []string{m.ID[:min(12, len(m.ID))], m.Date.In(now.Location()).Format("2006-01-02 15:04"), m.Sender().String(), where, m.Subject})
		if len(rows) == page {
			if err := table(c.out, columns, rows); err != nil {
				return err
			}
			rows = nil
		}
	}
	return table(c.out, columns, rows)
}

// filing is what messages and dates are named by.
type filing struct {
	names
	accounts  map[string]string // names by ID
	mailboxes map[string]string // addresses by ID
}

func (c *call) filing(db *store.DB) (filing, error) {
	known, err := c.names(db)
	if err != nil {
		return filing{}, err
	}
	boxes, err := db.Mailboxes(c.ctx)
	if err != nil {
		return filing{}, err
	}
	f := filing{names: known, accounts: known.byID(), mailboxes: map[string]string{}}
	for _, b := range boxes {
		f.mailboxes[b.ID] = b.Address
	}
	return f, nil
}

func (f filing) all(list iter.Seq2[data.MessageRow, error]) iter.Seq2[messageJSON, error] {
	return func(yield func(messageJSON, error) bool) {
		for m, err := range list {
			if err != nil {
				yield(messageJSON{}, err)
				return
			}
			if !yield(f.message(m), nil) {
				return
			}
		}
	}
}

type locationJSON struct {
	Mailbox     string `json:"mailbox"`
	Folder      string `json:"folder"`
	UID         uint32 `json:"uid"`
	UIDValidity uint32 `json:"uidValidity"`
}

type messageJSON struct {
	ID              string            `json:"id"`
	Locations       []locationJSON    `json:"locations"`
	Subject         string            `json:"subject"`
	From            []data.Address    `json:"from"`
	To              []data.Address    `json:"to"`
	Cc              []data.Address    `json:"cc"`
	Bcc             []data.Address    `json:"bcc"`
	ReplyTo         []data.Address    `json:"replyTo"`
	Date            *string           `json:"date"`
	MessageID       string            `json:"messageId"`
	InReplyTo       string            `json:"inReplyTo"`
	References      []string          `json:"references"`
	Text            string            `json:"text"`
	TextCut         bool              `json:"textCut"`
	Size            int64             `json:"size"`
	Attachments     []data.Attachment `json:"attachments"`
	Account         string            `json:"account"`
	AccountID       string            `json:"accountId"`
	Reason          string            `json:"reason"`
	Automated       bool              `json:"automated"`
	AutomatedReason string            `json:"automatedReason"`
	Interaction     string            `json:"interaction"`
	Encrypted       string            `json:"encrypted"`
	Signed          string            `json:"signed"`
	Calendar        bool              `json:"calendar"`
	Odd             []string          `json:"odd"`
}

func (f filing) message(m data.MessageRow) messageJSON {
	places := make([]locationJSON, len(m.Locations))
	for i, l := range m.Locations {
		places[i] = locationJSON{Mailbox: f.mailboxes[l.Mailbox], Folder: l.Folder, UID: l.UID, UIDValidity: l.UIDValidity}
	}
	return messageJSON{
		ID: m.ID, Locations: places, Subject: m.Subject,
		From: full(m.From), To: full(m.To), Cc: full(m.Cc), Bcc: full(m.Bcc), ReplyTo: full(m.ReplyTo),
		Date: moment(m.Date), MessageID: m.MessageID, InReplyTo: m.InReplyTo, References: full(m.References),
		Text: m.Text, TextCut: m.TextCut, Size: m.Size, Attachments: full(m.Attached),
		Account: f.accounts[m.Account], AccountID: m.Account, Reason: m.Reason,
		Automated: m.Automated != "", AutomatedReason: m.Automated, Interaction: m.Interaction, Odd: full(m.Odd),
		Encrypted: m.Form.Encrypted, Signed: m.Form.Signed, Calendar: m.Form.Calendar,
	}
}
