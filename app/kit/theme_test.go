package kit

import (
	"testing"

	"fyne.io/fyne/v2"
)

func TestWearSetsATheme(t *testing.T) {
	look(t, Light, 1)
	app := fyne.CurrentApp()
	worn := app.Settings().Theme()
	for name, c := range map[string]struct {
		theme *Theme
		set   bool
	}{
		"the same":       {NewTheme(Light, 1), false},
		"another look":   {NewTheme(Dark, 1), true},
		"another size":   {NewTheme(Light, 1.2), true},
		"no size is one": {NewTheme(Light, 0), false},
	} {
		t.Run(name, func(t *testing.T) {
			app.Settings().SetTheme(worn)
			Wear(app, c.theme)
			if set := app.Settings().Theme() != worn; set != c.set {
				t.Errorf("set: %v, want %v", set, c.set)
			}
		})
	}
}
