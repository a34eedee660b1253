package change

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// mutations are ways in which the core could be wrong. Each is tried in a copy;
// the other tests of this package must catch it.
var mutations = []struct{ what, file, old, new string }{
	{"a change need not wait for what its author had", "vector.go", "&& have.Covers(c.Deps)", ""},
	{"a change need not wait for what it replaces", "vector.go", "&& have.Covers(c.Over)", ""},
	{"a write replaces what its author had not seen", "state.go", "if !c.Over.Has(v.Dot) {", "if c.Op != OpSet && !c.Over.Has(v.Dot) {"},
	{"a write replaces nothing", "state.go", "if !c.Over.Has(v.Dot) {", "if true {"},
	{"a delete hides edits that it had not seen", "state.go", "!seen.Has(v.Dot) {\n\t\t\t\treturn Returned", "false {\n\t\t\t\treturn Returned"},
	{"versions are ordered by log before clock", "state.go", "cmp.Compare(b.At, a.At), cmp.Compare(b.Log, a.Log)", "cmp.Compare(b.Log, a.Log), cmp.Compare(b.At, a.At)"},
	{"what is quarantined does not count", "replica.go", "r.Have.Add(c.Dot)\n\tif r.Judge", "defer r.Have.Add(c.Dot)\n\tif r.Judge != nil && r.Judge(c) != Let {\n\t\tr.Have[c.Log]--\n\t}\n\tif r.Judge"},
	{"what is quarantined stands", "replica.go", "r.Quarantined[c.Dot] = v\n\t\t\treturn", "r.Quarantined[c.Dot] = v"},
	{"another judge leaves the state as it was", "replica.go", "r.Have, r.Entities, r.Quarantined, r.Judge = Vector{}, map[Ref]Entity{}, map[Dot]Verdict{}, judge", "r.Judge = judge"},
	{"a removal at the same time does not bind", "jury.go", "limit = min(limit, j.left(k, limit))", ""},
	{"a removal binds by the rank in the past only", "jury.go", "limit = min(limit, j.left(k, limit))", "limit = min(limit, j.left(k, past.rank))"},
	{"whoever stands lower binds too", "jury.go", "case j.rank[k] < at || j.rank[k] == at && c.By != c.Person:\n", "case false:\n"},
	{"who stepped down is not bound by it", "jury.go", "j.rank[k] == at && c.By != c.Person:", "j.rank[k] == at:"},
	{"an admin gives the role of admin", "jury.go", "given(r.Role, by).rank >= by, r", "given(r.Role, by).rank > by, r"},
	{"an admin makes owners", "jury.go", ", r.Role == Owner && by <= ranks[Admin]", ""},
	{"editors add members", "jury.go", "case by < ranks[Admin]:", "case by < ranks[Editor]:"},
	{"peers lower each other", "jury.go", "may := j.rank[i] > s.rank", "may := j.rank[i] >= s.rank"},
	{"ranks are decided from below", "jury.go", "top, left = max(top, ranks[i]), true", "top, left = ranks[i], true"},
	{"removals have no precedence", "membership.go", "cmp.Compare(removal(b), removal(a)), ", ""},
	{"records are read in the order of their IDs alone", "membership.go", "cmp.Compare(a.At, b.At), ", ""},
	{"the first role that fits judges, not the last", "verdict.go", "range slices.Backward(m.Members[person].terms)", "range slices.All(m.Members[person].terms)"},
	{"a cut-off lets one more in", "verdict.go", "if t.seen[d.Log] < d.Counter {", "if t.seen[d.Log]+1 < d.Counter {"},
	{"any device is a member's", "verdict.go", "case j.Person == \"\":\n\t\treturn Stranger\n", ""},
	{"an accept lets everything in that comes after", "verdict.go", " && d.Counter <= a.Last", ""},
	{"an accept holds against what is said after it", "verdict.go", "a.place > place && ", "a.place > place-1000 && "},
	{"a withdrawn laptop that back-dates is believed", "laptops.go", "if k == i || j.before[k].has(i) || !j.valid[k]", "if !j.before[i].has(k) || !j.valid[k]"},
	{"a new laptop comes in beside a withdrawal", "laptops.go", "j.laptops.known(r.By, r.Device, j.before[k])", "true"},
	{"a withdrawal has no cut-off", "verdict.go", "w.seen[d.Log] < d.Counter", "true"},
	{"a role given later lets a withdrawn laptop write again", "verdict.go", "s.Withdrawn, place = true, max(place, w.place)", "s.Withdrawn, place = place < w.place, max(place, w.place)"},
	{"a refusal binds only who had heard of it", "refusals.go", "j.before[k].has(i) {", "j.before[k].has(i) || !j.before[i].has(k) {"},
	{"a refusal is taken back by any invitation", "refusals.go", "j.before[i].has(v) && j.before[v].has(k)", "j.before[i].has(v)"},
	{"an admin's refusal binds an owner", "refusals.go", "|| j.rank[k] < j.rank[i] ", ""},
	{"a device goes to whoever claims it last", "jury.go", "!taken && device", "(taken || !taken) && device"},
}

// TestMutationsAreCaught runs a share of the mutations, all of them under
// RAPPORT_LONG=1. The seed is fixed, so that the outcome is always the same.
func TestMutationsAreCaught(t *testing.T) {
	goTool, err := exec.LookPath("go")
	if err != nil {
		t.Skip("there is no go command to build the mutated core with")
	}
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	every := 8
	if os.Getenv("RAPPORT_LONG") != "" {
		every = 1
	}
	for i, m := range mutations {
		mutated := mutate(t, filepath.Join(here, m.file), m.old, m.new) // each must apply, whether it is run or not
		if i%every != every-1 {
			continue
		}
		t.Run(m.what, func(t *testing.T) {
			overlay := filepath.Join(t.TempDir(), "overlay.json")
			text, err := json.Marshal(map[string]map[string]string{"Replace": {filepath.Join(here, m.file): mutated}})
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(overlay, text, 0o600); err != nil {
				t.Fatal(err)
			}
			run := exec.Command(goTool, "test", "-count=1", "-failfast", "-overlay", overlay, "-skip", "^TestMutations", ".", "-rapid.seed=1", "-rapid.checks=300", "-rapid.nofailfile", "-rapid.shrinktime=0s")
			run.Env = append(os.Environ(), "RAPPORT_LONG=", "UPDATE=")
			out, err := run.CombinedOutput()
			if err == nil {
				t.Fatal("no test caught it")
			}
			if !strings.Contains(string(out), "--- FAIL") && !strings.Contains(string(out), "panic: ") {
				t.Fatalf("it was not caught by a test:\n%s", out)
			}
		})
	}
}

// mutate writes a copy of a file with one passage replaced and returns its path.
func mutate(t *testing.T, file, old, new string) string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(string(text), old); n != 1 {
		t.Fatalf("%s has %q %d times", file, old, n)
	}
	path := filepath.Join(t.TempDir(), fmt.Sprint("mutated_", filepath.Base(file)))
	if err := os.WriteFile(path, []byte(strings.Replace(string(text), old, new, 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}
