// Rapport is an offline-first desktop workspace for account teams. main
// introduces the window and the commands to each other; rapport help lists what
// the commands do.
package main

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"runtime"
	"syscall"

	"fyne.io/fyne/v2"
	fyneapp "fyne.io/fyne/v2/app"

	"rapport/app"
	"rapport/app/cli"
)

func main() { os.Exit(run()) }

func run() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	return cli.Run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr, cli.Faces{
		Open: func(ctx context.Context, workspace string) error {
			if !hasDisplay() {
				return errors.New("there is no display here to open the window on; every command works without one, and rapport demo -headless draws the pages")
			}
			return app.Open(ctx, newApp(), workspace)
		},
		Render: func(ctx context.Context, workspace, out string) ([]string, error) {
			return app.Render(ctx, newApp(), workspace, out)
		},
	})
}

// hasDisplay says whether a window can be opened, where the system says so before
// it is tried: GLFW ends the program where it cannot.
func hasDisplay() bool {
	switch runtime.GOOS {
	case "linux", "freebsd", "netbsd", "openbsd":
		return os.Getenv("DISPLAY") != "" || os.Getenv("WAYLAND_DISPLAY") != ""
	}
	return true
}

// newApp makes the program that Fyne draws. It needs a display only when it
// opens a window.
func newApp() fyne.App {
	fyneapp.SetMetadata(fyne.AppMetadata{
		ID: "app.rapport.desktop", Name: "Rapport", Version: cli.Version, Build: 1,
		Migrations: map[string]bool{"fyneDo": true},
	})
	return fyneapp.NewWithID("app.rapport.desktop")
}
