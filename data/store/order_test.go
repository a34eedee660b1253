package store

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"rapport/data"
)

// TestWhatIsShownDoesNotDependOnTheOrderOfBatches plays mails and meetings in
// any pieces, any order and more than once, with accounts that appear before,
// between or after, and compares everything that a person can see.
func TestWhatIsShownDoesNotDependOnTheOrderOfBatches(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		w := drawWorld(r)
		plain := w.play(t, nil)
		order := rapid.Permutation(slices.Concat(w.steps, rapid.SliceOfN(rapid.SampledFrom(w.steps), 0, 4).Draw(r, "again"))).Draw(r, "order")
		if mixed := w.play(t, order); mixed != plain {
			r.Fatalf("in the drawn order:\n%s\nin the plain order:\n%s", mixed, plain)
		}
	})
}

// world is what happened outside, cut into steps.
type world struct {
	boxes []data.Mailbox
	steps []worldStep
}

// worldStep is a batch of a source, or an edit.
type worldStep struct {
	name   string
	source int // of boxes; -1 for a calendar
	batch  data.Batch
	edit   func(*Tx) error
}

var worldPeople = []string{
	"maya@larkfield.example", "tomas@larkfield.example", "anna@kestrel.example", "leon@kestrel.example",
	"piotr@mail.kestrel.example", "ines@harbour.example", "noor@public.example", "x@adverts.example",
}

func drawWorld(r *rapid.T) world {
	w := world{boxes: []data.Mailbox{
		{ID: "one", Address: "maya@larkfield.example", Host: "imap.larkfield.example", Port: 993, Security: data.TLS, AddedAt: noon},
		{ID: "two", Address: "tomas@larkfield.example", Host: "imap.larkfield.example", Port: 993, Security: data.TLS, AddedAt: noon},
	}}
	for i := range rapid.IntRange(1, 5).Draw(r, "batches") {
		w.steps = append(w.steps, drawMails(r, w.boxes, i))
	}
	for _, calendar := range []string{"work", "home"} {
		w.steps = append(w.steps, drawMeetings(r, calendar))
	}
	for name, edit := range map[string]func(*Tx) error{
		"kestrel": func(tx *Tx) error {
			return tx.PutAccount(data.Account{ID: "k", Name: "Kestrel", Domains: []string{"kestrel.example"}, RecordedAt: noon})
		},
		"ines": func(tx *Tx) error {
			return tx.PutContact(data.Contact{ID: "i", AccountID: "h", Name: "Ines", Emails: []string{"ines@harbour.example", "noor@public.example"}, RecordedAt: noon})
		},
		"harbour": func(tx *Tx) error {
			return tx.PutAccount(data.Account{ID: "h", Name: "Harbour", RecordedAt: noon})
		},
		"no customers": func(tx *Tx) error { return tx.Ignore("@adverts.example") },
		"ours":         func(tx *Tx) error { return tx.PutSettingList(SettingOwnAddresses, []string{"leon@kestrel.example"}) },
	} {
		w.steps = append(w.steps, worldStep{name: name, edit: edit})
	}
	slices.SortFunc(w.steps, func(a, b worldStep) int { return strings.Compare(a.name, b.name) })
	return w
}

// drawMails has few Message-IDs, so that copies with other words and other
// people are common.
func drawMails(r *rapid.T, boxes []data.Mailbox, step int) worldStep {
	source := rapid.IntRange(0, len(boxes)-1).Draw(r, "box")
	s := worldStep{name: fmt.Sprint("mail ", step), source: source, batch: data.Batch{Mailbox: boxes[source].ID, Folder: "INBOX"}}
	for i := range rapid.IntRange(1, 4).Draw(r, "mails") {
		id := rapid.IntRange(0, 2).Draw(r, "id")
		version := rapid.IntRange(0, 2).Draw(r, "version")
		m := letter(fmt.Sprint(id, " ", version), worldPeople[id], rapid.SampledFrom(worldPeople).Draw(r, "to"), fmt.Sprint("Subject ", version), noon.Add(-time.Duration(id)*time.Hour))
		m.MessageID = fmt.Sprint(id, "@mail.example")
		m.Cc = []data.Address{{Name: rapid.SampledFrom([]string{"", "A", "B"}).Draw(r, "name"), Email: rapid.SampledFrom(worldPeople).Draw(r, "cc")}}
		m.Automated = rapid.SampledFrom([]string{"", data.AutomatedList, data.AutomatedBulk}).Draw(r, "automated")
		m.References = rapid.SampledFrom([][]string{nil, {"root@mail.example"}}).Draw(r, "references")
		// The bytes decide the ID, so whatever differs makes another mail; in
		// JSON, since an address prints as its name alone.
		m.ID = data.MessageIDOf([]byte(asJSON(m)))
		place := data.Location{Mailbox: boxes[source].ID, Folder: "INBOX", UIDValidity: 1, UID: uint32(10*step + i + 1)}
		s.batch.Arrived = append(s.batch.Arrived, data.Arrival{Message: m, Location: place})
	}
	return s
}

