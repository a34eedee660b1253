package sync

import (
	"context"
	"fmt"
	"time"

	"rapport/data"
	"rapport/data/store"
)

// restOf is until when a server asked to be left alone by an error; the zero time
// where it did not.
func (e *Engine) restOf(err error) time.Time {
	if p, ok := data.AsProblem(err); ok && p.Wait > 0 {
		return e.o.Now().Add(p.Wait)
	}
	return time.Time{}
}

// putRest keeps that in the workspace, so that no other command troubles the
// server either.
func (e *Engine) putRest(ctx context.Context, source string, until time.Time) error {
	_, err := e.db.Write(ctx, "", func(tx *store.Tx) error { return tx.PutRest(source, until) })
	return err
}

// resting is the problem of a source whose server asked to be left alone and
// whose time is not over; nil for any other.
func (e *Engine) resting(ctx context.Context, f feed) error {
	until, err := e.db.Rest(ctx, f.Name())
	if err != nil {
		return err
	}
	if left := until.Sub(e.o.Now()); left > 0 {
		return &data.Problem{Kind: data.Busy, About: f.about, Wait: left}
	}
	return nil
}

// heed records what a server asked for while it was listened to.
func (e *Engine) heed(ctx context.Context, f feed, err error) error {
	until := e.restOf(err)
	if until.IsZero() || ctx.Err() != nil {
		return err
	}
	s := e.status(f.Name())
	s.Source, s.Problem, s.Until = f.Name(), e.sentence(err), until
	e.report(s)
	if err := e.putRest(ctx, f.Name(), until); err != nil {
		return err
	}
	return err
}

// sentence is what an error says to people.
func (e *Engine) sentence(err error) string {
	p, ok := data.AsProblem(err)
	if !ok {
		return err.Error()
	}
	if p.Wait == 0 {
		return p.What() + ". " + p.Todo()
	}
	now := e.o.Now().In(e.o.Zone)
	until := now.Add(p.Wait + time.Minute - 1).Truncate(time.Minute) // never a moment too early
	said := ""
	if p.Detail != "" {
		said = fmt.Sprintf(" (%s)", p.Detail)
	}
	return fmt.Sprintf("%s asks to wait until %s%s. Rapport reads it then, and not before; what is stored stays", p.About, clockOf(until, now), said)
}

// clockOf is a moment's clock, with its day where that is not today.
func clockOf(at, now time.Time) string {
	if data.DaysBetween(at, now) == 0 {
		return data.Clock(at, now)
	}
	return data.DayAndClock(at, now)
}
