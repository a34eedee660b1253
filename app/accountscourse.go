package app

import (
	"context"
	"fmt"
	"time"

	"rapport/app/bridge"
	"rapport/data"
)

// How many courses are read at once, and how long rows may come into view before
// theirs are asked for.
const (
	coursesAtOnce = 40
	courseWait    = 80 * time.Millisecond
)

// accountCourses are the qualities of twelve weeks of the accounts whose rows
// came into view, as they were read last.
type accountCourses struct {
	p     *accounts
	slot  bridge.Slot
	weeks map[string][]int  // by Account.ID
	under map[string]string // what they were read under: other facts make them stale
	soon  map[string]string // to be asked for, with the same
	wait  bool
}

func newAccountCourses(p *accounts) accountCourses {
	return accountCourses{p: p, weeks: map[string][]int{}, under: map[string]string{}, soon: map[string]string{}}
}

// factsUnder changes whenever an account's course may be another.
func factsUnder(e data.AccountEntry, day string) string {
	s := e.Stand
	return fmt.Sprint(day, e.Last.ID, e.Tier, s.Quality, s.Band, s.OursLate)
}

// of is the course of an account, nil until it is read.
func (c *accountCourses) of(e data.AccountEntry) []int {
	if e.Known && c.wants(e) && !c.wait {
		c.wait = true
		c.p.w.bg.Later(courseWait, func() {
			c.wait = false
			c.ask()
		})
	}
	return c.weeks[e.ID]
}

// wants notes an account whose course is not there, or is stale.
func (c *accountCourses) wants(e data.AccountEntry) bool {
	now := factsUnder(e, c.p.w.day)
	if c.under[e.ID] == now {
		return false
	}
	c.soon[e.ID] = now
	return true
}

// ask reads the courses that rows wanted, some at once.
func (c *accountCourses) ask() {
	if len(c.soon) == 0 || c.slot.Busy() {
		return
	}
	asked := map[string]string{}
	for id, under := range c.soon {
		asked[id] = under
		delete(c.soon, id)
		if len(asked) == coursesAtOnce {
			break
		}
	}
	now := c.p.w.now()
	bridge.Load(c.p.w.bg, &c.slot, func(ctx context.Context) (map[string][]int, error) {
		read := map[string][]int{}
		for id := range asked {
			weeks, err := c.p.w.db.QualityWeeks(ctx, id, 12, now)
			if err != nil {
				return nil, err
			}
			read[id] = weeks
		}
		return read, nil
	}, func(read map[string][]int, err error) {
		if err != nil {
			return // the lines stay away until something else is read
		}
		for id, weeks := range read {
			c.weeks[id], c.under[id] = weeks, asked[id]
			c.p.list.RefreshRow(c.p.rowOf(id))
		}
		c.ask()
	})
}
