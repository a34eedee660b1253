package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// Names of the colours of Rapport. They are theme colour names, answered by Theme.
const (
	Bg          fyne.ThemeColorName = "bg"     // content
	Rail        fyne.ThemeColorName = "rail"   // left rail
	Pane        fyne.ThemeColorName = "pane"   // side list, inspector
	Raised      fyne.ThemeColorName = "raised" // cards, popovers, entries
	Hover       fyne.ThemeColorName = "hover-ground"
	Hair        fyne.ThemeColorName = "line"  // hairline
	Edge        fyne.ThemeColorName = "line2" // button edge, axis
	Ctl         fyne.ThemeColorName = "ctl"   // entry and checkbox edge
	Ink         fyne.ThemeColorName = "ink"   // text
	Ink2        fyne.ThemeColorName = "ink2"  // second line
	Ink3        fyne.ThemeColorName = "ink3"  // hints, dates
	Accent      fyne.ThemeColorName = "accent"
	AccentSoft  fyne.ThemeColorName = "accent-soft"
	OnAccent    fyne.ThemeColorName = "on-accent"
	Theirs      fyne.ThemeColorName = "theirs"
	TheirsSoft  fyne.ThemeColorName = "theirs-soft"
	Partner     fyne.ThemeColorName = "partner"
	PartnerSoft fyne.ThemeColorName = "partner-soft"
	Warm        fyne.ThemeColorName = "warm"
	WarmMark    fyne.ThemeColorName = "warm-mark"
	WarmSoft    fyne.ThemeColorName = "warm-soft"
	Cool        fyne.ThemeColorName = "cool"
	CoolMark    fyne.ThemeColorName = "cool-mark"
	CoolSoft    fyne.ThemeColorName = "cool-soft"
	Cold        fyne.ThemeColorName = "cold"
	ColdMark    fyne.ThemeColorName = "cold-mark"
	ColdSoft    fyne.ThemeColorName = "cold-soft"
	Alert       fyne.ThemeColorName = "alert"
	AlertSoft   fyne.ThemeColorName = "alert-soft"
	Scrim       fyne.ThemeColorName = "scrim"       // over the page while a dialog is open
	Shade       fyne.ThemeColorName = "shade"       // shadow of a popover
	ShadeSoft   fyne.ThemeColorName = "shade-soft"  // shadow of a card
	Clear       fyne.ThemeColorName = "transparent" // nothing
)

type palette map[fyne.ThemeColorName]color.NRGBA

var light = palette{
	Bg: rgb(0xFDFCFA), Rail: rgb(0xF4F1EB), Pane: rgb(0xF9F7F3), Raised: rgb(0xFFFFFF),
	Hover: rgb(0xF2EFE9), Hair: rgb(0xE9E4DB), Edge: rgb(0xD2CBBE), Ctl: rgb(0x8A8376),
	Ink: rgb(0x23201C), Ink2: rgb(0x57524A), Ink3: rgb(0x6F695F),
	Accent: rgb(0x12685A), AccentSoft: rgb(0xE2EFEB), OnAccent: rgb(0xFFFFFF),
	Theirs: rgb(0x82407B), TheirsSoft: rgb(0xF4E8F2),
	Partner: rgb(0x6A5A36), PartnerSoft: rgb(0xF0EAD9),
	Warm: rgb(0x80530A), WarmMark: rgb(0xB9791A), WarmSoft: rgb(0xFBF0DA),
	Cool: rgb(0x33668A), CoolMark: rgb(0x5A8FB4), CoolSoft: rgb(0xE5F0F7),
	Cold: rgb(0x33508C), ColdMark: rgb(0x4667AB), ColdSoft: rgb(0xE6EBF7),
	Alert: rgb(0xAB3820), AlertSoft: rgb(0xFBE8E2),
	Scrim: veil(0x282012, 28), Shade: veil(0x342A18, 14), ShadeSoft: veil(0x342A18, 6), Clear: {},
}

var dark = palette{
	Bg: rgb(0x1B1A18), Rail: rgb(0x141311), Pane: rgb(0x201F1C), Raised: rgb(0x272622),
	Hover: rgb(0x2A2925), Hair: rgb(0x33312C), Edge: rgb(0x4A473F), Ctl: rgb(0x8C8579),
	Ink: rgb(0xF0ECE4), Ink2: rgb(0xBDB7AB), Ink3: rgb(0xA8A195),
	Accent: rgb(0x6CC7B3), AccentSoft: rgb(0x203A35), OnAccent: rgb(0x0C211C),
	Theirs: rgb(0xDDA3D5), TheirsSoft: rgb(0x3A2938),
	Partner: rgb(0xCDBB8C), PartnerSoft: rgb(0x37311F),
	Warm: rgb(0xEBBB62), WarmMark: rgb(0xD9A23F), WarmSoft: rgb(0x3A2F18),
	Cool: rgb(0x9CC9E6), CoolMark: rgb(0x7FB2D3), CoolSoft: rgb(0x22333E),
	Cold: rgb(0x9FB6EA), ColdMark: rgb(0x7F9BDB), ColdSoft: rgb(0x262E44),
	Alert: rgb(0xF39C82), AlertSoft: rgb(0x43271F),
	Scrim: veil(0x000000, 50), Shade: veil(0x000000, 50), ShadeSoft: veil(0x000000, 25), Clear: {},
}

// standard maps the names Fyne's own widgets ask for to ours.
var standard = map[fyne.ThemeColorName]fyne.ThemeColorName{
	theme.ColorNameBackground:          Bg,
	theme.ColorNameForeground:          Ink,
	theme.ColorNameButton:              Raised,
	theme.ColorNameDisabledButton:      Hover,
	theme.ColorNameDisabled:            Ink3,
	theme.ColorNamePlaceHolder:         Ink3,
	theme.ColorNamePrimary:             Accent,
	theme.ColorNameHyperlink:           Accent,
	theme.ColorNameSuccess:             Accent,
	theme.ColorNameForegroundOnPrimary: OnAccent,
	theme.ColorNameForegroundOnSuccess: OnAccent,
	theme.ColorNameForegroundOnError:   Bg,
	theme.ColorNameForegroundOnWarning: Bg,
	theme.ColorNameSelection:           AccentSoft,
	theme.ColorNameFocus:               AccentSoft,
	theme.ColorNameHover:               Hover,
	theme.ColorNamePressed:             Hair,
	theme.ColorNameSeparator:           Hair,
	theme.ColorNameHeaderBackground:    Pane,
	theme.ColorNameInputBackground:     Raised,
	theme.ColorNameInputBorder:         Ctl,
	theme.ColorNameMenuBackground:      Raised,
	theme.ColorNameOverlayBackground:   Raised,
	theme.ColorNameScrollBar:           Edge,
	theme.ColorNameError:               Alert,
	theme.ColorNameWarning:             Warm,
	theme.ColorNameShadow:              Scrim,
}

func rgb(v uint32) color.NRGBA {
	return color.NRGBA{R: uint8(v >> 16), G: uint8(v >> 8), B: uint8(v), A: 255}
}

// veil is a colour that covers percent of what lies under it.
func veil(v uint32, percent int) color.NRGBA {
	c := rgb(v)
	c.A = uint8(percent * 255 / 100)
	return c
}
