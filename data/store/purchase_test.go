package store

import (
	"context"
	"fmt"
	"testing"

	"rapport/data"
)

func take(t *testing.T, db *DB, list ...data.Purchase) Undo {
	t.Helper()
	u, err := db.Write(context.Background(), "Orders brought in", func(tx *Tx) error {
		in, err := tx.BeginIntake("orders", "orders.csv")
		if err != nil {
			return err
		}
		for _, p := range list {
			if _, err := in.Purchase(p); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return u
}

func order(key, on string, cents int64) data.Purchase {
	return data.Purchase{Key: key, Account: "kestrel", Kind: data.Ordered, On: on, Cents: cents, Currency: "EUR"}
}

func centsOf(t *testing.T, db *DB) string {
	t.Helper()
	list, err := db.Purchases(context.Background(), "kestrel", "", "")
	if err != nil {
		t.Fatal(err)
	}
	s := ""
	for _, p := range list {
		s += fmt.Sprint(p.Cents, " ")
	}
	return s
}

func TestOneUndoTakesAWholeListBackAndAgain(t *testing.T) {
	db := open(t)
	ctx := context.Background()
	take(t, db, order("a", "2025-01-01", 100), order("b", "2025-01-02", 200))
	u := take(t, db, order("a", "2025-01-01", 100), order("b", "2025-01-02", 250), order("c", "2025-01-03", 300))
	if got := centsOf(t, db); got != "100 250 300 " {
		t.Fatalf("the later list counts: %s", got)
	}
	forward, err := db.Undo(ctx, u.ID)
	if err != nil {
		t.Fatal(err)
	}
	if got := centsOf(t, db); got != "100 200 " {
		t.Errorf("after undo: %s", got)
	}
	if _, err := db.Undo(ctx, forward.ID); err != nil {
		t.Fatal(err)
	}
	if got := centsOf(t, db); got != "100 250 300 " {
		t.Errorf("done again: %s", got)
	}
}

func TestARowThatIsHereIsNotKeptTwice(t *testing.T) {
	db := open(t)
	p := order("a", "2025-01-01", 100)
	if _, err := db.Write(context.Background(), "", func(tx *Tx) error {
		in, err := tx.BeginIntake("orders", "x")
		if err != nil {
			return err
		}
		for i, want := range []Took{TookNew, TookKnown, TookChanged} {
			if i == 2 {
				p.What = "something else"
			}
			if got, err := in.Purchase(p); err != nil || got != want {
				return fmt.Errorf("time %d: %v, %v", i, got, err)
			}
		}
		return nil
	}); err != nil {
		t.Error(err)
	}
}

func TestBuyingCountsOrdersOrElseInvoices(t *testing.T) {
	db := open(t)
	invoice := order("i", "2025-01-05", 100)
	invoice.Kind = data.Invoiced
	other := invoice
	other.Key, other.Account = "o", "northmoor"
	take(t, db, order("a", "2025-01-01", 100), order("b", "2025-01-01", 50), invoice, other)
	list, err := db.BuyingHistories(context.Background(), "EUR")
	if err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(list); got != "[{kestrel [{2025-01-01 150}]} {northmoor [{2025-01-05 100}]}]" {
		t.Error(got)
	}
}

func TestBuyingCountsTheLastLiveRowOfAKey(t *testing.T) {
	db := open(t)
	ctx := context.Background()
	if list, err := db.BuyingHistories(ctx, "EUR"); err != nil || len(list) != 0 {
		t.Fatalf("nothing was bought: %v %v", list, err)
	}
	take(t, db, order("b", "2025-02-01", 100), order("a", "2025-01-01", 50), order("c", "2025-02-01", 7))
	again := take(t, db, order("b", "2025-03-01", 90))
	check := func(when, want string) {
		t.Helper()
		list, err := db.BuyingHistories(ctx, "EUR")
		if err != nil {
			t.Fatal(err)
		}
		if got := fmt.Sprint(list); got != want {
			t.Errorf("%s: %s, not %s", when, got, want)
		}
	}
	check("b was corrected", "[{kestrel [{2025-01-01 50} {2025-02-01 7} {2025-03-01 90}]}]")
	if _, err := db.Undo(ctx, again.ID); err != nil {
		t.Fatal(err)
	}
	check("the correction was undone", "[{kestrel [{2025-01-01 50} {2025-02-01 107}]}]")
}
