package store

import (
	"context"
	"errors"
	"testing"
	"time"

	"rapport/data"
	"rapport/data/sample"
)

func TestOverviewInputGathersWhatBelongsToTheAccount(t *testing.T) {
	db, box := kestrel(t)
	ctx := context.Background()
	promise := letter("1", "anna@kestrel.example", "maya@larkfield.example", "Lamps", noon.Add(-50*time.Hour))
	promise.Text = "Thank you. I will send you the limits by Friday.\n\nAnna"
	bulk := letter("2", "anna@kestrel.example", "maya@larkfield.example", "News", noon.Add(-40*time.Hour))
	bulk.Text, bulk.Automated = "We will send you the report by Friday.", data.AutomatedList
	old := letter("3", "leon@kestrel.example", "maya@larkfield.example", "Old", noon.AddDate(0, -3, 0))
	old.Text = "I will send you the plan by Friday."
	bring(t, db, box, promise, bulk, old)
	source := data.InteractionIDOf(promise)
	write(t, db, "", func(tx *Tx) error {
		if err := tx.PutAccount(data.Account{ID: "q", Name: "Quayside"}); err != nil {
			return err
		}
		for _, p := range []data.Part{
			data.Promise{Belongs: data.Belongs{ID: "open", Account: "k", Contact: "anna"}, By: data.Us, What: "Report", Due: "2026-11-10"},
			data.Promise{Belongs: data.Belongs{ID: "kept", Account: "k"}, By: data.Customer, What: "Name", Due: "2026-10-10", Kept: "2026-10-01"},
			data.Promise{Belongs: data.Belongs{ID: "other", Account: "q"}, By: data.Us, What: "Theirs"},
			data.Need{Belongs: data.Belongs{ID: "need", Account: "k", Contact: "anna", Interaction: source}, Words: "It shimmers.", Met: data.NotMet},
			data.Initiative{Belongs: data.Belongs{ID: "bus", Account: "k"}, What: "New bus", Needs: []string{"need"}, Is: data.Cure},
			data.Preference{Belongs: data.Belongs{ID: "wish", Account: "k", Contact: "leon"}, Rule: data.AtMost, Channel: data.ByMail, Times: 1, Days: 7, Confirmed: "2026-01-01"},
			data.TrustSign{Belongs: data.Belongs{ID: "sign", Account: "k", Contact: "anna"}, Is: data.SharedInside, On: "2026-11-01", By: "Maya"},
		} {
			if err := tx.PutAnyPart(p); err != nil {
				return err
			}
		}
		return nil
	})
	in, err := db.OverviewInput(ctx, "k", noon)
	if err != nil {
		t.Fatal(err)
	}
	if len(in.Promises) != 2 || len(in.Needs) != 1 || len(in.Initiatives) != 1 || len(in.Preferences) != 1 || len(in.Signs) != 1 || len(in.Contacts) != 2 || len(in.Moments["anna"]) != 1 {
		t.Errorf("%+v", in)
	}
	if s := in.Sources[source]; s.Kind != data.Mail || !s.At.Equal(promise.Date) {
		t.Errorf("the source is %+v", s)
	}
	if len(in.Mails) != 1 || in.Mails[0].Own == "" || len(in.Mails[0].People) == 0 {
		t.Errorf("mails with promises may be %+v", in.Mails)
	}
	seen := data.ComposeOverview(in).Seen
	if len(seen) != 1 || seen[0].Promise.Contact != "anna" || seen[0].Promise.Interaction != source {
		t.Fatalf("seen are %+v", seen)
	}
	if _, err := db.OverviewInput(ctx, "nobody", noon); !errors.Is(err, data.ErrNotFound) {
		t.Errorf("no account: %v", err)
	}
}

func TestAProposedPromiseIsKeptOrRefusedOnce(t *testing.T) {
	db, box := kestrel(t)
	ctx := context.Background()
	mail := letter("1", "anna@kestrel.example", "maya@larkfield.example", "Lamps", noon.Add(-50*time.Hour))
	mail.Text = "I will send you the limits by Friday. We will name the budget holder tomorrow."
	bulk := letter("2", "anna@kestrel.example", "maya@larkfield.example", "News", noon.Add(-40*time.Hour))
	bulk.Text, bulk.Automated = "We will send you the report by Friday.", data.AutomatedList
	old := letter("3", "anna@kestrel.example", "maya@larkfield.example", "Old", noon.AddDate(0, -3, 0))
	old.Text = "I will send you the plan by Friday."
	bring(t, db, box, mail, bulk, old)
	proposed := func(m data.Message) []data.PromiseProposal {
		t.Helper()
		list, err := db.PromiseProposals(ctx, data.InteractionIDOf(m), "k", noon)
		if err != nil {
			t.Fatal(err)
		}
		return list
	}
	if list := proposed(bulk); len(list) != 0 {
		t.Errorf("of what a program wrote: %+v", list)
	}
	if list := proposed(old); len(list) != 0 {
		t.Errorf("of long ago: %+v", list)
	}
	list := proposed(mail)
	if len(list) != 2 {
		t.Fatalf("%+v", list)
	}
	refused := write(t, db, "refused", func(tx *Tx) error { return tx.DeclineProposal(list[0]) })
	kept := write(t, db, "kept", func(tx *Tx) error {
		_, err := tx.KeepProposal(list[1])
		return err
	})
	if rest := proposed(mail); len(rest) != 0 {
		t.Errorf("decided, proposed again: %+v", rest)
	}
	promises, err := Parts[data.Promise](ctx, db, PartQuery{Account: "k"})
	if err != nil || len(promises) != 1 || promises[0].What != list[1].Promise.What || promises[0].Contact != "anna" || promises[0].By != data.Customer {
		t.Fatalf("%+v, %v", promises, err)
	}
	for _, u := range []Undo{kept, refused} {
		if _, err := db.Undo(ctx, u.ID); err != nil {
			t.Fatal(err)
		}
	}
	if again := proposed(mail); len(again) != 2 {
		t.Errorf("undone: %+v", again)
	}
	if promises, err := Parts[data.Promise](ctx, db, PartQuery{Account: "k"}); err != nil || len(promises) != 0 {
		t.Errorf("undone: %+v, %v", promises, err)
	}
}

// BenchmarkOverviewInput opens the first page of the busiest account.
func BenchmarkOverviewInput(b *testing.B) {
	bench(b, func(ctx context.Context, db *DB, account string) error {
		_, err := db.OverviewInput(ctx, account, sample.Today)
		return err
	})
}
