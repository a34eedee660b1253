package data

import (
	"regexp"
	"strings"
)

// PlaceWords is a meeting's place as it may be printed: without links, codes
// and dial-in numbers, which let strangers in. "Online" when nothing else is
// left.
func PlaceWords(place string) string {
	var kept []string
	for _, piece := range placeBreak.Split(place, -1) {
		if piece = strings.TrimSpace(piece); piece != "" && !isSecretPiece(piece) {
			kept = append(kept, piece)
		}
	}
	if len(kept) == 0 && strings.TrimSpace(place) != "" {
		return "Online"
	}
	return strings.Join(kept, ", ")
}

// WithoutLinks is a line of text without its links and the codes behind them.
func WithoutLinks(line string) string {
	line = link.ReplaceAllString(line, "")
	line = accessCode.ReplaceAllString(line, "")
	line = strings.Join(strings.Fields(line), " ")
	return strings.TrimRight(strings.TrimSpace(emptyBrackets.ReplaceAllString(line, "")), " :-–·,;")
}

func isSecretPiece(s string) bool {
	return link.MatchString(s) || accessCode.MatchString(s) || dialIn.MatchString(s)
}

var (
	placeBreak    = regexp.MustCompile(`[,;|\n\r\t]+|\s+/\s+|\s+[-–]\s+`)
	link          = regexp.MustCompile(`(?i)\S*(?:\w:\/\/|www\.|mailto:|tel:|sip:)\S*|\b[\w-]+(?:\.[\w-]+)+/\S*|\b(?:[\w-]+\.)*(?:zoom\.us|teams\.live\.com|meet\.google\.com|webex\.com)\b`)
	accessCode    = regexp.MustCompile(`(?i)\(?\b(?:meeting\s*(?:id|number)|conference\s*id|access\s*code|pass\s*-?code|pass\s*-?word|kenncode|kennwort|passwort|pwd|pin|besprechungs-?id)\b(?:\s*[:=#]\s*|\s+(?:is|ist)\s+|\s+\d)\S*(?:\s\d[\d#*-]*)*\)?`)
	dialIn        = regexp.MustCompile(`\+?\d[\d\s()/-]{7,}\d`)
	emptyBrackets = regexp.MustCompile(`[(\[]\s*[)\]]`)
)
