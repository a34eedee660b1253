package sync

import (
	"bytes"
	"context"
	"errors"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"rapport/data"
	"rapport/data/codec"
	"rapport/data/store"
)

// ListPreview is what a list would become.
type ListPreview struct {
	As      data.ListKind
	Report  ListReport // of the rows looked at; nothing is kept
	Missing []string   // fields that the kind needs and no column has; then Rows is empty
	Samples []string   // of each column, its first value
	Shown   []string   // the fields of Rows, in the order of their kind
	Rows    []PreviewRow
}

// PreviewRow is a row as it would be kept.
type PreviewRow struct {
	Line   int
	Values []string // by ListPreview.Shown, as Rapport reads them
	Took   store.Took
	Broken string // why it cannot be kept, "" where it can
}

// learnedRows is how many rows a preview learns from how dates and amounts are
// written.
const learnedRows = 5000

// PreviewList says what the first rows of a list would become, and keeps
// nothing. Where in.As is "" the list's columns say what it is; a column that
// in.Map names and the list has not is left out. Its errors are *data.Invalid and
// *data.Problem.
func PreviewList(ctx context.Context, db *store.DB, in ListImport, rows int) (ListPreview, error) {
	in.DryRun, in.Told = true, nil
	l := &list{ListImport: in, db: db, unknown: map[string]int{}, times: map[string]int{}, columns: map[string]int{}, means: map[string]string{}, dates: codec.DateColumn{As: in.Dates}}
	if err := l.gather(ctx); err != nil {
		return ListPreview{}, err
	}
	var p ListPreview
	var first []codec.Row
	seen := 0
	err := l.each(ctx, func(read *codec.List) error {
		l.report.Header = read.Header()
		if l.As == "" {
			l.As = data.GuessList(l.report.Header)
		}
		return l.guessColumns(ctx)
	}, func(row codec.Row) error {
		if seen++; seen > learnedRows {
			return errEnough
		}
		if len(first) < rows {
			first = append(first, row)
		}
		if row.Broken == "" {
			l.learn(row)
		}
		return nil
	}, func(read *codec.List) { l.report.Charset, l.report.Separator = read.Charset(), read.Separator() })
	if err != nil {
		return p, err
	}
	l.settle()
	p.As, p.Missing = l.As, data.MissingFields(l.As, l.report.Fields)
	p.Samples = samplesOf(l.report.Header, first)
	for _, f := range data.ListFields(l.As) {
		if _, there := l.columns[f.Name]; there {
			p.Shown = append(p.Shown, f.Name)
		}
	}
	if len(p.Missing) == 0 {
		if p.Rows, err = l.previewRows(ctx, first, p.Shown); err != nil {
			return p, err
		}
	}
	l.propose()
	p.Report = l.report
	return p, nil
}

// guessColumns is mapColumns that leaves out what was said of columns that are
// not there, and lets needed fields be missing.
func (l *list) guessColumns(ctx context.Context) error {
	told := map[string]string{}
	if err := l.setting(ctx, settingColumns+data.ListKey(l.As, l.report.Header), &told); err != nil {
		return err
	}
	for name, field := range l.Map {
		told[name] = field
	}
	taken := map[string]bool{}
	for name, field := range told {
		_, now := l.Map[name]
		there := slices.ContainsFunc(l.report.Header, func(h string) bool { return strings.EqualFold(h, name) })
		known := field == "" || slices.ContainsFunc(data.ListFields(l.As), func(f data.ListField) bool { return f.Name == field })
		byNow := !now && slices.Contains(valuesOf(l.Map), field) && field != ""
		if !there || !known || byNow || taken[field] && field != "" {
			delete(told, name)
			continue
		}
		taken[field] = true
	}
	fields, err := data.GuessColumns(l.As, l.report.Header, told)
	if err != nil {
		return err
	}
	l.report.Fields, l.Map = fields, told
	for i, f := range fields {
		if f != "" {
			l.columns[f] = i
		}
	}
	return nil
}

func valuesOf(m map[string]string) (list []string) {
	for _, v := range m {
		list = append(list, v)
	}
	return list
}

// samplesOf are the first values of each column that are not empty.
func samplesOf(header []string, rows []codec.Row) []string {
	samples := make([]string, len(header))
	for _, row := range rows {
		for i := range header {
			if i < len(row.Cells) && samples[i] == "" {
				samples[i] = strings.TrimSpace(row.Cells[i])
			}
		}
	}
	return samples
}

// previewRows keeps rows in a write that comes to nothing.
func (l *list) previewRows(ctx context.Context, rows []codec.Row, shown []string) (list []PreviewRow, err error) {
	_, err = l.db.Write(ctx, "", func(tx *store.Tx) error {
		intake, err := tx.BeginIntake(string(l.As), filepath.Base(l.Path))
		if err != nil {
			return err
		}
		for _, row := range rows {
			l.place(row)
			one := PreviewRow{Line: row.Line}
			took, invalid, err := l.takeRow(tx, intake, row)
			if err != nil {
				return err
			}
			if one.Took = took; invalid != nil {
				one.Broken = rowReason(invalid)
			}
			for _, f := range shown {
				one.Values = append(one.Values, l.becomes(row, f))
			}
			list = append(list, one)
		}
		return errDry
	})
	if errors.Is(err, errDry) {
		err = nil
	}
	return list, err
}

// becomes is what a row says in a field as Rapport reads it; what it cannot read
// is as it stands there.
func (l *list) becomes(row codec.Row, field string) string {
	said := l.value(row, field)
	if said == "" || row.Broken != "" {
		return said
	}
	switch field {
	case "date", "closed", "since":
		if day, err := l.dates.Parse(said); err == nil {
			return day
		}
	case "amount", "cost":
		if cents, currency, err := data.ParseMoney(said, l.money.Mark()); err == nil {
			if code := l.value(row, "currency"); currency == "" && code != "" {
				currency = strings.ToUpper(code)
			}
			if currency == "" {
				currency = l.rules.Currency
			}
			return data.MoneyWords(cents, currency)
		}
	case "account":
		if id := l.means[strings.ToLower(said)]; id != "" {
			said = id
		}
		if a, ok := l.names.Find(said); ok {
			return a.Name
		}
	}
	return said
}

// MendedRows is a list of rows that could not be brought in, for
// ListImport.Text: header is the list's, each row its cells by now.
func MendedRows(header []string, rows []BrokenRow) []byte {
	var out bytes.Buffer
	own := repairFile{header: header}
	own.ownColumns()
	write := func(reason, place string, cells []string) {
		_ = codec.WriteRow(&out, ',', append([]string{reason, place}, own.without(cells)...)) // a buffer takes all
	}
	write(data.RepairReason, data.RepairPlace, header)
	for _, r := range rows {
		cells := make([]string, len(header))
		copy(cells, r.Cells)
		write(r.Reason, r.Place, cells)
	}
	return out.Bytes()
}

// WriteRest writes rows that could not be brought in into a new file beside their
// list, to be mended there, and returns its path. Nothing is written over another
// file.
func WriteRest(path string, header []string, rows []BrokenRow) (string, error) {
	bare := strings.TrimSuffix(path, filepath.Ext(path)) + ".repair"
	for n := 1; ; n++ {
		file, name, err := createNew(bare, n)
		if err != nil || file == nil {
			if err != nil {
				return "", listProblem(filepath.Dir(path), err)
			}
			continue
		}
		_, err = io.Copy(file, bytes.NewReader(MendedRows(header, rows)))
		return name, errors.Join(err, file.Close())
	}
}
