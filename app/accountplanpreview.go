package app

import (
	"time"

	"fyne.io/fyne/v2"

	"rapport/app/kit"
	"rapport/data"
)

// planPreview shows exactly what the customer will see of a plan, in the frame of
// what is shared, before their page is saved. It is made from the joint version and
// from nothing else.
type planPreview struct {
	t     *planTab
	joint data.JointPage
	now   time.Time
	rows  []planRow
	words *kit.Line
	held  *kit.Paragraph
	list  *kit.List
	view  fyne.CanvasObject
}

func newPlanPreview(t *planTab) *planPreview {
	v := &planPreview{t: t, list: kit.NewList(), words: kit.NewLine().Bending(), held: kit.NewParagraph(kit.Small, kit.Ink2, "")}
	fillPlanRows(v.list, func() []planRow { return v.rows }, func() time.Time { return v.now }, func() planLook {
		return planLook{now: v.now, page: v.joint.Sheet, locked: true}
	})
	save := kit.NewSmallButton(kit.Plain, "Save this page", v.save).WithKey(primary(fyne.KeyP).words(system))
	put := kit.NewSmallButton(kit.Primary, putJointName, v.putJoint).WithKey("S")
	back := kit.NewSmallButton(kit.Plain, "Back", v.end).WithKey("Esc")
	head := kit.NewStack(4, kit.NewSpread(8, v.words, kit.NewRow(8, put, save, back)), v.held)
	frame := kit.NewPanel(kit.Clear, 10, 2, kit.NewPad(4, 0, 4, 0, v.list))
	frame.Border, frame.Stroke = kit.Theirs, 2
	v.view = filled(kit.NewPad(8, 32, 8, 32, head), kit.NewPad(0, 20, 14, 20, frame))
	return v
}

// begin shows their version of the page that is in view.
func (v *planPreview) begin() {
	t := v.t
	v.now, v.joint = t.answer.in.Now, data.JointSheet(t.answer.page.Sheet, t.answer.in.Now)
	v.rows = planRows(withWhole(v.joint.Sections, func(string) bool { return true }))
	who := "they"
	if c := t.answer.page.Known.Who; c.ID != "" {
		who = data.FirstName(c.Name)
	}
	v.words.Set(kit.Span{Icon: "eye", Tint: kit.Theirs}, kit.Span{Text: "What " + who + " will see", Role: kit.BodyBold, Gap: 6}, kit.Span{Text: v.joint.Foot, Role: kit.Small, Tint: kit.Ink2, Gap: 8})
	v.held.Set(kit.Span{Text: heldWords(v.joint.Held), Role: kit.Small, Tint: kit.Ink2})
	v.held.Hidden = len(v.joint.Held) == 0
	t.preview = v
	t.showWhole()
	v.list.Reload()
	v.list.Select(0)
	v.list.ToOffset(0)
	t.p.w.refreshChrome()
	t.p.w.canvas.Unfocus() // the list of the plan would swallow every key
	t.p.w.refocus()
}

// heldWords say which lines are held back for a word in them.
func heldWords(held []data.HeldBack) string {
	words := data.Counted(len(held), "line is", "lines are") + " held back for a word that only you use: "
	for i, h := range held {
		if i > 0 {
			words += "; "
		}
		words += "“" + h.Text + "” (" + h.Word + ")"
	}
	return words + "."
}

func (v *planPreview) end() {
	t := v.t
	t.preview = nil
	t.showWhole()
	t.p.w.refreshChrome()
	t.p.w.canvas.Unfocus()
	t.p.w.refocus()
}

// save asks for a file and saves the version that is shown.
func (v *planPreview) save() {
	t, joint, now := v.t, v.joint.Sheet, v.now
	t.p.w.askSheet("Save what they will see of "+t.answer.in.Account.Name, fileName(t.answer.in.Account.Name+" together"), nil,
		sheetSaving{account: t.p.id, sheet: joint, now: now, correctable: true})
}

func (v *planPreview) hints() []hint {
	return []hint{{[]string{"J", "K"}, "move"}, {[]string{"S"}, "into a joint space"}, {[]string{primary(fyne.KeyP).words(system)}, "save this page"}, {[]string{"Esc"}, "back to the plan"}}
}

func (v *planPreview) commands() []command {
	return append(moveCommands(v.list),
		command{name: putJointName, words: "share customer partner publish", icon: "handshake", key: "S", do: v.putJoint},
		command{name: "Save what they will see", words: "export pdf html markdown file joint page", icon: "printer", chord: primary(fyne.KeyP), menu: menuFile, do: v.save},
		command{name: "Back to the plan", words: "close preview", icon: "x", key: "Esc", do: v.end})
}
