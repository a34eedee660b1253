package space

import (
	"context"
	"slices"
	"strings"
	"sync"
	"time"

	"rapport/data"
	"rapport/data/change"
	"rapport/sync/team"
)

// How long what somebody writes at is told and believed.
const (
	writingAgain = 40 * time.Second // between two tellings of the same
	writingHolds = 2 * time.Minute  // after it came, by the clock here
	writingMost  = 30 * time.Minute // that a form which stays open is told of
	echoes       = 10 * time.Minute // after which an older clock is a clock put right
	lastWords    = 500 * time.Millisecond
)

// pens are what people write at just now. They are in memory only.
type pens struct {
	mu    sync.Mutex
	mine  data.Writing // of whoever sits here; Account is "" for nothing
	last  change.HLC   // that was told
	bells map[chan struct{}]bool
	heard map[heardFrom]pen
	news  func()
}

// heardFrom is a laptop in a space.
type heardFrom struct{ space, tag string }

// pen is what a laptop said last.
type pen struct {
	writing data.Writing // Account is "" where it writes at nothing any more
	at      change.HLC
	came    time.Time
}

// company is who is in a space and what is sealed with, as the last exchange left it.
type company struct {
	members change.Membership
	keys    team.Keys
	epoch   string
	me      identity
}

// Write has the others told, as long as Follow follows, that whoever sits here writes
// at a thing; the zero value is that they write at nothing any more. It does not wait.
func (s *Spaces) Write(w data.Writing) {
	w.Since = s.now()
	if w.Account == "" {
		w = data.Writing{}
	}
	s.pens.mu.Lock()
	defer s.pens.mu.Unlock()
	s.pens.mine = w
	for bell := range s.pens.bells {
		ring(bell)
	}
}

// Writers are what the other laptops write at just now, the longest first.
func (s *Spaces) Writers() []data.Writing {
	s.pens.mu.Lock()
	defer s.pens.mu.Unlock()
	var list []data.Writing
	for _, p := range s.pens.heard {
		if p.writing.Account != "" && s.now().Sub(p.came) < writingHolds {
			list = append(list, p.writing)
		}
	}
	slices.SortFunc(list, func(a, b data.Writing) int {
		if c := a.Since.Compare(b.Since); c != 0 {
			return c
		}
		return strings.Compare(a.Name+a.Kind+a.ID, b.Name+b.Kind+b.ID)
	})
	return list
}

// OnWriters has do called, on any goroutine, when Writers may say otherwise.
func (s *Spaces) OnWriters(do func()) {
	s.pens.mu.Lock()
	defer s.pens.mu.Unlock()
	s.pens.news = do
}

// attend tells and hears what is written at, over a way that can, until ctx ends.
func (l openLine) attend(ctx context.Context) {
	h, ok := l.way.(team.Herald)
	c, known := l.s.companyOf(l.id)
	if !ok || !known {
		return
	}
	var hearing sync.WaitGroup
	defer hearing.Wait()
	hearing.Go(func() { _ = h.Hear(ctx, func(by string, body []byte) { l.s.hearWriting(l.id, by, body) }) })
	l.s.tellWriting(ctx, h, l.id, team.WritingTag(l.id, c.me.device.ID()))
}

// tellWriting tells what is written at in a space when that changes, and again while it
// lasts.
func (s *Spaces) tellWriting(ctx context.Context, h team.Herald, id, tag string) {
	bell := make(chan struct{}, 1)
	s.pens.mu.Lock()
	s.pens.bells[bell] = true
	s.pens.mu.Unlock()
	defer func() {
		s.pens.mu.Lock()
		defer s.pens.mu.Unlock()
		delete(s.pens.bells, bell)
	}()
	again := time.NewTicker(writingAgain)
	defer again.Stop()
	telling := true // what a laptop that was switched off left there
	for {
		body := s.sealWriting(ctx, id)
		if len(body) > 0 || telling {
			telling = h.Tell(ctx, tag, body) != nil || len(body) > 0
		}
		select {
		case <-bell:
		case <-again.C:
			s.lapse()
		case <-ctx.Done():
			if telling {
				short, cancel := context.WithTimeout(context.WithoutCancel(ctx), lastWords)
				defer cancel()
				_ = h.Tell(short, tag, nil)
			}
			return
		}
	}
}

