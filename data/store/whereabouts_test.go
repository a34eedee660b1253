package store

import (
	"context"
	"fmt"
	"testing"
	"time"

	"rapport/data"
)

func facts(t *testing.T, db *DB, ref string) data.MailFacts {
	t.Helper()
	f, err := db.MailFacts(context.Background(), ref, noon)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestAMailIsFoundWithWhyItIsWhereItIs(t *testing.T) {
	copied := mailFrom("b", 1, karin, "Hello", priya)
	twin := copied
	twin.Message.ID, twin.Location.Folder = fmt.Sprintf("%064s", "b2"), "Archive"
	letter := mailFrom("c", 2, news, "Buy")
	letter.Message.Automated = data.AutomatedList
	answer := mailFrom("d", 1, data.Address{Email: "maya@larkfield.example"}, "No")
	answer.Message.To = []data.Address{news}
	db := mailed(t, mailFrom("a", 3, karin, "Hello"), copied, twin, letter, answer)

	f := facts(t, db, "b@mail.example")
	if len(f.Found) != 1 {
		t.Fatalf("two copies of one mail are %d mails", len(f.Found))
	}
	m := f.Found[0]
	if fmt.Sprint(m.Filed) != "[{{nu priya priya@northmoor.example contact priya@northmoor.example is an address of Priya Rao} Northmoor University}]" {
		t.Errorf("it is filed at %v", m.Filed)
	}
	if len(m.Places) != 2 || m.Places[0].Mailbox != "maya@larkfield.example" {
		t.Errorf("it lies in %v", m.Places)
	}
	if f = facts(t, db, fmt.Sprintf("%064s", "a")); len(f.Found) != 1 || f.Found[0].Skip != data.SkipUnknown || len(f.Found[0].People) != 2 {
		t.Errorf("by its own ID it is %+v", f.Found)
	}
	if m = facts(t, db, "c@mail.example").Found[0]; m.Automated != data.AutomatedList {
		t.Errorf("a newsletter is automated by %q", m.Automated)
	}
	if m = facts(t, db, "d@mail.example").Found[0]; !m.Programs[news.Email] || m.Programs["maya@larkfield.example"] {
		t.Errorf("programs are %v", m.Programs)
	}
}

func TestARuleAndAMailThatIsGoneAreSaid(t *testing.T) {
	mail := mailFrom("a", 3, karin, "Hello")
	db := mailed(t, mail)
	write(t, db, "", func(tx *Tx) error { return tx.Ignore("@northmoor.example") })
	gone := data.Batch{Mailbox: "box", Folder: "INBOX", Gone: []data.Location{mail.Location}}
	if _, err := db.Ingest(context.Background(), "box", "box", noon, gone); err != nil {
		t.Fatal(err)
	}
	f := facts(t, db, "a@mail.example")
	if len(f.Rules) != 1 || f.Rules[0].Pattern != "@northmoor.example" || !f.Rules[0].At.Equal(noon) {
		t.Errorf("rules are %+v", f.Rules)
	}
	if m := f.Found[0]; m.Skip != data.SkipRule || !m.Gone.Equal(noon) || len(m.Places) != 0 {
		t.Errorf("it is %+v", m)
	}
}

func TestAMailThatWasNeverReadHasTheMailboxes(t *testing.T) {
	ctx := context.Background()
	answer := mailFrom("a", 3, karin, "Hello")
	answer.Message.InReplyTo = "first@mail.example"
	later := mailFrom("b", 1, karin, "Hello")
	later.Message.References = []string{"first@mail.example", "a@mail.example"}
	db := mailed(t, answer, later)
	source := "mail:maya@larkfield.example"
	bad := data.Unreadable{Location: data.Location{Mailbox: "box", Folder: "INBOX", UIDValidity: 1, UID: 77}, Reason: "cut short"}
	if err := db.BeginRun(ctx, source, noon); err != nil {
		t.Fatal(err)
	}
	for _, b := range []data.Batch{
		{Mailbox: "box", Folder: "INBOX", OnServer: 3, Unreadable: []data.Unreadable{bad}},
		{Mailbox: "box", Folder: "Sent", OnServer: 0},
		{Mailbox: "box", Folder: "Nowhere", OnServer: -1, Odd: []string{"the server has no folder of this name"}},
	} {
		if _, err := db.Ingest(ctx, source, "box", noon, b); err != nil {
			t.Fatal(err)
		}
	}
	f := facts(t, db, "first@mail.example")
	if len(f.Found) != 0 || len(f.Mailboxes) != 1 {
		t.Fatalf("got %+v", f)
	}
	if want := noon.AddDate(0, 0, -3); !f.Answered.Equal(want) {
		t.Errorf("it was answered at %v, not %v", f.Answered, want)
	}
	b := f.Mailboxes[0]
	if fmt.Sprint(b.Read) != "[INBOX Sent]" || fmt.Sprint(b.Bad) != fmt.Sprint([]data.Unreadable{bad}) || !b.At.IsZero() || b.Sample {
		t.Errorf("the mailbox is %+v", b)
	}
	if err := db.EndRun(ctx, source, noon, ""); err != nil {
		t.Fatal(err)
	}
	write(t, db, "", func(tx *Tx) error { return tx.PutSettingList(SettingSample, []string{source}) })
	if f = facts(t, db, "x@mail.example"); !f.Mailboxes[0].At.Equal(noon) || !f.Mailboxes[0].Sample || !f.Answered.Equal(time.Time{}) {
		t.Errorf("after the run the mailbox is %+v", f)
	}
}
