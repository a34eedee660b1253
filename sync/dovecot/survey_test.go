//go:build unix

package dovecot_test

import (
	"bytes"
	"fmt"
	"html"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"rapport/data"
	"rapport/data/store"
	"rapport/data/survey"
	"rapport/sync"
	"rapport/sync/dovecot"
)

const (
	surveyed = 30 // contacts who are asked
	replied  = 20 // of whom so many answer
)

// TestASurveyIsAskedAndCountedOverARealServer puts a survey for thirty people into
// Drafts, answers by the links that stand in those mails in the shapes that mail
// programs give to replies, and counts each person once.
func TestASurveyIsAskedAndCountedOverARealServer(t *testing.T) {
	server := startTaking(t, dovecot.Options{})
	old := "From: maya@larkfield.example\r\nTo: x@elsewhere.example\r\nSubject: An old draft\r\n\r\nx\r\n"
	if err := server.Deliver("Drafts", []byte(old), time.Now(), false); err != nil { // so that there is such a folder
		t.Fatal(err)
	}
	db, err := store.Open(t.Context(), t.TempDir(), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	box, err := sync.AddMailbox(t.Context(), db, password{},
		data.Mailbox{Address: "maya@larkfield.example", Host: "127.0.0.1", Port: server.Port, Security: data.Plain, User: dovecot.User}, dovecot.Password)
	if err != nil {
		t.Fatal(err)
	}
	s := askThirty(t, db, box)
	engine := sync.New(db, password{}, sync.Options{})
	if err := engine.Send(t.Context()); err != nil {
		t.Fatal(err)
	}
	lying := draftsOn(t, server)
	if len(lying) != surveyed {
		t.Fatalf("%d mails lie in Drafts, want %d", len(lying), surveyed)
	}
	for i := range replied {
		for _, raw := range replyOf(lying[fmt.Sprintf("person%02d@kestrel.example", i)], i) {
			if err := server.Deliver("INBOX", raw, time.Now(), false); err != nil {
				t.Fatal(err)
			}
		}
	}
	for range 2 { // the second reading changes nothing
		if _, err := engine.Once(t.Context()); err != nil {
			t.Fatal(err)
		}
		countReplies(t, db, s)
	}
}

func askThirty(t *testing.T, db *store.DB, box data.Mailbox) data.Survey {
	t.Helper()
	s := data.Survey{Title: "How are we doing?", On: "2026-11-17"}.WithQuestions([]data.Question{
		{Words: "Would you recommend us?", Form: data.AnswerForm{High: 10}}, {Words: "What should we change?"}})
	_, err := db.Write(t.Context(), "", func(tx *store.Tx) (err error) {
		account := data.Account{ID: "kestrel", Name: "Kestrel Museums", Domains: []string{"kestrel.example"}}
		if err := tx.PutAccount(account); err != nil {
			return err
		}
		if s, err = store.PutPart(tx, s); err != nil {
			return err
		}
		for i := range surveyed {
			c := data.Contact{ID: fmt.Sprintf("person-%02d", i), AccountID: account.ID, Name: fmt.Sprintf("Person %02d", i), Emails: []string{fmt.Sprintf("person%02d@kestrel.example", i)}}
			if err := tx.PutContact(c); err != nil {
				return err
			}
			ask := data.SurveyAsk{Belongs: data.Belongs{Account: account.ID, Contact: c.ID}, Survey: s.ID, On: s.On}
			_, d, err := tx.SurveyDraft(box.ID, ask, survey.Letter{Survey: s, To: data.Address{Name: c.Name, Email: c.Emails[0]},
				From: data.Address{Name: "Maya", Email: box.Address}, Hello: "Dear " + c.Name + ",", Opening: "Grüße aus Lärkfield."})
			if err != nil {
				return err
			}
			if err := tx.QueueDraft(d.ID, true, tx.Now()); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// asking is a mail that lies in Drafts: its plain text, and the subject that each
// of its links makes.
type asking struct {
	text  string
	links []string
}

var hrefs = regexp.MustCompile(`href="(mailto:[^"]*)"`)

// draftsOn reads the mails of the survey where the server keeps them, by whom they
// go to.
func draftsOn(t *testing.T, server *dovecot.Server) map[string]asking {
	t.Helper()
	found := map[string]asking{}
	for _, sub := range []string{"cur", "new"} {
		files, _ := filepath.Glob(filepath.Join(server.Box("Drafts"), sub, "*"))
		for _, name := range files {
			raw, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			m, err := mail.ReadMessage(bytes.NewReader(raw))
			if err != nil {
				t.Fatal(err)
			}
			kind, params, _ := mime.ParseMediaType(m.Header.Get("Content-Type"))
			if kind != "multipart/alternative" {
				continue // the old one
			}
			to, err := m.Header.AddressList("To")
			if err != nil {
				t.Fatal(err)
			}
			found[to[0].Address] = formsOf(t, multipart.NewReader(m.Body, params["boundary"]))
		}
	}
	return found
}

func formsOf(t *testing.T, parts *multipart.Reader) (a asking) {
	t.Helper()
	for {
		p, err := parts.NextRawPart()
		if err == io.EOF {
			return a
		}
		if err != nil {
			t.Fatal(err)
		}
		var body io.Reader = p
		if p.Header.Get("Content-Transfer-Encoding") == "quoted-printable" {
			body = quotedprintable.NewReader(p)
		}
		all, err := io.ReadAll(body)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(p.Header.Get("Content-Type"), "text/plain") {
			a.text = string(all)
			continue
		}
		for _, m := range hrefs.FindAllStringSubmatch(string(all), -1) {
			u, err := url.Parse(html.UnescapeString(m[1]))
			if err != nil {
				t.Fatal(err)
			}
			a.links = append(a.links, u.Query().Get("subject"))
		}
	}
}

// replyOf are the mails that person i sends: the i-th shape. Everybody means i
// modulo 11.
func replyOf(a asking, i int) [][]byte {
	choice := i % 11
	subject := a.links[choice]
	from := fmt.Sprintf("person%02d@kestrel.example", i)
	n := 0
	mail := func(from, subject, head, body string) []byte {
		n++
		return fmt.Appendf(nil, "From: %s\r\nTo: maya@larkfield.example\r\nSubject: %s\r\nDate: Wed, 18 Nov 2026 09:%02d:%02d +0000\r\nMessage-ID: <%d.%s>\r\nMIME-Version: 1.0\r\n%s\r\n%s",
			from, subject, i, n, n, from, head, strings.ReplaceAll(body, "\n", "\r\n"))
	}
	plain := "Content-Type: text/plain; charset=utf-8\r\n"
	quoted := "\n\nOn 17 Nov 2026, at 10:00, Maya <maya@larkfield.example> wrote:\n> " + strings.ReplaceAll(strings.ReplaceAll(a.text, "\r\n", "\n"), "\n", "\n> ")
	one := func(subject, head, body string) [][]byte { return [][]byte{mail(from, subject, head, body)} }
	switch i {
	case 0: // Apple Mail: nothing in it
		return one(subject, plain, "")
	case 1: // Outlook: HTML only
		return one("AW: "+subject, "Content-Type: text/html; charset=utf-8\r\n", "<html><body><p>Good <b>people</b>.</p></body></html>")
	case 2: // a gateway's banner in the subject
		return one("Re: [EXTERNAL] "+subject, plain, "CAUTION: this mail came from outside.\n")
	case 3: // an encoded subject, folded
		return one(mime.BEncoding.Encode("utf-8", "Übrigens: "+subject), plain, "Grüße")
	case 4: // quoted-printable subject
		return one(mime.QEncoding.Encode("utf-8", "Ré: "+subject), plain, "")
	case 5: // lower case
		return one(strings.ToLower(subject), plain, "")
	case 6: // sent twice by an impatient finger
		return append(one(subject, plain, ""), mail(from, subject, plain, ""))
	case 7: // changed their mind: the last counts
		return append(one(a.links[0], plain, ""), mail(from, subject, plain, ""))
	case 8: // a reply by lines, below a quote
		return one("Re: How are we doing?", plain, fmt.Sprintf("1: %d\n2: Less paper\n%s", choice, quoted))
	case 9: // the same with other marks
		return one("Re: How are we doing?", plain, fmt.Sprintf("1) %d, gladly\n%s", choice, quoted))
	case 10: // a forged second one beside the true one
		return append(one(subject, plain, ""), mail(from, strings.Replace(a.links[0], "-00-", "-09-", 1), plain, ""))
	case 11: // from the phone's address
		return [][]byte{mail("phone11@private.example", subject, plain, "Sent from my phone")}
	case 12: // forwarded to a colleague who answers too: their own counts
		return append(one(subject, plain, ""), mail("other@kestrel.example", "Fwd: "+a.links[10], plain, ""))
	case 13: // out of range first, then well
		return append(one("Re: How are we doing?", plain, "1: 12\n"+quoted), mail(from, subject, plain, ""))
	case 14: // an absence notice beside it
		return append(one(subject, plain, ""), mail(from, "Automatic reply: How are we doing?", plain+"Auto-Submitted: auto-replied\r\n", "I am away."+quoted))
	case 15: // a long folded subject
		return one(strings.Replace(subject, " ", "\r\n ", 1), plain, "")
	case 16: // HTML reply that quotes the whole of ours
		return one("Re: How are we doing?", "Content-Type: text/html; charset=utf-8\r\n",
			fmt.Sprintf("<div>1: %d</div><blockquote type=\"cite\">%s</blockquote>", choice, html.EscapeString(a.text)))
	case 17: // with words and a signature
		return one(subject, plain, "Sehr gern.\n\n-- \nPerson 17\nKestrel Museums\n")
	case 18: // no type said
		return one(subject, "", "ok")
	}
	return one("RE: RE: "+subject, plain, "Yes.\n\n________________________________\nFrom: Maya\nSent: Tuesday\nTo: Person\nSubject: How are we doing?\n\n"+a.text)
}

func countReplies(t *testing.T, db *store.DB, s data.Survey) {
	t.Helper()
	given, err := db.SurveyGiven(t.Context(), s.ID)
	if err != nil {
		t.Fatal(err)
	}
	r := survey.Count(given)
	answered := 0
	for _, p := range r.People {
		var i int
		fmt.Sscanf(p.Contact.Name, "Person %d", &i)
		if p.Answered() != (i < replied) {
			t.Errorf("%s: answered %v", p.Contact.Name, p.Answered())
			continue
		}
		if !p.Answered() {
			continue
		}
		answered++
		if a := p.Answers[0]; a.Question != 1 || a.Choice != fmt.Sprint(i%11) || a.Interaction == "" {
			t.Errorf("%s means %d, counted is %+v", p.Contact.Name, i%11, a.SurveyAnswer)
		}
	}
	if q := r.Questions[0]; answered != replied || q.Answered != replied || q.All.N != replied {
		t.Errorf("%d people, %d answers, %d in the figure; want %d of each", answered, q.Answered, q.All.N, replied)
	}
	why := map[string]int{}
	for _, a := range r.Refused {
		why[a.Refused]++
	}
	if len(r.Refused) != 2 || why["its code was changed on the way, or is not ours"] != 1 || why[`"12" is not a number from 0 to 10`] != 1 {
		t.Errorf("refused: %v", why)
	}
}
