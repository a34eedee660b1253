package data_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// This file keeps the walls of the house: which package may know which, and what some of them refuse to do.
// A new package, edge or module is a decision: add it to the rooms below, with one line that says why.

// room is what one package may import. A package that is not among the rooms fails the test.
type room struct {
	why    string
	ours   []string // packages of this module, without "rapport/"
	theirs []string // modules or packages of others, with all beneath them
	pure   bool     // no I/O, no context, no database, no goroutine, no clock
	tests  []string // packages of this module that its tests may import besides
}

const fyne = "fyne.io/fyne/v2"

// rooms holds every package by its path, "." for main. Some are named here before they are built.
var rooms = map[string]room{
	".": {
		why:    "main introduces the others to each other, and alone knows the driver that draws windows",
		ours:   []string{"app", "app/cli", "data/store", "sync"},
		theirs: []string{fyne},
	},
	"app": {
		why: "the window asks the store, lets data decide, and shows the answer; first run opens the sample",
		ours: []string{"app/bridge", "app/kit", "assets", "data", "data/chart", "data/codec", "data/listen", "data/nurture", "data/sample", "data/store", "data/survey", "data/text",
			"sync", "sync/secret", "sync/space"}, // sync/space: a person makes, joins and exchanges spaces; the window exchanges by itself
		theirs: []string{fyne},
		tests:  []string{"sync/login/logintest"},
	},
	"app/bridge": {
		why:    "the only way from the window's goroutine to others and back; it knows nothing of what it carries, so that every page can stand on it",
		theirs: []string{fyne},
	},
	"app/kit": {
		why:    "widgets never saw an account: they take strings, colours and callbacks, and draw with our font and icons",
		ours:   []string{"assets", "data/chart"}, // the map of people is laid out once for window and paper, by what knows no account either
		theirs: []string{fyne, "github.com/fyne-io/oksvg", "github.com/srwiley/rasterx", "golang.org/x/image"},
	},
	"app/cli": {
		why:   "a face for scripts, servers and CI: it runs with no display, so it never imports fyne",
		ours:  []string{"data", "data/chart", "data/codec", "data/listen", "data/nurture", "data/sample", "data/store", "data/survey", "data/text", "sync", "sync/bench", "sync/secret", "sync/space"},
		tests: []string{"sync/demo", "sync/login/logintest", "sync/radicale", "sync/team/jetstream/hubtest"}, // the scripts read the sample from loopback servers
	},
	"assets": {why: "icons and fonts are bytes and know nothing"},
	"data": {
		why:    "the rules that people must trust: pure, so that they can be tested exhaustively and replayed for any date",
		ours:   []string{"data/change", "data/stats", "data/text"},
		theirs: []string{"golang.org/x/net/idna", "golang.org/x/net/publicsuffix", "golang.org/x/text"},
		pure:   true,
	},
	"data/change": {why: "the merge core knows no kind, so that it can be specified and tested alone", pure: true},
	"data/stats": {
		why:    "numbers know no kind",
		theirs: []string{"gonum.org/v1/gonum"},
		pure:   true,
	},
	"data/listen": {
		why:  "what customers may have wanted us to hear, by a short list of words that anybody can read",
		ours: []string{"data", "data/stats", "data/text"}, // data/stats: whether answers are slower by more than chance
		pure: true,
	},
	"data/nurture": {
		why:  "what would do a relationship good just now, and why: pure, so that any day can be replayed",
		ours: []string{"data", "data/text"},
		pure: true,
	},
	"data/survey": {
		why:  "asking by mail and counting what comes back: pure, so that every shape of a reply is a row of a table",
		ours: []string{"data", "data/stats", "data/text"},
		pure: true,
	},
	"data/text": {
		why:    "the reading of text and addresses knows no kind",
		theirs: []string{"golang.org/x/net/idna", "golang.org/x/net/publicsuffix", "golang.org/x/text"},
		pure:   true,
	},
	"data/chart": {
		why:    "the map of people is laid out once for window and paper, so that a command draws it with no display; it knows no account",
		ours:   []string{"assets"},
		theirs: []string{"github.com/srwiley/rasterx", "golang.org/x/image"},
		pure:   true,
	},
	"data/codec": {
		why:    "CSV, vCard, Markdown, HTML and PDF are notations of data's values, and so is the map of people",
		ours:   []string{"assets", "data", "data/chart"},
		theirs: []string{"github.com/emersion/go-vcard", "github.com/go-pdf/fpdf", "github.com/yuin/goldmark", "gopkg.in/yaml.v3", "golang.org/x/text"},
		pure:   true,
	},
	"data/sample": {
		why:  "a fictional workspace, the same for the same seed and date",
		ours: []string{"data"},
		pure: true,
	},
	"data/store": {
		why:    "the only place with SQL; it applies the merge core to local edits and folds text for the search index",
		ours:   []string{"data", "data/change", "data/listen", "data/nurture", "data/survey", "data/text"}, // data/survey: a reply is read as it arrives, in the same transaction
		theirs: []string{"github.com/mattn/go-sqlite3", "golang.org/x/sys"},
		tests:  []string{"data/store/powercut"},
	},
	"data/store/powercut": {
		why:    "a disk whose power can fail, for the tests of what must be safe when somebody is told that it is saved",
		theirs: []string{"github.com/hanwen/go-fuse/v2"},
	},
	"sync": {
		why: "the engine runs the sources and is the only background writer",
		ours: []string{"data", "data/codec", "data/sample", "data/store", "data/text", "sync/caldav", "sync/calendar", "sync/demo", "sync/feed",
			"sync/login", "sync/mail", "sync/mime", "sync/secret", "sync/team", "sync/team/bundle", "sync/team/folder", "sync/team/jetstream",
			"sync/web"}, // data/sample and sync/demo: OpenSample serves and reads the sample
		tests: []string{"data/store/powercut", "sync/dovecot", "sync/login/logintest", "sync/radicale"},
	},
	"sync/mail": {
		why:  "a source knows only data, so that it is tested with an in-process server and no database",
		ours: []string{"data", "data/text", "sync/mime"}, // what a mail says is read apart from where it came from
		theirs: []string{"github.com/emersion/go-imap/v2", "github.com/emersion/go-message", "github.com/emersion/go-sasl",
			"github.com/jhillyerd/enmime/v2", "golang.org/x/net", "golang.org/x/text"},
		tests: []string{"sync/dovecot", "sync/login/logintest"},
	},
	"sync/mime": {
		why:  "mails are decoded without knowing a server, so that any bytes can be thrown at it",
		ours: []string{"data", "data/text", "sync/markup"}, // chardet guesses and utf7 decodes what enmime only uses inside
		theirs: []string{"github.com/cention-sany/utf7", "github.com/gogs/chardet", "github.com/emersion/go-message",
			"github.com/jhillyerd/enmime/v2", "github.com/JohannesKaufmann/html-to-markdown/v2", "golang.org/x/net", "golang.org/x/text"},
	},
	"sync/markup": {
		why:    "the text of HTML is the same for mails and news",
		theirs: []string{"github.com/k3a/html2text"},
	},
	"sync/calendar": {
		why:    "a source knows only data; how servers are asked is apart from what a calendar says",
		ours:   []string{"data", "data/text", "sync/caldav", "sync/web"},
		theirs: []string{"github.com/emersion/go-ical", "golang.org/x/text"},
		tests:  []string{"sync/radicale"},
	},
	"sync/caldav": {
		why:  "CalDAV's questions and answers, which know nothing of what an entry says",
		ours: []string{"data", "sync/web"},
	},
	"sync/web": {
		why:  "the rules that every question to a server of calendars or news keeps",
		ours: []string{"data", "data/text"},
	},
	"sync/radicale": {why: "a real CalDAV server on this laptop, for tests"},
	"sync/team": {
		why:    "transport of the team's changes; the rule that merges them is in data/change",
		ours:   []string{"data", "data/change"},
		theirs: []string{"filippo.io/age", "github.com/klauspost/compress", "golang.org/x/crypto"},
	},
	"sync/team/carriertest": {
		why:  "what every carrier must keep to, told once, with the faults of the world beneath it",
		ours: []string{"data", "sync/team"},
	},
	"sync/team/folder": {
		why:    "pieces in a folder that all see; it knows files and no keys",
		ours:   []string{"data", "sync/team"},
		theirs: []string{"github.com/fsnotify/fsnotify", "golang.org/x/sys"},
		tests:  []string{"sync/team/carriertest"},
	},
	"sync/team/bundle": {
		why:   "pieces in one file, for mail and sticks; it knows no keys",
		ours:  []string{"data", "sync/team"},
		tests: []string{"sync/team/carriertest"},
	},
	"sync/team/jetstream": {
		why:    "pieces on the team's own servers; the server itself is for tests only",
		ours:   []string{"data", "sync/team"},
		theirs: []string{"github.com/nats-io/jwt/v2", "github.com/nats-io/nats-server/v2", "github.com/nats-io/nats.go", "github.com/nats-io/nkeys"},
		tests:  []string{"sync/team/carriertest", "sync/team/jetstream/hubtest"},
	},
	"sync/team/jetstream/hubtest": {
		why:    "a hub of one server in process, for the tests of all that reach a space over one",
		theirs: []string{"github.com/nats-io/nats-server/v2"},
	},
	"sync/space": {
		why:   "it stands between the store, which has the changes, and team, which takes them from laptop to laptop",
		ours:  []string{"data", "data/change", "data/store", "sync/secret", "sync/team", "sync/team/bundle", "sync/team/folder", "sync/team/jetstream"},
		tests: []string{"data/store/powercut", "sync/team/jetstream/hubtest"},
	},
	"sync/feed": {
		why:    "a source knows only data; gofeed reads what scan has found harmless, and fetches nothing",
		ours:   []string{"data", "data/text", "sync/markup", "sync/web"},
		theirs: []string{"github.com/mmcdole/gofeed", "golang.org/x/net"},
	},
	"sync/login": {
		why:    "OAuth and its loopback, for mail and calendar",
		ours:   []string{"data"},
		theirs: []string{"golang.org/x/oauth2"},
		tests:  []string{"sync/login/logintest"},
	},
	"sync/login/logintest": {
		why:    "a provider of tokens and a mail server that takes them, for the tests of all who sign in",
		ours:   []string{"sync/login"},
		theirs: []string{"github.com/emersion/go-imap/v2", "github.com/emersion/go-sasl"},
	},
	"sync/secret": {
		why:    "passwords and keys lie in the keyring, or in the sealed file",
		ours:   []string{"data"},
		theirs: []string{"filippo.io/age", "github.com/zalando/go-keyring"},
	},
	"sync/bench": {
		why:    "it measures the engine on a generated mailbox, so it stands above sync as a face does",
		ours:   []string{"data", "data/sample", "data/store", "sync"},
		theirs: []string{"github.com/emersion/go-imap/v2"},
	},
	"sync/dovecot": {
		why:    "a real server for tests and for .ci/peers.go, which start it alike; its test compares the workspace with it",
		theirs: []string{"github.com/emersion/go-imap/v2"},
		tests:  []string{"data", "data/nurture", "data/store", "data/survey", "sync", "sync/bench", "sync/login/logintest", "sync/mail"}, // a provider whose tokens it takes
	},
	"sync/demo": {
		why:    "a loopback mail server and calendar feed that serve the sample workspace",
		ours:   []string{"data", "data/sample"},
		theirs: []string{"github.com/emersion/go-ical", "github.com/emersion/go-imap/v2"},
	},
}

