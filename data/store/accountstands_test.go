package store

import (
	"context"
	"testing"
	"time"

	"rapport/data"
)

func TestAccountsAreListedWithHowTheyStand(t *testing.T) {
	ctx := context.Background()
	db, box := kestrel(t)
	bring(t, db, box,
		letter("1", "anna@kestrel.example", "maya@larkfield.example", "Lamps", noon.AddDate(0, 0, -12)),
		letter("2", "anna@kestrel.example", "maya@larkfield.example", "Stairs", noon.AddDate(0, 0, -11)))
	write(t, db, "", func(tx *Tx) error {
		for _, p := range []data.Part{
			data.Promise{Belongs: data.Belongs{ID: "p1", Account: "k"}, By: data.Us, What: "Report", Due: noon.AddDate(0, 0, -3).Format(time.DateOnly)},
			data.Promise{Belongs: data.Belongs{ID: "p2", Account: "k"}, By: data.Customer, What: "Limits"},
			data.Stakeholder{Belongs: data.Belongs{ID: "s1", Account: "k", Contact: "leon"}, Roles: []data.Role{data.Decider}},
		} {
			if err := tx.PutAnyPart(p); err != nil {
				return err
			}
		}
		return nil
	})
	stand := func() data.AccountStand {
		t.Helper()
		list, err := db.AccountEntries(ctx, noon)
		if err != nil || len(list) != 1 || !list[0].Known {
			t.Fatalf("%+v, %v", list, err)
		}
		return list[0].Stand
	}
	s := stand()
	if s.Ours != 1 || s.OursLate != 1 || s.Theirs != 1 || s.TheirsLate != 0 || s.NeverMet != 1 || s.Stage != data.StageInterest {
		t.Errorf("%+v", s)
	}
	if s.Touch.Contact.ID != "anna" || s.Touch.Late != 4 {
		t.Errorf("the touch that is due: %+v", s.Touch)
	}
	write(t, db, "", func(tx *Tx) error {
		_, err := PutPart(tx, data.TrustSign{Belongs: data.Belongs{Account: "k", Contact: "anna"}, Is: "took our advice", On: noon.AddDate(0, 0, -2).Format(time.DateOnly), By: "Maya"})
		return err
	})
	bring(t, db, box, letter("3", "maya@larkfield.example", "leon@kestrel.example", "Hello", noon.AddDate(0, 0, -1)), letter("4", "leon@kestrel.example", "maya@larkfield.example", "Re: Hello", noon.Add(-time.Hour)))
	if s := stand(); s.Stage != data.StageTrust || s.NeverMet != 0 || s.Touch.Late >= 0 {
		t.Errorf("after a sign of trust and Leon's answer: %+v", s)
	}
}
