package store

import (
	"encoding/binary"
	"maps"
	"slices"
)

// fewTogether is how many mails are worth a piece of the index of their own: the
// more pieces, the sooner they are merged.
const fewTogether = 100

// piecesMost is how many pieces of one level lie beside each other before SQLite
// makes one of them; then one is left for it to do that with.
const piecesMost = 15

// levelStep parts the levels of the index of words from those of beginnings.
const levelStep = 1024

// indexTogether puts many mails into the search index at once, and returns those
// that are left to SQLite, in their order: few ones, those that a lexicon leaves
// over, and every so often all, since SQLite merges pieces when it adds one.
func (tx *Tx) indexTogether(mails map[int64]mailWords) (left []int64, err error) {
	left = slices.Sorted(maps.Keys(mails))
	if len(mails) < fewTogether {
		return left, nil
	}
	var place [3]int
	for i := range place {
		if place[i], err = tx.count(`SELECT coalesce(max(idx), -1) + 1 FROM message_search_segdir WHERE level = ?`, i*levelStep); err != nil {
			return nil, err
		}
		if place[i] >= piecesMost {
			return left, nil
		}
	}
	x, left := lexiconOf(mails)
	for i, index := range []map[string]int{x.words, x.two, x.four} {
		var s segment
		x.each(index, s.add)
		if err := tx.writeSegment(&s, i*levelStep, place[i]); err != nil {
			return nil, err
		}
	}
	return left, tx.putSizes(x.sizes)
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
