package sync

import (
	"bufio"
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"log"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"rapport/data"
	"rapport/data/sample"
	"rapport/data/store"
	"rapport/sync/demo"
)

// What must never be in a log. Each stands where its name says, in every shape
// that a mail or a server's answer gives it.
const (
	secretPassword = "pass-QJ7XKV"
	secretUser     = "user-QJ7XKV@hidden.example"
	secretSubject  = "subject-QJ7XKV"
	secretBody     = "body-QJ7XKV"
	secretSender   = "sender-QJ7XKV@hidden.example"
	secretFolder   = "folder-QJ7XKV"
	secretLink     = "link-QJ7XKV"
	secretMark     = "QJ7XKV"
)

// logged collects all that is logged, by whoever logs it.
type logged struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *logged) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *logged) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// catchLogs makes every log of this program, and of the libraries in it, one that
// the test reads.
func catchLogs(t *testing.T) (*logged, *slog.Logger) {
	t.Helper()
	all := &logged{}
	logger := slog.New(slog.NewTextHandler(all, &slog.HandlerOptions{Level: slog.LevelDebug - 8}))
	before, flags := slog.Default(), log.Flags()
	slog.SetDefault(logger)
	log.SetOutput(all)
	t.Cleanup(func() {
		slog.SetDefault(before)
		log.SetFlags(flags)
		log.SetOutput(io.Discard)
	})
	return all, logger
}

// talker is a mail server that repeats whatever it hears and knows, and breaks
// off in its own way.
type talker func(tag, command, line string, say func(string, ...any)) (goOn bool)

func (talk talker) start(t *testing.T) (port int) {
	t.Helper()
	ln, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var open sync.WaitGroup
	ctx, stop := context.WithCancel(context.Background())
	t.Cleanup(func() { stop(); _ = ln.Close(); open.Wait() })
	open.Go(func() {
		for {
			conn, err := ln.Accept()
			if err != nil {
				return
			}
			context.AfterFunc(ctx, func() { _ = conn.Close() })
			open.Go(func() { talk.serve(conn) })
		}
	})
	return ln.Addr().(*net.TCPAddr).Port
}

func (talk talker) serve(conn net.Conn) {
	defer conn.Close()
	say := func(format string, args ...any) { _, _ = fmt.Fprintf(conn, format+"\r\n", args...) }
	say("* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR] ready for %s", secretUser)
	in := bufio.NewReader(conn)
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return
		}
		line = strings.TrimSpace(line)
		tag, rest, _ := strings.Cut(line, " ")
		command, args, _ := strings.Cut(rest, " ")
		if strings.EqualFold(command, "UID") {
			sub, more, _ := strings.Cut(args, " ")
			command, rest = "UID "+sub, more
		}
		if !talk(tag, strings.ToUpper(command), rest, say) {
			return
		}
	}
}

// signedIn answers what comes before the mails, and hands the rest on.
func signedIn(then talker) talker {
	return func(tag, command, line string, say func(string, ...any)) bool {
		switch command {
		case "CAPABILITY":
			say("* CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR")
		case "LIST":
			say("* LIST () \"/\" INBOX")
			say("* LIST () \"/\" %s", secretFolder)
		case "STATUS":
			say("* STATUS INBOX (MESSAGES 1 UIDNEXT 2 UIDVALIDITY 7)")
		case "SELECT", "EXAMINE":
			if strings.Contains(line, secretFolder) {
				say("%s NO [SERVERBUG] %s is not for %s, subject %s", tag, secretFolder, secretUser, secretSubject)
				return true
			}
			say("* 1 EXISTS")
			say("* OK [UIDVALIDITY 7]")
			say("* OK [UIDNEXT 2]")
		case "UID SEARCH":
			say("* SEARCH 1")
		case "UID FETCH", "FETCH":
			return then(tag, command, line, say)
		case "LOGOUT":
			say("* BYE %s", secretUser)
		}
		say("%s OK done for %s", tag, secretUser)
		return true
	}
}

var hiddenMail = "From: \"" + secretSender + "\" <" + secretSender + ">\r\nTo: " + secretUser + "\r\nSubject: " + secretSubject + "\r\n" +
	"Message-ID: <" + secretMark + "@hidden.example>\r\nDate: " + secretSubject + "\r\n" +
	"Content-Type: multipart/mixed; boundary=\"" + secretMark + "\"\r\n\r\n--" + secretMark + "\r\nContent-Type: text/plain; charset=" + secretMark + "\r\n\r\n" +
	secretBody + "\xff\xfe\r\n--" + secretMark + "\r\nContent-Type: application/pdf; name=" + secretSubject + ".pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!!" + secretBody + "\r\n"

