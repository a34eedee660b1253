package data

import "testing"

func TestWhatHasNoNameIsCalledByItsKind(t *testing.T) {
	for _, c := range []struct {
		kind   string
		fields Fields
		want   string
		called string
	}{
		{KindPlan, Fields{"why": "no flicker"}, "Plan", "the plan"},
		{KindPromise, Fields{"what": "Send the curve"}, "Send the curve", "“Send the curve”"},
		{KindAccount, Fields{"name": "Kestrel Museums"}, "Kestrel Museums", "“Kestrel Museums”"},
	} {
		title := ThingTitle(c.kind, c.fields)
		if got := Titled(c.kind, title); got != c.want {
			t.Errorf("%s %v is titled %q, want %q", c.kind, c.fields, got, c.want)
		}
		if got := (ThingHistory{ThingRef: ThingRef{Kind: c.kind}, Title: title}).Called(); got != c.called {
			t.Errorf("%s %v is called %q, want %q", c.kind, c.fields, got, c.called)
		}
	}
}
