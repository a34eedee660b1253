package app

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"rapport/app/bridge"
	"rapport/app/kit"
	"rapport/data"
)

// handover asks for a file and saves in it what a colleague who takes the account
// over reads, and says what is missing in it.
func (p *accountPage) handover() {
	w, now := p.w, p.w.now()
	bridge.Load(w.bg, &w.goSlot, func(ctx context.Context) (data.HandoverInput, error) { return w.db.HandoverInput(ctx, p.id, now) }, func(in data.HandoverInput, err error) {
		if err != nil {
			w.fail(err)
			return
		}
		sheet := data.ComposeHandover(in)
		notes := []fyne.CanvasObject{kit.NewParagraph(kit.Small, kit.Ink2, handoverNote(sheet))}
		w.askSheet("Hand over "+in.Account.Name, fileName(in.Account.Name+" hand-over"), notes, sheetSaving{account: p.id, sheet: sheet, now: now})
	})
}

// handoverNote says for whom a pack is, and what is missing in it.
func handoverNote(s data.Sheet) string {
	words := "For a colleague who takes the account over, ten minutes to read. It is for your team only."
	var missing []string
	for _, section := range s.Sections {
		if len(section.Lines) == 0 {
			missing = append(missing, "“"+section.Label+"”")
		}
	}
	if len(missing) > 0 {
		words += " Nothing is written yet under " + strings.Join(missing, ", ") + "."
	}
	return words
}
