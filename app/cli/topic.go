package cli

import (
	"slices"
	"strings"
)

// topic is what some commands are about.
type topic struct {
	name  string // as help heads them
	words string // the names of its commands, or their first words
}

// topics are in the order in which help shows them. What is in none of them
// stands in the last.
var topics = []topic{
	{"Mailboxes, calendars and news", "mailbox calendar feed"},
	{"Reading them", "sync ledger import"},
	{"Customers and their people", "account accounts contact contacts merge unmerge type triage policy"},
	{"What happened", "timeline search messages message attachment why log"},
	{"What is due, and how it stands", "agenda meeting brief prepare debrief invite touchpoints selection waiting warmth without rate insights"},
	{"What each side promised, needs and gained", "promise need initiative value offer"},
	{"Account plans", "plan joint objective step risk foresight handover leaving"},
	{"What customers say of you", "feedback survey"},
	{"What the team learned", "training play rehearse"},
	{"What is known of people, and is not", "fact unknown stakeholder relation preference door card"},
	{"Writing", "draft nurture"},
	{"Filing", "filing"},
	{"What stays out, and what may be shared", "leave-out share"},
	{"Sharing with a team", "space device conflicts conflict history bundle recovery-key hub"},
	{"Rapport itself", "undo trash demo doctor bench version help"},
}

// topicOf is the topic of a command, as an index.
func topicOf(v *verb) int {
	first, _, _ := strings.Cut(v.name, " ")
	if i := slices.IndexFunc(topics, func(t topic) bool { return slices.Contains(strings.Fields(t.words), first) }); i >= 0 {
		return i
	}
	return len(topics) - 1
}

// byTopic are the commands of each topic, in their order.
func byTopic() [][]*verb {
	list := make([][]*verb, len(topics))
	for _, v := range verbs() {
		i := topicOf(v)
		list[i] = append(list[i], v)
	}
	return list
}
