package data

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// ProblemKind is a way in which something outside the program fails.
type ProblemKind string

// The kinds of trouble that people can do something about.
const (
	WrongPassword    ProblemKind = "wrong password"
	NoPassword       ProblemKind = "no password"
	SignInAgain      ProblemKind = "sign in again"
	SignInDenied     ProblemKind = "sign-in denied"
	SignInLate       ProblemKind = "sign-in not finished"
	SignInFailed     ProblemKind = "sign-in failed"
	TokenRefused     ProblemKind = "token refused"
	NoTokens         ProblemKind = "takes no token"
	NoClientID       ProblemKind = "no client ID"
	WrongClientID    ProblemKind = "wrong client ID"
	UnknownHost      ProblemKind = "unknown host"
	Refused          ProblemKind = "refused"
	TimedOut         ProblemKind = "timed out"
	BadCertificate   ProblemKind = "bad certificate"
	OtherCertificate ProblemKind = "other certificate"
	NoEncryption     ProblemKind = "no encryption"
	PlainLink        ProblemKind = "plain link"
	Dropped          ProblemKind = "dropped"
	ServerSaid       ProblemKind = "server said"
	Busy             ProblemKind = "busy"
	Offline          ProblemKind = "offline"
	NotCalendar      ProblemKind = "not a calendar"
	NoCalDAV         ProblemKind = "no CalDAV"
	NoCalendars      ProblemKind = "no calendars"
	CalendarCut      ProblemKind = "calendar cut short"
	CalendarShrunk   ProblemKind = "calendar shrunk"
	NoFile           ProblemKind = "no file"
	Forbidden        ProblemKind = "forbidden"
	TooLarge         ProblemKind = "too large"
	MailGone         ProblemKind = "mail gone"
	MailTooLarge     ProblemKind = "mail too large"
	ServerGone       ProblemKind = "server gone"
	ArchiveGone      ProblemKind = "archive gone"
	NoProgram        ProblemKind = "no program"
	NoBrowser        ProblemKind = "no browser"
	NoMail           ProblemKind = "no mail"
	NotMail          ProblemKind = "not a mail"
	NotMbox          ProblemKind = "not an mbox"
	NotMaildir       ProblemKind = "not a maildir"
	NoDrafts         ProblemKind = "no drafts folder"
	MailboxFull      ProblemKind = "mailbox full"
	DraftRefused     ProblemKind = "draft refused"
	DraftForbidden   ProblemKind = "drafts not allowed"
	EntryRefused     ProblemKind = "entry refused"
	NoWorkspace      ProblemKind = "no workspace"
	NotWorkspace     ProblemKind = "not a workspace"
	NewerWorkspace   ProblemKind = "newer workspace"
	ReadOnly         ProblemKind = "read-only"
	DiskFull         ProblemKind = "disk full"
	DamagedWorkspace ProblemKind = "damaged workspace"
	InUse            ProblemKind = "in use"
	NoKeyring        ProblemKind = "no keyring"
	KeysElsewhere    ProblemKind = "keys elsewhere"
	WrongPassphrase  ProblemKind = "wrong passphrase"
	FolderGone       ProblemKind = "shared folder gone"
	BundleDamaged    ProblemKind = "damaged bundle"
	NotBundle        ProblemKind = "not a bundle"
	HubRefused       ProblemKind = "hub refused"
	HubUnsafe        ProblemKind = "hub unsafe"
	HubNoSpace       ProblemKind = "hub without the space"
	HubFull          ProblemKind = "hub full"
	NoSpaceKey       ProblemKind = "no space key"
	NotFeed          ProblemKind = "not a feed"
	FeedGone         ProblemKind = "feed gone"
	FeedMissing      ProblemKind = "no feed there"
	FeedTooLarge     ProblemKind = "feed too large"
)

// Problem is trouble with the world outside, told so that a person can act on
// it. It is an error; Unwrap gives the cause.
type Problem struct {
	Kind ProblemKind
	// About is what it happened to: a host, a file, a mailbox's address.
	About string
	// Detail is the other side's own words, if they help; never a secret.
	Detail string
	// Wait is how long the other side asked to be left alone, or is known to
	// want it; 0 where it asked nothing.
	Wait time.Duration
	// Once says that a person asked for it and it is not tried again by itself.
	Once  bool
	Cause error
}

// Error is the sentence, in the form that commands print: lower case, no full
// stop.
func (p *Problem) Error() string {
	what, todo := p.words()
	if p.About == "" || !strings.HasPrefix(what, p.About) { // a name stays as it is written
		what = lowerFirst(what)
	}
	return what + "; " + lowerFirst(todo)
}

// Unwrap returns the cause.
func (p *Problem) Unwrap() error { return p.Cause }

