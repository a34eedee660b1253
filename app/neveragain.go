package app

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"rapport/app/bridge"
	"rapport/app/kit"
	"rapport/data"
	"rapport/data/store"
	"rapport/data/text"
)

// neverAgainName is what the command that forgets mail for good is called.
const neverAgainName = "Never again from…"

// outChoice is one way to leave out a mail, with how many mails go by it.
type outChoice struct {
	rule  data.LeaveOut
	words string
	n     int
}

// outChoices are the ways in which a mail can be left out: itself, its
// conversation, its sender, their domain. Of a sender without a mail at hand, only
// the last two. What cannot be kept is not offered.
func outChoices(ctx context.Context, db *store.DB, sender, entry string) ([]outChoice, error) {
	k, err := db.Known(ctx)
	if err != nil {
		return nil, err
	}
	var list []outChoice
	if entry != "" {
		list = append(list, outChoice{rule: data.LeaveOut{Kind: data.OutMail, Pattern: entry}, words: "Just this mail"},
			outChoice{rule: data.LeaveOut{Kind: data.OutConversation}, words: "This conversation, and every answer to it"})
	}
	domain := text.Domain(sender)
	list = append(list, outChoice{rule: data.LeaveOut{Kind: data.OutSender, Pattern: sender}, words: "Everything from " + sender},
		outChoice{rule: data.LeaveOut{Kind: data.OutDomain, Pattern: "@" + domain}, words: "Everything from anybody at " + domain})
	var may []outChoice
	for _, c := range list {
		if c.rule.Check(k) != nil {
			continue
		}
		if c.n, err = db.LeavesOut(ctx, c.rule, entry); err != nil {
			return nil, err
		}
		may = append(may, c)
	}
	return may, nil
}

// neverAgain asks how much is to be forgotten for good, and does it. entry is the
// Interaction.ID of a mail, or "".
func (w *window) neverAgain(sender, entry string) {
	sender = text.NormalAddress(sender)
	f := newForm(w.bg)
	bridge.Load(w.bg, &f.slot, func(ctx context.Context) ([]outChoice, error) { return outChoices(ctx, w.db, sender, entry) },
		func(list []outChoice, err error) {
			if err != nil {
				w.fail(err)
				return
			}
			if len(list) == 0 {
				w.say("Your own mail is not left out as a whole; leave out a folder in Settings")
				return
			}
			w.askNeverAgain(f, list, entry)
		})
}

func (w *window) askNeverAgain(f *form, list []outChoice, entry string) {
	chosen := 0
	var boxes []*kit.Checkbox
	items := []fyne.CanvasObject{kit.NewParagraph(kit.Body, kit.Ink,
		"It goes from this laptop with its text and its words in the search, and is never read again. The server keeps it. What you wrote yourself stays, and so do backups made before.")}
	for i, c := range list {
		box := kit.NewCheckbox(c.words, i == 0, nil)
		box.OnChange = func(bool) {
			chosen = i
			for j, other := range boxes {
				other.Set(j == i)
			}
		}
		boxes = append(boxes, box)
		items = append(items, kit.NewColumns(12, []kit.Col{kit.Flex(1), kit.Fit()}, box, kit.NewText(kit.Small, data.Counted(c.n, "mail", "mails")).In(kit.Ink3)))
	}
	items = append(items, kit.NewParagraph(kit.Small, kit.Ink2, "Undo, or Settings, Left out, reads it again from the server, as far as the server still has it. Imported mail has to be imported again."), f.body())
	do := func() {
		f.wait.Set("Forgetting. With many mails this takes a while.")
		w.leaveOut(f, list[chosen].rule, entry)
	}
	cancel := kit.NewButton(kit.Plain, "Keep it", w.dismiss)
	o := kit.NewOverlay(kit.DialogWidth, kit.NewDialog("eye-off", kit.Caution, "Never again", kit.NewStack(10, items...), "", cancel, kit.NewButton(kit.Danger, "Forget for good", do)))
	f.changed = o.Relayout
	w.pop(o, fyne.Focusable(cancel))
}

// leaveOut forgets by a rule. The mails are gone once the first step is done;
// their words are taken out of the search index behind it, since that takes
// longer.
func (w *window) leaveOut(f *form, rule data.LeaveOut, entry string) {
	var u store.Undo
	bridge.Act(w.bg, func(ctx context.Context) (err error) {
		_, u, err = w.db.LeaveOut(ctx, rule, entry)
		return err
	}, func(err error) {
		if err != nil {
			f.say(err)
			return
		}
		w.dismiss()
		w.did(u)
		bridge.Act(w.bg, w.db.Scrub, func(err error) {
			if err != nil {
				w.fail(err)
			}
		})
	})
}

// tabLeftOut is the part of Settings with what is left out for good.
const tabLeftOut = "leftout"

// newLeftOutSection lists what is left out for good, each with the way back.
func newLeftOutSection(w *window) section {
	var slot bridge.Slot
	rows := kit.NewStack(0)
	s := plainSection(tabLeftOut, "mail-search", "Left out",
		"Mail that you had forgotten for good. Nothing of it is here: only where it lies on the server, so that it is not read again.", rows)
	draw := func(rules []data.LeaveOut, err error) {
		if err != nil {
			rows.Set(failedView(err, s.load))
			s.view.Refresh()
			return
		}
		var items []fyne.CanvasObject
		for _, r := range rules {
			items = append(items, leftOutRow(r, w))
		}
		if len(items) == 0 {
			items = append(items, kit.NewParagraph(kit.Body, kit.Ink3, "Nothing is left out. A mail's menu on a timeline, and a sender's in Filing, have “"+strings.TrimSuffix(neverAgainName, "…")+"”."))
		}
		rows.Set(items...)
		s.view.Refresh()
	}
	s.load = func() { bridge.Load(w.bg, &slot, w.db.LeaveOuts, draw) }
	return s
}

func leftOutRow(r data.LeaveOut, w *window) fyne.CanvasObject {
	detail := "since " + data.ShortDate(r.At, w.now()) + "; " + data.Counted(r.Forgot, "mail", "mails") + " forgotten, " + thousands(r.Skipped) + " left on servers"
	lift := kit.NewLink("Read again", func() {
		w.write("", func(tx *store.Tx) error { return tx.Lift(r.ID) }, func() { w.say("No longer left out: " + r.Words()) })
	})
	row := kit.NewColumns(14, []kit.Col{kit.Flex(1), kit.Fit()},
		kit.NewStack(0, kit.NewText(kit.Body, upperFirst(r.Words())).Bending(), kit.NewText(kit.Small, detail).In(kit.Ink3).Bending()), lift)
	return kit.NewStack(0, kit.NewPad(7, 0, 7, 0, row), kit.NewHairline())
}
