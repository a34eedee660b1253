package data

import (
	"slices"
	"testing"
)

func TestAPreviewNamesThingsAndTellsEachMailOnce(t *testing.T) {
	thing := func(kind, id, title string, f Fields) PreviewThing {
		return PreviewThing{SharedThing: SharedThing{ThingRef: ThingRef{kind, id}, Title: title}, Fields: f}
	}
	maya, jonas := Shared{Account: "k", At: planDay, Direction: In, Subject: "Budget", With: []SharedPerson{{Contact: "anna"}}}, Shared{Account: "k", At: planDay, Direction: In}
	one, two := thing(KindObservation, "o1", "", Fields{ObservationField: maya.Observed("~w")}), thing(KindObservation, "o2", "", Fields{ObservationField: jonas.Observed("~w")})
	one.By, two.By = "Maya", "Jonas"
	p := ComposePreview(Space{Name: "Larkfield"}, []PreviewThing{
		two, thing(KindPromise, "p", "Report", Fields{"what": "Report", "account": "k", "interaction": "~w", "tag/early": "1"}), one,
		thing(KindContact, "anna", "Anna Kessler", Fields{"name": "Anna Kessler"}), thing(KindObservation, "bad", "", Fields{ObservationField: "{"}),
	})
	if n := p.Kinds(); len(n) != 2 || n[KindPromise] != 1 || n[KindContact] != 1 {
		t.Errorf("kinds %v", n)
	}
	mail := p.Mail()
	if len(mail) != 1 || mail[0].By != "Jonas and Maya" || mail[0].Subject != "Budget" {
		t.Fatalf("mail %+v", mail)
	}
	if named := p.Names(mail[0]); named.With[0].Name != "Anna Kessler" || mail[0].With[0].Name != "" {
		t.Errorf("named %+v, before %+v", named, mail[0])
	}
	if got, want := PreviewFields(p.Of(KindPromise)[0]), []SharedField{{"tag", "early"}, {"what", "Report"}}; !slices.Equal(got, want) {
		t.Errorf("fields %+v, want %+v", got, want)
	}
}

func TestAThingOfAPreviewStandsOnOneLine(t *testing.T) {
	for _, c := range []struct {
		title  string
		fields Fields
		want   string
	}{
		{"Report", Fields{"what": "Report"}, "Report"},
		{"goal", Fields{"what": "goal", "text": "No flicker"}, "goal: No flicker"},
		{"billing", Fields{"name": "billing", "value": "by order"}, "billing: by order"},
		{"No flicker", Fields{"text": "No flicker"}, "No flicker"},
		{KindMark, Fields{"account": "k", "score": "4", "by": "Maya"}, "by Maya, score 4"},
	} {
		if got := PreviewLine(PreviewThing{SharedThing: SharedThing{ThingRef: ThingRef{Kind: KindMark}, Title: c.title}, Fields: c.fields}); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}
