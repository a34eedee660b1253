package app

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"

	"rapport/app/bridge"
	"rapport/app/kit"
	"rapport/data"
	"rapport/data/store"
	"rapport/data/text"
)

// sharingName is what the command that decides about sharing is called.
const sharingName = "What colleagues may see of it…"

// sharing asks for the rule of one conversation or contact in place of the
// mailbox's, and shows what a colleague would see under it.
type sharing struct {
	*form
	of      []sharedOf
	all     []store.ShareException // that there are
	shares  bool                   // whether we are in any space
	mails   []data.ShareInput      // for the preview
	which   *kit.Segmented         // of what; nil where there is one
	rule    *kit.Segmented
	words   *kit.Paragraph
	preview *kit.Stack
	w       *window
}

// sharedOf is a conversation or a contact, and what it is called in a choice and
// in a sentence.
type sharedOf struct {
	short, called string
	store.ShareException
}

// sharingWays are the choices: the mailbox's rule, then data.Shares.
var sharingWays = []string{"As usual", "Nothing", "Who and when", "Subject too", "Text too"}

// askSharing opens the choice for one of several; mails are those that show what
// it means, at most previewed.
func (w *window) askSharing(of []sharedOf, mails func(context.Context) ([]data.ShareInput, error)) {
	type answer struct {
		all   []store.ShareException
		mails []data.ShareInput
		in    []data.Space
	}
	bridge.Load(w.bg, &w.goSlot, func(ctx context.Context) (a answer, err error) {
		if a.all, err = w.db.ShareExceptions(ctx); err != nil {
			return a, err
		}
		if a.in, err = w.db.Spaces(ctx); err != nil {
			return a, err
		}
		a.mails, err = mails(ctx)
		return a, err
	}, func(a answer, err error) {
		if err != nil {
			w.fail(err)
			return
		}
		w.showSharing(&sharing{form: newForm(w.bg), w: w, of: of, all: a.all, mails: a.mails, shares: len(a.in) > 0})
	})
}

func (w *window) showSharing(s *sharing) {
	var names []string
	for _, o := range s.of {
		names = append(names, o.short)
	}
	s.rule = kit.NewSegmented(sharingWays, 0, func(int) { s.draw() })
	s.words = kit.NewParagraph(kit.Small, kit.Ink2, "")
	s.preview = kit.NewStack(8)
	if len(s.of) > 1 {
		s.which = kit.NewSegmented(names, 0, func(int) { s.turn() })
		s.add("Of", kit.NewRow(0, s.which))
	}
	s.add("May be seen", kit.NewRow(0, s.rule))
	s.rows = append(s.rows, s.words, s.preview)
	cancel := kit.NewButton(kit.Plain, "Cancel", w.dismiss)
	save := kit.NewButton(kit.Primary, "Save", s.save)
	title := "What colleagues may see"
	if len(s.of) == 1 {
		title = "What colleagues may see of " + s.of[0].short
	}
	foot := "Nothing is shared yet"
	if s.shares {
		foot = "It holds from the next exchange on"
	}
	o := kit.NewOverlay(kit.DialogWidth, kit.NewDialog("eye", kit.Neutral, title, s.body(), foot, cancel, save))
	s.turn()
	s.changed = o.Relayout
	first := fyne.Focusable(s.rule)
	if s.which != nil {
		first = s.which
	}
	w.pop(o, first)
}

// chosen is that of which the rule is to be.
func (s *sharing) chosen() sharedOf {
	if s.which == nil {
		return s.of[0]
	}
	return s.of[s.which.On]
}

// turn shows the rule that what is chosen has now.
func (s *sharing) turn() {
	s.rule.On = 0
	if i := slices.IndexFunc(s.all, s.chosen().Same); i >= 0 {
		s.rule.On = 1 + max(0, slices.Index(data.Shares, s.all[i].Share))
	}
	s.rule.Refresh()
	s.draw()
}

// exception is what was chosen; no rule is the mailbox's.
func (s *sharing) exception() store.ShareException {
	e := s.chosen().ShareException
	if s.rule.On > 0 {
		e.Share = data.Shares[s.rule.On-1]
	}
	return e
}

