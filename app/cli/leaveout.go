package cli

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"rapport/data"
	"rapport/data/store"
	"rapport/data/text"
	"rapport/sync"
)

func leaveOutAddVerb() *verb {
	return &verb{
		name: "leave-out add", args: "sender|domain|conversation|mail REF", does: "Forget mail for good, and never read it again",
		more: `REF is a mail address, a mail domain as @kestrel.example, or a mail by its
Message-ID or its ID as messages lists it; a conversation is named by one of its mails.

The mails go from this laptop with their text and the words by which search finds
them; kept is only the rule, and where they lie on the server, so that they can be left
out. Backups that were made before still hold them. Nothing is changed on the server.
What you wrote yourself to a sender stays.

rapport undo takes it back, and so does leave-out lift: then the mails are read again from
the server, as far as it still has them. Imported mail has no server: import it again.

  rapport leave-out add sender news@letters.example`,
		least: 2, most: 2,
		flags: []flag{{name: "dry-run", does: "only say how many mails would go"}, jsonFlag}, run: runLeaveOutAdd,
	}
}

type leaveOutJSON struct {
	ID      string  `json:"id"`
	Kind    string  `json:"kind"`
	Pattern string  `json:"pattern"`
	Shown   string  `json:"shown"`
	At      *string `json:"at"`
	Forgot  int     `json:"forgot"`
	Skipped int     `json:"skipped"`
}

func leaveOutOf(r data.LeaveOut) leaveOutJSON {
	return leaveOutJSON{ID: r.ID, Kind: string(r.Kind), Pattern: r.Pattern, Shown: r.Shown, At: moment(r.At), Forgot: r.Forgot, Skipped: r.Skipped}
}

func runLeaveOutAdd(c *call) error {
	rule := data.LeaveOut{Kind: data.LeaveOutKind(strings.ToLower(c.args[0]))}
	switch rule.Kind {
	case data.OutSender:
		rule.Pattern = text.NormalAddress(c.args[1])
	case data.OutDomain:
		rule.Pattern = "@" + strings.TrimPrefix(strings.ToLower(strings.TrimSpace(c.args[1])), "@")
	case data.OutConversation, data.OutMail:
	default:
		return misuse(c.verb, "%q cannot be left out; use sender, domain, conversation or mail", c.args[0])
	}
	return c.read(func(db *store.DB) error {
		entry := ""
		if rule.Pattern == "" {
			d, err := c.mailEntry(db, c.args[1])
			if err != nil {
				return err
			}
			entry = d.ID
		}
		if c.on("dry-run") {
			n, err := db.LeavesOut(c.ctx, rule, entry)
			if err == nil {
				c.printf("%s would go\n", data.Counted(n, "mail", "mails"))
			}
			return err
		}
		kept, _, err := sync.LeaveOut(c.ctx, db, rule, entry)
		if err != nil {
			return err
		}
		if c.on("json") {
			return writeJSON(c.out, leaveOutOf(kept))
		}
		c.printf("Forgot %s (%s); it is never read again. rapport undo takes it back\n", plainText(kept.Words()), data.Counted(kept.Forgot, "mail", "mails"))
		return nil
	})
}

// mailEntry is the timeline entry of a mail, by its Message-ID, its ID or the
// entry's own.
func (c *call) mailEntry(db *store.DB, ref string) (data.InteractionDetail, error) {
	ref = messageRef(ref)
	if d, err := db.Interaction(c.ctx, ref); err == nil && d.Kind == data.Mail {
		return d, nil
	}
	m, err := c.message(db, ref)
	if err != nil {
		return data.InteractionDetail{}, err
	}
	return db.Interaction(c.ctx, m.Interaction)
}

func leaveOutListVerb() *verb {
	return &verb{name: "leave-out list", does: "List what is left out for good", flags: []flag{jsonFlag}, run: runLeaveOutList}
}

func runLeaveOutList(c *call) error {
	return c.read(func(db *store.DB) error {
		rules, err := db.LeaveOuts(c.ctx)
		if err != nil {
			return err
		}
		if c.on("json") {
			return writeArray(c.out, each(rules, leaveOutOf))
		}
		if len(rules) == 0 {
			c.note("nothing is left out")
			return nil
		}
		now, err := c.clock(db)
		if err != nil {
			return err
		}
		rows := make([][]string, len(rules))
		for i, r := range rules {
			rows[i] = []string{r.Ref(), data.ShortDate(r.At, now), strconv.Itoa(r.Forgot), strconv.Itoa(r.Skipped), r.Words()}
		}
		return table(c.out, []column{{head: "RULE", most: 40}, {head: "SINCE"}, {head: "FORGOTTEN", right: true}, {head: "ON SERVERS", right: true}, {head: "WHAT", rest: true}}, rows)
	})
}

func leaveOutLiftVerb() *verb {
	return &verb{
		name: "leave-out lift", args: "RULE", does: "Read again what was left out",
		more:  "RULE is as leave-out list names it. The next rapport sync reads the mails again, as far as\nthe server still has them.",
		least: 1, most: 1, run: runLeaveOutLift,
	}
}

func runLeaveOutLift(c *call) error {
	return c.read(func(db *store.DB) error {
		rule, err := c.leaveOutRule(db, strings.ToLower(strings.TrimSpace(c.args[0])))
		if err != nil {
			return err
		}
		label := "No longer left out: " + rule.Words()
		if _, err := db.Write(c.ctx, label, func(tx *store.Tx) error { return tx.Lift(rule.ID) }); err != nil {
			return err
		}
		c.printf("%s; rapport sync reads it again\n", plainText(label))
		return nil
	})
}

func (c *call) leaveOutRule(db *store.DB, ref string) (data.LeaveOut, error) {
	rules, err := db.LeaveOuts(c.ctx)
	if err != nil {
		return data.LeaveOut{}, err
	}
	var found []data.LeaveOut
	for _, r := range rules {
		if r.Pattern == ref || r.Ref() == ref || r.Pattern == "@"+ref || len(ref) >= 4 && strings.HasPrefix(r.ID, ref) {
			found = append(found, r)
		}
	}
	switch len(found) {
	case 0:
		return data.LeaveOut{}, fmt.Errorf("rule %s: %w; rapport leave-out list lists them", ref, data.ErrNotFound)
	case 1:
		return found[0], nil
	}
	return data.LeaveOut{}, errors.New("several rules begin with " + ref + "; write more of it")
}
