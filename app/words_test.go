package app

import "testing"

func TestASentenceBeginsWithACapitalButAHostStays(t *testing.T) {
	for said, want := range map[string]string{
		"":                                    "",
		"nothing was changed":                 "Nothing was changed",
		"blog.kestrel.example did not answer": "blog.kestrel.example did not answer",
		"anna@kestrel.example was refused":    "anna@kestrel.example was refused",
		"älter.":                              "Älter.",
		"feed: gone":                          "Feed: gone",
	} {
		if got := upperFirst(said); got != want {
			t.Errorf("%q becomes %q, want %q", said, got, want)
		}
	}
}
