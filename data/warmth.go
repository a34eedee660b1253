package data

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"
)

// Moment is one interaction as one contact had a part in it: the least that
// warmth needs to know.
type Moment struct {
	ID   string // Interaction.ID
	At   time.Time
	Kind Kind
	// Side is who wrote or called: the contact's own side for what came from this
	// contact, Us for what went to them, "" where both were there.
	Side   Side
	Copied bool // they were only copied
	Thread string
}

// TwoWay says whether they took part: they wrote, or we spoke with each other.
// What we wrote without an answer does not count.
func (m Moment) TwoWay() bool {
	if m.Copied || noContact(m.Kind) {
		return false
	}
	return m.Kind != Mail || m.Side != Us
}

// noContact says that nobody spoke with anybody in it.
func noContact(k Kind) bool { return k == Note || k == Press }

// Interval is the agreed time between two contacts, and where it comes from.
type Interval struct {
	Days int
	From IntervalSource
}

// IntervalSource is where a rhythm comes from.
type IntervalSource string

// The sources of a rhythm, the strongest first.
const (
	Agreed     IntervalSource = "agreed with them"
	TheirWish  IntervalSource = "their preference"
	OfTier     IntervalSource = "the rhythm of its tier"
	MedianGap  IntervalSource = "how often it was so far"
	NoInterval IntervalSource = ""
)

// IntervalOf is a contact's rhythm: what was agreed, else what they prefer, else
// what the tier asks, else the median gap so far, else that of tier C.
// preferences are the contact's and the account's; only those that hold count,
// and a contact's own come before the account's.
func IntervalOf(preferences []Preference, tier Tier, policies map[Tier]Policy, history []Moment) Interval {
	var agreed, wished Preference
	for _, p := range preferences {
		if p.Rule != Every || !p.Holds() {
			continue
		}
		best := &agreed
		if p.Learned {
			best = &wished
		}
		if best.Days == 0 || best.Contact == "" && p.Contact != "" {
			*best = p
		}
	}
	switch gap := medianGap(history); {
	case agreed.Days > 0:
		return Interval{Days: agreed.Days, From: Agreed}
	case wished.Days > 0:
		return Interval{Days: wished.Days, From: TheirWish}
	case policies[tier].Every > 0:
		return Interval{Days: policies[tier].Every, From: OfTier}
	case gap > 0:
		return Interval{Days: gap, From: MedianGap}
	}
	return Interval{Days: DefaultRhythm[TierC], From: NoInterval}
}

// medianGap is the median of the days between two-way contacts; 0 for fewer than
// five of them, which show no habit.
func medianGap(history []Moment) int {
	var at []time.Time
	for _, m := range history {
		if m.TwoWay() {
			at = append(at, m.At)
		}
	}
	if len(at) < 5 {
		return 0
	}
	slices.SortFunc(at, time.Time.Compare)
	gaps := make([]float64, len(at)-1)
	for i := range gaps {
		gaps[i] = at[i+1].Sub(at[i]).Hours() / 24
	}
	slices.Sort(gaps)
	return max(1, int(math.Round((gaps[(len(gaps)-1)/2]+gaps[len(gaps)/2])/2)))
}

// WarmthRules are the team's weights and limits. The zero value of a field is
// not replaced: start from DefaultWarmthRules.
type WarmthRules struct {
	Meeting   float64 `json:"meeting"`   // weight of a meeting in the frequency
	CallVisit float64 `json:"callVisit"` // of a call or a visit
	Mail      float64 `json:"mail"`      // of a mail, once for a conversation and day
	PerDay    float64 `json:"perDay"`    // at most so much a day
	Window    float64 `json:"window"`    // the frequency counts this many intervals
	Enough    float64 `json:"enough"`    // so much in the window is full frequency
	Directed  float64 `json:"directed"`  // reciprocity looks at this many intervals
	MostSlow  float64 `json:"mostSlow"`  // tenure slows the fading at most so much
	Base      float64 `json:"base"`      // the shares of recency alone,
	Frequency float64 `json:"frequency"` // of frequency,
	Mutual    float64 `json:"mutual"`    // and of reciprocity
	Floor     float64 `json:"floor"`     // reciprocity of what is all one way
	WarmFrom  int     `json:"warmFrom"`
	CoolFrom  int     `json:"coolFrom"`
}

