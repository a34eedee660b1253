package cli

import (
	"runtime"
	"runtime/debug"
)

// Version is this program's version, as FyneApp.toml says it too.
const Version = "0.1.0"

func versionVerb() *verb {
	return &verb{name: "version", does: "Say which version this is", flags: []flag{jsonFlag}, run: runVersion}
}

func runVersion(c *call) error {
	commit := commitOf(debug.ReadBuildInfo())
	if c.on("json") {
		return writeJSON(c.out, struct {
			Version string `json:"version"`
			Commit  string `json:"commit"`
			Go      string `json:"go"`
			System  string `json:"system"`
		}{Version, commit, runtime.Version(), runtime.GOOS + "/" + runtime.GOARCH})
	}
	c.printf("rapport %s", Version)
	if commit != "" {
		c.printf(" (%s)", commit)
	}
	c.printf(", %s, %s/%s\n", runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return nil
}

// commitOf is the commit that the program was built from, "" when that is not
// known.
func commitOf(info *debug.BuildInfo, ok bool) string {
	if !ok {
		return ""
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			return s.Value[:min(12, len(s.Value))]
		}
	}
	return ""
}
