package data

import (
	"cmp"
	"slices"
	"strings"

	"rapport/data/text"
)

// SpacePreview is all that the members of a space see of it once everything from this
// laptop has gone there. Within a space all see the same.
type SpacePreview struct {
	Space  Space
	Things []PreviewThing // by kind, title and ID
}

// PreviewThing is one thing as the space's log has it.
type PreviewThing struct {
	SharedThing
	Fields Fields
	By     string // of what is told of a mail, who tells it
}

// ComposePreview orders what was gathered.
func ComposePreview(space Space, things []PreviewThing) SpacePreview {
	slices.SortFunc(things, func(a, b PreviewThing) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Title, b.Title), cmp.Compare(a.ID, b.ID))
	})
	return SpacePreview{Space: space, Things: things}
}

// Kinds are the kinds of things in it, without mail, each with how many.
func (p SpacePreview) Kinds() map[string]int {
	n := map[string]int{}
	for _, t := range p.Things {
		if t.Kind != KindObservation {
			n[t.Kind]++
		}
	}
	return n
}

// Of are the things of a kind.
func (p SpacePreview) Of(kind string) []PreviewThing {
	list, _ := parted(p.Things, func(t PreviewThing) bool { return t.Kind == kind })
	return list
}

// Mail is what is told of each mail, newest first: of one that several tell, what all
// of them tell.
func (p SpacePreview) Mail() []Shared {
	of := map[string][]Shared{}
	for _, t := range p.Of(KindObservation) {
		if s, ok := ReadObserved(t.Fields[ObservationField]); ok {
			s.By = t.By
			of[s.ID] = append(of[s.ID], s)
		}
	}
	var list []Shared
	for _, told := range of {
		list = append(list, Union(told))
	}
	slices.SortFunc(list, func(a, b Shared) int { return cmp.Or(b.At.Compare(a.At), cmp.Compare(a.ID, b.ID)) })
	return list
}

// Names fill in who the contacts of a mail are, as the space has them.
func (p SpacePreview) Names(s Shared) Shared {
	names := map[string]string{}
	for _, t := range p.Of(KindContact) {
		names[t.ID] = t.Fields["name"]
	}
	s.With = slices.Clone(s.With)
	for i, who := range s.With {
		s.With[i].Name = names[who.Contact]
	}
	return s
}

// PreviewFields are the fields of a thing as people read them, "name: Kestrel", without
// those that only point to other things.
func PreviewFields(t PreviewThing) (list []SharedField) {
	for name, value := range t.Fields {
		if name == "account" || name == "contact" || name == referenceField {
			continue
		}
		if set, member, isSet := setMember(name, value); isSet {
			name, value = set, member
		}
		list = append(list, SharedField{name, value})
	}
	slices.SortFunc(list, func(a, b SharedField) int { return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Value, b.Value)) })
	return list
}

// PreviewLine is a thing on one line: what it is called, and what it says where that is
// not the same.
func PreviewLine(t PreviewThing) string {
	switch said := cmp.Or(t.Fields["text"], t.Fields["value"]); {
	case t.Title != t.Kind && said != "" && !strings.HasPrefix(said, strings.TrimSuffix(t.Title, "…")):
		return t.Title + ": " + text.Preview(said, 160)
	case t.Title != t.Kind:
		return t.Title
	}
	var words []string
	for _, f := range PreviewFields(t) {
		words = append(words, f.Name+" "+f.Value)
	}
	return text.Preview(joinCommas(words...), 160)
}

// referenceField is the field by which a thing names an interaction.
const referenceField = "interaction"
