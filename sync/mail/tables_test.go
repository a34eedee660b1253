package mail

import (
	"strings"
	"testing"

	"rapport/data"

	"github.com/emersion/go-imap/v2"
	"pgregory.net/rapid"
)

func TestSetsOfUIDs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		number := rapid.Uint32Range(1, 60)
		draw := func(name string) (imap.UIDSet, map[imap.UID]bool) {
			var set imap.UIDSet
			all := map[imap.UID]bool{}
			for _, n := range rapid.SliceOf(number).Draw(t, name) {
				set.AddNum(imap.UID(n))
				all[imap.UID(n)] = true
			}
			return set, all
		}
		a, inA := draw("a")
		b, inB := draw("b")
		rest, both := without(a, b), union(a, b)
		for n := imap.UID(1); n <= 60; n++ {
			if rest.Contains(n) != (inA[n] && !inB[n]) || both.Contains(n) != (inA[n] || inB[n]) {
				t.Fatalf("%d: %v without %v is %v, with it %v", n, a, b, rest, both)
			}
		}
		if size(a) != len(inA) || len(list(a)) != len(inA) {
			t.Fatalf("%v has %d", a, size(a))
		}
		text, err := uids{a}.MarshalText()
		if err != nil {
			t.Fatal(err)
		}
		var back uids
		if err := back.UnmarshalText(text); err != nil || back.String() != a.String() {
			t.Fatalf("%v became %q became %v, %v", a, text, back, err)
		}
	})
}

func TestCursorsThatCannotBeRead(t *testing.T) {
	for _, text := range []string{"", "null", "{}", "nonsense", `{"version":99,"folders":{"INBOX":{"validity":1}}}`, `{"version":1,"folders":{"INBOX":{"have":"0+5"}}}`} {
		if c := parseCursor(text); c.Folders == nil || len(c.Folders) != 0 {
			t.Errorf("%q is read as %v", text, c)
		}
	}
	c := parseCursor(`{"version":1,"folders":{"INBOX":{"validity":7,"have":"100+9785 2 1+3"}}}`)
	if got := c.Folders["INBOX"].Have.String(); got != "100:9885,9887:9891" && got != "100:9885,9887,9888:9891" {
		t.Errorf("have %s", got)
	}
}

func TestFolderNamesOnTheWire(t *testing.T) {
	for name, wire := range map[string]string{
		"INBOX": "INBOX", "R&D": "R&-D", "Entwürfe": "Entw&APw-rfe", "台北": "&U,BTFw-", "Kunden/Müller & Söhne": "Kunden/M&APw-ller &- S&APY-hne", "😀": "&2D3eAA-",
	} {
		if got := encodeFolder(name); got != wire {
			t.Errorf("%q is written %q, want %q", name, got, wire)
		}
		if got, err := decodeFolder(wire); err != nil || got != name {
			t.Errorf("%q is read %q, %v", wire, got, err)
		}
	}
	for _, wire := range []string{"R&D", "&", "&AGE-bc", "&U,BTFw", "Büro", "&====-", "&2D0-"} {
		if got, err := decodeFolder(wire); err == nil {
			t.Errorf("%q is read %q", wire, got)
		}
	}
}

func TestChoiceOfFolders(t *testing.T) {
	at := func(name string, attrs ...imap.MailboxAttr) *imap.ListData {
		return &imap.ListData{Mailbox: name, Delim: '/', Attrs: attrs}
	}
	cases := []struct {
		name   string
		listed []*imap.ListData
		want   string
	}{
		{"by attributes", []*imap.ListData{at("Zebra"), at("Mail out", imap.MailboxAttrSent), at("INBOX"), at("Bin", imap.MailboxAttrTrash), at("Spam", imap.MailboxAttrJunk)}, "INBOX, Mail out, Zebra"},
		{"by usual names", []*imap.ListData{at("Gesendete Elemente"), at("INBOX"), at("Papierkorb"), at("Papierkorb/Alt"), at("Entwürfe"), at("Vorlagen"), at("Kunden"), at("Postausgang"), at("Spam")}, "INBOX, Gesendete Elemente, Kunden"},
		{"names below Inbox", []*imap.ListData{at("INBOX"), at("INBOX/Sent"), at("INBOX/Trash"), at("INBOX/Clients")}, "INBOX, INBOX/Sent, INBOX/Clients"},
		{"a name whose role another folder has", []*imap.ListData{at("INBOX"), at("Deleted", imap.MailboxAttrTrash), at("Trash")}, "INBOX, Trash"},
		{"folders that cannot be opened", []*imap.ListData{at("INBOX"), at("Clients", imap.MailboxAttrNoSelect), at("Clients/Kestrel"), at("Lost", imap.MailboxAttrNonExistent)}, "INBOX, Clients/Kestrel"},
		{"Gmail", []*imap.ListData{at("INBOX"), at("Clients"), at("[Gmail]", imap.MailboxAttrNoSelect), at("[Gmail]/All Mail", imap.MailboxAttrAll), at("[Gmail]/Sent Mail", imap.MailboxAttrSent), at("[Gmail]/Starred", imap.MailboxAttrFlagged), at("[Gmail]/Important", imap.MailboxAttrImportant), at("[Gmail]/Bin", imap.MailboxAttrTrash)}, "INBOX, [Gmail]/Sent Mail, [Gmail]/All Mail"},
	}
	for _, c := range cases {
		var names []string
		places, _ := chosen(c.listed, data.Mailbox{})
		for _, p := range places {
			names = append(names, p.name)
		}
		if got := strings.Join(names, ", "); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}
