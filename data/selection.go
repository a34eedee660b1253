package data

import (
	"strings"
)

// KindSelection is the selection's name in the change log.
const KindSelection = "selection"

// Selection is a saved filter over accounts, with the name that people gave it.
type Selection struct {
	Belongs
	Name  string `reg:"name"`
	Where string `reg:"where"` // as ParseFilter reads it
}

// PartKind is KindSelection.
func (s Selection) PartKind() string { return KindSelection }

// Standing is always open, without a date.
func (s Selection) Standing() (string, bool) { return "", true }

// Check says why the selection cannot be kept, or nil.
func (s Selection) Check() error {
	if strings.TrimSpace(s.Name) == "" {
		return invalid("name", "give the selection a name")
	}
	if strings.TrimSpace(s.Where) == "" {
		return invalid("where", "say what is selected, like tier:A warmth:cooling")
	}
	_, err := ParseFilter(s.Where)
	return err
}
