package space

import (
	"context"
	"errors"
	"os"

	"rapport/data"
	"rapport/data/store"
	"rapport/sync/team"
	"rapport/sync/team/bundle"
)

// kept is what a workspace holds of a space, as a carrier to export from.
type kept struct {
	s     *Spaces
	space string
}

func (k kept) List(ctx context.Context) ([]team.Piece, error) {
	names, err := k.s.db.PieceNames(ctx, k.space)
	list := make([]team.Piece, len(names))
	for i, name := range names {
		list[i].Name = name
	}
	return list, err
}

func (k kept) Get(ctx context.Context, name string) ([]byte, error) {
	body, err := k.s.db.PieceBody(ctx, k.space, name)
	if errors.Is(err, data.ErrNotFound) {
		err = team.ErrNotThere
	}
	return body, err
}

func (k kept) PutNew(context.Context, string, []byte) error {
	return errors.New("bug: a workspace takes pieces by an exchange")
}

// ExportBundle writes what this laptop has of a space to one file, sealed as it
// travels. since is a bundle of the other side's, or ""; what is in it is left out.
func (s *Spaces) ExportBundle(ctx context.Context, id, path, since string) (bundle.Count, error) {
	done, err := s.turn(ctx, id)
	if err != nil {
		return bundle.Count{}, err
	}
	defer done()
	sp, err := s.db.Space(ctx, id)
	if err != nil {
		return bundle.Count{}, err
	}
	if _, err := s.alone(ctx, sp); err != nil {
		return bundle.Count{}, err
	}
	here, err := kept{s, id}.List(ctx)
	if err != nil {
		return bundle.Count{}, err
	}
	var theirs []string
	if since != "" {
		way, err := openBundle(since, id)
		if err != nil {
			return bundle.Count{}, err
		}
		list, err := way.List(ctx)
		if err != nil {
			return bundle.Count{}, err
		}
		for _, p := range list {
			theirs = append(theirs, p.Name)
		}
	}
	return bundle.Export(ctx, path, id, kept{s, id}, bundle.Lacking(here, theirs))
}

// ImportBundle takes in what a bundle holds of a space. What is damaged in it is
// told, and the rest is taken. It waits for its turn as an exchange does: the two would
// take in the same changes.
func (s *Spaces) ImportBundle(ctx context.Context, id, path string) (Report, error) {
	done, err := s.turn(ctx, id)
	if err != nil {
		return Report{}, err
	}
	defer done()
	sp, err := s.db.Space(ctx, id)
	if err != nil {
		return Report{}, err
	}
	way, err := openBundle(path, id)
	if err != nil {
		return Report{Space: sp}, err
	}
	r := round{s: s, space: sp, way: way, report: Report{Space: sp}}
	for _, step := range []func(context.Context) error{r.open, r.fetch, r.learn, r.hearRefusal, r.readSegments, r.keepOrder, r.observe, r.seal, r.purge, r.snapshot, r.say} {
		if err := step(ctx); err != nil {
			return r.report, s.tookBundle(ctx, id, r.report, err)
		}
	}
	return r.done(), s.tookBundle(ctx, id, r.report, nil)
}

// tookBundle keeps how taking a bundle in went, and returns what went wrong. It is no
// exchange with the space's place, which stays as old as it was.
func (s *Spaces) tookBundle(ctx context.Context, id string, r Report, problem error) error {
	if ctx.Err() != nil {
		return problem
	}
	_, err := s.db.Write(ctx, "", func(tx *store.Tx) error { return tx.PutExchange(id, r.logged(data.ByBundle, problem)) })
	return errors.Join(problem, err)
}

// openBundle is the carrier over a bundle that is there.
func openBundle(path, id string) (team.Carrier, error) {
	if _, err := os.Stat(path); err != nil {
		return nil, &data.Problem{Kind: data.NoFile, About: path, Cause: err, Once: true}
	}
	return bundle.Open(path, id)
}
