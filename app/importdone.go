package app

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"rapport/app/bridge"
	"rapport/app/kit"
	"rapport/data"
	"rapport/data/store"
	"rapport/sync"
)

// importDone is what became of a file, and what was left over of it, to be mended
// and imported again. Its undo takes back all that came of the file.
type importDone struct {
	p       *importPage
	got     outcome
	header  []string
	rows    []sync.BrokenRow
	fields  map[int][]*kit.Field // of the rows that are shown, by place in rows
	columns []int                // of the header, that are shown
	means   map[string]string    // Account.ID by name
	adds    map[string]bool      // names that accounts are made of
	names   []sync.UnknownName
	trouble error
}

// mendedAtOnce is how many rows are shown to be mended.
const mendedAtOnce = 25

func newImportDone(p *importPage) *importDone { return &importDone{p: p} }

// add takes in what came of an import: of the file, or of its mended rows.
func (d *importDone) add(got outcome) {
	before := d.got
	d.got = got
	if d.header == nil {
		d.header = got.report.Header
		for i, f := range got.report.Fields {
			if f != "" {
				d.columns = append(d.columns, i)
			}
		}
		d.columns = d.columns[:min(len(d.columns), 6)]
	} else { // its columns are those of the file behind two of their own
		d.got.rows, d.got.added, d.got.changed, d.got.known = before.rows, before.added+got.added, before.changed+got.changed, before.known+got.known
		d.got.made = append(before.made, got.made...)
		for i := range got.report.Broken {
			b := &got.report.Broken[i]
			b.Cells = b.Cells[min(2, len(b.Cells)):]
		}
	}
	d.rows, d.names, d.trouble = got.report.Broken, got.report.Unknown, nil
	d.fields, d.means, d.adds = map[int][]*kit.Field{}, map[string]string{}, map[string]bool{}
	d.draw()
}

func (d *importDone) failed(err error) {
	d.trouble = err
	if isCancelled(err) {
		d.trouble = nil
		d.p.w.say("Stopped; the mended rows were not imported")
	}
	d.draw()
}

func isCancelled(err error) bool { return errors.Is(err, context.Canceled) }

func (d *importDone) canRetry() bool { return len(d.rows) > 0 && d.header != nil && d.p.stop == nil }

func (d *importDone) draw() {
	words := fmt.Sprintf("%s new, %s changed, %s here already", thousands(d.got.added), thousands(d.got.changed), thousands(d.got.known))
	parts := []fyne.CanvasObject{
		kit.NewStack(4, kit.NewLine(kit.Span{Icon: "check", Tint: kit.Accent, Role: kit.Heading}, kit.Span{Text: fmt.Sprintf("%s of %s %s imported", thousands(d.got.added+d.got.changed+d.got.known), thousands(d.got.rows), d.got.what), Role: kit.Heading, Gap: 8}),
			kit.NewText(kit.Body, words).In(kit.Ink2)),
		kit.NewRow(8, kit.NewButton(kit.Plain, "Undo all of it", d.undo).WithIcon("undo-2"), kit.NewButton(kit.Ghost, "Import another file", d.p.anew).WithKey("N")),
	}
	if n := len(d.got.made); n > 0 {
		parts = append(parts, kit.NewParagraph(kit.Body, kit.Ink2, data.Counted(n, "account", "accounts")+" made: "+strings.Join(d.got.made[:min(n, 12)], ", ")+"."))
	}
	if n := len(d.got.homeless); n > 0 {
		parts = append(parts, kit.NewParagraph(kit.Body, kit.Ink2, data.Counted(n, "person is", "people are")+" without an account: "+strings.Join(d.got.homeless[:min(n, 12)], ", ")+"."))
	}
	if d.trouble != nil {
		what, todo := troubleWords(d.trouble)
		parts = append(parts, kit.NewInfoBox(kit.Late, "circle-alert", sentences(what+".", todo)))
	}
	if len(d.names) > 0 {
		parts = append(parts, d.nameRows())
	}
	if len(d.rows) > 0 {
		parts = append(parts, d.brokenRows())
	}
	if d.canRetry() {
		parts = append(parts, kit.NewRow(8, kit.NewButton(kit.Primary, "Import the mended rows", d.retry).WithKey("R"), kit.NewButton(kit.Plain, "Write them to a file", d.write)))
	}
	d.p.show(parts...)
}

// nameRows ask which accounts the names mean that none has.
func (d *importDone) nameRows() fyne.CanvasObject {
	rows := []fyne.CanvasObject{kit.NewSectionHead(kit.BodyBold, "Names that are no account's", fmt.Sprint(len(d.names)), nil)}
	for _, n := range d.names[:min(len(d.names), mendedAtOnce)] {
		choices, ids := []string{"leave them over", "make an account of it"}, []string{"", ""}
		if n.Proposed.ID != "" {
			choices, ids = append(choices, n.Proposed.Name+", "+n.Why), append(ids, n.Proposed.ID)
		}
		on := 0
		if d.adds[n.Name] {
			on = 1
		} else if d.means[n.Name] != "" {
			on = 2
		}
		chip := newPick(d.p.w, choices, on)
		chip.changed = func() {
			delete(d.adds, n.Name)
			delete(d.means, n.Name)
			if chip.on == 1 {
				d.adds[n.Name] = true
			} else if id := ids[chip.on]; id != "" {
				d.means[n.Name] = id
			}
		}
		row := kit.NewColumns(12, []kit.Col{kit.Flex(1), kit.Fixed(80), kit.Flex(1.2)}, kit.NewText(kit.Body, n.Name).Bending(), kit.NewText(kit.Body, data.Counted(n.Rows, "row", "rows")).In(kit.Ink2), kit.NewRow(0, chip.chip))
		rows = append(rows, kit.NewStack(0, kit.NewPad(6, 0, 6, 0, row), kit.NewHairline()))
	}
	return kit.NewStack(0, rows...)
}

