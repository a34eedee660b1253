package cli

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"rapport/data/sample"
	"rapport/sync/demo"
	"rapport/sync/login/logintest"
	"rapport/sync/radicale"
	"rapport/sync/team/jetstream/hubtest"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestMain makes this test binary the rapport command of the scripts.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"rapport": rapport})
}

// rapport is the command as main starts it, on the day that RAPPORT_TEST_NOW
// names, and with faces that only say what they were asked.
func rapport() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	p := program{in: os.Stdin, out: os.Stdout, errOut: os.Stderr, faces: saidFaces(), now: testClock(), env: os.Getenv, find: pretendFind, look: pretendLook, browse: pretendBrowser}
	code := p.run(ctx, os.Args[1:])
	stop()
	os.Exit(code)
}

// pretendBrowser is a person who agrees, where RAPPORT_TEST_BROWSER says so.
func pretendBrowser(page string) error {
	if os.Getenv("RAPPORT_TEST_BROWSER") != "agrees" {
		return errNoBrowser
	}
	go logintest.Browse(page)
	return nil
}

func saidFaces() Faces {
	return Faces{
		Open: func(_ context.Context, workspace string) error {
			fmt.Println("window on", filepath.Base(workspace))
			return nil
		},
		Render: func(_ context.Context, workspace, out string) ([]string, error) {
			fmt.Println("pages of", filepath.Base(workspace), "to", filepath.Base(out))
			return []string{filepath.Join(out, "today.png"), filepath.Join(out, "account.png")}, nil
		},
	}
}

// testClock goes on from RAPPORT_TEST_NOW since RAPPORT_TEST_BEGUN, so that the
// commands of a script follow one another.
func testClock() func() time.Time {
	now, err := time.Parse(time.RFC3339, os.Getenv("RAPPORT_TEST_NOW"))
	begun, err2 := time.Parse(time.RFC3339Nano, os.Getenv("RAPPORT_TEST_BEGUN"))
	if err != nil || err2 != nil {
		return time.Now
	}
	return func() time.Time { return now.Add(time.Since(begun)) }
}

func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"serve": serve, "exits": exits, "json": jsonIs, "keep": keep, "carrying": carrying, "pragma": pragma, "hang": hang, "tokens": tokens, "selfsigned": selfsigned, "corrects": corrects, "dav": dav, "hub": hubServer, "wrongletter": wrongLetter, "news": news, "later": later,
		},
		Condition: func(name string) (bool, error) {
			switch name {
			case "root":
				return os.Getuid() == 0, nil
			case "radicale":
				_, err := exec.LookPath("radicale")
				return err == nil, nil
			case "unshare": // a command may be cut off from every network
				return exec.Command("unshare", "-rn", "true").Run() == nil, nil
			}
			return false, fmt.Errorf("unknown condition %s", name)
		},
		Setup: func(e *testscript.Env) error {
			home := filepath.Join(e.WorkDir, "home")
			e.Setenv("HOME", home)
			e.Setenv("USERPROFILE", home)
			e.Setenv("AppData", home)
			e.Setenv("XDG_CONFIG_HOME", filepath.Join(home, ".config"))
			e.Setenv("RAPPORT_NO_KEYRING", "1")
			e.Setenv("RAPPORT_TEST_NOW", sample.Today.Format(time.RFC3339))
			e.Setenv("RAPPORT_TEST_BEGUN", time.Now().Format(time.RFC3339Nano))
			e.Setenv("RAPPORT_WORKSPACE", filepath.Join(e.WorkDir, "ws"))
			e.Setenv("TZ", "UTC")
			e.Setenv("LANG", "C.UTF-8")
			e.Values[serversKey{}] = &servers{}
			return os.MkdirAll(home, 0o700)
		},
	})
}

// wrongLetter writes a recovery key down with one wrong letter in its group 7.
func wrongLetter(ts *testscript.TestScript, _ bool, args []string) {
	key := []byte(ts.ReadFile(args[0]))
	const at = 6 * 6 // six groups of five letters, each with its hyphen
	if key[at]++; key[at] > 'Z' || key[at] < 'A' {
		key[at] = 'A'
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), key, 0o600))
}

// servers are those of one script.
type servers struct {
	*demo.Servers
	reached chan struct{} // closed when hung is there
	hung    net.Conn

	provider *logintest.Provider
	mail     *logintest.Mail
	dav      *radicale.Server
	news     *newsServer
}

type serversKey struct{}

