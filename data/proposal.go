package data

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"rapport/data/text"
)

// filer holds what is known in the shapes that proposals ask for.
type filer struct {
	in       FilingInput
	accounts map[string]Account   // by ID
	domains  map[string]Account   // by mail domain
	people   map[string][]Contact // by mail domain, public ones left out
	names    map[string][]Contact // by plain name
	named    map[string][]Account // by plain name
	called   map[string][]Account // by plain name as an organisation's
	related  map[string][]string  // the accounts' mail domains by what was registered
}

func newFiler(in FilingInput) filer {
	f := filer{
		in: in, accounts: map[string]Account{}, domains: map[string]Account{}, people: map[string][]Contact{},
		names: map[string][]Contact{}, named: map[string][]Account{}, called: map[string][]Account{}, related: map[string][]string{},
	}
	for _, a := range in.Accounts {
		f.accounts[a.ID] = a
		if n := plainOrganisation(a.Name); n != "" {
			f.called[n] = append(f.called[n], a)
		}
		if n := plain(a.Name); n != "" {
			f.named[n] = append(f.named[n], a)
		}
		for _, d := range a.Domains {
			f.domains[d] = a
			if base := text.RegistrableDomain(d); base != "" {
				f.related[base] = append(f.related[base], d)
			}
		}
	}
	for _, c := range in.Contacts {
		if n := plain(c.Name); n != "" {
			f.names[n] = append(f.names[n], c)
		}
		for _, d := range contactDomains(c) {
			if !f.public(d) && c.AccountID != "" {
				f.people[d] = append(f.people[d], c)
			}
		}
	}
	return f
}

func contactDomains(c Contact) []string {
	var list []string
	for _, e := range c.Emails {
		list = append(list, text.Domain(e))
	}
	slices.Sort(list)
	return slices.Compact(list)
}

func (f filer) public(domain string) bool { return IsPublicDomain(domain, f.in.Known.Public) }

// waits says whether the sender is somebody to be filed at all.
func (f filer) waits(s Sender) bool {
	k := f.in.Known
	_, filed := k.Contacts[s.Email]
	return s.Automated == "" && text.Domain(s.Email) != "" && !k.IsOwn(s.Email) && !k.IsIgnored(s.Email) && !filed
}

// clue is one thing that speaks for an account.
type clue struct {
	account Account
	contact Contact
	side    Side
	short   string // for the one line
	sure    Sure
	Reason
}

// propose weighs the clues: the surest one decides, and those for the same
// account stand beside it. Of equally sure ones the first decides, in the order
// domain, name, company, signature.
func (f filer) propose(s Sender) Proposal {
	var clues []clue
	for _, look := range []func(Sender) []clue{f.byDomain, f.byPersonName, f.byCompany, f.bySignature} {
		clues = append(clues, look(s)...)
	}
	p := Proposal{Sender: s, Side: Customer}
	if len(clues) == 0 {
		p.Reasons = []Reason{{Says: "Nothing speaks for an account yet", Detail: f.note(text.Domain(s.Email)), Strength: Some}}
		p.Why = noIdea(s)
		return p
	}
	best := clues[0]
	for _, c := range clues[1:] {
		if rank(c.sure) < rank(best.sure) {
			best = c
		}
	}
	p.Account, p.Contact, p.Sure = best.account, best.contact, best.sure
	p.Side = cmp.Or(best.side, Customer)
	short := []string{best.short}
	p.Reasons = []Reason{best.Reason}
	for _, c := range clues {
		if c.Reason != best.Reason && c.account.ID == best.account.ID {
			p.Reasons = append(p.Reasons, c.Reason)
			short = append(short, lowerFirst(c.short))
		}
	}
	p.Why = strings.Join(short[:min(2, len(short))], ", and ")
	return p
}

func rank(s Sure) int { return slices.Index([]Sure{IsSure, IsLikely, IsGuess, NoIdea}, s) }

func noIdea(s Sender) string {
	if len(s.Subjects) > 0 && s.Subjects[0] != "" {
		return fmt.Sprintf("“%s”, no account named", s.Subjects[0])
	}
	return "No account named"
}

// byDomain looks at whose the domain is: an account's, that of the organisation
// which holds it, that of people who are filed, or one that is spelled like an
// account.
func (f filer) byDomain(s Sender) []clue {
	domain := text.Domain(s.Email)
	if f.public(domain) {
		return nil
	}
	if a, d, ok := f.owner(domain); ok {
		return []clue{f.domainClue(s, a, d)}
	}
	if c, ok := f.sibling(domain); ok {
		return []clue{c}
	}
	if list := f.people[domain]; len(list) > 0 {
		return []clue{f.sameDomain(s, list)}
	}
	return f.likeName(domain)
}

// owner is the account of the domain or the nearest domain above it.
func (f filer) owner(domain string) (Account, string, bool) {
	for d := domain; strings.Contains(d, ".") && !f.public(d); _, d, _ = strings.Cut(d, ".") {
		if a, ok := f.domains[d]; ok {
			return a, d, true
		}
	}
	return Account{}, "", false
}

