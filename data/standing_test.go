package data

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func tie(name string, score, influence int, roles ...Role) ContactStanding {
	w := Warmth{Score: score, Band: DefaultWarmthRules.BandOf(score), Last: Moment{At: warmNow.AddDate(0, 0, -5)}, Interval: Interval{Days: 7, From: OfTier}}
	if score < 0 {
		w = Warmth{Band: NeverSpoke}
	}
	c := ContactStanding{Contact: Contact{ID: name, Name: name + " Example"}, Warmth: w, Knows: []string{"Maya"}}
	if influence > 0 || len(roles) > 0 {
		c.Stakeholder = Stakeholder{Belongs: Belongs{ID: "s" + name}, Influence: influence, Roles: roles}
	}
	return c
}

func stand(contacts []ContactStanding, promises ...Promise) AccountStanding {
	return StandAccount(StandingInput{
		Contacts: contacts, Before: contacts, Promises: promises, Policy: PoliciesOf(nil)[TierA], Rules: DefaultWarmthRules,
	}, warmNow)
}

func TestDialsOfAnAccount(t *testing.T) {
	s := stand([]ContactStanding{
		tie("Anna", 90, 60, Champion), tie("Beatrice", 80, 40), tie("Martin", 50, 90, Sponsor), tie("Ines", 30, 40), tie("Samuel", -1, 80, Decider),
	}, Promise{By: Us, What: "Report", Due: "2026-11-13"}, Promise{By: Customer, What: "Name", Due: "2026-11-10"}, Promise{By: Us, What: "Kept", Due: "2026-01-01", Kept: "2026-02-01"})
	// (90·60 + 80·40 + 50·90 + 30·40) / 230 = 62.2, less 5 % = 59
	for kind, want := range map[DialKind]string{
		Quality:   "59 of 100: 1 promise of ours overdue; Ines is the weak tie (5)",
		Density:   "3 of 5: Live ties; tier A asks for five (3)",
		Authority: "2 of 3: Executive sponsor, champion; the decision maker is not met (3)",
		Velocity:  "-3 of 0: Down in 90 days (2)",
	} {
		d := s.Dial(kind)
		if got := fmt.Sprintf("%d of %d: %s (%d)", d.Value, d.Of, d.Words, len(d.Receipts)); got != want || !d.Known {
			t.Errorf("%s is %q, want %q", kind, got, want)
		}
	}
	if s.Weakest[0] != Quality || s.Band != Cooling {
		t.Errorf("weakest %v, %s", s.Weakest, s.Band)
	}
	if len(s.NeverMet) != 1 || s.NeverMet[0].ID != "Samuel" {
		t.Errorf("never met: %v", s.NeverMet)
	}
	if s.SingleThread != "" || s.OurThread != "Maya" {
		t.Errorf("threads: %q, %q", s.SingleThread, s.OurThread)
	}
}

func TestAnAccountThatNobodyKnowsHasNoNumbers(t *testing.T) {
	s := stand(nil)
	for _, d := range s.Dials {
		if d.Known || d.Value != 0 || d.Words == "" {
			t.Errorf("%+v", d)
		}
	}
	if s.Band != NeverSpoke || len(s.Weakest) != 0 {
		t.Errorf("%s, %v", s.Band, s.Weakest)
	}
	if one := stand([]ContactStanding{tie("Anna", 70, 0)}); one.SingleThread != "Anna" {
		t.Errorf("one live contact is a single thread: %q", one.SingleThread)
	}
}

func TestWhereNobodyJudgedAllWeighTheSame(t *testing.T) {
	if got := stand([]ContactStanding{tie("Anna", 90, 0), tie("Leon", 50, 0)}).Dial(Quality).Value; got != 70 {
		t.Errorf("quality %d, want 70", got)
	}
}

// TestKeepingAPromiseNeverLowersTheQuality keeps, for any account and any
// promises, one more of them.
func TestKeepingAPromiseNeverLowersTheQuality(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var contacts []ContactStanding
		for i := range rapid.IntRange(0, 6).Draw(t, "contacts") {
			contacts = append(contacts, tie(fmt.Sprint("c", i), rapid.IntRange(-1, 100).Draw(t, "score"), rapid.IntRange(0, 100).Draw(t, "influence")))
		}
		var promises []Promise
		for i := range rapid.IntRange(1, 12).Draw(t, "promises") {
			promises = append(promises, Promise{
				Belongs: Belongs{ID: fmt.Sprint(i)}, By: rapid.SampledFrom([]Side{Us, Customer}).Draw(t, "by"),
				Due: warmNow.AddDate(0, 0, rapid.IntRange(-40, 40).Draw(t, "due")).Format("2006-01-02"),
			})
		}
		before := stand(contacts, promises...).Dial(Quality)
		kept := slices.Clone(promises)
		kept[rapid.IntRange(0, len(kept)-1).Draw(t, "which")].Kept = warmNow.Format("2006-01-02")
		after := stand(contacts, kept...).Dial(Quality)
		if after.Value < before.Value {
			t.Fatalf("quality fell from %d to %d", before.Value, after.Value)
		}
		if before.Known && before.Value > 0 && !strings.Contains(before.Words, "overdue") && after.Value != before.Value {
			t.Fatalf("with nothing overdue it went from %d to %d", before.Value, after.Value)
		}
	})
}

func TestAVelocityThatIsMadeLaterIsTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := StandingInput{Policy: PoliciesOf(nil)[TierA], Rules: DefaultWarmthRules}
		for i := range rapid.IntRange(0, 5).Draw(t, "contacts") {
			influence := rapid.IntRange(0, 100).Draw(t, "influence")
			in.Contacts = append(in.Contacts, tie(fmt.Sprint("c", i), rapid.IntRange(-1, 100).Draw(t, "now"), influence))
			in.Before = append(in.Before, tie(fmt.Sprint("c", i), rapid.IntRange(-1, 100).Draw(t, "before"), influence))
		}
		for range rapid.IntRange(0, 3).Draw(t, "promises") {
			in.Promises = append(in.Promises, Promise{By: Us, What: "Report", Due: warmNow.AddDate(0, 0, -rapid.IntRange(-40, 200).Draw(t, "late")).Format("2006-01-02")})
		}
		in.PromisesBefore = in.Promises
		still := StandAccount(StandingInput{Contacts: in.Contacts, Promises: in.Promises, Policy: in.Policy, Rules: in.Rules}, warmNow)
		if v := still.Dial(Velocity); v.Known {
			t.Fatalf("with nothing before: %+v", v)
		}
		if got, want := still.WithVelocity(in, warmNow), StandAccount(in, warmNow); !reflect.DeepEqual(got, want) {
			t.Fatalf("%+v\nwant %+v", got, want)
		}
		if v := still.Dial(Velocity); v.Known {
			t.Fatal("what it was made of is another now")
		}
	})
}
