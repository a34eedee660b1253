package sync

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"rapport/data"
	"rapport/data/codec"
	"rapport/data/store"
)

// ListImport is a list of another program that is to be brought in.
type ListImport struct {
	Path string
	As   data.ListKind
	// Map says what columns are, by their names; "" leaves one out.
	Map map[string]string
	// Means says which accounts names in the list mean, by Account.ID. What it
	// says is remembered.
	Means map[string]string
	// AddAccounts makes an account of each name that none has, AddNames of these.
	AddAccounts bool
	AddNames    []string
	// Dates is the order of the dates, where the list does not tell.
	Dates codec.Order
	// Text is read in place of the file, where it is not nil: rows that were
	// mended.
	Text []byte
	// Join makes one undo of this and an earlier list; zero for none.
	Join store.Undo
	// Repair is where the rows go that could not be brought in; "" is beside the
	// list.
	Repair string
	// NoRepair writes no such file: the report has the rows.
	NoRepair bool
	// DryRun keeps nothing and writes no file.
	DryRun bool
	// Told is called now and then with how many bytes of how many were read.
	Told func(done, total int64)
}

// ListReport is what became of a list.
type ListReport struct {
	Charset   string
	Separator byte
	Decimal   byte
	Dates     codec.Order
	// Guessed says that the order of the dates is only supposed.
	Guessed bool
	Header  []string
	Fields  []string // of each column, "" for one that is left out
	Rows    int
	New     int
	Changed int
	Known   int // here just so
	Broken  []BrokenRow
	Unknown []UnknownName
	Added   []string // accounts that were made
	Repair  string   // the file with what could not be brought in, ""
	Undo    store.Undo
}

// BrokenRow is a row that could not be brought in.
type BrokenRow struct {
	Line   int
	Reason string
	Cells  []string // of ListReport.Header, as they are in the list
	Place  string   // which line of its number it is, "" where it has none
}

// UnknownName is a name that is no account's, with how many rows have it and the
// account that may be meant.
type UnknownName struct {
	Name     string
	Rows     int
	Proposed data.Account // zero for none
	Why      string
}

// settingMeans is which accounts the names in lists mean: JSON, by name in lower
// case. settingColumns and a list's key is what its columns are.
const (
	settingMeans   = "list means"
	settingColumns = "list columns "
)

// errDry ends a write that is to keep nothing.
var errDry = errors.New("nothing is kept")

// ImportList brings a list in, in one write that one undo takes back. A row that
// is here already is kept once. Rows that are broken, or whose account is not
// known, are listed and written to a file that can be mended and brought in
// again. Its errors are *data.Invalid and *data.Problem.
func ImportList(ctx context.Context, db *store.DB, in ListImport) (ListReport, error) {
	l, err := lookAt(ctx, db, in)
	if err != nil {
		return ListReport{}, err
	}
	label := fmt.Sprintf("Imported %s from %s", in.As, filepath.Base(in.Path))
	if in.DryRun {
		label = ""
	}
	undo, err := db.Write(ctx, label, func(tx *store.Tx) error {
		tx.Join(in.Join)
		if err := l.take(ctx, tx); err != nil || !in.DryRun {
			return err
		}
		return errDry
	})
	l.repair.close()
	if err != nil && !errors.Is(err, errDry) {
		l.repair.drop()
		return ListReport{}, err
	}
	if l.repair.err != nil {
		return ListReport{}, l.repair.err
	}
	l.report.Undo, l.report.Repair = undo, l.repair.written
	l.propose()
	return l.report, nil
}

// list is a list under way.
type list struct {
	ListImport
	db      *store.DB
	names   *data.AccountNames
	people  map[string]data.Contact // by address
	means   map[string]string
	columns map[string]int // by field
	dates   codec.DateColumn
	money   codec.MoneyColumn
	rules   data.MoneyRules
	owner   string // of what is logged
	unknown map[string]int
	times   map[string]int // how often a number was seen
	report  ListReport
	repair  *repairFile
}

// lookAt reads the list once, to learn what its columns are and how its dates
// and amounts are written.
func lookAt(ctx context.Context, db *store.DB, in ListImport) (*list, error) {
	if !slices.Contains(data.ListKinds, in.As) {
		return nil, &data.Invalid{Field: "as", Says: fmt.Sprintf("%q is no kind of list; use orders, invoices, tickets, calls, contacts or accounts", in.As)}
	}
	l := &list{ListImport: in, db: db, unknown: map[string]int{}, times: map[string]int{}, columns: map[string]int{}, means: map[string]string{}, dates: codec.DateColumn{As: in.Dates}}
	if err := l.gather(ctx); err != nil {
		return nil, err
	}
	err := l.each(ctx, func(rows *codec.List) error {
		l.report.Header = rows.Header()
		return l.mapColumns(ctx)
	}, func(row codec.Row) error {
		if row.Broken == "" {
			l.learn(row)
		}
		return nil
	}, func(rows *codec.List) { l.report.Charset, l.report.Separator = rows.Charset(), rows.Separator() })
	l.settle()
	l.repair = &repairFile{path: in.Repair, header: l.report.Header, comma: l.report.Separator, dry: in.DryRun || in.NoRepair}
	if in.Repair == "" {
		l.repair.path = strings.TrimSuffix(in.Path, filepath.Ext(in.Path)) + ".repair.csv"
	}
	return l, err
}

