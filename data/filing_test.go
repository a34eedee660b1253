package data

import (
	"math/rand"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

var (
	northmoor = Account{ID: "nu", Name: "Northmoor University", Domains: []string{"northmoor.example"}, Tier: TierA}
	kestrel   = Account{ID: "km", Name: "Kestrel Museums", Domains: []string{"art.museum-shop.example", "kestrel.example"}, Tier: TierA}
	fenwick   = Account{ID: "ff", Name: "Fenwick Foundry Ltd", Tier: TierC}
	orchard   = Account{ID: "os", Name: "Orchard Street Theatre"}

	anna  = Contact{ID: "c-anna", AccountID: "km", Name: "Anna Kessler", Emails: []string{"anna.kessler@kestrel.example"}, Role: "director of facilities", Side: Customer}
	piotr = Contact{ID: "c-piotr", AccountID: "km", Name: "Piotr Malik", Emails: []string{"piotr.malik@kestrel.example"}, Role: "estates", Side: Customer}
	leon  = Contact{ID: "c-leon", AccountID: "km", Name: "Leon Hobday", Emails: []string{"leon@hobday.example"}, Side: Partner}
	abi   = Contact{ID: "c-abi", AccountID: "os", Name: "Abi Stone", Emails: []string{"abi@orchardstreet.example"}, Side: Customer}
)

func filingInput(senders ...Sender) FilingInput {
	return FilingInput{
		Now: tuesday, Senders: senders,
		Accounts: []Account{northmoor, kestrel, fenwick, orchard}, Contacts: []Contact{anna, piotr, leon, abi},
		Known: Known{
			Own: map[string]bool{"maya@larkfield.example": true}, OwnDomains: map[string]bool{"larkfield.example": true},
			Public: []string{"freemail.example"}, Ignored: map[string]bool{"@adverts.example": true},
			Contacts: map[string]KnownContact{"anna.kessler@kestrel.example": {ID: "c-anna", Name: "Anna Kessler", Account: "km"}},
		},
		PeopleAtDomain: map[string]int{"northmoor.example": 12, "orchardstreet.example": 1},
	}
}

func sender(name, email string) Sender {
	return Sender{Address: Address{Name: name, Email: email}, Mails: 1, Subjects: []string{"Stage lights"}}
}

func TestProposeFiling(t *testing.T) {
	withKestrel := sender("Sofia Marsh", "sofia@elsewhere.example")
	withKestrel.With = []Company{{Account: "km", Meetings: 1, People: []string{"Leon Hobday"}}}
	onceWithKestrel := sender("Sofia Marsh", "sofia@elsewhere.example")
	onceWithKestrel.With = []Company{{Account: "km", Mails: 1}}
	between := sender("Sofia Marsh", "sofia@elsewhere.example")
	between.With = []Company{{Account: "nu", Mails: 4}, {Account: "km", Mails: 4}}
	signed := sender("piotr.m81", "piotr.m81@freemail.example")
	signed.SignatureHint = "Piotr Malik, Kestrel estates"
	signsAccount := sender("Jo", "jo@freemail.example")
	signsAccount.SignatureHint = "Jo Okonjo, Northmoor University"
	karin := sender("Karin Holt", "k.holt@northmoor.example")
	karin.With = []Company{{Account: "nu", Meetings: 2, People: []string{"Ola Berg"}}}

	for name, c := range map[string]struct {
		sender  Sender
		account string
		contact string
		sure    Sure
		side    Side
		why     string
		note    string
	}{
		"the account's domain": {sender("Dev Varma", "dev.varma@northmoor.example"), "nu", "", IsSure, Customer,
			"Domain", "Twelve filed people use this domain"},
		"a shared mailbox at the domain": {sender("Library desk", "library@northmoor.example"), "nu", "", IsLikely, Customer,
			"Domain; a shared mailbox, not a person", "Twelve filed people use this domain"},
		"below the account's domain": {sender("Dev", "dev@lab.northmoor.example"), "nu", "", IsSure, Customer,
			"Domain", "Belongs to Northmoor University"},
		"domain and company agree": {karin, "nu", "", IsSure, Customer,
			"Domain, and in 2 meetings with Ola", "Twelve filed people use this domain"},
		"beside the account's domain": {sender("Ed", "ed@press.museum-shop.example"), "km", "", IsLikely, Customer,
			"Same organisation as art.museum-shop.example", "No account uses this domain"},
		"a filed person's domain": {sender("Box office", "box@orchardstreet.example"), "os", "", IsLikely, Customer,
			"Same domain; a shared mailbox, not a person", "One filed person uses this domain"},
		"another person at it": {sender("Zora Lind", "zora@orchardstreet.example"), "os", "", IsLikely, Customer,
			"Same domain as Abi", "One filed person uses this domain"},
		"a partner's domain": {sender("Sofia Marsh", "sofia@hobday.example"), "km", "", IsLikely, Partner,
			"Works with Leon", "Partner on Kestrel Museums"},
		"a domain spelled like the account": {sender("Tess Brown", "tess@fenwick-foundry.example"), "ff", "", IsLikely, Customer,
			"The domain is spelled like the account", "No account uses this domain"},
		"met together": {withKestrel, "km", "", IsLikely, Customer,
			"In 1 meeting with Leon", "No account uses this domain"},
		"copied once": {onceWithKestrel, "km", "", IsGuess, Customer,
			"In 1 mail with people there", "No account uses this domain"},
		"as close to two accounts is a guess of the first by name": {between, "km", "", IsGuess, Customer,
			"In 4 mails with people there", "No account uses this domain"},
		"a contact's name on free mail": {sender("Malik, Piotr", "p81@freemail.example"), "km", "c-piotr", IsLikely, Customer,
			"Writes under the name of Piotr Malik", "Free mail, never filed by domain"},
		"a contact's signature on free mail": {signed, "km", "c-piotr", IsLikely, Customer,
			"Signature: “Piotr Malik, Kestrel estates”", "Free mail, never filed by domain"},
		"an account's name in a signature": {signsAccount, "nu", "", IsGuess, Customer,
			"Signature: “Jo Okonjo, Northmoor University”", "Free mail, never filed by domain"},
		"a contact's name at another organisation is no second address": {sender("Piotr Malik", "piotr@elsewhere.example"), "", "", NoIdea, Customer,
			"“Stage lights”, no account named", "No account uses this domain"},
		"no idea": {sender("J. Okonjo", "jokonjo@freemail.example"), "", "", NoIdea, Customer,
			"“Stage lights”, no account named", "Free mail, never filed by domain"},
	} {
		t.Run(name, func(t *testing.T) {
			groups := ProposeFiling(filingInput(c.sender))
			if len(groups) != 1 || len(groups[0].Senders) != 1 {
				t.Fatalf("got %d groups, want one with one sender", len(groups))
			}
			p := groups[0].Senders[0]
			if p.Account.ID != c.account || p.Contact.ID != c.contact || p.Sure != c.sure || p.Side != c.side {
				t.Errorf("account %q contact %q %q %q, want %q %q %q %q", p.Account.ID, p.Contact.ID, p.Sure, p.Side, c.account, c.contact, c.sure, c.side)
			}
			if p.Why != c.why || groups[0].Note != c.note {
				t.Errorf("says %q and %q, want %q and %q", p.Why, groups[0].Note, c.why, c.note)
			}
		})
	}
}

func TestTwoContactsOfOneNameNeedCompany(t *testing.T) {
	in := filingInput(sender("Piotr Malik", "p81@freemail.example"))
	in.Contacts = append(in.Contacts, Contact{ID: "c-piotr2", AccountID: "nu", Name: "Piotr Malik"})
	if p := ProposeFiling(in)[0].Senders[0]; p.Sure != NoIdea {
		t.Errorf("of two Piotr Maliks, %q was chosen", p.Contact.ID)
	}
	in.Senders[0].With = []Company{{Account: "nu", Mails: 1}}
	if p := ProposeFiling(in)[0].Senders[0]; p.Contact.ID != "c-piotr2" {
		t.Errorf("beside people of Northmoor, %q was chosen", p.Contact.ID)
	}
}

func TestWhoIsNotFiled(t *testing.T) {
	program := sender("Shop", "shop@northmoor.example")
	program.Automated = AutomatedList
	in := filingInput(program, sender("Ad", "x@adverts.example"), sender("Colleague", "tomas@larkfield.example"),
		sender("Anna", "anna.kessler@kestrel.example"), sender("Nobody", ""))
	if groups := ProposeFiling(in); len(groups) != 0 {
		t.Errorf("a program, an ignored domain, a colleague, a contact and nobody gave %+v", groups)
	}
}

func TestFilingOrder(t *testing.T) {
	busy, rare := sender("B", "b@busy.example"), sender("R", "r@rare.example")
	busy.Mails, busy.Meetings = 3, 1
	second := sender("A", "a@rare.example")
	second.Mails = 2
	groups := ProposeFiling(filingInput(rare, second, busy, sender("C", "c@also.example")))
	var order []string
	for _, g := range groups {
		for _, p := range g.Senders {
			order = append(order, p.Sender.Email)
		}
	}
	if got, want := strings.Join(order, " "), "b@busy.example a@rare.example r@rare.example c@also.example"; got != want {
		t.Errorf("order %s, want %s", got, want)
	}
	if got := SureOnes(ProposeFiling(filingInput(sender("K", "k@northmoor.example"), rare))); len(got) != 1 || got[0].Sender.Email != "k@northmoor.example" {
		t.Errorf("sure ones: %+v", got)
	}
	crowd := []Sender{rare, second}
	for _, name := range []string{"d", "e", "f", "g"} {
		crowd = append(crowd, sender(name, name+"@freemail.example"))
	}
	if groups := ProposeFiling(filingInput(crowd...)); groups[0].Domain != "rare.example" {
		t.Errorf("free mail comes first by the crowd: %s", groups[0].Domain)
	}
	for n, want := range map[int]int{0: 0, 1: 1, 5: 1, 6: 2, 14: 3} {
		if got := FilingMinutes(n); got != want {
			t.Errorf("%d senders take %d min, want %d", n, got, want)
		}
	}
}

func drawSender(t *rapid.T) Sender {
	s := Sender{
		Address: Address{
			Name:  rapid.SampledFrom([]string{"", "Piotr Malik", "Anna Kessler", "Jo Okonjo"}).Draw(t, "name"),
			Email: rapid.StringMatching(`[a-d]{1,2}@(lab\.northmoor|northmoor|kestrel|hobday|freemail|fenwick-foundry|elsewhere)\.example`).Draw(t, "email"),
		},
		Mails:         rapid.IntRange(0, 3).Draw(t, "mails"),
		Meetings:      rapid.IntRange(0, 2).Draw(t, "meetings"),
		SignatureHint: rapid.SampledFrom([]string{"", "Piotr Malik, Kestrel estates", "Kestrel Museums"}).Draw(t, "signature"),
		Automated:     rapid.SampledFrom([]string{"", "", "", AutomatedList}).Draw(t, "automated"),
	}
	for _, id := range []string{"km", "nu", "gone"} {
		if rapid.Bool().Draw(t, "with "+id) {
			s.With = append(s.With, Company{Account: id, Mails: rapid.IntRange(0, 2).Draw(t, "m"), Meetings: rapid.IntRange(0, 1).Draw(t, "n")})
		}
	}
	return s
}

func TestEveryProposalHasItsReason(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		senders := rapid.SliceOfNDistinct(rapid.Custom(drawSender), 0, 8, func(s Sender) string { return s.Email }).Draw(t, "senders")
		in := filingInput(senders...)
		groups := ProposeFiling(in)
		seen := 0
		for _, g := range groups {
			if g.Note == "" {
				t.Fatalf("%s has no note", g.Domain)
			}
			for _, p := range g.Senders {
				seen++
				if p.Why == "" || len(p.Reasons) == 0 {
					t.Fatalf("no reason for %s", p.Sender.Email)
				}
				if (p.Account.ID == "") != (p.Sure == NoIdea) {
					t.Fatalf("%s: account %q and %q", p.Sender.Email, p.Account.ID, p.Sure)
				}
				if p.Sender.Automated != "" || g.Public && p.Sure == IsSure {
					t.Fatalf("%+v must not be proposed so", p)
				}
			}
		}
		people := 0
		for _, s := range senders {
			if s.Automated == "" {
				people++
			}
		}
		if seen != people {
			t.Fatalf("%d of %d people are shown", seen, people)
		}
		shuffled := in
		shuffled.Senders = append([]Sender(nil), in.Senders...)
		shuffled.Accounts = append([]Account(nil), in.Accounts...)
		shuffled.Contacts = append([]Contact(nil), in.Contacts...)
		r := rand.New(rand.NewSource(rapid.Int64().Draw(t, "seed")))
		r.Shuffle(len(senders), reflect.Swapper(shuffled.Senders))
		r.Shuffle(len(shuffled.Accounts), reflect.Swapper(shuffled.Accounts))
		r.Shuffle(len(shuffled.Contacts), reflect.Swapper(shuffled.Contacts))
		if !reflect.DeepEqual(groups, ProposeFiling(shuffled)) {
			t.Fatal("the order of what is known changed the proposals")
		}
	})
}