func TestNothingPrivateIsInAnyLog(t *testing.T) {
	all, logger := catchLogs(t)
	var goodbyes atomic.Int32
	for says, talk := range map[string]talker{
		"a mail that comes": signedIn(func(tag, command, line string, say func(string, ...any)) bool {
			if strings.Contains(line, "BODY") {
				say("* 1 FETCH (UID 1 RFC822.SIZE %d INTERNALDATE \"01-Jun-2026 10:00:00 +0000\" BODY[] {%d}\r\n%s)", len(hiddenMail), len(hiddenMail), hiddenMail)
			} else {
				say("* 1 FETCH (UID 1 RFC822.SIZE %d)", len(hiddenMail))
			}
			say("%s OK done", tag)
			return true
		}),
		"a mail that breaks the answer": signedIn(func(_, _, _ string, say func(string, ...any)) bool {
			say("* 1 FETCH (UID 1 %s ((\"%s\" BODY[] {99999}\r\n%s", secretSubject, secretSender, hiddenMail)
			return false
		}),
		"an answer that says no": signedIn(func(tag, _, line string, say func(string, ...any)) bool {
			say("%s NO cannot fetch %s of %s, you sent %s and %s", tag, secretSubject, secretUser, line, secretPassword)
			return true
		}),
		"a goodbye in the middle": signedIn(func(tag, _, line string, say func(string, ...any)) bool {
			if goodbyes.Add(1) > 2 { // each costs the pause before the next connection
				say("%s NO %s", tag, secretSubject)
				return true
			}
			say("* BYE %s %s %s %s", secretUser, secretPassword, secretSubject, line)
			return false
		}),
		"a password that is repeated": func(tag, command, line string, say func(string, ...any)) bool {
			say("%s NO [AUTHENTICATIONFAILED] %s with %s: you said %s", tag, secretUser, secretPassword, line)
			return true
		},
		"an answer that is none": func(_, _, line string, say func(string, ...any)) bool {
			say("%s %s {{{ %s", secretPassword, line, secretUser)
			return false
		},
	} {
		t.Run(says, func(t *testing.T) {
			db, keys := workspace(t, time.Now)
			ctx := context.Background()
			box, err := AddMailbox(ctx, db, keys, data.Mailbox{
				Address: secretUser, Host: "127.0.0.1", Port: talk.start(t), Security: data.Plain, User: secretUser,
			}, secretPassword)
			if err != nil {
				t.Fatal(err)
			}
			before := len(all.String())
			_, err = New(db, keys, Options{Log: logger}).Once(ctx)
			if err != nil && !errors.Is(err, ErrSomeFailed) {
				t.Fatal(err)
			}
			followForAWhile(t, db, keys, logger)
			pullEverything(t, db, keys, box, logger)
			sendADraft(t, db, keys, box, logger)
			wantNoMark(t, all.String()[before:])
		})
	}
	wantNoMark(t, all.String())
	if !strings.Contains(all.String(), "source failed") {
		t.Error("nothing was logged, so the test saw nothing")
	}
}

// followForAWhile reads as the window does, until each source has said how it
// went, and stays on the line for a moment where there is one.
func followForAWhile(t *testing.T, db *store.DB, keys keysInMemory, logger *slog.Logger) {
	t.Helper()
	ctx, end := context.WithTimeout(context.Background(), time.Minute)
	defer end()
	report := func(s data.Status) {
		if !s.Running && (s.Problem != "" || !s.At.IsZero()) {
			end()
		}
	}
	if err := New(db, keys, Options{Log: logger, Report: report}).Run(ctx); err != nil {
		t.Errorf("following ended with %v", err)
	}
}

// sendADraft tries to put a draft into the mailbox's folder for them.
func sendADraft(t *testing.T, db *store.DB, keys keysInMemory, box data.Mailbox, logger *slog.Logger) {
	t.Helper()
	ctx := context.Background()
	d := data.Draft{
		Mailbox: box.ID, From: data.Address{Email: secretUser}, To: []data.Address{{Name: secretSender, Email: secretSender}},
		Subject: secretSubject, Text: secretBody,
	}
	letGo(t, db, &d)
	if _, err := New(db, keys, Options{Log: logger}).Once(ctx); err != nil && !errors.Is(err, ErrSomeFailed) {
		t.Fatal(err)
	}
}

// pullEverything reads each mail again, and one that is not there.
func pullEverything(t *testing.T, db *store.DB, keys keysInMemory, box data.Mailbox, logger *slog.Logger) {
	t.Helper()
	ctx := context.Background()
	rows := []data.MessageRow{{
		Message:   data.Message{ID: data.MessageIDOf([]byte("nobody")), Subject: secretSubject},
		Locations: []data.Location{{Mailbox: box.ID, Folder: "INBOX", UIDValidity: 7, UID: 1}},
	}}
	for m, err := range db.Messages(ctx, data.MessageQuery{}) {
		if err != nil {
			t.Fatal(err)
		}
		rows = append(rows, m)
	}
	for _, m := range rows {
		_, _ = Pull(ctx, db, keys, m, PullOptions{Log: logger}) // what is wrong goes to whoever asked
		_, _ = Attachment(ctx, db, keys, m, 0, PullOptions{Log: logger})
	}
}

