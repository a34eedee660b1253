package store

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"rapport/data"
)

// fromAnna is a workspace with one mail of Anna's, of whom more is said later.
func fromAnna(t *testing.T) *DB {
	t.Helper()
	db := open(t)
	box := addMailbox(t, db)
	ingest(t, db, box, arriving(box, letter("1", "anna@agency.example", box.Address, "Lamps", noon.Add(-time.Hour))))
	return db
}

func waitingIn(t *testing.T, db *DB) (emails []string) {
	t.Helper()
	in, err := db.FilingInput(context.Background(), noon)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range in.Senders {
		emails = append(emails, s.Email)
	}
	return emails
}

func putAnnaOfKestrel(tx *Tx) error {
	if err := tx.PutAccount(data.Account{ID: "k", Name: "Kestrel"}); err != nil {
		return err
	}
	return tx.PutContact(data.Contact{ID: "a", AccountID: "k", Name: "Anna Kessler", Emails: []string{"anna@agency.example"}})
}

func TestTheMailOfADeletedAccountsPeopleWaitsAgainAndIsFiledWithThem(t *testing.T) {
	db := fromAnna(t)
	ctx := context.Background()
	write(t, db, "", putAnnaOfKestrel)
	wantTimeline(t, db, "k", "Lamps")
	u := write(t, db, "deleted", func(tx *Tx) error { return tx.DeleteAccount("k") })
	wantTimeline(t, db, "k")
	if got := waitingIn(t, db); !slices.Equal(got, []string{"anna@agency.example"}) {
		t.Errorf("waiting in Filing: %v", got)
	}
	if _, err := db.Undo(ctx, u.ID); err != nil {
		t.Fatal(err)
	}
	wantTimeline(t, db, "k", "Lamps")
	write(t, db, "", func(tx *Tx) error {
		if err := tx.DeleteAccount("k"); err != nil {
			return err
		}
		return tx.PutAccount(data.Account{ID: "h", Name: "Harbour"})
	})
	write(t, db, "Filed Anna", func(tx *Tx) error {
		return tx.FilePerson(data.Sender{Address: data.Address{Email: "anna@agency.example"}}, "h", data.Customer, "")
	})
	wantTimeline(t, db, "h", "Lamps")
	if list, err := db.Contacts(ctx, ""); err != nil || len(list) != 1 || list[0].AccountID != "h" || list[0].Name != "Anna Kessler" {
		t.Errorf("the contact they were already: %+v, %v", list, err)
	}
}

func TestWhoIsMadeAContactIsOneThoughTheirDomainIsIgnored(t *testing.T) {
	db := fromAnna(t)
	write(t, db, "", func(tx *Tx) error { return tx.Ignore("@agency.example") })
	write(t, db, "", putAnnaOfKestrel)
	wantTimeline(t, db, "k", "Lamps")
}

func TestWhatIsLoggedNamesAContactWhoComesLater(t *testing.T) {
	db := open(t)
	ctx := context.Background()
	entry := data.Entry{ID: "e", Kind: data.Call, At: noon.Add(-time.Hour), Account: "k", With: []string{"a"}, Text: "Spoke about the lamps"}
	write(t, db, "", func(tx *Tx) error { return tx.PutEntry(entry, noon.Add(-time.Minute)) })
	named := func(want string) {
		t.Helper()
		i, err := db.Interaction(ctx, "e")
		if err != nil || len(i.People) != 1 || i.People[0].Name != want || !i.RecordedAt.Equal(noon.Add(-time.Minute)) {
			t.Errorf("it names %+v, recorded at %s, %v; want %s", i.People, i.RecordedAt, err, want)
		}
	}
	write(t, db, "", putAnnaOfKestrel)
	named("Anna Kessler")
	write(t, db, "", func(tx *Tx) error {
		return tx.PutContact(data.Contact{ID: "a", AccountID: "k", Name: "Anna Weber", Emails: []string{"anna@agency.example"}})
	})
	named("Anna Weber")
	write(t, db, "", func(tx *Tx) error { return tx.DeleteContact("a") })
	named("Anna Weber")
}

func TestAMailIsNoEntryToBeWrittenOverOrDeleted(t *testing.T) {
	db := fromAnna(t)
	ctx := context.Background()
	id := data.InteractionIDOf(letter("1", "anna@agency.example", "maya@larkfield.example", "Lamps", noon.Add(-time.Hour)))
	for name, do := range map[string]func(*Tx) error{
		"delete": func(tx *Tx) error { return tx.DeleteEntry(id) },
		"write": func(tx *Tx) error {
			return tx.PutEntry(data.Entry{ID: id, Kind: data.Note, At: noon, Account: "k", Text: "x"}, time.Time{})
		},
	} {
		if _, err := db.Write(ctx, "", do); !errors.Is(err, data.ErrConflict) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if n := countMails(t, db); n != 1 {
		t.Errorf("%d mails, want 1", n)
	}
}

func TestTakingASettingBackFilesAnewWhatItDecided(t *testing.T) {
	db := fromAnna(t)
	ctx := context.Background()
	u := write(t, db, "ours", func(tx *Tx) error { return tx.PutSettingList(SettingOwnDomains, []string{"agency.example"}) })
	if got := waitingIn(t, db); len(got) != 0 {
		t.Errorf("a colleague waits in Filing: %v", got)
	}
	if _, err := db.Undo(ctx, u.ID); err != nil {
		t.Fatal(err)
	}
	if got := waitingIn(t, db); len(got) != 1 {
		t.Errorf("waiting in Filing: %v", got)
	}
}
