package text

import (
	"regexp"
	"strings"
	"time"
)

// Promised is a sentence of a mail in which its writer seems to promise something. A person confirms it.
type Promised struct {
	Sentence string    // as it was written, on one line
	What     string    // what is promised, without "I will" and the date: "send the flicker report"
	Due      time.Time // a day's midnight in the zone of the mail; zero where none was named
	Likely   bool      // names a date, and depends on no condition
}

// A tongue is how one language promises. A further language is one more of them.
type tongue struct {
	begins  *regexp.Regexp // what a promise begins with; the promise follows, or begins there
	keeps   *regexp.Regexp // begins whose verb belongs to what is promised: "ich schicke"
	not     *regexp.Regexp // words that make it none
	depends *regexp.Regexp // words that make it depend on something
}

var tongues = []tongue{
	{
		begins:  regexp.MustCompile(`(?i)\b(?:I|we)(?:['’]ll| will| shall| am going to| are going to|['’]m going to|['’]re going to| promise to)(?: also| then| just| gladly| happily)? `),
		keeps:   regexp.MustCompile(`(?i)\b(?:let me (?:send|check|find|look|ask|prepare|get|come)|you(?:['’]ll| will) (?:have|get|receive|hear))\b`),
		not:     regexp.MustCompile(`(?i)\b(?:not|never|n['’]t|unable|let you know if|be able to|be out of|be away|be on (?:holiday|leave|vacation)|see (?:you|if)|be (?:happy|glad|delighted) to|miss|need|have to|think|try|hope)\b`),
		depends: regexp.MustCompile(`(?i)\b(?:if|unless|should you|provided|as soon as|once|when(?:ever)? you)\b`),
	},
	{
		begins: regexp.MustCompile(`(?i)\b(?:ich werde|wir werden|werde ich|werden wir)(?: (?:Ihnen|dir|euch|Sie|dich))? `),
		keeps: regexp.MustCompile(`(?i)\b(?:ich|wir) (?:schicken?|sende[n]?|liefern?|melden? (?:mich|uns)|kümmern? (?:mich|uns)|klären?|prüfen?|bereiten?|bringen?|erstellen?|reichen?|geben?|lassen?)\b|` +
			`\b(?:schicke|sende|liefere|kläre|prüfe|melde|erstelle) ich\b|\b(?:sie|du|ihr) (?:bekommen|bekommst|bekommt|erhalten|erhältst|erhaltet|hören|hörst|hört)\b`),
		not:     regexp.MustCompile(`(?i)\b(?:nicht|nie|kein\w*|leider|versuchen?|hoffen?|vielleicht|müssen?|brauchen?)\b`),
		depends: regexp.MustCompile(`(?i)\b(?:wenn|falls|sofern|sobald|vorausgesetzt)\b`),
	},
}

// Promises finds what the writer of a text seems to promise, in the order of the text: "I will send you the report by
// Friday", "wir schicken die Muster bis morgen". Quotes and signatures are to be taken off before (Own). Questions,
// refusals and what only describes the future ("I will be on holiday") are left out, so that little is proposed that
// is none. written is when, in the zone that dates are meant in.
func Promises(body string, written time.Time) (list []Promised) {
	for _, sentence := range sentences(body) {
		if p, ok := promiseIn(sentence, written); ok {
			list = append(list, p)
		}
	}
	return list
}

