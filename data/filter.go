package data

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"rapport/data/text"
)

// Filter is a written filter over accounts, read by ParseFilter. The zero value
// keeps all.
type Filter struct {
	terms []filterTerm
	typed []string // words as they were typed
	words []string // typed, folded; all must be in the name, what it is, or its domains
}

// FilterContext is what a filter needs to know beside the account.
type FilterContext struct {
	Now  time.Time
	User string // who "me" is, by name
}

type filterTerm struct {
	key    *filterKey
	not    bool
	values []string // one of them suffices
}

// filterKey is a word of the language. Values lists what can stand behind it;
// nil is any text.
type filterKey struct {
	name, does string
	values     []string
	days       bool // values are a number of days, like 30d
	stands     bool // needs to know how the account stands
	keeps      func(e AccountEntry, value string, c FilterContext) bool
}

// FilterWord is a word of the filter language, for help.
type FilterWord struct{ Name, Values, Does string }

// noValue stands for what an account does not have.
const noValue = "none"

var filterKeys = []*filterKey{
	{name: "tier", does: "its tier", values: []string{"A", "B", "C", noValue}, keeps: func(e AccountEntry, v string, _ FilterContext) bool {
		return orNone(string(e.Tier)) == v
	}},
	{name: "warmth", does: "how warm it is", values: []string{"warm", "cooling", "cold", "never"}, stands: true, keeps: func(e AccountEntry, v string, _ FilterContext) bool {
		return v == string(e.Stand.Band) || v == "never" && e.Stand.Band == NeverSpoke
	}},
	{name: "stage", does: "how far its people have come with us", values: []string{"know", "interest", "trust", noValue}, stands: true, keeps: func(e AccountEntry, v string, _ FilterContext) bool {
		return orNone(string(e.Stand.Stage)) == v
	}},
	{name: "owner", does: "who of you looks after it; me, none, or a part of the name", keeps: func(e AccountEntry, v string, c FilterContext) bool {
		switch v {
		case noValue:
			return e.Owner == ""
		case "me":
			return c.User != "" && e.Owner == c.User
		}
		return strings.Contains(text.Fold(e.Owner), text.Fold(v))
	}},
	{name: "mode", does: "what you do with it now", values: []string{"cultivate", "maintain", "grow", "wind-down", noValue}, keeps: func(e AccountEntry, v string, _ FilterContext) bool {
		return orNone(strings.ReplaceAll(string(e.Mode), " ", "-")) == v
	}},
	{name: "care", does: "the kind of relationship", values: []string{"relational", "transactional"}, keeps: func(e AccountEntry, v string, _ FilterContext) bool {
		return v == string(e.Care) || v == "relational" && e.Care == ""
	}},
	{name: "promise", does: "what is promised: overdue on either side, ours or theirs that is open", values: []string{"overdue", "ours", "theirs", noValue}, stands: true, keeps: func(e AccountEntry, v string, _ FilterContext) bool {
		s := e.Stand
		return map[string]bool{"overdue": s.OursLate+s.TheirsLate > 0, "ours": s.Ours > 0, "theirs": s.Theirs > 0, noValue: s.Ours+s.Theirs == 0}[v]
	}},
	{name: "decider", does: "whether those who decide have met us", values: []string{"never-met", "met"}, stands: true, keeps: func(e AccountEntry, v string, _ FilterContext) bool {
		return e.Stand.NeverMet > 0 == (v == "never-met")
	}},
	{name: "thread", does: "whether it hangs on one live contact", values: []string{"one", "many"}, stands: true, keeps: func(e AccountEntry, v string, _ FilterContext) bool {
		return e.Stand.OneThread == (v == "one")
	}},
	{name: "touch", does: "whether its rhythm asks for a touch by now", values: []string{"due", "later"}, stands: true, keeps: func(e AccountEntry, v string, c FilterContext) bool {
		t := e.Stand.Touch
		return (!t.Due.IsZero() && DaysBetween(t.Due, c.Now) >= 0) == (v == "due")
	}},
	{name: "no-meeting", does: "no meeting is planned within so many days", days: true, keeps: func(e AccountEntry, v string, c FilterContext) bool {
		return e.Next.ID == "" || -DaysBetween(e.Next.Start, c.Now) > daysOf(v)
	}},
	{name: "no-touch", does: "nobody was in touch for so many days", days: true, keeps: func(e AccountEntry, v string, c FilterContext) bool {
		return e.Last.At.IsZero() || DaysBetween(e.Last.At, c.Now) >= daysOf(v)
	}},
}

func orNone(s string) string {
	if s == "" {
		return noValue
	}
	return s
}

// FilterWords are the words of the language with their values.
func FilterWords() []FilterWord {
	list := make([]FilterWord, len(filterKeys))
	for i, k := range filterKeys {
		list[i] = FilterWord{Name: k.name, Values: k.valueWords(), Does: k.does}
	}
	return list
}

func (k *filterKey) valueWords() string {
	switch {
	case k.days:
		return "30d"
	case k.values == nil:
		return "NAME"
	}
	return strings.Join(k.values, ", ")
}

