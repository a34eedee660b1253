package data

import "slices"

// SheetChange is how one line of a sheet differs between two versions of it.
type SheetChange struct {
	Section  string // SheetSection.Key
	Label    string
	Kind, ID string
	// Was and Is are the line as one text; Was is "" for a new line, Is for one
	// that is gone.
	Was, Is string
}

// Key names the part that the line shows; "" for what is computed.
func (c SheetChange) Key() string { return SheetLine{Kind: c.Kind, ID: c.ID}.KeyOf() }

// DiffSheets are the lines that differ between two versions of one sheet, section
// by section in the order of the later one. What is computed counts too, and what
// found no room; what the team learned does not: nobody knows which of it applied on
// a day that has been.
func DiffSheets(was, is Sheet) (list []SheetChange) {
	var keys []string
	labels := map[string]string{}
	for _, s := range slices.Concat(is.Sections, was.Sections) {
		if labels[s.Key] == "" {
			keys, labels[s.Key] = append(keys, s.Key), s.Label
		}
	}
	for _, key := range keys {
		if key == PlanLearned {
			continue
		}
		before, _ := was.Section(key)
		after, _ := is.Section(key)
		for _, c := range diffLines(before.Whole(), after.Whole()) {
			c.Section, c.Label = key, labels[key]
			list = append(list, c)
		}
	}
	return list
}

// lineKey tells lines of a section apart; what is computed is known by its text.
func lineKey(l SheetLine) string {
	if l.ID == "" {
		return l.Text
	}
	return l.KeyOf() + "#" + l.Register
}

func diffLines(was, is []SheetLine) (list []SheetChange) {
	before := map[string]SheetLine{}
	for _, l := range was {
		before[lineKey(l)] = l
	}
	for _, l := range is {
		b, there := before[lineKey(l)]
		delete(before, lineKey(l))
		if !there || b.Plain() != l.Plain() {
			list = append(list, SheetChange{Kind: l.Kind, ID: l.ID, Was: b.Plain(), Is: l.Plain()})
		}
	}
	for _, l := range was {
		if _, gone := before[lineKey(l)]; gone {
			list = append(list, SheetChange{Kind: l.Kind, ID: l.ID, Was: l.Plain()})
		}
	}
	return list
}
