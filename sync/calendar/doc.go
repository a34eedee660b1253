// Package calendar reads iCalendar files and feeds into meetings.
//
// It reads what calendars really contain, not what RFC 5545 allows: one bad line
// costs that line, one bad entry that entry, and what was left out is named. It
// keeps every entry as text too (data.Meeting.ICS), so that Expand can list its
// dates within any span later.
//
// It refuses to guess that meetings are gone: a page that is not a calendar, a
// calendar that ends in the middle, or one that lost more than half of its
// meetings at once is an error and never a batch. It never writes to a calendar,
// never prints a private link, and knows neither the store nor the engine.
package calendar