// draw shows what a colleague would see under the rule that is chosen.
func (s *sharing) draw() {
	e := s.exception()
	s.words.Set(kit.Span{Text: sharingWords(e), Role: kit.Small, Tint: kit.Ink2})
	list := slices.DeleteFunc(slices.Clone(s.all), e.Same)
	if e.Share != "" {
		list = append(list, e)
	}
	var items []fyne.CanvasObject
	for _, in := range s.mails {
		items = append(items, shownTo(store.Excepting(in, list), s.w.now()))
	}
	s.preview.Set(items...)
	if s.changed != nil {
		s.changed()
	}
}

// sharingWords say what a rule of its own means.
func sharingWords(e store.ShareException) string {
	one := "This conversation"
	if e.Contact != "" {
		one = "Mail that this person takes part in"
	}
	switch e.Share {
	case "":
		return one + " goes by the rule of the mailbox, in Settings. Nobody sees anything until you share the account with a team."
	case data.ShareNothing:
		return one + " stays private, whatever else is said. That is the last word."
	}
	return one + " goes by this rule in place of the mailbox’s. Where several rules meet, the strictest holds. Nobody sees anything until you share the account with a team."
}

// save keeps the rule, with a way back.
func (s *sharing) save() {
	e, called := s.exception(), s.chosen().called
	words := e.Share.Words()
	if e.Share == "" {
		words = "what the mailbox’s rule says"
	}
	s.w.keep(s.form, "Colleagues may see of "+called+": "+words, func(tx *store.Tx) error { return tx.PutShareException(e) }, nil)
}

// personsOffered is how many people of a mail the choice names.
const personsOffered = 2

// share decides what colleagues may see of the conversation in view, or of those
// who took part in it.
func (v *inspector) share() {
	if v.entry.ID == "" || v.entry.Kind != data.Mail {
		return
	}
	var of []sharedOf
	if v.entry.Thread != "" {
		of = append(of, sharedOf{"This conversation", "the conversation " + said(data.TitleOf(v.entry.Interaction)), store.ShareException{Conversation: v.entry.Thread}})
	}
	seen := map[string]bool{"": true}
	for _, p := range v.entry.People {
		if p.Side == data.Us || seen[p.Contact] || len(seen) > personsOffered {
			continue
		}
		seen[p.Contact] = true
		name := text.Name(p.Name, p.Email)
		of = append(of, sharedOf{"All with " + data.FirstName(name), "mail with " + name, store.ShareException{Contact: p.Contact}})
	}
	if len(of) == 0 {
		v.w.say("Nobody who is known takes part, and it belongs to no conversation")
		return
	}
	id, account := v.entry.ID, v.t.p.id
	v.w.askSharing(of, func(ctx context.Context) ([]data.ShareInput, error) {
		in, err := v.w.db.ShareInput(ctx, id, account)
		return []data.ShareInput{in}, err
	})
}

// share decides what colleagues may see of all mail with the person.
func (p *contactPage) share() {
	c := p.answer.Contact
	of := []sharedOf{{c.Name, "mail with " + c.Name, store.ShareException{Contact: c.ID}}}
	p.w.askSharing(of, func(ctx context.Context) ([]data.ShareInput, error) { return shareInputsWith(ctx, p.w, c) })
}

// shareInputsWith are the newest mails with a contact, for a preview.
func shareInputsWith(ctx context.Context, w *window, c data.Contact) (inputs []data.ShareInput, err error) {
	for _, email := range c.Emails {
		list, err := w.db.Timeline(ctx, data.TimelineQuery{Account: c.AccountID, Kinds: []data.Kind{data.Mail}, Email: email, Limit: previewed - len(inputs)}, w.now())
		if err != nil {
			return nil, err
		}
		for _, i := range list {
			in, err := w.db.ShareInput(ctx, i.ID, c.AccountID)
			if err != nil {
				return nil, err
			}
			inputs = append(inputs, in)
		}
		if len(inputs) >= previewed {
			break
		}
	}
	return inputs, nil
}

// mostTold is the most that the rule of a mailbox tells teams of mail; nothing where
// we share no space with one.
func (w *window) mostTold(ctx context.Context) (data.Share, error) {
	spaces, err := w.db.Spaces(ctx)
	if err != nil || !slices.ContainsFunc(spaces, func(s data.Space) bool { return s.Kind == data.TeamSpace }) {
		return data.ShareNothing, err
	}
	boxes, err := w.db.Mailboxes(ctx)
	most := data.ShareNothing
	for _, b := range boxes {
		most = data.Widest(most, b.Share)
	}
	return most, err
}
