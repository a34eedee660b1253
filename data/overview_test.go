package data

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

func overviewAt() OverviewInput {
	anna, beatrice := tie("Anna", 90, 60, Champion), tie("Beatrice", 55, 40)
	anna.Contact.Role = "head of facilities"
	mail := func(id string, ago int, side Side) Moment {
		return Moment{ID: id, Kind: Mail, Side: side, At: warmNow.AddDate(0, 0, -ago), Thread: id}
	}
	return OverviewInput{
		Now: warmNow, Account: Account{ID: "k", Name: "Kestrel", Tier: TierA},
		Contacts: []ContactStanding{anna, beatrice},
		Standing: stand([]ContactStanding{anna, beatrice}),
		Moments: map[string][]Moment{
			"Anna":     {mail("a1", 3, Customer), mail("a2", 20, Customer), mail("a3", 40, Customer)},
			"Beatrice": {mail("b1", 2, Us), mail("b2", 5, Customer)},
		},
		Signs: []TrustSign{{Belongs: Belongs{Contact: "Anna"}, Is: SharedInside, On: "2026-09-01", By: "Maya"}},
	}
}

func TestTheOverviewShowsWhoeverCameFurthest(t *testing.T) {
	in := overviewAt()
	if o := ComposeOverview(in); o.Furthest.ID != "Anna" || o.Stage.Stage != StageTrust {
		t.Errorf("%s at %q", o.Furthest.ID, o.Stage.Stage)
	}
	in.Signs[0].Contact = "Beatrice" // who has begun nothing: a sign skips no stage
	if o := ComposeOverview(in); o.Furthest.ID != "Anna" || o.Stage.Stage != StageInterest {
		t.Errorf("%s at %q", o.Furthest.ID, o.Stage.Stage)
	}
	in.Moments = nil
	if o := ComposeOverview(in); o.Furthest.ID != "" || o.Stage.Stage != "" {
		t.Errorf("nobody spoke, yet %s is at %q", o.Furthest.ID, o.Stage.Stage)
	}
}

func TestTheIssueIsTheLatestNeedThatIsNotMet(t *testing.T) {
	need := func(id, on string, met Met) Need {
		return Need{Belongs: Belongs{ID: id, Contact: "Anna"}, Title: id, Words: id, On: on, Met: met}
	}
	closed := need("closed", "2026-11-16", NotMet)
	closed.Closed = "2026-11-16"
	for _, c := range []struct {
		name, issue, order string
		needs              []Need
	}{
		{"none", "", "", nil},
		{"not met before on the way, the latest first", "late", "late early moving unknown met",
			[]Need{need("met", "2026-11-15", IsMet), need("early", "2026-01-05", NotMet), need("moving", "2026-11-10", OnTheWay), need("unknown", "2026-11-01", ""), need("late", "2026-11-05", NotMet), closed}},
		{"of which nobody knows before on the way", "unknown", "moving unknown", []Need{need("moving", "2026-11-10", OnTheWay), need("unknown", "2026-11-01", "")}},
		{"all met is no issue", "", "met", []Need{need("met", "2026-11-15", IsMet)}},
	} {
		t.Run(c.name, func(t *testing.T) {
			in := overviewAt()
			in.Needs = c.needs
			o := ComposeOverview(in)
			issue, order := "", ""
			if o.Issue != nil {
				issue = o.Issue.Need.ID
			}
			for _, n := range o.Needs {
				order = strings.TrimSpace(order + " " + n.ID)
			}
			if issue != c.issue || order != c.order {
				t.Errorf("%q of %q, want %q of %q", issue, order, c.issue, c.order)
			}
		})
	}
}

func TestAnIssueSaysWhoSaidItAndHowItWasTreated(t *testing.T) {
	in := overviewAt()
	in.Needs = []Need{{Belongs: Belongs{ID: "n", Contact: "Anna", Interaction: "i"}, Words: "It shimmers.", On: "2026-11-05", Met: NotMet}}
	treat := func(on string, is Remedy) Initiative {
		return Initiative{What: "Reset", Needs: []string{"n"}, Is: is, State: IsDone, On: on, Done: on}
	}
	bus := treat("2026-11-09", Cure)
	bus.What, bus.State = "new dimming bus", Proposed
	in.Initiatives = []Initiative{treat("2026-02-01", Treatment), treat("2026-05-01", Treatment), treat("2025-01-01", Treatment), bus}
	o := ComposeOverview(in)
	if got := o.Issue.Said(in.Now); got != "Anna Example, head of facilities, said on 5 Nov" {
		t.Error(got)
	}
	in.Sources = map[string]Interaction{"i": {ID: "i", Kind: Mail, At: warmNow.AddDate(0, 0, -5)}}
	o = ComposeOverview(in)
	if got, want := o.Issue.Said(in.Now), "mail of "+ShortDate(warmNow.AddDate(0, 0, -5), in.Now); !strings.HasSuffix(got, want) {
		t.Errorf("%q, want … %q", got, want)
	}
	if got := o.Issue.Treated.Words() + "; " + o.Issue.Treated.CureWords(); got != "Treated 2 times in 12 months; Cure proposed: new dimming bus" {
		t.Error(got)
	}
	if got := o.Needs[0].Since(in.Now); got != "Anna · since 5 Nov" {
		t.Error(got)
	}
}

