package listen

import (
	"slices"
	"strings"
)

// Words of ending and of the law are the loudest, and mostly about somebody else. They
// weigh only in the company of what makes them ours.
const (
	endings = `terminat* cancel* aufgekundigt kundige kundigen kundigt kundigte kundigten gekundigt kundigung`
	law     = `lawyer lawyers solicitor solicitors anwalt anwalte anwaltin rechtsanwalt rechtsanwaltin`
)

var (
	ending   = weigh(map[int]string{-3: endings})
	ofLaw    = words(law)
	agreed   = words(`contract contracts agreement cooperation collaboration subscription account maintenance partnership vertrag vertrage wartung zusammenarbeit abo abonnement vereinbarung rahmenvertrag wartungsvertrag`)
	us       = words(`i we us ich wir uns`)
	our      = words(`our my unser unsere unseren unserem unserer unseres`)
	articles = words(`the a an our my this that die den das der dem diese diesen eine einen einem unsere unseren unser unserem unserer meine meinen mein meinem`)
	// genitives begin what an ending is of.
	genitives = words(`of des eines einer unseres unserer meines meiner seines seiner ihres`)
	// threats are what a lawyer does about us.
	threats = words(`hear write writes writing contact contacts consult consulting consulted handed passed instructed instruct involve involved involving
		horen schreiben schreibt melden meldet wenden ubergeben eingeschaltet einschalten beauftragt`)
	asks = words(`please bitte`)
)

// endsWithUs says whether a word of ending, in a clause of a sentence, is about what
// they have with us: it is about an agreement, or you, or says no more than that they
// go; and it is neither a separable verb of another meaning ("kündigen … an"), nor
// what somebody else does or has.
func endsWithUs(list []clause, k, at int) bool {
	c := list[k]
	if separated(list, k, at) {
		return false
	}
	agreement := slices.IndexFunc(c.words, func(w string) bool { return agreed[w] })
	theirs := has(c, us) || at > 0 && our[c.words[at-1]]
	next := c.from(at + 1)
	switch {
	case agreement >= 0 && withAnother(c.words[agreement+1:]), ofAnother(next):
		return false
	case agreement >= 0:
		return theirs || has(c, toYou) || at == 0
	case strings.HasPrefix(c.words[at], "cancel"): // meetings are cancelled every day
		return false
	case has(c, toYou):
		return true
	}
	return theirs && !object(c.words, at)
}

// from are the words of a clause from a place on; none past its end.
func (c clause) from(at int) []string { return c.words[min(at, len(c.words)):] }

// separated says whether a German verb means another with its part, which stands last
// in its clause or in one that a comma parts from it: "wir kündigen die Ausstellung an".
func separated(list []clause, k, at int) bool {
	switch c := list[k]; {
	case c.words[at] == "kundigung":
		return false
	case c.words[len(c.words)-1] == "an":
		return true
	case has(c, agreed):
		return false
	}
	for _, c := range list[k+1:] {
		if c.joins {
			return false
		}
		if c.words[len(c.words)-1] == "an" {
			return true
		}
	}
	return false
}

// withAnother says whether what follows an agreement makes it somebody else's: "with
// our caterer".
func withAnother(rest []string) bool {
	return len(rest) > 1 && (rest[0] == "with" || rest[0] == "mit") && articles[rest[1]]
}

// ofAnother says whether what follows an ending makes it that of something else than an
// agreement: "Kündigung eines Kollegen".
func ofAnother(rest []string) bool {
	near := rest[:min(4, len(rest))]
	return len(rest) > 1 && genitives[rest[0]] && !slices.ContainsFunc(near, func(w string) bool { return agreed[w] || toYou[w] || w == "vertrags" || w == "vertrages" })
}

// object says whether an ending says of what: "we terminated our lease", "wir mussten
// dem Wachdienst kündigen".
func object(list []string, at int) bool {
	for i, w := range list {
		within := i > 0 && slices.Contains([]string{"with", "at", "by", "in", "on", "to", "from", "mit", "an", "zu", "zum", "uber", "auf"}, list[i-1])
		if articles[w] && !within && i+1 < len(list) && i+1 != at && !ending.has(list[i+1]) {
			return true
		}
	}
	return false
}

// has says whether a list weighs a word.
func (w weighed) has(word string) bool { return w.of(word) != 0 }

// lawIsMeant says whether a lawyer is about to speak with us.
func (c clause) lawIsMeant() bool { return has(c, threats) && !has(c, asks) && !c.asked }
