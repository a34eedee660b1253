package app

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"rapport/app/kit"
	"rapport/data"
)

// wishForm asks how somebody likes to be dealt with.
type wishForm struct {
	partForm
	who, topic, often, hours, days *kit.Field
	rule, channel                  *kit.Segmented
	asked                          map[string]fyne.CanvasObject // the rows that only some rules ask for
	before                         data.Preference
}

// wishRules are the rules as the form names them, in data's order, and what each
// asks for beside whose wish it is.
var wishRules = []struct {
	rule data.Rule
	name string
	asks []string
}{
	{data.Prefers, "Likes", []string{"channel", "topic"}},
	{data.AtMost, "At most", []string{"channel", "often"}},
	{data.Hours, "Hours", []string{"hours", "days"}},
	{data.Never, "Never", []string{"channel", "days"}},
	{data.Avoid, "Avoid", []string{"topic"}},
	{data.Every, "Rhythm", []string{"often"}},
}

// channelChoices are the channels; "" is any.
var channelChoices = append(slices.Clone(data.Channels), "")

func newWishForm(w *window, world partWorld, before data.Preference) *wishForm {
	f := &wishForm{partForm: newPartForm(w, world), before: before, asked: map[string]fyne.CanvasObject{}}
	f.who = f.line("Whose wish", "a person there; nobody is the whole account", world.named(before.Contact))
	on, names := 0, []string{}
	for i, r := range wishRules {
		names = append(names, r.name)
		if r.rule == before.Rule {
			on = i
		}
	}
	f.rule = f.choice("What", on, names...)
	channel := slices.Index(channelChoices, before.Channel)
	if before.ID == "" && before.Channel == "" {
		channel = 0
	}
	f.channel = f.choice("By", channel, "Mail", "Call", "Meeting", "Visit", "Any way")
	f.asked["channel"] = f.row()
	f.topic = f.line("About", "decisions", before.Topic)
	f.asked["topic"] = f.row()
	f.often = f.line("How often", "2 in 7 days, or once a week", oftenWords(before))
	f.asked["often"] = f.row()
	f.hours = f.line("From and to", "08:00 to 09:00", strings.Trim(before.From+" to "+before.To, " to"))
	f.asked["hours"] = f.row()
	f.days = f.line("On which days", "Mon, Fri; nothing is every day", daysWords(before.Weekdays))
	f.asked["days"] = f.row()
	f.rule.OnChange = func(int) { f.adapt() }
	f.adapt()
	return f
}

func oftenWords(p data.Preference) string {
	switch {
	case p.Rule == data.Every && p.Days > 0:
		return "every " + strconv.Itoa(p.Days) + " days"
	case p.Times > 0:
		return strconv.Itoa(p.Times) + " in " + strconv.Itoa(p.Days) + " days"
	}
	return ""
}

func daysWords(days []string) string {
	words := make([]string, len(days))
	for i, d := range days {
		words[i] = upperFirst(d)
	}
	return strings.Join(words, ", ")
}

// adapt shows what the chosen rule asks for.
func (f *wishForm) adapt() {
	for name, row := range f.asked {
		if slices.Contains(wishRules[f.rule.On].asks, name) {
			row.Show()
		} else {
			row.Hide()
		}
	}
	if f.changed != nil {
		f.changed()
	}
}

// wish is what was filled in, or why it cannot be read. What a person writes
// down is confirmed by that.
func (f *wishForm) wish() (p data.Preference, err error) {
	p = data.Preference{Belongs: f.before.Belongs, Learned: f.before.Learned, Why: f.before.Why, Confirmed: f.before.Confirmed}
	if p.Confirmed == "" {
		p.Confirmed = f.now.Format(time.DateOnly)
	}
	r := wishRules[f.rule.On]
	p.Rule = r.rule
	if p.Contact, err = f.partForm.who(f.who); err != nil {
		return p, err
	}
	for _, ask := range r.asks {
		switch ask {
		case "channel":
			p.Channel = channelChoices[f.channel.On]
		case "topic":
			p.Topic = strings.TrimSpace(f.topic.Text())
		case "often":
			if p.Times, p.Days, err = data.ParseOften(f.often.Text()); err != nil {
				return p, err
			}
		case "hours":
			p.From, p.To, _ = strings.Cut(strings.Join(strings.Fields(f.hours.Text()), " "), " to ")
		case "days":
			p.Weekdays = weekdays(f.days.Text())
		}
	}
	if p.Rule == data.Every {
		p.Times = 0
	}
	return p, nil
}

// weekdays are the days that a text names, as preferences have them; a word that
// is none stays, for the check to name it.
func weekdays(s string) (list []string) {
	for _, word := range listed(strings.ToLower(s)) {
		if len(word) > 3 && slices.Contains(data.Weekdays, word[:3]) && strings.HasSuffix(word, "day") {
			word = word[:3]
		}
		list = append(list, word)
	}
	return list
}

// editWish asks for a new wish at the account that before names, or for a change
// of one.
func (w *window) editWish(before data.Preference) {
	w.withParts(before.Account, func(world partWorld) {
		f := newWishForm(w, world, before)
		askPart(w, f.partForm, "gauge", "wish", before, f.wish, func(p data.Preference) string { return said(p.Words()) })
	})
}
