package store

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"rapport/data"
)

// mailFrom is a mail to Maya, with others copied.
func mailFrom(id string, days int, from data.Address, text string, cc ...data.Address) data.Arrival {
	return data.Arrival{
		Message: data.Message{
			ID: fmt.Sprintf("%064s", id), MessageID: id + "@mail.example", Date: noon.AddDate(0, 0, -days), Subject: "Mail " + id,
			From: []data.Address{from}, To: []data.Address{{Name: "Maya", Email: "maya@larkfield.example"}}, Cc: cc, Text: text,
		},
		Location: data.Location{Mailbox: "box", Folder: "INBOX", UIDValidity: 1, UID: uint32(len(id) + days*1000 + int(id[0]))},
	}
}

// mailed is a workspace of Maya's with an account and mails.
func mailed(t testing.TB, mails ...data.Arrival) *DB {
	t.Helper()
	db := open(t)
	write(t, db, "", func(tx *Tx) error {
		if _, err := tx.PutMailbox(data.Mailbox{ID: "box", Address: "maya@larkfield.example", Host: "h", Port: 993, Security: data.TLS}); err != nil {
			return err
		}
		if err := tx.PutAccount(data.Account{ID: "nu", Name: "Northmoor University"}); err != nil {
			return err
		}
		return tx.PutContact(data.Contact{ID: "priya", AccountID: "nu", Name: "Priya Rao", Emails: []string{"priya@northmoor.example"}})
	})
	if _, err := db.Ingest(context.Background(), "box", "box", noon, data.Batch{Mailbox: "box", Folder: "INBOX", Arrived: mails}); err != nil {
		t.Fatal(err)
	}
	return db
}

var (
	karin = data.Address{Name: "Karin Holt", Email: "k.holt@northmoor.example"}
	priya = data.Address{Name: "Priya Rao", Email: "priya@northmoor.example"}
	news  = data.Address{Name: "Newsroom", Email: "news@letters.example"}
)

func filing(t testing.TB, db *DB) data.FilingInput {
	t.Helper()
	in, err := db.FilingInput(context.Background(), noon)
	if err != nil {
		t.Fatal(err)
	}
	return in
}

func TestASenderComesWithWhatIsKnownOfThem(t *testing.T) {
	letter := mailFrom("d", 4, news, "Buy")
	letter.Message.Automated = data.AutomatedList
	answer := mailFrom("e", 3, data.Address{Email: "maya@larkfield.example"}, "No")
	answer.Message.To = []data.Address{news}
	db := mailed(t,
		mailFrom("a", 3, karin, "Hello\n\n-- \nKarin Holt, Estates\n"),
		mailFrom("b", 1, karin, "Hello again"),
		mailFrom("c", 2, priya, "With Karin", karin),
		letter, answer)
	in := filing(t, db)
	i := slices.IndexFunc(in.Senders, func(s data.Sender) bool { return s.Email == karin.Email })
	if i < 0 {
		t.Fatalf("senders are %+v", in.Senders)
	}
	s := in.Senders[i]
	if s.Mails != 2 || s.Name != "Karin Holt" || s.SignatureHint != "Karin Holt, Estates" || len(s.Interactions) != 2 {
		t.Errorf("got %+v", s)
	}
	if fmt.Sprint(s.With) != "[{nu 1 0 [Priya Rao]}]" {
		t.Errorf("seen with %+v", s.With)
	}
	if j := slices.IndexFunc(in.Senders, func(s data.Sender) bool { return s.Email == news.Email }); j < 0 || in.Senders[j].Automated != data.AutomatedList {
		t.Errorf("a newsletter that was answered is not known as one: %+v", in.Senders)
	}
	if in.SkippedByRule != 1 {
		t.Errorf("skipped %d", in.SkippedByRule)
	}
	if n, err := db.Unfiled(context.Background(), noon); err != nil || n != 1 {
		t.Errorf("%d wait, %v; want only Karin", n, err)
	}
	if waits, err := db.Waits(context.Background(), karin.Email, 5); err != nil || len(waits) != 2 || waits[0].Subject != "Mail b" {
		t.Errorf("with Karin waits %+v, %v", waits, err)
	}
}

func TestFilingAPersonMovesTheirMailAndUndoBringsItBack(t *testing.T) {
	ctx := context.Background()
	db := mailed(t, mailFrom("a", 3, karin, "Hello"))
	u := write(t, db, "Filed Karin Holt and 1 mail to Northmoor University", func(tx *Tx) error {
		return tx.FilePerson(data.Sender{Address: karin}, "nu", data.Customer, "")
	})
	contacts, err := db.Contacts(ctx, "nu")
	if err != nil || len(contacts) != 2 || contacts[0].Name != "Karin Holt" {
		t.Fatalf("contacts are %+v, %v", contacts, err)
	}
	if in := filing(t, db); len(in.Senders) != 0 || in.FiledToday != 1 {
		t.Errorf("%d wait, %d filed", len(in.Senders), in.FiledToday)
	}
	list, err := db.FiledToday(ctx, noon)
	if err != nil || len(list) != 1 || list[0].Undo != u.ID || list[0].Changed {
		t.Errorf("filed today %+v, %v", list, err)
	}
	if _, err := db.Undo(ctx, u.ID); err != nil {
		t.Fatal(err)
	}
	if in := filing(t, db); len(in.Senders) != 1 || in.FiledToday != 0 {
		t.Errorf("after undo %d wait, %d filed", len(in.Senders), in.FiledToday)
	}
}

