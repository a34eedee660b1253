package data

import "strconv"

// A Device is one laptop of a member of a space, as the space's records say: whoever
// signs with its key is that member, whatever they say of themselves.
type Device struct {
	ID     string // the fingerprint of its key, with which the names of its logs begin
	Member string // Member.ID of whose it is
	Nth    int    // 1 for the laptop that the member came with, 2 for the one after
}

// nths are what the laptops of one person are called, as far as people have them.
var nths = []string{"", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"}

// LaptopOf names a member's laptop: "Anna’s laptop", "Anna’s second laptop", "Anna’s
// laptop 10"; of nobody who is known, "a laptop that nobody told of".
func LaptopOf(name string, nth int) string {
	switch {
	case name == "":
		return "a laptop that nobody told of"
	case nth < 2:
		return name + "’s laptop"
	}
	return name + "’s " + nthLaptop(nth)
}

// OwnLaptop names another laptop of our own: "your first laptop".
func OwnLaptop(nth int) string { return "your " + nthLaptop(nth) }

func nthLaptop(n int) string {
	if n > 0 && n < len(nths) {
		return nths[n] + " laptop"
	}
	return "laptop " + strconv.Itoa(n)
}
