package app

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"rapport/app/bridge"
	"rapport/app/kit"
	"rapport/data"
	"rapport/data/store"
)

// typedNumber reads a number that a person typed, 0 for nothing; a comma counts as
// the mark before decimals where only one is there.
func typedNumber(field, s string) (float64, error) {
	s = strings.TrimSpace(s)
	if s == "" {
		return 0, nil
	}
	plain := strings.ReplaceAll(s, " ", "")
	if strings.Count(plain, ",") == 1 && !strings.Contains(plain, ".") && len(plain)-strings.IndexByte(plain, ',') != 4 {
		plain = strings.Replace(plain, ",", ".", 1)
	}
	n, err := strconv.ParseFloat(strings.ReplaceAll(plain, ",", ""), 64)
	if err != nil || n != n || n > 1e15 || n < -1e15 {
		return 0, &data.Invalid{Field: field, Says: strconv.Quote(s) + " is not a number"}
	}
	return n, nil
}

// typedMoney reads an amount of money that a person typed, and its currency, or
// the one given.
func typedMoney(s, currency string) (int64, string, error) {
	if strings.TrimSpace(s) == "" {
		return 0, "", nil
	}
	mark := byte('.')
	if i := strings.LastIndexByte(s, ','); i > strings.LastIndexByte(s, '.') && len(strings.TrimRight(s[i+1:], " €EURSD")) != 3 {
		mark = ','
	}
	cents, code, err := data.ParseMoney(s, mark)
	if code == "" {
		code = currency
	}
	return cents, code, err
}

// typedAs writes a number as a field shows it, "" for 0.
func typedAs(n float64) string {
	if n == 0 {
		return ""
	}
	return strconv.FormatFloat(n, 'f', -1, 64)
}

// keepPart keeps what a form holds.
func keepPart[T data.Part](w *window, f *form, label string, p T) {
	if err := p.Check(); err != nil {
		f.say(err)
		return
	}
	w.keep(f, label, func(tx *store.Tx) error {
		_, err := store.PutPart(tx, p)
		return err
	}, nil)
}

// editValue asks for a value entry, new or changed.
func (w *window) editValue(e data.ValueEntry) {
	f := newForm(w.bg)
	what := f.field("What", kit.NewField("Less energy in the Print Room"))
	amount := f.field("How much", kit.NewField("18400, if it was measured"))
	unit := f.field("In what", kit.NewField("kWh, hours, EUR"))
	yearly := kit.NewCheckbox("each year", e.Yearly, nil)
	f.add("", kit.NewRow(0, yearly))
	evidence := f.field("How we know", kit.NewField("meter readings; without it, this is a hope"))
	on := f.field("Date", kit.NewField("yesterday, Friday, 5 November"))
	agreed := f.field("Agreed on", kit.NewField("when the other side confirmed it"))
	what.SetText(e.What)
	amount.SetText(typedAs(e.Amount))
	unit.SetText(e.Unit)
	evidence.SetText(e.Evidence)
	on.SetText(shownPast(e.On, w.now()))
	agreed.SetText(shownPast(e.Agreed, w.now()))
	title, label := "What they gained", "“%s” added"
	if e.To == data.Us {
		title = "What we gained"
	}
	if e.ID != "" {
		label = "“%s” changed"
	} else {
		on.SetText(shownPast(w.now().Format(time.DateOnly), w.now()))
	}
	w.dialog(f, "handshake", title, "Keep", func() {
		n, err := typedNumber("amount", amount.Text())
		if err != nil {
			f.say(err)
			return
		}
		e.What, e.Amount, e.Unit, e.Yearly = strings.TrimSpace(what.Text()), n, strings.TrimSpace(unit.Text()), yearly.On
		e.Evidence = strings.TrimSpace(evidence.Text())
		if e.On, err = typedPast("on", on.Text(), w.now()); err == nil {
			e.Agreed, err = typedPast("agreed", agreed.Text(), w.now())
		}
		if err != nil {
			f.say(err)
			return
		}
		keepPart(w, f, fmt.Sprintf(label, e.What), e)
	})
}

