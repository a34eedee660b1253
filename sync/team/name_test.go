package team

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"
	"rapport/data"
)

func TestNamesAreReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		kind := Kind(rapid.SampledFrom([]byte(kinds)).Draw(t, "kind"))
		body := rapid.SliceOf(rapid.Byte()).Draw(t, "body")
		tag := rapid.StringMatching(`[a-z0-9]{0,26}`).Draw(t, "tag")
		name := Name(kind, body)
		if tag != "" {
			name = Tagged(kind, tag, body)
		}
		gotKind, gotTag, hash, err := Parts(name)
		if err != nil || gotKind != kind || gotTag != tag || len(hash) != hashLength {
			t.Fatalf("%s reads as %c, %q, %q, %v", name, gotKind, gotTag, hash, err)
		}
		if err := Fit(name, body); err != nil {
			t.Fatal(err)
		}
		if other := append(bytes.Clone(body), 0); Fits(name, other) || !errors.Is(Fit(name, other), ErrTaken) {
			t.Fatal("other bytes fit the name")
		}
	})
}

func TestForeignNamesAreRefused(t *testing.T) {
	good := Name(SegmentPiece, []byte("x"))
	if _, _, _, err := Parts(good); err != nil {
		t.Fatal(err)
	}
	hash := good[2:]
	tests := []struct{ why, name string }{
		{"nothing", ""},
		{"no kind", "-" + hash},
		{"a kind that nobody decided", "z-" + hash},
		{"upper case", "S-" + hash},
		{"upper case in the hash", "s-" + strings.ToUpper(hash)},
		{"cut short", good[:len(good)-1]},
		{"too long", good + "a"},
		{"another spelling of the same bytes", good[:len(good)-1] + string(good[len(good)-1]+1)},
		{"a letter that is none of ours", "s-1" + hash[1:]},
		{"a line end, which a lax reader skips", "s-" + hash[:51] + "\n"},
		{"an empty tag", "k--" + hash},
		{"a tag too long", "k-" + strings.Repeat("a", MaxTag+1) + "-" + hash},
		{"a tag with a dot", "k-a.b-" + hash},
		{"two tags", "k-a-b-" + hash},
		{"a path", "../" + good},
		{"a path within", "s/" + hash},
		{"a path of Windows", `..\` + good},
		{"a drive", "C:" + good},
		{"an end", good + ".tmp"},
		{"a copy of Nextcloud", good + " (conflicted copy 2026-03-01 101010)"},
		{"a copy of Syncthing", good + ".sync-conflict-20260301-101010-ABCDEFG"},
		{"a copy of OneDrive", good + "-LAPTOP"},
		{"a reserved name", "con"},
		{"a zero byte", good + "\x00"},
		{"a space", " " + good},
		{"letters of another script", "ѕ-" + hash},
	}
	for _, tt := range tests {
		var invalid *data.Invalid
		if _, _, _, err := Parts(tt.name); !errors.As(err, &invalid) {
			t.Errorf("%s: %q gives %v, want *data.Invalid", tt.why, tt.name, err)
		}
		if Fits(tt.name, []byte("x")) {
			t.Errorf("%s: %q fits", tt.why, tt.name)
		}
	}
}

func TestPiecesHaveASize(t *testing.T) {
	for size, want := range map[int]error{0: nil, MaxPiece: nil, MaxPiece + 1: ErrTooLarge} {
		body := make([]byte, size)
		if err := Fit(Name(SegmentPiece, body), body); !errors.Is(err, want) {
			t.Errorf("%d bytes give %v, want %v", size, err, want)
		}
	}
}

func TestSpacesAreSafeInPathsAndSubjects(t *testing.T) {
	for id, want := range map[string]bool{
		"abc234": true, strings.Repeat("a", 64): true,
		"": false, strings.Repeat("a", 65): false, "A": false, "a.b": false, "a/b": false, "..": false, "*": false, ">": false, "a b": false,
	} {
		if got := CheckSpace(id) == nil; got != want {
			t.Errorf("%q is safe: %v, want %v", id, got, want)
		}
	}
}
