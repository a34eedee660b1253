package survey

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"rapport/data"
	"rapport/data/text"
)

// Reply is a mail that carries a code.
type Reply struct {
	Code    Code
	Message data.Message
}

// FindReply finds the code of an answer: in the subject, whatever a mail program
// or gateway made of it, else in the text. A mail of ours that asks is none.
func FindReply(m data.Message) (Reply, bool) {
	if c, ok := FindCode(m.Subject); ok {
		return Reply{c, m}, true
	}
	if !strings.Contains(m.Text, wholeMark) {
		return Reply{}, false
	}
	c, ok := FindCode(m.Text)
	return Reply{c, m}, ok
}

// Read returns the answers in a reply to an ask: each with an ID that follows from
// the mail, so that a mail that comes twice answers once. addresses are those of the
// person who was asked. What cannot count is there too, with the reason.
func (r Reply) Read(s data.Survey, a data.SurveyAsk, addresses []string, key []byte) []data.SurveyAnswer {
	answer := data.SurveyAnswer{Belongs: data.Belongs{Account: a.Account, Contact: a.Contact}, Survey: s.ID, Ask: a.ID, Question: r.Code.Question,
		At: r.Message.Date.Unix(), From: text.NormalAddress(r.Message.Sender().Email)}
	if !slices.Contains(addresses, answer.From) && answer.From != a.Address {
		answer.Mark = "from another address, " + answer.From
	}
	if text.IsForward(r.Message.Subject) {
		answer.Mark = "forwarded by " + answer.From
	}
	answer.Words = ownWords(r.Message.Text)
	var list []data.SurveyAnswer
	switch closed := s.Close != "" && r.Message.Date.Format(time.DateOnly) > s.Close; {
	case !r.Code.Genuine(key):
		list = []data.SurveyAnswer{refused(answer, "its code was changed on the way, or is not ours")}
	case closed:
		list = []data.SurveyAnswer{refused(answer, "it came after the survey was closed")}
	case r.Code.Question == 0:
		list = written(answer, s)
	default:
		list = []data.SurveyAnswer{clicked(answer, s, r.Code)}
	}
	for i := range list {
		list[i].ID = answerID(r.Message.ID, a.ID, list[i].Question)
	}
	return list
}

func refused(a data.SurveyAnswer, why string) data.SurveyAnswer {
	a.Refused = why
	return a
}

// clicked is the answer of a link.
func clicked(a data.SurveyAnswer, s data.Survey, c Code) data.SurveyAnswer {
	q, ok := s.Question(c.Question)
	if !ok || c.Place >= len(q.Form.Options()) {
		return refused(a, "the question is not asked any more")
	}
	a.Choice = q.Form.Options()[c.Place]
	return a
}

var numbered = regexp.MustCompile(`^\s*([1-9])\s*[:.)]\s*(\S.*)$`)

// written are the answers of a reply in words: lines like "1: 4" answer their
// question, what is left is about the first question in words, or about the whole.
func written(a data.SurveyAnswer, s data.Survey) (list []data.SurveyAnswer) {
	var rest []string
	done := map[int]bool{}
	for line := range strings.SplitSeq(a.Words, "\n") {
		m := numbered.FindStringSubmatch(line)
		if m == nil {
			rest = append(rest, line)
			continue
		}
		number, _ := strconv.Atoi(m[1])
		q, ok := s.Question(number)
		if !ok || done[number] {
			rest = append(rest, line)
			continue
		}
		done[number] = true
		list = append(list, lineAnswer(a, q, strings.TrimSpace(m[2])))
	}
	if words := strings.TrimSpace(strings.Join(rest, "\n")); words != "" || len(list) == 0 {
		a.Question, a.Words = openQuestion(s, done), words
		if words == "" {
			a = refused(a, "it says nothing")
		}
		list = append(list, a)
	}
	return list
}

// openQuestion is the first question in words that has no line, 0 for none.
func openQuestion(s data.Survey, done map[int]bool) int {
	for _, q := range s.Questions() {
		if q.Form.IsText() && !done[q.Number] {
			return q.Number
		}
	}
	return 0
}

var firstNumber = regexp.MustCompile(`^-?\d+`)

// lineAnswer reads what stands behind "1:". Behind a number or a choice words may
// follow.
func lineAnswer(a data.SurveyAnswer, q data.Question, said string) data.SurveyAnswer {
	a.Question, a.Words = q.Number, ""
	if q.Form.IsText() {
		a.Words = said
		return a
	}
	options := q.Form.Options()
	if place := q.Form.Place(said); place >= 0 {
		a.Choice = options[place]
		return a
	}
	if q.Form.IsScale() {
		number := firstNumber.FindString(said)
		if place := q.Form.Place(number); number != "" && place >= 0 {
			a.Choice, a.Words = options[place], strings.TrimLeft(said[len(number):], " ,;:.–-")
			return a
		}
		a.Words = said
		return refused(a, fmt.Sprintf("%q is not a number from %d to %d", said, q.Form.Low, q.Form.High))
	}
	for _, o := range options {
		if rest, ok := strings.CutPrefix(strings.ToLower(said), strings.ToLower(o)); ok && (rest == "" || strings.ContainsAny(rest[:1], " ,;:.")) {
			a.Choice, a.Words = o, strings.TrimLeft(said[len(said)-len(rest):], " ,;:.–-")
			return a
		}
	}
	a.Words = said
	return refused(a, fmt.Sprintf("%q is none of %s", said, strings.Join(options, ", ")))
}

// wordsMost is how many letters of an answer are kept with it; the mail has all.
const wordsMost = 2000

// ownWords is what the person wrote, without what we wrote.
func ownWords(body string) string {
	var keep []string
	for line := range strings.SplitSeq(text.Own(body), "\n") {
		if _, ok := FindCode(line); ok || strings.Contains(line, strings.TrimSpace(footer)) {
			continue
		}
		keep = append(keep, strings.TrimRight(line, " \t"))
	}
	words := strings.TrimSpace(strings.Join(keep, "\n"))
	if utf8.RuneCountInString(words) > wordsMost {
		words = string([]rune(words)[:wordsMost]) + "…"
	}
	return words
}

func answerID(message, ask string, question int) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "survey answer\x00%s\x00%s\x00%d", message, ask, question))
	return "answer-" + hex.EncodeToString(sum[:16])
}
