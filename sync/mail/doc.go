// Package mail is the source of mail: it reads an IMAP mailbox and gives every
// mail in it, decoded, as batches.
//
// It asks a server for nothing that RFC 3501 does not have unless the server
// advertises it, and it never asks for ENVELOPE or BODYSTRUCTURE: mails are read
// whole and decoded here. What a server does wrong costs at most the mail that
// it concerns.
//
// It refuses to send a password without encryption to anywhere but this laptop,
// to change anything on the server (folders are opened with EXAMINE, bodies read
// with PEEK), and to write a subject, an address, a body or a secret to a log.
package mail
