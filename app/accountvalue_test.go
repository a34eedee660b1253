package app

import (
	"context"
	"testing"

	"rapport/app/kit"
	"rapport/data"
	"rapport/data/store"
)

// openValue opens the Value tab of an account by its key.
func openValue(t *testing.T, w *window, name string) *valueTab {
	t.Helper()
	w.open(route{place: placeAccount, id: accountNamed(t, w.db, name).ID})
	press(w, "5")
	p := w.page().(*accountPage)
	if !p.inValue() {
		t.Fatal("key 5 does not open the Value tab")
	}
	return p.value
}

func TestValueTab(t *testing.T) {
	w := testWindow(t, sampleStore(t))
	openValue(t, w, "Kestrel Museums")
	checkShown(t, w, "They gained", "We gained", "Less energy in the Print Room", "18,400 kWh a year", "a hope: no evidence yet", "Give and take is",
		"What we could supply", "Brightline", "Harbour Hall", "Profit this year", "Your time this year", "after cost to serve, since 1 Jan 2026", "Orders expected", "Still a customer", "Worth ahead", "margin of 3 years, €7,626 an order, less 10 % a", "From 12 accounts that bought, of which 12 came")
	golden(t, w, "account-value")
}

func TestValueTabDark(t *testing.T) {
	w := testWindow(t, sampleStore(t))
	kit.Wear(testApp, kit.NewTheme(kit.Dark, 1))
	openValue(t, w, "Kestrel Museums")
	golden(t, w, "account-value-dark")
}

func TestValueTabNarrow(t *testing.T) {
	w := testWindow(t, sampleStore(t))
	resize(w, 960, 600)
	openValue(t, w, "Kestrel Museums")
	press(w, "J", "J")
	golden(t, w, "account-value-narrow")
}

func TestValueTabEmpty(t *testing.T) {
	w := testWindow(t, loggedStore(t))
	openValue(t, w, "Kestrel Museums")
	checkShown(t, w, "Import a list", "Nothing is written down yet", "Nothing to compare yet", "What your team offers stands here", "Uses of what they own")
	golden(t, w, "account-value-empty")
}

func parts[T data.Part](t *testing.T, w *window) []T {
	t.Helper()
	list, err := store.Parts[T](context.Background(), w.db, store.PartQuery{})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestValueIsKeptByKeyboard(t *testing.T) {
	w := testWindow(t, loggedStore(t))
	v := openValue(t, w, "Kestrel Museums")
	w.editValue(data.ValueEntry{Belongs: data.Belongs{Account: "k"}, To: data.Us})
	enter(w, "Fee for care")
	press(w, "Enter")
	list := parts[data.ValueEntry](t, w)
	if len(list) != 1 || list[0].What != "Fee for care" || list[0].To != data.Us || list[0].On == "" {
		t.Fatalf("%+v", list)
	}
	v.list.Select(0)
	checkShown(t, w, "Fee for care", "a hope: no evidence yet")
	press(w, "J", "Space")
	if list := parts[data.ValueEntry](t, w); list[0].Agreed == "" {
		t.Error("Space did not agree to it")
	}
	checkShown(t, w, "agreed on")
	press(w, "Delete")
	if list := parts[data.ValueEntry](t, w); len(list) != 0 {
		t.Errorf("Delete left %+v", list)
	}
	w.undo()
	if list := parts[data.ValueEntry](t, w); len(list) != 1 {
		t.Error("undo did not bring it back")
	}
}

func TestTheMatrixIsFilledByKeyboard(t *testing.T) {
	w := testWindow(t, loggedStore(t))
	v := openValue(t, w, "Kestrel Museums")
	w.editOffer(data.Offer{})
	enter(w, "Training")
	press(w, "Enter")
	checkShown(t, w, "Training", "As a whole", "unknown")
	v.list.Select(len(v.rows) - 1)
	press(w, "Enter")
	enter(w, "Brightline")
	press(w, "Enter")
	list := parts[data.Whitespace](t, w)
	if len(list) != 1 || list[0].Who != "Brightline" || list[0].With != data.Competitor {
		t.Fatalf("%+v", list)
	}
	checkShown(t, w, "Brightline")
}

func TestMoneyOnTheValueTab(t *testing.T) {
	db := loggedStore(t)
	if _, err := db.Write(context.Background(), "", func(tx *store.Tx) error {
		in, err := tx.BeginIntake("orders", "orders.csv")
		if err != nil {
			return err
		}
		_, err = in.Purchase(data.Purchase{Key: "1", Account: "k", Kind: data.Invoiced, On: testClock().Format("2006-01-02"), Cents: 120000000, Currency: "EUR"})
		return err
	}); err != nil {
		t.Fatal(err)
	}
	w := testWindow(t, db)
	openValue(t, w, "Kestrel Museums")
	checkShown(t, w, "nobody has said what share of turnover is margin", "Too little to say: 0 of your accounts bought more than once")
	rules, err := moneyFrom(data.DefaultMoneyRules, "60", "30", "eur", "10", "3")
	if err != nil {
		t.Fatal(err)
	}
	w.write("Figures of money changed", func(tx *store.Tx) error { return tx.PutMoneyRules(rules) }, nil)
	checkShown(t, w, "Margin on €1,200,000 of turnover", "€360,000", "after cost to serve")
	golden(t, w, "account-value-money")
}

func TestWrongFiguresOfMoney(t *testing.T) {
	for _, c := range []struct {
		name                                    string
		hour, margin, currency, discount, years string
		field                                   string
	}{
		{"negative money", "-60", "30", "EUR", "10", "3", "amount"},
		{"a percent above 100", "60", "101", "EUR", "10", "3", "margin"},
		{"no number", "60", "a third", "EUR", "10", "3", "margin"},
		{"no currency", "60", "30", "Euro", "10", "3", "currency"},
		{"no years", "60", "30", "EUR", "10", "0", "years"},
	} {
		_, err := moneyFrom(data.DefaultMoneyRules, c.hour, c.margin, c.currency, c.discount, c.years)
		if e, ok := err.(*data.Invalid); !ok || e.Field != c.field {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}
