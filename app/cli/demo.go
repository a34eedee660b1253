package cli

import (
	"errors"
	"os"
	"path/filepath"

	"rapport/data"
	"rapport/data/sample"
	"rapport/data/store"
	"rapport/sync"
)

func demoVerb() *verb {
	return &verb{
		name: "demo", does: "Fill a new workspace with a fictional team's two years, and open it",
		more: `Its mail and calendar are served on this laptop and read as any others are; then the
servers are gone and the workspace stays. With no workspace named it is a new
temporary folder. With -headless it needs no display: every page is drawn to DIR, and
a brief and a timeline are printed.

  rapport demo
  rapport -w /tmp/larkfield demo -headless -out /tmp/pictures`,
		flags: []flag{
			{name: "headless", does: "draw every page to PNG files instead of opening the window"},
			{name: "out", value: "DIR", does: "where to draw them (else a new temporary folder)"},
		},
		run: runDemo,
	}
}

// shownAccount is the sample's account whose timeline the demo prints.
const shownAccount = "Kestrel Museums"

func runDemo(c *call) error {
	if c.has("out") && !c.on("headless") {
		return misuse(c.verb, "flag -out goes with -headless")
	}
	dir, err := c.demoFolder()
	if err != nil {
		return err
	}
	if err := c.fillSample(dir); err != nil {
		return err
	}
	c.values["w"] = []string{dir}
	if c.on("headless") {
		return c.renderSample(dir)
	}
	c.printf("The sample workspace is in %s\n", dir)
	return c.openWindow(dir)
}

// demoFolder is the workspace that was named, which must hold nothing yet, or a
// new temporary folder.
func (c *call) demoFolder() (string, error) {
	if !c.has("w") && c.env("RAPPORT_WORKSPACE") == "" {
		return os.MkdirTemp("", "rapport-demo-")
	}
	dir, err := c.workspace()
	if err != nil {
		return "", err
	}
	entries, err := os.ReadDir(dir)
	switch {
	case errors.Is(err, os.ErrNotExist), err == nil && len(entries) == 0:
		return filepath.Abs(dir)
	case err == nil && !store.Exists(dir):
		return "", &data.Problem{Kind: data.NotWorkspace, About: dir}
	}
	return filepath.Abs(dir)
}

func (c *call) fillSample(dir string) error {
	db, err := store.Open(c.ctx, dir, store.Options{Now: c.now})
	if err != nil {
		return err
	}
	err = c.fill(db)
	if errors.Is(err, sync.ErrNotEmpty) {
		err = errors.New("the demo needs a workspace that holds nothing; name a new folder with -w")
	}
	return errors.Join(err, db.Close())
}

func (c *call) fill(db *store.DB) error {
	keys, err := sync.Keys(c.ctx, db)
	if err != nil {
		return err
	}
	zone, err := c.zone(db)
	if err != nil {
		return err
	}
	lines, err := sync.OpenSample(c.ctx, db, keys, sample.Make(sample.Options{Today: c.now()}), sync.Options{Now: c.now, Zone: zone})
	for _, l := range lines {
		if l.Problem != "" {
			c.note("%s: %s", l.Source, l.Problem)
		}
	}
	return err
}

// renderSample draws the pages and prints what the demo has to show.
func (c *call) renderSample(dir string) error {
	if c.faces.Render == nil {
		return errors.New("this build cannot draw its pages")
	}
	out := c.text("out")
	if out == "" {
		var err error
		if out, err = os.MkdirTemp("", "rapport-pictures-"); err != nil {
			return err
		}
	}
	pictures, err := c.faces.Render(c.ctx, dir, out)
	if err != nil {
		return err
	}
	c.args = nil
	if err := runBrief(c); errors.Is(err, errNoMeeting) {
		c.note("%s", err)
	} else if err != nil {
		return err
	}
	c.print("\n")
	c.args, c.values["limit"] = []string{shownAccount}, []string{"30"}
	if err := runTimeline(c); err != nil {
		return err
	}
	c.printf("\n%s in %s\nThe sample workspace is in %s\n", data.Counted(len(pictures), "picture", "pictures"), out, dir)
	return nil
}
