package data

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Attachment is what a mail carries beside its text. Its bytes are not kept until
// somebody asks for them.
type Attachment struct {
	Name string `json:"name"` // as the mail has it; FileName is fit for a disk
	Type string `json:"type"` // a media type, lower case
	Size int64  `json:"size"` // bytes, decoded
	// Hash is the lower-case hex SHA-256 of the decoded bytes, by which they are
	// kept; "" where the mail was read only at its beginning.
	Hash string `json:"hash,omitempty"`
}

// maxFileName is how many bytes a file's name has at most: every file system
// takes that many, with room for a number.
const maxFileName = 180

// FileName is a name under which the attachment may lie on any laptop: one path
// element, no controls, no marks that turn the direction of writing, nothing that
// Windows reserves. It keeps the ending, and makes a name by the type where there
// is none.
func (a Attachment) FileName() string {
	name := strings.Map(func(r rune) rune {
		switch {
		case r == '/' || r == '\\':
			return '/'
		case strings.ContainsRune(`<>:"|?*`, r):
			return '_'
		case r == utf8.RuneError, unicode.IsControl(r), unicode.Is(unicode.Cf, r):
			return -1
		case unicode.IsSpace(r):
			return ' '
		}
		return r
	}, a.Name)
	name = name[strings.LastIndexByte(name, '/')+1:]
	name = strings.TrimLeft(strings.Join(strings.Fields(name), " "), ". -~")
	name = strings.TrimRight(name, ". ")
	if name == "" {
		name = "attachment" + endingOf(a.Type)
	}
	if isReserved(name) {
		name = "_" + name
	}
	return shortName(name)
}

// isReserved knows the names that Windows keeps for devices, with any ending.
func isReserved(name string) bool {
	stem, _, _ := strings.Cut(strings.ToLower(name), ".")
	switch stem = strings.TrimSpace(stem); stem {
	case "con", "prn", "aux", "nul", "conin$", "conout$", "clock$":
		return true
	}
	device, number := "", ""
	if len(stem) >= 4 {
		device, number = stem[:3], stem[3:]
	}
	return (device == "com" || device == "lpt") && strings.Contains("0123456789¹²³", number)
}

// shortName cuts a name that is too long in its middle, between characters, and
// keeps its ending.
func shortName(name string) string {
	if len(name) <= maxFileName {
		return name
	}
	ending := ""
	if i := strings.LastIndexByte(name, '.'); i > 0 && len(name)-i <= 20 {
		ending = name[i:]
	}
	stem := name[:maxFileName-len(ending)]
	for !utf8.ValidString(stem) {
		stem = stem[:len(stem)-1]
	}
	return strings.TrimRight(stem, ". ") + ending
}

// endings are for attachments without a name.
var endings = map[string]string{
	"application/pdf": ".pdf", "application/zip": ".zip", "application/json": ".json", "application/msword": ".doc",
	"application/vnd.ms-excel": ".xls", "application/vnd.ms-powerpoint": ".ppt", "application/ms-tnef": ".dat",
	"application/vnd.openxmlformats-officedocument.wordprocessingml.document":   ".docx",
	"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet":         ".xlsx",
	"application/vnd.openxmlformats-officedocument.presentationml.presentation": ".pptx",
	"audio/mpeg": ".mp3", "audio/wav": ".wav", "image/gif": ".gif", "image/jpeg": ".jpg", "image/png": ".png", "image/svg+xml": ".svg",
	"image/tiff": ".tif", "image/webp": ".webp", "message/rfc822": ".eml", "text/calendar": ".ics", "text/csv": ".csv", "text/html": ".html",
	"text/plain": ".txt", "text/vcard": ".vcf", "text/x-vcard": ".vcf", "video/mp4": ".mp4",
}

func endingOf(kind string) string { return endings[kind] }
