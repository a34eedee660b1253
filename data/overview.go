package data

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
)

// OverviewInput is what the first page of an account is made from.
type OverviewInput struct {
	Now      time.Time
	Account  Account
	Standing AccountStanding
	// Contacts stand as SortStandings has them; Moments are what happened with
	// each, by Contact.ID, the newest first.
	Contacts    []ContactStanding
	Moments     map[string][]Moment
	Signs       []TrustSign
	Promises    []Promise // those kept too
	Needs       []Need
	Initiatives []Initiative
	Preferences []Preference
	// Sources are the interactions that needs and promises were learned from, by
	// Interaction.ID.
	Sources map[string]Interaction
	// Mails are the account's newest, in which promises are looked for; Decided
	// the Keys of proposals that somebody answered.
	Mails   []PromiseMail
	Decided []string
}

// Cited are the interactions that its needs and open promises were learned from,
// Interaction.IDs.
func (in OverviewInput) Cited() map[string]bool {
	ids := map[string]bool{}
	citeAll(ids, in.Needs)
	citeAll(ids, slices.DeleteFunc(slices.Clone(in.Promises), func(p Promise) bool { return !p.Open() }))
	return ids
}

// Overview is the first page of an account: how it stands, what they want, what
// both sides owe.
type Overview struct {
	Dials []OverviewDial // quality, density, authority, velocity
	Band  Band
	// Stage is that of whoever of them has come furthest with us, Furthest.
	Stage    StageVerdict
	Furthest Contact
	Issue    *Issue // nil where they want nothing that is not met
	Promises []OpenPromise
	Kept     string // KeptWords
	Needs    []ShownNeed
	Wishes   []Wish
	Seen     []PromiseProposal // that name a date, the newest first
}

// OverviewDial is a dial with every fact behind it, the largest first.
type OverviewDial struct {
	Dial
	Lines []Receipt
}

// Issue is what troubles them now: the latest of their open needs that is not
// met, in their words.
type Issue struct {
	Need    Need
	Who     Contact // zero where nobody is named
	Source  Interaction
	Treated Treated
}

// OpenPromise is one that is still owed.
type OpenPromise struct {
	Promise
	Who Contact // to or from whom; zero where nobody is named
}

// ShownNeed is a need with who has it and what is done about it.
type ShownNeed struct {
	Need
	Who     Contact
	Source  Interaction
	Treated Treated
}

// Wish is how somebody there likes to be dealt with, as one line.
type Wish struct {
	Preferences []Preference // one, or several that read as one line
	Words       string
	// Left is how many more touches it allows now; -1 where it limits none.
	Left int
}

// ComposeOverview makes the page. It decides what stands where and why; nothing
// in it is counted twice.
func ComposeOverview(in OverviewInput) Overview {
	o := Overview{Band: in.Standing.Band, Kept: KeptWords(in.Promises, in.Now)}
	for _, d := range in.Standing.Dials {
		o.Dials = append(o.Dials, OverviewDial{d, receiptLines(d, in.Contacts)})
	}
	o.Stage, o.Furthest = furthest(in)
	o.Needs = in.shownNeeds()
	o.Issue = issueOf(o.Needs)
	o.Promises = in.openPromises()
	o.Wishes = in.wishes()
	for _, m := range in.Mails {
		for _, p := range ProposePromises(m, in.Account.ID, in.Promises, in.Decided, in.Now.Location()) {
			if p.Likely {
				o.Seen = append(o.Seen, p)
			}
		}
	}
	return o
}

// receiptLines are the receipts of a dial; a contact's warmth in the quality is
// followed by what it was counted from.
func receiptLines(d Dial, contacts []ContactStanding) (lines []Receipt) {
	for _, r := range d.Receipts {
		lines = append(lines, r)
		if d.Kind != Quality || r.Part != "" {
			continue
		}
		for _, c := range contacts {
			if c.Contact.ID != r.Contact {
				continue
			}
			for _, m := range c.Warmth.Receipts {
				lines = append(lines, Receipt{Words: momentWords(m, c.Contact), Interaction: m.ID, At: m.At})
			}
		}
	}
	return lines
}

// momentWords say what a contact had a part in: "mail from Anna", "meeting with
// Anna".
func momentWords(m Moment, c Contact) string {
	name := FirstName(c.Name)
	switch {
	case m.Kind != Mail:
		return string(m.Kind) + " with " + name
	case m.Side == Us:
		return "mail to " + name
	}
	return "mail from " + name
}

// furthest is the stage of the contact who has come furthest; of several the
// warmest.
func furthest(in OverviewInput) (best StageVerdict, who Contact) {
	for _, c := range in.Contacts {
		if v := in.stage(c.Contact.ID); who.ID == "" || v.Stage.Step() > best.Stage.Step() {
			best, who = v, c.Contact
		}
	}
	if best.Stage == "" {
		who = Contact{}
	}
	return best, who
}

// Stages are the stages of the contacts, by Contact.ID.
func (in OverviewInput) Stages() map[string]TrustStage {
	stages := map[string]TrustStage{}
	for _, c := range in.Contacts {
		stages[c.Contact.ID] = in.stage(c.Contact.ID).Stage
	}
	return stages
}

func (in OverviewInput) stage(contact string) StageVerdict {
	signs, _ := parted(in.Signs, func(s TrustSign) bool { return s.Contact == contact })
	return StageOf(in.Moments[contact], signs, in.Now)
}

