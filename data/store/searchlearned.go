package store

import (
	"slices"
	"strings"
	"time"

	"rapport/data"
	"rapport/data/text"
)

// isLearned says whether parts of a kind are found by their words: notes and
// plays.
func isLearned(kind string) bool { return kind == data.KindTrainingNote || kind == data.KindPlay }

// indexLearned puts the words of a note or play into the index; those of a play
// that is retired are taken out.
func (tx *Tx) indexLearned(kind, id string, f data.Fields) error {
	if err := tx.unindexLearned(kind, id); err != nil {
		return err
	}
	title, words, ok := wordsOfLearned(learnedOf(kind, id, f))
	if !ok {
		return nil
	}
	_, err := tx.exec(`INSERT INTO learned_search (docid, title, text) SELECT n, ?3, ?4 FROM part WHERE kind = ?1 AND id = ?2`,
		kind, id, text.Fold(title), text.Fold(strings.Join(words, "\n")))
	return err
}

// learnedOf is the note or play of registers.
func learnedOf(kind, id string, f data.Fields) data.Part {
	if kind == data.KindTrainingNote {
		return data.PartOf[data.TrainingNote](id, f, time.Time{})
	}
	return data.PartOf[data.Play](id, f, time.Time{})
}

// wordsOfLearned are the title and the words of a note or play; ok is false for a
// play that is retired.
func wordsOfLearned(p data.Part) (title string, words []string, ok bool) {
	switch p := p.(type) {
	case data.TrainingNote:
		return p.Title, p.Words(), true
	case data.Play:
		return p.Name, p.Words(), p.Retired == ""
	}
	return "", nil, false
}

func (tx *Tx) unindexLearned(kind, id string) error {
	_, err := tx.exec(`DELETE FROM learned_search WHERE docid = (SELECT n FROM part WHERE kind = ? AND id = ?)`, kind, id)
	return err
}

// learned finds notes and plays, those with the words in their title first.
func (s search) learned(input string) ([]data.Hit, error) {
	own, err := query(s.ctx, s.db.read, func(r row) (h data.Hit, err error) {
		var kind, id, fields string
		if err := r.Scan(&kind, &id, &fields); err != nil {
			return h, err
		}
		f, err := fromJSON[data.Fields](fields)
		if err != nil {
			return h, err
		}
		return s.learnedHit(learnedOf(kind, id, f)), nil
	}, `
		SELECT p.kind, p.id, p.fields FROM learned_search x JOIN part p ON p.n = x.docid
		WHERE learned_search MATCH ?1 ORDER BY p.n DESC LIMIT ?2`, s.mails, 20*s.limit)
	if err != nil {
		return nil, err
	}
	kept, err := query(s.ctx, s.db.read, scanString, `SELECT id FROM part WHERE kind = ?`, data.KindPlay)
	if err != nil {
		return nil, err
	}
	for _, p := range data.StarterPlays() {
		if !slices.Contains(kept, p.ID) && text.Holds(p.Name+"\n"+strings.Join(p.Words(), "\n"), input) {
			own = append(own, s.learnedHit(p))
		}
	}
	slices.SortStableFunc(own, func(a, b data.Hit) int { return s.missing(a) - s.missing(b) })
	return own[:min(len(own), s.limit)], nil
}

func (s search) learnedHit(p data.Part) (h data.Hit) {
	switch p := p.(type) {
	case data.TrainingNote:
		h = s.hit(p.ID, p.Title, "", p.Body())
	case data.Play:
		h = s.hit(p.ID, p.Name, "", strings.Join(p.Words(), ". "))
	}
	h.Kind = data.Kind(p.PartKind())
	return h
}

// missing is how many of the words are not in a hit's title.
func (s search) missing(h data.Hit) (n int) {
	for _, w := range s.words {
		if len(text.Snippet(h.Title, []string{w}, len(h.Title)+1).Hits) == 0 {
			n++
		}
	}
	return n
}
