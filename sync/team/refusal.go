package team

import "fmt"

// A Refusal is a piece, or a text somebody gave us, that is not taken in. It is
// an error; its text is one sentence for people, in the form that commands
// print.
type Refusal struct {
	Why Why
	// Piece is the piece's name; empty where there is none.
	Piece string
	Says  string
}

// Why is what to do with a piece that was refused.
type Why string

// The reasons of refusals.
const (
	// NotWhole: its bytes are not those that its name promises. Ask again later.
	NotWhole Why = "not whole"
	// NoKey: it is sealed with a key that is not here. It may open when a key
	// piece or a membership record has come.
	NoKey Why = "no key"
	// Foreign: it belongs to another space, or is for another person. Leave it.
	Foreign Why = "foreign"
	// Newer: a newer version of Rapport wrote it. Keep it for after an update.
	Newer Why = "newer"
	// Forged: it says what its seal or its signature does not bear out, or breaks
	// the format. It never enters; tell people.
	Forged Why = "forged"
	// Forked: one log goes on in two ways, so a laptop was copied together with
	// its keys, or its keys are in other hands. Tell people at once.
	Forked Why = "forked"
	// Early: what it follows is not here yet. Keep it until then.
	Early Why = "early"
	// Late: its time is over, as an invitation's is.
	Late Why = "late"
)

// Error is the sentence.
func (r *Refusal) Error() string {
	if r.Piece == "" {
		return r.Says
	}
	return fmt.Sprintf("piece %s: %s", shortName(r.Piece), r.Says)
}

func refuse(why Why, format string, args ...any) *Refusal {
	return &Refusal{Why: why, Says: fmt.Sprintf(format, args...)}
}

// of names the piece that a refusal is about.
func (r *Refusal) of(piece string) *Refusal {
	r.Piece = piece
	return r
}

// shortName is enough of a name to find the piece.
func shortName(name string) string {
	if len(name) > 12 {
		return name[:12] + "…"
	}
	return name
}
