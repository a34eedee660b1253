package data

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"rapport/data/text"
)

// MailFacts is all that is known when somebody asks why a mail is, or is not,
// where they look for it.
type MailFacts struct {
	// Ref is the Message-ID or Message.ID that was asked for, without angle
	// brackets.
	Ref string
	// Now is the moment of asking, in the zone that dates are told in.
	Now time.Time
	// Found are the mails that have it, one for each timeline entry, newest
	// first: none when none was ever read. Only different mails that share an
	// ID, by their programs' mistake, make more than one.
	Found []FoundMail
	// Known is what filing goes by; its contacts and domains may be left out.
	Known Known
	// Rules are the rules of "no customer", with their dates.
	Rules []NoCustomer
	// Mailboxes are those of the workspace and how each stands.
	Mailboxes []MailboxFacts
	// ByWords says that Ref was looked for as words too.
	ByWords bool
	// LeftOut is the rule by which a mail of this Message-ID was left out; nil for
	// none. Senders are rules that leave out the sender who was asked for.
	LeftOut *LeaveOut
	Senders []LeaveOut
	// Answered is when the earliest mail was sent that answers or names the one
	// asked for; zero when no mail that is here does.
	Answered time.Time
}

// FoundMail is a mail that is here.
type FoundMail struct {
	Message     Message
	Interaction string // Interaction.ID of its timeline entry
	Places      []MailPlace
	Filed       []FiledAt // none: it is on no timeline
	Skip        string    // why it is on no timeline, as Verdict has it
	// Automated says why the entry is a program's; "" when it is a person's.
	Automated string
	People    []Participant // in the order of File
	// Programs are those of the people who only ever sent automated mail, about
	// whom Filing does not ask.
	Programs map[string]bool
	// Gone is since when no server has it; zero while one does.
	Gone time.Time
}

// FiledAt is one timeline that a mail is on.
type FiledAt struct {
	Match
	Name string // the account's
}

// MailPlace is where a mail lies, named for people.
type MailPlace struct {
	Mailbox string // its address
	Folder  string
	UID     uint32
	Flags   Flags
}

// MailboxFacts is how a mailbox stands.
type MailboxFacts struct {
	Mailbox
	Status
	// Sample says that it is the sample's, and is not read again.
	Sample bool
	// Read are the folders that were read, in the order of reading.
	Read []string
	// Bad are the mails that its server could not hand over.
	Bad []Unreadable
}

// Whereabouts is where a mail is, in a word for programs.
type Whereabouts string

// The places where a mail can be.
const (
	OnTimeline Whereabouts = "on a timeline"
	OffLines   Whereabouts = "on no timeline"
	NeverRead  Whereabouts = "never read"
)

// Explanation says where a mail is and why, in sentences for people.
type Explanation struct {
	Where Whereabouts
	Says  string // the answer in one sentence
	// Because are the reasons, most telling first.
	Because []string
	// Todo is what would change it, in sentences that name the commands; none
	// when nothing needs to be done.
	Todo []string
}

// Why explains why a mail is where it is. For one that was never read it says
// of each mailbox how far it was read, and what of that may be the reason; the
// most likely reason comes first.
func Why(f MailFacts) Explanation {
	if len(f.Found) == 0 {
		return whyUnseen(f)
	}
	e := Explanation{Where: OffLines}
	for i, m := range f.Found {
		says, because, todo := f.whyFound(m)
		if len(m.Filed) > 0 {
			e.Where = OnTimeline
		}
		if i == 0 {
			e.Says = says
		} else {
			because = append([]string{fmt.Sprintf("Another mail of this Message-ID, sent on %s: %s", ShortDate(m.Message.Date, f.Now), lowerFirst(says))}, because...)
		}
		e.Because = append(e.Because, because...)
		for _, t := range todo {
			if !slices.Contains(e.Todo, t) {
				e.Todo = append(e.Todo, t)
			}
		}
	}
	return e
}

// whyFound explains one mail that is here.
func (f MailFacts) whyFound(m FoundMail) (says string, because, todo []string) {
	if len(m.Filed) > 0 {
		says, because = whyFiled(m)
	} else {
		says, because, todo = f.whySkipped(m)
	}
	return says, append(because, f.whereItLies(m)...), todo
}

func whyFiled(m FoundMail) (says string, because []string) {
	var names []string
	for _, t := range m.Filed {
		names = append(names, t.Name)
		because = append(because, fmt.Sprintf("%s: %s.", t.Name, t.Reason))
	}
	lines := "timeline"
	if len(names) > 1 {
		lines = "timelines"
	}
	return fmt.Sprintf("It is on the %s of %s.", lines, JoinAnd(names)), because
}

