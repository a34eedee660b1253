// Package web asks servers over HTTP: calendars, CalDAV and news. It has the rules
// that every such question keeps. Plain http is for this laptop only, a redirect
// never leads from an encrypted address to one that is not, credentials go to the
// site that they were given for and to no other, every question has a deadline
// and every answer a bound, and a server that asks for patience is told of as
// that.
//
// It writes no log, and puts neither an address's private part nor a credential
// into an error.
package web
