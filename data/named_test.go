package data

import "testing"

func TestContactNamed(t *testing.T) {
	people := []Contact{{ID: "b", Name: "Beatrice Holm"}, {ID: "a", Name: "Anna Kessler"}, {ID: "ab", Name: "Anna Berg"}, {ID: "an", Name: "Anna"}, {ID: "l", Name: "Luc Maréchal"}}
	for _, c := range []struct{ words, want, says string }{
		{"", "", ""},
		{"  ", "", ""},
		{"beatrice", "b", ""},
		{"B Holm", "b", ""},
		{"anna k", "a", ""},
		{"Anna", "an", ""},
		{"marechal", "l", ""},
		{"holm beatrice", "", `nobody here is called "holm beatrice"; add them as a person first`},
		{"ann", "", `"ann" could be Anna Kessler or Anna Berg or Anna; write more of the name`},
		{"Samuel", "", `nobody here is called "Samuel"; add them as a person first`},
	} {
		got, err := ContactNamed(c.words, people)
		says := ""
		if err != nil {
			says = err.(*Invalid).Says
		}
		if got.ID != c.want || says != c.says {
			t.Errorf("%q is %q, %q; want %q, %q", c.words, got.ID, says, c.want, c.says)
		}
	}
}
