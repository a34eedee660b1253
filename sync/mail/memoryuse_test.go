package mail

import (
	"fmt"
	"io"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"strings"
	"testing"
	"time"

	"rapport/data"
)

// peak is by how much the heap grows at most while do runs. It is coarse: what
// the collector has yet to find counts too, so it is made to look often.
func peak(t *testing.T, do func()) int64 {
	t.Helper()
	defer debug.SetGCPercent(debug.SetGCPercent(10))
	runtime.GC()
	start := heapNow()
	most, stop, done := start, make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		tick := time.NewTicker(time.Millisecond)
		defer tick.Stop()
		for {
			most = max(most, heapNow())
			select {
			case <-stop:
				return
			case <-tick.C:
			}
		}
	}()
	do()
	close(stop)
	<-done
	return most - start
}

func heapNow() int64 {
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(sample)
	return int64(sample[0].Value.Uint64())
}

// vast is a mail with an attachment of so many bytes, that is nowhere in memory.
type vast struct {
	uid  uint32
	size int64  // all of it
	says string // what the server says of its size, if not the truth
}

const vastHead = "From: karin@kestrel.example\r\nTo: maya@larkfield.example\r\nSubject: Vast %d\r\nDate: Mon, 1 Jun 2026 10:00:00 +0000\r\nMessage-ID: <v%d@x.example>\r\n" +
	"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
const vastText = "--b\r\nContent-Type: text/plain\r\n\r\nDear Maya, see below.\r\n--b\r\nContent-Type: application/zip; name=a.zip\r\nContent-Transfer-Encoding: base64\r\n\r\n"

var vastLine = strings.Repeat("QUJD", 19) + "\r\n"

func (v vast) head() string { return fmt.Sprintf(vastHead, v.uid, v.uid) }

// text writes the first n bytes of the text.
func (v vast) text(w io.Writer, n int64) {
	const end = "\r\n--b--\r\n"
	all := v.size - int64(len(v.head()))
	lines := (all - int64(len(vastText)+len(end))) / int64(len(vastLine))
	out := &firstBytes{w: w, left: n}
	_, _ = io.WriteString(out, vastText)
	for block := int64(800); lines > 0 && out.left > 0; lines -= block {
		_, _ = io.WriteString(out, strings.Repeat(vastLine, int(min(block, lines))))
	}
	_, _ = io.WriteString(out, strings.Repeat("\n", int(max(0, out.left-int64(len(end)))))+end)
}

// firstBytes writes no more than so many bytes.
type firstBytes struct {
	w    io.Writer
	left int64
}

func (f *firstBytes) Write(p []byte) (int, error) {
	n, err := f.w.Write(p[:min(int64(len(p)), f.left)])
	f.left -= int64(n)
	return len(p), err
}

// serveVast is a server of one folder that makes up its mails as it goes.
func serveVast(t *testing.T, mails ...vast) *fake {
	folder := &fakeFolder{wire: "INBOX", validity: 7, next: uint32(len(mails) + 1)}
	for _, v := range mails {
		folder.mails = append(folder.mails, &fakeMail{uid: v.uid})
	}
	f := &fake{folders: []*fakeFolder{folder}}
	f.hook = func(c *fakeConn, command, args string) bool {
		if command != "UID FETCH" {
			return false
		}
		for i, v := range mails {
			if inSet(args, v.uid, uint32(len(mails))) {
				v.answer(c, i+1, args)
			}
		}
		c.ok()
		return true
	}
	return startFake(t, f)
}

func (v vast) answer(c *fakeConn, seq int, items string) {
	says := v.says
	if says == "" {
		says = fmt.Sprint(v.size)
	}
	_, _ = fmt.Fprintf(c, "* %d FETCH (UID %d", seq, v.uid)
	if strings.Contains(items, "RFC822.SIZE") {
		_, _ = fmt.Fprintf(c, " RFC822.SIZE %s", says)
	}
	head := v.head()
	rest := v.size - int64(len(head))
	switch {
	case strings.Contains(items, "BODY.PEEK[]"):
		_, _ = fmt.Fprintf(c, " BODY[] {%d}\r\n%s", v.size, head)
		v.text(c, rest)
	case strings.Contains(items, "BODY.PEEK[TEXT]"):
		_, _ = fmt.Fprintf(c, " BODY[HEADER]<0> {%d}\r\n%s BODY[TEXT]<0> {%d}\r\n", len(head), head, min(rest, cutBytes))
		v.text(c, min(rest, cutBytes))
	}
	c.say(")")
}

func TestLargeMailsDoNotFillTheMemory(t *testing.T) {
	const mb = 1 << 20
	several := []vast{{uid: 1, size: 24 * mb}, {uid: 2, size: 24 * mb}, {uid: 3, size: 24 * mb}}
	unsized := []vast{{uid: 1, size: 24 * mb, says: "unknown"}, {uid: 2, size: 24 * mb}, {uid: 3, size: 24 * mb}}
	for name, c := range map[string]struct {
		mails []vast
		most  int64
	}{
		"one of 100 MB":                               {[]vast{{uid: 1, size: 100 * mb}}, 20 * mb},
		"one of 100 MB whose size is told wrong":      {[]vast{{uid: 1, size: 100 * mb, says: "700"}}, 20 * mb},
		"one of 100 MB whose size breaks the answer":  {[]vast{{uid: 1, size: 100 * mb, says: "unknown"}}, 20 * mb},
		"three of 24 MB":                              {several, 110 * mb},
		"three of 24 MB whose sizes break the answer": {unsized, 130 * mb},
	} {
		t.Run(name, func(t *testing.T) {
			f := serveVast(t, c.mails...)
			src := source(f.address)
			mails := 0
			grew := peak(t, func() {
				err := src.Fetch(t.Context(), "", func(b data.Batch) error {
					for _, a := range b.Arrived {
						mails++
						if !strings.HasPrefix(a.Message.Subject, "Vast") || !strings.HasPrefix(a.Message.Text, "Dear Maya, see below.") {
							t.Errorf("%q: %.80q", a.Message.Subject, a.Message.Text)
						}
					}
					return nil
				})
				if err != nil {
					t.Error(err)
				}
			})
			if mails != len(c.mails) {
				t.Errorf("%d mails, want %d", mails, len(c.mails))
			}
			t.Logf("the heap grew by %d MB", grew/mb)
			if grew > c.most {
				t.Errorf("the heap grew by %d MB, more than %d", grew/mb, c.most/mb)
			}
		})
	}
}
