// Package sample is a fictional workspace: Larkfield, a lighting firm, its
// thirteen customers, and two years of their mail, meetings and calls.
//
// It is the same, byte for byte, for the same seed and date, and it grows: any
// number of accounts and mails, made as they are asked for. The demo, the
// tests, the benchmarks and the pictures all use it. It refuses to do I/O:
// everything in it is a value. Every name in it is invented, and every address
// ends in .example, which nobody can own (RFC 2606).
package sample
