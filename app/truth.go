package app

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"rapport/app/kit"
	"rapport/data"
	"rapport/data/store"
	"rapport/sync"
)

// source is a mailbox, a calendar or a feed of news with how it stands: one of
// the three.
type source struct {
	mailbox  data.Mailbox
	calendar data.Calendar
	feed     data.Feed
	whose    string      // of a feed: the account's name
	status   data.Status // zero when it was never read
	sample   bool        // of the sample workspace: its server is gone, it is not read
}

func (s source) isMail() bool { return s.mailbox.ID != "" }

func (s source) isFeed() bool { return s.feed.ID != "" }

// imported says that its mail came from files: there is nothing to read again.
func (s source) imported() bool { return s.isMail() && s.mailbox.Imported() }

// ofMail says that it holds what invitations in mail say: it comes with the mail.
func (s source) ofMail() bool { return s.calendar.Kind == data.MailCalendar }

// name is what the ledger calls it.
func (s source) name() string {
	switch {
	case s.isMail():
		return s.mailbox.SourceName()
	case s.isFeed():
		return s.feed.SourceName()
	}
	return s.calendar.SourceName()
}

// shown is what people call it.
func (s source) shown() string {
	switch {
	case s.isMail():
		return s.mailbox.Address
	case s.isFeed():
		return s.feed.Name
	}
	return s.calendar.Name
}

func (s source) failed() bool  { return s.status.Problem != "" }
func (s source) offline() bool { return isOffline(s.status.Problem) }

// rests says whether its server asked to be left alone and is.
func (s source) rests(now time.Time) bool { return s.status.Until.After(now) }

// offlineBegins is how the sentence of a laptop without a network begins.
var offlineBegins = func() string {
	words := (&data.Problem{Kind: data.Offline, About: "\x00"}).Error()
	begins, _, _ := strings.Cut(words, "\x00")
	return strings.ToLower(begins)
}()

// isOffline says whether a problem's sentence says that there is no network.
func isOffline(problem string) bool {
	return strings.HasPrefix(strings.ToLower(problem), offlineBegins)
}

// gatherSources lists mailboxes, then calendars, then feeds of news, with how each stands: by what
// the engine knows, else by what is stored.
func gatherSources(ctx context.Context, db *store.DB, engine *sync.Engine) ([]source, error) {
	boxes, err := db.Mailboxes(ctx)
	if err != nil {
		return nil, err
	}
	calendars, err := db.Calendars(ctx)
	if err != nil {
		return nil, err
	}
	samples, err := db.SettingList(ctx, store.SettingSample)
	if err != nil {
		return nil, err
	}
	runs, err := db.Runs(ctx)
	if err != nil {
		return nil, err
	}
	known := map[string]data.Status{}
	for _, s := range runs {
		known[s.Source] = s
	}
	if engine != nil {
		for _, s := range engine.Statuses() {
			known[s.Source] = s
		}
	}
	var list []source
	for _, m := range boxes {
		list = append(list, source{mailbox: m})
	}
	for _, c := range calendars {
		list = append(list, source{calendar: c})
	}
	feeds, err := feedSources(ctx, db)
	if err != nil {
		return nil, err
	}
	list = append(list, feeds...)
	for i := range list {
		list[i].status = known[list[i].name()]
		list[i].sample = slices.Contains(samples, list[i].name())
	}
	return list, nil
}

// feedSources are the feeds of news with whose they are.
func feedSources(ctx context.Context, db *store.DB) (list []source, err error) {
	feeds, err := db.Feeds(ctx)
	if err != nil {
		return nil, err
	}
	for _, f := range feeds {
		a, err := db.Account(ctx, f.Account)
		if err != nil && !errors.Is(err, data.ErrNotFound) {
			return nil, err
		}
		list = append(list, source{feed: f, whose: a.Name})
	}
	return list, nil
}

// state is what rail and status bar show.
type state struct {
	truth   truth
	unfiled int
	untold  bool // that some customer should have heard by now what came of what they told us
}

func gatherState(ctx context.Context, db *store.DB, engine *sync.Engine, now time.Time) (s state, err error) {
	if s.truth.sources, err = gatherSources(ctx, db, engine); err != nil {
		return s, err
	}
	s.truth.sources = slices.DeleteFunc(s.truth.sources, func(one source) bool { return one.imported() || one.ofMail() }) // they are never out of date
	day := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, now.Location())
	lines, err := db.Ledger(ctx, "", day)
	if err != nil {
		return s, err
	}
	for _, l := range lines {
		if strings.HasPrefix(l.Source, "mail:") {
			s.truth.kept += l.Kept
			for _, c := range l.Skipped {
				if c.Reason == data.SkipUnknown {
					s.truth.unknown += c.N
				} else {
					s.truth.skipped += c.N
				}
			}
		}
	}
	if s.truth.outbox, err = db.Outbox(ctx); err != nil {
		return s, err
	}
	if s.truth.spaces, _, err = db.SpaceEntries(ctx); err != nil {
		return s, err
	}
	if s.truth.guest, err = db.GuestOnly(ctx); err != nil {
		return s, err
	}
	s.truth.paused = engine != nil && engine.Paused()
	if s.untold, err = db.HasOverdue(ctx, data.KindFeedback, now); err != nil {
		return s, err
	}
	s.unfiled, err = db.Unfiled(ctx, now)
	return s, err
}

