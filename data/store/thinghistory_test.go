package store

import (
	"context"
	"errors"
	"testing"

	"rapport/data"
)

func TestAHistorySaysWhoMadeWhatOfWhat(t *testing.T) {
	ctx := context.Background()
	maya, elin := shared(t, "maya", data.Owner), shared(t, "elin", data.Editor)
	write(t, maya, "", func(tx *Tx) error {
		return tx.PutDevices(teamSpace, []data.Device{{ID: "deviceelin", Member: "other", Nth: 2}})
	})
	write(t, maya, "added", putKestrel)
	share(t, maya, "k")
	receive(t, elin, sent(t, maya))
	sector := func(db *DB, to string) {
		write(t, db, "changed", func(tx *Tx) error {
			return tx.ChangeAccount("k", func(a *data.Account) { a.Sector = to })
		})
	}
	sector(elin, "Museums")
	receive(t, maya, sent(t, elin))
	sector(maya, "Heritage")
	h, err := maya.ThingHistory(ctx, "k")
	if err != nil || h.Title != "Kestrel" {
		t.Fatalf("%+v, %v", h, err)
	}
	var lines []data.HistoryLine
	for _, l := range h.Lines {
		if l.Field == "sector" {
			lines = append(lines, l)
		}
	}
	if len(lines) != 2 {
		t.Fatalf("the sector has %+v", lines)
	}
	if l := lines[0]; !l.Mine || l.From != "Museums" || l.To != "Heritage" || !l.Shown || l.Laptop != "this laptop" || l.MayRestore() {
		t.Errorf("the newest is %+v", l)
	}
	if l := lines[1]; l.Mine || l.Who() == "You" || l.From != "" || l.To != "Museums" || l.Laptop != "Jonas Weber’s second laptop" || !l.MayRestore() {
		t.Errorf("the one before is %+v", l)
	}
	named := 0
	for _, l := range h.Lines {
		if l.Field == "name" {
			named++
		}
	}
	if named != 1 {
		t.Errorf("that the account was shared is told as %d changes of its name", named)
	}
}

func TestAnOlderValueIsRestoredAsAnEdit(t *testing.T) {
	ctx := context.Background()
	maya, elin := shared(t, "maya", data.Owner), shared(t, "elin", data.Editor)
	write(t, maya, "added", putKestrel)
	share(t, maya, "k")
	for _, to := range []string{"Museums", "Heritage"} {
		write(t, maya, "changed", func(tx *Tx) error {
			return tx.ChangeAccount("k", func(a *data.Account) { a.Sector = to })
		})
	}
	ref := data.ThingRef{Kind: data.KindAccount, ID: "k"}
	undo := write(t, maya, "restored", func(tx *Tx) error { return tx.Restore(ref, "sector", "Museums") })
	receive(t, elin, sent(t, maya))
	for _, db := range []*DB{maya, elin} {
		if a, err := db.Account(ctx, "k"); err != nil || a.Sector != "Museums" {
			t.Errorf("restored it is %q, %v", a.Sector, err)
		}
	}
	if _, err := maya.Undo(ctx, undo.ID); err != nil {
		t.Fatal(err)
	}
	if a, err := maya.Account(ctx, "k"); err != nil || a.Sector != "Heritage" {
		t.Errorf("undone it is %q, %v", a.Sector, err)
	}
	for field, says := range map[string]string{"name": "an account without a name", "nonsense": "a field that nobody knows"} {
		_, err := maya.Write(ctx, "restored", func(tx *Tx) error { return tx.Restore(ref, field, "") })
		if invalid := (*data.Invalid)(nil); !errors.As(err, &invalid) {
			t.Errorf("%s: %v", says, err)
		}
	}
}

func TestWhatWasErasedIsNotRestored(t *testing.T) {
	l := data.HistoryLine{Deed: data.DeedWrote, To: ""}
	if l.Blank = true; l.MayRestore() {
		t.Error("a value that was erased is offered")
	}
}
