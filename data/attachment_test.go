package data

import (
	"archive/zip"
	"bytes"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestFileName(t *testing.T) {
	for _, c := range []struct{ says, name, kind, want string }{
		{"a plain name", "Offer 2026.pdf", "application/pdf", "Offer 2026.pdf"},
		{"letters of any script", "Angebot für Jürgen 台北.pdf", "", "Angebot für Jürgen 台北.pdf"},
		{"a path", "../../etc/passwd", "", "passwd"},
		{"a Windows path", `C:\Users\a\x.txt`, "", "x.txt"},
		{"nothing but dots", "...", "text/plain", "attachment.txt"},
		{"no name", "", "application/pdf", "attachment.pdf"},
		{"no name and no known type", "", "application/x-thing", "attachment"},
		{"a hidden file", ".bashrc", "", "bashrc"},
		{"what a shell would take for a flag", "-rf", "", "rf"},
		{"controls and line ends", "a\x00b\nc.txt", "", "abc.txt"},
		{"turned writing", "invoice\u202Efdp.exe", "", "invoicefdp.exe"},
		{"signs that Windows refuses", `a<b>c:d"e|f?g*.txt`, "", "a_b_c_d_e_f_g_.txt"},
		{"a device's name", "CON", "", "_CON"},
		{"a device's name with an ending", "lpt1.txt", "", "_lpt1.txt"},
		{"almost a device's name", "com.txt", "", "com.txt"},
		{"dots and blanks at its end", "a.txt. . ", "", "a.txt"},
		{"blanks of many kinds", "a\u00a0 \t b.txt", "", "a b.txt"},
	} {
		if got := (Attachment{Name: c.name, Type: c.kind}).FileName(); got != c.want {
			t.Errorf("%s: %q, want %q", c.says, got, c.want)
		}
	}
	long := Attachment{Name: strings.Repeat("ü", 300) + ".pdf"}.FileName()
	if len(long) > maxFileName || !strings.HasSuffix(long, "ü.pdf") {
		t.Errorf("a long name is %q", long)
	}
}

func TestFileNamesAreFitForAnyDisk(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.OneOf(rapid.String(), rapid.StringMatching(`[./\\ \-~a-cA-C:*\x00-\x20]{0,300}`)).Draw(t, "name")
		got := Attachment{Name: name, Type: rapid.SampledFrom([]string{"", "text/plain"}).Draw(t, "type")}.FileName()
		if got == "" || len(got) > maxFileName+1 || !utf8.ValidString(got) || strings.ContainsAny(got, `/\<>:"|?*`) || got[0] == '.' ||
			strings.HasSuffix(got, ".") || strings.HasSuffix(got, " ") || isReserved(got) {
			t.Fatalf("%q is called %q", name, got)
		}
		for _, r := range got {
			if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
				t.Fatalf("%q is called %q", name, got)
			}
		}
	})
}

