package survey

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"rapport/data"
	"rapport/data/stats"
	"rapport/data/text"
)

// Given is what results are made from.
type Given struct {
	Survey  data.Survey
	Asks    []data.SurveyAsk
	Answers []data.SurveyAnswer
	// Before are the answers to earlier surveys by people who were asked, with the
	// surveys: a question of the same words and form is compared.
	Before        []data.SurveyAnswer
	BeforeSurveys []data.Survey
	Contacts      map[string]data.Contact // by ID
	Feedback      []data.Feedback         // that came of answers
}

// Results are what came back: by person first.
type Results struct {
	Survey    data.Survey
	People    []Person
	Questions []QuestionResult
	// Refused are answers that do not count, each with its reason.
	Refused []data.SurveyAnswer
}

// Person is one who was asked, with the answers that count.
type Person struct {
	Ask     data.SurveyAsk
	Contact data.Contact
	Answers []PersonAnswer // in the order of the questions; words about the whole last
	// CloseBy is the date by which somebody should speak with them, seven days after
	// a low answer; "" where nobody must. Closed says that they heard from us.
	CloseBy string
	Closed  bool
}

// Answered says whether anything of theirs counts.
func (p Person) Answered() bool { return len(p.Answers) > 0 }

// PersonAnswer is one answer that counts, with what they said the time before.
type PersonAnswer struct {
	data.SurveyAnswer
	Before   string // the choice in the last survey that asked the same, or ""
	BeforeOn time.Time
	Low      bool
}

// QuestionResult is a question over all people.
type QuestionResult struct {
	Question data.Question
	Counts   []int // by the place of the option
	Answered int
	All      Figure
	Roles    []RoleFigure // where people have more than one role
	// Blended weighs every role the same, so that many users do not drown the one
	// who decides; it has no interval of its own. Empty where there is one role.
	Blended *float64
}

// Figure is the net promoter score of a 0 to 10 question, the mean of another
// scale; Known is false where nobody answered, or nothing can be counted.
type Figure struct {
	Value, Low, High float64
	N                int
	Promoter, Known  bool
}

// RoleFigure is the figure of those of one role.
type RoleFigure struct {
	Role string
	Figure
}

// closeWithin is how many days there are to speak with somebody after a low answer.
const closeWithin = 7

// Count makes the results.
func Count(g Given) Results {
	r := Results{Survey: g.Survey}
	last, refused := lastAnswers(g.Answers)
	r.Refused = refused
	for _, a := range g.Asks {
		r.People = append(r.People, g.person(a, last[a.ID]))
	}
	slices.SortStableFunc(r.People, func(a, b Person) int {
		return cmp.Or(boolOrder(a.Answered(), b.Answered()), strings.Compare(text.Fold(a.Contact.Name), text.Fold(b.Contact.Name)))
	})
	for _, q := range g.Survey.Questions() {
		r.Questions = append(r.Questions, r.question(q))
	}
	return r
}

func boolOrder(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	}
	return 1
}

// lastAnswers are those that count, by ask and question: what came from the
// person's own address before what came from another, then the one sent last.
func lastAnswers(list []data.SurveyAnswer) (last map[string]map[int]data.SurveyAnswer, refused []data.SurveyAnswer) {
	last = map[string]map[int]data.SurveyAnswer{}
	for _, a := range list {
		if a.Refused != "" {
			refused = append(refused, a)
			continue
		}
		if last[a.Ask] == nil {
			last[a.Ask] = map[int]data.SurveyAnswer{}
		}
		if have, ok := last[a.Ask][a.Question]; !ok || better(a, have) {
			last[a.Ask][a.Question] = a
		}
	}
	slices.SortFunc(refused, func(a, b data.SurveyAnswer) int { return cmp.Or(cmp.Compare(a.At, b.At), strings.Compare(a.ID, b.ID)) })
	return last, refused
}

func better(a, b data.SurveyAnswer) bool {
	if (a.Mark == "") != (b.Mark == "") {
		return a.Mark == ""
	}
	return cmp.Or(cmp.Compare(a.At, b.At), strings.Compare(a.ID, b.ID)) > 0
}

func (g Given) person(ask data.SurveyAsk, answers map[int]data.SurveyAnswer) Person {
	p := Person{Ask: ask, Contact: g.Contacts[ask.Contact]}
	var lowAt time.Time
	for _, q := range g.Survey.Questions() {
		a, ok := answers[q.Number]
		if !ok {
			continue
		}
		one := PersonAnswer{SurveyAnswer: a, Low: q.Form.IsLow(a.Choice)}
		one.Before, one.BeforeOn = g.before(ask.Contact, q, a.At)
		if one.Low && a.Sent().After(lowAt) {
			lowAt = a.Sent()
		}
		p.Answers = append(p.Answers, one)
	}
	if a, ok := answers[0]; ok {
		p.Answers = append(p.Answers, PersonAnswer{SurveyAnswer: a})
	}
	if !lowAt.IsZero() {
		p.CloseBy = lowAt.AddDate(0, 0, closeWithin).Format(time.DateOnly)
		p.Closed = slices.ContainsFunc(g.Feedback, func(f data.Feedback) bool {
			return f.Told != "" && slices.ContainsFunc(p.Answers, func(a PersonAnswer) bool { return a.ID == f.Answer })
		})
	}
	return p
}

