package team

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"rapport/data/change"
)

func TestWhoWritesComesOutAsItWentIn(t *testing.T) {
	d := newDesk(t, 1)
	tag := WritingTag(d.keys.Space, d.device.ID())
	for _, entity := range []string{"k3q", ""} {
		in := Writing{d.keys.Space, d.device.ID(), d.device.Certificate.Person.ID(), 7, "a1", "step", entity}
		body, err := SealWriting(in, d.keys, d.epoch, d.device)
		if err != nil {
			t.Fatal(err)
		}
		if out, err := OpenWriting(tag, body, d.keys); err != nil || out != in {
			t.Fatalf("%+v came out as %+v, %v", in, out, err)
		}
		if bytes.Contains(body, []byte("step")) || bytes.Contains(body, []byte(in.Person)) {
			t.Error("whoever carries it can read it")
		}
	}
}

func TestForgedWritingIsRefused(t *testing.T) {
	d, other := newDesk(t, 1), newDesk(t, 2)
	tag := WritingTag(d.keys.Space, d.device.ID())
	member := func(kind, context string, text []byte, by Device) []byte {
		return envelope{writingKind, d.keys.Space, d.epoch}.seal(d.keys.Epochs[d.epoch].members, newNonce(), sign(kind, context, text, by).bytes())
	}
	text := asLine(writingWire{change.HLC(7).String(), "a1", "step", "s1"})
	good := member(writingKind, d.keys.Space, text, d.device)
	if _, err := OpenWriting(tag, good, d.keys); err != nil {
		t.Fatal(err)
	}
	foreign, err := SealWriting(Writing{At: 7, Account: "a1", Kind: "step"}, other.keys, other.epoch, other.device)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, by string
		body     []byte
		why      Why
	}{
		{"nothing", tag, nil, Forged},
		{"cut short", tag, good[:len(good)-1], Forged},
		{"too large", tag, append(good, make([]byte, MaxTold)...), Forged},
		{"of another space", tag, foreign, Foreign},
		{"under another's tag", WritingTag(d.keys.Space, other.device.ID()), good, Forged},
		{"said by another under ours", tag, member(writingKind, d.keys.Space, text, other.device), Forged},
		{"signed as a word", tag, member(wordKind, d.keys.Space, text, d.device), Forged},
		{"signed for another space", tag, member(writingKind, other.keys.Space, text, d.device), Forged},
		{"of no account", tag, member(writingKind, d.keys.Space, asLine(writingWire{At: change.HLC(7).String(), Kind: "step"}), d.device), Forged},
		{"of no kind", tag, member(writingKind, d.keys.Space, asLine(writingWire{At: change.HLC(7).String(), Account: "a1"}), d.device), Forged},
		{"at no time", tag, member(writingKind, d.keys.Space, asLine(writingWire{At: "soon", Account: "a1", Kind: "step"}), d.device), Forged},
		{"long beyond reason", tag, member(writingKind, d.keys.Space, asLine(writingWire{change.HLC(7).String(), "a1", "step", strings.Repeat("x", 201)}), d.device), Forged},
		{"of a newer version", tag, bytes.Replace(good, []byte("writing 1"), []byte("writing 2"), 1), Newer},
	} {
		if _, err := OpenWriting(c.by, c.body, d.keys); !isRefused(err, c.why) {
			t.Errorf("%s: %v, want %v", c.name, err, c.why)
		}
	}
	for i := range good {
		bad := bytes.Clone(good)
		bad[i] ^= 1
		if _, err := OpenWriting(tag, bad, d.keys); err == nil {
			t.Fatalf("with byte %d altered it is believed", i)
		}
	}
	if _, err := OpenWriting(tag, good, Keys{Space: d.keys.Space}); !isRefused(err, NoKey) {
		t.Errorf("without the key: %v", err)
	}
	if _, err := SealWriting(Writing{Account: strings.Repeat("x", MaxTold)}, d.keys, d.epoch, d.device); !errors.Is(err, ErrTooLarge) {
		t.Errorf("too large: %v", err)
	}
	if _, err := SealWriting(Writing{}, d.keys, "none", d.device); !isRefused(err, NoKey) {
		t.Errorf("without an epoch: %v", err)
	}
}
