package mail

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"slices"
	"strconv"
	"strings"
	"testing"

	"rapport/data"
	"rapport/sync/login/logintest"
)

const tokenMail = "From: anna@kestrel.example\nTo: maya@larkfield.example\nSubject: By token\nMessage-ID: <1@kestrel.example>\nDate: Wed, 1 Jul 2026 08:00:00 +0000\n\nHello\n"

// tokenSource is a source that is signed in to with tokens: the first that is
// asked for, and for each that is refused the next one.
func tokenSource(address string, asked *[]string, tokens ...string) Source {
	src := source(address)
	src.Mailbox.SignIn, src.Mailbox.User, src.Password = data.ByToken("lark"), "maya@larkfield.example", nil
	src.Token = func(_ context.Context, refused string) (string, error) {
		*asked = append(*asked, refused)
		return tokens[slices.Index(tokens, refused)+1], nil
	}
	return src
}

func TestSignInWithATokenInEveryWay(t *testing.T) {
	for name, c := range map[string]struct {
		mechanisms []string
		opens      string // the token that does
		user       string
		tried      []string
		asked      []string
		kind       data.ProblemKind
	}{
		"by the standard one":           {[]string{"XOAUTH2", "OAUTHBEARER"}, "first-token", "", []string{"OAUTHBEARER"}, []string{""}, ""},
		"by its forerunner":             {[]string{"XOAUTH2"}, "first-token", "", []string{"XOAUTH2"}, []string{""}, ""},
		"refused, then renewed":         {[]string{"OAUTHBEARER"}, "second-token", "", []string{"OAUTHBEARER", "OAUTHBEARER"}, []string{"", "first-token"}, ""},
		"refused by the forerunner":     {[]string{"XOAUTH2"}, "second-token", "", []string{"XOAUTH2", "XOAUTH2"}, []string{"", "first-token"}, ""},
		"refused for good":              {[]string{"OAUTHBEARER"}, "none", "", []string{"OAUTHBEARER", "OAUTHBEARER"}, []string{"", "first-token"}, data.TokenRefused},
		"the mailbox of somebody else":  {[]string{"XOAUTH2"}, "first-token", "piet@larkfield.example", []string{"XOAUTH2", "XOAUTH2"}, []string{"", "first-token"}, data.TokenRefused},
		"a server that takes no tokens": {[]string{"PLAIN"}, "first-token", "", nil, []string{""}, data.NoTokens},
	} {
		t.Run(name, func(t *testing.T) {
			m, err := logintest.StartMail(func(user, token string) bool { return user == "maya@larkfield.example" && token == c.opens }, c.mechanisms, tokenMail)
			if err != nil {
				t.Fatal(err)
			}
			defer m.Close()
			var asked []string
			src := tokenSource(net.JoinHostPort("127.0.0.1", strconv.Itoa(m.Port)), &asked, "", "first-token", "second-token")
			if c.user != "" {
				src.Mailbox.User = c.user
			}
			var log strings.Builder
			src.Log = slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
			s := newShelf(t)
			err = s.try(src)
			p, _ := data.AsProblem(err)
			switch {
			case c.kind == "" && (err != nil || !slices.Equal(s.subjects(), []string{"By token"})):
				t.Errorf("it brought %v, %v", s.subjects(), err)
			case c.kind != "" && (p == nil || p.Kind != c.kind):
				t.Errorf("it says %v", err)
			}
			if !slices.Equal(m.Tried(), c.tried) || !slices.Equal(asked, c.asked) {
				t.Errorf("tried %v, asked for another token than %q", m.Tried(), asked)
			}
			if text := fmt.Sprintf("%v %+v %s", err, errors.Unwrap(err), log.String()); strings.Contains(text, "-token") {
				t.Errorf("a token stands in %q", text)
			}
		})
	}
}

