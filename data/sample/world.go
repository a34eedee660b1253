package sample

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"iter"
	"slices"
	"time"

	"rapport/data"
)

// Options say which world to make. The zero value is the hand-made one as it
// stands on the day Today.
type Options struct {
	// Seed varies everything that is drawn by lot.
	Seed uint64
	// Today is the date that the two years end on, in the zone that Larkfield
	// works in. Its clock is not looked at. The zero time is the variable Today.
	Today time.Time
	// Accounts is how many accounts there are, never fewer than the 13 that are
	// made by hand; 0 is those.
	Accounts int
	// Mails is how many mails there are in all folders; 0 is what such a firm
	// would have. There are never fewer than the few hundred written by hand.
	Mails int
}

// Person is a colleague at Larkfield.
type Person struct {
	Name  string
	Email string
	Role  string
	Phone string
}

// Mail is a mail as a server holds it.
type Mail struct {
	Folder string
	Raw    []byte
	// At is when the server received it.
	At    time.Time
	Flags []string // IMAP flags such as \Seen
}

// Entry is something that a colleague logged by hand.
type Entry struct {
	data.Entry
	// RecordedAt is when it was typed; Entry.At is when it happened.
	RecordedAt time.Time
}

// Folder is a folder of the mailbox.
type Folder struct {
	Name string
	// Use is its IMAP special use, \Sent, \Drafts, \Junk, \Trash or \Archive,
	// or "".
	Use string
}

// World is everything that there is to know about Larkfield and its customers.
type World struct {
	Owner         Person // whose laptop it is
	Team          []Person
	Mailbox       string // the owner's address
	OwnDomains    []string
	PublicDomains []string // beside those that data knows
	Folders       []Folder
	// Accounts and Contacts have IDs and stand in the order in which they were
	// entered. RecordedAt is set.
	Accounts []data.Account
	Contacts []data.Contact
	// Calendar is the owner's calendar, an iCalendar text, named CalendarName.
	Calendar     []byte
	CalendarName string
	// Entries are in the order of RecordedAt.
	Entries []Entry
	// Parts are what colleagues wrote down about the relationships, with IDs and
	// RecordedAt set.
	Parts []data.Part
	// Purchases and Tickets are what the lists of other programs say, the oldest
	// first, with what the team's work costs and how much of it there is.
	Purchases []data.Purchase
	Tickets   []data.Ticket
	Money     data.MoneyRules
	TeamHours int

	seed  uint64
	days  days
	cast  cast
	plans []plan // every mail, oldest first
}

// Make builds the world that the options describe. Mails are planned here and
// written by Mail, one at a time.
func Make(o Options) World {
	if o.Today.IsZero() {
		o.Today = Today
	}
	d := days{today: midnight(o.Today)}
	c := newCast(o.Seed, o.Accounts, d)
	w := World{
		Owner:         maya,
		Team:          slices.Clone(team),
		Mailbox:       maya.Email,
		OwnDomains:    []string{"larkfield.example"},
		PublicDomains: []string{"freemail.example"},
		Folders:       d.folders(),
		CalendarName:  "Maya, work",
		seed:          o.Seed,
		days:          d,
		cast:          c,
	}
	for _, a := range c.accounts {
		w.Accounts = append(w.Accounts, a.Account)
		for _, p := range a.people {
			w.Contacts = append(w.Contacts, p.Contact)
		}
	}
	w.Calendar = c.calendar(d)
	w.Entries = c.entries(o.Seed, d)
	w.plans = planMails(o, c, d)
	w.Purchases, w.Tickets = c.trade(o.Seed, d)
	w.Money, w.TeamHours = moneyRules, teamHours
	w.Parts = linked(c.parts(o.Seed, d), w.plans)
	return w
}

// MailCount is how many mails Mail yields.
func (w World) MailCount() int { return len(w.plans) }

// Mail yields every mail, in the order in which the server received them. Only
// the threads that are under way are held in memory.
func (w World) Mail() iter.Seq[Mail] {
	return func(yield func(Mail) bool) {
		r := newReader(w)
		for _, p := range w.plans {
			if !yield(r.mail(p)) {
				return
			}
		}
	}
}

// Messages yields the person-to-person mail of the world as the store would
// get it, without the cost of writing and reading MIME: each one once, with its
// place in the mailbox of this ID. Mail that is broken or automated is not
// among them. Message.ID is made from Message.MessageID, since there are no
// bytes.
func (w World) Messages(mailbox string) iter.Seq[data.Arrival] {
	return func(yield func(data.Arrival) bool) {
		r, uids := newReader(w), map[string]uint32{}
		for _, p := range w.plans {
			uids[p.folder]++
			if p.raw != nil || p.copy {
				continue
			}
			l := r.letter(p)
			if l.automated() {
				continue
			}
			place := data.Location{Mailbox: mailbox, Folder: p.folder, UIDValidity: 1, UID: uids[p.folder]}
			if !yield(data.Arrival{Message: l.message(), Location: place}) {
				return
			}
		}
	}
}

// idOf is an ID that is the same for the same seed and parts.
func idOf(seed uint64, parts ...string) string {
	h := sha256.New()
	fmt.Fprintf(h, "rapport sample %d", seed)
	for _, p := range parts {
		fmt.Fprintf(h, " %d:%s", len(p), p)
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}
