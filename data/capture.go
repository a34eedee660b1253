package data

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"rapport/data/text"
)

// CaptureInput is what a line is understood by.
type CaptureInput struct {
	Now      time.Time
	Accounts []Account
	Contacts []Contact
	// Account is the one whose page is open, nil elsewhere. People there are
	// meant first.
	Account *Account
	By      string // whose doing it was: the user's name
}

// Capture is what a line like "Called Piotr yesterday, 10 min, he agreed the
// night test" was understood as.
type Capture struct {
	Line string
	Kind Kind // Call, Visit or Note; Note when no word says otherwise
	// At is when it happened: now when the line names no time. Of a day only, it
	// is that day's midnight, of today now.
	At       time.Time
	DayOnly  bool
	Minutes  int
	Contacts []Contact
	Account  Account // zero ID: not known yet
	// AccountWhy says why it is that account, "Piotr works there".
	AccountWhy string
	// Candidates are the people whom a name may mean, when more than one.
	Candidates []Contact
	Text       string // what happened, without what else was understood
	// Missing says in words what is still needed, "which account it was".
	Missing []string
	By      string
}

// ParseCapture understands a line about something that happened.
func ParseCapture(line string, in CaptureInput) Capture {
	line = strings.TrimSpace(line)
	r := captureReader{in: in, words: captureWords(line), Capture: Capture{Line: line, Kind: Note, At: in.Now, By: in.By}}
	r.readTime()
	r.readKind()
	r.readAccount()
	r.readPeople()
	r.chooseAccount()
	r.Text = r.rest()
	r.lack()
	return r.Capture
}

// Entry is the capture as something to be logged. Its Check says what is
// missing.
func (c Capture) Entry() Entry {
	return Entry{
		Kind: c.Kind, At: c.At, Minutes: c.Minutes, Account: c.Account.ID, Text: c.Text, By: c.By,
		With: mapped(c.Contacts, func(p Contact) string { return p.ID }),
	}
}

// captureReader marks word by word what it understood.
type captureReader struct {
	Capture
	in    CaptureInput
	words []captureWord
	named Account // the account that the line names
	end   int     // index after the words that say who, when and how long
	asked []string
}

// readTime takes when it happened and how long it took.
func (r *captureReader) readTime() {
	if at, dayOnly, spans, ok := text.When(r.Line, r.in.Now); ok {
		r.At, r.DayOnly = at, dayOnly
		if dayOnly && DaysBetween(at, r.in.Now) == 0 {
			r.At = r.in.Now
		}
		for _, s := range spans {
			r.mark(s, partTime)
		}
	}
	if d, span, ok := text.Duration(r.Line); ok {
		r.Minutes = int(d.Round(time.Minute).Minutes())
		r.mark(span, partTime)
	}
}

func (r *captureReader) mark(span [2]int, p wordPart) {
	for i := range r.words {
		if w := &r.words[i]; w.from >= span[0] && w.to <= span[1] {
			w.part = p
		}
	}
}

// kindWords say what it was. "Called off" is nobody's call.
var kindWords = map[string]Kind{
	"called": Call, "call": Call, "phoned": Call, "phone": Call, "rang": Call, "spoke": Call, "talked": Call, "telephoned": Call,
	"visited": Visit, "visit": Visit, "met": Visit, "walked": Visit, "lunch": Visit, "dinner": Visit, "coffee": Visit,
	"noted": Note, "note": Note,
}

func (r *captureReader) readKind() {
	for i := range r.words {
		k, ok := kindWords[r.words[i].plain]
		n := 1
		if r.plainAt(i) == "site" && (r.plainAt(i+1) == "walk" || r.plainAt(i+1) == "visit") {
			k, ok, n = Visit, true, 2
		}
		if ok && r.words[i].part == partNone && r.plainAt(i+1) != "off" {
			r.Kind = k
			for j := i; j < i+n; j++ {
				r.words[j].part = partKind
			}
			return
		}
	}
}

func (r *captureReader) plainAt(i int) string {
	if i < 0 || i >= len(r.words) {
		return ""
	}
	return r.words[i].plain
}

