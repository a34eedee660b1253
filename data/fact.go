package data

import (
	"net/url"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/language"
)

// KindFact is the fact's name in the change log.
const KindFact = "fact"

// Fact is one thing that we know about an account or, where Contact is named,
// about a person there, with where we know it from.
type Fact struct {
	Belongs
	Name  string `reg:"name"` // one of FactNames
	Value string `reg:"value"`
	// On is the date on which it was true, Until that on which it ceased to be.
	On    string `reg:"on"`
	Until string `reg:"until"`
	// Source is who or what told us, in words: "Anna Kessler", "import of 3 May".
	// An interaction, where there is one, stands in Belongs.
	Source string `reg:"source"`
	// Confidence is how sure it is; "" counts as likely.
	Confidence Sure  `reg:"confidence"`
	Basis      Basis `reg:"basis"` // what allows us to keep it, where it is personal
}

// Basis is the lawful basis on which a personal fact is kept (GDPR, article 6).
type Basis string

// The bases that account work rests on.
const (
	Consent    Basis = "consent"
	Contract   Basis = "contract"
	Interest   Basis = "legitimate interest"
	LegalDuty  Basis = "legal duty"
	MadePublic Basis = "made public by them"
)

// Confidences and Bases list the values that can be chosen.
var (
	Confidences = []Sure{IsSure, IsLikely, IsGuess}
	Bases       = []Basis{Consent, Contract, Interest, LegalDuty, MadePublic}
)

// FactName is one kind of fact that the workspace knows how to keep and show.
type FactName struct {
	Name     string // in the change log and in commands
	Label    string // for people
	Person   bool   // is about a contact
	Account  bool   // is about an account
	Personal bool   // needs a lawful basis
	Many     bool   // several may be true at once
	Form     FactForm
}

// FactForm is what a fact's value looks like.
type FactForm string

// The forms of facts.
const (
	FreeText   FactForm = "text"
	DayOfYear  FactForm = "day"  // 05-17, or 1980-05-17 where the year is known
	LinkForm   FactForm = "link" // https://…
	LanguageIs FactForm = "language"
	PhoneForm  FactForm = "phone" // digits as people write them: +31 20 555 0201
)

// FactNames is every kind of fact. What matters to them comes first, as pages
// show it.
var FactNames = []FactName{
	{Name: "goal", Label: "Goal", Person: true, Account: true, Many: true},
	{Name: "aim", Label: "Aim", Person: true, Account: true, Many: true},
	{Name: "circumstance", Label: "Circumstances", Person: true, Account: true, Many: true},
	{Name: "trend", Label: "Trend in their world", Account: true, Many: true},
	{Name: "value", Label: "Value we share", Account: true, Many: true},
	{Name: "story", Label: "Story", Person: true, Account: true},
	{Name: "how-we-met", Label: "How we met", Person: true, Account: true},
	{Name: "product", Label: "Product, made for them", Account: true, Many: true},
	{Name: "service", Label: "Service, made for them", Account: true, Many: true},
	{Name: "communication", Label: "Communication, made for them", Account: true, Many: true},
	{Name: "billing", Label: "Billing, made for them", Account: true, Many: true},
	{Name: "reporting", Label: "Reporting, made for them", Account: true, Many: true},
	{Name: "profile", Label: "Profile elsewhere", Person: true, Account: true, Many: true, Form: LinkForm},
	{Name: "phone", Label: "Another number", Person: true, Many: true, Form: PhoneForm}, // the first stands with the contact
	{Name: "birthday", Label: "Birthday", Person: true, Personal: true, Form: DayOfYear},
	{Name: "with-them-since", Label: "In their role since", Person: true, Form: DayOfYear},
	{Name: "language", Label: "Language", Person: true, Many: true, Form: LanguageIs},
	{Name: "interest", Label: "Interest", Person: true, Personal: true, Many: true},
	{Name: "family", Label: "Family", Person: true, Personal: true, Many: true},
	{Name: "human", Label: "A human moment", Person: true, Personal: true, Many: true},
}

// FactNameOf is the kind of fact of a name.
func FactNameOf(name string) (FactName, bool) {
	i := slices.IndexFunc(FactNames, func(n FactName) bool { return n.Name == name })
	if i < 0 {
		return FactName{}, false
	}
	n := FactNames[i]
	if n.Form == "" {
		n.Form = FreeText
	}
	return n, true
}

// FactsStale is the age in days from which a fact is shown as old.
const FactsStale = 180

// PartKind is KindFact.
func (f Fact) PartKind() string { return KindFact }

