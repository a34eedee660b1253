// Package bench measures how fast a mailbox is read: it makes a corpus of mail,
// serves it on this laptop, and times the engine that the window runs, with all
// that belongs to a sync: parsing, threads, filing, the search index, and every
// commit on the disk.
//
// It refuses to measure in a workspace that somebody uses: it makes its own in
// the folder that it is given.
package bench
