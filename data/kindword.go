package data

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"rapport/data/text"
)

// Occasion is why a kind word is due.
type Occasion string

// The occasions, those that pass soonest first.
const (
	BirthdayComes  Occasion = "birthday"
	YearsTogether  Occasion = "years"
	GoodNews       Occasion = "good news"
	PromiseThanks  Occasion = "thanks"
	OnlyAskedSoFar Occasion = "only asks"
)

var occasions = []Occasion{BirthdayComes, YearsTogether, GoodNews, PromiseThanks, OnlyAskedSoFar}

// KindWord is a touch with no ask that a fact gives reason for.
type KindWord struct {
	Occasion Occasion
	Account  Account
	// Contact is whom to write to; zero where nobody with an address is known.
	Contact Contact
	Words   string // the reason, a sentence: "Hanna Voss: five years in the role on Thursday."
	Subject string // what a mail about it may be called, "" for none
	Note    string // how long we asked for nothing, "Last ask 51 days ago"; "" where not known
	Day     time.Time
	Part    string // the fact or promise that it rests on, or ""
}

// About is what a kind word is put off by and remembered as said: one for each
// person, or account where no person is meant.
func (k KindWord) About() string {
	return "word " + cmp.Or(k.Contact.ID, k.Account.ID)
}

// KindWordRest is how long after a kind word, whatever its occasion, the same
// person is not proposed again.
const KindWordRest = 30 * 24 * time.Hour

// How far ahead days to remember are named, how long news stay new, and how many
// mails in a row must have asked for something.
const (
	kindWordAhead = 7
	newsDays      = 21
	thanksDays    = 10
	onlyAsks      = 4
)

// AskRecord is how our latest mails to an account were: with an ask or without.
type AskRecord struct {
	LastAsk time.Time // of the latest mail that asked for something; zero for none seen
	Row     int       // how many of the latest mails in a row asked
	To      string    // Contact.ID of the latest mail's first reader, or ""
}

// KindWordInput is what kind words are found in.
type KindWordInput struct {
	Accounts []Account
	Contacts map[string]Contact // those that facts, promises and AskRecords name
	// Warmest is whom we know best at an account, by Account.ID: who is written to
	// where a fact is about the account.
	Warmest map[string]Contact
	Facts   []Fact
	// Kept are promises of theirs that were kept lately.
	Kept []Promise
	Asks map[string]AskRecord // by Account.ID
	// Wrote is when one of us was last in touch with a contact, by Contact.ID: then
	// thanks were said.
	Wrote map[string]time.Time
	// Resting is until when a kind word is put off, by KindWord.About.
	Resting map[string]time.Time
}

// KindWords proposes touches with no ask, each with a reason in the facts; those
// whose day passes soonest first, and one for each person.
func KindWords(in KindWordInput, now time.Time) []KindWord {
	accounts := make(map[string]Account, len(in.Accounts))
	for _, a := range in.Accounts {
		accounts[a.ID] = a
	}
	var list []KindWord
	add := func(k KindWord, account, contact string) {
		k.Account, k.Contact = accounts[account], in.Contacts[contact]
		if k.Account.ID == "" && k.Contact.AccountID != "" {
			k.Account = accounts[k.Contact.AccountID]
		}
		if k.Contact.ID == "" {
			k.Contact = in.Warmest[k.Account.ID]
		}
		if asked := in.Asks[k.Account.ID].LastAsk; !asked.IsZero() {
			k.Note = "Last ask " + Ago(asked, now)
		}
		if k.Account.ID != "" && !in.Resting[k.About()].After(now) {
			list = append(list, k)
		}
	}
	for _, f := range in.Facts {
		if k, ok := wordOfFact(f, accounts[f.Account].Name, in.Contacts[f.Contact].Name, now); ok {
			add(k, f.Account, f.Contact)
		}
	}
	for _, a := range in.Accounts {
		if next, years, ok := Anniversary(a.Since, now); ok && a.Since != "" && years > 0 && soonDay(next, now) {
			add(KindWord{Occasion: YearsTogether, Day: next, Words: fmt.Sprintf("%s: %s with us %s.", a.Name, yearsWord(years), onDay(next, now)), Subject: sentence(yearsWord(years))}, a.ID, "")
		}
	}
	for _, p := range in.Kept {
		day, err := time.ParseInLocation(time.DateOnly, p.Kept, now.Location())
		if err != nil || p.By == Us || DaysBetween(day, now) > thanksDays || in.Wrote[p.Contact].After(day) {
			continue
		}
		who := cmp.Or(in.Contacts[p.Contact].Name, accounts[p.Account].Name)
		add(KindWord{Occasion: PromiseThanks, Day: day, Part: p.ID, Words: fmt.Sprintf("%s kept a promise: %s.", who, strings.TrimRight(p.What, ".")), Subject: "Thank you"}, p.Account, p.Contact)
	}
	for id, r := range in.Asks {
		if a := accounts[id]; r.Row >= onlyAsks && a.Care != Transactional && a.Mode != WindDown {
			add(KindWord{Occasion: OnlyAskedSoFar, Day: r.LastAsk, Words: fmt.Sprintf("Our last %s to %s all asked for something.", strings.ToLower(SmallNumber(r.Row))+" mails", a.Name)}, id, r.To)
		}
	}
	return onePerson(list, now)
}

