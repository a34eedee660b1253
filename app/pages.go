package app

import "rapport/data"

// makerOf makes the page of a route. A place without a page is not on the rail
// and has no command.
func makerOf(p place) func(*window, route) page {
	switch p {
	case placeToday:
		return newToday
	case placeFiling:
		return newFiling
	case placeAccounts:
		return newAccounts
	case placeAccount:
		return newAccountPage
	case placeContact:
		return newContactPage
	case placeCalendar:
		return newCalendar
	case placeBrief:
		return newBriefPage
	case placeTiers:
		return newTriage
	case placeImport:
		return newImport
	case placeFeedback:
		return newFeedback
	case placeTraining:
		return newTrainingPlace
	case placeInsights:
		return newInsights
	case placeSharing:
		return newSpaces
	case placeJoint:
		return newJoint
	case placeSettings:
		return newSettings
	default:
		return nil
	}
}

// extras are the commands of things that float over every page.
func (w *window) extras() []command {
	return []command{{
		name: "Log a contact", words: "call visit note capture write down", icon: "pen-line", key: "C",
		do: func() { w.openCapture(w.accountInView()) },
	}, {
		name: "Brief of the next meeting", words: "prepare page before meeting", icon: "book-open-text", key: "B", menu: menuGo, do: w.nextBrief,
	}, {
		name: "New account", words: "add customer create", icon: "plus", menu: menuFile, do: func() {
			w.open(route{place: placeAccounts})
			w.editAccount(data.Account{}, nil)
		},
	}, {
		name: "Sort accounts into tiers", words: "triage tier A B C capacity criteria", icon: "gavel", menu: menuGo,
		do: func() { w.open(route{place: placeTiers}) },
	}, {
		name: "Import a list", words: "csv vcard vcf orders invoices tickets calls contacts people accounts file bring in", icon: "package-open", menu: menuFile,
		do: func() { w.open(route{place: placeImport}) },
	}, {
		name: "Write a card of how to reach you", words: "vcard page send customer doors reachability", icon: "ear", menu: menuFile,
		do: func() { w.writeCard(w.accountInView()) },
	}, {
		name: addMailbox, words: "imap account mail connect", icon: "plus", menu: menuFile, do: func() { w.ofSettings(tabSources, addMailbox) },
	}, {
		name: addCalendar, words: "ical ics feed link connect", icon: "plus", menu: menuFile, do: func() { w.ofSettings(tabSources, addCalendar) },
	}}
}

// ofSettings does a command of a part of Settings from anywhere.
func (w *window) ofSettings(tab, name string) {
	w.openAt(route{place: placeSettings}, target{tab: tab})
	for _, c := range w.page().commands() {
		if c.name == name && c.applies() {
			c.do()
			return
		}
	}
}
