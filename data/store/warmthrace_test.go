package store

import "testing"

func TestWarmthThatWasForgottenWhileItWasReadIsReadAgain(t *testing.T) {
	read := func() *momentReader {
		return &momentReader{contacts: map[string]*contactWarmth{"anna": {moments: []shortMoment{{n: 1}}}}}
	}
	tests := []struct {
		name       string
		full       bool // only what was touched was read
		forgotten  bool // meanwhile
		last       bool
		kept, have bool
	}{
		{"all was read", false, false, false, true, true},
		{"all was read, and forgotten meanwhile", false, true, false, false, false},
		{"it is always forgotten meanwhile", false, true, true, true, true},
		{"what was touched was read", true, false, false, true, true},
		{"what was touched was read, and all forgotten meanwhile", true, true, false, false, false},
		{"what was touched was read last, and all forgotten meanwhile", true, true, true, false, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := &warmthCache{}
			if tt.full {
				w.contacts = map[string]*contactWarmth{}
			}
			before := w.forgot
			if tt.forgotten {
				w.forget()
			}
			if kept := w.keep(read(), tt.full, newTouchedHistory(), before, tt.last); kept != tt.kept {
				t.Errorf("kept is %v", kept)
			}
			if w.again != (tt.kept && tt.forgotten) {
				t.Errorf("it is read again: %v", w.again)
			}
			if have := w.contacts["anna"] != nil; have != tt.have {
				t.Errorf("it is known: %v", have)
			}
		})
	}
}