// settle decides how dates and amounts are written, by what was learned.
func (l *list) settle() {
	l.report.Decimal = l.money.Mark()
	l.report.Dates, l.report.Guessed = l.dates.Order()
	if l.report.Separator == ';' && l.money == (codec.MoneyColumn{}) {
		l.money.Add("1,5") // where lists have semicolons, amounts have commas
		l.report.Decimal = ','
	}
}

func (l *list) gather(ctx context.Context) error {
	accounts, err := l.db.Accounts(ctx)
	if err != nil {
		return err
	}
	contacts, err := l.db.Contacts(ctx, "")
	if err != nil {
		return err
	}
	l.names, l.people = data.NewAccountNames(accounts, contacts), map[string]data.Contact{}
	for _, c := range contacts {
		for _, e := range c.Emails {
			l.people[e] = c
		}
		l.people[personKey(c.AccountID, c.Name)] = c
	}
	if l.rules, err = l.db.MoneyRules(ctx); err != nil {
		return err
	}
	if l.owner, err = l.db.Setting(ctx, store.SettingUserName); err != nil {
		return err
	}
	if err := l.setting(ctx, settingMeans, &l.means); err != nil {
		return err
	}
	for name, id := range l.Means {
		l.means[strings.ToLower(name)] = id
	}
	return nil
}

func personKey(account, name string) string { return account + "\x00" + strings.ToLower(name) }

func (l *list) setting(ctx context.Context, key string, into any) error {
	s, err := l.db.Setting(ctx, key)
	if err != nil || s == "" {
		return err
	}
	return json.Unmarshal([]byte(s), into)
}

// mapColumns says what the columns are: as told now, as told before, as their
// names say.
func (l *list) mapColumns(ctx context.Context) error {
	told := map[string]string{}
	if err := l.setting(ctx, settingColumns+data.ListKey(l.As, l.report.Header), &told); err != nil {
		return err
	}
	for name, field := range l.Map {
		for before, f := range told {
			if strings.EqualFold(before, name) || f == field {
				delete(told, before)
			}
		}
		told[name] = field
	}
	fields, err := data.MapColumns(l.As, l.report.Header, told)
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

// learn looks at how a row's dates and amounts are written.
func (l *list) learn(row codec.Row) {
	for _, f := range []string{"date", "closed", "since"} {
		l.dates.Add(l.value(row, f))
	}
	for _, f := range []string{"amount", "cost"} {
		l.money.Add(l.value(row, f))
	}
}

// value is what a row says in a field, "" for nothing.
func (l *list) value(row codec.Row, field string) string {
	i, ok := l.columns[field]
	if !ok || i >= len(row.Cells) {
		return ""
	}
	return strings.TrimSpace(row.Cells[i])
}

// each reads the file once: begin is called after its first line, end after its
// last.
func (l *list) each(ctx context.Context, begin func(*codec.List) error, do func(codec.Row) error, end func(*codec.List)) error {
	file, size, err := l.open()
	if err != nil {
		return listProblem(l.Path, err)
	}
	defer file.Close()
	counted := &countedReader{r: file}
	rows, err := codec.ReadList(counted)
	if errors.Is(err, io.EOF) {
		return &data.Invalid{Field: "file", Says: l.Path + " is empty"}
	}
	if err != nil {
		return listProblem(l.Path, err)
	}
	if err := begin(rows); err != nil {
		return err
	}
	for n := 0; ; n++ {
		if n%1000 == 0 {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			if l.Told != nil {
				l.Told(counted.n, size)
			}
		}
		row, err := rows.Next()
		if errors.Is(err, io.EOF) {
			end(rows)
			return nil
		}
		if err != nil {
			return listProblem(l.Path, err)
		}
		switch err := do(row); {
		case errors.Is(err, errEnough):
			end(rows)
			return nil
		case err != nil:
			return err
		}
	}
}

// errEnough ends the reading of a list before its end.
var errEnough = errors.New("enough was read")

// open begins to read the list, and says how long it is in bytes.
func (l *list) open() (io.ReadCloser, int64, error) {
	if l.Text != nil {
		return io.NopCloser(bytes.NewReader(l.Text)), int64(len(l.Text)), nil
	}
	file, err := os.Open(l.Path)
	if err != nil {
		return nil, 0, err
	}
	info, err := file.Stat()
	if err != nil || info.IsDir() {
		return nil, 0, errors.Join(err, fs.ErrInvalid, file.Close())
	}
	return file, info.Size(), nil
}

func listProblem(path string, err error) error {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return &data.Problem{Kind: data.NoFile, About: path, Cause: err}
	case errors.Is(err, fs.ErrPermission):
		return &data.Problem{Kind: data.Forbidden, About: path, Cause: err}
	case errors.Is(err, fs.ErrInvalid):
		return &data.Invalid{Field: "file", Says: path + " is no file that can be read"}
	}
	return err
}

