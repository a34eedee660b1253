package calendar

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"rapport/data"
)

// invite is what a mail from somebody brings on a day of May.
func invite(day int, from, method string, entries ...string) []data.Invitation {
	list := Invitations("BEGIN:VCALENDAR\nVERSION:2.0\nMETHOD:" + method + "\nBEGIN:VEVENT\nUID:u\n" + strings.Join(entries, "\nEND:VEVENT\nBEGIN:VEVENT\nUID:u\n") + "\nEND:VEVENT\nEND:VCALENDAR\n")
	for i := range list {
		list[i].Sender, list[i].At = from, time.Date(2026, 5, day, 8, 0, 0, 0, time.UTC)
	}
	return list
}

const (
	anna  = "anna@kestrel.example"
	maya  = "maya@larkfield.example"
	piotr = "piotr@kestrel.example"
	eve   = "eve@evil.example"
)

// by is an entry that names the organiser, two guests, its version and more.
func by(organizer string, sequence, stamp int, more ...string) string {
	lines := append([]string{
		"ORGANIZER;CN=O:mailto:" + organizer, "ATTENDEE:mailto:" + maya, "ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:" + piotr,
		fmt.Sprintf("SEQUENCE:%d", sequence), fmt.Sprintf("DTSTAMP:202605%02dT000000Z", stamp),
	}, more...)
	return strings.Join(lines, "\n")
}

func at(hour int) string {
	return fmt.Sprintf("DTSTART:20260603T%02d0000Z\nDTEND:20260603T%02d3000Z\nSUMMARY:Hall 2", hour, hour)
}

func combined(invitations ...[]data.Invitation) (lines []string, c Combined) {
	c = Combine(slices.Concat(invitations...), Options{Calendar: data.MailCalendarID, Zone: berlin, From: day("2026-01-01"), To: day("2027-01-01")})
	for _, o := range c.Meeting.Occurrences {
		line := o.Start.UTC().Format("0102 15:04 ") + o.Summary
		if o.Cancelled {
			line += ", cancelled"
		}
		if o.Sender != "" {
			line += ", from " + o.Sender
		}
		lines = append(lines, line)
	}
	for _, r := range c.Replies {
		line := fmt.Sprintf("%s %s %s", r.From.Email, r.Answer, r.RecurrenceID)
		if !r.Start.IsZero() {
			line += r.Start.Format(" wants 15:04")
		}
		lines = append(lines, strings.TrimSpace(line))
	}
	return lines, c
}

