package sample

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"rapport/data"
)

// plan is a mail that is to be written: when it came, where it lies, and which
// step of which thread it is. A plan with raw bytes is written already.
type plan struct {
	at     time.Time
	folder string
	flags  []string
	thread *thread
	step   int
	raw    []byte
	// copy marks a second place of a mail that lies elsewhere too.
	copy bool
}

// thread is a conversation: written by hand (letters), or drawn from an
// account's topics when its first mail is asked for.
type thread struct {
	letters []*letter

	account *account
	topic   int
	seed    [2]uint64
	them    int // index of the contact
	us      Person
	at      []time.Time // of each step
}

// reader writes planned mails. It keeps a drawn thread from its first mail to
// its last.
type reader struct {
	open map[*thread][]*letter
	left map[*thread]int
}

func newReader(w World) *reader {
	r := &reader{open: map[*thread][]*letter{}, left: map[*thread]int{}}
	for _, p := range w.plans {
		if p.thread != nil && p.thread.letters == nil {
			r.left[p.thread]++
		}
	}
	return r
}

func (r *reader) mail(p plan) Mail {
	m := Mail{Folder: p.folder, Raw: p.raw, At: p.at, Flags: p.flags}
	if m.Raw == nil {
		m.Raw = r.letter(p).raw()
	}
	return m
}

func (r *reader) letter(p plan) *letter {
	if p.thread.letters != nil {
		return p.thread.letters[p.step]
	}
	letters, ok := r.open[p.thread]
	if !ok {
		letters = p.thread.draw()
		r.open[p.thread] = letters
	}
	if r.left[p.thread]--; r.left[p.thread] == 0 {
		delete(r.open, p.thread)
	}
	return letters[p.step]
}

// draw writes the thread's mails.
func (t *thread) draw() []*letter {
	r := rand.New(rand.NewPCG(t.seed[0], t.seed[1]))
	topic := topics[t.topic]
	them := theirs(*t.account, t.account.people[t.them])
	us, tech := ours(t.us), ours(pick(r, engineersBut(t.us)))
	fill := newSlots(r, *t.account, topic.language, us, them, tech, t.at[0])
	subject := sentences(fill.Replace(pick(r, topic.subjects)))
	variant := r.IntN(3) // turns are written so that the same variants answer each other
	var letters []*letter
	for i, at := range t.at {
		from, to := them, us
		if topic.turns[i].ours {
			from, to = us, them
		}
		texts := topic.turns[i].texts
		l := &letter{
			id: messageID(r, from.Email), at: at, from: from, to: []party{to}, subject: subject,
			language: topic.language, sign: i == 0 || r.IntN(3) == 0,
			body: write(r, topic.language, sentences(fill.Replace(texts[variant%len(texts)])), from, to, i == 0),
		}
		if t.us.Email != maya.Email {
			l.cc = append(l.cc, ours(maya))
		} else if topic.turns[i].ours && r.IntN(4) == 0 {
			l.cc = append(l.cc, tech)
		}
		if i > 0 {
			l.parent = letters[i-1]
			l.subject = answerTo(subject, topic.language, from)
		}
		if topic.turns[i].attaches {
			l.attached = []data.Attachment{{Name: fill.Replace("Larkfield {inv}.pdf"), Type: "application/pdf", Size: int64(700 + r.IntN(900))}}
		}
		letters = append(letters, l)
	}
	return letters
}

func answerTo(subject, language string, from party) string {
	if language == "de" && !from.ours {
		return "AW: " + subject
	}
	if from.program() == office && !from.ours {
		return "RE: " + subject
	}
	return "Re: " + subject
}

func messageID(r *rand.Rand, email string) string {
	return fmt.Sprintf("%016x.%08x@%s", r.Uint64(), r.Uint32(), domainOf(email))
}

// planMails plans every mail of the world, oldest first.
func planMails(o Options, c cast, d days) []plan {
	plans := append(scripted(o.Seed, c, d), strangers(o.Seed, c, d)...)
	plans = append(plans, noise(o.Seed, d)...)
	plans = append(plans, broken(c, d)...)
	want := o.Mails - len(plans) - kestrelCopyCount
	if o.Mails == 0 {
		want = 1500 + 12*(len(c.accounts)-len(customers))
	}
	plans = append(plans, drawn(o.Seed, c, d, want)...)
	plans = append(plans, kestrelCopies(plans)...)
	plans = append(plans, filler(o.Seed, d, o.Mails-len(plans))...)
	slices.SortStableFunc(plans, func(a, b plan) int { return a.at.Compare(b.at) })
	return plans
}

// drawn plans so many mails, shared among the accounts by weight, each
// account's threads spread evenly over the days on which it is not silent.
func drawn(seed uint64, c cast, d days, want int) []plan {
	total := 0
	for _, a := range c.accounts {
		total += a.weight
	}
	plans := make([]plan, 0, max(want, 0))
	for i := range c.accounts {
		a := &c.accounts[i]
		if a.weight == 0 || want <= 0 {
			continue
		}
		share := (want*a.weight + total - 1) / total
		total -= a.weight
		want -= share
		plans = append(plans, drawnFor(rand.New(rand.NewPCG(seed, uint64(i)+1<<32)), a, d, share)...)
	}
	return plans
}

