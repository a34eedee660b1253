package calendar

import "fmt"

// maxNotes is how many remarks one reading keeps; a feed with a thousand bad
// lines needs no thousand sentences.
const maxNotes = 40

// notes collects remarks in words, each once. They name entries by UID or line,
// never by what is written in them.
type notes struct {
	list []string
	seen map[string]bool
	more int
}

func (n *notes) add(format string, args ...any) {
	note := fmt.Sprintf(format, args...)
	if n.seen[note] {
		return
	}
	if len(n.list) == maxNotes {
		n.more++
		return
	}
	if n.seen == nil {
		n.seen = map[string]bool{}
	}
	n.seen[note] = true
	n.list = append(n.list, note)
}

// all are the remarks in order of first mention, the last saying how many more
// there were.
func (n *notes) all() []string {
	if n.more == 0 {
		return n.list
	}
	return append(n.list[:len(n.list):len(n.list)], fmt.Sprintf("%d more remarks like these", n.more))
}