// onePerson sorts by occasion and leaves the first of each person.
func onePerson(list []KindWord, now time.Time) []KindWord {
	slices.SortStableFunc(list, func(a, b KindWord) int {
		return cmp.Or(
			cmp.Compare(slices.Index(occasions, a.Occasion), slices.Index(occasions, b.Occasion)),
			cmp.Compare(max(DaysBetween(a.Day, now), -DaysBetween(a.Day, now)), max(DaysBetween(b.Day, now), -DaysBetween(b.Day, now))),
			strings.Compare(a.Account.Name, b.Account.Name), strings.Compare(a.About(), b.About()))
	})
	seen := map[string]bool{}
	return slices.DeleteFunc(list, func(k KindWord) bool {
		had := seen[k.About()]
		seen[k.About()] = true
		return had
	})
}

// wordOfFact is the kind word that a fact gives reason for, if it does.
func wordOfFact(f Fact, account, person string, now time.Time) (k KindWord, ok bool) {
	if f.Until != "" {
		return k, false
	}
	k.Part = f.ID
	switch f.Name {
	case "birthday", "with-them-since":
		next, years, isDay := Anniversary(f.Value, now)
		if !isDay || !soonDay(next, now) || person == "" {
			return k, false
		}
		k.Day = next
		if f.Name == "birthday" {
			k.Occasion, k.Subject, k.Words = BirthdayComes, "Happy birthday", fmt.Sprintf("%s: birthday %s.", person, onDay(next, now))
			return k, true
		}
		k.Occasion, k.Subject, k.Words = YearsTogether, sentence(yearsWord(years)), fmt.Sprintf("%s: %s in the role %s.", person, yearsWord(years), onDay(next, now))
		return k, years > 0
	case "circumstance":
		day, err := time.ParseInLocation(time.DateOnly, f.On, now.Location())
		if err != nil || DaysBetween(day, now) > newsDays || DaysBetween(day, now) < 0 || !IsGoodNews(f.Value) {
			return k, false
		}
		k.Occasion, k.Day, k.Subject = GoodNews, day, "Congratulations"
		k.Words = fmt.Sprintf("%s: %s.", cmp.Or(person, account), strings.TrimRight(f.Value, "."))
		return k, true
	}
	return k, false
}

func soonDay(day, now time.Time) bool { return -DaysBetween(day, now) <= kindWordAhead }

// onDay is "today", "tomorrow" or "on Thursday" for a day within a week.
func onDay(day, now time.Time) string {
	switch -DaysBetween(day, now) {
	case 0:
		return "today"
	case 1:
		return "tomorrow"
	case 7:
		return "on " + ShortDate(day, now)
	}
	return "on " + day.Format("Monday")
}

func yearsWord(years int) string {
	if years == 1 {
		return "one year"
	}
	return strings.ToLower(SmallNumber(years)) + " years"
}

// The words that tell good news from others, folded; a word that begins with
// one of them counts. English and German.
var (
	goodNewsWords = strings.Fields(`won wins winner award prize opened opens opening launched promoted promotion appointed
		married wedding born baby graduated graduation celebrate anniversary jubilee certified recovered nominated honoured honored
		gewonnen gewinn preis auszeichnung ausgezeichnet eroffnet eroffnung befordert beforderung geheiratet hochzeit geboren
		jubilaum genesen nominiert geehrt ernannt`)
	badNewsWords = strings.Fields(`not no lost loses cancelled canceled postponed without closed nicht kein verloren abgesagt verschoben ohne geschlossen`)
)

// IsGoodNews says whether a circumstance, as somebody wrote it down, is one to
// be glad about with them. What it does not understand is none.
func IsGoodNews(circumstance string) bool {
	good := false
	for _, w := range strings.FieldsFunc(text.Fold(circumstance), func(r rune) bool { return !unicode.IsLetter(r) }) {
		for _, bad := range badNewsWords {
			if w == bad {
				return false
			}
		}
		good = good || slices.ContainsFunc(goodNewsWords, func(g string) bool {
			if len(g) < 5 {
				return w == g
			}
			return strings.HasPrefix(w, g)
		})
	}
	return good
}
