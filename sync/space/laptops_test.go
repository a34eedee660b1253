package space

import (
	"context"
	"testing"
)

// TestLaptopsAreCountedInTheOrderInWhichTheyCame has Jonas write on two laptops, which
// Maya and he himself tell apart.
func TestLaptopsAreCountedInTheOrderInWhichTheyCame(t *testing.T) {
	ctx := context.Background()
	id, all := team2(t, nil, "Maya", "Jonas")
	maya, jonas := all[0], all[1]
	second := anew(t, jonas)
	if _, err := second.RecoverSpaces(ctx, placeOf(t, jonas, id), ""); err != nil {
		t.Fatal(err)
	}
	settle(id, second, jonas, maya)
	for i, l := range []*laptop{jonas, second} {
		if err := l.rename("k", []string{"Kestrel One", "Kestrel Two"}[i]); err != nil {
			t.Fatal(err)
		}
		settle(id, l, jonas, second, maya)
	}
	for _, c := range []struct {
		at       *laptop
		one, two string
	}{
		{maya, "Jonas’s laptop", "Jonas’s second laptop"},
		{jonas, "this laptop", "your second laptop"},
		{second, "your first laptop", "this laptop"},
	} {
		h, err := c.at.db.ThingHistory(ctx, "k")
		if err != nil {
			t.Fatal(err)
		}
		on := map[string]string{}
		for _, l := range h.Lines {
			on[l.To] = l.Laptop
		}
		if on["Kestrel One"] != c.one || on["Kestrel Two"] != c.two {
			t.Errorf("%s is told %v", c.at.name, on)
		}
	}
}
