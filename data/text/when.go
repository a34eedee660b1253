package text

import (
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// When finds out of a note when something happened, as of now and in now's zone: "yesterday at 14:30", "last Tuesday",
// "two days ago", "on 5 Nov", "2026-11-05", "vorgestern", "am 5.11. um 14 Uhr". spans are the byte ranges that it
// read, in order, so that a caller can show what was understood. dayOnly means that no hour was named; at is then the
// day's midnight. A time alone is of today.
//
// It is conservative. A weekday is the most recent one; a date without a year is the last one unless the coming one is
// nearer. What lies ahead never happened: "tomorrow", "by Friday", "until 5 Nov", "next week", "will call on Monday"
// and times after now are not taken. Slashes ("5/11") are not read, since half the world reads them the other way.
func When(text string, now time.Time) (at time.Time, dayOnly bool, spans [][2]int, ok bool) {
	r := reader{tokens: tokenize(text), now: now}
	for i := 0; i < len(r.tokens); {
		i = max(i+1, r.read(i))
	}
	return r.result()
}

// Duration finds how long something took: "10 min", "1 h", "1h30", "half an hour", "1.5 hours", "90 Minuten",
// "eine halbe Stunde". The span is the byte range that it read. "10 min ago" and "in 10 min" are not durations, and
// neither is anything over a day.
func Duration(text string) (d time.Duration, span [2]int, ok bool) {
	tokens := tokenize(text)
	for i := range tokens {
		d, n := durationAt(tokens, i)
		if n == 0 || d <= 0 || d > 24*time.Hour {
			continue
		}
		if i > 0 && notLength[tokens[i-1].word] || i+n < len(tokens) && notLength[tokens[i+n].word] {
			continue
		}
		return d, [2]int{tokens[i].from, tokens[i+n-1].to}, true
	}
	return 0, [2]int{}, false
}

// notLength are words beside a length of time that make it a point in time.
var notLength = words("ago", "later", "late", "earlier", "before", "after", "in", "within", "every", "vor", "nach", "alle", "später", "früher", "until", "till")

// A token is a word, a number or a sign of a text.
type token struct {
	word     string // lower-case
	num      int    // value, for a number of up to four digits; else -1
	upper    bool   // begins with a capital
	from, to int    // bytes
}

// tokenize parts a text into runs of letters, runs of digits, and single signs; blanks are dropped.
func tokenize(s string) []token {
	var list []token
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		if unicode.IsSpace(r) {
			i += size
			continue
		}
		end := i + size
		if class := runeClass(r); class != 0 {
			for end < len(s) {
				next, n := utf8.DecodeRuneInString(s[end:])
				if runeClass(next) != class {
					break
				}
				end += n
			}
		}
		list = append(list, newToken(s, i, end, r))
		i = end
	}
	return list
}

// runeClass is 1 for letters, 2 for ASCII digits, else 0.
func runeClass(r rune) int {
	switch {
	case r >= '0' && r <= '9':
		return 2
	case unicode.IsLetter(r) || unicode.Is(unicode.M, r):
		return 1
	}
	return 0
}

func newToken(s string, from, to int, first rune) token {
	t := token{word: strings.ToLower(s[from:to]), num: -1, upper: unicode.IsUpper(first), from: from, to: to}
	if n, err := strconv.Atoi(t.word); err == nil && runeClass(first) == 2 && to-from <= 4 {
		t.num = n
	}
	return t
}

// reader gathers the first day and the first time of day that a text names.
type reader struct {
	tokens  []token
	now     time.Time
	day     time.Time
	minute  int // of the day
	haveDay bool
	haveMin bool
	exact   bool // day holds the time too
	spans   [][2]int
}

// read tries every form at token i, and returns the index after what it read, or 0. What is read but refused, as
// lying ahead, is passed over.
func (r *reader) read(i int) int {
	if t, n := r.agoAt(i); n > 0 {
		exact := r.exactAgo(i, n)
		if !r.haveDay {
			r.take(i, n)
			r.day, r.haveDay, r.exact = t, true, exact
		}
		return i + n
	}
	if day, n, past := r.dayAtToken(i); n > 0 {
		if r.haveDay || r.ahead(i, past) || day.After(r.today()) {
			return i + n
		}
		r.day, r.haveDay = day, true
		r.take(i, n)
		return i + n
	}
	if m, n := r.timeAt(i); n > 0 {
		if !r.haveMin && !r.exact && !r.ahead(i, r.haveDay) {
			r.minute, r.haveMin = m, true
			r.take(i, n)
		}
		return i + n
	}
	return 0
}

