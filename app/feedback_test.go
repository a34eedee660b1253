package app

import (
	"context"
	"slices"
	"testing"

	"rapport/app/kit"
	"rapport/data"
	"rapport/data/store"
	"rapport/data/survey"
)

func openFeedback(t *testing.T, w *window) *feedback {
	t.Helper()
	w.open(route{place: placeToday})
	press(w, "G E")
	p, ok := w.page().(*feedback)
	if !ok {
		t.Fatalf("G E leads to %T", w.page())
	}
	return p
}

// toMuseum shows the museum's survey.
func toMuseum(t *testing.T, p *feedback) {
	t.Helper()
	i := slices.IndexFunc(p.answer.surveys, func(r survey.Results) bool { return len(r.People) == 6 })
	if i < 0 {
		t.Fatal("the museum's survey is not there")
	}
	p.show(surveyView(p.answer.surveys[i].Survey.ID))
}

func TestFeedbackPage(t *testing.T) {
	w := testWindow(t, sampleStore(t))
	p := openFeedback(t, w)
	toMuseum(t, p)
	if !w.rail.untold {
		t.Error("the night engineer's answer is over, and the rail does not say so")
	}
	checkShown(t, w, "How are we doing?", "Kestrel Museums, 6 people, by mail on Mon 28 Sep", "Question 1 of 3", "Remind Grace", "Beatrice Holm", "See by Thu 19 Nov",
		"No answer yet, asked once", "5 answers are 5 people, not a score. An average here could be off by 1.4.", "Decision log", "Numbers, not slides", "Not yet", "Yes, same day")
	press(w, "J")
	checkShown(t, w, "answered 12 Nov, from 4 down to 2", "Close the loop by Thu 19 Nov")
	golden(t, w, "feedback")
	kit.Wear(testApp, kit.NewTheme(kit.Dark, 1))
	golden(t, w, "feedback-dark")
	kit.Wear(testApp, kit.NewTheme(kit.Light, 1))
	press(w, "Q")
	checkShown(t, w, "Question 2 of 3", "“Would you recommend us to a colleague?”")
	resize(w, 960, 600)
	golden(t, w, "feedback-narrow")
}

func TestTheHeadOfFeedbackIsAsHighAsWhatItSays(t *testing.T) {
	w := testWindow(t, sampleStore(t))
	p := openFeedback(t, w)
	toMuseum(t, p)
	full := p.stage.box.Position().Y
	p.show(viewShouts)
	short := p.stage.box.Position().Y
	if short > full-60 {
		t.Errorf("a list without a question begins at %v, and a survey at %v", short, full)
	}
	toMuseum(t, p)
	if again := p.stage.box.Position().Y; again != full {
		t.Errorf("the survey begins at %v, and at %v when it is shown again", full, again)
	}
}

func TestAnAnswerBecomesFeedbackThatIsDecidedAndTold(t *testing.T) {
	db := sampleCopy(t)
	w := testWindow(t, db)
	p := openFeedback(t, w)
	toMuseum(t, p)
	press(w, "J", "F")
	checkShown(t, w, "New feedback")
	tap(t, w, "Add feedback")
	toMuseum(t, p)
	f := feedbackOf(t, db, func(f data.Feedback) bool { return f.Answer != "" })
	if f.Level != data.Shout || f.On != "2026-11-12" {
		t.Fatalf("%+v", f)
	}
	p.decide(f)
	golden(t, w, "feedback-decide")
	tap(t, w, "Keep")
	checkShown(t, w, "Say why, in words that they may read")
	enter(w, "The report comes on Friday, and Tomas brings the raw readings today.")
	tap(t, w, "Keep")
	f = feedbackOf(t, db, func(f data.Feedback) bool { return f.Answer != "" })
	if f.Decision != data.Accepted || f.Why == "" || f.Decided != "2026-11-17" {
		t.Fatalf("%+v", f)
	}
	p.tell(f)
	tap(t, w, "Keep")
	f = feedbackOf(t, db, func(f data.Feedback) bool { return f.Answer != "" })
	if f.Told != "2026-11-17" {
		t.Fatalf("%+v", f)
	}
	toMuseum(t, p)
	checkAbsent(t, w, "See by Thu 19 Nov")
}

func feedbackOf(t *testing.T, db *store.DB, is func(data.Feedback) bool) data.Feedback {
	t.Helper()
	list, err := store.Parts[data.Feedback](context.Background(), db, store.PartQuery{})
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(list, is)
	if i < 0 {
		t.Fatal("there is no such feedback")
	}
	return list[i]
}

func TestASurveyIsMadeAndAskedInTheWindow(t *testing.T) {
	db := testStore(t)
	mustWrite(t, db, func(tx *store.Tx) error {
		if err := tx.PutAccount(data.Account{ID: "k", Name: "Kestrel Museums", Domains: []string{"kestrel.example"}}); err != nil {
			return err
		}
		if _, err := tx.PutMailbox(data.Mailbox{ID: "m", Address: "maya@larkfield.example", Host: "127.0.0.1", Port: 1, User: "maya", Security: data.TLS}); err != nil {
			return err
		}
		for _, c := range []data.Contact{{ID: "a", AccountID: "k", Name: "Anna Kessler", Emails: []string{"anna@kestrel.example"}}, {ID: "b", AccountID: "k", Name: "Piotr Malik"}} {
			if err := tx.PutContact(c); err != nil {
				return err
			}
		}
		return nil
	})
	w := testWindow(t, db)
	p := openFeedback(t, w)
	checkShown(t, w, "Nobody told you anything yet", "How this works")
	if w.rail.untold {
		t.Error("the rail says that somebody waits to hear of feedback")
	}
	golden(t, w, "feedback-empty")
	press(w, "S")
	golden(t, w, "feedback-survey")
	tap(t, w, "Make it")
	checkShown(t, w, "nobody asked yet", "Ask people")
	tapButton(t, w, "Ask people")
	tap(t, w, "Show who gets it")
	checkShown(t, w, "Name an account or somebody with a mail address")
	enter(w, "Kestrel Museums, Piotr Malik")
	tap(t, w, "Show who gets it")
	checkShown(t, w, "1 mail goes to the Drafts folder of maya@larkfield.example. Nothing is sent.", "Left out: Piotr Malik, has no mail address")
	golden(t, w, "feedback-asking")
	tap(t, w, "Put 1 mail into Drafts")
	drafts, err := db.Drafts(context.Background())
	if err != nil || len(drafts) != 1 || drafts[0].State() != data.DraftWait || drafts[0].Page == "" {
		t.Fatalf("%+v, %v", drafts, err)
	}
	p.load()
	checkShown(t, w, "Kestrel Museums, 1 person", "0 of 1", "Nobody has answered this yet. Answers come back with your mail.")
	golden(t, w, "feedback-asked")
}
