package calendar

import (
	"net/url"
	"regexp"
	"strings"

	"github.com/emersion/go-ical"
)

var (
	linkPattern = regexp.MustCompile(`(?i)\b(?:https?|msteams|zoommtg|webex|sip|tel)://?[^\s<>"]+`)
	// codePattern finds what lets a stranger into a call.
	codePattern = regexp.MustCompile(`(?i)[(\[]?\b(?:meeting id|conference id|passcode|password|pass|pwd|pin|access code|kennwort|passwort|kenncode|code d'accès|code secret)\b\s*(?:[:=#]|is)\s*[^\s,;)\]]+(?:[ ]\d{3,})*[)\]]?`)
)

// calls are the properties that hold the link to a call: RFC 7986's, Google's
// and Microsoft's.
var calls = []string{"CONFERENCE", "X-GOOGLE-CONFERENCE", "X-MICROSOFT-SKYPETEAMSMEETINGURL", "X-MICROSOFT-ONLINEMEETINGCONFLINK"}

// where is the place of an entry, or where it does not say one, the host of its
// call.
func where(props ical.Props) string {
	if said := place(first(props, "LOCATION")); said != "" {
		return said
	}
	for _, name := range calls {
		for _, p := range props[name] {
			if said := place(p.Value); strings.HasPrefix(said, "online, ") {
				return said
			}
		}
	}
	return ""
}

// place reads a LOCATION. Links are cut down to their host and codes left out,
// since a link to a call lets anybody in: "online, zoom.us".
func place(location string) string {
	s := oneLine(location)
	if !linkPattern.MatchString(s) {
		return tidyPlace(codePattern.ReplaceAllString(s, ""))
	}
	alone := tidyPlace(codePattern.ReplaceAllString(linkPattern.ReplaceAllString(s, ""), "")) == ""
	s = linkPattern.ReplaceAllStringFunc(s, linkHost)
	if s = tidyPlace(codePattern.ReplaceAllString(s, "")); alone && s != "" {
		return "online, " + s
	}
	return s
}

func linkHost(link string) string {
	u, err := url.Parse(strings.TrimRight(link, ".,;)"))
	if err != nil || u.Hostname() == "" {
		return ""
	}
	return u.Hostname()
}

// tidyPlace takes off what is left at the edges when a part was removed.
func tidyPlace(s string) string {
	s = strings.NewReplacer("()", "", "[]", "", "<>", "").Replace(s)
	return strings.Trim(strings.Join(strings.Fields(s), " "), " ,;|-–")
}
