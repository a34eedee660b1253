package listen

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"rapport/data"
	"rapport/data/text"
)

// Rule is a word, or several, that a team listens for, and how loud they are.
type Rule struct {
	Words string
	Level data.Volume
}

// Line is the rule as the workspace keeps it.
func (r Rule) Line() string { return string(r.Level) + " " + r.Words }

// RuleOf reads a rule that Line wrote.
func RuleOf(line string) Rule {
	level, words, _ := strings.Cut(line, " ")
	return Rule{Words: words, Level: data.Volume(level)}
}

// Check says why the rule cannot be kept, or nil.
func (r Rule) Check() error {
	switch {
	case strings.TrimSpace(text.Fold(r.Words)) == "":
		return &data.Invalid{Field: "words", Says: "say which words to listen for"}
	case !slices.Contains(data.Volumes, r.Level):
		return &data.Invalid{Field: "level", Says: fmt.Sprintf("%q is no level; use whisper, chatter or shout", string(r.Level))}
	}
	return nil
}

// Proposal is something that a customer may have wanted us to hear.
type Proposal struct {
	Feedback data.Feedback // as it would be kept; its ID is ""
	Who      string        // who wrote, or is silent
	Because  string        // the words or times that it rests on
	// Weight is how much of praise or complaint there is; 0 where words of a rule or
	// silence said it.
	Weight int
}

// Key names a proposal, for those that were decided.
func (p Proposal) Key() string {
	if p.Feedback.Theme == SlowerAnswers {
		return p.slowKey() + p.Feedback.On
	}
	return "feedback " + p.Feedback.Theme + " " + p.Feedback.Interaction
}

// slowKey is the part of a key that says who is slower; the day of the decision
// follows.
func (p Proposal) slowKey() string {
	return fmt.Sprintf("feedback %s %s %s ", SlowerAnswers, cmp.Or(p.Feedback.Account, "-"), cmp.Or(p.Feedback.Contact, "-"))
}

// decided says whether a person answered it: each new answer would else propose
// again that answers are slower, so that rests for a quarter of a year.
func (p Proposal) decided(keys []string) bool {
	if p.Feedback.Theme != SlowerAnswers {
		return slices.Contains(keys, p.Key())
	}
	on, err := time.Parse(time.DateOnly, p.Feedback.On)
	if err != nil {
		return false
	}
	from := on.Add(-slowRest).Format(time.DateOnly)
	return slices.ContainsFunc(keys, func(key string) bool {
		day, same := strings.CutPrefix(key, p.slowKey())
		return same && day >= from
	})
}

// The themes that a proposal begins with.
const (
	Complaint = "complaint"
	Praise    = "praise"
	Wish      = "wish"
	Silence   = "silence"
	// SlowerAnswers is decided for a quarter of a year.
	SlowerAnswers = "slower answers"
	Listened      = "words you listen for"
)

// From what weight on a mail is heard, and how loud a complaint is.
const (
	heardFrom   = -2
	shoutFrom   = -4
	shoutWord   = -3 // one such word is a shout
	praiseFrom  = 3
	praiseTold  = 2 // in a sentence that tells what was: "Daniel was excellent"
	turnsWithin = 3
)

// Hear reads what the writer of a mail may have wanted us to hear: one proposal at
// most, its loudest sentence. What one of us wrote says nothing here.
func Hear(m data.PromiseMail, account string, rules []Rule, zone *time.Location) (Proposal, bool) {
	if m.Kind != data.Mail || len(m.People) == 0 || m.People[0].Side == data.Us {
		return Proposal{}, false
	}
	writer := m.People[0]
	p := Proposal{Who: text.Name(writer.Name, writer.Email), Feedback: data.Feedback{
		Belongs: data.Belongs{Account: account, Contact: writer.Contact, Interaction: m.ID}, On: m.At.In(zone).Format(time.DateOnly)}}
	sentences := text.Sentences(m.Own)
	for _, level := range data.Volumes { // the loudest rule first
		for _, r := range rules {
			if r.Level != level {
				continue
			}
			if i := slices.IndexFunc(sentences, func(s string) bool { return holds(s, r.Words) }); i >= 0 {
				p.Feedback.Words, p.Feedback.Level, p.Feedback.Theme = sentences[i], level, Listened
				p.Because = fmt.Sprintf("you listen for “%s”", r.Words)
				return p, true
			}
		}
	}
	return p.feel(sentences)
}

