package kit

import (
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/software"
	"fyne.io/fyne/v2/test"
)

func TestMain(m *testing.M) {
	test.NewApp()
	os.Exit(m.Run())
}

// look shows the rest of the test in a theme.
func look(t testing.TB, l Look, scale float32) {
	t.Helper()
	settings := fyne.CurrentApp().Settings()
	settings.SetTheme(NewTheme(l, scale))
	t.Cleanup(func() { settings.SetTheme(NewTheme(Light, 1)) })
}

// shown puts a part on a window of a size, as pages do.
func shown(t *testing.T, o fyne.CanvasObject, w, h float32) fyne.Window {
	t.Helper()
	win := test.NewTempWindow(t, o)
	win.SetPadded(false)
	win.Resize(fyne.NewSize(w, h))
	return win
}

// picture draws parts on the content ground, in software.
func picture(o fyne.CanvasObject, w, h float32) image.Image {
	c := software.NewCanvas()
	c.SetPadded(false)
	c.SetContent(container.NewStack(canvas.NewRectangle(Color(Bg)), o))
	c.Resize(fyne.NewSize(w, h))
	return c.Capture()
}

// golden compares a picture with the accepted one. Pixels may differ a little, and a few of them a
// lot, because machines round the edges of letters differently. UPDATE=1 accepts the new picture.
func golden(t *testing.T, name string, got image.Image) {
	t.Helper()
	if runtime.GOOS != "linux" {
		t.Skip("pictures are compared on Linux only: letters are rounded differently elsewhere")
	}
	path := filepath.Join("testdata", name+".png")
	if os.Getenv("UPDATE") != "" {
		save(t, path, got)
		return
	}
	want := load(t, path)
	if want.Bounds() != got.Bounds() {
		t.Fatalf("%s: %v, want %v", name, got.Bounds(), want.Bounds())
	}
	if share := differing(got, want); share > 0.002 {
		failed := filepath.Join(t.ArtifactDir(), name+".png")
		save(t, failed, got)
		t.Errorf("%s: %.2f%% of the pixels differ; the new picture is %s", name, share*100, failed)
	}
}

// differing is the share of pixels that are clearly not the same.
func differing(a, b image.Image) float64 {
	n, size := 0, a.Bounds()
	for y := size.Min.Y; y < size.Max.Y; y++ {
		for x := size.Min.X; x < size.Max.X; x++ {
			if distant(a.At(x, y), b.At(x, y)) {
				n++
			}
		}
	}
	return float64(n) / float64(size.Dx()*size.Dy())
}

func distant(a, b color.Color) bool {
	const much = 24 << 8
	ar, ag, ab, _ := a.RGBA()
	br, bg, bb, _ := b.RGBA()
	return apart(ar, br) > much || apart(ag, bg) > much || apart(ab, bb) > much
}

func apart(a, b uint32) uint32 {
	return max(a, b) - min(a, b)
}

func save(t *testing.T, path string, img image.Image) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := png.Encode(f, img); err != nil {
		t.Fatal(err)
	}
}

func load(t *testing.T, path string) image.Image {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatalf("%v; UPDATE=1 makes it", err)
	}
	defer f.Close()
	img, err := png.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	return img
}
