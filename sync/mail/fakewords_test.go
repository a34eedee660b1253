package mail

import (
	"regexp"
	"strings"
	"testing"
)

// bareWords is what RFC 3501 lets a client say, as far as a reader of mail needs
// it; the command is named as the fake server names it.
var bareWords = map[string]*regexp.Regexp{
	"CAPABILITY": regexp.MustCompile(`^$`),
	"NOOP":       regexp.MustCompile(`^$`),
	"LOGOUT":     regexp.MustCompile(`^$`),
	"LOGIN":      regexp.MustCompile(`^\S+ \S+$`),
	"STARTTLS":   regexp.MustCompile(`^$`),
	"LIST":       regexp.MustCompile(`^"" "?\*"?$`),
	"EXAMINE":    regexp.MustCompile(`^("[^"]*"|\S+)$`),
	"STATUS":     regexp.MustCompile(`^("[^"]*"|\S+) \(((MESSAGES|UIDNEXT|UIDVALIDITY|UNSEEN|RECENT) ?)+\)$`),
	"UID SEARCH": regexp.MustCompile(`^((ALL|UNDRAFT|(UID )?[\d:,*]+|(SENT)?SINCE "?\d+-\w{3}-\d{4}"?|NOT|HEADER "?[\w-]+"? ("[^"]*"|\S+)) ?)+$`),
	"UID FETCH":  bareFetch,
	"FETCH":      bareFetch,
	"APPEND":     regexp.MustCompile(`^("[^"]*"|\S+) \([^)]*\) \{\d+\}$`),
	"CREATE":     regexp.MustCompile(`^("[^"]*"|\S+)$`),
}

var bareFetch = regexp.MustCompile(`^[\d:,*]+ \((` + bareItem + ` ?)+\)$`)

const bareItem = `(UID|FLAGS|INTERNALDATE|RFC822\.SIZE|BODY\.PEEK\[(HEADER|TEXT|HEADER\.FIELDS \([^()]*\))?\](<\d+\.\d+>)?)`

// moreWords are those of extensions, by the capability that a server tells.
var moreWords = map[string]map[string]*regexp.Regexp{
	"IDLE":     {"IDLE": bareWords["NOOP"], "DONE": bareWords["NOOP"]},
	"UNSELECT": {"UNSELECT": bareWords["NOOP"]},
	"SASL-IR":  {"AUTHENTICATE": regexp.MustCompile(`^\S+ \S+$`)},
	"AUTH=":    {"AUTHENTICATE": regexp.MustCompile(`^\S+$`)},
}

// returnStatus asks LIST for what STATUS says (RFC 5819).
var returnStatus = regexp.MustCompile(` RETURN \(STATUS \([A-Z ]*\)\)`)

// knows says whether a server with these capabilities knows such a command.
func (f *fake) knows(command, args string) bool {
	if strings.Contains(f.caps, "CONDSTORE") {
		args = strings.NewReplacer(" (CONDSTORE)", "", " HIGHESTMODSEQ", "", "HIGHESTMODSEQ ", "").Replace(args)
		args = changedSince.ReplaceAllString(args, "")
	}
	if strings.Contains(f.caps, "LIST-STATUS") && command == "LIST" {
		args = returnStatus.ReplaceAllString(args, "")
	}
	args = strings.TrimSpace(args)
	for capability, more := range moreWords {
		if words, known := more[command]; known && strings.Contains(f.caps, capability) && words.MatchString(args) {
			return true
		}
	}
	words, known := bareWords[command]
	return known && words.MatchString(args)
}

// The words themselves are tested, since every test of a bare server leans on
// them.
func TestABareServerKnowsItsWordsAndNoOthers(t *testing.T) {
	bare, more := &fake{}, &fake{caps: " CONDSTORE"}
	for _, c := range []struct {
		command, args string
		bare, more    bool
	}{
		{"LIST", `"" "*"`, true, true},
		{"LIST", `"" "*" RETURN (SPECIAL-USE)`, false, false},
		{"LIST", `"" "*" RETURN (STATUS (MESSAGES))`, false, false},
		{"STATUS", `"INBOX" (UIDNEXT MESSAGES UIDVALIDITY)`, true, true},
		{"STATUS", `"INBOX" (UIDNEXT MESSAGES HIGHESTMODSEQ)`, false, true},
		{"EXAMINE", `INBOX`, true, true},
		{"EXAMINE", `"Sent Items" (CONDSTORE)`, false, true},
		{"UID SEARCH", `ALL`, true, true},
		{"UID SEARCH", `UID 5:* SINCE 1-Jul-2025`, true, true},
		{"UID SEARCH", `RETURN (ALL) ALL`, false, false},
		{"UID FETCH", `1:5,9 (UID RFC822.SIZE)`, true, true},
		{"UID FETCH", `1:5 (UID FLAGS) (CHANGEDSINCE 7)`, false, true},
		{"UID FETCH", `1:5 (UID MODSEQ)`, false, false},
		{"UID FETCH", `1:5 (UID ENVELOPE)`, false, false},
		{"UID FETCH", `1 (UID BODY[])`, false, false},
		{"UID FETCH", `1 (UID INTERNALDATE FLAGS BODY.PEEK[])`, true, true},
		{"UID FETCH", `1 (UID BODY.PEEK[HEADER.FIELDS (DATE TO)])`, true, true},
		{"ENABLE", `CONDSTORE`, false, false},
		{"IDLE", ``, false, false},
		{"APPEND", `"Drafts" (\Draft \Seen) {12}`, true, true},
		{"APPEND", `"Drafts" (\Draft \Seen) {12+}`, false, false},
		{"AUTHENTICATE", `PLAIN`, false, false},
		{"UID STORE", `1 +FLAGS (\Seen)`, false, false},
	} {
		if bare.knows(c.command, c.args) != c.bare || more.knows(c.command, c.args) != c.more {
			t.Errorf("%s %s: a bare server %v, one with CONDSTORE %v", c.command, c.args, !c.bare, !c.more)
		}
	}
}
