package store

import (
	"context"
	"fmt"

	sqlite3 "github.com/mattn/go-sqlite3"
)

// Checkup is one thing that was looked at, and how it is.
type Checkup struct {
	What string // "file", "keys"
	Says string // how it is, in words
	Well bool
	Todo string // what to do when it is not
}

// Check looks at the file: its integrity, its references, its schema and its
// search index.
func (db *DB) Check(ctx context.Context) ([]Checkup, error) {
	version, _, _ := sqlite3.Version()
	list := []Checkup{{What: "sqlite", Says: "version " + version, Well: true}}
	for _, look := range []func(context.Context) (Checkup, error){
		db.checkIntegrity, db.checkKeys, db.checkSchema, db.checkPragmas, db.checkSearch,
	} {
		c, err := look(ctx)
		if err != nil {
			return list, explain(err, db.dir)
		}
		list = append(list, c)
	}
	return list, nil
}

const restore = "copy the newest file of the backups folder over " + FileName + ", and keep the damaged one aside"

func (db *DB) checkIntegrity(ctx context.Context) (Checkup, error) {
	c := Checkup{What: "file"}
	if err := db.read.QueryRowContext(ctx, `PRAGMA integrity_check(1)`).Scan(&c.Says); err != nil {
		return c, err
	}
	if c.Well = c.Says == "ok"; c.Well {
		c.Says = "every page is sound"
	} else {
		c.Todo = restore
	}
	return c, nil
}

func (db *DB) checkKeys(ctx context.Context) (Checkup, error) {
	n, err := brokenKeys(ctx, db.read)
	c := Checkup{What: "keys", Says: "every reference leads somewhere", Well: n == 0}
	if !c.Well {
		c.Says, c.Todo = fmt.Sprintf("%d references lead nowhere", n), restore
	}
	return c, err
}

func (db *DB) checkSchema(ctx context.Context) (Checkup, error) {
	n, err := one(ctx, db.read, scanInt, `PRAGMA user_version`)
	return Checkup{What: "schema", Says: fmt.Sprintf("version %d, as this program writes it", n), Well: true}, err
}

func (db *DB) checkPragmas(ctx context.Context) (Checkup, error) {
	mode, err := one(ctx, db.write, scanString, `PRAGMA journal_mode`)
	if err != nil {
		return Checkup{}, err
	}
	sync, err := one(ctx, db.write, scanInt, `PRAGMA synchronous`)
	c := Checkup{What: "safety", Says: "each write is on the disk before it counts as saved", Well: mode == "wal" && sync == 2}
	if !c.Well {
		c.Says, c.Todo = fmt.Sprintf("journal %s, synchronous %d", mode, sync), "move the workspace to a disk of this laptop; network folders cannot promise this"
	}
	return c, err
}

// checkSearch compares how many mails there are with how many can be found, and
// lets the other indexes check themselves.
func (db *DB) checkSearch(ctx context.Context) (Checkup, error) {
	c := Checkup{What: "search", Says: "the index is whole", Well: true, Todo: ""}
	missing, err := one(ctx, db.read, scanInt, `SELECT count(*) FROM message WHERE n NOT IN (SELECT docid FROM message_search_docsize)`)
	if err != nil {
		return c, err
	}
	if missing > 0 {
		c = Checkup{What: "search", Says: fmt.Sprintf("%d mails cannot be found by their words", missing), Todo: "run rapport doctor -repair"}
	}
	for _, table := range []string{"entry_search", "name_search"} {
		if _, err := db.write.ExecContext(ctx, `INSERT INTO `+table+` (`+table+`) VALUES ('integrity-check')`); err != nil {
			c = Checkup{What: "search", Says: "the index is damaged", Todo: "run rapport doctor -repair"}
		}
	}
	return c, nil
}

// Repair makes the search index anew from the rows, and overwrites in the file
// what was deleted from it.
func (db *DB) Repair(ctx context.Context) error {
	_, err := db.Write(ctx, "", func(tx *Tx) error { return tx.overwriting(tx.indexAnew) })
	if err == nil {
		err = db.settle(ctx)
	}
	return wrapNoun(err, "search index")
}

// indexAnew makes the search index from the rows: an index without its texts
// cannot take a single mail out of it.
func (tx *Tx) indexAnew() error {
	if _, err := tx.sql.ExecContext(tx.ctx, `
		DROP TABLE message_search;
		CREATE VIRTUAL TABLE message_search USING fts4 (
			subject, people, text, content="", tokenize=unicode61 "remove_diacritics=2", prefix="2,4", order=desc);
		INSERT INTO entry_search (entry_search) VALUES ('rebuild');
		INSERT INTO name_search (name_search) VALUES ('rebuild')`); err != nil {
		return err
	}
	if err := tx.indexAllMessages(); err != nil {
		return err
	}
	_, err := tx.exec(`DELETE FROM setting WHERE key = ?`, settingScrub)
	return err
}

func (tx *Tx) indexAllMessages() error {
	for last := int64(-1 << 62); ; {
		page, err := query(tx.ctx, tx.sql, scanNumbered, `
			SELECT `+numberedColumns+` FROM message m JOIN interaction i ON i.n = m.interaction_n WHERE m.n > ? ORDER BY m.n LIMIT 500`, last)
		if err != nil || len(page) == 0 {
			return err
		}
		for _, v := range page {
			if err := tx.indexMessage(v.n, wordsOf(v.Message)); err != nil {
				return err
			}
			last = v.n
		}
	}
}