// whySkipped explains why a mail is on no timeline.
func (f MailFacts) whySkipped(m FoundMail) (says string, because, todo []string) {
	switch {
	case m.Automated != "":
		return "It is here, but on no timeline, since a program wrote it.", []string{
			sentence(m.Automated) + ".",
			"Mail that a program wrote is on no timeline, whoever it comes from.",
		}, nil
	case m.Skip == SkipInternal:
		return "It is here, but on no timeline, since only colleagues take part in it.", f.whoIsOurs(m.People), nil
	case m.Skip == SkipByHand:
		return "It is here, but on no timeline, since you took it off.", nil, []string{fmt.Sprintf("To put it on a timeline: rapport filing add %s ACCOUNT", f.Ref)}
	case m.Skip == SkipRule:
		because, todo = f.rulesAbout(m.People)
		return "It is here, but on no timeline, since you said that nobody in it is a customer.", because, todo
	case m.Skip == SkipUnknown:
		return f.whyUnknown(m)
	}
	because = f.whoIsOurs(m.People)
	if len(because) == 0 {
		because = []string{"It names no mail address at all."}
	}
	return "It is here, but on no timeline, since nobody else is named in it.", because, nil
}

// whoIsOurs says of each person why they count as one of us.
func (f MailFacts) whoIsOurs(people []Participant) []string {
	var list []string
	for _, p := range people {
		switch {
		case p.Email == "":
		case f.Known.Own[p.Email]:
			list = append(list, p.Email+" is your own address.")
		case f.Known.IsOwn(p.Email):
			list = append(list, fmt.Sprintf("%s is a colleague: %s is your own mail domain.", p.Email, text.Domain(p.Email)))
		}
	}
	return list
}

// rulesAbout names the rules that keep a mail off every timeline, and the way
// back from each.
func (f MailFacts) rulesAbout(people []Participant) (because, todo []string) {
	for _, r := range f.Rules {
		if !slices.ContainsFunc(people, func(p Participant) bool { return p.Email == r.Pattern || "@"+text.Domain(p.Email) == r.Pattern }) {
			continue
		}
		because = append(because, fmt.Sprintf("The rule that %s is no customer is of %s.", whom(r.Pattern), ShortDate(r.At, f.Now)))
		todo = append(todo, fmt.Sprintf("To take the rule back: rapport filing heed %s", r.Pattern))
	}
	return because, todo
}

// whom says about whom a rule is.
func whom(pattern string) string {
	if domain, whole := strings.CutPrefix(pattern, "@"); whole {
		return "nobody at " + domain
	}
	return pattern
}

// whyUnknown explains a mail in which somebody is unknown: Filing asks about
// them, unless they are a program or a contact at no account.
func (f MailFacts) whyUnknown(m FoundMail) (says string, because, todo []string) {
	waits := false
	for _, p := range m.People {
		switch {
		case p.Email == "" || f.Known.IsOwn(p.Email) || f.Known.IsIgnored(p.Email):
		case p.Contact != "":
			because = append(because, fmt.Sprintf("%s is a contact, but at no account.", p.Email))
		case m.Programs[p.Email]:
			because = append(because, fmt.Sprintf("%s has only ever sent automated mail, so Filing does not ask about it.", p.Email))
		default:
			waits = true
			because = append(because, f.whyStranger(p.Email))
			todo = append(todo, fmt.Sprintf("To file it: rapport filing assign %s ACCOUNT; or, if it is no customer's: rapport filing ignore %s", p.Email, p.Email))
		}
	}
	if waits {
		return "It is here and waits in Filing, since somebody in it is not known yet.", because, todo
	}
	return "It is here, but on no timeline, since nobody in it is at an account.", because, nil
}

func (f MailFacts) whyStranger(email string) string {
	if d := text.Domain(email); IsPublicDomain(d, f.Known.Public) {
		return fmt.Sprintf("%s is no contact's address, and %s is free mail, so the domain tells nothing.", email, d)
	}
	return fmt.Sprintf("%s is no contact's address, and the domain is no account's.", email)
}

// whereItLies says where the mail is on the servers.
func (f MailFacts) whereItLies(m FoundMail) []string {
	var list []string
	for _, p := range m.Places {
		s := fmt.Sprintf("It lies in %s of %s", p.Folder, p.Mailbox)
		if marks := p.Flags.Words(); marks != "" {
			s += ", marked there as " + marks
		}
		if f.isChosenAway(p) {
			s += ", a folder that is not read any more"
		}
		list = append(list, s+".")
	}
	if !m.Gone.IsZero() {
		list = append(list, fmt.Sprintf("Since %s it is in no folder that is read; it goes from here once the mailbox was read to its end again.", ShortDate(m.Gone, f.Now)))
	}
	return list
}

// isChosenAway says whether a person chose other folders than this one.
func (f MailFacts) isChosenAway(p MailPlace) bool {
	return slices.ContainsFunc(f.Mailboxes, func(b MailboxFacts) bool {
		return b.Address == p.Mailbox && len(b.Folders) > 0 && !slices.ContainsFunc(b.Folders, func(name string) bool { return strings.EqualFold(name, p.Folder) })
	})
}
