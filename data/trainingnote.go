package data

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"rapport/data/text"
)

// KindTrainingNote is the kind's name in the change log.
const KindTrainingNote = "training-note"

// Departments are those that a team begins with; any other word is one too.
var Departments = []string{"Sales", "Support", "Delivery", "Finance"}

// StaffLevel is how far somebody is, for whom a note or a session is meant. "" is
// everyone.
type StaffLevel string

// The levels, in their order.
const (
	LevelNew       StaffLevel = "new here"
	LevelPractised StaffLevel = "practised"
	LevelLeads     StaffLevel = "leads others"
)

// StaffLevels are all of them.
var StaffLevels = []StaffLevel{LevelNew, LevelPractised, LevelLeads}

// MeantFor says for whom something is meant; the zero value is everyone.
type MeantFor struct {
	Departments []string
	Level       StaffLevel
}

// Words are "Sales, support" and "New here".
func (a MeantFor) Words() (who, level string) {
	who, level = "Everyone", "Everyone"
	if len(a.Departments) > 0 {
		who = sentence(strings.ToLower(strings.Join(a.Departments, ", ")))
	}
	if a.Level != "" {
		level = sentence(string(a.Level))
	}
	if who == level && len(a.Departments) == 0 {
		level = "Every level"
	}
	return who, level
}

// Fits says whether it is meant for a department or a level; "" asks for any.
// What is meant for everyone fits every department and every level.
func (a MeantFor) Fits(department string, level StaffLevel) bool {
	there := len(a.Departments) == 0 || slices.ContainsFunc(a.Departments, func(d string) bool { return strings.EqualFold(d, department) })
	return (department == "" || there) && (level == "" || a.Level == "" || a.Level == level)
}

// TrainingNote is something that the team learned, written in blocks of Markdown.
// It is the team's own; whom it helps is named in it.
type TrainingNote struct {
	Belongs
	Title       string     `reg:"title"`
	Topic       string     `reg:"topic"`
	Departments []string   `reg:"department/"` // none: everyone
	Level       StaffLevel `reg:"level"`       // "": everyone
	By          string     `reg:"by"`
	On          string     `reg:"on"` // date
	Tags        []string   `reg:"tag/"`
	// Accounts, Sectors, Stages and Situations say where it helps: an account by
	// its ID, name or domain, and what accounts have.
	Accounts   []string `reg:"for-account/"`
	Sectors    []string `reg:"for-sector/"`
	Stages     []string `reg:"for-stage/"`
	Situations []string `reg:"for-situation/"`
	// Head is the front matter of its file with the lines around it, as they were.
	Head string `reg:"head"`
	// Blocks are its text by order: each keeps its own bytes, and joined in the
	// order of their keys they are the text.
	Blocks map[string]string `reg:"block/"`
	// File is the file that it came from, relative to the folder; or "".
	File string `reg:"file"`
}

// PartKind is KindTrainingNote.
func (n TrainingNote) PartKind() string { return KindTrainingNote }

// Standing is never due, and open.
func (n TrainingNote) Standing() (string, bool) { return "", true }

// Check says why it cannot be kept, or nil.
func (n TrainingNote) Check() error {
	switch {
	case strings.TrimSpace(n.Title) == "":
		return invalid("title", "a note needs a title")
	case n.Account != "":
		return invalid("account", "a note is the team's and belongs to no account; name the account it helps with instead")
	}
	return firstErr(checkOneOf("level", n.Level, StaffLevels), checkDate("on", n.On), checkHelps(n.Stages, n.Situations))
}

// Audience is for whom it is meant.
func (n TrainingNote) Audience() MeantFor { return MeantFor{n.Departments, n.Level} }

// Helps is where it helps: what is named in it, and the accounts that its text
// links to.
func (n TrainingNote) Helps() HelpsWith {
	h := HelpsWith{slices.Clone(n.Accounts), n.Sectors, n.Stages, n.Situations}
	for _, l := range n.Links() {
		if l.Kind == KindAccount && !slices.Contains(h.Accounts, l.Ref) {
			h.Accounts = append(h.Accounts, l.Ref)
		}
	}
	return h
}

// Body is its text.
func (n TrainingNote) Body() string { return strings.Join(n.BlockList(), "") }

// BlockList are its blocks in their order.
func (n TrainingNote) BlockList() []string {
	var list []string
	for _, k := range slices.Sorted(maps.Keys(n.Blocks)) {
		list = append(list, n.Blocks[k])
	}
	return list
}

