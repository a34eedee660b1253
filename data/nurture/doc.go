// Package nurture decides what would do a relationship good just now, and why: a
// mail to draft, a step to plan, something worth sending. It is made from facts on
// this laptop alone. It refuses to send anything, to suggest a thing twice, and to
// go against a wish.
package nurture
