package mime

import (
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"rapport/data"
	"rapport/data/text"
)

// corpora is where public mails lie beside the project, if they do.
const corpora = "../../../shared/testing/corpora/mail"

// corpusFiles are the mails of one corpus.
func corpusFiles(t *testing.T, folder string) []string {
	t.Helper()
	root := filepath.Join(corpora, folder)
	if _, err := os.Stat(root); err != nil {
		t.Skipf("the public mails of %s are not here", folder)
	}
	var files []string
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			files = append(files, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// sound fails if a mail was parsed into what cannot be stored or shown.
func sound(t *testing.T, m data.Message) {
	t.Helper()
	if len(m.ID) != 64 {
		t.Errorf("the ID is %q", m.ID)
	}
	for _, s := range append([]string{m.Subject, m.Text, m.MessageID, m.InReplyTo}, m.Odd...) {
		if !utf8.ValidString(s) || strings.ContainsAny(s, "\x00\r\x1b") {
			t.Errorf("not clean text: %.60q", s)
		}
	}
	for _, list := range [][]data.Address{m.From, m.To, m.Cc, m.Bcc, m.ReplyTo} {
		for _, a := range list {
			if a == (data.Address{}) || a.Email != text.NormalAddress(a.Email) || strings.ContainsAny(a.Name+a.Email, "\n\x00") || !utf8.ValidString(a.Name+a.Email) {
				t.Errorf("an address is %+v", a)
			}
		}
	}
	for _, a := range m.Attached {
		if a.Type == "" || strings.ContainsAny(a.Name, "/\\\n") {
			t.Errorf("an attachment is %+v", a)
		}
	}
	if len(m.Text) > maxText {
		t.Errorf("%d bytes of text", len(m.Text))
	}
}

func TestPublicMailsLoseNothing(t *testing.T) {
	came := time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)
	for _, folder := range []string{"mikel-mail", "enmime/mail", "enmime/low-quality", "mailcore2/input", "talon/signature/emails"} {
		t.Run(folder, func(t *testing.T) {
			empty, asText := 0, 0
			files := corpusFiles(t, folder)
			for _, file := range files {
				raw, err := os.ReadFile(file)
				if err != nil {
					t.Fatal(err)
				}
				m := Parse(raw, came)
				sound(t, m)
				if m.Form.Page {
					readsAsMuch(t, file, m.Text, Reading(raw))
				}
				if m.Text == "" && len(m.Attached) == 0 {
					empty++
					t.Logf("nothing to read: %s", file)
				}
				for _, odd := range m.Odd {
					if strings.HasSuffix(odd, "shown as text") {
						asText++
						t.Logf("%s: %s", file, odd)
					}
				}
			}
			t.Logf("%d mails, %d shown as text, %d with nothing to read", len(files), asText, empty)
		})
	}
}

// readsAsMuch fails if a page lost words that its plain text has.
func readsAsMuch(t *testing.T, file, plain, reading string) {
	t.Helper()
	if !utf8.ValidString(reading) || strings.ContainsAny(reading, "\x00\r\x1b") {
		t.Errorf("%s is not clean text", file)
	}
	letters := func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }
	have := map[string]bool{}
	for _, word := range strings.FieldsFunc(reading, letters) {
		have[word] = true
	}
	var lost []string
	words := strings.FieldsFunc(plain, letters)
	for _, word := range words {
		if !have[word] {
			lost = append(lost, word)
		}
	}
	if len(lost)*20 > len(words) {
		t.Errorf("%s: of %d words it lost %d: %.10q", file, len(words), len(lost), lost)
	}
}

// expected is what another program made of a mail.
type expected struct {
	Header struct {
		Subject   string
		MessageID string
		Date      json.Number
		From      struct{ Mailbox, DisplayName string }
	}
}

func TestPublicMailsAsAnotherProgramReadsThem(t *testing.T) {
	root := filepath.Join(corpora, "mailcore2")
	files := corpusFiles(t, "mailcore2/input")
	var subject, from, date, id, all int
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		rel, _ := filepath.Rel(filepath.Join(root, "input"), file)
		answer, err := os.ReadFile(filepath.Join(root, "output", rel))
		if err != nil {
			continue
		}
		var want expected
		if err := json.Unmarshal(answer, &want); err != nil {
			t.Logf("%s: the expected answer is no JSON", rel)
			continue
		}
		all++
		m := Parse(raw, time.Unix(1, 0))
		count(t, &subject, rel, "subject", m.Subject, OneLine(want.Header.Subject))
		count(t, &from, rel, "from", m.Sender().Email, text.NormalAddress(want.Header.From.Mailbox))
		if want.Header.MessageID == "MyMessageID123@mail.gmail.com" {
			want.Header.MessageID = "" // that program makes one up
		}
		count(t, &id, rel, "Message-ID", m.MessageID, want.Header.MessageID)
		if seconds, err := want.Header.Date.Int64(); err == nil {
			theirs := time.Unix(seconds, 0).UTC()
			if theirs.Year() > 2050 {
				theirs = theirs.AddDate(-100, 0, 0) // that program reads the year 91 as 2091
			}
			count(t, &date, rel, "date", m.Date.UTC().Format(time.RFC3339), theirs.Format(time.RFC3339))
		} else {
			count(t, &date, rel, "date", "", "")
		}
	}
	t.Logf("of %d: subject %d, from %d, date %d, Message-ID %d are equal", all, subject, from, date, id)
	if subject < all || from < all-2 || date < all-15 || id < all-3 {
		t.Error("fewer are equal than were")
	}
}

func count(t *testing.T, n *int, file, what, got, want string) {
	if got == want {
		*n++
		return
	}
	t.Logf("%s: %s is %.120q, there %.120q", file, what, got, want)
}
