package caldav

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"

	"rapport/data"
	"rapport/sync/web"
)

// Bounds of a conversation.
const (
	mostPages = 10_000 // of what changed
	// Batch is how many entries are asked for at once.
	Batch = 50
)

// Changes are the entries of a calendar that changed since a token, by name, with
// their etags, those that are gone, and the token to ask with next.
type Changes struct {
	Changed map[string]string
	Gone    []string
	Token   string
}

// ErrToken says that a server cannot tell what changed since a token: all its
// entries must be listed.
var ErrToken = errors.New("the server cannot say what changed since then")

// Changes asks what changed since a token, "" for all there is, page after page
// until the server says that this was the last. It returns ErrToken where the
// server cannot say.
func (c Client) Changes(ctx context.Context, at *url.URL, token string) (Changes, error) {
	all := Changes{Changed: map[string]string{}, Token: token}
	gone := map[string]bool{}
	for range mostPages {
		m, a, err := c.ask(ctx, "REPORT", at, "0", `<?xml version="1.0" encoding="utf-8"?><sync-collection `+namespaces+`><sync-token>`+
			escape(all.Token)+`</sync-token><sync-level>1</sync-level><prop><getetag/></prop></sync-collection>`)
		if err != nil {
			if cannotSay(a.Status) {
				err = ErrToken
			}
			return Changes{}, err
		}
		more := false
		for _, r := range m.Responses {
			for _, href := range r.Hrefs {
				name := nameIn(a.At, href)
				switch status := statusOf(r.Status); {
				case name == "" && status == http.StatusInsufficientStorage:
					more = true
				case name == "" || strings.HasSuffix(name, "/"):
				case r.gone():
					gone[name] = true
					delete(all.Changed, name)
				default:
					if p, ok := r.changed(); ok {
						delete(gone, name)
						all.Changed[name] = p.ETag
					}
				}
			}
		}
		if m.Token == "" || more && m.Token == all.Token {
			return Changes{}, ErrToken // it would ask the same for ever
		}
		if all.Token = m.Token; !more {
			for name := range gone {
				all.Gone = append(all.Gone, name)
			}
			return all, nil
		}
	}
	return Changes{}, ErrToken
}

// cannotSay says whether a refusal is about the token or the report, and not
// about the calendar or its user.
func cannotSay(status int) bool {
	switch status {
	case 0, http.StatusUnauthorized, http.StatusTooManyRequests, http.StatusServiceUnavailable, http.StatusBadGateway,
		http.StatusGatewayTimeout, http.StatusRequestTimeout, http.StatusMultiStatus:
		return false
	}
	return status >= 400
}

// Tags lists every entry of a calendar, by name, with its etag.
func (c Client) Tags(ctx context.Context, at *url.URL) (map[string]string, error) {
	m, a, err := c.ask(ctx, "PROPFIND", at, "1", tagsBody)
	if err != nil {
		return nil, err
	}
	tags := map[string]string{}
	for _, r := range m.Responses {
		p, ok := r.found()
		if !ok || p.Type != nil && p.Type.Collection != nil {
			continue
		}
		for _, href := range r.Hrefs {
			if name := nameIn(a.At, href); name != "" && !strings.HasSuffix(name, "/") {
				tags[name] = p.ETag
			}
		}
	}
	return tags, nil
}

// Text is an entry as the server has it.
type Text struct {
	ETag string
	ICS  string
}

// Texts reads entries by name. One that is missing is missing from what it
// returns, and one that cannot be had so is asked for by itself, so that it costs
// no other. The error is of the server as a whole.
func (c Client) Texts(ctx context.Context, at *url.URL, names []string) (map[string]Text, error) {
	texts := map[string]Text{}
	for len(names) > 0 {
		n := min(len(names), Batch)
		got, err := c.multiget(ctx, at, names[:n])
		if p, ok := data.AsProblem(err); err != nil && (!ok || !isOfOne(p)) {
			return nil, err
		}
		for _, name := range names[:n] {
			if t, ok := got[name]; ok {
				texts[name] = t
				continue
			}
			t, there, err := c.get(ctx, at, name)
			if err != nil {
				return nil, err
			}
			if there {
				texts[name] = t
			}
		}
		names = names[n:]
	}
	return texts, nil
}

// isOfOne says whether trouble with a batch may be that of one of its entries.
func isOfOne(p *data.Problem) bool {
	switch p.Kind {
	case data.NoFile, data.ServerSaid, data.Forbidden, data.TooLarge:
		return true
	case data.Dropped:
		return errors.Is(p, errNotWhole)
	}
	return false
}

func (c Client) multiget(ctx context.Context, at *url.URL, names []string) (map[string]Text, error) {
	var body strings.Builder
	body.WriteString(`<?xml version="1.0" encoding="utf-8"?><c:calendar-multiget ` + namespaces + `><prop><getetag/><c:calendar-data/></prop>`)
	for _, name := range names {
		u, err := hrefOf(at, name)
		if err != nil {
			continue
		}
		body.WriteString("<href>" + escape(u.EscapedPath()) + "</href>")
	}
	body.WriteString(`</c:calendar-multiget>`)
	m, a, err := c.ask(ctx, "REPORT", at, "1", body.String())
	if err != nil {
		return nil, err
	}
	texts := map[string]Text{}
	for _, r := range m.Responses {
		p, ok := r.found()
		if !ok || p.Data == nil || *p.Data == "" {
			continue
		}
		for _, href := range r.Hrefs {
			texts[nameIn(a.At, href)] = Text{ETag: p.ETag, ICS: *p.Data}
		}
	}
	return texts, nil
}

// get reads one entry by itself; there is false of one that is gone or that the
// server does not hand over.
func (c Client) get(ctx context.Context, at *url.URL, name string) (t Text, there bool, err error) {
	u, err := hrefOf(at, name)
	if err != nil {
		return t, false, nil
	}
	a, err := c.Door.Ask(ctx, web.Question{Method: http.MethodGet, At: u, Header: http.Header{"Accept": {"text/calendar"}}})
	switch {
	case err != nil:
		if p, ok := data.AsProblem(err); ok && p.Kind == data.TooLarge {
			return t, false, nil
		}
		return t, false, err
	case a.Status == http.StatusUnauthorized:
		return t, false, c.Door.Refusal(a)
	case a.Status != http.StatusOK:
		return t, false, nil
	}
	return Text{ETag: a.Header.Get("ETag"), ICS: string(a.Body)}, true, nil
}
