package data

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// KindSurvey, KindAsk and KindAnswer are their names in the change log.
const (
	KindSurvey = "survey"
	KindAsk    = "survey-ask"
	KindAnswer = "survey-answer"
)

// MostQuestions is how many questions a survey may have: people answer one mail
// for each, and a code names them by one digit.
const MostQuestions = 9

// Survey is a few questions that go to people by mail. It belongs to an account
// where it was made for one, else to the team.
type Survey struct {
	Belongs
	Title string `reg:"title"`
	On    string `reg:"on"`     // date on which it was made
	Close string `reg:"closed"` // date since which answers do not count any more, or ""
	By    string `reg:"by"`     // who of us asks
	// Words are the questions by number, from "1"; Forms how each is answered, as
	// ReadForm reads it.
	Words map[string]string `reg:"question/"`
	Forms map[string]string `reg:"form/"`
}

// Question is one question of a survey.
type Question struct {
	Number int // from 1
	Words  string
	Form   AnswerForm
}

// AnswerForm is how a question is answered: by a number from Low to High, by one
// of the Choices, or in words where there are neither.
type AnswerForm struct {
	Low, High         int
	LowWord, HighWord string // what the ends mean, or ""
	Choices           []string
}

// IsScale and IsText say which kind of form it is.
func (f AnswerForm) IsScale() bool { return f.High > f.Low }
func (f AnswerForm) IsText() bool  { return !f.IsScale() && len(f.Choices) == 0 }

// IsRecommend says that it is the scale of the net promoter score, 0 to 10.
func (f AnswerForm) IsRecommend() bool { return f.Low == 0 && f.High == 10 }

// Options are what can be chosen, in order; none of a question in words.
func (f AnswerForm) Options() []string {
	if !f.IsScale() {
		return f.Choices
	}
	var list []string
	for n := f.Low; n <= f.High; n++ {
		list = append(list, strconv.Itoa(n))
	}
	return list
}

// Place is where among the Options an answer stands, -1 where it is none of them.
func (f AnswerForm) Place(answer string) int {
	answer = strings.TrimSpace(answer)
	return slices.IndexFunc(f.Options(), func(o string) bool { return strings.EqualFold(o, answer) })
}

// IsLow says that an answer on a scale is low enough that somebody must call: 6 or
// less of 10 (a detractor), the lower two fifths of another scale.
func (f AnswerForm) IsLow(answer string) bool {
	n, err := strconv.Atoi(answer)
	if err != nil || !f.IsScale() {
		return false
	}
	if f.IsRecommend() {
		return n <= 6
	}
	return 5*(n-f.Low) < 2*(f.High-f.Low+1)
}

// String writes the form as ReadForm reads it.
func (f AnswerForm) String() string {
	switch {
	case f.IsScale():
		s := fmt.Sprintf("%d-%d", f.Low, f.High)
		if f.LowWord != "" || f.HighWord != "" {
			s += " " + f.LowWord + " | " + f.HighWord
		}
		return s
	case len(f.Choices) > 0:
		return "choice " + strings.Join(f.Choices, " | ")
	}
	return "text"
}

// ReadForm reads how a question is answered: "0-10", "1-5 never | always",
// "choice Yes | No | Later", or "text". What it is not is an *Invalid.
func ReadForm(s string) (f AnswerForm, err error) {
	s = strings.TrimSpace(s)
	first, rest, _ := strings.Cut(s, " ")
	switch {
	case s == "text":
		return f, nil
	case first == "choice":
		for choice := range strings.SplitSeq(rest, "|") {
			if choice = strings.TrimSpace(choice); choice != "" && f.Place(choice) < 0 {
				f.Choices = append(f.Choices, choice)
			}
		}
		if len(f.Choices) < 2 || len(f.Choices) > 12 {
			return f, invalid("form", "a choice needs two to twelve answers: choice Yes | No")
		}
		return f, nil
	}
	low, high, ok := strings.Cut(first, "-")
	var err1, err2 error
	f.Low, err1 = strconv.Atoi(low)
	f.High, err2 = strconv.Atoi(high)
	if !ok || err1 != nil || err2 != nil || f.Low < 0 || f.High <= f.Low || f.High > 10 {
		return AnswerForm{}, invalid("form", "%q is no way to answer; write 0-10, 1-5 never | always, choice Yes | No, or text", s)
	}
	f.LowWord, f.HighWord, _ = strings.Cut(rest, "|")
	f.LowWord, f.HighWord = strings.TrimSpace(f.LowWord), strings.TrimSpace(f.HighWord)
	return f, nil
}

// ReadQuestion reads a question with how it is answered before a colon:
// "1-5 never | always: Do we keep what we promise?". One without is answered in
// words.
func ReadQuestion(s string) (Question, error) {
	form, words, ok := strings.Cut(s, ":")
	f, err := ReadForm(form)
	looksLikeForm := ok && (err == nil || strings.HasPrefix(form, "choice ") || strings.HasPrefix(strings.TrimLeft(form, "0123456789"), "-"))
	if !looksLikeForm {
		return Question{Words: strings.TrimSpace(s)}, nil
	}
	return Question{Words: strings.TrimSpace(words), Form: f}, err
}

