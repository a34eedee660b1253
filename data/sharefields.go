package data

import (
	"strings"
	"time"
)

// SharedField is one field of what leaves, as people read it.
type SharedField struct{ Name, Value string }

// SharedFields are all fields of what leaves of a mail, as a preview shows them;
// an account is named by who shows it.
func SharedFields(s Shared, now time.Time) []SharedField {
	way := map[Direction]string{In: "they wrote", Out: "we wrote"}[s.Direction]
	if way == "" {
		way = "a mail"
	}
	list := []SharedField{{"When", ShortDate(s.At, now) + ", " + way}}
	var who []string
	for _, p := range s.With {
		who = append(who, p.Name)
	}
	if s.Others > 0 {
		who = append(who, Counted(s.Others, "other", "others"))
	}
	add := func(name, value string) {
		if value != "" {
			list = append(list, SharedField{name, value})
		}
	}
	add("With", JoinAnd(who))
	add("Shared by", s.By)
	add("Subject", s.Subject)
	add("Text", s.Text)
	add("Files", strings.Join(s.Attached, ", "))
	return list
}
