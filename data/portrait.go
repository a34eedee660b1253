package data

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// PortraitInput is what the page of a contact is made from.
type PortraitInput struct {
	Now      time.Time
	Account  Account         // zero where they belong to none
	Standing ContactStanding // with the contact
	Rules    WarmthRules
	Moments  []Moment // what happened with them, the newest first
	Signs    []TrustSign
	Ratings  []Rating
	Promises []Promise // those kept too
	Facts    []Fact
	Unknowns []Unknown
	Places   []Affiliation
	Judged   []Stakeholder // one for each account that they are in
	// Relations name the contact on either side; Others are the contacts at the
	// other side, by Contact.ID.
	Relations []Relation
	Others    map[string]Contact
	// Preferences are the contact's and their account's, decided or not.
	Preferences []Preference
	Breaches    []Breach
	// Cards are their signatures, the newest first; Similar those who may be the
	// same person; Decided the Keys of proposals that somebody answered.
	Cards   []SeenCard
	Similar []Contact
	Decided []string
	Merges  []Merge
	Names   map[string]string // of accounts, by Account.ID
	Knows   []Colleague       // who of us was in touch with them within a year
	Latest  []Interaction     // with them, the newest first
}

// Portrait is all that is known of one contact, as their page shows it.
type Portrait struct {
	Contact  Contact
	Account  Account
	Standing ContactStanding
	Dials    []OverviewDial // warmth, recency, frequency, reciprocity
	Ratings  []Rating       // the latest of each colleague, the latest first
	Stage    StageVerdict
	Unspent  []TrustSign // signs of trust that do not count yet
	Promises []OpenPromise
	Kept     string // KeptWords
	Facts    []ShownFact
	Phones   []Fact    // numbers beside Contact.Phone
	Unknowns []Unknown // those nobody has answered
	// Places are where they work and worked, what lasts first. Their present place
	// is there also where nobody wrote it down; it then has no ID.
	Places      []ShownPlace
	Judged      []Stakeholder
	Relations   []ShownRelation
	Wishes      []Wish // that hold; the contact's own first, then those of all their account
	Offered     []Preference
	Breaches    []Breach // the latest first
	Proposals   []ContactProposal
	Duplicates  []Duplicate
	Merges      []Merge // the latest first
	AccountName map[string]string
	Knows       []Colleague
	Latest      []Interaction
}

// ShownFact is a fact with what it is called and where it is from.
type ShownFact struct {
	Fact
	Label string
	Old   bool // Stale
}

// ShownPlace is a time at a place, named.
type ShownPlace struct {
	Affiliation
	Name string
}

// ShownRelation is how somebody stands to another, told from the contact's side.
type ShownRelation struct {
	Relation
	Other Contact
	Words string // "reports to", "is the manager of"
}

// ComposePortrait makes the page. It decides what stands where and why.
func ComposePortrait(in PortraitInput) Portrait {
	c := in.Standing.Contact
	p := Portrait{
		Contact: c, Account: in.Account, Standing: in.Standing, Dials: ContactDials(in.Standing, in.Moments, in.Rules, in.Now),
		Ratings: latestRatings(in.Ratings), Stage: StageOf(in.Moments, in.Signs, in.Now), Kept: KeptWords(in.Promises, in.Now),
		Judged: in.Judged, Merges: in.Merges, AccountName: in.Names, Knows: in.Knows, Latest: in.Latest,
	}
	open, _ := parted(in.Promises, Promise.Open)
	SortPromises(open, in.Now)
	for _, o := range open {
		p.Promises = append(p.Promises, OpenPromise{Promise: o, Who: c})
	}
	p.Unspent, _ = parted(in.Signs, func(s TrustSign) bool {
		return !slices.ContainsFunc(p.Stage.Evidence, func(r Receipt) bool { return r.Part == s.ID })
	})
	p.Facts, p.Phones = shownFacts(in.Facts, in.Now)
	p.Unknowns, _ = parted(in.Unknowns, func(u Unknown) bool { return u.Answered == "" })
	p.Places = in.places()
	p.Relations = in.relations()
	p.Wishes = in.wishes()
	p.Offered = in.offered()
	p.Breaches = slices.Clone(in.Breaches)
	SortBreaches(p.Breaches)
	p.Proposals = ProposeOfContact(c, in.Cards, in.Decided)
	for _, o := range in.Similar {
		if d, ok := judgeDuplicate(c, o); ok && o.ID != c.ID && !slices.Contains(in.Decided, d.Key()) {
			p.Duplicates = append(p.Duplicates, d)
		}
	}
	sortDuplicates(p.Duplicates)
	return p
}

// Asks is how many questions the page has for somebody to decide.
func (p Portrait) Asks() int { return len(p.Proposals) + len(p.Offered) + len(p.Duplicates) }

// latestRatings are the latest of each colleague, the latest first.
func latestRatings(all []Rating) (list []Rating) {
	sorted := slices.Clone(all)
	slices.SortStableFunc(sorted, func(a, b Rating) int { return cmp.Or(strings.Compare(b.On, a.On), b.RecordedAt.Compare(a.RecordedAt)) })
	for _, r := range sorted {
		if !slices.ContainsFunc(list, func(o Rating) bool { return strings.EqualFold(o.By, r.By) }) {
			list = append(list, r)
		}
	}
	return list
}

