package data

import (
	"fmt"
	"strings"
	"time"
)

// foldersNamed is how many folders a sentence names.
const foldersNamed = 6

// whyUnseen explains a mail that was never read.
func whyUnseen(f MailFacts) Explanation {
	if f.LeftOut != nil {
		return f.whyLeftOut(*f.LeftOut)
	}
	e := Explanation{Where: NeverRead, Says: "No mail with this ID was ever read."}
	if len(f.Senders) > 0 {
		return f.whyLeftOut(f.Senders[0])
	}
	if f.ByWords {
		e.Says = "No mail that is here has these words in its subject, its text or its people."
	}
	if len(f.Mailboxes) == 0 {
		e.Because = []string{"There is no mailbox in this workspace."}
		e.Todo = []string{"To read one: rapport mailbox add"}
		return e
	}
	if !f.Answered.IsZero() {
		e.Because = append(e.Because, fmt.Sprintf("A mail that is here answers it, and was sent on %s; so it is older than that.", ShortDate(f.Answered, f.Now)))
	}
	tooOld := 0
	for _, b := range f.Mailboxes {
		e.Because = append(e.Because, f.whyNotIn(b)...)
		if b.before(f.Answered, f.Now) {
			tooOld++
		}
	}
	if tooOld == len(f.Mailboxes) {
		e.Says = "It was never read, since it is older than the mail that is read."
	}
	e.Todo = f.lookFurther()
	return e
}

// whyLeftOut says that a person left a mail out, and how to have it back.
func (f MailFacts) whyLeftOut(r LeaveOut) Explanation {
	return Explanation{
		Where:   NeverRead,
		Says:    "It is not here, since you left it out.",
		Because: []string{fmt.Sprintf("On %s you left out %s.", ShortDate(r.At, f.Now), r.Words()), "Nothing of it is kept here; the server still has it, unless somebody deleted it there."},
		Todo:    []string{"To have it read again: rapport leave-out lift " + r.Ref()},
	}
}

// whyNotIn says how far a mailbox was read, and what of that may keep a mail
// away.
func (f MailFacts) whyNotIn(b MailboxFacts) []string {
	if b.Sample {
		return []string{fmt.Sprintf("%s belongs to the sample, which is not read again.", b.Address)}
	}
	if b.Imported() {
		return []string{fmt.Sprintf("%s was imported from files, and is not read again.", b.Address)}
	}
	list := []string{b.lastRead(f.Now)}
	if b.Problem != "" {
		list = append(list, fmt.Sprintf("Its last run failed: %s.", strings.TrimSuffix(b.Problem, ".")))
	}
	if start := b.ReadFrom(f.Now); !start.IsZero() {
		s := fmt.Sprintf("Mail that came before %s is left out: %s is read %s.", ShortDate(start, f.Now), b.Address, b.Span().Words(f.Now))
		if b.before(f.Answered, f.Now) {
			s += " The mail is older than that."
		}
		list = append(list, s)
	}
	list = append(append(list, b.badOnes()...), b.foldersRead())
	if len(b.LeaveOut) > 0 {
		folders := map[bool]string{true: "the folder", false: "the folders"}[len(b.LeaveOut) == 1]
		list = append(list, fmt.Sprintf("You left out %s %s, with all that lies in there.", folders, namedOf(b.LeaveOut)))
	}
	return list
}

// lastRead says when the mailbox was read to its end.
func (b MailboxFacts) lastRead(now time.Time) string {
	if b.At.IsZero() {
		return fmt.Sprintf("%s was never read to its end yet, so it may still come.", b.Address)
	}
	return fmt.Sprintf("%s was last read to its end %s; what came later may still come.", b.Address, Ago(b.At, now))
}

// before says whether a mail that was answered then is older than what is read.
func (b MailboxFacts) before(answered, now time.Time) bool {
	start := b.ReadFrom(now)
	return !answered.IsZero() && !start.IsZero() && answered.Before(start)
}

// badOnes names the mails that could not be had, by folder and reason: the one
// asked for may be among them, since their IDs are not known.
func (b MailboxFacts) badOnes() []string {
	type kind struct{ folder, reason string }
	uids := map[kind][]string{}
	var order []kind
	for _, u := range b.Bad {
		k := kind{u.Location.Folder, u.Reason}
		if uids[k] == nil {
			order = append(order, k)
		}
		uids[k] = append(uids[k], fmt.Sprint(u.Location.UID))
	}
	var list []string
	for _, k := range order {
		n := len(uids[k])
		list = append(list, fmt.Sprintf("%s in %s could not be read (%s): UID %s. It may be this one.",
			Counted(n, "mail", "mails"), k.folder, k.reason, namedOf(uids[k])))
	}
	return list
}

// foldersRead names the folders that are read, and says what is left out.
func (b MailboxFacts) foldersRead() string {
	switch {
	case len(b.Folders) > 0:
		return fmt.Sprintf("Of its folders, only these are read, as you chose: %s.", namedOf(b.Folders))
	case len(b.Read) == 0:
		return "None of its folders was read yet; bin, junk, drafts and templates will be left out."
	}
	return fmt.Sprintf("Read are %s; left out are bin, junk, drafts and templates.", namedOf(b.Read))
}

// lookFurther names the commands by which a person finds out more.
func (f MailFacts) lookFurther() []string {
	var todo []string
	limited := false
	for _, b := range f.Mailboxes {
		if !b.Sample && !b.Imported() {
			todo = append(todo, "To see all folders of the server: rapport mailbox folders "+b.Address)
			limited = limited || b.Span() != Span{}
		}
	}
	if len(todo) == 0 {
		return nil
	}
	if limited {
		todo = append(todo, "To read further back: rapport mailbox set, with -since all")
	}
	return append([]string{"To read what is new: rapport sync"}, todo...)
}

// namedOf joins names, the last ones as a number where there are many.
func namedOf(names []string) string {
	if len(names) <= foldersNamed {
		return JoinAnd(names)
	}
	return fmt.Sprintf("%s and %d more", strings.Join(names[:foldersNamed-1], ", "), len(names)-foldersNamed+1)
}