// What says what happened, as a sentence without its full stop.
func (p *Problem) What() string { what, _ := p.words(); return what }

// Todo says what to do, as a sentence without its full stop.
func (p *Problem) Todo() string { _, todo := p.words(); return todo }

// AsProblem finds the problem in an error, if there is one.
func AsProblem(err error) (*Problem, bool) {
	var p *Problem
	ok := errors.As(err, &p)
	return p, ok
}

func (p *Problem) words() (what, todo string) {
	w, ok := problemWords[p.Kind]
	if !ok {
		return fmt.Sprintf("%s: %s", p.About, p.Kind), "Try again, and tell us if it stays"
	}
	what = fmt.Sprintf(w.what, p.About)
	if p.Wait > 0 {
		what += " for " + MinutesWord(int((p.Wait+time.Minute-1)/time.Minute))
	}
	if p.Detail != "" {
		what += fmt.Sprintf(" (%s)", p.Detail)
	}
	if todo, ok := onceTodo[p.Kind]; ok && p.Once {
		return what, todo
	}
	return what, w.todo
}

// onceTodo is what to do where nothing is tried again by itself.
var onceTodo = map[ProblemKind]string{
	TimedOut:  "Try again; what is stored stays",
	Dropped:   "Try again",
	Busy:      "Try again after that; what is stored stays",
	NoBrowser: "Choose a browser in the system's settings",
	Offline:   "Try again when it has; everything that is stored works",
}

