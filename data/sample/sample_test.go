package sample

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"hash"
	"maps"
	"mime"
	"net/mail"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"rapport/data"
)

// digest is a hash of everything that the world holds.
func digest(t *testing.T, o Options) string {
	t.Helper()
	w := Make(o)
	h := sha256.New()
	put(t, h, w.Accounts, w.Contacts, w.Entries, w.Folders, w.Calendar, w.Purchases, w.Tickets)
	for m := range w.Mail() {
		put(t, h, m)
	}
	return fmt.Sprintf("%x", h.Sum(nil))
}

func put(t *testing.T, h hash.Hash, values ...any) {
	t.Helper()
	for _, v := range values {
		if err := json.NewEncoder(h).Encode(v); err != nil {
			t.Fatal(err)
		}
	}
}

func TestSameOptionsMakeTheSameBytes(t *testing.T) {
	first := digest(t, Options{Seed: 7})
	if again := digest(t, Options{Seed: 7}); again != first {
		t.Error("the same seed and date made another world")
	}
	if evening := digest(t, Options{Seed: 7, Today: Today.Add(10 * time.Hour)}); evening != first {
		t.Error("the clock of Today changed the world; only its date may")
	}
	if other := digest(t, Options{Seed: 8}); other == first {
		t.Error("another seed made the same world")
	}
	if other := digest(t, Options{Seed: 7, Today: Today.AddDate(0, 0, 1)}); other == first {
		t.Error("another date made the same world")
	}
}

func TestMailIsInOrderInItsFoldersAndInThePast(t *testing.T) {
	for i, day := range someDays {
		t.Run(day.Format(time.DateOnly), func(t *testing.T) { checkPlaces(t, Make(Options{Today: day, Seed: uint64(i)})) })
	}
}

func checkPlaces(t *testing.T, w World) {
	if n := w.MailCount(); n < 1500 || n > 2500 {
		t.Errorf("%d mails, want what two years of such a firm bring: 1,500 to 2,500", n)
	}
	known, seen := map[string]bool{}, map[string]int{}
	for _, f := range w.Folders {
		known[f.Name] = true
	}
	var last time.Time
	for m := range w.Mail() {
		seen[m.Folder]++
		if !known[m.Folder] {
			t.Fatalf("a mail lies in %q, which is no folder", m.Folder)
		}
		if m.At.Before(last) {
			t.Fatalf("mail of %v comes after %v", m.At, last)
		}
		last = m.At
		if ago := w.days.ago(m.At); ago < 1 || ago > span+5 {
			t.Errorf("a mail is %d days old", ago)
		}
	}
	for name := range known {
		if seen[name] == 0 && name != private {
			t.Errorf("folder %s is empty", name)
		}
	}
	if seen[private] != 0 {
		t.Errorf("folder %s holds %d mails, want none", private, seen[private])
	}
}

func TestHeadersAreWhatWasMeant(t *testing.T) {
	w := Make(Options{})
	r := newReader(w)
	sent := map[string]bool{}
	words := new(mime.WordDecoder)
	for _, p := range w.plans {
		if p.raw != nil {
			continue
		}
		l := r.letter(p)
		m, err := mail.ReadMessage(bytes.NewReader(l.raw()))
		if err != nil {
			t.Fatalf("%q: %v", l.subject, err)
		}
		if got, err := words.DecodeHeader(m.Header.Get("Subject")); err != nil || got != l.subject {
			t.Errorf("subject %q reads as %q, %v", l.subject, got, err)
		}
		from, err := m.Header.AddressList("From")
		if err != nil || from[0].Name != l.from.Name || from[0].Address != l.from.Email {
			t.Errorf("from %v reads as %v, %v", l.from.Address, from, err)
		}
		if at, err := m.Header.Date(); err != nil || !at.Equal(l.at.Truncate(time.Second)) {
			t.Errorf("date %v reads as %v, %v", l.at, at, err)
		}
		if parent := strings.Trim(m.Header.Get("In-Reply-To"), "<>"); parent != "" && !sent[parent] {
			t.Errorf("%q answers %s, which was not sent before", l.subject, parent)
		}
		if n := len(strings.Fields(m.Header.Get("References"))); n != len(l.references()) {
			t.Errorf("%q has %d references, want %d", l.subject, n, len(l.references()))
		}
		sent[l.id] = true
		if strings.ContainsAny(l.subject+l.body, "{}") {
			t.Errorf("a slot was left open in %q: %s", l.subject, l.body)
		}
	}
}

