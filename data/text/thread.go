package text

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// A Node is a message as threading sees it.
type Node struct {
	ID         string   // the caller's own, unique
	MessageID  string   // with or without angle brackets; empty where the mail has none
	InReplyTo  string   // as in the header, prose and all
	References []string // oldest ancestor first, as in the header
	Subject    string   // empty for mail that is never threaded by it, such as a program's
	From       string   // addresses, normalised
	To         []string // and of the copies
	At         int64    // unix seconds
}

// A Thread is a conversation: messages that name each other, or a missing one, by Message-ID.
type Thread struct {
	Key  string   // the root's Message-ID, of a missing root too; without one, the root's ID
	Root string   // ID of the root, empty where that message is missing
	IDs  []string // every message, oldest first
}

// A Forest is the outcome of threading. Each message is in exactly one thread.
type Forest struct {
	Threads []Thread          // the one that began last comes last
	Parent  map[string]string // ID to the ID of the nearest ancestor that is here; roots have no entry
}

// Threads groups messages by their ids, after Jamie Zawinski's algorithm (jwz.org/doc/threading.html) without its
// merging by subject. Whatever one header names together is one thread: so are answers to a message that is missing,
// and trees that a header with broken References names both. The root is then that of the tree that began first.
//
// The result depends on the set of nodes alone, not on their order: a message's own header outranks what others'
// References imply of it, then the more frequent claim wins, then the lesser id. Claims that would close a circle
// are dropped at its oldest message. Copies of a message (one Message-ID, several nodes) lie side by side.
func Threads(nodes []Node) Forest {
	g := newGraph(nodes)
	g.cutCircles()
	return g.forest()
}

// ThreadsBySubject is Threads, and then joins each message that is Headless with every message of its SubjectKey
// between the same people that was sent before it, at most within earlier; the latest of them is its parent. Joining
// with all, not with the latest only, is what lets messages come in any order.
func ThreadsBySubject(nodes []Node, within time.Duration) Forest {
	g := newGraph(nodes)
	g.cutCircles()
	g.adoptBySubject(int64(within / time.Second))
	return g.forest()
}

// Names returns every id that a message names, each once: its own first, where it has one, then its ancestors'.
func (n Node) Names() []string {
	own := CleanID(n.MessageID)
	names := n.ancestors(own)
	if own != "" {
		names = append([]string{own}, names...)
	}
	if id := n.answered(); id != "" && !slices.Contains(names, id) {
		names = append(names, id)
	}
	return names
}

// Key guesses a message's thread from its own header: the first of References, else what it answers, else its own
// Message-ID. Most messages of a thread agree on it; where References were cut short they may not, and Threads
// decides. It is empty where the message names no id at all.
func (n Node) Key() string {
	own := CleanID(n.MessageID)
	if up := n.ancestors(own); len(up) > 0 {
		return up[0]
	}
	return own
}

// Headless says whether a message is marked as a reply ("Re:", "AW:") but names nothing that it answers.
func (n Node) Headless() bool {
	return IsReply(n.Subject) && n.SubjectKey() != "" && len(n.ancestors(CleanID(n.MessageID))) == 0
}

// SubjectKey is the bare subject as it is compared; empty where a subject says nothing or is that of a forward.
func (n Node) SubjectKey() string {
	if IsForward(n.Subject) {
		return ""
	}
	return strings.ToLower(BareSubject(n.Subject))
}

// Continues says whether a headless message goes on from an earlier one by its subject: they bear the same, between
// the same people, and lie no more than within seconds apart.
func (n Node) Continues(earlier Node, within int64) bool {
	if earlier.At >= n.At || n.At-earlier.At > within || n.From == "" || earlier.From == "" ||
		n.SubjectKey() != earlier.SubjectKey() || !n.Headless() {
		return false
	}
	if n.From == earlier.From {
		return slices.ContainsFunc(n.To, func(a string) bool { return slices.Contains(earlier.To, a) })
	}
	return slices.Contains(earlier.To, n.From) && slices.Contains(n.To, earlier.From)
}

// ancestors returns the ids that a message names as those it answers, oldest first, without repeats and without
// itself.
func (n Node) ancestors(self string) []string {
	var chain []string
	for _, r := range n.References {
		if id := CleanID(r); id != "" && id != self && !slices.Contains(chain, id) {
			chain = append(chain, id)
		}
	}
	if id := n.answered(); len(chain) == 0 && id != "" && id != self {
		chain = append(chain, id)
	}
	return chain
}

