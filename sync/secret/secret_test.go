package secret

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rapport/data"
)

// alone gives the test a configuration folder of its own and no keyring.
func alone(t *testing.T, passphrase string) string {
	t.Helper()
	dir := t.TempDir()
	t.Setenv("HOME", dir)
	t.Setenv("XDG_CONFIG_HOME", dir)
	t.Setenv("AppData", dir)
	t.Setenv(FileVariable, "1")
	t.Setenv(PassphraseVariable, passphrase)
	return dir
}

func TestSecretsComeBackAndAreNowhereInTheClear(t *testing.T) {
	for name, passphrase := range map[string]string{"with a passphrase": "correct horse", "with the laptop's key": ""} {
		t.Run(name, func(t *testing.T) {
			dir := alone(t, passphrase)
			k := mustOpen(t, "/workspace")
			must(t, k.Put("mailbox/1", "hunter2-secret"))
			must(t, k.Put("mailbox/2", "other"))
			again := mustOpen(t, "/workspace")
			if v, err := again.Value("mailbox/1"); err != nil || v != "hunter2-secret" {
				t.Fatalf("got %q, %v", v, err)
			}
			must(t, again.Delete("mailbox/1"))
			must(t, again.Delete("mailbox/1"))
			if _, err := mustOpen(t, "/workspace").Value("mailbox/1"); !errors.Is(err, data.ErrNotFound) {
				t.Errorf("after deleting: %v", err)
			}
			if _, err := mustOpen(t, "/elsewhere").Value("mailbox/2"); !errors.Is(err, data.ErrNotFound) {
				t.Errorf("another workspace sees it: %v", err)
			}
			must(t, k.Put("mailbox/1", "hunter2-secret"))
			refuseClear(t, dir, "hunter2-secret")
		})
	}
}

func TestAWrongPassphraseIsSaidAndChangesNothing(t *testing.T) {
	alone(t, "right")
	must(t, mustOpen(t, "/w").Put("a", "1"))
	t.Setenv(PassphraseVariable, "wrong")
	k := mustOpen(t, "/w")
	if p, ok := data.AsProblem(k.Put("a", "2")); !ok || p.Kind != data.WrongPassphrase {
		t.Errorf("a wrong passphrase: %v", p)
	}
	t.Setenv(PassphraseVariable, "right")
	if v, err := mustOpen(t, "/w").Value("a"); err != nil || v != "1" {
		t.Errorf("got %q, %v", v, err)
	}
}

// TestAPasswordThatACommandChangedIsSeenByTheWindow has two keepers of one
// workspace, as two processes have.
func TestAPasswordThatACommandChangedIsSeenByTheWindow(t *testing.T) {
	alone(t, "")
	window, command := mustOpen(t, "/w"), mustOpen(t, "/w")
	must(t, window.Put("mailbox/1", "older"))
	for _, password := range []string{"old", "new"} {
		must(t, command.Put("mailbox/1", password))
		if v, err := window.Value("mailbox/1"); err != nil || v != password {
			t.Errorf("the window has %q, %v; want %q", v, err, password)
		}
	}
}

func mustOpen(t *testing.T, workspace string) Keeper {
	t.Helper()
	k, err := Open(workspace)
	must(t, err)
	return k
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func refuseClear(t *testing.T, dir, secret string) {
	t.Helper()
	must(t, filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		if info.Mode().Perm()&0o077 != 0 {
			t.Errorf("others may read %s", path)
		}
		text, err := os.ReadFile(path)
		if strings.Contains(string(text), secret) {
			t.Errorf("%s holds the secret in the clear", path)
		}
		return err
	}))
}

func TestSecretsComeAlongWithAWorkspaceThatWasMoved(t *testing.T) {
	alone(t, "")
	first, second := mustOpen(t, "/first"), mustOpen(t, "/second")
	must(t, first.Put("mailbox/1", "of the first"))
	must(t, first.Put("mailbox/2", "of the first"))
	must(t, second.Put("mailbox/2", "of the second"))
	k, err := Open("/third", "/second", "/first")
	must(t, err)
	for name, want := range map[string]string{"mailbox/1": "of the first", "mailbox/2": "of the second"} {
		if v, err := k.Value(name); err != nil || v != want {
			t.Errorf("%s is %q, %v, want what was %s", name, v, err, want)
		}
		if v, err := mustOpen(t, "/third").Value(name); err != nil || v != want {
			t.Errorf("%s is not kept under the new folder: %q, %v", name, v, err)
		}
		for _, former := range []string{"/first", "/second"} {
			if _, err := mustOpen(t, former).Value(name); !errors.Is(err, data.ErrNotFound) {
				t.Errorf("%s is left behind in %s: %v", name, former, err)
			}
		}
	}
	if _, err := k.Value("mailbox/3"); !errors.Is(err, data.ErrNotFound) {
		t.Errorf("what was never kept: %v", err)
	}
	must(t, mustOpen(t, "/first").Put("mailbox/4", "old"))
	must(t, k.Delete("mailbox/4"))
	if _, err := k.Value("mailbox/4"); !errors.Is(err, data.ErrNotFound) {
		t.Errorf("what was forgotten came back: %v", err)
	}
}
