package sync

import (
	"context"
	"time"

	"rapport/data"
	"rapport/sync/calendar"
)

// withInvitations reads what a batch's mails say about meetings.
func withInvitations(b data.Batch) data.Batch {
	for i := range b.Arrived {
		m := &b.Arrived[i].Message
		m.Invites = invitations(m.Invites)
	}
	return b
}

// invitations are what the texts of calendars in one mail say, by meeting.
func invitations(raw []data.Invitation) (list []data.Invitation) {
	for _, r := range raw {
		list = append(list, calendar.Invitations(r.ICS)...)
	}
	return list
}

// takeInvitations keeps the meetings that follow from what mails brought.
func (e *Engine) takeInvitations(ctx context.Context) error {
	if err := e.db.RenewInvitations(ctx, e.o.Now()); err != nil {
		return err
	}
	if waits, err := e.db.HasInvitations(ctx); err != nil || !waits {
		return err
	}
	done, err := e.turn(ctx, data.MailCalendarID)
	if err != nil {
		return err
	}
	defer done()
	started := e.o.Now().Truncate(time.Millisecond)
	window := calendar.WindowAt(started)
	combine := func(list []data.Invitation) (data.Meeting, []data.Response, []string) {
		c := calendar.Combine(list, calendar.Options{Calendar: data.MailCalendarID, Zone: e.o.Zone, From: window.From, To: window.To})
		return c.Meeting, c.Replies, c.Odd
	}
	for more := true; more && err == nil; {
		more, err = e.db.TakeInvitations(ctx, started, combine)
	}
	return err
}
