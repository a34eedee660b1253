package app

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"rapport/app/bridge"
	"rapport/app/kit"
	"rapport/data"
	"rapport/data/store"
)

// putJointName is what putting a plan into a joint space is called wherever it is
// offered.
const putJointName = "Put it into a joint space"

// putJoint offers the joint spaces for what is shown of the plan.
func (v *planPreview) putJoint() {
	t, w := v.t, v.t.p.w
	if w.frozen() {
		return
	}
	var spaces []data.JointStand
	for _, s := range t.answer.in.Joint {
		if s.MayPut {
			spaces = append(spaces, s)
		}
	}
	if len(spaces) == 0 {
		w.open(route{place: placeSharing})
		w.say("There is no joint space to put this plan into; make one here, for the customer or a partner")
		return
	}
	newJointPut(t, spaces).ask()
}

// jointPut asks which joint space a plan goes into, and shows what its members will
// read otherwise before the yes.
type jointPut struct {
	*form
	t       *planTab
	spaces  []data.JointStand
	which   *kit.Segmented // nil where there is one
	preview *kit.Stack
	look    store.JointLook
	ready   bool // look is of the space that is chosen
	slot    bridge.Slot
}

func newJointPut(t *planTab, spaces []data.JointStand) *jointPut {
	f := &jointPut{form: newForm(t.p.w.bg), t: t, spaces: spaces, preview: kit.NewStack(0)}
	var names []string
	for _, s := range spaces {
		names = append(names, s.Space.Name)
	}
	if len(spaces) > 1 {
		f.which = kit.NewSegmented(names, 0, func(int) { f.see() })
		f.add("Into", kit.NewRow(0, f.which))
	}
	f.rows = append(f.rows, f.preview)
	return f
}

func (f *jointPut) chosen() data.JointStand {
	if f.which == nil {
		return f.spaces[0]
	}
	return f.spaces[f.which.On]
}

// ask shows the dialog.
func (f *jointPut) ask() {
	w := f.t.p.w
	cancel := kit.NewButton(kit.Plain, "Cancel", w.dismiss)
	yes := kit.NewButton(kit.Primary, "Put it there", f.put)
	o := kit.NewOverlay(composeWidth, kit.NewDialog("handshake", kit.Customer, "Put the plan of "+f.t.answer.in.Account.Name+" into a joint space", f.body(), "What others have read cannot be unread", cancel, yes))
	o.OnClose = f.slot.Drop
	f.changed = o.Relayout
	f.see()
	w.pop(o, cancel)
}

// see asks what would change in the space that is chosen.
func (f *jointPut) see() {
	f.ready = false
	w, account, space := f.t.p.w, f.t.p.id, f.chosen().Space.ID
	bridge.Load(w.bg, &f.slot, func(ctx context.Context) (store.JointLook, error) {
		return w.db.LookJoint(ctx, account, space, w.now())
	}, func(l store.JointLook, err error) {
		if err != nil {
			f.say(err)
			return
		}
		f.look, f.ready = l, true
		f.draw()
	})
}

// changesListed is how many lines the preview of a put names.
const changesListed = 14

func (f *jointPut) draw() {
	l := f.look
	readers := "Nobody of theirs is in " + l.Stand.Space.Name + " yet; whoever you invite reads it."
	if names := memberNames(l.Stand.Guests()); len(names) > 0 {
		readers = data.JoinAnd(names) + " will read this, and nothing else of your account."
	}
	rows := []fyne.CanvasObject{kit.NewParagraph(kit.Body, kit.Ink, readers), kit.NewSpace(6),
		kit.NewSectionHead(kit.BodyBold, "Reads otherwise there", countWord(len(l.Changes)), nil)}
	for i, c := range l.Changes {
		if i == changesListed {
			rows = append(rows, kit.NewSpace(6), kit.NewText(kit.Small, "and "+data.Counted(len(l.Changes)-changesListed, "other line", "other lines")).In(kit.Ink2))
			break
		}
		if i > 0 && c.Section == l.Changes[i-1].Section {
			c.Section = "" // it stands over it
		}
		rows = append(rows, jointChangeRow(c), kit.NewHairline())
	}
	if len(l.Changes) == 0 {
		rows = append(rows, kit.NewSpace(6), kit.NewParagraph(kit.Small, kit.Ink2, "Nothing: the plan is there as it is."))
	}
	if len(l.Held) > 0 {
		rows = append(rows, kit.NewSpace(8), kit.NewParagraph(kit.Small, kit.Ink2, upperFirst(heldWords(l.Held))))
	}
	f.preview.Set(rows...)
	if f.changed != nil {
		f.changed()
	}
}

