package app

import (
	"fmt"
	"strings"
	"time"

	"rapport/data"
	"rapport/data/store"
)

// askRows are what somebody may decide about the contact: what a signature says,
// what their mail suggests they like, who may be the same person. None where
// there is nothing.
func (p *contactPage) askRows(a contactAnswer) []contactRow {
	if a.Asks() == 0 {
		return nil
	}
	rows := []contactRow{headingRow(overviewHeading{text: "To decide", count: countWord(a.Asks())})}
	for _, c := range a.Proposals {
		rows = append(rows, p.signatureRow(c))
	}
	for _, o := range a.Offered {
		rows = append(rows, p.offerRow(o))
	}
	for _, d := range a.Duplicates {
		rows = append(rows, p.duplicateRow(d))
	}
	return rows
}

// signatureRow asks whether what a signature says is so.
func (p *contactPage) signatureRow(c data.ContactProposal) contactRow {
	w := p.w
	second := "in a mail of " + data.ShortDate(c.At, w.now())
	if c.Strength == data.Strong {
		second = "in several mails, the last of " + data.ShortDate(c.At, w.now())
	}
	return contactRow{kind: contactAsk, key: c.Key(), item: c.Source,
		line: contactWords{icon: "pen-line", says: c.Says, second: second, yes: "Keep", no: "No"},
		deeds: contactDeeds{name: "question", yesDoes: "Keep what the signature says", noDoes: "Do not keep what the signature says",
			open: func() { w.openInteraction(c.Source) },
			yes: func() {
				w.write(c.Contact.Name+": "+c.Value, func(tx *store.Tx) error { return tx.PutContact(c.With()) }, nil)
			},
			no: func() {
				w.write("Not of "+c.Contact.Name+": "+c.Value, func(tx *store.Tx) error { return tx.DeclineProposal(c) }, nil)
			}}}
}

// offerRow asks whether a preference that was read from their mail holds.
func (p *contactPage) offerRow(o data.Preference) contactRow {
	w := p.w
	today := w.now().Format(time.DateOnly)
	decide := func(label string, confirmed, refused string) func() {
		return func() {
			d := o
			d.Confirmed, d.Refused = confirmed, refused
			putPart(w, label, d)
		}
	}
	return contactRow{kind: contactAsk, key: "offer " + string(o.Rule) + o.ID,
		line: contactWords{icon: wishIcon(o), says: "Their mail suggests: " + lowerFirst(o.Words()), second: upperFirst(o.Why), yes: "So it is", no: "No"},
		deeds: contactDeeds{name: "suggestion", yesDoes: "Confirm what their mail suggests", noDoes: "Refuse what their mail suggests",
			open: func() { w.editWish(o) },
			yes:  decide("Confirmed: "+o.Words(), today, ""), no: decide("Refused: "+o.Words(), "", today)}}
}

// duplicateRow asks whether another contact is the same person.
func (p *contactPage) duplicateRow(d data.Duplicate) contactRow {
	w, other := p.w, d.Other(p.id)
	who := other.Name
	if name := p.answer.AccountName[other.AccountID]; name != "" && other.AccountID != p.account() {
		who += ", " + name
	} else if len(other.Emails) > 0 {
		who += ", " + other.Emails[0]
	}
	return contactRow{kind: contactAsk, key: d.Key(),
		line: contactWords{icon: "git-merge", says: "May be the same person as " + who, second: upperFirst(strings.Join(d.Reasons, "; ")), yes: "Compare", no: "Not the same"},
		deeds: contactDeeds{name: "suggestion", yesDoes: "Compare the two", noDoes: "They are two people",
			open: func() { w.askMerge(p.id, other.ID) }, yes: func() { w.askMerge(p.id, other.ID) },
			no: func() {
				w.write(fmt.Sprintf("%s and %s are two people", p.answer.Contact.Name, other.Name), func(tx *store.Tx) error { return tx.DeclineProposal(d) }, nil)
			}}}
}
