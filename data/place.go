package data

import (
	"net/url"
	"regexp"
	"strings"
)

// Links to calls and the codes behind them let strangers in. They are cut away
// where a calendar is read (MeetingPlace, MeetingTitle), so that nothing that is
// made of a meeting can hold one; once more where a meeting is printed
// (PlaceWords, WithoutLinks), whoever wrote it; and where a mail is shared
// (WithoutCalls).

// MeetingTitle is what a meeting is called, without links and codes. What only looks
// like a link, as "Node.js/React" does, stays.
func MeetingTitle(summary string) string {
	if !mayHoldCall(summary) {
		return summary
	}
	return untied(bareLink.ReplaceAllStringFunc(schemed.ReplaceAllString(summary, ""), func(address string) string {
		if callLink.MatchString(address) {
			return ""
		}
		return address
	}))
}

// MeetingPlace is where a meeting is, in one line. Links are cut down to their
// host and codes left out: "online, zoom.us" where nothing but a link is said.
func MeetingPlace(location string) string {
	if !mayHoldCall(location) {
		return tidyPlace(location)
	}
	without := accessCode.ReplaceAllString(dialTail.ReplaceAllString(location, ""), "")
	if !linkAddress.MatchString(without) {
		return tidyPlace(without)
	}
	alone := tidyPlace(linkAddress.ReplaceAllString(without, "")) == ""
	s := tidyPlace(linkAddress.ReplaceAllStringFunc(without, linkHost))
	if alone && s != "" {
		return "online, " + s
	}
	return s
}

// mayHoldCall says whether a text may hold a link or a code: most do not, and are
// as they are.
func mayHoldCall(s string) bool { return strings.ContainsAny(s, ":/=#.") || accessCode.MatchString(s) }

// linkHost is the host of a link, "" of what has none.
func linkHost(address string) string {
	address = strings.TrimRight(address, ".,;)")
	if !strings.Contains(address, ":/") {
		address = "https://" + address
	}
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Hostname()
}

// tidyPlace takes off what is left at the edges when a part was removed.
func tidyPlace(s string) string {
	s = emptyBrackets.ReplaceAllString(s, "")
	return strings.Trim(strings.Join(strings.Fields(s), " "), " ,;|-–")
}

// PlaceWords is a meeting's place as it may be printed: without links, codes
// and dial-in numbers, which let strangers in. "Online" when nothing else is
// left.
func PlaceWords(place string) string {
	var kept []string
	for _, piece := range placeBreak.Split(link.ReplaceAllStringFunc(place, unbroken), -1) {
		if piece = strings.TrimSpace(piece); piece != "" && !isSecretPiece(piece) {
			kept = append(kept, piece)
		}
	}
	if len(kept) == 0 && strings.TrimSpace(place) != "" {
		return "Online"
	}
	return strings.Join(kept, ", ")
}

// unbroken is a link without the signs within it that part pieces of a place.
func unbroken(address string) string {
	whole := strings.TrimRight(address, ",;|")
	return strings.NewReplacer(",", "", ";", "", "|", "").Replace(whole) + address[len(whole):]
}

// WithoutLinks is a line of text without its links and the codes behind them.
func WithoutLinks(line string) string {
	return untied(link.ReplaceAllString(line, ""))
}

// untied is a line from which links were cut, without the codes that stood behind
// them and what is left at the edges.
func untied(line string) string {
	line = accessCode.ReplaceAllString(line, "")
	line = strings.Join(strings.Fields(line), " ")
	return strings.TrimRight(strings.TrimSpace(emptyBrackets.ReplaceAllString(line, "")), " :-–·,;")
}

// WithoutCalls is a text of several lines without the links into calls, the codes
// behind them and the numbers to dial with a code. Its other links stay.
func WithoutCalls(text string) string {
	if !mayHoldCall(text) {
		return text
	}
	text = linkAddress.ReplaceAllStringFunc(text, func(address string) string {
		if callLink.MatchString(address) {
			return linkHost(address)
		}
		return address
	})
	return accessCode.ReplaceAllString(dialTail.ReplaceAllString(text, ""), "")
}

func isSecretPiece(s string) bool {
	return link.MatchString(s) || accessCode.MatchString(s) || dialIn.MatchString(s)
}

var (
	placeBreak = regexp.MustCompile(`[,;|\n\r\t]+|\s+/\s+|\s+[-–]\s+`)
	link       = regexp.MustCompile(schemed.String() + `|` + bareLink.String() + `|(?i:\b(?:[\w-]+\.)*(?:zoom\.us|teams\.live\.com|meet\.google\.com|webex\.com)\b)`)
	schemed    = regexp.MustCompile(`(?i:\S*(?:\w:\/|www\.|mailto:|tel:|sip:)\S*)`)
	bareLink   = regexp.MustCompile(`(?i:\b(?:[\w-]+\.)+[a-z]{2,}/\S*)`) // without a scheme
	accessCode = regexp.MustCompile(`(?i)[(\[]?\b(?:(?:meeting|conference|webinar|event|besprechungs|sitzungs|konferenz|réunion|vergader)[\s-]*(?:id|number|no\.?|nummer|kennung)|(?:access|entry|security|host|participant|attendee|guest|zugangs|zutritts|teilnehmer|toegangs)[\s-]*(?:code|key)|` +
		`pass\s*-?\s*code|\w*(?:pass|kenn|wacht)\s*-?\s*(?:word|wort|woord)|kenncode|pass|pwd|pin|(?:code|mot)\s+(?:d[’']accès|secret|de\s+passe)|c[oó]digo\s+de\s+acceso|contraseña)\b` +
		`(?:\s*[:=#]\s*|\s+(?:is|ist|est|es)\s*:?\s+|\s+\d)[^\s,;)\]]*(?:\s\d[\d#*-]*)*[)\]]?`)
	dialIn        = regexp.MustCompile(`\+?\d[\d\s()/-]{7,}\d`)
	dialTail      = regexp.MustCompile(`(?i)(?:,{1,3}|;|\b[pwx])\s*\*?\d{3,}(?:[,;*#]+\d*)*#|,,\s*\d{3,}`)
	emptyBrackets = regexp.MustCompile(`[(\[<]\s*[)\]>]`)
	// linkAddress is a link from its beginning to its end, also one without https.
	linkAddress = regexp.MustCompile(`(?i)\b[a-z][a-z0-9+.-]*:/{1,2}[^\s<>"]+|\b(?:sip|tel|mailto|callto|skype):[^\s<>"]+|\b(?:[\w-]+\.)+[a-z]{2,}/[^\s<>"]+`)
	// callLink is one that leads into a call, by its host or by the key in it.
	callLink = regexp.MustCompile(`(?i)zoom(?:gov)?\.(?:us|com)|teams\.(?:microsoft|live)\.|meet\.google\.|webex\.|gotomeet|goto\.com|whereby\.com|meet\.jit\.si|bluejeans\.|chime\.aws|join\.skype|lync\.|\bmeet\.|^(?:sip|tel|msteams|zoommtg|callto|skype):|[?&#/](?:pwd|passcode|password|pin|token|key|secret)=`)
)
