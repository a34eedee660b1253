package chart

import (
	"bytes"
	"encoding/xml"
	"errors"
	"image/color"
	"image/png"
	"io"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// museum is a small map with everything on it.
func museum() Map {
	return Map{
		Title: "Kestrel Museums", Note: "as of 17 November 2026",
		Columns: []Tick{{"Against", 0}, {"Neutral", 0.5}, {"Champions us", 1}}, Rows: []Tick{{"Decides", 0.9}, {"Uses", 0.1}},
		People: []Person{
			{Key: "a", Initials: "AK", Name: "Anna <Kessler> & Co", Note: "Champion, 15 h", Band: Warm, X: 0.875, Y: 0.67, Placed: true},
			{Key: "s", Initials: "SR", Name: "Samuel Reyes", Note: "Decides, never met", X: 0.375, Y: 0.82, Placed: true},
			{Key: "i", Initials: "IF", Name: "Ines Fournier", Note: "Critic, 36 days", Band: Cold, X: 0.125, Y: 0.45, Placed: true},
			{Key: "l", Initials: "LH", Name: "Leon Hobday", Note: "Architect", Side: Partner, Band: Cooling},
		},
		Lines: []Line{{0, 1, Above}, {2, 0, Against}, {3, 0, Beside}},
	}
}

// words are the texts of a drawing; it fails where it is no XML.
func words(t interface{ Fatal(...any) }, svg []byte) string {
	var all strings.Builder
	d := xml.NewDecoder(bytes.NewReader(svg))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return all.String()
		}
		if err != nil {
			t.Fatal(err)
		}
		if c, ok := token.(xml.CharData); ok {
			all.Write(c)
		}
	}
}

func TestSVGSaysEverything(t *testing.T) {
	svg, err := museum().SVG()
	if err != nil {
		t.Fatal(err)
	}
	text := words(t, svg)
	for _, want := range []string{"Kestrel Museums", "as of 17 November 2026", "Anna <Kessler> & Co", "Decides, never met", "Not placed", "Leon Hobday", "Against", "reports to", "at odds", "Never met"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not said", want)
		}
	}
	if n := strings.Count(string(svg), "stroke-dasharray"); n != 4 {
		t.Errorf("%d dashed lines, want two on the map and two in the legend", n)
	}
}

func TestSVGIsXMLWhateverNamesThereAre(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawPeople(t, 20)
		m.Title = rapid.String().Draw(t, "title")
		svg, err := m.SVG()
		if err != nil {
			t.Fatal(err)
		}
		words(t, svg)
	})
}

func TestPNGIsDrawn(t *testing.T) {
	for _, m := range []Map{museum(), {}} {
		b, err := m.PNG(1)
		if err != nil {
			t.Fatal(err)
		}
		img, err := png.Decode(bytes.NewReader(b))
		if err != nil || img.Bounds().Dx() != sheetWidth || img.Bounds().Dy() != sheetHeight {
			t.Fatal(img.Bounds(), err)
		}
		seen := map[color.Color]bool{}
		for y := range sheetHeight {
			for x := range sheetWidth {
				seen[color.NRGBAModel.Convert(img.At(x, y))] = true
			}
		}
		for _, want := range []color.NRGBA{white, hairColor, bandColors[Warm], bandColors[Cold], bandColors[Cooling]} {
			if !seen[want] {
				t.Errorf("%v is nowhere on the picture of %d people", want, len(m.People))
			}
		}
	}
}