// Tests may import these besides.
var (
	testOurs   = []string{"data/sample"}
	testTheirs = []string{"pgregory.net/rapid", "github.com/rogpeppe/go-internal/testscript"}
)

// impure are the packages of the standard library that a pure room refuses, with all beneath them but pureAfterAll.
var impure = []string{"context", "crypto/rand", "database/sql", "io/fs", "io/ioutil", "log", "net", "os",
	"path/filepath", "plugin", "sync", "syscall", "testing", "unsafe"}

var pureAfterAll = []string{"net/mail", "net/netip", "net/url"}

// impureCalls are functions of otherwise pure packages that a pure room refuses.
var impureCalls = map[string][]string{
	"time": {"After", "AfterFunc", "NewTicker", "NewTimer", "Now", "Since", "Sleep", "Tick", "Until"},
	"fmt":  {"Print", "Printf", "Println", "Scan", "Scanf", "Scanln"},
}

// only are packages that few rooms may import although their table would allow it, and why.
var only = []struct {
	path  string
	rooms []string
	tests bool // tests may import it wherever their table allows
	why   string
}{
	{fyne + "/app", []string{"."}, false, "it compiles OpenGL, and everything else stays testable without"},
	{fyne + "/test", nil, true, "it is for tests; pictures in the product use the software driver"},
	{"database/sql", []string{"data/store"}, true, "SQL stays in one place"},
	{"github.com/nats-io/nats-server/v2/server", []string{"sync/team/jetstream/hubtest"}, true, "the hub's server is for tests; no laptop carries it"},
	{"rapport/data/store/powercut", nil, true, "it mounts a file system; no program but a test's does that"},
}

