package data

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"rapport/data/stats"
)

// EarlyWarning is an account that may be lost within a year, with the signs of it.
type EarlyWarning struct {
	Account Account
	Signs   []WarningSign // the strongest first
	Chance  float64       // 0 to 1: of all signs, as if each came by itself
	Margin  int64         // cents a year; says nothing unless Known
	Known   bool
	AtStake int64 // chance times margin, never negative
}

// WarningSign is one reason to fear for an account.
type WarningSign struct {
	Kind     SignKind
	Words    string
	Chance   float64 // 0 to 1: that it is lost within a year by this alone
	Receipts []Receipt
}

// SignKind names a sign.
type SignKind string

// The signs.
const (
	SignSilence  SignKind = "silence"
	SignFalling  SignKind = "falling quality"
	SignCold     SignKind = "cold"
	SignPromises SignKind = "overdue promises"
	SignThread   SignKind = "one thread"
	SignRenewal  SignKind = "renewal near"
	SignChampion SignKind = "lost champion"
	SignBuying   SignKind = "buying stopped"
	SignUnmet    SignKind = "who decides was never met"
	SignJudged   SignKind = "judged by one of you"
)

// WarningRule says how a sign is counted.
type WarningRule struct {
	Kind SignKind
	Most float64 // its chance at the most
	Says string
}

// WarningRules are how signs are counted: rules of thumb, which the window and the
// command show, not a fitted model. Few teams lose enough customers to fit one.
var WarningRules = []WarningRule{
	{SignSilence, 0.25, "from twice the rhythm of its tier, 5 %; 5 points more for each further rhythm, 25 % at most"},
	{SignFalling, 0.20, "10 points of quality lost in 90 days, 5 %; half a point more for each further one, 20 % at most"},
	{SignCold, 0.10, "quality under 40, 10 %"},
	{SignPromises, 0.15, "each promise of yours that is overdue, 3 %, 15 % at most"},
	{SignThread, 0.08, "one live person there, 8 %; one of you only whom they know, 4 %"},
	{SignRenewal, 0.12, "what they have with you ends within 120 days, 4 %; 12 % where quality is under 60"},
	{SignChampion, 0.20, "a sponsor, decision maker or champion left within 180 days, or a champion is cold, 15 %; 20 % where the sponsor or decision maker left"},
	{SignBuying, 0.30, "no purchase for twice their usual gap, 10 %; 10 points more for each further gap, 30 % at most"},
	{SignUnmet, 0.05, "somebody who decides or sponsors and never spoke with you, 5 %"},
	{SignJudged, 0.30, "a third of the chance that one of you gave a risk, 30 % at most"},
}

// WarnOf orders accounts by what is about to be lost: chance times the margin of a
// year. Those of which the margin is not known come after, by chance. Accounts
// without a sign, and those that wind down, are left out.
func WarnOf(in InsightsInput) []EarlyWarning {
	var list []EarlyWarning
	for _, a := range in.Accounts {
		if a.Account.Mode == WindDown {
			continue
		}
		w := EarlyWarning{Account: a.Account, Signs: a.signs(in)}
		if len(w.Signs) == 0 {
			continue
		}
		stays := 1.0
		for _, s := range w.Signs {
			stays *= 1 - s.Chance
		}
		w.Chance = 1 - stays
		w.Margin, w.Known = a.margin()
		if w.Known {
			w.AtStake = int64(math.Round(w.Chance * float64(max(w.Margin, 0))))
		}
		slices.SortStableFunc(w.Signs, func(x, y WarningSign) int { return cmp.Compare(y.Chance, x.Chance) })
		list = append(list, w)
	}
	slices.SortStableFunc(list, func(a, b EarlyWarning) int {
		return cmp.Or(cmp.Compare(oneIf(!a.Known), oneIf(!b.Known)), cmp.Compare(b.AtStake, a.AtStake), cmp.Compare(b.Chance, a.Chance),
			strings.Compare(a.Account.Name, b.Account.Name), strings.Compare(a.Account.ID, b.Account.ID))
	})
	return list
}

