package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"path/filepath"
	"slices"
	"strings"
)

// foldersKept is how many former folders of a workspace are remembered.
const foldersKept = 5

// keepFolder remembers the folder in which a workspace lay when it was opened last,
// where that was on this laptop. Instances are as instanceOf makes them.
func keepFolder(ctx context.Context, tx *sql.Tx, before, now string) error {
	laptop, folder, ok := strings.Cut(before, " ")
	here, in, isFolder := strings.Cut(now, " ")
	if !ok || !isFolder || laptop != here || !filepath.IsAbs(folder) {
		return nil
	}
	list, err := foldersIn(ctx, tx)
	if err != nil {
		return err
	}
	list = slices.DeleteFunc(list, func(f string) bool { return f == folder || f == in })
	list = append([]string{folder}, list...)
	body, err := json.Marshal(list[:min(len(list), foldersKept)])
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value`, SettingMovedFrom, string(body))
	return err
}

// foldersIn are the former folders, the latest first.
func foldersIn(ctx context.Context, q asker) (list []string, err error) {
	body, err := settingIn(ctx, q, SettingMovedFrom)
	if err != nil || body == "" {
		return nil, err
	}
	return list, json.Unmarshal([]byte(body), &list)
}

// MovedFrom are the folders of this laptop from which the workspace was moved to where
// it is, the latest first: its passwords were kept under their names. A folder that
// still holds a workspace is none, since this one is a copy then.
func (db *DB) MovedFrom(ctx context.Context) ([]string, error) {
	list, err := foldersIn(ctx, db.read)
	return slices.DeleteFunc(list, Exists), err
}
