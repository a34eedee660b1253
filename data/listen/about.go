package listen

import (
	"slices"
	"strings"
)

// What a weighed word is about decides whether it is meant for us. A sentence is parted
// into clauses at its commas, dashes and joining words, and in each these rules hold,
// from lists that anybody can read. A word weighs nothing
//
//   - within quotation marks, where they hold more than one word: somebody else's;
//   - in a saying ("worst case", "better late than never");
//   - after if, unless, in case of, falls, and the like, up to the end of the clause;
//   - where the clause is about something that is not ours: the weather, a journey, a
//     holiday, a supplier, job or school of before; until a clause speaks to you, or
//     begins with but;
//   - where the clause says that it is fixed, and neither asks nor denies it;
//   - where it is about the writer: I was, I did, I made, I failed, my mistake, sorry
//     for the late answer. What the writer feels, and whatever they do about it, is
//     meant for us.

// clause is a part of a sentence.
type clause struct {
	words []string
	but   bool // it goes against the one before
	asked bool // it is of a question
}

// joiners begin a clause; after those that are true it goes against the one before.
var joiners = map[string]bool{"and": false, "und": false, "because": false, "weil": false, "while": false, "but": true, "aber": true, "however": true, "jedoch": true}

// clausesOf parts a sentence, without what it quotes and without sayings.
func clausesOf(sentence string) (list []clause) {
	asked := strings.HasSuffix(strings.TrimSpace(sentence), "?")
	for _, part := range strings.FieldsFunc(unquoted(sentence), func(r rune) bool { return strings.ContainsRune(",;:()–—", r) }) {
		c := clause{asked: asked}
		for _, w := range withoutSayings(wordsOf(part)) {
			if but, joins := joiners[w]; joins {
				list = append(list, c)
				c = clause{asked: asked, but: but}
				continue
			}
			c.words = append(c.words, w)
		}
		list = append(list, c)
	}
	return slices.DeleteFunc(list, func(c clause) bool { return len(c.words) == 0 })
}

// quotes are what opens a quotation, with all that closes it.
var quotes = map[rune]string{'“': "”\"", '„': "“”\"", '«': "»", '»': "«", '"': "\"”"}

// unquoted is a sentence without its quotations of more than one word; one that is
// not closed goes on to the end.
func unquoted(s string) string {
	var kept strings.Builder
	runes := []rune(s)
	for i := 0; i < len(runes); i++ {
		closes, opens := quotes[runes[i]]
		if !opens {
			kept.WriteRune(runes[i])
			continue
		}
		end := i + 1
		for end < len(runes) && !strings.ContainsRune(closes, runes[end]) {
			end++
		}
		if quoted := string(runes[i+1 : end]); len(wordsOf(quoted)) == 1 {
			kept.WriteString(" " + quoted + " ")
		} else {
			kept.WriteString(" , ")
		}
		i = end
	}
	return kept.String()
}

// sayings say nothing of anybody's work.
var sayings = []string{"worst case", "better late than never", "broken down", "schlimmsten fall", "may terminate"}

func withoutSayings(list []string) []string {
	for _, s := range sayings {
		said := strings.Fields(s)
		for i := 0; i+len(said) <= len(list); i++ {
			if slices.Equal(list[i:i+len(said)], said) {
				list = slices.Delete(slices.Clone(list), i, i+len(said))
				i--
			}
		}
	}
	return list
}

var (
	// supposed begin what may be; those of opens only where they begin the clause.
	supposed = words(`if unless falls wenn whether ob`)
	opens    = words(`should sollte sollten`)
	// notOurs are things that no letter to us is about.
	notOurs = words(`weather wetter traffic verkehr train zug bahn flight flug airline holiday holidays vacation urlaub weekend wochenende
		birthday geburtstag kids kinder film landlord landlord's competitor competitors competitor's konkurrent wettbewerber`)
	// before and who they are of: "our old supplier", "my last job", "another vendor".
	before  = words(`old former previous last other another fruherer fruheren fruhere fruherem alter alten ehemaliger ehemaligen letzten letzter letzte anderer anderen`)
	oncePut = words(`supplier suppliers provider vendor contractor employer company firm job post school lieferant lieferanten anbieter beruf firma stelle arbeitgeber schule`)
	// own are things that are the writer's alone where they say my.
	own    = words(`phone car suitcase luggage computer laptop telefon handy auto koffer rechner`)
	mine   = words(`my mein meine meinen meinem meiner`)
	toYou  = words(`you your yours you're you've ihr ihre ihren ihrem ihrer ihnen euer eure euch dein deine`)
	fixed  = words(`fixed repaired replaced solved resolved corrected settled repariert ersetzt ausgetauscht behoben gelost erledigt korrigiert`)
	unlike = words(`still must should would will to until noch muss soll sollte wird werden bis`)
	// isSelf are what the writer is, was or did; of these words a person is the cause.
	isSelf  = words(`am was did made failed came sent bin war`)
	ownable = weigh(map[int]string{-1: `worse worst terrible awful late slow wrong mistake* error* fail failed failure* delay* unreliable difficult missing
		schlecht langsam falsch fehler verspat*`})
	sorry = words(`sorry apologies apologise apologize apology entschuldigen entschuldigung entschuldige entschuldigt verzeihung`)
	reply = words(`reply answer response delay antwort ruckmeldung verspatung`)
)

func has(c clause, set map[string]bool) bool {
	return slices.ContainsFunc(c.words, func(w string) bool { return set[w] })
}

// elsewhere says whether a clause is about something that is not ours.
func (c clause) elsewhere() bool {
	for i, w := range c.words {
		switch {
		case notOurs[w], i > 0 && before[c.words[i-1]] && oncePut[w], i > 0 && mine[c.words[i-1]] && own[w]:
			return true
		}
	}
	return false
}

// isFixed says whether a clause tells that something works again.
func (c clause) isFixed() bool {
	return has(c, fixed) && !c.asked && !has(c, turns) && !has(c, unlike)
}

// supposedFrom is the word from which on a clause supposes; past the last for none.
func (c clause) supposedFrom() int {
	for i, w := range c.words {
		inCase := w == "case" && i > 0 && c.words[i-1] == "in"
		whatHappens := strings.HasPrefix(w, "happen") && slices.Contains(c.words[:i], "what")
		if supposed[w] || i == 0 && opens[w] || inCase || whatHappens {
			return i
		}
	}
	return len(c.words)
}

// ofSelf says whether a word at a place is about the writer.
func (c clause) ofSelf(at int) bool {
	if ownable.of(c.words[at]) == 0 {
		return false
	}
	if has(c, sorry) && has(c, reply) && !has(c, toYou) {
		return true
	}
	for i, w := range c.words[:at] {
		next := c.words[i+1]
		switch {
		case (w == "i" || w == "ich") && isSelf[next], w == "i'm":
			return true
		case (w == "war" || w == "bin") && next == "ich": // "da war ich falsch"
			return true
		case mine[w] && at-i <= 2:
			return true
		}
	}
	return false
}

// meant marks the words of clauses that are meant for us, clause by clause.
func meant(list []clause) [][]bool {
	marks := make([][]bool, len(list))
	away := false
	for k, c := range list {
		switch {
		case c.elsewhere():
			away = true
		case c.but || has(c, toYou):
			away = false
		}
		marks[k] = make([]bool, len(c.words))
		supposed, isFixed := c.supposedFrom(), c.isFixed()
		for i := range c.words {
			marks[k][i] = !away && !isFixed && i < supposed && !c.ofSelf(i)
		}
	}
	return marks
}
