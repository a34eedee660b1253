package store

import (
	"maps"
	"slices"

	"rapport/data"
)

// wordsToCome are the words of what a write has kept, for the search index. They
// go there together at its end: almost any other statement makes FTS4 write out
// the words it holds as a piece of its own, and thousands of small pieces take
// as long to merge as all the rest of the write.
type wordsToCome struct {
	mails   map[int64]mailWords  // by message.n
	entries map[int64]entryWords // by interaction.n
	reader  *wordReader          // nil while there are few mails
}

// entryWords are the words of a meeting or of what was logged by hand.
type entryWords struct {
	subject, text string
	people        []data.Participant
}

func (tx *Tx) indexLater(n int64, w mailWords) {
	if tx.words.mails == nil {
		tx.words.mails = map[int64]mailWords{}
	}
	tx.words.mails[n] = w
	switch {
	case tx.words.reader != nil:
		tx.words.reader.add(n, w)
	case len(tx.words.mails) == fewTogether:
		tx.words.reader = readWords()
		for n, w := range tx.words.mails {
			tx.words.reader.add(n, w)
		}
	}
}

func (tx *Tx) indexEntryLater(n int64, w entryWords) {
	if tx.words.entries == nil {
		tx.words.entries = map[int64]entryWords{}
	}
	tx.words.entries[n] = w
}

// unindexEntry takes an entry's words out of the index.
func (tx *Tx) unindexEntry(n int64) error {
	delete(tx.words.entries, n)
	_, err := tx.exec(`DELETE FROM entry_search WHERE docid = ?`, n)
	return err
}

func (tx *Tx) indexWords() error {
	left := slices.Sorted(maps.Keys(tx.words.mails))
	if tx.words.reader != nil && len(left) >= fewTogether {
		var err error
		if left, err = tx.indexTogether(left, tx.words.reader.lexicon()); err != nil {
			return err
		}
	}
	for _, n := range left {
		if err := tx.indexMessage(n, tx.words.mails[n]); err != nil {
			return err
		}
	}
	for _, n := range slices.Sorted(maps.Keys(tx.words.entries)) {
		w := tx.words.entries[n]
		if err := tx.indexEntry(n, w.subject, w.people, w.text); err != nil {
			return err
		}
	}
	return nil
}
