package store

import (
	"context"
	"slices"
	"strings"
	"testing"

	"rapport/data"
)

// Who can read an entry is said by the rules that tell it: before its account is
// shared, under each rule, and of what a private contact wrote.
func TestWhoCanReadAMailFollowsItsRule(t *testing.T) {
	db := mailed(t, mailFrom("a", 1, priya, "Hello"))
	mail, err := one(context.Background(), db.read, scanString, `SELECT id FROM interaction`)
	if err != nil {
		t.Fatal(err)
	}
	readers := func(want ...data.Readers) {
		t.Helper()
		got, err := db.Readers(context.Background(), mail)
		if err != nil || !slices.EqualFunc(got, want, func(a, b data.Readers) bool {
			return a.Space == b.Space && a.Share == b.Share && slices.Equal(a.By, b.By)
		}) {
			t.Errorf("%v can read it (%v), want %v", got, err, want)
		}
		entries, err := db.Timeline(context.Background(), data.TimelineQuery{Account: "nu"}, noon)
		if err != nil || len(entries) != 1 {
			t.Fatalf("%d entries, %v", len(entries), err)
		}
		if _, _, anybody := data.ReadersWords(data.Mail, want); entries[0].Shared != anybody {
			t.Errorf("on the timeline it is marked %v, want %v for %v", entries[0].Shared, anybody, want)
		}
	}
	setRule(t, db, data.ShareText)
	readers()
	write(t, db, "", addLarkfield)
	readers()
	write(t, db, "", func(tx *Tx) error { _, err := tx.ShareAccount("nu", teamSpace); return err })
	for _, rule := range data.Shares {
		setRule(t, db, rule)
		readers(data.Readers{Space: "Larkfield", Share: rule})
		told := 0
		observeAll(t, db)
		readers(data.Readers{Space: "Larkfield", Share: rule})
		if told, err = one(context.Background(), db.read, scanInt, `SELECT count(*) FROM observed`); err != nil || (told > 0) != (rule != data.ShareNothing) {
			t.Errorf("under %q %d mails are told (%v)", rule, told, err)
		}
	}
	write(t, db, "", func(tx *Tx) error {
		thread, err := one(tx.ctx, tx.sql, scanString, `SELECT thread FROM interaction`)
		if err != nil {
			return err
		}
		return tx.PutShareException(ShareException{Conversation: thread, Share: data.ShareNothing})
	})
	readers(data.Readers{Space: "Larkfield", Share: data.ShareNothing})
}

// What is logged by hand goes with its account.
func TestWhoCanReadAnEntryThatWasLogged(t *testing.T) {
	db := mailed(t)
	var e data.Entry
	write(t, db, "", func(tx *Tx) (err error) {
		e, err = tx.AddEntry(data.Entry{Account: "nu", Kind: data.Call, At: tx.Now(), Subject: "Lamps"}, tx.Now())
		return err
	})
	for _, want := range []int{0, 1} {
		list, err := db.Readers(context.Background(), e.ID)
		if err != nil || len(list) != want || want == 1 && (list[0].Share != data.ShareText || list[0].Space != "Larkfield") {
			t.Errorf("%v can read it (%v), want %d", list, err, want)
		}
		if want == 0 {
			write(t, db, "", addLarkfield)
			write(t, db, "", func(tx *Tx) error { _, err := tx.ShareAccount("nu", teamSpace); return err })
		}
	}
}

// Of what colleagues told the team it is said who did, of one's own copy too.
func TestWhoCanReadWhatColleaguesToldOf(t *testing.T) {
	ctx := context.Background()
	same := mailFrom("a", 1, priya, "Hello")
	c := newColleagues(t, []data.Arrival{same, mailFrom("b", 2, priya, "Only Maya's")}, []data.Arrival{same})
	setRule(t, c.maya, data.ShareSubject)
	c.exchange()
	for subject, want := range map[string]string{"Mail a": "Maya shared this with ", "Mail b": "Shared by Maya"} {
		id, err := one(ctx, c.jonas.read, scanString, `SELECT id FROM interaction WHERE subject = ?`, subject)
		if err != nil {
			t.Fatal(err)
		}
		list, err := c.jonas.Readers(ctx, id)
		if err != nil {
			t.Fatal(err)
		}
		entries, err := c.jonas.Timeline(ctx, data.TimelineQuery{Account: "nu"}, noon)
		if err != nil || len(entries) != 2 {
			t.Fatalf("%d entries, %v", len(entries), err)
		}
		for _, e := range entries {
			if !e.Shared {
				t.Errorf("%q is not marked as shared", e.Subject)
			}
		}
		if title, _, anybody := data.ReadersWords(data.Mail, list); !strings.HasPrefix(title, want) || !anybody {
			t.Errorf("of %s Jonas reads %q, want %q", subject, title, want)
		}
	}
}
