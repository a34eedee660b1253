package store

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"rapport/data/text"
)

// indexed are mails put into a search index, together where that can be or, one
// by one, by SQLite; piece is how many at once.
func indexed(t testing.TB, mails map[int64]mailWords, piece int, together bool) *DB {
	t.Helper()
	ctx := context.Background()
	db, err := Open(ctx, t.TempDir(), Options{Instance: "test"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	var numbers []int64
	for n := range mails {
		numbers = append(numbers, n)
	}
	slices.Sort(numbers)
	for part := range slices.Chunk(numbers, piece) {
		if _, err := db.Write(ctx, "", func(tx *Tx) error {
			for _, n := range part {
				if together {
					tx.indexLater(n, mails[n])
				} else if err := tx.indexMessage(n, mails[n]); err != nil {
					return err
				}
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
	}
	return db
}

// contents is all that an index says, once it is of one piece: the leaves of its
// trees, byte for byte, and the sizes.
func contents(t testing.TB, db *DB) []string {
	t.Helper()
	ctx := context.Background()
	if _, err := db.write.ExecContext(ctx, `INSERT INTO message_search (message_search) VALUES ('optimize')`); err != nil {
		t.Fatal(err)
	}
	list := []string{}
	for _, question := range []string{
		`SELECT d.level / 1024 || ' ' || hex(s.block) FROM message_search_segdir d JOIN message_search_segments s ON s.blockid BETWEEN d.start_block AND d.leaves_end_block ORDER BY d.level, s.blockid`,
		`SELECT level / 1024 || ' ' || hex(root) FROM message_search_segdir WHERE leaves_end_block = 0 ORDER BY level`,
		`SELECT docid || ' ' || hex(size) FROM message_search_docsize ORDER BY docid`,
		`SELECT hex(value) FROM message_search_stat WHERE id = 0`,
	} {
		rows, err := query(ctx, db.write, scanString, question)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, rows...)
	}
	return list
}

func hits(t testing.TB, db *DB, match string) []int64 {
	t.Helper()
	found, err := query(context.Background(), db.read, scanInt64, `SELECT docid FROM message_search WHERE message_search MATCH ? ORDER BY docid DESC`, match)
	if err != nil {
		t.Fatalf("%s: %v", match, err)
	}
	return found
}

func sameIndex(t testing.TB, one, other *DB, questions []string) {
	t.Helper()
	sameHits(t, one, other, questions)
	a, b := contents(t, one), contents(t, other)
	sameHits(t, one, other, questions)
	if len(a) != len(b) || len(a) < 4 {
		t.Errorf("%d lines in the index, one by one %d", len(a), len(b))
	}
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			t.Fatalf("line %d of the index says %.200q, one by one %.200q", i, a[i], b[i])
		}
	}
}

func sameHits(t testing.TB, one, other *DB, questions []string) {
	t.Helper()
	for _, q := range questions {
		if x, y := hits(t, one, q), hits(t, other, q); !slices.Equal(x, y) {
			t.Fatalf("%s finds %d mails %v, one by one %d %v", q, len(x), x[:min(len(x), 9)], len(y), y[:min(len(y), 9)])
		}
	}
}

// manyWords are mails with many different words, so that an index of them has
// inner nodes, and with some that are left to SQLite.
func manyWords(n, words int) map[int64]mailWords {
	mails := map[int64]mailWords{}
	for i := range n {
		var body strings.Builder
		for k := range words {
			fmt.Fprintf(&body, "w%x of the %d. kiln—“glass” ", (i*131+k*k*977)%50_000, k%7)
		}
		if i%40 == 7 {
			body.WriteString(" 東京 ğ ")
		}
		if i%90 == 8 {
			body.WriteString(" привет κόσμε " + strings.Repeat("x", 5000+i))
		}
		number := int64(1_700_000_000+i*3600)<<20 | int64(i)
		mails[number] = mailWords{text.Fold(fmt.Sprintf("Letter %d of the lamp", i)), text.Fold("Karin Holt karin@kestrel.example"), text.Fold(body.String())}
	}
	return mails
}

func TestAnIndexMadeTogetherIsTheSame(t *testing.T) {
	mails := manyWords(800, 120)
	one, other := indexed(t, mails, 400, true), indexed(t, mails, 400, false)
	pieces, err := one.countOf(`SELECT count(*) FROM message_search_segdir WHERE leaves_end_block > 0`)
	if err != nil || pieces < 6 {
		t.Errorf("%d pieces have leaves (%v)", pieces, err)
	}
	sameIndex(t, one, other, []string{
		"kiln", `"of the"`, `"the lamp"`, "w1*", "w12*", "ke*", "k*", "gla*", "glas*", "lett* lamp", "kestrel NOT w1*", "subject:lamp text:glass", `"karin holt"`, "привет", "при*", "xxxx*", "東京", "nothing", `"kiln glass"`, "kiln NEAR/3 the",
	})
}

func (db *DB) countOf(question string) (int, error) {
	return one(context.Background(), db.read, scanInt, question)
}

// SQLite merges pieces as it does with its own ones.
func TestPiecesAreMergedBySQLite(t *testing.T) {
	mails := manyWords(1800, 12)
	one, other := indexed(t, mails, 100, true), indexed(t, mails, 100, false)
	deep, err := one.countOf(`SELECT count(*) FROM message_search_segdir WHERE level % 1024 > 0`)
	if err != nil || deep == 0 {
		t.Errorf("%d pieces were merged (%v)", deep, err)
	}
	sameIndex(t, one, other, []string{"kiln", "w1*", "ke*", `"of the"`, "glas*", "xxxx*"})
}

// letters are mails of which none is left over.
func letters(n int) map[int64]mailWords {
	mails := map[int64]mailWords{}
	for i := range n {
		mails[int64(i+1)] = mailWords{fmt.Sprintf("letter %d", i), "karin holt", fmt.Sprintf("kiln glass w%x", i*977%50_000)}
	}
	return mails
}

// A first sync writes large pieces. They lie where merged ones do, so that nothing
// is merged before there are very many of them.
func TestLargePiecesAreNotMergedAtOnce(t *testing.T) {
	mails := letters((largeMost + 3) * manyTogether)
	one, other := indexed(t, mails, manyTogether, true), indexed(t, mails, manyTogether, false)
	for level, want := range map[string]int{"0": 3, "1024": 3, "1": largeMost, "1025": largeMost, "2": 0} {
		if n, err := one.countOf(`SELECT count(*) FROM message_search_segdir WHERE level = ` + level); err != nil || n != want {
			t.Errorf("level %s has %d pieces (%v), want %d", level, n, err, want)
		}
	}
	sameIndex(t, one, other, []string{"kiln", "w1*", "ho*", `"letter 9000"`})
}

// Where a level is full SQLite is given one mail to merge it with, and not all.
func TestOneMailIsEnoughForSQLiteToMerge(t *testing.T) {
	mails := letters(40 * fewTogether)
	one, other := indexed(t, mails, fewTogether, true), indexed(t, mails, fewTogether, false)
	if n, err := one.countOf(`SELECT count(*) FROM message_search_segdir WHERE level = 1`); err != nil || n != 2 {
		t.Errorf("%d pieces were merged (%v), want 2", n, err)
	}
	sameIndex(t, one, other, []string{"kiln", `"letter 1700"`, "ho*", "39*"})

	full := indexed(t, letters((piecesMost-1)*fewTogether), fewTogether, true)
	if _, err := full.Write(context.Background(), "", func(tx *Tx) error {
		more := letters(fewTogether)
		left, err := tx.indexTogether(slices.Sorted(maps.Keys(more)), lexiconOf(more))
		if len(left) != 1 {
			t.Errorf("%d mails are left to SQLite", len(left))
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
}

func TestAnyMailsMakeTheSameIndex(t *testing.T) {
	word := rapid.SampledFrom([]string{"a", "ab", "abc", "abcd", "abcde", "ä", "don't", "ß", "κόσμε", "мир", "東京都", "x–y", "“a”", "…", "\x00", "1€", "É", " ", "\n", "a_b", "日", "ab\u200bcd", "ſ", "ǆ", "ab\u0301"})
	line := rapid.Custom(func(t *rapid.T) string {
		return text.Fold(strings.Join(rapid.SliceOfN(word, 0, 12).Draw(t, "words"), rapid.SampledFrom([]string{" ", "", "-"}).Draw(t, "between")))
	})
	rapid.Check(t, func(r *rapid.T) {
		mails := map[int64]mailWords{}
		for range rapid.IntRange(fewTogether, fewTogether+20).Draw(r, "mails") {
			mails[rapid.Int64Range(-5, 1<<45).Draw(r, "n")] = mailWords{line.Draw(r, "subject"), line.Draw(r, "people"), line.Draw(r, "text")}
		}
		one, other := indexed(t, mails, 1000, true), indexed(t, mails, 1000, false)
		defer one.Close()
		defer other.Close()
		sameIndex(t, one, other, []string{"a", "ab*", "a*", `"a ab"`, "abcd*", "мир", "κοσμε", "text:ab"})
	})
}

// What a lexicon does not leave over it parts as SQLite does: each character that
// it lets pass, between letters.
func TestEveryCharacterPartsWordsAsInSQLite(t *testing.T) {
	db, err := sql.Open("sqlite3", ":memory:")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	if _, err := db.Exec(`CREATE VIRTUAL TABLE parted USING fts3tokenize (unicode61, "remove_diacritics=2")`); err != nil {
		t.Fatal(err)
	}
	tried := 0
	for r := rune(1); r < 0x30000; r++ {
		s := "ab" + string(r) + "cd" + string(r) + " " + string(r)
		if !utf8.ValidRune(r) || !isSurelyParted(s) {
			continue
		}
		tried++
		want, err := query(context.Background(), db, scanString, `SELECT token FROM parted WHERE input = ? ORDER BY position`, s)
		if err != nil {
			t.Fatal(err)
		}
		x := newLexicon()
		if n := x.add(0, s); n != len(want) {
			t.Errorf("%q (%U) has %d words, in SQLite %q", s, r, n, want)
		}
		for _, w := range want {
			if _, ok := x.words[w]; !ok {
				t.Errorf("%q (%U) has no %q", s, r, w)
			}
		}
	}
	if tried < 150 {
		t.Errorf("only %d characters pass", tried)
	}
}