// brokenRows list what was left over with its reasons, to be mended.
func (d *importDone) brokenRows() fyne.CanvasObject {
	rows := []fyne.CanvasObject{kit.NewSectionHead(kit.BodyBold, "Left over", thousands(len(d.rows)), nil)}
	if len(d.columns) > 0 {
		heads, cols := []fyne.CanvasObject{kit.NewText(kit.Micro, "Line").In(kit.Ink2)}, []kit.Col{kit.Fixed(52)}
		for _, c := range d.columns {
			heads, cols = append(heads, kit.NewText(kit.Micro, d.header[c]).In(kit.Ink2).Bending()), append(cols, kit.Flex(1))
		}
		rows = append(rows, kit.NewPad(4, 0, 4, 0, kit.NewColumns(8, cols, heads...)))
	}
	for i, b := range d.rows[:min(len(d.rows), mendedAtOnce)] {
		rows = append(rows, kit.NewStack(0, kit.NewPad(6, 0, 8, 0, kit.NewStack(4, d.mendable(i, b),
			kit.NewColumns(8, []kit.Col{kit.Fixed(52), kit.Flex(1)}, kit.NewSpring(), kit.NewParagraph(kit.Small, kit.Alert, upperFirst(b.Reason)+".")))), kit.NewHairline()))
	}
	if more := len(d.rows) - mendedAtOnce; more > 0 {
		rows = append(rows, kit.NewPad(8, 0, 0, 0, kit.NewText(kit.Body, fmt.Sprintf("and %s more rows, which go into the file", thousands(more))).In(kit.Ink3)))
	}
	return kit.NewStack(0, rows...)
}

// mendable is a row with a field for each of its columns.
func (d *importDone) mendable(i int, b sync.BrokenRow) fyne.CanvasObject {
	line := kit.NewText(kit.Body, thousands(b.Line)).In(kit.Ink2)
	if len(d.columns) == 0 {
		return line
	}
	cells, cols := []fyne.CanvasObject{line}, []kit.Col{kit.Fixed(52)}
	fields := d.fields[i]
	for k, c := range d.columns {
		if len(fields) <= k {
			f := kit.NewField("")
			if c < len(b.Cells) {
				f.SetText(b.Cells[c])
			}
			f.OnSubmit = func(string) { d.retry() }
			f.OnEscape = func() { d.p.w.canvas.Unfocus() }
			fields = append(fields, f)
		}
		cells, cols = append(cells, fields[k]), append(cols, kit.Flex(1))
	}
	d.fields[i] = fields
	return kit.NewColumns(8, cols, cells...)
}

// mended are the left rows with what was typed.
func (d *importDone) mended() []sync.BrokenRow {
	rows := slices.Clone(d.rows)
	for i, fields := range d.fields {
		cells := make([]string, len(d.header))
		copy(cells, rows[i].Cells)
		for k, f := range fields {
			cells[d.columns[k]] = f.Text()
		}
		rows[i].Cells = cells
	}
	return rows
}

// retry imports the rows that were left over, as they are by now. They are of one
// undo with the rest.
func (d *importDone) retry() {
	if !d.canRetry() {
		return
	}
	in := d.p.asked
	in.NoRepair, in.Text, in.Join = true, sync.MendedRows(d.header, d.mended()), d.got.undo
	in.Means, in.AddNames = d.means, nil
	for name := range d.adds {
		in.AddNames = append(in.AddNames, name)
	}
	d.p.run(func(ctx context.Context, _ func(int64, int64)) (outcome, error) {
		r, err := sync.ImportList(ctx, d.p.w.db, in)
		return listOutcome(in.As, r), err
	})
}

// write writes what is left over into a file beside the list.
func (d *importDone) write() {
	rows, path := d.mended(), ""
	bridge.Act(d.p.w.bg, func(context.Context) (err error) {
		path, err = sync.WriteRest(d.p.asked.Path, d.header, rows)
		return err
	}, func(err error) {
		if err != nil {
			d.p.w.fail(err)
			return
		}
		d.p.w.say("Written to " + path)
	})
}

// undo takes all of the file back.
func (d *importDone) undo() {
	id := d.got.undo.ID
	bridge.Act(d.p.w.bg, func(ctx context.Context) error {
		u, err := d.p.w.db.Undo(ctx, id)
		d.got.undo = store.Undo{ID: u.ID, Label: u.Label}
		return err
	}, func(err error) {
		if err != nil {
			d.p.w.fail(err)
			return
		}
		d.p.w.say("Undone: all that came of this file")
		d.p.anew()
	})
}