// feel weighs the sentences.
func (p Proposal) feel(sentences []string) (Proposal, bool) {
	var strongest, wish string
	var because []string
	least, most, worst := 0, 0, 0
	for _, s := range sentences {
		n, word, why := weight(s)
		p.Weight += n
		worst = min(worst, word)
		because = append(because, why...)
		if n < least {
			least, strongest = n, s
		} else if least == 0 && n > most {
			most, strongest = n, s
		}
		if wish == "" && isWish(s) {
			wish = s
		}
	}
	p.Because = strings.Join(because, ", ")
	switch {
	case p.Weight <= shoutFrom || worst <= shoutWord:
		p.Feedback.Level, p.Feedback.Theme = data.Shout, Complaint
	case p.Weight <= heardFrom:
		p.Feedback.Level, p.Feedback.Theme = data.Chatter, Complaint
	case wish != "":
		p.Feedback.Level, p.Feedback.Theme, strongest, p.Because = data.Whisper, Wish, wish, "somebody would like something otherwise"
	case least == 0 && (p.Weight >= praiseFrom || p.Weight >= praiseTold && tells(strongest)):
		p.Feedback.Level, p.Feedback.Theme = data.Whisper, Praise
	default:
		return Proposal{}, false
	}
	p.Feedback.Words = strongest
	return p, strongest != ""
}

// isWish says whether somebody would like something otherwise.
func isWish(s string) bool {
	held := func(w string) bool { return holds(s, w) }
	return slices.ContainsFunc(wishes, held) && !slices.ContainsFunc(wished, held)
}

// weight is how much of praise or complaint a sentence holds, and its worst word,
// with its words; what is not meant for us (see clausesOf) holds none. A question about
// trouble weighs no less: it is still theirs.
func weight(s string) (n, worst int, why []string) {
	turned, again := 0, false
	clauses := clausesOf(s)
	marks := meant(clauses)
	for i, c := range clauses {
		for j, w := range c.words {
			if turns[w] || again && orElse[w] {
				turned = turnsWithin
				continue
			}
			k := weightOf(w)
			if k != 0 && turned > 0 {
				k = max(0, k) // "no problem" is no praise
				k, turned, again = -k, 0, true
			} else if k != 0 {
				again = false
			}
			if k != 0 && marks[i][j] {
				n += k
				worst = min(worst, k)
				why = append(why, fmt.Sprintf("%s %+d", w, k))
			}
			turned = max(0, turned-1)
		}
	}
	return n, worst, why
}

// wordsOf are the words of a text, folded, with their apostrophes.
func wordsOf(s string) []string {
	s = strings.ReplaceAll(text.Fold(s), "’", "'")
	return strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\'' })
}

// holds says whether a sentence has words one after the other.
func holds(sentence, words string) bool {
	return strings.Contains(" "+strings.Join(wordsOf(sentence), " ")+" ", " "+strings.Join(wordsOf(words), " ")+" ")
}

// silentTimes is how many times its usual an answer of theirs must take before
// their silence is unusual, and silentDays how long at least.
const (
	silentTimes = 3
	silentDays  = 5
)

// Unheard proposes the silences that are unusual: who asked nothing less than three
// times as long as they usually take to answer.
func Unheard(awaited []data.Waiting, now time.Time) (list []Proposal) {
	for _, w := range awaited {
		waited := now.Sub(w.Since)
		if w.Usual <= 0 || waited < silentDays*24*time.Hour || waited < silentTimes*w.Usual {
			continue
		}
		who := text.Name(w.Person.Name, w.Person.Email)
		list = append(list, Proposal{Who: who, Because: fmt.Sprintf("they usually answer within %s", data.Age(w.Usual)), Feedback: data.Feedback{
			Belongs: data.Belongs{Account: w.Account.ID, Contact: w.Person.Contact, Interaction: w.Interaction.ID},
			Words:   fmt.Sprintf("%s has not answered for %s", who, data.Age(waited)), Level: data.Whisper, Theme: Silence, On: now.Format(time.DateOnly)}})
	}
	return list
}

// Open leaves out what was decided, by Key, and what is feedback already; the
// loudest stays first, of those the newest.
func Open(list []Proposal, have []data.Feedback, decided []string) []Proposal {
	list = slices.DeleteFunc(slices.Clone(list), func(p Proposal) bool {
		return p.decided(decided) || slices.ContainsFunc(have, func(f data.Feedback) bool {
			return f.Interaction != "" && f.Interaction == p.Feedback.Interaction
		})
	})
	slices.SortStableFunc(list, func(a, b Proposal) int {
		return cmp.Or(slices.Index(data.Volumes, a.Feedback.Level)-slices.Index(data.Volumes, b.Feedback.Level), strings.Compare(b.Feedback.On, a.Feedback.On),
			strings.Compare(a.Key(), b.Key()))
	})
	return list
}