var (
	addressForm = regexp.MustCompile(`[\w.+-]+@[\w.-]+\w`)
	linkForm    = regexp.MustCompile(`https?://([\w.-]+)`)
)

func TestEveryAddressIsInvented(t *testing.T) {
	check := func(where, text string) {
		for _, a := range addressForm.FindAllString(text, -1) {
			if !strings.HasSuffix(a, ".example") {
				t.Errorf("%s: %s is not an .example address", where, a)
			}
		}
		for _, l := range linkForm.FindAllStringSubmatch(text, -1) {
			if !strings.HasSuffix(l[1], ".example") {
				t.Errorf("%s: %s is not an .example host", where, l[1])
			}
		}
	}
	w := Make(Options{Accounts: 60, Mails: 3000})
	r := newReader(w)
	for _, p := range w.plans {
		if p.raw != nil {
			check("broken mail", string(p.raw))
			continue
		}
		l := r.letter(p)
		header, _, _ := bytes.Cut(l.raw(), []byte("\r\n\r\n"))
		check("header", string(header))
		check("text", l.text())
	}
	check("calendar", strings.ReplaceAll(string(w.Calendar), "\r\n ", ""))
	for _, a := range w.Accounts {
		for _, domain := range a.Domains {
			check("account", "x@"+domain)
		}
	}
	for _, c := range w.Contacts {
		check("contact", strings.Join(c.Emails, " "))
	}
}

func TestEverythingCanBeKept(t *testing.T) {
	w := Make(Options{Accounts: 300, Mails: 5000})
	if len(w.Accounts) != 300 || w.MailCount() != 5000 {
		t.Errorf("%d accounts and %d mails, want 300 and 5000", len(w.Accounts), w.MailCount())
	}
	taken := map[string]string{}
	take := func(what, key, who string) {
		if other, ok := taken[what+key]; ok {
			t.Errorf("%s %s belongs to %s and to %s", what, key, other, who)
		}
		taken[what+key] = who
	}
	for _, a := range w.Accounts {
		if err := a.Check(); err != nil {
			t.Errorf("account %s: %v", a.Name, err)
		}
		take("name ", a.Name, a.ID)
		take("id ", a.ID, a.Name)
		for _, d := range a.Domains {
			take("domain ", d, a.Name)
		}
	}
	for _, c := range w.Contacts {
		if err := c.Check(); err != nil {
			t.Errorf("contact %s: %v", c.Name, err)
		}
		take("id ", c.ID, c.Name)
		for _, e := range c.Emails {
			take("address ", e, c.Name)
		}
	}
	for _, e := range w.Entries {
		if err := e.Check(Today); err != nil {
			t.Errorf("entry %s: %v", e.Subject, err)
		}
		take("id ", e.ID, e.Subject)
		if e.RecordedAt.Before(e.At) {
			t.Errorf("entry %s was typed before it happened", e.Subject)
		}
		if strings.Contains(e.Subject, "Reset") && len(e.With) != 1 {
			t.Errorf("entry %s lost its people", e.Subject)
		}
	}
}

func TestAWorldOfAnySizeHasThatManyMails(t *testing.T) {
	for _, n := range []int{800, 2000, 12000} {
		w, got := Make(Options{Mails: n}), 0
		for range w.Mail() {
			got++
		}
		if got != n || w.MailCount() != n {
			t.Errorf("asked for %d mails: %d planned, %d written", n, w.MailCount(), got)
		}
	}
}