// drawMeetings has the same meetings in every calendar, in other versions.
func drawMeetings(r *rapid.T, calendar string) worldStep {
	s := worldStep{name: "calendar " + calendar, source: -1, batch: data.Batch{Calendar: calendar, Whole: true}}
	for uid := range rapid.IntRange(0, 3).Draw(r, "meetings") {
		m := data.Meeting{UID: fmt.Sprint(uid), ICS: "BEGIN:VCALENDAR"}
		for _, date := range []string{"20261118T090000Z", "20261125T090000Z"} {
			start := noon.Add(time.Duration(rapid.IntRange(-48, 48).Draw(r, "start")) * time.Hour)
			m.Occurrences = append(m.Occurrences, data.Occurrence{
				ID: data.OccurrenceIDOf(m.UID, date), UID: m.UID, RecurrenceID: date, Calendar: calendar, Summary: "Review, " + calendar,
				Start: start, End: start.Add(time.Hour), Sequence: rapid.IntRange(0, 1).Draw(r, "sequence"), Cancelled: rapid.Bool().Draw(r, "cancelled"),
				Organizer: data.Address{Email: "maya@larkfield.example"},
				Attendees: []data.Attendee{{Address: data.Address{Email: rapid.SampledFrom(worldPeople).Draw(r, "attendee")}}},
			})
		}
		s.batch.Meetings = append(s.batch.Meetings, m)
	}
	return s
}

// play does the steps, in their own order for nil, and returns all that can be
// seen.
func (w world) play(t *testing.T, order []worldStep) string {
	db := open(t)
	defer db.Close()
	ctx := context.Background()
	write(t, db, "", func(tx *Tx) error {
		for _, b := range w.boxes {
			if _, err := tx.PutMailbox(b); err != nil {
				return err
			}
		}
		for _, id := range []string{"work", "home"} {
			if _, err := tx.PutCalendar(data.Calendar{ID: id, Name: id, Path: id + ".ics", Shown: id + ".ics"}); err != nil {
				return err
			}
		}
		return nil
	})
	if order == nil {
		order = w.steps
	}
	for _, s := range order {
		if s.edit != nil {
			write(t, db, s.name, s.edit)
			continue
		}
		source, shown := "calendar:"+s.batch.Calendar, s.batch.Calendar
		if s.source >= 0 {
			source, shown = w.boxes[s.source].SourceName(), w.boxes[s.source].Address
		}
		if _, err := db.Ingest(ctx, source, shown, noon, s.batch); err != nil {
			t.Fatal(err)
		}
	}
	mailsAreCounted(t, db)
	return shownAll(t, db)
}

// mailsAreCounted compares what a mail costs us, as it stands with its matches, with
// the mail.
func mailsAreCounted(t *testing.T, db *DB) {
	t.Helper()
	wrong, err := query(context.Background(), db.read, scanString, `
		SELECT i.id || ' ' || i.kind || ' ' || i.direction || ' ' || i.automated || ': ' || m.mail FROM match m JOIN interaction i ON i.n = m.interaction_n
		WHERE m.mail <> CASE WHEN i.kind <> 'mail' OR i.cancelled OR i.automated <> '' THEN 0 WHEN i.direction = 'out' THEN 2 ELSE 1 END`)
	if err != nil || len(wrong) > 0 {
		t.Errorf("%v %v", wrong, err)
	}
}

// shownAll prints what is stored of mails and meetings, without the numbers
// that only the file knows.
func shownAll(t *testing.T, db *DB) string {
	t.Helper()
	var all strings.Builder
	for _, question := range []string{
		`SELECT id || '|' || kind || '|' || direction || '|' || at || '|' || minutes || '|' || subject || '|' || preview || '|' || place || '|' ||
			CASE kind WHEN 'mail' THEN '' ELSE source END || '|' || thread || '|' || cancelled || '|' || automated || '|' || skip FROM interaction ORDER BY 1`,
		`SELECT i.id || '|' || p.place || '|' || p.name || '|' || p.email || '|' || p.part || '|' || p.side || '|' || p.contact_id || '|' || p.answer
			FROM participant p JOIN interaction i ON i.n = p.interaction_n ORDER BY 1`,
		`SELECT i.id || '|' || m.account_id || '|' || m.at || '|' || m.touch || '|' || m.mail || '|' || m.kind || '|' || m.contact_id || '|' || m.email || '|' || m.reason
			FROM match m JOIN interaction i ON i.n = m.interaction_n ORDER BY 1`,
		`SELECT m.id || '|' || i.id || '|' || l.mailbox_id || '|' || l.folder || '|' || l.uid FROM message m
			JOIN interaction i ON i.n = m.interaction_n JOIN location l ON l.message_n = m.n ORDER BY 1`,
		`SELECT calendar_id || '|' || id || '|' || shown || '|' || sequence FROM occurrence ORDER BY 1`,
	} {
		list, err := query(context.Background(), db.read, scanString, question)
		if err != nil {
			t.Fatal(err)
		}
		all.WriteString(strings.Join(list, "\n") + "\n\n")
	}
	return all.String()
}