// take notes the bytes of n tokens, and of an "on", "at", "am" or "um" before them.
func (r *reader) take(i, n int) {
	from := i
	if i > 0 && leadIn[r.tokens[i-1].word] && !r.taken(i-1) {
		from--
	}
	r.spans = append(r.spans, [2]int{r.tokens[from].from, r.tokens[i+n-1].to})
}

// taken says whether token i was read already.
func (r *reader) taken(i int) bool {
	return len(r.spans) > 0 && r.spans[len(r.spans)-1][1] > r.tokens[i].from
}

var leadIn = words("on", "at", "am", "um", "den", "gegen", "around")

func (r *reader) result() (time.Time, bool, [][2]int, bool) {
	if !r.haveDay && !r.haveMin {
		return time.Time{}, false, nil, false
	}
	if r.exact {
		return r.day, false, r.spans, true
	}
	day := r.today()
	if r.haveDay {
		day = r.day
	}
	if !r.haveMin {
		return day, true, r.spans, true
	}
	at := time.Date(day.Year(), day.Month(), day.Day(), r.minute/60, r.minute%60, 0, 0, r.now.Location())
	if at.After(r.now) {
		return time.Time{}, false, nil, false
	}
	return at, false, r.spans, true
}

func (r *reader) today() time.Time { return r.dayBefore(0) }

// dayBefore returns the midnight n days before today.
func (r *reader) dayBefore(n int) time.Time {
	y, m, d := r.now.Date()
	return time.Date(y, m, d-n, 0, 0, 0, 0, r.now.Location())
}

func (r *reader) word(i int) string {
	if i < 0 || i >= len(r.tokens) {
		return ""
	}
	return r.tokens[i].word
}

func (r *reader) num(i int) int {
	if i < 0 || i >= len(r.tokens) {
		return -1
	}
	return r.tokens[i].num
}

// touching says whether tokens i up to, not including, i+n stand without blanks between them.
func (r *reader) touching(i, n int) bool {
	if i+n > len(r.tokens) {
		return false
	}
	for k := i + 1; k < i+n; k++ {
		if r.tokens[k].from != r.tokens[k-1].to {
			return false
		}
	}
	return true
}

var (
	deadlines = words("by", "until", "till", "til", "before", "due", "next", "coming", "upcoming", "for", "from", "since", "after", "every", "each", "starting", "through", "than", "to",
		"bis", "vor", "nächsten", "nächste", "nächster", "nächstes", "kommenden", "kommende", "ab", "seit", "nach", "zum", "jeden", "spätestens", "für")
	fillers  = words("the", "this", "on", "at", "of", "end", "close", "around", "about", "latest", "dem", "den", "am", "um", "der", "diesen", "ende", "noon", "early", "late", "week", ",")
	intends  = words("will", "shall", "ll", "should", "must", "going", "promised", "promises", "plans", "wants", "needs", "wird", "werde", "werden", "soll", "sollen", "muss", "müssen", "will", "verspricht", "versprach", "deadline", "tomorrow")
	clauseOf = words(".", ",", ";", "!", "?", "(", ")", "and", "und", "but", "aber")
)

// ahead says whether the words before token i make a day or time a plan. Where the day can only be past
// ("yesterday"), a promise in the same clause does not matter.
func (r *reader) ahead(i int, past bool) bool {
	k := i - 1
	for k >= 0 && k > i-5 && fillers[r.word(k)] {
		k--
	}
	if deadlines[r.word(k)] {
		return true
	}
	if past {
		return false
	}
	for k = i - 1; k >= 0 && k > i-16 && !clauseOf[r.word(k)]; k-- {
		if intends[r.word(k)] {
			return true
		}
	}
	return false
}
