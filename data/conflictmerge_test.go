package data

import "testing"

func TestTextsThatWereWrittenApartAreProposedTogether(t *testing.T) {
	versions := func(values ...string) (list []FieldVersion) {
		for _, v := range values {
			list = append(list, FieldVersion{Value: v})
		}
		return list
	}
	note := Conflict{Kind: KindPromise, Field: "what", Base: "Send the report by May.", HasBase: true}
	for _, c := range []struct {
		name string
		of   func(*Conflict)
		want string
		ok   bool
	}{
		{"two places", func(c *Conflict) {
			c.Versions = versions("Send the final report by May.", "Send the report by June.")
		}, "Send the final report by June.", true},
		{"three versions", func(c *Conflict) {
			c.Versions = versions("Send the final report by May.", "Send the report by June.", "Kindly: Send the report by May.")
		}, "Kindly: Send the final report by June.", true},
		{"what was before is not known", func(c *Conflict) {
			c.HasBase, c.Versions = false, versions("Send the final report by May.", "Send the report by June.")
		}, "", false},
		{"one took it away", func(c *Conflict) { c.Versions = versions("Send the final report by May.", "") }, "", false},
		{"a word each", func(c *Conflict) { c.Base, c.Versions = "Report", versions("Figures", "Slides") }, "", false},
		{"dates", func(c *Conflict) {
			c.Field, c.Base, c.Versions = "due", "2026-12-01", versions("2026-12-02", "2026-12-03")
		}, "", false},
		{"deleted and edited", func(c *Conflict) { c.Field, c.Versions = "", versions("", "") }, "", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			conflict := note
			c.of(&conflict)
			if got, _, ok := conflict.Merged(); ok != c.ok || ok && got != c.want {
				t.Errorf("proposed %q, %v; want %q", got, ok, c.want)
			}
		})
	}
}