// editShare asks who gains by an initiative.
func (w *window) editShare(i data.Initiative) {
	f := newForm(w.bg)
	theirs := f.field("They, percent", kit.NewField("70"))
	ours := f.field("We, percent", kit.NewField("30"))
	theirs.SetText(typedAs(float64(i.TheirShare)))
	ours.SetText(typedAs(float64(i.OurShare)))
	w.dialog(f, "handshake", "Who gains by “"+i.What+"”", "Keep", func() {
		for _, s := range []struct {
			field *kit.Field
			into  *int
		}{{theirs, &i.TheirShare}, {ours, &i.OurShare}} {
			n, err := typedNumber("share", s.field.Text())
			if err == nil && n != float64(int(n)) {
				err = &data.Invalid{Field: "share", Says: "write whole percents"}
			}
			if err != nil {
				f.say(err)
				return
			}
			*s.into = int(n)
		}
		keepPart(w, f, "Who gains by “"+i.What+"” changed", i)
	})
}

// editOffer asks for an offer of ours, new or changed.
func (w *window) editOffer(o data.Offer) {
	f := newForm(w.bg)
	name := f.field("Offer", kit.NewField("Care and spare parts"))
	about := f.field("In a line", kit.NewField("what it does for whom"))
	retired := f.field("Not offered since", kit.NewField("a date, once it is no longer"))
	name.SetText(o.Name)
	about.SetText(o.About)
	retired.SetText(shownPast(o.Retired, w.now()))
	title, label := "New offer", "%s added to what you offer"
	if o.ID != "" {
		title, label = "Change an offer", "%s changed"
	}
	w.dialog(f, "package-open", title, "Keep", func() {
		o.Name, o.About = strings.TrimSpace(name.Text()), strings.TrimSpace(about.Text())
		var err error
		if o.Retired, err = typedPast("retired", retired.Text(), w.now()); err != nil {
			f.say(err)
			return
		}
		keepPart(w, f, fmt.Sprintf(label, o.Name), o)
	})
}

// supplierChoices are the choices of who supplies something, in their order.
var supplierChoices = append([]data.Supplier{""}, data.Suppliers...)

// editSpace asks who supplies an offer to a unit.
func (w *window) editSpace(s data.Whitespace, offer string) { w.askSpace(s, offer, false) }

// editUnit asks for the first thing that is known of a unit.
func (w *window) editUnit(of data.Belongs, o data.Offer) {
	w.askSpace(data.Whitespace{Belongs: of, Offer: o.ID}, o.Name, true)
}

func (w *window) askSpace(s data.Whitespace, offer string, nameUnit bool) {
	f, before := newForm(w.bg), s
	unit := kit.NewField("Hall 2; empty for all of it")
	unit.SetText(s.Unit)
	who := kit.NewField("the competitor's name")
	if nameUnit {
		f.field("Unit", unit)
	}
	with := kit.NewSegmented([]string{"Unknown", "Us", "Another", "In-house", "No need"}, max(slices.Index(supplierChoices, s.With), 0), nil)
	f.add("With", kit.NewRow(0, with))
	f.field("Whose", who)
	spend := f.field("They spend", kit.NewField("12,000 EUR a year"))
	ends := f.field("Contract ends", kit.NewField("31 March, in 6 months"))
	source := f.field("How we know", kit.NewField("Anna, at the visit"))
	who.SetText(s.Who)
	if s.Cents > 0 {
		spend.SetText(strings.ReplaceAll(data.MoneyWords(s.Cents, ""), "−", "-") + " " + s.Currency)
	}
	ends.SetText(shownDate(s.Ends, w.now()))
	source.SetText(s.Source)
	title := offer
	if s.Unit != "" {
		title += " for " + s.Unit
	}
	w.dialog(f, "package-open", title, "Keep", func() {
		cents, currency, err := typedMoney(strings.TrimSuffix(strings.TrimSpace(spend.Text()), " a year"), "EUR")
		if err != nil {
			f.say(err)
			return
		}
		if cents == 0 {
			currency = before.Currency
		}
		s.Unit, s.With, s.Who, s.Cents, s.Currency = strings.TrimSpace(unit.Text()), supplierChoices[with.On], strings.TrimSpace(who.Text()), cents, currency
		if s.Ends, err = typedDate("ends", ends.Text(), w.now()); err != nil {
			f.say(err)
			return
		}
		s.Source = strings.TrimSpace(source.Text())
		if s.Who != "" && s.With == "" {
			s.With = data.Competitor
		}
		keepPart(w, f, "Who supplies "+title+" noted", datedAnew(before, s, func(s *data.Whitespace) *string { return &s.On }, w.now()))
	})
}