// base64Words are runs of letters that may hide something: a sign-in line is one.
var base64Words = regexp.MustCompile(`[A-Za-z0-9+/_-]{8,}={0,2}`)

// unhidden is a log's line with what its base64 words hold.
func unhidden(line string) string {
	all := line
	for _, word := range base64Words.FindAllString(line, -1) {
		word = strings.TrimRight(word, "=")
		for from := range min(4, len(word)) {
			part := word[from:]
			if len(part)%4 == 1 {
				part = part[:len(part)-1]
			}
			if b, err := base64.RawStdEncoding.DecodeString(part); err == nil {
				all += " " + string(b)
			}
		}
	}
	return all
}

func wantNoMark(t *testing.T, logs string) {
	t.Helper()
	for line := range strings.SplitSeq(logs, "\n") {
		said := unhidden(line)
		if strings.Contains(strings.ToUpper(said), secretMark) || strings.Contains(strings.ToLower(said), "hidden.example") || strings.Contains(line, "@") {
			t.Errorf("a log says %s", line)
		}
	}
}

func TestWhatIsHiddenInBase64IsSeen(t *testing.T) {
	for _, prefix := range []string{"", "a", "ab", "abc"} {
		hidden := base64.StdEncoding.EncodeToString([]byte(prefix + "\x00" + secretUser + "\x00" + secretPassword))
		if !strings.Contains(unhidden("AUTHENTICATE PLAIN "+hidden), secretPassword) {
			t.Errorf("%q is not seen", hidden)
		}
	}
}

func TestNoCalendarsSecretIsInAnyLog(t *testing.T) {
	all, logger := catchLogs(t)
	answers := []func(http.ResponseWriter){
		func(w http.ResponseWriter) { w.WriteHeader(http.StatusForbidden); _, _ = io.WriteString(w, secretBody) },
		func(w http.ResponseWriter) { _, _ = io.WriteString(w, "<html>"+secretSubject) },
		func(w http.ResponseWriter) {
			_, _ = io.WriteString(w, "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:"+secretMark+"\r\nSUMMARY:"+secretSubject+"\r\nDTSTART;TZID="+secretMark+":"+secretMark+
				"\r\nORGANIZER:mailto:"+secretSender+"\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\n"+secretBody+"\r\n")
		},
		func(w http.ResponseWriter) { panic(http.ErrAbortHandler) },
	}
	for i, answer := range answers {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { answer(w) }))
		db, keys := workspace(t, time.Now)
		if _, err := AddCalendar(context.Background(), db, keys, "Work", server.URL+"/"+secretLink+".ics", secretUser, secretPassword); err != nil {
			t.Fatal(err)
		}
		if _, err := New(db, keys, Options{Log: logger}).Once(context.Background()); err != nil && !errors.Is(err, ErrSomeFailed) {
			t.Errorf("answer %d: %v", i, err)
		}
		server.Close()
	}
	wantNoMark(t, all.String())
}

func TestNothingOfTheSampleIsInAnyLog(t *testing.T) {
	all, logger := catchLogs(t)
	ctx := context.Background()
	w := sample.Make(sample.Options{Mails: 200})
	servers, err := demo.Serve(ctx, w)
	if err != nil {
		t.Fatal(err)
	}
	defer servers.Close()
	db, keys := workspace(t, func() time.Time { return sample.Today })
	box := data.Mailbox{Address: w.Mailbox, Host: servers.IMAPHost, Port: servers.IMAPPort, Security: data.Plain, User: servers.User}
	for _, password := range []string{"wrong-" + secretMark, servers.Password} {
		if _, err := AddMailbox(ctx, db, keys, box, password); err != nil && !errors.Is(err, data.ErrConflict) {
			t.Fatal(err)
		}
		boxes, err := db.Mailboxes(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if err := ChangePassword(keys, boxes[0], password); err != nil {
			t.Fatal(err)
		}
		_, err = New(db, keys, Options{Log: logger}).Once(ctx)
		if failed := errors.Is(err, ErrSomeFailed); failed != (password != servers.Password) {
			t.Fatalf("it ended with %v", err)
		}
	}
	logs := all.String()
	wantNoMark(t, logs)
	if strings.Contains(logs, servers.Password) {
		t.Error("the password is in a log")
	}
	for m, err := range db.Messages(ctx, data.MessageQuery{}) {
		if err != nil {
			t.Fatal(err)
		}
		for _, private := range append([]string{m.Subject, m.MessageID}, emailsOf(m)...) {
			if len(private) > 8 && strings.Contains(logs, private) {
				t.Fatalf("a log has %q", private)
			}
		}
	}
}

func emailsOf(m data.MessageRow) (list []string) {
	for _, a := range append(append(m.From, m.To...), m.Cc...) {
		list = append(list, a.Email, a.Name)
	}
	return list
}