func TestMessagesAreTheMailsWithoutMIME(t *testing.T) {
	w := Make(Options{})
	mails := map[string]bool{}
	for m := range w.Mail() {
		if r, err := mail.ReadMessage(bytes.NewReader(m.Raw)); err == nil {
			mails[strings.Trim(r.Header.Get("Message-ID"), "<>")] = true
		}
	}
	seen := map[data.Location]bool{}
	n := 0
	for a := range w.Messages("box") {
		n++
		if !mails[a.Message.MessageID] {
			t.Fatalf("message %s is no mail", a.Message.MessageID)
		}
		if a.Location.Mailbox != "box" || a.Location.UID == 0 || seen[a.Location] {
			t.Fatalf("message %s lies at %+v", a.Message.MessageID, a.Location)
		}
		seen[a.Location] = true
		if a.Message.Text == "" || a.Message.Date.IsZero() || a.Message.Sender().Email == "" {
			t.Fatalf("message %s lacks text, date or sender", a.Message.MessageID)
		}
	}
	if n < 1500 {
		t.Errorf("%d messages, want the greater part of %d mails", n, w.MailCount())
	}
}

// letters are all readable mails of the world outside the folders that are left
// out, each once.
func letters(w World) []*letter {
	r := newReader(w)
	var list []*letter
	for _, p := range w.plans {
		if p.raw != nil {
			continue
		}
		l := r.letter(p)
		if !p.copy && !slices.Contains([]string{drafts, junk, trash}, p.folder) && !l.automated() {
			list = append(list, l)
		}
	}
	return list
}