// The room that alone leads from the window's goroutine to the rest.
const bridge = "app/bridge"

// topLevel is all that may lie beside main.go, besides what .gitignore names.
var topLevel = []string{".ci", ".git", ".gitignore", "CHANGELOG.md", "CONTRIBUTING.md", "FyneApp.toml", "LICENSE",
	"Makefile", "README.md", "app", "assets", "data", "docs", "go.mod", "go.sum", "main.go", "sync"}

func TestWallsStand(t *testing.T) {
	files := readHouse(t, houseRoot(t))
	if len(files) == 0 {
		t.Fatal("no Go file was found")
	}
	for _, f := range files {
		for _, breach := range breaches(f) {
			t.Error(breach)
		}
	}
}

func TestTopLevelHoldsOnlyWhatPeopleExpect(t *testing.T) {
	root := houseRoot(t)
	entries, err := os.ReadDir(root)
	if err != nil {
		t.Fatal(err)
	}
	ignored, err := os.ReadFile(filepath.Join(root, ".gitignore"))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	for _, name := range strangers(names, string(ignored)) {
		t.Errorf("%s does not belong at the top level: put it into a room, or decide it in topLevel of data/walls_test.go", name)
	}
}

// file is what the walls ask about one Go file. Its path is relative to the module's root, with slashes.
type file struct {
	path    string
	imports []string
	calls   []string // selectors on imported packages, as "import/path.Name"
	spawns  bool     // it has a go statement
}

