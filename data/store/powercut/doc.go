// Package powercut is a disk whose power can fail, for tests: a file system in memory
// that keeps apart what was synced, which is there for good, and what was only
// written, of which a power cut leaves any part. No program but a test's may know it.
package powercut
