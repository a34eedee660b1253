package data

import (
	"slices"
	"testing"
)

func TestFields(t *testing.T) {
	f := Fields{}
	f.text("name", "")
	f.text("role", "head")
	f.set("domain/", []string{"b", "a/b"})
	if len(f) != 3 || f["domain/a/b"] != "1" {
		t.Errorf("fields %v", f)
	}
	if got := f.members("domain/"); !slices.Equal(got, []string{"a/b", "b"}) {
		t.Errorf("members %q", got)
	}
	if got := f.members("none/"); got != nil {
		t.Errorf("no members are %q", got)
	}
}

func TestKnownField(t *testing.T) {
	for _, c := range []struct {
		kind, field string
		want        bool
	}{
		{KindAccount, "name", true},
		{KindAccount, "domain/k.example", true},
		{KindAccount, "mood", false},
		{KindContact, "address/a@k.example", true},
		{KindContact, "domain/k.example", false},
		{KindInteraction, "with/c1", true},
		{"plan", "name", false},
	} {
		if got := KnownField(c.kind, c.field); got != c.want {
			t.Errorf("KnownField(%s, %s) = %t", c.kind, c.field, got)
		}
	}
}
