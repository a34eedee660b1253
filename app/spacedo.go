package app

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"

	"rapport/app/bridge"
	"rapport/app/kit"
	"rapport/data"
	"rapport/data/store"
	"rapport/sync/space"
)

// exchangeName is what exchanging is called wherever it is offered.
const exchangeName = "Exchange with the others now"

// exchange exchanges with a space's place once.
func (w *window) exchange(s data.Space) {
	if s.ID == "" || !w.canShare() || w.frozen() {
		return
	}
	if w.exchanging[s.ID] {
		w.say("Exchanging with " + s.Name + " already")
		return
	}
	w.exchanging[s.ID] = true
	w.say("Exchanging with " + s.Name)
	var words string
	bridge.Act(w.bg, func(ctx context.Context) (err error) {
		words, err = w.sharer.Exchange(ctx, s.ID)
		return err
	}, func(err error) {
		delete(w.exchanging, s.ID)
		if err != nil {
			w.fail(err)
		} else {
			w.say(s.Name + ": " + words)
		}
		w.reload()
		w.refreshState()
	})
}

// spaceKinds are the choices of the form, in their order.
var spaceKinds = []data.SpaceKind{data.TeamSpace, data.JointSpace}

// kindNotes say what each kind is for.
var kindNotes = []string{
	"For you and your colleagues: whole accounts, with all that you know of them. Everybody in it sees all of it.",
	"For one audience outside: what you put there on purpose, and nothing else. Make another one for who may not see the same.",
}

// ownName asks who somebody is, where that is not known yet: the others of a space
// need to know.
type ownName struct {
	w     *window
	field *kit.Field // nil where it is known
}

// withOwnName begins a form that needs to know who we are: add, called by the form,
// asks for it where nobody said it yet.
func (w *window) withOwnName(begin func(add func(*form) ownName)) {
	bridge.Load(w.bg, &w.goSlot, func(ctx context.Context) (string, error) { return w.db.Setting(ctx, store.SettingUserName) }, func(name string, err error) {
		if err != nil {
			w.fail(err)
			return
		}
		begin(func(f *form) ownName {
			n := ownName{w: w}
			if name == "" {
				n.field = f.field("Your name", kit.NewField("as the others know you"))
			}
			return n
		})
	})
}

// missing says why it cannot be kept, or nil.
func (n ownName) missing() error {
	if n.field != nil && strings.TrimSpace(n.field.Text()) == "" {
		return &data.Invalid{Field: "name", Says: "say your name; the others need to know who you are"}
	}
	return nil
}

// keep keeps the name, as Settings would.
func (n ownName) keep(ctx context.Context, typed string) error {
	if typed == "" {
		return nil
	}
	_, err := n.w.db.Write(ctx, "", func(tx *store.Tx) error { return tx.PutSetting(store.SettingUserName, typed) })
	return err
}

// typed is what was typed, "" where it was known.
func (n ownName) typed() string {
	if n.field == nil {
		return ""
	}
	return strings.TrimSpace(n.field.Text())
}

// askNewSpace asks for a name, a kind and a folder, and makes a space.
func (w *window) askNewSpace() { w.withOwnName(w.newSpaceForm) }

func (w *window) newSpaceForm(ask func(*form) ownName) {
	f := newForm(w.bg)
	name := f.field("Name", kit.NewField("Larkfield team"))
	note := kit.NewParagraph(kit.Small, kit.Ink2, kindNotes[0])
	kind := kit.NewSegmented([]string{"Ours only", "With customers or partners"}, 0, func(on int) {
		note.Set(kit.Span{Text: kindNotes[on], Role: kit.Small, Tint: kit.Ink2})
	})
	f.add("Kind", kit.NewRow(0, kind))
	f.rows = append(f.rows, besideLabel(note))
	own := ask(f)
	at := placeIn(f, "one that all of you see, as ~/Nextcloud/rapport", "tls://nats1.larkfield.example:4222",
		"A shared drive, Nextcloud, OneDrive or Syncthing. What lies in it is encrypted; your workspace itself stays where it is.")
	w.dialogSharing(f, "users", "Make a space", "Make it", func() {
		if strings.TrimSpace(name.Text()) == "" {
			f.say(&data.Invalid{Field: "name", Says: "a space needs a name"})
			return
		}
		where, err := at.answer()
		if err = cmp.Or(own.missing(), err); err != nil {
			f.say(err)
			return
		}
		me := own.typed()
		w.sharing(f, "Making it", func(ctx context.Context) (data.Space, error) {
			if err := own.keep(ctx, me); err != nil {
				return data.Space{}, err
			}
			if where.folder != "" {
				if err := os.MkdirAll(where.folder, 0o755); err != nil {
					return data.Space{}, err
				}
			}
			place, err := placeOf(ctx, w.sharer, where, nil)
			if err != nil {
				return data.Space{}, err
			}
			return w.sharer.Create(ctx, strings.TrimSpace(name.Text()), spaceKinds[kind.On], place)
		}, func(s data.Space) string { return s.Name + " is made; invite the others with I" })
	})
}

