package data

import (
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Part is one thing that we know of, owe to or agreed with an account: a
// promise, a need, a fact. Each kind has its own type and rules; all are kept the
// same way, by registers, so that they are shared, undone and replayed alike.
type Part interface {
	// PartKind is the kind's name in the change log.
	PartKind() string
	// Belonging is whose part it is.
	Belonging() Belongs
	// Standing is by when it asks for somebody, a date 2006-01-02 or "", and
	// whether it is still open. The store orders by it.
	Standing() (due string, open bool)
	// Check says why it cannot be kept, or nil.
	Check() error
}

// Belongs says whose a part is and where it came from. Every part embeds it.
type Belongs struct {
	ID      string
	Account string `reg:"account"` // Account.ID, "" for what is the team's own
	Contact string `reg:"contact"` // Contact.ID of the person it is about, ""
	// Interaction is what it was learned from, an Interaction.ID, or "".
	Interaction string `reg:"interaction"`
	// RecordedAt is when this laptop learned of it.
	RecordedAt time.Time
}

// Belonging returns itself, so that a part need only embed it.
func (b Belongs) Belonging() Belongs { return b }

// PartFields are a part's registers. They follow from the tags of its type:
// `reg:"what"` is a single value, `reg:"tag/"` on a list or a map one register
// for each member.
func PartFields(p Part) Fields {
	f := Fields{}
	walkParts(reflect.ValueOf(p), func(name string, v reflect.Value) { writeRegister(f, name, v) })
	return f
}

// PartOf builds a part of the kind T from its registers. A number that cannot be
// read is left zero; names that T does not know are left alone.
func PartOf[T Part](id string, f Fields, recordedAt time.Time) T {
	var p T
	v := reflect.ValueOf(&p).Elem()
	walkParts(v, func(name string, v reflect.Value) { readRegister(f, name, v) })
	b := v.FieldByName("Belongs").Addr().Interface().(*Belongs)
	b.ID, b.RecordedAt = id, recordedAt
	return p
}

// WithBelongs is the part with another Belongs.
func WithBelongs[T Part](p T, b Belongs) T {
	v := reflect.ValueOf(&p).Elem()
	v.FieldByName("Belongs").Set(reflect.ValueOf(b))
	return p
}

// PartKinds are the kinds of parts, by name, each with an empty one.
var PartKinds = partKinds(
	Promise{}, Fact{}, Unknown{}, Affiliation{}, Stakeholder{}, Relation{}, Need{}, Initiative{}, Preference{}, Breach{},
	ValueEntry{}, Offer{}, Whitespace{}, Use{}, Door{}, Rating{}, TrustSign{}, Profile{}, Policy{}, Criterion{}, Mark{},
	Merge{}, Selection{},
	Plan{}, Objective{}, Step{}, Risk{}, Foresight{}, Shown{}, Correction{},
	TeamPlan{}, TeamObjective{}, Barrier{}, Readiness{}, Leaving{},
	Feedback{}, Survey{}, SurveyAsk{}, SurveyAnswer{},
	Preparation{}, Debrief{},
	TrainingNote{}, Play{}, PlayRun{}, Session{}, Skill{}, Rehearsal{},
	Content{}, NurtureAnswer{},
	JointPlan{}, JointReply{},
)

// ownKinds are kept by this laptop alone, whatever is shared: how one prepares,
// what one selects, where one broke a wish, and what was written after a meeting,
// which goes by the meeting's own ID and names people by address, and how well one
// remembers a card. The promises and
// steps that came of the meeting are shared. Whom one asked in a survey, and what
// they answered, is read from one's own mail, which no rule has let go; the feedback
// that a person makes of an answer is shared. So is what one was suggested to write:
// it was made of one's own mail.
var ownKinds = []string{KindPreparation, KindSelection, KindBreach, KindDebrief, KindAsk, KindAnswer, KindNurtureAnswer}

// Shareable says whether things of a kind follow their account into a space.
func Shareable(kind string) bool {
	return len(knownFields[kind]) > 0 && !slices.Contains(ownKinds, kind)
}

func partKinds(list ...Part) map[string]Part {
	kinds := map[string]Part{}
	for _, p := range list {
		kinds[p.PartKind()] = p
		var names []string
		walkParts(reflect.ValueOf(p), func(name string, _ reflect.Value) { names = append(names, strings.TrimSuffix(name, "/")) })
		knownFields[p.PartKind()] = names
	}
	return kinds
}

// StandingOf is Standing of a part by its registers.
func StandingOf(kind string, f Fields) (due string, open bool) {
	v := reflect.New(reflect.TypeOf(PartKinds[kind])).Elem()
	walkParts(v, func(name string, v reflect.Value) { readRegister(f, name, v) })
	return v.Interface().(Part).Standing()
}

// walkParts calls visit for each tagged field, those of Belongs too.
func walkParts(v reflect.Value, visit func(name string, v reflect.Value)) {
	for i := range v.NumField() {
		field := v.Type().Field(i)
		if field.Anonymous {
			walkParts(v.Field(i), visit)
		} else if name := field.Tag.Get("reg"); name != "" {
			visit(name, v.Field(i))
		}
	}
}

func writeRegister(f Fields, name string, v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		f.text(name, v.String())
	case reflect.Int, reflect.Int64:
		if v.Int() != 0 {
			f[name] = strconv.FormatInt(v.Int(), 10)
		}
	case reflect.Float64:
		if v.Float() != 0 {
			f[name] = strconv.FormatFloat(v.Float(), 'g', -1, 64)
		}
	case reflect.Bool:
		if v.Bool() {
			f[name] = "1"
		}
	case reflect.Slice: // in its order
		for i := range v.Len() {
			f[name+v.Index(i).String()] = orderKey(i)
		}
	case reflect.Map:
		for _, k := range v.MapKeys() {
			f.text(name+k.String(), v.MapIndex(k).String())
		}
	default:
		panic("bug: a part's field of kind " + v.Kind().String())
	}
}

