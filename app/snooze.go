package app

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"rapport/app/kit"
	"rapport/data"
	"rapport/data/store"
	"rapport/data/text"
)

// snoozeChoices are the days until which something is put off with one key.
func snoozeChoices(now time.Time) []time.Time {
	y, m, d := now.Date()
	day := func(n int) time.Time { return time.Date(y, m, d+n, 0, 0, 0, 0, now.Location()) }
	monday := 8 - (int(now.Weekday())+6)%7 - 1
	return []time.Time{day(1), day(3), day(monday), day(14), day(30)}
}

// snoozeMenu asks until when something is put off. about is as store.Tx.Snooze
// has it, name what people call it.
func (w *window) snoozeMenu(at fyne.Position, about, name string) {
	now := w.now()
	var list []command
	seen := map[string]bool{}
	for _, day := range snoozeChoices(now) {
		words := data.DayWord(day, now)
		if !seen[words] {
			seen[words] = true
			list = append(list, command{name: "Until " + inMiddle(words), do: func() { w.putOff(about, name, day) }})
		}
	}
	w.menuAt(at, append(list, command{name: "Until another day…", do: func() { w.askSnooze(about, name) }})...)
}

// inMiddle is a day's word within a sentence: "tomorrow", but "Mon 23 Nov".
func inMiddle(day string) string {
	if day == "Today" || day == "Tomorrow" {
		return strings.ToLower(day)
	}
	return day
}

// askSnooze asks for a day in words.
func (w *window) askSnooze(about, name string) {
	f := newForm(w.bg)
	field := f.field("Until", kit.NewField("Friday, 4 December, or 2026-12-04"))
	w.dialog(f, "clock", "Put off "+name, "Put off", func() {
		day, err := dayAhead(field.Text(), w.now())
		if err != nil {
			f.say(err)
			return
		}
		w.keep(f, putOffWords(name, day, w.now()), func(tx *store.Tx) error { return tx.Snooze(about, day) }, nil)
	})
}

// dayAhead reads a day that lies ahead.
func dayAhead(s string, now time.Time) (time.Time, error) {
	s = strings.TrimSpace(s)
	day, err := time.ParseInLocation(time.DateOnly, s, now.Location())
	if err != nil {
		found := false
		for _, lead := range []string{"", "by ", "until ", "bis "} {
			if day, _, found = text.Due(lead+s, now); found {
				break
			}
		}
		if !found {
			return day, &data.Invalid{Field: "until", Says: "write a day like Friday, 4 December, or 2026-12-04"}
		}
	}
	if data.DaysBetween(day, now) >= 0 {
		return day, &data.Invalid{Field: "until", Says: "that day is over; name one that lies ahead"}
	}
	return day, nil
}

func (w *window) putOff(about, name string, until time.Time) {
	w.write(putOffWords(name, until, w.now()), func(tx *store.Tx) error { return tx.Snooze(about, until) }, nil)
}

func putOffWords(name string, until, now time.Time) string {
	return name + " put off until " + inMiddle(data.DayWord(until, now))
}
