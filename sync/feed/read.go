package feed

import (
	"cmp"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/mmcdole/gofeed"

	"rapport/data"
)

// mostItems is how many items of a feed are read.
const mostItems = 500

// Reading is what a feed says.
type Reading struct {
	Title     string
	Headlines []data.Headline // in the feed's order, each Key once
	// Odd are remarks about what was left out, in words.
	Odd []string
}

// Read reads a feed. contentType is what the server called it, and at where it
// came from, against which links are read; nil where that is not known. The error
// says why it is no feed, and holds nothing of it.
func Read(raw []byte, contentType string, at *url.URL) (r Reading, err error) {
	s := unicoded(raw, contentType)
	if err := scan(s); err != nil {
		return r, err
	}
	f, err := parsed(s)
	if err != nil {
		return r, err
	}
	r.Title = line(f.Title)
	base := baseOf(f, at)
	items := f.Items
	if len(items) > mostItems {
		r.Odd = append(r.Odd, fmt.Sprintf("more than %d items; the rest was left out", mostItems))
		items = items[:mostItems]
	}
	keys := keysOf(items, base)
	seen := map[string]bool{}
	for i, item := range items {
		h, ok := headline(item, base)
		switch {
		case !ok:
			r.Odd = append(r.Odd, "an item without a title, a text or a link")
			continue
		case seen[keys[i]]:
			continue
		}
		h.Key = keys[i]
		seen[h.Key] = true
		r.Headlines = append(r.Headlines, h)
	}
	return r, nil
}

// parsed is the feed as gofeed reads it. A text that makes it panic is broken.
func parsed(s string) (f *gofeed.Feed, err error) {
	defer func() {
		if recover() != nil {
			f, err = nil, errBroken
		}
	}()
	f, err = gofeed.NewParser().ParseString(s)
	if err != nil || f == nil {
		return nil, errBroken
	}
	if f.FeedType == "json" && f.Title == "" && len(f.Items) == 0 {
		return nil, errOther // any JSON reads as a feed with nothing in it
	}
	return f, nil
}

// baseOf is the address against which a feed's links are read.
func baseOf(f *gofeed.Feed, at *url.URL) *url.URL {
	if home, err := url.Parse(strings.TrimSpace(f.Link)); err == nil {
		if home.IsAbs() {
			return home
		}
		if at != nil {
			return at.ResolveReference(home)
		}
	}
	return at
}

// headline is one item, without its key; none where it says nothing.
func headline(item *gofeed.Item, base *url.URL) (data.Headline, bool) {
	h := data.Headline{Title: line(item.Title), Text: plain(cmp.Or(item.Description, item.Content)), Link: linkOf(item, base), At: dateOf(item)}
	if h.Title == "" {
		h.Title = cut(strings.Join(strings.Fields(h.Text), " "), 80)
	}
	if h.Title == "" {
		h.Title = h.Link
	}
	return h, h.Title != ""
}

// linkOf is where the item can be read, where that is a page: no script, and no
// link with a password.
func linkOf(item *gofeed.Item, base *url.URL) string {
	for _, link := range append([]string{item.Link}, item.Links...) {
		u, err := url.Parse(strings.TrimSpace(link))
		if err != nil || link == "" {
			continue
		}
		if base != nil {
			u = base.ResolveReference(u)
		}
		if good := data.WebLink(u.String()); good != "" {
			return good
		}
	}
	return ""
}

// dateOf is when an item was published, else when it was changed; a year before
// there was a web is a mistake.
func dateOf(item *gofeed.Item) time.Time {
	for _, at := range []*time.Time{item.PublishedParsed, item.UpdatedParsed} {
		if at != nil && at.Year() >= 1990 && at.Year() < 10000 {
			return at.UTC().Truncate(time.Second)
		}
	}
	return time.Time{}
}

// keysOf are what the items are known by: the guid, where no item that leads
// elsewhere has it too; else the link, where no other item has it; else the title
// with the day.
func keysOf(items []*gofeed.Item, base *url.URL) []string {
	ledTo, linked := map[string]map[string]bool{}, map[string]int{}
	for _, item := range items {
		link := linkOf(item, base)
		if guid := strings.TrimSpace(item.GUID); guid != "" {
			if ledTo[guid] == nil {
				ledTo[guid] = map[string]bool{}
			}
			ledTo[guid][link] = true
		}
		linked[link]++
	}
	keys := make([]string, len(items))
	for i, item := range items {
		guid, link := strings.TrimSpace(item.GUID), linkOf(item, base)
		switch {
		case guid != "" && len(ledTo[guid]) == 1:
			keys[i] = "guid:" + guid
		case link != "" && linked[link] == 1:
			keys[i] = "link:" + link
		default:
			keys[i] = "title:" + line(item.Title) + "\n" + dateOf(item).Format(time.RFC3339) + "\n" + link
		}
	}
	return keys
}
