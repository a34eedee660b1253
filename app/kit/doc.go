// Package kit holds the parts every page of Rapport is made of: the theme, texts, buttons, marks,
// rows, drawn figures and the frame around them.
//
// Parts take strings, colour names and callbacks; they know nothing of accounts or mail. All of them
// follow the theme when it changes, can be reached by keyboard when they do something, and draw one
// focus ring. A focused part hands the keys it has no use for to the handlers of its canvas, so the
// keys of a page go on working; only entries keep what is typed.
//
// The package starts no goroutine and uses no display: pictures of it are taken with the software
// driver. Everything here belongs to the goroutine that owns the window.
package kit
