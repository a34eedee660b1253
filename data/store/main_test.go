package store

import (
	"flag"
	"os"
	"strconv"
	"testing"
)

// becomes are the processes that this test binary is started again as, by the
// variables that say so.
var becomes = map[string]func() int{}

// TestMain asks for few histories, since each writes a real file, or, by
// RAPPORT_LONG, the share of the full campaign, for up to a thousand.
func TestMain(m *testing.M) {
	for variable, process := range becomes {
		if os.Getenv(variable) != "" {
			os.Exit(process())
		}
	}
	flag.Parse()
	checks := 20
	if share, err := strconv.ParseFloat(os.Getenv("RAPPORT_LONG"), 64); err == nil {
		checks = max(checks, int(1000*share))
	}
	if err := flag.Set("rapid.checks", strconv.Itoa(checks)); err != nil {
		panic("bug: " + err.Error())
	}
	code := m.Run()
	if bigMade != "" {
		os.RemoveAll(bigMade)
	}
	os.Exit(code)
}
