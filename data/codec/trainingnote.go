package codec

import (
	"bytes"
	"cmp"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	gotext "github.com/yuin/goldmark/text"
	"gopkg.in/yaml.v3"

	"rapport/data"
)

// NoteSize is how large a note's file may be, in bytes.
const NoteSize = 4 << 20

// NoteError says on which line a note cannot be read, and why.
type NoteError struct {
	Line int
	Says string
}

func (e *NoteError) Error() string { return fmt.Sprintf("line %d: %s", e.Line, e.Says) }

// ReadNote reads a note from Markdown with front matter. What it keeps is the
// file, byte for byte: WriteNote gives it back. A note without a title has the
// first heading's, else the file's name. Keys that it does not know are kept with
// the rest. A file that cannot be kept so is a *NoteError.
func ReadNote(file string, b []byte) (n data.TrainingNote, err error) {
	if len(b) > NoteSize {
		return n, &NoteError{1, fmt.Sprintf("the file is larger than %d MB; a note is text", NoteSize>>20)}
	}
	if at := badByte(b); at >= 0 {
		return n, &NoteError{1 + bytes.Count(b[:at], []byte("\n")), "this is not text in UTF-8; save the file as UTF-8 and import it again"}
	}
	head, body, err := cutHead(string(b))
	if err != nil {
		return n, err
	}
	n.File, n.Head = file, head
	if err := readHead(&n, head); err != nil {
		return n, err
	}
	blocks := NoteBlocks(body)
	n = n.WithBlocks(blocks)
	n.Title = cmp.Or(n.Title, firstHeading(blocks), strings.TrimSuffix(path.Base(strings.ReplaceAll(file, `\`, "/")), path.Ext(file)))
	return n, n.Check()
}

// badByte is where a text has what no text in UTF-8 has, -1 for nowhere.
func badByte(b []byte) int {
	for i := 0; i < len(b); {
		r, size := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && size == 1 || r == 0 {
			return i
		}
		i += size
	}
	return -1
}

// cutHead parts front matter, with its lines of dashes, from the text.
func cutHead(s string) (head, body string, err error) {
	rest := strings.TrimPrefix(s, "\ufeff")
	first, _, _ := strings.Cut(rest, "\n")
	if strings.TrimRight(first, " \t\r") != "---" {
		return "", s, nil
	}
	at := len(s) - len(rest) + len(first) + 1
	if at > len(s) {
		return "", s, nil // three dashes alone are a line across
	}
	lines := 1
	for at < len(s) {
		line, _, more := strings.Cut(s[at:], "\n")
		lines++
		at += len(line)
		if more {
			at++
		}
		if w := strings.TrimRight(line, " \t\r"); w == "---" || w == "..." {
			return s[:at], s[at:], nil
		}
	}
	if !keyLine.MatchString(strings.TrimPrefix(rest, first+"\n")) {
		return "", s, nil // a line across and text
	}
	return "", "", &NoteError{lines, "the front matter that begins on line 1 is not closed; end it with a line ---"}
}

var keyLine = regexp.MustCompile(`^[A-Za-z][\w-]*:(?:\s|$)`)

// headLines is the front matter without its lines of dashes, and how many lines
// stand before it.
func headLines(head string) string {
	lines := strings.SplitAfter(head, "\n")
	if len(lines) < 2 {
		return ""
	}
	end := len(lines) - 1
	if lines[end] == "" {
		end--
	}
	return strings.Join(lines[1:end], "")
}

var yamlLine = regexp.MustCompile(`^(?:yaml: )?(?:unmarshal errors:\s*)?line (\d+): `)

// headKeys are the keys of front matter with their values, in their order.
func headKeys(head string) ([]*yaml.Node, error) {
	inside := headLines(head)
	if strings.TrimSpace(inside) == "" {
		return nil, nil
	}
	var doc yaml.Node
	if err := yaml.Unmarshal([]byte(inside), &doc); err != nil {
		line, says := 2, strings.TrimPrefix(err.Error(), "yaml: ")
		if m := yamlLine.FindStringSubmatch(err.Error()); m != nil {
			n, _ := strconv.Atoi(m[1]) // digits, as the pattern wants
			line, says = n+1, err.Error()[len(m[0]):]
		}
		return nil, &NoteError{line, "the front matter cannot be read (" + says + "); write one key: value on each line, in quotes where the value has a colon"}
	}
	if len(doc.Content) == 0 {
		return nil, nil
	}
	m := doc.Content[0]
	if m.Kind != yaml.MappingNode {
		return nil, &NoteError{m.Line + 1, "the front matter has no keys; write one key: value on each line, like topic: Price talk"}
	}
	return m.Content, nil
}

// noteKey is a key that a note knows, and where its words go.
type noteKey struct {
	names []string
	one   func(*data.TrainingNote) *string
	many  func(*data.TrainingNote) *[]string
}

func (k noteKey) empty(n data.TrainingNote) bool {
	return k.one != nil && *k.one(&n) == "" || k.many != nil && len(*k.many(&n)) == 0
}

// same says whether two notes have the same words at the key.
func (k noteKey) same(a, b data.TrainingNote) bool {
	return k.one != nil && *k.one(&a) == *k.one(&b) || k.many != nil && slices.Equal(*k.many(&a), *k.many(&b))
}

// noteKeys are all of them.
var noteKeys = []noteKey{
	{names: []string{"title"}, one: func(n *data.TrainingNote) *string { return &n.Title }},
	{names: []string{"topic"}, one: func(n *data.TrainingNote) *string { return &n.Topic }},
	{names: []string{"department", "departments"}, many: func(n *data.TrainingNote) *[]string { return &n.Departments }},
	{names: []string{"level"}, one: func(n *data.TrainingNote) *string { return (*string)(&n.Level) }},
	{names: []string{"by", "author"}, one: func(n *data.TrainingNote) *string { return &n.By }},
	{names: []string{"date"}, one: func(n *data.TrainingNote) *string { return &n.On }},
	{names: []string{"tags"}, many: func(n *data.TrainingNote) *[]string { return &n.Tags }},
	{names: []string{"accounts"}, many: func(n *data.TrainingNote) *[]string { return &n.Accounts }},
	{names: []string{"sectors"}, many: func(n *data.TrainingNote) *[]string { return &n.Sectors }},
	{names: []string{"stages"}, many: func(n *data.TrainingNote) *[]string { return &n.Stages }},
	{names: []string{"situations"}, many: func(n *data.TrainingNote) *[]string { return &n.Situations }},
}

// readHead fills in what the front matter says.
func readHead(n *data.TrainingNote, head string) error {
	pairs, err := headKeys(head)
	if err != nil {
		return err
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		key, value := pairs[i], pairs[i+1]
		if value.Kind == yaml.AliasNode {
			value = value.Alias
		}
		name := strings.ToLower(key.Value)
		for _, k := range noteKeys {
			if !slices.Contains(k.names, name) || value.Tag == "!!null" {
				continue
			}
			words, ok := wordsOf(value)
			switch {
			case !ok || k.one != nil && value.Kind != yaml.ScalarNode:
				return &NoteError{value.Line + 1, fmt.Sprintf("%s needs words, not what stands there", name)}
			case k.one != nil:
				*k.one(n) = strings.TrimSpace(value.Value)
			default:
				*k.many(n) = words
			}
		}
		if name == "level" {
			n.Level = data.StaffLevel(strings.ToLower(string(n.Level)))
			if n.Level == "everyone" {
				n.Level = ""
			}
			if err := n.Check(); err != nil && n.Level != "" && !slices.Contains(data.StaffLevels, n.Level) {
				return &NoteError{key.Line + 1, fmt.Sprintf("level %q is none of new here, practised, leads others, everyone", n.Level)}
			}
		}
	}
	n.Departments = slices.DeleteFunc(n.Departments, func(d string) bool { return strings.EqualFold(d, "everyone") })
	probe := *n
	probe.Title = "a note"
	if err := probe.Check(); err != nil {
		return &NoteError{2, err.Error()}
	}
	return nil
}

// wordsOf are the words of a value: a list's, or one's parted by commas.
func wordsOf(v *yaml.Node) (words []string, ok bool) {
	add := func(s string) {
		if s = strings.TrimSpace(s); s != "" && !slices.Contains(words, s) {
			words = append(words, s)
		}
	}
	switch v.Kind {
	case yaml.ScalarNode:
		for _, s := range strings.Split(v.Value, ",") {
			add(s)
		}
	case yaml.SequenceNode:
		for _, item := range v.Content {
			if item.Kind != yaml.ScalarNode {
				return nil, false
			}
			add(item.Value)
		}
	default:
		return nil, false
	}
	return words, true
}

var noteMarkdown = goldmark.New(goldmark.WithExtensions(extension.GFM))

// NoteBlocks parts a text of Markdown into its blocks: headings, lists, quotes and
// so on. Joined they are the text; the empty lines after a block are its own.
func NoteBlocks(body string) []string {
	if body == "" {
		return nil
	}
	doc := noteMarkdown.Parser().Parse(gotext.NewReader([]byte(body)))
	var starts []int
	for c := doc.FirstChild(); c != nil; c = c.NextSibling() {
		at := c.Pos()
		if c.Lines() != nil && c.Lines().Len() > 0 && (at < 0 || at > c.Lines().At(0).Start) {
			at = c.Lines().At(0).Start
		}
		if at <= 0 || at >= len(body) {
			continue
		}
		at = strings.LastIndexByte(body[:at], '\n') + 1
		if last := len(starts) - 1; at > 0 && (last < 0 || at > starts[last]) {
			starts = append(starts, at)
		}
	}
	var blocks []string
	from := 0
	for _, at := range append(starts, len(body)) {
		if at > from {
			blocks, from = append(blocks, body[from:at]), at
		}
	}
	return blocks
}

// firstHeading is the text of the first heading of the first level, or "".
func firstHeading(blocks []string) string {
	for _, b := range blocks {
		line, _, _ := strings.Cut(strings.TrimLeft(b, " \ufeff"), "\n")
		if rest, ok := strings.CutPrefix(line, "# "); ok {
			return strings.TrimSpace(strings.TrimRight(strings.TrimSpace(rest), "#"))
		}
	}
	return ""
}

// WriteNote is a note as the file that it came from, byte for byte where nothing
// was changed. What was changed is written into its front matter; the rest of that
// stays, unknown keys too.
func WriteNote(n data.TrainingNote) []byte {
	as := []byte(n.Head + n.Body())
	if was, err := ReadNote(n.File, as); err == nil && sameHead(was, n) {
		return as
	}
	as = []byte(mendHead(n) + n.Body())
	if is, err := ReadNote(n.File, as); err == nil && sameHead(is, n) && is.Body() == n.Body() {
		return as
	}
	return []byte(wholeHead(n) + n.Body())
}

// wholeHead is the front matter written anew from its keys, for what cannot be
// mended line by line: keys in braces, say.
func wholeHead(n data.TrainingNote) string {
	pairs, err := headKeys(n.Head)
	if err != nil {
		pairs = nil
	}
	root := &yaml.Node{Kind: yaml.MappingNode}
	for i := 0; i+1 < len(pairs); i += 2 {
		if !slices.ContainsFunc(noteKeys, func(k noteKey) bool { return slices.Contains(k.names, strings.ToLower(pairs[i].Value)) }) {
			root.Content = append(root.Content, pairs[i], pairs[i+1])
		}
	}
	inside := ""
	if b, err := yaml.Marshal(root); err == nil && len(root.Content) > 0 {
		inside = string(b)
	}
	for _, k := range noteKeys {
		if !k.empty(n) {
			inside += k.names[0] + ": " + headValue(&n, k.one, k.many) + "\n"
		}
	}
	return "---\n" + inside + "---\n"
}

// sameHead says whether two notes say the same in their front matter.
func sameHead(a, b data.TrainingNote) bool {
	return !slices.ContainsFunc(noteKeys, func(k noteKey) bool { return !k.same(a, b) })
}

// mendHead is the front matter with what the note says now.
func mendHead(n data.TrainingNote) string {
	pairs, err := headKeys(n.Head)
	inside := strings.SplitAfter(headLines(n.Head), "\n")
	if err != nil || n.Head == "" {
		pairs, inside = nil, nil
	}
	var was data.TrainingNote
	_ = readHead(&was, n.Head) // what cannot be read is written anew
	out := map[int]string{}    // by line, what stands in its place
	gone := map[int]bool{}
	added := ""
	for _, k := range noteKeys {
		if k.same(was, n) {
			continue
		}
		line := k.names[0] + ": " + headValue(&n, k.one, k.many) + "\n"
		if k.empty(n) {
			line = ""
		}
		found := false
		for i := 0; i+1 < len(pairs); i += 2 {
			if !slices.Contains(k.names, strings.ToLower(pairs[i].Value)) {
				continue
			}
			from, to := pairs[i].Line, lastLine(pairs[i+1])
			for l := from; l <= to; l++ {
				gone[l] = true
			}
			out[from], found = line, true
			line = ""
		}
		if !found {
			added += line
		}
	}
	var b strings.Builder
	b.WriteString("---\n")
	for i, line := range inside {
		if gone[i+1] {
			line = out[i+1]
		}
		b.WriteString(line)
	}
	if s := b.String(); !strings.HasSuffix(s, "\n") {
		b.WriteString("\n")
	}
	b.WriteString(added + "---\n")
	return b.String()
}

func headValue(n *data.TrainingNote, one func(*data.TrainingNote) *string, many func(*data.TrainingNote) *[]string) string {
	var v any
	if one != nil {
		v = *one(n)
	} else {
		node := &yaml.Node{Kind: yaml.SequenceNode, Style: yaml.FlowStyle}
		for _, s := range *many(n) {
			node.Content = append(node.Content, &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: s})
		}
		v = node
	}
	b, err := yaml.Marshal(v)
	if err != nil {
		return strconv.Quote(fmt.Sprint(v))
	}
	s := strings.TrimSuffix(string(b), "\n")
	if strings.Contains(s, "\n") && one != nil {
		return strconv.Quote(*one(n))
	}
	return strings.ReplaceAll(s, "\n", " ")
}

// lastLine is the last line of a value.
func lastLine(v *yaml.Node) int {
	last := v.Line
	if v.Kind == yaml.ScalarNode {
		if v.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0 {
			last += strings.Count(strings.TrimRight(v.Value, "\n"), "\n") + 1
		}
		return last
	}
	for _, c := range v.Content {
		last = max(last, lastLine(c))
	}
	return last
}

// NoteFile is a name for a note's file: the one that it came from where that lies
// within a folder, else one made of its title.
func NoteFile(n data.TrainingNote) string {
	f := strings.ReplaceAll(n.File, `\`, "/")
	if f != "" && path.Clean(f) == f && !path.IsAbs(f) && f != ".." && !strings.HasPrefix(f, "../") && !strings.ContainsAny(f, ":\x00") {
		return f
	}
	var b strings.Builder
	for _, r := range strings.ToLower(n.Title) {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r > 127:
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
		if b.Len() > 60 {
			break
		}
	}
	return cmp.Or(strings.Trim(b.String(), "-"), "note") + ".md"
}