func (f file) room() string { return path.Dir(f.path) }

func (f file) isTest() bool { return strings.HasSuffix(f.path, "_test.go") }

// breaches returns a sentence for each wall that a file breaks.
func breaches(f file) []string {
	r, ok := rooms[f.room()]
	if !ok {
		return []string{fmt.Sprintf("%s: package %s is in no room: add it to rooms in data/walls_test.go, with what it may import and why", f.path, f.room())}
	}
	var found []string
	for _, imported := range f.imports {
		if wrong := edgeBreach(f, r, imported); wrong != "" {
			found = append(found, fmt.Sprintf("%s imports %s: %s", f.path, imported, wrong))
		}
	}
	return append(found, deedBreaches(f, r)...)
}

// edgeBreach says what is wrong with one import, or nothing.
func edgeBreach(f file, r room, imported string) string {
	for _, o := range only {
		if imported == o.path && !slices.Contains(o.rooms, f.room()) && !(o.tests && f.isTest()) {
			return o.why
		}
	}
	ours, isOurs := strings.CutPrefix(imported, "rapport/")
	switch {
	case isOurs:
		if !mayKnow(f, r, ours) {
			return fmt.Sprintf("%s (%s) may not know it; a new edge goes to rooms in data/walls_test.go with its reason", f.room(), r.why)
		}
	case strings.Contains(strings.SplitN(imported, "/", 2)[0], "."):
		if !within(imported, r.theirs) && !(f.isTest() && within(imported, testTheirs)) {
			return fmt.Sprintf("%s does not use it; a new module goes to rooms in data/walls_test.go and to CONTRIBUTING.md with its reason", f.room())
		}
	case f.isTest():
	case r.pure && within(imported, impure) && !within(imported, pureAfterAll):
		return fmt.Sprintf("%s is pure: what it needs from there is handed to it as a value", f.room())
	case under(f.room(), "app") && f.room() != "app/cli" && within(imported, []string{"sync"}):
		return "the window's state belongs to one goroutine, so a lock there is a bug"
	}
	return ""
}