// TestWhatIsOnTheWire is a server of Google's kind, line by line.
func TestWhatIsOnTheWire(t *testing.T) {
	for name, c := range map[string]struct {
		caps, challenge, end string
		kind                 data.ProblemKind
		says                 string
		lines                []string // of the first connection
	}{
		"an initial response": {
			" SASL-IR AUTH=XOAUTH2", "", "OK welcome", "", "",
			[]string{"XOAUTH2 " + encoded("user=maya@larkfield.example\x01auth=Bearer the-token\x01\x01")},
		},
		"no initial response": {
			" AUTH=XOAUTH2", "", "OK welcome", "", "",
			[]string{"XOAUTH2", encoded("user=maya@larkfield.example\x01auth=Bearer the-token\x01\x01")},
		},
		"the standard one": {
			" SASL-IR AUTH=XOAUTH2 AUTH=OAUTHBEARER", "", "OK welcome", "", "",
			[]string{"OAUTHBEARER " + encoded("n,a=maya@larkfield.example,\x01auth=Bearer the-token\x01\x01")},
		},
		"a refusal is answered by an empty line": {
			" SASL-IR AUTH=XOAUTH2", `{"status":"400","schemes":"Bearer","scope":"https://mail.google.com/"}`, "NO [AUTHENTICATIONFAILED] Invalid credentials (Failure)",
			data.TokenRefused, "127.0.0.1 did not accept the sign-in; sign in again as",
			[]string{"XOAUTH2 " + encoded("user=maya@larkfield.example\x01auth=Bearer the-token\x01\x01"), ""},
		},
		"a refusal of the standard one is answered as it says": {
			" SASL-IR AUTH=OAUTHBEARER", `{"status":"insufficient_scope","schemes":"bearer"}`, "NO bad",
			data.TokenRefused, "127.0.0.1 did not accept the sign-in (it was not allowed to read mail)",
			[]string{"OAUTHBEARER " + encoded("n,a=maya@larkfield.example,\x01auth=Bearer the-token\x01\x01"), "AQ=="},
		},
		"a refusal at once": {
			" SASL-IR AUTH=XOAUTH2", "", "NO AUTHENTICATE failed.", data.TokenRefused, "did not accept the sign-in; ",
			[]string{"XOAUTH2 " + encoded("user=maya@larkfield.example\x01auth=Bearer the-token\x01\x01")},
		},
		"IMAP is switched off": {
			" SASL-IR AUTH=XOAUTH2", "", "NO [ALERT] IMAP access is disabled for your domain TOKEN", data.TokenRefused, "(IMAP access is disabled for your domain …)",
			[]string{"XOAUTH2 " + encoded("user=maya@larkfield.example\x01auth=Bearer the-token\x01\x01")},
		},
		"the server wants rest": {
			" SASL-IR AUTH=XOAUTH2", "", "NO User is authenticated but not connected.", data.Busy, "asks to be left alone for 1 min",
			[]string{"XOAUTH2 " + encoded("user=maya@larkfield.example\x01auth=Bearer the-token\x01\x01")},
		},
	} {
		t.Run(name, func(t *testing.T) {
			var lines []string
			f := startFake(t, &fake{caps: c.caps, hook: func(conn *fakeConn, command, args string) bool {
				if command != "AUTHENTICATE" {
					return false
				}
				say := func(line string) {
					if conn.number == 1 {
						lines = append(lines, line)
					}
				}
				say(args)
				_, sent, initial := strings.Cut(args, " ")
				if !initial {
					conn.say("+ ")
					line, _ := conn.in.ReadString('\n')
					say(strings.TrimSuffix(line, "\r\n"))
				}
				if c.challenge != "" {
					conn.say("+ %s", encoded(c.challenge))
					line, _ := conn.in.ReadString('\n')
					say(strings.TrimSuffix(line, "\r\n"))
				}
				whole, _ := base64.StdEncoding.DecodeString(sent)
				_, token, _ := strings.Cut(strings.Trim(string(whole), "\x01"), "Bearer ")
				conn.say("%s %s", conn.tag, strings.ReplaceAll(c.end, "TOKEN", token))
				return true
			}})
			var asked []string
			src := tokenSource(f.address, &asked, "", "the-token", "another")
			_, err := src.Folders(t.Context())
			p, _ := data.AsProblem(err)
			if (err == nil) != (c.kind == "") || err != nil && (p == nil || p.Kind != c.kind || !strings.Contains(err.Error(), c.says)) {
				t.Errorf("it says %v", err)
			}
			f.rest()
			if !slices.Equal(lines, c.lines) {
				t.Errorf("it sent %q, want %q", lines, c.lines)
			}
		})
	}
}

func encoded(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }

func TestNoTokenIsAProblemOfThePerson(t *testing.T) {
	f := startFake(t, &fake{caps: " AUTH=XOAUTH2"})
	src := tokenSource(f.address, new([]string), "")
	again := &data.Problem{Kind: data.SignInAgain, About: "maya@larkfield.example"}
	for want, given := range map[data.ProblemKind]error{data.SignInAgain: again, data.NoPassword: errors.New("the keyring is shut")} {
		src.Token = func(context.Context, string) (string, error) { return "", given }
		if p, ok := data.AsProblem(src.Fetch(t.Context(), "", newShelf(t).put)); !ok || p.Kind != want {
			t.Errorf("it says %v, want %s", p, want)
		}
	}
}

func TestAServerWithoutFoldersIsNoBrokenProgram(t *testing.T) {
	f := startFake(t, &fake{})
	if names, err := source(f.address).Folders(t.Context()); err != nil || len(names) != 0 {
		t.Errorf("it lists %v, %v", names, err)
	}
	if list, err := source(f.address).Inventory(t.Context()); err != nil || len(list) != 0 {
		t.Errorf("it lists %v, %v", list, err)
	}
}
