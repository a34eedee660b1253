package data

import (
	"slices"
	"strings"
)

// Flags are the marks that a server keeps on a mail at one place, by their names
// in IMAP: sorted, each once, a blank between. "" is none, or none that are known.
type Flags string

// The marks that mean the same on every server (RFC 9051, section 2.3.2).
const (
	FlagSeen     = `\Seen`
	FlagAnswered = `\Answered`
	FlagFlagged  = `\Flagged`
	FlagDraft    = `\Draft`
	FlagDeleted  = `\Deleted`
)

// Bounds on what is kept of a server's marks; programs set a handful of short
// ones.
const (
	maxFlags    = 64
	maxFlagSize = 100 // bytes
)

// FlagsOf are the marks of these names. The case of letters does not count, and
// \Recent, which is about a connection and not about a mail, is left out.
func FlagsOf(names []string) Flags {
	var kept []string
	for _, name := range names {
		name = usualCase(name)
		same := func(k string) bool { return strings.EqualFold(k, name) }
		if name == "" || len(name) > maxFlagSize || strings.ContainsAny(name, " \t\r\n") || same(`\Recent`) || slices.ContainsFunc(kept, same) {
			continue
		}
		kept = append(kept, name)
	}
	slices.Sort(kept)
	return Flags(strings.Join(kept[:min(len(kept), maxFlags)], " "))
}

// usualCase spells a mark that every server knows as its constant does.
func usualCase(name string) string {
	for _, usual := range []string{FlagSeen, FlagAnswered, FlagFlagged, FlagDraft, FlagDeleted} {
		if strings.EqualFold(name, usual) {
			return usual
		}
	}
	return name
}

// Has says whether a mark is among them, in any case of letters.
func (f Flags) Has(name string) bool {
	return slices.ContainsFunc(strings.Fields(string(f)), func(k string) bool { return strings.EqualFold(k, name) })
}

// Words says for people what the marks tell beyond that a mail was read:
// "answered and flagged"; "" where that is nothing.
func (f Flags) Words() string {
	var words []string
	for _, mark := range []struct{ name, word string }{{FlagAnswered, "answered"}, {"$Forwarded", "forwarded"}, {FlagFlagged, "flagged"}, {FlagDraft, "a draft"}} {
		if f.Has(mark.name) {
			words = append(words, mark.word)
		}
	}
	return JoinAnd(words)
}