// sealWriting is what is to be told in a space; nil for nothing.
func (s *Spaces) sealWriting(ctx context.Context, id string) []byte {
	s.pens.mu.Lock()
	mine := s.pens.mine
	s.pens.mu.Unlock()
	c, known := s.companyOf(id)
	if mine.Account == "" || !known || s.now().Sub(mine.Since) > writingMost {
		return nil
	}
	if in, err := s.db.WritingSpace(ctx, mine); err != nil || in != id {
		return nil
	}
	s.pens.mu.Lock()
	s.pens.last = change.Next(s.pens.last, s.now())
	at := s.pens.last
	s.pens.mu.Unlock()
	body, err := team.SealWriting(team.Writing{At: at, Account: mine.Account, Kind: mine.Kind, Entity: mine.ID}, c.keys, c.epoch, c.me.device)
	if err != nil {
		return nil
	}
	return body
}

// hearWriting takes in what came from a laptop. What no member says is passed over.
func (s *Spaces) hearWriting(id, tag string, body []byte) {
	key := heardFrom{id, tag}
	if len(body) == 0 {
		s.penned(key, func(p pen) (pen, bool) {
			said := p.writing.Account != ""
			p.writing = data.Writing{}
			return p, said
		})
		return
	}
	c, known := s.companyOf(id)
	if !known {
		return
	}
	w, err := team.OpenWriting(tag, body, c.keys)
	if err != nil || w.Device == c.me.device.ID() {
		return
	}
	m := c.members.Members[w.Person]
	if m.Role == "" || !c.members.Speaks(w.Person, w.Device) || !data.Shareable(w.Kind) {
		return
	}
	name := m.Name
	if w.Person == c.me.person.ID() {
		name = ""
	}
	now := s.now()
	s.penned(key, func(p pen) (pen, bool) {
		if w.At <= p.at && now.Sub(p.came) < echoes {
			return p, false
		}
		is := data.Writing{Space: id, Name: name, Account: w.Account, Kind: w.Kind, ID: w.Entity, Since: now}
		if p.writing.Account == is.Account && p.writing.Kind == is.Kind && p.writing.ID == is.ID && now.Sub(p.came) < writingHolds {
			is.Since = p.writing.Since
		}
		return pen{is, w.At, now}, true
	})
}

// penned changes what a laptop said last, and says so where it changed.
func (s *Spaces) penned(key heardFrom, change func(pen) (pen, bool)) {
	s.pens.mu.Lock()
	before := s.pens.heard[key]
	after, heard := change(before)
	if heard {
		s.pens.heard[key] = after
	}
	news := s.pens.news
	s.pens.mu.Unlock()
	if heard && news != nil && (before.writing != after.writing || after.came.Sub(before.came) >= writingHolds) {
		news()
	}
}

// lapse forgets what was not said again.
func (s *Spaces) lapse() {
	s.pens.mu.Lock()
	lapsed := false
	for key, p := range s.pens.heard {
		if p.writing.Account != "" && s.now().Sub(p.came) >= writingHolds {
			p.writing = data.Writing{}
			s.pens.heard[key] = p
			lapsed = true
		}
	}
	news := s.pens.news
	s.pens.mu.Unlock()
	if lapsed && news != nil {
		news()
	}
}

// meet keeps who is in a space after an exchange. Guests and hosts of a joint space do
// not hear what the other side writes at.
func (s *Spaces) meet(r *round) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if r.space.Kind != data.TeamSpace || r.report.Pending || r.report.Left {
		delete(s.companies, r.space.ID)
		return
	}
	s.companies[r.space.ID] = company{r.members, r.keys, r.lastEpoch(), r.me}
}

func (s *Spaces) companyOf(id string) (company, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, ok := s.companies[id]
	return c, ok
}
