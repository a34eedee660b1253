package data

import (
	"cmp"
	"slices"
	"time"
)

// FolderSum is what the runs of a span did with one folder, or with a calendar.
type FolderSum struct {
	Folder   string // "" for a calendar
	Started  time.Time
	Took     time.Duration // of the newest run
	OnServer int           // by the newest run that knew; -1 when not known
	Seen     int
	Kept     int
	Skipped  []Count // most first
	Odd      []Count // most first
	Problem  string  // of the newest run, "" when it went well
}

// SumLedger adds up ledger lines of one source, newest first, by folder. Folders
// keep the order of their newest run; a line without a folder that only tells of
// a problem of a mailbox is given back apart, unless the mailbox was read well
// since.
func SumLedger(lines []LedgerLine, isMail bool) (folders []FolderSum, problem string) {
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
			folders = append(folders, FolderSum{Folder: l.Folder, Started: l.Started, Took: l.Took, OnServer: -1, Problem: l.Problem})
		}
		well = well || l.Problem == ""
		folders[i].add(l)
	}
	for i := range folders {
		mostFirst(folders[i].Skipped)
		mostFirst(folders[i].Odd)
	}
	return folders, problem
}

func (f *FolderSum) add(l LedgerLine) {
	f.Seen += l.Seen
	f.Kept += l.Kept
	if f.OnServer < 0 {
		f.OnServer = l.OnServer
	}
	for _, c := range l.Skipped {
		f.Skipped = AddCount(f.Skipped, c.Reason, c.N)
	}
	for _, c := range l.Odd {
		f.Odd = AddCount(f.Odd, c.Reason, c.N)
	}
}

func mostFirst(counts []Count) {
	slices.SortStableFunc(counts, func(a, b Count) int { return cmp.Compare(b.N, a.N) })
}

// FolderHolds is what is here of a folder, and what is not though the server has
// it.
type FolderHolds struct {
	Here       int // mails whose text is here
	LeftOut    int // by a person's rules
	Unreadable int // that the server could not hand over
}
