package app

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"rapport/app/kit"
	"rapport/data"
)

// folderSum is what the runs of a span did with one folder, or with a calendar.
type folderSum struct {
	folder  string // "" for a calendar
	started time.Time
	took    time.Duration // of the newest run
	seen    int
	kept    int
	skipped []data.Count // most first
	odd     []data.Count // most first
	problem string       // of the newest run that had one, when none went well since
}

// sumLedger adds up ledger lines, newest first, by folder. Folders keep the
// order of their newest run; a line without a folder that only tells of a
// problem is given back apart.
func sumLedger(lines []data.LedgerLine, isMail bool) (folders []folderSum, problem string) {
	at := map[string]int{}
	well := false
	for _, l := range lines {
		if isMail && l.Folder == "" { // a run that failed as a whole
			if l.Problem != "" && !well && problem == "" {
				problem = l.Problem
			}
			continue
		}
		i, known := at[l.Folder]
		if !known {
			i = len(folders)
			at[l.Folder] = i
			folders = append(folders, folderSum{folder: l.Folder, started: l.Started, took: l.Took, problem: l.Problem})
		}
		well = well || l.Problem == ""
		folders[i].add(l)
	}
	for i := range folders {
		mostFirst(folders[i].skipped)
		mostFirst(folders[i].odd)
	}
	return folders, problem
}

func (f *folderSum) add(l data.LedgerLine) {
	f.seen += l.Seen
	f.kept += l.Kept
	for _, c := range l.Skipped {
		f.skipped = data.AddCount(f.skipped, c.Reason, c.N)
	}
	for _, c := range l.Odd {
		f.odd = data.AddCount(f.odd, c.Reason, c.N)
	}
}

func mostFirst(counts []data.Count) {
	slices.SortStableFunc(counts, func(a, b data.Count) int { return cmp.Compare(b.N, a.N) })
}

// result is one line about it, with its icon and colour.
func (f folderSum) result() (icon string, words string, tint fyne.ThemeColorName) {
	switch {
	case f.problem != "":
		what, _, _ := strings.Cut(f.problem, ". ")
		return "circle-alert", upperFirst(what), kit.Alert
	case f.seen == 0 && len(f.odd) == 0:
		return "check", "nothing new", kit.Accent
	case len(f.odd) > 0:
		return "triangle-alert", data.Counted(data.Sum(f.odd), "odd one", "odd ones") + ", kept", kit.Warm
	case len(f.skipped) == 0:
		return "check", "all kept", kit.Accent
	}
	return "check", "left out: " + shortReason(f.skipped[0].Reason), kit.Accent
}

// shortReason is a reason without its explanation: "unknown people".
func shortReason(reason string) string {
	if i := strings.IndexAny(reason, ":,"); i >= 0 {
		return reason[:i]
	}
	return reason
}