// shownFacts are the facts that still hold in the order of FactNames, and the
// telephone numbers among them.
func shownFacts(all []Fact, now time.Time) (list []ShownFact, phones []Fact) {
	for _, name := range FactNames {
		for _, f := range all {
			switch {
			case f.Name != name.Name || f.Until != "":
			case name.Name == "phone":
				phones = append(phones, f)
			default:
				list = append(list, ShownFact{Fact: f, Label: name.Label, Old: f.Stale(now)})
			}
		}
	}
	return list, phones
}

// From says where a fact is from: "Anna Kessler · 3 May · likely · consent".
func (f ShownFact) From(now time.Time) string {
	on := ""
	if day, err := time.ParseInLocation(time.DateOnly, f.On, now.Location()); err == nil {
		on = ShortDate(day, now)
	}
	return joinDots(cmp.Or(f.Source, "nobody said who told us"), on, string(cmp.Or(f.Confidence, IsLikely)), string(f.Basis))
}

// Said is a fact's value in words: a birthday as its next day and how old they
// become, a language by its name.
func (f ShownFact) Said(now time.Time) string {
	if n, ok := FactNameOf(f.Name); ok && n.Form == LanguageIs {
		return LanguageName(f.Value)
	}
	if f.Name != "birthday" {
		return f.Value
	}
	next, years, ok := Anniversary(f.Value, now)
	if !ok {
		return f.Value
	}
	words := next.Format("2 January")
	if years > 0 {
		words += fmt.Sprintf(", %d years", years)
	}
	if d := -DaysBetween(next, now); d == 0 {
		words += ", today"
	} else if d <= 30 {
		words += ", in " + days(d)
	}
	return words
}

// places are where they were, what lasts first; the present one is added where
// it was never written down.
func (in PortraitInput) places() (list []ShownPlace) {
	c := in.Standing.Contact
	all := slices.Clone(in.Places)
	if c.AccountID != "" && !slices.ContainsFunc(all, func(a Affiliation) bool { return a.Until == "" && a.Account == c.AccountID }) {
		all = append(all, Affiliation{Belongs: Belongs{Account: c.AccountID, Contact: c.ID}, Role: c.Role})
	}
	SortAffiliations(all)
	for _, a := range all {
		list = append(list, ShownPlace{Affiliation: a, Name: cmp.Or(in.Names[a.Account], a.Place, "an account that is gone")})
	}
	return list
}

// Words are the role and the time: "head of exhibitions · since 3 May 2024".
func (p ShownPlace) Words(now time.Time) string {
	date := func(s string) string {
		day, err := time.ParseInLocation(time.DateOnly, s, now.Location())
		if err != nil {
			return ""
		}
		return ShortDate(day, now)
	}
	from, until := date(p.From), date(p.Until)
	when := ""
	switch {
	case from != "" && until != "":
		when = from + " to " + until
	case until != "":
		when = "until " + until
	case from != "":
		when = "since " + from
	}
	return joinDots(p.Role, when)
}

// otherWords are a relation told from the other side.
var otherWords = map[RelationKind]string{ReportsTo: "is the manager of", Influences: "is influenced by"}

// relations are told from the contact's side, those named first who are above.
func (in PortraitInput) relations() (list []ShownRelation) {
	for _, kind := range RelationKinds {
		for _, r := range in.Relations {
			if r.Is != kind {
				continue
			}
			s := ShownRelation{Relation: r, Other: in.Others[r.To], Words: string(r.Is)}
			if r.To == in.Standing.Contact.ID {
				s.Other, s.Words = in.Others[r.Contact], cmp.Or(otherWords[r.Is], s.Words)
			}
			if s.Other.ID != "" {
				list = append(list, s)
			}
		}
	}
	return list
}

// wishes are those that hold, each as a line of its own.
func (in PortraitInput) wishes() (list []Wish) {
	for _, own := range []bool{true, false} {
		for _, p := range in.Preferences {
			if (p.Contact != "") == own && p.Holds() {
				words := p.Words()
				if !own {
					words = "All there: " + lowerFirst(words)
				}
				list = append(list, Wish{Preferences: []Preference{p}, Words: words, Left: p.Left(in.Moments, in.Now)})
			}
		}
	}
	return list
}

// offered are the preferences that were read from how they answer and wait for a
// yes or a no, the kept ones first.
func (in PortraitInput) offered() []Preference {
	own, _ := parted(in.Preferences, func(p Preference) bool { return p.Contact != "" })
	kept, _ := parted(own, Preference.Offered)
	return append(kept, LearnPreferences(in.Standing.Contact, in.Moments, own, in.Now.Location(), in.Now)...)
}

// LanguageName is what a language is called in English: "German" for de. What is
// no language stays as it is.
func LanguageName(code string) string {
	tag, err := language.Parse(code)
	if err != nil {
		return code
	}
	return cmp.Or(display.English.Tags().Name(tag), code)
}
