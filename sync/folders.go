package sync

import (
	"context"
	"fmt"

	"rapport/data"
	"rapport/data/store"
	"rapport/data/text"
	"rapport/sync/secret"
)

// ServerFolders connects to a mailbox of the workspace, by ID or address, and
// lists the folders that its server has: those that are read first, then the
// others with why they are left out. It changes nothing. Trouble with the world
// outside is a *data.Problem.
func ServerFolders(ctx context.Context, db *store.DB, keys secret.Keeper, ref string) ([]data.ServerFolder, error) {
	boxes, err := db.Mailboxes(ctx)
	if err != nil {
		return nil, err
	}
	for _, m := range boxes {
		if m.ID != ref && m.Address != ref && m.Address != text.NormalAddress(ref) {
			continue
		}
		if m.Imported() {
			return nil, fmt.Errorf("%s was imported from files, and has no server", m.Address)
		}
		return mailboxSource(db, keys, m, new(tokenCache)).Inventory(ctx)
	}
	return nil, fmt.Errorf("mailbox %s: %w", ref, data.ErrNotFound)
}

// FoldersOf is ServerFolders for a mailbox that is not kept yet, with a secret of
// the kind that AddMailbox takes.
func FoldersOf(ctx context.Context, m data.Mailbox, password string) ([]data.ServerFolder, error) {
	m = m.Tidy()
	if err := m.Check(); err != nil {
		return nil, err
	}
	return untriedSource(m, password).Inventory(ctx)
}