// besideLabel puts words under a field, beside its label's column.
func besideLabel(o fyne.CanvasObject) fyne.CanvasObject {
	return kit.NewColumns(12, []kit.Col{kit.Fixed(labelWidth), kit.Flex(1)}, kit.NewSpring(), o)
}

// invitationsMost is how long an invitation's file may be.
const invitationsMost = 1 << 20

// askJoin asks for an invitation's file and the folder, and joins the space.
func (w *window) askJoin() { w.askJoinWith("") }

// askJoinWith is askJoin with an invitation's file, or "".
func (w *window) askJoinWith(invitation string) {
	w.withOwnName(func(ask func(*form) ownName) { w.joinForm(invitation, ask) })
}

func (w *window) joinForm(invitation string, ask func(*form) ownName) {
	f := newForm(w.bg)
	file := f.field("Invitation", kit.NewField("the file that you were sent, or the code"))
	file.SetText(invitation)
	own := ask(f)
	at := placeIn(f, "the one that all of you see, as ~/Nextcloud/rapport", "the one that the invitation names", "")
	f.rows = append(f.rows, besideLabel(kit.NewParagraph(kit.Small, kit.Ink2, "The space opens once whoever invited you has exchanged again. An invitation works once.")))
	w.dialogSharing(f, "key-round", "Join a space", "Join", func() {
		typed := strings.TrimSpace(file.Text())
		path := ownPath(typed)
		if path == "" {
			f.say(&data.Invalid{Field: "invitation", Says: "name the invitation’s file, or type its code"})
			return
		}
		where, err := at.answer()
		if err = cmp.Or(own.missing(), err); err != nil {
			f.say(err)
			return
		}
		me := own.typed()
		w.sharing(f, "Joining", func(ctx context.Context) (data.Space, error) {
			if err := own.keep(ctx, me); err != nil {
				return data.Space{}, err
			}
			if space.IsCode(typed) {
				place, err := placeOf(ctx, w.sharer, where, nil)
				if err != nil {
					return data.Space{}, err
				}
				return w.sharer.JoinByCode(ctx, typed, place)
			}
			body, err := readInvitation(path)
			if err != nil {
				return data.Space{}, err
			}
			place, err := placeOf(ctx, w.sharer, where, w.sharer.Hint(body))
			if err != nil {
				return data.Space{}, err
			}
			return w.sharer.Join(ctx, body, place)
		}, func(s data.Space) string { return "Your answer to " + s.Name + " is given" })
	})
}

func readInvitation(path string) ([]byte, error) {
	at, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, &data.Invalid{Field: "invitation", Says: "there is no file " + filepath.Base(path) + "; look where you saved it"}
	case err != nil:
		return nil, err
	case at.IsDir() || at.Size() > invitationsMost:
		return nil, &data.Invalid{Field: "invitation", Says: filepath.Base(path) + " is no invitation"}
	}
	return os.ReadFile(path)
}

// dialogSharing is dialog for what leaves the laptop or cannot be undone.
func (w *window) dialogSharing(f *form, icon, title, verb string, do func()) {
	if w.frozen() || !w.canShare() {
		return
	}
	button := kit.NewButton(kit.Primary, verb, do).WithKey("Enter")
	o := kit.NewOverlay(kit.DialogWidth, kit.NewDialog(icon, kit.Ours, title, f.body(), "", kit.NewButton(kit.Plain, "Cancel", w.dismiss), button))
	f.changed, f.buttons = o.Relayout, button
	for _, field := range f.fields {
		field.OnSubmit = func(string) { do() }
	}
	w.pop(o, f.fields[0].Focusable())
}

// sharing makes or joins a space off the window's goroutine and shows it; what goes
// wrong is said in the form, which stays.
func (w *window) sharing(f *form, waiting string, do func(context.Context) (data.Space, error), said func(data.Space) string) {
	f.waiting(waiting)
	bridge.Load(w.bg, &f.slot, do, func(s data.Space, err error) {
		if err != nil {
			f.say(exportTrouble(err))
			return
		}
		w.dismiss()
		w.openAt(route{place: placeSharing}, target{item: s.ID})
		w.say(said(s))
	})
}
