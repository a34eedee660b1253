// Package mime decodes mail: headers in all their broken forms, parts within
// parts, charsets that are wrong or missing, what is sealed, and what the bytes
// of an attachment are. It never fails: what is broken is read as well as can be.
//
// It knows no server, no folder and no file, and refuses to load anything that a
// mail points to.
package mime
