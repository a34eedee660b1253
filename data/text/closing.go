package text

import (
	"regexp"
	"strings"
	"unicode"
)

// Asks returns the first sentence of what a sender wrote that asks something or asks for something, on one line of at
// most width characters; empty where none does. It reads English and German.
func Asks(own string, width int) string {
	for _, sentence := range sentences(own) {
		if strings.HasSuffix(sentence, "?") && strings.ContainsFunc(sentence, unicode.IsLetter) && !strings.Contains(sentence, "://") || request.MatchString(sentence) {
			short, cut := firstWords(sentence, width)
			if cut {
				short += "…"
			}
			return short
		}
	}
	return ""
}

// request finds a sentence that asks for something without a question mark.
var request = regexp.MustCompile(`(?i)^(?:(?:could|can|would|will) you\b|(?:please|kindly) (?:let|send|tell|confirm|call|give|advise|have|check|see|find out|reply|answer|forward|share)\b|let (?:me|us) know\b|bitte (?:\S+ ){0,4}(?:um|sen|schick|sag|gib|geb|ruf|bestätig|teil|prüf|meld|lass|antwort)|(?:können|könnten|kannst|könntest|würden|würdest) (?:sie|du|ihr)\b|(?:sag|gib|schick|melde?|lass)\S* (?:mir|uns|dich|sie)\b)`)

// IsCloser says whether what a sender wrote only thanks, agrees or greets ("Perfect, thanks!", "Alles klar, vielen
// Dank"), so that nobody need answer it. It reads English and German; a longer mail, or one with a word beyond such
// courtesies, is none.
func IsCloser(own string) bool {
	const longest = 400
	if len(own) > longest || Asks(own, 1) != "" {
		return false
	}
	said := withoutFrame(own)
	thanks, letters := false, 0
	for _, w := range strings.FieldsFunc(strings.ToLower(said), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\'' && r != '’' }) {
		w = strings.ReplaceAll(w, "’", "'")
		letters++
		if closing[w] {
			thanks = true
		} else if !courtesy[w] {
			return false
		}
	}
	return thanks || letters == 0 && isReaction(said)
}

// isReaction says whether a text is nothing but signs such as 👍.
func isReaction(s string) bool {
	return s != "" && len(s) <= 24 && strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.So, r) })
}

// withoutFrame drops a greeting and, from the line that says good-bye on, all that follows.
func withoutFrame(own string) string {
	lines := strings.Split(strings.TrimSpace(own), "\n")
	if len(lines) > 1 && greeting.MatchString(lines[0]) {
		lines = lines[1:]
	}
	for i, l := range lines {
		if i > 0 && goodbye.MatchString(strings.TrimSpace(l)) {
			lines = lines[:i]
			break
		}
	}
	// The name below, where nothing but the name is there.
	for last := len(lines) - 1; last > 0; last-- {
		l := strings.TrimSpace(lines[last])
		if l != "" && (len(strings.Fields(l)) > 3 || strings.ContainsAny(l, ".!?,:") || !unicode.IsUpper([]rune(l)[0])) {
			break
		}
		lines = lines[:last]
	}
	return strings.TrimSpace(addressed.ReplaceAllString(strings.Join(lines, "\n"), "$1"))
}

var (
	greeting = regexp.MustCompile(`(?i)^(?:hi|hello|hey|dear|hallo|liebe[rs]?|guten (?:tag|morgen|abend)|good (?:morning|afternoon|evening)|moin|servus|grüezi|sehr geehrte[rs]?)\b.{0,50}$|^\p{Lu}\S{1,20},$`)
	goodbye  = regexp.MustCompile(`(?i)^(?:(?:best|kind|warm|many)? ?(?:regards|wishes)|best|cheers|yours|sincerely|all the best|(?:viele|liebe|beste|schöne|herzliche|freundliche)n? grü(?:ß|ss)e|mit (?:freundlichen|besten|lieben|herzlichen) grü(?:ß|ss)en|gru(?:ß|ss)|lg|vg|mfg|bg)\b.{0,40}$`)
	// addressed is a thanks to somebody by name: "Thanks Anna!", "Danke, Anna".
	addressed = regexp.MustCompile(`((?i:thanks|thank you|thx|cheers|danke|danke dir|danke ihnen|dank|great|perfect|super)),? (?:Herr |Frau |Mr\.? |Ms\.? |Dr\.? )?\p{Lu}\p{Ll}+`)

	// closing are words one of which a closer has; courtesy are all others that may stand beside them.
	closing  = words("thanks", "thank", "thx", "cheers", "ta", "great", "perfect", "super", "ok", "okay", "noted", "received", "agreed", "fine", "brilliant", "excellent", "wonderful", "lovely", "danke", "dank", "dankeschön", "prima", "klar", "passt", "perfekt", "bestens", "wunderbar", "toll", "verstanden", "erhalten", "einverstanden", "gerne", "k")
	courtesy = words("you", "so", "very", "much", "many", "a", "lot", "again", "for", "your", "the", "this", "that", "that's", "it", "it's", "is", "all", "in", "advance",
		"quick", "fast", "prompt", "kind", "help", "helps", "helped", "answer", "reply", "response", "mail", "email", "message", "info", "information", "update", "support", "works", "good", "sounds", "got", "will", "do",
		"see", "then", "tomorrow", "monday", "tuesday", "wednesday", "thursday", "friday", "weekend", "have", "nice", "day", "evening", "to", "me", "us", "and", "i", "i've", "my", "from", "with", "time", "today", "soon", "speak", "talk",
		"vielen", "herzlichen", "besten", "lieben", "tausend", "schönen", "dir", "ihnen", "euch", "sehr", "und", "für", "die", "das", "den", "der", "deine", "ihre", "eure", "deinen", "ihren", "schnelle", "rasche", "prompte", "antwort", "hilfe",
		"rückmeldung", "nachricht", "info", "infos", "informationen", "unterstützung", "alles", "gut", "ist", "hat", "geklappt", "wir", "ich", "habe", "haben", "uns", "mir", "bis", "dann", "morgen", "montag", "dienstag", "mittwoch", "donnerstag", "freitag",
		"wochenende", "schönes", "tag", "abend", "noch", "auch", "dich", "sie", "freue", "freuen", "mich", "mal", "bald", "vorab", "im", "voraus", "so", "es")
)
