package data

import (
	"slices"
	"testing"
)

func TestWarmestWay(t *testing.T) {
	names := map[string]string{"anna": "Anna", "martin": "Martin", "samuel": "Samuel", "grace": "Grace", "far": "Far"}
	ties := []Tie{
		{Who: "Ruth", Contact: "martin", Times: 4, Warmth: 50}, {Who: "Maya", Contact: "anna", Times: 30, Warmth: 95},
		{Who: "Tomas", Contact: "martin", Times: 0, Warmth: 0},
	}
	line := func(from string, is RelationKind, to string) Relation {
		return Relation{Belongs: Belongs{Contact: from}, Is: is, To: to}
	}
	relations := []Relation{
		line("samuel", ReportsTo, "martin"), line("anna", ReportsTo, "martin"), line("grace", AtOdds, "anna"), line("far", KnowsFrom, "grace"),
	}
	for _, c := range []struct{ name, to, without, want string }{
		{"straight", "anna", "", "Maya knows Anna"},
		{"warm and longer beats cool and short", "samuel", "", "Maya knows Anna, Anna reports to Martin, Samuel reports to Martin"},
		{"without the one in between", "samuel", "anna", "Ruth knows Martin, Samuel reports to Martin"},
		{"without one of us", "anna", "Maya", "Ruth knows Martin, Anna reports to Martin"},
		{"who is at odds opens no door", "grace", "", ""},
		{"too far", "far", "", ""},
	} {
		way, ok := WarmestWay(c.to, ties, relations, names, c.without)
		if way.Words() != c.want || ok != (c.want != "") {
			t.Errorf("%s: %q, %v; want %q", c.name, way.Words(), ok, c.want)
		}
	}
}

func TestWithoutSomebody(t *testing.T) {
	anna, martin, samuel := tie("Anna", 90, 60, Champion), tie("Martin", 50, 90, Sponsor), tie("Samuel", -1, 80, Decider)
	samuel.Knows, martin.Knows = nil, []string{"Ruth"}
	in := WithoutInput{
		StandingInput: StandingInput{
			Contacts: []ContactStanding{anna, martin, samuel}, Policy: PoliciesOf(nil)[TierA], Rules: DefaultWarmthRules,
			Promises: []Promise{
				{By: Us, Owner: "Ruth", What: "Ruth's"}, {By: Us, Owner: "Ruth", What: "kept", Kept: "2026-01-01"},
				{Belongs: Belongs{Contact: "Martin"}, By: Customer, What: "Martin's"},
			},
		},
		Ties:      []Tie{{Who: "Ruth", Contact: "Martin", Times: 4, Warmth: 50}, {Who: "Maya", Contact: "Anna", Times: 30, Warmth: 90}},
		Relations: []Relation{{Belongs: Belongs{Contact: "Samuel"}, Is: ReportsTo, To: "Martin"}, {Belongs: Belongs{Contact: "Anna"}, Is: WorksWith, To: "Martin"}},
		Facts:     []Fact{{Belongs: ofKestrel, Value: "the budget year ends in March", Source: "Martin Example"}, {Belongs: Belongs{Contact: "Martin"}, Value: "his own", Source: "Martin Example"}},
	}
	d, ok := Without(in, "Martin", warmNow)
	if !ok || d.Ours || d.Who != "Martin Example" || !slices.Equal(d.Roles, []Role{Sponsor}) {
		t.Errorf("%+v", d)
	}
	if len(d.Orphaned) != 1 || d.Orphaned[0].What != "Martin's" || len(d.Lost) != 1 || d.Lost[0].Value != "the budget year ends in March" {
		t.Errorf("orphaned %+v, lost %+v", d.Orphaned, d.Lost)
	}
	if len(d.Cut) != 1 || d.Cut[0].ID != "Samuel" || len(d.Introductions) != 0 {
		t.Errorf("cut %v, introductions %v", d.Cut, d.Introductions)
	}
	if density := d.Dials[1]; density.Before.Value != 2 || density.After.Value != 1 {
		t.Errorf("density %+v", density)
	}

	d, ok = Without(in, "ruth", warmNow)
	if !ok || !d.Ours || len(d.Orphaned) != 1 || d.Orphaned[0].What != "Ruth's" {
		t.Errorf("%+v", d)
	}
	if len(d.Cut) != 1 || d.Cut[0].ID != "Martin" || len(d.Introductions) != 1 || d.Introductions[0].Way.Words() != "Maya knows Anna Example, Anna Example works with Martin Example" {
		t.Errorf("cut %v, introductions %+v", d.Cut, d.Introductions)
	}
	if _, ok := Without(in, "nobody", warmNow); ok {
		t.Error("somebody who is not there can leave")
	}
}

func TestTrustStage(t *testing.T) {
	mail := func(id string, days int, side Side) Moment {
		return Moment{ID: id, At: warmNow.AddDate(0, 0, -days), Kind: Mail, Side: side, Thread: id}
	}
	signs := []TrustSign{{Is: TookAdvice, By: "Maya", On: "2026-11-01"}}
	answer := mail("2", 9, Customer)
	answer.Thread = "1"
	for _, c := range []struct {
		name    string
		history []Moment
		signs   []TrustSign
		want    TrustStage
	}{
		{"we wrote and nobody answered", []Moment{mail("1", 10, Us)}, signs, ""},
		{"they answered", []Moment{answer, mail("1", 10, Us)}, nil, StageKnow},
		{"a sign of trust skips no stage", []Moment{answer, mail("1", 10, Us)}, signs, StageKnow},
		{"they began once", []Moment{mail("1", 10, Customer)}, signs, StageKnow},
		{"they began twice", []Moment{mail("1", 10, Customer), mail("2", 20, Customer)}, nil, StageInterest},
		{"too long ago", []Moment{mail("1", 200, Customer), mail("2", 20, Customer)}, nil, StageKnow},
		{"trust, seen by a person", []Moment{mail("1", 10, Customer), mail("2", 20, Customer)}, signs, StageTrust},
		{"a sign that lies ahead", []Moment{mail("1", 10, Customer), mail("2", 20, Customer)}, []TrustSign{{Is: KeptStep, On: "2026-12-01"}}, StageInterest},
	} {
		v := StageOf(c.history, c.signs, warmNow)
		if v.Stage != c.want || (v.Next == "") != (c.want == StageTrust) || len(v.Evidence) < v.Stage.Step() {
			t.Errorf("%s: %+v, want %q", c.name, v, c.want)
		}
	}
}
