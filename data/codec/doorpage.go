package codec

import (
	"html/template"
	"strings"

	"rapport/data"
)

// doorPage is one page of A4 that needs nothing else, for a browser, a mail or
// paper.
var doorPage = template.Must(template.New("doors").Funcs(template.FuncMap{"link": doorLink, "minutes": data.MinutesWords}).Parse(`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>How to reach {{.Name}}</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; color: #23201c; background: #fdfcfa; max-width: 42rem; margin: 3rem auto; padding: 0 1.5rem; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .25rem; }
p { margin: .15rem 0; color: #57524a; }
section { border-top: 1px solid #e9e4db; padding: .9rem 0; }
h2 { font-size: 1.05rem; margin: 0 0 .15rem; }
a { color: #12685a; }
.reach { font-size: 1.15rem; color: #23201c; }
@media (prefers-color-scheme: dark) { body { background: #1b1a18; color: #f0ece4; } p { color: #bdb7ab; } .reach { color: #f0ece4; } section { border-color: #33312c; } a { color: #6cc7b3; } }
@media print { body { background: none; margin: 0; } }
</style>
<h1>How to reach {{.Name}}</h1>
{{with .Email}}<p><a href="mailto:{{.}}">{{.}}</a></p>{{end}}
{{range .Doors}}<section>
<h2>{{.Name}}</h2>
<p class="reach">{{$link := link .Reach}}{{if $link}}<a href="{{$link}}">{{.Reach}}</a>{{else}}{{.Reach}}{{end}}</p>
{{with .Hours}}<p>{{.}}</p>{{end}}
{{with .Owner}}<p>{{.}} answers.</p>{{end}}
{{with .Backup}}<p>When nobody is there: {{.}}.</p>{{end}}
{{if .Promised}}<p>You hear from us within {{minutes .Promised}}.</p>{{end}}
</section>
{{end}}</html>
`))

// WriteDoorPage writes the card as a web page of its own: it loads nothing, and
// what people typed is only ever text in it.
func WriteDoorPage(c DoorCard) []byte {
	var b strings.Builder
	if err := doorPage.Execute(&b, c); err != nil {
		panic("bug: the page of doors: " + err.Error()) // a builder takes all
	}
	return []byte(b.String())
}

// doorLink is what a press on a door opens, "" for nothing. Only links to the
// web, to write and to call are made.
func doorLink(reach string) template.URL {
	switch {
	case strings.HasPrefix(reach, "https://"), strings.HasPrefix(reach, "http://"):
		return template.URL(reach) // #nosec G203 -- the template escapes what is no part of a link
	case strings.Contains(reach, "@") && !strings.ContainsAny(reach, " :/?&"):
		return template.URL("mailto:" + reach)
	case strings.Trim(reach, "+0123456789 ()-./") == "" && strings.ContainsAny(reach, "0123456789"):
		return template.URL("tel:" + strings.Map(func(r rune) rune {
			if strings.ContainsRune("+0123456789", r) {
				return r
			}
			return -1
		}, reach))
	}
	return ""
}