// DefaultWarmthRules are what a team starts with.
var DefaultWarmthRules = WarmthRules{
	Meeting: 3, CallVisit: 2, Mail: 1, PerDay: 4, Window: 4, Enough: 4, Directed: 8, MostSlow: 2,
	Base: 0.5, Frequency: 0.3, Mutual: 0.2, Floor: 0.25, WarmFrom: 60, CoolFrom: 40,
}

// Band is how warm a relationship is, in a word.
type Band string

// The bands. NeverSpoke is a word of its own, not cold.
const (
	Warm       Band = "warm"
	Cooling    Band = "cooling"
	Cold       Band = "cold"
	NeverSpoke Band = "never spoke"
)

// Bands are all bands, the warmest first.
var Bands = []Band{Warm, Cooling, Cold, NeverSpoke}

// Warmth is how the relationship with one contact stands at a moment, and why.
type Warmth struct {
	Score int  // 0 to 100; 0 with NeverSpoke, where it says nothing
	Band  Band // NeverSpoke where there was no two-way contact
	// Recency, Frequency and Reciprocity are 0 to 1.
	Recency, Frequency, Reciprocity float64

	Interval Interval
	Last     Moment  // the last two-way contact
	Silence  float64 // days since Last
	Years    float64 // since the first contact
	Counted  float64 // weighted touches in the window
	In, Out  float64 // directed contacts, half of each for meetings and calls
	Receipts []Moment
}

// ScoreWarmth says how the relationship with a contact stands at now, relative
// to its rhythm: a weekly and a half-yearly one that are both on time are both
// fully recent. history may be in any order; what lies after now does not count.
func ScoreWarmth(history []Moment, interval Interval, rules WarmthRules, now time.Time) Warmth {
	return scoreWarmth(history, interval, rules, now, true)
}

// BareWarmth is ScoreWarmth without receipts, for who scores thousands and shows
// none.
func BareWarmth(history []Moment, interval Interval, rules WarmthRules, now time.Time) Warmth {
	return scoreWarmth(history, interval, rules, now, false)
}

func scoreWarmth(history []Moment, interval Interval, rules WarmthRules, now time.Time, receipts bool) Warmth {
	w := Warmth{Interval: interval, Band: NeverSpoke}
	var first time.Time
	for _, m := range history {
		if m.At.After(now) || m.Copied || noContact(m.Kind) {
			continue
		}
		if first.IsZero() || m.At.Before(first) {
			first = m.At
		}
		if m.TwoWay() && m.At.After(w.Last.At) {
			w.Last = m
		}
	}
	if w.Last.At.IsZero() {
		return w
	}
	t := float64(max(interval.Days, 1))
	w.Silence = now.Sub(w.Last.At).Hours() / 24
	w.Years = now.Sub(first).Hours() / 24 / 365.25
	w.Recency = recency(w.Silence, t, w.Years, rules)
	w.count(history, t, rules, now, receipts)
	w.weigh(history, t, rules, now)
	w.Score = int(math.Round(100 * w.Recency * (rules.Base + rules.Frequency*w.Frequency + rules.Mutual*w.Reciprocity)))
	w.Band = rules.BandOf(w.Score)
	return w
}

// BandOf is the band of a score.
func (r WarmthRules) BandOf(score int) Band {
	switch {
	case score >= r.WarmFrom:
		return Warm
	case score >= r.CoolFrom:
		return Cooling
	}
	return Cold
}

// recency is 1 while the silence is within the interval t, then halves with each
// further one; tenure slows it.
func recency(silence, t, years float64, rules WarmthRules) float64 {
	if silence <= t {
		return 1
	}
	k := min(rules.MostSlow, 1+math.Log(1+years)/2)
	return math.Exp2(-(silence - t) / (t * k))
}

// count fills the frequency: the weighted touches of the window, mails once for
// a conversation and day, at most so much a day; and the receipts if wanted.
func (w *Warmth) count(history []Moment, t float64, rules WarmthRules, now time.Time, receipts bool) {
	from := now.Add(-daysLong(rules.Window * t))
	var room [32]touch
	touches := room[:0]
	for _, m := range history {
		if m.At.After(now) || m.At.Before(from) || m.Copied || noContact(m.Kind) {
			continue
		}
		touches = append(touches, touch{Moment: m, day: dayNumber(m.At), weight: rules.weightOf(m.Kind)})
	}
	slices.SortFunc(touches, touch.compare)
	touches = slices.CompactFunc(touches, touch.isSameMail)
	for len(touches) > 0 {
		day, sum := touches[0].day, 0.0
		for len(touches) > 0 && touches[0].day == day {
			if sum += touches[0].weight; receipts && touches[0].weight > 0 {
				w.Receipts = append(w.Receipts, touches[0].Moment)
			}
			touches = touches[1:]
		}
		w.Counted += min(sum, rules.PerDay)
	}
	w.Frequency = min(1, w.Counted/rules.Enough)
	slices.SortFunc(w.Receipts, newerMoment)
}