func TestADomainOfTwoAccountsIsAGuess(t *testing.T) {
	in := filingInput(sender("Box office", "box@orchardstreet.example"))
	in.Contacts = append(in.Contacts, Contact{ID: "c-ben", AccountID: "os", Name: "Ben Ro", Emails: []string{"ben@orchardstreet.example"}},
		Contact{ID: "c-cy", AccountID: "km", Name: "Cy Reed", Emails: []string{"cy@orchardstreet.example"}})
	p := ProposeFiling(in)[0].Senders[0]
	if p.Account.ID != "os" || p.Sure != IsGuess || p.Why != "Same domain as Abi and Ben" {
		t.Errorf("proposes %q, %q: %s", p.Account.ID, p.Sure, p.Why)
	}
}

func TestTwoFiledPeopleAtADomainLeaveNoDoubt(t *testing.T) {
	in := filingInput(sender("Zora Lind", "zora@orchardstreet.example"))
	in.Contacts = append(in.Contacts, Contact{ID: "c-ben", AccountID: "os", Name: "Ben Hart", Emails: []string{"ben@orchardstreet.example"}, Side: Customer})
	if p := ProposeFiling(in)[0].Senders[0]; p.Account.ID != "os" || p.Sure != IsSure {
		t.Errorf("proposes %q, %q", p.Account.ID, p.Sure)
	}
}

func TestWhatSeveralSendersMoveIsCountedOnce(t *testing.T) {
	a, b := sender("A", "a@x.example"), sender("B", "b@x.example")
	a.Interactions, b.Interactions = []string{"1", "2"}, []string{"2", "3"}
	if n := Moving(a, b); n != 3 {
		t.Errorf("moves %d, want 3", n)
	}
}
