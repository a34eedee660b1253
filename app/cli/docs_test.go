package cli

import (
	"context"
	"os"
	"reflect"
	"strings"
	"testing"
	"time"

	"rapport/data"
)

func TestEveryCommandFlagAndFieldIsDocumented(t *testing.T) {
	text, err := os.ReadFile("../../docs/cli.md")
	if err != nil {
		t.Fatal(err)
	}
	docs := string(text)
	for _, v := range verbs() {
		if v.name == "help" {
			continue
		}
		_, section, found := strings.Cut(docs, "### `rapport "+v.name)
		if !found {
			t.Errorf("docs/cli.md has no heading for %s", v.name)
			continue
		}
		section, _, _ = strings.Cut(section, "### ")
		for _, f := range v.flags {
			if !strings.Contains(section, "-"+f.name) {
				t.Errorf("docs/cli.md says nothing of %s -%s", v.name, f.name)
			}
		}
	}
	for command, shape := range map[string]any{
		"mailbox list": mailboxJSON{}, "calendar list": calendarJSON{}, "sync": ledgerJSON{}, "accounts": accountJSON{},
		"contacts": contactJSON{}, "timeline": interactionJSON{}, "messages": messageJSON{}, "agenda": agendaJSON{},
		"search": foundJSON{}, "brief": briefJSON{}, "doctor": checkupJSON{}, "bench": measuredJSON{},
	} {
		_, section, _ := strings.Cut(docs, "### `rapport "+command)
		section, _, _ = strings.Cut(section, "### ")
		for _, name := range namesIn(reflect.TypeOf(shape)) {
			if !strings.Contains(section, "`"+name+"`") {
				t.Errorf("docs/cli.md, %s: no field %s", command, name)
			}
		}
	}
}

// namesIn are the JSON names of a type and of all that it holds.
func namesIn(t reflect.Type) []string {
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
		t = t.Elem()
	}
	if t.Kind() != reflect.Struct {
		return nil
	}
	var names []string
	for i := range t.NumField() {
		f := t.Field(i)
		if name, _, _ := strings.Cut(f.Tag.Get("json"), ","); name != "" {
			names = append(names, name)
		}
		names = append(names, namesIn(f.Type)...)
	}
	return names
}

func TestAFlagMeansTheSameWithEveryCommand(t *testing.T) {
	seen := map[string]flag{}
	for _, v := range verbs() {
		for _, f := range v.allFlags() {
			if have, ok := seen[f.name]; ok && (have.value == "") != (f.value == "") {
				t.Errorf("-%s takes a value with one command and none with %s: then it cannot be read before the command is known", f.name, v.name)
			}
			seen[f.name] = f
		}
	}
}

func TestVersionIsThatOfThePackage(t *testing.T) {
	text, err := os.ReadFile("../../FyneApp.toml")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(text), `Version = "`+Version+`"`) {
		t.Errorf("FyneApp.toml does not say version %s", Version)
	}
}

func TestSpansOfTimeAreReadAndWritten(t *testing.T) {
	for span, want := range map[string]int{"12mo": 12, "6MO": 6, "2y": 24, "all": 0, " 3m ": 3} {
		if got, err := monthsOf(span); err != nil || got != want {
			t.Errorf("monthsOf(%q) = %d, %v; want %d", span, got, err, want)
		}
	}
	for _, wrong := range []string{"", "12", "0mo", "-1mo", "1.5y", "9999999y", "moo", "12 mo."} {
		if n, err := monthsOf(wrong); err == nil {
			t.Errorf("monthsOf(%q) = %d, want an error", wrong, n)
		}
	}
	for _, months := range []int{0, 1, 12, 24} {
		if got, err := monthsOf(spanOf(months)); err != nil || got != months {
			t.Errorf("%d months come back as %d, %v", months, got, err)
		}
	}
}

func TestNearestIsOnlyWhatIsNear(t *testing.T) {
	words := []string{"accounts", "account", "sync", "search", "messages", "message"}
	for typed, want := range map[string]string{
		"acounts": "accounts", "snyc": "sync", "serach": "search", "mesages": "messages", "xyz": "", "": "", "frobnicate": "",
	} {
		if got := nearest(typed, words); got != want {
			t.Errorf("nearest(%q) = %q, want %q", typed, got, want)
		}
	}
}

func TestTablesKeepTheirColumnsAndTheTerminal(t *testing.T) {
	rows := [][]string{
		{"Kestrel", "12", "short"},
		{"日本電気", "3", strings.Repeat("word ", 60)},
		{"Ünïcode e\u0301", "4000", "red \x1b[31m and \u202eturned\nround"},
	}
	var b strings.Builder
	if err := table(&b, []column{{head: "NAME"}, {head: "N", right: true}, {head: "TEXT", rest: true}}, rows); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(b.String(), "\n"), "\n")
	if len(lines) != 4 {
		t.Fatalf("%d lines, want 4:\n%s", len(lines), b.String())
	}
	for _, l := range lines {
		if cells(l) > screen {
			t.Errorf("%d cells wide: %s", cells(l), l)
		}
	}
	want := "NAME          N  TEXT\nKestrel      12  short\n日本電気      3  word "
	if !strings.HasPrefix(b.String(), want) {
		t.Errorf("got\n%s\nwant it to begin\n%s", b.String(), want)
	}
	if cells(lines[2]) != screen || !strings.HasSuffix(lines[2], "…") || !strings.HasSuffix(lines[3], "4000  red [31m and turned round") {
		t.Errorf("got\n%s", b.String())
	}
}

func TestListsNeverPrintNull(t *testing.T) {
	var b strings.Builder
	empty := filing{}.message(data.MessageRow{})
	if err := writeArray(&b, each([]messageJSON{empty}, func(m messageJSON) messageJSON { return m })); err != nil {
		t.Fatal(err)
	}
	if s := strings.Replace(b.String(), `"date":null`, "", 1); strings.Contains(s, "null") {
		t.Errorf("got %s", s)
	}
}

func TestAnInterruptedCommandEndsWith130(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	var out, complaints strings.Builder
	p := program{in: strings.NewReader(""), out: &out, errOut: &complaints, now: time.Now, env: func(string) string { return t.TempDir() }}
	if code := p.run(ctx, []string{"account", "add", "Kestrel"}); code != exitInterrupted {
		t.Errorf("exit code %d, want %d", code, exitInterrupted)
	}
	if complaints.String() != "rapport: interrupted\n" || out.Len() > 0 {
		t.Errorf("said %q and %q", out.String(), complaints.String())
	}
}

func TestProgressIsOneLineOnATerminalOnly(t *testing.T) {
	var screen strings.Builder
	p := progressOn(&screen)
	p.told(data.Status{Source: "mail:maya@larkfield.example", Running: true, Folder: "INBOX", Done: 3, Total: 9})
	p.end()
	if screen.Len() > 0 {
		t.Errorf("a file got %q", screen.String())
	}
	p = &progress{to: &screen}
	for range 50 {
		p.told(data.Status{Source: "mail:maya@larkfield.example", Running: true, Folder: "IN\x1bBOX", Done: 3, Total: 9})
	}
	p.end()
	p.told(data.Status{Source: "late", Running: true})
	if want := "\r\x1b[Kmail:maya@larkfield.example INBOX 3 of 9\r\x1b[K"; screen.String() != want {
		t.Errorf("a terminal got %q, want %q", screen.String(), want)
	}
}
