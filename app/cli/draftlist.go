package cli

import (
	"fmt"
	"slices"
	"strings"

	"rapport/data"
	"rapport/data/store"
)

type draftJSON struct {
	ID         string         `json:"id"`
	State      string         `json:"state"`
	Mailbox    string         `json:"mailbox"`
	To         []data.Address `json:"to"`
	Cc         []data.Address `json:"cc"`
	Subject    string         `json:"subject"`
	MessageID  string         `json:"messageId"`
	InReplyTo  string         `json:"inReplyTo"`
	References []string       `json:"references"`
	Answers    string         `json:"answers"`
	Text       string         `json:"text"`
	Quote      string         `json:"quote"`
	WrittenAt  *string        `json:"writtenAt"`
	PutAt      *string        `json:"putAt"`
	Folder     string         `json:"folder"`
	SentAt     *string        `json:"sentAt"`
	Problem    string         `json:"problem"`
	Warnings   []string       `json:"warnings"`
	Link       string         `json:"link"`
}

func draftOf(d data.Draft, warnings []string) draftJSON {
	return draftJSON{
		ID: d.ID, State: string(d.State()), Mailbox: d.From.Email, To: full(d.To), Cc: full(d.Cc), Subject: d.Subject,
		MessageID: d.MessageID, InReplyTo: d.InReplyTo, References: full(d.References), Answers: d.Answers, Text: d.Text, Quote: d.Quote,
		WrittenAt: moment(d.WrittenAt), PutAt: moment(d.PutAt), Folder: d.Folder, SentAt: moment(d.SentAt), Problem: d.Problem,
		Warnings: full(warnings),
	}
}

func draftListVerb() *verb {
	return &verb{
		name: "draft list", does: "List the drafts and how far they are",
		more:  "Those whose sent copy was read are left out without -all.",
		flags: []flag{{name: "all", does: "those that were sent too"}, zoneFlag, jsonFlag}, run: runDraftList,
	}
}

func runDraftList(c *call) error {
	return c.read(func(db *store.DB) error {
		list, err := db.Drafts(c.ctx)
		if err != nil {
			return err
		}
		if !c.on("all") {
			list = slices.DeleteFunc(list, func(d data.Draft) bool { return d.State() == data.DraftSent })
		}
		if c.on("json") {
			return writeArray(c.out, each(list, func(d data.Draft) draftJSON { return draftOf(d, nil) }))
		}
		if len(list) == 0 {
			c.note("there is no draft; write one with rapport draft reply or rapport draft new")
			return nil
		}
		now, err := c.clock(db)
		if err != nil {
			return err
		}
		rows := make([][]string, len(list))
		for i, d := range list {
			rows[i] = []string{shortID(d.ID), d.ToWords(), d.Subject, d.StateWords(now)}
		}
		if err := table(c.out, []column{{head: "ID"}, {head: "TO", most: 24}, {head: "SUBJECT", most: 34}, {head: "STATE", rest: true}}, rows); err != nil {
			return err
		}
		_, err = c.sayWaiting(db)
		return err
	})
}

// shortID is the beginning of an ID that people type.
func shortID(id string) string { return id[:min(8, len(id))] }

func draftDropVerb() *verb {
	return &verb{
		name: "draft drop", args: "ID", does: "Throw a draft away, and keep it from leaving if it still waits",
		more:  "ID may be its beginning. What lies in a Drafts folder stays there; rapport undo brings\nthe draft back.",
		least: 1, most: 1, run: runDraftDrop,
	}
}

func runDraftDrop(c *call) error {
	return c.read(func(db *store.DB) error {
		d, err := c.draft(db, c.args[0])
		if err != nil {
			return err
		}
		label := "Draft to " + d.ToWords() + " thrown away"
		if _, err := db.Write(c.ctx, label, func(tx *store.Tx) error { return tx.DeleteDraft(d.ID) }); err != nil {
			return err
		}
		c.printf("draft to %s thrown away\n", d.ToWords())
		if d.Folder != "" && d.State() == data.DraftPut {
			c.note("a copy lies in %s of %s; delete it there, in your mail program", d.Folder, d.From.Email)
		}
		return nil
	})
}

// draft finds a draft by its ID or the beginning of it.
func (c *call) draft(db *store.DB, ref string) (data.Draft, error) {
	list, err := db.Drafts(c.ctx)
	if err != nil {
		return data.Draft{}, err
	}
	var found []data.Draft
	for _, d := range list {
		if ref != "" && strings.HasPrefix(d.ID, strings.ToLower(strings.TrimSpace(ref))) {
			found = append(found, d)
		}
	}
	switch len(found) {
	case 0:
		return data.Draft{}, fmt.Errorf("draft %s: %w; rapport draft list shows them", ref, data.ErrNotFound)
	case 1:
		return found[0], nil
	}
	e := &data.Ambiguous{Ref: ref}
	for _, d := range found {
		e.Candidates = append(e.Candidates, d.ID+", to "+d.ToWords())
	}
	return data.Draft{}, e
}

func draftAllowVerb() *verb {
	return &verb{
		name: "draft allow", args: "ADDRESS", does: "Say that Rapport may put drafts into the Drafts folder of a mailbox",
		more:  "Until then each draft needs -yes. -off takes it back. Rapport never sends mail.",
		least: 1, most: 1, flags: []flag{{name: "off", does: "it may not any more"}}, run: runDraftAllow,
	}
}

func runDraftAllow(c *call) error {
	return c.read(func(db *store.DB) error {
		a, err := db.Answer(c.ctx, data.MessageRow{}, c.args[0])
		if err != nil {
			return err
		}
		on, word := !c.on("off"), "may"
		if !on {
			word = "may not"
		}
		label := "Rapport " + word + " put drafts into the Drafts folder of " + a.From.Email
		if _, err := db.Write(c.ctx, label, func(tx *store.Tx) error { return tx.AllowDrafts(a.Mailbox, on) }); err != nil {
			return err
		}
		c.printf("%s\n", label)
		return nil
	})
}
