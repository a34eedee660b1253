package data

import (
	"errors"
	"fmt"
)

// ProblemKind is a way in which something outside the program fails.
type ProblemKind string

// The kinds of trouble that people can do something about.
const (
	WrongPassword    ProblemKind = "wrong password"
	NoPassword       ProblemKind = "no password"
	UnknownHost      ProblemKind = "unknown host"
	Refused          ProblemKind = "refused"
	TimedOut         ProblemKind = "timed out"
	BadCertificate   ProblemKind = "bad certificate"
	NoEncryption     ProblemKind = "no encryption"
	PlainLink        ProblemKind = "plain link"
	Dropped          ProblemKind = "dropped"
	ServerSaid       ProblemKind = "server said"
	Offline          ProblemKind = "offline"
	NotCalendar      ProblemKind = "not a calendar"
	CalendarCut      ProblemKind = "calendar cut short"
	CalendarShrunk   ProblemKind = "calendar shrunk"
	NoFile           ProblemKind = "no file"
	Forbidden        ProblemKind = "forbidden"
	TooLarge         ProblemKind = "too large"
	NoMail           ProblemKind = "no mail"
	NotMail          ProblemKind = "not a mail"
	NotMbox          ProblemKind = "not an mbox"
	NotMaildir       ProblemKind = "not a maildir"
	NoWorkspace      ProblemKind = "no workspace"
	NotWorkspace     ProblemKind = "not a workspace"
	NewerWorkspace   ProblemKind = "newer workspace"
	ReadOnly         ProblemKind = "read-only"
	DiskFull         ProblemKind = "disk full"
	DamagedWorkspace ProblemKind = "damaged workspace"
	InUse            ProblemKind = "in use"
	NoKeyring        ProblemKind = "no keyring"
	WrongPassphrase  ProblemKind = "wrong passphrase"
)

// Problem is trouble with the world outside, told so that a person can act on
// it. It is an error; Unwrap gives the cause.
type Problem struct {
	Kind ProblemKind
	// About is what it happened to: a host, a file, a mailbox's address.
	About string
	// Detail is the other side's own words, if they help; never a secret.
	Detail string
	Cause  error
}

// Error is the sentence, in the form that commands print: lower case, no full
// stop.
func (p *Problem) Error() string {
	what, todo := p.words()
	return lowerFirst(what) + "; " + lowerFirst(todo)
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
	if p.Detail != "" {
		what += fmt.Sprintf(" (%s)", p.Detail)
	}
	return what, w.todo
}

// problemWords has each kind's two sentences; %s in the first is About.
var problemWords = map[ProblemKind]struct{ what, todo string }{
	WrongPassword:    {"%s refused the user name or password", "Enter it again; large providers want an app password here"},
	NoPassword:       {"There is no password for %s", "Enter it again in Settings, or with mailbox add"},
	UnknownHost:      {"There is no server called %s", "Check the name for a typing error, and that this laptop is online"},
	Refused:          {"%s refused the connection", "Check the port, and that the server is running"},
	TimedOut:         {"%s did not answer in time", "Rapport tries again by itself; what is stored stays"},
	BadCertificate:   {"%s shows a certificate that cannot be trusted", "Ask whoever runs the server to renew it; Rapport does not go on without it"},
	NoEncryption:     {"%s does not offer encryption there", "Use its TLS port, usually 993"},
	PlainLink:        {"The link to %s is not encrypted", "Use its https link; plain http is for this laptop only"},
	Dropped:          {"%s closed the connection in the middle", "Rapport goes on from there at the next run"},
	ServerSaid:       {"%s could not do it", "Try again later; if it stays, ask whoever runs the server"},
	Offline:          {"This laptop has no connection to %s", "Everything that is stored works; Rapport tries again by itself"},
	NotCalendar:      {"%s is not a calendar", "Check the link; you may need the one that ends in .ics"},
	CalendarCut:      {"%s ends in the middle", "The last good state stays; Rapport tries again at the next run"},
	CalendarShrunk:   {"%s lost more than half of its meetings at once", "Nothing was removed here; if that is right, remove the calendar and add it again"},
	NoFile:           {"There is no file at %s", "Check the path"},
	Forbidden:        {"%s may not be read", "Check who may open it, or its user name and password"},
	TooLarge:         {"%s is larger than Rapport reads", "Ask for a link to fewer months"},
	NoMail:           {"There is no mail in %s", "Name a file or folder that holds some"},
	NotMail:          {"%s is not a mail", "Name a mail saved as a file, or a folder of .eml files"},
	NotMbox:          {"%s is not an mbox file", "An mbox begins with a line From and a date; rapport import eml reads single mails"},
	NotMaildir:       {"%s is not a Maildir", "Name the folder that holds cur and new"},
	NoWorkspace:      {"There is no workspace in %s", "Make one with mailbox add, account add or demo, or name another folder with -w"},
	NotWorkspace:     {"%s is not a Rapport workspace", "Choose the folder that Rapport made, or a new one; nothing was changed"},
	NewerWorkspace:   {"%s was written by a newer Rapport", "Update Rapport to open it; nothing was changed"},
	ReadOnly:         {"%s cannot be written to", "Check who may change the folder, or choose another one"},
	DiskFull:         {"The disk that holds %s is full", "Free some space and try again; what was stored before is safe"},
	DamagedWorkspace: {"%s is damaged", "Run rapport doctor; the folder's backups are in its backups folder"},
	InUse:            {"%s is being synced by another Rapport", "Wait until it has finished, or close the other one"},
	WrongPassphrase:  {"The sealed passwords in %s could not be opened", "Check RAPPORT_PASSPHRASE; without the right one, remove the file and enter the passwords again"},
	NoKeyring:        {"The system's keyring could not be opened for %s", "Unlock it, or set RAPPORT_PASSPHRASE to keep passwords in a sealed file"},
}

func lowerFirst(s string) string {
	if len(s) > 1 && s[0] >= 'A' && s[0] <= 'Z' && !(s[1] >= 'A' && s[1] <= 'Z') {
		return string(s[0]+'a'-'A') + s[1:]
	}
	return s
}
