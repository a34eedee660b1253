package sync

import (
	"context"

	"rapport/sync/mail"
)

// Found is a way to a mailbox that FindMailbox came upon.
type Found = mail.Found

// FindMailbox looks for the way to the mailbox of an address, the best first,
// and says what it tried in vain. It does not sign in. It takes under 20 s; what
// it tells to whom, and its errors, are those of mail.Find.
func FindMailbox(ctx context.Context, address string) (found []Found, tried []string, err error) {
	return mail.Find(ctx, address, mail.FindOptions{})
}

// KnownServer is what is known of a mail server of a large provider by its name;
// false for any other. It asks nobody.
func KnownServer(host string) (Found, bool) { return mail.FindAt(host) }

// KnownMailbox is the way to the mailbox of an address at a large provider;
// false for any other address. It asks nobody.
func KnownMailbox(address string) (Found, bool) { return mail.FindKnown(address) }
