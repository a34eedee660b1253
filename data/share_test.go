package data

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// tell is a word that stands in one place of a mail only, so that it betrays
// what left.
type tell struct {
	word string
	from Share // the narrowest rule under which it may leave; "" never
}

func sharedMail() (ShareInput, []tell) {
	in := ShareInput{
		Mail: Interaction{
			ID: "entryid", Kind: Mail, Direction: In, At: time.Date(2026, 11, 12, 15, 5, 7, 9, time.UTC),
			Subject: "subjectword", Preview: "previewword", Reason: "reasonword", Source: "sourceword@larkfield.example", Thread: "threadword",
			People: []Participant{
				{Address: Address{Name: "headerword", Email: "anna@addressword.example"}, Part: "from", Side: Customer, Contact: "c1"},
				{Address: Address{Name: "Maya ourword", Email: "maya@ourword.example"}, Part: "to", Side: Us},
				{Address: Address{Name: "strangerword", Email: "x@strangerword.example"}, Part: "cc"},
				{Address: Address{Name: "blindword", Email: "y@blindword.example"}, Part: "bcc", Side: Customer, Contact: "c2"},
				{Address: Address{Name: "elseword", Email: "z@elseword.example"}, Part: "cc", Side: Customer, Contact: "c3"},
			},
		},
		Text:     "textword\n\nOn 11 Nov, Piotr wrote:\n> quotedword\n",
		Attached: []string{"fileword.pdf"},
		Space:    map[string]string{"c1": "Anna knownword", "c2": "Ben hiddenword"},
		Account:  "accountword", By: "Maya",
	}
	return in, []tell{
		{"entryid", ShareContact}, {"knownword", ShareContact}, {"accountword", ShareContact}, {"2026-11-12T15:05:07Z", ShareContact},
		{"subjectword", ShareSubject}, {"textword", ShareText}, {"fileword.pdf", ShareText},
		{"previewword", ""}, {"reasonword", ""}, {"sourceword", ""}, {"threadword", ""}, {"headerword", ""}, {"addressword", ""}, {"ourword", ""},
		{"strangerword", ""}, {"blindword", ""}, {"hiddenword", ""}, {"elseword", ""}, {"quotedword", ""}, {"@", ""},
	}
}

func TestNothingLeavesBeyondTheRule(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in, tells := sharedMail()
		rule := rapid.SampledFrom(append(slices.Clone(Shares), "", "nonsense"))
		rules := rapid.SliceOfN(rule, 0, 3)
		in.Mailboxes, in.Exceptions = rules.Draw(t, "mailboxes"), rules.Draw(t, "exceptions")
		in.Private = rapid.Bool().Draw(t, "private")
		if rapid.Bool().Draw(t, "program") {
			in.Automated = AutomatedList
		}
		in.Mail.Kind = rapid.SampledFrom([]Kind{Mail, Mail, Mail, Meet, Note}).Draw(t, "kind")
		s, leaves := Leaves(in)
		out, err := json.Marshal(s)
		if err != nil {
			t.Fatal(err)
		}
		strict := in.Private || in.Automated != "" || in.Mail.Kind != Mail || len(in.Mailboxes)+len(in.Exceptions) == 0
		for _, r := range in.Exceptions {
			strict = strict || r.width() == 0
		}
		if len(in.Exceptions) == 0 {
			for _, r := range in.Mailboxes {
				strict = strict || r.width() == 0
			}
		}
		if strict == leaves {
			t.Fatalf("under %+v something leaves: %v", in, leaves)
		}
		for _, tell := range tells {
			has := strings.Contains(string(out), tell.word)
			may := leaves && tell.from != "" && in.Rule().width() >= tell.from.width()
			if has != may {
				t.Errorf("under %s %q leaves: %v, want %v: %s", in.Rule(), tell.word, has, may, out)
			}
		}
		if !leaves && !slices.Equal(s.With, nil) {
			t.Errorf("nothing leaves, but %+v", s)
		}
	})
}

func TestANarrowerRuleNeverTellsMore(t *testing.T) {
	in, tells := sharedMail()
	told := -1
	for _, rule := range Shares {
		in.Mailboxes = []Share{rule}
		s, leaves := Leaves(in)
		n := 0
		if leaves {
			out, err := json.Marshal(s)
			if err != nil {
				t.Fatal(err)
			}
			for _, tell := range tells {
				if strings.Contains(string(out), tell.word) {
					n++
				}
			}
		}
		if n <= told {
			t.Errorf("%s tells %d things, the narrower rule %d", rule, n, told)
		}
		told = n
	}
}

func TestTheStrictestRuleHolds(t *testing.T) {
	for _, c := range []struct {
		name             string
		mailboxes, apart []Share
		private          bool
		want             Share
	}{
		{"a mailbox without a rule is private", []Share{""}, nil, false, ShareNothing},
		{"no mailbox at all", nil, nil, false, ShareNothing},
		{"the stricter of two mailboxes", []Share{ShareText, ShareContact}, nil, false, ShareContact},
		{"an exception widens", []Share{ShareNothing}, []Share{ShareSubject}, false, ShareSubject},
		{"an exception narrows", []Share{ShareText}, []Share{ShareContact}, false, ShareContact},
		{"the stricter of two exceptions", []Share{ShareText}, []Share{ShareText, ShareSubject}, false, ShareSubject},
		{"a private contact beats all", []Share{ShareText}, []Share{ShareText}, true, ShareNothing},
		{"what is no rule shares nothing", []Share{"everything"}, nil, false, ShareNothing},
	} {
		in, _ := sharedMail()
		in.Mailboxes, in.Exceptions, in.Private = c.mailboxes, c.apart, c.private
		if got := in.Rule(); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

func TestTheWidestRuleIsTheOneThatLetsOutMost(t *testing.T) {
	for _, c := range []struct {
		rules []Share
		want  Share
	}{{nil, ShareNothing}, {[]Share{"", "everything"}, ShareNothing}, {[]Share{ShareSubject, ShareText, ShareContact}, ShareText}} {
		if got := Widest(c.rules...); got != c.want {
			t.Errorf("of %q it is %q, want %q", c.rules, got, c.want)
		}
	}
}
