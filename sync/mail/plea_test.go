package mail

import (
	"strings"
	"testing"
	"time"

	"rapport/data"
)

func TestPleasOfServers(t *testing.T) {
	for said, want := range map[string]time.Duration{
		"Request is throttled. Suggested Backoff Time: 299961 milliseconds":       299961 * time.Millisecond,
		"Request is throttled. Suggested Backoff Time: 90 seconds":                90 * time.Second,
		"Request is throttled. Suggested Backoff Time: 0 milliseconds":            time.Second,
		"Suggested Backoff Time: 999999999999 milliseconds":                       maxWait,
		"User is authenticated but not connected.":                                time.Minute,
		"[ALERT] Too many simultaneous connections. (Failure)":                    2 * time.Minute,
		"[THROTTLED] Account exceeded command or bandwidth limits. (Failure)":     time.Hour,
		"[OVERQUOTA] Account exceeded command or bandwidth limits.":               time.Hour,
		"[THROTTLED] slow down":                                                   5 * time.Minute,
		"[LIMIT] FETCH Rate limit hit.":                                           5 * time.Minute,
		"Too many concurrent connections for this user":                           2 * time.Minute,
		"Too many login attempts, please try again later.":                        5 * time.Minute,
		"[INUSE] the mailbox is being read by another program":                    0,
		"[UNAVAILABLE] FETCH Server error while fetching, please try again later": 0,
		"[AUTHENTICATIONFAILED] Invalid credentials (Failure)":                    0,
		"Too many arguments": 0,
		"":                   0,
	} {
		if got := pleaIn(said); got != want {
			t.Errorf("%q: wait %v, want %v", said, got, want)
		}
	}
}

// asks makes the fake server say something once to a command that begins so.
func asks(f *fake, command, part, say string) {
	f.hook = func(c *fakeConn, cmd, args string) bool {
		if cmd != command || !strings.Contains(args, part) {
			return false
		}
		c.say(strings.ReplaceAll(say, "TAG", c.tag))
		if strings.HasPrefix(say, "* BYE") {
			_ = c.Close()
		}
		return true
	}
}

func TestAServerThatAsksForPatienceIsHeeded(t *testing.T) {
	const m365 = "TAG BAD Request is throttled. Suggested Backoff Time: 299961 milliseconds"
	for name, c := range map[string]struct {
		command, part, say string
		wait               time.Duration
	}{
		"at signing in":               {"LOGIN", "", "TAG NO [UNAVAILABLE] please try again later", hitchWait},
		"too many connections":        {"LOGIN", "", "TAG NO [ALERT] Too many simultaneous connections. (Failure)", 2 * time.Minute},
		"over the list of folders":    {"LIST", "", m365, 299961 * time.Millisecond},
		"over a folder":               {"EXAMINE", "", "TAG BAD User is authenticated but not connected.", time.Minute},
		"over a search":               {"UID SEARCH", "", m365, 299961 * time.Millisecond},
		"over sizes":                  {"UID FETCH", "(UID RFC822.SIZE)", "TAG NO [LIMIT] Rate limit hit", 5 * time.Minute},
		"over mails":                  {"UID FETCH", "BODY.PEEK[]", "TAG NO [THROTTLED] slow down", 5 * time.Minute},
		"over mails, and it hangs up": {"UID FETCH", "BODY.PEEK[]", "* BYE [THROTTLED] slow down", 5 * time.Minute},
	} {
		t.Run(name, func(t *testing.T) {
			f := &fake{folders: []*fakeFolder{inboxOf(130)}}
			asks(f, c.command, c.part, c.say)
			startFake(t, f)
			s, src := newShelf(t), source(f.address)
			err := s.try(src)
			p, ok := data.AsProblem(err)
			if !ok || p.Kind != data.Busy || p.Wait != c.wait {
				t.Fatalf("error %v, want the wish to be left alone for %v", err, c.wait)
			}
			if f.connections() != 1 {
				t.Errorf("it was asked on %d connections", f.connections())
			}
			if len(s.bad) != 0 || len(s.odd["INBOX"]) != 0 {
				t.Errorf("a folder or mail is blamed: %v, %v", s.bad, s.odd)
			}
			f.rest()
			f.hook = nil
			s.sync(src)
			s.once()
			if len(s.at) != 130 {
				t.Errorf("later there are %d mails, want 130", len(s.at))
			}
		})
	}
}

func TestAHitchOfOneFolderBlamesNoMailAndNoOtherFolder(t *testing.T) {
	for _, say := range []string{"TAG NO [INUSE] another program reads it", "TAG NO [UNAVAILABLE] a disk is away"} {
		for _, command := range []string{"EXAMINE", "UID FETCH"} {
			locked := folderOf("Locked", 1000, 30)
			f := &fake{folders: []*fakeFolder{inboxOf(5), locked, folderOf("Open", 2000, 7)}}
			f.hook = func(c *fakeConn, cmd, args string) bool {
				on := cmd == "EXAMINE" && strings.Contains(args, "Locked") || c.selected == locked && strings.Contains(args, "BODY.PEEK[]")
				if cmd != command || !on {
					return false
				}
				c.say(strings.ReplaceAll(say, "TAG", c.tag))
				return true
			}
			startFake(t, f)
			s, src := newShelf(t), source(f.address)
			s.sync(src)
			if len(s.at) != 12 || len(s.bad) != 0 || len(s.odd["Locked"]) != 1 {
				t.Errorf("%s: %d mails, unreadable %v, odd %v", command, len(s.at), s.bad, s.odd)
			}
			f.rest()
			f.hook = nil
			s.sync(src)
			if len(s.folder("Locked")) != 30 {
				t.Errorf("later the folder has %d mails", len(s.folder("Locked")))
			}
		}
	}
}

func TestAGreetingThatAsksForPatience(t *testing.T) {
	f := startFake(t, &fake{greeting: "* BYE [UNAVAILABLE] too many connections from your address"})
	for _, security := range []data.Security{data.Plain, data.StartTLS} {
		src := source(f.address)
		src.Mailbox.Security = security
		err := newShelf(t).try(src)
		if p, ok := data.AsProblem(err); !ok || p.Kind != data.Busy || p.Wait != 2*time.Minute || strings.Contains(err.Error(), "[") {
			t.Errorf("over %s: %v", security, err)
		}
	}
}
