package data

// Readers are those beside us who can read an entry of a timeline, or could by
// where its account is: the members of one space.
type Readers struct {
	Space string // Space.Name
	// Share is how much of it they are told: of a mail what its rule says,
	// ShareNothing too, and ShareText of what is shared whole.
	Share Share
	// By are the names of the others who told the space of it.
	By []string
	// Theirs says that only they have it.
	Theirs bool
}

// ReadersWords say for people who can read an entry, as a title and a sentence, and
// whether anybody can.
func ReadersWords(kind Kind, list []Readers) (title, more string, anybody bool) {
	var see, kept, theirs, also, by []string
	rule := ShareText
	for _, r := range list {
		switch {
		case r.Theirs:
			theirs, by = append(theirs, r.Space), append(by, r.By...)
		case r.Share.width() == 0 && len(r.By) > 0:
			also, by = append(also, r.Space), append(by, r.By...)
		case r.Share.width() == 0:
			kept = append(kept, r.Space)
		default:
			see, rule = append(see, r.Space), Strictest(rule, r.Share)
		}
	}
	switch {
	case len(theirs) > 0:
		return "Shared by " + JoinAnd(by), "None of your mailboxes has it. You see what " + JoinAnd(theirs) + " is told of it.", true
	case len(see) > 0 && kind != Mail:
		return JoinAnd(see) + " can read this", "What is logged goes with its account to all members.", true
	case len(see) > 0 && rule == ShareText:
		return JoinAnd(see) + " can read this", "The members are told who, when, the subject, its text and the names of what is attached. Addresses, quotes and files stay with you.", true
	case len(see) > 0:
		return JoinAnd(see) + " can see part of this", "The members are told " + rule.Words() + ". The rest stays with you.", true
	case len(also) > 0:
		return JoinAnd(by) + " shared this with " + JoinAnd(also), "It came to them too. Of your copy nothing is shared.", true
	case len(kept) > 0:
		return "Only you can read this", "Its account is shared with " + JoinAnd(kept) + "; this is not.", false
	}
	return "Only you can read this", "It lies in your workspace on this laptop. Nothing of it is shared with anybody.", false
}
