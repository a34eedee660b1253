package store

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"rapport/data"
	"rapport/data/nurture"
	"rapport/data/sample"

	"pgregory.net/rapid"
)

// waitWords is all that is made of mails and pasts that were read before, in words.
func waitWords(t interface{ Fatal(...any) }, db *DB, now time.Time) string {
	ctx := context.Background()
	var words strings.Builder
	for _, account := range []string{"", "k", "l"} {
		awaited, err := db.Awaited(ctx, account, now)
		if err != nil {
			t.Fatal(err)
		}
		for _, w := range awaited {
			fmt.Fprintf(&words, "%q awaits %+v\n", account, w)
		}
	}
	suggested, err := db.Nurture(ctx, now)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range suggested {
		fmt.Fprintf(&words, "suggested %+v\n", s)
	}
	heard, err := db.FeedbackProposals(ctx, "", now)
	if err != nil && !errors.Is(err, data.ErrNotFound) {
		t.Fatal(err)
	}
	for _, p := range heard {
		fmt.Fprintf(&words, "heard %+v\n", p)
	}
	return words.String()
}

// sameAnew fails where what is kept comes to something else than what is read anew.
func sameAnew(t interface {
	Fatal(...any)
	Fatalf(string, ...any)
}, db *DB, now time.Time) {
	kept := waitWords(t, db, now)
	db.awaited.forget()
	db.past.forget()
	db.heard.forget()
	if anew := waitWords(t, db, now); kept != anew {
		t.Fatalf("kept:\n%s\nread anew:\n%s", kept, anew)
	}
}

// waitWorld writes all that may make another who owes us an answer, or what would do
// a relationship good.
type waitWorld struct {
	db    *DB
	box   data.Mailbox
	now   time.Time
	mails []data.Message
	uids  uint32
}

func (w *waitWorld) place(uid uint32) data.Location {
	return data.Location{Mailbox: w.box.ID, Folder: "INBOX", UIDValidity: 1, UID: uid}
}

func (w *waitWorld) ingest(rt *rapid.T, b data.Batch) {
	b.Mailbox, b.Folder, b.Cursor = w.box.ID, "INBOX", "c"
	if _, err := w.db.Ingest(context.Background(), w.box.SourceName(), w.box.Address, noon, b); err != nil {
		rt.Fatal(err)
	}
}

func (w *waitWorld) do(rt *rapid.T, label string, what func(*Tx) error) {
	var invalid *data.Invalid
	if _, err := w.db.Write(context.Background(), label, what); err != nil && !errors.Is(err, data.ErrNotFound) && !errors.Is(err, data.ErrConflict) && !errors.As(err, &invalid) {
		rt.Fatal(err)
	}
}

// arrive brings a mail between one of us and one of theirs, or a copy of one.
func (w *waitWorld) arrive(rt *rapid.T) {
	w.uids++
	if len(w.mails) > 0 && rapid.IntRange(0, 5).Draw(rt, "a copy") == 0 {
		m := rapid.SampledFrom(w.mails).Draw(rt, "mail")
		m.ID = data.MessageIDOf([]byte(fmt.Sprint("copy", w.uids)))
		m.Text = "We sell lamps.\n" + m.Text
		w.ingest(rt, data.Batch{Arrived: []data.Arrival{{Message: m, Location: w.place(w.uids)}}})
		return
	}
	people := []string{"anna@k.example", "leon@k.example", "mira@l.example", "dora@gmail.com"}
	from, to := rapid.SampledFrom(people).Draw(rt, "them"), rapid.SampledFrom([]string{"maya@larkfield.example", "maya@larkfield.example", "joris@larkfield.example"}).Draw(rt, "us")
	if rapid.Bool().Draw(rt, "from us") {
		from, to = to, from
	}
	m := letter(fmt.Sprint(w.uids), from, to, "Lamps", noon.Add(-time.Duration(rapid.IntRange(-24, 34*24).Draw(rt, "hours ago"))*time.Hour))
	m.Text = rapid.SampledFrom([]string{"Can you come on Friday?", "Can you come on Friday?", "When is it?", "Thanks!", "See below.", "The lamps are broken again and this is unacceptable."}).Draw(rt, "says")
	for range rapid.IntRange(0, 2).Draw(rt, "answers") {
		if len(w.mails) > 0 {
			m.References = append(m.References, rapid.SampledFrom(w.mails).Draw(rt, "to").MessageID)
		}
	}
	if rapid.IntRange(0, 8).Draw(rt, "program") == 0 {
		m.Automated = "a program wrote it"
	}
	w.mails = append(w.mails, m)
	w.ingest(rt, data.Batch{Arrived: []data.Arrival{{Message: m, Location: w.place(w.uids), Flags: rapid.SampledFrom([]data.Flags{"", `\Answered`}).Draw(rt, "marks")}}})
}

