package store

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"
	"time"

	"rapport/data"
	"rapport/data/change"
)

// undoKept is how long the way back is kept.
const undoKept = 90 * 24 * time.Hour

// Tx is one write in the making. It is good until the function that was given it
// returns.
type Tx struct {
	// ctx cannot be cancelled: the driver would run every statement on a
	// goroutine of its own, which takes longer than most statements do. A
	// cancelled write ends between two statements, since its transaction does.
	ctx        context.Context
	db         *DB
	sql        *sql.Tx
	now        time.Time
	actor      string
	authors    map[string]*change.Author // by space
	homes      homes
	back       wayBack
	join       Undo                // an earlier write whose way back this one's becomes too
	kept       map[change.Ref]bool // in back
	kinds      map[string]bool
	stmts      map[string]*sql.Stmt
	words      wordsToCome
	ahead      ahead
	outs       *data.LeaveOuts            // read once
	heard      map[string][]data.Response // answers to meetings by UID, read once
	overwrites bool                       // what is deleted is overwritten in the file
	// learned is when what is being recorded became known; zero: at the moment of writing.
	learned time.Time
	history touchedHistory // that is another after this
	people  touchedPeople  // who are, or whose parts are
	mails   touchedMails   // whose filing or marks are
	noted   bool           // whether what it touches was noted from its beginning
	talks   talks

	observes      bool            // what decides what leaves of mails is watched; false: not known
	nobodyTold    bool            // there is no observation; false: not known
	unnamed       map[string]bool // contacts that nothing that was logged names; nil: not known
	filed         map[int64]bool  // numbers of interactions, where something is shared
	refileEmails  map[string]bool
	refileDomains map[string]bool
	refileEntries map[string]bool // by Interaction.ID
}

// Undo names the way back from a write. The zero value means that there is none.
type Undo struct {
	ID    int64
	Label string
}

// Write does everything in one transaction or nothing, and returns the way
// back. The label says what happened, for people: "Kestrel Museums added". With
// an empty label nothing is kept for undo.
func (db *DB) Write(ctx context.Context, label string, do func(*Tx) error) (Undo, error) {
	u, kinds, err := db.transact(ctx, label, do)
	if err != nil {
		return Undo{}, explain(err, db.dir)
	}
	if len(kinds) > 0 {
		db.watch.tell(Changed{Kinds: kinds})
	}
	return u, nil
}

func (db *DB) transact(ctx context.Context, label string, do func(*Tx) error) (Undo, []string, error) {
	begun, err := db.write.BeginTx(ctx, nil)
	if err != nil {
		return Undo{}, nil, err
	}
	tx := &Tx{
		ctx: context.WithoutCancel(ctx), db: db, sql: begun, now: db.now(), actor: ActorHere, authors: map[string]*change.Author{}, kinds: map[string]bool{}, kept: map[change.Ref]bool{}, history: newTouchedHistory(), people: newTouchedPeople(), mails: newTouchedMails(), noted: db.warmth.isWanted(), stmts: map[string]*sql.Stmt{},
		refileEmails: map[string]bool{}, refileDomains: map[string]bool{}, refileEntries: map[string]bool{},
	}
	defer begun.Rollback()
	defer func() { tx.words.reader.stop() }()
	kept := false
	defer func() {
		if !kept { // what was read within it is not so
			db.known.forget()
		}
	}()
	for _, step := range []func() error{func() error { return do(tx) }, tx.refile, tx.settleObserved, tx.joinThreads, tx.indexWords, tx.saveAuthors} {
		if err := step(); err != nil {
			if ctx.Err() != nil { // then it says that the transaction is over already
				err = ctx.Err()
			}
			return Undo{}, nil, err
		}
	}
	u, err := tx.saveWayBack(label)
	if err != nil {
		return Undo{}, nil, err
	}
	if err := begun.Commit(); err != nil {
		return Undo{}, nil, err
	}
	kept = true
	if !tx.noted && db.warmth.isWanted() { // somebody asked while it wrote
		db.forget()
	}
	db.warmth.drop(tx.history)
	db.standing.drop(tx.people, tx.history)
	db.heard.drop(tx.history)
	db.awaited.drop(tx.mails, tx.history)
	db.past.drop(tx.history)
	return u, slices.Sorted(maps.Keys(tx.kinds)), nil
}

// Join makes one way back of an earlier write and this one: what undo then goes
// back behind is both. An earlier one that is undone or gone is left alone.
func (tx *Tx) Join(earlier Undo) { tx.join = earlier }

// Now is the moment that this write is recorded at.
func (tx *Tx) Now() time.Time { return tx.now }

func (tx *Tx) touched(kind string) { tx.kinds[kind] = true }

func (tx *Tx) exec(statement string, args ...any) (sql.Result, error) {
	return tx.stmt(statement).ExecContext(tx.ctx, args...)
}

// stmt prepares a statement once for each transaction. A statement that cannot
// be prepared fails when it is used.
func (tx *Tx) stmt(text string) preparedOrNot {
	if s, ok := tx.stmts[text]; ok {
		return preparedOrNot{stmt: s}
	}
	s, err := tx.sql.PrepareContext(tx.ctx, text)
	if err != nil {
		return preparedOrNot{err: err}
	}
	tx.stmts[text] = s
	return preparedOrNot{stmt: s}
}

type preparedOrNot struct {
	stmt *sql.Stmt
	err  error
}

func (p preparedOrNot) ExecContext(ctx context.Context, args ...any) (sql.Result, error) {
	if p.err != nil {
		return nil, p.err
	}
	return p.stmt.ExecContext(ctx, args...)
}

// prepared asks within the transaction, and prepares each question once. It is
// for questions that are asked for every mail or date, not for those whose words
// differ each time.
type prepared struct{ tx *Tx }

func (p prepared) QueryContext(ctx context.Context, question string, args ...any) (*sql.Rows, error) {
	return p.tx.stmt(question).QueryContext(ctx, args...)
}

func (p prepared) QueryRowContext(ctx context.Context, question string, args ...any) *sql.Row {
	s := p.tx.stmt(question)
	if s.err != nil {
		return p.tx.sql.QueryRowContext(ctx, question, args...) // its row tells the error
	}
	return s.stmt.QueryRowContext(ctx, args...)
}

func (p preparedOrNot) QueryContext(ctx context.Context, args ...any) (*sql.Rows, error) {
	if p.err != nil {
		return nil, p.err
	}
	return p.stmt.QueryContext(ctx, args...)
}

func sortedNames(f data.Fields) []string { return slices.Sorted(maps.Keys(f)) }

// recordedAt is when a fact was learned: as given, for facts that are brought in
// with their history, else now.
func (tx *Tx) recordedAt(given time.Time) int64 {
	if given.IsZero() {
		return tx.now.Unix()
	}
	return given.Unix()
}

func (tx *Tx) count(question string, args ...any) (n int, err error) {
	err = prepared{tx}.QueryRowContext(tx.ctx, question, args...).Scan(&n)
	return n, err
}

func wrapNoun(err error, noun string, args ...any) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", fmt.Sprintf(noun, args...), err)
}
