package space

import (
	"reflect"
	"testing"

	"rapport/data"
	"rapport/data/change"
)

func TestChangesMakeRuns(t *testing.T) {
	at := func(log string, n uint64) data.KeptChange { return data.KeptChange{Log: log, Counter: n} }
	got := rangesOf([]data.KeptChange{at("a", 1), at("a", 2), at("a", 4), at("b", 5)})
	want := []change.Range{{Log: "a", First: 1, Last: 2}, {Log: "a", First: 4, Last: 4}, {Log: "b", First: 5, Last: 5}}
	if !reflect.DeepEqual(got, want) || rangesOf(nil) != nil {
		t.Errorf("%+v", got)
	}
}
