package space

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"rapport/data"
	"rapport/data/store"
	"rapport/sync/team"
)

// promised is a promise to the account that is shared, and one to an account that is
// not.
func (l *laptop) promised() (shared, private data.Promise) {
	l.t.Helper()
	l.write(func(tx *store.Tx) (err error) {
		if err := tx.PutAccount(data.Account{ID: "p", Name: "Private"}); err != nil {
			return err
		}
		due := noon.AddDate(0, 0, 3).Format(time.DateOnly)
		if shared, err = store.PutPart(tx, data.Promise{Belongs: data.Belongs{Account: "k"}, By: data.Us, What: "Lamps", Due: due}); err != nil {
			return err
		}
		private, err = store.PutPart(tx, data.Promise{Belongs: data.Belongs{Account: "p"}, By: data.Us, What: "Secret", Due: due})
		return err
	})
	return shared, private
}

func (l *laptop) tag(id string) string { return team.WritingTag(id, l.device()) }

// says is what a laptop tells in a space; nil for nothing.
func (l *laptop) says(id string, w data.Writing) []byte {
	l.Write(w)
	return l.sealWriting(context.Background(), id)
}

// sees are the others' writings as a laptop shows them.
func (l *laptop) sees() (words string) {
	for _, w := range l.Writers() {
		words += w.Name + " at " + w.Account + " " + w.Kind + " " + w.ID + "; "
	}
	return words
}

func TestOthersHearWhatIsWrittenAt(t *testing.T) {
	id, all := team2(t, nil, "Maya", "Jonas")
	maya, jonas := all[0], all[1]
	promise, _ := maya.promised()
	maya.sync(id)
	jonas.sync(id)
	news := 0
	jonas.OnWriters(func() { news++ })
	hears := func(body []byte, want string, told int) {
		t.Helper()
		before := news
		jonas.hearWriting(id, maya.tag(id), body)
		if got := jonas.sees(); got != want || news-before != told {
			t.Errorf("Jonas sees %q and was told %d times, want %q and %d", got, news-before, want, told)
		}
	}
	at := data.Writing{Account: "k", Kind: data.KindPromise, ID: promise.ID}
	shown := "Maya at k promise " + promise.ID + "; "
	first := maya.says(id, at)
	hears(first, shown, 1)
	second := maya.says(id, at)
	hears(second, shown, 0)
	hears(first, shown, 0)
	hears(maya.says(id, data.Writing{Account: "k", Kind: data.KindStep}), "Maya at k step ; ", 1)
	hears(nil, "", 1)
	hears(second, "", 0) // an echo
	hears(nil, "", 0)
	hears(maya.says(id, at), shown, 1)
	if maya.sees() != "" {
		t.Errorf("Maya sees herself: %s", maya.sees())
	}

	jonas.later(writingHolds - 1)
	jonas.lapse()
	if jonas.sees() != shown {
		t.Error("it lapses before its time")
	}
	jonas.later(1)
	if before := news; jonas.sees() != "" {
		t.Error("what was not said again is shown")
	} else if jonas.lapse(); news != before+1 {
		t.Error("nobody is told that it lapsed")
	}
	hears(maya.says(id, at), shown, 1)
	maya.later(-time.Hour) // her clock is put right
	maya.pens.last = 0     // by starting Rapport again
	again := maya.says(id, at)
	hears(again, shown, 0)
	jonas.later(echoes)
	hears(again, shown, 1)

	jonas.Write(at)
	maya.hearWriting(id, jonas.tag(id), jonas.sealWriting(t.Context(), id))
	if got := maya.sees(); got != "Jonas at k promise "+promise.ID+"; " {
		t.Errorf("Maya sees %q", got)
	}
}

func TestWhatIsNotSharedIsNotTold(t *testing.T) {
	id, all := team2(t, nil, "Maya", "Jonas")
	maya := all[0]
	promise, private := maya.promised()
	maya.sync(id)
	for name, w := range map[string]data.Writing{
		"nothing":                            {},
		"a thing of an account not shared":   {Account: "p", Kind: data.KindPromise, ID: private.ID},
		"such a thing under another account": {Account: "k", Kind: data.KindPromise, ID: private.ID},
		"a new thing of such an account":     {Account: "p", Kind: data.KindStep},
		"what belongs to no account":         {Kind: data.KindPromise, ID: promise.ID},
		"a thing that nobody shares":         {Account: "k", Kind: "setting", ID: "user_name"},
		"a thing that is not there":          {Account: "k", Kind: data.KindPromise, ID: "other"},
	} {
		if body := maya.says(id, w); body != nil {
			t.Errorf("%s is told", name)
		}
	}
	at := data.Writing{Account: "k", Kind: data.KindPromise, ID: promise.ID}
	if maya.says(id, at) == nil {
		t.Error("what is shared is not told")
	}
	maya.later(writingMost + 1)
	if maya.sealWriting(t.Context(), id) != nil {
		t.Error("a form that nobody closes is told for ever")
	}
	maya.write(func(tx *store.Tx) error { return tx.PutSetting(store.SettingWriting, store.SettingOff) })
	if maya.says(id, at) != nil {
		t.Error("it is told although it was turned off")
	}
}