func mayKnow(f file, r room, ours string) bool {
	return slices.Contains(r.ours, ours) ||
		f.isTest() && (ours == f.room() || slices.Contains(testOurs, ours) || slices.Contains(r.tests, ours))
}

// deedBreaches returns a sentence for each thing that a file does and its room refuses.
func deedBreaches(f file, r room) []string {
	var found []string
	drawn := under(f.room(), "app") && f.room() != "app/cli"
	if f.spawns && drawn && f.room() != bridge {
		found = append(found, fmt.Sprintf("%s has a go statement: %s is the only bridge to other goroutines", f.path, bridge))
	}
	if f.spawns && r.pure && !f.isTest() {
		found = append(found, fmt.Sprintf("%s has a go statement, but %s is pure", f.path, f.room()))
	}
	for _, call := range f.calls {
		dot := strings.LastIndex(call, ".")
		from, name := call[:dot], call[dot+1:]
		switch {
		case from == fyne && (name == "Do" || name == "DoAndWait") && f.room() != bridge:
			found = append(found, fmt.Sprintf("%s uses fyne.%s: %s is the only bridge to the window's goroutine", f.path, name, bridge))
		case r.pure && !f.isTest() && slices.Contains(impureCalls[from], name):
			found = append(found, fmt.Sprintf("%s uses %s, but %s is pure: the time and the reader or writer are handed to it", f.path, call, f.room()))
		}
	}
	return found
}

// within says whether a path is one of the roots or lies beneath one.
func within(p string, roots []string) bool {
	return slices.ContainsFunc(roots, func(root string) bool { return under(p, root) })
}

func under(p, root string) bool { return p == root || strings.HasPrefix(p, root+"/") }

// strangers returns the names that are neither in topLevel nor named by a pattern of a .gitignore.
func strangers(names []string, gitignore string) []string {
	patterns := strings.Fields(gitignore)
	return slices.DeleteFunc(slices.Clone(names), func(name string) bool {
		return slices.Contains(topLevel, name) || slices.ContainsFunc(patterns, func(pattern string) bool {
			matched, err := path.Match(strings.Trim(pattern, "/"), name)
			return err == nil && matched
		})
	})
}

// parseFile reads one file's source, whatever its build tags.
func parseFile(name string, source []byte) (file, error) {
	parsed, err := parser.ParseFile(token.NewFileSet(), name, source, parser.SkipObjectResolution)
	if err != nil {
		return file{}, err
	}
	f := file{path: name}
	named := map[string]string{}
	for _, spec := range parsed.Imports {
		imported, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			return file{}, fmt.Errorf("%s: %w", name, err)
		}
		f.imports = append(f.imports, imported)
		named[importName(spec, imported)] = imported
	}
	ast.Inspect(parsed, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.GoStmt:
			f.spawns = true
		case *ast.SelectorExpr:
			if x, ok := n.X.(*ast.Ident); ok && named[x.Name] != "" {
				f.calls = append(f.calls, named[x.Name]+"."+n.Sel.Name)
			}
		}
		return true
	})
	return f, nil
}

// importName is the name by which a file calls a package: a version at the end of its path is not it.
func importName(spec *ast.ImportSpec, imported string) string {
	if spec.Name != nil {
		return spec.Name.Name
	}
	base := path.Base(imported)
	if len(base) > 1 && base[0] == 'v' && strings.Trim(base[1:], "0123456789") == "" {
		base = path.Base(path.Dir(imported))
	}
	return base
}

// readHouse parses every Go file of the module. The go command does not see names that begin with a dot or an
// underscore, nor testdata; neither does this.
func readHouse(t *testing.T, root string) []file {
	t.Helper()
	var files []file
	err := filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		hidden := strings.HasPrefix(entry.Name(), ".") || strings.HasPrefix(entry.Name(), "_")
		relative, err := filepath.Rel(root, name)
		switch {
		case err != nil || relative == ".":
			return err
		case entry.IsDir() && (hidden || entry.Name() == "testdata" || relative == "build"):
			return filepath.SkipDir
		case entry.IsDir() || hidden || filepath.Ext(name) != ".go":
			return nil
		}
		source, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		f, err := parseFile(filepath.ToSlash(relative), source)
		files = append(files, f)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// houseRoot walks up to the folder that holds go.mod.
func houseRoot(t *testing.T) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		if dir == filepath.Dir(dir) {
			t.Fatal("no go.mod above this test")
		}
		dir = filepath.Dir(dir)
	}
}

