package listen

import (
	"maps"
	"slices"
	"strings"
)

// lexicon weighs words of praise and complaint, folded, from -3 to 2. It is
// Rapport's own short list, written for letters between people who work together, and
// falls under Rapport's licence; no published list was copied. A word counts whole, and
// what ends in * counts for all words that begin so.
var lexicon = weigh(map[int]string{
	-3: `unacceptable intolerable furious outraged appalling appalled
		inakzeptabel untragbar unzumutbar zumutung frechheit unverschamt* ` + endings + " " + law,
	-2: `complain* complaint* angry annoyed annoying broken defective faulty crashed crashes fail* failure* failed disappoint* terrible awful rude refund* overcharged
		unreliable escalate escalated escalating worse worst
		beschwer* argerlich* verargert kaputt* defekt* fehlerhaft* schlecht* enttausch* unzuverlassig* eskalier* eskalation`,
	-1: `late delay* problem* slow missing incomplete wrong mistake* error* confus* difficult unclear unhappy concern* worried shimmer* frustrat* waiting
		verspat* ausgefallen fehler fehlt falsch* langsam* unklar* unvollstandig*`,
	1: `good helpful glad happy pleased nice smooth reliable better quick
		gut hilfreich froh zufrieden gern besser schnell zuverlassig*`,
	2: `excellent great wonderful delighted impressed perfect brilliant outstanding superb
		hervorragend* grossartig* begeistert perfekt* ausgezeichnet*`,
})

// phrases are several words that weigh as one; between those that have … between them
// others may stand. Those of 0 say nothing: "not only late" is late.
var phrases = map[string]int{
	"fed up": -3, "no longer want to work with": -3, "looking for another supplier": -3, "look for another supplier": -3, "switch supplier": -3, "switch suppliers": -3,
	"nicht mehr tragbar": -3, "nicht weitergehen": -3, "den anbieter wechseln": -3, "anderen anbieter suchen": -3,
	"let us down": -2, "let me down": -2, "cannot accept": -2, "can't accept": -2, "not acceptable": -2, "not working": -2, "stopped working": -2, "not be worse": -2, "nobody called": -1,
	"funktioniert … nicht": -2, "funktionieren … nicht": -2, "nicht akzeptabel": -2, "im stich": -2, "zu spat": -1,
	"not be better": 2, "couldn't be better": 2,
	"not only": 0, "nothing but": 0, "nicht nur": 0, "nichts als": 0,
}

// weightOf is the weight of a word or phrase of a clause.
func weightOf(word string) int {
	if n, ok := phrases[word]; ok {
		return n
	}
	return lexicon.of(word)
}

// joined is a clause's words with those of a phrase as one.
func joined(list []string) []string {
	for _, phrase := range slices.Sorted(maps.Keys(phrases)) {
		if first, last, gap := strings.Cut(phrase, " … "); gap {
			i := slices.Index(list, first)
			if j := slices.Index(list, last); i >= 0 && j > i {
				list = slices.Concat(list[:i], []string{phrase}, list[i+1:j], list[j+1:])
			}
			continue
		}
		list = replaced(list, strings.Fields(phrase), phrase)
	}
	return list
}

// replaced is a list of words with one in the place of those; "" for none.
func replaced(list, those []string, by string) []string {
	for i := 0; i+len(those) <= len(list); i++ {
		if !slices.Equal(list[i:i+len(those)], those) {
			continue
		}
		rest := list[i+len(those):]
		if list = slices.Clone(list[:i]); by != "" {
			list = append(list, by)
		}
		list = append(list, rest...)
		i--
	}
	return list
}

// turns are words that turn the next three around: "not good", "no problem".
var turns = words(`not no never nothing nobody none neither nor without isn't wasn't aren't weren't don't doesn't didn't hasn't haven't won't hardly cannot can't couldn't wouldn't
	nicht nichts niemand kein keine keinen keiner keinem nie weder ohne kaum`)

// orElse go on with a turn: "never a complaint or a failure".
var orElse = words(`or nor oder noch`)

// wishes begin what somebody would like otherwise.
var wishes = []string{"it would help", "it would be nice", "would be better if", "could you instead", "please stop", "we would prefer", "i would prefer", "i wish", "we wish", "instead of",
	"ware besser", "wir wurden lieber", "statt dessen"}

// wished are no wishes for themselves.
var wished = []string{"i wish you", "we wish you"}

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
