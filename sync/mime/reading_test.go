package mime

import (
	"strings"
	"testing"
)

func page(html string) string {
	return "From: anna@kestrel.example\nSubject: s\nContent-Type: text/html; charset=utf-8\n\n" + html
}

func TestAPageIsReadWithWhatItSetsApart(t *testing.T) {
	for name, c := range map[string]struct{ raw, want string }{
		"headings and paragraphs": {page("<h1>Night test</h1><p>We <b>all</b> agree.</p><h3>When</h3><p>Soon</p>"), "# Night test\n\nWe all agree.\n\n### When\n\nSoon"},
		"lists in lists": {page("<p>Bring</p><ul><li>two <i>lamps</i></li><li>cables<ul><li>long</li></ul></li></ul><ol><li>come</li><li>look</li></ol>"),
			"Bring\n\n- two lamps\n- cables\n  - long\n\n1. come\n2. look"},
		"a link has its address":           {page(`<a href="https://kestrel.example/plan?x=1">The plan</a>`), "The plan (https://kestrel.example/plan?x=1)"},
		"a link that says where it leads":  {page(`See <a href="https://kestrel.example/">kestrel.example</a>, <a href="mailto:a@b.example">a@b.example</a>`), "See kestrel.example, a@b.example"},
		"a link that says another address": {page(`<a href="https://thief.example/">https://bank.example</a>`), "https://bank.example (https://thief.example/)"},
		"a link that runs a program":       {page(`<a href="javascript:alert(1)">Click</a>`), "Click"},
		"a link without end":               {page(`<a href="https://t.example/` + strings.Repeat("a", 500) + `">Go</a>`), "Go (https://t.example/" + strings.Repeat("a", linkShown-len("https://t.example/")) + "…)"},
		"a table": {page("<table><tr><th>Hall</th><th>Lux</th></tr><tr><td>1</td><td>300</td></tr></table>"),
			"| Hall | Lux |\n|------|-----|\n| 1    | 300 |"},
		"a table that only lays out": {page(`<table role="presentation"><tr><td><h2>News</h2><p>One</p></td></tr><tr><td>Two</td></tr></table>`), "## News\n\nOne\n\nTwo"},
		"images are never loaded":    {page(`<p>Here<img src="https://spy.example/1.gif" alt="Our  hall"><img src="https://spy.example/2.gif"></p>`), "Here[Our hall]"},
		"quotes are marked":          {page("<p>Yes.</p><div>On Monday Maya wrote:</div><blockquote><p>Is it on?</p></blockquote>"), "Yes.\n\nOn Monday Maya wrote:\n\n> Is it on?"},
		"scripts and styles go":      {page("<style>p{}</style><script>alert(1)</script><p>Words * with_signs_ #1</p>"), "Words * with_signs_ #1"},
		"plain text stays":           {"Subject: s\n\n# not a heading\n", "# not a heading"},
		"of alternatives the plain": {"Content-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain\n\nplain\n--b\nContent-Type: text/html\n\n<h1>rich</h1>\n--b--\n",
			"plain"},
		"text and a page, in their order": {"Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nplain\n--b\nContent-Type: text/html\n\n<h1>rich</h1>\n--b--\n",
			"plain\n\n# rich"},
		"nothing":                       {page(""), ""},
		"deeper than anybody reads":     {page(strings.Repeat("<div>", 5000) + "words"), "words"},
		"a page that is not closed":     {page("<ul><li>one<li>two<p>three"), "- one\n- two\n  three"},
		"letters that stand for others": {page("M&uuml;ller &amp; S&#246;hne &lt;b&gt;"), "Müller & Söhne <b>"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := Reading([]byte(c.raw)); got != c.want {
				t.Errorf("reads %q, want %q", got, c.want)
			}
		})
	}
}

func TestOnlyAMailWithoutPlainTextIsAPage(t *testing.T) {
	for name, c := range map[string]struct {
		raw  string
		want bool
	}{
		"HTML alone":                        {page("<p>words</p>"), true},
		"HTML, no words":                    {page("<p></p>"), false},
		"plain":                             {"Subject: s\n\nwords", false},
		"both":                              {"Content-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/html\n\n<p>rich\n--b\nContent-Type: text/plain\n\nplain\n--b--\n", false},
		"HTML in related parts":             {"Content-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html\n\n<p>rich\n--b--\n", true},
		"HTML as an alternative to nothing": {"Content-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain\n\n \n--b\nContent-Type: text/html\n\n<p>rich\n--b--\n", true},
	} {
		if got := Parse([]byte(c.raw), served).Form.Page; got != c.want {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}
