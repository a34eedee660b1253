package text

import "testing"

func TestSubjects(t *testing.T) {
	for _, c := range []struct {
		name, in, base, bare string
		reply, forward       bool
	}{
		{"plain", " Kiln  door ", "Kiln door", "Kiln door", false, false},
		{"a reply", "Re: Kiln", "Kiln", "Kiln", true, false},
		{"stacked marks of several languages", "AW: SV: Antw: RE: Fwd: Kiln", "Kiln", "Kiln", true, false},
		{"a counted mark", "Re[2]: RE (3): Kiln", "Kiln", "Kiln", true, false},
		{"a French mark", "RE : Réf\u00a0: Four", "Four", "Four", true, false},
		{"a Chinese mark with a wide colon", "回复：窑", "窑", "窑", true, false},
		{"forwards", "WG: Kiln (fwd)", "Kiln", "Kiln", false, true},
		{"a list's tag, said twice", "Re: [glass] Re: [glass] Kiln", "[glass] Kiln", "Kiln", true, false},
		{"a tag before the mark", "[glass] Re: Kiln", "[glass] Kiln", "Kiln", true, false},
		{"nothing but a tag", "[Proposal]", "[Proposal]", "[Proposal]", false, false},
		{"nothing but a mark", "Re:", "", "", true, false},
		{"nothing", "", "", "", false, false},
		{"a word with a colon is no mark", "Report: kiln", "Report: kiln", "Report: kiln", false, false},
		{"re without a colon is a word", "Re kiln", "Re kiln", "Re kiln", false, false},
		{"a tag in the middle stays", "Kiln [draft]", "Kiln [draft]", "Kiln [draft]", false, false},
	} {
		if got := BaseSubject(c.in); got != c.base {
			t.Errorf("%s: base %q, want %q", c.name, got, c.base)
		}
		if got := BareSubject(c.in); got != c.bare {
			t.Errorf("%s: bare %q, want %q", c.name, got, c.bare)
		}
		if got := IsReply(c.in); got != c.reply {
			t.Errorf("%s: reply %v", c.name, got)
		}
		if got := IsForward(c.in); got != c.forward {
			t.Errorf("%s: forward %v", c.name, got)
		}
	}
}

func FuzzBaseSubject(f *testing.F) {
	f.Add("Re: [x] Fwd[2]: y (fwd)")
	f.Fuzz(func(t *testing.T, s string) {
		once := BaseSubject(s)
		if again := BaseSubject(once); again != once {
			t.Errorf("%q gives %q, and that gives %q", s, once, again)
		}
		BareSubject(s)
	})
}
