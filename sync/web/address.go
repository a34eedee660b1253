package web

import (
	"errors"
	"net/url"
	"strings"

	"rapport/data"
	"rapport/data/text"
)

var (
	errBadLink   = errors.New("the link is not a web address")
	errPlainLink = errors.New("the link is not encrypted")
	errRedirects = errors.New("it leads from link to link without end")
)

// Address reads a link: https, webcal as https, and http to this laptop only. No
// error of it holds the link.
func Address(link string) (*url.URL, error) {
	u, err := url.Parse(strings.TrimSpace(link))
	if err != nil || u.Hostname() == "" {
		return nil, errBadLink // url's own error holds the link
	}
	switch u.Scheme = strings.ToLower(u.Scheme); u.Scheme {
	case "webcal", "webcals":
		u.Scheme = "https"
		if data.IsLoopback(u.Hostname()) && u.Port() != "" {
			u.Scheme = "http" // a calendar server on this laptop has no certificate
		}
	case "https":
	case "http":
		if !data.IsLoopback(u.Hostname()) {
			return nil, errPlainLink
		}
	default:
		return nil, errBadLink
	}
	u.Fragment, u.RawFragment = "", ""
	return u, nil
}

// sameSite says whether credentials for one address may go to the other: it is
// the same host and port, or a host of the same owner, encrypted.
func sameSite(a, b *url.URL) bool {
	if strings.EqualFold(a.Host, b.Host) && a.Scheme == b.Scheme {
		return true
	}
	if a.Scheme != "https" || b.Scheme != "https" || a.Port() != b.Port() {
		return false
	}
	owner := text.RegistrableDomain(strings.ToLower(a.Hostname()))
	return owner != "" && owner == text.RegistrableDomain(strings.ToLower(b.Hostname()))
}
