package data

import (
	"strconv"
	"time"
)

// A Device is one laptop of a member of a space, as the space's records say: whoever
// signs with its key is that member, whatever they say of themselves.
type Device struct {
	ID     string // the fingerprint of its key, with which the names of its logs begin
	Member string // Member.ID of whose it is
	Nth    int    // 1 for the laptop that the member came with, 2 for the one after
	Name   string // as it calls itself
	Since  time.Time
	Here   bool // the one we sit at
	// HeardAt is when it last said how far it is, zero for never.
	HeardAt time.Time
	// WithdrawnAt is when it was said that it speaks for its member no more, zero for
	// one that does; WithdrawnBy is the Member.ID of who said so.
	WithdrawnAt time.Time
	WithdrawnBy string
}

// A Laptop is a device in all spaces that this workspace shares.
type Laptop struct {
	ID    string
	Name  string // as it calls itself
	Owner string // whose it is, as the first of its spaces calls them
	Own   bool   // ours
	Here  bool   // the one we sit at
	In    []LaptopIn
}

// LaptopIn is a laptop in one space.
type LaptopIn struct {
	Device
	Space Space
	// May says that whoever sits here may withdraw it there.
	May bool
}

// HeardAt is when the laptop was last heard, in whatever space.
func (l Laptop) HeardAt() (at time.Time) {
	for _, in := range l.In {
		if in.HeardAt.After(at) {
			at = in.HeardAt
		}
	}
	return at
}

// Withdrawable are the spaces in which whoever sits here may withdraw the laptop.
func (l Laptop) Withdrawable() (list []LaptopIn) {
	for _, in := range l.In {
		if in.May {
			list = append(list, in)
		}
	}
	return list
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
