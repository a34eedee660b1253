package mail

import (
	"errors"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/emersion/go-imap/v2"

	"rapport/data"
)

// pleas are the words with which servers ask for patience, in lower case, and how
// long they are then left alone. They say nothing about a password, a folder or a
// mail. Of several the first counts. Codes are those of RFC 5530, but for
// THROTTLED, which Gmail and Yahoo use.
var pleas = []struct {
	words *regexp.Regexp
	wait  time.Duration
}{
	{regexp.MustCompile(`bandwidth limit`), time.Hour}, // Gmail's day's allowance
	{regexp.MustCompile(`not connected`), time.Minute}, // Microsoft 365: signed in, and the mailbox is not there yet
	{regexp.MustCompile(`too many (\w+ ){0,2}(connection|session)`), 2 * time.Minute},
	{regexp.MustCompile(`too many (\w+ ){0,2}(login|request|command|attempt|operation|failure)`), 5 * time.Minute},
	{regexp.MustCompile(`throttl|rate limit`), 5 * time.Minute},
}

// hitches are the words with which servers say that something passing is wrong
// with them. Said about one folder, they leave the others as they are.
var hitches = []string{"[unavailable]", "[inuse]", "[limit]", "try again later", "temporarily", "server busy", "server is busy"}

// hitchWait is how long a server with a hitch is left alone.
const hitchWait = time.Minute

// suggested is the pause that Microsoft 365 names: Suggested Backoff Time: 299961
// milliseconds.
var suggested = regexp.MustCompile(`backoff time: *(\d{1,12}) *(millisecond|second|minute)?`)

// maxWait is the longest pause that a server may ask for.
const maxWait = 2 * time.Hour

// pleaIn is how long a server wants to be left alone by what it said; 0 where it
// asks nothing.
func pleaIn(said string) time.Duration {
	said = strings.ToLower(said)
	if m := suggested.FindStringSubmatch(said); m != nil {
		n, _ := strconv.ParseInt(m[1], 10, 64) // digits, and few of them
		unit := map[string]time.Duration{"second": time.Second, "minute": time.Minute}[m[2]]
		return min(maxWait, max(time.Second, time.Duration(min(n, 1e9))*max(unit, time.Millisecond)))
	}
	for _, p := range pleas {
		if p.words.MatchString(said) {
			return p.wait
		}
	}
	return 0
}

// isHitch says whether a server refuses something only at this moment.
func isHitch(said string) bool {
	said = strings.ToLower(said)
	for _, words := range hitches {
		if strings.Contains(said, words) {
			return true
		}
	}
	return false
}

// saidIn is what a server said with an error, its code in brackets before it: in
// an answer, or as the last words of a connection.
func saidIn(err error) string {
	var said *imap.Error
	l, gone := asLost(err)
	switch {
	case gone:
		return l.goodbye
	case errors.As(err, &said) && said.Code != "":
		return "[" + string(said.Code) + "] " + said.Text
	case errors.As(err, &said):
		return said.Text
	}
	return ""
}

// heed turns an answer by which a server asks for patience into the problem that
// ends the run. Its cause is not kept, so that nobody takes it for the refusal of
// one folder or mail.
func (s *session) heed(err error) error {
	if err == nil || errors.As(err, new(*data.Problem)) {
		return err
	}
	said := saidIn(err)
	if wait := pleaIn(said); wait > 0 {
		return s.source.busy(hide(said, s.source.Mailbox.User), wait)
	}
	return err
}

var responseCode = regexp.MustCompile(`^\[[^\]]*\] *`)

func (s Source) busy(said string, wait time.Duration) *data.Problem {
	p := s.trouble(data.Busy, responseCode.ReplaceAllString(said, ""), nil)
	p.Wait = wait
	return p
}

// forNow says whether an error is about the server at this moment and not about
// what it was asked for.
func forNow(err error) bool {
	return errors.As(err, new(*data.Problem)) || err != nil && !isLost(err) && isHitch(saidIn(err))
}

// refusal is the problem of a server that turns a connection away with these
// words.
func (s Source) refusal(said string, cause error) error {
	switch wait := pleaIn(said); {
	case wait > 0:
		return s.busy(said, wait)
	case isHitch(said):
		return s.busy(said, hitchWait)
	}
	return s.trouble(data.ServerSaid, said, cause)
}