// problemWords has each kind's two sentences; %s in the first is About.
var problemWords = map[ProblemKind]struct{ what, todo string }{
	NotFeed:          {"%s does not give a news feed", "Look on their site for the link that says RSS or Atom, remove this one and add that; the news that are here stay until then"},
	FeedGone:         {"%s says that this feed is gone for good", "Rapport does not ask for it again; remove it, or add the new one. Its news stay here until you remove it"},
	FeedMissing:      {"%s has no feed at that link", "Check the link, and add it anew where it has moved; what is stored stays"},
	FeedTooLarge:     {"%s gives a feed that is larger than Rapport reads", "Look for a feed of theirs with only the newest; what is stored stays"},
	NoSpaceKey:       {"The keys of the space %s are not on this laptop", "Join it again with an invitation, or use the recovery key"},
	WrongPassword:    {"%s refused the user name or password", "Enter it again; large providers want an app password here"},
	NoPassword:       {"There is no password for %s", "Enter it again in Settings, or with mailbox add"},
	SignInAgain:      {"The sign-in for %s is no longer valid", "Sign in again in Settings, or with mailbox login"},
	SignInDenied:     {"%s was told not to let Rapport in", "Sign in again and allow it to read your mail, or use an app password"},
	SignInLate:       {"The sign-in to %s was not finished in time", "Begin it again"},
	SignInFailed:     {"The sign-in to %s did not work", "Begin it again; if it stays, use an app password"},
	TokenRefused:     {"%s did not accept the sign-in", "Sign in again as the mailbox's own address, and check that IMAP is switched on for it"},
	NoTokens:         {"%s takes no sign-in in the browser", "Use a password, or an app password where the provider wants one"},
	NoClientID:       {"Rapport has no client ID for %s", "Use an app password where you can, or get a client ID; docs/oauth.md says how"},
	WrongClientID:    {"%s does not accept the client ID", "Check it and its secret, and that it is one for a desktop app; docs/oauth.md says how"},
	UnknownHost:      {"There is no server called %s", "Check the name for a typing error, and that this laptop is online"},
	Refused:          {"%s refused the connection", "Check the port, and that the server is running"},
	TimedOut:         {"%s did not answer in time", "Rapport tries again by itself; what is stored stays"},
	BadCertificate:   {"%s shows a certificate that cannot be trusted", "Ask whoever runs the server; if it is theirs all the same, accept it under Change in Settings, or with mailbox add -pin"},
	OtherCertificate: {"%s shows another certificate than the one that was accepted", "Ask whoever runs the server before you accept it under Change in Settings, or with mailbox add -pin; somebody may be in between"},
	NoEncryption:     {"%s does not offer encryption there", "Use its TLS port, usually 993"},
	PlainLink:        {"The link to %s is not encrypted", "Use its https link; plain http is for this laptop only"},
	Dropped:          {"%s closed the connection in the middle", "Rapport goes on from there at the next run"},
	ServerSaid:       {"%s could not do it", "Try again later; if it stays, ask whoever runs the server"},
	Busy:             {"%s asks to be left alone", "Rapport tries again by itself after that; what is stored stays"},
	Offline:          {"This laptop has no connection to %s", "Everything that is stored works; Rapport tries again by itself"},
	NotCalendar:      {"%s is not a calendar", "Check the link; you may need the one that ends in .ics"},
	NoCalDAV:         {"%s has no calendars that programs can ask for there", "Check the address; whoever runs the server has one for CalDAV"},
	NoCalendars:      {"%s has no calendar of yours that holds meetings", "Make one there, or sign in as somebody who has one"},
	CalendarCut:      {"%s ends in the middle", "The last good state stays; Rapport tries again at the next run"},
	CalendarShrunk:   {"%s lost more than half of its meetings at once", "Nothing was removed here; if that is right, remove the calendar and add it again"},
	NoFile:           {"There is no file at %s", "Check the path"},
	Forbidden:        {"%s may not be read", "Check who may open it, or its user name and password"},
	TooLarge:         {"%s is larger than Rapport reads", "Ask for a link to fewer months"},
	MailGone:         {"%s does not have the mail any more", "What was read of it stays here"},
	MailTooLarge:     {"%s is too large to be read here", "Open it in your mail program"},
	ServerGone:       {"The server of %s was there only while the sample was made", "What was read of its mail is all there is"},
	ArchiveGone:      {"The files of the imported mail in %s are not where they were", "Put them back, or import them again from where they are now"},
	NoProgram:        {"No program could be started for %s", "Open it from there yourself"},
	NoBrowser:        {"No browser could be opened for %s", "Choose a browser in the system's settings, or sign in with mailbox add -oauth, which shows a code for any device"},
	NoMail:           {"There is no mail in %s", "Name a file or folder that holds some"},
	NotMail:          {"%s is not a mail", "Name a mail saved as a file, or a folder of .eml files"},
	NotMbox:          {"%s is not an mbox file", "An mbox begins with a line From and a date; rapport import eml reads single mails"},
	NotMaildir:       {"%s is not a Maildir", "Name the folder that holds cur and new"},
	NoDrafts:         {"%s has no folder for drafts", "Make one called Drafts in your mail program, or open the draft there with mailto; it waits here"},
	MailboxFull:      {"The mailbox at %s is full", "Delete something there; the draft waits here"},
	DraftRefused:     {"%s did not take the draft", "It is kept here; open it in your mail program, or save it as a file"},
	DraftForbidden:   {"Rapport may not put drafts into %s", "Allow it with rapport draft allow, or open the draft in your mail program"},
	EntryRefused:     {"%s did not take the entry", "Choose another calendar, or save the entry as a file"},
	NoWorkspace:      {"There is no workspace in %s", "Make one with mailbox add, account add or demo, or name another folder with -w"},
	NotWorkspace:     {"%s is not a Rapport workspace", "Choose the folder that Rapport made, or a new one; nothing was changed"},
	NewerWorkspace:   {"%s was written by a newer Rapport", "Update Rapport to open it; nothing was changed"},
	ReadOnly:         {"%s cannot be written to", "Check who may change the folder, or choose another one"},
	DiskFull:         {"The disk that holds %s is full", "Free some space and try again; what was stored before is safe"},
	DamagedWorkspace: {"%s is damaged", "Run rapport doctor; the folder's backups are in its backups folder"},
	InUse:            {"%s is being synced by another Rapport", "Wait until it has finished, or close the other one"},
	WrongPassphrase:  {"The sealed passwords in %s could not be opened", "Check RAPPORT_PASSPHRASE; without the right one, remove the file and enter the passwords again"},
	FolderGone:       {"The shared folder %s is not there", "Connect its drive, or start the program that keeps it; then try again; everything else works meanwhile"},
	BundleDamaged:    {"The bundle %s is cut short or was altered", "Ask for it again; what was taken from it is whole"},
	NotBundle:        {"%s is not a bundle of Rapport", "Name a file that rapport wrote as a bundle"},
	HubRefused:       {"%s does not let this laptop in", "Ask whoever runs the hub for new credentials"},
	HubUnsafe:        {"%s could lose or show what the team puts there", "Ask whoever runs the hub to set it as docs/hub says; nothing was put there"},
	HubNoSpace:       {"%s has no place for this space yet", "Whoever runs the hub makes it with rapport hub check -make"},
	HubFull:          {"%s has no room left for this space", "Ask whoever runs the hub to give it more; the changes wait here"},
	KeysElsewhere:    {"The keys to your spaces did not come along to %s", "Get your spaces back with your recovery key, go on in the folder from which it was copied, or be invited again into a new workspace"},
	NoKeyring:        {"The system's keyring could not be opened for %s", "Unlock it, or set RAPPORT_PASSPHRASE to keep passwords in a sealed file"},
}

func lowerFirst(s string) string {
	if len(s) > 1 && s[0] >= 'A' && s[0] <= 'Z' && !(s[1] >= 'A' && s[1] <= 'Z') {
		return string(s[0]+'a'-'A') + s[1:]
	}
	return s
}
