package store

import (
	"context"
	"testing"
	"time"

	"rapport/data"
)

func TestMailToADoorKnocksThere(t *testing.T) {
	db, box := kestrel(t)
	write(t, db, "", func(tx *Tx) error {
		for _, d := range []data.Door{
			{Belongs: data.Belongs{ID: "desk"}, Name: "Service desk", Reach: "service@larkfield.example", Promised: 60, Took: 5},
			{Belongs: data.Belongs{ID: "line"}, Name: "Night line", Reach: "+31 20 555 0100", Knocked: noon.AddDate(0, 0, -200).Format(time.DateOnly), Took: 12},
			{Belongs: data.Belongs{ID: "theirs", Account: "elsewhere"}, Name: "Portal", Reach: "https://portal.larkfield.example"},
			{Belongs: data.Belongs{ID: "shut"}, Name: "Fax", Reach: "+31 20 555 0199", Closed: "2020-01-01"},
		} {
			if err := tx.PutAnyPart(d); err != nil {
				return err
			}
		}
		return nil
	})
	ask := letter("1", "anna@kestrel.example", "service@larkfield.example", "Lamp", noon.Add(-5*time.Hour))
	reply := letter("2", "maya@larkfield.example", "anna@kestrel.example", "Re: Lamp", noon.Add(-3*time.Hour))
	reply.InReplyTo = ask.MessageID
	reply.References = []string{ask.MessageID}
	bring(t, db, box, ask, reply)
	list, err := db.Doors(context.Background(), "k", noon)
	if err != nil {
		t.Fatal(err)
	}
	if len(list) != 2 || list[0].ID != "line" || list[1].ID != "desk" {
		t.Fatalf("%+v", list)
	}
	desk, line := list[1], list[0]
	if !desk.Last.Equal(noon.Add(-5*time.Hour)) || desk.Times != 1 || desk.Minutes != 120 || !desk.Slow() || desk.Quiet(noon) {
		t.Errorf("the desk: %+v", desk)
	}
	if line.Minutes != 12 || line.Times != 0 || !line.Quiet(noon) || line.Slow() {
		t.Errorf("the line: %+v", line)
	}
	all, err := db.Doors(context.Background(), "", noon)
	if err != nil || len(all) != 3 {
		t.Errorf("%d doors, %v; want those of all accounts that are open", len(all), err)
	}
}
