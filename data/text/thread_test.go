package text

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// shape writes a forest as "root: ids" lines; a missing root shows as "?key".
func shape(f Forest) string {
	var lines []string
	for _, t := range f.Threads {
		root := t.Root
		if root == "" {
			root = "?" + t.Key
		}
		lines = append(lines, root+": "+strings.Join(t.IDs, " "))
	}
	return strings.Join(lines, "\n")
}

func TestThreads(t *testing.T) {
	for _, c := range []struct {
		name   string
		nodes  []Node
		want   string
		parent map[string]string
	}{
		{"nothing", nil, "", map[string]string{}},
		{"a reply follows its message", []Node{
			{ID: "2", MessageID: "<b@x>", References: []string{"<a@x>"}, At: 2}, {ID: "1", MessageID: "<a@x>", At: 1},
		}, "1: 1 2", map[string]string{"2": "1"}},
		{"in-reply-to stands in where there are no references", []Node{
			{ID: "1", MessageID: "a@x", At: 1}, {ID: "2", MessageID: "b@x", InReplyTo: "Your message of Monday <a@x>", At: 2},
		}, "1: 1 2", map[string]string{"2": "1"}},
		{"two answers to a missing message share it", []Node{
			{ID: "1", MessageID: "b@x", References: []string{"a@x"}, At: 1}, {ID: "2", MessageID: "c@x", References: []string{"a@x"}, At: 2},
		}, "?a@x: 1 2", map[string]string{}},
		{"a missing link in the middle is bridged", []Node{
			{ID: "1", MessageID: "a@x", At: 1}, {ID: "3", MessageID: "c@x", References: []string{"a@x", "b@x"}, At: 3},
		}, "1: 1 3", map[string]string{"3": "1"}},
		{"a header outranks what others imply", []Node{
			{ID: "1", MessageID: "a@x", At: 1}, {ID: "2", MessageID: "b@x", References: []string{"z@x"}, At: 2},
			{ID: "3", MessageID: "c@x", References: []string{"a@x", "b@x"}, At: 3},
		}, "1: 1 2 3", map[string]string{"3": "2"}},
		{"references that were cut short meet in a mail that names both ends", []Node{
			{ID: "1", MessageID: "a@x", At: 1}, {ID: "5", MessageID: "e@x", References: []string{"c@x", "d@x"}, At: 5},
			{ID: "6", MessageID: "f@x", References: []string{"a@x", "d@x"}, At: 6},
		}, "1: 1 5 6", map[string]string{"5": "1", "6": "1"}},
		{"in-reply-to counts beside references that lost the last", []Node{
			{ID: "1", MessageID: "a@x", At: 1}, {ID: "2", MessageID: "b@x", InReplyTo: "<a@x>", References: []string{"z@x"}, At: 2},
		}, "1: 1 2", map[string]string{}},
		{"an address in the prose of in-reply-to is no id", []Node{
			{ID: "1", MessageID: "a@x", InReplyTo: "Message from Anna <anna@x> of Monday <y@x>", From: "leon@x", To: []string{"anna@x"}, At: 1},
			{ID: "2", MessageID: "b@x", InReplyTo: "Message from Anna <anna@x>", From: "leon@x", To: []string{"anna@x"}, At: 2},
		}, "?y@x: 1\n2: 2", map[string]string{}},
		{"a circle opens at its oldest message", []Node{
			{ID: "1", MessageID: "a@x", InReplyTo: "b@x", At: 1}, {ID: "2", MessageID: "b@x", InReplyTo: "a@x", At: 2},
		}, "1: 1 2", map[string]string{"2": "1"}},
		{"a message that answers itself stands alone", []Node{{ID: "1", MessageID: "a@x", InReplyTo: "a@x"}}, "1: 1", map[string]string{}},
		{"messages without ids stand alone", []Node{{ID: "1", Subject: "Re: x"}, {ID: "2", Subject: "Re: x", At: 1}}, "1: 1\n2: 2", map[string]string{}},
		{"copies of a message lie side by side", []Node{
			{ID: "1", MessageID: "a@x", At: 1}, {ID: "2", MessageID: "b@x", InReplyTo: "a@x", At: 2}, {ID: "2b", MessageID: "b@x", InReplyTo: "a@x", At: 2},
			{ID: "3", MessageID: "c@x", InReplyTo: "b@x", At: 3},
		}, "1: 1 2 2b 3", map[string]string{"2": "1", "2b": "1", "3": "2"}},
		{"a repeated ID counts once", []Node{{ID: "1", MessageID: "a@x"}, {ID: "1", MessageID: "a@x"}}, "1: 1", map[string]string{}},
	} {
		f := Threads(c.nodes)
		if got := shape(f); got != c.want {
			t.Errorf("%s: got\n%s\nwant\n%s", c.name, got, c.want)
		}
		if !reflect.DeepEqual(f.Parent, c.parent) {
			t.Errorf("%s: parents %v, want %v", c.name, f.Parent, c.parent)
		}
	}
}

