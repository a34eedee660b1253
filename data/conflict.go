package data

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Gone says that the conflict is about a whole thing, which somebody deleted and
// another edited without seeing that.
func (c Conflict) Gone() bool { return c.Field == "" }

// Ref names the thing that it is about.
func (c Conflict) Ref() ThingRef { return ThingRef{Kind: c.Kind, ID: c.ID} }

// What is the kind of thing and the field as people name them: "Account, name",
// "Promise".
func (c Conflict) What() string {
	if c.Gone() {
		return sentence(ThingWord(c.Kind))
	}
	return sentence(ThingWord(c.Kind)) + ", " + FieldWord(c.Kind, c.Field)
}

// Who says who wrote a version: "You", a name, or "Somebody" for one that is not
// known any more.
func (v FieldVersion) Who() string {
	switch {
	case v.Mine:
		return "You"
	case v.By == "":
		return "Somebody"
	}
	return v.By
}

// TakeWords are what taking each of the versions is called: "Use Elin's", "Use
// yours". Two of one person are told apart by when they were written.
func (c Conflict) TakeWords(now time.Time) []string {
	list := make([]string, len(c.Versions))
	times := map[string]int{}
	for i, v := range c.Versions {
		list[i] = "Use " + v.whose()
		times[list[i]]++
	}
	for i, v := range c.Versions {
		if times[list[i]] > 1 {
			list[i] += " of " + ShortDate(v.At, now) + " " + Clock(v.At, now)
		}
	}
	return list
}

func (v FieldVersion) whose() string {
	switch {
	case v.Mine:
		return "yours"
	case v.By == "":
		return "the other"
	}
	return FirstName(v.By) + "’s"
}

// VersionsWord is the mark of an account with conflicts: "2 versions", "2 versions
// of 3 things"; "" for none.
func VersionsWord(list []Conflict) string {
	switch len(list) {
	case 0:
		return ""
	case 1:
		if list[0].Gone() {
			return "Deleted and edited"
		}
		return Counted(len(list[0].Versions), "version", "versions")
	}
	return "2 versions of " + Counted(len(list), "thing", "things")
}

// thingWords are kinds as people name them, where that is not the kind itself.
var thingWords = map[string]string{
	KindInteraction: "contact logged", KindSpace: "open offer", KindTrust: "sign of trust", KindRisk: "risk", KindTeamPlan: "team’s plan",
	KindTeamObjective: "team’s goal", KindReadiness: "judgement of readiness", KindValue: "value entry", KindPreference: "wish", KindPolicy: "tier’s rhythm",
	KindMark: "mark of a tier", KindShown: "page shown", KindLeaving: "wind-down", KindUnknown: "open question", KindDoor: "way to reach us", KindMerge: "merge",
	KindAffiliation: "place of a person", KindProfile: "portrait", KindDebrief: "notes of a meeting", KindStakeholder: "part in the plan", KindJointPlan: "joint plan", KindJointReply: "answer to a joint plan",
}

// ThingWord is what people call a kind of thing, within a sentence.
func ThingWord(kind string) string {
	if word := thingWords[kind]; word != "" {
		return word
	}
	return kind
}

// fieldWords are fields as people name them, where that is not their register's
// name; the kind goes before.
var fieldWords = map[string]string{
	"account owner": "who looks after it", "account since": "first day with us", "account parent": "parent", "account care": "kind of care", "account mode": "mode",
	"account stage": "stage", "account tier-on": "day of its tier", "account tier-why": "reason of its tier", "account archived": "day it was archived",
	"account archived-why": "reason it was archived", "contact account": "account", "contact phone": "phone number",
	"what": "wording", "on": "day", "promise by": "side", "due": "day it is due", "why": "reason", "made": "day it was made", "kept": "day it was kept",
	"dropped": "day it was dropped", "closed": "day it was closed", "done": "day it was done", "starts": "first day", "until": "last day", "contact": "person", "cents": "amount",
	"interaction at": "time", "interaction by": "colleague", "goal-cents": "amount aimed at", "goal-quality": "quality aimed at",
	"value to": "side that gains", "plan to": "state that both want", "plan from": "state that we found", "in-12": "state in 12 months", "in-36": "state in 36 months", "every": "weeks between reviews", "for": "purpose", "is": "state", "who": "person",
	"reviewed": "day of its review", "reviewed-by": "reviewer", "next": "next review", "their-share": "their share", "our-share": "our share",
}

// FieldWord is what people call a field of a kind, within a sentence.
func FieldWord(kind, field string) string {
	if word := fieldWords[kind+" "+field]; word != "" {
		return word
	}
	if word := fieldWords[field]; word != "" {
		return word
	}
	return strings.ReplaceAll(field, "-", " ")
}

// FieldForm is how the value of a field is written.
type FieldForm int

