package data

import (
	"slices"
	"strings"
	"testing"
	"time"
)

func TestWhyAMailIsWhereItIs(t *testing.T) {
	now := time.Date(2026, 11, 17, 12, 0, 0, 0, time.UTC)
	known := Known{
		Own: map[string]bool{"maya@larkfield.example": true}, OwnDomains: map[string]bool{"larkfield.example": true},
		Ignored: map[string]bool{"@kestrel.example": true, "sales@tern.example": true},
	}
	rules := []NoCustomer{{Pattern: "@kestrel.example", At: now.AddDate(0, 0, -5)}, {Pattern: "sales@tern.example", At: now}}
	person := func(email string) Participant {
		return Participant{Address: Address{Email: email}, Side: known.SideOf(email)}
	}
	filedAt := func(name, reason string) FiledAt { return FiledAt{Name: name, Match: Match{Reason: reason}} }
	box := Mailbox{Address: "maya@larkfield.example", Host: "imap.larkfield.example", SinceMonths: 12}
	fresh := Status{At: now.Add(-5 * time.Minute)}
	found := func(m FoundMail) MailFacts { return MailFacts{Found: []FoundMail{m}} }
	unseen := func(list ...MailboxFacts) MailFacts { return MailFacts{Mailboxes: list} }
	asPeople := func(emails ...string) (list []Participant) {
		for _, e := range emails {
			list = append(list, person(e))
		}
		return list
	}
	cases := []struct {
		name  string
		facts MailFacts
		where Whereabouts
		says  string
		// has and hasNot are parts of all the sentences.
		has, hasNot []string
	}{
		{
			name:  "on one timeline",
			facts: found(FoundMail{Filed: []FiledAt{filedAt("Kestrel Museums", "anna@kestrel.example is an address of Anna Kessler")}, Places: []MailPlace{{Mailbox: box.Address, Folder: "INBOX", Flags: `\Answered \Flagged \Seen`}}}),
			where: OnTimeline, says: "It is on the timeline of Kestrel Museums.",
			has: []string{"Kestrel Museums: anna@kestrel.example is an address of Anna Kessler.", "It lies in INBOX of maya@larkfield.example, marked there as answered and flagged."}, hasNot: []string{"rapport "},
		},
		{
			name:  "on two timelines, each with its reason",
			facts: found(FoundMail{Filed: []FiledAt{filedAt("Aldervale", "one"), filedAt("Kestrel", "two")}}),
			where: OnTimeline, says: "It is on the timelines of Aldervale and Kestrel.", has: []string{"Aldervale: one.", "Kestrel: two."},
		},
		{
			name:  "automated",
			facts: found(FoundMail{Automated: AutomatedList, Skip: AutomatedList, People: asPeople("news@letters.example")}),
			where: OffLines, says: "It is here, but on no timeline, since a program wrote it.", has: []string{"Newsletter or list: it has a List-Id line."}, hasNot: []string{"filing assign"},
		},
		{
			name:  "colleagues only",
			facts: found(FoundMail{Skip: SkipInternal, People: asPeople("maya@larkfield.example", "leon@larkfield.example")}),
			where: OffLines, says: "It is here, but on no timeline, since only colleagues take part in it.",
			has: []string{"maya@larkfield.example is your own address.", "leon@larkfield.example is a colleague: larkfield.example is your own mail domain."},
		},
		{
			name:  "nobody else",
			facts: found(FoundMail{Skip: SkipEmpty, People: asPeople("maya@larkfield.example")}),
			where: OffLines, says: "It is here, but on no timeline, since nobody else is named in it.", has: []string{"maya@larkfield.example is your own address."},
		},
		{
			name:  "nobody at all",
			facts: found(FoundMail{Skip: SkipEmpty}),
			where: OffLines, says: "It is here, but on no timeline, since nobody else is named in it.", has: []string{"It names no mail address at all."},
		},
		{
			name:  "a rule about the domain, not the one about somebody else",
			facts: found(FoundMail{Skip: SkipRule, People: asPeople("maya@larkfield.example", "anna@kestrel.example")}),
			where: OffLines, says: "It is here, but on no timeline, since you said that nobody in it is a customer.",
			has: []string{"The rule that nobody at kestrel.example is no customer is of 12 Nov.", "rapport filing heed @kestrel.example"}, hasNot: []string{"tern.example"},
		},
		{
			name:  "waits in Filing",
			facts: found(FoundMail{Skip: SkipUnknown, People: asPeople("karin@northmoor.example", "maya@larkfield.example", "sales@tern.example")}),
			where: OffLines, says: "It is here and waits in Filing, since somebody in it is not known yet.",
			has:    []string{"karin@northmoor.example is no contact's address, and the domain is no account's.", "rapport filing assign karin@northmoor.example ACCOUNT"},
			hasNot: []string{"maya@", "sales@tern"},
		},
		{
			name:  "a stranger with free mail",
			facts: found(FoundMail{Skip: SkipUnknown, People: asPeople("karin@gmail.com")}),
			where: OffLines, says: "It is here and waits in Filing, since somebody in it is not known yet.", has: []string{"gmail.com is free mail"},
		},
		{
			name:  "an answer to a program waits for nothing",
			facts: found(FoundMail{Skip: SkipUnknown, People: asPeople("maya@larkfield.example", "news@letters.example"), Programs: map[string]bool{"news@letters.example": true}}),
			where: OffLines, says: "It is here, but on no timeline, since nobody in it is at an account.", has: []string{"news@letters.example has only ever sent automated mail"}, hasNot: []string{"filing assign"},
		},
		{
			name:  "a contact without an account",
			facts: found(FoundMail{Skip: SkipUnknown, People: []Participant{{Address: Address{Email: "jo@free.example"}, Contact: "jo"}}}),
			where: OffLines, says: "It is here, but on no timeline, since nobody in it is at an account.", has: []string{"jo@free.example is a contact, but at no account."},
		},
		{
			name: "in a folder that is read no more, and on no server",
			facts: MailFacts{
				Found:     []FoundMail{{Filed: []FiledAt{filedAt("Kestrel", "one")}, Places: []MailPlace{{Mailbox: box.Address, Folder: "Old"}, {Mailbox: box.Address, Folder: "INBOX"}}, Gone: now.AddDate(0, 0, -1)}},
				Mailboxes: []MailboxFacts{{Mailbox: Mailbox{Address: box.Address, Folders: []string{"inbox"}}}},
			},
			where: OnTimeline, says: "It is on the timeline of Kestrel.",
			has: []string{"It lies in Old of maya@larkfield.example, a folder that is not read any more.", "It lies in INBOX of maya@larkfield.example.", "Since 16 Nov it is in no folder"},
		},
		{
			name: "two mails that share an ID",
			facts: MailFacts{Found: []FoundMail{
				{Skip: SkipInternal}, {Filed: []FiledAt{filedAt("Kestrel", "one")}, Message: Message{Date: now.AddDate(0, 0, -7)}},
			}},
			where: OnTimeline, says: "It is here, but on no timeline, since only colleagues take part in it.",
			has: []string{"Another mail of this Message-ID, sent on 10 Nov: it is on the timeline of Kestrel."},
		},
		{
			name:  "never read, and no mailbox",
			facts: unseen(),
			where: NeverRead, says: "No mail with this ID was ever read.", has: []string{"There is no mailbox in this workspace.", "rapport mailbox add"},
		},
		{
			name:  "never read, the mailbox all well",
			facts: unseen(MailboxFacts{Mailbox: box, Status: fresh, Read: []string{"INBOX", "Sent"}}),
			where: NeverRead, says: "No mail with this ID was ever read.",
			has: []string{
				"maya@larkfield.example was last read to its end 5 min ago", "came before 17 Nov 2025 is left out: maya@larkfield.example is read 12 months back",
				"Read are INBOX and Sent; left out are bin", "rapport sync", "rapport mailbox folders maya@larkfield.example", "-since all",
			},
			hasNot: []string{"failed", "could not be read", "answers it"},
		},
		{
			name:  "never read, the first reading under way and failed",
			facts: unseen(MailboxFacts{Mailbox: Mailbox{Address: box.Address, Host: "h"}, Status: Status{Problem: "the server said no; try again."}}),
			where: NeverRead, says: "No mail with this ID was ever read.",
			has:    []string{"was never read to its end yet", "Its last run failed: the server said no; try again.", "None of its folders was read yet"},
			hasNot: []string{"left out: ", "-since all", "again.."},
		},
		{
			name:  "never read, older than the mailbox is read",
			facts: MailFacts{Mailboxes: []MailboxFacts{{Mailbox: box, Status: fresh}}, Answered: now.AddDate(-2, 0, 0)},
			where: NeverRead, says: "It was never read, since it is older than the mail that is read.",
			has: []string{"A mail that is here answers it, and was sent on 17 Nov 2024", "The mail is older than that."},
		},
		{
			name:  "never read, older than one mailbox is read but not the other",
			facts: MailFacts{Mailboxes: []MailboxFacts{{Mailbox: box}, {Mailbox: Mailbox{Address: "all@larkfield.example", Host: "h"}}}, Answered: now.AddDate(-2, 0, 0)},
			where: NeverRead, says: "No mail with this ID was ever read.", has: []string{"The mail is older than that."},
		},
		{
			name: "never read, and some could not be read",
			facts: unseen(MailboxFacts{Mailbox: box, Bad: []Unreadable{
				{Location: Location{Folder: "INBOX", UID: 7}, Reason: "cut short"}, {Location: Location{Folder: "INBOX", UID: 9}, Reason: "cut short"},
				{Location: Location{Folder: "Sent", UID: 1}, Reason: "the server refused"},
			}}),
			where: NeverRead, says: "No mail with this ID was ever read.",
			has: []string{"2 mails in INBOX could not be read (cut short): UID 7 and 9. It may be this one.", "1 mail in Sent could not be read (the server refused): UID 1."},
		},
		{
			name:  "never read, folders chosen by a person",
			facts: unseen(MailboxFacts{Mailbox: Mailbox{Address: box.Address, Host: "h", Folders: []string{"INBOX"}}, Read: []string{"INBOX", "Sent"}}),
			where: NeverRead, says: "No mail with this ID was ever read.", has: []string{"Of its folders, only these are read, as you chose: INBOX."}, hasNot: []string{"Sent"},
		},
		{
			name:  "never read, many folders",
			facts: unseen(MailboxFacts{Mailbox: box, Read: strings.Fields("a b c d e f g h")}),
			where: NeverRead, says: "No mail with this ID was ever read.", has: []string{"Read are a, b, c, d, e and 3 more;"},
		},
		{
			name:  "never read, the sample's mailbox",
			facts: unseen(MailboxFacts{Mailbox: box, Sample: true}),
			where: NeverRead, says: "No mail with this ID was ever read.", has: []string{"belongs to the sample, which is not read again"}, hasNot: []string{"rapport sync"},
		},
		{
			name:  "never read, a mailbox of imported files",
			facts: unseen(MailboxFacts{Mailbox: Mailbox{Address: "Old mail"}}),
			where: NeverRead, says: "No mail with this ID was ever read.", has: []string{"Old mail was imported from files, and is not read again."}, hasNot: []string{"rapport "},
		},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			c.facts.Now, c.facts.Known, c.facts.Rules = now, known, rules
			got := Why(c.facts)
			if got.Where != c.where || got.Says != c.says {
				t.Errorf("it says %q, %q", got.Where, got.Says)
			}
			all := strings.Join(slices.Concat(got.Because, got.Todo), "\n")
			for _, part := range c.has {
				if !strings.Contains(all, part) {
					t.Errorf("no word of %q in\n%s", part, all)
				}
			}
			for _, part := range c.hasNot {
				if strings.Contains(all, part) {
					t.Errorf("%q is said in\n%s", part, all)
				}
			}
			for _, s := range got.Because {
				if !strings.HasSuffix(s, ".") {
					t.Errorf("%q does not end", s)
				}
			}
		})
	}
}

