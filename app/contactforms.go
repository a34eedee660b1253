package app

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"rapport/app/bridge"
	"rapport/app/kit"
	"rapport/data"
	"rapport/data/store"
)

// editUnknown asks for something that nobody knows yet.
func (w *window) editUnknown(before data.Unknown) {
	w.withParts(before.Account, func(world partWorld) {
		f := newPartForm(w, world)
		owner := before.Owner
		if before.ID == "" {
			owner = world.me
		}
		what := f.line("What we do not know", "Who signs for the money", before.What)
		asks := f.line("Who of us asks", "nobody yet", owner)
		askPart(w, f, "circle-help", "question", before, func() (data.Unknown, error) {
			u := before
			u.What, u.Owner = strings.TrimSpace(what.Text()), strings.TrimSpace(asks.Text())
			if u.Since == "" {
				u.Since = f.now.Format(time.DateOnly)
			}
			return u, nil
		}, func(u data.Unknown) string { return said(u.What) })
	})
}

// answerUnknown asks what the answer is; it becomes a fact where the person
// chooses what kind it is.
func (w *window) answerUnknown(u data.Unknown) {
	w.withParts(u.Account, func(world partWorld) {
		f := newPartForm(w, world)
		answer := f.line("The answer", "what you learned", "")
		names := []string{"No"}
		var kinds []data.FactName
		for _, n := range data.FactNames {
			if !n.Personal && (n.Form == "" || n.Form == data.FreeText) && (u.Contact != "" && n.Person || u.Contact == "" && n.Account) {
				kinds, names = append(kinds, n), append(names, n.Label)
			}
		}
		kind := newPick(w, names, 0)
		f.add("Keep as a fact", kit.NewRow(0, kind.chip))
		source := f.line("Who told us", "Anna Kessler", world.named(u.Contact))
		w.dialog(f.form, "circle-help", u.What, "Keep the answer", func() {
			known := u
			known.Answer, known.Answered = strings.TrimSpace(answer.Text()), f.now.Format(time.DateOnly)
			if err := known.Check(); err != nil {
				f.say(err)
				return
			}
			w.keep(f.form, "Answered: "+said(u.What), func(tx *store.Tx) error {
				if _, err := store.PutPart(tx, known); err != nil || kind.on == 0 {
					return err
				}
				_, err := store.PutPart(tx, data.Fact{Belongs: data.Belongs{Account: u.Account, Contact: u.Contact}, Name: kinds[kind.on-1].Name,
					Value: known.Answer, On: known.Answered, Source: strings.TrimSpace(source.Text()), Confidence: data.IsSure})
				return err
			}, nil)
		})
	})
}

// editPlace asks where a contact worked, and when. The present place that nobody
// wrote down has no ID; it is written down when it is changed.
func (w *window) editPlace(before data.Affiliation, c data.Contact) {
	w.withAccounts(func(accounts []data.Account) {
		f := newPartForm(w, partWorld{})
		where := before.Place
		if a, ok := accountOfID(accounts, before.Account); ok {
			where = a.Name
		}
		place := f.line("Where", "an account, or the name of another place", where)
		role := f.line("As what", "head of exhibitions", before.Role)
		from := f.line("From", "2021-05-01; nothing where it is not known", before.From)
		until := f.line("Until", "nothing while it lasts", before.Until)
		isNew := before.ID == "" && before.Account == ""
		title, verb := "A place where "+data.FirstName(c.Name)+" worked", "Keep"
		w.dialog(f.form, "building-2", title, verb, func() {
			p := before
			p.Contact, p.Role = c.ID, strings.TrimSpace(role.Text())
			var err error
			if p.Account, p.Place, err = placeNamed(place.Text(), accounts); err == nil {
				p.From, err = pastDate("from", from.Text())
			}
			if err == nil {
				p.Until, err = pastDate("until", until.Text())
			}
			if err == nil {
				err = p.Check()
			}
			if err != nil {
				f.say(err)
				return
			}
			label := "Place changed: " + said(place.Text())
			if isNew {
				label = "Place added: " + said(place.Text())
			}
			w.keep(f.form, label, keeping(p), nil)
		})
	})
}

