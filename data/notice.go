package data

import "time"

// Notice is something that people are told about in time.
type Notice struct {
	Meeting string // Occurrence.ID, once told never again
	Title   string // "Winter loan lighting review at 10:30"
	Text    string // "Kestrel Museums. Your brief is ready."
}

// NoticeAhead is how long before a meeting people are told of it.
const NoticeAhead = time.Hour

// Notices are the meetings with customers that begin within NoticeAhead, the next
// first, each with what its brief needs; prepared are those for which somebody
// wrote what is to be earned, by Occurrence.ID. Nothing of what is said or written
// in them is in the text: a notice is seen by whoever sees the screen.
func Notices(dates []Agenda, prepared map[string]bool, now time.Time) (list []Notice) {
	for _, m := range dates {
		if m.Account.ID == "" || m.Cancelled || m.AllDay || !m.Start.After(now) || m.Start.After(now.Add(NoticeAhead)) {
			continue
		}
		n := Notice{Meeting: m.ID, Title: TitleOf(Interaction{Kind: Meet, Subject: WithoutLinks(m.Summary)}) + " at " + Clock(m.Start.In(now.Location()), now), Text: m.Account.Name + ". Your brief is ready."}
		if !prepared[m.ID] {
			n.Text = m.Account.Name + ". The brief is ready; write what is to be earned."
		}
		list = append(list, n)
	}
	return list
}
