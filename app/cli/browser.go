package cli

import (
	"os"
	"os/exec"
	"runtime"
)

// openBrowser shows a page in the person's browser. It waits for nothing.
func openBrowser(page string) error {
	name, args := "xdg-open", []string{page}
	switch runtime.GOOS {
	case "darwin":
		name = "open"
	case "windows":
		name, args = "rundll32", []string{"url.dll,FileProtocolHandler", page}
	default:
		if os.Getenv("DISPLAY") == "" && os.Getenv("WAYLAND_DISPLAY") == "" {
			return errNoBrowser
		}
	}
	shown := exec.Command(name, args...)
	if err := shown.Start(); err != nil {
		return err
	}
	go func() { _ = shown.Wait() }() // whatever becomes of the browser
	return nil
}