func memberNames(list []data.Member) (names []string) {
	for _, m := range list {
		names = append(names, m.Name)
	}
	return names
}

// jointChangeRow is one line that will read otherwise.
func jointChangeRow(c data.JointChange) fyne.CanvasObject {
	icon, words, below := "plus", c.Becomes, ""
	switch {
	case c.Becomes == "":
		icon, words = "x", c.Was
	case c.Was != "":
		icon, below = "pen-line", "in place of "+c.Was
	}
	lines := []fyne.CanvasObject{kit.NewParagraph(kit.Body, kit.Ink, words).AtMost(2)}
	if below != "" {
		lines = append(lines, kit.NewParagraph(kit.Small, kit.Ink2, below).AtMost(2))
	}
	return kit.NewPad(5, 0, 5, 0, kit.NewColumns(10, []kit.Col{kit.Fixed(16).AtTop(), kit.Fixed(140).AtTop(), kit.Flex(1)},
		kit.NewPad(1, 0, 0, 0, kit.NewIcon(icon, 14, kit.Ink3)), kit.NewText(kit.Small, c.Section).In(kit.Ink2).Bending(), kit.NewStack(0, lines...)))
}

// put writes what was shown.
func (f *jointPut) put() {
	if !f.ready {
		return
	}
	w, l := f.t.p.w, f.look
	w.keep(f.form, "Plan of "+l.Plan.Title+" put into "+l.Stand.Space.Name, func(tx *store.Tx) error {
		_, err := tx.PutJoint(l)
		return err
	}, func() {
		w.say(l.Plan.Title + " is in " + l.Stand.Space.Name + " now; the others read it once you and they have exchanged")
	})
}

// jointRows say in which joint spaces the plan stands, and what reads otherwise there.
func (v *planPane) jointRows() (rows []fyne.CanvasObject) {
	in := v.t.answer.in
	now := data.JointPlanOf(in.Account, data.JointSheet(v.t.answer.page.Sheet, in.Now), v.t.answer.me, in.Now)
	for _, s := range in.Joint {
		if !s.There() || v.t.p.back.on() {
			continue
		}
		detail := "It reads as it does here."
		links := []fyne.CanvasObject{kit.NewLink("Open", func() { v.t.p.w.openJoint(s) })}
		if n := len(data.JointChanges(s.Plan, now, in.Now)); n > 0 {
			detail = data.Counted(n, "line reads", "lines read") + " otherwise here by now."
			if s.MayPut {
				links = append(links, kit.NewLink("Put it there anew", func() { newJointPut(v.t, []data.JointStand{s}).ask() }))
			}
		}
		if s.MayPut {
			links = append(links, kit.NewLink("Take it back", func() { v.t.takeBackJoint(s) }))
		}
		rows = append(rows, told("handshake", kit.Theirs, "In “"+s.Space.Name+"” since "+dayOf(s.Plan.Put, in.Now), detail, links...), kit.NewHairline())
	}
	return rows
}

// takeBackJoint asks whether a plan goes from a joint space.
func (t *planTab) takeBackJoint(s data.JointStand) {
	w := t.p.w
	f := newForm(w.bg)
	readers := ""
	if names := memberNames(s.Guests()); len(names) > 0 {
		readers = data.JoinAnd(names) + " no longer see it once you and they have exchanged. "
	}
	f.rows = append(f.rows, kit.NewParagraph(kit.Body, kit.Ink, strings.TrimSpace(readers+"What was answered to it goes too. What was read cannot be unread.")))
	cancel := kit.NewButton(kit.Plain, "Leave it there", w.dismiss)
	o := kit.NewOverlay(kit.DialogWidth, kit.NewDialog("handshake", kit.Caution, "Take the plan out of "+s.Space.Name, f.body(), "", cancel, kit.NewButton(kit.Danger, "Take it back", func() {
		w.keep(f, "Plan of "+s.Plan.Title+" taken out of "+s.Space.Name, func(tx *store.Tx) error { return tx.TakeBackJointPlan(s.Space.ID, s.Plan.Account) }, nil)
	})))
	f.changed = o.Relayout
	w.pop(o, cancel)
}
