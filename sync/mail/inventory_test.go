package mail

import (
	"slices"
	"testing"

	"github.com/emersion/go-imap/v2"

	"rapport/data"
)

func TestEveryFolderIsListedWithWhyItIsLeftOut(t *testing.T) {
	folder := func(name string, attrs ...imap.MailboxAttr) *imap.ListData {
		return &imap.ListData{Mailbox: name, Delim: '/', Attrs: attrs}
	}
	three := uint32(3)
	counted := folder("INBOX")
	counted.Status = &imap.StatusData{NumMessages: &three}
	read := func(name string, mails int) data.ServerFolder {
		return data.ServerFolder{Name: name, Mails: mails, Read: true}
	}
	left := func(name, why string) data.ServerFolder {
		return data.ServerFolder{Name: name, Mails: -1, Why: why}
	}
	for _, c := range []struct {
		name   string
		listed []*imap.ListData
		wanted []string
		out    []string
		want   []data.ServerFolder
	}{
		{
			name: "Rapport's own choice",
			listed: []*imap.ListData{
				folder("Spam", imap.MailboxAttrJunk), folder("Offers"), counted, folder("Papierkorb"), folder("Papierkorb/2024"),
				folder("Templates"), folder("Shared", imap.MailboxAttrNoSelect), folder("Sent", imap.MailboxAttrSent), folder("Starred", imap.MailboxAttrFlagged), folder("Offers"),
			},
			want: []data.ServerFolder{
				read("INBOX", 3), read("Sent", -1), read("Offers", -1),
				left("Papierkorb", "deleted mail"), left("Papierkorb/2024", "it lies in Papierkorb, which is left out"),
				left("Shared", "it holds no mail of its own"), left("Spam", "junk"), left("Starred", "it only shows mail of other folders"), left("Templates", "templates"),
			},
		},
		{
			name:   "one folder holds everything",
			listed: []*imap.ListData{folder("INBOX"), folder("All Mail", imap.MailboxAttrAll), folder("Label")},
			want:   []data.ServerFolder{read("INBOX", -1), read("All Mail", -1), left("Label", "its mail is read from the folder that holds all")},
		},
		{
			name:   "a person's choice",
			listed: []*imap.ListData{folder("INBOX"), folder("Offers"), folder("Trash", imap.MailboxAttrTrash)},
			wanted: []string{"Trash", "Nowhere"},
			want: []data.ServerFolder{
				read("Trash", -1), left("INBOX", "you chose other folders"), left("Nowhere", "the server has no folder of this name"), left("Offers", "you chose other folders"),
			},
		},
		{
			name:   "a folder is left out with what lies in it",
			listed: []*imap.ListData{folder("INBOX"), folder("Private"), folder("Private/Doctor"), folder("Privateers")},
			out:    []string{"Private", "Diary"},
			want: []data.ServerFolder{
				read("INBOX", -1), read("Privateers", -1), left("Diary", "the server has no folder of this name"),
				left("Private", "you left it out"), left("Private/Doctor", "it lies in Private, which you left out"),
			},
		},
		{
			name:   "a folder is chosen and one in it left out",
			listed: []*imap.ListData{folder("INBOX"), folder("Work"), folder("Work/HR")},
			wanted: []string{"Work", "Work/HR"}, out: []string{"Work/HR"},
			want: []data.ServerFolder{read("Work", -1), left("INBOX", "you chose other folders"), left("Work/HR", "you left it out")},
		},
		{
			name:   "a label is left out where one folder holds everything",
			listed: []*imap.ListData{folder("INBOX"), folder("All Mail", imap.MailboxAttrAll), folder("Label"), folder("Private")},
			out:    []string{"Private"},
			want: []data.ServerFolder{
				read("INBOX", -1), read("Label", -1), left("All Mail", "it holds mail of labels that you left out too; the other labels are read"), left("Private", "you left it out"),
			},
		},
		{
			name:   "what is left out anyway leaves the folder that holds everything",
			listed: []*imap.ListData{folder("INBOX"), folder("All Mail", imap.MailboxAttrAll), folder("Label"), folder("Bin", imap.MailboxAttrTrash)},
			out:    []string{"Bin"},
			want: []data.ServerFolder{
				read("INBOX", -1), read("All Mail", -1), left("Bin", "you left it out"), left("Label", "its mail is read from the folder that holds all"),
			},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := inventory(c.listed, data.Mailbox{Folders: c.wanted, LeaveOut: c.out}); !slices.Equal(got, c.want) {
				t.Errorf("got\n%+v, want\n%+v", got, c.want)
			}
		})
	}
}

func TestEveryPurposeThatIsLeftOutHasWords(t *testing.T) {
	for name, attribute := range usualNames {
		if r := attributes[attribute]; (r == leftOut || r == "") && purposes[attribute] == "" {
			t.Errorf("%s, %s: no words for why it is left out", name, attribute)
		}
	}
	for attribute, r := range attributes {
		if r == leftOut && purposes[attribute] == "" {
			t.Errorf("%s: no words for why it is left out", attribute)
		}
	}
}
