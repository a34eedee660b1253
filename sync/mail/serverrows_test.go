package mail

import (
	"fmt"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/emersion/go-imap/v2"
)

// wholeServers are servers as they are.
var wholeServers = []conformance{
	{
		"Dovecot 2.3", "All its extensions: CONDSTORE, ESEARCH, LIST-STATUS, SPECIAL-USE, IDLE and more",
		"One question for the state of every folder; ranges of numbers instead of lists; only the marks that changed",
		"all 320 mails, each once", onDovecot(""),
	},
	{
		"Dovecot 2.3, cut to `IMAP4rev1`", "No extension at all", "STATUS for each folder; the marks of the newest mails, and of all once a day",
		"all 320 mails, each once", onDovecot("IMAP4rev1"),
	},
	{
		"go-imap's memory server", "ESEARCH, LIST-STATUS, SPECIAL-USE, MOVE; no CONDSTORE", "As with Dovecot, with marks as of a bare server",
		"all 297 mails, each once", onMemory(fullCaps()),
	},
	{
		"go-imap's memory server, cut to `IMAP4rev1`", "No extension at all", "As with a bare Dovecot",
		"all 297 mails, each once", onMemory(imap.CapSet{imap.CapIMAP4rev1: {}}),
	},
	{
		"A scripted server", "RFC 3501 and no word more: any other fails the test", "Says only such words",
		"all 60 mails, each once", against(func() *fake { return &fake{folders: []*fakeFolder{inboxOf(60)}} }),
	},
	{
		"A scripted server", "CONDSTORE and nothing else", "CHANGEDSINCE for marks, HIGHESTMODSEQ to see that nothing changed; lists of numbers",
		"all 60 mails, each once", against(func() *fake {
			f := inboxOf(60)
			f.modSeq = 1
			return &fake{caps: " CONDSTORE", folders: []*fakeFolder{f}}
		}),
	},
}

func onDovecot(capabilities string) func(*testing.T) string {
	return func(t *testing.T) string {
		d := loadedDovecot(t, capabilities)
		return cameOf(t, source(d.address), 320, nil)
	}
}

func onMemory(caps imap.CapSet) func(*testing.T) string {
	return func(t *testing.T) string {
		m := startMemory(t, memoryOptions{caps: caps}, "Sent", "Clients/Kestrel & Söhne", "Trash")
		m.fill(t, "INBOX", 0, 230)
		m.fill(t, "Sent", 1000, 60)
		m.fill(t, "Clients/Kestrel & Söhne", 2000, 7)
		m.fill(t, "Trash", 3000, 5)
		return cameOf(t, source(m.address), 297, nil)
	}
}

// changed is a FETCH answer with something else in place of a part of it.
func changed(old, new string) func(int, *fakeMail) string {
	return func(seq int, m *fakeMail) string { return strings.Replace(goodAnswer(seq, m), old, new, 1) }
}

// every is an Inbox whose mails all come with such an answer.
func every(answer func(int, *fakeMail) string) faked {
	return func() *fake {
		f := inboxOf(60)
		for _, m := range f.mails {
			m.answer = answer
		}
		return &fake{folders: []*fakeFolder{f}}
	}
}

// one is an Inbox where the mail of UID 30 comes with such an answer.
func one(answer func(int, *fakeMail) string) faked {
	return func() *fake {
		f := inboxOf(60)
		f.mails[29].answer = answer
		return &fake{folders: []*fakeFolder{f}}
	}
}

// once is an answer that is given one time.
func once(bad func(int, *fakeMail) string) faked {
	return func() *fake {
		var done atomic.Bool
		return one(func(seq int, m *fakeMail) string {
			if done.CompareAndSwap(false, true) {
				return bad(seq, m)
			}
			return goodAnswer(seq, m)
		})()
	}
}

// saying is a server that says something more before the answer to a command.
func saying(command, more string) faked {
	return func() *fake {
		return &fake{folders: []*fakeFolder{inboxOf(60)}, hook: func(c *fakeConn, cmd, _ string) bool {
			if cmd == command {
				c.say("%s", more)
			}
			return false
		}}
	}
}

// instead is a server that answers a command with something else; TAG stands for
// the command's tag.
func instead(command, part, answer string) faked {
	return func() *fake {
		f := &fake{folders: []*fakeFolder{inboxOf(60)}}
		asks(f, command, part, answer)
		return f
	}
}

// sized is a server that says the same of every mail's size.
func sized(says string) faked {
	return func() *fake {
		f := inboxOf(60)
		for _, m := range f.mails {
			m.size = says
		}
		return &fake{folders: []*fakeFolder{f}}
	}
}