// ParseFilter reads a filter: words like tier:A warmth:cooling,cold
// no-meeting:30d owner:"Maya Lindqvist", all of which must hold. Commas part
// values of which one must hold; a minus before a word turns it round. What has
// no colon is looked for in names, what an account is, and domains. What it
// cannot read is a *Invalid that says what would do.
func ParseFilter(where string) (f Filter, err error) {
	pieces, err := filterPieces(where)
	if err != nil {
		return f, err
	}
	for _, piece := range pieces {
		name, value, isTerm := strings.Cut(piece, ":")
		if !isTerm || strings.HasPrefix(piece, `"`) {
			f.typed = append(f.typed, strings.Fields(unquoted(piece))...)
			f.words = append(f.words, strings.Fields(text.Fold(unquoted(piece)))...)
			continue
		}
		t, err := filterTermOf(name, value)
		if err != nil {
			return f, err
		}
		f.terms = append(f.terms, t)
	}
	return f, nil
}

// filterPieces parts a filter at blanks outside of quotes.
func filterPieces(where string) (pieces []string, err error) {
	quoted := false
	piece := ""
	for _, r := range where {
		switch {
		case r == '"':
			quoted = !quoted
			piece += string(r)
		case unicode.IsSpace(r) && !quoted:
			if piece != "" {
				pieces = append(pieces, piece)
			}
			piece = ""
		default:
			piece += string(r)
		}
	}
	if quoted {
		return nil, invalid("where", `a quote in %q is not closed`, where)
	}
	if piece != "" {
		pieces = append(pieces, piece)
	}
	return pieces, nil
}

func unquoted(s string) string { return strings.ReplaceAll(s, `"`, "") }

func filterTermOf(name, value string) (t filterTerm, err error) {
	plain := strings.TrimPrefix(name, "-")
	t.not = plain != name
	plain = strings.ToLower(plain)
	i := slices.IndexFunc(filterKeys, func(k *filterKey) bool { return k.name == plain })
	if i < 0 {
		var names []string
		for _, k := range filterKeys {
			names = append(names, k.name)
		}
		return t, invalid("where", "%q is no word of a filter; use one of %s", plain, strings.Join(names, ", "))
	}
	t.key = filterKeys[i]
	for _, v := range strings.Split(unquoted(value), ",") {
		v, err := t.key.value(strings.TrimSpace(v))
		if err != nil {
			return t, err
		}
		t.values = append(t.values, v)
	}
	return t, nil
}

// value is a value as it is kept, or why it is none.
func (k *filterKey) value(v string) (string, error) {
	switch {
	case v == "":
		return "", invalid("where", "say what %s is to be, like %s:%s", k.name, k.name, k.example())
	case k.days:
		n, err := strconv.Atoi(strings.TrimSuffix(strings.ToLower(v), "d"))
		if err != nil || n < 1 || n > 3660 {
			return "", invalid("where", "%q is no number of days; write it like %s:30d", v, k.name)
		}
		return fmt.Sprintf("%dd", n), nil
	case k.values == nil:
		if low := strings.ToLower(v); low == "me" || low == noValue {
			return low, nil
		}
		return v, nil
	}
	i := slices.IndexFunc(k.values, func(known string) bool { return strings.EqualFold(known, v) })
	if i < 0 {
		return "", invalid("where", "%s cannot be %q; use %s", k.name, v, strings.Join(k.values, ", "))
	}
	return k.values[i], nil
}

func (k *filterKey) example() string {
	switch {
	case k.days:
		return "30d"
	case k.values == nil:
		return "me"
	}
	return k.values[0]
}

func daysOf(v string) int {
	n, _ := strconv.Atoi(strings.TrimSuffix(v, "d")) // read when it was parsed
	return n
}

// String writes the filter so that ParseFilter reads the same.
func (f Filter) String() string {
	var pieces []string
	for _, t := range f.terms {
		value := strings.Join(t.values, ",")
		if strings.ContainsFunc(value, unicode.IsSpace) {
			value = `"` + value + `"`
		}
		not := ""
		if t.not {
			not = "-"
		}
		pieces = append(pieces, not+t.key.name+":"+value)
	}
	for _, w := range f.typed {
		if strings.Contains(w, ":") {
			w = `"` + w + `"`
		}
		pieces = append(pieces, w)
	}
	return strings.Join(pieces, " ")
}

// And is a filter that keeps what both keep.
func (f Filter) And(other Filter) Filter {
	return Filter{terms: slices.Concat(f.terms, other.terms), typed: slices.Concat(f.typed, other.typed), words: slices.Concat(f.words, other.words)}
}

// NeedsStand says whether the filter can only be answered when it is known how
// accounts stand.
func (f Filter) NeedsStand() bool {
	return slices.ContainsFunc(f.terms, func(t filterTerm) bool { return t.key.stands })
}

// Keeps says whether an account is in the filter. While it is not known how the
// account stands, what asks for that keeps nothing.
func (f Filter) Keeps(e AccountEntry, c FilterContext) bool {
	for _, t := range f.terms {
		if t.key.stands && !e.Known {
			return false
		}
		if slices.ContainsFunc(t.values, func(v string) bool { return t.key.keeps(e, v, c) }) == t.not {
			return false
		}
	}
	if len(f.words) == 0 {
		return true
	}
	all := text.Fold(e.Name + " " + e.Sector + " " + strings.Join(e.Domains, " "))
	for _, w := range f.words {
		if !strings.Contains(all, w) {
			return false
		}
	}
	return true
}
