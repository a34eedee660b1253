// Package assets holds the fonts, icons and logo of Rapport as bytes inside the program.
//
// The fonts are Inter and JetBrains Mono (SIL Open Font License 1.1), the icons are Lucide (ISC);
// their licences lie beside them and are embedded too. The package draws and parses nothing.
package assets

import (
	"embed"
	"io/fs"
	"slices"
	"strings"
)

//go:embed fonts icons logo
var files embed.FS

// Fonts, as TrueType files.
var (
	// SansRegular is the text face, with tabular digits.
	SansRegular = must("fonts/RapportSans-Regular.ttf")
	// SansBold is the text face at weight 600.
	SansBold = must("fonts/RapportSans-Bold.ttf")
	// SansItalic is the text face for the words of people.
	SansItalic = must("fonts/RapportSans-Italic.ttf")
	// SansBoldItalic is the text face at weight 600, italic.
	SansBoldItalic = must("fonts/RapportSans-BoldItalic.ttf")
	// DisplayBold is the face of titles and big numbers.
	DisplayBold = must("fonts/RapportDisplay-Bold.ttf")
	// MonoRegular is the face of addresses.
	MonoRegular = must("fonts/JetBrainsMono-Regular.ttf")
)

// The logo: two rings, ours and theirs, and what they share.
var (
	// Logo is an SVG for light grounds.
	Logo = must("logo/rapport.svg")
	// LogoDark is an SVG for dark grounds.
	LogoDark = must("logo/rapport-dark.svg")
	// LogoPicture is a PNG of 512 by 512 pixels, for window and desktop icons.
	LogoPicture = must("logo/rapport-512.png")
)

// Icon returns the SVG of the named icon ("arrow-up-right"), a filled outline on a 24 by 24 ground.
// It panics when there is no such icon: names are written in code, so a missing one is a bug.
func Icon(name string) []byte {
	return must("icons/" + name + ".svg")
}

// Icons returns the names of all icons, sorted.
func Icons() []string {
	found, err := fs.Glob(files, "icons/*.svg")
	if err != nil {
		panic("bug: " + err.Error())
	}
	names := make([]string, len(found))
	for i, path := range found {
		names[i] = strings.TrimSuffix(strings.TrimPrefix(path, "icons/"), ".svg")
	}
	slices.Sort(names)
	return names
}

// Licences returns the licence texts of everything embedded, by file name.
func Licences() map[string]string {
	return map[string]string{
		"Inter":          string(must("fonts/OFL-Inter.txt")),
		"JetBrains Mono": string(must("fonts/OFL-JetBrainsMono.txt")),
		"Lucide":         string(must("icons/LICENSE")),
	}
}

func must(path string) []byte {
	b, err := files.ReadFile(path)
	if err != nil {
		panic("bug: no asset " + path)
	}
	return b
}
