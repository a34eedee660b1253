package app

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"rapport/app/bridge"
	"rapport/app/kit"
	"rapport/data"
	"rapport/data/codec"
	"rapport/data/store"
	"rapport/sync"
)

// importPage brings lists of other programs in: which file, what its columns say,
// what its first rows become, how far it is, and what was left over, to be mended
// on the spot.
type importPage struct {
	w       *window
	slot    bridge.Slot
	path    *kit.Field
	chooser *kit.Button
	body    *kit.Stack
	view    *kit.Scroll
	main    fyne.CanvasObject

	asked    sync.ListImport
	preview  sync.ListPreview
	cards    sync.CardPreview
	looked   bool
	trouble  error // why the file cannot be used
	stop     func()
	progress *kit.ProgressBar
	sofar    *kit.Text
	done     *importDone
}

// rowsPreviewed is how many rows are shown before anything is kept.
const rowsPreviewed = 6

func newImport(w *window, r route) page {
	p := &importPage{w: w, path: kit.NewField("a CSV file or a .vcf of vCards"), body: kit.NewStack(18), progress: kit.NewProgressBar(0), sofar: kit.NewText(kit.Small, "").In(kit.Ink2)}
	p.path.OnSubmit = func(string) { p.look() }
	p.slot.Slow = func() { p.show(reading()) }
	p.chooser = kit.NewButton(kit.Plain, "Choose…", p.choose).WithIcon("package-open")
	look := kit.NewButton(kit.Plain, "Look into it", p.look).WithKey("Enter")
	head := kit.NewStack(4, kit.NewText(kit.Display, "Import a list").Bending(),
		kit.NewParagraph(kit.Body, kit.Ink2, "Orders, invoices, tickets, calls, people or accounts as another program wrote them: a CSV file, or vCards. You see what it becomes before anything is kept, and one undo takes all of it back."))
	file := kit.NewStack(6, kit.NewColumns(8, []kit.Col{kit.Flex(1), kit.Fit(), kit.Fit()}, p.path, p.chooser, look),
		kit.NewNote("A file can also be dropped anywhere on the window."))
	p.view = kit.NewScroll(kit.NewPad(18, 40, 26, 26, kit.NewStack(18, head, file, p.body)))
	p.main = p.view
	p.path.SetText(r.id)
	return p
}

func (p *importPage) title() string { return "Import a list" }
func (p *importPage) panes() panes  { return panes{main: p.main} }

// load looks into the file that the page was opened with.
func (p *importPage) load() {
	if p.asked.Path == "" && p.path.Text() != "" {
		p.look()
	}
}

func (p *importPage) focus() {
	if !p.looked && p.stop == nil && p.done == nil {
		p.w.focus(p.path.Focusable())
	}
}
func (p *importPage) hints() []hint {
	another := hint{[]string{"N"}, "another file"}
	switch {
	case p.stop != nil:
		return []hint{{[]string{"Esc"}, "stop"}}
	case p.done != nil && p.done.canRetry():
		return []hint{{[]string{"R"}, "import the mended rows"}, another}
	case p.done != nil:
		return []hint{another}
	case p.ready():
		return []hint{{[]string{"Y"}, "import"}, another}
	}
	return []hint{{[]string{"O"}, "choose a file"}}
}

func (p *importPage) commands() []command {
	list := []command{
		{name: "Import these rows", words: "bring in keep yes", icon: "check", key: "Y", when: p.ready, do: p.begin},
		{name: "Stop the import", words: "cancel", icon: "x", key: "Esc", when: func() bool { return p.stop != nil }, do: p.cancel},
		{name: "Import the mended rows", words: "retry again repair", icon: "undo-2", key: "R", when: func() bool { return p.done != nil && p.done.canRetry() }, do: func() { p.done.retry() }},
		{name: "Import another file", words: "new list", icon: "plus", key: "N", when: func() bool { return p.looked || p.done != nil }, do: p.anew},
	}
	return append(list, command{name: "Choose a file to import", words: "open browse", icon: "package-open", key: "O", do: p.choose})
}

