package store

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"rapport/data"
)

func TestWhoOwesTheNextAnswerIsReadFromTheMails(t *testing.T) {
	db := open(t)
	ctx := context.Background()
	box := addMailbox(t, db)
	anna, maya := "anna@kestrel.example", box.Address
	write(t, db, "", func(tx *Tx) error {
		if err := tx.PutAccount(data.Account{ID: "k", Name: "Kestrel", Domains: []string{"kestrel.example"}}); err != nil {
			return err
		}
		return tx.PutContact(data.Contact{ID: "a", AccountID: "k", Name: "Anna Kessler", Emails: []string{anna}})
	})
	say := func(id, from, to, body string, minutes int, refs ...string) data.Message {
		m := answering(id, from, to, "Lamps", minutes, refs...)
		m.Text = body
		return m
	}
	ingest(t, db, box, arriving(box,
		say("1", anna, maya, "Can you come on Friday?", -600),
		say("2", maya, anna, "Yes.\n\n> Can you come on Friday?", -500, "1@mail.example"),
		say("3", anna, maya, "Perfect, thanks!\n\n> Yes.", -400, "1@mail.example", "2@mail.example"),
		say("4", anna, maya, "The lamps of hall 2 flicker. Who can look at them?", -300),
		say("5", maya, anna, "Which dimmers do you use?", -200),
	))
	wants := func(say string, read func(context.Context, string, time.Time) ([]data.Waiting, error), by data.Side, id string) {
		t.Helper()
		for _, account := range []string{"", "k"} {
			list, err := read(ctx, account, noon)
			if err != nil {
				t.Fatal(err)
			}
			if id == "" {
				if len(list) != 0 {
					t.Errorf("%s: %+v waits", say, list)
				}
				continue
			}
			if len(list) != 1 || list[0].By != by || list[0].Interaction.ID != data.InteractionIDOf(letter(id, anna, maya, "", noon)) && list[0].Interaction.Preview == "" || list[0].Account.Name != "Kestrel" || list[0].Asks == "" {
				t.Errorf("%s: %+v", say, list)
			}
		}
	}
	wants("ours", db.Waiting, data.Us, "4")
	wants("theirs", db.Awaited, data.Customer, "5")
	if list, err := db.Waiting(ctx, "other", noon); err != nil || len(list) != 0 {
		t.Errorf("at another account: %+v, %v", list, err)
	}
	u := write(t, db, "logged", func(tx *Tx) error {
		return tx.PutEntry(data.Entry{ID: "e", Kind: data.Call, At: noon.Add(-time.Hour), Account: "k", With: []string{"a"}, Text: "Spoke about the lamps"}, time.Time{})
	})
	wants("after a call", db.Waiting, "", "")
	wants("after a call", db.Awaited, "", "")
	if _, err := db.Undo(ctx, u.ID); err != nil {
		t.Fatal(err)
	}
	wants("without the call", db.Waiting, data.Us, "4")
	ingest(t, db, box, data.Batch{Mailbox: box.ID, Folder: "INBOX", Flagged: []data.Flagged{{Location: data.Location{Mailbox: box.ID, Folder: "INBOX", UIDValidity: 1, UID: 4}, Flags: `\Answered`}}})
	wants("marked as answered", db.Waiting, "", "")
}

// TestWhatWeOweToAllIsWhatWeOweToEach asks for all accounts at once, which reads only
// conversations that may wait, and for each alone, which reads all of them.
func TestWhatWeOweToAllIsWhatWeOweToEach(t *testing.T) {
	db := open(t)
	ctx := context.Background()
	box := addMailbox(t, db)
	write(t, db, "", func(tx *Tx) error {
		for _, a := range []data.Account{{ID: "k", Name: "Kestrel", Domains: []string{"kestrel.example"}}, {ID: "o", Name: "Otter", Domains: []string{"otter.example"}}} {
			if err := tx.PutAccount(a); err != nil {
				return err
			}
		}
		return tx.PutSettingList(SettingOwnDomains, []string{"larkfield.example"})
	})
	people := []string{box.Address, box.Address, "daniel@larkfield.example", "anna@kestrel.example", "ben@kestrel.example", "cleo@otter.example", "dora@gmail.com"}
	chance := rand.New(rand.NewPCG(5, 17))
	var mails []data.Message
	for talk := range 250 {
		var before []string
		for i := range 1 + chance.IntN(5) {
			to := func() []data.Address { return []data.Address{{Email: people[chance.IntN(len(people))]}} }
			m := answering(fmt.Sprint(talk, ".", i), people[chance.IntN(len(people))], box.Address, "Lamps", -chance.IntN(40*24*60)/60*60, before...)
			m.To, m.Text = to(), []string{"Can you come on Friday?", "Thanks!", "See below."}[chance.IntN(3)]
			if chance.IntN(3) == 0 {
				m.Cc = to()
			}
			if chance.IntN(8) == 0 {
				m.Automated = "a program wrote it"
			}
			before = append(before, m.MessageID)
			mails = append(mails, m)
		}
	}
	ingest(t, db, box, arriving(box, mails...))
	ids := func(account string) (list []string) {
		t.Helper()
		found, err := db.Waiting(ctx, account, noon)
		if err != nil {
			t.Fatal(err)
		}
		for _, w := range found {
			list = append(list, w.Interaction.ID)
		}
		return list
	}
	all, each := ids(""), append(ids("k"), ids("o")...)
	for _, list := range []*[]string{&all, &each} {
		slices.Sort(*list)
		*list = slices.Compact(*list)
	}
	if len(all) < 20 || !slices.Equal(all, each) {
		t.Errorf("all are %d, each alone %d:\n%v\n%v", len(all), len(each), all, each)
	}
}
