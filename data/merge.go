package data

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"
)

// KindMerge is its name in the change log.
const KindMerge = "merge"

// Merge remembers that two contacts were made one, so that they can be parted
// again. Belonging's Contact is the one that was kept.
type Merge struct {
	Belongs
	Gone string `reg:"gone"` // Contact.ID of the one who is no more
	On   string `reg:"on"`   // date
	// Had and Became are the registers of the kept contact before and after, Were
	// those of the other one, who was recorded at GoneAt, unix seconds.
	Had    map[string]string `reg:"had/"`
	Became map[string]string `reg:"became/"`
	Were   map[string]string `reg:"were/"`
	GoneAt int64             `reg:"gone-at"`
	// Moved are "kind id register" of what names the kept one now, Aside "kind id"
	// of what was put aside since both had it.
	Moved []string `reg:"moved/"`
	Aside []string `reg:"aside/"`
	// Place is the Affiliation.ID that was made for where the other one worked.
	Place string `reg:"place"`
}

// PartKind is KindMerge.
func (m Merge) PartKind() string { return KindMerge }

// Standing is its date; a merge is a record.
func (m Merge) Standing() (string, bool) { return m.On, false }

// Check says why it cannot be kept, or nil.
func (m Merge) Check() error {
	if m.Contact == "" || m.Gone == "" || m.Were["name"] == "" {
		return invalid("gone", "say which two contacts were made one")
	}
	return checkDate("on", m.On)
}

// GoneName is what the other one was called.
func (m Merge) GoneName() string { return m.Were["name"] }

// Held is anything that a workspace keeps, by its registers.
type Held struct {
	Kind, ID   string
	Fields     Fields
	RecordedAt time.Time
}

// MergeLine is one line of a preview: what two contacts have, and what the one
// has that they become.
type MergeLine struct{ What, Keep, Gone, After string }

// MovedThing is something that names the one who goes, and how it becomes.
type MovedThing struct{ From, To Held }

// MergePlan is what merging two contacts would do. Nothing happened yet.
type MergePlan struct {
	Keep, Gone, Merged Contact
	Lines              []MergeLine
	Moved              []MovedThing // parts, and what was logged
	Aside              []Held       // as they are: what both have
	Place              Affiliation
	Left               []string // values that nobody keeps
}

// PlanMerge makes one contact of two. What keep has comes first; what it lacks
// it takes from gone; addresses are joined, keep's first. held is what names
// either of them, and every relation; accounts are names by Account.ID.
func PlanMerge(keep, gone Contact, held []Held, accounts map[string]string) (MergePlan, error) {
	p := MergePlan{Keep: keep, Gone: gone, Merged: keep}
	if keep.ID == gone.ID {
		return p, invalid("contact", "name two contacts; these are the same")
	}
	m := &p.Merged
	m.AccountID, m.Role, m.Phone = cmp.Or(keep.AccountID, gone.AccountID), cmp.Or(keep.Role, gone.Role), cmp.Or(keep.Phone, gone.Phone)
	m.Emails = slices.Concat(keep.Emails, gone.Emails)
	*m = m.Tidy()
	if gone.AccountID != "" && gone.AccountID != m.AccountID {
		p.Place = Affiliation{Belongs: Belongs{Account: gone.AccountID, Contact: keep.ID}, Role: gone.Role}
	}
	p.line("Name", keep.Name, gone.Name, m.Name)
	p.line("Account", accounts[keep.AccountID], accounts[gone.AccountID], accounts[m.AccountID])
	p.line("Role", keep.Role, gone.Role, m.Role)
	p.line("Phone", keep.Phone, gone.Phone, m.Phone)
	p.line("Addresses", strings.Join(keep.Emails, ", "), strings.Join(gone.Emails, ", "), strings.Join(m.Emails, ", "))
	if keep.Phone != "" && gone.Phone != "" && keep.Phone != gone.Phone {
		p.Left = append(p.Left, "the number "+gone.Phone)
	}
	if keep.Role != "" && gone.Role != "" && keep.Role != gone.Role && p.Place.Account == "" {
		p.Left = append(p.Left, "the role "+gone.Role)
	}
	for _, h := range held {
		p.take(h, held)
	}
	return p, nil
}

// line adds a line for what is there of a value.
func (p *MergePlan) line(what, keep, gone, after string) {
	if keep != "" || gone != "" {
		p.Lines = append(p.Lines, MergeLine{What: what, Keep: keep, Gone: gone, After: after})
	}
}

// take decides about one thing that may name the one who goes.
func (p *MergePlan) take(h Held, all []Held) {
	moved := h.naming(p.Gone.ID, p.Keep.ID)
	switch {
	case maps.Equal(moved.Fields, h.Fields):
		return
	case h.Kind == KindRelation && (moved.Fields["contact"] == moved.Fields["to"] || p.circle(moved, all)):
		p.Aside = append(p.Aside, h)
		return
	}
	for _, have := range p.kept(all) {
		if have.Kind != h.Kind || have.ID == h.ID || !moved.sameThing(have) {
			continue
		}
		if h.Kind == KindStakeholder && h.Fields["on"] > have.Fields["on"] {
			p.setAside(have.ID, all)
			continue
		}
		p.Aside = append(p.Aside, h)
		return
	}
	p.Moved = append(p.Moved, MovedThing{From: h, To: moved})
}

