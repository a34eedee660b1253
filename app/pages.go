package app

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
	}}
}
