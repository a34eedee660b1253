package mime

import (
	"bytes"
	"os"
	"strings"
	"testing"
	"time"
	"unicode"

	"rapport/data/sample"
)

// What is read by hand because it is what mail mostly is must read as it does
// with care: each fast way beside its slow one, on the sample's mails, on the
// public corpora and, in the fuzz tests, on anything.

// eachMail calls do with the sample's mails and with those of the public corpora
// that are here.
func eachMail(t *testing.T, do func(raw []byte)) {
	t.Helper()
	for m := range sample.Make(sample.Options{Accounts: 40, Mails: 4000}).Mail() {
		do(m.Raw)
	}
	if _, err := os.Stat(corpora); err != nil {
		t.Log("the public mails are not here; the sample's were read")
		return
	}
	for _, file := range corpusFiles(t, "") {
		if raw, err := os.ReadFile(file); err == nil && len(raw) < 1<<20 {
			do(raw)
		}
	}
}

func TestFastWaysReadAsTheSlowOnes(t *testing.T) {
	var dates, usual, quoted, plain int
	eachMail(t, func(raw []byte) {
		h, body, broken := splitHeader(raw)
		same(t, h, body, broken, raw)
		for _, f := range h {
			v := f.value()
			sameText(t, v)
			if f.is("Date") || f.is("Received") {
				_, v, _ = strings.Cut(";"+v, ";")
				dates++
				if sameDate(t, v) {
					usual++
				}
			}
		}
		for part := range leaves(partOf(h, body, 0)) {
			sameText(t, string(part.body))
			if strings.Contains(part.header.get("Content-Transfer-Encoding"), "quoted") {
				quoted++
				if sameQuoted(t, part.body) {
					plain++
				}
			}
		}
	})
	t.Logf("by hand: %d of %d dates, %d of %d parts in quoted-printable", usual, dates, plain, quoted)
	if usual*2 < dates || plain*2 < quoted {
		t.Error("what is read by hand is not what mail mostly is")
	}
}

// leaves are the parts that hold bytes.
func leaves(p part) func(yield func(part) bool) {
	return func(yield func(part) bool) {
		if len(p.parts) == 0 {
			yield(p)
			return
		}
		for _, child := range p.parts {
			for leaf := range leaves(child) {
				if !yield(leaf) {
					return
				}
			}
		}
	}
}

// same compares a header with one that is unfolded line by line.
func same(t *testing.T, h header, body []byte, broken bool, raw []byte) {
	t.Helper()
	slow, slowBody, slowBroken := splitSlowly(raw)
	if len(h) != len(slow) || !bytes.Equal(body, slowBody) || broken != slowBroken {
		t.Fatalf("%d fields, a body of %d, broken %v; slowly %d, %d, %v, of %.80q", len(h), len(body), broken, len(slow), len(slowBody), slowBroken, raw)
	}
	for i, f := range h {
		if string(f.name) != slow[i][0] || f.value() != slow[i][1] {
			t.Fatalf("a field is %q: %q, slowly %q", f.name, f.value(), slow[i])
		}
	}
}

// splitSlowly is splitHeader that reads every value at once.
func splitSlowly(raw []byte) (h [][2]string, body []byte, broken bool) {
	firstLine := func(b []byte) (line, after []byte) {
		i := bytes.IndexAny(b, "\r\n")
		if i < 0 {
			return b, nil
		}
		end := i
		for end < len(b) && b[end] == '\r' {
			end++
		}
		if end < len(b) && b[end] == '\n' {
			return b[:i], b[end+1:]
		}
		return b[:i], b[i+1:]
	}
	rest := skipJunk(bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf")))
	for len(rest) > 0 {
		line, after := firstLine(rest)
		switch name, value, ok := HeaderLine(line); {
		case len(line) == 0:
			return h, after, broken
		case len(h) > 0 && isFolded(line):
			last := &h[len(h)-1][1]
			*last = strings.TrimLeft(*last+" "+strings.TrimSpace(string(line)), " ")
		case ok:
			h = append(h, [2]string{name, value})
		case len(h) == 0 && !startsHeader(after):
			return nil, rest, true
		case !startsHeader(after):
			return h, rest, true
		default:
			broken = true
		}
		rest = after
	}
	return h, nil, broken
}

// sameText compares the ways to make a text fit to be shown.
func sameText(t *testing.T, s string) {
	t.Helper()
	slow := strings.Map(func(r rune) rune {
		if r == '\uFEFF' || unicode.IsControl(r) && r != '\n' && r != '\t' {
			return -1
		}
		return r
	}, strings.ToValidUTF8(unixLines(s), "\uFFFD"))
	if got := Printable(s); got != slow {
		t.Fatalf("%.200q is printed %.200q, slowly %.200q", s, got, slow)
	}
	if got, want := OneLine(s), strings.Join(strings.Fields(slow), " "); got != want {
		t.Fatalf("%.200q is the line %.200q, slowly %.200q", s, got, want)
	}
	if got, want := unspaced(s), strings.Join(strings.Fields(s), ""); got != want {
		t.Fatalf("%.200q without blanks is %.200q, slowly %.200q", s, got, want)
	}
	text, _ := decodeText([]byte(s), "")
	if got := rawText(s); got != text {
		t.Fatalf("%.200q is read %.200q, slowly %.200q", s, got, text)
	}
}

func sameDate(t *testing.T, s string) (usual bool) {
	t.Helper()
	got, usual := usualDate(s)
	if slow, ok := oddDate(s); usual && (!ok || !got.Equal(slow)) {
		t.Fatalf("%q is %v, slowly %v (%v)", s, got, slow, ok)
	}
	return usual
}

func sameQuoted(t *testing.T, b []byte) (plain bool) {
	t.Helper()
	got, plain := plainQuoted(b)
	if slow, odd := decodedWithCare(b, "quoted-printable"); plain && (odd != "" || !bytes.Equal(got, slow)) {
		t.Fatalf("%.200q is %.200q, slowly %.200q (%s)", b, got, slow, odd)
	}
	return plain
}

func FuzzFastWays(f *testing.F) {
	for _, s := range []string{
		"Tue, 3 Mar 2026 10:20:30 +0100 (CET)", "3 mar 2026 24:59:60 -2500", "31 Feb 1971 00:00:00 +2600", "Mar, 5 Jan 2026 1:02:03 +0000", "Tue, 3 Mar 2026 10:20:30 +0100 (5 Jan)",
		"Gr=C3=BC=c3=9fe=\r\n goes on\r\nend=3D\t=20\r\n", "a=\nb=", "x =\r\n", "a\rb\r\r\nc", "=0D=0A\x80\x00=", "trailing \nblank",
		"A: b\n c\nbroken\nFrom: x\n\ty\nbroken\n z\n\nbody", "A:\r\n \r\n b\r\r\n c\r\rrest", "\uFEFFA: \xff\xffb\r\n\x01c \u0085",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		h, body, broken := splitHeader(raw)
		same(t, h, body, broken, raw)
		sameText(t, string(raw))
		sameDate(t, string(raw))
		sameQuoted(t, raw)
	})
}

func BenchmarkParse(b *testing.B) {
	var mails [][]byte
	bytes := 0
	for m := range sample.Make(sample.Options{Accounts: 40, Mails: 1000}).Mail() {
		mails = append(mails, m.Raw)
		bytes += len(m.Raw)
	}
	b.SetBytes(int64(bytes))
	b.ReportAllocs()
	for b.Loop() {
		for _, raw := range mails {
			Parse(raw, time.Time{})
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(mails)), "ns/mail")
}