func (f filer) domainClue(s Sender, a Account, domain string) clue {
	c := clue{account: a, short: "Domain", sure: IsSure, Reason: Reason{
		Says: "The domain belongs to this account", Strength: Strong, Detail: domain, About: AboutDomain,
	}}
	if n := f.in.PeopleAtDomain[domain]; n > 0 {
		c.Detail = Counted(n, "filed person", "filed people")
	}
	if text.IsRoleAddress(s.Email) {
		c.short, c.sure = "Domain; a shared mailbox, not a person", IsLikely
	}
	return c
}

// sibling finds an account with another domain that the same organisation
// registered; two accounts would be no clue.
func (f filer) sibling(domain string) (clue, bool) {
	var found Account
	other := ""
	for _, d := range f.related[text.RegistrableDomain(domain)] {
		a := f.domains[d]
		if found.ID != "" && found.ID != a.ID {
			return clue{}, false
		}
		if other == "" || d < other {
			found, other = a, d
		}
	}
	return clue{account: found, short: "Same organisation as " + other, sure: IsLikely, Reason: Reason{
		Says: "The account's domain is of the same organisation", Detail: other + " and " + domain, Strength: Strong, About: AboutDomain,
	}}, found.ID != ""
}

// sameDomain goes by the filed people who use the domain. Two or more, all at
// one account as its own people, leave no doubt about another person.
func (f filer) sameDomain(s Sender, list []Contact) clue {
	here := mostlyAt(list)
	c := clue{account: f.accounts[here[0].AccountID], sure: IsLikely, side: commonSide(here)}
	names := contactNames(here)
	c.short = "Same domain as " + names
	c.Reason = Reason{Says: "Filed people use this domain", Detail: names, Strength: Strong, About: AboutDomain}
	if c.side == Partner {
		c.short = "Works with " + names
	}
	switch {
	case len(here) < len(list):
		c.sure, c.Strength = IsGuess, Some
	case text.IsRoleAddress(s.Email):
		c.short = "Same domain; a shared mailbox, not a person"
	case len(here) > 1 && c.side == Customer:
		c.sure = IsSure
	}
	return c
}

// commonSide is Partner when all of the contacts are partners'.
func commonSide(list []Contact) Side {
	if slices.ContainsFunc(list, func(c Contact) bool { return c.Side != Partner }) {
		return Customer
	}
	return Partner
}

// mostlyAt lists the contacts of the account that has most of them, of several
// the one with the smallest ID.
func mostlyAt(list []Contact) []Contact {
	by := map[string][]Contact{}
	best := ""
	for _, c := range list {
		by[c.AccountID] = append(by[c.AccountID], c)
	}
	for id := range by {
		if best == "" || len(by[id]) > len(by[best]) || len(by[id]) == len(by[best]) && id < best {
			best = id
		}
	}
	return by[best]
}

func contactNames(list []Contact) string {
	var names []string
	for _, c := range list {
		names = append(names, FirstName(c.Name))
	}
	slices.Sort(names)
	names = slices.Compact(names)
	if len(names) > 2 {
		return fmt.Sprintf("%s and %d more", names[0], len(names)-1)
	}
	return JoinAnd(names)
}

// likeName finds the account that is spelled as the domain is.
func (f filer) likeName(domain string) []clue {
	label, _, _ := strings.Cut(text.RegistrableDomain(domain), ".")
	found := f.called[plainOrganisation(label)]
	if label == "" || len(found) != 1 {
		return nil
	}
	return []clue{{account: found[0], short: "The domain is spelled like the account", sure: IsLikely, Reason: Reason{
		Says: "The domain is spelled like this account", Detail: domain + ", " + found[0].Name, Strength: Some, About: AboutDomain,
	}}}
}

// byPersonName finds the contact of whom this is a private address: free mail
// under a contact's name, in the header or the signature.
func (f filer) byPersonName(s Sender) []clue {
	if !f.public(text.Domain(s.Email)) || text.IsRoleAddress(s.Email) {
		return nil
	}
	if c, ok := f.only(s, f.names[plain(text.Name(s.Name, s.Email))]); ok {
		return []clue{f.secondAddress(c, "Writes under the name of "+c.Name, "The name is that of a contact", c.Name)}
	}
	if c, ok := f.signed(s); ok {
		line := fmt.Sprintf("Signature: “%s”", s.SignatureHint)
		return []clue{f.secondAddress(c, line, "The signature names a contact", s.SignatureHint)}
	}
	return nil
}

func (f filer) secondAddress(c Contact, short, says, detail string) clue {
	return clue{
		account: f.accounts[c.AccountID], contact: c, side: c.Side, short: short, sure: IsLikely,
		Reason: Reason{Says: says, Detail: detail, Strength: Strong, About: AboutName},
	}
}

// only is the one contact of the name; of several, the only one at an account
// with whose people the sender was seen.
func (f filer) only(s Sender, list []Contact) (Contact, bool) {
	list = f.atKnownAccounts(list)
	if len(list) > 1 {
		list, _ = parted(list, func(c Contact) bool {
			return slices.ContainsFunc(s.With, func(w Company) bool { return w.Account == c.AccountID })
		})
	}
	if len(list) != 1 {
		return Contact{}, false
	}
	return list[0], true
}

