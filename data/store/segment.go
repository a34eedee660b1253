package store

import (
	"encoding/binary"
	"fmt"
)

// segment is a piece of an FTS4 index in the making: a tree whose leaves hold the
// words in their order, each written as what it has more than the one before,
// with its places (sqlite.org/fts3.html, section 9.2).
type segment struct {
	leaves  [][]byte
	borders []string // before each leaf but the first: what parts it from the one before
	leaf    []byte
	last    string
	size    int // of all entries
}

// nodeSize is how large a node becomes: what fits on a page of the file, with
// room for what SQLite keeps beside it.
const nodeSize = 4096 - 35

// add puts a word at the end, which is after all others in the order of bytes.
func (s *segment) add(word string, places []byte) {
	shared := sharedLen(s.last, word)
	need := entryLen(shared, len(word)-shared, len(places))
	if len(s.leaf) > 0 && len(s.leaf)+need > nodeSize {
		s.leaves = append(s.leaves, s.leaf)
		s.borders = append(s.borders, word[:shared+1])
		s.leaf, shared = nil, 0
		need = entryLen(0, len(word), len(places))
	}
	if s.leaf == nil {
		s.leaf = make([]byte, 0, max(nodeSize, need))
	}
	s.size += need
	s.leaf = binary.AppendUvarint(s.leaf, uint64(shared)) // of a leaf's first word it is the leaf's height, 0
	s.leaf = appendBytes(s.leaf, word[shared:])
	s.leaf = binary.AppendUvarint(s.leaf, uint64(len(places)))
	s.leaf = append(s.leaf, places...)
	s.last = word
}

func appendBytes(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

func sharedLen(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

func entryLen(shared, own, places int) int {
	return varintLen(shared) + varintLen(own) + own + varintLen(places) + places
}

func varintLen(n int) int {
	length := 1
	for n >= 0x80 {
		n >>= 7
		length++
	}
	return length
}

// write keeps a segment as the newest of a level of the index of mails.
func (tx *Tx) writeSegment(s *segment, level, place int) error {
	if s.leaf == nil {
		return nil
	}
	const put = `INSERT INTO message_search_segdir (level, idx, start_block, leaves_end_block, end_block, root) VALUES (?, ?, ?, ?, ?, ?)`
	if len(s.leaves) == 0 {
		_, err := tx.exec(put, level, place, 0, 0, fmt.Sprintf("0 %d", s.size), s.leaf)
		return err
	}
	first, err := tx.count(`SELECT coalesce(max(blockid), 0) + 1 FROM message_search_segments`)
	if err != nil {
		return err
	}
	next := first
	keep := func(nodes [][]byte) error {
		for _, n := range nodes {
			if _, err := tx.exec(`INSERT INTO message_search_segments (blockid, block) VALUES (?, ?)`, next, n); err != nil {
				return err
			}
			next++
		}
		return nil
	}
	if err := keep(append(s.leaves, s.leaf)); err != nil {
		return err
	}
	lastLeaf := next - 1
	child, borders := first, s.borders
	for height := 1; ; height++ {
		nodes, between := above(height, child, borders)
		if len(nodes) == 1 {
			_, err := tx.exec(put, level, place, first, lastLeaf, fmt.Sprintf("%d %d", next-1, s.size), nodes[0])
			return err
		}
		child, borders = next, between
		if err := keep(nodes); err != nil {
			return err
		}
	}
}

// above are the nodes over nodes that lie in a row from child on, with what parts
// these; between is what parts the new ones.
func above(height, child int, borders []string) (nodes [][]byte, between []string) {
	begin := func() []byte {
		return binary.AppendUvarint(append(make([]byte, 0, 256), byte(height)), uint64(child))
	}
	node, last, entries := begin(), "", 0
	for _, b := range borders {
		shared := sharedLen(last, b)
		need := varintLen(shared) + varintLen(len(b)-shared) + len(b) - shared
		if entries > 0 && len(node)+need > nodeSize {
			nodes, between = append(nodes, node), append(between, b)
			child += entries + 1
			node, last, entries = begin(), "", 0
			continue // it stands one level up
		}
		if entries > 0 {
			node = binary.AppendUvarint(node, uint64(shared))
		}
		node = appendBytes(node, b[shared:])
		last = b
		entries++
	}
	return append(nodes, node), between
}
