package store

import (
	"context"
	"slices"
	"strings"

	"rapport/data"
)

// The kinds of keys of exceptions from the rules of sharing.
const (
	shareContact      = "contact/"
	shareConversation = "conversation/"
)

// ShareException is a rule of sharing for one contact or conversation, in place
// of the mailbox's. ShareNothing makes it private, whatever else is said.
type ShareException struct {
	Contact      string // Contact.ID, or ""
	Conversation string // Interaction.Thread, or ""
	Share        data.Share
}

func (e ShareException) key() string {
	if e.Contact != "" {
		return shareContact + e.Contact
	}
	return shareConversation + e.Conversation
}

// Same says whether two exceptions are of the same contact or conversation.
func (e ShareException) Same(o ShareException) bool { return e.key() == o.key() }

// Excepting is a mail with those of the exceptions that hold for it, in place of
// those that it had.
func Excepting(in data.ShareInput, list []ShareException) data.ShareInput {
	in.Exceptions, in.Private = nil, false
	for _, e := range list {
		holds := e.Conversation != "" && e.Conversation == in.Mail.Thread ||
			e.Contact != "" && slices.ContainsFunc(in.Mail.People, func(p data.Participant) bool { return p.Contact == e.Contact })
		if holds {
			in.Exceptions = append(in.Exceptions, e.Share)
			in.Private = in.Private || e.Share == data.ShareNothing
		}
	}
	return in
}

func scanException(r row) (e ShareException, err error) {
	var key string
	err = r.Scan(&key, &e.Share)
	if id, found := strings.CutPrefix(key, shareContact); found {
		e.Contact = id
	} else {
		e.Conversation = strings.TrimPrefix(key, shareConversation)
	}
	return e, err
}

// ShareExceptions are all of them, newest first.
func (db *DB) ShareExceptions(ctx context.Context) ([]ShareException, error) {
	list, err := query(ctx, db.read, scanException, `SELECT key, share FROM share_exception ORDER BY at DESC, key`)
	return list, wrapNoun(err, "sharing")
}

// PutShareException keeps an exception; a Share of "" takes it back, so that the
// mailbox's rule holds again.
func (tx *Tx) PutShareException(e ShareException) error {
	if e.Contact == "" && e.Conversation == "" {
		return &data.Invalid{Field: "share", Says: "say for which contact or conversation"}
	}
	if err := e.Share.Check(); err != nil {
		return err
	}
	if err := tx.keepRow("share_exception", e.key()); err != nil {
		return err
	}
	tx.touched("share_exception")
	if e.Share == "" {
		_, err := tx.exec(`DELETE FROM share_exception WHERE key = ?`, e.key())
		return err
	}
	_, err := tx.exec(`
		INSERT INTO share_exception (key, share, at) VALUES (?, ?, ?)
		ON CONFLICT (key) DO UPDATE SET share = excluded.share, at = excluded.at`, e.key(), string(e.Share), tx.now.Unix())
	return err
}

// ShareInputs are the newest mails of a mailbox that are on an account's
// timeline, at most limit, with all that decides what leaves of them.
func (db *DB) ShareInputs(ctx context.Context, mailbox string, limit int) ([]data.ShareInput, error) {
	type one struct{ id, account string }
	list, err := query(ctx, db.read, func(r row) (o one, err error) {
		err = r.Scan(&o.id, &o.account)
		return o, err
	}, `
		SELECT i.id, (SELECT min(account_id) FROM match WHERE interaction_n = i.n) FROM interaction i
		WHERE i.kind = 'mail' AND EXISTS (SELECT 1 FROM match WHERE interaction_n = i.n)
			AND EXISTS (SELECT 1 FROM message m CROSS JOIN location l WHERE m.interaction_n = i.n AND l.message_n = m.n AND l.mailbox_id = ?)
		ORDER BY i.at DESC LIMIT ?`, mailbox, limit)
	if err != nil {
		return nil, wrapNoun(err, "sharing")
	}
	var inputs []data.ShareInput
	for _, o := range list {
		in, err := db.ShareInput(ctx, o.id, o.account)
		if err != nil {
			return nil, err
		}
		inputs = append(inputs, in)
	}
	return inputs, nil
}

// ShareInput is all that decides what leaves of one mail, as it stands on the
// timeline of an account.
func (db *DB) ShareInput(ctx context.Context, interaction, account string) (in data.ShareInput, err error) {
	d, err := db.Interaction(ctx, interaction)
	if err != nil {
		return in, err
	}
	in = data.ShareInput{Mail: d.Interaction, Text: d.Text, Account: account, Space: map[string]string{}}
	for _, m := range d.Messages {
		for _, a := range m.Attached {
			in.Attached = append(in.Attached, a.Name)
		}
		in.Automated = m.Automated
	}
	if in.By, err = db.Setting(ctx, SettingUserName); err != nil {
		return in, err
	}
	contacts, err := db.Contacts(ctx, account)
	for _, c := range contacts {
		in.Space[c.ID] = c.Name
	}
	if err != nil {
		return in, err
	}
	if in.Mailboxes, err = query(ctx, db.read, func(r row) (s data.Share, err error) {
		err = r.Scan(&s)
		return s, err
	}, `
		SELECT DISTINCT b.share FROM interaction i CROSS JOIN message m CROSS JOIN location l CROSS JOIN mailbox b
		WHERE i.id = ? AND m.interaction_n = i.n AND l.message_n = m.n AND b.id = l.mailbox_id`, interaction); err != nil {
		return in, wrapNoun(err, "sharing")
	}
	return in, wrapNoun(db.exceptFor(ctx, &in), "sharing")
}

// exceptFor fills in the exceptions that hold for a mail.
func (db *DB) exceptFor(ctx context.Context, in *data.ShareInput) error {
	var keys []any
	if in.Mail.Thread != "" {
		keys = append(keys, shareConversation+in.Mail.Thread)
	}
	for _, p := range in.Mail.People {
		if p.Contact != "" {
			keys = append(keys, shareContact+p.Contact)
		}
	}
	var found []ShareException
	err := inChunks(keys, func(marks string, args []any) error {
		list, err := query(ctx, db.read, scanException, `SELECT key, share FROM share_exception WHERE key IN (`+marks+`)`, args...)
		found = append(found, list...)
		return err
	})
	*in = Excepting(*in, found)
	return err
}
