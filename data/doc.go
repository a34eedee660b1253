// Package data is what Rapport knows about the business: the kinds of things it
// keeps, and every decision it makes about them.
//
// It is pure. A decision is a function of facts and a date, passed in as now,
// and it returns its reasons with its verdict, so that any past day can be
// replayed and any number opened. The package refuses to read a file, a clock,
// a network or a database; data/store gathers, this package decides, app and
// app/cli show.
package data
