package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"rapport/assets"
)

// Look says which of the two palettes is shown.
type Look int

// The looks a person can choose.
const (
	System Look = iota // as the desktop asks
	Light
	Dark
)

// Theme is Rapport's fyne.Theme: our colours, fonts and sizes. It holds no state, so changing the
// look means giving the app's settings a new one.
type Theme struct {
	look  Look
	scale float32
}

var _ fyne.Theme = (*Theme)(nil)

// Wear gives an app a theme, and does nothing when it has the same: Fyne reads all fonts again and
// draws every window anew each time a theme is set.
func Wear(app fyne.App, t *Theme) {
	if old, ok := app.Settings().Theme().(*Theme); !ok || *old != *t {
		app.Settings().SetTheme(t)
	}
}

// NewTheme returns a theme in the given look, its texts and rows multiplied by scale.
// A scale of 0 is 1; others are held between 0.8 and 2.
func NewTheme(look Look, scale float32) *Theme {
	if scale == 0 {
		scale = 1
	}
	return &Theme{look: look, scale: min(max(scale, 0.8), 2)}
}

// Color answers our names and Fyne's own. With the look System the variant decides.
func (t *Theme) Color(name fyne.ThemeColorName, v fyne.ThemeVariant) color.Color {
	if own, ok := standard[name]; ok {
		name = own
	}
	if c, ok := t.palette(v)[name]; ok {
		return c
	}
	return theme.DefaultTheme().Color(name, t.variant(v))
}

// Font returns our faces; symbols fall back to Fyne's.
func (t *Theme) Font(s fyne.TextStyle) fyne.Resource {
	switch {
	case s.Symbol:
		return theme.DefaultTheme().Font(s)
	case s.Monospace:
		return fontMono
	case s.Bold && s.Italic:
		return fontBoldItalic
	case s.Bold:
		return fontBold
	case s.Italic:
		return fontItalic
	}
	return fontRegular
}

// Icon returns ours where Fyne's widgets would show another hand, and Fyne's otherwise.
func (t *Theme) Icon(name fyne.ThemeIconName) fyne.Resource {
	if own, ok := standardIcons[name]; ok {
		return theme.NewThemedResource(iconResource(own))
	}
	return theme.DefaultTheme().Icon(name)
}

// Size answers Fyne's names with the sizes of the design, texts times the scale.
func (t *Theme) Size(name fyne.ThemeSizeName) float32 {
	switch name {
	case theme.SizeNameText:
		return 13 * t.scale
	case theme.SizeNameCaptionText:
		return 11 * t.scale
	case theme.SizeNameSubHeadingText:
		return 15 * t.scale
	case theme.SizeNameHeadingText:
		return 24 * t.scale
	case theme.SizeNamePadding, theme.SizeNameLineSpacing:
		return 4
	case theme.SizeNameInnerPadding:
		return 8
	case theme.SizeNameInlineIcon:
		return 16
	case theme.SizeNameInputRadius, theme.SizeNameSelectionRadius, theme.SizeNameButtonRadius:
		return 6
	case theme.SizeNameCardRadius, theme.SizeNamePopupRadius, theme.SizeNameMenuRadius:
		return 10
	case theme.SizeNameDialogRadius:
		return 14
	case theme.SizeNameModalBlurRadius:
		return 0
	case theme.SizeNameSeparatorThickness, theme.SizeNameInputBorder:
		return 1
	case theme.SizeNameScrollBar:
		return 10
	}
	return theme.DefaultTheme().Size(name)
}

func (t *Theme) palette(v fyne.ThemeVariant) palette {
	if t.variant(v) == theme.VariantDark {
		return dark
	}
	return light
}

func (t *Theme) variant(v fyne.ThemeVariant) fyne.ThemeVariant {
	switch t.look {
	case Light:
		return theme.VariantLight
	case Dark:
		return theme.VariantDark
	}
	return v
}

// Color returns the named colour as the current theme and variant have it. Ask again in every
// refresh. Where the app runs without our theme it answers from our palette of the variant.
func Color(name fyne.ThemeColorName) color.Color {
	settings := fyne.CurrentApp().Settings()
	return current().Color(name, settings.ThemeVariant())
}

// IsDark says whether the dark palette is shown now.
func IsDark() bool {
	return current().variant(fyne.CurrentApp().Settings().ThemeVariant()) == theme.VariantDark
}

// Scaled returns a length that grows with the person's text size: row and button heights.
// Widths, gaps and strokes stay as they are.
func Scaled(length float32) float32 {
	return length * current().scale
}

var plainTheme = NewTheme(System, 1)

func current() *Theme {
	if t, ok := fyne.CurrentApp().Settings().Theme().(*Theme); ok {
		return t
	}
	return plainTheme
}

var (
	fontRegular    = font("RapportSans-Regular", assets.SansRegular)
	fontBold       = font("RapportSans-Bold", assets.SansBold)
	fontItalic     = font("RapportSans-Italic", assets.SansItalic)
	fontBoldItalic = font("RapportSans-BoldItalic", assets.SansBoldItalic)
	fontDisplay    = font("RapportDisplay-Bold", assets.DisplayBold)
	fontMono       = font("JetBrainsMono-Regular", assets.MonoRegular)
)

func font(name string, data []byte) fyne.Resource {
	return fyne.NewStaticResource(name+".ttf", data)
}

var standardIcons = map[fyne.ThemeIconName]string{
	theme.IconNameCancel:        "x",
	theme.IconNameConfirm:       "check",
	theme.IconNameSearch:        "search",
	theme.IconNameArrowDropDown: "chevron-down",
	theme.IconNameArrowDropUp:   "chevron-up",
	theme.IconNameMenuExpand:    "chevron-right",
	theme.IconNameNavigateBack:  "chevron-left",
	theme.IconNameNavigateNext:  "chevron-right",
	theme.IconNameVisibility:    "eye",
	theme.IconNameVisibilityOff: "eye-off",
	theme.IconNameContentCopy:   "copy",
	theme.IconNameInfo:          "info",
	theme.IconNameWarning:       "triangle-alert",
	theme.IconNameError:         "circle-alert",
	theme.IconNameCalendar:      "calendar",
}
