package mail

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rapport/data"
)

// conformance is a row of docs/servers.md: a server, what it does, what Rapport
// does about it, and what comes of it, which try finds out.
type conformance struct {
	server, does, rapport, result string
	try                           func(t *testing.T) string
}

// TestServers proves every row of docs/servers.md.
func TestServers(t *testing.T) {
	for _, rows := range [][]conformance{wholeServers, faults} {
		for _, row := range rows {
			t.Run(row.server+row.does, func(t *testing.T) {
				t.Parallel()
				if got := row.try(t); got != row.result {
					t.Errorf("it came to %q, and docs/servers.md says %q", got, row.result)
				}
			})
		}
	}
}

// TestServersDocument holds docs/servers.md to the rows; UPDATE=1 writes it.
func TestServersDocument(t *testing.T) {
	path := filepath.Join("..", "..", "docs", "servers.md")
	var want strings.Builder
	want.WriteString(serversIntro)
	table(&want, []string{"Server", "What it does", "What Rapport does", "What comes of it"}, wholeServers)
	want.WriteString(serversNews)
	want.WriteString(faultsIntro)
	table(&want, []string{"What it does", "What Rapport does", "What comes of it"}, faults)
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(path, []byte(want.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(path)
	if err != nil || string(got) != want.String() {
		t.Errorf("docs/servers.md is not what the tests prove (%v); UPDATE=1 writes it", err)
	}
}

func table(out *strings.Builder, heads []string, rows []conformance) {
	line := func(cells []string) {
		for i := range cells {
			cells[i] = strings.ReplaceAll(cells[i], "|", `\|`)
		}
		fmt.Fprintf(out, "| %s |\n", strings.Join(cells, " | "))
	}
	line(heads)
	line(strings.Fields(strings.Repeat("--- ", len(heads))))
	for _, r := range rows {
		cells := []string{r.does, r.rapport, r.result}
		if len(heads) == 4 {
			cells = append([]string{r.server}, cells...)
		}
		line(cells)
	}
}

const serversIntro = `# Mail servers

How Rapport gets on with mail servers. Every row is proved by a test (` + "`TestServers`" + ` in sync/mail), which also
writes this page: ` + "`UPDATE=1 go test ./sync/mail -run Servers`" + `. The rows on Dovecot are proved where it is installed.

Rapport asks for nothing that a server does not advertise, and never for ENVELOPE or BODYSTRUCTURE, which break on many
servers: it reads mails itself. It opens folders read-only, and changes nothing on a server but to add a draft that you
asked for.

`

const serversNews = `
## New mail

Where a server has IDLE, Rapport hears of a mail the moment the server tells, and asks every 90 seconds where it has
not. From the server's EXISTS on the wire to the row of the account's timeline, fetched, read, matched, searchable and
on the disk, it took 5 to 18 ms (medians of runs; ` + "`go test ./sync/dovecot -bench Heard`" + `), and the open window another 32 ms to
read a timeline of a thousand entries again and lay it out (` + "`go test ./app -bench NewMail`" + `), both on two cores for
which twenty other processes waited. When a server tells is its own affair: Dovecot waits half a second after a delivery, whatever its settings,
so that several mails are told at once.

## What else is tried on a real Dovecot

- **Tokens** (` + "`TestTokensOpenARealServer`" + ` in sync/dovecot): a sign-in in the browser opens a Dovecot that asks the
  provider whose a token is, by OAUTHBEARER and by XOAUTH2; a token that ran out is renewed, and one that was taken
  back ends in a request to sign in again.
- **Whatever happens** (` + "`TestTheWorkspaceEqualsTheServerWhateverHappens`" + ` there): rounds of random deliveries, moves, copies,
  marks, removals, new names and new numbers of folders, and readings that are killed in the middle; after each, every
  place of every mail is compared by its bytes and marks. 5 rounds of 2,000 mails in each run of the tests, 100 of 20,000
  in ` + "`make long`" + `, which take about two hours.
`

const faultsIntro = `
## What servers do wrong

One scripted server, on the line of RFC 3501, with 60 letters in its Inbox where nothing else is said. "Each once" holds
over two runs, of which the second brings nothing and takes one connection.

`

// cameOf says what two runs over a server come to, for the document.
func cameOf(t *testing.T, src Source, onServer int, rest func()) string {
	t.Helper()
	s := newShelf(t)
	err := s.try(src)
	if p, ok := data.AsProblem(err); ok {
		return fmt.Sprintf("%d mails, then: %s", len(s.at), strings.Replace(p.What(), src.Mailbox.Host, "imap.example.com", 1))
	}
	if err != nil {
		t.Fatal(err)
	}
	s.once()
	result := fmt.Sprintf("%d of %d mails, each once", len(s.at), onServer)
	if len(s.at) == onServer {
		result = fmt.Sprintf("all %d mails, each once", onServer)
	}
	for l, reason := range s.bad {
		result += fmt.Sprintf("; mail %d is set aside: %s", l.UID, reason)
	}
	for _, odds := range s.odd {
		for _, odd := range odds {
			result += "; the ledger says: " + odd
		}
	}
	if rest != nil {
		rest()
	}
	before := s.arrivals()
	s.sync(src)
	if n := s.arrivals() - before; n > 0 {
		result += fmt.Sprintf("; %d come again", n)
	}
	return result
}

// against is what comes of a scripted server.
func against(make func() *fake, change ...func(*Source)) func(t *testing.T) string {
	return func(t *testing.T) string {
		f := startFake(t, make())
		src := source(f.address)
		for _, c := range change {
			c(&src)
		}
		mails := 0
		for _, folder := range f.folders {
			mails += len(folder.mails)
		}
		calls := 0
		result := cameOf(t, src, mails, func() { calls = f.connections() })
		if n := f.connections() - calls; calls > 0 && n != 1 {
			result += fmt.Sprintf("; the second run takes %d connections", n)
		}
		return result
	}
}

func impatient(s *Source) { s.Patience = patient }
