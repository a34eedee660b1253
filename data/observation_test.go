package data

import (
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestWhatIsToldOfAMailIsReadAsItWasWritten(t *testing.T) {
	in, tells := sharedMail()
	for _, rule := range Shares[1:] {
		in.Mailboxes = []Share{rule}
		s, leaves := Leaves(in)
		if !leaves {
			t.Fatal("nothing leaves")
		}
		value := s.Observed("~wire")
		for _, tell := range tells {
			may := tell.from != "" && rule.width() >= tell.from.width() && tell.word != "entryid" && tell.word != "knownword"
			if has := strings.Contains(value, tell.word); has != may {
				t.Errorf("under %s %q leaves: %v, want %v: %s", rule, tell.word, has, may, value)
			}
		}
		got, ok := ReadObserved(value)
		s.ID, s.By, s.With = "~wire", "", []SharedPerson{{Contact: "c1"}}
		if !ok || !reflect.DeepEqual(got, s) {
			t.Errorf("under %s: %+v, want %+v", rule, got, s)
		}
	}
}

func TestWhatTellsOfNoMailIsLeftAlone(t *testing.T) {
	good := Shared{Account: "k", At: planDay, Direction: In}.Observed("~w")
	if _, ok := ReadObserved(good); !ok {
		t.Fatal("a good one is refused")
	}
	for name, value := range map[string]string{
		"nothing": "", "no JSON": "{", "another's ID": strings.Replace(good, "~w", "w", 1), "no account": strings.Replace(good, `"k"`, `""`, 1),
		"no day": `{"id":"~w","account":"k","direction":"in"}`, "no way": strings.Replace(good, `"in"`, `"up"`, 1), "a count below none": strings.Replace(good, `"in"`, `"in","others":-1`, 1),
	} {
		if _, ok := ReadObserved(value); ok {
			t.Errorf("%s is taken for one: %s", name, value)
		}
	}
}

func TestALongTextIsCut(t *testing.T) {
	s, ok := ReadObserved(Shared{Account: "k", At: planDay, Direction: In, Text: strings.Repeat("ä", 3*observedText), Attached: make([]string, 3*observedFiles)}.Observed("~w"))
	if !ok || len([]rune(s.Text)) != observedText+2 || len(s.Attached) != observedFiles {
		t.Errorf("%d letters and %d files", len([]rune(s.Text)), len(s.Attached))
	}
}

func TestOnlyTellingLessHasToBeTakenBack(t *testing.T) {
	full := Shared{Subject: "s", Text: "t", Attached: []string{"a", "b"}, With: []SharedPerson{{Contact: "anna"}}}
	for name, c := range map[string]struct {
		now, before Shared
		want        bool
	}{
		"the same": {full, full, false}, "more": {full, Shared{Subject: "s"}, false}, "the first": {full, Shared{}, false},
		"no text": {Shared{Subject: "s", Attached: full.Attached, With: full.With}, full, true}, "another subject": {Shared{Subject: "x"}, Shared{Subject: "s"}, true},
		"a file less": {Shared{Subject: "s", Text: "t", Attached: []string{"a"}, With: full.With}, full, true},
		"nobody":      {Shared{Subject: "s", Text: "t", Attached: full.Attached}, full, true},
	} {
		if got := c.now.TellsLess(c.before); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// TestTheUnionOfWhatIsToldHasNoOrder: whoever told first, one mail reads the same.
func TestTheUnionOfWhatIsToldHasNoOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.SampledFrom([]string{"", "a", "b", "ab"})
		one := rapid.Custom(func(t *rapid.T) Shared {
			s := Shared{ID: "~w", Account: word.Draw(t, "account"), At: planDay.Add(time.Duration(rapid.IntRange(0, 3).Draw(t, "at")) * time.Hour),
				Direction: rapid.SampledFrom([]Direction{In, Out}).Draw(t, "way"), By: word.Draw(t, "by"), Others: rapid.IntRange(0, 2).Draw(t, "others"),
				Subject: word.Draw(t, "subject"), Text: word.Draw(t, "text"), Attached: rapid.SliceOfDistinct(word, rapid.ID).Draw(t, "files")}
			for _, id := range rapid.SliceOfDistinct(word, rapid.ID).Draw(t, "with") {
				s.With = append(s.With, SharedPerson{Contact: id, Name: word.Draw(t, "name")})
			}
			return s
		})
		list := rapid.SliceOfN(one, 1, 4).Draw(t, "told")
		want := Union(list)
		turned := slices.Clone(list)
		rand.New(rand.NewPCG(1, rapid.Uint64().Draw(t, "seed"))).Shuffle(len(turned), func(i, j int) { turned[i], turned[j] = turned[j], turned[i] })
		if got := Union(turned); !reflect.DeepEqual(got, want) {
			t.Fatalf("%+v, in another order %+v", want, got)
		}
		if twice := Union(append(slices.Clone(list), list...)); !reflect.DeepEqual(twice, want) {
			t.Fatalf("told twice it is another: %+v, want %+v", twice, want)
		}
		for _, s := range list {
			if u := Union([]Shared{want, s}); u.Subject != want.Subject || u.Text != want.Text || u.Others != want.Others {
				t.Fatalf("%+v has more than the union %+v", s, want)
			}
		}
	})
}

func TestAMailOfAColleagueSaysWhatItIs(t *testing.T) {
	for _, c := range []struct {
		s             Shared
		title, reason string
	}{
		{Shared{Subject: "Budget", By: "Maya"}, "Budget", "Maya shared it"},
		{Shared{By: "Maya and Jonas", Others: 1}, "Private to Maya and Jonas", "Maya and Jonas shared it; 1 other took part"},
		{Shared{Others: 2}, "Private to a colleague", "A colleague shared it; 2 others took part"},
	} {
		if got := ObservedTitle(c.s); got != c.title {
			t.Errorf("title %q, want %q", got, c.title)
		}
		if got := ObservedReason(c.s); got != c.reason {
			t.Errorf("reason %q, want %q", got, c.reason)
		}
	}
	if got := ObservedPreview(Shared{Text: "Hello", Attached: []string{"a.pdf", "b.pdf"}}); got != "Hello\n\nFiles: a.pdf, b.pdf" {
		t.Errorf("%q", got)
	}
	own := Interaction{Kind: Mail, SeenBy: []string{"Jonas"}, People: []Participant{{Address: Address{Name: "Anna"}, Part: "from"}, {Address: Address{Name: "Maya"}, Part: "to"}}}
	if got := Second(own, You{Name: "Maya"}, planDay); got != "Anna to you · seen by Jonas" {
		t.Errorf("%q", got)
	}
	if own.Source = SharedByTeam; Second(own, You{}, planDay) != "Anna to Maya" {
		t.Errorf("%q", Second(own, You{}, planDay))
	}
}
