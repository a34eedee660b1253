package store

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// TestAWorkspaceKnowsWhereItLay opens one file as from several folders of a laptop.
func TestAWorkspaceKnowsWhereItLay(t *testing.T) {
	dir, root := t.TempDir(), t.TempDir()
	folder := func(name string) string { return filepath.Join(root, name) }
	for _, step := range []struct {
		laptop, at string
		copied     string // where a workspace still lies
		want       []string
	}{
		{"ours", folder("a"), "", nil},
		{"ours", folder("a"), "", nil},
		{"ours", folder("b"), "", []string{folder("a")}},
		{"ours", folder("c with a space"), "", []string{folder("b"), folder("a")}},
		{"ours", folder("a"), "", []string{folder("c with a space"), folder("b")}},
		{"ours", folder("d"), folder("b"), []string{folder("a"), folder("c with a space")}},
		{"another", folder("e"), "", []string{folder("a"), folder("c with a space")}},
	} {
		if step.copied != "" {
			if err := os.MkdirAll(step.copied, 0o700); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(step.copied, FileName), nil, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		db, err := Open(context.Background(), dir, Options{Instance: step.laptop + " " + step.at})
		if err != nil {
			t.Fatal(err)
		}
		got, err := db.MovedFrom(context.Background())
		if err != nil || !slices.Equal(got, step.want) {
			t.Errorf("in %s it came from %q, want %q: %v", step.at, got, step.want, err)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
	}
}