// readAccount takes the account that the line names: in full, or by a first
// word that only it has.
func (r *captureReader) readAccount() {
	byFirst := map[string]int{}
	for _, a := range r.in.Accounts {
		byFirst[firstWord(plain(a.Name))]++
	}
	longest := 0
	for _, a := range r.in.Accounts {
		name := strings.Fields(plain(a.Name))
		if at, ok := r.find(name, false); ok && len(name) > longest {
			r.named, longest = a, len(name)
			r.markName(at, len(name), partAccount)
		}
	}
	for _, a := range r.in.Accounts {
		first := firstWord(plain(a.Name))
		if longest > 0 || len(first) < 4 || byFirst[first] > 1 || r.isPersonName(first) {
			continue
		}
		if at, ok := r.find([]string{first}, true); ok {
			r.named, longest = a, 1
			r.markName(at, 1, partAccount)
		}
	}
}

func firstWord(s string) string { first, _, _ := strings.Cut(s, " "); return first }

// isPersonName says whether some contact has the word in their name.
func (r *captureReader) isPersonName(word string) bool {
	return slices.ContainsFunc(r.in.Contacts, func(c Contact) bool {
		return slices.Contains(strings.Fields(plain(c.Name)), word)
	})
}

// find looks for the words in a row among those that mean nothing yet.
func (r *captureReader) find(name []string, capital bool) (int, bool) {
	for i := range r.words {
		if len(name) > 0 && r.matches(i, name) && (!capital || r.words[i].capital) {
			return i, true
		}
	}
	return 0, false
}

func (r *captureReader) matches(i int, name []string) bool {
	for j, n := range name {
		if r.plainAt(i+j) != n || r.words[i+j].part != partNone {
			return false
		}
	}
	return true
}

func (r *captureReader) markName(i, n int, p wordPart) {
	for j := i; j < i+n; j++ {
		r.words[j].part = p
	}
}

// chooseAccount takes the account that the line names, else that of its people,
// else the one whose page is open.
func (r *captureReader) chooseAccount() {
	context := Account{}
	if r.in.Account != nil {
		context = *r.in.Account
	}
	switch {
	case r.named.ID != "":
		r.Account, r.AccountWhy = r.named, "You named it"
	case len(r.Contacts) > 0:
		who := r.Contacts[0]
		if i := slices.IndexFunc(r.Contacts, func(c Contact) bool { return c.AccountID == context.ID }); i >= 0 {
			who = r.Contacts[i]
		}
		if i := slices.IndexFunc(r.in.Accounts, func(a Account) bool { return a.ID == who.AccountID }); i >= 0 {
			r.Account, r.AccountWhy = r.in.Accounts[i], FirstName(who.Name)+" works there"
			if who.Side == Partner {
				r.AccountWhy = FirstName(who.Name) + " is a partner there"
			}
			return
		}
		fallthrough
	case context.ID != "":
		r.Account = context
		if context.ID != "" {
			r.AccountWhy = "Its page is open"
		}
	}
}

// lack says what is still needed.
func (r *captureReader) lack() {
	r.Missing = r.asked
	if r.Account.ID == "" {
		r.Missing = append(r.Missing, "which account it was")
	}
	if r.Text == "" {
		r.Missing = append(r.Missing, "what happened")
	}
}

// rest is what the line says beyond what it was, who, when and how long. When
// there is nothing more, when no word said what it was, or something before it
// was not understood, it is all of the line.
func (r *captureReader) rest() string {
	lead := r.words[:r.end]
	is := func(p wordPart) bool {
		return slices.ContainsFunc(lead, func(w captureWord) bool { return w.part == p })
	}
	if is(partNone) || !is(partKind) || r.end == len(r.words) {
		return r.Line
	}
	return sentence(r.Line[r.words[r.end].from:])
}

// ask notes that a name may mean several people.
func (r *captureReader) ask(word string, list []Contact) {
	r.Candidates = append(r.Candidates, list...)
	names := mapped(list[:min(4, len(list))], func(c Contact) string {
		if i := slices.IndexFunc(r.in.Accounts, func(a Account) bool { return a.ID == c.AccountID }); i >= 0 {
			return c.Name + " of " + r.in.Accounts[i].Name
		}
		return c.Name
	})
	r.asked = append(r.asked, fmt.Sprintf("which %s you mean: %s", word, strings.Join(names, ", ")))
}
