package mime

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"rapport/data"
)

var served = time.Date(2026, 3, 5, 12, 0, 0, 0, time.UTC)

// TestOwnMails compares what every mail in testdata/mails is read as with the
// file beside it. UPDATE=1 accepts what is read.
func TestOwnMails(t *testing.T) {
	files, err := filepath.Glob("testdata/mails/*.eml")
	if err != nil || len(files) < 30 {
		t.Fatalf("%d mails, %v", len(files), err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".eml"), func(t *testing.T) {
			raw, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			m := Parse(raw, served)
			sound(t, m)
			got, err := json.MarshalIndent(shownFields(m), "", "  ")
			if err != nil {
				t.Fatal(err)
			}
			golden := strings.TrimSuffix(file, ".eml") + ".json"
			if os.Getenv("UPDATE") != "" {
				if err := os.WriteFile(golden, append(got, '\n'), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if string(got)+"\n" != string(want) {
				t.Errorf("read as\n%s\nwant\n%s", got, want)
			}
		})
	}
}

// shownFields are a message's fields that are not empty, in their order.
func shownFields(m data.Message) any {
	type fields struct {
		MessageID  string            `json:",omitempty"`
		InReplyTo  string            `json:",omitempty"`
		References []string          `json:",omitempty"`
		Date       time.Time         `json:",omitzero"`
		Subject    string            `json:",omitempty"`
		From       []data.Address    `json:",omitempty"`
		To         []data.Address    `json:",omitempty"`
		Cc         []data.Address    `json:",omitempty"`
		Bcc        []data.Address    `json:",omitempty"`
		ReplyTo    []data.Address    `json:",omitempty"`
		Text       []string          `json:",omitempty"`
		TextCut    bool              `json:",omitempty"`
		Attached   []data.Attachment `json:",omitempty"`
		Form       data.Form         `json:",omitzero"`
		Automated  string            `json:",omitempty"`
		Odd        []string          `json:",omitempty"`
	}
	return fields{
		m.MessageID, m.InReplyTo, m.References, m.Date, m.Subject, m.From, m.To, m.Cc, m.Bcc, m.ReplyTo,
		strings.Split(m.Text, "\n"), m.TextCut, m.Attached, m.Form, m.Automated, m.Odd,
	}
}

func TestDates(t *testing.T) {
	for value, want := range map[string]string{
		"Tue, 3 Mar 2026 10:20:30 +0100":                "2026-03-03T09:20:30Z",
		"3 Mar 2026 10:20:30 +0100 (CET)":               "2026-03-03T09:20:30Z",
		"Tue, 03 Mar 26 10:20 GMT":                      "2026-03-03T10:20:00Z",
		"Tue, 3 Mar 126 10:20:30 -0500":                 "2026-03-03T15:20:30Z",
		"Sun, 1 Jun 97 10:20:30 EDT":                    "1997-06-01T14:20:30Z",
		"Tue Mar  3 10:20:30 2026":                      "2026-03-03T10:20:30Z",
		"Tue Mar 3 10:20:30 PST 2026":                   "2026-03-03T18:20:30Z",
		"Tue Mar 3 10:20:30 2026 +0200":                 "2026-03-03T08:20:30Z",
		"2026-03-03T10:20:30+01:00":                     "2026-03-03T09:20:30Z",
		"2026-03-03 10:20":                              "2026-03-03T10:20:00Z",
		"March 3, 2026 1:20:30 PM":                      "2026-03-03T13:20:30Z",
		"3-Mar-2026 10:20:30 +0530":                     "2026-03-03T04:50:30Z",
		"Tue, 3 Mar 2026 10.20.30 +0100":                "2026-03-03T09:20:30Z",
		"Tue, 3 Mar 2026 10:20:30":                      "2026-03-03T10:20:30Z",
		"Tue,3 Mar 2026 10:20:30+0100":                  "2026-03-03T09:20:30Z",
		"Tue, 3 March 2026 10:20:30 \"GMT\"":            "2026-03-03T10:20:30Z",
		"Tue, 3 Mar 2026 10:20:30.123 -0000":            "2026-03-03T10:20:30Z",
		"Tue, 3 Mar\t2026 10:20:30 +0100":               "2026-03-03T09:20:30Z",
		"":                                              "",
		"yesterday":                                     "",
		"Thu, 1 Jan 1970 00:00:00 +0000":                "",
		"Tue, 45 Mar 2026 10:20:30 +0100":               "",
		"2026-13-03T10:20:30Z":                          "",
		"Tue, 3 Mar 2026":                               "",
		"Tue, 3 Mar 99999999999999999999 10:20:30 +010": "",
	} {
		got, ok := Date(value)
		if ok != (want != "") || ok && got.Format(time.RFC3339) != want {
			t.Errorf("%q is read as %v (%v), want %q", value, got, ok, want)
		}
	}
}

func TestLongTextIsCutBetweenCharacters(t *testing.T) {
	raw := "Subject: long\n\n" + strings.Repeat("aé", maxText)
	m := Parse([]byte(raw), served)
	if !m.TextCut || len(m.Text) > maxText || len(m.Text) < maxText-4 || !strings.HasSuffix(m.Text, "a") && !strings.HasSuffix(m.Text, "é") {
		t.Errorf("cut %v, %d bytes", m.TextCut, len(m.Text))
	}
}

func TestDeepAndHostileMails(t *testing.T) {
	deep := "Subject: deep\n"
	for i := range 500 {
		deep += "Content-Type: multipart/mixed; boundary=b" + strings.Repeat("x", i%50) + "\n\n--b" + strings.Repeat("x", i%50) + "\n"
	}
	for name, raw := range map[string]string{
		"parts in parts in parts":    deep,
		"a header without end":       strings.Repeat("X-Long: "+strings.Repeat("a", 1000)+"\n", 2000),
		"a line without end":         "Subject: " + strings.Repeat("=?utf-8?q?a?=", 50000),
		"nothing but encoded starts": "Subject: " + strings.Repeat("=?utf-8?q?", 20000),
		"angle brackets only":        "From: " + strings.Repeat("<", 50000),
		"parentheses only":           "To: " + strings.Repeat("(", 50000),
		"many addresses":             "To: " + strings.Repeat("a@b.example, ", 20000),
		"HTML in HTML in HTML":       "Content-Type: text/html\n\n" + strings.Repeat("<div>", 100000),
	} {
		start := time.Now()
		sound(t, Parse([]byte(raw), served))
		if took := time.Since(start); took > 5*time.Second {
			t.Logf("%s took %v", name, took)
		}
	}
}

func FuzzParse(f *testing.F) {
	files, _ := filepath.Glob("testdata/mails/*.eml")
	for _, file := range files {
		if raw, err := os.ReadFile(file); err == nil {
			f.Add(raw)
		}
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		h, body, _ := splitHeader(raw)
		readBody(h, body) // without the net that Parse has below it
		m := Parse(raw, served)
		sound(t, m)
		if again := Parse(raw, served); again.ID != m.ID || again.Text != m.Text || again.Subject != m.Subject {
			t.Error("read twice, it is two mails")
		}
	})
}
