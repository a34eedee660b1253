package store

import (
	"context"
	"testing"

	"rapport/data"
)

// TestWhoSignedIsWhoIsTold has a laptop of Jonas claim that Elin wrote what it wrote, in
// the history, in what others changed, and where two values stand side by side.
func TestWhoSignedIsWhoIsTold(t *testing.T) {
	ctx := context.Background()
	maya, elin := shared(t, "maya", data.Owner), shared(t, "elin", data.Editor)
	write(t, maya, "", func(tx *Tx) error {
		return tx.PutDevices(teamSpace, []data.Device{{ID: "deviceelin", Member: "other", Nth: 1}})
	})
	write(t, maya, "added", putKestrel)
	share(t, maya, "k")
	receive(t, elin, sent(t, maya))
	for db, sector := range map[*DB]string{maya: "Heritage", elin: "Museums"} {
		write(t, db, "changed", func(tx *Tx) error {
			return tx.ChangeAccount("k", func(a *data.Account) { a.Sector = sector })
		})
	}
	receive(t, maya, sent(t, elin))
	h, err := maya.ThingHistory(ctx, "k")
	if err != nil {
		t.Fatal(err)
	}
	by := map[string]string{}
	for _, l := range h.Lines {
		if l.Field == "sector" {
			by[l.To] = l.By + "/" + l.Laptop
		}
	}
	if by["Museums"] != "Jonas Weber/Jonas Weber’s laptop" {
		t.Errorf("the history tells %v", by)
	}
	news, err := maya.News(ctx)
	if err != nil || len(news.Changes) == 0 {
		t.Fatalf("%+v, %v", news, err)
	}
	for _, c := range news.Changes {
		if c.By != "Jonas Weber" {
			t.Errorf("what others changed tells %+v", c)
		}
	}
	list, err := maya.Conflicts(ctx, "")
	if err != nil || len(list) != 1 {
		t.Fatalf("%+v, %v", list, err)
	}
	told := map[string]string{}
	for _, v := range list[0].Versions {
		told[v.Value] = v.By
		if v.Mine != (v.Value == "Heritage") {
			t.Errorf("whose is %+v", v)
		}
	}
	if told["Museums"] != "Jonas Weber" {
		t.Errorf("the two versions are told of %v", told)
	}
}

// TestWhoSignedIsWhoToldOfAMail has Maya's laptop claim that Jonas told of her mail, on
// the timeline and in what the members see.
func TestWhoSignedIsWhoToldOfAMail(t *testing.T) {
	ctx := context.Background()
	c := newColleagues(t, []data.Arrival{mailFrom("a", 1, priya, "The budget is through")}, nil)
	setRule(t, c.maya, data.ShareSubject)
	observeAll(t, c.maya)
	write(t, c.jonas, "", func(tx *Tx) error {
		return tx.PutDevices(teamSpace, []data.Device{{ID: "devicemaya", Member: "maya", Nth: 1}, {ID: "devicejonas", Member: "jonas", Nth: 1}})
	})
	forged := sent(t, c.maya)
	for i := range forged {
		forged[i].Actor = "jonas"
	}
	receive(t, c.jonas, forged)
	wantLines(t, "a mail that Maya told as Jonas", c.jonas, "Mail a (Maya)")
	list, err := c.jonas.Timeline(ctx, data.TimelineQuery{Account: "nu"}, noon)
	if err != nil || len(list) != 1 || list[0].Reason != "Maya shared it" {
		t.Errorf("Jonas sees %+v, %v", list, err)
	}
	p, err := c.jonas.SpacePreview(ctx, teamSpace)
	if err != nil || len(p.Mail()) != 1 || p.Mail()[0].By != "Maya" {
		t.Errorf("the preview has %+v, %v", p.Mail(), err)
	}
}
