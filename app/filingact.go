package app

import (
	"context"
	"slices"

	"rapport/app/bridge"
	"rapport/data"
	"rapport/data/store"
)

// chosen are those whom the next action is about: who was picked, in the order
// of the list, else the current one.
func (p *filing) chosen() []data.Proposal {
	var list []data.Proposal
	for _, i := range p.rows {
		if i.kind == filingSender && p.picked[i.key()] {
			list = append(list, i.proposal)
		}
	}
	if i, ok := p.current(); ok && len(list) == 0 && i.kind == filingSender {
		list = append(list, i.proposal)
	}
	return list
}

// pick picks a sender, or no longer.
func (p *filing) pick(row int) {
	if row < 0 || row >= len(p.rows) || p.rows[row].kind != filingSender {
		return
	}
	key := p.rows[row].key()
	if p.picked[key] {
		delete(p.picked, key)
	} else {
		p.picked[key] = true
	}
	p.list.RefreshRow(row)
	p.drawSide()
}

// decide writes what was decided about some senders, who leave the list at once;
// should it fail they come back.
func (p *filing) decide(label string, about []data.Proposal, do func(*store.Tx) error) {
	var emails []string
	for _, a := range about {
		emails = append(emails, a.Sender.Email)
	}
	next := p.after(emails)
	for _, e := range emails {
		p.leaving[e] = true
		delete(p.picked, e)
	}
	p.draw(next)
	var u store.Undo
	bridge.Act(p.w.bg, func(ctx context.Context) (err error) {
		u, err = p.w.db.Write(ctx, label, do)
		return err
	}, func(err error) {
		p.left = append(p.left, emails...)
		if err != nil {
			p.w.fail(err)
			p.load()
			return
		}
		for _, e := range emails {
			p.decided[e] = true
		}
		p.w.did(u) // the commit makes the page load again
	})
}

// after is the key of the row that is current once some are gone: the next one,
// else the one before.
func (p *filing) after(gone []string) string {
	at := max(p.list.Current(), 0)
	stays := func(i filingItem) bool { return i.kind == filingSender && !slices.Contains(gone, i.key()) }
	for _, i := range p.rows[min(at, len(p.rows)):] {
		if stays(i) {
			return i.key()
		}
	}
	for _, i := range slices.Backward(p.rows[:min(at, len(p.rows))]) {
		if stays(i) {
			return i.key()
		}
	}
	return ""
}

// file files those chosen where each seems to belong.
func (p *filing) file() {
	chosen := p.chosen()
	sure := slices.DeleteFunc(slices.Clone(chosen), func(a data.Proposal) bool { return a.Account.ID == "" })
	switch {
	case len(chosen) == 0:
	case len(sure) == 0:
		p.choose()
	default:
		p.fileAll(sure)
	}
}

// fileSure files everybody of whom there is no doubt.
func (p *filing) fileSure() { p.fileAll(data.SureOnes(p.groups())) }

// fileAll files each to the account, or the contact, that was proposed.
func (p *filing) fileAll(list []data.Proposal) {
	if len(list) == 0 {
		return
	}
	p.decide(data.FiledWords(list, commonName(list)), list, func(tx *store.Tx) error { return filePeople(tx, list) })
}

func filePeople(tx *store.Tx, list []data.Proposal) error {
	for _, a := range list {
		if err := tx.FilePerson(a.Sender, a.Account.ID, a.Side, a.Contact.ID); err != nil {
			return err
		}
	}
	return nil
}

// commonName is the account that all are proposed for, "" when they differ.
func commonName(list []data.Proposal) string {
	for _, a := range list {
		if a.Account.ID != list[0].Account.ID {
			return ""
		}
	}
	return list[0].Account.Name
}

// fileDomain files everybody of the current row's domain to the account that is
// proposed for the row, and gives the account the domain.
func (p *filing) fileDomain() {
	i, ok := p.atDomain()
	if !ok {
		return
	}
	if i.proposal.Account.ID == "" {
		p.chooseFor(p.ofDomain(i.group.Domain), i.group)
		return
	}
	p.fileTo(p.ofDomain(i.group.Domain), i.proposal.Account, i.group.Domain)
}

// atDomain is the current row, if its domain can be decided about as a whole; if
// not it says why.
func (p *filing) atDomain() (filingItem, bool) {
	i, ok := p.current()
	if !ok || i.kind != filingSender {
		return i, false
	}
	if i.group.Public {
		p.w.say(i.group.Domain + " is free mail: decide about its senders one by one")
	}
	return i, !i.group.Public
}

// ofDomain are all who wait at a mail domain.
func (p *filing) ofDomain(domain string) []data.Proposal {
	for _, g := range p.groups() {
		if g.Domain == domain {
			return g.Senders
		}
	}
	return nil
}

