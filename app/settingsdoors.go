package app

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"rapport/app/bridge"
	"rapport/app/kit"
	"rapport/data"
	"rapport/data/codec"
	"rapport/data/store"
)

// tabDoors names the section of doors in a target.
const tabDoors = "doors"

// doorsSection is where the ways in which customers reach the team stand, with
// how they are used, and from where a card with them is written.
type doorsSection struct {
	w    *window
	slot bridge.Slot
	rows *kit.Stack
	list []data.DoorUse
	view fyne.CanvasObject
}

func newDoorsSection(w *window) section {
	d := &doorsSection{w: w, rows: kit.NewStack(0)}
	buttons := kit.NewRow(8, kit.NewButton(kit.Plain, "Add a door", func() { d.edit(data.Door{}) }).WithIcon("plus").WithKey("N"),
		kit.NewButton(kit.Plain, "Write a card…", func() { w.writeCard("") }).WithIcon("image-down").WithKey("W"))
	s := plainSection(tabDoors, "ear", "Ways in",
		"Every way in: who answers, when, and how long it takes. Mail to an address is counted from mail itself; a card with all of them can be sent to a customer.", kit.NewStack(14, buttons, d.rows))
	d.view = s.view
	s.load = d.load
	s.hints = []hint{{[]string{"N"}, "add"}, {[]string{"W"}, "write a card"}}
	s.commands = func() []command {
		return []command{
			{name: "Add a door", words: "channel phone mail portal reach", icon: "plus", key: "N", do: func() { d.edit(data.Door{}) }},
			{name: "Write a card of how to reach you", words: "vcard page send customer doors", icon: "image-down", key: "W", do: func() { w.writeCard("") }},
		}
	}
	return s
}

func (d *doorsSection) load() {
	now := d.w.now()
	bridge.Load(d.w.bg, &d.slot, func(ctx context.Context) (list []data.DoorUse, err error) { return d.w.db.Doors(ctx, "", now) },
		func(list []data.DoorUse, err error) {
			if err != nil {
				d.rows.Set(failedView(err, d.load))
			} else {
				d.list = list
				d.draw()
			}
			d.view.Refresh()
		})
}

func (d *doorsSection) draw() {
	if len(d.list) == 0 {
		d.rows.Set(kit.NewParagraph(kit.Body, kit.Ink3, "No way in is written down yet. Add the number of your desk, the address for invoices, the page where tickets are opened."))
		return
	}
	cols := []kit.Col{kit.Flex(1.5).AtTop(), kit.Flex(1.3).AtTop(), kit.Flex(1.2).AtTop(), kit.Fixed(124)}
	head := func(s string) fyne.CanvasObject { return kit.NewText(kit.SmallBold, s).In(kit.Ink3) }
	items := []fyne.CanvasObject{kit.NewPad(4, 0, 6, 0, kit.NewColumns(16, cols, head("Door"), head("Last knock"), head("An answer takes"), kit.NewSpring())), kit.NewHairline()}
	for _, u := range d.list {
		items = append(items, d.row(u, cols))
	}
	d.rows.Set(items...)
}

func (d *doorsSection) row(u data.DoorUse, cols []kit.Col) fyne.CanvasObject {
	two := func(first, second string) fyne.CanvasObject {
		return kit.NewStack(1, kit.NewText(kit.Body, first).Bending(), kit.NewText(kit.Small, second).In(kit.Ink2).Bending())
	}
	who := u.Owner
	if u.Backup != "" {
		who += ", else " + u.Backup
	}
	name := kit.NewStack(1, kit.NewText(kit.BodyBold, u.Name).Bending(), kit.NewText(kit.Body, u.Reach).Bending(), kit.NewText(kit.Small, strings.Trim(u.Hours+" · "+who, " ·")).In(kit.Ink2).Bending())
	now := d.w.now()
	knock, note := "never, as far as anybody knows", ""
	if !u.Last.IsZero() {
		knock = data.DayName(u.Last, now)
	}
	switch {
	case u.Times > 0:
		note = fmt.Sprintf("%s in %d days", data.Counted(u.Times, "mail", "mails"), data.DoorDays)
	case u.Quiet(now):
		note = "nobody in half a year"
	}
	answer, meant := "not known", ""
	if u.Minutes > 0 {
		answer = data.MinutesWords(u.Minutes)
	}
	if u.Promised > 0 {
		meant = "meant: within " + data.MinutesWords(u.Promised)
	}
	took := two(answer, meant)
	if u.Slow() {
		took = kit.NewStack(1, kit.NewLine(kit.Span{Icon: "circle-alert", Tint: kit.Alert, Role: kit.Body}, kit.Span{Text: answer, Tint: kit.Alert, Role: kit.Body, Gap: 5}), kit.NewText(kit.Small, meant).In(kit.Ink2).Bending())
	}
	acts := kit.NewRow(10, kit.NewLink("Knocked", func() { d.knocked(u.Door) }), kit.NewLink("Edit", func() { d.edit(u.Door) }), kit.NewLink("Shut", func() { d.shut(u.Door) }))
	return kit.NewStack(0, kit.NewPad(9, 0, 9, 0, kit.NewColumns(16, cols, name, two(knock, note), took, acts)), kit.NewHairline())
}

// knocked notes that somebody knocked today where no mail tells.
func (d *doorsSection) knocked(door data.Door) {
	door.Knocked = d.w.now().Format(time.DateOnly)
	putPart(d.w, "Somebody knocked at "+door.Name, door)
}

