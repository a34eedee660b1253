package app

import (
	"context"
	"net/url"

	"fyne.io/fyne/v2"

	"rapport/app/bridge"
	"rapport/app/kit"
	"rapport/data"
	"rapport/sync"
)

// addFeed asks for the feed of the account's news.
func (p *accountPage) addFeed() {
	w, account := p.w, p.id
	f := newForm(w.bg)
	link := f.field("Link", kit.NewField("https://kestrel.example/press/rss.xml"))
	name := f.field("Name", kit.NewField("else the server's name"))
	f.rows = append(f.rows, kit.NewParagraph(kit.Small, kit.Ink2, "The link of their RSS, Atom or JSON feed. Rapport asks this address once an hour, and nobody else. It loads no pictures. The feed and its news stay on this laptop."))
	w.popForm(kindIcon(data.Press), "Add their news", "News are no contact: they warm nothing.", "Add", f, link, func() {
		if w.keys == nil {
			f.say(errNoKeyring)
			return
		}
		at, called := link.Text(), name.Text()
		bridge.Act(w.bg, func(ctx context.Context) error {
			_, err := sync.AddFeed(ctx, w.db, w.keys, account, at, called)
			return err
		}, func(err error) {
			if err != nil {
				f.say(err)
				return
			}
			w.dismiss()
			w.say("Their news are read now, and then once an hour")
			w.refreshState()
		})
	})
}

// page is where news can be read as they were published.
func (v *inspector) page() []fyne.CanvasObject {
	u, err := url.Parse(v.entry.Link)
	if v.entry.Link == "" || err != nil {
		return nil
	}
	open := kit.NewLink("Open "+u.Host+" in the browser", v.openPage)
	return []fyne.CanvasObject{kit.NewRow(0, open), kit.NewSpace(12)}
}

// openPage shows news in the browser, where they were published.
func (v *inspector) openPage() {
	u, err := url.Parse(data.WebLink(v.entry.Link))
	if err == nil && u.Host != "" {
		err = v.w.app.OpenURL(u)
	}
	if err != nil {
		v.w.fail(&data.Problem{Kind: data.NoBrowser, About: "their page", Once: true, Cause: err})
	}
}
