// Package team takes what a team shares from laptop to laptop: who is a
// member, how changes are sealed, and by which ways they travel. It knows no
// SQL, no kind of the business and no rule of merging; those are in data/store,
// data and data/change.
package team

import (
	"context"
	"errors"
)

// A Carrier takes named, immutable pieces of one space from laptop to laptop:
// a shared folder, a bundle file, a hub. It is not trusted: it may lose, delay,
// cut, repeat and invent pieces, and whoever reads checks what came.
//
// All methods may be called from several goroutines. They end at once when ctx
// does, with an error for which errors.Is(err, ctx.Err()) holds. Trouble that
// people can do something about is a *data.Problem, a wrong name or setting a
// *data.Invalid.
type Carrier interface {
	// List returns what is there, in any order, each name once. Names are those
	// of PutNew; foreign files are left out. A piece that is still on its way
	// may be among them: Get tells.
	List(ctx context.Context) ([]Piece, error)
	// Get returns a piece, with the bytes its name promises. It fails with
	// ErrNotThere when the piece has gone, or is not wholly there yet.
	Get(ctx context.Context, name string) ([]byte, error)
	// PutNew keeps a piece under its name for good: when it returns nil, a
	// crash of this laptop does not lose it. A piece that is there already is
	// nil; one that is there broken is mended. It fails with ErrTaken when the
	// name belongs to other bytes, and with ErrTooLarge beyond MaxPiece.
	PutNew(ctx context.Context, name string, body []byte) error
}

// A Watcher is a carrier that can say when something new may be there.
type Watcher interface {
	// Watch calls news once as soon as it watches, so that nothing is missed
	// between a listing and the watch, and again whenever something new may be
	// there; never from two goroutines at once. These are hints: some say
	// nothing new, and bursts come as one. It returns nil when ctx ends, and an
	// error when it can watch no longer.
	Watch(ctx context.Context, news func()) error
}

// A Remover is a carrier from which pieces can be taken away again. It is asked for
// pieces that this laptop put there, and that another piece has taken the place of.
type Remover interface {
	// Remove takes a piece away; one that is not there is nil.
	Remove(ctx context.Context, name string) error
}

// A Herald is a carrier that can also tell what holds for a moment only, such as who
// writes at what, and that nobody keeps. It may lose and repeat what was told.
type Herald interface {
	// Tell has the others hear what this laptop says now instead of what it said
	// before; an empty body is that it says nothing any more. by is the laptop's tag,
	// 1 to MaxTag of the letters a to z and digits. It fails with ErrTooLarge beyond
	// MaxTold.
	Tell(ctx context.Context, by string, body []byte) error
	// Hear calls heard with what laptops say, until ctx ends; never from two
	// goroutines at once. An empty body is that a laptop says nothing any more. It
	// returns nil when ctx ends, and an error when it can hear no longer.
	Hear(ctx context.Context, heard func(by string, body []byte)) error
}

// MaxTold is the largest body in bytes that a Herald tells.
const MaxTold = 4000

// A Piece is one thing that a carrier holds.
type Piece struct {
	// Name is as Name and Tagged make it.
	Name string
	// Size is the body's length in bytes as the carrier knows it, which is less
	// than the whole while a piece is on its way.
	Size int64
}

// MaxPiece is the largest body in bytes that every carrier takes. With what it
// adds, it fits a message of a hub with its default settings (1 MiB).
const MaxPiece = 1_000_000

var (
	// ErrNotThere says that a carrier does not hold a piece, or not all of it
	// yet. Ask again later.
	ErrNotThere = errors.New("this piece is not there")
	// ErrTaken says that a name belongs to other bytes than those to be put.
	ErrTaken = errors.New("this name belongs to other bytes")
	// ErrTooLarge says that a body is larger than MaxPiece.
	ErrTooLarge = errors.New("this piece is larger than a carrier takes")
)
