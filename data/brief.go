package data

import "time"

// BriefInput is what a brief is made from.
type BriefInput struct {
	Now     time.Time
	Meeting Agenda
	Account Account // zero ID: the meeting belongs to none
	Rhythm  int     // days; 0: not agreed
	// People are the attendees who are not ours, as the store knows them.
	People []Person
	Ours   []Participant
	// LastMet is the latest meeting or visit that took place with at least two
	// of these people, or with the only one; nil when there is none.
	LastMet *Interaction
	// Since are the account's interactions after LastMet (or the latest, when
	// there is none), newest first.
	Since    []Interaction
	Waiting  []Waiting // of this account
	Silences []Silence // of this account, newest first
	LastSync time.Time // zero: never
}

// Brief is the page before a meeting.
type Brief struct {
	Title   string // the meeting's
	When    string // "Tue 17 Nov 2026, 10:30 to 11:30, Harbour Hall, room 2"
	Account Account
	We      string // "Maya Lindqvist, Daniel Achterberg"
	They    string // "Anna Kessler, Samuel Reyes (no answer)"
	// Sections have at least one line each; an empty one is left out.
	Sections []BriefSection
	// After are the labels of the blank boxes to write in after the meeting.
	After   []string
	Sources []BriefSource
	// Made says when and from what it was made.
	Made string
}

// BriefSection is a part of the brief.
type BriefSection struct {
	Title string
	Lines []BriefLine
}

// BriefLine is one line. Source is the number of what it rests on, 0 for none.
type BriefLine struct {
	Lead   string // a person's name, or ""
	Under  string // the person's role, or ""
	Mark   string // "Never met", "Waiting 15 h", or ""
	Text   string
	Source int
}

// BriefSource is a fact on this laptop that a line rests on.
type BriefSource struct {
	N    int
	Kind Kind
	What string // "Agenda for tomorrow and one worry"
	Who  string // "Anna Kessler"
	At   time.Time
	ID   string // Interaction.ID
}

// ComposeBrief makes the brief.
func ComposeBrief(in BriefInput) Brief { return Brief{} }

// BriefText is the brief as plain text of the width, for a terminal.
func BriefText(b Brief, width int) string { return "" }
