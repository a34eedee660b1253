package app

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"rapport/app/bridge"
	"rapport/app/kit"
	"rapport/assets"
	"rapport/data"
	"rapport/data/store"
)

// plainSection is a section whose view is a scrolling column under a title.
func plainSection(tab, icon, name, text string, body fyne.CanvasObject) section {
	head := kit.NewStack(4, kit.NewText(kit.Display, name).Bending(), kit.NewParagraph(kit.Body, kit.Ink2, text))
	view := kit.NewScroll(kit.NewPad(18, 40, 26, 26, kit.NewStack(18, head, body)))
	return section{tab: tab, icon: icon, name: name, view: view, load: func() {}}
}

// newIgnoredSection lists who is no customer, by a person's word.
func newIgnoredSection(w *window) section {
	var slot bridge.Slot
	rows := kit.NewStack(0)
	s := plainSection("ignored", "eye-off", "Never filed", "Mail and meetings of these are kept, but stand on no timeline and do not wait in Filing.", rows)
	draw := func(known data.Known, err error) {
		if err != nil {
			rows.Set(failedView(err, s.load))
			s.view.Refresh()
			return
		}
		var items []fyne.CanvasObject
		for _, d := range sortedKeys(known.OwnDomains) {
			items = append(items, ruleRow("@"+d, "colleagues", nil))
		}
		for _, pattern := range sortedKeys(known.Ignored) {
			items = append(items, ruleRow(pattern, "your rule", func() {
				w.write(pattern+" is asked about again", func(tx *store.Tx) error { return tx.Heed(pattern) }, nil)
			}))
		}
		if len(items) == 0 {
			items = append(items, kit.NewParagraph(kit.Body, kit.Ink3, "Nobody is left out. In Filing, N says that a sender is no customer."))
		}
		rows.Set(items...)
		s.view.Refresh()
	}
	s.load = func() { bridge.Load(w.bg, &slot, w.db.Known, draw) }
	return s
}

func sortedKeys(set map[string]bool) []string {
	var keys []string
	for k, in := range set {
		if in {
			keys = append(keys, k)
		}
	}
	slices.Sort(keys)
	return keys
}

func ruleRow(pattern, why string, takeBack func()) fyne.CanvasObject {
	var right fyne.CanvasObject = kit.NewSpring()
	if takeBack != nil {
		right = kit.NewLink("Take back", takeBack)
	}
	row := kit.NewColumns(14, []kit.Col{kit.Flex(1), kit.Fit(), kit.Fixed(64)}, kit.NewText(kit.Body, pattern).Bending(), kit.NewTag(kit.Neutral, "", why), right)
	return kit.NewStack(0, kit.NewPad(7, 0, 7, 0, row), kit.NewHairline())
}

// newLooksSection is where theme and text size are chosen.
func newLooksSection(w *window) section {
	themes := []string{"", "light", "dark"}
	theme := kit.NewSegmented([]string{"As the system", "Light", "Dark"}, 0, func(i int) { w.setTheme(themes[i]) })
	var names []string
	for _, size := range textSizes {
		names = append(names, fmt.Sprintf("%d %%", size))
	}
	scale := kit.NewSegmented(names, 0, func(i int) { w.setScale(textSizes[i]) })
	form := newForm(w.bg)
	form.add("Theme", kit.NewRow(0, theme))
	form.add("Text size", kit.NewRow(0, scale))
	s := plainSection("looks", "palette", "Looks", "They are this workspace's, and count at once.", form.body())
	s.load = func() {
		theme.On = max(slices.Index(themes, w.looks.theme), 0)
		scale.On = max(slices.Index(textSizes, w.looks.percent()), 0)
		theme.Refresh()
		scale.Refresh()
	}
	return s
}

// newKeysSection lists every key.
func newKeysSection(w *window) section {
	rows := kit.NewStack(0)
	s := plainSection("keys", "keyboard", "Keys", "Letters work while nobody types in a field. Each page has keys of its own: ? shows them there.", rows)
	s.load = func() {
		var items []fyne.CanvasObject
		for _, c := range w.keyed() {
			items = append(items, keyRow(c))
		}
		rows.Set(items...)
		s.view.Refresh()
	}
	return s
}

// newAboutSection says which program this is, where the data lies and whose work
// is in it.
func newAboutSection(w *window) section {
	var slot bridge.Slot
	rows := kit.NewStack(0)
	s := plainSection("about", "info", "About", "Rapport keeps one person's workspace in a folder on this laptop. No account, no cloud, no tracking.", rows)
	s.load = func() {
		bridge.Load(w.bg, &slot, func(context.Context) (int64, error) { return sizeOf(w.db) }, func(size int64, err error) {
			where := func() string {
				if w.keys == nil {
					return "not asked yet"
				}
				return w.keys.Where()
			}()
			items := []fyne.CanvasObject{
				knownFact("Version", strings.TrimPrefix(versionWords(w.app), "Version ")),
				knownFact("Workspace", w.db.Dir()),
			}
			if err == nil {
				items = append(items, knownFact("Size", sizeWords(size)))
			}
			items = append(items, knownFact("Passwords", where), knownFact("Licence", "MIT"))
			items = append(items, kit.NewSpace(12), kit.NewRow(8, kit.NewSmallButton(kit.Plain, "Copy the folder's path", func() { w.copy(w.db.Dir()) }).WithIcon("copy"),
				openAnother(w)))
			items = append(items, kit.NewSpace(22), kit.NewSectionHead(kit.BodyBold, "Work of others in it", "", nil))
			for _, name := range sortedNames(assets.Licences()) {
				items = append(items, ruleLicence(w, name))
			}
			rows.Set(items...)
			s.view.Refresh()
		})
	}
	return s
}

func openAnother(w *window) fyne.CanvasObject {
	if w.session == nil {
		return kit.NewSpring()
	}
	return kit.NewSmallButton(kit.Plain, "Open another workspace…", w.session.chooseFolder)
}

func sortedNames(m map[string]string) []string {
	var names []string
	for n := range m {
		names = append(names, n)
	}
	slices.Sort(names)
	return names
}

func ruleLicence(w *window, name string) fyne.CanvasObject {
	row := kit.NewSpread(12, kit.NewText(kit.Body, name).Bending(), kit.NewLink("Licence", func() {
		text := kit.NewScroll(kit.NewParagraph(kit.Small, kit.Ink, assets.Licences()[name]))
		w.pop(kit.NewOverlay(640, kit.NewDialog("info", kit.Neutral, name, tall(380, text), "", kit.NewButton(kit.Plain, "Close", w.dismiss).WithKey("Esc"))), nil)
	}))
	return kit.NewStack(0, kit.NewPad(7, 0, 7, 0, row), kit.NewHairline())
}

// sizeWords is a size on disk as people read it.
func sizeWords(bytes int64) string {
	if bytes < 1<<20 {
		return fmt.Sprintf("%d kB", max(1, bytes>>10))
	}
	return fmt.Sprintf("%s MB", thousands(int(bytes>>20)))
}

// sizeOf is how large a workspace's file is, in bytes.
func sizeOf(db *store.DB) (int64, error) {
	info, err := os.Stat(filepath.Join(db.Dir(), store.FileName))
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}
