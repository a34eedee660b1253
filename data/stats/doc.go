// Package stats holds the statistics of repeated contact and repeated buying. It
// knows no kind of the business: it takes numbers and returns numbers, each with
// how sure they are and the paper that the formula is from. It does no I/O.
package stats