// complete brings the rest of a mail that is known.
func (w *waitWorld) complete(rt *rapid.T) {
	if len(w.mails) == 0 {
		rt.Skip("no mail yet")
	}
	m := rapid.SampledFrom(w.mails).Draw(rt, "mail")
	m.Text = rapid.SampledFrom([]string{"When do you come?", "All is well."}).Draw(rt, "whole")
	w.do(rt, "", func(tx *Tx) error { return tx.CompleteMessage(m.ID, m) })
}

// meet plans or moves a meeting with one of theirs, or takes it away.
func (w *waitWorld) meet(rt *rapid.T, calendar data.Calendar) {
	b := data.Batch{Calendar: calendar.ID, Whole: true, OnServer: 1}
	if rapid.IntRange(0, 3).Draw(rt, "there") > 0 {
		start := noon.Add(time.Duration(rapid.IntRange(-20*24, 20*24).Draw(rt, "hours")) * time.Hour)
		b.Meetings = []data.Meeting{{UID: "u", ICS: "BEGIN:VCALENDAR", Occurrences: []data.Occurrence{{
			ID: data.OccurrenceIDOf("u", ""), UID: "u", Calendar: calendar.ID, Summary: "Lamps", Start: start, End: start.Add(time.Hour), Cancelled: rapid.Bool().Draw(rt, "cancelled"),
			Organizer: data.Address{Email: "maya@larkfield.example"}, Attendees: []data.Attendee{{Address: data.Address{Email: "anna@k.example"}}}}}}}
	}
	if _, err := w.db.Ingest(context.Background(), calendar.SourceName(), "", noon, b); err != nil {
		rt.Fatal(err)
	}
}

// part writes what people keep about accounts and contacts.
func (w *waitWorld) part(rt *rapid.T, account, contact string) data.Part {
	belongs := data.Belongs{ID: "p", Account: account, Contact: contact}
	return rapid.SampledFrom([]data.Part{
		data.Preference{Belongs: belongs, Rule: data.Prefers, Channel: data.ByCall, Confirmed: "2026-01-01"},
		data.Preference{Belongs: data.Belongs{ID: "q", Account: account}, Rule: data.Never, Channel: data.ByMail, Confirmed: "2026-01-01"},
		data.Preference{Belongs: belongs, Rule: data.Every, Days: 3, Confirmed: "2026-01-01"},
		data.TrustSign{Belongs: data.Belongs{ID: "s", Account: account, Contact: contact}, Is: data.SharedInside, By: "Maya Lindqvist", On: "2026-01-02"},
		data.Fact{Belongs: data.Belongs{ID: "f", Account: account, Contact: contact}, Name: "birthday", Value: noon.AddDate(-40, 0, 3).Format(time.DateOnly), Basis: data.Consent},
		data.Content{Belongs: data.Belongs{ID: "c"}, Title: "A night test", Text: "How it goes.", On: "2026-01-01"},
		data.Whitespace{Belongs: data.Belongs{ID: "w", Account: account}, With: data.WithUs, Ends: noon.AddDate(0, 0, 40).Format(time.DateOnly)},
		data.NurtureAnswer{Belongs: data.Belongs{ID: "n", Account: account, Contact: contact}, Key: "k", Words: "Write", Said: data.NurtureNever, On: "2026-01-01"},
		data.Breach{Belongs: data.Belongs{ID: "b", Account: account, Contact: contact}, Words: "a call", On: noon.Format(time.DateOnly), By: "Maya Lindqvist"},
	}).Draw(rt, "part")
}

// take takes something away, or brings back what may be.
func (w *waitWorld) take(rt *rapid.T, account, contact string) {
	writes := map[string]func(*Tx) error{
		"no contact":         func(tx *Tx) error { return tx.DeleteContact(contact) },
		"no account":         func(tx *Tx) error { return tx.DeleteAccount(account) },
		"archived":           func(tx *Tx) error { return tx.ArchiveAccount(account, "They moved", "2026-01-02") },
		"no customer":        func(tx *Tx) error { return tx.Ignore("@" + account + ".example") },
		"customer after all": func(tx *Tx) error { return tx.Heed("@" + account + ".example") },
		"left out":           nil,
	}
	what := rapid.SampledFrom(slices.Sorted(maps.Keys(writes))).Draw(rt, "taken")
	if write := writes[what]; write != nil {
		w.do(rt, what, write)
		return
	}
	var invalid *data.Invalid
	_, _, err := w.db.LeaveOut(context.Background(), data.LeaveOut{Kind: data.OutSender, Pattern: contact + "@" + account + ".example"}, "")
	if err != nil && !errors.Is(err, data.ErrNotFound) && !errors.As(err, &invalid) {
		rt.Fatal(err)
	}
}

