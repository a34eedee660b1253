package mail

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/emersion/go-imap/v2"

	"rapport/data"
)

// Drafts puts drafts into the Drafts folder of a mailbox. It is the only part of
// this package that writes to a server, and it makes no folder there.
type Drafts struct{ Source }

// Put appends a draft to the Drafts folder, unless it lies there already, by its
// Message-ID; of one that may have arrived before, it looks among sent and
// deleted mail too. What goes wrong is a *data.Problem, a *data.Invalid draft,
// or the context's end.
func (t Drafts) Put(ctx context.Context, o data.Outgoing) (data.Delivered, error) {
	l := NewDraftLine(t.Source)
	defer l.Close()
	return l.Put(ctx, o)
}

// DraftLine is Drafts over one sign-in for drafts that are put one after the other.
// It signs in with the first, and again after the line was lost.
type DraftLine struct {
	r      *run
	listed []*imap.ListData // nil where nobody asked since it signed in
	begun  bool             // an APPEND was sent, of the draft that is put now
	failed error            // why nobody could sign in: nobody tries again over this line
}

// NewDraftLine makes a line to a mailbox; Close ends it.
func NewDraftLine(s Source) *DraftLine {
	return &DraftLine{r: &run{Source: s.withDefaults(), emit: unheard, cursor: parseCursor("")}}
}

// Close signs out.
func (l *DraftLine) Close() {
	l.r.hangUp()
	l.listed = nil
}

// Put is Drafts.Put. A line that was lost while it stood idle, before anything of
// this draft was sent, is made anew at once; else the next try finds out whether it
// arrived.
func (l *DraftLine) Put(ctx context.Context, o data.Outgoing) (data.Delivered, error) {
	raw, err := Compose(o.Draft, o.Draft.QueuedAt)
	if err != nil {
		return data.Delivered{}, err
	}
	if o.Draft.MessageID == "" {
		return data.Delivered{}, errors.New("bug: a draft without a Message-ID cannot be known again")
	}
	if l.failed != nil {
		return data.Delivered{}, l.r.ended(ctx, l.failed)
	}
	l.begun = false
	used := l.listed != nil
	where, err := l.put(ctx, o, raw)
	if _, gone := asLost(err); gone && used && !l.begun {
		l.Close()
		where, err = l.put(ctx, o, raw)
	}
	if err != nil {
		l.Close()
		return where, l.r.ended(ctx, err)
	}
	return where, nil
}

func (l *DraftLine) put(ctx context.Context, o data.Outgoing, raw []byte) (where data.Delivered, err error) {
	r := l.r
	if err := l.open(ctx); err != nil {
		return where, err
	}
	where.Folder = draftsFolder(l.listed)
	if where.Folder == "" {
		return where, r.trouble(data.NoDrafts, "", nil)
	}
	if where.Had, err = r.sess.holds(where.Folder, o.Draft.MessageID); err != nil || where.Had {
		return where, r.draftError(err)
	}
	if o.Again {
		if folder := r.elsewhere(l.listed, o.Draft.MessageID); folder != "" {
			return data.Delivered{Folder: folder, Gone: true}, nil
		}
	}
	if err := ctx.Err(); err != nil {
		return where, err
	}
	l.begun = true
	return where, r.draftError(r.sess.append(where.Folder, raw))
}

// open signs in and asks which folders there are, where that is not done.
func (l *DraftLine) open(ctx context.Context) (err error) {
	if l.listed != nil && l.r.sess != nil {
		return nil
	}
	if err := l.r.hello(ctx); err != nil {
		l.failed = err
		return err
	}
	if l.listed, _, err = l.r.list(ctx); err != nil {
		l.listed = nil
		return err
	}
	return l.r.hello(ctx) // a list that cannot be read ends the session
}

// draftsFolder is the folder for drafts: the one that the server names so, else
// the one of a usual name that lies highest; "" where there is none.
func draftsFolder(listed []*imap.ListData) string {
	byAttribute := attributesOf(listed)
	best := ""
	for _, l := range listed {
		if slices.ContainsFunc(l.Attrs, isUnopenable) || purposeOf(l, byAttribute) != `\drafts` {
			continue
		}
		if best == "" || len(l.Mailbox) < len(best) {
			best = l.Mailbox
		}
	}
	return best
}

// elsewhere is the folder of sent, deleted or all mail that holds a mail; "" for
// none. A folder that cannot be searched holds nothing.
func (r *run) elsewhere(listed []*imap.ListData, messageID string) string {
	byAttribute := attributesOf(listed)
	for _, l := range listed {
		purpose := purposeOf(l, byAttribute)
		if slices.ContainsFunc(l.Attrs, isUnopenable) || !slices.Contains([]string{`\sent`, `\trash`, `\all`}, purpose) {
			continue
		}
		if has, err := r.sess.holds(l.Mailbox, messageID); err == nil && has {
			return l.Mailbox
		}
	}
	return ""
}

// holds says whether a folder has a mail with the Message-ID.
func (s *session) holds(folder, messageID string) (bool, error) {
	if _, err := s.examine(folder); err != nil {
		return false, err
	}
	found, err := s.search(&imap.SearchCriteria{Header: []imap.SearchCriteriaHeaderField{{Key: "Message-ID", Value: messageID}}})
	return len(found) > 0, err
}

// append adds a draft to a folder.
func (s *session) append(folder string, raw []byte) error {
	_, err := ask(s, func() (*imap.AppendData, error) {
		command := s.client.Append(folder, int64(len(raw)), &imap.AppendOptions{Flags: []imap.Flag{imap.FlagDraft, imap.FlagSeen}})
		_, wrote := command.Write(raw)
		closed := command.Close()
		added, err := command.Wait() // a refusal says more than that writing was cut short
		if err == nil {
			err = errors.Join(wrote, closed)
		}
		return added, err
	})
	return err
}

// draftError tells a refusal in words that say what to do about a draft.
func (r *run) draftError(err error) error {
	var said *imap.Error
	if !errors.As(err, &said) {
		return err
	}
	words := hide(said.Text, r.Mailbox.User)
	switch {
	case said.Code == imap.ResponseCodeOverQuota, strings.Contains(strings.ToLower(words), "quota"):
		return r.trouble(data.MailboxFull, "", err)
	case said.Code == imap.ResponseCodeTryCreate, said.Code == imap.ResponseCodeNonExistent:
		return r.trouble(data.NoDrafts, "", err)
	case isHitch(saidIn(said)):
		return r.refusal(saidIn(said), err)
	}
	return r.trouble(data.DraftRefused, words, err)
}
