package app

import (
	"context"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"rapport/app/bridge"
	"rapport/app/kit"
	"rapport/data"
)

// spans of the ledger, in the order of their chips; 0 is all time.
var ledgerSpans = []struct {
	name string
	days int
}{{"Today", 1}, {"7 days", 7}, {"All time", 0}}

// sources is the section of mailboxes and calendars: each with how it stands,
// and under them what reading the chosen one did.
type sources struct {
	w         *window
	list      *kit.List
	inspector *sourceInspector
	body      swap
	made      map[fyne.CanvasObject]rowObject
	slot      bridge.Slot
	asked     bridge.Slot // of the ledger

	all     []source
	chosen  string // the name of the source whose ledger is shown
	span    int    // in ledgerSpans
	folders []folderSum
	problem string
	open    map[string]bool // folders whose reasons are shown
	rows    []sourceRow
}

// sourceRow is a row of the list: a source, or a part of the ledger.
type sourceRow struct {
	kind   kit.RowKind
	source int // in all
	folder int // in folders
	reason data.Count
	odd    bool
}

// The kinds of rows, in the order in which they stand.
const (
	rowSource kit.RowKind = iota
	rowLedgerHead
	rowProblem
	rowFolder
	rowReason
	rowNothing
)

// tabSources is the part of Settings with mailboxes and calendars, addMailbox and
// addCalendar what its commands are called.
const (
	tabSources  = "sources"
	addMailbox  = "Add a mailbox"
	addCalendar = "Add a calendar"
)

func newSourcesSection(w *window) section { return newSources(w).section() }

func newSources(w *window) *sources {
	s := &sources{w: w, open: map[string]bool{}, made: map[fyne.CanvasObject]rowObject{}}
	s.inspector = newSourceInspector(s)
	s.list = kit.NewList()
	s.list.Inset = 16
	s.fillList()
	s.body = newSwap(s.list)
	return s
}

func (s *sources) section() section {
	head := kit.NewPad(18, 26, 8, 26, kit.NewColumns(8, []kit.Col{kit.Flex(1), kit.Fit(), kit.Fit()},
		kit.NewStack(2, kit.NewText(kit.Display, "Mail and calendars").Bending(), kit.NewText(kit.Body, "Rapport only reads. It never moves, deletes or sends.").In(kit.Ink2).Bending()),
		kit.NewButton(kit.Plain, "Add mailbox", s.addMailbox).WithIcon("plus"),
		kit.NewButton(kit.Plain, "Add calendar", s.addCalendar).WithIcon("plus")))
	return section{
		tab: tabSources, icon: "mail", name: "Mail and calendars", view: topped(head, s.body.room), inspector: s.inspector.view,
		load: s.load, commands: s.commands, focus: s.list.Take,
		hints: []hint{{[]string{primary(fyne.KeyR).words(system)}, "read all now"}, {[]string{"J", "K"}, "move"}, {[]string{"Enter"}, "open reasons"}, {[]string{"M"}, "why missing"}},
	}
}

func (s *sources) load() {
	bridge.Load(s.w.bg, &s.slot, func(ctx context.Context) ([]source, error) { return gatherSources(ctx, s.w.db, s.w.engine) },
		func(all []source, err error) {
			if err != nil {
				s.body.show(failedView(err, s.load))
				return
			}
			s.all = all
			if len(all) == 0 {
				s.chosen = ""
				s.inspector.draw(nil)
				s.body.show(s.empty())
				return
			}
			s.body.show(s.list)
			if _, ok := s.current(); !ok {
				s.chosen = all[0].name()
			}
			s.loadLedger()
		})
}

func (s *sources) empty() fyne.CanvasObject {
	return kit.NewEmpty(kit.NewCirclesSmall(), "No mailbox yet", "Rapport makes its timelines from your mail and meetings. It reads them where they are and keeps a copy of the text here.",
		kit.NewButton(kit.Primary, "Add mailbox", s.addMailbox), kit.NewButton(kit.Plain, "Add calendar", s.addCalendar))
}

// current is the source whose ledger is shown.
func (s *sources) current() (source, bool) {
	for _, c := range s.all {
		if c.name() == s.chosen {
			return c, true
		}
	}
	return source{}, false
}

