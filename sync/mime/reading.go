package mime

import (
	"bytes"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/JohannesKaufmann/html-to-markdown/v2/converter"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/base"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/commonmark"
	tables "github.com/JohannesKaufmann/html-to-markdown/v2/plugin/table"
	"golang.org/x/net/html"
)

// Reading is the text of a mail with what its pages set apart: a heading begins
// with "#", a point of a list with "-" or its number, a quote with ">", the cells
// of a table stand between "|", and a link has its address in brackets after its
// words. Images are named by their words; nothing is loaded from anywhere. What
// is plain text stays as Parse reads it, and so does a page that cannot be read.
func Reading(raw []byte) string {
	h, body, _ := splitHeader(raw)
	c, _ := safeBody(h, body)
	parts := make([]string, len(c.text))
	for i, text := range c.text {
		if parts[i] = readPage(c.pages[i]); parts[i] == "" {
			parts[i] = text
		}
	}
	text, _ := tidyText(parts)
	return text
}

// readPage is a page as text; "" where there is none or it cannot be read.
func readPage(page string) (text string) {
	if strings.TrimSpace(page) == "" {
		return ""
	}
	defer func() {
		if recover() != nil {
			text = ""
		}
	}()
	text, err := pageReader().ConvertString(page)
	if err != nil {
		return ""
	}
	return withoutBlanks.ReplaceAllString(unescaped.Replace(text), "")
}

// withoutBlanks are lines of blanks, which stand before a list within a list.
var withoutBlanks = regexp.MustCompile(`(?m)^[ \t]+\n`)

// unescaped takes back what the reader writes in place of these letters.
var unescaped = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&")

// pageReader writes the signs of Markdown that help a reader, and no others:
// words in bold are words, and nothing is escaped.
func pageReader() *converter.Converter {
	r := converter.NewConverter(converter.WithEscapeMode(converter.EscapeModeDisabled), converter.WithPlugins(
		base.NewBasePlugin(), commonmark.NewCommonmarkPlugin(commonmark.WithListEndComment(false)), tables.NewTablePlugin(tables.WithSkipEmptyRows(true))))
	inline := func(tag string, do converter.HandleRenderFunc) {
		r.Register.RendererFor(tag, converter.TagTypeInline, do, converter.PriorityEarly)
	}
	for _, tag := range []string{"b", "strong", "i", "em", "code"} {
		inline(tag, readWords)
	}
	inline("a", readLink)
	inline("img", readImage)
	return r
}

func readWords(ctx converter.Context, w converter.Writer, n *html.Node) converter.RenderStatus {
	ctx.RenderChildNodes(ctx, w, n)
	return converter.RenderSuccess
}

// linkShown is how much of a link's address is written: enough to see where it
// leads.
const linkShown = 100

// readLink writes a link's words and where it leads, or this alone where the
// words say the same.
func readLink(ctx converter.Context, w converter.Writer, n *html.Node) converter.RenderStatus {
	var b bytes.Buffer
	ctx.RenderChildNodes(ctx, &b, n)
	words := b.String()
	leads := strings.Join(strings.Fields(attribute(n, "href")), "")
	plain := strings.TrimSuffix(strings.TrimPrefix(strings.TrimPrefix(strings.TrimPrefix(leads, "mailto:"), "https://"), "http://"), "/")
	_, _ = w.WriteString(words)
	switch scheme, _, _ := strings.Cut(leads, ":"); strings.ToLower(scheme) {
	case "http", "https", "mailto", "tel":
	default:
		return converter.RenderSuccess
	}
	if strings.TrimSpace(words) == "" || strings.Contains(words, plain) {
		return converter.RenderSuccess
	}
	_, _ = w.WriteString(" (" + cutLink(leads) + ")")
	return converter.RenderSuccess
}

func cutLink(leads string) string {
	if utf8.RuneCountInString(leads) <= linkShown {
		return leads
	}
	return string([]rune(leads)[:linkShown]) + "…"
}

// readImage writes what an image is said to show.
func readImage(_ converter.Context, w converter.Writer, n *html.Node) converter.RenderStatus {
	if words := strings.Join(strings.Fields(attribute(n, "alt")), " "); words != "" {
		_, _ = w.WriteString("[" + words + "]")
	}
	return converter.RenderSuccess
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}