// kept is everything as it is after what was decided so far.
func (p *MergePlan) kept(all []Held) []Held {
	aside, moved := map[string]bool{}, map[string]Held{}
	for _, h := range p.Aside {
		aside[h.Kind+" "+h.ID] = true
	}
	for _, t := range p.Moved {
		moved[t.To.Kind+" "+t.To.ID] = t.To
	}
	var list []Held
	for _, h := range all {
		if aside[h.Kind+" "+h.ID] {
			continue
		}
		if to, is := moved[h.Kind+" "+h.ID]; is {
			h = to
		}
		list = append(list, h)
	}
	return list
}

// setAside puts a judgement aside, be it one that had moved.
func (p *MergePlan) setAside(id string, all []Held) {
	is := func(h Held) bool { return h.Kind == KindStakeholder && h.ID == id }
	p.Moved = slices.DeleteFunc(p.Moved, func(t MovedThing) bool { return is(t.From) })
	p.Aside = append(p.Aside, all[slices.IndexFunc(all, is)])
}

// naming is the thing with one contact in the place of another.
func (h Held) naming(gone, keep string) Held {
	f := maps.Clone(h.Fields)
	for _, register := range h.registersOf(gone) {
		if register == "with/"+gone {
			delete(f, register)
			f["with/"+keep] = h.Fields[register]
			continue
		}
		f[register] = keep
	}
	h.Fields = f
	return h
}

// registersOf are the registers in which a thing names a contact.
func (h Held) registersOf(contact string) (list []string) {
	if h.Kind == KindInteraction {
		if h.Fields["with/"+contact] != "" {
			list = append(list, "with/"+contact)
		}
		return list
	}
	if h.Fields["contact"] == contact {
		list = append(list, "contact")
	}
	if h.Kind == KindRelation && h.Fields["to"] == contact {
		list = append(list, "to")
	}
	return list
}

// sameThing says whether two of one kind would say the same of one person.
func (h Held) sameThing(o Held) bool {
	switch h.Kind {
	case KindInteraction, KindMerge:
		return false
	case KindStakeholder:
		return h.Fields["contact"] == o.Fields["contact"] && h.Fields["account"] == o.Fields["account"]
	case KindRelation:
		return h.Fields["contact"] == o.Fields["contact"] && h.Fields["to"] == o.Fields["to"] && h.Fields["is"] == o.Fields["is"]
	}
	return maps.Equal(h.Fields, o.Fields)
}

// circle says whether a reporting line would close a circle with the others.
func (p *MergePlan) circle(moved Held, all []Held) bool {
	var lines []Relation
	for _, h := range all {
		if h.Kind == KindRelation {
			h = h.naming(p.Gone.ID, p.Keep.ID)
			lines = append(lines, PartOf[Relation](h.ID, h.Fields, h.RecordedAt))
		}
	}
	return CheckReports(lines, PartOf[Relation](moved.ID, moved.Fields, moved.RecordedAt)) != nil
}

// Counts says how many things of each kind move, "2 promises, 1 fact".
func (p MergePlan) Counts() string {
	n := map[string]int{}
	for _, t := range p.Moved {
		n[t.To.Kind]++
	}
	return CountedKinds(n)
}

// CountedKinds says how many things of each kind there are: "2 promises, 1 need".
func CountedKinds(n map[string]int) string {
	var parts []string
	for _, kind := range slices.Sorted(maps.Keys(n)) {
		parts = append(parts, Counted(n[kind], heldWords(kind, 1), heldWords(kind, 2)))
	}
	return strings.Join(parts, ", ")
}

// heldWords is what things of a kind are called.
func heldWords(kind string, n int) string {
	words, ok := map[string][2]string{
		KindInteraction: {"call or note", "calls and notes"}, KindBreach: {"breach", "breaches"}, KindTrust: {"sign of trust", "signs of trust"},
		KindAffiliation: {"place of work", "places of work"}, KindUnknown: {"open question", "open questions"}, KindStakeholder: {"judgement", "judgements"},
		KindShown: {"showing of the plan", "showings of the plan"}, KindAsk: {"invitation to a survey", "invitations to surveys"}, KindAnswer: {"answer to a survey", "answers to a survey"},
		KindValue: {"value entry", "value entries"}, KindFeedback: {"piece of feedback", "pieces of feedback"}, KindNurtureAnswer: {"answer to a suggestion", "answers to suggestions"},
		KindPlayRun: {"use of a play", "uses of a play"}, KindPreference: {"wish", "wishes"}, KindJointPlan: {"joint plan", "joint plans"}, KindJointReply: {"answer to a joint plan", "answers to joint plans"},
	}[kind]
	switch {
	case !ok && n == 1:
		return kind
	case !ok:
		return kind + "s"
	case n == 1:
		return words[0]
	}
	return words[1]
}

// Record is the merge as it is remembered; place is the ID of the affiliation
// that was made, or "".
func (p MergePlan) Record(place string, on time.Time) Merge {
	m := Merge{
		Belongs: Belongs{Contact: p.Keep.ID, Account: p.Merged.AccountID}, Gone: p.Gone.ID, On: on.Format(time.DateOnly), Place: place,
		Had: p.Keep.Fields(), Became: p.Merged.Fields(), Were: p.Gone.Fields(),
	}
	if !p.Gone.RecordedAt.IsZero() {
		m.GoneAt = p.Gone.RecordedAt.Unix()
	}
	for _, t := range p.Moved {
		for _, register := range t.From.registersOf(p.Gone.ID) {
			if strings.HasPrefix(register, "with/") {
				register = "with"
				if t.From.Fields["with/"+p.Keep.ID] != "" {
					register = "both"
				}
			}
			m.Moved = append(m.Moved, t.From.Kind+" "+t.From.ID+" "+register)
		}
	}
	for _, h := range p.Aside {
		m.Aside = append(m.Aside, h.Kind+" "+h.ID)
	}
	return m
}
