package app

import (
	"fyne.io/fyne/v2"
)

// globals are the commands that every page has.
func (w *window) globals() []command {
	list := []command{
		{name: "Search or do", words: "find open palette command anything", icon: "search", chord: primary(fyne.KeyK), menu: menuFile, do: w.openPalette},
		{name: "Read all mail and calendars now", words: "sync refresh fetch update exchange spaces", icon: "rotate-ccw", chord: primary(fyne.KeyR), menu: menuFile,
			when: w.canRead, do: w.readNow},
		{name: whyName, words: "not here lost find message-id ledger", icon: "mail-search", do: w.whyMissing},
		{name: "Pause reading", words: "sync stop", icon: "clock", menu: menuFile, when: func() bool { return w.canRead() && !w.engine.Paused() }, do: w.pause},
		{name: "Go on reading", words: "sync resume", icon: "clock", menu: menuFile, when: func() bool { return w.canRead() && w.engine.Paused() }, do: w.resume},
		{name: "Quit", words: "exit close", icon: "x", chord: primary(fyne.KeyQ), menu: menuFile, quits: true, do: w.quit},
		{name: "Undo", words: "back revert", icon: "undo-2", chord: primary(fyne.KeyZ), menu: menuEdit, do: w.undo},
		{name: "Do again", words: "redo repeat", icon: "repeat", chord: chord{fyne.KeyZ, fyne.KeyModifierShortcutDefault | fyne.KeyModifierShift}, menu: menuEdit, do: w.redo},
		{name: "Show the drafts that are not sent", words: "outbox waiting mail written failed", icon: "pen-line", menu: menuGo, do: w.openDrafts},
		{name: "Show all keys", words: "help shortcuts keyboard", icon: "keyboard", key: "?", more: []string{"F1"}, menu: menuHelp, do: w.showKeys},
	}
	list = append(list, w.going()...)
	list = append(list, w.extras()...)
	list = append(list, w.historyCommand(), w.newsCommand(), w.trashCommand())
	list = append(list, w.teamPlanCommands()...)
	list = append(list, w.notice.commands()...)
	list = append(list, w.writing.commands()...)
	return append(list, w.viewing()...)
}

// going are the commands that change what is seen.
func (w *window) going() []command {
	list := []command{
		{name: "Back", words: "previous page", icon: "chevron-left", chord: chord{fyne.KeyLeft, fyne.KeyModifierAlt}, menu: menuGo, when: w.canBack, do: w.back},
		{name: "Forward", words: "next page", icon: "chevron-right", chord: chord{fyne.KeyRight, fyne.KeyModifierAlt}, menu: menuGo, when: w.canForward, do: w.forward},
	}
	for _, g := range []struct {
		place           place
		icon, key, more string
		chord           chord
	}{
		{placeToday, "sun", "G T", "home day start", chord{}},
		{placeAccounts, "building-2", "G A", "customers list", chord{}},
		{placeCalendar, "calendar-days", "G C", "meetings week agenda day month", chord{}},
		{placeFiling, "inbox", "G F", "unknown senders triage", chord{}},
		{placeFeedback, "ear", "G E", "surveys told complaints praise decisions listen nps", chord{}},
		{placeTraining, "graduation-cap", "G R", "why we do this plan of the team notes learn", chord{}},
		{placeInsights, "chart-scatter", "G I", "figures profit charts early warning hours rhythm team", chord{}},
		{placeSharing, "handshake", "G S", "spaces members team colleagues customers conflicts exchange", chord{}},
		{placeSettings, "sliders-horizontal", "", "mailboxes calendars preferences options ledger", primary(fyne.KeyComma)},
	} {
		if makerOf(g.place) != nil {
			list = append(list, command{name: "Go to " + string(g.place), words: g.more, icon: g.icon, key: g.key, chord: g.chord,
				menu: menuGo, do: func() { w.open(route{place: g.place}) }})
		}
	}
	return list
}
