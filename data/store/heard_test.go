package store

import (
	"context"
	"fmt"
	"testing"
	"time"

	"rapport/data"
	"rapport/data/listen"
)

func heardNow(t *testing.T, db *DB, account string) []listen.Proposal {
	t.Helper()
	list, err := db.FeedbackProposals(context.Background(), account, noon)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// TestWhatWasHeardIsHeardAgainAfterAWrite compares, after each kind of write, what is
// heard with the mails of before in hand with what is heard by reading all.
func TestWhatWasHeardIsHeardAgainAfterAWrite(t *testing.T) {
	db, now := clocked(t)
	box := addMailbox(t, db)
	write(t, db, "", func(tx *Tx) error {
		return tx.PutAccount(data.Account{ID: "k", Name: "Kestrel Museums", Domains: []string{"kestrel.example"}})
	})
	uid := uint32(0)
	bring := func(id, says string, days int) func() {
		return func() {
			uid++
			m := letter(id, "anna@kestrel.example", box.Address, "Lamps", noon.AddDate(0, 0, -days))
			m.Text = says
			ingest(t, db, box, data.Batch{Mailbox: box.ID, Folder: "INBOX", Arrived: []data.Arrival{at(box, "INBOX", 1, uid, m)}})
		}
	}
	const angry = "We are very disappointed. The lamps are broken again and this is unacceptable."
	for _, s := range []struct {
		name string
		do   func()
		want int
	}{
		{"a mail that says nothing", bring("1", "See you on Tuesday.", 3), 0},
		{"a complaint", bring("2", angry, 2), 1},
		{"another", bring("3", angry, 1), 2},
		{"a mail that was cut and is read whole", func() {
			m := letter("1", "anna@kestrel.example", box.Address, "Lamps", noon.AddDate(0, 0, -3))
			m.Text = "See you on Tuesday. " + angry
			write(t, db, "", func(tx *Tx) error { return tx.CompleteMessage(m.ID, m) })
		}, 3},
		{"their person, who is known now", func() {
			write(t, db, "", func(tx *Tx) error {
				return tx.PutContact(data.Contact{ID: "anna", AccountID: "k", Name: "Anna Kessler", Emails: []string{"anna@kestrel.example"}})
			})
		}, 3},
		{"one of long ago", bring("4", angry, promiseDays+1), 3},
		{"a rule", func() {
			write(t, db, "", func(tx *Tx) error {
				return tx.PutSettingList(SettingListen, []string{listen.Rule{Words: "Tuesday", Level: data.Volumes[0]}.Line()})
			})
		}, 3},
		{"one that is decided", func() {
			p := heardNow(t, db, "k")[0]
			write(t, db, "", func(tx *Tx) error { return tx.DeclineProposal(p) })
		}, 2},
		{"one that went", func() {
			ingest(t, db, box, data.Batch{Mailbox: box.ID, Folder: "INBOX", Gone: []data.Location{{Mailbox: box.ID, Folder: "INBOX", UIDValidity: 1, UID: 2}}})
			*now = now.Add(time.Hour)
			endRun(t, db, box.SourceName(), *now)
			*now = now.Add(time.Hour)
			endRun(t, db, box.SourceName(), *now)
		}, 1},
		{"an account that was left", func() {
			write(t, db, "", func(tx *Tx) error { return tx.ArchiveAccount("k", "They moved", "2026-11-02") })
		}, 0},
	} {
		heardNow(t, db, "")
		heardNow(t, db, "k")
		s.do()
		was := heardNow(t, db, "")
		db.heard.forget()
		if anew := heardNow(t, db, ""); fmt.Sprintf("%+v", anew) != fmt.Sprintf("%+v", was) || len(anew) != s.want {
			t.Errorf("after %s: heard %+v; anew, for %d, %+v", s.name, was, s.want, anew)
		}
	}
}

// TestAWriteWhileMailsAreReadIsHeardTheNextTime keeps nothing that was read before.
func TestAWriteWhileMailsAreReadIsHeardTheNextTime(t *testing.T) {
	var c heardCache
	heard, writes := c.known("rules")
	heard[1] = &listen.Proposal{}
	c.drop(touchedHistory{interactions: map[int64]bool{1: true}})
	c.keep(heard, "rules", writes)
	if again, _ := c.known("rules"); len(again) != 0 {
		t.Errorf("%v was read before the write", again)
	}
	heard, writes = c.known("rules")
	heard[1], heard[2] = nil, nil
	c.keep(heard, "rules", writes)
	c.drop(touchedHistory{interactions: map[int64]bool{1: true}})
	again, _ := c.known("rules")
	if _, ok := again[2]; len(again) != 1 || !ok {
		t.Errorf("%v, want what was not touched", again)
	}
	if other, _ := c.known("other rules"); len(other) != 0 {
		t.Errorf("%v was heard under other rules", other)
	}
}

// TestSlowerAnswersAreHeardAgainAfterAWrite has answers that grow slow, and lets go of
// one of them.
func TestSlowerAnswersAreHeardAgainAfterAWrite(t *testing.T) {
	db, box := kestrel(t)
	var mails []data.Message
	for i, hours := range []int{4, 6, 5, 3, 30, 5, 4, 6, 40, 60, 45, 50, 70} {
		asked := noon.AddDate(0, 0, -4*(13-i))
		q := letter(fmt.Sprint("q", i), box.Address, "anna@kestrel.example", fmt.Sprint("Test ", i), asked)
		a := letter(fmt.Sprint("a", i), "anna@kestrel.example", box.Address, q.Subject, asked.Add(time.Duration(hours)*time.Hour))
		a.References = []string{q.MessageID}
		mails = append(mails, q, a)
	}
	bring(t, db, box, mails[:25]...)
	slow := func() (words string) {
		t.Helper()
		for _, p := range heardNow(t, db, "") {
			if p.Feedback.Theme == listen.SlowerAnswers {
				words += p.Feedback.Contact + ": " + p.Feedback.Words
			}
		}
		return words
	}
	const want = "anna: Anna's answers take 2 days now; they took 5 h before"
	for _, s := range []struct {
		name, want string
		do         func()
	}{
		{"twelve are too few", "", func() {}},
		{"the thirteenth", want, func() {
			ingest(t, db, box, data.Batch{Mailbox: box.ID, Folder: "INBOX", Arrived: []data.Arrival{at(box, "INBOX", 1, 26, mails[25])}})
		}},
		{"dismissed", "", func() {
			p := heardNow(t, db, "k")[0]
			write(t, db, "", func(tx *Tx) error { return tx.DeclineProposal(p) })
		}},
		{"thought over", want, func() { write(t, db, "", func(tx *Tx) error { return tx.PutSettingList(SettingDeclined, nil) }) }},
		{"filed elsewhere by hand", "", func() {
			write(t, db, "", func(tx *Tx) error { return tx.FileByHand(data.InteractionIDOf(mails[25]), "k", false) })
		}},
	} {
		s.do()
		if got := slow(); got != s.want {
			t.Errorf("%s: %q, want %q", s.name, got, s.want)
		}
	}
}
