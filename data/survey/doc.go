// Package survey asks questions by mail and reads what comes back, with no server:
// each answer is a link that writes a mail whose subject carries a short signed
// code. It makes the codes and the mails, reads the replies and counts them. It
// does no I/O; the key comes from whoever keeps it.
package survey
