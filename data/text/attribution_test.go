package text

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// judgeSlowly asks the expressions alone.
func judgeSlowly(s string) attribution {
	dated := whenSaid.MatchString(s)
	if wroteWord.MatchString(s) {
		if dated && whenOpens.MatchString(s) {
			return attributionDated
		}
		return attributionPlain
	}
	if dated && strings.Contains(s, "@") || strings.HasPrefix(strings.ToLower(s), "quoting ") {
		return attributionPlain
	}
	return attributionNone
}

func TestAttributionIsJudgedAsByTheExpressionsAlone(t *testing.T) {
	piece := rapid.SampledFrom([]string{
		"On ", "on ", "One ", "Am ", "2026", "1999", "20261", "x2026", "2026x", "ü2026", "2026ü", "_2026", "20-26", "10:30", "3/6/26", "年", " Karin", " wrote:", "wrote:", " Wrote:",
		" schrieb Karin:", ",", " ", "\u00a0", "@", "quoting ", ":", "19", "20", "2", "6", "é",
	})
	rapid.Check(t, func(t *rapid.T) {
		s := strings.Join(rapid.SliceOfN(piece, 0, 8).Draw(t, "pieces"), "")
		if got, want := judgeAttribution(s), judgeSlowly(s); got != want {
			t.Fatalf("%q is %d, by the expressions %d", s, got, want)
		}
	})
}