func drawnFor(r *rand.Rand, a *account, d days, share int) []plan {
	const threadLength = 2.6 // on average, of the topics as they are cut
	var plans []plan
	span := float64(a.first - a.last)
	gap := span * threadLength / float64(max(share, 1))
	for ago := float64(a.last); len(plans) < share; ago += gap * (0.5 + r.Float64()) {
		if ago > float64(a.first) {
			ago -= span
		}
		t := planThread(r, a, d, int(ago))
		t.at = t.at[:min(len(t.at), share-len(plans))]
		t.endWithUs(d)
		for i, at := range t.at {
			plans = append(plans, t.plan(d, i, at))
		}
	}
	return plans
}

// planThread decides who writes about what, and when, from a day on.
func planThread(r *rand.Rand, a *account, d days, ago int) *thread {
	for a.quiet(d.workday(ago)) {
		ago--
		if ago < a.last {
			ago = a.first - 3
		}
	}
	ago = d.workday(ago)
	t := &thread{account: a, seed: [2]uint64{r.Uint64(), r.Uint64()}, us: maya}
	if a.lead.Email != maya.Email && r.IntN(3) > 0 {
		t.us = a.lead
	} else if r.IntN(6) == 0 {
		t.us = pick(r, team[1:6])
	}
	t.them = a.someone(r, ago)
	language := ""
	if l := a.people[t.them].language; l != "" && r.IntN(3) == 0 {
		language = l
	}
	t.topic = pick(r, a.topics(language))
	turns := 1 + r.IntN(len(topics[t.topic].turns))
	if turns == 1 && r.IntN(2) == 0 {
		turns = len(topics[t.topic].turns)
	}
	at := d.officeTime(r, ago)
	for range turns {
		day := d.ago(at)
		if len(t.at) > 0 && (a.quiet(day) || day < a.people[t.them].last) {
			break
		}
		t.at = append(t.at, at)
		at = d.answerTime(r, at)
	}
	t.endWithUs(d)
	return t
}

// settled is the age in days beyond which nobody waits for an answer any more.
const settled = 150

// endWithUs drops the last mail of a recent thread if it is theirs: who waits
// for an answer today is written by hand.
func (t *thread) endWithUs(d days) {
	turns := topics[t.topic].turns
	for n := len(t.at); n > 0 && d.ago(t.at[n-1]) < settled && !turns[n-1].ours; n-- {
		t.at = t.at[:n-1]
	}
}

// kestrelCopyCount is how many mails lie in the Kestrel folder as well.
const kestrelCopyCount = 60

// kestrelCopies are second places for the newest mails from Kestrel in the
// inbox: somebody copied them into a folder of their own.
func kestrelCopies(plans []plan) []plan {
	var copies []plan
	for _, p := range plans {
		if p.folder == inbox && p.raw == nil && p.thread.account != nil && p.thread.account.Name == "Kestrel Museums" {
			p.folder, p.copy = kestrel, true
			copies = append(copies, p)
		}
	}
	slices.SortStableFunc(copies, func(a, b plan) int { return b.at.Compare(a.at) })
	return copies[:min(len(copies), kestrelCopyCount)]
}

// someone draws a person of the account who still wrote on that day; the first
// ones in the list write most.
func (a *account) someone(r *rand.Rand, ago int) int {
	for range 20 {
		i := min(r.IntN(len(a.people)), r.IntN(len(a.people)))
		if a.people[i].last <= ago {
			return i
		}
	}
	return 0
}

// topics are the ones of the account's sector.
func (a *account) topics(language string) []int { return sectorTopics[language][a.sector] }

var sectorTopics = func() map[string][]([]int) {
	all := map[string][]([]int){}
	for _, language := range []string{"", "de", "fr"} {
		for s := anywhere; s <= manufacturing; s++ {
			all[language] = append(all[language], topicsFor(s, language))
		}
	}
	return all
}()

// answerTime is when somebody answers a mail of that time: within the hour, or
// on one of the next working days.
func (d days) answerTime(r *rand.Rand, at time.Time) time.Time {
	if r.IntN(3) == 0 && at.Hour() < 16 {
		return at.Add(time.Duration(8+r.IntN(100)) * time.Minute)
	}
	ago := d.ago(at) - 1 - r.IntN(3)
	for !isWorkday(d.at(ago, "12:00")) {
		ago--
	}
	return d.officeTime(r, ago)
}

func isWorkday(t time.Time) bool {
	return t.Weekday() != time.Saturday && t.Weekday() != time.Sunday
}

// plan is the place of the thread's i-th mail.
func (t *thread) plan(d days, i int, at time.Time) plan {
	mine := topics[t.topic].turns[i].ours && t.us.Email == maya.Email
	p := plan{at: at, folder: d.folder(at, mine), thread: t, step: i, flags: []string{`\Seen`}}
	if !mine {
		p.at = at.Add(9 * time.Second)
	}
	return p
}