// Words are its signs in a few words, the strongest first.
func (w EarlyWarning) Words() string {
	words := make([]string, len(w.Signs))
	for i, s := range w.Signs {
		words[i] = s.Words
	}
	return strings.Join(words, "; ")
}

// ChanceWords are the chance as people read it, "about 1 in 5".
func (w EarlyWarning) ChanceWords() string { return fmt.Sprintf("%.0f %%", 100*w.Chance) }

// Receipts are those of all signs.
func (w EarlyWarning) Receipts() (list []Receipt) {
	for _, s := range w.Signs {
		list = append(list, Receipt{Words: fmt.Sprintf("%s: %s (%.0f %%)", s.Kind, s.Words, 100*s.Chance)})
		list = append(list, s.Receipts...)
	}
	return list
}

func (a InsightAccount) signs(in InsightsInput) []WarningSign {
	var list []WarningSign
	add := func(kind SignKind, chance float64, receipts []Receipt, words string, args ...any) {
		most := WarningRules[slices.IndexFunc(WarningRules, func(r WarningRule) bool { return r.Kind == kind })].Most
		if chance = min(chance, most); chance > 0 {
			list = append(list, WarningSign{Kind: kind, Chance: chance, Words: fmt.Sprintf(words, args...), Receipts: receipts})
		}
	}
	a.silence(in, add)
	a.quality(add)
	a.late(in.Now, add)
	a.threads(add)
	a.renewal(in.Now, add)
	a.champion(in.Now, add)
	a.buying(in.Now, add)
	a.judged(add)
	return list
}

type adder func(kind SignKind, chance float64, receipts []Receipt, words string, args ...any)

// silence looks at whoever there was in touch last.
func (a InsightAccount) silence(in InsightsInput, add adder) {
	every := in.Policies[a.Account.Tier].Every
	last := lastSpoken(a.Contacts, anybody)
	if a.Account.Care == Transactional || last == nil || every <= 0 {
		return
	}
	gaps := last.Warmth.Silence / float64(every)
	if gaps < 2 {
		return
	}
	add(SignSilence, 0.05+0.05*(gaps-2), []Receipt{{Words: "last spoke with " + last.Contact.Name, Contact: last.Contact.ID, Interaction: last.Warmth.Last.ID, At: last.Warmth.Last.At}},
		"silent for %s, rhythm %d", days(int(last.Warmth.Silence)), every)
}

func (a InsightAccount) quality(add adder) {
	q, v := a.Standing.Dial(Quality), a.Standing.Dial(Velocity)
	if v.Known && v.Value <= -10 {
		add(SignFalling, 0.05+0.005*float64(-v.Value-10), v.Receipts, "quality fell by %d in 90 days", -v.Value)
	}
	if q.Known && q.Value < 40 {
		add(SignCold, 0.10, q.Receipts, "quality is %d", q.Value)
	}
}

func (a InsightAccount) late(now time.Time, add adder) {
	var receipts []Receipt
	for _, p := range a.Promises {
		if p.By == Us && p.Late(now) > 0 {
			receipts = append(receipts, Receipt{Words: fmt.Sprintf("“%s” is %s", p.What, p.DueWords(now)), Part: p.ID, Contact: p.Contact, Interaction: p.Interaction})
		}
	}
	add(SignPromises, 0.03*float64(len(receipts)), receipts, "%s of yours overdue", Counted(len(receipts), "promise", "promises"))
}

func (a InsightAccount) threads(add adder) {
	s := a.Standing
	switch {
	case s.SingleThread != "":
		who := a.contact(s.SingleThread)
		add(SignThread, 0.08, []Receipt{{Words: who.Name + " is the only live person there", Contact: who.ID}}, "hangs on %s alone", FirstName(who.Name))
	case s.OurThread != "":
		add(SignThread, 0.04, []Receipt{{Words: "they are in touch with " + s.OurThread + " only"}}, "one of you only is in touch")
	}
	if len(s.NeverMet) > 0 {
		who := s.NeverMet[0]
		add(SignUnmet, 0.05, []Receipt{{Words: who.Name + " never spoke with you", Contact: who.ID}}, "never spoke with %s", who.Name)
	}
}

func (a InsightAccount) contact(id string) Contact {
	for _, c := range a.Contacts {
		if c.Contact.ID == id {
			return c.Contact
		}
	}
	return Contact{}
}

