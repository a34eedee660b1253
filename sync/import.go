package sync

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"rapport/data"
	"rapport/data/store"
	"rapport/data/text"
	"rapport/sync/mail"
)

// Archive is mail in files that OpenArchive found.
type Archive = mail.Archive

// OpenArchive finds mail in files and keeps nothing. kind is mbox, maildir or
// eml; a name that is "" is the file's or folder's. Its errors are
// *data.Invalid and *data.Problem.
func OpenArchive(kind, path, name string) (Archive, error) {
	return mail.OpenArchive(mail.ArchiveKind(kind), path, name)
}

// Import keeps the mails of an archive under its mailbox's name, and returns
// what it did with each folder. Mails that are known already are kept once, so
// it may be run again, and goes on where it was interrupted. It takes its turn
// beside an engine that runs.
func Import(ctx context.Context, db *store.DB, a Archive, o Options) ([]data.LedgerLine, error) {
	var err error
	if a.Mailbox, err = importedMailbox(ctx, db, a.Mailbox); err != nil {
		return nil, err
	}
	if err := rememberArchive(ctx, db, a); err != nil {
		return nil, err
	}
	e := New(db, nil, o)
	started := e.o.Now().Truncate(time.Millisecond)
	if err := e.read(ctx, feed{Source: a, shown: a.Mailbox.Address}); err != nil {
		return nil, err
	}
	return db.Ledger(ctx, a.Name(), started)
}

// importedMailbox is the imported mailbox of that name, made where there is
// none.
func importedMailbox(ctx context.Context, db *store.DB, m data.Mailbox) (data.Mailbox, error) {
	boxes, err := db.Mailboxes(ctx)
	if err != nil {
		return m, err
	}
	for _, have := range boxes {
		if have.Imported() && have.Address == m.Address {
			return have, nil
		}
	}
	_, err = db.Write(ctx, "", func(tx *store.Tx) (err error) {
		m, err = tx.PutMailbox(m)
		return err
	})
	return m, err
}

// OwnAddresses returns addresses in the form in which they are kept, or a
// *data.Invalid for one that is none.
func OwnAddresses(typed []string) ([]string, error) {
	var list []string
	for _, a := range typed {
		a = text.NormalAddress(a)
		if local, domain, ok := strings.Cut(a, "@"); !ok || local == "" || domain == "" || strings.ContainsAny(a, " \t\r\n") {
			return nil, &data.Invalid{Field: "own", Says: strconv.Quote(a) + " is not a mail address; write it like maya@larkfield.example"}
		}
		list = append(list, a)
	}
	return list, nil
}

// AddOwnAddresses makes addresses that OwnAddresses returned ours, beside those
// of the mailboxes, so that mail from them counts as sent by us, what was read
// before too.
func AddOwnAddresses(ctx context.Context, db *store.DB, addresses []string) error {
	own, err := db.SettingList(ctx, store.SettingOwnAddresses)
	if err != nil {
		return err
	}
	all := slices.Clone(own)
	for _, a := range addresses {
		if !slices.Contains(all, a) {
			all = append(all, a)
		}
	}
	if len(all) == len(own) {
		return nil
	}
	_, err = db.Write(ctx, "", func(tx *store.Tx) error { return tx.PutSettingList(store.SettingOwnAddresses, all) })
	return err
}
