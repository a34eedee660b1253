package store

import (
	"crypto/rand"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
)

// instanceOf names this installation and the folder's place on it: a random
// word kept in the user's configuration, and the path. A folder that was copied
// has another one, so the copy writes a log of its own.
func instanceOf(dir string) string {
	if abs, err := filepath.Abs(dir); err == nil {
		dir = abs
	}
	return installation() + " " + dir
}

func installation() string {
	config, err := os.UserConfigDir()
	if err != nil {
		return rand.Text()
	}
	path := filepath.Join(config, "rapport", "installation")
	if word, err := os.ReadFile(path); err == nil && len(word) > 0 {
		return strings.TrimSpace(string(word))
	}
	word := rand.Text()
	if os.MkdirAll(filepath.Dir(path), 0o700) != nil || os.WriteFile(path, []byte(word+"\n"), 0o600) != nil {
		return rand.Text() // nowhere to remember it: each opening is an installation of its own
	}
	return word
}

func isDiskFull(err error) bool {
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, errDiskQuota)
}

// NewID returns a random ID.
func NewID() string { return strings.ToLower(rand.Text()) }
