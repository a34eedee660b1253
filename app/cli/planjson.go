package cli

import (
	"rapport/data"
	"rapport/data/store"
)

type planJSON struct {
	Account   string        `json:"account"`
	AccountID string        `json:"accountId"`
	Under     string        `json:"under"`
	Joint     bool          `json:"joint"`
	Sections  []planPart    `json:"sections"`
	Sources   []planSource  `json:"sources"`
	Findings  []findingJSON `json:"findings"` // none in the joint version
	Known     string        `json:"known"`
	Corrected string        `json:"corrected"`
	Valid     string        `json:"valid"`
	Review    string        `json:"review"`
}

type planPart struct {
	Key    string     `json:"key"`
	Label  string     `json:"label"`
	On     string     `json:"on"`
	Inside bool       `json:"inside"`
	Lines  []planLine `json:"lines"`
}

type planLine struct {
	Kind   string       `json:"kind"`
	ID     string       `json:"id"`
	Number int          `json:"number,omitempty"`
	Text   string       `json:"text"`
	Said   string       `json:"said"`
	Below  string       `json:"below"`
	Amount string       `json:"amount"`
	Marks  []string     `json:"marks"`
	People []planPerson `json:"people"`
	Bar    *planBar     `json:"bar,omitempty"`
	From   string       `json:"from,omitempty"`
	To     string       `json:"to,omitempty"`
	Source int          `json:"source"`
	On     string       `json:"on"`
	Age    int          `json:"age"` // days, of what is old; else 0
	Inside bool         `json:"inside"`
}

type planPerson struct {
	Name string `json:"name"`
	Side string `json:"side"`
}

type planBar struct {
	Label string  `json:"label"`
	Value string  `json:"value"`
	Share float64 `json:"share"`
}

type planSource struct {
	N     int    `json:"n"`
	Words string `json:"words"`
	ID    string `json:"id"`
	On    string `json:"on"`
}

type findingJSON struct {
	Account   string `json:"account"`
	AccountID string `json:"accountId"`
	Rule      string `json:"rule"`
	Words     string `json:"words"`
	Detail    string `json:"detail"`
	Remedy    string `json:"remedy"`
	Kind      string `json:"kind"`
	ID        string `json:"id"`
}

type planHeadJSON struct {
	Account  string `json:"accountId"`
	Why      string `json:"why"`
	From     string `json:"from"`
	To       string `json:"to"`
	In12     string `json:"in12"`
	In36     string `json:"in36"`
	Until    string `json:"until"`
	Every    int    `json:"every"`
	Reviewed string `json:"reviewed"`
	Next     string `json:"next"`
	Profit   int64  `json:"profitCents"`
	Currency string `json:"currency"`
	Quality  int    `json:"quality"`
}

type sheetChangeJSON struct {
	Section string  `json:"section"`
	Kind    string  `json:"kind"`
	ID      string  `json:"id"`
	Was     string  `json:"was"`
	Is      string  `json:"is"`
	By      string  `json:"by"` // "" where nobody changed it: what it is made from did
	At      *string `json:"at"`
}

func planOf(p data.Plan) planHeadJSON {
	return planHeadJSON{
		Account: p.Account, Why: p.Why, From: p.From, To: p.To, In12: p.In12, In36: p.In36, Until: p.Until, Every: p.Every,
		Reviewed: p.Reviewed, Next: p.Next, Profit: p.GoalCents, Currency: p.Currency, Quality: p.GoalQuality,
	}
}

func sheetOf(a data.Account, s data.Sheet, page data.PlanPage, joint bool) planJSON {
	p := planJSON{Account: a.Name, AccountID: a.ID, Under: s.Under, Joint: joint, Sections: []planPart{}, Sources: []planSource{}, Findings: []findingJSON{}}
	for _, section := range s.Sections {
		part := planPart{Key: section.Key, Label: section.Label, On: section.On, Inside: section.Inside, Lines: []planLine{}}
		for _, l := range section.Whole() {
			part.Lines = append(part.Lines, planLineOf(l))
		}
		p.Sections = append(p.Sections, part)
	}
	for _, source := range s.Sources {
		p.Sources = append(p.Sources, planSource{N: source.N, Words: source.Words, ID: source.ID, On: source.On})
	}
	if !joint {
		p.Findings, p.Known, p.Corrected, p.Valid, p.Review = full(findingsOf(a, page.Findings)), page.Known.Words, page.Known.Corrected, page.Valid, page.Review
	}
	return p
}

func planLineOf(l data.SheetLine) planLine {
	line := planLine{
		Kind: l.Kind, ID: l.ID, Number: l.Number, Text: l.Text, Said: l.Said, Below: l.Below, Amount: l.Amount, Marks: []string{}, People: []planPerson{},
		Source: l.Source, On: l.On, Age: l.Age, Inside: l.Inside,
	}
	for _, m := range l.Marks {
		line.Marks = append(line.Marks, m.Words)
	}
	for _, p := range l.People {
		line.People = append(line.People, planPerson{p.Name, string(p.Side)})
	}
	if l.Bar != nil {
		line.Bar = &planBar{l.Bar.Label, l.Bar.Value, l.Bar.Share}
	}
	if l.Span != nil {
		line.From, line.To = l.Span.From, l.Span.To
	}
	return line
}

func findingsOf(a data.Account, list []data.PlanFinding) (all []findingJSON) {
	for _, f := range list {
		all = append(all, findingJSON{Account: a.Name, AccountID: a.ID, Rule: f.Rule, Words: f.Words, Detail: f.Detail, Remedy: f.Remedy, Kind: f.Kind, ID: f.ID})
	}
	return all
}

func sheetChangeOf(c data.SheetChange, who map[string]store.LastChange, me string) any {
	one := sheetChangeJSON{Section: c.Section, Kind: c.Kind, ID: c.ID, Was: c.Was, Is: c.Is}
	if last, ok := who[c.Key()]; ok {
		one.By, one.At = last.Name(me), moment(last.At)
	}
	return one
}
