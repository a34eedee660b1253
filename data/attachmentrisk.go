package data

import (
	"archive/zip"
	"bytes"
	"fmt"
	"strings"
	"unicode"
)

// FileRisk says why a file that came by mail may do harm when it is opened, as a
// sentence without its full stop; "" where nothing speaks against it. It looks at
// the name as the mail has it, at the bytes, and into zip archives: a program is
// one whatever it is called. It is no virus scanner: what it lets pass may still
// be crafted.
func FileRisk(name string, content []byte) string {
	plain, turned := cutMarks(name)
	ending := lastEnding(plain)
	kind := programs[ending]
	switch {
	case turned && kind != "":
		return fmt.Sprintf("Its name is written so that it looks like another file, and it is %s", kind)
	case kind != "" && looksHarmless(plain):
		return fmt.Sprintf("It is %s that pretends to be something else: its name ends twice", kind)
	case kind != "":
		return "It is " + kind
	}
	if kind := programIn(content); kind != "" {
		return fmt.Sprintf("It is %s, whatever its name says", kind)
	}
	switch {
	case turned:
		return "Its name holds hidden characters that turn the direction of writing"
	case macros[ending]:
		return "It is an Office file that may hold macros, which are programs"
	case bytes.HasPrefix(content, []byte("PK\x03\x04")):
		return riskInZip(content)
	case bytes.HasPrefix(content, oldOffice) && holdsMacros(content):
		return "It is an Office file with macros, which are programs"
	case archives[ending]:
		return "It is an archive that may hold programs; look at what is in it before you open that"
	}
	return ""
}

// programs are endings that some system runs when the file is opened, with what
// they are.
var programs = byEnding(programKinds)

var programKinds = map[string]string{
	"a program":                          "exe com scr pif cpl msi msp msu mst msix appx appxbundle appinstaller gadget dll sys drv ocx bin run elf app command pkg mpkg appimage deb rpm snap flatpak flatpakref apk xpi crx jar jnlp action workflow",
	"a script":                           "bat cmd ps1 ps1xml ps2 psc1 psc2 psd1 psm1 vb vbe vbs js jse mjs ws wsf wsc wsh sct hta sh bash zsh csh ksh fish py pyc pyw pyz pyzw rb pl php lua tcl scpt scptd applescript osx ahk au3 a3x bas ms msh msh1 msh2 mshxml terminal tool",
	"a shortcut that can start programs": "lnk url website webloc desktop inetloc fileloc scf library-ms search-ms searchconnector-ms settingcontent-ms appref-ms theme themepack rdp ica",
	"a setting that changes the system":  "reg inf mobileconfig mobileprovision configprofile provprofile job msc grp application gpd prf pcd ins isp",
	"a web page that can run scripts":    "html htm xhtml xht shtml mht mhtml svg svgz xsl xslt",
	"a disk image, which can hold programs that look like files": "iso img dmg vhd vhdx udf cdr toast sparseimage sparsebundle wim",
	"a help file that can run scripts":                           "chm hlp hpj",
	"an add-in, which is a program":                              "xll xla xlam ppa ppam wll vsto oxt",
	"a notebook or database that can hold programs":              "one onepkg onetoc2 ade adp mda mdb mde mdz accda accdb accde accdr maf mam maq mar mas mat mau mav maw",
}

func byEnding(kinds map[string]string) map[string]string {
	kindOf := map[string]string{}
	for kind, list := range kinds {
		for ending := range strings.FieldsSeq(list) {
			kindOf[ending] = kind
		}
	}
	return kindOf
}

// macros are endings of Office files that are made to hold macros.
var macros = setOfWords("docm dotm xlsm xltm xlsb pptm potm ppsm sldm vsdm vstm vssm")

// archives are endings of files that hold others and that Risk cannot look into.
var archives = setOfWords("rar 7z ace arj cab gz tgz bz2 tbz xz txz tar lzh lha zst z uue")

// harmless are endings that people open without a thought.
var harmless = setOfWords("pdf doc docx xls xlsx ppt pptx odt ods odp txt rtf csv jpg jpeg png gif bmp tif tiff webp heic mp3 mp4 mov wav avi zip eml ics vcf")

func setOfWords(list string) map[string]bool {
	set := map[string]bool{}
	for word := range strings.FieldsSeq(list) {
		set[word] = true
	}
	return set
}

// cutMarks takes characters without a shape out of a name; turned says that one
// of them changes the direction of writing.
func cutMarks(name string) (plain string, turned bool) {
	plain = strings.Map(func(r rune) rune {
		turned = turned || unicode.Is(unicode.Bidi_Control, r)
		if unicode.Is(unicode.Cf, r) || unicode.IsControl(r) {
			return -1
		}
		return r
	}, name)
	return strings.TrimRight(strings.ToLower(plain), " .\u00a0"), turned
}

