package app

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"

	"rapport/app/bridge"
	"rapport/app/kit"
	"rapport/data"
)

// invitedRoles are the roles of the form, in their order, with what each means.
var invitedRoles = []struct {
	role data.SpaceRole
	name string
	note string
}{
	{data.Editor, "Editor", "Writes everything in the space."},
	{data.Contributor, "Contributor", "Reads everything, and writes calls, visits, notes and comments."},
	{data.Reader, "Reader", "Reads everything, and changes nothing."},
	{data.Admin, "Admin", "As an editor, and invites, removes and gives roles to others."},
}

// invitedSides are the sides of the form, in their order.
var invitedSides = []data.Side{data.Us, data.Customer, data.Partner}

// askInvite asks whom to invite and as what, and saves the invitation.
func (w *window) askInvite(e data.SpaceEntry) {
	if !w.canShare() {
		return
	}
	bridge.Load(w.bg, &w.goSlot, func(context.Context) (string, error) { return exportFolder(), nil }, func(folder string, _ error) { w.showInvite(e, folder) })
}

func (w *window) showInvite(e data.SpaceEntry, folder string) {
	f := newForm(w.bg)
	name := f.field("Name", kit.NewField("Elin Sandvik"))
	note := kit.NewParagraph(kit.Small, kit.Ink2, invitedRoles[0].note)
	roles := make([]string, len(invitedRoles))
	for i, r := range invitedRoles {
		roles[i] = r.name
	}
	role := kit.NewSegmented(roles, 0, func(on int) {
		note.Set(kit.Span{Text: invitedRoles[on].note, Role: kit.Small, Tint: kit.Ink2})
	})
	f.add("Role", kit.NewRow(0, role))
	f.rows = append(f.rows, besideLabel(note))
	side := kit.NewSegmented([]string{"Us", "Customer", "Partner"}, 0, nil)
	if e.Space.Kind == data.JointSpace {
		side.On = 1
	}
	f.add("Side", kit.NewRow(0, side))
	discipline := f.field("Discipline", kit.NewField("sales, support, delivery, finance"))
	history := kit.NewSegmented([]string{"With what was written before", "From now on"}, 0, nil)
	f.add("Sees", kit.NewRow(0, history))
	way := kit.NewSegmented([]string{"A file", "A short code"}, 0, nil)
	f.add("Way", kit.NewRow(0, way))
	begin := len(f.rows)
	file := f.field("File", kit.NewField("invitation.rapport"))
	file.SetText(filepath.Join(folder, fileName("Invitation to "+e.Space.Name)+".rapport"))
	named := false // the person chose the file's name
	file.OnChanged = func(string) { named = true }
	name.OnChanged = func(s string) {
		if !named {
			file.SetText(filepath.Join(filepath.Dir(file.Text()), fileName("Invitation of "+strings.TrimSpace(s)+" to "+e.Space.Name)+".rapport"))
			named = false
		}
	}
	f.rows = append(f.rows, besideLabel(kit.NewParagraph(kit.Small, kit.Ink2, "The file lets whoever has it in, once and within 14 days. Send it by a way that only they read.")))
	ofFile := f.rows[begin:len(f.rows):len(f.rows)]
	ofCode := besideLabel(kit.NewParagraph(kit.Small, kit.Ink2, "To say on the telephone, good for 14 days. Who joins with it waits here until you have compared their fingerprint."))
	ofCode.Hide()
	f.rows = append(f.rows, ofCode)
	way.OnChange = func(on int) {
		for _, row := range ofFile {
			setShown(row, on == 0)
		}
		setShown(ofCode, on == 1)
		if f.changed != nil {
			f.changed()
		}
	}
	w.dialogSharing(f, "user-round-plus", "Invite into "+e.Space.Name, "Make the invitation", func() {
		who := data.Invitee{Name: name.Text(), Role: invitedRoles[role.On].role, Side: invitedSides[side.On], Discipline: discipline.Text(), History: history.On == 0}.Tidy()
		if err := who.Check(); err != nil {
			f.say(err)
			return
		}
		if way.On == 1 {
			w.makeCode(f, e.Space, who)
			return
		}
		w.saveInvitation(f, e.Space, who, ownPath(strings.TrimSpace(file.Text())))
	})
}

// setShown shows or hides a row of a form.
func setShown(o fyne.CanvasObject, shown bool) {
	if shown {
		o.Show()
	} else {
		o.Hide()
	}
}

// makeCode makes a short code and tells it.
func (w *window) makeCode(f *form, s data.Space, who data.Invitee) {
	f.waiting("Making the code")
	bridge.Load(w.bg, &f.slot, func(ctx context.Context) (string, error) { return w.sharer.InviteByCode(ctx, s.ID, who) }, func(code string, err error) {
		if err != nil {
			f.say(exportTrouble(err))
			return
		}
		w.dismiss()
		w.reload()
		w.showCode(s, who, code)
	})
}

// saveInvitation makes an invitation and writes it to a new file that only its owner
// reads. The space is exchanged, so that the others know of it.
func (w *window) saveInvitation(f *form, s data.Space, who data.Invitee, path string) {
	if path == "" {
		f.say(&data.Invalid{Field: "file", Says: "say where the invitation is saved"})
		return
	}
	f.waiting("Making the invitation")
	bridge.Load(w.bg, &f.slot, func(ctx context.Context) (struct{}, error) {
		file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if errors.Is(err, os.ErrExist) {
			return struct{}{}, &data.Invalid{Field: "file", Says: path + " is there already; choose another name"}
		}
		if err != nil {
			return struct{}{}, err
		}
		body, err := w.sharer.Invite(ctx, s.ID, who)
		if err == nil {
			_, err = file.Write(body)
		}
		if err = errors.Join(err, file.Close()); err != nil {
			err = errors.Join(err, os.Remove(path))
		}
		return struct{}{}, err
	}, func(_ struct{}, err error) {
		if err != nil {
			f.say(exportTrouble(err))
			return
		}
		w.dismiss()
		w.exchange(s)
		w.say("The invitation of " + who.Name + " is saved in " + path)
	})
}
