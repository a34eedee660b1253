package mail

import (
	"bytes"
	"net/mail"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jhillyerd/enmime/v2"
	"pgregory.net/rapid"

	"rapport/data"
	"rapport/data/text"
	"rapport/sync/mime"
)

var composedAt = time.Date(2026, 11, 17, 10, 5, 0, 0, time.FixedZone("", 3600))

func aDraft() data.Draft {
	return data.Draft{
		From: data.Address{Name: "Maya Brandt", Email: "maya@larkfield.example"},
		To: []data.Address{{Name: "Jürgen Groß, Büro für Lichtplanung und außergewöhnlich lange Namen", Email: "jg@kestrel.example"},
			{Name: `Anna "Ann" Kessler`, Email: "anna@kestrel.example"}},
		Cc: []data.Address{{Email: "leon@kestrel.example"}}, Subject: "Re: Prüfung der Dimmer — Halle 2, und was danach noch zu tun bleibt",
		MessageID: "abc123@larkfield.example", InReplyTo: "two@kestrel.example", References: []string{"one@larkfield.example", "two@kestrel.example"},
		Text: "Liebe Anna,\n\nwir kommen am Dienstag. " + strings.Repeat("Das Team bringt die Leuchten mit. ", 8) + "\n\n-- \nMaya",
		Quote: "On Tue, 17 Nov 2026 at 09:41, Anna Kessler wrote:\n> " + strings.Repeat("Will you be there with the team? ", 6) +
			"\n>\n>> From us\n> .",
	}
}

// checkWire wants a text that any server bears: CRLF, short lines, ASCII.
func checkWire(t interface{ Errorf(string, ...any) }, raw []byte) {
	for line := range bytes.SplitSeq(bytes.TrimSuffix(raw, []byte("\r\n")), []byte("\r\n")) {
		if len(line) > longestLine || bytes.ContainsAny(line, "\r\n\x00") || bytes.ContainsFunc(line, func(r rune) bool { return r >= 0x7f }) {
			t.Errorf("line %q cannot go over the wire", line)
		}
	}
}

func TestComposedMailIsReadAsItWasWritten(t *testing.T) {
	d := aDraft()
	raw, err := Compose(d, composedAt)
	if err != nil {
		t.Fatal(err)
	}
	checkWire(t, raw)
	env, err := enmime.ReadEnvelope(bytes.NewReader(raw))
	if err != nil || len(env.Errors) > 0 {
		t.Fatal(err, env.Errors)
	}
	if got := env.GetHeader("Subject"); got != d.Subject {
		t.Errorf("subject %q", got)
	}
	to, err := env.AddressList("To")
	if err != nil || len(to) != 2 || to[0].Name != d.To[0].Name || to[1].Name != d.To[1].Name || to[1].Address != "anna@kestrel.example" {
		t.Errorf("to %v, %v", to, err)
	}
	if strings.ReplaceAll(env.Text, "\r\n", "\n") != text.Flow(d.Body())+"\n" {
		t.Errorf("text %q", env.Text)
	}
	for name, want := range map[string]string{
		"Message-ID": "<abc123@larkfield.example>", "In-Reply-To": "<two@kestrel.example>",
		"References": "<one@larkfield.example> <two@kestrel.example>", "Date": "Tue, 17 Nov 2026 10:05:00 +0100", "MIME-Version": "1.0",
	} {
		if got := env.GetHeader(name); got != want {
			t.Errorf("%s %q, want %q", name, got, want)
		}
	}
	m := mime.Parse(raw, composedAt)
	if m.Text != strings.TrimSpace(asFlowed(d.Body())) || len(m.Odd) > 0 || m.Automated != "" {
		t.Errorf("our own reading: %q, odd %q", m.Text, m.Odd)
	}
	if m.Subject != d.Subject || m.MessageID != d.MessageID || !slices.Equal(m.References, d.References) || m.Sender() != d.From || !slices.Equal(m.Cc, d.Cc) {
		t.Errorf("our own reading: %+v", m)
	}
}

func TestComposedMailNamesNoProgram(t *testing.T) {
	raw, err := Compose(aDraft(), composedAt)
	if err != nil {
		t.Fatal(err)
	}
	m, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for name := range m.Header {
		names = append(names, name)
	}
	slices.Sort(names)
	want := []string{"Cc", "Content-Transfer-Encoding", "Content-Type", "Date", "From", "In-Reply-To", "Message-Id", "Mime-Version", "References", "Subject", "To"}
	if !slices.Equal(names, want) {
		t.Errorf("header lines %q", names)
	}
}