// WithQuestions is the survey with these questions, numbered in their order.
func (s Survey) WithQuestions(list []Question) Survey {
	s.Words, s.Forms = map[string]string{}, map[string]string{}
	for i, q := range list {
		n := strconv.Itoa(i + 1)
		s.Words[n], s.Forms[n] = q.Words, q.Form.String()
	}
	return s
}

// Questions are the survey's, in their order. One whose form cannot be read is
// answered in words.
func (s Survey) Questions() (list []Question) {
	for _, n := range slices.Sorted(maps.Keys(s.Words)) {
		number, err := strconv.Atoi(n)
		if err != nil || number < 1 || number > MostQuestions {
			continue
		}
		f, err := ReadForm(s.Forms[n])
		if err != nil {
			f = AnswerForm{}
		}
		list = append(list, Question{Number: number, Words: s.Words[n], Form: f})
	}
	return list
}

// Question is the one of a number.
func (s Survey) Question(number int) (Question, bool) {
	list := s.Questions()
	i := slices.IndexFunc(list, func(q Question) bool { return q.Number == number })
	if i < 0 {
		return Question{}, false
	}
	return list[i], true
}

// PartKind is KindSurvey.
func (s Survey) PartKind() string { return KindSurvey }

// Standing is open until it is closed, without a date.
func (s Survey) Standing() (string, bool) { return "", s.Close == "" }

// Name is its title.
func (s Survey) Name() string { return s.Title }

// Check says why it cannot be kept, or nil.
func (s Survey) Check() error {
	switch {
	case strings.TrimSpace(s.Title) == "":
		return invalid("title", "give the survey a title, like How are we doing?")
	case utf8.RuneCountInString(s.Title) > 120 || strings.ContainsAny(s.Title, "\r\n"):
		return invalid("title", "the title becomes the subject of a mail; write at most 120 letters on one line")
	case len(s.Words) == 0:
		return invalid("ask", "a survey needs a question")
	case len(s.Words) > MostQuestions:
		return invalid("ask", "a survey may have %d questions; fewer get more answers", MostQuestions)
	}
	for n, words := range s.Words {
		if strings.TrimSpace(words) == "" {
			return invalid("ask", "question %s has no words", n)
		}
		if _, err := ReadForm(s.Forms[n]); err != nil {
			return err
		}
	}
	return firstErr(checkDate("on", s.On), checkDate("closed", s.Close))
}

// SurveyAsk is one person who was asked. Contact is who.
type SurveyAsk struct {
	Belongs
	Survey  string `reg:"survey"`  // Survey.ID
	Token   string `reg:"token"`   // eight letters that its codes begin with
	Key     string `reg:"key"`     // names the key that its codes are signed with, which stays where it is
	Address string `reg:"address"` // where the mail went
	Draft   string `reg:"draft"`   // Draft.ID
	On      string `reg:"on"`      // date
	Again   string `reg:"again"`   // date on which they were reminded, or ""
}

// PartKind is KindAsk.
func (a SurveyAsk) PartKind() string { return KindAsk }

// Standing is closed: whether they answered, the answers say.
func (a SurveyAsk) Standing() (string, bool) { return a.On, false }

// Check says why it cannot be kept, or nil.
func (a SurveyAsk) Check() error {
	switch {
	case a.Survey == "":
		return invalid("survey", "say for which survey")
	case a.Contact == "" || a.Account == "":
		return invalid("contact", "say who is asked")
	case a.Token == "" || a.Key == "":
		return invalid("token", "a survey's mail needs a code")
	}
	return firstErr(checkDate("on", a.On), checkDate("again", a.Again))
}

// SurveyAnswer is one answer to one question, or one that does not count and why. Its
// Interaction is the mail that it came with.
type SurveyAnswer struct {
	Belongs
	Survey string `reg:"survey"` // Survey.ID
	Ask    string `reg:"ask"`    // SurveyAsk.ID
	// Question is its number; 0 is words about the whole.
	Question int    `reg:"number"`
	Choice   string `reg:"choice"` // one of the form's Options, "" of words alone
	Words    string `reg:"words"`  // theirs, without quotes and signature
	At       int64  `reg:"at"`     // when it was sent, unix seconds
	From     string `reg:"from"`   // the address that it came from
	// Mark says in words what is unusual about it, like that it came from another
	// address; it counts all the same. Refused says why it does not count.
	Mark    string `reg:"mark"`
	Refused string `reg:"refused"`
}

// PartKind is KindAnswer.
func (a SurveyAnswer) PartKind() string { return KindAnswer }

// Standing is closed: it asks for nobody.
func (a SurveyAnswer) Standing() (string, bool) { return a.Sent().Format(time.DateOnly), false }

// Sent is when it was sent.
func (a SurveyAnswer) Sent() time.Time { return time.Unix(a.At, 0).UTC() }

// Check says why it cannot be kept, or nil.
func (a SurveyAnswer) Check() error {
	switch {
	case a.Survey == "" || a.Ask == "":
		return invalid("survey", "say which question it answers")
	case a.Choice == "" && a.Words == "" && a.Refused == "":
		return invalid("words", "an answer needs a choice or words")
	}
	return nil
}
