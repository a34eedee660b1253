package store

import (
	"context"
	"testing"

	"rapport/data"
)

func TestNewsIsWhatOthersChangedSinceOneLooked(t *testing.T) {
	ctx := context.Background()
	maya, elin := shared(t, "maya", data.Owner), shared(t, "elin", data.Editor)
	write(t, maya, "added", putKestrel)
	share(t, maya, "k")
	receive(t, elin, sent(t, maya))
	if n, err := maya.News(ctx); err != nil || len(n.Changes) != 0 {
		t.Fatalf("what one wrote oneself is news: %+v, %v", n, err)
	}
	write(t, elin, "changed", func(tx *Tx) error {
		return tx.ChangeAccount("k", func(a *data.Account) { a.Sector = "Museums" })
	})
	write(t, elin, "added", func(tx *Tx) error {
		return tx.PutContact(data.Contact{ID: "ida", AccountID: "k", Name: "Ida Holm"})
	})
	receive(t, maya, sent(t, elin))
	n, err := maya.News(ctx)
	if err != nil {
		t.Fatal(err)
	}
	list := n.ByAccount()
	if len(list) != 1 || list[0].Name != "Kestrel" || len(list[0].Lines) != 2 {
		t.Fatalf("the news is %+v", list)
	}
	words := map[string]string{}
	for _, l := range list[0].Lines {
		words[l.Title] = l.Words()
	}
	if words["Kestrel"] != "changed sector of the account" || words["Ida Holm"] != "added the contact" {
		t.Errorf("it says %v", words)
	}
	undo := write(t, maya, "looked at the news", func(tx *Tx) error { return tx.Looked(n) })
	if n, err := maya.News(ctx); err != nil || len(n.Changes) != 0 {
		t.Fatalf("it was looked at, and is %+v, %v", n, err)
	}
	if _, err := maya.Undo(ctx, undo.ID); err != nil {
		t.Fatal(err)
	}
	if again, err := maya.News(ctx); err != nil || len(again.Changes) != len(n.Changes) {
		t.Fatalf("undone it is %+v, %v", again, err)
	}
	write(t, elin, "deleted", func(tx *Tx) error { return tx.DeleteContact("ida") })
	receive(t, maya, sent(t, elin))
	write(t, maya, "looked at what was there before that came", func(tx *Tx) error { return tx.Looked(n) })
	n, err = maya.News(ctx)
	if list := n.ByAccount(); err != nil || len(list) != 1 || list[0].Lines[0].Words() != "deleted the contact" || list[0].Lines[0].Title != "Ida Holm" {
		t.Fatalf("after looking the news is %+v, %v", list, err)
	}
}
