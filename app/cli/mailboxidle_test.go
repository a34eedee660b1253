package cli

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"rapport/data/sample"
	"rapport/sync/demo"
)

const newLetter = "From: Anna <anna@kestrel.example>\r\nTo: maya@larkfield.example\r\nSubject: Lamps\r\nMessage-ID: <new@kestrel.example>\r\n\r\nHello\r\n"

// idleIn runs a command until the returned function ends it, which returns its
// exit code; all that it prints comes on the channel, line by line.
func idleIn(t *testing.T, dir string, args ...string) (lines <-chan string, end func() int) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	out, in := io.Pipe()
	code := make(chan int, 1)
	p := program{in: strings.NewReader(""), out: in, errOut: in, now: time.Now, env: func(string) string { return "" }}
	go func() {
		code <- p.run(ctx, append(args, "-w", dir))
		_ = in.Close()
	}()
	all := make(chan string, 10000)
	go func() {
		for s := bufio.NewScanner(out); s.Scan(); {
			all <- s.Text()
		}
		close(all)
	}()
	return all, func() int { cancel(); return <-code }
}

func TestMailboxIdlePrintsWhatComes(t *testing.T) {
	t.Setenv("RAPPORT_NO_KEYRING", "1")
	t.Setenv("XDG_CONFIG_HOME", t.TempDir())
	dir := t.TempDir()
	servers, err := demo.Serve(t.Context(), sample.Make(sample.Options{Mails: 1}))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = servers.Close() })
	var said bytes.Buffer
	add := program{in: strings.NewReader(servers.Password + "\n"), out: io.Discard, errOut: &said, now: time.Now, env: os.Getenv}
	port := strconv.Itoa(servers.IMAPPort)
	if code := add.run(t.Context(), []string{"mailbox", "add", "-w", dir, "-address", "maya@larkfield.example", "-host", servers.IMAPHost, "-port", port, "-tls", "none", "-password-stdin", "-since", "all"}); code != 0 {
		t.Fatalf("mailbox add: %s", said.String())
	}
	lines, end := idleIn(t, dir, "mailbox", "idle", "maya@larkfield.example")
	await := func(lines <-chan string, fits func(string) bool) {
		t.Helper()
		for late := time.After(30 * time.Second); ; {
			select {
			case line, open := <-lines:
				if !open {
					t.Fatal("it ended")
				}
				if fits(line) {
					return
				}
			case <-late:
				t.Fatal("what was awaited did not come")
			}
		}
	}
	await(lines, func(s string) bool { return strings.Contains(s, "  maya@larkfield.example  Sent  ") })

	// A second one hears what the first one brings.
	others, endOther := idleIn(t, dir, "mailbox", "idle", "-json")
	await(others, func(s string) bool { return strings.Contains(s, "open on this workspace and does the reading") })
	putLetter(t, net.JoinHostPort(servers.IMAPHost, port), servers.Password)
	await(lines, func(s string) bool {
		return strings.HasSuffix(s, "  maya@larkfield.example  INBOX  1 new, 0 kept, 1 skipped")
	})
	await(others, func(s string) bool {
		var n newsJSON
		return json.Unmarshal([]byte(s), &n) == nil && n.Folder == "INBOX" && n.Seen == 1 && n.Skipped == 1 && n.Source == "mail:maya@larkfield.example"
	})
	for _, stop := range []func() int{endOther, end} {
		if code := stop(); code != exitInterrupted {
			t.Errorf("it ended with %d", code)
		}
	}
	await(lines, func(s string) bool { return s == "rapport: interrupted" })
}

// putLetter puts a new letter into the Inbox, as another program does.
func putLetter(t *testing.T, address, password string) {
	t.Helper()
	conn, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	in := bufio.NewReader(conn)
	for _, step := range []struct{ say, until string }{
		{"", "* OK"},
		{fmt.Sprintf("a LOGIN maya@larkfield.example %q\r\n", password), "a OK"},
		{fmt.Sprintf("b APPEND INBOX {%d}\r\n", len(newLetter)), "+ "},
		{newLetter + "\r\n", "b OK"},
	} {
		if _, err := io.WriteString(conn, step.say); err != nil {
			t.Fatal(err)
		}
		for line := ""; !strings.HasPrefix(line, step.until); {
			if line, err = in.ReadString('\n'); err != nil {
				t.Fatalf("waiting for %s: %v", step.until, err)
			}
		}
	}
}