// Standing is open while the fact is true; it is due when it goes stale.
func (f Fact) Standing() (string, bool) {
	day, err := time.Parse(time.DateOnly, f.On)
	if err != nil {
		return "", f.Until == ""
	}
	return day.AddDate(0, 0, FactsStale).Format(time.DateOnly), f.Until == ""
}

// Stale says whether a fact is older than FactsStale days: since the date it was
// true, or where that is not known since we learned of it.
func (f Fact) Stale(now time.Time) bool {
	if f.On != "" {
		return daysSinceDate(f.On, now) > FactsStale
	}
	return !f.RecordedAt.IsZero() && DaysBetween(f.RecordedAt, now) > FactsStale
}

// Check says why the fact cannot be kept, or nil.
func (f Fact) Check() error {
	name, ok := FactNameOf(f.Name)
	switch {
	case !ok:
		return invalid("fact", "%q is not a fact that can be kept; use one of %s", f.Name, strings.Join(factNames(f.Contact != ""), ", "))
	case f.Account == "" && f.Contact == "":
		return invalid("account", "say whom the fact is about")
	case f.Contact != "" && !name.Person:
		return invalid("fact", "%s is known of accounts, not of people", f.Name)
	case f.Contact == "" && !name.Account:
		return invalid("fact", "%s is known of people, not of accounts", f.Name)
	case name.Personal && f.Basis == "":
		return invalid("basis", "%s is personal; say what allows us to keep it: %s", f.Name, strings.Join(wordsOf(Bases), ", "))
	case f.On != "" && f.Until != "" && f.Until < f.On:
		return invalid("until", "it cannot have ended before it began")
	}
	return firstErr(checkForm(name.Form, f.Value), checkDate("on", f.On), checkDate("until", f.Until),
		checkOneOf("confidence", f.Confidence, Confidences), checkOneOf("basis", f.Basis, Bases))
}

func factNames(person bool) (names []string) {
	for _, n := range FactNames {
		if person && n.Person || !person && n.Account {
			names = append(names, n.Name)
		}
	}
	return names
}

func wordsOf[T ~string](list []T) (words []string) {
	for _, w := range list {
		words = append(words, string(w))
	}
	return words
}

func checkForm(form FactForm, value string) error {
	if strings.TrimSpace(value) == "" {
		return invalid("value", "say what is known")
	}
	switch form {
	case DayOfYear:
		if _, _, ok := dayOfYear(value); !ok {
			return invalid("value", "%q is not a day; write it like 05-17, or 1980-05-17 where the year is known", value)
		}
	case LinkForm:
		if u, err := url.Parse(value); err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
			return invalid("value", "%q is not a link; write it like https://example.org/anna", value)
		}
	case PhoneForm:
		if !isPhone(value) {
			return invalid("value", "%q is not a phone number; write it like +31 20 555 0201", value)
		}
	case LanguageIs:
		if _, err := language.Parse(value); err != nil {
			return invalid("value", "%q is not a language; write it like en, de or pt-BR", value)
		}
	}
	return nil
}

// isPhone says whether a text has at least five digits and nothing but what people
// put between them.
func isPhone(s string) bool {
	digits := 0
	for _, r := range s {
		if r >= '0' && r <= '9' {
			digits++
		} else if !strings.ContainsRune("+ ()-./x", r) {
			return false
		}
	}
	return digits >= 5
}

// dayOfYear reads 05-17 or 1980-05-17; year is 0 where it is not known.
func dayOfYear(s string) (day time.Time, year int, ok bool) {
	if d, err := time.Parse(time.DateOnly, s); err == nil {
		return d, d.Year(), true
	}
	d, err := time.Parse("2006-01-02", "2000-"+s) // a leap year, so that 02-29 is a day
	return d, 0, err == nil
}

// Anniversary is the next day on or after now on which a day of the year
// returns, and how many years it is then; 0 years where the year is not known.
// 29 February returns on 28 February in other years.
func Anniversary(value string, now time.Time) (next time.Time, years int, ok bool) {
	day, since, ok := dayOfYear(value)
	if !ok {
		return time.Time{}, 0, false
	}
	for year := now.Year(); ; year++ {
		next = time.Date(year, day.Month(), day.Day(), 0, 0, 0, 0, now.Location())
		if next.Month() != day.Month() {
			next = time.Date(year, day.Month()+1, 0, 0, 0, 0, 0, now.Location())
		}
		if DaysBetween(next, now) <= 0 {
			break
		}
	}
	if since > 0 {
		years = next.Year() - since
	}
	return next, years, true
}
