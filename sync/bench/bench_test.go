package bench

import (
	"context"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"
)

func TestAGeneratedCorpusIsTheSameEachTimeAndOfTheKindThatItSays(t *testing.T) {
	c, again := Generated(2000, 0), Generated(2000, 0)
	var first []string
	bytes, in := 0, map[string]int{}
	for m := range c.Mails {
		first = append(first, m.Folder+string(m.Raw))
		bytes += len(m.Raw)
		in[m.Folder]++
	}
	if len(first) != 2000 || c.N != 2000 || len(in) != folders || in["INBOX"] == 0 || in["Sent"] == 0 {
		t.Errorf("%d mails in %d folders", len(first), len(in))
	}
	if mean := bytes / len(first); mean < 2500 || mean > 3500 {
		t.Errorf("a mail has %d bytes on average", mean)
	}
	i := 0
	for m := range again.Mails {
		if first[i] != m.Folder+string(m.Raw) {
			t.Fatalf("mail %d is another one the second time", i)
		}
		i++
	}
}

func TestEveryMailOfACorpusIsRead(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"a.eml": "From: anna@kestrel.example\nSubject: Lamps\n\nThey shine.\n", "sub/b.eml": "Subject: Halls\n\nDark.\n", "sub/c.txt": "no mail",
	} {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	files, err := FromFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	cases := []struct {
		name   string
		corpus Corpus
		mails  int
	}{
		{"a generated one", Generated(600, 0), 600},
		{"one with files attached", Generated(500, 50_000), 500},
		{"the files in a folder", files, 2},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			server, err := Serve(t.TempDir(), c.corpus)
			if err != nil {
				t.Fatal(err)
			}
			defer server.Close()
			line, err := NewLine(t.Context(), net.JoinHostPort(server.Host, strconv.Itoa(server.Port)), time.Millisecond)
			if err != nil {
				t.Fatal(err)
			}
			defer line.Close()
			at := server.Server
			at.Host, at.Port = line.Host, line.Port
			r, err := Run(context.Background(), t.TempDir(), c.corpus, at)
			if err != nil {
				t.Fatal(err)
			}
			if r.Mails != c.mails || r.First <= 0 || r.Newest <= 0 || r.Newest > r.First || r.NoChange <= 0 || r.HeapPeak == 0 {
				t.Errorf("measured %+v, want %d mails", r, c.mails)
			}
		})
	}
}

// BenchmarkFirstSync reads a generated mailbox from a loopback server into a new
// workspace; mails/s is the whole of it, the server's work too.
func BenchmarkFirstSync(b *testing.B) {
	c := Generated(5000, 0)
	dir := b.TempDir()
	server, err := Serve(dir, c)
	if err != nil {
		b.Fatal(err)
	}
	defer server.Close()
	var mails int
	var seconds float64
	for b.Loop() {
		r, err := Run(context.Background(), filepath.Join(b.TempDir(), "workspace"), c, server.Server)
		if err != nil {
			b.Fatal(err)
		}
		mails += r.Mails
		seconds += r.First.Seconds()
	}
	b.ReportMetric(float64(mails)/seconds, "mails/s")
}
