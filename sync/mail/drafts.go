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
	raw, err := Compose(o.Draft, o.Draft.QueuedAt)
	if err != nil {
		return data.Delivered{}, err
	}
	if o.Draft.MessageID == "" {
		return data.Delivered{}, errors.New("bug: a draft without a Message-ID cannot be known again")
	}
	r := &run{Source: t.withDefaults(), emit: unheard, cursor: parseCursor("")}
	defer r.hangUp()
	where, err := r.putDraft(ctx, o, raw)
	if err != nil {
		return where, r.ended(ctx, err)
	}
	return where, nil
}

func (r *run) putDraft(ctx context.Context, o data.Outgoing, raw []byte) (where data.Delivered, err error) {
	if err := r.hello(ctx); err != nil {
		return where, err
	}
	listed, _, err := r.list(ctx)
	if err != nil {
		return where, err
	}
	if err := r.hello(ctx); err != nil { // a list that cannot be read ends the session
		return where, err
	}
	where.Folder = draftsFolder(listed)
	if where.Folder == "" {
		return where, r.trouble(data.NoDrafts, "", nil)
	}
	if where.Had, err = r.sess.holds(where.Folder, o.Draft.MessageID); err != nil || where.Had {
		return where, r.draftError(err)
	}
	if o.Again {
		if folder := r.elsewhere(listed, o.Draft.MessageID); folder != "" {
			return data.Delivered{Folder: folder, Gone: true}, nil
		}
	}
	if err := ctx.Err(); err != nil {
		return where, err
	}
	return where, r.draftError(r.sess.append(where.Folder, raw))
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
