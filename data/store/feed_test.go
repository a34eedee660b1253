package store

import (
	"context"
	"errors"
	"testing"
	"time"

	"rapport/data"
)

// feedOf adds a feed of an account.
func feedOf(t *testing.T, db *DB, account, name string) data.Feed {
	t.Helper()
	var f data.Feed
	write(t, db, "", func(tx *Tx) (err error) {
		f, err = tx.PutFeed(data.Feed{Account: account, Name: name, Shown: "kestrel.example"})
		return err
	})
	return f
}

func brought(t *testing.T, db *DB, f data.Feed, list ...data.Headline) data.LedgerLine {
	t.Helper()
	line, err := db.Ingest(context.Background(), f.SourceName(), f.Name, time.Unix(1, 0), data.Batch{Feed: f.ID, Headlines: list, OnServer: len(list), Cursor: "c"})
	if err != nil {
		t.Fatal(err)
	}
	return line
}

func TestNewsStandOnceAndAreWordedAnew(t *testing.T) {
	ctx := context.Background()
	db := open(t)
	var a data.Account
	write(t, db, "", func(tx *Tx) (err error) { a, err = tx.AddAccount(data.Account{Name: "Kestrel"}); return err })
	day := time.Date(2026, 11, 10, 9, 0, 0, 0, time.UTC)
	press, all := feedOf(t, db, a.ID, "press"), feedOf(t, db, a.ID, "all")
	hall := data.Headline{Key: "guid:hall", Title: "A new hall", Text: "It opens.", Link: "https://kestrel.example/hall", At: day}
	if line := brought(t, db, press, hall, data.Headline{Key: "guid:undated", Title: "Undated"}); line.Seen != 2 || line.Kept != 2 {
		t.Errorf("first: %+v", line)
	}
	if line := brought(t, db, press, hall); line.Seen != 2 { // the same run, nothing more
		t.Errorf("again: %+v", line)
	}
	brought(t, db, all, hall)
	list := timelineOf(t, db, a.ID)
	if len(list) != 2 || list[0].Subject != "Undated" || list[1].Subject != "A new hall" || !list[1].At.Equal(day) {
		t.Fatalf("the timeline is %+v", list)
	}
	undated := list[0].At
	hall.Title, hall.At = "The new hall", day.AddDate(0, 0, 1)
	brought(t, db, press, hall, data.Headline{Key: "guid:undated", Title: "Undated"})
	list = timelineOf(t, db, a.ID)
	if len(list) != 2 || list[1].Subject != "The new hall" || !list[1].At.Equal(hall.At) || !list[0].At.Equal(undated) {
		t.Errorf("worded anew the timeline is %+v", list)
	}
	if found, err := db.Search(ctx, "new hall", 0); err != nil || len(found.Interactions) != 1 || found.Interactions[0].Title != "The new hall" {
		t.Errorf("found %+v, %v", found, err)
	}
	detail, err := db.Interaction(ctx, list[1].ID)
	if err != nil || detail.Link != hall.Link || detail.Text != "It opens." || detail.Matches[0].Kind != data.ByFeed {
		t.Errorf("behind it is %+v, %v", detail, err)
	}

	write(t, db, "", func(tx *Tx) error { return tx.DeleteFeed(press.ID) })
	if list = timelineOf(t, db, a.ID); len(list) != 1 || list[0].Subject != "The new hall" {
		t.Errorf("without the feed the timeline is %+v", list)
	}
	write(t, db, "", func(tx *Tx) error { return tx.DeleteFeed(all.ID) })
	if list = timelineOf(t, db, a.ID); len(list) != 0 {
		t.Errorf("without any feed the timeline is %+v", list)
	}
	if found, err := db.Search(ctx, "new hall", 0); err != nil || len(found.Interactions) != 0 {
		t.Errorf("found %+v, %v", found, err)
	}
	if _, err := db.Ingest(ctx, press.SourceName(), "press", time.Unix(1, 0), data.Batch{Feed: press.ID, Headlines: []data.Headline{hall}}); !errors.Is(err, data.ErrNotFound) {
		t.Errorf("a batch of a feed that was removed: %v", err)
	}
}

