package cli

import (
	"context"
	"os/exec"
	"strings"
)

// encryptionOf asks the system for the state of FileVault.
func encryptionOf(ctx context.Context, _ string) encryption {
	says, err := exec.CommandContext(ctx, "fdesetup", "status").Output()
	switch {
	case err != nil:
		return unknownEncryption
	case strings.Contains(string(says), "FileVault is On"):
		return encrypted
	case strings.Contains(string(says), "FileVault is Off"):
		return notEncrypted
	}
	return unknownEncryption
}
