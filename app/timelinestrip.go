package app

import (
	"fmt"
	"time"

	"rapport/app/kit"
	"rapport/data"
)

// stripSpans are the stretches of time that the strip can show: units of so many
// days, side by side.
var stripSpans = []struct {
	name        string
	unit, count int
}{{"Year", 7, 52}, {"Quarter", 1, 91}, {"Month", 1, 31}}

// stripView is a stretch of time in units that end with the day of end.
type stripView struct {
	unit, count int
	end         time.Time
	today       bool // end is today
}

// stripAt is the stretch of a span that holds a day: the last one ends today,
// those before follow without a gap.
func stripAt(span int, day, now time.Time) stripView {
	s := stripSpans[span]
	v := stripView{unit: s.unit, count: s.count, end: now}
	if days := data.DaysBetween(day, now); days > 0 {
		v.end = now.AddDate(0, 0, -(days/(s.unit*s.count))*s.unit*s.count)
	}
	v.today = v.end.Equal(now)
	return v
}

// at is the unit that a time falls into; it may lie outside.
func (v stripView) at(t time.Time) int {
	days := data.DaysBetween(t, v.end)
	if days < 0 {
		return v.count - 1 + (-days+v.unit-1)/v.unit
	}
	return v.count - 1 - days/v.unit
}

// last is the last moment of a unit.
func (v stripView) last(unit int) time.Time {
	y, m, d := v.end.AddDate(0, 0, -(v.count-1-unit)*v.unit).Date()
	return time.Date(y, m, d, 23, 59, 59, 0, v.end.Location())
}

// counts are the touches of each unit by who began them.
func (v stripView) counts(touches []data.Touch) (ours, theirs []int) {
	ours, theirs = make([]int, v.count), make([]int, v.count)
	for _, t := range touches {
		switch i := v.at(t.At); {
		case i < 0 || i >= v.count:
		case t.By == data.Us:
			ours[i]++
		default:
			theirs[i]++
		}
	}
	return ours, theirs
}

// silences are the stretches without a touch that are longer than the rhythm, in
// the units that are empty.
func (v stripView) silences(touches []data.Touch, rhythm int, now time.Time) []kit.Silence {
	var list []kit.Silence
	for _, s := range data.Silences(touches, rhythm, now) {
		from, to := v.at(s.From)+1, v.at(s.To)-1
		if s.BrokenBy == "" {
			to = v.at(s.To)
		}
		from, to = max(from, 0), min(to, v.count-1)
		if from > to {
			continue
		}
		words := ""
		switch share := float32(to-from+1) / float32(v.count); {
		case share > 0.06:
			words = fmt.Sprintf("%d days", s.Days)
		case share > 0.035:
			words = fmt.Sprintf("%d d", s.Days)
		}
		list = append(list, kit.Silence{From: from, To: to, Text: words})
	}
	return list
}

// labels name months under a year, days under less; the last day is today only in the
// present.
func (v stripView) labels(present bool) map[int]string {
	labels := map[int]string{}
	end := "today"
	if !v.today || !present {
		end = v.end.Format("2 Jan 2006")
	}
	room := v.count / 14
	for unit := range v.count - 1 - room {
		day := v.last(unit)
		switch {
		case v.unit == 7 && (unit == 0 || day.Month() != v.last(unit-1).Month()):
			if unit == 0 && v.last(3).Month() != day.Month() {
				continue
			}
			labels[unit] = day.Format("Jan")
			if day.Month() == time.January && !v.today {
				labels[unit] = day.Format("2006")
			}
		case v.unit == 1 && day.Weekday() == time.Monday && (v.count < 40 || unit/7%2 == 0):
			labels[unit] = day.Format("2 Jan")
		}
	}
	labels[v.count-1] = end
	return labels
}

// timelineStrip is the year over the timeline: both sides, the silences, and a
// brush on what the list shows.
type timelineStrip struct {
	t       *timeline
	view    *kit.Stack
	legend  *kit.Line
	spans   *kit.Segmented
	strip   *kit.YearStrip
	shown   stripView
	day     time.Time // the newest in view
	oldest  time.Time
	moving  bool // the person moves the brush
	held    bool // the brush stands where the person moved it
	touches []data.Touch
	rhythm  int
}

func newTimelineStrip(t *timeline) *timelineStrip {
	s := &timelineStrip{t: t, legend: kit.NewLine().Bending(), strip: kit.NewYearStrip()}
	var names []string
	for _, span := range stripSpans {
		names = append(names, span.name)
	}
	s.spans = kit.NewSegmented(names, 0, func(int) { s.redraw() })
	s.strip.OnBrush = s.brushed
	s.view = kit.NewStack(6, kit.NewSpread(12, s.legend, s.spans), s.strip)
	return s
}

func (s *timelineStrip) draw(touches []data.Touch, rhythm int) {
	s.touches, s.rhythm = touches, rhythm
	s.redraw()
}

func (s *timelineStrip) redraw() {
	now := s.t.p.now()
	if s.day.IsZero() {
		s.day, s.oldest = now, now
	}
	s.shown = stripAt(s.spans.On, s.day, now)
	s.legend.Set(
		kit.Span{Text: "■", Role: kit.Small, Tint: kit.Accent}, kit.Span{Text: "we started", Role: kit.Small, Tint: kit.Ink2, Gap: 6},
		kit.Span{Text: "■", Role: kit.Small, Tint: kit.Theirs, Gap: 16}, kit.Span{Text: "they started", Role: kit.Small, Tint: kit.Ink2, Gap: 6},
		kit.Span{Text: "□", Role: kit.Small, Tint: kit.CoolMark, Gap: 16},
		kit.Span{Text: fmt.Sprintf("silence longer than the %d-day rhythm", s.rhythm), Role: kit.Small, Tint: kit.Ink2, Gap: 6})
	s.strip.Ours, s.strip.Theirs = s.shown.counts(s.touches)
	s.strip.Silences = s.shown.silences(s.touches, s.rhythm, now)
	s.strip.Months = s.shown.labels(!s.t.p.back.on())
	s.mark()
}

// brush marks the time from the oldest to the newest entry in view.
func (s *timelineStrip) brush(oldest, newest time.Time) {
	if !s.held && s.oldest.Equal(oldest) && s.day.Equal(newest) || len(s.strip.Ours) == 0 {
		return
	}
	s.oldest, s.day, s.held = oldest, newest, s.moving
	if s.moving {
		return // it stays under the pointer
	}
	if stripAt(s.spans.On, newest, s.t.p.now()) != s.shown {
		s.redraw()
		return
	}
	s.mark()
}

func (s *timelineStrip) mark() {
	within := func(unit int) int { return min(max(unit, 0), s.shown.count-1) }
	s.strip.From, s.strip.To = within(s.shown.at(s.oldest)), within(s.shown.at(s.day))
	s.strip.Refresh()
}

// brushed scrolls the list to the time that the brush was moved to.
func (s *timelineStrip) brushed(_, to int) {
	s.moving = true
	s.t.scrollTo(s.shown.last(to))
	s.moving = false
}