// WithBlocks is the note with another text. A block that stays keeps its key, so
// that two people who change different blocks do not stand in each other's way.
func (n TrainingNote) WithBlocks(blocks []string) TrainingNote {
	keys := slices.Sorted(maps.Keys(n.Blocks))
	kept := sameBlocks(keys, n.Blocks, blocks)
	n.Blocks = map[string]string{}
	last := ""
	for i, b := range blocks {
		key := kept[i]
		if key == "" {
			next := ""
			for _, k := range kept[i:] {
				if next = k; next != "" {
					break
				}
			}
			key = keyBetween(last, next, b)
		}
		n.Blocks[key], last = b, key
	}
	return n
}

// sameBlocks gives each new block the key of the block it was: the longest run of
// blocks that both have in the same order.
func sameBlocks(keys []string, was map[string]string, is []string) []string {
	kept := make([]string, len(is))
	head := 0
	for head < len(keys) && head < len(is) && was[keys[head]] == is[head] {
		kept[head], head = keys[head], head+1
	}
	tail := 0
	for tail < len(keys)-head && tail < len(is)-head && was[keys[len(keys)-1-tail]] == is[len(is)-1-tail] {
		kept[len(is)-1-tail], tail = keys[len(keys)-1-tail], tail+1
	}
	rows, cols := keys[head:len(keys)-tail], is[head:len(is)-tail]
	if len(rows)*len(cols) > 1<<20 { // a text written anew
		return kept
	}
	length := make([][]int, len(rows)+1)
	for i := range length {
		length[i] = make([]int, len(cols)+1)
	}
	for i := len(rows) - 1; i >= 0; i-- {
		for j := len(cols) - 1; j >= 0; j-- {
			if length[i][j] = max(length[i+1][j], length[i][j+1]); was[rows[i]] == cols[j] {
				length[i][j] = length[i+1][j+1] + 1
			}
		}
	}
	for i, j := 0, 0; i < len(rows) && j < len(cols); {
		switch {
		case was[rows[i]] == cols[j]:
			kept[head+j], i, j = rows[i], i+1, j+1
		case length[i+1][j] >= length[i][j+1]:
			i++
		default:
			j++
		}
	}
	return kept
}

// keyBetween is a key that sorts after one and before another ("" is the end);
// what it ends with comes from the block, so that two laptops which add different
// blocks at one place make different keys.
func keyBetween(after, before, block string) string {
	h := fnv.New32a()
	h.Write([]byte(block))
	mark := fmt.Sprintf("%06x", h.Sum32()&0xffffff)
	a, b := leadOf(after), leadOf(before)
	switch {
	case before == "" && a+keyStep < 1<<24:
		return fmt.Sprintf("%06x", a+keyStep) + mark
	case b-a > 1:
		return fmt.Sprintf("%06x", (a+b)/2) + mark
	}
	return between(after, before) + mark
}

// keyStep is how far apart the keys of blocks lie that follow each other.
const keyStep = 0x100

// leadOf is the number that a key begins with, six hexadecimal digits.
func leadOf(key string) int {
	n, _ := strconv.ParseInt(key[:min(6, len(key))], 16, 32) // zero where it is none
	return int(n)
}

// between is a string of hexadecimal digits such that it, and whatever it begins,
// sorts after one and before another; "" is the end.
func between(after, before string) string {
	open := before == ""
	for i, made := 0, ""; ; i++ {
		x, y := digitAt(after, i, 0), 16
		if !open {
			y = digitAt(before, i, 16)
		}
		if y-x > 1 {
			return made + strconv.FormatInt(int64((x+y)/2), 16)
		}
		open = open || y > x
		made += strconv.FormatInt(int64(x), 16)
	}
}

func digitAt(key string, i, past int) int {
	if i >= len(key) {
		return past
	}
	n, err := strconv.ParseInt(key[i:i+1], 16, 32)
	if err != nil {
		return past
	}
	return int(n)
}

// NoteLink is a link in a note to something in the workspace, written in Markdown
// as [words](rapport:account/kestrel.example).
type NoteLink struct {
	Kind  string // account, contact, interaction or play
	Ref   string // an ID, a name, a domain or an address
	Words string
}

var noteLink = regexp.MustCompile(`\[([^\]\n]*)\]\(<?rapport:(account|contact|interaction|play)/([^)>\n]+)>?\)`)

