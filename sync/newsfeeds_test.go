package sync

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"rapport/data"
	"rapport/data/store"
)

// TestAFeedIsAskedAtItsPaceAndWhereItMoved: whoever asks, and however often.
func TestAFeedIsAskedAtItsPaceAndWhereItMoved(t *testing.T) {
	ctx := context.Background()
	now := time.Date(2026, 11, 17, 10, 0, 0, 0, time.UTC)
	clock := func() time.Time { return now }
	db, keys := workspace(t, clock)
	var old, moved atomic.Int32
	mux := http.NewServeMux()
	mux.HandleFunc("/old", func(w http.ResponseWriter, r *http.Request) {
		old.Add(1)
		http.Redirect(w, r, "/new", http.StatusMovedPermanently)
	})
	status := http.StatusOK
	mux.HandleFunc("/new", func(w http.ResponseWriter, r *http.Request) {
		moved.Add(1)
		if status != http.StatusOK {
			w.Header().Set("Retry-After", "86400")
			w.WriteHeader(status)
			return
		}
		w.Write([]byte(`<rss version="2.0"><channel><item><guid>a</guid><title>One</title></item></channel></rss>`))
	})
	served := httptest.NewServer(mux)
	defer served.Close()
	var a data.Account
	if _, err := db.Write(ctx, "", func(tx *store.Tx) (err error) { a, err = tx.AddAccount(data.Account{Name: "Kestrel"}); return err }); err != nil {
		t.Fatal(err)
	}
	f, err := AddFeed(ctx, db, keys, a.ID, served.URL+"/old", "")
	if err != nil {
		t.Fatal(err)
	}
	once := func(wantOld, wantNew int32) data.Status {
		t.Helper()
		e := New(db, keys, Options{Now: clock, Zone: time.UTC})
		if _, err := e.Once(ctx); err != nil && status == http.StatusOK {
			t.Fatal(err)
		}
		if old.Load() != wantOld || moved.Load() != wantNew {
			t.Fatalf("asked %d and %d times, not %d and %d", old.Load(), moved.Load(), wantOld, wantNew)
		}
		return e.status(f.SourceName())
	}
	once(1, 1)
	now = now.Add(59 * time.Minute)
	if s := once(1, 1); s.At.IsZero() || s.Problem != "" {
		t.Errorf("it stands as %+v", s)
	}
	now = now.Add(2 * time.Minute)
	once(1, 2) // where it moved to
	status = http.StatusTooManyRequests
	now = now.Add(61 * time.Minute)
	if s := once(1, 3); s.Until.Sub(now) != 24*time.Hour {
		t.Errorf("it stands as %+v", s)
	}
	now = now.Add(23 * time.Hour)
	once(1, 3)
	status = http.StatusOK
	now = now.Add(2 * time.Hour)
	if s := once(1, 4); s.Problem != "" {
		t.Errorf("it stands as %+v", s)
	}
	if list, err := db.Timeline(ctx, data.TimelineQuery{Account: a.ID}, now); err != nil || len(list) != 1 {
		t.Errorf("the timeline has %d entries, %v", len(list), err)
	}
	if _, err := RemoveFeed(ctx, db, keys, f.Name); err != nil {
		t.Fatal(err)
	}
	if _, err := keys.Value(f.LinkSecret()); err == nil {
		t.Error("the link stayed behind")
	}
}

func TestAFeedThatMovedShowsItsNewHost(t *testing.T) {
	ctx := context.Background()
	db, keys := workspace(t, time.Now)
	there := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Write([]byte(`<rss version="2.0"><channel><item><guid>a</guid><title>One</title></item></channel></rss>`))
	}))
	defer there.Close()
	here := httptest.NewServer(http.RedirectHandler(there.URL+"/news", http.StatusMovedPermanently))
	defer here.Close()
	var a data.Account
	if _, err := db.Write(ctx, "", func(tx *store.Tx) (err error) { a, err = tx.AddAccount(data.Account{Name: "Kestrel"}); return err }); err != nil {
		t.Fatal(err)
	}
	f, err := AddFeed(ctx, db, keys, a.ID, here.URL, "Kestrel press")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := New(db, keys, Options{Zone: time.UTC}).Once(ctx); err != nil {
		t.Fatal(err)
	}
	feeds, err := db.Feeds(ctx)
	if host := strings.TrimPrefix(there.URL, "http://"); err != nil || len(feeds) != 1 || feeds[0].Shown != host || feeds[0].Name != f.Name {
		t.Errorf("%+v, want %s: %v", feeds, host, err)
	}
	if link, err := keys.Value(f.LinkSecret()); err != nil || link != there.URL+"/news" {
		t.Errorf("%q: %v", link, err)
	}
}

func TestAFeedThatFailsIsAskedLessAndLess(t *testing.T) {
	for name, c := range map[string]struct {
		fails error
		most  int // times in two days
	}{
		"it answers otherwise":  {&data.Problem{Kind: data.NotFeed}, 6},
		"it is gone":            {&data.Problem{Kind: data.FeedGone}, 1},
		"the laptop is offline": {&data.Problem{Kind: data.Offline}, 48*60 + 1},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				asked := 0
				r := &readings{begun: time.Now(), fails: func(int) error { return c.fails }}
				inBubble(t, course{read: r.read, every: time.Hour}, func(*Engine) {
					time.Sleep(48 * time.Hour)
					synctest.Wait()
					asked = len(r.at)
				})
				if asked > c.most || asked == 0 {
					t.Errorf("it was asked %d times", asked)
				}
				if c.most == 6 && (asked < 6 || r.at[1] != time.Hour || r.at[2] != 3*time.Hour) {
					t.Errorf("it was asked after %v", r.at)
				}
			})
		})
	}
}
