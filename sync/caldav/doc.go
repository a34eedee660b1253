// Package caldav is a small client of CalDAV (RFC 4791) and of what it needs of
// WebDAV: finding a user's calendars, hearing what changed (RFC 6578, else by
// tags), reading entries in bounded batches, and putting a new one.
//
// It is our own since go-webdav knows no sync-collection for calendars, and loses
// a whole batch for one entry that is missing or broken. It reads no iCalendar,
// never deletes and never overwrites.
package caldav
