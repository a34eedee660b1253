package survey

import (
	"fmt"
	"html/template"
	"net/url"
	"strconv"
	"strings"

	"rapport/data"
)

// Letter is the mail that asks one person.
type Letter struct {
	Survey  data.Survey
	Ask     data.SurveyAsk
	To      data.Address
	From    data.Address // answers go there
	Hello   string       // how the person is greeted, "Dear Anna,"
	Opening string       // what stands before the questions, or ""
	Again   bool         // it reminds them
	Key     []byte
}

// UsualOpening stands before the questions where nobody wrote other words.
const UsualOpening = "We would like to know how we are doing, from you. It takes two minutes, and you will hear what came of it."

// Draft is the mail as a draft: for people in HTML with a link for each answer,
// for others as text with how to answer by a line.
func (l Letter) Draft() data.Draft {
	subject := l.Survey.Title
	if l.Again {
		subject = "Once more: " + subject
	}
	return data.Draft{From: l.From, To: []data.Address{l.To}, Subject: subject, Text: l.text(), Page: l.page()}
}

// Link is what one click on an answer opens: a mail to us whose subject carries the
// code, and nothing else to write.
func (l Letter) Link(q data.Question, place int) string {
	code := Code{Token: l.Ask.Token, Question: q.Number, Place: place}.Signed(l.Key)
	subject := fmt.Sprintf("%s (%s)", q.Form.Options()[place], code)
	return "mailto:" + url.PathEscape(l.From.Email) + "?subject=" + strings.ReplaceAll(url.QueryEscape(subject), "+", "%20")
}

// whole is the code of the mail itself, by which words in a reply are known.
func (l Letter) whole() string { return Code{Token: l.Ask.Token}.Signed(l.Key).String() }

const (
	howTo   = "Click an answer and send the mail that opens; a word of your own in it is welcome."
	howText = "Reply with a line for each answer, like 1: "
	footer  = "Please leave this line in your reply: "
)

func (l Letter) text() string {
	var b strings.Builder
	if l.Hello != "" {
		b.WriteString(l.Hello + "\n\n")
	}
	if l.Opening != "" {
		b.WriteString(strings.TrimSpace(l.Opening) + "\n\n")
	}
	example := "your words"
	for i, q := range l.Survey.Questions() {
		fmt.Fprintf(&b, "%d. %s\n", q.Number, q.Words)
		switch f := q.Form; {
		case f.IsScale():
			fmt.Fprintf(&b, "%s\n", scaleWords(f))
		case len(f.Choices) > 0:
			fmt.Fprintf(&b, "%s\n", strings.Join(f.Choices, ", "))
		}
		if options := q.Form.Options(); i == 0 && len(options) > 0 {
			example = options[len(options)-1]
		}
		b.WriteString("\n")
	}
	b.WriteString(howText + example + "\n\n" + footer + l.whole() + "\n")
	return b.String()
}

// scaleWords is "0 to 10", with what the ends mean.
func scaleWords(f data.AnswerForm) string {
	end := func(n int, word string) string {
		if word == "" {
			return strconv.Itoa(n)
		}
		return fmt.Sprintf("%d (%s)", n, word)
	}
	return end(f.Low, f.LowWord) + " to " + end(f.High, f.HighWord)
}

// pageQuestion is a question as the page shows it.
type pageQuestion struct {
	Number    int
	Words     string
	Low, High string
	Links     []pageLink
}

type pageLink struct {
	Href template.URL
	Says string
}

var page = template.Must(template.New("letter").Parse(`<!DOCTYPE html>
<html><body style="font-family:sans-serif;font-size:15px;line-height:1.5;color:#1d1c1a">
{{with .Hello}}<p>{{.}}</p>
{{end}}{{range .Opening}}<p>{{.}}</p>
{{end}}{{range .Questions}}<p style="margin:20px 0 6px"><b>{{.Number}}. {{.Words}}</b></p>
{{if .Links}}<p style="margin:0">{{with .Low}}<span style="color:#6b675f">{{.}}</span> {{end}}{{range .Links}}<a href="{{.Href}}" style="display:inline-block;padding:4px 10px;margin:2px;border:1px solid #11685b;border-radius:6px;color:#11685b;text-decoration:none">{{.Says}}</a> {{end}}{{with .High}}<span style="color:#6b675f">{{.}}</span>{{end}}</p>
{{else}}<p style="margin:0;color:#6b675f">Reply to this mail in your own words.</p>
{{end}}{{end}}{{with .HowTo}}<p style="margin-top:20px">{{.}}</p>
{{end}}<p style="color:#6b675f;font-size:12px">{{.Footer}}</p>
</body></html>
`))

func (l Letter) page() string {
	shown := struct {
		Hello, HowTo, Footer string
		Opening              []string
		Questions            []pageQuestion
	}{Hello: l.Hello, Footer: footer + l.whole()}
	for paragraph := range strings.SplitSeq(l.Opening, "\n\n") {
		if paragraph = strings.TrimSpace(paragraph); paragraph != "" {
			shown.Opening = append(shown.Opening, paragraph)
		}
	}
	for _, q := range l.Survey.Questions() {
		one := pageQuestion{Number: q.Number, Words: q.Words, Low: q.Form.LowWord, High: q.Form.HighWord}
		for place, option := range q.Form.Options() {
			one.Links = append(one.Links, pageLink{Href: template.URL(l.Link(q, place)), Says: option})
			shown.HowTo = howTo
		}
		shown.Questions = append(shown.Questions, one)
	}
	var b strings.Builder
	if err := page.Execute(&b, shown); err != nil {
		panic("bug: " + err.Error())
	}
	return b.String()
}
