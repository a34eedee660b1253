package app

import (
	"cmp"
	"fmt"
	"regexp"
	"strings"

	"fyne.io/fyne/v2"

	"rapport/app/kit"
	"rapport/data"
	"rapport/data/text"
)

// How many letters of a text the inspector shows: at first, and of all.
const (
	textShown    = 1800
	textShownAll = 30000
)

// message is the mail that is shown of the copies there are.
func (v *inspector) message() (data.MessageRow, bool) {
	if v.version >= len(v.entry.Messages) {
		return data.MessageRow{}, false
	}
	return v.entry.Messages[v.version], true
}

// fullText is all words of the entry.
func (v *inspector) fullText() string {
	if m, ok := v.message(); ok {
		return cmp.Or(m.Reading, m.Text)
	}
	return v.entry.Text
}

// parted splits a text into the sender's own words and the rest: quotes,
// signature and notices. Where all of it is the rest, nothing is folded.
func partedText(body string) (own, rest string) {
	var more []string
	for _, p := range text.Split(body) {
		if t := strings.TrimSpace(p.Text); t != "" && p.Kind != text.KindOwn {
			more = append(more, t)
		}
	}
	if own = text.Own(body); own == "" {
		return strings.TrimSpace(body), ""
	}
	return own, strings.Join(more, "\n\n")
}

// wrappedAt is from how many letters on a line of a mail was ended by the mail
// program and not by its writer.
const wrappedAt = 56

// reflowed joins the lines that a mail program broke, so that a text fills the
// width there is. Short lines, lists and what is set in stay as they are.
func reflowed(s string) string {
	lines := strings.Split(s, "\n")
	var b strings.Builder
	for i, line := range lines {
		b.WriteString(strings.TrimRight(line, " "))
		if i == len(lines)-1 {
			break
		}
		if len([]rune(line)) >= wrappedAt && goesOn(lines[i+1]) {
			b.WriteByte(' ')
		} else {
			b.WriteByte('\n')
		}
	}
	return b.String()
}

// goesOn says whether a line may belong to the sentence before it.
func goesOn(line string) bool {
	return line != "" && !strings.ContainsAny(line[:1], " \t>-*•+|=#_") && !listMark.MatchString(line)
}

var listMark = regexp.MustCompile(`^(\d+|[a-z])[.)]\s|^[–•·]`)

// textParts are the words of the entry, with quotes and signature folded.
func (v *inspector) textParts() []fyne.CanvasObject {
	body := v.fullText()
	own, rest := partedText(body)
	if v.entry.Kind != data.Mail {
		own, rest = strings.TrimSpace(body), ""
	}
	if m, ok := v.message(); own == "" && ok && m.Form.Encrypted != "" {
		return v.missing() // how it came says why there is none
	}
	if own == "" {
		return append([]fyne.CanvasObject{kit.NewText(kit.Small, v.noText()).In(kit.Ink3).Bending(), kit.NewSpace(8)}, v.missing()...)
	}
	if own == data.TitleOf(v.entry.Interaction) && isLogged(v.entry.Kind) {
		return nil // the title says all of it
	}
	list := v.layoutLink()
	if v.isRead() {
		list = append(list, v.boundedBy(own, &v.all, readingParts)...)
	} else {
		list = append(list, v.bounded(reflowed(own), kit.Ink, &v.all)...)
	}
	if rest != "" && !v.history {
		n := strings.Count(rest, "\n") + 1
		list = append(list, v.link("Show "+data.Counted(n, "more line", "more lines")+": quotes and signature", func() { v.history = true }))
	}
	if rest != "" && v.history {
		list = append(list, kit.NewSpace(6), kit.NewHairline(), kit.NewSpace(6), kit.NewParagraph(kit.Small, kit.Ink2, cutText(rest, textShownAll)),
			v.link("Fold quotes and signature", func() { v.history = false }))
	}
	return append(append(list, v.missing()...), kit.NewSpace(16))
}

