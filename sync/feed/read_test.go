package feed

import (
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf16"

	"rapport/data"
)

func rss(items string) string {
	return `<?xml version="1.0"?><rss version="2.0"><channel><title>Press</title><link>https://kestrel.example/news/</link>` + items + `</channel></rss>`
}

func atom(entries string) string {
	return `<feed xmlns="http://www.w3.org/2005/Atom"><title>Press</title><link href="https://kestrel.example/"/>` + entries + `</feed>`
}

// told is a headline on one line.
func told(h data.Headline) string {
	at := "no date"
	if !h.At.IsZero() {
		at = h.At.UTC().Format("2006-01-02 15:04")
	}
	return strings.Join([]string{h.Key, h.Title, strings.ReplaceAll(h.Text, "\n", "/"), h.Link, at}, " | ")
}

func TestWhatAFeedSays(t *testing.T) {
	at, _ := url.Parse("https://feeds.example/kestrel/rss.xml")
	wide := "\xff\xfe"
	for _, unit := range utf16.Encode([]rune(rss(`<item><guid>g</guid><title>Größe</title></item>`))) {
		wide += string([]byte{byte(unit), byte(unit >> 8)})
	}
	for _, c := range []struct {
		name, text, kind string
		want             []string
	}{
		{"RSS", rss(`<item><guid>g1</guid><title>A hall &amp;amp; a door</title><link>https://kestrel.example/1</link><description>&lt;p&gt;One&lt;/p&gt;&lt;p&gt;two &amp;amp; three&lt;/p&gt;</description><pubDate>Mon, 16 Nov 2026 10:00:00 +0100</pubDate></item>`), "",
			[]string{"guid:g1 | A hall & a door | One/two & three | https://kestrel.example/1 | 2026-11-16 09:00"}},
		{"Atom", atom(`<entry><id>urn:1</id><title type="html">New &lt;em&gt;lamps&lt;/em&gt;</title><link href="/lamps"/><updated>2026-11-15T08:00:00Z</updated><summary>Short</summary></entry>`), "",
			[]string{"guid:urn:1 | New lamps | Short | https://kestrel.example/lamps | 2026-11-15 08:00"}},
		{"JSON", `{"version":"https://jsonfeed.org/version/1.1","title":"Press","items":[{"id":"7","title":"Seven","url":"https://kestrel.example/7","content_text":"words","date_published":"2026-11-14T07:00:00Z"}]}`, "application/feed+json",
			[]string{"guid:7 | Seven | words | https://kestrel.example/7 | 2026-11-14 07:00"}},
		{"no guid: the link", rss(`<item><title>One</title><link>https://kestrel.example/1</link></item>`), "", []string{"link:https://kestrel.example/1 | One |  | https://kestrel.example/1 | no date"}},
		{"no guid, all lead home: title and day", rss(`<item><title>One</title><link>https://kestrel.example/</link></item><item><title>Two</title><link>https://kestrel.example/</link></item>`), "",
			[]string{"title:One\n0001-01-01T00:00:00Z\nhttps://kestrel.example/ | One |  | https://kestrel.example/ | no date", "title:Two\n0001-01-01T00:00:00Z\nhttps://kestrel.example/ | Two |  | https://kestrel.example/ | no date"}},
		{"one guid for all is none", rss(`<item><guid>0</guid><title>One</title><link>/1</link></item><item><guid>0</guid><title>Two</title><link>/2</link></item>`), "",
			[]string{"link:https://kestrel.example/1 | One |  | https://kestrel.example/1 | no date", "link:https://kestrel.example/2 | Two |  | https://kestrel.example/2 | no date"}},
		{"the same twice", rss(`<item><guid>a</guid><title>One</title></item><item><guid>a</guid><title>One</title></item>`), "", []string{"guid:a | One |  |  | no date"}},
		{"relative to the page of the feed", rss(`<item><guid>a</guid><title>One</title><link>1.html</link></item>`), "", []string{"guid:a | One |  | https://kestrel.example/news/1.html | no date"}},
		{"relative to where the feed is", `<rss version="2.0"><channel><item><guid>a</guid><title>One</title><link>1.html</link></item></channel></rss>`, "", []string{"guid:a | One |  | https://feeds.example/kestrel/1.html | no date"}},
		{"a script is no link", rss(`<item><guid>a</guid><title>One</title><link>javascript:alert(1)</link></item>`), "", []string{"guid:a | One |  |  | no date"}},
		{"nor is a file, nor one with a password", rss(`<item><guid>a</guid><title>One</title><link>file:///etc/passwd</link></item><item><guid>b</guid><title>Two</title><link>https://a:b@kestrel.example/</link></item>`), "", []string{"guid:a | One |  |  | no date", "guid:b | Two |  |  | no date"}},
		{"a date that is none", rss(`<item><guid>a</guid><title>One</title><pubDate>yesterday</pubDate></item>`), "", []string{"guid:a | One |  |  | no date"}},
		{"a date before the web", rss(`<item><guid>a</guid><title>One</title><pubDate>Mon, 01 Jan 1601 00:00:00 GMT</pubDate></item>`), "", []string{"guid:a | One |  |  | no date"}},
		{"no title: the first words", rss(`<item><guid>a</guid><description>Only &lt;b&gt;words&lt;/b&gt;</description></item>`), "", []string{"guid:a | Only words | Only words |  | no date"}},
		{"nothing but a link", rss(`<item><link>https://kestrel.example/1</link></item>`), "", []string{"link:https://kestrel.example/1 | https://kestrel.example/1 |  | https://kestrel.example/1 | no date"}},
		{"nothing at all", rss(`<item><guid>a</guid></item>`), "", nil},
		{"pictures and scripts are left out", rss(`<item><guid>a</guid><title>One</title><description>&lt;script&gt;run()&lt;/script&gt;a&lt;img src="https://t.example/p.png"&gt;&lt;style&gt;b{}&lt;/style&gt; b</description></item>`), "", []string{"guid:a | One | a b |  | no date"}},
		{"Latin-1 by its declaration", "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><rss version=\"2.0\"><channel><item><guid>a</guid><title>Gr\xf6\xdfe</title></item></channel></rss>", "", []string{"guid:a | Größe |  |  | no date"}},
		{"Latin-2 by its server", "<rss version=\"2.0\"><channel><item><guid>a</guid><title>\xb1</title></item></channel></rss>", "text/xml; charset=ISO-8859-2", []string{"guid:a | ą |  |  | no date"}},
		{"neither says", "<rss version=\"2.0\"><channel><item><guid>a</guid><title>Gr\xf6\xdfe \x80</title></item></channel></rss>", "", []string{"guid:a | Größe € |  |  | no date"}},
		{"a charset that nobody knows", "<?xml version=\"1.0\" encoding=\"x-none\"?><rss version=\"2.0\"><channel><item><guid>a</guid><title>Plain</title></item></channel></rss>", "", []string{"guid:a | Plain |  |  | no date"}},
		{"UTF-16", wide, "", []string{"guid:g | Größe |  |  | no date"}},
		{"a mark before it", "\xef\xbb\xbf\n" + rss(`<item><guid>a</guid><title>One</title></item>`), "", []string{"guid:a | One |  |  | no date"}},
		{"control characters", rss("<item><guid>a</guid><title>O\x00n\x0be</title></item>"), "", []string{"guid:a | One |  |  | no date"}},
		{"control characters in disguise", rss("<item><guid>a</guid><title>O&amp;#27;[2Jne</title></item>"), "", []string{"guid:a | O[2Jne |  |  | no date"}},
		{"an ampersand that stands alone", rss(`<item><guid>a</guid><title>Fish & chips</title></item>`), "", []string{"guid:a | Fish & chips |  |  | no date"}},
		{"old RSS with a DOCTYPE", `<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/publish/formats/rss-0.91.dtd"><rss version="0.91"><channel><item><title>One</title><link>https://kestrel.example/1</link></item></channel></rss>`, "",
			[]string{"link:https://kestrel.example/1 | One |  | https://kestrel.example/1 | no date"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			r, err := Read([]byte(c.text), c.kind, at)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, h := range r.Headlines {
				got = append(got, told(h))
			}
			if strings.Join(got, "\n") != strings.Join(c.want, "\n") {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(c.want, "\n"))
			}
		})
	}
}

