package caldav

import (
	"encoding/xml"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

// multistatus is the answer to PROPFIND and REPORT.
type multistatus struct {
	XMLName   xml.Name   `xml:"DAV: multistatus"`
	Responses []response `xml:"DAV: response"`
	Token     string     `xml:"DAV: sync-token"`
}

type response struct {
	Hrefs  []string   `xml:"DAV: href"`
	Status string     `xml:"DAV: status"`
	Stats  []propstat `xml:"DAV: propstat"`
}

type propstat struct {
	Status string `xml:"DAV: status"`
	Prop   prop   `xml:"DAV: prop"`
}

type link struct {
	Hrefs []string `xml:"DAV: href"`
}

type prop struct {
	ETag       string      `xml:"DAV: getetag"`
	Name       string      `xml:"DAV: displayname"`
	Token      string      `xml:"DAV: sync-token"`
	Tag        string      `xml:"http://calendarserver.org/ns/ getctag"`
	Colour     string      `xml:"http://apple.com/ns/ical/ calendar-color"`
	Principal  link        `xml:"DAV: current-user-principal"`
	Home       link        `xml:"urn:ietf:params:xml:ns:caldav calendar-home-set"`
	Data       *string     `xml:"urn:ietf:params:xml:ns:caldav calendar-data"`
	Type       *resource   `xml:"DAV: resourcetype"`
	Components *components `xml:"urn:ietf:params:xml:ns:caldav supported-calendar-component-set"`
	Reports    []report    `xml:"DAV: supported-report-set>supported-report>report"`
	Privileges *privileges `xml:"DAV: current-user-privilege-set"`
}

type resource struct {
	Collection *struct{} `xml:"DAV: collection"`
	Calendar   *struct{} `xml:"urn:ietf:params:xml:ns:caldav calendar"`
}

type components struct {
	List []struct {
		Name string `xml:"name,attr"`
	} `xml:"urn:ietf:params:xml:ns:caldav comp"`
}

type report struct {
	Sync *struct{} `xml:"DAV: sync-collection"`
}

type privileges struct {
	List []struct {
		All     *struct{} `xml:"DAV: all"`
		Write   *struct{} `xml:"DAV: write"`
		Content *struct{} `xml:"DAV: write-content"`
		Bind    *struct{} `xml:"DAV: bind"`
	} `xml:"DAV: privilege"`
}

// errNotWhole says that an answer is not the XML that it should be, or ends
// early: nothing follows from what is missing in it.
var errNotWhole = errors.New("the answer is not whole")

func parseMultistatus(body []byte) (multistatus, error) {
	var m multistatus
	if err := xml.Unmarshal(body, &m); err != nil {
		return m, errNotWhole
	}
	return m, nil
}

// statusOf reads "HTTP/1.1 404 Not Found"; 0 where there is none.
func statusOf(line string) int {
	fields := strings.Fields(line)
	if len(fields) < 2 {
		return 0
	}
	n, err := strconv.Atoi(fields[1])
	if err != nil {
		return 0
	}
	return n
}

// found merges the properties that the server has of a response.
func (r response) found() (p prop, ok bool) {
	for _, s := range r.Stats {
		if status := statusOf(s.Status); status != 0 && status/100 != 2 {
			continue
		}
		ok = true
		p = p.with(s.Prop)
	}
	return p, ok
}

// changed are the properties of something that a server says has changed. One that
// only says so, as drafts of RFC 6578 did, has no etag.
func (r response) changed() (p prop, ok bool) {
	if len(r.Stats) == 0 && statusOf(r.Status)/100 == 2 {
		return prop{}, true
	}
	return r.found()
}

func (p prop) with(q prop) prop {
	for _, f := range []struct{ to, from *string }{
		{&p.ETag, &q.ETag}, {&p.Name, &q.Name}, {&p.Token, &q.Token}, {&p.Tag, &q.Tag}, {&p.Colour, &q.Colour},
	} {
		if *f.from != "" {
			*f.to = *f.from
		}
	}
	p.Principal.Hrefs = append(p.Principal.Hrefs, q.Principal.Hrefs...)
	p.Home.Hrefs = append(p.Home.Hrefs, q.Home.Hrefs...)
	p.Reports = append(p.Reports, q.Reports...)
	if q.Data != nil {
		p.Data = q.Data
	}
	if q.Type != nil {
		p.Type = q.Type
	}
	if q.Components != nil {
		p.Components = q.Components
	}
	if q.Privileges != nil {
		p.Privileges = q.Privileges
	}
	return p
}

func (p prop) isCalendar() bool { return p.Type != nil && p.Type.Calendar != nil }

// holdsEvents says whether a calendar may hold meetings; one that does not say
// may.
func (p prop) holdsEvents() bool {
	if p.Components == nil || len(p.Components.List) == 0 {
		return true
	}
	for _, c := range p.Components.List {
		if strings.EqualFold(c.Name, "VEVENT") {
			return true
		}
	}
	return false
}

func (p prop) syncs() bool {
	for _, r := range p.Reports {
		if r.Sync != nil {
			return true
		}
	}
	return false
}

// readOnly says whether the server lets nobody put an entry; one that does not
// say may.
func (p prop) readOnly() bool {
	if p.Privileges == nil || len(p.Privileges.List) == 0 {
		return false
	}
	for _, v := range p.Privileges.List {
		if v.All != nil || v.Write != nil || v.Content != nil || v.Bind != nil {
			return false
		}
	}
	return true
}

// gone says whether a response is about something that is not there.
func (r response) gone() bool {
	status := statusOf(r.Status)
	return status == http.StatusNotFound || status == http.StatusGone
}

// nameIn is how something is called among the entries of a collection: its path,
// written in one way, without the collection's own where it lies in it. "" is the
// collection itself, or what lies on another server.
func nameIn(collection *url.URL, href string) string {
	u, err := collection.Parse(strings.TrimSpace(href))
	if err != nil || !strings.EqualFold(u.Host, collection.Host) {
		return ""
	}
	path, home := onePath(u), onePath(collection)
	if strings.TrimSuffix(path, "/") == strings.TrimSuffix(home, "/") {
		return ""
	}
	return strings.TrimPrefix(path, strings.TrimSuffix(home, "/")+"/")
}

// onePath is a path with its signs escaped in one way, whoever wrote it.
func onePath(u *url.URL) string {
	if strings.Contains(strings.ToUpper(u.RawPath), "%2F") {
		return u.RawPath
	}
	return (&url.URL{Path: u.Path}).EscapedPath()
}

// hrefOf undoes nameIn.
func hrefOf(collection *url.URL, name string) (*url.URL, error) {
	if !strings.HasPrefix(name, "/") {
		name = strings.TrimSuffix(onePath(collection), "/") + "/" + name
	}
	return collection.Parse(name)
}