func TestWishesCountWhatTheyAllow(t *testing.T) {
	in := overviewAt()
	wish := func(contact string, r Rule, c Channel, topic string, times int) Preference {
		return Preference{Belongs: Belongs{Account: "k", Contact: contact}, Rule: r, Channel: c, Topic: topic, Times: times, Days: 7, Confirmed: "2026-01-01"}
	}
	refused := wish("", Avoid, "", "money", 0)
	refused.Refused = "2026-02-01"
	offered := wish("Anna", Every, "", "", 0)
	offered.Confirmed, offered.Learned = "", true
	in.Preferences = []Preference{
		wish("Beatrice", AtMost, ByMail, "", 2), wish("", Prefers, ByMail, "facts", 0), wish("", Prefers, ByVisit, "decisions", 0), refused, offered, wish("Beatrice", AtMost, ByCall, "", 0), wish("", AtMost, ByMail, "", 1), wish("Beatrice", Prefers, ByCall, "", 0),
	}
	in.Preferences[5].Times = 3
	var got []string
	for _, w := range ComposeOverview(in).Wishes {
		got = append(got, strings.TrimSuffix(w.Words+" | "+w.LeftWords(), " | "))
	}
	want := "Mail for facts, a visit for decisions; At most 1 mail a week | none left; Beatrice: 2 mails a week | 1 left; Beatrice: 3 calls a week | 3 left; Beatrice likes a call"
	if strings.Join(got, "; ") != want {
		t.Errorf("got  %s\nwant %s", strings.Join(got, "; "), want)
	}
}

func TestReceiptsOfTheQualityNameWhatItWasCountedFrom(t *testing.T) {
	in := overviewAt()
	in.Contacts[0].Warmth.Receipts = []Moment{{ID: "m", Kind: Meet}, {ID: "a1", Kind: Mail, Side: Customer}, {ID: "o", Kind: Mail, Side: Us}}
	in.Standing = stand(in.Contacts)
	var got []string
	for _, r := range ComposeOverview(in).Dials[0].Lines {
		got = append(got, r.Words)
	}
	if len(got) != 5 || strings.Join(got[1:4], "; ") != "meeting with Anna; mail from Anna; mail to Anna" {
		t.Errorf("%q", got)
	}
}

func TestVelocityNamesWhoChanged(t *testing.T) {
	now := []ContactStanding{tie("Anna", 90, 0), tie("Leon", 50, 0), tie("Mo", 40, 0)}
	before := []ContactStanding{tie("Anna", 80, 0), tie("Leon", 50, 0), tie("Mo", -1, 0)}
	d := StandAccount(StandingInput{Contacts: now, Before: before, Rules: DefaultWarmthRules}, warmNow).Dial(Velocity)
	if len(d.Receipts) != 4 || d.Receipts[2].Words != "Mo Example: 40, had not spoken with us" || d.Receipts[3].Words != "Anna Example: 90, was 80" {
		t.Errorf("%+v", d.Receipts)
	}
}

func promiseMail(own string, people ...Participant) PromiseMail {
	return PromiseMail{Interaction: Interaction{ID: "m", Kind: Mail, At: time.Date(2026, 11, 16, 10, 0, 0, 0, time.UTC), People: people}, Own: own}
}

func TestProposePromises(t *testing.T) {
	maya := Participant{Address: Address{Name: "Maya Lindqvist", Email: "maya@larkfield.example"}, Part: "from", Side: Us}
	anna := Participant{Address: Address{Name: "Anna Kessler"}, Part: "to", Side: Customer, Contact: "a"}
	leon := Participant{Address: Address{Name: "Leon Hobday"}, Part: "from", Side: Partner, Contact: "l"}
	const report = "Thank you. I will send you the report by Friday."
	for _, c := range []struct {
		name string
		mail PromiseMail
		want string
	}{
		{"ours, to the first of them", promiseMail(report, maya, anna), "us Maya Lindqvist a “Send the report” 2026-11-20 true"},
		{"theirs", promiseMail(report, anna, maya), "customer  a “Send the report” 2026-11-20 true"},
		{"a partner's", promiseMail(report, leon, maya), "partner  l “Send the report” 2026-11-20 true"},
		{"without a date it is a guess", promiseMail("We will look after the report.", anna, maya), "customer  a “Look after the report”  false"},
		{"to nobody whom we know", promiseMail(report, maya), "us Maya Lindqvist  “Send the report” 2026-11-20 true"},
		{"none", promiseMail("Thank you for the report.", anna, maya), ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := ""
			for _, p := range ProposePromises(c.mail, "k", nil, nil, time.UTC) {
				got += fmt.Sprintf("%s %s %s “%s” %s %v", p.Promise.By, p.Promise.Owner, p.Promise.Contact, p.Promise.What, p.Promise.Due, p.Likely)
				if p.Promise.Check() != nil || p.Promise.Interaction != "m" || p.Promise.Made != "2026-11-16" {
					t.Errorf("%+v: %v", p.Promise, p.Promise.Check())
				}
			}
			if got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestWhatWasDecidedIsNotProposedAgain(t *testing.T) {
	mail := promiseMail("I will send you the report by Friday. I will call Piotr tomorrow.", Participant{Address: Address{Name: "Anna"}, Side: Customer, Contact: "a"})
	all := ProposePromises(mail, "k", nil, nil, time.UTC)
	if len(all) != 2 {
		t.Fatalf("%+v", all)
	}
	if rest := ProposePromises(mail, "k", nil, []string{all[0].Key()}, time.UTC); len(rest) != 1 || rest[0].Key() != all[1].Key() {
		t.Errorf("refused: %+v", rest)
	}
	kept := all[1].Promise
	kept.What = "Call Piotr about the alarm"
	if rest := ProposePromises(mail, "k", []Promise{kept}, nil, time.UTC); len(rest) != 1 || rest[0].Key() != all[0].Key() {
		t.Errorf("kept: %+v", rest)
	}
	if got, want := all[0].Words("Anna", mail.At), "Anna seems to promise: send the report, by Fri 20 Nov"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got, want := all[0].Words("you", mail.At), "You seem to promise: send the report, by Fri 20 Nov"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
