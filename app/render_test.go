package app

import (
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"rapport/app/kit"
	"rapport/data"
)

func TestEveryPageIsDrawnWithoutADisplay(t *testing.T) {
	t.Cleanup(func() { kit.Wear(testApp, kit.NewTheme(kit.Light, 1)) })
	db := testStore(t)
	out := filepath.Join(t.TempDir(), "pictures", "new")
	paths, err := Render(t.Context(), testApp, db.Dir(), out)
	if err != nil {
		t.Fatal(err)
	}
	all := strings.Join(paths, "\n")
	for _, want := range []string{"-today.png", "-today-dark.png", "-settings.png", "-palette.png", "-first-run.png"} {
		if !strings.Contains(all, want) {
			t.Errorf("no picture ends in %s: %s", want, all)
		}
	}
	small := 0
	for _, path := range paths {
		switch size := sizeOfPicture(t, path); size {
		case fyne.NewSize(firstWidth, firstHeight):
		case fyne.NewSize(960, 600):
			small++
		default:
			t.Errorf("%s is %v", path, size)
		}
	}
	if small != 1 {
		t.Errorf("%d pictures of the smallest window, want 1", small)
	}
}

func sizeOfPicture(t *testing.T, path string) fyne.Size {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	c, err := png.DecodeConfig(f)
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return fyne.NewSize(float32(c.Width), float32(c.Height))
}

func TestRenderRefusesAFolderWithoutAWorkspace(t *testing.T) {
	_, err := Render(t.Context(), testApp, t.TempDir(), t.TempDir())
	if p, ok := data.AsProblem(err); !ok || p.Kind != data.NoWorkspace {
		t.Errorf("got %v", err)
	}
}
