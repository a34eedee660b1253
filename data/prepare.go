package data

import "strings"

// KindPreparation is its name in the change log.
const KindPreparation = "preparation"

// Preparation is what people wrote for one meeting before it; all else on its
// brief are live facts. Belongs.Interaction is the meeting.
type Preparation struct {
	Belongs
	Outcome string   `reg:"outcome"` // what we want to have earned when it ends
	Wants   string   `reg:"wants"`   // what they likely want
	Moves   []string `reg:"move/"`   // "Say: the report is late, and why"
	// Answers are ours to their open questions, by the Interaction.ID of the mail
	// that asks.
	Answers map[string]string `reg:"answer/"`
	// Seats are notes for one discipline, by Seat.
	Seats map[string]string `reg:"seat/"`
	// Out are the SheetLine.KeyOf of the lines that somebody left out.
	Out []string `reg:"out/"`
}

// PreparationID is the ID of a meeting's preparation: it has one, whoever begins
// it.
func PreparationID(meeting string) string { return "preparation-" + meeting }

// PartKind is KindPreparation.
func (p Preparation) PartKind() string { return KindPreparation }

// Standing is open, without a date: the meeting has one.
func (p Preparation) Standing() (string, bool) { return "", true }

// Check says why it cannot be kept, or nil.
func (p Preparation) Check() error {
	if p.Interaction == "" {
		return invalid("meeting", "say for which meeting")
	}
	for seat := range p.Seats {
		if err := checkOneOf("seat", Seat(seat), Seats); err != nil {
			return err
		}
	}
	return nil
}

// IsEmpty says whether nobody prepared anything.
func (p Preparation) IsEmpty() bool {
	return strings.TrimSpace(p.Outcome+p.Wants) == "" && len(p.Moves)+len(p.Answers)+len(p.Seats)+len(p.Out) == 0
}

// Seat is a discipline at our side of the table.
type Seat string

// The seats.
const (
	SalesSeat    Seat = "sales"
	SupportSeat  Seat = "support"
	DeliverySeat Seat = "delivery"
	FinanceSeat  Seat = "finance"
)

// Seats are all of them.
var Seats = []Seat{SalesSeat, SupportSeat, DeliverySeat, FinanceSeat}

// Short is the seat's mark on a page: "Fin".
func (s Seat) Short() string { return sentence(string(s)[:3]) }

// moveLeads are how a move begins: what one says, shows, asks.
var moveLeads = []string{"Say", "Give", "Ask", "Show", "Thank", "Hear"}

// moveOf parts a move into its lead and the rest: "Ask", "who signs for Hall 3".
// A move without a lead is something to say.
func moveOf(s string) (lead, rest string) {
	s = strings.TrimSpace(s)
	for _, l := range moveLeads {
		head, tail, found := strings.Cut(s, " ")
		if found && strings.EqualFold(strings.TrimSuffix(head, ":"), l) && strings.TrimSpace(tail) != "" {
			return l, sentence(strings.TrimSpace(tail))
		}
	}
	return "Say", sentence(s)
}
