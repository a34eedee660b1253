package cli

import (
	"context"
	"fmt"
	"time"

	"rapport/data"
	"rapport/data/sample"
	"rapport/data/store"
)

// benchSize is how much a measured workspace holds.
type benchSize struct{ accounts, contacts, interactions int }

// benchBatch is how many accounts, contacts or mails are kept in one
// transaction.
const benchBatch = 1000

// fillBench fills a workspace with the sample world grown to a size: its mails
// as a source would bring them, the rest through the store.
func fillBench(ctx context.Context, db *store.DB, size benchSize, now time.Time) error {
	w := sample.Make(sample.Options{Today: now, Accounts: size.accounts, Mails: size.interactions * 13 / 10})
	contacts := padContacts(w.Contacts, size.contacts)
	entries := w.Entries[:min(len(w.Entries), size.interactions)]
	var box data.Mailbox
	if _, err := db.Write(ctx, "", func(tx *store.Tx) (err error) {
		if err := tx.PutSettingList(store.SettingOwnDomains, w.OwnDomains); err != nil {
			return err
		}
		box, err = tx.PutMailbox(data.Mailbox{Address: w.Mailbox, Host: "127.0.0.1", Port: 143, Security: data.Plain, SinceMonths: 0})
		return err
	}); err != nil {
		return err
	}
	if err := putEach(ctx, db, w.Accounts, func(tx *store.Tx, a data.Account) error { return tx.PutAccount(a) }); err != nil {
		return err
	}
	if err := putEach(ctx, db, contacts, func(tx *store.Tx, c data.Contact) error { return tx.PutContact(c) }); err != nil {
		return err
	}
	if err := putEach(ctx, db, entries, func(tx *store.Tx, e sample.Entry) error { return tx.PutEntry(e.Entry, e.RecordedAt) }); err != nil {
		return err
	}
	return ingestMails(ctx, db, w, box, size.interactions-len(entries), now)
}

// padContacts adds people until there are n.
func padContacts(list []data.Contact, n int) []data.Contact {
	for i := len(list); i < n; i++ {
		like := list[i%len(list)]
		list = append(list, data.Contact{
			AccountID: like.AccountID, Name: fmt.Sprintf("Further Person %d", i),
			Emails: []string{fmt.Sprintf("person%d@further.example", i)}, RecordedAt: like.RecordedAt,
		})
	}
	return list
}

func putEach[T any](ctx context.Context, db *store.DB, list []T, put func(*store.Tx, T) error) error {
	for len(list) > 0 {
		n := min(benchBatch, len(list))
		if _, err := db.Write(ctx, "", func(tx *store.Tx) error {
			for _, v := range list[:n] {
				if err := put(tx, v); err != nil {
					return err
				}
			}
			return nil
		}); err != nil {
			return err
		}
		list = list[n:]
	}
	return nil
}

func ingestMails(ctx context.Context, db *store.DB, w sample.World, box data.Mailbox, n int, now time.Time) error {
	batch := data.Batch{Mailbox: box.ID, OnServer: -1}
	keep := func() error {
		_, err := db.Ingest(ctx, box.SourceName(), box.Address, now, batch)
		batch.Arrived = batch.Arrived[:0]
		return err
	}
	for a := range w.Messages(box.ID) {
		if n == 0 {
			break
		}
		batch.Folder = a.Location.Folder
		if batch.Arrived = append(batch.Arrived, a); len(batch.Arrived) == benchBatch {
			if err := keep(); err != nil {
				return err
			}
		}
		n--
	}
	return keep()
}
