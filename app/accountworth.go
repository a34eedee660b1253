package app

import (
	"context"
	"fmt"
	"math"
	"strings"

	"fyne.io/fyne/v2"

	"rapport/app/bridge"
	"rapport/app/kit"
	"rapport/data"
)

// worthAnswer is what an account is worth, and why.
type worthAnswer struct {
	profit  data.Profit
	buying  data.Buying
	outlook data.Outlook
	rules   data.MoneyRules
}

func (w *window) askWorth(ctx context.Context, id string) (a worthAnswer, err error) {
	if a.rules, err = w.db.MoneyRules(ctx); err != nil {
		return a, err
	}
	if a.profit, err = w.db.Profit(ctx, id, w.now()); err != nil {
		return a, err
	}
	a.buying, a.outlook, err = w.db.Buying(ctx, id, w.now())
	return a, err
}

// accountWorth is the pane beside the value: money, time and what is to come,
// each with what it was counted from.
type accountWorth struct {
	p     *accountPage
	slot  bridge.Slot
	stack *kit.Stack
	view  fyne.CanvasObject
}

func newAccountWorth(p *accountPage) *accountWorth {
	v := &accountWorth{p: p, stack: kit.NewStack(4)}
	v.view = kit.NewScroll(kit.NewPad(18, 22, 18, 22, v.stack))
	return v
}

func (v *accountWorth) load() {
	bridge.Load(v.p.w.bg, &v.slot, func(ctx context.Context) (worthAnswer, error) { return v.p.w.askWorth(ctx, v.p.id) },
		func(a worthAnswer, err error) {
			if err != nil {
				v.p.w.fail(err)
				return
			}
			v.draw(a)
		})
}

func (v *accountWorth) draw(a worthAnswer) {
	var items []fyne.CanvasObject
	items = append(items, v.profit(a)...)
	items = append(items, kit.NewSpace(12))
	items = append(items, v.time(a)...)
	items = append(items, kit.NewSpace(12))
	items = append(items, v.ahead(a)...)
	v.stack.Set(items...)
}

func small(text string) fyne.CanvasObject { return kit.NewParagraph(kit.Small, kit.Ink2, text) }

func quiet(text string) fyne.CanvasObject { return kit.NewParagraph(kit.Small, kit.Ink3, text) }

// line is a name with its sum at the right.
func sumLine(what, sum string) fyne.CanvasObject {
	return kit.NewSpread(10, kit.NewText(kit.Body, what).Bending(), kit.NewText(kit.Body, sum))
}

func (v *accountWorth) profit(a worthAnswer) []fyne.CanvasObject {
	p := a.profit
	head := kit.NewSectionHead(kit.BodyBold, "Profit this year", "", kit.NewLink("Figures", v.p.w.editMoney))
	items := []fyne.CanvasObject{head}
	if len(p.Receipts) == 0 && len(p.Missing) == 0 {
		return append(items, small("Nothing was bought or spent this year that Rapport knows of. Orders and invoices come from a list of the program that writes them."),
			kit.NewRow(0, kit.NewSmallButton(kit.Plain, "Import a list", func() { v.p.w.open(route{place: placeImport}) })))
	}
	if p.Known() {
		items = append(items, kit.NewText(kit.Big, data.RoundMoneyWords(p.Cents, p.Currency)), quiet("after cost to serve, since "+dateWords(p.From)))
	} else {
		items = append(items, small("Not known yet: nobody has said "+strings.Join(p.Missing, ", nor ")+"."),
			kit.NewRow(0, kit.NewSmallButton(kit.Plain, "Say it", v.p.w.editMoney)))
	}
	for _, r := range p.Receipts {
		items = append(items, sumLine(upperFirst(r.What), data.RoundMoneyWords(r.Cents, p.Currency)), quiet(r.Why))
	}
	if len(p.LeftOut) > 0 {
		items = append(items, quiet("Left out: "+strings.Join(p.LeftOut, ", ")+"."))
	}
	return items
}

func (v *accountWorth) time(a worthAnswer) []fyne.CanvasObject {
	e := a.profit.Effort
	items := []fyne.CanvasObject{kit.NewSectionHead(kit.BodyBold, "Your time this year", hoursWord(e.Minutes), nil)}
	if len(e.Lines) == 0 {
		return append(items, small("No mail, meeting or call with them this year."))
	}
	for _, l := range e.Lines {
		items = append(items, sumLine(fmt.Sprintf("%s %s", thousands(l.Times), l.What), data.HoursWords(l.Minutes)))
		why := l.Why
		if l.Unknown > 0 {
			why += fmt.Sprintf("; %s without one", thousands(l.Unknown))
		}
		items = append(items, quiet(why))
	}
	return items
}

func hoursWord(minutes float64) string {
	if minutes == 0 {
		return ""
	}
	return data.HoursWords(minutes)
}

func (v *accountWorth) ahead(a worthAnswer) []fyne.CanvasObject {
	o := a.outlook
	items := []fyne.CanvasObject{kit.NewSectionHead(kit.BodyBold, "The next 12 months", "", nil)}
	if o.TooLittle != "" {
		items = append(items, small(upperFirst(o.TooLittle)+"."))
		if o.Bought > 0 {
			items = append(items, quiet(fmt.Sprintf("They bought on %s, last on %s.", data.Counted(o.Bought, "day", "days"), dateWords(o.Last))))
		}
		return items
	}
	items = append(items,
		sumLine("Orders expected", fmt.Sprintf("%.1f", o.Expected)),
		quiet(fmt.Sprintf("%d to %d in 8 of 10 such accounts", o.Low, o.High)),
		sumLine("Still a customer", fmt.Sprintf("%d %%", int(math.Round(o.Alive*100)))),
		quiet(fmt.Sprintf("bought on %s, last on %s", data.Counted(o.Bought, "day", "days"), dateWords(o.Last))))
	if o.TooLittleValue != "" {
		items = append(items, sumLine("Worth ahead", "not known"), quiet(upperFirst(o.TooLittleValue)))
	} else {
		items = append(items, sumLine("Worth ahead", data.RoundMoneyWords(o.ValueCents, a.rules.Currency)),
			quiet(fmt.Sprintf("margin of %s, %s an order, less %g %% a year", data.Counted(a.rules.Years, "year", "years"), data.RoundMoneyWords(o.WorthCents, a.rules.Currency), a.rules.DiscountPercent)))
	}
	return append(items, v.model(a.buying)...)
}

// model says what the outlook was fitted to.
func (v *accountWorth) model(b data.Buying) []fyne.CanvasObject {
	by := map[string][]string{}
	var order []string
	for _, p := range b.Parameters() {
		if by[p.Model] == nil {
			order = append(order, p.Model)
		}
		by[p.Model] = append(by[p.Model], p.Words())
	}
	items := []fyne.CanvasObject{kit.NewSpace(4), quiet(fmt.Sprintf("From %s, of which %d came back.", data.Counted(b.Accounts, "account that bought", "accounts that bought"), b.Returned))}
	for _, m := range order {
		items = append(items, quiet(m+": "+strings.Join(by[m], ", ")+"."))
	}
	return items
}
