package data

import (
	"reflect"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// TestPartsAreTheirRegisters fills every field of every kind with any value, and
// reads back from the registers what was written to them.
func TestPartsAreTheirRegisters(t *testing.T) {
	for kind, empty := range PartKinds {
		t.Run(kind, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				v := reflect.New(reflect.TypeOf(empty)).Elem()
				walkParts(v, func(name string, v reflect.Value) { fillAny(t, name, v) })
				want := v.Interface().(Part)
				got := reflect.New(reflect.TypeOf(empty)).Elem()
				f := PartFields(want)
				walkParts(got, func(name string, v reflect.Value) { readRegister(f, name, v) })
				if !reflect.DeepEqual(got.Interface(), want) {
					t.Fatalf("wrote %+v\nread  %+v", want, got.Interface())
				}
				for name := range f {
					if !KnownField(kind, name) {
						t.Fatalf("register %q is not known to kind %s", name, kind)
					}
				}
			})
		})
	}
}

func fillAny(t *rapid.T, name string, v reflect.Value) {
	word := rapid.StringMatching(`[a-zé0-9 ]{0,8}`)
	member := rapid.StringMatching(`[a-zé0-9]{1,8}`)
	switch v.Kind() {
	case reflect.String:
		v.SetString(word.Draw(t, name))
	case reflect.Int, reflect.Int64:
		v.SetInt(rapid.Int64().Draw(t, name))
	case reflect.Float64:
		v.SetFloat(rapid.Float64().Draw(t, name))
	case reflect.Bool:
		v.SetBool(rapid.Bool().Draw(t, name))
	case reflect.Slice:
		for _, m := range rapid.SliceOfNDistinct(member, 0, 4, rapid.ID).Draw(t, name) {
			v.Set(reflect.Append(v, reflect.ValueOf(m).Convert(v.Type().Elem())))
		}
	case reflect.Map:
		for _, m := range rapid.SliceOfNDistinct(member, 0, 4, rapid.ID).Draw(t, name) {
			if v.IsNil() {
				v.Set(reflect.MakeMap(v.Type()))
			}
			v.SetMapIndex(reflect.ValueOf(m).Convert(v.Type().Key()), reflect.ValueOf(member.Draw(t, m)).Convert(v.Type().Elem()))
		}
	}
}

func TestPartOfKeepsWhoseItIs(t *testing.T) {
	at := time.Date(2026, 11, 17, 9, 0, 0, 0, time.UTC)
	p := PartOf[Promise]("p1", Fields{"account": "k", "contact": "beatrice", "what": "The report", "by": "us", "novel": "kept for others"}, at)
	if p.ID != "p1" || p.Account != "k" || p.Contact != "beatrice" || p.What != "The report" || p.By != Us || !p.RecordedAt.Equal(at) {
		t.Errorf("read %+v", p)
	}
	if _, ok := PartFields(p)["novel"]; ok {
		t.Error("a register of another version is written as if it were known")
	}
}