func TestThreadsBySubject(t *testing.T) {
	day := int64(24 * 60 * 60)
	anna, leon := "anna@x", "leon@x"
	nodes := []Node{
		{ID: "1", MessageID: "a@x", Subject: "Kiln", From: anna, To: []string{leon}, At: 0},
		{ID: "2", MessageID: "b@x", Subject: "AW: [glass] kiln", From: leon, To: []string{anna}, At: day},
		{ID: "3", MessageID: "c@x", Subject: "Kiln", From: "ines@x", To: []string{"noor@x"}, At: 2 * day},
		{ID: "4", MessageID: "d@x", Subject: "Re: Kiln", From: anna, To: []string{leon, "noor@x"}, At: 3 * day},
		{ID: "5", MessageID: "e@x", Subject: "Re: Kiln", From: leon, To: []string{anna}, At: 300 * day},
		{ID: "6", MessageID: "f@x", Subject: "Fwd: Kiln", From: leon, To: []string{anna}, At: 4 * day},
		{ID: "7", MessageID: "g@x", Subject: "Re: ", From: leon, To: []string{anna}, At: 5 * day},
		{ID: "8", MessageID: "h@x", Subject: "Re: Kiln", From: leon, To: []string{anna}, References: []string{"else@x"}, At: 5 * day},
		{ID: "9", MessageID: "i@x", Subject: "Kiln", From: leon, To: []string{anna}, At: 6 * day},
	}
	want := "1: 1 2 4\n3: 3\n6: 6\n7: 7\n?else@x: 8\n9: 9\n5: 5"
	f := ThreadsBySubject(nodes, 30*24*time.Hour)
	if got := shape(f); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if f.Parent["4"] != "2" {
		t.Errorf("the parent of 4 is %q, want the latest before it", f.Parent["4"])
	}
	if got := len(Threads(nodes).Threads); got != len(nodes) {
		t.Errorf("without merging there are %d threads, want %d", got, len(nodes))
	}
}

func TestThreadKey(t *testing.T) {
	for _, c := range []struct {
		name, id, reply string
		refs            []string
		want            string
	}{
		{"the first reference", "<c@x>", "<b@x>", []string{"<a@x>", "<b@x>"}, "a@x"},
		{"in-reply-to", "<c@x>", "<b@x>", nil, "b@x"},
		{"its own id", " <c@x> ", "", []string{""}, "c@x"},
		{"prose is no id", "<c@x>", "Your message of Monday", nil, "c@x"},
		{"nothing", "", "", nil, ""},
	} {
		if got := (Node{MessageID: c.id, InReplyTo: c.reply, References: c.refs}).Key(); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestThreadingHoldsForAnyMail(t *testing.T) {
	id := rapid.SampledFrom([]string{"", "a", "b", "c", "d", "e", "f", "g", "<h>"})
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 9).Draw(t, "n")
		nodes := make([]Node, n)
		for i := range nodes {
			nodes[i] = Node{
				ID: fmt.Sprint(i), MessageID: id.Draw(t, "id"), InReplyTo: id.Draw(t, "reply"), References: rapid.SliceOfN(id, 0, 4).Draw(t, "refs"),
				Subject: rapid.SampledFrom([]string{"x", "Re: x", "y", "Re: y"}).Draw(t, "subject"), At: rapid.Int64Range(0, 3).Draw(t, "at"),
				From: rapid.SampledFrom([]string{"p", "q"}).Draw(t, "from"), To: []string{rapid.SampledFrom([]string{"p", "q", "r"}).Draw(t, "to")},
			}
		}
		for name, thread := range map[string]func([]Node) Forest{
			"by id": Threads, "by subject": func(n []Node) Forest { return ThreadsBySubject(n, 2*time.Second) },
		} {
			f := thread(nodes)
			if again := thread(rapid.Permutation(nodes).Draw(t, "order")); !reflect.DeepEqual(f, again) {
				t.Fatalf("%s: the order matters:\n%s\n\n%s", name, shape(f), shape(again))
			}
			checkForest(t, nodes, f)
		}
	})
}

// checkForest says that every message is in one thread, with its ancestors, and that no one is their own ancestor.
func checkForest(t *rapid.T, nodes []Node, f Forest) {
	count := 0
	byID := f.ByID()
	for _, thread := range f.Threads {
		count += len(thread.IDs)
	}
	if count != len(nodes) || len(byID) != len(nodes) {
		t.Fatalf("%d messages in threads, %d of them different, of %d", count, len(byID), len(nodes))
	}
	for id, parent := range f.Parent {
		if byID[id] != byID[parent] {
			t.Fatalf("%s and its parent %s are in different threads", id, parent)
		}
		for up, steps := parent, 0; up != ""; up, steps = f.Parent[up], steps+1 {
			if up == id || steps > len(nodes) {
				t.Fatalf("%s is its own ancestor", id)
			}
		}
		if slices.Contains(f.Ancestors(id), id) {
			t.Fatalf("%s is among its ancestors", id)
		}
	}
}