// lastEnding is what follows the last dot, without blanks.
func lastEnding(name string) string {
	i := strings.LastIndexByte(name, '.')
	if i < 0 {
		return ""
	}
	return strings.TrimSpace(name[i+1:])
}

// looksHarmless says whether what stands before the last ending ends as a
// document does: "invoice.pdf.exe", with or without blanks between.
func looksHarmless(name string) bool {
	stem := name[:max(0, strings.LastIndexByte(name, '.'))]
	return harmless[lastEnding(strings.TrimRight(stem, " _\u00a0"))]
}

// beginnings are how programs begin.
var beginnings = []struct{ bytes, kind string }{
	{"MZ", "a Windows program"},
	{"\x7fELF", "a Linux program"},
	{"\xcf\xfa\xed\xfe", "a Mac program"}, {"\xce\xfa\xed\xfe", "a Mac program"}, {"\xfe\xed\xfa\xce", "a Mac program"}, {"\xfe\xed\xfa\xcf", "a Mac program"},
	{"\xca\xfe\xba\xbe", "a program"},
	{"#!", "a script"},
	{"L\x00\x00\x00\x01\x14\x02\x00", "a shortcut that can start programs"},
	{"ITSF", "a help file that can run scripts"},
	{"<html", "a web page that can run scripts"}, {"<!doctype html", "a web page that can run scripts"}, {"<script", "a web page that can run scripts"},
	{"<svg", "a web page that can run scripts"}, {"<hta:", "a script"}, {"<?php", "a script"},
	{"[internetshortcut]", "a shortcut that can start programs"}, {"[desktop entry]", "a shortcut that can start programs"},
}

// programIn says what kind of program the bytes are, or "".
func programIn(content []byte) string {
	head := bytes.TrimLeft(bytes.TrimPrefix(content[:min(len(content), 1024)], []byte("\xef\xbb\xbf")), " \t\r\n")
	low := strings.ToLower(string(head))
	for _, b := range beginnings {
		if !bytes.HasPrefix(content, []byte(b.bytes)) && !(isMark(b.bytes) && strings.HasPrefix(low, b.bytes)) {
			continue
		}
		if b.bytes == "MZ" && len(content) < 64 {
			continue // two letters of a text
		}
		return b.kind
	}
	switch {
	case strings.HasPrefix(low, "<?xml") && (strings.Contains(low, "<svg") || strings.Contains(low, "<html")):
		return "a web page that can run scripts"
	case len(content) >= 0x8006 && string(content[0x8001:0x8006]) == "CD001":
		return "a disk image, which can hold programs that look like files"
	case strings.HasPrefix(low, `{\rtf`) && (bytes.Contains(content, []byte(`\objdata`)) || bytes.Contains(content, []byte(`\objautlink`))):
		return "a text with something embedded that can run"
	}
	return ""
}

// isMark says whether a beginning is text, whose letters may be of any case.
func isMark(s string) bool { return strings.ContainsAny(s[:1], "<[") }

var oldOffice = []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")

// holdsMacros finds the names of the streams in which Office before 2007 keeps
// macros; they are written in UTF-16.
func holdsMacros(content []byte) bool {
	for _, name := range []string{"_VBA_PROJECT", "Macros"} {
		var wide []byte
		for _, c := range []byte(name) {
			wide = append(wide, c, 0)
		}
		if bytes.Contains(content, wide) {
			return true
		}
	}
	return false
}

// zipped is how many names of a zip archive are looked at.
const zipped = 10_000

// riskInZip looks at the names in a zip archive, as Office files of today are
// too.
func riskInZip(content []byte) string {
	archive, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return "It is an archive that cannot be looked into"
	}
	locked := false
	for _, f := range archive.File[:min(len(archive.File), zipped)] {
		name, _ := cutMarks(f.Name)
		locked = locked || f.Flags&1 != 0
		kind := programs[lastEnding(name)]
		switch {
		case strings.HasSuffix(name, "vbaproject.bin"):
			return "It is an Office file with macros, which are programs"
		case strings.HasPrefix(name, "word/"), strings.HasPrefix(name, "xl/"), strings.HasPrefix(name, "ppt/"), isOfficeXML(name):
		case kind != "" && !strings.HasSuffix(name, ".xml"):
			return fmt.Sprintf("It is an archive, and holds %s: %s", kind, Attachment{Name: f.Name}.FileName())
		}
	}
	if locked {
		return "It is an archive locked with a password, so no virus scanner can have looked into it"
	}
	return ""
}

// isOfficeXML knows the files beside an Office document's own.
func isOfficeXML(name string) bool {
	return strings.HasPrefix(name, "_rels/") || strings.HasPrefix(name, "docprops/") || strings.HasPrefix(name, "customxml/") || strings.HasPrefix(name, "[content_types]")
}