// before is what somebody answered to the same question in an earlier survey.
func (g Given) before(contact string, q data.Question, at int64) (choice string, on time.Time) {
	same := map[string]int{} // the number of the question, by survey
	for _, s := range g.BeforeSurveys {
		for _, was := range s.Questions() {
			if was.Words == q.Words && was.Form.String() == q.Form.String() {
				same[s.ID] = was.Number
			}
		}
	}
	var last data.SurveyAnswer
	for _, a := range g.Before {
		if n, ok := same[a.Survey]; ok && a.Contact == contact && a.Question == n && a.Choice != "" && a.Refused == "" && a.At < at && a.At > last.At {
			last = a
		}
	}
	if last.Choice == "" {
		return "", time.Time{}
	}
	return last.Choice, last.Sent()
}

func (r Results) question(q data.Question) QuestionResult {
	out := QuestionResult{Question: q, Counts: make([]int, len(q.Form.Options()))}
	byRole := map[string][]string{}
	var all []string
	for _, p := range r.People {
		for _, a := range p.Answers {
			if a.Question != q.Number {
				continue
			}
			out.Answered++
			if place := q.Form.Place(a.Choice); place >= 0 {
				out.Counts[place]++
				all = append(all, a.Choice)
				byRole[p.Contact.Role] = append(byRole[p.Contact.Role], a.Choice)
			}
		}
	}
	out.All = figureOf(q.Form, all)
	if !q.Form.IsScale() || len(byRole) < 2 {
		return out
	}
	blended := 0.0
	for role, answers := range byRole {
		f := figureOf(q.Form, answers)
		out.Roles = append(out.Roles, RoleFigure{Role: cmp.Or(role, "role not known"), Figure: f})
		blended += f.Value / float64(len(byRole))
	}
	slices.SortFunc(out.Roles, func(a, b RoleFigure) int { return cmp.Or(b.N-a.N, strings.Compare(a.Role, b.Role)) })
	out.Blended = &blended
	return out
}

func figureOf(form data.AnswerForm, answers []string) Figure {
	f := Figure{N: len(answers), Promoter: form.IsRecommend()}
	if !form.IsScale() {
		return f
	}
	var numbers []float64
	var promoters, passives, detractors int
	for _, a := range answers {
		n, _ := strconv.Atoi(a)
		numbers = append(numbers, float64(n))
		switch {
		case n >= 9:
			promoters++
		case n >= 7:
			passives++
		default:
			detractors++
		}
	}
	if f.Promoter {
		f.Value, f.Low, f.High, f.Known = stats.NPS(promoters, passives, detractors)
		return f
	}
	f.Value, f.Low, f.High, f.Known = stats.Mean(numbers, float64(form.Low), float64(form.High))
	return f
}

// Words says what the answers to a question come to, and what that is worth.
func (q QuestionResult) Words() string {
	switch {
	case q.Answered == 0:
		return "Nobody has answered this yet. Answers come back with your mail."
	case q.All.Known:
		return q.All.Words()
	case len(q.Counts) == 0:
		return "Words are read, not counted."
	}
	var list []string
	for i, option := range q.Question.Form.Options() {
		if q.Counts[i] > 0 {
			list = append(list, fmt.Sprintf("%d %s", q.Counts[i], option))
		}
	}
	return strings.Join(list, ", ") + "."
}

// fewAnswers is below how many answers a figure is rather not shown.
const fewAnswers = 10

// Words says what the figure is worth: "Five answers are five people, not a score.
// An average here could be off by more than a point."
func (f Figure) Words() string {
	if !f.Known {
		return "Nobody has answered yet."
	}
	off := max(f.High-f.Value, f.Value-f.Low)
	if f.N < fewAnswers {
		people := fmt.Sprintf("%d answers are %d people, not a score.", f.N, f.N)
		if f.N == 1 {
			return "One answer is one person, not a score."
		}
		if f.Promoter {
			return fmt.Sprintf("%s A net promoter score here could be off by %.0f points.", people, math.Ceil(off))
		}
		return fmt.Sprintf("%s An average here could be off by %.1f.", people, off)
	}
	if f.Promoter {
		return fmt.Sprintf("Net promoter score %+.0f, from %+.0f to %+.0f at 95 %%, of %d answers.", f.Value, f.Low, f.High, f.N)
	}
	return fmt.Sprintf("Average %.1f, from %.1f to %.1f at 95 %%, of %d answers.", f.Value, f.Low, f.High, f.N)
}