// silentAt is a server that never answers a command.
func silentAt(command string) faked {
	return func() *fake {
		return &fake{folders: []*fakeFolder{inboxOf(60)}, hook: func(_ *fakeConn, cmd, _ string) bool { return cmd == command }}
	}
}

func folderNamed(wire string) faked {
	return func() *fake {
		f := inboxOf(60)
		f.wire = wire
		return &fake{folders: []*fakeFolder{inboxOf(5), f}}
	}
}

// raws is an Inbox whose letters stand otherwise.
func raws(from, to string) faked {
	return func() *fake {
		f := inboxOf(60)
		for _, m := range f.mails {
			m.raw = strings.Replace(m.raw, from, to, 1)
		}
		return &fake{folders: []*fakeFolder{f}}
	}
}

func marksFirst(seq int, m *fakeMail) string {
	uid, marks := fmt.Sprintf("UID %d", m.uid), fmt.Sprintf("FLAGS (%s)", m.flags)
	return strings.Replace(goodAnswer(seq, m), uid+" "+marks, marks+" "+uid, 1)
}

func hangUp(int, *fakeMail) string     { return "" }
func fallSilent(int, *fakeMail) string { return silence }
func nonsense(int, *fakeMail) string   { return "* 1 FETCH (BODY[ NIL NIL" }

func uidLast(seq int, m *fakeMail) string {
	return strings.TrimSuffix(noUID(seq, m), ")") + fmt.Sprintf(" UID %d)", m.uid)
}

func noUID(seq int, m *fakeMail) string {
	return strings.Replace(goodAnswer(seq, m), fmt.Sprintf("UID %d ", m.uid), "", 1)
}

const (
	fine     = "all 60 mails, each once"
	itsDate  = `"01-Jun-2026 10:00:00 +0000"`
	setAside = "59 of 60 mails, each once; mail 30 is set aside: the server "
)

