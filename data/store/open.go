package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"rapport/data"

	sqlite3 "github.com/mattn/go-sqlite3"
)

// FileName is the database's name in a workspace's folder.
const FileName = "rapport.db"

// oldest is the first SQLite without the bug that damages a file when its
// write-ahead log is reset.
const oldest = 3051003

// readers is how many may read at the same time, of each sort; others wait.
const readers = 4

// readCache and sweepCache are how much of the file a connection keeps at hand, as
// PRAGMA cache_size says it: what pages of the window ask for is asked for again, what
// is read from end to end is not. With more of it a sweep would spend a tenth of its
// time on finding room for what it reads once.
const (
	readCache  = "-32000"
	sweepCache = "-2000"
)

// DB is an open workspace. Reads may come from any goroutine; writes wait for
// one another.
type DB struct {
	dir   string
	write *sql.DB // one connection
	read  *sql.DB // read-only
	sweep *sql.DB // read-only, for what is read from end to end
	now   func() time.Time
	watch watchers
	known knownCache

	warmth   warmthCache
	standing standingCache
	heard    heardCache
	awaited  awaitedCache
	past     pastCache
}

// Options are what opening may be told. The zero value is right for people.
type Options struct {
	// Now is the clock for recorded_at and for undo; nil is the system's.
	Now func() time.Time
	// Instance names this installation and folder; "" finds out. A workspace
	// that was written under another name goes on under a new log.
	Instance string
	// MustExist refuses to make a workspace where there is none.
	MustExist bool
}

// Open opens the workspace in a folder, making it where there is none, and
// brings an older one up to date after a backup. Trouble that a person can do
// something about is a *data.Problem.
func Open(ctx context.Context, dir string, o Options) (*DB, error) {
	if _, number, _ := sqlite3.Version(); number < oldest {
		return nil, fmt.Errorf("SQLite %d is too old: at least %d is needed", number, oldest)
	}
	if err := prepareFolder(dir, o.MustExist); err != nil {
		return nil, err
	}
	if err := probe(ctx, dir); err != nil {
		return nil, explain(err, dir)
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Instance == "" {
		o.Instance = instanceOf(dir)
	}
	db := &DB{dir: dir, now: o.Now}
	path := filepath.Join(dir, FileName)
	err := makeFile(path)
	if err != nil {
		return nil, explain(err, dir)
	}
	db.write = sql.OpenDB(writer(dsn(path, "rwc", "_txlock=immediate&_cache_size=-32000")))
	db.write.SetMaxOpenConns(1)
	if db.read, err = readOnly(path, readCache); err != nil {
		return nil, explain(err, dir)
	}
	if db.sweep, err = readOnly(path, sweepCache); err != nil {
		return nil, explain(err, dir)
	}
	if err := db.start(ctx, o.Instance); err != nil {
		db.Close()
		return nil, explain(err, dir)
	}
	return db, nil
}

func (db *DB) start(ctx context.Context, instance string) error {
	if err := db.migrate(ctx); err != nil {
		return err
	}
	if err := db.write.QueryRowContext(ctx, `SELECT count(*) FROM space`).Scan(new(int)); err != nil {
		return err
	}
	return db.openLog(ctx, instance)
}

// readOnly are connections that only read.
func readOnly(path, cache string) (*sql.DB, error) {
	db, err := sql.Open("sqlite3", dsn(path, "ro", "_query_only=1&_cache_size="+cache))
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(readers)
	db.SetMaxIdleConns(readers)
	return db, nil
}

// Close ends every connection. What was written stays.
func (db *DB) Close() error {
	return errors.Join(db.sweep.Close(), db.read.Close(), db.write.Close())
}

// Dir is the workspace's folder.
func (db *DB) Dir() string { return db.dir }

// Exists says whether a folder holds a workspace.
func Exists(dir string) bool {
	info, err := os.Stat(filepath.Join(dir, FileName))
	return err == nil && info.Mode().IsRegular()
}

func prepareFolder(dir string, mustExist bool) error {
	info, err := os.Stat(dir)
	switch {
	case err == nil && !info.IsDir():
		return &data.Problem{Kind: data.NotWorkspace, About: dir}
	case err == nil && mustExist && !Exists(dir), errors.Is(err, fs.ErrNotExist) && mustExist:
		return &data.Problem{Kind: data.NoWorkspace, About: dir}
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return explain(err, dir)
	}
	return nil
}

// dsn names the file with its pragmas, which an Exec would set on one pooled
// connection only.
func dsn(path, mode string, more string) string {
	return fileURI(path) + "?mode=" + mode + journalOf(mode) +
		"&_synchronous=FULL&_foreign_keys=1&_busy_timeout=10000&" + more
}

// writer opens connections that write, by a DSN.
type writer string

// logPages is how long the write-ahead log grows before its pages go into the
// file, 32 MB: a first sync changes the same pages of an index again and again,
// and so each of them is written there, and waited for, a few times only.
const logPages = 8000

// Connect opens a connection. What a DSN cannot say is said to it first. With
// temp_store in memory the way back from a single statement, which each row of
// the search index needs, is kept there and not written to a file: of a first
// sync's 316,000 writes that saves the half.
func (w writer) Connect(context.Context) (driver.Conn, error) { return w.Driver().Open(string(w)) }

// Driver is SQLite's.
func (w writer) Driver() driver.Driver {
	return &sqlite3.SQLiteDriver{ConnectHook: func(c *sqlite3.SQLiteConn) error {
		_, err := c.Exec(fmt.Sprintf(`PRAGMA temp_store = memory; PRAGMA wal_autocheckpoint = %d`, logPages), nil)
		return err
	}}
}

// fileURI names a file whose path may hold anything.
func fileURI(path string) string { return "file:" + (&url.URL{Path: path}).EscapedPath() }

// makeFile makes an empty file that nobody else may read, where there is none.
// SQLite makes those beside it with the same rights.
func makeFile(path string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	return f.Close()
}

// journalOf asks for the write-ahead log where the file may be written; asking a
// file that is only looked at would change it.
func journalOf(mode string) string {
	if mode == "ro" {
		return ""
	}
	return "&_journal_mode=WAL"
}

// explain turns what SQLite and the file system say into a problem that a
// person can act on, where it is one.
func explain(err error, dir string) error {
	if err == nil {
		return nil
	}
	if _, ok := data.AsProblem(err); ok {
		return err
	}
	kind := problemOf(err)
	if kind == "" {
		return err
	}
	return &data.Problem{Kind: kind, About: dir, Cause: err}
}

func problemOf(err error) data.ProblemKind {
	var e sqlite3.Error // a value: the driver never returns a pointer
	if errors.As(err, &e) {
		switch e.Code {
		case sqlite3.ErrNotADB:
			return data.NotWorkspace
		case sqlite3.ErrCorrupt:
			return data.DamagedWorkspace
		case sqlite3.ErrReadonly, sqlite3.ErrCantOpen, sqlite3.ErrPerm:
			return data.ReadOnly
		case sqlite3.ErrFull:
			return data.DiskFull
		case sqlite3.ErrBusy, sqlite3.ErrLocked:
			return data.InUse
		}
		return ""
	}
	switch {
	case errors.Is(err, fs.ErrPermission):
		return data.ReadOnly
	case isDiskFull(err):
		return data.DiskFull
	}
	return ""
}
