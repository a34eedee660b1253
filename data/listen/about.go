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
//   - after if, unless, in case of, falls, would be, might, and the like, up to the end
//     of the clause;
//   - in a question whether there is any, and in one of how to report it;
//   - where the clause is about something that is not ours: the weather, an illness, the
//     news, a journey, our caterer, our budget, a supplier, job or school of before;
//     until a clause speaks to you, or begins with but;
//   - where the clause says that it is fixed, and neither asks nor denies it;
//   - where it is about the writer (self.go): we were late, I made, our mistake, sorry
//     for the late answer. What the writer feels, and whatever they do about it, is
//     meant for us;
//   - where an ending or a lawyer is somebody else's (ending.go);
//   - where praise only agrees on a day ("great, see you on Monday") or wishes one.

// clause is a part of a sentence.
type clause struct {
	words []string
	joins bool // it begins with a joining word
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
		for _, w := range joined(withoutSayings(wordsOf(part))) {
			if but, joins := joiners[w]; joins {
				list = append(list, c)
				c = clause{asked: asked, joins: true, but: but}
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
var sayings = []string{"worst case", "better late than never", "broken down", "schlimmsten fall", "may terminate", "slow week", "slow day", "slow season", "nothing to do with",
	"late afternoon", "late evening", "late night", "late summer", "late autumn"}

func withoutSayings(list []string) []string {
	for _, s := range sayings {
		list = replaced(list, strings.Fields(s), "")
	}
	return list
}

var (
	// supposed begin what may be; those of opens only where they begin the clause.
	supposed = words(`if unless falls wenn whether ob`)
	opens    = words(`should sollte sollten`)
	// notOurs are things that no letter to us is about.
	notOurs = words(`weather wetter traffic verkehr train zug bahn flight flug airline holiday holidays vacation urlaub weekend wochenende
		birthday geburtstag kids kinder film landlord landlord's competitor competitors competitor's konkurrent wettbewerber
		bus tram storm sturm economy police polizei burglar newspaper zeitung radio mayor burgermeister neighbours neighbors nachbarn ill flu sick krank grippe leg bein arm robbed`)
	// before and who they are of: "our old supplier", "my last job", "another vendor".
	before  = words(`old former previous last other another fruherer fruheren fruhere fruherem alter alten ehemaliger ehemaligen letzten letzter letzte anderer anderen`)
	oncePut = words(`supplier suppliers provider vendor contractor employer company firm job post school lieferant lieferanten anbieter beruf firma stelle arbeitgeber schule`)
	// own are things that are the writer's alone where they say my.
	own    = words(`phone car suitcase luggage computer laptop telefon handy auto koffer rechner`)
	mine   = words(`my mein meine meinen meinem meiner`)
	toYou  = words(`you your yours you're you've ihr ihre ihren ihrem ihrer ihnen euer eure euch dein deine`)
	fixed  = words(`fixed repaired replaced solved resolved corrected settled repariert ersetzt ausgetauscht behoben gelost erledigt korrigiert`)
	unlike = words(`still must should would will to until noch muss soll sollte wird werden bis`)
	// anyOf asks whether there is one at all; reports and ways how to say so.
	anyOf   = words(`any anything anyone anybody irgendetwas irgendwelche irgendeine irgendein etwas jemand`)
	ways    = words(`how where whom who wie wo wem`)
	reasons = words(`why reason warum wieso weshalb grund`)
	reports = words(`report complain file melden beschweren`)
	// outside are things of theirs that no letter to us is about, where they say our.
	outside = words(`caterer landlord caretaker hausmeister bank cleaner cleaners reinigungsfirma neighbour neighbours neighbor neighbors vermieter nachbar nachbarn nachbarin
		budget numbers figures attendance sales revenue planning audit haushalt umsatz besucherzahlen zahlen planung`)
)

func has(c clause, set map[string]bool) bool {
	return slices.ContainsFunc(c.words, func(w string) bool { return set[w] })
}

// elsewhere says whether a clause is about something that is not ours.
func (c clause) elsewhere() bool {
	for i, w := range c.words {
		switch {
		case i > 0 && outside[w] && ourNear(c.words[:i]) && !has(c, toYou), i > 0 && w == "own" && our[c.words[i-1]]:
			return true
		case notOurs[w], i > 0 && before[c.words[i-1]] && oncePut[w], i > 0 && mine[c.words[i-1]] && own[w]:
			return true
		}
	}
	return false
}

// ourNear says whether one of the last two words says our.
func ourNear(list []string) bool {
	return slices.ContainsFunc(list[max(0, len(list)-2):], func(w string) bool { return our[w] })
}

// isFixed says whether a clause tells that something works again.
func (c clause) isFixed() bool {
	return has(c, fixed) && !c.asked && !has(c, turns) && !has(c, unlike)
}

// supposedFrom is the word from which on a clause supposes; past the last for none.
func (c clause) supposedFrom() int {
	if c.would() || c.asked && has(c, reports) && ways[c.words[0]] {
		return 0
	}
	for i := range c.words {
		if c.supposesAt(i) {
			return i
		}
	}
	return len(c.words)
}

// supposesAt says whether a clause supposes from a word on.
func (c clause) supposesAt(i int) bool {
	w, last, next := c.words[i], "", ""
	if i > 0 {
		last = c.words[i-1]
	}
	if i+1 < len(c.words) {
		next = c.words[i+1]
	}
	switch {
	case supposed[w], i == 0 && opens[w], c.asked && anyOf[w] && !has(c, reasons), i == 0 && w == "any":
		return true
	case w == "case" && last == "in", w == "falle" && last == "im", w == "fall" && last == "im":
		return true
	case strings.HasPrefix(w, "happen") && slices.Contains(c.words[:i], "what"):
		return true
	case w == "might", w == "could", w == "konnte":
		return i > 0 && !us[last] && !us[next] && !toYou[next] && next != "not be worse" && next != "not be better"
	}
	return false
}

// would says whether a clause supposes what would be, and so does a short one after it.
func (c clause) would() bool {
	return c.holds("would be") || slices.Contains(c.words, "ware")
}

// holds says whether a clause has words one after the other.
func (c clause) holds(words string) bool {
	return strings.Contains(" "+strings.Join(c.words, " ")+" ", " "+words+" ")
}

// fewWords is how long a clause is that goes on with the one before.
const fewWords = 4

// meant marks the words of clauses that are meant for us, clause by clause.
func meant(list []clause) [][]bool {
	marks := make([][]bool, len(list))
	away, doing, would := false, false, false
	blamed, agrees := takesBlame(list), onlyAgrees(list)
	for k, c := range list {
		switch {
		case c.elsewhere():
			away = true
		case c.but || has(c, toYou):
			away = false
		}
		doing = c.ownDoing(doing)
		from, isFixed := c.supposedFrom(), c.isFixed()
		if would = would && len(c.words) <= fewWords && !c.but && !has(c, isSelf); would {
			from = 0
		}
		would = would || c.would()
		marks[k] = make([]bool, len(c.words))
		for i, w := range c.words {
			marks[k][i] = !away && !isFixed && i < from && !c.ofSelf(i, doing || blamed && !has(c, toYou)) &&
				(!ending.has(w) || endsWithUs(list, k, i)) && (!ofLaw[w] || c.lawIsMeant()) && (!agrees || weightOf(w) < 0)
		}
	}
	return marks
}

var (
	days = words(`monday tuesday wednesday thursday friday saturday sunday montag dienstag mittwoch donnerstag freitag samstag sonntag tomorrow morgen`)
	told = words(`was were did had has have war waren hat haben team work job leute arbeit`)
	// greets begin a sentence that wishes well.
	greets = []string{"have a", "have an", "wish you", "happy new", "happy birthday", "wunsche ihnen", "wunschen ihnen", "schones", "schonen", "frohe", "gutes neues", "works for me", "see you", "passt mir"}
)

// tells says whether a sentence tells what somebody was, had or did.
func tells(sentence string) bool {
	return slices.ContainsFunc(clausesOf(sentence), func(c clause) bool { return has(c, told) })
}

// onlyAgrees says whether what is praised in a sentence is a day, or wishes well.
func onlyAgrees(list []clause) bool {
	day := false
	for _, c := range list {
		if slices.ContainsFunc(greets, c.holds) {
			return true
		}
		if has(c, told) || has(c, toYou) {
			return false
		}
		day = day || has(c, days)
	}
	return day
}
