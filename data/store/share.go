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
	err = db.inReader(ctx, func(tx *Tx) error {
		if in, err = shareInput(ctx, tx.sql, interaction, account); err != nil {
			return err
		}
		if in.By, err = settingIn(ctx, tx.sql, SettingUserName); err != nil {
			return err
		}
		in.Space, err = namesAt(ctx, tx.sql, account)
		return err
	})
	return in, wrapNoun(err, "interaction %s", interaction)
}

// shareInput is ShareInput without who shares it and whom the members know.
func shareInput(ctx context.Context, q asker, interaction, account string) (in data.ShareInput, err error) {
	mail, err := one(ctx, q, scanPlaced(&in.Automated), `SELECT `+interactionColumns+`, i.automated FROM interaction i WHERE i.id = ?`, interaction)
	if err != nil {
		return in, err
	}
	in.Account = account
	if mail.People, err = participantsOf(ctx, q, mail.n); err != nil {
		return in, err
	}
	in.Mail = mail.Interaction
	if in.Mailboxes, err = query(ctx, q, func(r row) (s data.Share, err error) {
		err = r.Scan(&s)
		return s, err
	}, `SELECT DISTINCT b.share FROM message m CROSS JOIN mailbox b WHERE m.interaction_n = ?
		AND (b.id = m.detached_from OR EXISTS (SELECT 1 FROM location l WHERE l.message_n = m.n AND l.mailbox_id = b.id))`, mail.n); err != nil {
		return in, err
	}
	if err := exceptFor(ctx, q, &in); err != nil {
		return in, err
	}
	_, err = query(ctx, q, func(r row) (struct{}, error) {
		var body, attached string
		if err := r.Scan(&body, &attached); err != nil {
			return struct{}{}, err
		}
		files, err := fromJSON[[]data.Attachment](attached)
		for _, f := range files {
			if !slices.Contains(in.Attached, f.Name) {
				in.Attached = append(in.Attached, f.Name)
			}
		}
		if in.Text == "" {
			in.Text = body
		}
		return struct{}{}, err
	}, `SELECT text, attached FROM message WHERE interaction_n = ? ORDER BY n DESC`, mail.n)
	return in, err
}

// namesAt are the names of the contacts at an account, by ID.
func namesAt(ctx context.Context, q asker, account string) (map[string]string, error) {
	names := map[string]string{}
	_, err := query(ctx, q, func(r row) (struct{}, error) {
		var id, name string
		err := r.Scan(&id, &name)
		names[id] = name
		return struct{}{}, err
	}, `SELECT id, name FROM contact WHERE account_id = ?`, account)
	return names, err
}

// exceptFor fills in the exceptions that hold for a mail.
func exceptFor(ctx context.Context, q asker, in *data.ShareInput) error {
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
		list, err := query(ctx, q, scanException, `SELECT key, share FROM share_exception WHERE key IN (`+marks+`)`, args...)
		found = append(found, list...)
		return err
	})
	*in = Excepting(*in, found)
	return err
}