func TestInvitationsComeToOneMeeting(t *testing.T) {
	weekly := at(9) + "\nRRULE:FREQ=WEEKLY;COUNT=3"
	second := "RECURRENCE-ID:20260610T090000Z"
	tests := []struct {
		name        string
		invitations [][]data.Invitation
		want        []string
		odd         bool // something was not believed
	}{
		{"one", [][]data.Invitation{invite(1, anna, "REQUEST", by(anna, 0, 1, at(9)))}, []string{"0603 09:00 Hall 2"}, false},
		{"moved", [][]data.Invitation{invite(1, anna, "REQUEST", by(anna, 0, 1, at(9))), invite(2, anna, "REQUEST", by(anna, 1, 2, at(11)))}, []string{"0603 11:00 Hall 2"}, false},
		{"an older mail that comes later", [][]data.Invitation{invite(1, anna, "REQUEST", by(anna, 2, 3, at(11))), invite(2, anna, "REQUEST", by(anna, 1, 2, at(9)))}, []string{"0603 11:00 Hall 2"}, false},
		{"sent again with the same sequence", [][]data.Invitation{invite(1, anna, "REQUEST", by(anna, 1, 1, at(9))), invite(2, anna, "REQUEST", by(anna, 1, 2, at(11)))}, []string{"0603 11:00 Hall 2"}, false},
		{"cancelled", [][]data.Invitation{invite(1, anna, "REQUEST", by(anna, 0, 1, at(9))), invite(2, anna, "CANCEL", by(anna, 1, 2, at(9)))}, []string{"0603 09:00 Hall 2, cancelled"}, false},
		{"cancelled without saying when it was", [][]data.Invitation{invite(1, anna, "REQUEST", by(anna, 0, 1, at(9))), invite(2, anna, "CANCEL", by(anna, 0, 2))}, []string{"0603 09:00 Hall 2, cancelled"}, false},
		{"cancelled and taken up again", [][]data.Invitation{invite(1, anna, "REQUEST", by(anna, 0, 1, at(9))), invite(2, anna, "CANCEL", by(anna, 1, 2)), invite(3, anna, "REQUEST", by(anna, 2, 3, at(10)))},
			[]string{"0603 10:00 Hall 2"}, false},
		{"only a cancellation", [][]data.Invitation{invite(2, anna, "CANCEL", by(anna, 1, 2, at(9)))}, []string{"0603 09:00 Hall 2, cancelled"}, false},
		{"only a cancellation of nobody knows when", [][]data.Invitation{invite(2, anna, "CANCEL", by(anna, 1, 2))}, nil, false},
		{"a stranger cancels", [][]data.Invitation{invite(1, anna, "REQUEST", by(anna, 0, 1, at(9))), invite(2, eve, "CANCEL", by(anna, 9, 9, at(9)))}, []string{"0603 09:00 Hall 2"}, true},
		{"a stranger moves it in the organiser's name", [][]data.Invitation{invite(1, anna, "REQUEST", by(anna, 0, 1, at(9))), invite(2, eve, "REQUEST", by(anna, 9, 9, at(3)))}, []string{"0603 09:00 Hall 2"}, true},
		{"a stranger takes it over", [][]data.Invitation{invite(1, anna, "REQUEST", by(anna, 0, 1, at(9))), invite(2, eve, "REQUEST", by(eve, 9, 9, at(3)))}, []string{"0603 09:00 Hall 2"}, true},
		{"passed on by a colleague", [][]data.Invitation{invite(1, piotr, "REQUEST", by(anna, 0, 1, at(9)))}, []string{"0603 09:00 Hall 2, from " + piotr}, false},
		{"passed on, then from the organiser", [][]data.Invitation{invite(1, piotr, "REQUEST", by(anna, 0, 1, at(9))), invite(2, anna, "REQUEST", by(anna, 0, 1, at(9)))}, []string{"0603 09:00 Hall 2"}, true},
		{"by the organiser's secretary", [][]data.Invitation{invite(1, piotr, "REQUEST", strings.Replace(by(anna, 0, 1, at(9)), "CN=O", "SENT-BY=\"mailto:"+piotr+"\"", 1))}, []string{"0603 09:00 Hall 2"}, false},
		{"without an organiser", [][]data.Invitation{invite(1, eve, "PUBLISH", at(9))}, []string{"0603 09:00 Hall 2"}, false},
		{"a series", [][]data.Invitation{invite(1, anna, "REQUEST", by(anna, 0, 1, weekly))}, []string{"0603 09:00 Hall 2", "0610 09:00 Hall 2", "0617 09:00 Hall 2"}, false},
		{"one date of it moved", [][]data.Invitation{invite(1, anna, "REQUEST", by(anna, 0, 1, weekly)), invite(2, anna, "REQUEST", by(anna, 0, 2, second, "DTSTART:20260611T120000Z", "DTEND:20260611T123000Z", "SUMMARY:Hall 3"))},
			[]string{"0603 09:00 Hall 2", "0611 12:00 Hall 3", "0617 09:00 Hall 2"}, false},
		{"one date of it cancelled", [][]data.Invitation{invite(1, anna, "REQUEST", by(anna, 0, 1, weekly)), invite(2, anna, "CANCEL", by(anna, 0, 2, second))},
			[]string{"0603 09:00 Hall 2", "0610 09:00 Hall 2, cancelled", "0617 09:00 Hall 2"}, false},
		{"a date moved, then the whole anew", [][]data.Invitation{invite(1, anna, "REQUEST", by(anna, 0, 1, weekly)), invite(2, anna, "REQUEST", by(anna, 0, 2, second, "DTSTART:20260611T120000Z")), invite(3, anna, "REQUEST", by(anna, 1, 3, weekly))},
			[]string{"0603 09:00 Hall 2", "0610 09:00 Hall 2", "0617 09:00 Hall 2"}, false},
		{"all of it cancelled", [][]data.Invitation{invite(1, anna, "REQUEST", by(anna, 0, 1, weekly)), invite(2, anna, "REQUEST", by(anna, 0, 2, second, "DTSTART:20260611T120000Z", "SUMMARY:Hall 3")), invite(3, anna, "CANCEL", by(anna, 1, 3))},
			[]string{"0603 09:00 Hall 2, cancelled", "0611 12:00 Hall 3, cancelled", "0617 09:00 Hall 2, cancelled"}, false},
		{"an answer", [][]data.Invitation{invite(2, piotr, "REPLY", "ORGANIZER:mailto:"+anna+"\nATTENDEE;PARTSTAT=ACCEPTED:mailto:"+piotr+"\nDTSTAMP:20260502T000000Z")}, []string{piotr + " accepted"}, false},
		{"an answer for one date", [][]data.Invitation{invite(2, piotr, "REPLY", "ORGANIZER:mailto:"+anna+"\nATTENDEE;PARTSTAT=DECLINED:mailto:"+piotr+"\n"+second)}, []string{piotr + " declined 20260610T090000Z"}, false},
		{"an answer in another's name", [][]data.Invitation{invite(2, eve, "REPLY", "ORGANIZER:mailto:"+anna+"\nATTENDEE;PARTSTAT=ACCEPTED:mailto:"+piotr+"\nDTSTAMP:20260502T000000Z")}, nil, true},
		{"another time asked for", [][]data.Invitation{invite(1, anna, "REQUEST", by(anna, 0, 1, at(9))), invite(2, piotr, "COUNTER", "ORGANIZER:mailto:"+anna+"\nATTENDEE;PARTSTAT=TENTATIVE:mailto:"+piotr+"\n"+at(14))},
			[]string{"0603 09:00 Hall 2", piotr + " tentative  wants 14:00"}, false},
		{"a feed's mark is not believed", [][]data.Invitation{invite(1, anna, "REQUEST", by(anna, 0, 1, at(9), "X-RAPPORT-SENDER:"+eve))}, []string{"0603 09:00 Hall 2"}, false},
		{"nothing that can be read", [][]data.Invitation{invite(1, anna, "REQUEST", "SUMMARY:no time")}, nil, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, c := combined(tt.invitations...)
			if !slices.Equal(got, tt.want) || (len(c.Odd) > 0) != tt.odd {
				t.Errorf("got %q, remarks %q; want %q\n%s", got, c.Odd, tt.want, c.Meeting.ICS)
			}
		})
	}
}