type countedReader struct {
	r io.Reader
	n int64
}

func (c *countedReader) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}

// take reads the list a second time and keeps its rows.
func (l *list) take(ctx context.Context, tx *store.Tx) error {
	intake, err := tx.BeginIntake(string(l.As), filepath.Base(l.Path))
	if err != nil {
		return err
	}
	err = l.each(ctx, func(*codec.List) error { return nil }, func(row codec.Row) error {
		l.report.Rows++
		place := l.place(row)
		took, invalid, err := l.takeRow(tx, intake, row)
		switch {
		case err != nil:
			return err
		case invalid != nil:
			l.broken(row, place, invalid)
		case took == store.TookNew:
			l.report.New++
		case took == store.TookChanged:
			l.report.Changed++
		default:
			l.report.Known++
		}
		return l.repair.err
	}, func(*codec.List) {})
	if err != nil {
		return err
	}
	return l.remember(tx)
}

// takeRow keeps one row; invalid says why it could not be.
func (l *list) takeRow(tx *store.Tx, intake store.Intake, row codec.Row) (took store.Took, invalid *data.Invalid, err error) {
	taker := map[data.ListKind]func(*store.Tx, store.Intake, codec.Row) (store.Took, error){
		data.ListOrders: l.order, data.ListInvoices: l.order, data.ListTickets: l.ticket, data.ListCalls: l.call, data.ListContacts: l.contact, data.ListAccounts: l.account,
	}[l.As]
	if row.Broken != "" {
		return 0, &data.Invalid{Field: "row", Says: row.Broken}, nil
	}
	took, err = taker(tx, intake, row)
	switch {
	case errors.As(err, &invalid):
		return 0, invalid, nil
	case errors.Is(err, data.ErrConflict):
		return 0, &data.Invalid{Field: "row", Says: err.Error()}, nil
	}
	return took, nil, err
}

func (l *list) remember(tx *store.Tx) error {
	put := func(key string, m map[string]string) error {
		if len(m) == 0 {
			return nil
		}
		b, err := json.Marshal(m)
		if err != nil {
			return err
		}
		return tx.PutSetting(key, string(b))
	}
	if err := put(settingColumns+data.ListKey(l.As, l.report.Header), l.Map); err != nil {
		return err
	}
	if len(l.Means) == 0 {
		return nil
	}
	return put(settingMeans, l.means)
}

func (l *list) broken(row codec.Row, place string, why *data.Invalid) {
	reason := rowReason(why)
	l.report.Broken = append(l.report.Broken, BrokenRow{Line: row.Line, Reason: reason, Cells: row.Cells, Place: place})
	l.repair.add(row, reason, place)
}

func rowReason(why *data.Invalid) string {
	if why.Field != "row" && why.Field != "account" {
		return why.Error()
	}
	return why.Says
}

// place is which line of its number a row is, counted from 1, "" where it has no
// number; a row of a repair file brings the one that it had.
func (l *list) place(row codec.Row) string {
	no := l.value(row, "number")
	if no == "" {
		return ""
	}
	if i := slices.Index(l.report.Header, data.RepairPlace); i >= 0 && i < len(row.Cells) && row.Cells[i] != "" {
		return row.Cells[i]
	}
	l.times[no]++
	return strconv.Itoa(l.times[no])
}

// key is the same for a row whenever its list is brought in: its number and
// which line of that it is, or all that it says and how often it was said.
func (l *list) key(row codec.Row) string {
	h := sha256.New()
	if no := l.value(row, "number"); no != "" {
		place := strconv.Itoa(l.times[no])
		if i := slices.Index(l.report.Header, data.RepairPlace); i >= 0 && i < len(row.Cells) && row.Cells[i] != "" {
			place = row.Cells[i]
		}
		_, _ = fmt.Fprintf(h, "%s\x00%s\x00%s\x00%s", l.As, strings.ToLower(l.value(row, "kind")), no, place) // a hash takes all
		return hex.EncodeToString(h.Sum(nil)[:16])
	}
	for _, f := range data.ListFields(l.As) {
		_, _ = fmt.Fprintf(h, "%s\x00%s\x00", f.Name, l.value(row, f.Name))
	}
	said := string(h.Sum(nil)[:16])
	l.times[said]++
	_, _ = fmt.Fprintf(h, "%d", l.times[said])
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// propose says which accounts may be meant by the names that are none's.
func (l *list) propose() {
	for name, rows := range l.unknown {
		u := UnknownName{Name: name, Rows: rows}
		if len(l.unknown) <= 500 {
			u.Proposed, u.Why, _ = l.names.Propose(name)
		}
		l.report.Unknown = append(l.report.Unknown, u)
	}
	slices.SortFunc(l.report.Unknown, func(a, b UnknownName) int {
		if a.Rows != b.Rows {
			return b.Rows - a.Rows
		}
		return strings.Compare(a.Name, b.Name)
	})
}
