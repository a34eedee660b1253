package data

import (
	"slices"
	"strings"

	"rapport/data/text"
)

// Situation is something that an account can be in, in which a note or a play
// helps. Each is read from facts.
type Situation struct {
	Name string // as it is written in a note
	Does string // when it holds
}

// Situations are those that Rapport knows, in their order of weight.
var Situations = []Situation{
	{"late promise", "a promise of ours is over its day"},
	{"silence", "nobody spoke for longer than was agreed"},
	{"critic in the room", "somebody who is against us comes"},
	{"first meeting", "somebody comes whom we never met"},
	{"first order", "they bought for the first time within a hundred days"},
	{"they owe us", "a promise of theirs is over its day"},
	{"open need", "they named a need that nobody met"},
	{"price", "price is what they asked about last"},
	{"win back", "they bought before and have not for a year"},
	{"leaving", "the account is being left"},
}

var situationNames = func() (names []string) {
	for _, s := range Situations {
		names = append(names, s.Name)
	}
	return names
}()

// HelpsWith says where a note or a play helps. The zero value names nothing.
type HelpsWith struct {
	Accounts   []string // by ID, name or domain
	Sectors    []string
	Stages     []string // know, interest, trust
	Situations []string
}

// checkHelps says whether stages and situations are known.
func checkHelps(stages, situations []string) error {
	for _, s := range stages {
		if !slices.Contains(trustStages, s) {
			return invalid("stage", "%q is none of %s", s, strings.Join(trustStages, ", "))
		}
	}
	for _, s := range situations {
		if !slices.Contains(situationNames, s) {
			return invalid("situation", "%q is none of %s", s, strings.Join(situationNames, ", "))
		}
	}
	return nil
}

var trustStages = []string{string(StageKnow), string(StageInterest), string(StageTrust)}

// NamesAccount says whether a reference (an ID, a name or a domain) means an
// account.
func NamesAccount(ref string, a Account) bool {
	ref = strings.TrimSpace(ref)
	if ref == "" || a.ID == "" {
		return false
	}
	return ref == a.ID || text.Fold(ref) == text.Fold(a.Name) || slices.ContainsFunc(a.Domains, func(d string) bool { return strings.EqualFold(d, ref) })
}

// Names says whether an account is named.
func (h HelpsWith) Names(a Account) bool {
	return slices.ContainsFunc(h.Accounts, func(ref string) bool { return NamesAccount(ref, a) })
}

// Instance is what an account is in, and the words for it: "Flicker measurement
// report is 4 days over".
type Instance struct {
	Situation string
	Because   string
	Contact   string // Contact.ID of whom it is about, ""
}

// Setting is what a note is held against: an account at a moment.
type Setting struct {
	Account Account
	Stage   TrustStage
	In      []Instance
}

// Applies says whether something helps in a setting, the most telling reason for
// it, and how telling that is, the more the better; 0 does not apply.
func (h HelpsWith) Applies(s Setting) (because string, weight int) {
	for i, in := range s.In {
		if slices.Contains(h.Situations, in.Situation) {
			weight, because = 100-i, in.Because
			break
		}
	}
	if h.Names(s.Account) {
		if because == "" {
			because = "Written for " + s.Account.Name
		}
		return because, weight + 200
	}
	if weight > 0 {
		return because, weight
	}
	for _, w := range h.Sectors {
		if f := text.Fold(w); f != "" && strings.HasPrefix(text.Fold(s.Account.Sector), f) {
			return "Helps with accounts in " + strings.ToLower(w), 20
		}
	}
	if s.Stage != "" && slices.Contains(h.Stages, string(s.Stage)) {
		return "Helps at the stage of " + string(s.Stage), 10
	}
	return "", 0
}
