package data

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// UnmergePlan is what parting two contacts again would do. What was changed
// since they were merged stays as it is.
type UnmergePlan struct {
	Keep, Gone Contact
	Moved      []Held
	Restored   []string // "kind id" of what had been put aside
	Place      string   // Affiliation.ID that the merge made, "" where it stays
	Stays      []string // in words
}

// PlanUnmerge parts what a merge made one. keep is the contact as it is now, held
// are the things that the merge moved and those that name keep, as they are now.
func PlanUnmerge(m Merge, keep Contact, held []Held) UnmergePlan {
	p := UnmergePlan{Gone: ContactOf(m.Gone, m.Were), Restored: m.Aside}
	if m.GoneAt != 0 {
		p.Gone.RecordedAt = time.Unix(m.GoneAt, 0)
	}
	p.Keep = p.keepAsBefore(m, keep)
	at := map[string]int{}
	for i, h := range held {
		at[h.Kind+" "+h.ID] = i
	}
	moved, missing, elsewhere := map[string]bool{}, 0, 0
	changed := map[int]bool{}
	for _, entry := range m.Moved {
		kind, rest, _ := strings.Cut(entry, " ")
		id, register, _ := strings.Cut(rest, " ")
		moved[kind+" "+id] = true
		i, there := at[kind+" "+id]
		switch {
		case !there:
			missing++
		case !held[i].names(register, keep.ID):
			elsewhere++
		default:
			held[i] = held[i].back(register, keep.ID, m.Gone)
			changed[i] = true
		}
	}
	for _, i := range slices.Sorted(maps.Keys(changed)) {
		p.Moved = append(p.Moved, held[i])
	}
	if _, there := at[KindAffiliation+" "+m.Place]; there {
		p.Place = m.Place
	}
	newer := 0
	for _, h := range held {
		key := h.Kind + " " + h.ID
		if h.Kind != KindMerge && h.ID != m.Place && !moved[key] && h.RecordedAt.After(m.RecordedAt) && len(h.registersOf(keep.ID)) > 0 {
			newer++
		}
	}
	p.stay(missing, "thing was deleted since and stays away", "things were deleted since and stay away")
	p.stay(elsewhere, "thing was given to somebody else since and stays there", "things were given to somebody else since and stay there")
	p.stay(newer, "thing that was kept since stays with "+keep.Name, "things that were kept since stay with "+keep.Name)
	return p
}

func (p *UnmergePlan) stay(n int, one, many string) {
	if n > 0 {
		p.Stays = append(p.Stays, Counted(n, one, many))
	}
}

// keepAsBefore is the kept contact with what the merge changed taken back; what
// somebody changed since stays.
func (p *UnmergePlan) keepAsBefore(m Merge, now Contact) Contact {
	had, became, have := Fields(m.Had), Fields(m.Became), now.Fields()
	fields := Fields{}
	for _, name := range slices.Sorted(maps.Keys(joined(have, had, became))) {
		if strings.HasPrefix(name, addressSet) {
			continue
		}
		value := have[name]
		switch {
		case value == became[name]:
			value = had[name]
		case had[name] != became[name]:
			p.Stays = append(p.Stays, fmt.Sprintf("the %s of %s was changed since and stays %q", name, now.Name, value))
		}
		fields.text(name, value)
	}
	before := ContactOf(now.ID, fields)
	before.RecordedAt = now.RecordedAt
	old, merged := ContactOf("", had).Emails, ContactOf("", became).Emails
	if slices.Equal(now.Emails, merged) {
		before.Emails = old
		return before
	}
	for _, e := range now.Emails {
		if slices.Contains(old, e) || !slices.Contains(merged, e) {
			before.Emails = append(before.Emails, e)
		}
	}
	return before
}

func joined(list ...Fields) Fields {
	all := Fields{}
	for _, f := range list {
		maps.Copy(all, f)
	}
	return all
}

// names says whether a thing names a contact in a register of a Merge's Moved.
func (h Held) names(register, contact string) bool {
	if register == "with" || register == "both" {
		return h.Fields["with/"+contact] != ""
	}
	return h.Fields[register] == contact
}

// back is the thing naming the one who was gone again.
func (h Held) back(register, keep, gone string) Held {
	f := maps.Clone(h.Fields)
	switch register {
	case "with":
		f["with/"+gone] = f["with/"+keep]
		delete(f, "with/"+keep)
	case "both":
		f["with/"+gone] = f["with/"+keep]
	default:
		f[register] = gone
	}
	h.Fields = f
	return h
}
