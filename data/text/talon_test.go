package text

import (
	"encoding/base64"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestOwnOnTalonsReplies reads the standard replies of mailgun's talon, where its corpus lies beside the project.
// In each but one the sender wrote "Hello"; what a program added below is not counted as theirs.
func TestOwnOnTalonsReplies(t *testing.T) {
	files, _ := filepath.Glob("../../../shared/testing/corpora/mail/talon/standard_replies/*.eml")
	if len(files) == 0 {
		t.Skip("the corpus mail/talon is not here")
	}
	for _, f := range files {
		raw, err := os.Open(f)
		if err != nil {
			t.Fatal(err)
		}
		m, err := mail.ReadMessage(raw)
		if err != nil {
			t.Fatalf("%s: %v", f, err)
		}
		body := plainText(t, m.Header.Get("Content-Type"), m.Header.Get("Content-Transfer-Encoding"), m.Body)
		raw.Close()
		if got := Own(body); got != "Hello" {
			t.Errorf("%s: own text is %q", filepath.Base(f), got)
		}
		if got := joined(Split(body)); got != body {
			t.Errorf("%s: the parts do not join to the body", filepath.Base(f))
		}
	}
}

// plainText decodes the first text part.
func plainText(t *testing.T, contentType, encoding string, r io.Reader) string {
	kind, params, err := mime.ParseMediaType(contentType)
	if err != nil {
		t.Fatal(err)
	}
	if strings.HasPrefix(kind, "multipart/") {
		part, err := multipart.NewReader(r, params["boundary"]).NextRawPart()
		if err != nil {
			t.Fatal(err)
		}
		return plainText(t, part.Header.Get("Content-Type"), part.Header.Get("Content-Transfer-Encoding"), part)
	}
	switch strings.ToLower(encoding) {
	case "base64":
		r = base64.NewDecoder(base64.StdEncoding, r)
	case "quoted-printable":
		r = quotedprintable.NewReader(r)
	}
	body, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}
