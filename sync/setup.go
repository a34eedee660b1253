package sync

import (
	"context"
	"errors"
	"fmt"

	"rapport/data"
	"rapport/data/store"
	"rapport/data/text"
	"rapport/sync/login"
	"rapport/sync/mail"
	"rapport/sync/secret"
)

// AddMailbox keeps a mailbox, new or changed, and its secret: the password, or
// what SignInBrowser or SignInDevice returned where that is how it is signed in
// to. Where either fails, neither is kept. It does not connect.
func AddMailbox(ctx context.Context, db *store.DB, keys secret.Keeper, m data.Mailbox, password string) (data.Mailbox, error) {
	if password == "" {
		return m, errNoSecret(m)
	}
	if m.ID == "" {
		m.ID = store.NewID()
	}
	if err := m.Tidy().Check(); err != nil {
		return m, err
	}
	err := withSecrets(keys, map[string]string{m.SecretName(): keepable(m, password)}, func() error {
		_, err := db.Write(ctx, "", func(tx *store.Tx) (err error) {
			m, err = tx.PutMailbox(m)
			return err
		})
		return err
	})
	if err == nil {
		err = keepClient(ctx, db, keys, m, password)
	}
	return m, err
}

// withSecrets keeps secrets, and takes that back where what they are for cannot
// be kept. It comes before the write, since a keyring may wait for a person and
// nobody else can write meanwhile.
func withSecrets(keys secret.Keeper, secrets map[string]string, write func() error) error {
	var err error
	before := map[string]string{}
	for name, value := range secrets {
		if old, have := keys.Value(name); have == nil {
			before[name] = old
		}
		if err = keys.Put(name, value); err != nil {
			break
		}
	}
	if err == nil {
		err = write()
	}
	if err == nil {
		return nil
	}
	for name := range secrets {
		if old, had := before[name]; had {
			err = errors.Join(err, keys.Put(name, old))
		} else {
			err = errors.Join(err, keys.Delete(name))
		}
	}
	return err
}

// errNoSecret says what a mailbox lacks.
func errNoSecret(m data.Mailbox) error {
	if m.SignIn.Provider() != "" {
		return &data.Invalid{Field: "sign-in", Says: "a mailbox of this kind needs a sign-in in the browser"}
	}
	return &data.Invalid{Field: "password", Says: "a mailbox needs a password"}
}

// ChangePassword keeps another secret for a mailbox, of the kind that it has.
func ChangePassword(keys secret.Keeper, m data.Mailbox, password string) error {
	if password == "" {
		return errNoSecret(m)
	}
	return keys.Put(m.SecretName(), keepable(m, password))
}

// RemoveMailbox takes a mailbox away from this workspace, by ID or address, with
// its password and the mails that only it held. The server is not touched.
func RemoveMailbox(ctx context.Context, db *store.DB, keys secret.Keeper, ref string) (data.Mailbox, error) {
	boxes, err := db.Mailboxes(ctx)
	if err != nil {
		return data.Mailbox{}, err
	}
	for _, m := range boxes {
		if m.ID != ref && m.Address != ref && m.Address != text.NormalAddress(ref) {
			continue
		}
		if _, err := db.Write(ctx, "", func(tx *store.Tx) error {
			return errors.Join(tx.PutSettingList(archives(m), nil), tx.DeleteMailbox(m.ID))
		}); err != nil {
			return m, err
		}
		if m.Imported() {
			return m, nil
		}
		return m, keys.Delete(m.SecretName())
	}
	return data.Mailbox{}, fmt.Errorf("mailbox %s: %w", ref, data.ErrNotFound)
}

// TryMailbox connects, signs in with a secret of the kind that AddMailbox takes,
// and lists the folders. It changes nothing. A sign-in in the browser must be
// fresh. What goes wrong is a *data.Problem.
func TryMailbox(ctx context.Context, m data.Mailbox, password string) (folders []string, err error) {
	m = m.Tidy()
	if err := m.Check(); err != nil {
		return nil, err
	}
	return untriedSource(m, password).Folders(ctx)
}

// untriedSource is a mailbox with a secret that nobody keeps yet.
func untriedSource(m data.Mailbox, password string) mail.Source {
	return mail.Source{
		Mailbox: m, Password: func(context.Context) (string, error) { return password, nil },
		Token: func(context.Context, string) (string, error) {
			g, err := login.Open(password)
			return g.Access, err
		},
	}
}

// TryKept is TryMailbox with the secret that the keeper has of the mailbox.
func TryKept(ctx context.Context, db *store.DB, keys secret.Keeper, m data.Mailbox) (folders []string, err error) {
	m = m.Tidy()
	if err := m.Check(); err != nil {
		return nil, err
	}
	return mailboxSource(db, keys, m, new(tokenCache)).Folders(ctx)
}
