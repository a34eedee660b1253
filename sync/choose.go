package sync

import (
	"context"
	"fmt"

	"rapport/data"
	"rapport/data/store"
)

// ChooseMailbox keeps another choice of what is read of a mailbox. With forget,
// mails that are here and that it no longer reads go, else they stay. Undo goes
// back to the earlier choice; what was forgotten is then read again from the
// server. It returns how many mails went.
func ChooseMailbox(ctx context.Context, db *store.DB, m data.Mailbox, forget bool) (store.Undo, int, error) {
	label := "What is read of " + m.Address + " changed"
	if forget {
		o, err := db.Outside(ctx, m)
		if err != nil {
			return store.Undo{}, 0, err
		}
		label += fmt.Sprintf(", %s forgotten", data.Counted(o.N(), "mail", "mails"))
	}
	u, err := db.Write(ctx, label, func(tx *store.Tx) error {
		_, err := tx.Choose(m)
		return err
	})
	if err != nil || !forget {
		return u, 0, err
	}
	n, err := db.ForgetOutside(ctx, m.ID)
	if err == nil {
		err = db.Scrub(ctx)
	}
	return u, n, err
}

// LeaveOut forgets mails for good by a rule, as store.DB.LeaveOut does, with
// their words.
func LeaveOut(ctx context.Context, db *store.DB, rule data.LeaveOut, entry string) (data.LeaveOut, store.Undo, error) {
	rule, u, err := db.LeaveOut(ctx, rule, entry)
	if err == nil {
		err = db.Scrub(ctx)
	}
	return rule, u, err
}
