package app

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"rapport/app/bridge"
	"rapport/app/kit"
	"rapport/data"
	"rapport/data/sample"
	"rapport/data/store"
	"rapport/sync"
)

// testNow is the moment at which every test looks, the screens' morning, and
// testZone is where.
var (
	testNow  = sample.Today
	testZone = sample.Today.Location()
)

func testClock() time.Time { return testNow }

var testApp fyne.App

func TestMain(m *testing.M) {
	testApp = test.NewApp()
	kit.Wear(testApp, kit.NewTheme(kit.Light, 1))
	debug.SetGCPercent(400) // pictures are large and soon done with
	code := m.Run()
	if sampleDB != nil {
		sampleDB.Close()
		os.RemoveAll(sampleDir)
	}
	os.Exit(code)
}

// testWindow shows a workspace at testNow on a canvas of 1280 × 800, with
// everything in the background done at once. No page is open yet.
func testWindow(t testing.TB, db *store.DB) *window {
	t.Helper()
	kit.Wear(testApp, kit.NewTheme(kit.Light, 1))
	win := test.NewTempWindow(t, nil)
	win.SetPadded(false)
	c := win.Canvas()
	w := newWindow(testApp, c, bridge.Inline(context.Background()), db, testClock, testZone)
	win.SetContent(w.shell)
	win.Resize(fyne.NewSize(1280, 800))
	c.SetOnTypedRune(w.router.rune)
	c.SetOnTypedKey(w.router.key)
	w.listen()
	t.Cleanup(w.end)
	return w
}

// resize gives the window another size.
func resize(w *window, width, height float32) {
	w.canvas.(interface{ Resize(fyne.Size) }).Resize(fyne.NewSize(width, height))
}