func (r WarmthRules) weightOf(k Kind) float64 {
	switch k {
	case Meet:
		return r.Meeting
	case Call, Visit:
		return r.CallVisit
	}
	return r.Mail
}

// touch is a moment in the window.
type touch struct {
	Moment
	day    int64
	weight float64
}

func dayNumber(t time.Time) int64 {
	seconds := t.Unix()
	if seconds < 0 {
		seconds -= 24*60*60 - 1
	}
	return seconds / (24 * 60 * 60)
}

// compare puts what counts together together: by day, the mails of a day by
// conversation, the newest first.
func (t touch) compare(other touch) int {
	return cmp.Or(cmp.Compare(t.day, other.day), strings.Compare(string(t.Kind), string(other.Kind)), strings.Compare(t.Thread, other.Thread), newerMoment(t.Moment, other.Moment))
}

// isSameMail says whether another mail of the day and conversation counts
// already.
func (t touch) isSameMail(other touch) bool {
	return t.Kind == Mail && other.Kind == Mail && t.day == other.day && t.Thread == other.Thread && (t.Thread != "" || t.ID == other.ID)
}

func newerMoment(a, b Moment) int {
	if d := b.At.Compare(a.At); d != 0 {
		return d
	}
	return strings.Compare(a.ID, b.ID)
}

// weigh fills the reciprocity: how even the directed contacts are.
func (w *Warmth) weigh(history []Moment, t float64, rules WarmthRules, now time.Time) {
	from := now.Add(-daysLong(rules.Directed * t))
	for _, m := range history {
		switch {
		case m.At.After(now), m.At.Before(from), m.Copied, noContact(m.Kind):
		case m.Kind != Mail:
			w.In, w.Out = w.In+0.5, w.Out+0.5
		case m.Side == Us:
			w.Out++
		default:
			w.In++
		}
	}
	balance := 1.0
	if w.In+w.Out > 0 {
		balance = 1 - abs(w.In-w.Out)/(w.In+w.Out)
	}
	w.Reciprocity = rules.Floor + (1-rules.Floor)*balance
}

func daysLong(days float64) time.Duration { return time.Duration(days * 24 * float64(time.Hour)) }

// Words say why the warmth is what it is, the weightiest first: "last spoke 38
// days ago; every 21 days is the rhythm of its tier".
func (w Warmth) Words() []string {
	if w.Band == NeverSpoke {
		return []string{"they have never answered, and nobody met them"}
	}
	words := []string{w.spokeWords()}
	words = append(words, fmt.Sprintf("%s in %s", counted(w.Counted, len(w.Receipts)), days(4*w.Interval.Days)))
	switch {
	case w.In+w.Out == 0:
	case w.In == 0:
		words = append(words, "all of it came from us")
	case w.Out == 0:
		words = append(words, "all of it came from them")
	default:
		words = append(words, fmt.Sprintf("%.0f%% of it came from them", 100*w.In/(w.In+w.Out)))
	}
	return words
}

// spokeWords are the first of Words, of somebody who spoke with us.
func (w *Warmth) spokeWords() string {
	rhythm := "every " + days(w.Interval.Days) + " is " + string(w.Interval.From)
	if w.Interval.From == NoInterval {
		rhythm = "nobody agreed a rhythm, so every " + days(w.Interval.Days) + " is taken"
	}
	return "last spoke " + agoWords(w.Silence) + "; " + rhythm
}

func counted(weight float64, n int) string {
	switch n {
	case 0:
		return "nothing"
	case 1:
		return fmt.Sprintf("1 contact, weighing %.0f,", weight)
	}
	return fmt.Sprintf("%d contacts, weighing %.0f,", n, weight)
}

func agoWords(silence float64) string {
	switch n := int(silence); n {
	case 0:
		return "less than a day ago"
	case 1:
		return "1 day ago"
	default:
		return fmt.Sprintf("%d days ago", n)
	}
}
