//go:build !linux && !darwin

package cli

import "context"

// encryptionOf is not known on this system.
func encryptionOf(context.Context, string) encryption { return unknownEncryption }
