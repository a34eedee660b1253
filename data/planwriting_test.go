package data

import "testing"

func TestAWritingIsInItsSection(t *testing.T) {
	sections := []SheetSection{
		{Key: PlanWhy, Label: "Who and why", Lines: []SheetLine{{Kind: KindPlan, ID: "p"}}},
		{Key: PlanSteps, Label: "Next 90 days", Lines: []SheetLine{{Kind: KindStep, ID: "s1"}, {Text: "and 2 more"}}, Rest: []SheetLine{{Kind: KindStep, ID: "s2"}, {Kind: KindStep, ID: "s3"}}},
		{Key: PlanPromises, Label: "Promises", Lines: []SheetLine{{Kind: KindPromise, ID: "s1"}}},
	}
	for _, c := range []struct {
		kind, id, want string
	}{
		{KindPlan, "p", PlanWhy}, {KindStep, "s1", PlanSteps}, {KindStep, "s3", PlanSteps}, {KindStep, "", PlanSteps}, {KindPromise, "s1", PlanPromises},
		{KindPromise, "kept long ago", PlanPromises}, {KindRisk, "r", ""}, {KindContact, "c", ""}, {"newer", "n", ""},
	} {
		s, ok := Writing{Kind: c.kind, ID: c.id}.In(sections)
		if s.Key != c.want || ok != (c.want != "") {
			t.Errorf("%s %q is in %q, %v; want %q", c.kind, c.id, s.Key, ok, c.want)
		}
	}
}

func TestWhoIsEditingInWords(t *testing.T) {
	elin, tom, you := Writing{Name: "Elin Sandvik"}, Writing{Name: "Tom Okafor"}, Writing{}
	for _, c := range []struct {
		list []Writing
		want string
	}{
		{nil, ""},
		{[]Writing{elin}, "Elin is editing"},
		{[]Writing{elin, elin}, "Elin is editing"},
		{[]Writing{elin, tom}, "Elin and Tom are editing"},
		{[]Writing{you}, "you are editing on another laptop"},
		{[]Writing{you, tom}, "Tom is editing"},
	} {
		if got := EditingWords(c.list); got != c.want {
			t.Errorf("%v reads %q, want %q", c.list, got, c.want)
		}
	}
	list := WritersOf([]Writing{{Account: "a", Name: "Elin"}, {Account: "b", Name: "Tom"}}, "b")
	if len(list) != 1 || list[0].Name != "Tom" {
		t.Errorf("of one account: %+v", list)
	}
}