// testStore is an empty workspace of the test's own.
func testStore(t *testing.T) *store.DB {
	t.Helper()
	db, err := store.Open(context.Background(), t.TempDir(), store.Options{Now: testClock, Instance: "test"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

var (
	sampleDB  *store.DB
	sampleDir string
)

// sampleStore is the sample workspace, made once for all tests: do not write to
// it.
func sampleStore(t *testing.T) *store.DB {
	t.Helper()
	if sampleDB != nil {
		return sampleDB
	}
	var err error
	if sampleDir, err = os.MkdirTemp("", "rapport-sample"); err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	db, err := store.Open(ctx, sampleDir, store.Options{Now: testClock, Instance: "test"})
	if err != nil {
		t.Fatal(err)
	}
	world := sample.Make(sample.Options{Today: testNow, Mails: 1})
	if _, err := sync.OpenSample(ctx, db, memory{}, world, sync.Options{Now: testClock, Zone: testZone}); err != nil {
		db.Close()
		t.Fatal(err)
	}
	sampleDB = db
	return db
}

// memory keeps secrets for as long as a test runs.
type memory map[string]string

func (m memory) Put(name, value string) error { m[name] = value; return nil }
func (m memory) Delete(name string) error     { delete(m, name); return nil }
func (m memory) Where() string                { return "the system's keyring" }
func (m memory) Value(name string) (string, error) {
	v, ok := m[name]
	if !ok {
		return "", fmt.Errorf("%s: %w", name, data.ErrNotFound)
	}
	return v, nil
}

// press sends keys as the driver does: to what has the focus, else to the
// canvas. "G T" is two keys.
func press(w *window, keys ...string) {
	for _, key := range keys {
		for _, k := range strings.Fields(key) {
			pressOne(w, k)
		}
	}
}

func pressOne(w *window, key string) {
	for name, words := range namedKeys {
		if words == key && name != fyne.KeyEnter {
			e := &fyne.KeyEvent{Name: name}
			if f := w.canvas.Focused(); f != nil {
				f.TypedKey(e)
			} else {
				w.canvas.OnTypedKey()(e)
			}
			return
		}
	}
	enter(w, strings.ToLower(key))
}

// enter types a text, rune by rune.
func enter(w *window, text string) {
	for _, r := range text {
		if f := w.canvas.Focused(); f != nil {
			f.TypedRune(r)
		} else {
			w.canvas.OnTypedRune()(r)
		}
	}
}

// shownTexts are the texts on the canvas, in the order of drawing, those in
// overlays last.
func shownTexts(w *window) []string {
	var list []string
	walk := func(o fyne.CanvasObject) {
		eachShown(o, func(o fyne.CanvasObject) {
			if t, ok := o.(*canvas.Text); ok && t.Text != "" {
				list = append(list, t.Text)
			}
		})
	}
	walk(w.canvas.Content())
	for _, o := range w.canvas.Overlays().List() {
		walk(o)
	}
	return list
}

// topOf is how far below the window's edge a text is drawn.
func topOf(t *testing.T, w *window, text string) float32 {
	t.Helper()
	top := float32(-1)
	eachShown(w.canvas.Content(), func(o fyne.CanvasObject) {
		if drawn, ok := o.(*canvas.Text); ok && drawn.Text == text {
			top = fyne.CurrentApp().Driver().AbsolutePositionForObject(o).Y
		}
	})
	if top < 0 {
		t.Fatalf("%q is not shown", text)
	}
	return top
}

// eachShown visits an object and all visible ones in it.
func eachShown(o fyne.CanvasObject, visit func(fyne.CanvasObject)) {
	if o == nil || !o.Visible() {
		return
	}
	visit(o)
	switch c := o.(type) {
	case *fyne.Container:
		for _, child := range c.Objects {
			eachShown(child, visit)
		}
	case fyne.Widget:
		for _, child := range test.WidgetRenderer(c).Objects() {
			eachShown(child, visit)
		}
	}
}

// checkShown fails unless the texts are on the canvas, each perhaps as a part of
// a longer one.
func checkShown(t *testing.T, w *window, texts ...string) {
	t.Helper()
	all := strings.Join(shownTexts(w), "\n")
	flat := strings.Join(strings.Fields(all), " ")
	for _, text := range texts {
		if !strings.Contains(all, text) && !strings.Contains(flat, text) {
			t.Errorf("%q is not shown; shown is:\n%s", text, all)
		}
	}
}

// checkAbsent fails when a text is on the canvas.
func checkAbsent(t *testing.T, w *window, texts ...string) {
	t.Helper()
	all := strings.Join(shownTexts(w), "\n")
	for _, text := range texts {
		if strings.Contains(all, text) {
			t.Errorf("%q is shown", text)
		}
	}
}

// hasText says whether exactly this text is drawn somewhere.
func hasText(w *window, text string) bool { return slices.Contains(shownTexts(w), text) }

// golden compares the window with the accepted picture. Pixels may differ a
// little, and a few of them a lot, because machines round the edges of letters
// differently. UPDATE=1 accepts the new picture.
func golden(t *testing.T, w *window, name string) {
	t.Helper()
	if runtime.GOOS != "linux" {
		t.Logf("skipped: pictures are compared on Linux only")
		return
	}
	got := w.canvas.Capture()
	path := filepath.Join("testdata", name+".png")
	if os.Getenv("UPDATE") != "" {
		savePicture(t, path, got)
		return
	}
	want := loadPicture(t, path)
	if want.Bounds() != got.Bounds() {
		t.Fatalf("%s: %v, want %v", name, got.Bounds(), want.Bounds())
	}
	if share := differing(got, want); share > 0.002 {
		failed := filepath.Join(t.ArtifactDir(), name+".png")
		savePicture(t, failed, got)
		t.Errorf("%s: %.2f%% of the pixels differ; the new picture is %s", name, share*100, failed)
	}
}

// differing is the share of pixels that are clearly not the same.
func differing(a, b image.Image) float64 {
	n, size := 0, a.Bounds()
	for y := size.Min.Y; y < size.Max.Y; y++ {
		if sameRow(a, b, y) {
			continue
		}
		for x := size.Min.X; x < size.Max.X; x++ {
			if distant(a.At(x, y), b.At(x, y)) {
				n++
			}
		}
	}
	return float64(n) / float64(size.Dx()*size.Dy())
}

// sameRow says whether two pictures have a row of pixels in common, bit by bit;
// most have most, and comparing colours one by one takes long.
func sameRow(a, b image.Image, y int) bool {
	row := func(img image.Image) []uint8 {
		switch i := img.(type) {
		case *image.NRGBA:
			return i.Pix[i.PixOffset(i.Rect.Min.X, y):i.PixOffset(i.Rect.Max.X, y)]
		case *image.RGBA: // as PNG reads a picture without transparency
			return i.Pix[i.PixOffset(i.Rect.Min.X, y):i.PixOffset(i.Rect.Max.X, y)]
		}
		return nil
	}
	one, other := row(a), row(b)
	return one != nil && opaque(one) && bytes.Equal(one, other)
}

// opaque says whether all of a row's pixels cover what is under them, so that
// NRGBA and RGBA are the same bytes.
func opaque(pixels []uint8) bool {
	for i := 3; i < len(pixels); i += 4 {
		if pixels[i] != 255 {
			return false
		}
	}
	return true
}

func distant(a, b color.Color) bool {
	const much = 24 << 8
	ar, ag, ab, _ := a.RGBA()
	br, bg, bb, _ := b.RGBA()
	apart := func(x, y uint32) bool { return max(x, y)-min(x, y) > much }
	return apart(ar, br) || apart(ag, bg) || apart(ab, bb)
}

func savePicture(t *testing.T, path string, img image.Image) {
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

func loadPicture(t *testing.T, path string) image.Image {
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
