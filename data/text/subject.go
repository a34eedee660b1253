package text

import (
	"regexp"
	"slices"
	"strings"
)

// Marks that mail programs put before a subject, in the languages they are sold in.
const (
	replyMarks   = `re|réf|ref|aw|antw|antwort|sv|vs|odp|rif|res|r|ynt|απ|回复|答复|回覆|返信|答覆`
	forwardMarks = `fwd?|wg|tr|vb|vl|enc|rv|pd|i|doorst|ilt|πρθ|转发|轉寄|転送|轉發`
)

var (
	replyMark   = regexp.MustCompile(`(?i)^(?:` + replyMarks + `)\s*(?:[\[(^]?\d{1,3}[\])]?)?[\s\x{a0}]*[:：]`)
	forwardMark = regexp.MustCompile(`(?i)^(?:` + forwardMarks + `)\s*(?:[\[(^]?\d{1,3}[\])]?)?[\s\x{a0}]*[:：]`)
	listTag     = regexp.MustCompile(`^\[[^\[\]]{1,60}\]`)
	tailMark    = regexp.MustCompile(`(?i)\s*\(fwd?\)$`)
)

// BaseSubject strips the marks of replies and forwards ("Re: AW: Fwd:", "RE[2]:", "(fwd)") from a subject and joins
// its blanks. A list's tag stays, once: "Re: [glass] Re: Kiln" is "[glass] Kiln".
func BaseSubject(s string) string {
	tags, rest := parseSubject(s)
	return strings.Join(append(tags, rest...), " ")
}

// BareSubject is BaseSubject without the tags in brackets, unless the subject is nothing else.
func BareSubject(s string) string {
	tags, rest := parseSubject(s)
	if len(rest) == 0 {
		return strings.Join(tags, " ")
	}
	return strings.Join(rest, " ")
}

// IsReply says whether a subject's first mark, after any tags, is that of a reply.
func IsReply(s string) bool { return mayBeMarked(s) && replyMark.MatchString(skipTags(s)) }

// IsForward says whether a subject's first mark, after any tags, is that of a forward.
func IsForward(s string) bool { return mayBeMarked(s) && forwardMark.MatchString(skipTags(s)) }

// mayBeMarked spares most subjects the look at every mark.
func mayBeMarked(s string) bool { return strings.ContainsAny(s, ":：") }

// ReplySubject marks a subject as an answer's, once: the marks of earlier answers, in any language, make way for one
// "Re:". A forward's mark stays, for it says what is answered. Without a subject it is "Re:".
func ReplySubject(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	for mark := replyMark.FindString(s); mark != ""; mark = replyMark.FindString(s) {
		s = strings.TrimSpace(s[len(mark):])
	}
	return strings.TrimSpace("Re: " + s)
}

// parseSubject returns a subject's leading tags and the words of the rest.
func parseSubject(s string) (tags, rest []string) {
	s = strings.Join(strings.Fields(s), " ")
	for {
		if mayBeMarked(s) {
			if mark := replyMark.FindString(s) + forwardMark.FindString(s); mark != "" {
				s = strings.TrimSpace(s[len(mark):])
				continue
			}
		}
		tag := listTag.FindString(s)
		if tag == "" {
			break
		}
		if !slices.Contains(tags, tag) {
			tags = append(tags, tag)
		}
		s = strings.TrimSpace(s[len(tag):])
	}
	for strings.HasSuffix(s, ")") && tailMark.MatchString(s) {
		s = tailMark.ReplaceAllString(s, "")
	}
	return tags, strings.Fields(s)
}

func skipTags(s string) string {
	s = strings.TrimSpace(s)
	for tag := listTag.FindString(s); tag != ""; tag = listTag.FindString(s) {
		s = strings.TrimSpace(s[len(tag):])
	}
	return s
}
