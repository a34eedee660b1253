package app

import (
	"errors"
	"time"

	"fyne.io/fyne/v2"

	"rapport/app/kit"
	"rapport/data"
	"rapport/data/store"
)

// How long the status bar says what happened before it tells the truth about
// mail and calendars again.
const (
	offerShown   = 8 * time.Second
	sayShown     = 6 * time.Second
	troubleShown = 20 * time.Second
)

// status is the bottom line: what happened last, else the day that is looked back
// to, else what is being read, else how the sources stand; and the keys of the page.
type status struct {
	w     *window
	bar   *kit.StatusBar
	said  func() // draws what happened last; nil when that is over
	end   func() // stops the timer of said
	truth truth
}

func newStatus(w *window) *status { return &status{w: w, bar: kit.NewStatusBar(), end: func() {}} }

// draw shows the most pressing line.
func (s *status) draw() {
	if s.said != nil {
		s.said()
		return
	}
	if r, ok := s.w.page().(replaying); ok && r.shownDay() != "" {
		s.bar.Offer([]kit.Span{{Icon: "history", Tint: kit.Warm}, {Text: "You see " + r.shownDay() + ".", Role: kit.BodyBold, Gap: 6}, {Text: "Nothing can be changed here.", Tint: kit.Ink2, Gap: 5}},
			"Back to today", "Esc", r.toToday)
		return
	}
	s.truth.draw(s.w)
}

// show says something for a while.
func (s *status) show(d time.Duration, said func()) {
	s.end()
	s.said = said
	s.end = s.w.bg.Later(d, s.clear)
	said()
}

// clear goes back to the truth about mail and calendars.
func (s *status) clear() {
	s.end()
	s.said = nil
	s.draw()
}

func (s *status) setHints(hints []hint) {
	keys := make([]kit.Key, 0, len(hints)+1)
	for _, h := range hints {
		keys = append(keys, kit.Key{Caps: h.keys, Word: h.does})
	}
	s.bar.SetKeys(append(keys, kit.Key{Caps: []string{"?"}, Word: "all keys"})...)
}

// say tells in the status bar what happened.
func (w *window) say(what string) {
	w.status.show(sayShown, func() { w.status.bar.Say(kit.Span{Text: what}) })
}

// did tells what a write did and offers to undo it. With a zero undo it only
// tells.
func (w *window) did(u store.Undo) {
	if u.ID == 0 {
		if u.Label != "" {
			w.say(u.Label)
		}
		return
	}
	w.undos.forget()
	w.status.show(offerShown, func() {
		spans := []kit.Span{{Icon: "undo-2", Tint: kit.Ink2}, {Text: u.Label, Gap: 6}}
		w.status.bar.Offer(spans, "Undo", primary(fyne.KeyZ).words(system), func() { w.undo() })
	})
}

// fail tells in the status bar what went wrong and what to do.
func (w *window) fail(err error) {
	what, todo := troubleWords(err)
	w.status.show(troubleShown, func() {
		spans := []kit.Span{{Icon: "circle-alert", Tint: kit.Alert}, {Text: what + ".", Role: kit.BodyBold, Tint: kit.Alert, Gap: 6}}
		if todo != "" {
			spans = append(spans, kit.Span{Text: todo + ".", Gap: 5})
		}
		w.status.bar.Offer(spans, "Close", "", w.status.clear)
	})
}

// troubleWords are what happened and what to do about an error, without full
// stops; todo may be "".
func troubleWords(err error) (what, todo string) {
	if p, ok := data.AsProblem(err); ok {
		return p.What(), p.Todo()
	}
	var invalid *data.Invalid
	if errors.As(err, &invalid) {
		return upperFirst(invalid.Says), ""
	}
	return upperFirst(err.Error()), "Nothing was changed"
}
