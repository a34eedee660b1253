package sample

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"
)

// sector is a line of business; it decides what an account writes about.
type sector int

const (
	anywhere sector = iota
	culture
	transport
	health
	education
	food
	warehouse
	hospitality
	housing
	manufacturing
)

// topic is something that a customer and Larkfield write about, turn by turn.
// Texts hold slots such as {site}, which keep their value through the thread.
type topic struct {
	sector   sector
	language string
	subjects []string
	turns    []turn
}

// turn is one mail of a topic in its variants.
type turn struct {
	ours     bool
	attaches bool
	texts    []string
}

// about reads a topic from its short form: subjects apart by " / ", and turns
// that begin with "c:" (the customer writes) or "u:" (we do), "u+:" with an
// attachment, whose variants stand apart by " // ".
func about(s sector, language, subjects string, turns ...string) topic {
	t := topic{sector: s, language: language, subjects: strings.Split(subjects, " / ")}
	for _, text := range turns {
		head, body, ok := strings.Cut(text, ": ")
		who, plus := strings.CutSuffix(head, "+")
		if !ok || who != "c" && who != "u" {
			panic("bug: sample: topic " + subjects + ": turn without c: or u:")
		}
		t.turns = append(t.turns, turn{ours: who == "u", attaches: plus, texts: strings.Split(body, " // ")})
	}
	return t
}

// topicsFor are the indexes of the topics that fit the sector and language.
func topicsFor(s sector, language string) []int {
	var list []int
	for i, t := range topics {
		if t.language == language && (t.sector == anywhere || t.sector == s) {
			list = append(list, i)
			if t.sector == s { // what is their own is twice as likely
				list = append(list, i)
			}
		}
	}
	return list
}

// slots are the values of one thread by the name of the slot.
type slots map[string]string

// Replace fills the slots of a text.
func (s slots) Replace(text string) string {
	var b strings.Builder
	b.Grow(len(text) + 32)
	for {
		before, rest, ok := strings.Cut(text, "{")
		b.WriteString(before)
		if !ok {
			return b.String()
		}
		name, after, _ := strings.Cut(rest, "}")
		value, known := s[name]
		if !known {
			panic("bug: sample: no slot {" + name + "}")
		}
		b.WriteString(value)
		text = after
	}
}

func newSlots(r *rand.Rand, a account, language string, us, them, tech party, start time.Time) slots {
	site, site2 := "the main hall", "the annexe"
	if len(a.sites) > 0 {
		i := r.IntN(len(a.sites))
		site, site2 = a.sites[i], a.sites[(i+1)%len(a.sites)]
	}
	day := start.AddDate(0, 0, 4+r.IntN(12))
	for day.Weekday() == time.Saturday || day.Weekday() == time.Sunday {
		day = day.AddDate(0, 0, 1)
	}
	_, week := day.ISOWeek()
	return slots{
		"site": site, "Site": upperFirst(site), "site2": site2,
		"n": fmt.Sprint(6 + r.IntN(19)), "few": []string{"two", "three", "four", "five"}[r.IntN(4)],
		"pct": fmt.Sprint(11 + r.IntN(38)), "money": euros(900 + r.IntN(240)*50), "inv": fmt.Sprint(1400 + r.IntN(900)),
		"lux": fmt.Sprint(50 * (2 + r.IntN(10))), "mwh": fmt.Sprint(6 + r.IntN(60)),
		"day": day.Weekday().String(), "date": dayAndMonth(day, language), "week": fmt.Sprint(week),
		"clock": []string{"07:30", "09:00", "10:30", "14:00", "19:30", "22:00"}[r.IntN(6)],
		"us":    us.given(), "them": them.given(), "tech": tech.given(), "firm": a.Name,
	}
}

var months = map[string][]string{
	"de": {"Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"},
	"fr": {"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"},
}

func dayAndMonth(t time.Time, language string) string {
	switch language {
	case "de":
		return fmt.Sprintf("%d. %s", t.Day(), months[language][t.Month()-1])
	case "fr":
		return fmt.Sprintf("%d %s", t.Day(), months[language][t.Month()-1])
	}
	return t.Format("2 January")
}

func euros(n int) string {
	if n < 1000 {
		return fmt.Sprintf("€%d", n)
	}
	return fmt.Sprintf("€%d,%03d", n/1000, n%1000)
}

// sentences gives each sentence a capital that a slot may have taken from it.
// The first keeps its letter: after "Guten Tag Maya," it is a small one.
func sentences(s string) string {
	parts := strings.Split(s, ". ")
	for i := 1; i < len(parts); i++ {
		parts[i] = upperFirst(parts[i])
	}
	return strings.Join(parts, ". ")
}

func upperFirst(s string) string {
	if s == "" || s[0] < 'a' || s[0] > 'z' {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// write puts a greeting and a farewell around a turn's text.
func write(r *rand.Rand, language, text string, from, to party, first bool) string {
	m := manners[language]
	if language == "" {
		text = upperFirst(text)
	}
	var b strings.Builder
	greeting := pick(r, m.greet)
	if !first && r.IntN(3) == 0 {
		greeting = pick(r, m.greetBack)
	}
	b.WriteString(strings.ReplaceAll(greeting, "{to}", to.given()))
	b.WriteString("\n\n" + text)
	if r.IntN(5) == 0 {
		b.WriteString("\n\n" + pick(r, m.asides))
	}
	b.WriteString("\n\n" + pick(r, m.close) + "\n" + from.given())
	return b.String()
}

func pick[T any](r *rand.Rand, list []T) T { return list[r.IntN(len(list))] }

// manners are what a language puts around a text.
var manners = map[string]struct{ greet, greetBack, asides, close []string }{
	"": {
		greet:     []string{"Dear {to},", "Hi {to},", "Hello {to},", "{to},", "Good morning {to},"},
		greetBack: []string{"Thanks {to}.", "Hi {to}, thanks.", "{to}, got it."},
		asides: []string{
			"Ring me if that is easier; I am at my desk until four.", "I am out on site tomorrow, so Monday is better for a call.",
			"Sorry that this took a while, the week ran away from me.", "PS. Give my regards to the night crew.",
			"I have copied nobody on purpose; forward it to whoever needs it.", "No rush, but it would be good to have it off the list.",
			"Was good to see you last time.", "The weather did not help, as you will have noticed.",
		},
		close: []string{"Best,", "Kind regards,", "Thanks,", "Many thanks,", "All the best,", "Regards,"},
	},
	"de": {
		greet:     []string{"Guten Tag {to},", "Hallo {to},"},
		greetBack: []string{"Danke {to}.", "Hallo {to}, vielen Dank."},
		asides:    []string{"Am besten erreichen Sie mich vormittags.", "Entschuldigung für die späte Antwort.", "Schöne Grüße auch an Tomas."},
		close:     []string{"Viele Grüße", "Mit freundlichen Grüßen", "Beste Grüße"},
	},
	"fr": {
		greet:     []string{"Bonjour {to},"},
		greetBack: []string{"Merci {to}.", "Bonjour {to}, merci."},
		asides:    []string{"Je suis joignable demain après-midi.", "Désolé pour le délai de réponse.", "À bientôt, j'espère sur place."},
		close:     []string{"Bien cordialement,", "Cordialement,", "À bientôt,"},
	},
}

// engineersBut are the colleagues who climb ladders and are not the person.
func engineersBut(p Person) []Person {
	return slices.DeleteFunc([]Person{tomas, priya, daniel}, func(q Person) bool { return q.Email == p.Email })
}
