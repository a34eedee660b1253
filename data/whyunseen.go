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
	e := Explanation{Where: NeverRead, Says: "No mail with this ID was ever read."}
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
	if start := b.start(f.Now); !start.IsZero() {
		s := fmt.Sprintf("Mail that came before %s is left out: %s is read %s back.", ShortDate(start, f.Now), b.Address, Counted(b.SinceMonths, "month", "months"))
		if b.before(f.Answered, f.Now) {
			s += " The mail is older than that."
		}
		list = append(list, s)
	}
	return append(append(list, b.badOnes()...), b.foldersRead())
}

// lastRead says when the mailbox was read to its end.
func (b MailboxFacts) lastRead(now time.Time) string {
	if b.At.IsZero() {
		return fmt.Sprintf("%s was never read to its end yet, so it may still come.", b.Address)
	}
	return fmt.Sprintf("%s was last read to its end %s; what came later may still come.", b.Address, Ago(b.At, now))
}

// start is the day from which on mail is read; zero for all.
func (b MailboxFacts) start(now time.Time) time.Time {
	if b.SinceMonths <= 0 {
		return time.Time{}
	}
	y, m, d := now.UTC().AddDate(0, -b.SinceMonths, 0).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

// before says whether a mail that was answered then is older than what is read.
func (b MailboxFacts) before(answered, now time.Time) bool {
	start := b.start(now)
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
			limited = limited || b.SinceMonths > 0
		}
	}
	if len(todo) == 0 {
		return nil
	}
	if limited {
		todo = append(todo, "To read further back: rapport mailbox add, with -since all")
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
