package cli

import (
	"fmt"
	"os"
	"strings"

	"rapport/data"
	"rapport/data/codec"
	"rapport/data/store"
	"rapport/sync"
)

// orders of dates by the values of -dates.
var dateOrders = map[string]codec.Order{"": "", "dmy": codec.DayFirst, "mdy": codec.MonthFirst}

func importCSVVerb() *verb {
	return &verb{
		name: "import csv", args: "FILE -as KIND", does: "Bring in a list of another program: orders, invoices, tickets, calls, contacts or accounts",
		more: `The file's first line names its columns. Separator, charset, decimal mark and the order
of dates are found out; what a column says is, too, or said with -map and remembered
for lists with the same columns. A list may be brought in again: what is here already
is kept once, and one undo takes all of it back. Rows that cannot be brought in are
listed and written to a file, to be mended and imported again.

  rapport import csv orders.csv -as orders -map "Net EUR=amount" -dry-run`,
		least: 1, most: 1,
		flags: []flag{
			{name: "as", value: "KIND", does: "orders, invoices, tickets, calls, contacts or accounts"},
			{name: "map", value: "COLUMN=FIELD", does: "what a column says; nothing behind = leaves it out", many: true},
			{name: "means", value: "NAME=ACCOUNT", does: "which account a name in the list means; it is remembered", many: true},
			{name: "add-accounts", does: "make an account of each name that none has"},
			{name: "dates", value: "dmy|mdy", does: "the order of the dates, where the list does not tell"},
			{name: "rest", value: "FILE", does: "where to write rows that could not be brought in (else FILE.repair.csv beside the list)"},
			{name: "dry-run", does: "say what would be done, and do nothing"},
			jsonFlag,
		},
		run: runImportCSV,
	}
}

func runImportCSV(c *call) error {
	in := sync.ListImport{
		Path: c.args[0], As: data.ListKind(strings.ToLower(c.text("as"))), AddAccounts: c.on("add-accounts"),
		Repair: c.text("rest"), DryRun: c.on("dry-run"),
	}
	if !c.has("as") {
		return misuse(c.verb, "import csv needs -as: orders, invoices, tickets, calls, contacts or accounts")
	}
	var ok bool
	if in.Dates, ok = dateOrders[strings.ToLower(c.text("dates"))]; !ok {
		return misuse(c.verb, "flag -dates takes dmy or mdy; %q is neither", c.text("dates"))
	}
	var err error
	if in.Map, err = c.pairs("map"); err != nil {
		return err
	}
	means, err := c.pairs("means")
	if err != nil {
		return err
	}
	if _, err := os.Stat(in.Path); err != nil { // before a workspace is made for nothing
		return &data.Problem{Kind: data.NoFile, About: in.Path, Cause: err}
	}
	return c.write(func(db *store.DB) error {
		known, err := c.names(db)
		if err != nil {
			return err
		}
		in.Means = map[string]string{}
		for name, ref := range means {
			a, err := known.account(ref)
			if err != nil {
				return err
			}
			in.Means[name] = a.ID
		}
		shown := progressOn(c.errOut)
		in.Told = shown.pulled
		r, err := sync.ImportList(c.ctx, db, in)
		shown.end()
		if err != nil {
			return err
		}
		return c.listDone(in, r)
	})
}

// pairs are the values of a flag that have the form NAME=VALUE.
func (c *call) pairs(flag string) (map[string]string, error) {
	list := map[string]string{}
	for _, v := range c.values[flag] {
		i := strings.LastIndexByte(v, '=')
		if i <= 0 {
			return nil, misuse(c.verb, "flag -%s takes NAME=VALUE; %q has no name before =", flag, v)
		}
		list[strings.TrimSpace(v[:i])] = strings.TrimSpace(v[i+1:])
	}
	return list, nil
}

