package codec

import (
	_ "embed"
	"html/template"
	"io"
	"time"

	"rapport/data"
)

//go:embed sheet.html
var sheetSource string

// SheetReturn is where the corrections of a page go. With its zero value the page
// is only to be read.
type SheetReturn struct {
	Account string // Account.ID, that the corrections come back for
	Mail    string // the address that they may be sent to, or ""
	From    string // who sends the page, "Maya Lindqvist, Larkfield"
}

// sheetView is what the page's template sees.
type sheetView struct {
	data.Sheet
	Main, Side []data.SheetSection
	Return     SheetReturn
	Made       string
	Now        time.Time
	On         string // date
}

var sheetTemplate = template.Must(template.New("sheet").Funcs(template.FuncMap{
	"percent":     func(share float64) int { return int(100*max(0, min(1, share)) + 0.5) },
	"fresh":       func(s data.SheetSection, now time.Time) string { return s.FreshWords(now) },
	"list":        func(all ...any) []any { return all },
	"correctable": func(l data.SheetLine) bool { return l.ID != "" && data.CanCorrect(l.Kind, l.Register) },
	"fields": func(l data.SheetLine) (list []data.SheetField) {
		for _, f := range l.Also {
			if data.CanCorrect(l.Kind, f.Register) {
				list = append(list, f)
			}
		}
		return list
	},
}).Parse(sheetSource))

// WriteSheetHTML writes a sheet as one HTML file that needs nothing else: no
// script runs where back is the zero value, nothing is fetched, it prints on one
// page. With back each line can be corrected, and the page gives the corrections
// as a file or a mail (see ReadCorrections).
func WriteSheetHTML(w io.Writer, s data.Sheet, now time.Time, made string, back SheetReturn) error {
	v := sheetView{Sheet: s, Return: back, Made: made, Now: now, On: now.Format(time.DateOnly)}
	for _, section := range s.Sections {
		if back.Account != "" {
			section.Lines, section.Rest = section.Whole(), nil // each line can be corrected
		}
		switch {
		case len(section.Lines) == 0 && back.Account == "":
		case section.Beside:
			v.Side = append(v.Side, section)
		default:
			v.Main = append(v.Main, section)
		}
	}
	return sheetTemplate.Execute(w, v)
}
