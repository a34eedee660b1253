package data

import (
	"encoding/hex"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestAWireIDTellsNothingWithoutItsKey(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		key, other := rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(t, "key"), rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(t, "other key")
		id, another := rapid.String().Draw(t, "id"), rapid.String().Draw(t, "other id")
		wire := WireID(key, id)
		if wire != WireID(key, id) {
			t.Fatal("one thing has two names")
		}
		sum, ok := strings.CutPrefix(wire, WireMark)
		if b, err := hex.DecodeString(sum); !ok || err != nil || len(b) != 16 {
			t.Fatalf("it reads %q", wire)
		}
		if string(key) != string(other) && wire == WireID(other, id) {
			t.Fatal("another space calls it the same")
		}
		if id != another && wire == WireID(key, another) {
			t.Fatal("two things have one name")
		}
	})
}