// truth is how mail and calendars stand, for the status bar.
type truth struct {
	sources []source
	// Mails of today: on timelines, of people who are not known yet, and left out.
	kept, unknown, skipped int
	paused                 bool
	outbox                 data.Outbox
	spaces                 []data.SpaceEntry
	guest                  bool // the workspace holds nothing but joint spaces
}

// failing says whether a source needs a look; being offline does not count.
func (t truth) failing() bool {
	return slices.ContainsFunc(t.sources, func(s source) bool { return s.failed() && !s.offline() })
}

// draw shows it in the window's status bar.
func (t truth) draw(w *window) {
	settings := func() { w.open(route{place: placeSettings}) }
	bar := w.status.bar
	reading, ok := t.reading()
	switch {
	case ok:
		bar.Busy(t.readingSpans(reading), float32(reading.Done)/float32(max(reading.Total, 1)), "Pause", w.pause)
	case t.paused:
		bar.Offer([]kit.Span{{Icon: "clock", Tint: kit.Ink2}, {Text: "Reading is paused.", Role: kit.BodyBold, Gap: 6}}, "Go on", "", w.resume)
	case t.failing():
		bar.Offer(t.spans(w.now()), "Details", "", settings)
	case t.choices() > 0:
		bar.Offer(t.spans(w.now()), "Choose", "", func() { w.open(route{place: placeSharing}) })
	case len(t.sources) == 0 && !t.guest:
		bar.Offer(t.spans(w.now()), "Add a mailbox", "", settings)
	case len(t.outboxSpans()) > 0:
		bar.Offer(t.spans(w.now()), t.outboxWord(), "", w.openDrafts)
	default:
		bar.Say(t.spans(w.now())...)
	}
}

// reading is the source that has most left to read now.
func (t truth) reading() (most data.Status, found bool) {
	for _, s := range t.sources {
		left := s.status.Total - s.status.Done
		if s.status.Running && s.status.Total > 0 && (!found || left > most.Total-most.Done) {
			most, found = s.status, true
		}
	}
	return most, found
}

func (t truth) readingSpans(s data.Status) []kit.Span {
	spans := []kit.Span{{Icon: "loader-circle", Tint: kit.Accent}, {Text: readingWords(s), Tint: kit.Ink2, Gap: 6}}
	others := truth{sources: slices.DeleteFunc(slices.Clone(t.sources), func(o source) bool { return o.name() == s.Source })}
	return append(spans, others.failedSpans()...)
}

// readingWords are what is read and how far it has come.
func readingWords(s data.Status) string {
	what := s.Folder
	if what == "" {
		_, what, _ = strings.Cut(s.Source, ":")
	}
	return fmt.Sprintf("Reading %s, %s of %s", what, thousands(s.Done), thousands(s.Total))
}

// spans are the line of a program that is not reading just now: the sources, then
// the spaces.
func (t truth) spans(now time.Time) []kit.Span {
	own, spaces := t.ownSpans(now), t.spaceSpans(now)
	if len(own) == 0 && len(spaces) > 0 {
		return spaces[1:] // no dot without something before it
	}
	return append(own, spaces...)
}

// ownSpans say how what is read stands.
func (t truth) ownSpans(now time.Time) []kit.Span {
	if t.allSample() {
		if slices.ContainsFunc(t.sources, source.isFeed) {
			return append(factSpans("flask-conical", "Sample workspace.", "Only the news that you added are read from outside."), t.failedSpans()...)
		}
		return factSpans("flask-conical", "Sample workspace.", "Nothing is read from outside.")
	}
	if len(t.sources) == 0 && t.guest {
		return nil // a guest came for the joint plan
	}
	if len(t.sources) == 0 {
		return factSpans("mail", "No mailbox or calendar yet.", "")
	}
	return append(t.sourceSpans(now), t.outboxSpans()...)
}

// outboxWord is the button that leads to what could not leave.
func (t truth) outboxWord() string {
	if t.outbox.Drafts == 0 {
		return "Entries"
	}
	return "Drafts"
}

// outboxSpans say what could not leave yet, and what it waits for.
func (t truth) outboxSpans() []kit.Span {
	if t.outbox.Waits() == 0 || t.outbox.Problem == "" {
		return nil
	}
	words := t.outbox.Words()
	if why, _, _ := strings.Cut(t.outbox.Problem, ". "); !isOffline(why) {
		return []kit.Span{{Text: "·", Tint: kit.Ink3, Gap: 6}, {Icon: "circle-alert", Tint: kit.Alert, Gap: 6}, {Text: words + ": " + why, Tint: kit.Alert, Gap: 5}}
	}
	return []kit.Span{{Text: "·", Tint: kit.Ink3, Gap: 6}, {Text: words + " for the network", Tint: kit.Ink2, Gap: 6}}
}

