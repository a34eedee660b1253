package calendar

import (
	"strings"

	"github.com/emersion/go-ical"

	"rapport/data"
)

// calls are the properties that hold the link to a call: RFC 7986's, Google's
// and Microsoft's.
var calls = []string{"CONFERENCE", "X-GOOGLE-CONFERENCE", "X-MICROSOFT-SKYPETEAMSMEETINGURL", "X-MICROSOFT-ONLINEMEETINGCONFLINK"}

// where is the place of an entry, or where it does not say one, the host of its
// call.
func where(props ical.Props) string {
	if said := data.MeetingPlace(oneLine(first(props, "LOCATION"))); said != "" {
		return said
	}
	for _, name := range calls {
		for _, p := range props[name] {
			if said := data.MeetingPlace(oneLine(p.Value)); strings.HasPrefix(said, "online, ") {
				return said
			}
		}
	}
	return ""
}
