package data

import "strings"

// KindUnknown is its name in the change log.
const KindUnknown = "unknown"

// Unknown is something that we do not know of an account or a person and should
// ask, with a colleague who will.
type Unknown struct {
	Belongs
	What     string `reg:"what"`
	Owner    string `reg:"owner"` // who of us asks
	Since    string `reg:"since"` // date
	Answer   string `reg:"answer"`
	Answered string `reg:"answered"` // date, "" while it is not known
}

// PartKind is KindUnknown.
func (u Unknown) PartKind() string { return KindUnknown }

// Standing is open until it is answered; it has no date.
func (u Unknown) Standing() (string, bool) { return "", u.Answered == "" }

// Check says why it cannot be kept, or nil.
func (u Unknown) Check() error {
	switch {
	case strings.TrimSpace(u.What) == "":
		return invalid("what", "say what we do not know")
	case u.Account == "" && u.Contact == "":
		return invalid("account", "say whom it is about")
	case u.Answered != "" && strings.TrimSpace(u.Answer) == "":
		return invalid("answer", "say what the answer is")
	}
	return firstErr(checkDate("since", u.Since), checkDate("answered", u.Answered))
}