func TestWhatIsNoFeed(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       error
	}{
		{"nothing", "", errEmpty},
		{"blanks", " \n\t", errEmpty},
		{"words", "Not found", errOther},
		{"a page", "<!doctype html><html><body>Sign in</body></html>", errPage},
		{"a page in capitals", "<HTML><BODY>x</BODY></HTML>", errPage},
		{"other XML", `<?xml version="1.0"?><svg/>`, errOther},
		{"only a declaration", `<?xml version="1.0"?>`, errEmpty},
		{"only a remark", `<!-- x -->`, errOther},
		{"any JSON", `{"error":"no"}`, errOther},
		{"broken JSON", `{"version":`, errBroken},
		{"entities", `<!DOCTYPE x [<!ENTITY a "b">]><rss><channel/></rss>`, errEntities},
		{"entities in small letters", `<!doctype x [<!entity a "b">]><rss><channel/></rss>`, errEntities},
		{"a billion laughs", `<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><rss><channel><title>&b;</title></channel></rss>`, errEntities},
		{"a file from here", `<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss><channel><title>&a;</title></channel></rss>`, errEntities},
		{"deep", rss(strings.Repeat("<a>", 100_000)), errTangled},
		{"many elements", rss(strings.Repeat("<a/>", mostElements+1)), errTangled},
		{"many attributes", rss("<a " + strings.Repeat(`b="" `, mostNamed+1) + "/>"), errTangled},
		{"text in countless pieces", rss(`<x:y xmlns:x="u">` + strings.Repeat("aaaaaaaa<!-- -->", 100_000) + `</x:y>`), errTangled},
		{"cut", rss(`<item><title>On`)[:120], errBroken},
	} {
		t.Run(c.name, func(t *testing.T) {
			if r, err := Read([]byte(c.text), "", nil); err != c.want {
				t.Errorf("%v and %d headlines, want %v", err, len(r.Headlines), c.want)
			}
		})
	}
}

