package calendar

import (
	"net/url"
	"slices"
	"strings"

	"github.com/emersion/go-ical"

	"rapport/data"
	"rapport/data/text"
)

// attendees are the people invited, each once, in their order; of a follow-up of
// ours that invites nobody, those that it is with.
func attendees(props ical.Props) (list []data.Attendee) {
	invited := props["ATTENDEE"]
	if len(invited) == 0 {
		invited = props[guestLine]
	}
	for _, p := range invited {
		a := data.Attendee{Address: address(p), Answer: answer(p), Optional: optional(p)}
		if a.Address == (data.Address{}) {
			continue
		}
		same := func(b data.Attendee) bool { return b.Email == a.Email && (a.Email != "" || b.Name == a.Name) }
		if !slices.ContainsFunc(list, same) {
			list = append(list, a)
		}
	}
	return list
}

// organizer is who invites, or the zero Address.
func organizer(props ical.Props) data.Address {
	if list := props["ORGANIZER"]; len(list) > 0 {
		return address(list[0])
	}
	return data.Address{}
}

// address reads a calendar user: a mailto link with a name beside it, a bare
// address, or an EMAIL parameter (RFC 7986) beside another kind of link.
func address(p ical.Prop) data.Address {
	email := strings.TrimSpace(p.Value)
	if len(email) > 7 && strings.EqualFold(email[:7], "mailto:") {
		email, _, _ = strings.Cut(email[7:], "?")
		if plain, err := url.PathUnescape(email); err == nil {
			email = plain
		}
	} else if given := param(p, "EMAIL"); given != "" {
		email = given
	}
	email = text.NormalAddress(email)
	if !strings.Contains(email, "@") || strings.ContainsAny(email, " /:") {
		email = ""
	}
	name := oneLine(strings.Trim(caret.Replace(param(p, "CN")), `"' `))
	if strings.EqualFold(name, email) {
		name = ""
	}
	return data.Address{Name: name, Email: email}
}

// caret undoes RFC 6868, which writes quotes and line ends in parameters.
var caret = strings.NewReplacer("^n", " ", "^'", `"`, "^^", "^")

func answer(p ical.Prop) string {
	switch said := strings.ToLower(param(p, "PARTSTAT")); said {
	case "accepted", "declined", "tentative":
		return said
	}
	return ""
}

func optional(p ical.Prop) bool {
	switch strings.ToUpper(param(p, "ROLE")) {
	case "OPT-PARTICIPANT", "NON-PARTICIPANT":
		return true
	}
	switch strings.ToUpper(param(p, "CUTYPE")) {
	case "ROOM", "RESOURCE":
		return true
	}
	return false
}