func promiseIn(sentence string, written time.Time) (Promised, bool) {
	if strings.HasSuffix(sentence, "?") || len(sentence) > longestPromise {
		return Promised{}, false
	}
	for _, t := range tongues {
		rest := ""
		if at := t.begins.FindStringIndex(sentence); at != nil {
			rest = sentence[at[1]:]
		} else if at := t.keeps.FindStringIndex(sentence); at != nil {
			rest = sentence[at[0]:]
		} else {
			continue
		}
		if t.not.MatchString(rest) || !strings.Contains(strings.TrimSpace(rest), " ") || strings.HasPrefix(strings.ToLower(rest), "be ") {
			continue
		}
		p := Promised{Sentence: sentence}
		what := rest
		if day, span, ok := Due(rest, written); ok {
			p.Due = day
			what = strings.TrimSpace(rest[:span[0]]) + " " + strings.TrimSpace(rest[span[1]:])
		} else if day, _, ok := Due(sentence, written); ok {
			p.Due = day
		}
		p.What = tidyPromise(what)
		p.Likely = !p.Due.IsZero() && !t.depends.MatchString(sentence)
		return p, p.What != ""
	}
	return Promised{}, false
}

// longestPromise is the length in bytes beyond which a sentence is a paragraph.
const longestPromise = 280

// tidyPromise makes what is left read by itself.
func tidyPromise(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	for _, cut := range []string{" ,", " ."} {
		s = strings.ReplaceAll(s, cut, cut[1:])
	}
	s = strings.TrimRight(strings.TrimSpace(s), " .!,;:-–")
	for _, first := range []string{"you ", "Ihnen ", "dir ", "euch "} {
		s = strings.TrimPrefix(s, first)
	}
	return toWhom.ReplaceAllString(s, "$1 ")
}

// toWhom is a verb of giving with whom it is given to, which goes without saying.
var toWhom = regexp.MustCompile(`^((?i:send|give|show|bring|forward|mail|email|post|prepare|write)) you `)

// sentences parts a text at full stops, question and exclamation marks, line breaks between paragraphs and list items.
// A stop within a number, an abbreviation or a date ("5.11.") ends none.
func sentences(body string) (list []string) {
	for paragraph := range strings.SplitSeq(strings.ReplaceAll(body, "\r\n", "\n"), "\n\n") {
		var line strings.Builder
		flush := func() {
			list = append(list, splitSentences(strings.Join(strings.Fields(line.String()), " "))...)
			line.Reset()
		}
		for l := range strings.SplitSeq(paragraph, "\n") {
			trimmed := strings.TrimSpace(l)
			if rest := strings.TrimLeft(trimmed, "-*•–0123456789.) "); rest != trimmed && rest != "" {
				flush()
				trimmed = rest
			}
			line.WriteString(trimmed + " ")
		}
		flush()
	}
	return list
}

var sentenceEnd = regexp.MustCompile(`[.!?…]+["”’)]* +[\p{Lu}"“‘(]`)

func splitSentences(s string) (list []string) {
	for s != "" {
		at := -1
		for from := 0; ; {
			m := sentenceEnd.FindStringIndex(s[from:])
			if m == nil {
				break
			}
			m[0], m[1] = m[0]+from, m[1]+from
			if !isAbbreviation(s[:m[0]+1]) {
				at = m[0] + strings.IndexByte(s[m[0]:], ' ')
				break
			}
			from = m[0] + 1
		}
		if at < 0 {
			return append(list, s)
		}
		list = append(list, strings.TrimSpace(s[:at]))
		s = strings.TrimSpace(s[at:])
	}
	return list
}

var abbreviations = words("mr", "mrs", "ms", "dr", "prof", "st", "no", "nr", "z.b", "e.g", "i.e", "ca", "etc", "bzw", "ggf", "vs", "tel", "approx")

// dayAndMonth is a date as German writes it, "5.11.", without its last stop.
var dayAndMonth = regexp.MustCompile(`^\d{1,2}\.(?:0?[1-9]|1[0-2])$`)

// isAbbreviation says whether a text ends in a stop that ends no sentence.
func isAbbreviation(s string) bool {
	s = strings.TrimSuffix(s, ".")
	last := strings.ToLower(s[strings.LastIndexByte(s, ' ')+1:])
	if abbreviations[last] {
		return true
	}
	return dayAndMonth.MatchString(last)
}

// Sentences are the sentences of what somebody wrote, in their order.
func Sentences(body string) []string { return sentences(body) }
