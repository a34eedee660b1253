package data

import (
	"net/url"
	"slices"
	"strings"
	"time"
)

// Feed is where an account publishes its news: the link of an RSS, Atom or JSON
// feed that somebody on this laptop added. Like a mailbox it is private, since
// every laptop that has it asks the server: nobody else's word makes this one do
// so. Its link is kept as a secret, under LinkSecret.
type Feed struct {
	ID      string
	Account string // Account.ID
	Name    string // unique among feeds
	// Shown is the link's host, which is all of it that people and logs see.
	Shown   string
	AddedAt time.Time
}

// FeedEvery is how long a feed is left alone after it was asked, whoever asks.
const FeedEvery = time.Hour

// SourceName is the feed's name in the ledger, "feed:Kestrel press".
func (f Feed) SourceName() string { return "feed:" + f.Name }

// LinkSecret is the name under which its link is kept.
func (f Feed) LinkSecret() string { return "feed/" + f.ID + "/link" }

// Check says why the feed cannot be kept, or nil.
func (f Feed) Check() error {
	switch {
	case f.Account == "":
		return invalid("account", "say whose news these are")
	case strings.TrimSpace(f.Name) == "":
		return invalid("name", "a feed needs a name")
	case len(f.Name) > 200 || strings.ContainsFunc(f.Name, func(r rune) bool { return r < ' ' || r == 0x7f }):
		return invalid("name", "use a name of one short line")
	}
	return nil
}

// Headline is one item of a feed: what an account published.
type Headline struct {
	// Key is what the feed knows it by: its guid, else its link, else its title and
	// date. With the account it makes the ID of its timeline entry.
	Key   string
	Title string
	Text  string // what it says, as plain text
	Link  string // of its page, https or http; "" where it has none that can be opened
	// At is when it was published; the zero time where the feed does not say.
	At time.Time
}

// HeadlineIDOf is the ID of the timeline entry of an account's news, whichever of
// the account's feeds brought it.
func HeadlineIDOf(account, key string) string { return hashID("news", account, key) }

// When is when news are dated that were first seen at a moment: when they were
// published, or that moment where the feed names no day or one that lies ahead.
func (h Headline) When(seen time.Time) time.Time {
	if h.At.IsZero() || h.At.After(seen) {
		return seen
	}
	return h.At
}

// WebLink is a link that a browser may open: absolute, https or http, and without
// a user or password; "" for any other, such as one that is a script.
func WebLink(link string) string {
	u, err := url.Parse(strings.TrimSpace(link))
	if err != nil || u.Hostname() == "" || u.User != nil || !slices.Contains([]string{"https", "http"}, strings.ToLower(u.Scheme)) {
		return ""
	}
	return u.String()
}