// sourceSpans say how the sources stand.
func (t truth) sourceSpans(now time.Time) []kit.Span {
	at := t.readAt()
	if t.offline() {
		since := "Everything that is stored works."
		if !at.IsZero() {
			since = "Last read " + whenRead(at, now) + ". Everything that is stored works."
		}
		return factSpans("wifi-off", "Offline.", since)
	}
	return append(t.readSpans(at, now), t.failedSpans()...)
}

// failedSpans say which sources need a look; none when all is well.
func (t truth) failedSpans() []kit.Span {
	words := t.failedWords()
	if words == "" {
		return nil
	}
	return []kit.Span{{Text: "·", Tint: kit.Ink3, Gap: 6},
		{Icon: "circle-alert", Tint: kit.Alert, Gap: 6}, {Text: words, Tint: kit.Alert, Gap: 5}}
}

func factSpans(icon, fact, more string) []kit.Span {
	spans := []kit.Span{{Icon: icon, Tint: kit.Ink2}, {Text: fact, Role: kit.BodyBold, Tint: kit.Ink, Gap: 6}}
	if more != "" {
		spans = append(spans, kit.Span{Text: more, Tint: kit.Ink2, Gap: 5})
	}
	return spans
}

func (t truth) readSpans(at, now time.Time) []kit.Span {
	what := "Mail"
	if !slices.ContainsFunc(t.sources, source.isMail) {
		what = "Calendar"
	}
	if at.IsZero() {
		return []kit.Span{{Icon: "hourglass", Tint: kit.Ink2}, {Text: what + " not read yet", Tint: kit.Ink2, Gap: 6}}
	}
	spans := []kit.Span{{Icon: "check", Tint: kit.Accent}, {Text: what + " read " + whenRead(at, now), Tint: kit.Ink2, Gap: 6}}
	if t.kept+t.unknown+t.skipped > 0 {
		counts := thousands(t.kept) + " kept, " + thousands(t.skipped) + " skipped"
		if t.unknown > 0 {
			counts = thousands(t.kept) + " kept, " + thousands(t.unknown) + " to file, " + thousands(t.skipped) + " skipped"
		}
		spans = append(spans, kit.Span{Text: "·", Tint: kit.Ink3, Gap: 6}, kit.Span{Text: counts, Tint: kit.Ink2, Gap: 6})
	}
	return spans
}

// whenRead is "at 09:12" for today, else "Mon 16 Nov at 18:40".
func whenRead(at, now time.Time) string {
	if data.DaysBetween(at, now) == 0 {
		return "at " + data.Clock(at, now)
	}
	return data.DayWord(at, now) + " at " + data.Clock(at, now)
}

// withoutNews are the sources of our own, which are what people ask about first;
// where there are none, the feeds of news.
func (t truth) withoutNews() []source {
	own := slices.DeleteFunc(slices.Clone(t.sources), source.isFeed)
	if len(own) == 0 {
		return t.sources
	}
	return own
}

// readAt is when the mailbox that waits longest was read; without mailboxes it
// is a calendar's time. A source that failed does not count, but its being the
// only one does.
func (t truth) readAt() time.Time {
	var at, failedAt time.Time
	mails := slices.ContainsFunc(t.sources, source.isMail)
	for _, s := range t.withoutNews() {
		if s.isMail() != mails || s.sample {
			continue
		}
		if s.failed() {
			failedAt = s.status.At
			continue
		}
		if at.IsZero() || s.status.At.Before(at) {
			at = s.status.At
		}
	}
	if at.IsZero() {
		return failedAt
	}
	return at
}

func (t truth) allSample() bool {
	own := t.withoutNews()
	return len(own) > 0 && !slices.ContainsFunc(own, func(s source) bool { return !s.sample })
}

// offline says that no source could be reached because this laptop has no
// network.
func (t truth) offline() bool {
	return !t.failing() && slices.ContainsFunc(t.sources, source.offline)
}

func (t truth) failedWords() string {
	mails, calendars, feeds := 0, 0, 0
	for _, s := range t.sources {
		switch {
		case !s.failed() || s.offline():
		case s.isMail():
			mails++
		case s.isFeed():
			feeds++
		default:
			calendars++
		}
	}
	var parts []string
	if mails > 0 {
		parts = append(parts, data.Counted(mails, "mailbox", "mailboxes"))
	}
	if calendars > 0 {
		parts = append(parts, data.Counted(calendars, "calendar", "calendars"))
	}
	if feeds > 0 {
		parts = append(parts, data.Counted(feeds, "feed of news", "feeds of news"))
	}
	if len(parts) == 0 {
		return ""
	}
	return data.JoinAnd(parts) + " not read"
}