func (f filer) atKnownAccounts(list []Contact) []Contact {
	known, _ := parted(list, func(c Contact) bool { return f.accounts[c.AccountID].ID != "" })
	return known
}

// signed is the one contact whose whole name stands in the signature. A name of
// a single word would be found in too many.
func (f filer) signed(s Sender) (Contact, bool) {
	var list []Contact
	for _, name := range phrases(s.SignatureHint) {
		if strings.Contains(name, " ") {
			list = append(list, f.names[name]...)
		}
	}
	return f.only(s, list)
}

// phrases are all runs of words in a line, as plain names are written, each
// once.
func phrases(line string) []string {
	words := strings.Fields(plain(line))
	var list []string
	for i := range words {
		for j := i + 1; j <= len(words); j++ {
			list = append(list, strings.Join(words[i:j], " "))
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// byCompany goes by the accounts with whose people the sender was seen. Only
// the account of the closest company is proposed; two that are as close make a
// guess of the first by name.
func (f filer) byCompany(s Sender) []clue {
	with := slices.Clone(s.With)
	with, _ = parted(with, func(w Company) bool { return f.accounts[w.Account].ID != "" && w.Mails+w.Meetings > 0 })
	slices.SortFunc(with, func(a, b Company) int {
		return cmp.Or(b.weight()-a.weight(), strings.Compare(f.accounts[a.Account].Name, f.accounts[b.Account].Name), strings.Compare(a.Account, b.Account))
	})
	var clues []clue
	for i, w := range with {
		c := f.companyClue(w)
		if i > 0 || len(with) > 1 && with[1].weight() == w.weight() {
			c.sure = IsGuess
		}
		clues = append(clues, c)
	}
	return clues
}

// weight of a meeting is that of three mails, as in warmth's frequency.
func (w Company) weight() int { return 3*w.Meetings + w.Mails }

func (f filer) companyClue(w Company) clue {
	c := clue{account: f.accounts[w.Account], sure: IsGuess, Reason: Reason{Strength: Some, About: AboutPeople}}
	var seen []string
	if w.Meetings > 0 {
		seen = append(seen, Counted(w.Meetings, "meeting", "meetings"))
		c.Strength = Strong
	}
	if w.Mails > 0 {
		seen = append(seen, Counted(w.Mails, "mail", "mails"))
	}
	if w.weight() >= 2 {
		c.sure = IsLikely
	}
	who := "people there"
	if len(w.People) > 0 {
		people := slices.Clone(w.People)
		slices.Sort(people)
		for i := range people {
			people[i] = FirstName(people[i])
		}
		who = JoinAnd(people[:min(2, len(people))])
	}
	c.short = fmt.Sprintf("In %s with %s", JoinAnd(seen), who)
	c.Says = "Seen together with " + who
	c.Detail = JoinAnd(seen)
	return c
}

// bySignature finds an account that the signature names in full.
func (f filer) bySignature(s Sender) []clue {
	var found []Account
	for _, name := range phrases(s.SignatureHint) {
		found = append(found, f.named[name]...)
	}
	if len(found) != 1 {
		return nil
	}
	line := fmt.Sprintf("Signature: “%s”", s.SignatureHint)
	return []clue{{account: found[0], short: line, sure: IsGuess, Reason: Reason{
		Says: "The signature names this account", Detail: s.SignatureHint, Strength: Some, About: AboutSignature,
	}}}
}

// note says what is known of a domain.
func (f filer) note(domain string) string {
	people := f.people[domain]
	n := f.in.PeopleAtDomain[domain]
	switch a, _, owned := f.owner(domain); {
	case f.public(domain):
		return "Free mail, never filed by domain"
	case len(people) > 0 && commonSide(people) == Partner:
		return "Partner on " + f.accounts[mostlyAt(people)[0].AccountID].Name
	case n == 1:
		return "One filed person uses this domain"
	case n > 1:
		return SmallNumber(n) + " filed people use this domain"
	case owned:
		return "Belongs to " + a.Name
	}
	return "No account uses this domain"
}

// plain is a name as it is compared: folded, letters and digits only, single
// blanks between words.
func plain(name string) string {
	return strings.Join(strings.FieldsFunc(text.Fold(name), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	}), " ")
}

// plainOrganisation is an organisation's name or a domain's label as they are
// compared: without blanks, "and", "the" and a legal form at the end.
func plainOrganisation(name string) string {
	words := strings.Fields(strings.ReplaceAll(plain(strings.ReplaceAll(name, "&", " and ")), " and ", " "))
	if len(words) > 1 && words[0] == "the" {
		words = words[1:]
	}
	for len(words) > 1 && legalForms[words[len(words)-1]] {
		words = words[:len(words)-1]
	}
	return strings.Join(words, "")
}

var legalForms = setOf("ltd", "limited", "inc", "llc", "llp", "plc", "gmbh", "mbh", "ag", "kg", "se", "bv", "nv", "sa", "sas", "sarl", "srl", "spa", "ab", "as", "oy", "co", "company", "corp", "ev")