func TestInvitationsDoNotHangOnTheOrderInWhichTheyAreFound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var list []data.Invitation
		for n := range rapid.IntRange(1, 6).Draw(t, "mails") {
			method := rapid.SampledFrom([]string{"REQUEST", "REQUEST", "CANCEL", "REPLY", "COUNTER", "PUBLISH"}).Draw(t, "method")
			organizer := rapid.SampledFrom([]string{anna, anna, eve}).Draw(t, "organizer")
			from := rapid.SampledFrom([]string{organizer, organizer, piotr}).Draw(t, "from")
			more := []string{at(rapid.IntRange(8, 18).Draw(t, "hour"))}
			switch rapid.IntRange(0, 2).Draw(t, "form") {
			case 0:
				more[0] += "\nRRULE:FREQ=WEEKLY;COUNT=3"
			case 1:
				more = append(more, fmt.Sprintf("RECURRENCE-ID:202606%02dT090000Z", rapid.SampledFrom([]int{3, 10, 17}).Draw(t, "date")))
			}
			list = append(list, invite(n+1, from, method, by(organizer, rapid.IntRange(0, 2).Draw(t, "sequence"), rapid.IntRange(1, 4).Draw(t, "stamp"), more...))...)
		}
		one, c := combined(list)
		other, d := combined(rapid.Permutation(list).Draw(t, "order"))
		if !slices.Equal(one, other) || c.Meeting.ICS != d.Meeting.ICS {
			t.Fatalf("%q\nin another order\n%q", one, other)
		}
		again, _ := combined(list, list)
		if c.Meeting.ICS != "" && len(again) < len(c.Meeting.Occurrences) {
			t.Fatalf("said twice it is %q, once %q", again, one)
		}
		// What is stored is read back as it was.
		dates, _, err := Expand(c.Meeting.ICS, data.MailCalendarID, berlin, day("2026-01-01"), day("2027-01-01"))
		if c.Meeting.ICS != "" && (err != nil || len(dates) != len(c.Meeting.Occurrences)) {
			t.Fatalf("stored it has %d dates of %d: %v", len(dates), len(c.Meeting.Occurrences), err)
		}
	})
}
