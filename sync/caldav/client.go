package caldav

import (
	"context"
	"encoding/xml"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"rapport/data"
	"rapport/sync/web"
)

// Client asks one server.
type Client struct{ Door web.Door }

// Calendar is a calendar on a server, and how it stands.
type Calendar struct {
	// At is its address.
	At string
	// Name is its own, or the last part of its address.
	Name string
	// Colour is like #3a7bd5; "" where the server does not say.
	Colour string
	// ReadOnly says that nothing can be put there.
	ReadOnly bool
	// Syncs says that Changes can be asked, Tag changes when an entry does; "" is
	// a server without it.
	Syncs bool
	Tag   string
}

// ask puts a question in XML and reads the answer, which must be a whole
// multistatus.
func (c Client) ask(ctx context.Context, method string, at *url.URL, depth, body string) (multistatus, web.Answer, error) {
	a, err := c.Door.Ask(ctx, web.Question{Method: method, At: at, Body: body, Header: http.Header{
		"Content-Type": {"application/xml; charset=utf-8"}, "Depth": {depth},
	}})
	if err != nil {
		return multistatus{}, a, err
	}
	if a.Status != http.StatusMultiStatus {
		return multistatus{}, a, c.Door.Refusal(a)
	}
	m, err := parseMultistatus(a.Body)
	if err != nil {
		err = c.Door.Problem(data.Dropped, err.Error(), err)
	}
	return m, a, err
}

const (
	namespaces = `xmlns="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav" xmlns:s="http://calendarserver.org/ns/" xmlns:a="http://apple.com/ns/ical/"`

	aboutBody = `<?xml version="1.0" encoding="utf-8"?><propfind ` + namespaces + `><prop><resourcetype/><displayname/>` +
		`<current-user-principal/><c:calendar-home-set/><c:supported-calendar-component-set/><current-user-privilege-set/>` +
		`<supported-report-set/><s:getctag/><a:calendar-color/></prop></propfind>`

	tagsBody = `<?xml version="1.0" encoding="utf-8"?><propfind ` + namespaces + `><prop><getetag/><resourcetype/></prop></propfind>`
)

// Find lists the calendars that a user has, by an address: that of a calendar, of
// the user, of their home, or of the server. Nothing but calendars that may hold
// meetings is listed. Trouble is a *data.Problem; NoCalDAV where there is no such
// server.
func (c Client) Find(ctx context.Context, address string) ([]Calendar, error) {
	at, err := web.Address(address)
	if err != nil {
		return nil, c.Door.Failed(ctx, err)
	}
	var first error
	for _, begin := range beginnings(at) {
		list, err := c.findFrom(ctx, begin)
		if err == nil {
			return list, nil
		}
		if !isElsewhere(err) {
			return nil, err
		}
		if first == nil {
			first = err
		}
	}
	return nil, c.Door.Problem(data.NoCalDAV, "", first)
}

// beginnings are where the search begins: the address itself, and where servers
// say where they are (RFC 6764).
func beginnings(at *url.URL) []*url.URL {
	known := &url.URL{Scheme: at.Scheme, Host: at.Host, User: at.User, Path: "/.well-known/caldav"}
	if strings.Trim(at.Path, "/") == "" {
		return []*url.URL{known, {Scheme: at.Scheme, Host: at.Host, User: at.User, Path: "/"}}
	}
	return []*url.URL{at, known}
}

// isElsewhere says whether a failure means that the server may answer at another
// address.
func isElsewhere(err error) bool {
	p, ok := data.AsProblem(err)
	if !ok {
		return false
	}
	switch p.Kind {
	case data.NoFile, data.ServerSaid, data.NoCalDAV, data.Dropped:
		return true
	}
	return false
}

func (c Client) findFrom(ctx context.Context, begin *url.URL) ([]Calendar, error) {
	homes, list, at, err := c.look(ctx, begin)
	if err != nil || len(list) > 0 {
		return list, err
	}
	if len(homes) == 0 {
		return nil, c.Door.Problem(data.NoCalDAV, "", nil)
	}
	for _, home := range homes {
		u, err := at.Parse(home)
		if err != nil {
			continue
		}
		if u, err = web.Address(u.String()); err != nil {
			return nil, c.Door.Failed(ctx, err)
		}
		found, err := c.calendarsIn(ctx, u)
		if err != nil {
			return nil, err
		}
		list = append(list, found...)
	}
	if len(list) == 0 {
		return nil, c.Door.Problem(data.NoCalendars, "", nil)
	}
	return list, nil
}

