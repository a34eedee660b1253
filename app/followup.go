package app

import (
	"bytes"
	"context"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"rapport/app/bridge"
	"rapport/app/kit"
	"rapport/data"
	"rapport/data/codec"
	"rapport/data/store"
	"rapport/sync"
)

// followUpStart is what the form of a follow-up begins with.
type followUpStart struct {
	me        data.Address
	calendars []data.Calendar // those that an entry can be put into
	folder    string          // where a file is offered
	proposed  data.FollowUp
}

// askFollowUp reads what the form of a follow-up needs.
func (w *window) askFollowUp(ctx context.Context, m data.Agenda, wish data.FollowUpWish) (s followUpStart, err error) {
	if s.me, err = w.db.MeIn(ctx, m); err != nil {
		return s, err
	}
	sources, err := gatherSources(ctx, w.db, nil)
	if err != nil {
		return s, err
	}
	for _, one := range sources {
		if one.calendar.Kind == data.DAVCalendar && !one.sample {
			s.calendars = append(s.calendars, one.calendar)
		}
	}
	s.folder = exportFolder()
	s.proposed, err = data.FollowUpOf(m, wish, s.me, w.zone, store.NewID(), w.now())
	return s, err
}

// followUp asks for a meeting after another one, and saves it as a file or puts it
// into a calendar of the user's own. wish is what is known of it already.
func (w *window) followUp(m data.Agenda, wish data.FollowUpWish) {
	if w.frozen() {
		return
	}
	bridge.Load(w.bg, &w.goSlot, func(ctx context.Context) (followUpStart, error) { return w.askFollowUp(ctx, m, wish) }, func(s followUpStart, err error) {
		if err != nil {
			w.fail(err)
			return
		}
		newFollowUpForm(w, m, s).show()
	})
}

// followUpForm is a follow-up while it is typed.
type followUpForm struct {
	partForm
	w                         *window
	m                         data.Agenda
	start                     followUpStart
	title, day, begins, takes *kit.Field
	into                      *pick
	file                      *kit.Field
	fileRow                   fyne.CanvasObject
	note                      *kit.Paragraph
}

func newFollowUpForm(w *window, m data.Agenda, s followUpStart) *followUpForm {
	f := &followUpForm{partForm: newPartForm(w, partWorld{}), w: w, m: m, start: s}
	typed := s.proposed.Draft(w.now())
	f.title = f.line("Called", "Follow-up", typed.Summary)
	f.day = f.line("Day", "Friday, or 5 December", typed.Day)
	f.begins = f.line("Begins", "10:30", typed.Clock)
	f.takes = f.line("Takes", "45 min", typed.Takes)
	names := []string{"A file"}
	for _, c := range s.calendars {
		names = append(names, "My calendar “"+c.Name+"”")
	}
	f.into = newPick(w, names, min(1, len(s.calendars)))
	f.add("Goes into", kit.NewRow(0, f.into.chip))
	f.file = f.line("File", "follow-up.ics", filepath.Join(s.folder, fileName(typed.Summary)+".ics"))
	f.fileRow = f.row()
	f.note = kit.NewParagraph(kit.Small, kit.Ink2, "")
	f.rows = append(f.rows, f.note)
	f.into.changed = f.turned
	f.turned()
	return f
}

// turned shows what belongs to where the follow-up goes.
func (f *followUpForm) turned() {
	words := "The file names the people as invited: open it in your calendar program and send it from there. Rapport sends nothing."
	if len(f.start.calendars) == 0 {
		words += " A calendar on a CalDAV server can be written to as well, once you add one in Settings."
	}
	if f.intoCalendar() {
		f.fileRow.Hide()
		words = "Nothing is written before you say yes. Nobody is invited."
	} else {
		f.fileRow.Show()
	}
	f.note.Set(kit.Span{Text: words, Role: kit.Small, Tint: kit.Ink2})
	if f.changed != nil {
		f.changed()
	}
}

func (f *followUpForm) intoCalendar() bool { return f.into.on > 0 }

func (f *followUpForm) show() {
	f.w.dialog(f.form, "calendar-clock", "A follow-up of "+data.WithoutLinks(data.TitleOf(data.Interaction{Kind: data.Meet, Subject: f.m.Summary})), "Go on", f.goOn)
}

// written is the follow-up as it stands in the form, or why it cannot be used.
func (f *followUpForm) written() (data.FollowUp, error) {
	draft := data.FollowUpDraft{Summary: f.title.Text(), Day: f.day.Text(), Clock: f.begins.Text(), Takes: f.takes.Text()}
	wish, err := draft.Wish(f.w.now())
	if err != nil {
		return data.FollowUp{}, err
	}
	id, _, _ := strings.Cut(f.start.proposed.UID, "@")
	return data.FollowUpOf(f.m, wish, f.start.me, f.w.zone, id, f.w.now())
}