// answered is the id in In-Reply-To. Some programs write prose there, with the address of who is answered in
// brackets too: that is no id, and the id comes last.
func (n Node) answered() string {
	rest := n.InReplyTo
	for {
		i := strings.LastIndexByte(rest, '<')
		if i < 0 {
			break
		}
		if id := CleanID(rest[i:]); id != "" && !n.isOf(id) {
			return id
		}
		rest = rest[:i]
	}
	if strings.ContainsAny(n.InReplyTo, "<>") {
		return ""
	}
	if id := CleanID(n.InReplyTo); !n.isOf(id) {
		return id
	}
	return ""
}

// isOf says whether an id is the address of somebody in the message.
func (n Node) isOf(id string) bool {
	return strings.EqualFold(id, n.From) || slices.ContainsFunc(n.To, func(a string) bool { return strings.EqualFold(a, id) })
}

// CleanID takes an id out of its brackets. Some programs write prose around it, or no brackets; text with blanks
// and no brackets is no id, and gives the empty string.
func CleanID(s string) string {
	if i := strings.IndexByte(s, '<'); i >= 0 {
		if j := strings.IndexByte(s[i:], '>'); j > 0 {
			s = s[i+1 : i+j]
		}
	}
	s = strings.TrimSpace(s)
	if strings.ContainsAny(s, " \t\r\n<>") {
		return ""
	}
	return s
}

// box is a place in the tree: a message, its copies, or one that is missing.
type box struct {
	key    string
	nodes  []Node // oldest first
	parent *box
	joined *box // towards the box that stands for its thread; nil for that one
}

func (b *box) at() int64 {
	if len(b.nodes) == 0 {
		return 0
	}
	return b.nodes[0].At
}

// graph holds the boxes by Message-ID. The key of a message without one is its ID after a NUL byte.
type graph struct {
	boxes map[string]*box
}

func newGraph(nodes []Node) *graph {
	g := &graph{map[string]*box{}}
	own, implied := claims{}, claims{}
	for _, n := range oneByID(nodes) {
		key := boxKey(n)
		b := g.box(key)
		b.nodes = append(b.nodes, n)
		chain := n.ancestors(key)
		for _, name := range n.Names() {
			g.join(b, g.box(name))
		}
		for i := 1; i < len(chain); i++ {
			implied.add(chain[i], chain[i-1])
		}
		if len(chain) > 0 {
			own.add(key, chain[len(chain)-1])
		}
	}
	for _, c := range []claims{implied, own} {
		for child, votes := range c {
			if p := votes.winner(child); p != "" {
				g.box(child).parent = g.box(p)
			}
		}
	}
	return g
}

// oneByID orders nodes by time and ID, and keeps the first of each ID.
func oneByID(nodes []Node) []Node {
	sorted := slices.Clone(nodes)
	slices.SortFunc(sorted, func(a, b Node) int {
		return cmp.Or(cmp.Compare(a.At, b.At), cmp.Compare(a.ID, b.ID), cmp.Compare(a.MessageID, b.MessageID),
			cmp.Compare(a.InReplyTo, b.InReplyTo), slices.Compare(a.References, b.References), cmp.Compare(a.Subject, b.Subject))
	})
	seen := map[string]bool{}
	return slices.DeleteFunc(sorted, func(n Node) bool {
		again := seen[n.ID]
		seen[n.ID] = true
		return again
	})
}

func boxKey(n Node) string {
	if id := CleanID(n.MessageID); id != "" {
		return id
	}
	return "\x00" + n.ID
}

func (g *graph) box(key string) *box {
	b := g.boxes[key]
	if b == nil {
		b = &box{key: key}
		g.boxes[key] = b
	}
	return b
}

// claims counts, for each child, who was named as its parent.
type claims map[string]votes

type votes map[string]int

func (c claims) add(child, parent string) {
	if c[child] == nil {
		c[child] = votes{}
	}
	c[child][parent]++
}

// winner is the parent named most often; of equals, the least.
func (v votes) winner(child string) string {
	best := ""
	for p, n := range v {
		if p != child && (best == "" || n > v[best] || n == v[best] && p < best) {
			best = p
		}
	}
	return best
}