// useChoices are the choices of how far a use is, in their order.
var useChoices = []data.UseState{data.CouldUse, data.TriesUse, data.UsesIt, data.NoUse}

// editUse asks for a use of what they have.
func (w *window) editUse(u data.Use, offers []data.Offer) {
	f, before := newForm(w.bg), u
	what := f.field("What", kit.NewField("Show the board where the savings come from"))
	var names []string
	for _, o := range offers {
		names = append(names, o.Name)
	}
	of := f.field("Of", kit.NewField(strings.Join(names, ", ")))
	state := kit.NewSegmented([]string{"Could", "Tries", "Uses it", "Not for them"}, max(slices.Index(useChoices, u.State), 0), nil)
	f.add("So far", kit.NewRow(0, state))
	note := f.field("Note", kit.NewField(""))
	what.SetText(u.What)
	note.SetText(u.Note)
	for _, o := range offers {
		if o.ID == u.Offer {
			of.SetText(o.Name)
		}
	}
	label := "Use “%s” added"
	if u.ID != "" {
		label = "Use “%s” changed"
	}
	w.dialog(f, "package-open", "What they could do with it", "Keep", func() {
		u.What, u.Note, u.State, u.Offer = strings.TrimSpace(what.Text()), strings.TrimSpace(note.Text()), useChoices[state.On], ""
		for _, o := range offers {
			if strings.EqualFold(o.Name, strings.TrimSpace(of.Text())) {
				u.Offer = o.ID
			}
		}
		if u.Offer == "" && strings.TrimSpace(of.Text()) != "" {
			f.say(&data.Invalid{Field: "of", Says: "there is no offer " + strconv.Quote(of.Text()) + "; there is " + strings.Join(names, ", ")})
			return
		}
		keepPart(w, f, fmt.Sprintf(label, u.What), datedAnew(before, u, func(u *data.Use) *string { return &u.On }, w.now()))
	})
}

// editMoney asks for the team's figures.
func (w *window) editMoney() {
	var s bridge.Slot
	bridge.Load(w.bg, &s, func(ctx context.Context) (data.MoneyRules, error) { return w.db.MoneyRules(ctx) },
		func(r data.MoneyRules, err error) {
			if err != nil {
				w.fail(err)
				return
			}
			w.askMoney(r)
		})
}

func (w *window) askMoney(r data.MoneyRules) {
	f := newForm(w.bg)
	hour := f.field("An hour costs", kit.NewField("60, all that it costs you"))
	margin := f.field("Margin, percent", kit.NewField("30, of turnover"))
	currency := f.field("Currency", kit.NewField("EUR"))
	discount := f.field("Discount, percent", kit.NewField("10, what money of next year is worth less"))
	years := f.field("Years ahead", kit.NewField("3"))
	if r.HourCents > 0 {
		hour.SetText(data.MoneyWords(r.HourCents, ""))
	}
	margin.SetText(typedAs(r.MarginPercent))
	currency.SetText(r.Currency)
	discount.SetText(typedAs(r.DiscountPercent))
	years.SetText(strconv.Itoa(r.Years))
	w.dialog(f, "gauge", "What work costs and earns", "Keep", func() {
		next, err := moneyFrom(r, hour.Text(), margin.Text(), currency.Text(), discount.Text(), years.Text())
		if err != nil {
			f.say(err)
			return
		}
		w.keep(f, "Figures of money changed", func(tx *store.Tx) error { return tx.PutMoneyRules(next) }, nil)
	})
}

func moneyFrom(r data.MoneyRules, hour, margin, currency, discount, years string) (data.MoneyRules, error) {
	var err error
	if r.HourCents, _, err = typedMoney(hour, ""); err != nil {
		return r, err
	}
	if r.MarginPercent, err = typedNumber("margin", margin); err != nil {
		return r, err
	}
	if r.DiscountPercent, err = typedNumber("discount", discount); err != nil {
		return r, err
	}
	n, err := typedNumber("years", years)
	if err != nil {
		return r, err
	}
	r.Years, r.Currency = int(n), strings.ToUpper(strings.TrimSpace(currency))
	return r, r.Check()
}
