package data

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"
)

func TestEveryProblemSaysWhatHappenedAndWhatToDo(t *testing.T) {
	for kind := range problemWords {
		p := &Problem{Kind: kind, About: "imap.example.com"}
		if !strings.Contains(p.What(), "imap.example.com") || strings.Contains(p.What(), "%!") {
			t.Errorf("%s does not name what it is about: %q", kind, p.What())
		}
		for _, s := range []string{p.What(), p.Todo()} {
			if s == "" || strings.ContainsAny(s, "!") || strings.HasSuffix(s, ".") || strings.Contains(strings.ToLower(s), "oops") {
				t.Errorf("%s says %q", kind, s)
			}
		}
		if strings.Count(p.Error(), "\n") > 0 {
			t.Errorf("%s is no single sentence: %q", kind, p.Error())
		}
	}
}

func TestWhatWasAskedForOncePromisesNoOtherTry(t *testing.T) {
	for kind := range problemWords {
		p := &Problem{Kind: kind, About: "imap.example.com", Once: true}
		for _, promise := range []string{"by itself", "next run", "goes on"} {
			if kind != CalendarCut && strings.Contains(p.Todo(), promise) {
				t.Errorf("%s promises “%s”: %q", kind, promise, p.Todo())
			}
		}
		if p.Todo() == "" || strings.HasSuffix(p.Todo(), ".") {
			t.Errorf("%s says %q", kind, p.Todo())
		}
	}
}

func TestProblem(t *testing.T) {
	cause := errors.New("LOGIN failed")
	p := &Problem{Kind: WrongPassword, About: "imap.example.com", Detail: "invalid credentials", Cause: cause}
	if want := "imap.example.com refused the user name or password (invalid credentials); enter it again; large providers want an app password here"; p.Error() != want {
		t.Errorf("says %q, want %q", p.Error(), want)
	}
	if got := (&Problem{Kind: SignInDenied, About: "Google"}).Error(); !strings.HasPrefix(got, "Google was told not to") {
		t.Errorf("a name at its head becomes %q", got)
	}
	wrapped := fmt.Errorf("mail: %w", p)
	if got, ok := AsProblem(wrapped); !ok || got != p {
		t.Error("the problem is not found in what wraps it")
	}
	if !errors.Is(wrapped, cause) {
		t.Error("its cause is lost")
	}
	if _, ok := AsProblem(cause); ok {
		t.Error("an ordinary error is a problem")
	}
	p = &Problem{Kind: Busy, About: "outlook.office365.com", Detail: "Request is throttled", Wait: 299961 * time.Millisecond}
	if want := "outlook.office365.com asks to be left alone for 5 min (Request is throttled); rapport tries"; !strings.HasPrefix(p.Error(), want) {
		t.Errorf("says %q, want %q", p.Error(), want)
	}
	if got := (&Problem{Kind: "odd", About: "x"}).Error(); got != "x: odd; try again, and tell us if it stays" {
		t.Errorf("an unknown kind says %q", got)
	}
}

func TestLowerFirst(t *testing.T) {
	for s, want := range map[string]string{"There is": "there is", "TLS is": "TLS is", "A": "A", "": "", "x": "x"} {
		if got := lowerFirst(s); got != want {
			t.Errorf("lowerFirst(%q) = %q", s, got)
		}
	}
}

func TestErrorsForPeople(t *testing.T) {
	if got := invalid("tier", "%q is not a tier", "X").Error(); got != `tier: "X" is not a tier` {
		t.Errorf("says %q", got)
	}
	if got := (&Ambiguous{Ref: "Anna", Candidates: []string{"a", "b"}}).Error(); got != "\"Anna\" fits more than one; say which:\n  a\n  b" {
		t.Errorf("says %q", got)
	}
}
