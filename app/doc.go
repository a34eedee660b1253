// Package app is the window: one file for each page, window.go for going from
// page to page and registry.go for all that can be done. A page asks the store
// through app/bridge, the only way to other goroutines, lets data decide and draws
// the answer with app/kit.
//
// It refuses to hold business rules, SQL or locks, and never imports the driver
// that draws real windows: main hands it a fyne.App.
package app