// TestWhatIsKeptOfWaitingIsWhatIsReadAnew writes at random, and asks after each
// write: what is kept from before comes to what is read anew.
func TestWhatIsKeptOfWaitingIsWhatIsReadAnew(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		db, err := Open(context.Background(), filepath.Join(t.TempDir(), rapid.StringMatching(`[a-z]{12}`).Draw(rt, "folder")), Options{Instance: "t", Now: func() time.Time { return noon }})
		if err != nil {
			rt.Fatal(err)
		}
		defer db.Close()
		w := &waitWorld{db: db, now: noon, box: data.Mailbox{Address: "maya@larkfield.example", Host: "imap.larkfield.example", Port: 993, Security: data.TLS}}
		calendar := data.Calendar{Name: "Team", Path: "team.ics", Shown: "team.ics"}
		accounts, people := []string{"k", "l"}, []string{"anna", "leon", "mira"}
		account := rapid.SampledFrom(accounts)
		contact := rapid.SampledFrom(people)
		w.do(rt, "", func(tx *Tx) (err error) {
			if w.box, err = tx.PutMailbox(w.box); err != nil {
				return err
			}
			if calendar, err = tx.PutCalendar(calendar); err != nil {
				return err
			}
			for i, id := range people {
				a := accounts[i/2]
				if err := tx.PutAccount(data.Account{ID: a, Name: "Account " + a, Domains: []string{a + ".example"}}); err != nil {
					return err
				}
				if err := tx.PutContact(data.Contact{ID: id, AccountID: a, Name: id, Emails: []string{id + "@" + a + ".example"}}); err != nil {
					return err
				}
			}
			return tx.PutSettingList(SettingOwnDomains, []string{"larkfield.example"})
		})
		putAccount := func(rt *rapid.T) {
			a := data.Account{ID: account.Draw(rt, "account"), Tier: rapid.SampledFrom([]data.Tier{"", data.TierA}).Draw(rt, "tier")}
			a.Name = "Account " + a.ID
			a.Domains = rapid.SampledFrom([][]string{nil, {a.ID + ".example"}}).Draw(rt, "domains")
			w.do(rt, "account", func(tx *Tx) error { return tx.PutAccount(a) })
		}
		putContact := func(rt *rapid.T) {
			c := data.Contact{ID: contact.Draw(rt, "contact"), AccountID: account.Draw(rt, "account")}
			c.Name, c.Emails = c.ID, []string{c.ID + "@" + rapid.SampledFrom(accounts).Draw(rt, "domain") + ".example"}
			w.do(rt, "contact", func(tx *Tx) error { return tx.PutContact(c) })
		}
		mails := func(rt *rapid.T) {
			for range rapid.IntRange(1, 4).Draw(rt, "mails") {
				w.arrive(rt)
			}
		}
		mails(rt)
		rt.Repeat(map[string]func(*rapid.T){
			"account": putAccount, "contact": putContact, "another contact": putContact,
			"mails": mails, "more mails": mails, "yet more mails": mails, "whole mail": w.complete,
			"meeting": func(rt *rapid.T) { w.meet(rt, calendar) },
			"marks": func(rt *rapid.T) {
				w.ingest(rt, data.Batch{Flagged: []data.Flagged{{Location: w.place(uint32(rapid.IntRange(1, 10).Draw(rt, "uid"))), Flags: rapid.SampledFrom([]data.Flags{"", `\Answered`}).Draw(rt, "flags")}}})
			},
			"gone from the server": func(rt *rapid.T) {
				w.ingest(rt, data.Batch{Gone: []data.Location{w.place(uint32(rapid.IntRange(1, 10).Draw(rt, "uid")))}})
			},
			"filed by hand": func(rt *rapid.T) {
				if len(w.mails) == 0 {
					rt.Skip("no mail yet")
				}
				id, a, on := data.InteractionIDOf(rapid.SampledFrom(w.mails).Draw(rt, "mail")), account.Draw(rt, "account"), rapid.Bool().Draw(rt, "on")
				w.do(rt, "filed", func(tx *Tx) error { return tx.FileByHand(id, a, on) })
			},
			"ours": func(rt *rapid.T) {
				own := rapid.SampledFrom([][]string{nil, {"larkfield.example"}}).Draw(rt, "domains")
				w.do(rt, "ours", func(tx *Tx) error { return tx.PutSettingList(SettingOwnDomains, own) })
			},
			"call": func(rt *rapid.T) {
				e := data.Entry{ID: rapid.SampledFrom([]string{"c1", "c2"}).Draw(rt, "call"), Kind: data.Call, At: noon.AddDate(0, 0, -rapid.IntRange(0, 50).Draw(rt, "days ago")), Account: account.Draw(rt, "account"), With: []string{contact.Draw(rt, "contact")}, Text: "Lamps"}
				w.do(rt, "call", func(tx *Tx) error { return tx.PutEntry(e, time.Time{}) })
			},
			"part": func(rt *rapid.T) {
				p := w.part(rt, account.Draw(rt, "account"), contact.Draw(rt, "contact"))
				w.do(rt, "part", func(tx *Tx) error { return tx.PutAnyPart(p) })
			},
			"taken away": func(rt *rapid.T) { w.take(rt, account.Draw(rt, "account"), contact.Draw(rt, "contact")) },
			"undo": func(rt *rapid.T) {
				if _, err := db.UndoLast(context.Background()); err != nil && !errors.Is(err, data.ErrNotFound) {
					rt.Fatal(err)
				}
			},
			"time passes": func(rt *rapid.T) {
				w.now = w.now.Add(time.Duration(rapid.IntRange(-30*60, 60*60).Draw(rt, "minutes")) * time.Minute)
			},
			"": func(rt *rapid.T) { sameAnew(rt, db, w.now) },
		})
	})
}