func TestWhatIsTooMuchIsCut(t *testing.T) {
	var items strings.Builder
	for i := range mostItems + 20 {
		fmt.Fprintf(&items, "<item><guid>%d</guid><title>%s</title><description>%s</description></item>", i, strings.Repeat("t ", 400), strings.Repeat("é", mostText+5))
	}
	r, err := Read([]byte(rss(items.String())), "", nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Headlines) != mostItems || len(r.Odd) != 1 {
		t.Fatalf("%d headlines, odd %q", len(r.Headlines), r.Odd)
	}
	h := r.Headlines[0]
	if n := len([]rune(h.Title)); n > mostTitle+1 || !strings.HasSuffix(h.Title, "…") {
		t.Errorf("a title of %d letters", n)
	}
	if n := len([]rune(h.Text)); n != mostText+1 {
		t.Errorf("a text of %d letters", n)
	}
}

func TestWhenNewsAreDated(t *testing.T) {
	seen := time.Date(2026, 11, 17, 10, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		name     string
		at, want time.Time
	}{
		{"published before", seen.Add(-time.Hour), seen.Add(-time.Hour)},
		{"no date", time.Time{}, seen},
		{"ahead", seen.AddDate(1, 0, 0), seen},
	} {
		if got := (data.Headline{At: c.at}).When(seen); !got.Equal(c.want) {
			t.Errorf("%s: %s", c.name, got)
		}
	}
}

// FuzzRead: nothing that a server sends makes the reader panic, and what it keeps
// is clean: a key and a title for each, once, and links that a browser may open.
func FuzzRead(f *testing.F) {
	f.Add([]byte(rss(`<item><guid>g1</guid><title>One</title><link>/1</link><pubDate>Mon, 16 Nov 2026 10:00:00 +0100</pubDate></item>`)), "text/xml; charset=latin1")
	f.Add([]byte(atom(`<entry><id>urn:1</id><title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">a</div></title><link href="x"/></entry>`)), "")
	f.Add([]byte(`{"version":"https://jsonfeed.org/version/1.1","items":[{"id":7,"url":"javascript:x"}]}`), "")
	f.Add([]byte(`<!DOCTYPE x [<!ENTITY a "b">]><rss/>`), "")
	f.Add([]byte("\xff\xfe<\x00r\x00"), "")
	f.Add([]byte("<rdf:RDF xmlns:rdf=\"u\"><item><title>&#xfffe;&bogus;</title></item></rdf:RDF>"), "charset=utf-16")
	at, _ := url.Parse("https://feeds.example/a/b")
	f.Fuzz(func(t *testing.T, raw []byte, kind string) {
		r, err := Read(raw, kind, at)
		if err != nil {
			return
		}
		seen := map[string]bool{}
		for _, h := range r.Headlines {
			if h.Key == "" || h.Title == "" || strings.ContainsFunc(h.Title, unicode.IsControl) || seen[h.Key] {
				t.Errorf("kept %q", h)
			}
			seen[h.Key] = true
			if h.Link != "" && data.WebLink(h.Link) != h.Link {
				t.Errorf("kept the link %q", h.Link)
			}
		}
	})
}