func readRegister(f Fields, name string, v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(f[name])
	case reflect.Int, reflect.Int64:
		n, _ := strconv.ParseInt(f[name], 10, 64) // zero where it cannot be read
		v.SetInt(n)
	case reflect.Float64:
		n, _ := strconv.ParseFloat(f[name], 64) // zero where it cannot be read
		v.SetFloat(n)
	case reflect.Bool:
		v.SetBool(f[name] == "1")
	case reflect.Slice:
		members := f.members(name)
		slices.SortStableFunc(members, func(a, b string) int { return strings.Compare(f[name+a], f[name+b]) })
		for _, m := range members {
			v.Set(reflect.Append(v, reflect.ValueOf(m).Convert(v.Type().Elem())))
		}
	case reflect.Map:
		for _, m := range f.members(name) {
			if v.IsNil() {
				v.Set(reflect.MakeMap(v.Type()))
			}
			v.SetMapIndex(reflect.ValueOf(m).Convert(v.Type().Key()), reflect.ValueOf(f[name+m]).Convert(v.Type().Elem()))
		}
	}
}

// checkDate says whether a date can be kept: 2006-01-02, or "".
func checkDate(field, date string) error {
	if date == "" {
		return nil
	}
	if _, err := time.Parse(time.DateOnly, date); err != nil {
		return invalid(field, "%q is not a date; write it like 2026-11-17", date)
	}
	return nil
}

// checkOneOf says whether a value is one of a list, or "".
func checkOneOf[T ~string](field string, v T, list []T) error {
	if v == "" || slices.Contains(list, v) {
		return nil
	}
	words := make([]string, len(list))
	for i, w := range list {
		words[i] = string(w)
	}
	return invalid(field, "%q is none of %s", string(v), strings.Join(words, ", "))
}

// firstErr is the first of the errors that is one.
func firstErr(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// WithID is a part of any kind with another ID.
func WithID(p Part, id string) Part {
	v := reflect.New(reflect.TypeOf(p)).Elem()
	v.Set(reflect.ValueOf(p))
	v.FieldByName("Belongs").FieldByName("ID").SetString(id)
	return v.Interface().(Part)
}

// CheckFields is Check of a part by its registers.
func CheckFields(kind string, f Fields) error {
	v := reflect.New(reflect.TypeOf(PartKinds[kind])).Elem()
	walkParts(v, func(name string, v reflect.Value) { readRegister(f, name, v) })
	return v.Interface().(Part).Check()
}