// listDone says what became of a list, and ends as partly done where rows were
// left over.
func (c *call) listDone(in sync.ListImport, r sync.ListReport) error {
	var partly error
	if len(r.Broken) > 0 {
		partly = exitCode(exitPartly)
	}
	if c.on("json") {
		if err := writeJSON(c.out, listOf(in, r)); err != nil {
			return err
		}
		return partly
	}
	verb := "imported"
	if in.DryRun {
		verb = "would be imported"
	}
	c.printf("%d of %d rows %s as %s: %d new, %d changed, %d known already\n", r.New+r.Changed+r.Known, r.Rows, verb, in.As, r.New, r.Changed, r.Known)
	c.printf("read as %s with %s between values, %s\n", r.Charset, separatorWords(r.Separator), columnWords(r))
	if r.Guessed {
		c.note("nothing in the list tells whether its dates have the day or the month first; the day was taken; say -dates mdy if that is wrong")
	}
	if len(r.Added) > 0 {
		c.printf("%s made\n", data.Counted(len(r.Added), "account", "accounts"))
	}
	c.printUnknown(r)
	c.printBroken(r)
	return partly
}

func separatorWords(b byte) string {
	words := map[byte]string{',': "commas", ';': "semicolons", '\t': "tabs", '|': "bars"}
	if w := words[b]; w != "" {
		return w
	}
	return string(b)
}

// columnWords say what the columns were taken for: "Kunde = account".
func columnWords(r sync.ListReport) string {
	var list []string
	for i, f := range r.Fields {
		if f != "" {
			list = append(list, fmt.Sprintf("%s = %s", r.Header[i], f))
		}
	}
	return strings.Join(list, ", ")
}

// shownRows is how many broken rows and unknown names are printed.
const shownRows = 20

func (c *call) printUnknown(r sync.ListReport) {
	for i, u := range r.Unknown {
		if i == shownRows {
			c.printf("  and %d more names\n", len(r.Unknown)-i)
			break
		}
		line := fmt.Sprintf("%s: no account is called %q", data.Counted(u.Rows, "row", "rows"), u.Name)
		if u.Proposed.ID != "" {
			line += fmt.Sprintf("; probably -means %q (%s)", u.Name+"="+u.Proposed.Name, u.Why)
		}
		c.printf("%s\n", plainText(line))
	}
}

func (c *call) printBroken(r sync.ListReport) {
	for i, b := range r.Broken {
		if i == shownRows {
			c.printf("  and %d more rows\n", len(r.Broken)-i)
			break
		}
		c.printf("line %d: %s\n", b.Line, plainText(b.Reason))
	}
	if r.Repair != "" {
		c.printf("what was left over is in %s; mend it there and import it again\n", r.Repair)
	}
}

type listJSON struct {
	As        string            `json:"as"`
	Charset   string            `json:"charset"`
	Separator string            `json:"separator"`
	Dates     string            `json:"dates"`
	Guessed   bool              `json:"guessed"`
	Columns   []listColumnJSON  `json:"columns"`
	Rows      int               `json:"rows"`
	New       int               `json:"new"`
	Changed   int               `json:"changed"`
	Known     int               `json:"known"`
	Broken    []brokenJSON      `json:"broken"`
	Unknown   []unknownNameJSON `json:"unknown"`
	Added     []string          `json:"added"`
	Repair    string            `json:"repair"`
	Undo      int64             `json:"undo"`
	DryRun    bool              `json:"dryRun"`
}

type listColumnJSON struct {
	Column string `json:"column"`
	Field  string `json:"field"`
}

type brokenJSON struct {
	Line   int    `json:"line"`
	Reason string `json:"reason"`
}

type unknownNameJSON struct {
	Name       string `json:"name"`
	Rows       int    `json:"rows"`
	Proposed   string `json:"proposed"`
	ProposedID string `json:"proposedId"`
	Why        string `json:"why"`
}

func listOf(in sync.ListImport, r sync.ListReport) listJSON {
	l := listJSON{
		As: string(in.As), Charset: r.Charset, Separator: string(r.Separator), Dates: string(r.Dates), Guessed: r.Guessed, Rows: r.Rows, New: r.New,
		Changed: r.Changed, Known: r.Known, Columns: []listColumnJSON{}, Broken: []brokenJSON{}, Unknown: []unknownNameJSON{},
		Added: full(r.Added), Repair: r.Repair, Undo: r.Undo.ID, DryRun: in.DryRun,
	}
	for i, f := range r.Fields {
		l.Columns = append(l.Columns, listColumnJSON{r.Header[i], f})
	}
	for _, b := range r.Broken {
		l.Broken = append(l.Broken, brokenJSON{b.Line, b.Reason})
	}
	for _, u := range r.Unknown {
		l.Unknown = append(l.Unknown, unknownNameJSON{u.Name, u.Rows, u.Proposed.Name, u.Proposed.ID, u.Why})
	}
	return l
}