// choose offers the lists that were saved last where people save files.
func (p *importPage) choose() {
	bridge.Load(p.w.bg, &p.slot, func(context.Context) ([]string, error) { return newestLists(homeFolders(), listsOffered), nil }, func(paths []string, _ error) {
		if len(paths) == 0 {
			p.w.say("No CSV or vCard file lies in Downloads, Documents, on the desktop or in your folder; write its path, or drop it here")
			return
		}
		var list []command
		for _, path := range paths {
			list = append(list, command{name: filepath.Base(path) + ", in " + filepath.Base(filepath.Dir(path)), do: func() {
				p.path.SetText(path)
				p.look()
			}})
		}
		p.w.menuAt(under(p.chooser), list...)
	})
}

// listsOffered is how many files are offered.
const listsOffered = 14

// homeFolders are where people save files.
func homeFolders() []string {
	home, err := os.UserHomeDir()
	if err != nil {
		return nil
	}
	return []string{filepath.Join(home, "Downloads"), filepath.Join(home, "Documents"), filepath.Join(home, "Desktop"), home}
}

// newestLists are the lists and vCards in folders, the newest first, at most so
// many. A folder that cannot be read has none.
func newestLists(folders []string, most int) []string {
	type found struct {
		path string
		at   int64
	}
	var list []found
	for _, folder := range folders {
		entries, _ := os.ReadDir(folder)
		for _, e := range entries {
			info, err := e.Info()
			if err == nil && info.Mode().IsRegular() && slices.Contains(listEndings, strings.ToLower(filepath.Ext(e.Name()))) {
				list = append(list, found{filepath.Join(folder, e.Name()), info.ModTime().UnixNano()})
			}
		}
	}
	slices.SortStableFunc(list, func(a, b found) int { return cmp.Compare(b.at, a.at) })
	paths := make([]string, min(len(list), most))
	for i := range paths {
		paths[i] = list[i].path
	}
	return paths
}

// listEndings are what lists and vCards are called.
var listEndings = []string{".csv", ".tsv", ".vcf", ".vcard"}

// importFile looks into a list or vCards.
func (w *window) importFile(path string) {
	w.open(route{place: placeImport})
	p := w.page().(*importPage)
	p.path.SetText(path)
	p.look()
}

// anew begins with another file.
func (p *importPage) anew() {
	p.slot.Drop()
	p.looked, p.done, p.trouble, p.asked = false, nil, nil, sync.ListImport{}
	p.path.SetText("")
	p.show()
	p.w.focus(p.path.Focusable())
}

func (p *importPage) show(parts ...fyne.CanvasObject) {
	p.body.Set(parts...)
	p.view.Refresh()
}

func isCards(path string) bool {
	return strings.EqualFold(filepath.Ext(path), ".vcf") || strings.EqualFold(filepath.Ext(path), ".vcard")
}

// look reads the beginning of the file anew.
func (p *importPage) look() {
	path := expandHome(strings.TrimSpace(p.path.Text()))
	if path == "" || p.stop != nil {
		return
	}
	if path != p.asked.Path {
		p.asked = sync.ListImport{Path: path}
		p.view.ToTop()
	}
	p.done = nil
	if isCards(path) {
		bridge.Load(p.w.bg, &p.slot, func(ctx context.Context) (sync.CardPreview, error) {
			return sync.PreviewCards(ctx, p.w.db, path, rowsPreviewed)
		},
			func(c sync.CardPreview, err error) { p.cards = c; p.drawLooked(err) })
		return
	}
	asked := p.asked
	bridge.Load(p.w.bg, &p.slot, func(ctx context.Context) (sync.ListPreview, error) {
		return sync.PreviewList(ctx, p.w.db, asked, rowsPreviewed)
	},
		func(l sync.ListPreview, err error) { p.preview = l; p.drawLooked(err) })
}

func (p *importPage) drawLooked(err error) {
	p.looked, p.trouble = err == nil, err
	if p.looked && p.path.Focused() {
		p.w.canvas.Unfocus() // the keys are the page's now
	}
	switch {
	case err != nil:
		what, todo := troubleWords(err)
		p.show(kit.NewInfoBox(kit.Late, "circle-alert", sentences(what+".", todo)))
	case isCards(p.asked.Path):
		p.show(p.cardParts()...)
	default:
		p.asked.As = p.preview.As
		p.show(p.listParts()...)
	}
	p.w.refreshChrome()
}

func sentences(parts ...string) string {
	return strings.TrimSpace(strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), " "))
}

