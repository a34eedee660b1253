package app

import (
	"context"
	"os"
	"path/filepath"
	"strings"

	"rapport/app/bridge"
	"rapport/app/kit"
	"rapport/data"
	"rapport/data/store"
)

// chooseFolder asks for the folder of a workspace and opens it.
func (s *session) chooseFolder() {
	path := kit.NewField("the folder that holds rapport.db")
	path.SetText(filepath.Dir(s.home) + string(filepath.Separator))
	form := newForm(s.bg)
	form.field("Folder", path)
	var o *kit.Overlay
	open := func() {
		dir := expandHome(strings.TrimSpace(path.Text()))
		form.waiting("Looking there")
		bridge.Load(s.bg, &form.slot, func(context.Context) (bool, error) { return store.Exists(dir), nil }, func(there bool, _ error) {
			if !there {
				form.say(&data.Problem{Kind: data.NoWorkspace, About: dir})
				return
			}
			o.Close()
			s.openWorkspace(dir)
		})
	}
	path.OnSubmit = func(string) { open() }
	path.OnEscape = func() { o.Close() }
	o = kit.NewOverlay(kit.DialogWidth, kit.NewDialog("package-open", kit.Neutral, "Open a workspace", form.body(), "",
		kit.NewButton(kit.Plain, "Cancel", func() { o.Close() }), kit.NewButton(kit.Primary, "Open", open).WithKey("Enter")))
	form.changed = o.Relayout
	o.Open(s.win.Canvas(), path.Focusable())
}

// expandHome reads a leading ~ as the person's own folder.
func expandHome(path string) string {
	rest, ok := strings.CutPrefix(path, "~")
	home, err := os.UserHomeDir()
	if !ok || err != nil || rest != "" && rest[0] != filepath.Separator {
		return path
	}
	return filepath.Join(home, rest)
}
