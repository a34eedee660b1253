// Package sync brings the world in: it reads every mailbox and calendar of a
// workspace, each in a goroutine of its own, and is the only background writer.
//
// A source yields batches; the engine keeps each batch, its cursor and its
// ledger line in one transaction, so that a run that was cut anywhere goes on
// where it stopped and plays nothing twice. One source that fails never stops
// another. All that the engine writes to a server are drafts, into the Drafts
// folder of a mailbox for which a person said yes; it sends nothing.
package sync
