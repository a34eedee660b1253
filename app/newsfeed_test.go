package app

import (
	"context"
	"testing"
	"time"

	"rapport/app/kit"
	"rapport/data"
	"rapport/data/store"
)

// withNews is the sample with a feed of Kestrel's that brought two news, and one
// that its server took away.
func withNews(t *testing.T) (*store.DB, data.Account) {
	t.Helper()
	db := sampleCopy(t)
	k := accountNamed(t, db, "Kestrel Museums")
	var press, gone data.Feed
	mustWrite(t, db, func(tx *store.Tx) (err error) {
		if press, err = tx.PutFeed(data.Feed{ID: "press", Account: k.ID, Name: "Kestrel press", Shown: "kestrel.example"}); err != nil {
			return err
		}
		gone, err = tx.PutFeed(data.Feed{ID: "gone", Account: k.ID, Name: "Old blog", Shown: "blog.kestrel.example"})
		return err
	})
	ctx, started := context.Background(), testNow.Add(-10*time.Minute)
	for _, f := range []data.Feed{press, gone} {
		if err := db.BeginRun(ctx, f.SourceName(), started); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := db.Ingest(ctx, press.SourceName(), press.Name, started, data.Batch{Feed: press.ID, OnServer: 2, Cursor: "1", Headlines: []data.Headline{
		{Key: "hall", Title: "Hall 3 reopens in spring with daylight on every wall", Text: "Kestrel Museums reopens Hall 3 in April.\nLenders were shown the tests.", Link: "https://kestrel.example/press/hall", At: testNow.AddDate(0, 0, -1)},
		{Key: "head", Title: "A new head of conservation", At: testNow.AddDate(0, 0, -12)},
	}}); err != nil {
		t.Fatal(err)
	}
	if err := db.EndRun(ctx, press.SourceName(), started, ""); err != nil {
		t.Fatal(err)
	}
	p := &data.Problem{Kind: data.FeedGone, About: gone.Shown}
	if err := db.EndRun(ctx, gone.SourceName(), started, p.What()+". "+p.Todo()); err != nil {
		t.Fatal(err)
	}
	return db, k
}

func TestNewsStandOnTheTimelineWithTheirPage(t *testing.T) {
	db, k := withNews(t)
	w := testWindow(t, db)
	w.openAt(route{place: placeAccount, id: k.ID}, target{tab: tabTimeline, item: data.HeadlineIDOf(k.ID, "hall")})
	checkShown(t, w, "News that they published", "They published it · Kestrel press", "Open kestrel.example in the browser", "Feed Kestrel press")
	checkAbsent(t, w, "Move", "Answer")
	golden(t, w, "newsfeed")
	kit.Wear(testApp, kit.NewTheme(kit.Dark, 1))
	w.openAt(route{place: placeAccount, id: k.ID}, target{tab: tabTimeline, item: data.HeadlineIDOf(k.ID, "hall")})
	golden(t, w, "newsfeed-dark")
}

// doNamed does a command of the page that is shown.
func doNamed(t *testing.T, w *window, name string) {
	t.Helper()
	for _, c := range w.commands() {
		if c.name == name && c.applies() {
			c.do()
			return
		}
	}
	t.Fatalf("there is no command %q", name)
}

func TestAFeedIsAddedFromItsAccount(t *testing.T) {
	db := sampleCopy(t)
	k := accountNamed(t, db, "Kestrel Museums")
	w := testWindow(t, db)
	w.keys = memory{}
	w.open(route{place: placeAccount, id: k.ID})
	for _, c := range []struct{ link, says string }{
		{"gopher://kestrel.example/rss", "A feed's link begins with https://; plain http is for this laptop only."},
		{"https://maya:secret@kestrel.example/rss", "A feed's link holds no user or password; Rapport reads what is for everybody."},
		{"", "A feed's link begins with https://; plain http is for this laptop only."},
	} {
		doNamed(t, w, "Add their news")
		enter(w, c.link)
		press(w, "Enter")
		checkShown(t, w, c.says)
		press(w, "Esc")
	}
	doNamed(t, w, "Add their news")
	enter(w, "https://kestrel.example/rss.xml?key=4f1d")
	press(w, "Enter")
	checkShown(t, w, "Their news are read now, and then once an hour")
	feeds, err := db.Feeds(context.Background())
	if err != nil || len(feeds) != 1 || feeds[0].Account != k.ID || feeds[0].Name != "kestrel.example" || feeds[0].Shown != "kestrel.example" {
		t.Fatalf("there are %+v, %v", feeds, err)
	}
	if link, _ := w.keys.Value(feeds[0].LinkSecret()); link != "https://kestrel.example/rss.xml?key=4f1d" {
		t.Errorf("the link is kept as %q", link)
	}
	doNamed(t, w, "Add their news")
	enter(w, "https://kestrel.example/rss.xml?key=4f1d")
	press(w, "Enter")
	checkShown(t, w, "Feed kestrel.example: already there.")
}

func TestAFeedStandsAmongTheSources(t *testing.T) {
	db, _ := withNews(t)
	w := testWindow(t, db)
	w.openAt(route{place: placeSettings}, target{tab: tabSources})
	checkShown(t, w, "Kestrel press", "Kestrel Museums, kestrel.example", "Old blog", "blog.kestrel.example says that this feed is gone for good", "not read yet", "1 feed of news not read")
	press(w, "J", "J", "J")
	checkShown(t, w, "News of", "Kestrel Museums", "never; it stays here", "Remove feed…")
	golden(t, w, "newsfeed-source")
}