// serve starts the sample's mail and calendar servers ("serve"), or ends them
// ("serve stop"). The script finds them at $IMAP_PORT and $CALENDAR_URL, and the
// password in the file right-password.
func serve(ts *testscript.TestScript, _ bool, args []string) {
	s := ts.Value(serversKey{}).(*servers)
	if len(args) == 1 && args[0] == "stop" {
		ts.Check(s.Close())
		return
	}
	var err error
	s.Servers, err = demo.Serve(context.Background(), sample.Make(sample.Options{Mails: 1}))
	ts.Check(err)
	ts.Defer(func() { s.Close() })
	ts.Setenv("IMAP_PORT", strconv.Itoa(s.IMAPPort))
	ts.Check(os.WriteFile(ts.MkAbs("right-password"), []byte(s.Password+"\n"), 0o600))
	ts.Setenv("CALENDAR_URL", s.CalendarURL)
}

// tokens starts a provider of tokens and a mail server that takes them ("tokens
// start"; they are at $OAUTH_URL and $TOKEN_MAIL_PORT), takes back what was
// allowed ("tokens revoke"), lets a person enter the code of another device
// ("tokens agree"), or looks for a token in the last output and all files of the
// workspace ("tokens nowhere").
func tokens(ts *testscript.TestScript, _ bool, args []string) {
	s := ts.Value(serversKey{}).(*servers)
	switch args[0] {
	case "start":
		s.provider = logintest.Start()
		ts.Defer(s.provider.Close)
		var err error
		s.mail, err = logintest.StartMail(func(user, token string) bool { return user == s.provider.Address && s.provider.Opens(token) },
			[]string{"OAUTHBEARER", "XOAUTH2"}, ts.ReadFile("mail.eml"))
		ts.Check(err)
		ts.Defer(s.mail.Close)
		ts.Setenv("OAUTH_URL", s.provider.URL)
		ts.Setenv("TOKEN_MAIL_PORT", strconv.Itoa(s.mail.Port))
		ts.Check(os.WriteFile(ts.MkAbs("client-secret"), []byte(s.provider.Client.Secret+"\n"), 0o600))
	case "revoke":
		s.provider.Revoke(true)
	case "agree":
		s.provider.Hook = func(_ http.ResponseWriter, r *http.Request) bool {
			if r.URL.Path == "/token" {
				s.provider.Agree("")
			}
			return false
		}
	case "nowhere":
		said := []string{ts.ReadFile("stdout"), ts.ReadFile("stderr")}
		ts.Check(filepath.WalkDir(ts.Getenv("RAPPORT_WORKSPACE"), func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			text, err := os.ReadFile(path)
			said = append(said, string(text))
			return err
		}))
		for _, secret := range append(s.provider.Secrets(), s.provider.Client.Secret) {
			for _, text := range said {
				if strings.Contains(text, secret) {
					ts.Fatalf("%s was found", secret)
				}
			}
		}
	default:
		ts.Fatalf("usage: tokens start|revoke|agree|nowhere")
	}
}

// hubServer runs a server of a hub by its file, with certificates for this
// laptop ("hub certify DIR", then "hub start CONF"; it is at $HUB_URL).
func hubServer(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: hub certify|start PATH")
	}
	if args[0] == "certify" {
		ts.Check(hubtest.Certify(ts.MkAbs(args[1])))
		return
	}
	options, err := hubtest.Options(ts.MkAbs(args[1]))
	ts.Check(err)
	url, stop, err := hubtest.Start(options)
	ts.Check(err)
	ts.Defer(stop)
	ts.Setenv("HUB_URL", url)
}

// dav starts a real CalDAV server with the calendars work and home ("dav start";
// it is at $DAV_URL, its password in the file dav-password), where it is
// installed: else the script is skipped; puts an entry from a file ("dav put
// CALENDAR NAME FILE"), deletes one ("dav delete CALENDAR NAME"), or writes one to
// a file ("dav get CALENDAR NAME FILE").
func dav(ts *testscript.TestScript, _ bool, args []string) {
	s := ts.Value(serversKey{}).(*servers)
	switch {
	case len(args) == 1 && args[0] == "start":
		dir := ts.MkAbs("radicale")
		ts.Check(os.MkdirAll(dir, 0o700))
		server, err := radicale.Start(dir)
		ts.Check(err)
		s.dav = server
		ts.Defer(func() { ts.Check(server.Stop()) })
		ts.Check(errors.Join(server.MakeCalendar("work", "Work", "#3a7bd5"), server.MakeCalendar("home", "Home", "")))
		ts.Check(os.WriteFile(ts.MkAbs("dav-password"), []byte(radicale.Password+"\n"), 0o600))
		ts.Setenv("DAV_URL", server.URL)
	case len(args) == 4 && args[0] == "put":
		ts.Check(s.dav.Put(args[1], args[2], ts.ReadFile(args[3])))
	case len(args) == 3 && args[0] == "delete":
		ts.Check(s.dav.Delete(args[1], args[2]))
	case len(args) == 4 && args[0] == "get":
		text, err := s.dav.Get(args[1], args[2])
		ts.Check(err)
		ts.Check(os.WriteFile(ts.MkAbs(args[3]), []byte(text), 0o600))
	default:
		ts.Fatalf("usage: dav start, dav put CALENDAR NAME FILE, dav delete CALENDAR NAME, dav get CALENDAR NAME FILE")
	}
}

