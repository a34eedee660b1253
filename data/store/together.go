package store

import (
	"encoding/binary"
	"slices"
)

// fewTogether is how many mails are worth a piece of the index of their own: the
// more pieces, the sooner they are merged.
const fewTogether = 100

// manyTogether is how many mails make a piece that is put where SQLite puts those
// that it has merged, so that a first sync does not merge what it writes.
const manyTogether = 1000

// largeMost is how many of those lie there at most, since a search looks into
// every piece.
const largeMost = 8

// piecesMost is how many pieces of one level lie beside each other before SQLite
// makes one of them. It does that when it adds one itself.
const piecesMost = 16

// levelStep parts the levels of the index of words from those of beginnings.
const levelStep = 1024

// indexTogether puts many mails that a lexicon has read into the search index at
// once, and returns those that are left to SQLite: those that the lexicon leaves
// over, and one where there are so many pieces that SQLite is to merge them.
func (tx *Tx) indexTogether(mails []int64, x *lexicon) (left []int64, err error) {
	level, place, err := tx.placeTogether(len(mails))
	if err != nil {
		return nil, err
	}
	if slices.Max(place[:]) >= piecesMost-1 {
		left, mails = mails[:1:1], mails[1:]
	}
	sizes, over := x.put(mails)
	for i, index := range []map[string]int{x.words, x.two, x.four} {
		var s segment
		x.each(index, s.add)
		if err := tx.writeSegment(&s, level+i*levelStep, place[i]); err != nil {
			return nil, err
		}
	}
	return append(left, over...), tx.putSizes(sizes)
}

// placeTogether finds where a piece of so many mails goes: its level, the same in
// all three indexes, and its place there in each.
func (tx *Tx) placeTogether(mails int) (level int, place [3]int, err error) {
	if mails >= manyTogether {
		place, err = tx.places(1)
		if err != nil || slices.Max(place[:]) < largeMost {
			return 1, place, err
		}
	}
	place, err = tx.places(0)
	return 0, place, err
}

// places are the next places of a level, by index.
func (tx *Tx) places(level int) (place [3]int, err error) {
	for i := range place {
		if place[i], err = tx.count(`SELECT coalesce(max(idx), -1) + 1 FROM message_search_segdir WHERE level = ?`, level+i*levelStep); err != nil {
			return place, err
		}
	}
	return place, nil
}

// putSizes notes how many words the mails have, each and all together.
func (tx *Tx) putSizes(sizes []mailSize) error {
	var total [5]uint32 // mails, words of each column, bytes
	for _, s := range sizes {
		var b []byte
		for i, n := range s.words {
			b = binary.AppendUvarint(b, uint64(n))
			total[1+i] += uint32(n)
		}
		total[0]++
		total[4] += uint32(s.bytes)
		if _, err := tx.exec(`REPLACE INTO message_search_docsize (docid, size) VALUES (?, ?)`, s.mail, b); err != nil {
			return err
		}
	}
	before, err := one(tx.ctx, prepared{tx}, func(r row) (b []byte, err error) {
		err = r.Scan(&b)
		return b, err
	}, `SELECT value FROM message_search_stat WHERE id = 0`)
	if noRows(err) != nil {
		return err
	}
	var b []byte
	for _, n := range total {
		was, length := binary.Uvarint(before)
		before = before[max(length, 0):]
		b = binary.AppendUvarint(b, uint64(n+uint32(was)))
	}
	_, err = tx.exec(`REPLACE INTO message_search_stat (id, value) VALUES (0, ?)`, b)
	return err
}
