package codec

import (
	"bytes"
	"encoding/json"
	"strings"
	"time"

	"rapport/data"
)

const (
	// maxCorrections is how many corrections are read from one answer,
	// correctionBytes how long each may be.
	maxCorrections  = 500
	correctionBytes = 4000
	// maxAnswer is how many bytes of an answer are read, maxBraces how many places
	// in it are tried.
	maxAnswer = 4 << 20
	maxBraces = 200
)

// returned is the file that a page gives back. Unknown names in it are left alone.
type returned struct {
	Rapport     string `json:"rapport"`
	Version     int    `json:"version"`
	Account     string `json:"account"`
	On          string `json:"on"`
	By          string `json:"by"`
	Corrections []struct {
		Key      string `json:"key"`
		Register string `json:"register"`
		Section  string `json:"section"`
		Was      string `json:"was"`
		Becomes  string `json:"becomes"`
	} `json:"corrections"`
}

// ReadCorrections reads what a customer gave back from the page that
// WriteSheetHTML made: the file, or a mail into which it was pasted. Nothing is
// taken over; each is offered. What it cannot read is a *data.Invalid.
func ReadCorrections(answer []byte, now time.Time) ([]data.Correction, error) {
	var r returned
	if !findAnswer(answer, &r) {
		return nil, &data.Invalid{Field: "corrections", Says: "no answer to a plan is in it; take the file that the page saved, or the whole mail"}
	}
	if r.Version != 1 {
		return nil, &data.Invalid{Field: "corrections", Says: "the answer was made by a newer Rapport; update this one and read it again"}
	}
	if len(r.Corrections) > maxCorrections {
		return nil, &data.Invalid{Field: "corrections", Says: "the answer has more corrections than a page has lines; ask for it again"}
	}
	on := r.On
	if _, err := time.Parse(time.DateOnly, on); err != nil {
		on = now.Format(time.DateOnly)
	}
	var list []data.Correction
	for _, c := range r.Corrections {
		becomes := strings.TrimSpace(strings.ToValidUTF8(c.Becomes, "\uFFFD"))
		if becomes == "" || len(becomes) > correctionBytes {
			continue
		}
		list = append(list, data.Correction{
			Belongs: data.Belongs{Account: r.Account}, Key: c.Key, Register: c.Register, Section: c.Section, Was: c.Was, Becomes: becomes, On: on, By: strings.TrimSpace(r.By),
		})
	}
	return list, nil
}

// findAnswer looks for the answer in a file or in the text of a mail, quoted or
// not.
func findAnswer(text []byte, into *returned) bool {
	text = text[:min(len(text), maxAnswer)]
	for _, lines := range [][]byte{text, unquotedLines(text)} {
		for at, tried := 0, 0; at < len(lines) && tried < maxBraces; at, tried = at+1, tried+1 {
			next := bytes.IndexByte(lines[at:], '{')
			if next < 0 {
				break
			}
			at += next
			var r returned
			if json.NewDecoder(bytes.NewReader(lines[at:])).Decode(&r) == nil && r.Rapport == "corrections" {
				*into = r
				return true
			}
		}
	}
	return false
}

// unquotedLines takes the marks of a quote from the beginning of each line.
func unquotedLines(text []byte) []byte {
	var b bytes.Buffer
	for line := range bytes.Lines(text) {
		b.Write(bytes.TrimLeft(line, "> "))
	}
	return b.Bytes()
}