func TestOnlyMembersAreHeard(t *testing.T) {
	ctx := context.Background()
	id, all := team2(t, nil, "Maya", "Jonas", "Ines")
	maya, jonas, ines := all[0], all[1], all[2]
	promise, _ := maya.promised()
	maya.sync(id)
	jonas.sync(id)
	ines.sync(id)
	at := data.Writing{Account: "k", Kind: data.KindPromise, ID: promise.ID}
	said := jonas.says(id, at)
	maya.hearWriting(id, ines.tag(id), said)
	maya.hearWriting(id, jonas.tag(id), append([]byte("x"), said...))
	maya.hearWriting("other", jonas.tag(id), said)
	if maya.sees() != "" {
		t.Fatalf("what was forged is shown: %s", maya.sees())
	}
	maya.hearWriting(id, jonas.tag(id), said)
	if maya.sees() == "" {
		t.Fatal("a member is not heard")
	}
	sp, err := jonas.db.Space(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	if err := maya.Remove(ctx, id, sp.Self); err != nil {
		t.Fatal(err)
	}
	maya.sync(id)
	ines.sync(id)
	later := jonas.says(id, at) // he has not heard of it
	ines.hearWriting(id, jonas.tag(id), later)
	if ines.sees() != "" {
		t.Error("who was removed is heard")
	}
	jonas.sync(id)
	if jonas.says(id, at) != nil {
		t.Error("who was removed still tells")
	}
	jonas.hearWriting(id, maya.tag(id), maya.says(id, at))
	if jonas.sees() != "" {
		t.Error("who was removed still hears")
	}
}

func TestAJointSpaceIsToldNothing(t *testing.T) {
	space, maya, anna := jointPair(t, data.Editor)
	for _, l := range []*laptop{maya, anna} {
		if _, known := l.companyOf(space); known {
			t.Errorf("%s would tell and hear in a joint space", l.name)
		}
	}
}

// Two laptops that follow one folder hear of one another, and leave nothing there.
func TestWritersAreHeardOverAFolder(t *testing.T) {
	id, all := team2(t, nil, "Maya", "Jonas")
	maya, jonas := all[0], all[1]
	sp, err := maya.db.Space(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	lies := filepath.Join(strings.TrimPrefix(sp.Place, inFolder), "rapport", id, "now", maya.tag(id))
	if err := os.MkdirAll(filepath.Dir(lies), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(lies, []byte("left by a laptop that was switched off"), 0o644); err != nil {
		t.Fatal(err)
	}
	hearOneAnother(t, id, maya, jonas)
	if _, err := os.Stat(lies); !os.IsNotExist(err) {
		t.Errorf("something is left: %v", err)
	}
}

func TestWritersAreHeardOverAHub(t *testing.T) {
	id, maya, jonas := onHub2(t, newHub(t))
	hearOneAnother(t, id, maya, jonas)
}

// hearOneAnother has two laptops follow, and one write while the other looks on.
func hearOneAnother(t *testing.T, id string, maya, jonas *laptop) {
	t.Helper()
	promise, _ := maya.promised()
	maya.sync(id)
	changed := make(chan struct{}, 1)
	jonas.OnWriters(func() { ring(changed) })
	ctx, stop := context.WithCancel(t.Context())
	var following sync.WaitGroup
	defer following.Wait()
	defer stop()
	for _, l := range []*laptop{maya, jonas} {
		following.Go(func() {
			if err := l.Follow(ctx, func(Report, error) {}); err != nil {
				t.Error(err)
			}
		})
	}
	patience := time.After(time.Minute)
	for _, c := range []struct {
		at   data.Writing
		want string
	}{
		{data.Writing{Account: "k", Kind: data.KindPromise, ID: promise.ID}, maya.name + " at k promise " + promise.ID + "; "},
		{data.Writing{}, ""},
		{data.Writing{Account: "k", Kind: data.KindStep}, maya.name + " at k step ; "},
	} {
		maya.Write(c.at)
		for jonas.sees() != c.want {
			select {
			case <-changed:
			case <-time.After(200 * time.Millisecond): // what was told before he listened is lost
				maya.Write(c.at)
			case <-patience:
				t.Fatalf("Jonas sees %q, want %q", jonas.sees(), c.want)
			}
		}
	}
}
