package app

import "fyne.io/fyne/v2"

// place is an entry of the rail. Every page belongs to one.
type place string

// The places, in the order of the rail.
const (
	placeToday    place = "Today"
	placeAccounts place = "Accounts"
	placeCalendar place = "Calendar"
	placeFiling   place = "Filing"
	placeFeedback place = "Feedback"
	placeTraining place = "Training"
	placeInsights place = "Insights"
	placeSharing  place = "Sharing"
	placeSettings place = "Settings"
	// placeAccount is one account's page; the rail shows it under Accounts.
	placeAccount place = "Account"
	// placeContact is one contact's page, under Accounts too.
	placeContact place = "Contact"
	// placeTiers is where accounts are sorted into tiers, under Accounts too.
	placeTiers place = "Tiers"
	// placeBrief is the page before a meeting; its id is Occurrence.ID. The rail
	// shows it under Today.
	placeBrief place = "Brief"
	// placeJoint is a plan in a joint space, as all its members see it; its id is
	// JointPlan.ID, "" for the first. The rail shows it under Sharing, and for itself
	// where the workspace holds nothing else.
	placeJoint place = "Joint plan"
	// placeImport is where lists of other programs are brought in, under Accounts
	// too. Its id is the file, "" for none yet.
	placeImport place = "Import"
)

// route names what is to be seen. Two equal routes are the same page.
type route struct {
	place place
	id    string // Account.ID or Contact.ID of the page; "" for the place itself
}

// target is where on a page to go, beside the page itself.
type target struct {
	tab  string // "timeline"
	item string // the ID of the row to stand on
}

// A page is what fills the window beside the rail. It is made once and kept
// while it can be gone back to, so it remembers rows and scrolling by itself.
// Everything in it is called on the window's goroutine.
type page interface {
	// title is for the window's title: "Accounts", "Kestrel Museums".
	title() string
	// panes are the page's objects, the same at every call.
	panes() panes
	// load asks the store again and draws the answer, through the bridge. It is
	// called whenever the page comes to be seen, and when something changed.
	load()
	// commands are what can be done here, with their keys.
	commands() []command
	// hints are the keys that the status bar shows, most useful first.
	hints() []hint
	// focus gives the keyboard to what it belongs to, usually a list.
	focus()
}

// A page may also be any of these.
type (
	// goer goes to a tab or an item within the page.
	goer interface{ goTo(target) }
	// timed is told each minute to draw anew what depends on the time. Without
	// it a page is loaded again when the day changes.
	timed interface{ minute() }
	// folding hears when its side list or inspector is folded away because the
	// window is narrow, or shown again. It hears once before it is shown.
	folding interface {
		folded(side, inspector bool)
	}
	// left is told when another page comes to be seen.
	leaving interface{ leave() }
	// replaying can show a day that has been: shownDay says which, "" for today.
	replaying interface {
		shownDay() string
		toToday()
	}
)

// panes are the up to three columns of a page. Side and inspector may be nil.
// Grounds and the edges between them are the window's.
type panes struct {
	side      fyne.CanvasObject
	sideWidth float32
	main      fyne.CanvasObject
	inspector fyne.CanvasObject
	width     float32 // of the inspector
}

// hint is keys and what they do here, for the status bar.
type hint struct {
	keys []string // "J", "K" or "Ctrl R"
	does string   // "move"
}
