// Package codec reads notations of data's values that other programs write: CSV
// lists and vCards. It refuses to decide what they mean for an account; what it
// cannot read it names, with its place, and goes on.
package codec
