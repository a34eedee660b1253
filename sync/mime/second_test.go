package mime

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/emersion/go-message"
	_ "github.com/emersion/go-message/charset" // it knows UTF-8 alone without
	second "github.com/emersion/go-message/mail"
)

// opinion is what go-message makes of a mail.
type opinion struct {
	subject string
	from    string
	texts   []string // plain and HTML
	files   []string
	err     error // why it went no further
}

func secondOpinion(raw []byte) (o opinion) {
	defer func() {
		if p := recover(); p != nil {
			o.err = errors.New("it panics")
		}
	}()
	r, err := second.CreateReader(bytes.NewReader(raw))
	if r == nil || err != nil && !message.IsUnknownCharset(err) && !message.IsUnknownEncoding(err) {
		return opinion{err: err}
	}
	o.subject, _ = r.Header.Subject()
	if list, err := r.Header.AddressList("From"); err == nil && len(list) > 0 {
		o.from = strings.ToLower(list[0].Address)
	}
	for {
		p, err := r.NextPart()
		if errors.Is(err, io.EOF) {
			return o
		}
		if p == nil || err != nil && !message.IsUnknownCharset(err) && !message.IsUnknownEncoding(err) {
			o.err = err
			return o
		}
		body, err := io.ReadAll(p.Body)
		if err != nil {
			o.err = err
		}
		switch h := p.Header.(type) {
		case *second.InlineHeader:
			kind, params, err := h.ContentType()
			_, more, _ := h.ContentDisposition()
			if named := params["name"] + more["filename"] + more["name"]; (kind == "text/plain" || err != nil) && named == "" {
				o.texts = append(o.texts, string(body))
			}
		case *second.AttachmentHeader:
			name, _ := h.Filename()
			o.files = append(o.files, name)
		}
	}
}

// wordsOf are the letters and numbers of a text, in words of which there is a
// reason to miss one.
func wordsOf(s string) []string {
	return slices.DeleteFunc(strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) }), func(w string) bool { return len(w) < 5 })
}

// sealFile is what a signature or an encrypted mail is called: it is named as such
// and no file of the mail.
var sealFile = regexp.MustCompile(`(?i)\.(p7[sm]|asc|sig)$`)

// TestSecondOpinion compares with go-message what we read of the public mails:
// nothing that it can read may be missing here. What differs is explained in
// known, by the file's name.
func TestSecondOpinion(t *testing.T) {
	known := map[string]string{
		"mikel-mail/attachment_emails/attachment_nonascii_filename.eml":  "it takes a file whose header has raw 8-bit letters for the text",
		"mikel-mail/attachment_emails/attachment_with_unquoted_name.eml": "it takes a file whose name has no quotes for the text",
		"mikel-mail/error_emails/bad_encoded_subject.eml":                "it leaves a word in the charset NONE encoded",
		"mikel-mail/error_emails/invalid_subject_characters.eml":         "it guesses no charset",
		"mikel-mail/rfc6532/utf8_headers.eml":                            "we keep domains in the form of the wire",
		"enmime/mail/mime-bad-content-transfer-encoding.raw":             "it decodes plain words as base64",
		"mailcore2/input/mbox/jwz/40":                                    "it takes the headers of a digest's mails for text",
		"mailcore2/input/mbox/jwz/52":                                    "it takes the headers of a digest's mails for text",
		"mailcore2/input/mbox/jwz/69":                                    "it is in utf-8, and says iso-8859-1",
	}
	for _, folder := range []string{"mikel-mail", "enmime/mail", "enmime/low-quality", "mailcore2/input"} {
		t.Run(folder, func(t *testing.T) {
			refused, compared := 0, 0
			for _, file := range corpusFiles(t, folder) {
				raw, err := os.ReadFile(file)
				if err != nil {
					t.Fatal(err)
				}
				o, m := secondOpinion(raw), Parse(raw, time.Unix(1, 0))
				if o.err != nil {
					refused++
				}
				compared++
				var differ []string
				if want := OneLine(o.subject); want != m.Subject && o.subject != "" {
					differ = append(differ, "subject "+m.Subject+" / "+want)
				}
				if o.from != "" && o.from != m.Sender().Email {
					differ = append(differ, "from "+m.Sender().Email+" / "+o.from)
				}
				for _, text := range o.texts {
					differs := len(differ)
					for _, w := range wordsOf(text) {
						if !strings.Contains(m.Text, w) {
							differ = append(differ, "a word is missing: "+w)
							break
						}
					}
					if len(differ) > differs {
						break
					}
				}
				for _, f := range o.files {
					sealed := m.Form.Signed+m.Form.Encrypted != "" && sealFile.MatchString(f)
					if f = fileName(f); f != "" && !sealed && !slices.Contains(strings.Split(names(m), ", "), f) {
						differ = append(differ, "a file is missing: "+f+" of "+names(m))
					}
				}
				rel, _ := filepath.Rel(corpora, file)
				if why := known[rel]; len(differ) > 0 != (why != "") {
					t.Errorf("%s: %s; explained by %q", rel, strings.Join(differ, "; "), why)
				}
			}
			t.Logf("%d mails, of which go-message gives up %d", compared, refused)
		})
	}
}
