package app

import (
	"context"
	"strings"

	"rapport/app/bridge"
	"rapport/app/kit"
	"rapport/data"
	"rapport/data/store"
)

// beginPlan begins a plan with what the template of the account's tier asks and is
// not known yet; each answer becomes a part of its own, in one write.
func (w *window) beginPlan(in data.PlanInput) {
	bridge.Load(w.bg, &w.goSlot, func(ctx context.Context) (string, error) { return w.db.Setting(ctx, store.SettingUserName) }, func(me string, err error) {
		if err != nil {
			w.fail(err)
			return
		}
		w.askBegin(in, me)
	})
}

func (w *window) askBegin(in data.PlanInput, me string) {
	ask, known := data.PlanQuestions(in)
	f := newForm(w.bg)
	fields := make([]*kit.Field, len(ask))
	for i, q := range ask {
		fields[i] = f.field(q.Label, kit.NewField(q.Ask))
	}
	f.rows = append(f.rows, kit.NewParagraph(kit.Small, kit.Ink2, beginNote(in, known)))
	w.dialog(f, "target", "Begin the plan of "+in.Account.Name, "Begin", func() {
		var answers []data.Part
		for i, q := range ask {
			p, err := q.Answer(in, fields[i].Text(), me)
			if err == nil && p != nil {
				err = p.Check()
			}
			if err != nil {
				f.say(err)
				return
			}
			if p != nil {
				answers = append(answers, p)
			}
		}
		if len(answers) == 0 {
			f.say(&data.Invalid{Field: "plan", Says: "answer at least the first question"})
			return
		}
		w.keep(f, "Plan of "+in.Account.Name+" begun", func(tx *store.Tx) error {
			for _, p := range answers {
				if err := tx.PutAnyPart(p); err != nil {
					return err
				}
			}
			return nil
		}, nil)
	})
}

// beginNote says what a new plan does not ask, and why.
func beginNote(in data.PlanInput, known []string) string {
	words := "Leave empty what you do not know."
	if in.Account.Mode == data.WindDown {
		words += " The account is wound down, so the plan is short."
	} else if in.Account.Tier != "" && in.Policy.Template != "" {
		words += " This is the " + in.Policy.Template + " plan, as tier " + string(in.Account.Tier) + " asks."
	}
	if len(known) > 0 {
		var labels []string
		for _, s := range data.ComposePlan(in).Sections {
			for _, k := range known {
				if s.Key == k {
					labels = append(labels, "“"+s.Label+"”")
				}
			}
		}
		if len(labels) > 0 {
			words += " Filled already by what you know: " + strings.Join(labels, ", ") + "."
		}
	}
	return words
}