// TestWhoOwesUsFollowsWhatIsTakenAway asks again after what chance seldom writes: an
// answer that is marked, and one that goes.
func TestWhoOwesUsFollowsWhatIsTakenAway(t *testing.T) {
	db, box := kestrel(t)
	say := func(id, from, to, body string, minutes int, refs ...string) data.Message {
		m := answering(id, from, to, "Lamps", minutes, refs...)
		m.Text = body
		return m
	}
	bring(t, db, box,
		say("1", "dora@gmail.com", box.Address, "Who brings the lamps?", -600),
		say("2", box.Address, "anna@kestrel.example", "Can you bring the lamps?", -500, "1@mail.example"),
		say("3", box.Address, "leon@kestrel.example", "When is the test?", -400),
		say("4", "leon@kestrel.example", box.Address, "On Friday.", -300, "3@mail.example"))
	owing := func() (asks []string) {
		t.Helper()
		list, err := db.Awaited(context.Background(), "", noon)
		if err != nil {
			t.Fatal(err)
		}
		for _, w := range list {
			asks = append(asks, w.Asks)
		}
		return asks
	}
	for _, s := range []struct {
		name string
		do   func()
		want []string
	}{
		{"nobody", func() {}, nil},
		{"the first mail is marked as answered", func() {
			ingest(t, db, box, data.Batch{Mailbox: box.ID, Folder: "INBOX", Flagged: []data.Flagged{{Location: data.Location{Mailbox: box.ID, Folder: "INBOX", UIDValidity: 1, UID: 1}, Flags: `\Answered`}}})
		}, []string{"Can you bring the lamps?"}},
		{"the answer of Leon is left out", func() {
			if _, _, err := db.LeaveOut(context.Background(), data.LeaveOut{Kind: data.OutSender, Pattern: "leon@kestrel.example"}, ""); err != nil {
				t.Fatal(err)
			}
		}, []string{"When is the test?", "Can you bring the lamps?"}},
	} {
		s.do()
		given, up := context.WithCancel(context.Background())
		up()
		if _, err := db.Awaited(given, "", noon); !errors.Is(err, context.Canceled) { // it keeps what is stale
			t.Fatal(err)
		}
		if got := owing(); !slices.Equal(got, s.want) {
			t.Errorf("%s: %q, want %q", s.name, got, s.want)
		}
	}
}

// TestWhatIsSuggestedForAnAccountIsItsPartOfAll asks for all at once and for each.
func TestWhatIsSuggestedForAnAccountIsItsPartOfAll(t *testing.T) {
	db := open(t)
	ctx := context.Background()
	if err := fill(ctx, db, sample.Make(sample.Options{Accounts: 12, Mails: 900})); err != nil {
		t.Fatal(err)
	}
	all, err := db.Nurture(ctx, sample.Today)
	if err != nil || len(all) == 0 {
		t.Fatalf("%d suggestions: %v", len(all), err)
	}
	accounts, err := db.Accounts(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range accounts {
		part := slices.DeleteFunc(slices.Clone(all), func(s nurture.Suggestion) bool { return s.Account.ID != a.ID })
		list, err := db.NurtureOf(ctx, a.ID, sample.Today)
		if err != nil || fmt.Sprintf("%+v", list) != fmt.Sprintf("%+v", part) {
			t.Errorf("%s: %+v, want %+v: %v", a.Name, list, part, err)
		}
	}
}
