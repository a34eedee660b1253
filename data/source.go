package data

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"rapport/data/text"
)

// Security is how a connection to a mail server is protected.
type Security string

// The ways to reach a mail server. Plain is allowed to this laptop only.
const (
	TLS      Security = "tls"
	StartTLS Security = "starttls"
	Plain    Security = "none"
)

// SignIn is how a mailbox is signed in to: ByPassword, or by tokens of a provider.
type SignIn string

// ByPassword is a sign-in with a password, as most servers take it.
const ByPassword SignIn = "password"

const oauthPrefix = "oauth:"

// ByToken is a sign-in with OAuth2 tokens of the provider of that name.
func ByToken(provider string) SignIn { return SignIn(oauthPrefix + provider) }

// Provider names who gives the tokens; "" where a password is used.
func (s SignIn) Provider() string {
	name, ok := strings.CutPrefix(string(s), oauthPrefix)
	if !ok {
		return ""
	}
	return name
}

// Check says why the sign-in is none, or nil.
func (s SignIn) Check() error {
	if name := s.Provider(); s == "" || s == ByPassword || IsProviderName(name) {
		return nil
	}
	return invalid("sign-in", "%q is not a way to sign in; use password, or oauth: and a provider's name", string(s))
}

// IsProviderName says whether a name can be that of a provider of tokens: short,
// of small letters, digits and hyphens.
func IsProviderName(name string) bool {
	return name != "" && len(name) <= 40 && strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789-") == ""
}

// Mailbox is where mail comes from: a server, or files that were imported. Its
// password or token is kept elsewhere, under SecretName.
type Mailbox struct {
	ID string
	// Address is the user's own address there, normalised; of an imported
	// mailbox it is its name, which holds no @.
	Address  string
	Host     string
	Port     int
	Security Security
	User     string
	// SignIn is ByPassword if "".
	SignIn SignIn
	// SinceMonths is how far back it is read: 12 by default, 0 for all. Since,
	// a day like 2025-01-31, counts in its place; "" is none.
	SinceMonths int
	Since       string
	// Folders, if any, are read instead of the choice that Rapport makes
	// itself (all but bin, junk, drafts and templates). LeaveOut are not read,
	// nor what lies in them.
	Folders  []string
	LeaveOut []string
	// MaxSize is the size in bytes above which only the beginning of a mail is
	// read; 0 for DefaultMaxSize. No mail is left out for its size.
	MaxSize int64
	// Share is how much of its mail may leave this laptop: nothing, where it is
	// "".
	Share Share
	// Pinned is the fingerprint of the one certificate that its server may
	// show, as PinOf returns it; "" where the certificate must be one that
	// this laptop trusts.
	Pinned  string
	AddedAt time.Time
}

// Imported says that the mailbox has no server: its mail came from files, and
// nothing reads it again or finds that it is gone.
func (m Mailbox) Imported() bool {
	return m.Host == "" && m.Port == 0 && m.Security == "" && m.User == ""
}

// Check says why the mailbox cannot be used, or nil.
func (m Mailbox) Check() error {
	if m.Imported() {
		return m.checkName()
	}
	if local, domain, ok := strings.Cut(m.Address, "@"); !ok || local == "" || domain == "" {
		return invalid("address", "%q is not a mail address; write it like maya@larkfield.example", m.Address)
	}
	switch {
	case m.Host == "":
		return invalid("host", "name the mail server, like imap.larkfield.example")
	case strings.ContainsAny(m.Host, " /:@") && !strings.Contains(m.Host, "::"):
		return invalid("host", "%q is not a server's name; write it without a protocol or port, like imap.larkfield.example", m.Host)
	case m.Port < 1 || m.Port > 65535:
		return invalid("port", "%d is not a port; TLS usually uses 993, STARTTLS 143", m.Port)
	case m.User == "":
		return invalid("user", "name the user to sign in as")
	}
	if err := m.checkChoice(); err != nil {
		return err
	}
	if err := m.checkPin(); err != nil {
		return err
	}
	if err := m.SignIn.Check(); err != nil {
		return err
	}
	switch m.Security {
	case TLS, StartTLS:
		return nil
	case Plain:
		if !IsLoopback(m.Host) {
			return invalid("tls", "without encryption Rapport connects to this laptop only; use tls or starttls for %s", m.Host)
		}
		return nil
	}
	return invalid("tls", "%q is not a way to connect; use tls, starttls or none", m.Security)
}

