package assets

import (
	"bytes"
	"encoding/xml"
	"io"
	"slices"
	"testing"
)

func TestIconsAreReadableAndNamed(t *testing.T) {
	names := Icons()
	if len(names) < 100 || !slices.IsSorted(names) {
		t.Fatalf("%d icons, sorted %v", len(names), slices.IsSorted(names))
	}
	for _, name := range names {
		d := xml.NewDecoder(bytes.NewReader(Icon(name)))
		for {
			if _, err := d.Token(); err == io.EOF {
				break
			} else if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
		}
	}
}

func TestAMissingIconIsABug(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("no panic")
		}
	}()
	Icon("no-such-icon")
}

func TestEverythingEmbeddedHasItsLicence(t *testing.T) {
	for name, text := range Licences() {
		if len(text) < 200 {
			t.Errorf("%s: licence of %d bytes", name, len(text))
		}
	}
	for i, font := range [][]byte{SansRegular, SansBold, SansItalic, SansBoldItalic, DisplayBold, MonoRegular} {
		if !bytes.HasPrefix(font, []byte{0, 1, 0, 0}) {
			t.Errorf("font %d is no TrueType file", i)
		}
	}
}
