package codec_test

import (
	"bytes"
	"io"
	"reflect"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"pgregory.net/rapid"

	"rapport/data/codec"
)

func readAll(t testing.TB, text string) (*codec.List, []codec.Row) {
	t.Helper()
	l, err := codec.ReadList(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	var rows []codec.Row
	for {
		row, err := l.Next()
		if err == io.EOF {
			return l, rows
		}
		if err != nil {
			t.Fatal(err)
		}
		rows = append(rows, row)
	}
}

func encoded(t *testing.T, text string, utf16 bool) string {
	t.Helper()
	if utf16 {
		s, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(text)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	s, err := charmap.Windows1252.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestListsOfOtherPrograms(t *testing.T) {
	for _, c := range []struct {
		name, text string
		comma      byte
		charset    string
		header     string
		rows       []string // of "line: cells | …"
	}{
		{"commas", "a,b\n1,2\n", ',', "UTF-8", "a|b", []string{"1|2"}},
		{"semicolons with decimal commas", "Kunde;Betrag\nKestrel;1.240,50\nAldervale;3,00\n", ';', "UTF-8", "Kunde|Betrag", []string{"Kestrel|1.240,50", "Aldervale|3,00"}},
		{"tabs and a mark at the beginning", "\ufeffa\tb\n1\t2\n", '\t', "UTF-8", "a|b", []string{"1|2"}},
		{"Windows-1252", encoded(t, "Straße;Ort\nMühlweg;Köln\n", false), ';', "Windows-1252", "Straße|Ort", []string{"Mühlweg|Köln"}},
		{"UTF-16", encoded(t, "a;b\nMühlweg;€\n", true), ';', "UTF-16", "a|b", []string{"Mühlweg|€"}},
		{"line breaks and marks in quotation marks", "a,b\n\"one\ntwo\",\"say \"\"hi\"\"\"\r\n", ',', "UTF-8", "a|b", []string{"one\ntwo|say \"hi\""}},
		{"a line that names the separator", "sep=;\na;b\n1,5;2\n", ';', "UTF-8", "a|b", []string{"1,5|2"}},
		{"empty lines and separators at the end", "a,b,,\n\n1,2,,\n,,,\n", ',', "UTF-8", "a|b", []string{"1|2"}},
		{"a mark inside a value", "a,b\n5\" pipe,2\n", ',', "UTF-8", "a|b", []string{"5\" pipe|2"}},
		{"one column", "name\nKestrel\n", ',', "UTF-8", "name", []string{"Kestrel"}},
		{"old Mac lines", "a,b\r1,2\r3,4\r", ',', "UTF-8", "a|b", []string{"1|2", "3|4"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			l, rows := readAll(t, c.text)
			var got []string
			for _, r := range rows {
				if r.Broken != "" {
					t.Errorf("line %d: %s", r.Line, r.Broken)
				}
				got = append(got, strings.Join(r.Cells, "|"))
			}
			if l.Separator() != c.comma || l.Charset() != c.charset || strings.Join(l.Header(), "|") != c.header || !reflect.DeepEqual(got, c.rows) {
				t.Errorf("%q %s %q %q", l.Separator(), l.Charset(), l.Header(), got)
			}
		})
	}
}

func TestABrokenRowTakesNoOtherWithIt(t *testing.T) {
	_, rows := readAll(t, "a,b\n1,2\n\"never closed,3\n4,5\n\"x\" y,6\n7\n8,9,10\n\"in\nside\",11\n12,13\n")
	want := []struct {
		line   int
		broken string
	}{
		{2, ""}, {3, "a quotation mark is never closed"}, {4, ""}, {5, "there is text behind a closing quotation mark"},
		{6, "it has 1 value where the first line names 2 values"},
		{7, "it has 3 values where the first line names 2 values; a value with the separator in it needs quotation marks"}, {8, ""}, {10, ""},
	}
	if len(rows) != len(want) {
		t.Fatalf("%+v", rows)
	}
	for i, w := range want {
		if rows[i].Line != w.line || rows[i].Broken != w.broken {
			t.Errorf("row %d: %+v, want %+v", i, rows[i], w)
		}
	}
}

func TestAnEmptyFileIsNoList(t *testing.T) {
	for _, text := range []string{"", "\n\n", "\ufeff"} {
		if _, err := codec.ReadList(strings.NewReader(text)); err != io.EOF {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestWhatIsWrittenIsRead(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		comma := rapid.SampledFrom([]byte{',', ';', '\t'}).Draw(t, "comma")
		cell := rapid.StringMatching(`[a-zé",;\n ]{0,6}x`)
		rows := rapid.SliceOfN(rapid.SliceOfN(cell, 3, 3), 1, 8).Draw(t, "rows")
		var b bytes.Buffer
		for _, cells := range append([][]string{{"one", "two", "three"}}, rows...) {
			if err := codec.WriteRow(&b, comma, cells); err != nil {
				t.Fatal(err)
			}
		}
		l, err := codec.ReadList(&b)
		if err != nil {
			t.Fatal(err)
		}
		if l.Separator() != comma {
			t.Skip("so short a list may read otherwise")
		}
		for _, want := range rows {
			got, err := l.Next()
			if err != nil || got.Broken != "" || !reflect.DeepEqual(got.Cells, want) {
				t.Fatalf("%q: %+v, %v", want, got, err)
			}
		}
	})
}

func FuzzReadList(f *testing.F) {
	f.Add("a,b\n\"1\n2\",3\n")
	f.Add("sep=;\na;b\n\"")
	f.Add("\xff\xfea\x00")
	f.Fuzz(func(t *testing.T, text string) {
		l, err := codec.ReadList(strings.NewReader(text))
		for err == nil {
			_, err = l.Next()
		}
		if err != io.EOF {
			t.Skip(err) // UTF-16 that is cut
		}
	})
}