// renewalDays is from how many days before its end a contract is looked at.
const renewalDays = 120

func (a InsightAccount) renewal(now time.Time, add adder) {
	chance, q := 0.04, a.Standing.Dial(Quality)
	if q.Known && q.Value < GoodQuality {
		chance = 0.12
	}
	next := Whitespace{}
	for _, s := range a.Spaces {
		if left := -daysSinceDate(s.Ends, now); s.With == WithUs && s.Ends != "" && left >= 0 && left <= renewalDays && (next.Ends == "" || s.Ends < next.Ends) {
			next = s
		}
	}
	if next.Ends != "" {
		add(SignRenewal, chance, []Receipt{{Words: "what they have with you ends on " + next.Ends, Part: next.ID}}, "renewal in %s", days(-daysSinceDate(next.Ends, now)))
	}
}

// leftDays is for how long somebody who left is a sign.
const leftDays = 180

func (a InsightAccount) champion(now time.Time, add adder) {
	var receipts []Receipt
	chance, words := 0.0, ""
	for _, l := range a.Left {
		if daysSinceDate(l.On, now) > leftDays {
			continue
		}
		for _, role := range l.Roles {
			if role != Sponsor && role != Decider && role != Champion {
				continue
			}
			if words == "" {
				words = fmt.Sprintf("%s left, %s", l.Contact.Name, role)
			}
			chance = max(chance, 0.15)
			if role != Champion {
				chance = 0.20
			}
			receipts = append(receipts, Receipt{Words: fmt.Sprintf("%s, %s, left on %s", l.Contact.Name, role, l.On), Contact: l.Contact.ID, Part: l.Part})
		}
	}
	for _, c := range a.Contacts {
		if c.Stakeholder.Is(Champion) && c.Warmth.Band == Cold {
			if words == "" {
				words = "the champion " + FirstName(c.Contact.Name) + " is cold"
			}
			chance = max(chance, 0.15)
			receipts = append(receipts, Receipt{Words: fmt.Sprintf("%s, champion: %d, %s", c.Contact.Name, c.Warmth.Score, c.Warmth.Words()[0]), Contact: c.Contact.ID, Interaction: c.Warmth.Last.ID, At: c.Warmth.Last.At})
		}
	}
	add(SignChampion, chance, receipts, "%s", words)
}

// leastGaps is how many purchases show a habit.
const leastGaps = 4

func (a InsightAccount) buying(now time.Time, add adder) {
	gap, since, ok := usualGap(a.Bought, now)
	if !ok || since < 2*gap {
		return
	}
	last := a.Bought[len(a.Bought)-1].On
	add(SignBuying, 0.10+0.10*(since/gap-2), []Receipt{{Words: fmt.Sprintf("bought last on %s; usually every %s", last, days(int(math.Round(gap))))}},
		"no purchase for %s, usually every %d", days(int(since)), int(math.Round(gap)))
}

// usualGap is the median of the days between purchases, at least 14, and the days
// since the last one; ok is false for fewer than leastGaps of them.
func usualGap(bought []BuyingDay, now time.Time) (gap, since float64, ok bool) {
	if len(bought) <= leastGaps {
		return 0, 0, false
	}
	var waits []stats.Wait
	for i := 1; i < len(bought); i++ {
		waits = append(waits, stats.Wait{Took: float64(daysSinceDate(bought[i-1].On, now) - daysSinceDate(bought[i].On, now))})
	}
	gap, ok = stats.Median(waits)
	return max(gap, 14), float64(daysSinceDate(bought[len(bought)-1].On, now)), ok
}

func (a InsightAccount) judged(add adder) {
	for _, r := range a.Risks {
		if r.Closed == "" && (r.Is == MayFail || r.Is == "") && r.Chance > 0 {
			who := cmp.Or(r.Owner, "one of you")
			add(SignJudged, float64(r.Chance)/300, []Receipt{{Words: fmt.Sprintf("%s: “%s”, %d %%", who, r.What, r.Chance), Part: r.ID, Interaction: r.Interaction}}, "risk: %s", r.What)
		}
	}
}
