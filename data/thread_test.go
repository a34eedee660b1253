package data

import (
	"slices"
	"testing"
	"time"
)

func TestThreadNode(t *testing.T) {
	at := time.Unix(1000, 0)
	m := Message{ID: "1", Date: at, Subject: "Re: Kiln", From: []Address{{Email: "anna@k"}}, To: []Address{{Email: "maya@l"}, {Name: "nobody"}}, Cc: []Address{{Email: "leon@k"}}}
	n := ThreadNode(m)
	if n.MessageID != InteractionIDOf(m) || n.Subject != "Re: Kiln" || !slices.Equal(n.To, []string{"maya@l", "leon@k"}) || n.At != 1000 {
		t.Errorf("a mail without an id is %+v", n)
	}
	m.Automated = AutomatedList
	if n := ThreadNode(m); n.Subject != "" || n.Headless() {
		t.Errorf("a program's mail is threaded by its subject: %+v", n)
	}
	m.MessageID = "Monday's mail"
	if n := ThreadNode(m); len(n.Names()) != 1 || n.Names()[0] != InteractionIDOf(m) {
		t.Errorf("prose for an id: %+v", n)
	}
}

func TestAThreadIDReadsBack(t *testing.T) {
	for _, id := range []string{"a@x", "b@x", "", "kiln"} {
		name := ThreadName(id)
		if name == 0 || NameOfThread(ThreadID(name)) != name || len(ThreadID(name)) != 16 {
			t.Errorf("%q: %d is %q, and back %d", id, name, ThreadID(name), NameOfThread(ThreadID(name)))
		}
	}
	if NameOfThread("no thread") != 0 {
		t.Error("what is no ID has a name")
	}
}