// exits runs a command and checks its exit code: "exits 2 rapport sync now".
func exits(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) < 2 {
		ts.Fatalf("usage: exits CODE COMMAND [ARGUMENT …]")
	}
	code := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		var ended *exec.ExitError
		if !errors.As(err, &ended) {
			ts.Fatalf("%v", err)
		}
		code = ended.ExitCode()
	}
	if strconv.Itoa(code) != args[0] {
		ts.Fatalf("exit code %d, not %s", code, args[0])
	}
}

// jsonIs checks one value of the JSON on standard output: "json 0.subject
// Hello". "count" is how many elements a list has.
func jsonIs(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: json PATH VALUE")
	}
	var v any
	if err := json.Unmarshal([]byte(ts.ReadFile("stdout")), &v); err != nil {
		ts.Fatalf("standard output is not JSON: %v", err)
	}
	got := valueAt(ts, v, args[0])
	if (got == args[1]) == neg {
		ts.Fatalf("%s is %s", args[0], got)
	}
}

// keep puts a value of the JSON on standard output, or its first letters, into
// the environment: "keep ID 0.id" or "keep SHORT 0.id 8".
func keep(ts *testscript.TestScript, _ bool, args []string) {
	var v any
	ts.Check(json.Unmarshal([]byte(ts.ReadFile("stdout")), &v))
	value := valueAt(ts, v, args[1])
	if len(args) == 3 {
		n, err := strconv.Atoi(args[2])
		ts.Check(err)
		value = value[:n]
	}
	ts.Setenv(args[0], value)
}

// carrying keeps the ID of the first mail of a list that has something attached.
func carrying(ts *testscript.TestScript, _ bool, args []string) {
	var list []messageJSON
	ts.Check(json.Unmarshal([]byte(ts.ReadFile("stdout")), &list))
	for _, m := range list {
		if len(m.Attachments) > 0 {
			ts.Setenv(args[0], m.ID)
			return
		}
	}
	ts.Fatalf("no mail carries anything")
}

func valueAt(ts *testscript.TestScript, v any, path string) string {
	for step := range strings.SplitSeq(path, ".") {
		switch in := v.(type) {
		case map[string]any:
			found, ok := in[step]
			if !ok {
				ts.Fatalf("%s: there is no %s", path, step)
			}
			v = found
		case []any:
			if step == "count" {
				return strconv.Itoa(len(in))
			}
			i, err := strconv.Atoi(step)
			if err != nil || i >= len(in) {
				ts.Fatalf("%s: there is no %s of %d", path, step, len(in))
			}
			v = in[i]
		default:
			ts.Fatalf("%s: %v holds nothing", path, v)
		}
	}
	if s, ok := v.(string); ok {
		return s
	}
	text, err := json.Marshal(v)
	ts.Check(err)
	return string(text)
}

// pragma writes a pragma into a SQLite file: "pragma ws/rapport.db user_version
// = 99".
func pragma(ts *testscript.TestScript, _ bool, args []string) {
	file, err := sql.Open("sqlite3", ts.MkAbs(args[0])) // the store brings the driver
	ts.Check(err)
	_, err = file.Exec("PRAGMA " + strings.Join(args[1:], " "))
	ts.Check(errors.Join(err, file.Close()))
}

// hang starts a server that takes connections and never says a word, at
// $HANG_PORT; "hang reached" waits until somebody has connected.
func hang(ts *testscript.TestScript, _ bool, args []string) {
	s := ts.Value(serversKey{}).(*servers)
	if len(args) == 1 && args[0] == "reached" {
		<-s.reached
		return
	}
	l, err := net.Listen("tcp4", "127.0.0.1:0")
	ts.Check(err)
	ts.Setenv("HANG_PORT", strconv.Itoa(l.Addr().(*net.TCPAddr).Port))
	s.reached = make(chan struct{})
	go func() {
		conn, err := l.Accept()
		if err == nil {
			s.hung = conn
			close(s.reached)
		}
	}()
	ts.Defer(func() {
		l.Close()
		if s.hung != nil {
			s.hung.Close()
		}
	})
}