// moveContact asks where a contact works now; where they worked stays known.
func (w *window) moveContact(c data.Contact) {
	w.withAccounts(func(accounts []data.Account) {
		f := newPartForm(w, partWorld{})
		place := f.line("Where to", "an account, or the name of another place", "")
		role := f.line("As what", "director", "")
		on := f.line("Since", "2026-11-01, today", f.now.Format(time.DateOnly))
		w.dialog(f.form, "route", c.Name+" works elsewhere now", "Keep", func() {
			account, name, err := placeNamed(place.Text(), accounts)
			var date string
			if err == nil {
				date, err = pastDate("since", on.Text())
			}
			if err == nil && account == "" && name == "" {
				err = &data.Invalid{Field: "where", Says: "say where they work now"}
			}
			day := f.now
			if err == nil && date != "" {
				day, err = time.ParseInLocation(time.DateOnly, date, f.now.Location())
			}
			if err != nil {
				f.say(err)
				return
			}
			w.keep(f.form, c.Name+" works at "+strings.TrimSpace(place.Text())+" now", func(tx *store.Tx) error {
				present, err := store.PartsIn[data.Affiliation](tx, store.PartQuery{Contact: c.ID, Open: true})
				if err != nil {
					return err
				}
				moved, parts := data.Moved(c, present, account, name, strings.TrimSpace(role.Text()), day)
				for _, a := range parts {
					if _, err := store.PutPart(tx, a); err != nil {
						return err
					}
				}
				return tx.PutContact(moved)
			}, nil)
		})
	})
}

// withAccounts reads all accounts and goes on with them.
func (w *window) withAccounts(then func([]data.Account)) {
	bridge.Load(w.bg, &w.goSlot, func(ctx context.Context) ([]data.Account, error) { return w.db.Accounts(ctx) }, func(list []data.Account, err error) {
		if err != nil {
			w.fail(err)
			return
		}
		then(list)
	})
}

func accountOfID(accounts []data.Account, id string) (data.Account, bool) {
	i := slices.IndexFunc(accounts, func(a data.Account) bool { return a.ID == id && id != "" })
	if i < 0 {
		return data.Account{}, false
	}
	return accounts[i], true
}

// placeNamed is the account that words name, else the name of a place that is
// none.
func placeNamed(words string, accounts []data.Account) (account, place string, err error) {
	words = strings.TrimSpace(words)
	a, err := data.ResolveAccount(words, accounts, nil)
	switch {
	case err == nil && words != "":
		return a.ID, "", nil
	case errors.Is(err, data.ErrNotFound) || words == "":
		return "", words, nil
	}
	return "", "", err
}

// pastDate reads a date as people write one that has been: 2021-05-01, or a year
// or a month of one; "" for nothing.
func pastDate(field, s string) (string, error) {
	s = strings.TrimSpace(s)
	if s == "" {
		return "", nil
	}
	for _, layout := range []string{time.DateOnly, "2006-01", "2006", "2 January 2006", "2 Jan 2006", "January 2006", "Jan 2006"} {
		if day, err := time.Parse(layout, s); err == nil {
			return day.Format(time.DateOnly), nil
		}
	}
	return "", &data.Invalid{Field: field, Says: strconv.Quote(s) + " is not a date; write it like 2021-05-01 or 2021"}
}

// editRelation asks how a contact stands to somebody of their account, or for a
// change of that.
func (w *window) editRelation(before data.Relation) {
	w.withParts(before.Account, func(world partWorld) {
		bridge.Load(w.bg, &w.goSlot, func(ctx context.Context) ([]data.Relation, error) {
			return store.Parts[data.Relation](ctx, w.db, store.PartQuery{})
		},
			func(others []data.Relation, err error) {
				if err != nil {
					w.fail(err)
					return
				}
				f := newRelationForm(w, world, before, others)
				askPart(w, f.partForm, "network", "relation", before, f.relation, func(r data.Relation) string {
					return world.named(r.Contact) + " " + string(r.Is) + " " + world.named(r.To)
				})
			})
	})
}

