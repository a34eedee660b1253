package mail

import (
	"context"
	"slices"
	"strings"

	"github.com/emersion/go-imap/v2"

	"rapport/data"
)

// Inventory connects, signs in and lists every folder that the server has: those
// that Rapport reads in the order of reading, then the others by name, each with
// why it is left out. It changes nothing. What goes wrong is a *data.Problem.
func (s Source) Inventory(ctx context.Context) ([]data.ServerFolder, error) {
	r := &run{Source: s.withDefaults(), emit: unheard, cursor: parseCursor("")}
	defer r.hangUp()
	if err := r.hello(ctx); err != nil {
		return nil, r.tryError(ctx, err)
	}
	listed, _, err := r.list(ctx)
	if err != nil {
		return nil, r.tryError(ctx, err)
	}
	return inventory(listed, s.Mailbox), nil
}

// inventory says of every listed folder, and of those that are chosen and not
// there, whether it is read.
func inventory(listed []*imap.ListData, choice data.Mailbox) []data.ServerFolder {
	places, missing := chosen(listed, choice)
	var read, others []data.ServerFolder
	for _, p := range places {
		read = append(read, data.ServerFolder{Name: p.name, Mails: mailsIn(p.status), Read: true})
	}
	for _, name := range missing {
		others = append(others, data.ServerFolder{Name: name, Mails: -1, Why: "the server has no folder of this name"})
	}
	for _, l := range listed {
		has := func(f data.ServerFolder) bool { return f.Name == l.Mailbox }
		if !slices.ContainsFunc(read, has) && !slices.ContainsFunc(others, has) {
			others = append(others, data.ServerFolder{Name: l.Mailbox, Mails: mailsIn(l.Status), Why: whyLeftOut(l, listed, choice)})
		}
	}
	slices.SortStableFunc(others, func(a, b data.ServerFolder) int { return strings.Compare(a.Name, b.Name) })
	return append(read, others...)
}

func mailsIn(s *imap.StatusData) int {
	if s == nil || s.NumMessages == nil {
		return -1
	}
	return int(*s.NumMessages)
}

// purposes are what folders that are left out are for, in words.
var purposes = map[string]string{
	`\trash`: "deleted mail", `\junk`: "junk", `\drafts`: "drafts", `\templates`: "templates", `\outbox`: "mail that is not sent yet",
	`\flagged`: "it only shows mail of other folders", `\important`: "it only shows mail of other folders",
}

// whyLeftOut says why chosen left out a folder.
func whyLeftOut(l *imap.ListData, listed []*imap.ListData, choice data.Mailbox) string {
	if slices.ContainsFunc(l.Attrs, isUnopenable) {
		return "it holds no mail of its own"
	}
	out, _ := named(placesOf(listed), choice.LeaveOut)
	for _, o := range out {
		if o.name == l.Mailbox {
			return "you left it out"
		}
		if (place{name: l.Mailbox}).liesIn(o) {
			return "it lies in " + o.name + ", which you left out"
		}
	}
	if len(choice.Folders) > 0 {
		return "you chose other folders"
	}
	byAttribute := attributesOf(listed)
	if roleOf(l, byAttribute) == everything {
		return "it holds mail of labels that you left out too; the other labels are read"
	}
	if purpose := purposeOf(l, byAttribute); roleOf(l, byAttribute) == leftOut {
		return purposes[purpose]
	}
	for _, up := range listed {
		if up.Delim != 0 && roleOf(up, byAttribute) == leftOut && strings.HasPrefix(l.Mailbox, up.Mailbox+string(up.Delim)) {
			return "it lies in " + up.Mailbox + ", which is left out"
		}
	}
	return "its mail is read from the folder that holds all"
}
