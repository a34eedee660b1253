package store

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"rapport/data"

	sqlite3 "github.com/mattn/go-sqlite3"
)

//go:embed migrations/*.sql
var migrations embed.FS

// migrate brings the file to this version: each step in one transaction, with
// the keys counted after, and a checked backup before the first step of a file
// that holds something.
func (db *DB) migrate(ctx context.Context) error {
	steps, err := migrationSteps()
	if err != nil {
		return err
	}
	var have int
	if err := db.write.QueryRowContext(ctx, `PRAGMA user_version`).Scan(&have); err != nil {
		return err
	}
	switch {
	case have >= len(steps):
		return nil
	case have > 0:
		if _, err := db.backup(ctx, fmt.Sprintf("before-version-%d.db", len(steps))); err != nil {
			return err
		}
	}
	for i := have; i < len(steps); i++ {
		if err := db.step(ctx, i+1, steps[i]); err != nil {
			return fmt.Errorf("migration %d: %w", i+1, err)
		}
	}
	return nil
}

// probe looks at a file that is there before anything is written to it, and
// refuses one that another program made or a newer Rapport wrote.
func probe(ctx context.Context, dir string) error {
	if !Exists(dir) {
		return nil
	}
	err := probeAs(ctx, dir, "ro")
	var refused sqlite3.Error
	if errors.As(err, &refused) && refused.Code == sqlite3.ErrReadonly {
		// The power failed while the file was made: what was begun has to be taken
		// back before anybody can read it, and that is to write.
		return probeAs(ctx, dir, "rw")
	}
	return err
}

func probeAs(ctx context.Context, dir, mode string) error {
	file, err := sql.Open("sqlite3", fileURI(filepath.Join(dir, FileName))+"?_query_only=1&_busy_timeout=10000&mode="+mode)
	if err != nil {
		return err
	}
	defer file.Close()
	steps, err := migrationSteps()
	if err != nil {
		return err
	}
	var version, tables int
	if err := file.QueryRowContext(ctx, `SELECT user_version, (SELECT count(*) FROM sqlite_schema) FROM pragma_user_version`).Scan(&version, &tables); err != nil {
		return err
	}
	switch {
	case version > len(steps):
		return &data.Problem{Kind: data.NewerWorkspace, About: dir}
	case version == 0 && tables > 0:
		return &data.Problem{Kind: data.NotWorkspace, About: dir}
	}
	return nil
}

func migrationSteps() ([]string, error) {
	entries, err := migrations.ReadDir("migrations")
	if err != nil {
		return nil, err
	}
	steps := make([]string, len(entries))
	for i, e := range entries { // sorted by name
		number, _, _ := strings.Cut(e.Name(), "_")
		if n, err := strconv.Atoi(number); err != nil || n != i+1 {
			return nil, fmt.Errorf("bug: migration %s is not number %d", e.Name(), i+1)
		}
		text, err := migrations.ReadFile("migrations/" + e.Name())
		if err != nil {
			return nil, err
		}
		steps[i] = string(text)
	}
	return steps, nil
}

func (db *DB) step(ctx context.Context, number int, text string) error {
	tx, err := db.write.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if _, err := tx.ExecContext(ctx, text); err != nil {
		return err
	}
	if n, err := brokenKeys(ctx, tx); err != nil || n > 0 {
		return fmt.Errorf("%d references lead nowhere: %w", n, err)
	}
	if _, err := tx.ExecContext(ctx, fmt.Sprintf(`PRAGMA user_version = %d`, number)); err != nil {
		return err
	}
	return tx.Commit()
}

type querier interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// brokenKeys counts references that lead nowhere. Executing the pragma would
// return nothing at all on a broken file.
func brokenKeys(ctx context.Context, q querier) (n int, err error) {
	err = q.QueryRowContext(ctx, `SELECT count(*) FROM pragma_foreign_key_check`).Scan(&n)
	return n, err
}

// backup writes a copy into the workspace's backups folder, opens it to check
// it, and returns its path. An older copy of that name is replaced only once
// the new one is whole.
func (db *DB) backup(ctx context.Context, name string) (string, error) {
	dir := filepath.Join(db.dir, "backups")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", explain(err, db.dir)
	}
	path, part := filepath.Join(dir, name), filepath.Join(dir, name+".part")
	if err := os.RemoveAll(part); err != nil {
		return "", explain(err, db.dir)
	}
	if err := makeFile(part); err != nil {
		return "", explain(err, db.dir)
	}
	if _, err := db.write.ExecContext(ctx, `VACUUM INTO ?`, part); err != nil {
		return "", fmt.Errorf("backup: %w", explain(err, db.dir))
	}
	if err := checkFile(ctx, part); err != nil {
		return "", fmt.Errorf("backup: %w", err)
	}
	return path, os.Rename(part, path)
}

func checkFile(ctx context.Context, path string) error {
	copied, err := sql.Open("sqlite3", fileURI(path)+"?mode=ro&immutable=1")
	if err != nil {
		return err
	}
	defer copied.Close()
	var says string
	if err := copied.QueryRowContext(ctx, `PRAGMA integrity_check(1)`).Scan(&says); err != nil {
		return err
	}
	if says != "ok" {
		return fmt.Errorf("the copy is damaged: %s", says)
	}
	return nil
}
