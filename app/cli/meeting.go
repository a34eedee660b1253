package cli

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"rapport/data"
	"rapport/data/store"
	"rapport/data/text"
	"rapport/sync"
)

func meetingShowVerb() *verb {
	return &verb{
		name: "meeting show", args: "MEETING_ID", does: "Show a date of a meeting: when, where, with which account and who comes",
		more: `agenda -json gives the IDs. A date that lies far off is worked out from what the
calendars said. It tells who asks for another time, and how the date stood before it
was moved or called off. Links and codes of calls are not shown.

  rapport meeting show 4f1c…`,
		least: 1, most: 1, flags: []flag{zoneFlag, jsonFlag}, run: runMeetingShow,
	}
}

func runMeetingShow(c *call) error {
	return c.read(func(db *store.DB) error {
		now, err := c.clock(db)
		if err != nil {
			return err
		}
		m, err := sync.Meeting(c.ctx, db, now, c.args[0])
		if errors.Is(err, data.ErrNotFound) {
			return fmt.Errorf("%w in any calendar; rapport agenda -from DATE -to DATE -json lists the dates of a span with their IDs", err)
		}
		if err != nil {
			return err
		}
		if c.on("json") {
			return writeJSON(c.out, meetingOf(m, now))
		}
		c.print(plainText(meetingText(m, now)))
		return nil
	})
}

// guestJSON is somebody in a meeting.
type guestJSON struct {
	Name    string `json:"name"`
	Email   string `json:"email"`
	Part    string `json:"part"`
	Side    string `json:"side"`
	Contact string `json:"contact"`
	Answer  string `json:"answer"`
	Met     bool   `json:"met"`
}

// beforeJSON is how a date stood before it changed.
type beforeJSON struct {
	Until     string `json:"until"` // when it was found to be otherwise
	Start     string `json:"start"`
	End       string `json:"end"`
	Place     string `json:"place"`
	Cancelled bool   `json:"cancelled"`
}

type meetingJSON struct {
	agendaJSON
	Before    []beforeJSON `json:"before"` // the oldest first
	Calendars []string     `json:"calendars"`
	People    []guestJSON  `json:"people"`
	Over      bool         `json:"over"`
	Brief     string       `json:"brief"`
}

// briefMarks are the words for whether a meeting has a brief.
var briefMarks = map[data.BriefMark]string{data.NoBrief: "", data.BriefReady: "ready", data.BriefNotYet: "not yet", data.BriefNoOwner: "no account"}

func meetingOf(m store.MeetingLook, now time.Time) meetingJSON {
	j := meetingJSON{agendaJSON: agendaOf(m.Agenda, nil), Calendars: append([]string{}, m.Calendars...), People: []guestJSON{}, Before: []beforeJSON{}, Over: !m.End.After(now), Brief: briefMarks[data.MarkOfBrief(m.Agenda, now)]}
	if len(m.Calendars) > 0 {
		j.Calendar = m.Calendars[0]
	}
	for _, b := range m.Before {
		j.Before = append(j.Before, beforeJSON{b.Until.UTC().Format(time.RFC3339), b.Start.UTC().Format(time.RFC3339), b.End.UTC().Format(time.RFC3339), data.PlaceWords(b.Place), b.Cancelled})
	}
	for _, p := range m.People {
		j.People = append(j.People, guestJSON{Name: p.Name, Email: p.Email, Part: p.Part, Side: string(p.Side), Contact: p.Contact, Answer: p.Answer, Met: m.Met[p.Email]})
	}
	return j
}

// meetingText is a meeting as a page of plain text.
func meetingText(m store.MeetingLook, now time.Time) string {
	var sb strings.Builder
	put := func(format string, args ...any) { fmt.Fprintf(&sb, format+"\n", args...) }
	put("%s", data.WithoutLinks(data.TitleOf(data.Interaction{Kind: data.Meet, Subject: m.Summary})))
	there, err := time.LoadLocation(m.Zone)
	if m.Zone == "" || err != nil {
		there = nil
	}
	put("%s", data.MeetingWhen(m.Occurrence, there, now))
	for _, line := range []string{data.PlaceWords(m.Occurrence.Place), meetingStands(m)} {
		if line != "" {
			put("%s", line)
		}
	}
	put("")
	name := m.Account.Name
	if name == "" {
		name = "none"
	}
	put("account    %s", name)
	put("calendar   %s", strings.Join(m.Calendars, ", "))
	if mark := briefMarks[data.MarkOfBrief(m.Agenda, now)]; mark != "" {
		put("brief      %s", mark)
	}
	remarks := data.MeetingRemarks(m.Agenda, now)
	if len(remarks) > 0 {
		put("")
	}
	for _, r := range remarks {
		put("%s", strings.Join(slices.DeleteFunc([]string{r.Words, r.Noted(now)}, func(s string) bool { return s == "" }), ", "))
	}
	if len(m.People) > 0 {
		put("")
	}
	for _, p := range m.People {
		put("%s", strings.Join(slices.DeleteFunc([]string{text.Name(p.Name, p.Email), p.Email, guestWords(p, m.Met)}, func(s string) bool { return s == "" }), ", "))
	}
	return sb.String()
}

// meetingStands says whether it was called off, or is not settled.
func meetingStands(m store.MeetingLook) string {
	switch {
	case m.Cancelled:
		return "called off"
	case m.Tentative:
		return "not settled yet"
	}
	return ""
}

// guestWords say what somebody answered, and whether they were met.
func guestWords(p data.Participant, met map[string]bool) string {
	words := map[string]string{"accepted": "yes", "declined": "no", "tentative": "maybe"}[p.Answer]
	switch {
	case p.Part == "organizer":
		words = "leads"
	case words == "":
		words = "no answer"
	}
	if known, asked := met[p.Email]; p.Side != data.Us && asked && !known {
		words += ", never met"
	}
	return words
}
