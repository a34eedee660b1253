package listen

import "strings"

// lexicon weighs words of praise and complaint, folded, from -3 to 2. It is
// Rapport's own short list, written for letters between people who work together, and
// falls under Rapport's licence; no published list was copied. A word counts whole, and
// what ends in * counts for all words that begin so.
var lexicon = weigh(map[int]string{
	-3: `unacceptable intolerable furious outraged appalling lawyer lawyers solicitor terminate terminating
		inakzeptabel untragbar anwalt kundigen kundigung`,
	-2: `complain* complaint* angry annoyed broken fail* failure* failed terrible awful refund* overcharged unreliable escalat* worse worst
		beschwer* argerlich verargert kaputt defekt schlecht enttausch*`,
	-1: `disappoint* late delay* problem* slow missing wrong mistake* error* confus* difficult unclear unhappy concern* worried shimmer* frustrat* waiting
		verspat* fehler fehlt falsch langsam unklar`,
	1: `good helpful glad happy pleased nice smooth reliable better quick
		gut hilfreich froh zufrieden gern besser schnell`,
	2: `excellent great wonderful delighted impressed perfect brilliant outstanding superb
		hervorragend grossartig begeistert perfekt ausgezeichnet`,
})

// turns are words that turn the next three around: "not good", "no problem".
var turns = words(`not no never nothing nobody none neither nor without isn't wasn't aren't weren't don't doesn't didn't hasn't haven't won't hardly
	nicht nichts niemand kein keine keinen keiner keinem nie weder ohne kaum`)

// wishes begin what somebody would like otherwise.
var wishes = []string{"it would help", "it would be nice", "would be better if", "could you instead", "please stop", "we would prefer", "i would prefer", "i wish", "we wish", "instead of",
	"ware besser", "wir wurden lieber", "statt dessen"}

func words(list string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(list) {
		set[w] = true
	}
	return set
}

// weighed is a lexicon as it is looked up.
type weighed struct {
	whole  map[string]int
	begins map[string]int
}

func weigh(lists map[int]string) weighed {
	w := weighed{map[string]int{}, map[string]int{}}
	for weight, list := range lists {
		for word := range words(list) {
			if stem, open := strings.CutSuffix(word, "*"); open {
				w.begins[stem] = weight
			} else {
				w.whole[word] = weight
			}
		}
	}
	return w
}

// of is the weight of a folded word, 0 for one that says nothing.
func (w weighed) of(word string) int {
	if n, ok := w.whole[word]; ok {
		return n
	}
	for i := len(word); i >= 4; i-- {
		if n, ok := w.begins[word[:i]]; ok {
			return n
		}
	}
	return 0
}
