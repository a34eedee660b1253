package data

import "testing"

func TestWhoCanReadAnEntryIsSaid(t *testing.T) {
	team := func(s Share) []Readers { return []Readers{{Space: "Larkfield", Share: s}} }
	for _, c := range []struct {
		name        string
		kind        Kind
		list        []Readers
		title, more string
		anybody     bool
	}{
		{"nothing is shared", Mail, nil, "Only you can read this", "It lies in your workspace on this laptop. Nothing of it is shared with anybody.", false},
		{"the account is, the mail is not", Mail, team(ShareNothing), "Only you can read this", "Its account is shared with Larkfield; this is not.", false},
		{"who and when", Mail, team(ShareContact), "Larkfield can see part of this", "The members are told that we spoke: who and when. The rest stays with you.", true},
		{"the subject too", Mail, team(ShareSubject), "Larkfield can see part of this", "The members are told who, when and the subject. The rest stays with you.", true},
		{"the text too", Mail, team(ShareText), "Larkfield can read this", "The members are told who, when, the subject, its text and the names of what is attached. Addresses, quotes and files stay with you.", true},
		{"two spaces", Mail, []Readers{{Space: "Larkfield", Share: ShareText}, {Space: "North", Share: ShareText}}, "Larkfield and North can read this",
			"The members are told who, when, the subject, its text and the names of what is attached. Addresses, quotes and files stay with you.", true},
		{"one of two", Mail, []Readers{{Space: "Larkfield", Share: ShareNothing}, {Space: "North", Share: ShareContact}}, "North can see part of this",
			"The members are told that we spoke: who and when. The rest stays with you.", true},
		{"a call", Call, team(ShareText), "Larkfield can read this", "What is logged goes with its account to all members.", true},
		{"a meeting", Meet, team(ShareNothing), "Only you can read this", "Its account is shared with Larkfield; this is not.", false},
		{"a colleague got it too, and shares it", Mail, []Readers{{Space: "Larkfield", Share: ShareNothing, By: []string{"Anna"}}}, "Anna shared this with Larkfield",
			"It came to them too. Of your copy nothing is shared.", true},
		{"a colleague's mail", Mail, []Readers{{Space: "Larkfield", Share: ShareText, By: []string{"Anna", "Elin"}, Theirs: true}}, "Shared by Anna and Elin",
			"None of your mailboxes has it. You see what Larkfield is told of it.", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			title, more, anybody := ReadersWords(c.kind, c.list)
			if title != c.title || more != c.more || anybody != c.anybody {
				t.Errorf("%q, %q, %v; want %q, %q, %v", title, more, anybody, c.title, c.more, c.anybody)
			}
		})
	}
}