// look asks an address what it is: a calendar, or who its user is and where their
// calendars are, in at most two questions.
func (c Client) look(ctx context.Context, begin *url.URL) (homes []string, list []Calendar, at *url.URL, err error) {
	at = begin
	for range 3 {
		m, a, err := c.ask(ctx, "PROPFIND", at, "0", aboutBody)
		if err != nil {
			return nil, nil, at, err
		}
		var who string
		for _, r := range m.Responses {
			p, ok := r.found()
			if !ok {
				continue
			}
			if p.isCalendar() {
				return nil, []Calendar{calendarAt(a.At, p)}, a.At, nil
			}
			homes = append(homes, p.Home.Hrefs...)
			if len(p.Principal.Hrefs) > 0 {
				who = p.Principal.Hrefs[0]
			}
		}
		if at = a.At; len(homes) > 0 || who == "" {
			return homes, nil, at, nil
		}
		next, err := at.Parse(strings.TrimSpace(who))
		if err == nil {
			next, err = web.Address(next.String())
		}
		if err != nil {
			return nil, nil, at, c.Door.Failed(ctx, err)
		}
		if next.String() == at.String() {
			break
		}
		at = next
	}
	return nil, nil, at, nil
}

func (c Client) calendarsIn(ctx context.Context, home *url.URL) (list []Calendar, err error) {
	m, a, err := c.ask(ctx, "PROPFIND", home, "1", aboutBody)
	if err != nil {
		return nil, err
	}
	for _, r := range m.Responses {
		p, ok := r.found()
		if !ok || !p.isCalendar() || !p.holdsEvents() || len(r.Hrefs) == 0 {
			continue
		}
		u, err := a.At.Parse(strings.TrimSpace(r.Hrefs[0]))
		if err == nil {
			u, err = web.Address(u.String())
		}
		if err == nil {
			list = append(list, calendarAt(u, p))
		}
	}
	return list, nil
}

func calendarAt(at *url.URL, p prop) Calendar {
	name := strings.TrimSpace(p.Name)
	if name == "" {
		parts := strings.Split(strings.Trim(at.Path, "/"), "/")
		name = parts[len(parts)-1]
	}
	return Calendar{At: at.String(), Name: name, Colour: colour(p.Colour), ReadOnly: p.readOnly(), Syncs: p.syncs(), Tag: strings.TrimSpace(p.Tag)}
}

// colour is a colour as #rrggbb, without the opacity that Apple writes after it.
func colour(s string) string {
	s = strings.ToLower(strings.TrimSpace(s))
	if len(s) != 7 && len(s) != 9 || s[0] != '#' || strings.Trim(s[1:], "0123456789abcdef") != "" {
		return ""
	}
	return s[:7]
}

// Stand asks a calendar how it stands. An address that is not a calendar's is a
// *data.Problem.
func (c Client) Stand(ctx context.Context, at *url.URL) (Calendar, error) {
	m, a, err := c.ask(ctx, "PROPFIND", at, "0", aboutBody)
	if err != nil {
		return Calendar{}, err
	}
	for _, r := range m.Responses {
		if p, ok := r.found(); ok && (p.isCalendar() || p.Tag != "" || p.syncs()) {
			return calendarAt(a.At, p), nil
		}
	}
	return Calendar{}, c.Door.Problem(data.NoCalDAV, "", nil)
}

// escape writes a text into XML.
func escape(s string) string {
	var sb strings.Builder
	_ = xml.EscapeText(&sb, []byte(s)) // a Builder takes everything
	return sb.String()
}

// Put puts a new entry, called name, and never overwrites one: had says that
// there is one of that name. The server's refusal is a *data.Problem.
func (c Client) Put(ctx context.Context, at *url.URL, name, ics string) (had bool, err error) {
	u, err := hrefOf(at, url.PathEscape(name))
	if err != nil {
		return false, c.Door.Failed(ctx, err)
	}
	a, err := c.Door.Ask(ctx, web.Question{Method: http.MethodPut, At: u, Body: ics, Header: http.Header{
		"Content-Type": {"text/calendar; charset=utf-8"}, "If-None-Match": {"*"},
	}})
	switch {
	case err != nil:
		return false, err
	case a.Status == http.StatusPreconditionFailed:
		return true, nil
	case a.Status == http.StatusCreated, a.Status == http.StatusNoContent, a.Status == http.StatusOK:
		return false, nil
	case a.Status == http.StatusUnauthorized, a.Status >= 500 && a.Status != http.StatusNotImplemented && a.Status != http.StatusInsufficientStorage:
		return false, c.Door.Refusal(a)
	}
	return false, c.Door.Problem(data.EntryRefused, strconv.Itoa(a.Status)+" "+http.StatusText(a.Status), nil)
}