func (v *inspector) noText() string {
	switch v.entry.Kind {
	case data.Mail:
		return "This mail has no text."
	case data.Meet:
		return "The invitation has no text."
	}
	return "Nothing was written."
}

// bounded is a text that may be long: at first its beginning, then all of it up
// to what a window can bear.
func (v *inspector) bounded(s string, tint fyne.ThemeColorName, all *bool) []fyne.CanvasObject {
	return v.boundedBy(s, all, func(shown string) []fyne.CanvasObject {
		return []fyne.CanvasObject{kit.NewParagraph(kit.Body, tint, shown)}
	})
}

// boundedBy is bounded, shown in the way that show does it.
func (v *inspector) boundedBy(s string, all *bool, show func(string) []fyne.CanvasObject) []fyne.CanvasObject {
	limit := textShown
	if *all {
		limit = textShownAll
	}
	shown := cutText(s, limit)
	list := show(shown)
	switch {
	case shown == s:
	case *all:
		list = append(list, kit.NewSpace(4), kit.NewParagraph(kit.Small, kit.Ink3, "The rest is too long to show here; Copy text takes all of it."))
	default:
		list = append(list, v.link(fmt.Sprintf("Show all, %s letters", thousands(len([]rune(s)))), func() { *all = true }))
	}
	return list
}

// cutText is a text of at most n letters, cut at the end of a line or word.
func cutText(s string, n int) string {
	runes := []rune(s)
	if len(runes) <= n {
		return s
	}
	cut := string(runes[:n])
	if i := strings.LastIndexAny(cut, " \n"); i > len(cut)/2 {
		cut = cut[:i]
	}
	return strings.TrimRight(cut, " \n") + " …"
}

// link is words that change how the entry is shown.
func (v *inspector) link(words string, do func()) fyne.CanvasObject {
	b := kit.NewLink(words, func() {
		do()
		v.draw()
	})
	return kit.NewColumns(0, []kit.Col{kit.Fit(), kit.Flex(1)}, b, kit.NewSpring())
}

// factRow is a line with an icon and small words at its end.
func (v *inspector) factRow(icon, words, end string) fyne.CanvasObject {
	return kit.NewPad(6, 0, 6, 0, kit.NewColumns(9, []kit.Col{kit.Fixed(14), kit.Flex(1), kit.Fit()},
		kit.NewIcon(icon, 14, kit.Ink2), kit.NewText(kit.Small, words).Bending(), kit.NewText(kit.Small, end).In(kit.Ink3)))
}

// sizeWord is a number of bytes as people read it.
func sizeWord(n int64) string {
	switch {
	case n < 1000:
		return fmt.Sprintf("%d B", n)
	case n < 1000*1000:
		return fmt.Sprintf("%d kB", (n+500)/1000)
	}
	return fmt.Sprintf("%.1f MB", float64(n)/1e6)
}

// versions lets a person choose among copies of a mail that differ.
func (v *inspector) versions() []fyne.CanvasObject {
	if len(v.entry.Messages) < 2 {
		return nil
	}
	list := []fyne.CanvasObject{kit.NewSectionHead(kit.BodyBold, "Versions", data.Counted(len(v.entry.Messages), "copy", "copies"), kit.NewNote("they differ in bytes"))}
	for i, m := range v.entry.Messages {
		item := kit.NewNavItem("mail", v.versionName(i, m), sizeWord(m.Size), func() {
			v.version = i
			v.draw()
		})
		item.On = i == v.version
		list = append(list, item)
	}
	return append(list, kit.NewSpace(14))
}

func (v *inspector) versionName(i int, m data.MessageRow) string {
	if len(m.Locations) > 0 {
		return m.Locations[0].Folder
	}
	return fmt.Sprintf("Copy %d", i+1)
}

func (v *inspector) copyText() {
	if v.entry.ID == "" {
		return
	}
	words := data.TitleOf(v.entry.Interaction)
	if body := strings.TrimSpace(v.fullText()); body != "" {
		words += "\n\n" + body
	}
	v.w.copy(words)
}
