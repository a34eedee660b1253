package app

import (
	"context"
	"testing"
	"time"

	"rapport/app/kit"
	"rapport/data"
	"rapport/data/nurture"
	"rapport/data/store"
)

// nurtureStore has a first visit of three days ago, and a contract with us that
// ends in 80 days.
func nurtureStore(t *testing.T) *store.DB {
	db := owedStore(t)
	mustWrite(t, db, func(tx *store.Tx) error {
		if _, err := tx.PutMailbox(data.Mailbox{ID: "box", Address: "maya@larkfield.example", Host: "127.0.0.1", Port: 993, User: "maya", Security: data.TLS, SignIn: data.ByPassword}); err != nil {
			return err
		}
		if err := tx.PutContact(data.Contact{ID: "ak", AccountID: "km", Name: "Anna Kessler", Emails: []string{"anna@kestrel.example"}}); err != nil {
			return err
		}
		for _, v := range []struct {
			id, who string
			days    int
		}{{"first", "bh", -3}, {"long", "ak", -400}, {"lately", "ak", -2}} {
			at := testNow.AddDate(0, 0, v.days)
			if err := tx.PutEntry(data.Entry{ID: v.id, Kind: data.Visit, At: at, Account: "km", With: []string{v.who}, Text: "The lamps of the hall"}, at); err != nil {
				return err
			}
		}
		offer, err := store.PutPart(tx, data.Offer{Belongs: data.Belongs{ID: "care"}, Name: "Lamp care"})
		if err != nil {
			return err
		}
		_, err = store.PutPart(tx, data.Whitespace{Belongs: data.Belongs{ID: "w", Account: "km"}, Offer: offer.ID, With: data.WithUs, Ends: testNow.AddDate(0, 0, 80).Format(time.DateOnly)})
		return err
	})
	return db
}

// toSuggestion moves to the first suggestion of the page.
func toSuggestion(t *testing.T, w *window) *today {
	t.Helper()
	w.open(route{place: placeToday})
	p := w.page().(*today)
	for range 12 {
		if _, ok := p.onNurture(); ok {
			return p
		}
		press(w, "J")
	}
	t.Fatal("no suggestion can be reached by J")
	return p
}

func TestTodayShowsWhatIsWorthDoing(t *testing.T) {
	w := testWindow(t, nurtureStore(t))
	toSuggestion(t, w)
	checkShown(t, w, "Worth doing", "nothing is sent by itself", "Write to Beatrice after your first meeting", "your first meeting was on 14 Nov",
		"Plan the talk about renewal with Anna", "what they have with you ends on", "Draft", "Add a step")
	golden(t, w, "today-nurture")
	kit.Wear(testApp, kit.NewTheme(kit.Dark, 1))
	golden(t, w, "today-nurture-dark")
}

func TestASuggestionBecomesADraft(t *testing.T) {
	db := nurtureStore(t)
	w := testWindow(t, db)
	toSuggestion(t, w)
	press(w, "Enter")
	checkShown(t, w, "beatrice@kestrel.example", "Our meeting", "Thank you for the time on 14 Nov")
	due(t, db, 2) // it is answered when the mail leaves
}

func TestASuggestionBecomesAStep(t *testing.T) {
	db := nurtureStore(t)
	w := testWindow(t, db)
	p := toSuggestion(t, w)
	press(w, "J")
	if s, ok := p.onNurture(); !ok || s.Trigger != nurture.Renewal {
		t.Fatalf("the row below is %q", s.Words)
	}
	press(w, "Enter")
	due(t, db, 1)
	steps, err := store.Parts[data.Step](context.Background(), db, store.PartQuery{Account: "km"})
	if err != nil || len(steps) != 1 || steps[0].What != "Plan the talk about renewal with Anna" {
		t.Errorf("%+v: %v", steps, err)
	}
	w.undo()
	due(t, db, 2)
}

func TestASuggestionIsPutOff(t *testing.T) {
	db := nurtureStore(t)
	w := testWindow(t, db)
	p := toSuggestion(t, w)
	press(w, "S")
	checkShown(t, w, "Not now, again in two weeks", "I did it", "Never for Beatrice Holm")
	s, _ := p.onNurture()
	mustWrite(t, db, func(tx *store.Tx) error { return tx.AnswerNurture(nurture.NotNow(s, "", testNow)) })
	due(t, db, 1)
}

// due checks how many of the suggestions that the page shows are open.
func due(t *testing.T, db *store.DB, want int) {
	t.Helper()
	list, err := db.Nurture(context.Background(), testNow)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, s := range nurture.Due(list, testNow) {
		if s.Trigger == nurture.FirstMeeting || s.Trigger == nurture.Renewal {
			n++
		}
	}
	if n != want {
		t.Errorf("%d suggestions are open, want %d", n, want)
	}
}
