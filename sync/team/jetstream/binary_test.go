package jetstream

import (
	"os/exec"
	"strings"
	"testing"
)

// The server is for tests: no laptop carries it.
func TestTheProgramHoldsNoServer(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", "rapport").CombinedOutput()
	if err != nil {
		t.Skipf("go list cannot be run here: %v\n%s", err, out)
	}
	for _, dep := range strings.Fields(string(out)) {
		if strings.HasPrefix(dep, "github.com/nats-io/nats-server") {
			t.Errorf("the program holds %s", dep)
		}
	}
	if !strings.Contains(string(out), "rapport/data\n") {
		t.Error("the list of what the program holds is none")
	}
}
