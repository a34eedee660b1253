package sync

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	"rapport/data"
	"rapport/data/codec"
	"rapport/data/store"
)

// CardReport is what became of a file of vCards.
type CardReport struct {
	Cards, New, Changed, Known int
	Broken                     []BrokenRow // Line is the card's place in the file, from 1
	// Homeless are the names of those who were kept without an account.
	Homeless []string
	Undo     store.Undo
}

// ImportCards brings in the people of a file of vCards, in one write that one
// undo takes back. account is the Account.ID where all of them are; where it is
// "", their organisation or the domain of their address says it, and who has
// neither is kept without one. Somebody who is known is only added to.
func ImportCards(ctx context.Context, db *store.DB, path, account string) (CardReport, error) {
	cards, err := readCards(path)
	if err != nil {
		return CardReport{}, err
	}
	r := CardReport{Cards: len(cards)}
	l := &list{db: db, means: map[string]string{}}
	if err := l.gather(ctx); err != nil {
		return r, err
	}
	r.Undo, err = db.Write(ctx, "Imported people from "+filepath.Base(path), func(tx *store.Tx) error {
		for i, card := range cards {
			if err := l.takeCard(tx, card, account, i+1, &r); err != nil {
				return err
			}
		}
		return nil
	})
	return r, err
}

// CardPreview is what a file of vCards would become.
type CardPreview struct {
	Cards int
	Rows  []PreviewCard // the first ones
}

// PreviewCard is one card as it would be kept.
type PreviewCard struct {
	Name, Role string
	Emails     []string
	Account    string // its name, "" for none
	Took       store.Took
	Broken     string
}

// PreviewCards says what the first cards of a file would become, and keeps
// nothing.
func PreviewCards(ctx context.Context, db *store.DB, path string, rows int) (CardPreview, error) {
	cards, err := readCards(path)
	if err != nil {
		return CardPreview{}, err
	}
	l := &list{db: db, means: map[string]string{}}
	if err := l.gather(ctx); err != nil {
		return CardPreview{}, err
	}
	p := CardPreview{Cards: len(cards)}
	_, err = db.Write(ctx, "", func(tx *store.Tx) error {
		for i, card := range cards[:min(len(cards), rows)] {
			var r CardReport
			if err := l.takeCard(tx, card, "", i+1, &r); err != nil {
				return err
			}
			p.Rows = append(p.Rows, l.previewCard(card, r))
		}
		return errDry
	})
	if errors.Is(err, errDry) {
		err = nil
	}
	return p, err
}

func (l *list) previewCard(card codec.Card, r CardReport) PreviewCard {
	one := PreviewCard{Name: card.Contact.Name, Role: card.Contact.Role, Emails: card.Contact.Emails, Took: store.TookKnown}
	switch {
	case len(r.Broken) > 0:
		one.Broken = r.Broken[0].Reason
	case r.New > 0:
		one.Took = store.TookNew
	case r.Changed > 0:
		one.Took = store.TookChanged
	}
	if a, ok := l.names.Find(l.cardAccount(card, "")); ok {
		one.Account = a.Name
	}
	return one
}

func readCards(path string) ([]codec.Card, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, listProblem(path, err)
	}
	cards, err := codec.ReadCards(file)
	if err := errors.Join(err, file.Close()); err != nil {
		return nil, listProblem(path, err)
	}
	if len(cards) == 0 {
		return nil, &data.Invalid{Field: "file", Says: path + " holds no vCard"}
	}
	return cards, nil
}

// cardAccount is where a card's person is: as told, else by their organisation's
// name or the domain of an address.
func (l *list) cardAccount(card codec.Card, told string) string {
	for _, ref := range append([]string{card.Organisation}, card.Contact.Emails...) {
		if a, ok := l.names.Find(ref); ok && told == "" {
			told = a.ID
		}
	}
	return told
}

func (l *list) takeCard(tx *store.Tx, card codec.Card, account string, place int, r *CardReport) error {
	c := card.Contact
	c.AccountID = l.cardAccount(card, account)
	took, err := store.Took(0), error(nil)
	if card.Broken != "" {
		err = &data.Invalid{Field: "card", Says: card.Broken}
	} else {
		took, err = l.takeContact(tx, c)
	}
	var invalid *data.Invalid
	switch {
	case errors.As(err, &invalid):
		r.Broken = append(r.Broken, BrokenRow{Line: place, Reason: invalid.Says})
		return nil
	case err != nil:
		return err
	case took == store.TookNew:
		r.New++
		if c.AccountID == "" {
			r.Homeless = append(r.Homeless, c.Name)
		}
	case took == store.TookChanged:
		r.Changed++
	default:
		r.Known++
	}
	return nil
}