// faults are what servers do wrong, each on a scripted server.
var faults = []conformance{
	{"", "Has no CONDSTORE", "Looks at the marks of the newest 250 mails when it opens a folder, and of all once a day", fine, every(goodAnswer).try()},
	{"", "Has no LIST-STATUS", "Asks for each folder's STATUS", fine, every(goodAnswer).try()},
	{"", "Has a folder named `R&D`, which is no UTF-7", "Reads the name, and says it as the server does", "all 65 mails, each once", folderNamed("R&D").try()},
	{"", "Has a folder named in raw UTF-8", "The same", "all 65 mails, each once", folderNamed("Büro").try()},
	{"", "Has a folder named in Latin-1", "The same", "all 65 mails, each once", folderNamed("B\xfcro").try()},
	{"", "Has a folder named `&`, where UTF-7 breaks off", "The same", "all 65 mails, each once", folderNamed("&").try()},
	{"", "Hands over a list of folders that cannot be read", "Tries the usual names one by one", fine + "; the ledger says: the list of folders could not be read, so the usual names were tried; the second run takes 3 connections", instead("LIST", "", "* LIST (\\HasNoChildren \"/ INBOX").try()},
	{"", "Says nothing of a folder's state", "Takes it for unknown, never for empty", fine, instead("STATUS", "", "TAG OK done").try()},
	{"", "Finds one mail of 60 when it searches", "Asks for the numbers themselves", fine, instead("UID SEARCH", "", "* SEARCH 3\r\nTAG OK done").try()},
	{"", "Names the UID after the marks", "Reads it", fine, every(marksFirst).try()},
	{"", "Names the UID after the mail", "Asks by number, checked before and after", fine, every(uidLast).try()},
	{"", "Names no UID", "The same", fine, every(noUID).try()},
	{"", "Tells a mark of a mail just before the mail itself", "Sees that the mail did not come, and asks again", fine, once(func(seq int, m *fakeMail) string {
		return fmt.Sprintf("* %d FETCH (UID %d FLAGS (\\Seen))\r\n%s", seq, m.uid, goodAnswer(seq, m))
	}).try()},
	{"", "Hands a mail over twice", "Takes the first", fine, one(func(seq int, m *fakeMail) string {
		return goodAnswer(seq, m) + "\r\n" + goodAnswer(seq, m)
	}).try()},
	{"", "Says BYE in the middle of a FETCH", "Connects again and goes on", fine, once(func(int, *fakeMail) string { return "* BYE down for a moment\r\n" + thenClose }).try()},
	{"", "Hangs up over one mail, once", "The same", fine, once(hangUp).try()},
	{"", "Cuts a mail short and hangs up", "Checks the length of every mail, keeps none that is short, asks again", fine, once(func(seq int, m *fakeMail) string {
		return fmt.Sprintf("* %d FETCH (UID %d BODY[] {5000}\r\n%s", seq, m.uid, m.raw) + thenClose
	}).try()},
	{"", "Hangs up over one mail, always", "Halves the batch until the mail is found, sets it aside, and tries it again after a week", setAside + "closes the connection when it is asked for", one(hangUp).try()},
	{"", "Falls silent over one mail, always", "Waits with patience, then the same", setAside + "stops answering when it is asked for", one(fallSilent).try(impatient)},
	{"", "Answers nonsense for one mail, always", "The same", "59 of 60 mails, each once; mail 30 is set aside: the server's answer about it cannot be understood", one(nonsense).try()},
	{"", "Lists a mail and has `BODY[] NIL` for it", "Sets it aside", setAside + "lists it and does not hand it over", one(func(seq int, m *fakeMail) string {
		return fmt.Sprintf("* %d FETCH (UID %d RFC822.SIZE 9 BODY[] NIL)", seq, m.uid)
	}).try()},
	{"", "Lists a mail and hands over `\"\"`", "Sets it aside", setAside + "lists it and does not hand it over", one(func(seq int, m *fakeMail) string {
		return fmt.Sprintf("* %d FETCH (UID %d RFC822.SIZE 9 BODY[] \"\")", seq, m.uid)
	}).try()},
	{"", "Falls silent when it is asked to sign in", "Gives up after its patience, and says so", "0 mails, then: imap.example.com did not answer in time", silentAt("LOGIN").try(impatient)},
	{"", "Adds items that nobody asked for (`X-GM-MSGID`)", "Leaves them out", fine, every(changed("FLAGS", `X-GM-MSGID 12 X-GM-LABELS ("\\Inbox") FLAGS`)).try()},
	{"", "Says VANISHED unasked", "Leaves it out", fine, saying("UID FETCH", "* VANISHED (EARLIER) 1:5").try()},
	{"", "Gives answers that no standard knows", "Leaves them out", fine, saying("UID FETCH", "* X-NEWS hello\r\n* 3 RECENT").try()},
	{"", "Says EXPUNGE in the middle of a FETCH", "Reads on, and looks through the folder the next time", fine, once(func(seq int, m *fakeMail) string { return "* 60 EXPUNGE\r\n" + goodAnswer(seq, m) }).try()},
	{"", "Sets a mark with a `]` in its name", "Leaves the mark out", fine, every(changed("FLAGS ()", `FLAGS (\Seen a]b)`)).try()},
	{"", "Names such a mark when the folder is opened", "The same", fine, saying("EXAMINE", "* FLAGS (\\Seen a]b)\r\n* OK [PERMANENTFLAGS (\\Seen a]b \\*)] these").try()},
	{"", "Sets a mark in UTF-8", "Keeps it", fine, every(changed("FLAGS ()", `FLAGS (später)`)).try()},
	{"", "Writes `MODSEQ 12` without parentheses", "Adds them", fine, every(changed("FLAGS", "MODSEQ 12 FLAGS")).try()},
	{"", "Has an INTERNALDATE of `\"\"`", "Does without", fine, every(changed(itsDate, `""`)).try()},
	{"", "Has an INTERNALDATE of NIL", "Does without", fine, every(changed(itsDate, "NIL")).try()},
	{"", "Has an INTERNALDATE that is no date", "Asks for the mails and nothing else", fine, every(changed(itsDate, `"yesterday"`)).try()},
	{"", "Has an INTERNALDATE without padding", "Reads it", fine, every(changed(itsDate, `"1-Jun-2026 10:00:00 +0000"`)).try()},
	{"", "Has an RFC822.SIZE of -1", "Does without", fine, sized("-1").try()},
	{"", "Has an RFC822.SIZE that is no number", "Does without", fine, sized("many").try()},
	{"", "Tells sizes that are wrong", "Believes the mails", fine, sized("7").try()},
	{"", "Hands over mails whose subject is raw 8-bit", "Reads them", fine, raws("Subject: ", "Subject: B\xfcro ").try()},
	{"", "Hands over mails whose date is none", "Takes the date of their arrival", fine, raws("Date: ", "Date: yesterday, ").try()},
	{"", "Ends its lines with LF alone", "Reads them", fine, against(func() *fake { return &fake{folders: []*fakeFolder{inboxOf(60)}, lineEnd: "\n"} })},
	{"", "Says OK and no text", "Reads it", fine, against(func() *fake { return &fake{folders: []*fakeFolder{inboxOf(60)}, terse: true} })},
	{"", "Throttles as Microsoft 365 does: `Suggested Backoff Time: 299961 milliseconds`", "Leaves it alone for so long", "0 mails, then: imap.example.com asks to be left alone for 5 min (Request is throttled. Suggested Backoff Time: 299961 milliseconds)", instead("EXAMINE", "", "TAG BAD Request is throttled. Suggested Backoff Time: 299961 milliseconds.").try()},
	{"", "Says that the user is authenticated but not connected (Microsoft 365)", "Leaves it alone for a minute", "0 mails, then: imap.example.com asks to be left alone for 1 min (User is authenticated but not connected)", instead("LIST", "", "TAG BAD User is authenticated but not connected.").try()},
	{"", "Has too many connections (Gmail)", "Leaves it alone for two minutes, and blames no password", "0 mails, then: imap.example.com asks to be left alone for 2 min (Too many simultaneous connections. (Failure))", instead("LOGIN", "", "TAG NO [ALERT] Too many simultaneous connections. (Failure)").try()},
	{"", "Has given enough for a day (Gmail's bandwidth limit)", "Leaves it alone for an hour, and blames no mail", "0 mails, then: imap.example.com asks to be left alone for 1 h (Account exceeded command or bandwidth limits)", instead("UID FETCH", "BODY.PEEK[]", "TAG NO [OVERQUOTA] Account exceeded command or bandwidth limits.").try()},
	{"", "Limits its rate (Yahoo)", "Leaves it alone for five minutes, and blames no mail", "0 mails, then: imap.example.com asks to be left alone for 5 min (UID FETCH Rate limit hit)", instead("UID FETCH", "BODY.PEEK[]", "TAG NO [LIMIT] UID FETCH Rate limit hit.").try()},
	{"", "Has a folder in use elsewhere (`[INUSE]`)", "Leaves that folder for the next run", "0 of 60 mails, each once; the ledger says: the folder could not be read (another program reads it)", instead("EXAMINE", "", "TAG NO [INUSE] another program reads it").try()},
	{"", "Refuses one folder", "Reads the others", "5 of 65 mails, each once; the ledger says: the folder could not be read (you may not read this)", against(func() *fake {
		f := folderNamed("Locked")()
		asks(f, "EXAMINE", "Locked", "TAG NO [NOPERM] you may not read this")
		return f
	})},
	{"", "Numbers a folder anew (UIDVALIDITY)", "Knows its mails again by a few header lines and their size, and downloads only what is not certain", "all 60 mails known again, 0 downloaded", numberedAnew},
	{"", "Counts UIDNEXT backwards", "Takes the folder for numbered anew", "all 49 mails known again, 0 downloaded", countedBack},
	{"", "Gives a folder a new name", "Knows its mails again, and lets go of the old places last", "all 60 mails known again, 0 downloaded", renamed},
}