func timelineOf(t *testing.T, db *DB, account string) []data.Interaction {
	t.Helper()
	list, err := db.Timeline(context.Background(), data.TimelineQuery{Account: account, Planned: true}, time.Now().Add(time.Minute))
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// TestNewsAreNoContact: what a customer publishes changes nothing that is made of
// what people did with each other.
func TestNewsAreNoContact(t *testing.T) {
	ctx := context.Background()
	db := open(t)
	box := addMailbox(t, db)
	var a data.Account
	write(t, db, "", func(tx *Tx) (err error) {
		if a, err = tx.AddAccount(data.Account{Name: "Kestrel", Domains: []string{"kestrel.example"}}); err != nil {
			return err
		}
		_, err = tx.AddContact(data.Contact{Name: "Anna", Emails: []string{"anna@kestrel.example"}, AccountID: a.ID, Side: data.Customer})
		return err
	})
	now := time.Now().Truncate(time.Second)
	mail := letter("1", "anna@kestrel.example", box.Address, "Hello", now.AddDate(0, 0, -40))
	if _, err := db.Ingest(ctx, box.SourceName(), box.Address, now, arriving(box, mail)); err != nil {
		t.Fatal(err)
	}
	f := feedOf(t, db, a.ID, "press")
	type standing struct {
		touches, moments, spent int
		warmth                  data.Warmth
		begins                  time.Time
	}
	stand := func() (s standing) {
		touches, err := db.Touches(ctx, a.ID, time.Time{}, now)
		if err != nil {
			t.Fatal(err)
		}
		moments, err := db.Moments(ctx, a.ID, now)
		if err != nil {
			t.Fatal(err)
		}
		spent, err := db.Spent(ctx, a.ID, now.AddDate(-1, 0, 0), now)
		if err != nil {
			t.Fatal(err)
		}
		s.touches, s.spent = len(touches), len(spent)
		for _, list := range moments {
			s.moments += len(list)
			s.warmth = data.ScoreWarmth(list, data.Interval{Days: 21}, data.DefaultWarmthRules, now)
			s.warmth.Receipts, s.warmth.Last = nil, data.Moment{At: s.warmth.Last.At}
		}
		if s.begins, err = db.Begins(ctx, a.ID, now); err != nil {
			t.Fatal(err)
		}
		return s
	}
	before := stand()
	brought(t, db, f, data.Headline{Key: "1", Title: "News", At: now.AddDate(0, 0, -1)}, data.Headline{Key: "2", Title: "Old news", At: now.AddDate(-20, 0, 0)})
	if len(timelineOf(t, db, a.ID)) != 3 {
		t.Fatal("the news are not there")
	}
	after := stand()
	if before.touches != 1 || before.moments != 1 || !sameStanding(before.warmth, after.warmth) {
		t.Errorf("the warmth was %+v and is %+v", before.warmth, after.warmth)
	}
	before.warmth, after.warmth = data.Warmth{}, data.Warmth{}
	if before.touches != after.touches || before.moments != after.moments || before.spent != after.spent || !before.begins.Equal(after.begins) {
		t.Errorf("it stood as %+v and stands as %+v", before, after)
	}
	items := timelineOf(t, db, a.ID)
	for _, row := range data.Lay(items, data.Layout{Now: now, Rhythm: 21, NewestPage: true}) {
		if row.Kind == data.RowSilence && row.Silence.Days != 40 {
			t.Errorf("a silence of %d days", row.Silence.Days)
		}
	}
}

func sameStanding(a, b data.Warmth) bool {
	return a.Score == b.Score && a.Band == b.Band && a.Counted == b.Counted && a.In == b.In && a.Out == b.Out && a.Last.At.Equal(b.Last.At)
}

func TestFeedsThatAreNotRead(t *testing.T) {
	ctx := context.Background()
	db := open(t)
	var here, left data.Account
	write(t, db, "", func(tx *Tx) (err error) {
		if here, err = tx.AddAccount(data.Account{Name: "Here"}); err != nil {
			return err
		}
		left, err = tx.AddAccount(data.Account{Name: "Left", Archived: "2026-01-01"})
		return err
	})
	f := feedOf(t, db, here.ID, "here")
	feedOf(t, db, left.ID, "left")
	if list, err := db.FeedsRead(ctx); err != nil || len(list) != 1 || list[0].ID != f.ID {
		t.Errorf("read are %+v, %v", list, err)
	}
	for name, bad := range map[string]data.Feed{
		"the name is taken": {Account: here.ID, Name: "here"}, "nobody's": {Name: "x"}, "of nobody who is here": {Account: "none", Name: "x"}, "two lines": {Account: here.ID, Name: "a\nb"},
	} {
		if _, err := db.Write(ctx, "", func(tx *Tx) error { _, err := tx.PutFeed(bad); return err }); err == nil {
			t.Errorf("%s: it was kept", name)
		}
	}
}
