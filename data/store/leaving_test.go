package store

import (
	"context"
	"strings"
	"testing"
	"time"

	"rapport/data"
)

// leftDB is a workspace with two accounts, one of them with people, promises and a
// mail that waits.
func leftDB(t *testing.T) *DB {
	t.Helper()
	db := plannedDB(t)
	box := addMailbox(t, db)
	write(t, db, "more", func(tx *Tx) error {
		if err := tx.PutAccount(data.Account{ID: "q", Name: "Quayside", Tier: data.TierB, Domains: []string{"quayside.example"}}); err != nil {
			return err
		}
		_, err := PutPart(tx, data.Promise{Belongs: data.Belongs{Account: "k", Contact: "anna"}, By: data.Us, What: "Send the report", Due: "2026-11-01"})
		return err
	})
	if _, err := db.Ingest(context.Background(), box.SourceName(), box.Address, noon, arriving(box, letter("m1@kestrel.example", "anna@kestrel.example", box.Address, "Can you call me?", noon.Add(-time.Hour)))); err != nil {
		t.Fatal(err)
	}
	return db
}

func TestAnArchivedAccountLeavesEverythingButItsHistory(t *testing.T) {
	db := leftDB(t)
	ctx := context.Background()
	now := noon.Add(24 * time.Hour)
	look := func() (rows, stands, touches, promises, waiting, tiers int) {
		t.Helper()
		list, err := db.AccountRows(ctx, now)
		if err != nil {
			t.Fatal(err)
		}
		all, err := db.Standings(ctx, now)
		if err != nil {
			t.Fatal(err)
		}
		due, err := db.Touchpoints(ctx, 400*24*time.Hour, now)
		if err != nil {
			t.Fatal(err)
		}
		today, err := db.TodayInput(ctx, now)
		if err != nil {
			t.Fatal(err)
		}
		triage, err := db.TriageInput(ctx, now)
		if err != nil {
			t.Fatal(err)
		}
		return len(list), len(all), len(due), len(today.Promises), len(today.Waiting), triage.Capacity(nil).Tiers[0].Accounts
	}
	if rows, stands, touches, promises, waiting, tiers := look(); rows != 2 || stands != 2 || touches != 1 || promises != 1 || waiting != 1 || tiers != 1 {
		t.Fatalf("before: %d rows, %d standings, %d touches, %d promises, %d waiting, %d of tier A", rows, stands, touches, promises, waiting, tiers)
	}
	undo := write(t, db, "archived", func(tx *Tx) error { return tx.ArchiveAccount("k", "They moved", "2026-11-02") })
	if rows, stands, touches, promises, waiting, tiers := look(); rows != 1 || stands != 1 || touches != 0 || promises != 0 || waiting != 0 || tiers != 0 {
		t.Errorf("archived: %d rows, %d standings, %d touches, %d promises, %d waiting, %d of tier A", rows, stands, touches, promises, waiting, tiers)
	}
	if list, err := db.AllAccountRows(ctx, now); err != nil || len(list) != 2 {
		t.Errorf("all are %d, %v", len(list), err)
	}
	wantTimeline(t, db, "k", "Can you call me?")
	if found, err := db.Search(ctx, "Kestrel", 10); err != nil || len(found.Accounts) != 1 {
		t.Errorf("search finds %+v, %v", found, err)
	}
	if mine, err := db.Waiting(ctx, "k", now); err != nil || len(mine) != 1 {
		t.Errorf("its own page says that %d wait, %v", len(mine), err)
	}
	if s, err := db.Standing(ctx, "k", now); err != nil || len(s.Contacts) != 1 {
		t.Errorf("its own page shows %d people, %v", len(s.Contacts), err)
	}
	if _, err := db.Undo(ctx, undo.ID); err != nil {
		t.Fatal(err)
	}
	if rows, stands, touches, promises, waiting, tiers := look(); rows != 2 || stands != 2 || touches != 1 || promises != 1 || waiting != 1 || tiers != 1 {
		t.Errorf("after one undo: %d rows, %d standings, %d touches, %d promises, %d waiting, %d of tier A", rows, stands, touches, promises, waiting, tiers)
	}
}

func TestNewMailOfAnArchivedAccountIsFiledAndSaysSo(t *testing.T) {
	db := leftDB(t)
	ctx := context.Background()
	write(t, db, "archived", func(tx *Tx) error { return tx.ArchiveAccount("k", "They moved", "2026-11-02") })
	boxes, err := db.Mailboxes(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Ingest(ctx, boxes[0].SourceName(), boxes[0].Address, noon, arriving(boxes[0], letter("m2@kestrel.example", "anna@kestrel.example", boxes[0].Address, "How are you?", noon))); err != nil {
		t.Fatal(err)
	}
	wantTimeline(t, db, "k", "How are you?", "Can you call me?")
	list, err := db.Timeline(ctx, data.TimelineQuery{Account: "k", Limit: 1}, noon.Add(time.Hour))
	if err != nil || len(list) == 0 {
		t.Fatal(err)
	}
	d, err := db.Interaction(ctx, list[0].ID)
	if err != nil || len(d.Matches) != 1 || !strings.HasSuffix(d.Matches[0].Reason, "the account is archived since 2026-11-02") {
		t.Errorf("%+v, %v", d.Matches, err)
	}
}

func TestAnAccountHasOneOfEachThingOfLeaving(t *testing.T) {
	db := plannedDB(t)
	ctx := context.Background()
	for range 2 {
		write(t, db, "thanks", func(tx *Tx) error {
			_, err := tx.PutLeaving(data.Leaving{Belongs: data.Belongs{Account: "k"}, Thing: data.LeavingThanks, Done: "2026-11-02"})
			return err
		})
	}
	in, err := db.LeavingInput(ctx, "k", noon)
	if err != nil || len(in.Items) != 1 {
		t.Errorf("%+v, %v", in.Items, err)
	}
	if _, err := db.LeavingInput(ctx, "nobody", noon); err == nil {
		t.Error("nobody is left")
	}
}
