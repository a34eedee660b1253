package nurture

import (
	"slices"
	"time"

	"rapport/data"
)

// Facts are what suggestions are made from, as they stand at a moment.
type Facts struct {
	Accounts map[string]data.Account // by Account.ID; archived ones are left out
	Contacts map[string]data.Contact // by Contact.ID, those of the accounts
	// Main is whom of an account one turns to, a Contact.ID by Account.ID: with whom
	// one spoke last.
	Main map[string]string
	// Quiet are the contacts that are due by their rhythm.
	Quiet   []data.Touchpoint
	Waiting []data.Waiting // who waits for an answer of ours
	Met     []Met          // first meetings
	// Recent is what happened with the contacts with whom something did lately, and
	// Signs the signs of their trust, by Contact.ID.
	Recent    map[string][]data.Moment
	Signs     map[string][]data.TrustSign
	Birthdays []data.Fact
	News      []data.Interaction // what accounts published lately, the newest of each
	Ends      []data.Whitespace  // what an account has with us, and when that ends
	Orders    []data.Purchase    // the first order of each account that has one
	Content   []data.Content
	Answers   []data.NurtureAnswer
	LeftOut   []data.LeaveOut
	Breaches  []data.Breach
	// Wishes are those of the contacts whom candidates are about, by Contact.ID.
	Wishes map[string]data.Wishes
}

// Met is a first meeting with a contact.
type Met struct {
	Contact string // Contact.ID
	Receipt data.Receipt
}

// Trigger is which kind of fact a suggestion rests on.
type Trigger string

// The triggers, in the order in which suggestions of one day are listed.
const (
	Question     Trigger = "question"
	FirstMeeting Trigger = "first meeting"
	FirstOrder   Trigger = "first order"
	Stage        Trigger = "stage reached"
	Renewal      Trigger = "renewal"
	Birthday     Trigger = "birthday"
	News         Trigger = "news"
	Quiet        Trigger = "quiet"
)

// Triggers are all of them.
var Triggers = []Trigger{Question, FirstMeeting, FirstOrder, Stage, Renewal, Birthday, News, Quiet}

// sells says whether what it suggests leads to a sale; such waits in a no-sell
// period.
func (t Trigger) sells() bool { return t == Renewal }

// Way is what a suggestion asks for.
type Way string

// The ways.
const (
	Draft   Way = "draft"   // a mail in one's own Drafts folder
	Step    Way = "step"    // something to do, in the account's plan
	Content Way = "content" // a mail that brings something from the library
)

// Suggestion is one thing that would do good, with its reason.
type Suggestion struct {
	ID      string // short, the same whenever it is made from the same fact
	Key     string // trigger, whom and which fact; never suggested again once answered
	Trigger Trigger
	Way     Way
	Channel data.Channel
	Account data.Account
	Contact data.Contact
	Words   string // "Write to Anna after your first meeting"
	Because data.Receipt
	Fact    string    // of the fact, as a mail may speak of it: the question, a meeting's title
	On      time.Time // the day of the fact
	Due     time.Time // when it is best done; zero is at once
	Stage   data.TrustStage
	Bring   data.Content // of Content: what fits
	// Held says why it waits although its fact is there: a wish, a breach, a period
	// without selling; "" where nothing is against it.
	Held string
	// Answer is what a person said to it, zero where nobody did.
	Answer data.NurtureAnswer
}

// Open says whether it is to be shown: not held and not answered.
func (s Suggestion) Open(now time.Time) bool {
	return s.Held == "" && (s.Answer.Key == "" || !s.Answer.Holds(now))
}

// Due are the suggestions of a list that are open.
func Due(list []Suggestion, now time.Time) []Suggestion {
	return slices.DeleteFunc(slices.Clone(list), func(s Suggestion) bool { return !s.Open(now) })
}