func (d *doorsSection) shut(door data.Door) {
	door.Closed = d.w.now().Format(time.DateOnly)
	putPart(d.w, door.Name+" is shut", door)
}

// edit asks for a door, new or changed.
func (d *doorsSection) edit(door data.Door) {
	f := newForm(d.w.bg)
	line := func(label, placeholder, text string) *kit.Field {
		field := f.field(label, kit.NewField(placeholder))
		field.SetText(text)
		return field
	}
	number := func(n int) string {
		if n == 0 {
			return ""
		}
		return strconv.Itoa(n)
	}
	name := line("Name", "Service desk", door.Name)
	reach := line("Reach", "an address, a number or a link", door.Reach)
	hours := line("Hours", "Mon to Fri 08:00 to 17:00", door.Hours)
	owner := line("Who answers", "Priya", door.Owner)
	backup := line("Else", "who answers when nobody is there", door.Backup)
	meant := line("Answer within", "minutes", number(door.Promised))
	took := line("It took", "minutes, the last time; mail is counted by itself", number(door.Took))
	title, verb := "A way in", "Add the door"
	if door.ID != "" {
		title, verb = door.Name, "Save"
	}
	d.w.dialog(f, "ear", title, verb, func() {
		door.Name, door.Reach, door.Hours = strings.TrimSpace(name.Text()), strings.TrimSpace(reach.Text()), strings.TrimSpace(hours.Text())
		door.Owner, door.Backup = strings.TrimSpace(owner.Text()), strings.TrimSpace(backup.Text())
		for field, into := range map[*kit.Field]*int{meant: &door.Promised, took: &door.Took} {
			n, err := strconv.Atoi(strings.TrimSpace(field.Text()))
			if err != nil && strings.TrimSpace(field.Text()) != "" {
				f.say(&data.Invalid{Field: "minutes", Says: strconv.Quote(field.Text()) + " is no number of minutes"})
				return
			}
			*into = n
		}
		keepPart(d.w, f, door.Name+" is open", door)
	})
}

// writeCard writes how the team can be reached as a vCard and as a page, for an
// account or for everybody, where people save files, and offers to look at it.
func (w *window) writeCard(account string) {
	var written []string
	bridge.Act(w.bg, func(ctx context.Context) error {
		card, name, err := w.doorCard(ctx, account)
		if err != nil {
			return err
		}
		folder := cardFolder()
		for ending, text := range map[string][]byte{".vcf": codec.WriteDoorCard(card), ".html": codec.WriteDoorPage(card)} {
			path, err := writeFresh(folder, name, ending, text)
			if err != nil {
				return err
			}
			written = append(written, path)
		}
		return nil
	}, func(err error) {
		if err != nil {
			w.fail(err)
			return
		}
		w.cardWritten(written)
	})
}

// doorCard is the card for an account, or for everybody, and a name for its file.
func (w *window) doorCard(ctx context.Context, account string) (card codec.DoorCard, name string, err error) {
	doors, err := w.db.Doors(ctx, account, w.now())
	if err != nil {
		return card, "", err
	}
	for _, d := range doors {
		if d.Account == "" || d.Account == account {
			card.Doors = append(card.Doors, d.Door)
		}
	}
	if len(card.Doors) == 0 {
		return card, "", &data.Invalid{Field: "doors", Says: "no way in is written down yet; add one in Settings, under Ways in"}
	}
	if card.Name, err = w.db.Setting(ctx, store.SettingUserName); err != nil {
		return card, "", err
	}
	boxes, err := w.db.Mailboxes(ctx)
	if err == nil && len(boxes) > 0 {
		card.Email = boxes[0].Address
	}
	if card.Name == "" {
		card.Name = card.Doors[0].Name
	}
	return card, "How to reach " + card.Name, err
}

// cardWritten says where a card is, and opens what the person chooses.
func (w *window) cardWritten(paths []string) {
	rows := []fyne.CanvasObject{kit.NewParagraph(kit.Body, kit.Ink, "The vCard goes into an address book, the page can be read or printed. Attach either to a mail.")}
	for _, path := range paths {
		rows = append(rows, kit.NewColumns(10, []kit.Col{kit.Flex(1), kit.Fit(), kit.Fit()}, kit.NewText(kit.Body, path).Bending(),
			kit.NewLink("Copy the path", func() { w.copy(path) }),
			kit.NewLink("Open", func() {
				if err := w.openURL(&url.URL{Scheme: "file", Path: filepath.ToSlash(path)}); err != nil {
					w.fail(err)
				}
			})))
	}
	done := kit.NewButton(kit.Primary, "Done", w.dismiss)
	w.pop(kit.NewOverlay(620, kit.NewDialog("ear", kit.Ours, "The card is written", kit.NewStack(12, rows...), "", done)), done)
}

// cardFolder is where people save files: Downloads, else their own folder.
func cardFolder() string {
	for _, folder := range homeFolders() {
		if info, err := os.Stat(folder); err == nil && info.IsDir() {
			return folder
		}
	}
	return os.TempDir()
}

// writeFresh writes a file under a name that none has yet.
func writeFresh(folder, name, ending string, text []byte) (string, error) {
	name = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`/\:*?"<>|`, r) || r < ' ' {
			return ' '
		}
		return r
	}, name)
	for n := 1; ; n++ {
		path := filepath.Join(folder, name+ending)
		if n > 1 {
			path = filepath.Join(folder, fmt.Sprintf("%s %d%s", name, n, ending))
		}
		file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err != nil {
			return "", err
		}
		_, err = file.Write(text)
		return path, errors.Join(err, file.Close())
	}
}
