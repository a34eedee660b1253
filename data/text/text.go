// Package text reads text: it parts a mail's own words from its quotes and signature, threads messages by their
// ids, folds words for search, cuts snippets, and understands subjects, addresses, names and human times.
//
// Everything here is a pure function of its arguments. The package knows no account, contact or message, reads no
// clock and does no I/O; it takes any input without panicking, in time linear in the input, and refuses to guess
// where a wrong guess would hide what somebody wrote.
package text
