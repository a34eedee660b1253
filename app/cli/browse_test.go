package cli

import (
	"context"
	"html"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// corrects opens a page in a real browser without a window, corrects the number
// beside a label, adds a step, and keeps what the page gives back: "corrects PAGE
// ANSWER LABEL NUMBER STEP".
func corrects(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 5 {
		ts.Fatalf("usage: corrects PAGE ANSWER LABEL NUMBER STEP")
	}
	// What a person would do, as a script behind the page's own.
	hand := `<script>
const number = [...document.querySelectorAll("label")].find(l => l.textContent.trim() === ` + "`" + args[2] + "`" + `).querySelector("input");
number.value = "` + args[3] + `";
document.querySelector("textarea[data-section=steps][data-key='']").value = "` + args[4] + `";
document.getElementById("who").value = "Anna Kessler";
number.dispatchEvent(new Event("input", { bubbles: true }));
document.getElementById("copy").click();
const kept = document.createElement("pre");
kept.id = "kept";
kept.textContent = document.getElementById("count").textContent + "\n" + document.getElementById("out").value;
document.body.append(kept);
</script></body>`
	page := strings.Replace(ts.ReadFile(args[0]), "</body>", hand, 1)
	ts.Check(os.WriteFile(ts.MkAbs("corrected.html"), []byte(page), 0o600))
	ctx, stop := context.WithTimeout(context.Background(), 2*time.Minute)
	defer stop()
	dom, err := exec.CommandContext(ctx, "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--user-data-dir="+ts.MkAbs("browser"), "--dump-dom", "file://"+ts.MkAbs("corrected.html")).Output()
	ts.Check(err)
	kept := regexp.MustCompile(`(?s)<pre id="kept">(.*?)</pre>`).FindSubmatch(dom)
	if kept == nil {
		ts.Fatalf("the page kept nothing:\n%s", dom)
	}
	answer := html.UnescapeString(string(kept[1]))
	if !strings.HasPrefix(answer, "2 corrections.\n") {
		ts.Fatalf("the page counts otherwise:\n%s", answer)
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(answer), 0o600))
}
