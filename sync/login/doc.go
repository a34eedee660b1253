// Package login lets a person sign in to a provider of mail in the browser, and
// gets the tokens that mail servers take in place of a password (OAuth2).
//
// There are two ways: an authorisation code with PKCE over a redirect to this
// laptop (RFC 8252 and 7636), and a code to be entered on any device (RFC 8628).
// What comes of it is a Grant, which is one secret; Tokens makes access tokens of
// it and renews them.
//
// It keeps nothing itself, opens no browser, writes no log, and puts neither a
// token nor a provider's own words into an error: those may repeat what was sent.
package login
