package app

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"rapport/app/bridge"
	"rapport/app/kit"
	"rapport/data"
	"rapport/data/store"
)

// tierPlan is what the section of tiers shows: what each tier asks for, and the
// hours that the team has.
type tierPlan struct {
	policies map[data.Tier]data.Policy
	hours    int
}

// tiersSection is where the team agrees what each tier asks for.
type tiersSection struct {
	w           *window
	slot        bridge.Slot
	form        *form
	have        tierPlan
	days, hours map[data.Tier]*kit.Field
	team        *kit.Field
}

// newRhythmSection is where rhythm and effort are agreed, by tier.
func newRhythmSection(w *window) section {
	t := &tiersSection{w: w, form: newForm(w.bg), days: map[data.Tier]*kit.Field{}, hours: map[data.Tier]*kit.Field{}}
	words := map[data.Tier]string{data.TierA: "closest work", data.TierB: "steady work", data.TierC: "light touch, and accounts without a tier"}
	rows := []fyne.CanvasObject{}
	for _, tier := range data.Tiers {
		t.days[tier], t.hours[tier] = t.field("days"), t.field("hours")
		rows = append(rows, kit.NewColumns(12, []kit.Col{kit.Fixed(20), kit.Fixed(80), kit.Fit(), kit.Fixed(80), kit.Fit(), kit.Flex(1)},
			kit.NewTier(string(tier)), t.days[tier], kit.NewText(kit.Body, "days").In(kit.Ink2), t.hours[tier],
			kit.NewText(kit.Body, "hours a year").In(kit.Ink2), kit.NewText(kit.Body, words[tier]).In(kit.Ink2).Bending()))
	}
	t.team = t.field("hours")
	rows = append(rows, kit.NewColumns(12, []kit.Col{kit.Fixed(20), kit.Fixed(80), kit.Flex(1)}, kit.NewSpring(), t.team,
		kit.NewText(kit.Body, "hours a year that the team has for its customers").In(kit.Ink2).Bending()))
	save := kit.NewButton(kit.Plain, "Agree on these", t.keep).WithKey("Enter")
	sort := kit.NewButton(kit.Ghost, "Sort accounts into tiers", func() { w.open(route{place: placeTiers}) })
	rows = append(rows, t.form.body(), kit.NewRow(8, save, sort))
	s := plainSection("rhythm", "gauge", "Rhythm and tiers",
		"How often you mean to be in touch, and how much time one account may take. A silence is measured against this, never against a fixed month.", kit.NewStack(10, rows...))
	s.load = t.load
	return s
}

func (t *tiersSection) field(placeholder string) *kit.Field {
	f := kit.NewField(placeholder)
	f.OnSubmit = func(string) { t.keep() }
	return f
}

func (t *tiersSection) load() {
	bridge.Load(t.w.bg, &t.slot, func(ctx context.Context) (p tierPlan, err error) {
		if p.policies, err = t.w.db.Policies(ctx); err != nil {
			return p, err
		}
		p.hours, err = t.w.db.TeamHours(ctx)
		return p, err
	}, func(p tierPlan, err error) {
		if err != nil {
			t.form.say(err)
			return
		}
		show := func(f *kit.Field, n, had int) {
			if (n != had || f.Text() == "") && !f.Focused() {
				f.SetText(strconv.Itoa(n))
			}
		}
		for _, tier := range data.Tiers {
			show(t.days[tier], p.policies[tier].Every, t.have.policies[tier].Every)
			show(t.hours[tier], p.policies[tier].Minutes/60, t.have.policies[tier].Minutes/60)
		}
		if p.hours > 0 {
			show(t.team, p.hours, t.have.hours)
		}
		t.have = p
	})
}

// typed is what the fields say, or why it cannot be kept.
func (t *tiersSection) typed() (p tierPlan, err error) {
	p.policies = map[data.Tier]data.Policy{}
	for _, tier := range data.Tiers {
		policy := t.have.policies[tier]
		if policy.Every, err = fieldNumber(t.days[tier], 1, 730, fmt.Sprintf("%s needs a number of days", tier)); err != nil {
			return p, err
		}
		hours, err := fieldNumber(t.hours[tier], 0, 10000, fmt.Sprintf("%s needs a number of hours", tier))
		if err != nil {
			return p, err
		}
		if hours != policy.Minutes/60 {
			policy.Minutes = 60 * hours
		}
		p.policies[tier] = policy
	}
	if strings.TrimSpace(t.team.Text()) != "" {
		p.hours, err = fieldNumber(t.team, 0, 1000000, "The team needs a number of hours")
	}
	return p, err
}

// fieldNumber reads a field as a number within limits.
func fieldNumber(f *kit.Field, least, most int, says string) (int, error) {
	n, err := strconv.Atoi(strings.TrimSpace(f.Text()))
	if err != nil || n < least || n > most {
		return 0, &data.Invalid{Field: "rhythm", Says: fmt.Sprintf("%s between %d and %d", says, least, most)}
	}
	return n, nil
}

func (t *tiersSection) keep() {
	next, err := t.typed()
	t.form.say(err)
	if err != nil {
		return
	}
	var changed []data.Policy
	for _, tier := range data.Tiers {
		if next.policies[tier] != t.have.policies[tier] {
			changed = append(changed, next.policies[tier])
		}
	}
	if len(changed) == 0 && next.hours == t.have.hours {
		t.w.say("The rhythm is as it was")
		return
	}
	label := fmt.Sprintf("Rhythm is now A %d, B %d, C %d days", next.policies[data.TierA].Every, next.policies[data.TierB].Every, next.policies[data.TierC].Every)
	t.w.write(label, func(tx *store.Tx) error {
		for _, p := range changed {
			if err := tx.PutPolicy(p); err != nil {
				return err
			}
		}
		if next.hours == t.have.hours {
			return nil
		}
		return tx.PutTeamHours(next.hours)
	}, nil)
}
