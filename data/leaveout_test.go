package data

import (
	"testing"

	"pgregory.net/rapid"
)

func TestAMailIsLeftOutByItsOwnRuleItsConversationSenderOrDomain(t *testing.T) {
	mail := Message{MessageID: "m@x.example", From: []Address{{Email: "anna@mail.kestrel.example"}}, References: []string{"root@x.example"}}
	for _, c := range []struct {
		name string
		outs LeaveOuts
		want string
	}{
		{"no rule", LeaveOuts{}, ""},
		{"itself", LeaveOuts{Rules: []LeaveOut{{ID: "1", Kind: OutMail, Pattern: InteractionIDOf(mail)}}}, "1"},
		{"another mail", LeaveOuts{Rules: []LeaveOut{{ID: "1", Kind: OutMail, Pattern: "other"}}}, ""},
		{"the sender", LeaveOuts{Rules: []LeaveOut{{ID: "2", Kind: OutSender, Pattern: "anna@mail.kestrel.example"}}}, "2"},
		{"a domain above the sender's", LeaveOuts{Rules: []LeaveOut{{ID: "3", Kind: OutDomain, Pattern: "@kestrel.example"}}}, "3"},
		{"a domain that only ends alike", LeaveOuts{Rules: []LeaveOut{{ID: "3", Kind: OutDomain, Pattern: "@strel.example"}}}, ""},
		{"a conversation that it names", LeaveOuts{Rules: []LeaveOut{{ID: "4", Kind: OutConversation}}, Marks: map[string]string{MarkOf("root@x.example"): "4"}}, "4"},
		{"a mark without a rule", LeaveOuts{Rules: []LeaveOut{{ID: "5", Kind: OutConversation}}, Marks: map[string]string{MarkOf("root@x.example"): "gone"}}, ""},
	} {
		if r, found := c.outs.Find(mail); found != (c.want != "") || r.ID != c.want {
			t.Errorf("%s: %q, %v", c.name, r.ID, found)
		}
	}
}

func TestAMailWithoutASenderOrAnIDIsLeftOutByNoRuleAboutOthers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		outs := LeaveOuts{
			Rules: []LeaveOut{{ID: "s", Kind: OutSender, Pattern: rapid.StringMatching(`[a-z]+@[a-z]+\.example`).Draw(t, "sender")},
				{ID: "d", Kind: OutDomain, Pattern: "@" + rapid.StringMatching(`[a-z]+\.example`).Draw(t, "domain")}, {ID: "c", Kind: OutConversation}},
			Marks: map[string]string{MarkOf(rapid.String().Draw(t, "id")): "c", "": "c"},
		}
		if r, found := outs.Find(Message{Subject: rapid.String().Draw(t, "subject")}); found {
			t.Errorf("left out by %+v", r)
		}
	})
}
