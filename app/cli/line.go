package cli

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// flag is an option of a verb. Without a value's name it is a switch.
type flag struct {
	name  string
	value string // "DIR"; "" for a switch
	does  string
	many  bool // may be given several times
}

// given are a verb's arguments and flags as they were typed.
type given struct {
	args   []string
	values map[string][]string
}

func (g given) has(name string) bool { return len(g.values[name]) > 0 }

// on says whether a switch was given, and not as -name=false.
func (g given) on(name string) bool {
	v := g.values[name]
	return len(v) > 0 && v[len(v)-1] == "true"
}

// text is a flag's value, "" when it was not given.
func (g given) text(name string) string {
	if v := g.values[name]; len(v) > 0 {
		return v[len(v)-1]
	}
	return ""
}

// line is a command line taken apart, before its verb is known. Since a flag
// means the same with every verb, it can be read wherever it stands.
type line struct {
	args  []string
	flags []typed
}

// typed is a flag as it was typed.
type typed struct {
	name, value string
	valued      bool // a value was typed with it
	wrong       string
}

// flagLike is what reads as a flag. "-5", "-" and "- they called" do not.
var flagLike = regexp.MustCompile(`(?s)^--?([A-Za-z][A-Za-z0-9-]*)(=(.*))?$`)

// readLine takes the arguments apart. "--" ends the flags.
func readLine(args []string) line {
	var l line
	for i := 0; i < len(args); i++ {
		if args[i] == "--" {
			l.args = append(l.args, args[i+1:]...)
			break
		}
		m := flagLike.FindStringSubmatch(args[i])
		if m == nil {
			l.args = append(l.args, args[i])
			continue
		}
		t := typed{name: longName(m[1]), value: m[3], valued: m[2] != ""}
		f, known := anyFlag(t.name)
		if known && f.value != "" && !t.valued {
			if i+1 == len(args) || isFlag(args[i+1]) {
				t.wrong = fmt.Sprintf("flag -%s needs a value (%s)", t.name, f.value)
			} else {
				i++
				t.value, t.valued = args[i], true
			}
		}
		l.flags = append(l.flags, t)
	}
	return l
}

// longName is a flag's name, for "-h" too.
func longName(name string) string {
	if name == "h" {
		return "help"
	}
	return name
}

// isFlag says whether an argument is one of the flags there are, and so not the
// value of the flag before it.
func isFlag(arg string) bool {
	m := flagLike.FindStringSubmatch(arg)
	if m == nil {
		return arg == "--"
	}
	_, known := anyFlag(longName(m[1]))
	return known
}

// anyFlag finds a flag of any verb.
func anyFlag(name string) (flag, bool) {
	for _, v := range verbs() {
		if f, ok := v.flag(name); ok {
			return f, true
		}
	}
	return flag{}, false
}

// verb finds the verb of the line and checks its flags and arguments. No verb
// at all is nil, which opens the window.
func (l line) verb() (*verb, given, error) {
	v, args, err := findVerb(l.args)
	if err != nil {
		if l.asksForHelp() && len(l.args) == 1 {
			return helpVerb(), given{args: l.args}, nil
		}
		return nil, given{}, err
	}
	if v == nil && l.asksForHelp() {
		return helpVerb(), given{}, nil
	}
	g := given{args: args, values: map[string][]string{}}
	for _, t := range l.flags {
		value, err := t.check(v, g)
		if err != nil {
			return nil, g, err
		}
		if !slices.Contains(g.values[t.name], value) {
			g.values[t.name] = append(g.values[t.name], value)
		}
	}
	if v != nil && !g.has("help") {
		if err := v.checkCount(args); err != nil {
			return nil, g, err
		}
	}
	return v, g, nil
}

func (l line) asksForHelp() bool {
	return slices.ContainsFunc(l.flags, func(t typed) bool { return t.name == "help" })
}

// check says what is wrong with the flag for this verb, and returns its value.
func (t typed) check(v *verb, g given) (string, error) {
	f, ok := v.flag(t.name)
	switch {
	case !ok:
		return "", v.unknownFlag(t.name)
	case t.wrong != "":
		return "", misuse(v, "%s", t.wrong)
	case f.value == "":
		return switchValue(v, t)
	case !f.many && len(g.values[t.name]) > 0 && g.text(t.name) != t.value:
		return "", misuse(v, "flag -%s is given twice, with %q and with %q", t.name, g.text(t.name), t.value)
	}
	return t.value, nil
}

func switchValue(v *verb, t typed) (string, error) {
	if !t.valued {
		return "true", nil
	}
	on, err := strconv.ParseBool(t.value)
	if err != nil {
		return "", misuse(v, "flag -%s is a switch; %q is neither true nor false", t.name, t.value)
	}
	return strconv.FormatBool(on), nil
}

// unknownFlag complains about a flag that the verb does not have.
func (v *verb) unknownFlag(name string) error {
	var names []string
	for _, f := range v.allFlags() {
		names = append(names, "-"+f.name)
	}
	near := nearest("-"+name, names)
	if near != "" {
		near = "; did you mean " + near + "?"
	}
	if _, elsewhere := anyFlag(name); elsewhere && v != nil {
		return misuse(v, "%s takes no flag -%s%s", v.name, name, near)
	}
	return misuse(v, "unknown flag -%s%s", name, near)
}

// usageError is a command that cannot be understood.
type usageError struct {
	verb *verb
	says string
}

func misuse(v *verb, format string, args ...any) *usageError {
	return &usageError{verb: v, says: fmt.Sprintf(format, args...)}
}

// Error says what is wrong with the command.
func (e *usageError) Error() string { return e.says }

// usage is the line that says how the command is written.
func (e *usageError) usage() string {
	if e.verb == nil {
		return "usage: rapport COMMAND [ARGUMENT …]; rapport help lists the commands\n"
	}
	return "usage: " + strings.Join(strings.Fields(e.verb.synopsis()), " ") + "\n"
}
