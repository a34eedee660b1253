// Package feed reads what a customer publishes: RSS, Atom and JSON feeds.
//
// It asks for the link that a person added and for nothing else: no picture, no
// page that the feed names. A server is asked whether something is new before it
// is asked for it. Whatever comes back is looked through before it is read, so
// that a feed which is huge, deep or full of entities costs one clear sentence.
//
// It never says that news are gone, since feeds hold only the newest, and it
// never writes a link into an error or a log.
package feed
