package mail

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestRepairFetch(t *testing.T) {
	for name, c := range map[string]struct{ line, want string }{
		"nothing to repair":            {`* 1 FETCH (UID 3 FLAGS (\Seen $Junk) RFC822.SIZE 12)`, `* 1 FETCH (UID 3 FLAGS (\Seen $Junk) RFC822.SIZE 12)`},
		"with a mail":                  {`* 1 FETCH (UID 3 INTERNALDATE " 1-Jun-2026 10:00:00 +0000" BODY[] {12}`, `* 1 FETCH (UID 3 INTERNALDATE " 1-Jun-2026 10:00:00 +0000" BODY[] {12}`},
		"with header lines":            {`* 1 FETCH (UID 3 BODY[HEADER.FIELDS (DATE)] {12}`, `* 1 FETCH (UID 3 BODY[HEADER.FIELDS (DATE)] {12}`},
		"items that nobody asked for":  {`* 1 FETCH (X-GM-MSGID 12 UID 3 X-GM-LABELS ("\\Inbox" "a)b") RFC822.SIZE 4)`, `* 1 FETCH (UID 3 RFC822.SIZE 4)`},
		"nothing else":                 {`* 1 FETCH (X-GM-MSGID 12)`, `* 1 FETCH ()`},
		"MODSEQ without parentheses":   {`* 1 FETCH (UID 3 MODSEQ 12)`, `* 1 FETCH (UID 3 MODSEQ (12))`},
		"MODSEQ as it should be":       {`* 1 FETCH (MODSEQ (12) UID 3)`, `* 1 FETCH (MODSEQ (12) UID 3)`},
		"a date that is NIL":           {`* 1 FETCH (UID 3 INTERNALDATE NIL BODY[] {12}`, `* 1 FETCH (UID 3 BODY[] {12}`},
		"a date that is empty":         {`* 1 FETCH (INTERNALDATE "" UID 3 BODY[] {12}`, `* 1 FETCH (UID 3 BODY[] {12}`},
		"a size below nothing":         {`* 1 FETCH (UID 3 RFC822.SIZE -1)`, `* 1 FETCH (UID 3)`},
		"a mark with a bracket":        {`* 1 FETCH (UID 3 FLAGS (\Seen [a]b) RFC822.SIZE 4)`, `* 1 FETCH (UID 3 FLAGS (\Seen) RFC822.SIZE 4)`},
		"nothing but a mark like that": {`* 1 FETCH (FLAGS (a]) UID 3)`, `* 1 FETCH (FLAGS () UID 3)`},
		"a space too much":             {`* 1 FETCH (UID 3  FLAGS ( \Seen))`, `* 1 FETCH (UID 3 FLAGS (\Seen))`},
		"in small letters":             {`* 1 FETCH (uid 3 rfc822.size -1 body[] {12}`, `* 1 FETCH (uid 3 body[] {12}`},
		"what cannot be read stays":    {`* 1 FETCH (BODY[ NIL NIL`, `* 1 FETCH (BODY[ NIL NIL`},
		"a string without its end":     {`* 1 FETCH (UID 3 INTERNALDATE "1-Jun`, `* 1 FETCH (UID 3 INTERNALDATE "1-Jun`},
		"an unknown item's literal":    {`* 1 FETCH (UID 3 X-NOTE {12}`, `* 1 FETCH (UID 3 X-NOTE {12}`},
		"no list":                      {`* 1 FETCH`, `* 1 FETCH`},
		"an empty list":                {`* 1 FETCH ()`, `* 1 FETCH ()`},
		"a list without its end":       {`* 1 FETCH (UID 3 FLAGS (`, `* 1 FETCH (UID 3 FLAGS (`},
	} {
		t.Run(name, func(t *testing.T) {
			if got := string(repairFetch([]byte(c.line + "\r\n"))); got != c.want+"\r\n" {
				t.Errorf("%q\nis repaired to\n%q, want\n%q", c.line, got, c.want)
			}
		})
	}
}

// Whatever comes, what is repaired once is repaired for good, and a literal that
// a line announces stays announced.
func TestRepairFetchTwiceIsOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOf(rapid.SampledFrom([]string{"UID", "3", "FLAGS", "(", ")", `\Seen`, "a]", " ", "INTERNALDATE", "NIL", `""`, `"x`, "BODY[]", "{7}", "MODSEQ", "-1", "X-A"})).Draw(t, "words")
		line := []byte("* 1 FETCH (" + strings.Join(words, " ") + "\r\n")
		once := repairFetch(line)
		if twice := repairFetch(once); string(twice) != string(once) {
			t.Errorf("%q becomes %q and then %q", line, once, twice)
		}
		before, _ := literalAfter(line)
		if after, _ := literalAfter(once); after != before {
			t.Errorf("%q announces %d bytes, %q %d", line, before, once, after)
		}
	})
}