func numberedAnew(t *testing.T) string {
	return knownAgain(t, func(f *fakeFolder) { f.renumber(17) })
}

func countedBack(t *testing.T) string {
	return knownAgain(t, func(f *fakeFolder) {
		f.mails, f.next = append(f.mails[1:], f.mails[0]), 50
		for i, m := range f.mails {
			m.uid = uint32(i + 1)
		}
		f.mails = f.mails[:49]
	})
}

func renamed(t *testing.T) string {
	return knownAgain(t, func(f *fakeFolder) { f.wire = "Customers" })
}

// knownAgain is what comes of a change to a folder that was read.
func knownAgain(t *testing.T, change func(*fakeFolder)) string {
	folder := folderOf("Clients", 1000, 60)
	f := startFake(t, &fake{folders: []*fakeFolder{inboxOf(5), folder}})
	s, src := newShelf(t), source(f.address)
	s.sync(src)
	f.rest()
	change(folder)
	s.batches = nil
	s.sync(src)
	n := len(s.folder(folder.wire))
	if n != len(folder.mails) || len(s.at) != n+5 {
		return fmt.Sprintf("%d of %d mails, at %d places", n, len(folder.mails), len(s.at))
	}
	return fmt.Sprintf("all %d mails known again, %d downloaded", n, len(s.cameAgain()))
}

type faked func() *fake

func (f faked) try(change ...func(*Source)) func(*testing.T) string { return against(f, change...) }