// cutCircles frees the oldest box of each circle from its parent. A box has one parent, so circles share no box.
func (g *graph) cutCircles() {
	walk := map[*box]*box{} // box to the start of the walk that first met it
	for _, start := range g.boxes {
		b := start
		for b != nil && walk[b] == nil {
			walk[b] = start
			b = b.parent
		}
		if b != nil && walk[b] == start {
			oldestOf(b).parent = nil
		}
	}
}

// oldestOf returns the oldest box on the circle through b. Missing messages count as older than any.
func oldestOf(b *box) *box {
	best := b
	for c := b.parent; c != b; c = c.parent {
		if cmp.Or(cmp.Compare(c.at(), best.at()), cmp.Compare(c.key, best.key)) < 0 {
			best = c
		}
	}
	return best
}

// adoptBySubject joins headless replies with what they continue.
func (g *graph) adoptBySubject(within int64) {
	same := map[string][]Node{} // by subject
	for _, b := range g.boxes {
		for _, n := range b.nodes {
			if key := n.SubjectKey(); key != "" {
				same[key] = append(same[key], n)
			}
		}
	}
	for _, list := range same {
		list = oneByID(list)
		for i, n := range list {
			if n.Headless() {
				g.adopt(n, list[:i], within)
			}
		}
	}
}

// adopt joins a headless message with those of the earlier ones that it continues; the latest becomes its parent.
func (g *graph) adopt(n Node, earlier []Node, within int64) {
	b := g.box(boxKey(n))
	for _, e := range slices.Backward(earlier) {
		if n.At-e.At > within {
			return
		}
		if !n.Continues(e, within) {
			continue
		}
		up := g.box(boxKey(e))
		g.join(b, up)
		if b.parent == nil && !up.isBelow(b) {
			b.parent = up
		}
	}
}

// isBelow says whether a box has another one, or is it, on its way up.
func (b *box) isBelow(other *box) bool {
	for ; b != nil; b = b.parent {
		if b == other {
			return true
		}
	}
	return false
}

// join makes the threads of two boxes one.
func (g *graph) join(a, b *box) {
	if a, b = a.thread(), b.thread(); a != b {
		b.joined = a
	}
}

// thread is the box that stands for a box's thread.
func (b *box) thread() *box {
	for b.joined != nil {
		if b.joined.joined != nil {
			b.joined = b.joined.joined
		}
		b = b.joined
	}
	return b
}

// forest reads threads and parents off the boxes.
func (g *graph) forest() Forest {
	f := Forest{Parent: map[string]string{}}
	members := map[*box][]Node{}
	for _, b := range g.boxes {
		t := b.thread()
		members[t] = append(members[t], b.nodes...)
		if p := nearestHere(b); p != nil {
			for _, n := range b.nodes {
				f.Parent[n.ID] = p.nodes[0].ID
			}
		}
	}
	began := map[string]Node{}
	for _, nodes := range members {
		if len(nodes) == 0 {
			continue
		}
		nodes = oneByID(nodes)
		root := g.box(boxKey(nodes[0])).root()
		t := Thread{Key: strings.TrimPrefix(root.key, "\x00"), IDs: make([]string, len(nodes))}
		for i, n := range nodes {
			t.IDs[i] = n.ID
		}
		if len(root.nodes) > 0 {
			t.Root = root.nodes[0].ID
		}
		began[t.IDs[0]] = nodes[0]
		f.Threads = append(f.Threads, t)
	}
	slices.SortFunc(f.Threads, func(a, b Thread) int {
		return cmp.Or(cmp.Compare(began[a.IDs[0]].At, began[b.IDs[0]].At), cmp.Compare(a.IDs[0], b.IDs[0]))
	})
	return f
}

// root climbs to the root of a box's tree.
func (b *box) root() *box {
	for b.parent != nil {
		b = b.parent
	}
	return b
}

// nearestHere returns the nearest ancestor with a message, or nil.
func nearestHere(b *box) *box {
	for b = b.parent; b != nil && len(b.nodes) == 0; b = b.parent {
	}
	return b
}

// Ancestors returns the IDs from a message's parent up to the root, as far as they are here.
func (f Forest) Ancestors(id string) []string {
	var up []string
	for p, ok := f.Parent[id]; ok; p, ok = f.Parent[p] {
		up = append(up, p)
	}
	return up
}

// ByID returns each message's thread, as an index into Threads.
func (f Forest) ByID() map[string]int {
	byID := map[string]int{}
	for i, t := range f.Threads {
		for _, id := range t.IDs {
			byID[id] = i
		}
	}
	return byID
}
