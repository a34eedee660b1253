package data

import (
	"slices"
	"strings"
	"time"

	"rapport/data/text"
)

// PromiseMail is a mail of an account in which promises are looked for. Mails
// that a program wrote are none.
type PromiseMail struct {
	Interaction        // with its people, the writer first
	Own         string // what its writer wrote, without quotes and signature
}

// PromiseProposal is a promise that the writer of a mail seems to make. It
// counts for nothing before a person keeps it.
type PromiseProposal struct {
	Promise  Promise // as it would be kept; its ID is ""
	Who      Participant
	Sentence string // as it was written
	Likely   bool   // names a date, and depends on nothing
}

// Key names a proposal, for those that were decided.
func (p PromiseProposal) Key() string {
	return "promise " + p.Promise.Interaction + " " + plain(p.Sentence)
}

// ProposePromises finds what the writer of a mail seems to promise, in the order
// of the mail: as a promise of ours where one of us wrote it, else as theirs.
// Left out are those that were decided, by Key, and those that are among the
// promises that the mail led to already. zone is that in which dates are meant.
func ProposePromises(m PromiseMail, account string, have []Promise, decided []string, zone *time.Location) (list []PromiseProposal) {
	if m.Kind != Mail || len(m.People) == 0 {
		return nil
	}
	written := m.At.In(zone)
	for _, found := range text.Promises(m.Own, written) {
		p := PromiseProposal{Who: m.People[0], Sentence: found.Sentence, Likely: found.Likely, Promise: Promise{
			Belongs: Belongs{Account: account, Interaction: m.ID},
			What:    sentence(found.What), Made: written.Format(time.DateOnly),
		}}
		p.Promise.By, p.Promise.Owner, p.Promise.Contact = promiser(m.People)
		if !found.Due.IsZero() {
			p.Promise.Due = found.Due.Format(time.DateOnly)
		}
		if !slices.Contains(decided, p.Key()) && !slices.ContainsFunc(have, p.Promise.sameAs) {
			list = append(list, p)
		}
	}
	return list
}

// promiser says whose promise a mail's would be: who of us keeps it, where it is
// ours, and who of them it was made to or made it.
func promiser(people []Participant) (by Side, owner, contact string) {
	writer := people[0]
	if writer.Side != Us {
		by = Customer
		if writer.Side == Partner {
			by = Partner
		}
		return by, "", writer.Contact
	}
	for _, p := range people[1:] {
		if p.Side != Us && p.Contact != "" {
			return Us, text.Name(writer.Name, writer.Email), p.Contact
		}
	}
	return Us, text.Name(writer.Name, writer.Email), ""
}

// sameAs says whether two promises were made by the same mail and are one.
func (p Promise) sameAs(o Promise) bool {
	return p.Interaction != "" && p.Interaction == o.Interaction && (plain(p.What) == plain(o.What) || p.Due != "" && p.Due == o.Due)
}

// Words say it as a question is asked: "Tomas seems to promise: send the report
// by Friday". by are the words for the writer.
func (p PromiseProposal) Words(by string, now time.Time) string {
	s := sentence(by) + " seems to promise: " + lowerFirst(p.Promise.What)
	if strings.EqualFold(by, "you") {
		s = "You seem to promise: " + lowerFirst(p.Promise.What)
	}
	if day, err := time.ParseInLocation(time.DateOnly, p.Promise.Due, now.Location()); err == nil {
		s += ", by " + DayName(day, now)
	}
	return s
}
