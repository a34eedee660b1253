// Package app is the window: one file for each page, window.go for going from
// page to page, commands.go for all that can be done, and background.go as the
// only bridge to other goroutines. A page asks the store, lets data decide and
// draws the answer with app/kit.
//
// It refuses to hold business rules, SQL or locks, and never imports the driver
// that draws real windows: main hands it a fyne.App.
package app