// Links are the links of its text, in their order.
func (n TrainingNote) Links() (list []NoteLink) {
	for _, m := range noteLink.FindAllStringSubmatch(n.Body(), -1) {
		ref, err := url.PathUnescape(strings.TrimSpace(m[3]))
		if err != nil {
			ref = m[3]
		}
		list = append(list, NoteLink{Kind: m[2], Ref: ref, Words: m[1]})
	}
	return list
}

// BlockKind is what a block of a note is.
type BlockKind string

// The kinds of blocks.
const (
	BlockText      BlockKind = "text"
	BlockHeading   BlockKind = "heading"
	BlockList      BlockKind = "list"
	BlockChecklist BlockKind = "checklist"
	BlockQuote     BlockKind = "quote"
	BlockCode      BlockKind = "code"
	BlockRule      BlockKind = "rule"
)

var (
	checkBlock   = regexp.MustCompile(`^\s*(?:[-*+]|\d+[.)])\s+\[[ xX]\]\s`)
	listBlock    = regexp.MustCompile(`^\s{0,3}(?:[-*+]|\d{1,9}[.)])\s+\S`)
	ruleBlock    = regexp.MustCompile(`^\s{0,3}(?:(?:-\s*){3,}|(?:\*\s*){3,}|(?:_\s*){3,})\s*$`)
	headingBlock = regexp.MustCompile(`^\s{0,3}#{1,6}(?:\s|$)`)
	underlined   = regexp.MustCompile(`^[^\n]+\n {0,3}(?:=+|-+)\s*$`)
)

// KindOfBlock is what a block is, by how it begins.
func KindOfBlock(block string) BlockKind {
	line, _, _ := strings.Cut(block, "\n")
	switch {
	case ruleBlock.MatchString(line):
		return BlockRule
	case headingBlock.MatchString(line), underlined.MatchString(strings.TrimRight(block, " \r\n")):
		return BlockHeading
	case checkBlock.MatchString(line):
		return BlockChecklist
	case listBlock.MatchString(line):
		return BlockList
	case strings.HasPrefix(strings.TrimLeft(line, " "), ">"):
		return BlockQuote
	case strings.HasPrefix(strings.TrimLeft(line, " "), "```"), strings.HasPrefix(strings.TrimLeft(line, " "), "~~~"), strings.HasPrefix(line, "    "):
		return BlockCode
	}
	return BlockText
}

// Summary is the first words of its text that are no heading.
func (n TrainingNote) Summary() string {
	for _, b := range n.BlockList() {
		if k := KindOfBlock(b); k == BlockText || k == BlockQuote {
			return text.Preview(noteLink.ReplaceAllString(strings.TrimLeft(b, "> "), "$1"), 90)
		}
	}
	return ""
}

// Says says whether it holds every word of a query; a query without words is held
// by every note. Letters are folded, as the search of mails does.
func (n TrainingNote) Says(query string) bool {
	return saysAll(query, append(n.Words(), n.Title)...)
}

// Words are all that it says under its title, by which it is found.
func (n TrainingNote) Words() []string {
	return []string{n.Topic, n.By, string(n.Level), strings.Join(n.Tags, " "), strings.Join(n.Departments, " "), n.Body()}
}

// saysAll says whether texts hold every word of a query.
func saysAll(query string, texts ...string) bool {
	all := text.Fold(strings.Join(texts, "\n"))
	for _, w := range strings.Fields(text.Fold(query)) {
		if !strings.Contains(all, w) {
			return false
		}
	}
	return true
}

// SortNotes sorts by topic, then by title.
func SortNotes(list []TrainingNote) {
	slices.SortStableFunc(list, func(a, b TrainingNote) int {
		return cmp.Or(cmp.Compare(unless(a.Topic != ""), unless(b.Topic != "")), strings.Compare(text.Fold(a.Topic), text.Fold(b.Topic)),
			strings.Compare(text.Fold(a.Title), text.Fold(b.Title)), strings.Compare(a.ID, b.ID))
	})
}

var markdownMarks = regexp.MustCompile(`\[([^\]\n]*)\]\([^)\n]*\)|[*_` + "`" + `]{1,3}`)

// NoteWords are words of Markdown as they are read: links are their words, stars
// and ticks are gone.
func NoteWords(s string) string { return markdownMarks.ReplaceAllString(s, "$1") }
