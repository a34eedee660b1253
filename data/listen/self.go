package listen

import "slices"

// What the writer is, was or did. Of these words a person is the cause; what is broken
// is the writer's doing only where they say that they made or sent it.
var (
	ownable = weigh(map[int]string{-1: `worse worst terrible awful late slow wrong mistake* error* fail failed failure* delay* unreliable difficult missing
		schlecht* langsam* falsch* fehler verspat* fehlerhaft*`})
	sent  = weigh(map[int]string{-1: `broken defective faulty incomplete kaputt* defekt* unvollstandig*`})
	wrote = words(`i we ich wir`)
	// isSelf say how they are: the word is near. didSelf what they did.
	isSelf  = words(`am is are was were i'm we're bin ist war sind waren`)
	didSelf = words(`did made make failed came sent attached forgot lost entered misread ordered confused fell gemacht geschickt verschickt gesendet vergessen angegeben eingetragen ausgefullt verrechnet vertan verwechselt`)
	// sentBack is what comes back to us: its fault is ours.
	sentBack = words(`back returned again zuruck wieder`)
	// begins are words that begin a clause with a cause of its own.
	begins = words(`the this that these it they he she you your there nobody der die das dies es sie er ihr ihre niemand`)
	sorry  = words(`sorry apologies apologise apologize apology entschuldigen entschuldigung entschuldige entschuldigt verzeihung`)
	reply  = words(`reply answer response delay payment antwort ruckmeldung verspatung zahlung`)
	// blame takes it on oneself, in any clause of a sentence.
	blame = []string{"our own", "our mistake", "our fault", "was ours", "my own", "my mistake", "my fault", "was mine", "unser fehler", "unsere schuld", "mein fehler", "meine schuld",
		"lag an uns", "lag an mir", "failed ourselves", "missed the deadline"}
)

// near is how far from "I am" a word stands that says how they are.
const near = 3

// takesBlame says whether a sentence says that it was the writer's own doing.
func takesBlame(list []clause) bool {
	return slices.ContainsFunc(list, func(c clause) bool {
		return !has(c, toYou) && slices.ContainsFunc(blame, c.holds)
	})
}

// ownDoing says whether a clause tells what the writer did; one that is joined to such
// a clause, and has no cause of its own, does so too.
func (c clause) ownDoing(before bool) bool {
	if has(c, sentBack) {
		return false
	}
	for i, w := range c.words {
		if wrote[w] && slices.ContainsFunc(c.words, func(d string) bool { return didSelf[d] }) && !slices.ContainsFunc(c.words[:i], func(b string) bool { return begins[b] || b == "that" }) {
			return true
		}
	}
	last := c.words[len(c.words)-1]
	return before && c.joins && !has(c, wrote) && (!begins[c.words[0]] || didSelf[last])
}

// ofSelf says whether a word at a place is about the writer, in a clause that tells
// their own doing or not.
func (c clause) ofSelf(at int, doing bool) bool {
	word := c.words[at]
	if doing && sent.has(word) {
		return true
	}
	if !ownable.has(word) {
		return false
	}
	if doing || has(c, sorry) && has(c, reply) && !has(c, toYou) {
		return true
	}
	for i, w := range c.words[:at] {
		next := c.words[i+1]
		switch {
		case at-i > near+1:
		case wrote[w] && isSelf[next], isSelf[w] && wrote[next], w == "i'm", w == "we're": // "da war ich falsch"
			return true
		case mine[w] && at-i <= 2:
			return true
		}
	}
	return false
}