// editRating asks what a colleague feels about a relationship. A score below 0 is
// none yet.
func (w *window) editRating(before data.Rating) {
	w.withParts(before.Account, func(world partWorld) {
		f := newPartForm(w, world)
		shown := ""
		if before.Score >= 0 {
			shown = strconv.Itoa(before.Score)
		}
		by := before.By
		if before.ID == "" {
			by = world.me
		}
		score := f.line("0 to 100", "60 and more is warm, below 40 cold", shown)
		why := f.line("Why", "warm at the opening, but short of time", before.Why)
		who := f.line("Who feels so", "your name", by)
		askPart(w, f, "heart-pulse", "rating", before, func() (data.Rating, error) {
			r := before
			n, err := strconv.Atoi(strings.TrimSpace(score.Text()))
			if err != nil {
				return r, &data.Invalid{Field: "score", Says: "write a number from 0 to 100"}
			}
			r.Score, r.Why, r.By = n, strings.TrimSpace(why.Text()), strings.TrimSpace(who.Text())
			return datedAnew(before, r, func(r *data.Rating) *string { return &r.On }, f.now), nil
		}, func(r data.Rating) string { return strconv.Itoa(r.Score) + " by " + r.By })
	})
}

// signChoices name what shows trust, in data's order.
var signChoices = []string{"Shared something inside", "Took our advice", "Kept a mutual step"}

// editSign asks for a sign of trust that one of us saw.
func (w *window) editSign(before data.TrustSign) {
	w.withParts(before.Account, func(world partWorld) {
		f := newPartForm(w, world)
		by, on := before.By, before.On
		if before.ID == "" {
			by, on = world.me, f.now.Format(time.DateOnly)
		}
		why := f.line("What happened", "showed us the plan for 2027 before the board saw it", before.Why)
		is := f.choice("What it shows", slices.Index(data.TrustEvidences, before.Is), signChoices...)
		who := f.line("Who saw it", "your name", by)
		day := f.line("When", "yesterday, Friday, 5 November", shownPast(on, f.now))
		askPart(w, f, "handshake", "sign of trust", before, func() (data.TrustSign, error) {
			s := before
			s.Is, s.Why, s.By = data.TrustEvidences[is.On], strings.TrimSpace(why.Text()), strings.TrimSpace(who.Text())
			var err error
			s.On, err = f.pastDate("on", day)
			return s, err
		}, func(s data.TrustSign) string { return string(s.Is) })
	})
}

// editSign asks for a change of a sign of trust, by its ID.
func (p *contactPage) editSign(id string) { p.withSign(id, p.w.editSign) }

// dropSign takes a sign of trust away.
func (p *contactPage) dropSign(id string) {
	p.withSign(id, func(s data.TrustSign) { deletePart(p.w, "Sign of trust deleted: "+string(s.Is), s) })
}

func (p *contactPage) withSign(id string, then func(data.TrustSign)) {
	bridge.Load(p.w.bg, &p.w.goSlot, func(ctx context.Context) (data.TrustSign, error) {
		return store.PartByID[data.TrustSign](ctx, p.w.db, id)
	},
		func(s data.TrustSign, err error) {
			if err != nil {
				p.w.fail(err)
				return
			}
			then(s)
		})
}

// showBreach says what went against a wish, and why.
func (w *window) showBreach(b data.Breach) {
	why := b.Why
	if why == "" {
		why = "Nobody said why."
	}
	var o *kit.Overlay
	shut := kit.NewButton(kit.Primary, "Close", func() { o.Close() }).WithKey("Enter")
	o = kit.NewOverlay(kit.DialogWidth, kit.NewStack(0, kit.NewDialog("triangle-alert", kit.Caution, "What went against a wish", kit.NewStack(8,
		kit.NewParagraph(kit.Body, kit.Ink, upperFirst(b.Words)+"."),
		kit.NewParagraph(kit.Body, kit.Ink2, why),
		kit.NewNote(joinDots(dateWords(b.On), b.By))), "", shut)))
	w.pop(o, shut)
}
