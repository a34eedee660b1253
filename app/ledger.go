package app

import (
	"strings"

	"fyne.io/fyne/v2"

	"rapport/app/kit"
	"rapport/data"
)

// folderSum is what the runs of a span did with one folder, or with a calendar.
type folderSum struct {
	data.FolderSum
	holds   data.FolderHolds
	leftOut bool // by the choice of its mailbox
}

// sumLedger adds up ledger lines, newest first, by folder, as data.SumLedger
// does.
func sumLedger(lines []data.LedgerLine, isMail bool) (folders []folderSum, problem string) {
	sums, problem := data.SumLedger(lines, isMail)
	for _, f := range sums {
		folders = append(folders, folderSum{FolderSum: f})
	}
	return folders, problem
}

// result is one line about it, with its icon and colour.
func (f folderSum) result() (icon string, words string, tint fyne.ThemeColorName) {
	switch {
	case f.leftOut:
		return "eye-off", "you left it out", kit.Ink2
	case f.Problem != "":
		what, _, _ := strings.Cut(f.Problem, ". ")
		return "circle-alert", upperFirst(what), kit.Alert
	case f.Seen == 0 && len(f.Odd) == 0:
		return "check", "nothing new", kit.Accent
	case len(f.Odd) > 0:
		return "triangle-alert", data.Counted(data.Sum(f.Odd), "odd one", "odd ones") + ", kept", kit.Warm
	case len(f.Skipped) == 0:
		return "check", "all kept", kit.Accent
	}
	return "check", "left out: " + shortReason(f.Skipped[0].Reason), kit.Accent
}

// shortReason is a reason without its explanation: "unknown people".
func shortReason(reason string) string {
	if i := strings.IndexAny(reason, ":,"); i >= 0 {
		return reason[:i]
	}
	return reason
}

// standing counts how a folder of mail stands now: on the server, here, and what
// is not here.
func (f folderSum) standing() []data.Count {
	var list []data.Count
	add := func(n int, words string) {
		if n > 0 {
			list = append(list, data.Count{N: n, Reason: words})
		}
	}
	if f.Folder != "" {
		add(f.OnServer, "on the server")
		add(f.holds.Here, "here")
	}
	add(f.holds.LeftOut, "left out by your rules, never read again")
	add(f.holds.Unreadable, "could not be read; they are tried again after a week")
	return list
}
