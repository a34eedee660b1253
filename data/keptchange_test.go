package data

import (
	"testing"
	"time"
)

func TestAKeptChangeIsToldInWords(t *testing.T) {
	account := ThingRef{Kind: KindAccount, ID: "k"}
	for _, c := range []struct {
		name string
		k    KeptChange
		want string
		why  string
	}{
		{"a value", KeptChange{ThingRef: account, Title: "Kestrel", Deed: DeedWrote, Field: "sector", Value: "Art", Why: "not allowed"}, "account “Kestrel”: sector to be “Art”", "its author’s role did not allow it"},
		{"none", KeptChange{ThingRef: account, Title: "Kestrel", Deed: DeedWrote, Field: "sector", Why: "not a member"}, "account “Kestrel”: sector to be taken away", "its author was no member then"},
		{"a thing that is not here", KeptChange{ThingRef: account, Title: KindAccount, Deed: DeedDeleted, Why: "unknown device"}, "account: to be deleted", "nobody told whose laptop wrote it"},
		{"on a withdrawn laptop", KeptChange{ThingRef: account, Title: KindAccount, Deed: DeedDeleted, Why: "withdrawn laptop"}, "account: to be deleted", "its laptop was withdrawn"},
		{"kept", KeptChange{ThingRef: account, Title: "Kestrel", Deed: DeedKept}, "account “Kestrel”: to be kept", ""},
		{"erased", KeptChange{ThingRef: account, Title: "Kestrel", Deed: DeedErased, Field: "sector"}, "account “Kestrel”: sector to be erased", ""},
		{"of a newer version", KeptChange{ThingRef: account, Title: "Kestrel", Why: "something new"}, "account “Kestrel”: something that a newer version wrote", "something new"},
	} {
		if got := c.k.Words(time.Time{}); got != c.want || c.k.WhyWords() != c.why {
			t.Errorf("%s: %q, %q", c.name, got, c.k.WhyWords())
		}
	}
	if (KeptChange{}).Who() != "somebody who is not known" || (KeptChange{By: "Jonas"}).Who() != "Jonas" {
		t.Error("who wrote it is told wrong")
	}
}

func TestKeptChangesAreToldByAuthor(t *testing.T) {
	got := KeptByAuthor([]KeptChange{{Person: "j", Counter: 1}, {Person: "", Counter: 2}, {Person: "j", Counter: 3}, {Person: "", Counter: 4}})
	if len(got) != 2 || len(got[0]) != 2 || got[0][1].Counter != 3 || len(got[1]) != 2 || got[1][1].Counter != 4 || KeptByAuthor(nil) != nil {
		t.Errorf("by author: %+v", got)
	}
}