// ready says whether there is something to import.
func (p *importPage) ready() bool {
	return p.looked && p.stop == nil && p.done == nil && (isCards(p.asked.Path) || len(p.preview.Missing) == 0)
}

// mapped says what each column is taken for, as a person chose it.
func (p *importPage) mapped(column, field string) {
	told := map[string]string{}
	for i, h := range p.preview.Report.Header {
		if f := p.preview.Report.Fields[i]; f != field || field == "" {
			told[h] = f
		} else {
			told[h] = ""
		}
	}
	told[column] = field
	p.asked.Map = told
	p.look()
}

// begin brings the file in.
func (p *importPage) begin() {
	if !p.ready() {
		return
	}
	if isCards(p.asked.Path) {
		p.run(func(ctx context.Context, _ func(int64, int64)) (outcome, error) {
			r, err := sync.ImportCards(ctx, p.w.db, p.asked.Path, "")
			return cardOutcome(r), err
		})
		return
	}
	in := p.asked
	in.NoRepair = true
	p.run(func(ctx context.Context, told func(int64, int64)) (outcome, error) {
		in.Told = told
		r, err := sync.ImportList(ctx, p.w.db, in)
		return listOutcome(in.As, r), err
	})
}

// outcome is what became of a file, of whichever kind.
type outcome struct {
	rows, added, changed, known int
	made                        []string // accounts
	homeless                    []string // people without an account
	report                      sync.ListReport
	what                        string // "orders"
	undo                        store.Undo
}

func listOutcome(as data.ListKind, r sync.ListReport) outcome {
	return outcome{rows: r.Rows, added: r.New, changed: r.Changed, known: r.Known, made: r.Added, report: r, what: string(as), undo: r.Undo}
}

func cardOutcome(r sync.CardReport) outcome {
	return outcome{rows: r.Cards, added: r.New, changed: r.Changed, known: r.Known, homeless: r.Homeless, report: sync.ListReport{Broken: r.Broken}, what: "people", undo: r.Undo}
}

// run does an import that can be stopped, and shows how far it is.
func (p *importPage) run(do func(ctx context.Context, told func(done, total int64)) (outcome, error)) {
	var got outcome
	p.progress.Set(0)
	p.sofar.Set("Looking through it")
	p.show(kit.NewStack(10, kit.NewColumns(12, []kit.Col{kit.Flex(1), kit.Fit()}, p.progress, kit.NewSmallButton(kit.Plain, "Stop", p.cancel).WithKey("Esc")), p.sofar))
	pass, last := 0, int64(-1)
	told := bridge.Relay(p.w.bg, func(done, total int64) {
		if done < last {
			pass = 1
		}
		last = done
		p.tell(pass, done, total)
	})
	running := true
	stop := bridge.ActUntil(p.w.bg, func(ctx context.Context) (err error) {
		got, err = do(ctx, told)
		return err
	}, func(err error) {
		running, p.stop = false, nil
		p.ended(got, err)
	})
	if running {
		p.stop = stop
	}
	p.w.refreshChrome()
}

// tell shows how far a pass over the file is: the first one looks it through, the
// second one keeps its rows.
func (p *importPage) tell(pass int, done, total int64) {
	if p.stop == nil || total <= 0 {
		return
	}
	share := float32(done) / float32(total)
	p.progress.Set([]float32{0.3 * share, 0.3 + 0.7*share}[pass])
	p.sofar.Set(fmt.Sprintf("%s: %s of %s", []string{"Looking through it", "Bringing it in"}[pass], sizeWords(done), sizeWords(total)))
}

func (p *importPage) cancel() {
	if p.stop != nil {
		p.sofar.Set("Stopping")
		p.stop()
	}
}

func (p *importPage) ended(got outcome, err error) {
	defer p.w.refreshChrome()
	switch {
	case err != nil && p.done != nil: // a retry
		p.done.failed(err)
	case err != nil && isCancelled(err):
		p.w.say("Stopped; nothing was imported")
		p.drawLooked(nil)
	case err != nil:
		p.drawLooked(err)
	default:
		p.looked = false
		p.w.did(got.undo)
		if p.done == nil {
			p.done = newImportDone(p)
		}
		p.done.add(got)
	}
}

// dateOrders are what can be said of a list's dates.
var dateOrders = []codec.Order{codec.DayFirst, codec.MonthFirst}