func (s *sources) loadLedger() {
	c, ok := s.current()
	if !ok {
		return
	}
	var since time.Time
	if days := ledgerSpans[s.span].days; days > 0 {
		now := s.w.now()
		since = time.Date(now.Year(), now.Month(), now.Day()-days+1, 0, 0, 0, 0, now.Location())
	}
	bridge.Load(s.w.bg, &s.asked, func(ctx context.Context) (a ledgerAnswer, err error) {
		if a.lines, err = s.w.db.Ledger(ctx, c.name(), since); err == nil && c.isMail() {
			a.holds, err = s.w.db.FolderHolds(ctx, c.mailbox.ID)
		}
		return a, err
	}, func(a ledgerAnswer, err error) {
		if err != nil {
			s.body.show(failedView(err, s.load))
			return
		}
		s.folders, s.problem = sumLedger(a.lines, c.isMail())
		s.complete(c, a.holds)
		s.lay()
	})
}

// ledgerAnswer is what is known of what reading a source did.
type ledgerAnswer struct {
	lines []data.LedgerLine
	holds map[string]data.FolderHolds
}

// complete adds to the folders what is here of them, and the folders that a
// person left out.
func (s *sources) complete(c source, holds map[string]data.FolderHolds) {
	known := map[string]bool{}
	for i := range s.folders {
		f := &s.folders[i]
		f.holds, known[f.Folder] = holds[f.Folder], true
		f.leftOut = c.isMail() && slices.Contains(c.mailbox.LeaveOut, f.Folder)
	}
	if !c.isMail() {
		return
	}
	for _, name := range c.mailbox.LeaveOut {
		if !known[name] {
			s.folders = append(s.folders, folderSum{FolderSum: data.FolderSum{Folder: name, OnServer: -1}, holds: holds[name], leftOut: true})
		}
	}
}

// lay makes the rows and keeps the one that is chosen.
func (s *sources) lay() {
	keep := s.list.Current()
	s.rows = s.rows[:0]
	for i := range s.all {
		s.rows = append(s.rows, sourceRow{kind: rowSource, source: i})
	}
	s.rows = append(s.rows, sourceRow{kind: rowLedgerHead})
	if s.problem != "" {
		s.rows = append(s.rows, sourceRow{kind: rowProblem})
	}
	for i, f := range s.folders {
		s.rows = append(s.rows, sourceRow{kind: rowFolder, folder: i})
		if s.open[f.Folder] {
			s.rows = append(s.rows, reasonRows(i, f)...)
		}
	}
	if len(s.folders) == 0 && s.problem == "" {
		s.rows = append(s.rows, sourceRow{kind: rowNothing})
	}
	s.list.Reload()
	if keep < 0 {
		s.list.Select(0)
	}
	c, ok := s.current()
	if ok {
		s.inspector.draw(&c)
	}
}

func reasonRows(folder int, f folderSum) []sourceRow {
	var rows []sourceRow
	for _, c := range f.standing() {
		rows = append(rows, sourceRow{kind: rowReason, folder: folder, reason: c})
	}
	for _, c := range f.Skipped {
		rows = append(rows, sourceRow{kind: rowReason, folder: folder, reason: c})
	}
	for _, c := range f.Odd {
		rows = append(rows, sourceRow{kind: rowReason, folder: folder, reason: c, odd: true})
	}
	return rows
}

func (s *sources) fillList() {
	l := s.list
	l.Count = func() int { return len(s.rows) }
	l.Kind = func(row int) kit.RowKind { return s.rows[row].kind }
	l.Skip = func(row int) bool {
		k := s.rows[row].kind
		return k != rowSource && k != rowFolder
	}
	l.Height = func(row int) float32 {
		switch s.rows[row].kind {
		case rowSource:
			return kit.Scaled(47)
		case rowLedgerHead:
			return kit.Scaled(78)
		case rowProblem:
			return kit.Scaled(58)
		case rowReason:
			return kit.Scaled(31)
		}
		return kit.Scaled(36)
	}
	l.Create = func(k kit.RowKind) fyne.CanvasObject { return s.create(k) }
	l.Update = func(row int, o fyne.CanvasObject, _ bool) { s.made[o].set(s, s.rows[row]) }
	l.OnMove = func(row int) {
		if r := s.rows[row]; r.kind == rowSource {
			s.choose(s.all[r.source].name())
		}
	}
	l.OnOpen = s.openRow
	l.OnKey = func(e *fyne.KeyEvent) bool { return s.fold(e.Name) }
	l.OnMenu = s.menuAt
}

// choose shows another source's ledger.
func (s *sources) choose(name string) {
	if name != s.chosen {
		s.chosen = name
		clear(s.open)
		s.loadLedger()
	}
}

