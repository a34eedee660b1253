package app

import (
	"testing"
	"time"

	"rapport/data"
)

func TestTheLedgerAddsUpByFolder(t *testing.T) {
	at := func(minutes int) time.Time { return testNow.Add(-time.Duration(minutes) * time.Minute) }
	folders, problem := sumLedger([]data.LedgerLine{
		{Folder: "INBOX", Started: at(5), Took: time.Second, Seen: 2, Kept: 1, Skipped: []data.Count{{Reason: "b", N: 1}}},
		{Folder: "Sent", Started: at(5), Seen: 1, Kept: 1},
		{Folder: "", Started: at(10), Problem: "no. Try again"},
		{Folder: "INBOX", Started: at(10), Took: time.Minute, Seen: 9, Kept: 4, Skipped: []data.Count{{Reason: "a", N: 4}, {Reason: "b", N: 1}}, Odd: []data.Count{{Reason: "no date", N: 1}}},
	}, true)
	if problem != "" {
		t.Errorf("a problem that is over is told: %q", problem)
	}
	if len(folders) != 2 || folders[0].Folder != "INBOX" || folders[1].Folder != "Sent" {
		t.Fatalf("folders are %+v", folders)
	}
	f := folders[0]
	if f.Seen != 11 || f.Kept != 5 || data.Sum(f.Skipped) != 6 || f.Skipped[0].Reason != "a" || !f.Started.Equal(at(5)) || f.Took != time.Second {
		t.Errorf("INBOX is %+v", f)
	}
}

func TestAProblemThatLastsIsTold(t *testing.T) {
	folders, problem := sumLedger([]data.LedgerLine{
		{Problem: "newest. Try again"}, {Folder: "INBOX", Seen: 1, Kept: 1}, {Problem: "older"},
	}, true)
	if problem != "newest. Try again" || len(folders) != 1 {
		t.Errorf("told %q with %d folders", problem, len(folders))
	}
}

func TestACalendarHasOneLineWithoutAFolder(t *testing.T) {
	folders, problem := sumLedger([]data.LedgerLine{{Seen: 3, Kept: 3}, {Seen: 1, Kept: 1}}, false)
	if problem != "" || len(folders) != 1 || folders[0].Seen != 4 {
		t.Errorf("got %+v, %q", folders, problem)
	}
}

func TestTheResultOfAFolder(t *testing.T) {
	for _, tt := range []struct {
		name   string
		folder folderSum
		want   string
	}{
		{"nothing came", folderSum{}, "nothing new"},
		{"all on a timeline", folderSum{FolderSum: data.FolderSum{Seen: 2, Kept: 2}}, "all kept"},
		{"some left out", folderSum{FolderSum: data.FolderSum{Seen: 3, Kept: 1, Skipped: []data.Count{{Reason: data.SkipUnknown, N: 2}}}}, "left out: unknown people"},
		{"something odd", folderSum{FolderSum: data.FolderSum{Seen: 3, Kept: 3, Odd: []data.Count{{Reason: "no date", N: 2}}}}, "2 odd ones, kept"},
		{"left out", folderSum{leftOut: true}, "you left it out"},
		{"a failure", folderSum{FolderSum: data.FolderSum{Seen: 3, Kept: 3, Problem: "it broke. Try again"}}, "It broke"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if _, got, _ := tt.folder.result(); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}
