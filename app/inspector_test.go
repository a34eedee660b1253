package app

import (
	"context"
	"testing"

	"rapport/data"
)

// entryWith is the first entry of an account's timeline that has what is looked
// for behind it.
func entryWith(t *testing.T, w *window, account string, has func(inspected) bool) string {
	t.Helper()
	ctx := context.Background()
	list, err := w.db.Timeline(ctx, data.TimelineQuery{Account: account}, testNow)
	if err != nil {
		t.Fatal(err)
	}
	for _, i := range list {
		if d, err := w.askInspected(ctx, i.ID, account); err == nil && has(d) {
			return i.ID
		}
	}
	return ""
}

func TestInspectorUnfolds(t *testing.T) {
	w := testWindow(t, sampleStore(t))
	v := openTimeline(t, w, "Kestrel Museums").inspector
	checkAbsent(t, w, "Message-ID")
	v.facts, v.history = true, true
	v.draw()
	checkShown(t, w, "Message-ID", "Fold quotes and signature", "Anna Kessler <anna.kessler@kestrel.example>")
	golden(t, w, "timeline-facts")
	chosen := v.entry.ID
	v.t.list.Next(1)
	if v.entry.ID == chosen || v.facts || v.history {
		t.Error("the next entry is shown unfolded")
	}
}

func TestInspectorAttachments(t *testing.T) {
	w := testWindow(t, sampleStore(t))
	accounts, err := w.db.Accounts(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range accounts {
		id := entryWith(t, w, a.ID, func(i inspected) bool { return len(i.Messages) > 0 && len(i.Messages[0].Attached) > 0 })
		if id == "" {
			continue
		}
		w.openAt(route{place: placeAccount, id: a.ID}, target{tab: tabTimeline, item: id})
		checkShown(t, w, "Attached")
		checkAbsent(t, w, "kept on this laptop")
		golden(t, w, "timeline-attached")
		return
	}
	t.Fatal("no mail of the sample carries a file")
}

func TestInspectorGoesThroughAConversation(t *testing.T) {
	w := testWindow(t, sampleStore(t))
	tl := openTimeline(t, w, "Kestrel Museums")
	first := tl.inspector.entry.thread[0].ID
	tl.p.showOn(first)
	if tl.chosen != first || tl.inspector.entry.ID != first {
		t.Errorf("at %q, want %q", tl.chosen, first)
	}
}

func TestInspectorCopies(t *testing.T) {
	w := testWindow(t, sampleStore(t))
	v := openTimeline(t, w, "Kestrel Museums").inspector
	v.copyText()
	if got := testApp.Clipboard().Content(); got == "" || len(got) < len(v.entry.Subject) || got[:len(v.entry.Subject)] != v.entry.Subject {
		t.Errorf("copied %q", got)
	}
}

func TestEntryTime(t *testing.T) {
	at := testNow.AddDate(0, 0, -1)
	for name, c := range map[string]struct {
		i    data.Interaction
		want string
	}{
		"a mail":                 {data.Interaction{Kind: data.Mail, At: at}, "Mon 16 Nov, 09:18, as sent"},
		"a meeting":              {data.Interaction{Kind: data.Meet, At: at, Minutes: 60}, "Mon 16 Nov, 09:18 to 10:18"},
		"all day":                {data.Interaction{Kind: data.Meet, At: at, AllDay: true}, "Mon 16 Nov, all day"},
		"a call":                 {data.Interaction{Kind: data.Call, At: at, Minutes: 14, RecordedAt: at}, "Mon 16 Nov, 09:18, 14 min"},
		"logged on another day":  {data.Interaction{Kind: data.Call, At: at, RecordedAt: testNow}, "Mon 16 Nov, 09:18; recorded 17 Nov"},
		"a note of a day only":   {data.Interaction{Kind: data.Note, At: at.Truncate(24 * 3600e9).Add(-3600e9), RecordedAt: at}, "Mon 16 Nov"},
		"a mail of another year": {data.Interaction{Kind: data.Mail, At: at.AddDate(-1, 0, 0)}, "Sun 16 Nov 2025, 09:18, as sent"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := entryTime(c.i, testNow); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestReasonWords(t *testing.T) {
	for reason, want := range map[string]string{
		"the domain kestrel.example belongs to Kestrel": "The domain kestrel.example belongs to Kestrel",
		"anna@kestrel.example is an address of Anna":    "anna@kestrel.example is an address of Anna",
		"you logged it here":                            "You logged it here",
	} {
		if got := reasonWords(reason); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestOneMailIsTakenOffATimelineAndComesBack(t *testing.T) {
	db := testStore(t)
	writeAccounts(t, db, data.Account{ID: "nu", Name: "Northmoor University", Domains: []string{"northmoor.example"}})
	ingestMails(t, db, mailBy("Ola Berg", "ola@northmoor.example", "Keys for the roof"))
	w := testWindow(t, db)
	v := openTimeline(t, w, "Northmoor University").inspector
	id := v.entry.ID
	on := func() bool {
		d, err := db.Interaction(context.Background(), id)
		if err != nil {
			t.Fatal(err)
		}
		return len(d.Matches) > 0
	}
	v.takeOff()
	if on() {
		t.Error("the mail is on a timeline still")
	}
	w.undo()
	if !on() {
		t.Error("undo does not bring it back")
	}
}