func TestBreachesAreSeen(t *testing.T) {
	tests := []struct {
		name, path, source string
		want               string // part of the one breach, or "" for none
	}{
		{"data stands on change", "data/a.go", `import "rapport/data/change"`, ""},
		{"data reads addresses", "data/a.go", `import ("net/mail"; "net/url"; "time")`, ""},
		{"data knows the store", "data/a.go", `import "rapport/data/store"`, "data (the rules"},
		{"data takes a context", "data/a.go", `import "context"`, "data is pure"},
		{"data keeps a lock", "data/a.go", `import "sync"`, "data is pure"},
		{"data counts atomically", "data/a.go", `import "sync/atomic"`, "data is pure"},
		{"data logs", "data/a.go", `import "log/slog"`, "data is pure"},
		{"data opens a connection", "data/a.go", `import "net"`, "data is pure"},
		{"data speaks http", "data/a.go", `import "net/http"`, "data is pure"},
		{"data reads files", "data/a.go", `import "os"`, "data is pure"},
		{"data uses SQL", "data/a.go", `import "database/sql"`, "SQL stays in one place"},
		{"data asks the clock", "data/a.go", `import "time"; var now = time.Now()`, "uses time.Now"},
		{"data asks the clock by another name", "data/a.go", `import clock "time"; var now = clock.Now`, "uses time.Now"},
		{"data prints", "data/a.go", `import "fmt"; func f() { fmt.Println() }`, "uses fmt.Println"},
		{"data formats", "data/a.go", `import "fmt"; var s = fmt.Sprint(1)`, ""},
		{"data starts a goroutine", "data/a.go", `func f() { go f() }`, "go statement, but data is pure"},
		{"data's test reads files", "data/a_test.go", `import ("os"; "testing"; "rapport/data"; "rapport/data/sample")`, ""},
		{"data's test knows the store", "data/a_test.go", `import "rapport/data/store"`, "may not know it"},
		{"change knows a kind", "data/change/a.go", `import "rapport/data"`, "data/change (the merge core"},
		{"change's test uses rapid", "data/change/a_test.go", `import "pgregory.net/rapid"`, ""},
		{"change uses rapid outside a test", "data/change/a.go", `import "pgregory.net/rapid"`, "does not use it"},
		{"sample uses the store", "data/sample/a.go", `import "rapport/data/store"`, "may not know it"},
		{"the store speaks SQL", "data/store/a.go", `import ("context"; "database/sql"; "github.com/mattn/go-sqlite3"; "rapport/data")`, ""},
		{"the store knows the engine", "data/store/a.go", `import "rapport/sync"`, "may not know it"},
		{"the engine knows its rooms", "sync/a.go", `import ("rapport/sync/mail"; "rapport/sync/team"; "rapport/data/store"; "sync")`, ""},
		{"the engine uses SQL", "sync/a.go", `import "database/sql"`, "SQL stays in one place"},
		{"the engine draws", "sync/a.go", `import "rapport/app/kit"`, "may not know it"},
		{"mail uses its modules", "sync/mail/a.go", `import ("github.com/emersion/go-imap/v2/imapclient"; "github.com/jhillyerd/enmime/v2")`, ""},
		{"mail writes to the store", "sync/mail/a.go", `import "rapport/data/store"`, "may not know it"},
		{"mail knows calendar", "sync/mail/a.go", `import "rapport/sync/calendar"`, "may not know it"},
		{"calendar uses mail's module", "sync/calendar/a.go", `import "github.com/emersion/go-imap/v2"`, "does not use it"},
		{"a module whose name only begins alike", "sync/mail/a.go", `import "github.com/emersion/go-imap/v2extra"`, "does not use it"},
		{"team shares changes", "sync/team/a.go", `import ("rapport/data/change"; "filippo.io/age")`, ""},
		{"the window draws", "app/a.go", `import ("fyne.io/fyne/v2/widget"; "rapport/app/kit"; "context")`, ""},
		{"the window draws with OpenGL", "app/a.go", `import "fyne.io/fyne/v2/app"`, "compiles OpenGL"},
		{"main draws with OpenGL", "main.go", `import "fyne.io/fyne/v2/app"`, ""},
		{"the window keeps a lock", "app/a.go", `import "sync"`, "a lock there is a bug"},
		{"the window counts atomically", "app/kit/a.go", `import "sync/atomic"`, "a lock there is a bug"},
		{"the window knows a source", "app/a.go", `import "rapport/sync/mail"`, "may not know it"},
		{"the window starts a goroutine", "app/a.go", `func f() { go f() }`, "only bridge"},
		{"a page's test starts a goroutine", "app/a_test.go", `func f() { go f() }`, "only bridge"},
		{"a widget starts a goroutine", "app/kit/a.go", `func f() { go f() }`, "only bridge"},
		{"the bridge starts a goroutine", "app/bridge/a.go", `import "fyne.io/fyne/v2"; func f() { go fyne.Do(f) }`, ""},
		{"a page calls fyne.Do", "app/a.go", `import "fyne.io/fyne/v2"; func f() { fyne.Do(f) }`, "uses fyne.Do"},
		{"a page hands fyne.DoAndWait on", "app/a.go", `import "fyne.io/fyne/v2"; var do = fyne.DoAndWait`, "uses fyne.DoAndWait"},
		{"main calls fyne.Do by another name", "main.go", `import ui "fyne.io/fyne/v2"; func f() { ui.Do(f) }`, "uses fyne.Do"},
		{"a page's test draws", "app/a_test.go", `import "fyne.io/fyne/v2/test"`, ""},
		{"a page draws with the test package", "app/a.go", `import "fyne.io/fyne/v2/test"`, "it is for tests"},
		{"a widget knows an account", "app/kit/a.go", `import "rapport/data"`, "may not know it"},
		{"a command opens a window", "app/cli/a.go", `import "fyne.io/fyne/v2"`, "does not use it"},
		{"a command knows a page", "app/cli/a.go", `import "rapport/app"`, "may not know it"},
		{"a command waits", "app/cli/a.go", `import "sync"; func f() { go f() }`, ""},
		{"a package that nobody decided", "app/graph/a.go", ``, "is in no room: add it to rooms"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f, err := parseFile(tt.path, []byte("package p\n"+tt.source))
			if err != nil {
				t.Fatal(err)
			}
			checkBreaches(t, breaches(f), tt.want)
		})
	}
}