// The forms of values.
const (
	FieldText   FieldForm = iota // words
	FieldDate                    // 2006-01-02
	FieldNumber                  // a number
	FieldMoney                   // hundredths of a currency's unit
	FieldYes                     // "1" for yes
	FieldChoice                  // one of few words
	FieldThing                   // the ID of another thing
	FieldTime                    // 2006-01-02T15:04:05Z
)

// formsOf are the forms of the fields of kinds that are no parts, and of names that
// are references wherever they stand.
var formsOf = map[string]FieldForm{
	"account tier": FieldChoice, "account care": FieldChoice, "account mode": FieldChoice, "account stage": FieldChoice, "account parent": FieldThing,
	"account since": FieldDate, "account tier-on": FieldDate, "account archived": FieldDate, "contact account": FieldThing, "contact side": FieldChoice,
	"interaction kind": FieldChoice, "interaction at": FieldTime, "interaction minutes": FieldNumber, "interaction account": FieldThing,
	"account": FieldThing, "contact": FieldThing, "interaction": FieldThing, "objective": FieldThing, "offer": FieldThing, "initiative": FieldThing,
	"preference": FieldThing, "relation to": FieldThing, "relation from": FieldThing,
	"cents": FieldMoney, "goal-cents": FieldMoney,
}

// FormOf is how values of a field are written, with the values that it has.
func FormOf(kind, field string, values ...string) FieldForm {
	if form, ok := formsOf[kind+" "+field]; ok {
		return form
	}
	form, isPart := partForm(kind, field)
	if named, ok := formsOf[field]; ok && isPart {
		return named
	}
	if form == FieldText && len(values) > 0 && !slices.ContainsFunc(values, func(v string) bool { return v != "" && !isDate(v) }) && strings.Join(values, "") != "" {
		return FieldDate
	}
	return form
}

// partForm is the form of a part's field by its type; ok says that the kind is a
// part's.
func partForm(kind, field string) (form FieldForm, ok bool) {
	p, ok := PartKinds[kind]
	if !ok {
		return FieldText, false
	}
	v := reflect.New(reflect.TypeOf(p)).Elem()
	walkParts(v, func(name string, v reflect.Value) {
		if name != field {
			return
		}
		switch v.Kind() {
		case reflect.Bool:
			form = FieldYes
		case reflect.Int, reflect.Int64, reflect.Float64:
			form = FieldNumber
		case reflect.String:
			if v.Type() != reflect.TypeFor[string]() {
				form = FieldChoice
			}
		}
	})
	return form, true
}

func isDate(s string) bool {
	_, err := time.Parse(time.DateOnly, s)
	return err == nil
}

// FieldValue is a value of a field as people read it; named are the names of things
// by their ID. What is absent is "nothing".
func FieldValue(form FieldForm, value string, named map[string]string, now time.Time) string {
	if value == "" {
		if form == FieldYes {
			return "no"
		}
		return "nothing"
	}
	switch form {
	case FieldDate:
		if day, err := time.ParseInLocation(time.DateOnly, value, now.Location()); err == nil {
			return DayName(day, now)
		}
	case FieldYes:
		return "yes"
	case FieldMoney:
		if n, err := strconv.ParseInt(value, 10, 64); err == nil {
			return fmt.Sprintf("%d.%02d", n/100, max(n%100, -(n%100)))
		}
	case FieldThing:
		if name := named[value]; name != "" {
			return name
		}
		return "one that is not here"
	case FieldTime:
		if at, err := time.Parse(time.RFC3339, value); err == nil {
			return DayAndClock(at, now)
		}
	}
	return value
}

// ReadThird reads what somebody typed in place of all versions of a field, or says
// why it cannot be kept. day reads a day as people write it, and says whether it
// could.
func (c Conflict) ReadThird(typed string, day func(string) (time.Time, bool)) (string, error) {
	typed = strings.TrimSpace(typed)
	values := make([]string, len(c.Versions))
	for i, v := range c.Versions {
		values[i] = v.Value
	}
	switch FormOf(c.Kind, c.Field, values...) {
	case FieldDate:
		on, ok := day(typed)
		if !ok || on.IsZero() {
			return "", invalid(c.Field, "write the day like Friday, 5 December or 2026-12-05")
		}
		return on.Format(time.DateOnly), nil
	case FieldNumber:
		n, err := strconv.ParseFloat(strings.ReplaceAll(typed, ",", ""), 64)
		if err != nil {
			return "", invalid(c.Field, "%q is not a number", typed)
		}
		return strconv.FormatFloat(n, 'f', -1, 64), nil
	}
	if typed == "" {
		return "", invalid(c.Field, "write what it is to be, or take one of the versions")
	}
	return typed, nil
}

// TakesThird says whether something else than the versions can be typed: words,
// days and numbers, but no choices and no other things.
func (c Conflict) TakesThird() bool {
	if c.Gone() {
		return false
	}
	values := make([]string, len(c.Versions))
	for i, v := range c.Versions {
		values[i] = v.Value
	}
	switch FormOf(c.Kind, c.Field, values...) {
	case FieldText, FieldDate, FieldNumber:
		return true
	}
	return false
}