// shownNeeds are the open needs: those not met first, then those on the way,
// those of which nobody knows, those met; the latest said first.
func (in OverviewInput) shownNeeds() (list []ShownNeed) {
	for _, n := range in.Needs {
		if _, open := n.Standing(); open {
			list = append(list, ShownNeed{Need: n, Who: in.contact(n.Contact), Source: in.Sources[n.Interaction], Treated: TreatmentOf(n.ID, in.Initiatives, in.Now)})
		}
	}
	rank := map[Met]int{NotMet: 0, OnTheWay: 1, "": 2, IsMet: 3}
	slices.SortStableFunc(list, func(a, b ShownNeed) int {
		return cmp.Or(cmp.Compare(rank[a.Met], rank[b.Met]), strings.Compare(b.On, a.On), strings.Compare(a.Name(), b.Name()), strings.Compare(a.ID, b.ID))
	})
	return list
}

// issueOf is the latest need that is not met; where nobody said how they stand,
// the latest of those.
func issueOf(needs []ShownNeed) *Issue {
	for _, met := range []Met{NotMet, "", OnTheWay} {
		for _, n := range needs {
			if n.Met == met {
				return &Issue{Need: n.Need, Who: n.Who, Source: n.Source, Treated: n.Treated}
			}
		}
	}
	return nil
}

// Said is who said it and when: "Beatrice Holm, head of exhibitions, mail of 12
// Nov"; "" where neither is known.
func (i Issue) Said(now time.Time) string {
	return strings.Join(slices.DeleteFunc([]string{i.Who.Name, lowerFirst(i.Who.Role), saidWhen(i.Need.On, i.Source, now)}, func(s string) bool { return s == "" }), ", ")
}

func saidWhen(on string, source Interaction, now time.Time) string {
	if source.ID != "" {
		return string(source.Kind) + " of " + ShortDate(source.At, now)
	}
	if day, err := time.ParseInLocation(time.DateOnly, on, now.Location()); err == nil {
		return "said on " + ShortDate(day, now)
	}
	return ""
}

// Since is who has the need and since when: "Beatrice · since 5 Nov".
func (n ShownNeed) Since(now time.Time) string {
	since := ""
	if day, err := time.ParseInLocation(time.DateOnly, n.On, now.Location()); err == nil {
		since = "since " + ShortDate(day, now)
	}
	return joinDots(FirstName(n.Who.Name), since)
}

func (in OverviewInput) openPromises() (list []OpenPromise) {
	open, _ := parted(in.Promises, Promise.Open)
	SortPromises(open, in.Now)
	for _, p := range open {
		list = append(list, OpenPromise{Promise: p, Who: in.contact(p.Contact)})
	}
	return list
}

// contact is a contact of the account by ID; zero for one that is not there any
// more.
func (in OverviewInput) contact(id string) Contact {
	for _, c := range in.Contacts {
		if c.Contact.ID == id && id != "" {
			return c.Contact
		}
	}
	return Contact{}
}

// wishes are the preferences that hold: those of the whole account first, the
// channels they like as one line, then each person's by how warm they are.
func (in OverviewInput) wishes() (list []Wish) {
	holding, _ := parted(in.Preferences, Preference.Holds)
	liked, rest := parted(holding, func(p Preference) bool { return p.Contact == "" && p.Rule == Prefers })
	if len(liked) > 0 {
		words := make([]string, len(liked))
		for i, p := range liked {
			words[i] = p.likes()
		}
		list = append(list, Wish{Preferences: liked, Words: sentence(strings.Join(words, ", ")), Left: -1})
	}
	for _, p := range rest {
		if p.Contact == "" {
			list = append(list, Wish{Preferences: []Preference{p}, Words: p.Words(), Left: p.Left(in.all(), in.Now)})
		}
	}
	for _, c := range in.Contacts {
		for _, p := range rest {
			if p.Contact == c.Contact.ID {
				words := fmt.Sprintf("%s: %s", FirstName(c.Contact.Name), strings.TrimPrefix(lowerFirst(p.Words()), "at most "))
				if p.Rule == Prefers {
					words = FirstName(c.Contact.Name) + " likes " + p.likes()
				}
				list = append(list, Wish{Preferences: []Preference{p}, Words: words, Left: p.Left(in.Moments[c.Contact.ID], in.Now)})
			}
		}
	}
	return list
}

// likes is what a channel is called that somebody likes: "a visit for decisions".
func (p Preference) likes() string {
	if p.Channel == ByMail {
		return joinPresent(" for ", []string{"mail", p.Topic})
	}
	return joinPresent(" for ", []string{"a " + string(p.Channel), p.Topic})
}

// all is what happened with anybody there, each once.
func (in OverviewInput) all() (list []Moment) {
	seen := map[string]bool{}
	for _, c := range in.Contacts {
		for _, m := range in.Moments[c.Contact.ID] {
			if !seen[m.ID] {
				seen[m.ID] = true
				list = append(list, m)
			}
		}
	}
	return list
}

// LeftWords are "1 left", "none left" for a wish that limits how often, ""
// for the others.
func (w Wish) LeftWords() string {
	switch {
	case w.Left < 0:
		return ""
	case w.Left == 0:
		return "none left"
	}
	return fmt.Sprintf("%d left", w.Left)
}