func TestFilingASecondAddressKeepsTheContact(t *testing.T) {
	ctx := context.Background()
	own := data.Address{Name: "P. Rao", Email: "priya.r@freemail.example"}
	db := mailed(t, mailFrom("a", 3, own, "Hello"))
	write(t, db, "Filed P. Rao and 1 mail to Northmoor University", func(tx *Tx) error {
		return tx.FilePerson(data.Sender{Address: own}, "nu", data.Customer, "priya")
	})
	c, err := db.Contact(ctx, "priya")
	if err != nil || c.Name != "Priya Rao" || fmt.Sprint(c.Emails) != "[priya@northmoor.example priya.r@freemail.example]" {
		t.Errorf("contact is %+v, %v", c, err)
	}
	// The contact changed again: what was filed before is not taken back alone.
	write(t, db, "Role noted", func(tx *Tx) error { c.Role = "dean"; return tx.PutContact(c) })
	if list, err := db.FiledToday(ctx, noon); err != nil || len(list) != 1 || !list[0].Changed {
		t.Errorf("filed today %+v, %v", list, err)
	}
}

func TestADomainIsFiledOnceAndNeverAPublicOne(t *testing.T) {
	db := mailed(t)
	write(t, db, "Filed", func(tx *Tx) error {
		for _, d := range []string{"northmoor.example", "lab.northmoor.example", "gmail.com"} {
			if err := tx.FileDomain(d, "nu"); err != nil {
				return err
			}
		}
		return nil
	})
	a, err := db.Account(context.Background(), "nu")
	if err != nil || fmt.Sprint(a.Domains) != "[northmoor.example]" {
		t.Errorf("domains are %v, %v", a.Domains, err)
	}
}

func TestWhoIsNoCustomerAndWhatIsSkippedAreListed(t *testing.T) {
	ctx := context.Background()
	letter := mailFrom("d", 4, news, "Buy")
	letter.Message.Automated = data.AutomatedList
	db := mailed(t, mailFrom("a", 3, karin, "Hello"), letter)
	write(t, db, "Karin is no customer", func(tx *Tx) error { return tx.Ignore("@northmoor.example") })
	list, err := db.NoCustomers(ctx)
	if err != nil || len(list) != 1 || list[0].Pattern != "@northmoor.example" || list[0].Waits != 1 {
		t.Errorf("no customers are %+v, %v", list, err)
	}
	skipped, err := db.Skipped(ctx, 10)
	if err != nil || len(skipped) != 1 || skipped[0].Email != news.Email || skipped[0].Reason != data.AutomatedList || skipped[0].Message != letter.Message.ID {
		t.Errorf("skipped are %+v, %v", skipped, err)
	}
}

// BenchmarkFilingOfMany asks for Filing with 2,000 accounts, 20,000 contacts and
// 1,000 people who wait.
func BenchmarkFilingOfMany(b *testing.B) {
	var mails []data.Arrival
	for i := range 2000 {
		who := data.Address{Name: fmt.Sprintf("Sender %d", i%1000), Email: fmt.Sprintf("s%d@new%d.example", i%1000, i%300)}
		mails = append(mails, mailFrom(fmt.Sprintf("m%d", i), i%300, who, "Hello\n\n-- \nSender, Estates\n"))
		mails[i].Location.UID = uint32(i + 1)
	}
	db := mailed(b, mails...)
	write(b, db, "", func(tx *Tx) error {
		for i := range 2000 {
			if _, err := tx.exec(`
				INSERT INTO account (id, space_id, name, tier, sector, owner, since, parent, type, care, mode, stage, tier_on, tier_why, recorded_at)
				VALUES (?, ?, ?, 'B', '', '', '', '', '', '', '', '', '', '', 0)`,
				fmt.Sprintf("a%d", i), localSpace, fmt.Sprintf("Account %d", i)); err != nil {
				return err
			}
		}
		for i := range 20000 {
			if _, err := tx.exec(`INSERT INTO contact (id, space_id, account_id, name, role, phone, side, recorded_at) VALUES (?, ?, ?, ?, '', '', 'customer', 0)`,
				fmt.Sprintf("c%d", i), localSpace, fmt.Sprintf("a%d", i%2000), fmt.Sprintf("Person %d", i)); err != nil {
				return err
			}
			if _, err := tx.exec(`INSERT INTO contact_address (address, contact_id, place) VALUES (?, ?, 0)`, fmt.Sprintf("p%d@acc%d.example", i, i%2000), fmt.Sprintf("c%d", i)); err != nil {
				return err
			}
		}
		return nil
	})
	ctx := context.Background()
	b.Run("input", func(b *testing.B) {
		for b.Loop() {
			if _, err := db.FilingInput(ctx, noon.Add(time.Hour)); err != nil {
				b.Fatal(err)
			}
		}
	})
	in := filing(b, db)
	b.Run("proposals", func(b *testing.B) {
		for b.Loop() {
			data.ProposeFiling(in)
		}
	})
	b.Run("badge", func(b *testing.B) {
		for b.Loop() {
			if _, err := db.Unfiled(ctx, noon); err != nil {
				b.Fatal(err)
			}
		}
	})
}
