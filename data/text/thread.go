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
	InReplyTo  string   // used where References is empty
	References []string // oldest ancestor first, as in the header
	Subject    string
	At         int64 // unix seconds
}

// A Thread is a conversation: a message, or one that is missing, and all that answers it.
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
// merging by subject. Answers to a message that is missing share a thread with a missing root.
//
// The result depends on the set of nodes alone, not on their order: a message's own header outranks what others'
// References imply of it, then the more frequent claim wins, then the lesser id. Claims that would close a circle
// are dropped at its oldest message. Copies of a message (one Message-ID, several nodes) lie side by side.
func Threads(nodes []Node) Forest {
	g := newGraph(nodes)
	g.cutCircles()
	return g.forest()
}

// ThreadsBySubject is Threads, and then hangs a thread whose root is marked as a reply ("Re:", "AW:") and names no
// ancestor under the latest thread of the same bare subject that began before it, at most within earlier.
// Only threads that begin with an unmarked subject take others in.
func ThreadsBySubject(nodes []Node, within time.Duration) Forest {
	g := newGraph(nodes)
	g.cutCircles()
	g.adoptBySubject(int64(within / time.Second))
	return g.forest()
}

// ThreadKey guesses a message's thread from its own header: the first of References, else In-Reply-To, else its own
// Message-ID. Most messages of a thread agree on it; where References were cut short they may not, and Threads
// decides. It is empty where the message names no id at all.
func ThreadKey(messageID, inReplyTo string, references []string) string {
	for _, r := range references {
		if id := cleanID(r); id != "" {
			return id
		}
	}
	if id := cleanID(inReplyTo); id != "" {
		return id
	}
	return cleanID(messageID)
}

// cleanID takes an id out of its brackets. Some programs write prose around it, or no brackets; text with blanks
// and no brackets is no id.
func cleanID(s string) string {
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
		chain := ancestors(n, key)
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
	if id := cleanID(n.MessageID); id != "" {
		return id
	}
	return "\x00" + n.ID
}

// ancestors returns the ids that a message names, oldest first, without repeats and without itself.
func ancestors(n Node, self string) []string {
	var chain []string
	for _, r := range n.References {
		if id := cleanID(r); id != "" && id != self && !slices.Contains(chain, id) {
			chain = append(chain, id)
		}
	}
	if id := cleanID(n.InReplyTo); len(chain) == 0 && id != "" && id != self {
		chain = append(chain, id)
	}
	return chain
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

// adoptBySubject hangs orphaned replies under the thread whose subject they bear.
func (g *graph) adoptBySubject(within int64) {
	founders := map[string][]*box{} // by bare subject
	var orphans []*box
	for _, b := range g.boxes {
		if b.parent != nil || len(b.nodes) == 0 {
			continue
		}
		subject := b.nodes[0].Subject
		if IsReply(subject) {
			orphans = append(orphans, b)
		} else if bare := subjectKey(subject); bare != "" && !IsForward(subject) {
			founders[bare] = append(founders[bare], b)
		}
	}
	for _, list := range founders {
		slices.SortFunc(list, olderBox)
	}
	for _, o := range orphans {
		list := founders[subjectKey(o.nodes[0].Subject)]
		i, _ := slices.BinarySearchFunc(list, o, olderBox)
		if i > 0 && o.at()-list[i-1].at() <= within {
			o.parent = list[i-1]
		}
	}
}

func subjectKey(s string) string { return strings.ToLower(BareSubject(s)) }

func olderBox(a, b *box) int {
	return cmp.Or(cmp.Compare(a.at(), b.at()), cmp.Compare(a.key, b.key))
}

// forest reads threads and parents off the boxes.
func (g *graph) forest() Forest {
	f := Forest{Parent: map[string]string{}}
	members := map[*box][]Node{}
	roots := map[*box]*box{}
	for _, b := range g.boxes {
		root := rootOf(b, roots)
		members[root] = append(members[root], b.nodes...)
		if p := nearestHere(b); p != nil {
			for _, n := range b.nodes {
				f.Parent[n.ID] = p.nodes[0].ID
			}
		}
	}
	began := map[string]Node{}
	for root, nodes := range members {
		if len(nodes) == 0 {
			continue
		}
		nodes = oneByID(nodes)
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

// rootOf climbs to the root, and remembers it for every box on the way.
func rootOf(b *box, known map[*box]*box) *box {
	var way []*box
	for known[b] == nil && b.parent != nil {
		way = append(way, b)
		b = b.parent
	}
	root := cmp.Or(known[b], b)
	for _, w := range way {
		known[w] = root
	}
	return root
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
