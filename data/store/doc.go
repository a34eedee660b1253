// Package store keeps what data knows in one SQLite file, and is the only place
// with SQL. A read gathers facts and decides nothing; a write is one
// transaction, with the change records that a team would need and the way back
// for undo.
//
// It refuses to log, to read mail or calendars, and to hold a secret. Times are
// given in by the caller; reads return them in UTC.
package store
