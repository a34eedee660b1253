package store

import (
	"context"
	"slices"
	"testing"

	"rapport/data"
)

func TestExchangesAreKeptInBounds(t *testing.T) {
	ctx, db := context.Background(), open(t)
	put := func(e data.Exchange) {
		t.Helper()
		if _, err := db.Write(ctx, "", func(tx *Tx) error { return tx.PutExchange("local", e) }); err != nil {
			t.Fatal(err)
		}
	}
	exchanges := func() []data.Exchange {
		t.Helper()
		list, err := db.Exchanges(ctx, "local")
		if err != nil {
			t.Fatal(err)
		}
		return list
	}
	quiet, failed := data.Exchange{Way: data.ByFolder}, data.Exchange{Way: data.ByFolder, Problem: "no folder"}
	full := data.Exchange{Way: data.ByFolder, Came: 4, Sent: 3, KeptOut: 2, Refused: 1, Reasons: []data.Count{{Reason: "it is not signed", N: 1}}}
	for _, e := range []data.Exchange{quiet, quiet, quiet, failed, failed, full, full, quiet} {
		put(e)
	}
	list := exchanges()
	var times []int
	for _, e := range list {
		times = append(times, e.Times)
		if e.At.IsZero() || e.Until.Before(e.At) {
			t.Errorf("%+v was never", e)
		}
	}
	if len(times) != 5 || times[0] != 1 || times[1] != 1 || times[2] != 1 || times[3] != 2 || times[4] != 3 {
		t.Fatalf("the latest first they were %v times", times)
	}
	if got := list[1]; got.Came != 4 || got.Sent != 3 || got.KeptOut != 2 || got.Refused != 1 || !slices.Equal(got.Reasons, full.Reasons) || len(list[0].Reasons) != 0 || got.Way != data.ByFolder || got.Problem != "" {
		t.Errorf("kept is %+v", got)
	}
	for n := range exchangesKept + 30 {
		put(data.Exchange{Way: data.ByHub, Came: n + 1})
	}
	if list = exchanges(); len(list) != exchangesKept || list[0].Came != exchangesKept+30 || list[exchangesKept-1].Came != 31 {
		t.Fatalf("%d are kept, from %d to %d", len(list), list[0].Came, list[len(list)-1].Came)
	}
	if other, err := db.Exchanges(ctx, "another"); err != nil || len(other) != 0 {
		t.Errorf("another space has %v, %v", other, err)
	}
}