func TestWhatWasLeftOutIsSaidWithTheWayBack(t *testing.T) {
	now := time.Date(2026, 11, 17, 12, 0, 0, 0, time.UTC)
	box := MailboxFacts{Mailbox: Mailbox{Address: "maya@larkfield.example", Host: "h", Since: "2026-01-01", LeaveOut: []string{"Private"}}, Status: Status{At: now}}
	for _, c := range []struct {
		name  string
		facts MailFacts
		says  string
		todo  string
	}{
		{"by its Message-ID", MailFacts{LeftOut: &LeaveOut{ID: "abcdefghijkl", Kind: OutMail, Shown: "one mail of 12 Nov from a@b.example", At: now}}, "since you left it out", "leave-out lift abcdefgh"},
		{"by its sender", MailFacts{Senders: []LeaveOut{{Kind: OutSender, Pattern: "a@b.example", At: now}}}, "since you left it out", "leave-out lift a@b.example"},
		{"by words", MailFacts{ByWords: true}, "has these words", "-since all"},
		{"not at all", MailFacts{}, "No mail with this ID", "-since all"},
	} {
		c.facts.Now, c.facts.Mailboxes = now, []MailboxFacts{box}
		e := Why(c.facts)
		if e.Where != NeverRead || !strings.Contains(e.Says, c.says) || !strings.Contains(strings.Join(e.Todo, "\n"), c.todo) {
			t.Errorf("%s: %+v", c.name, e)
		}
	}
	e := strings.Join(Why(MailFacts{Now: now, Mailboxes: []MailboxFacts{box}}).Because, "\n")
	if !strings.Contains(e, "is read since 1 Jan") || !strings.Contains(e, "You left out the folder Private, with all") {
		t.Errorf("the mailbox's choice is told as %s", e)
	}
}