func (m Mailbox) checkPin() error {
	if m.Pinned == "" {
		return nil
	}
	if m.Security == Plain {
		return invalid("pin", "without encryption there is no certificate to pin")
	}
	pin, err := PinOf(m.Pinned)
	if err == nil && pin != m.Pinned {
		err = invalid("pin", "%q is not written as it is kept", m.Pinned)
	}
	return err
}

func (m Mailbox) checkName() error {
	switch {
	case m.Address == "":
		return invalid("mailbox", "imported mail needs a name for its place")
	case strings.Contains(m.Address, "@"):
		return invalid("mailbox", "%q looks like a mailbox on a server; name imported mail without an @", m.Address)
	case strings.ContainsFunc(m.Address, unicode.IsControl), !utf8.ValidString(m.Address), len(m.Address) > 200:
		return invalid("mailbox", "use a name of one short line")
	}
	return nil
}

// Tidy returns the mailbox with its texts trimmed and its address normalised.
func (m Mailbox) Tidy() Mailbox {
	if m.Imported() {
		m.Address = strings.TrimSpace(m.Address)
		return m
	}
	m.Address = text.NormalAddress(m.Address)
	m.Host = strings.TrimSpace(m.Host)
	if m.User == "" {
		m.User = m.Address
	}
	if m.SignIn == "" {
		m.SignIn = ByPassword
	}
	return m
}

// SourceName is the mailbox's name in the ledger, "mail:maya@larkfield.example",
// or "import:Old mail" for an imported one.
func (m Mailbox) SourceName() string {
	if m.Imported() {
		return "import:" + m.Address
	}
	return "mail:" + m.Address
}

// SecretName is the name under which its password or token is kept.
func (m Mailbox) SecretName() string { return "mailbox/" + m.ID }

// CalendarKind is what sort of place a calendar is.
type CalendarKind string

// The kinds of calendars. FeedCalendar is a file or folder on this laptop, or a
// link; MailCalendar holds what invitations in mail say.
const (
	FeedCalendar CalendarKind = ""
	DAVCalendar  CalendarKind = "caldav"
	MailCalendar CalendarKind = "mail"
)

// Calendar is where meetings come from: a file's or folder's path, a link, or a
// calendar on a CalDAV server. Links often carry a private key, so the link is
// kept as a secret and Shown is what people and logs see.
type Calendar struct {
	ID   string
	Name string
	Kind CalendarKind
	// Path is a file or folder on this laptop, or "" for a link.
	Path string
	// Shown is the link's host, without its private part, or the path.
	Shown string
	User  string
	// SignIn is ByPassword if "", which counts only where there is a User.
	SignIn SignIn
	// Colour is how its server paints it, like #3a7bd5; "" where it does not say.
	Colour  string
	AddedAt time.Time
}

// SourceName is the calendar's name in the ledger, "calendar:Maya, work".
func (c Calendar) SourceName() string { return "calendar:" + c.Name }

// LinkSecret is the name under which a calendar's link is kept.
func (c Calendar) LinkSecret() string { return "calendar/" + c.ID + "/link" }

// PasswordSecret is the name under which its password is kept.
func (c Calendar) PasswordSecret() string { return "calendar/" + c.ID + "/password" }

// IsLoopback says whether a host name or address is this laptop itself.
func IsLoopback(host string) bool {
	host = strings.ToLower(strings.Trim(host, "[]"))
	return host == "localhost" || host == "::1" || strings.HasPrefix(host, "127.") && strings.Count(host, ".") == 3 && strings.Trim(host, "0123456789.") == ""
}
