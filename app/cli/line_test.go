package cli

import (
	"testing"
)

func TestAFlagMeansTheSameWithEveryCommand(t *testing.T) {
	seen := map[string]flag{}
	for _, v := range verbs() {
		for _, f := range v.allFlags() {
			if have, ok := seen[f.name]; ok && (have.value == "") != (f.value == "") {
				t.Errorf("-%s takes a value with one command and none with %s: then it cannot be read before the command is known", f.name, v.name)
			}
			seen[f.name] = f
		}
	}
}
