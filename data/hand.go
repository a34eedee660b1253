package data

import "slices"

// HandRule is what a person said about one mail or meeting: that it belongs on
// an account's timeline, or that it does not.
type HandRule struct {
	Account string // Account.ID
	Name    string // the account's
	On      bool
}

// SkipByHand is the reason of what a person took off the last timeline it was on.
const SkipByHand = "taken off its timeline by you"

// ByHandReason is why something is on a timeline that a person put there.
const ByHandReason = "you filed it here by hand"

// FileEntry is File for one mail or meeting, by its Interaction.ID, and heeds
// what a person said about it. What was put on a timeline by hand is there,
// whoever wrote it.
func FileEntry(k Known, id string, people []Participant, automated string) Verdict {
	v := File(k, people, automated)
	for _, r := range k.Hand[id] {
		at := slices.IndexFunc(v.Matches, func(m Match) bool { return m.Account == r.Account })
		switch {
		case r.On && at < 0:
			v.Matches = append(v.Matches, Match{Account: r.Account, Kind: ByHand, Reason: ByHandReason})
			v.Skip = ""
		case !r.On && at >= 0:
			v.Matches = slices.Delete(v.Matches, at, at+1)
			if len(v.Matches) == 0 {
				v.Skip = SkipByHand
			}
		}
	}
	return v
}

// ByHandWords say what a person did with one mail or meeting, as undo names it:
// "“Night access” is on the timeline of Kestrel Museums too".
func ByHandWords(title, account string, on bool) string {
	if on {
		return "“" + title + "” is on the timeline of " + account + " too"
	}
	return "“" + title + "” is not on the timeline of " + account + " any more"
}