func (s *sources) openRow(row int) {
	switch r := s.rows[row]; r.kind {
	case rowSource:
		s.w.showInspector(true)
	case rowFolder:
		f := s.folders[r.folder].Folder
		s.open[f] = !s.open[f]
		s.lay()
	}
}

// fold opens and closes reasons with Right and Left.
func (s *sources) fold(key fyne.KeyName) bool {
	row := s.list.Current()
	if row < 0 || s.rows[row].kind != rowFolder || key != fyne.KeyRight && key != fyne.KeyLeft {
		return false
	}
	f := s.folders[s.rows[row].folder].Folder
	if s.open[f] != (key == fyne.KeyRight) {
		s.openRow(row)
	}
	return true
}

// show chooses a span of the ledger.
func (s *sources) show(span int) {
	s.span = span
	s.loadLedger()
}

func (s *sources) menuAt(row int, at fyne.Position) {
	if row >= 0 && s.rows[row].kind == rowSource {
		s.choose(s.all[s.rows[row].source].name())
		s.w.menuAt(at, s.commands()...)
	}
}

func (s *sources) commands() []command {
	isMail := func() bool { c, ok := s.current(); return ok && c.isMail() && !c.sample && !c.imported() }
	byToken := func() bool { c, _ := s.current(); return isMail() && c.mailbox.SignIn.Provider() != "" }
	byPassword := func() bool { return isMail() && !byToken() }
	some := func() bool { _, ok := s.current(); return ok }
	list := []command{
		{name: addMailbox, words: "imap account mail connect", icon: "plus", do: s.addMailbox},
		{name: addCalendar, words: "ical ics feed link connect", icon: "plus", do: s.addCalendar},
		{name: "Change this mailbox", words: "server port edit", icon: "pen-line", when: isMail, do: s.changeMailbox},
		{name: "What to read of this mailbox", words: "folders labels since size share privacy", icon: "list-checks", when: isMail, do: s.whatToRead},
		{name: "Enter its password again", words: "change password", icon: "key-round", when: byPassword, do: s.changePassword},
		{name: "Sign in to it again", words: "browser oauth google microsoft token", icon: "key-round", when: byToken, do: s.signInAgain},
		{name: "Take this source away", words: "remove delete mailbox calendar feed news", icon: "x", when: some, do: s.askRemove},
	}
	list = append(list, command{name: whyName, words: "not here lost find message-id ledger", icon: "mail-search", key: "M", do: s.w.whyMissing})
	return append(list, moveCommands(s.list)...)
}

// stateWords are how a source stands, with icon and colour.
func stateWords(c source, now time.Time) (icon, words string, tint fyne.ThemeColorName) {
	switch {
	case c.sample:
		return "flask-conical", "sample, not read", kit.Ink3
	case c.imported() && !c.failed() && !c.status.At.IsZero():
		return "check", "imported " + whenRead(c.status.At, now), kit.Ink3
	case c.ofMail():
		return "check", "comes with the mail", kit.Ink3
	case c.status.Running && c.status.Total > 0:
		return "loader-circle", thousands(c.status.Done) + " of " + thousands(c.status.Total), kit.Accent
	case c.rests(now) && !(c.isFeed() && c.failed()):
		return "clock", "left alone until " + sinceWords(c.status.Until, now), kit.Ink2
	case c.offline():
		return "wifi-off", "offline", kit.Ink2
	case c.failed() && c.status.At.IsZero():
		return "circle-alert", "not read yet", kit.Alert
	case c.failed():
		return "circle-alert", "not read since " + sinceWords(c.status.At, now), kit.Alert
	case c.status.At.IsZero():
		return "hourglass", "not read yet", kit.Ink2
	}
	return "check", "read " + whenRead(c.status.At, now), kit.Accent
}

func sinceWords(at, now time.Time) string {
	if data.DaysBetween(at, now) == 0 {
		return data.Clock(at, now)
	}
	return data.DayName(at, now)
}

// detail is a source's second line.
func (c source) detail() string {
	if c.sample {
		return "of the sample workspace"
	}
	if c.failed() && !c.offline() {
		what, _, _ := strings.Cut(c.status.Problem, ". ")
		return what
	}
	if c.isFeed() {
		return strings.TrimPrefix(c.whose+", "+c.feed.Shown, ", ")
	}
	if !c.isMail() {
		return c.calendar.Shown
	}
	if c.imported() {
		return "imported from files"
	}
	return c.mailbox.Host + ", " + securityWords[c.mailbox.Security]
}

var securityWords = map[data.Security]string{data.TLS: "TLS", data.StartTLS: "STARTTLS", data.Plain: "this laptop only"}