// goOn saves the file, or asks for the yes.
func (f *followUpForm) goOn() {
	one, err := f.written()
	switch {
	case err != nil:
		f.say(err)
	case f.intoCalendar():
		f.askYes(one, f.start.calendars[f.into.on-1])
	default:
		f.save(one)
	}
}

// save writes the follow-up into a new file.
func (f *followUpForm) save(one data.FollowUp) {
	path := ownPath(strings.TrimSpace(f.file.Text()))
	if !strings.EqualFold(filepath.Ext(path), ".ics") {
		f.say(&data.Invalid{Field: "file", Says: "the name ends in .ics"})
		return
	}
	bridge.Act(f.w.bg, func(context.Context) error { return writeFollowUp(one, path) }, func(err error) {
		if err != nil {
			f.say(exportTrouble(err))
			return
		}
		f.w.dismiss()
		f.w.say("Follow-up saved in " + path + "; open it in your calendar program")
	})
}

func writeFollowUp(f data.FollowUp, path string) error {
	var b bytes.Buffer
	if err := codec.WriteFollowUp(&b, f, codec.Invited); err != nil {
		return err
	}
	return sync.WriteNew(path, b.Bytes())
}

// askYes says what would be written where, in the place of the fields, and asks
// for the yes.
func (f *followUpForm) askYes(one data.FollowUp, c data.Calendar) {
	no := kit.NewButton(kit.Plain, "Back", func() { f.say(nil) })
	yes := kit.NewButton(kit.Primary, "Yes, put it there", func() { f.put(one, c) }).WithKey("Enter")
	f.ask(kit.NewText(kit.BodyBold, "Put it into “"+c.Name+"”?"), kit.NewParagraph(kit.Body, kit.Ink, one.PutWords(c.Name, c.Shown, f.w.now())), kit.NewSpace(4), kit.NewRow(8, no, yes))
	f.w.focus(yes)
}

// put lets the follow-up go, a moment later, so that Undo is quicker.
func (f *followUpForm) put(one data.FollowUp, c data.Calendar) {
	label := "Follow-up goes into “" + c.Name + "”: " + data.DayAndClock(one.Start, f.w.now())
	f.w.keep(f.form, label, func(tx *store.Tx) error { return tx.QueueFollowUp(c.ID, one, tx.Now().Add(undoWindow)) }, nil)
}

// entryRows are the follow-ups that wait to go into a calendar, each with why, and
// what can be done.
func (w *window) entryRows(list []data.WaitingEntry) (rows []fyne.CanvasObject) {
	if len(list) == 0 {
		return nil
	}
	rows = append(rows, kit.NewSectionHead(kit.BodyBold, "On the way into your calendars", data.Counted(len(list), "entry", "entries"), nil))
	for _, e := range list {
		words := []fyne.CanvasObject{kit.NewText(kit.BodyBold, e.Words(w.now())).Bending(), kit.NewText(kit.Small, "into “"+e.Calendar+"”").In(kit.Ink2).Bending()}
		if e.Problem != "" {
			words = append(words, kit.NewParagraph(kit.Small, kit.Alert, strings.TrimSuffix(e.Problem, ".")+"."))
		}
		links := []fyne.CanvasObject{
			kit.NewLink("Save as a file", func() { w.saveEntry(e.FollowUp) }),
			kit.NewLink("Take it back", func() {
				w.write("Follow-up taken back", func(tx *store.Tx) error { return tx.CallBackFollowUp(e.UID) }, nil)
			}),
		}
		if w.canRead() && e.Problem != "" {
			links = slices.Insert(links, 0, fyne.CanvasObject(kit.NewLink("Try now", w.readNow)))
		}
		rows = append(rows, kit.NewPad(8, 0, 8, 0, kit.NewColumns(14, []kit.Col{kit.Flex(1), kit.Fit()}, kit.NewStack(1, words...), kit.NewRow(8, links...))), kit.NewHairline())
	}
	return append(rows, kit.NewSpace(20))
}

// saveEntry writes an entry that waits into a file beside where files are saved;
// it goes on waiting until it is taken back.
func (w *window) saveEntry(f data.FollowUp) {
	var path string
	bridge.Act(w.bg, func(context.Context) error {
		path = filepath.Join(exportFolder(), fileName(f.Summary+" "+f.Start.In(w.zone).Format(time.DateOnly))+".ics")
		return writeFollowUp(f, path)
	}, func(err error) {
		if err != nil {
			w.fail(exportTrouble(err))
			return
		}
		w.say("Saved in " + path + "; open it in your calendar program")
	})
}
