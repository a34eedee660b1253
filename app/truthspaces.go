package app

import (
	"time"

	"rapport/app/kit"
	"rapport/data"
)

// choices is how many fields wait for somebody to choose.
func (t truth) choices() (n int) {
	for _, e := range t.spaces {
		n += e.Conflicts
	}
	return n
}

// asking is how many people wait for a yes to come into a space.
func (t truth) asking() (n int) {
	for _, e := range t.spaces {
		n += len(e.Asking)
	}
	return n
}

// spaceSpans say how the spaces stand: which are out of reach or in trouble, else
// when the one that waits longest was exchanged; what waits to be sent, and what to
// choose.
func (t truth) spaceSpans(now time.Time) (spans []kit.Span) {
	if len(t.spaces) == 0 {
		return nil
	}
	dot := kit.Span{Text: "·", Tint: kit.Ink3, Gap: 6}
	unsent, well := 0, true
	var last data.SpaceEntry
	var oldest time.Time
	for i, e := range t.spaces {
		unsent += e.Unsent
		if at, _ := e.Space.FedAt(); i == 0 || at.Before(oldest) {
			last, oldest = e, at
		}
		switch {
		case e.Space.Away():
			well = false
			spans = append(spans, dot, kit.Span{Icon: "wifi-off", Tint: kit.Ink2, Gap: 6}, kit.Span{Text: e.Space.Name + " is out of reach", Tint: kit.Ink2, Gap: 5})
		case e.Space.Problem != "":
			well = false
			spans = append(spans, dot, kit.Span{Icon: "circle-alert", Tint: kit.Alert, Gap: 6}, kit.Span{Text: e.Space.Name + " not exchanged", Tint: kit.Alert, Gap: 5})
		}
	}
	if well {
		words := "not exchanged yet"
		switch at, byBundle := last.Space.FedAt(); {
		case byBundle:
			words = "took in a bundle " + whenRead(at, now)
		case !at.IsZero():
			words = "exchanged " + whenRead(at, now)
		}
		spans = append(spans, dot, kit.Span{Text: last.Space.Name + " " + words, Tint: kit.Ink2, Gap: 6})
	}
	if unsent > 0 {
		spans = append(spans, dot, kit.Span{Text: thousands(unsent) + " to send", Tint: kit.Ink2, Gap: 6})
	}
	if n := t.asking(); n > 0 {
		spans = append(spans, dot, kit.Span{Text: data.Counted(n, "person waits", "people wait") + " for your yes", Tint: kit.Alert, Gap: 6})
	}
	if n := t.choices(); n > 0 {
		spans = append(spans, dot, kit.Span{Text: data.Counted(n, "choice for you", "choices for you"), Tint: kit.Alert, Gap: 6})
	}
	return spans
}