// fileTo files all to one account, and gives it the domain unless that is "". An
// account without an ID is made.
func (p *filing) fileTo(list []data.Proposal, a data.Account, domain string) {
	list = slices.Clone(list)
	for i := range list {
		if list[i].Account.ID != a.ID {
			list[i].Contact, list[i].Side = data.Contact{}, data.Customer
		}
	}
	p.decide(data.FiledWords(list, a.Name), list, func(tx *store.Tx) error {
		if a.ID == "" {
			kept, err := tx.AddAccount(a)
			if err != nil {
				return err
			}
			a = kept
		}
		if domain != "" {
			if err := tx.FileDomain(domain, a.ID); err != nil {
				return err
			}
		}
		for i := range list {
			list[i].Account = a
		}
		return filePeople(tx, list)
	})
}

// ignore says that those chosen are no customers.
func (p *filing) ignore() {
	chosen := p.chosen()
	if len(chosen) == 0 {
		return
	}
	label := data.NoCustomerWords(chosen[0].Sender.Email, chosen[0].Sender.Name)
	if len(chosen) > 1 {
		label = thousands(len(chosen)) + " senders are not customers"
	}
	p.decide(label, chosen, func(tx *store.Tx) error {
		for _, a := range chosen {
			if err := tx.Ignore(a.Sender.Email); err != nil {
				return err
			}
		}
		return nil
	})
}

// ignoreDomain says that nobody of the current row's domain is a customer.
func (p *filing) ignoreDomain() {
	i, ok := p.atDomain()
	if !ok {
		return
	}
	domain := i.group.Domain
	p.decide(data.NoCustomerWords("@"+domain, ""), p.ofDomain(domain), func(tx *store.Tx) error { return tx.Ignore("@" + domain) })
}

// putOff puts those chosen at the end of the list, for as long as the page is
// kept.
func (p *filing) putOff() {
	var emails []string
	for _, a := range p.chosen() {
		emails = append(emails, a.Sender.Email)
	}
	if len(emails) == 0 {
		return
	}
	next := p.after(emails)
	for _, e := range emails {
		p.later = append(slices.DeleteFunc(p.later, func(l string) bool { return l == e }), e)
		delete(p.picked, e)
	}
	p.draw(next)
}

// takeBack undoes the decision of the current row of a list of decisions.
func (p *filing) takeBack() {
	i, ok := p.current()
	if !ok || i.kind != filingPast {
		return
	}
	switch past := i.past; {
	case past.pattern != "":
		p.w.write(past.title+" may be a customer again", func(tx *store.Tx) error { return tx.Heed(past.pattern) }, nil)
	case past.undo != 0 && !past.changed:
		bridge.Act(p.w.bg, func(ctx context.Context) error {
			_, err := p.w.db.Undo(ctx, past.undo)
			return err
		}, func(err error) {
			if err != nil {
				p.w.fail(err)
				return
			}
			p.w.say("Undone: " + past.title)
		})
	}
}

// canTakeBack says whether the current row is a decision that can be undone.
func (p *filing) canTakeBack() bool {
	i, ok := p.current()
	return ok && i.kind == filingPast && (i.past.pattern != "" || i.past.undo != 0 && !i.past.changed)
}

// read opens the latest of what waits with the current sender, or the latest
// that a rule skipped. Where the inspector is folded away it comes first.
func (p *filing) read() {
	i, ok := p.current()
	switch {
	case !ok:
	case p.folds && !p.w.shell.InspectorOpen():
		p.w.showInspector(true)
	case i.past.message != "":
		p.w.openMessage(i.past.message)
	case i.kind == filingSender:
		p.readLatest(i.proposal.Sender)
	}
}

// readLatest opens the latest mail of a sender.
func (p *filing) readLatest(s data.Sender) {
	bridge.Load(p.w.bg, &p.moveSlot, func(ctx context.Context) (string, error) {
		list, err := p.w.db.Waits(ctx, s.Email, len(s.Interactions))
		if err != nil {
			return "", err
		}
		for _, i := range list {
			if i.Kind != data.Mail {
				continue
			}
			d, err := p.w.db.Interaction(ctx, i.ID)
			if err != nil || len(d.Messages) > 0 {
				return messageID(d), err
			}
		}
		return "", nil
	}, func(id string, err error) {
		switch {
		case err != nil:
			p.w.fail(err)
		case id == "":
			p.w.say("There is no mail to read: " + senderName(s) + " was met only")
		default:
			p.w.openMessage(id)
		}
	})
}

func messageID(d data.InteractionDetail) string {
	if len(d.Messages) == 0 {
		return ""
	}
	return d.Messages[0].ID
}