// zipOf is a zip archive of empty files.
func zipOf(t *testing.T, names ...string) string {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, name := range names {
		if _, err := w.Create(name); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestRisk(t *testing.T) {
	office := zipOf(t, "[Content_Types].xml", "_rels/.rels", "docProps/app.xml", "word/document.xml", "word/media/image1.svg")
	old := "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 500)
	iso := strings.Repeat("\x00", 0x8001) + "CD001"
	for _, c := range []struct{ says, name, content, want string }{
		{"a document", "Offer.pdf", "%PDF-1.7", ""},
		{"a picture", "photo.jpg", "\xff\xd8\xff", ""},
		{"a text that begins with MZ", "note.txt", "MZ is short for Mozart", ""},
		{"a Word file of today", "Offer.docx", office, ""},
		{"an old Word file", "Offer.doc", old, ""},
		{"a table", "numbers.csv", "a;b\n1;2\n", ""},
		{"an invoice in XML", "invoice.xml", "<?xml version=\"1.0\"?><Invoice/>", ""},
		{"pictures in a zip", "photos.zip", zipOf(t, "a.jpg", "b.jpg"), ""},
		{"no ending", "LICENSE", "Free for all", ""},
		{"nothing in it", "empty.txt", "", ""},

		{"a Windows program", "setup.exe", "MZ", "It is a program"},
		{"in capitals", "SETUP.EXE", "", "It is a program"},
		{"with a dot after it", "setup.exe. ", "", "It is a program"},
		{"a screensaver", "fun.scr", "", "It is a program"},
		{"a Mac program", "Tool.app", "", "It is a program"},
		{"a script", "run.js", "", "It is a script"},
		{"a shortcut", "Offer.lnk", "", "It is a shortcut that can start programs"},
		{"a web page", "fax.html", "<html>", "It is a web page that can run scripts"},
		{"a disk image", "backup.iso", "", "It is a disk image, which can hold programs that look like files"},
		{"a double ending", "invoice.pdf.exe", "", "It is a program that pretends to be something else: its name ends twice"},
		{"blanks between two endings", "invoice.pdf            .exe", "", "It is a program that pretends to be something else: its name ends twice"},
		{"turned writing", "invoice\u202Excod.exe", "", "Its name is written so that it looks like another file, and it is a program"},
		{"turned writing before a document", "a\u202Eb.pdf", "%PDF", "Its name holds hidden characters that turn the direction of writing"},
		{"a hidden character in the ending", "setup.e\u200bxe", "", "It is a program"},
		{"a program called a document", "Offer.pdf", "MZ" + strings.Repeat("\x00", 100), "It is a Windows program, whatever its name says"},
		{"a Linux program without an ending", "offer", "\x7fELF\x02\x01", "It is a Linux program, whatever its name says"},
		{"a script called a text", "readme.txt", "#!/bin/sh\n", "It is a script, whatever its name says"},
		{"a web page called a document", "Offer.doc", "\n <HTML><script>", "It is a web page that can run scripts, whatever its name says"},
		{"a drawing with scripts", "logo.png", "<?xml version=\"1.0\"?>\n<svg onload=''/>", "It is a web page that can run scripts, whatever its name says"},
		{"a shortcut called a document", "Offer.pdf", "L\x00\x00\x00\x01\x14\x02\x00", "It is a shortcut that can start programs, whatever its name says"},
		{"a disk image called an archive", "a.bin2", iso, "It is a disk image, which can hold programs that look like files, whatever its name says"},
		{"an object in a text", "a.rtf", `{\rtf1 {\object{\*\objdata 0105}}}`, "It is a text with something embedded that can run, whatever its name says"},
		{"an Office file made for macros", "Offer.docm", "", "It is an Office file that may hold macros, which are programs"},
		{"macros in a file of today", "Offer.docx", zipOf(t, "[Content_Types].xml", "word/vbaProject.bin"), "It is an Office file with macros, which are programs"},
		{"macros in an old file", "Offer.doc", old + "_\x00V\x00B\x00A\x00_\x00P\x00R\x00O\x00J\x00E\x00C\x00T\x00", "It is an Office file with macros, which are programs"},
		{"a program in a zip", "photos.zip", zipOf(t, "a.jpg", "b/photo.jpg.exe"), "It is an archive, and holds a program: photo.jpg.exe"},
		{"a broken zip", "photos.zip", "PK\x03\x04....", "It is an archive that cannot be looked into"},
		{"an archive of another kind", "photos.rar", "Rar!", "It is an archive that may hold programs; look at what is in it before you open that"},
	} {
		if got := FileRisk(c.name, []byte(c.content)); got != c.want {
			t.Errorf("%s: %q, want %q", c.says, got, c.want)
		}
	}
}

func TestAnEndingIsOfOneKind(t *testing.T) {
	seen := map[string]bool{}
	for kind, list := range programKinds {
		for _, ending := range strings.Fields(list) {
			if seen[ending] || macros[ending] || archives[ending] || harmless[ending] {
				t.Errorf("%s is %s and something else", ending, kind)
			}
			seen[ending] = true
		}
	}
}