// checkBreaches wants no breach for "", else exactly one with that text in it.
func checkBreaches(t *testing.T, got []string, want string) {
	t.Helper()
	switch {
	case want == "" && len(got) > 0:
		t.Errorf("got %q, want none", got)
	case want != "" && (len(got) != 1 || !strings.Contains(got[0], want)):
		t.Errorf("got %q, want one with %q", got, want)
	}
}

func TestEveryRoomSaysWhy(t *testing.T) {
	for name, r := range rooms {
		if r.why == "" {
			t.Errorf("room %s says no reason", name)
		}
		for _, ours := range slices.Concat(r.ours, r.tests) {
			if _, ok := rooms[ours]; !ok {
				t.Errorf("room %s may know %s, which is no room", name, ours)
			}
		}
	}
}

func TestStrangersAtTheTopLevelAreSeen(t *testing.T) {
	gitignore := "# Made by make\n/build/\n*.swp\n.DS_Store\n"
	tests := []struct {
		name string
		want bool // a stranger
	}{
		{"main.go", false}, {"data", false}, {".ci", false}, {"build", false}, {".main.go.swp", false}, {".DS_Store", false},
		{"util", true}, {"internal", true}, {"Dockerfile", true}, {"rapport", true}, {"main_test.go", true},
	}
	for _, tt := range tests {
		if got := len(strangers([]string{tt.name}, gitignore)) == 1; got != tt.want {
			t.Errorf("%s is a stranger: %v, want %v", tt.name, got, tt.want)
		}
	}
}
