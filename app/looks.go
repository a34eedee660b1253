package app

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"fyne.io/fyne/v2"

	"rapport/app/bridge"
	"rapport/app/kit"
	"rapport/data/store"
)

// looks is how a person wants the window: kept in the workspace's settings.
type looks struct {
	theme string // "light", "dark" or "" for the system's
	scale int    // percent; 0 is 100
}

// textSizes are the text scales that can be chosen, in percent.
var textSizes = []int{90, 100, 115, 130, 150}

func readLooks(ctx context.Context, db *store.DB) (l looks, err error) {
	if l.theme, err = db.Setting(ctx, store.SettingTheme); err != nil {
		return l, err
	}
	scale, err := db.Setting(ctx, store.SettingTextScale)
	l.scale, _ = strconv.Atoi(scale) // a setting that cannot be read is none
	return l, err
}

func (l looks) percent() int {
	if l.scale == 0 {
		return 100
	}
	return l.scale
}

func (l looks) kitTheme() *kit.Theme {
	return kit.NewTheme(map[string]kit.Look{"light": kit.Light, "dark": kit.Dark}[l.theme], float32(l.percent())/100)
}

// wear shows the window in its looks.
func (w *window) wear(l looks) {
	w.looks = l
	kit.Wear(w.app, l.kitTheme())
}

// setTheme changes and keeps the theme.
func (w *window) setTheme(theme string) {
	w.wear(looks{theme, w.looks.scale})
	w.keepSetting(store.SettingTheme, theme)
}

// setScale changes and keeps the text size, in percent.
func (w *window) setScale(percent int) {
	w.wear(looks{w.looks.theme, percent})
	w.keepSetting(store.SettingTextScale, strconv.Itoa(percent))
	w.say(fmt.Sprintf("Text at %d %%", percent))
}

// scaleBy goes to the next larger or smaller text size.
func (w *window) scaleBy(step int) {
	at, _ := slices.BinarySearch(textSizes, w.looks.percent())
	w.setScale(textSizes[min(max(at+step, 0), len(textSizes)-1)])
}

// keepSetting keeps a setting without offering undo: what it does can be seen.
func (w *window) keepSetting(key, value string) {
	bridge.Act(w.bg, func(ctx context.Context) error {
		_, err := w.db.Write(ctx, "", func(tx *store.Tx) error { return tx.PutSetting(key, value) })
		return err
	}, func(err error) {
		if err != nil {
			w.fail(err)
		}
	})
}

// viewing are the commands that change how the window looks.
func (w *window) viewing() []command {
	theme := func(name, value, words string) command {
		return command{name: name, words: words + " theme colours looks", icon: "palette", menu: menuView,
			when: func() bool { return w.looks.theme != value }, do: func() { w.setTheme(value) }}
	}
	scale := func(name string, key fyne.KeyName, do func()) command {
		return command{name: name, words: "text size zoom scale font", icon: "palette", chord: primary(key), menu: menuView, do: do}
	}
	return []command{
		theme("Light theme", "light", "bright day"),
		theme("Dark theme", "dark", "night"),
		theme("Theme of the system", "", "automatic"),
		scale("Larger text", fyne.KeyEqual, func() { w.scaleBy(1) }),
		scale("Smaller text", fyne.KeyMinus, func() { w.scaleBy(-1) }),
		scale("Normal text", fyne.Key0, func() { w.setScale(100) }),
	}
}
