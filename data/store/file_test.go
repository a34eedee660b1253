package store

import (
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rapport/data"
)

// TestTheSchemaReads keeps testdata/schema.sql as the migrations make it, for
// people who want to read it in one piece.
func TestTheSchemaReads(t *testing.T) {
	db := open(t)
	lines, err := query(context.Background(), db.read, scanString, `
		SELECT sql || ';' FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE '%\_search\_%' ESCAPE '\' ORDER BY tbl_name, type DESC, name`)
	if err != nil {
		t.Fatal(err)
	}
	got := strings.Join(lines, "\n") + "\n"
	path := filepath.Join("testdata", "schema.sql")
	if os.Getenv("UPDATE") != "" {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil || string(want) != got {
		t.Errorf("%s is not what the migrations make (%v); look at the difference, then run the tests with UPDATE=1", path, err)
	}
}

func TestFilesThatAreNoWorkspacesAreRefusedAndLeftAsTheyAre(t *testing.T) {
	newer := func(t *testing.T, dir string) {
		db := openAt(t, dir)
		if _, err := db.write.Exec(`PRAGMA user_version = 999`); err != nil {
			t.Fatal(err)
		}
		db.Close()
	}
	for name, c := range map[string]struct {
		make func(t *testing.T, dir string)
		kind data.ProblemKind
	}{
		"a text":              {func(t *testing.T, dir string) { put(t, dir, strings.Repeat("no database\n", 1000)) }, data.NotWorkspace},
		"a newer workspace":   {newer, data.NewerWorkspace},
		"another's database":  {foreign, data.NotWorkspace},
		"a damaged workspace": {damaged, data.DamagedWorkspace},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			c.make(t, dir)
			before, err := os.ReadFile(filepath.Join(dir, FileName))
			if err != nil {
				t.Fatal(err)
			}
			db, err := Open(context.Background(), dir, Options{Instance: "test"})
			if err == nil {
				db.Close()
			}
			if p, ok := data.AsProblem(err); !ok || p.Kind != c.kind {
				t.Errorf("opening it: %v", err)
			}
			after, err := os.ReadFile(filepath.Join(dir, FileName))
			if err != nil || string(after) != string(before) {
				t.Errorf("the file was changed (%v)", err)
			}
		})
	}
}

func put(t *testing.T, dir, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, FileName), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func foreign(t *testing.T, dir string) {
	db, err := sql.Open("sqlite3", filepath.Join(dir, FileName))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(`CREATE TABLE places (url TEXT)`); err != nil {
		t.Fatal(err)
	}
}

// damaged overwrites the page that holds the schema.
func damaged(t *testing.T, dir string) {
	db := openAt(t, dir)
	db.Close()
	f, err := os.OpenFile(filepath.Join(dir, FileName), os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := f.WriteAt([]byte(strings.Repeat("\xff", 3000)), 100); err != nil {
		t.Fatal(err)
	}
}

func TestAFolderWithoutAWorkspaceIsSaidWhenOneMustExist(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "none")
	_, err := Open(context.Background(), dir, Options{MustExist: true})
	if p, ok := data.AsProblem(err); !ok || p.Kind != data.NoWorkspace {
		t.Errorf("opening it: %v", err)
	}
	if _, err := os.Stat(dir); err == nil {
		t.Error("the folder was made")
	}
}

// TestAFullDiskLosesNothingThatWasStored lets the file grow no further, as a
// full disk does.
func TestAFullDiskLosesNothingThatWasStored(t *testing.T) {
	db := open(t)
	ctx := context.Background()
	write(t, db, "", func(tx *Tx) error { return tx.PutAccount(data.Account{ID: "k", Name: "Kestrel"}) })
	if _, err := db.write.Exec(`PRAGMA max_page_count = 1`); err != nil {
		t.Fatal(err)
	}
	_, err := db.Write(ctx, "", func(tx *Tx) error {
		for range 200 {
			if err := tx.PutAccount(data.Account{Name: strings.Repeat("Long name ", 200)}); err != nil {
				return err
			}
		}
		return nil
	})
	if p, ok := data.AsProblem(err); !ok || p.Kind != data.DiskFull {
		t.Fatalf("writing to a full disk: %v", err)
	}
	if list, err := db.Accounts(ctx); err != nil || len(list) != 1 {
		t.Errorf("afterwards there are %d accounts, %v", len(list), err)
	}
}

func TestBackupsAreWholeCopies(t *testing.T) {
	db := open(t)
	ctx := context.Background()
	write(t, db, "", func(tx *Tx) error { return tx.PutAccount(data.Account{ID: "k", Name: "Kestrel"}) })
	path, err := db.backup(ctx, "copy.db")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	put(t, dir, string(text))
	if a, err := openAt(t, dir).Account(ctx, "k"); err != nil || a.Name != "Kestrel" {
		t.Errorf("the copy has %+v, %v", a, err)
	}
}

// TestAFolderMayHaveAnyName opens and backs up a workspace whose path is full of
// what means something in a link.
func TestAFolderMayHaveAnyName(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "50% of a b#1?mode=ro")
	db := openAt(t, dir)
	if _, err := db.backup(context.Background(), "copy.db"); err != nil {
		t.Error(err)
	}
	if !Exists(dir) {
		t.Error("the workspace lies elsewhere")
	}
}
