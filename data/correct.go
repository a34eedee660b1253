package data

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Corrected are the registers of a part with what a customer wrote in the place of
// one of them. A number is read as people write it.
func Corrected(kind string, f Fields, c Correction) (Fields, error) {
	if !CanCorrect(kind, c.Register) {
		return nil, invalid("correction", "what it is about cannot be taken over; change it yourself, then decline this with the reason")
	}
	becomes := strings.TrimSpace(c.Becomes)
	switch c.Register {
	case "current", "amount":
		n, err := strconv.ParseFloat(strings.ReplaceAll(becomes, ",", ""), 64)
		if err != nil {
			return nil, invalid("correction", "%q is not a number", becomes)
		}
		becomes = strconv.FormatFloat(n, 'g', -1, 64)
	case "due", DoneRegister:
		if err := checkDate("correction", becomes); err != nil {
			return nil, err
		}
	}
	changed := Fields{}
	for name, value := range f {
		changed[name] = value
	}
	changed[c.Register] = becomes
	if kind == KindObjective && c.Register == "current" {
		changed["on"] = c.On
	}
	return changed, nil
}

// Added is the part that a customer's addition to a section becomes; where the
// section has no kind of its own, a question that somebody of us looks into.
func Added(c Correction, now time.Time) Part {
	b := Belongs{Account: c.Account, Contact: c.Contact}
	today := now.Format(time.DateOnly)
	switch c.Section {
	case PlanWorld:
		return Fact{Belongs: Belongs{Account: c.Account}, Name: "goal", Value: c.Becomes, On: c.On, Source: c.By, Confidence: IsSure}
	case PlanHurts:
		return Need{Belongs: b, Words: c.Becomes, On: c.On, Met: NotMet}
	case PlanSteps:
		step := Step{Belongs: Belongs{Account: c.Account}, What: c.Becomes}
		if c.Contact != "" {
			step.With = []string{c.Contact}
		}
		return step
	case PlanPromises:
		return Promise{Belongs: b, By: Customer, What: c.Becomes, Made: c.On}
	}
	return Unknown{Belongs: b, What: fmt.Sprintf("What this means: “%s”", c.Becomes), Since: today}
}
