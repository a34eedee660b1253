// Package cli is the command line: one file for each verb. A command asks the
// store, lets data decide and prints the answer, on standard output for data
// and on standard error for complaints.
//
// It refuses to know the window: what only a window can do is handed to it as
// Faces. docs/cli.md describes what it prints, field by field.
package cli