func TestNothingBecomesAHeaderOfItsOwn(t *testing.T) {
	d := aDraft()
	d.Subject = "Hello\r\nBcc: spy@evil.example"
	d.To[0].Name = "Anna\nBcc: spy@evil.example"
	raw, err := Compose(d, composedAt)
	if err != nil {
		t.Fatal(err)
	}
	m, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil || m.Header.Get("Bcc") != "" {
		t.Errorf("a line of its own: %v, %q", err, m.Header.Get("Bcc"))
	}
}

func TestPlainWordsStayPlain(t *testing.T) {
	d := aDraft()
	d.Subject, d.Text, d.Quote, d.To = "Night test", "Hello Anna,\n\nyes.", "", d.To[1:]
	raw, err := Compose(d, composedAt)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"Subject: Night test\r\n", "Content-Transfer-Encoding: 7bit\r\n", "\r\n\r\nHello Anna,\r\n\r\nyes.\r\n"} {
		if !bytes.Contains(raw, []byte(want)) {
			t.Errorf("no %q in %s", want, raw)
		}
	}
}

// TestAnyTextComesBack writes texts and reads them again, by enmime and by our
// own reader of flowed text.
func TestAnyTextComesBack(t *testing.T) {
	line := rapid.OneOf(
		rapid.StringMatching(`(> ?){0,3}[a-zA-Zäöü€. ]{0,200}`),
		rapid.StringMatching(`( |>|From |-- |\.)[a-z ]{0,90}`),
		rapid.StringN(0, 60, 300),
	)
	rapid.Check(t, func(t *rapid.T) {
		body := strings.Join(rapid.SliceOfN(line, 1, 8).Draw(t, "lines"), "\n")
		d := data.Draft{From: data.Address{Email: "a@b.example"}, To: []data.Address{{Email: "c@d.example"}}, Subject: "x", Text: body}
		raw, err := Compose(d, composedAt)
		if err != nil {
			t.Fatal(err)
		}
		checkWire(t, raw)
		env, err := enmime.ReadEnvelope(bytes.NewReader(raw))
		if err != nil {
			t.Fatal(err)
		}
		got := strings.TrimRight(mime.Unfold(env.Text, false), "\n")
		if want := strings.TrimRight(asFlowed(mime.Printable(d.Body())), "\n"); got != want {
			t.Errorf("got  %q\nwant %q", got, want)
		}
	})
}

// asFlowed is a text as format=flowed can carry it: without blanks at the ends of
// lines, with quote marks side by side.
func asFlowed(s string) string {
	lines := strings.Split(s, "\n")
	for i, l := range lines {
		marks := ""
		if strings.HasPrefix(l, ">") {
			rest := l
			for rest != "" && (rest[0] == '>' || strings.HasPrefix(rest, " >")) {
				rest = strings.TrimPrefix(rest, " ")[1:]
				marks += ">"
			}
			if l = strings.TrimPrefix(rest, " "); l != "-- " {
				l = strings.TrimRight(l, " \t")
			}
			if l != "" {
				marks += " "
			}
		} else if l != "-- " {
			l = strings.TrimRight(l, " \t")
		}
		lines[i] = marks + l
	}
	return strings.Join(lines, "\n")
}

// pythonReads prints what Python's email package makes of a mail.
const pythonReads = `
import sys, email, email.policy
m = email.message_from_bytes(sys.stdin.buffer.read(), policy=email.policy.default)
assert not m.defects, m.defects
for name in ("Subject", "Message-ID", "In-Reply-To", "References", "Date"):
    assert not m[name].defects, (name, m[name].defects)
    print(m[name])
print([ (a.display_name, a.addr_spec) for a in m["To"].addresses ])
print(m.get_content_type(), m.get_content_charset(), m["Content-Type"].params["format"])
sys.stdout.write(m.get_content())
`

func TestPythonReadsComposedMail(t *testing.T) {
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("python3 is not installed")
	}
	d := aDraft()
	d.To[0].Name = "Jürgen Groß, Büro für Licht" // Python parts a name of several encoded words with a blank
	raw, err := Compose(d, composedAt)
	if err != nil {
		t.Fatal(err)
	}
	c := exec.Command(python, "-X", "utf8", "-c", pythonReads)
	c.Stdin = bytes.NewReader(raw)
	out, err := c.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, want := range []string{
		d.Subject + "\n<abc123@larkfield.example>\n<two@kestrel.example>\n<one@larkfield.example> <two@kestrel.example>\nTue, 17 Nov 2026 10:05:00 +0100\n",
		"('" + d.To[0].Name + "', 'jg@kestrel.example')", "text/plain utf-8 flowed\n" + strings.SplitN(text.Flow(d.Body()), "\n", 2)[0],
	} {
		if !strings.Contains(strings.ReplaceAll(string(out), "\r\n", "\n"), want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
}