// contactAge lists the ages in days at which the account was in touch by mail,
// call, visit or meeting, newest first.
func contactAge(w World, name string) []int {
	a := w.cast.find(name)
	with := func(email string) bool {
		return slices.ContainsFunc(a.people, func(c contact) bool { return slices.Contains(c.Emails, email) })
	}
	ages := map[int]bool{}
	for _, l := range letters(w) {
		for _, p := range slices.Concat([]party{l.from}, l.to, l.cc) {
			if with(p.Email) {
				ages[w.days.ago(l.at)] = true
			}
		}
	}
	for _, l := range log {
		if l.account == name && l.kind != data.Note {
			ages[l.ago] = true
		}
	}
	for _, m := range meetings {
		for who := range strings.SplitSeq(m.with, ", ") {
			if slices.ContainsFunc(a.people, func(c contact) bool { return c.Name == who }) {
				ages[m.ago] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(ages))
}

// someDays are last days of worlds: the one of the screens, a Saturday, a first
// of January and a leap day.
var someDays = []time.Time{
	Today, Today.AddDate(0, 0, 4), time.Date(2027, 1, 1, 8, 0, 0, 0, Amsterdam), time.Date(2028, 2, 29, 23, 0, 0, 0, time.UTC),
}

func TestSilencesAreAsTheScreensShowThem(t *testing.T) {
	for i, day := range someDays {
		t.Run(day.Format(time.DateOnly), func(t *testing.T) { checkSilences(t, Make(Options{Today: day, Seed: uint64(i)})) })
	}
}

func checkSilences(t *testing.T, w World) {
	for name, newest := range map[string]int{
		"Kestrel Museums": 1, "Quayside Ferries": 1, "Alder Vale Hospitals": 2, "Northmoor University": 12, "Brannock Brewing": 9,
		"Saltmarsh Dairy": 38, "Tern Logistics": 4, "Linden Row Hotels": 33, "Orchard Street Theatre": 26, "Pell & Sons Printing": 196,
		"Wexcombe Housing": 51,
	} {
		if ages := contactAge(w, name); len(ages) == 0 || ages[0] != newest {
			t.Errorf("%s: last in touch %v days ago, want %d", name, ages[:min(len(ages), 3)], newest)
		}
	}
	if ages := contactAge(w, "Fenwick Foundry"); len(ages) != 0 {
		t.Errorf("Fenwick Foundry was in touch %v days ago; nobody has spoken to them", ages)
	}
	ages := contactAge(w, "Kestrel Museums")
	for _, gap := range [][2]int{{12, 32}, {219, 250}} {
		i := slices.Index(ages, gap[0])
		if i < 0 || ages[i+1] != gap[1] {
			t.Errorf("Kestrel Museums: no silence from %d to %d days ago: %v", gap[1], gap[0], ages)
		}
	}
}

func TestFourPeopleWaitForAnAnswer(t *testing.T) {
	for i, day := range someDays {
		t.Run(day.Format(time.DateOnly), func(t *testing.T) { checkWaiting(t, Make(Options{Today: day, Seed: uint64(i)})) })
	}
}

func checkWaiting(t *testing.T, w World) {
	known := map[string]string{}
	for _, c := range w.Contacts {
		for _, e := range c.Emails {
			known[e] = c.Name
		}
	}
	waits := map[string]string{} // sender by the first ID of the thread
	for _, l := range letters(w) {
		root := append(l.references(), l.id)[0]
		delete(waits, root)
		if who := known[l.from.Email]; who != "" && w.days.ago(l.at) < settled {
			waits[root] = who
		}
	}
	got := slices.Sorted(maps.Values(waits))
	if want := []string{"Anna Kessler", "Femi Adeyemi", "Nadia Brandt", "Piet Groen"}; !slices.Equal(got, want) {
		t.Errorf("waiting: %v, want %v", got, want)
	}
}

func TestFourteenSendersAreNobodysContact(t *testing.T) {
	w := Make(Options{})
	known := map[string]bool{}
	for _, c := range w.Contacts {
		for _, e := range c.Emails {
			known[e] = true
		}
	}
	for _, a := range w.Accounts {
		for _, d := range a.Domains {
			known["@"+d] = true
		}
	}
	strangers := map[string]bool{}
	for _, l := range letters(w) {
		e := l.from.Email
		if !known[e] && !known["@"+domainOf(e)] && domainOf(e) != "larkfield.example" && data.IsAutomated(data.HeaderFacts{From: e}) == "" {
			strangers[e] = true
		}
	}
	if len(strangers) != 14 {
		t.Errorf("%d senders to file, want 14: %v", len(strangers), slices.Sorted(maps.Keys(strangers)))
	}
}

func TestCopiesInAFolderAreTheSameBytes(t *testing.T) {
	w := Make(Options{})
	lies := map[[32]byte][]string{}
	for m := range w.Mail() {
		sum := sha256.Sum256(m.Raw)
		lies[sum] = append(lies[sum], m.Folder)
	}
	twice := 0
	for _, folders := range lies {
		if len(folders) == 1 {
			continue
		}
		twice++
		slices.Sort(folders)
		if !slices.Equal(folders, []string{inbox, kestrel}) {
			t.Errorf("one mail lies in %v", folders)
		}
	}
	if twice != kestrelCopyCount {
		t.Errorf("%d mails lie in two folders, want %d", twice, kestrelCopyCount)
	}
}

func TestBrokenMailsAreBroken(t *testing.T) {
	w := Make(Options{})
	n := 0
	for _, p := range w.plans {
		if p.raw == nil {
			continue
		}
		n++
		if bytes.Contains(bytes.ReplaceAll(p.raw, []byte("\r\n"), nil), []byte("\n")) {
			t.Errorf("a line of %.80q ends without CR", p.raw)
		}
		if bytes.ContainsAny(p.raw, "{}") && !bytes.Contains(p.raw, []byte("<style>")) {
			t.Errorf("a slot was left open in %.200q", p.raw)
		}
	}
	if n != len(faults) || n < 20 {
		t.Errorf("%d broken mails of %d faults", n, len(faults))
	}
}

func TestCalendarIsWellFormed(t *testing.T) {
	for _, zone := range []*time.Location{Amsterdam, time.UTC, time.FixedZone("", -9*3600-1800), zone("Local", "EST5EDT,M3.2.0,M11.1.0")} {
		w := Make(Options{Today: Today.In(zone)})
		if !bytes.HasSuffix(w.Calendar, []byte("END:VCALENDAR\r\n")) {
			t.Fatalf("%s: the calendar does not end", zone)
		}
		var open []string
		zones, uses := map[string]bool{}, map[string]bool{}
		for l := range strings.SplitSeq(strings.TrimSuffix(string(w.Calendar), "\r\n"), "\r\n") {
			if len(l) > 75 || strings.ContainsAny(l, "\r\n") {
				t.Errorf("%s: bad line %q", zone, l)
			}
			if name, ok := strings.CutPrefix(l, "BEGIN:"); ok {
				open = append(open, name)
			}
			if name, ok := strings.CutPrefix(l, "END:"); ok {
				if len(open) == 0 || open[len(open)-1] != name {
					t.Fatalf("%s: END:%s while %v is open", zone, name, open)
				}
				open = open[:len(open)-1]
			}
			if id, ok := strings.CutPrefix(l, "TZID:"); ok {
				zones[id] = true
			}
			if _, rest, ok := strings.Cut(l, ";TZID="); ok {
				id, _, _ := strings.Cut(rest, ":")
				uses[id] = true
			}
		}
		if len(open) > 0 {
			t.Errorf("%s: %v is not closed", zone, open)
		}
		for id := range uses {
			if !zones[id] {
				t.Errorf("%s: zone %q is used and not described", zone, id)
			}
		}
		if !strings.Contains(string(w.Calendar), w.days.at(0, "10:30").Format("20060102T150405")) {
			t.Errorf("%s: no meeting today at half past ten", zone)
		}
	}
}

func TestAmsterdamKeepsItsOwnTime(t *testing.T) {
	for _, c := range []struct{ utc, local string }{
		{"2026-01-15T12:00:00Z", "2026-01-15T13:00:00+01:00"},
		{"2026-03-29T00:59:59Z", "2026-03-29T01:59:59+01:00"},
		{"2026-03-29T01:00:00Z", "2026-03-29T03:00:00+02:00"},
		{"2026-10-25T01:00:00Z", "2026-10-25T02:00:00+01:00"},
	} {
		at, err := time.Parse(time.RFC3339, c.utc)
		if err != nil {
			t.Fatal(err)
		}
		if got := at.In(Amsterdam).Format(time.RFC3339); got != c.local {
			t.Errorf("%s is %s in Amsterdam, want %s", c.utc, got, c.local)
		}
	}
}

func TestWorldListing(t *testing.T) {
	const path = "testdata/world.txt"
	got := listing(Make(Options{}))
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("the world differs from %s; UPDATE=1 go test accepts it:\n%s", path, got)
	}
}

// listing is the world on a page.
func listing(w World) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s, mailbox %s, on %s\n\nFolders\n", w.Owner.Name, w.Mailbox, w.days.today.Format("Mon 2 Jan 2006"))
	count := map[string]int{}
	for _, p := range w.plans {
		count[p.folder]++
	}
	for _, f := range w.Folders {
		fmt.Fprintln(&b, strings.TrimRight(fmt.Sprintf("  %-18s %5d  %s", f.Name, count[f.Name], f.Use), " "))
	}
	mails := map[string]int{}
	for _, l := range letters(w) {
		for _, p := range slices.Concat([]party{l.from}, l.to, l.cc) {
			mails[p.Email]++
		}
	}
	b.WriteString("\nAccounts, their people, and the mails that name them\n")
	for _, a := range w.Accounts {
		fmt.Fprintf(&b, "  %s %s · %s · %s · %s\n", a.Tier, a.Name, a.Sector, a.Owner, strings.Join(a.Domains, " "))
		for _, c := range w.Contacts {
			if c.AccountID == a.ID {
				fmt.Fprintf(&b, "      %-18s %-22s %4d  %s\n", c.Name, c.Role, mails[c.Emails[0]], strings.Join(c.Emails, " "))
			}
		}
	}
	b.WriteString("\nNobody's contacts\n")
	for _, p := range unknown {
		fmt.Fprintf(&b, "      %-18s %4d  %s\n", p.Name, mails[p.Email], p.Email)
	}
	b.WriteString("\nLogged by hand, by the day on which it was typed\n")
	for _, e := range w.Entries {
		fmt.Fprintf(&b, "  %s  of %s  %-5s %s: %s\n", e.RecordedAt.Format("2006-01-02"), e.At.Format("2006-01-02"), e.Kind, e.By, e.Subject)
	}
	return b.String()
}

func BenchmarkMail(b *testing.B) {
	w := Make(Options{Accounts: 2000, Mails: 200_000})
	b.ResetTimer()
	for b.Loop() {
		for range w.Mail() {
		}
	}
}

func BenchmarkMessages(b *testing.B) {
	w := Make(Options{Accounts: 2000, Mails: 200_000})
	b.ResetTimer()
	for b.Loop() {
		for range w.Messages("box") {
		}
	}
}
