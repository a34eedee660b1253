package cli

import (
	"context"

	"rapport/data/store"
)

// encryption is what is known of the disk beneath a folder.
type encryption int

const (
	unknownEncryption encryption = iota
	encrypted
	notEncrypted
)

func checkEncryption(ctx context.Context, dir string) store.Checkup {
	c := store.Checkup{What: "encryption", Well: true}
	switch encryptionOf(ctx, dir) {
	case encrypted:
		c.Says = "the disk beneath is encrypted"
	case notEncrypted:
		c.Says, c.Todo = "this system does not encrypt the disk beneath", "turn on your system's disk encryption: whoever has the laptop can read the workspace"
	default:
		c.Says, c.Todo = "whether the disk beneath is encrypted cannot be told here", "look in your system's settings for disk encryption"
	}
	return c
}
