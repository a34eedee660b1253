//go:build ignore

// Command tests runs go test with the arguments given and prints what plain go test prints: a line for each
// package, and everything a failing test said. After that it names each skipped test with its reason, and closes
// with the counts. It exits as go test does, or with 1 where no test ran at all.
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
)

// event is a line of go test -json (go doc test2json), or of go build -json where a package does not compile.
type event struct {
	Action  string
	Package string
	Test    string
	Output  string
}

// tally is what the run has said so far.
type tally struct {
	passed, failed, skipped int
	said                    map[string][]string // output of unfinished tests, by package and test
	skips                   []string
}

func main() {
	run := exec.Command("go", append([]string{"test", "-json"}, os.Args[1:]...)...)
	run.Stderr = os.Stderr
	lines, err := run.StdoutPipe()
	if err == nil {
		err = run.Start()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "tests:", err)
		os.Exit(1)
	}
	t := tally{said: map[string][]string{}}
	t.read(lines)
	os.Exit(t.close(run.Wait()))
}

func (t *tally) read(lines io.Reader) {
	in := bufio.NewReader(lines)
	for {
		line, err := in.ReadString('\n')
		if line != "" {
			t.line(line)
		}
		if err != nil {
			return
		}
	}
}

func (t *tally) line(line string) {
	var e event
	if json.Unmarshal([]byte(line), &e) != nil {
		fmt.Print(line)
		return
	}
	switch {
	case e.Action == "build-output":
		fmt.Print(e.Output)
	case e.Test == "":
		t.ofPackage(e)
	default:
		t.ofTest(e)
	}
}

// ofPackage shows a package's own lines at once, and at its failure also what its unfinished tests had said:
// a panic or a timeout ends them without a verdict.
func (t *tally) ofPackage(e event) {
	if e.Action == "output" && e.Output != "PASS\n" {
		fmt.Print(e.Output)
	}
	if e.Action != "fail" {
		return
	}
	for key, said := range t.said {
		if strings.HasPrefix(key, e.Package+" ") {
			fmt.Print(strings.Join(said, ""))
			delete(t.said, key)
			t.failed++
		}
	}
}

func (t *tally) ofTest(e event) {
	key := e.Package + " " + e.Test
	switch e.Action {
	case "output":
		if !strings.HasPrefix(e.Output, "=== ") {
			t.said[key] = append(t.said[key], e.Output)
		}
		return
	case "pass":
		t.passed++
	case "fail":
		t.failed++
		fmt.Print(strings.Join(t.said[key], ""))
	case "skip":
		t.skipped++
		t.skips = append(t.skips, key+": "+reason(t.said[key]))
	default:
		return
	}
	delete(t.said, key)
}

// mostReason is how much a script's whole log may stand for a reason; of a longer one its last line does, which says
// why the script stopped.
const mostReason = 300

// reason is what a skipped test said, on one line and without the frame that go test puts around it.
func reason(said []string) string {
	var words []string
	for _, line := range said {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "--- ") {
			continue
		}
		if _, text, ok := strings.Cut(line, ".go:"); ok {
			_, line, _ = strings.Cut(text, ": ")
		}
		words = append(words, line)
	}
	if len(words) == 0 {
		return "it gave no reason"
	}
	if all := strings.Join(words, " "); len(all) <= mostReason {
		return all
	}
	return words[len(words)-1]
}

// close prints the end of the report and returns the exit code.
func (t *tally) close(err error) int {
	if len(t.skips) > 0 {
		fmt.Println("\nskipped:")
		for _, s := range t.skips {
			fmt.Println("  " + s)
		}
	}
	fmt.Printf("\n%d passed, %d failed, %d skipped\n", t.passed, t.failed, t.skipped)
	var exit *exec.ExitError
	switch {
	case errors.As(err, &exit):
		return max(exit.ExitCode(), 1)
	case err != nil || t.passed == 0:
		return 1
	}
	return 0
}
