package team

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"slices"
	"strings"
	"testing"

	"rapport/data/change"
)

// forgeSegment seals and signs whatever inner is, as a member could who has the
// key of the space and writes its own program.
func forgeSegment(d *desk, signer Device, inner []byte) (string, []byte) {
	e, nonce := envelope{segmentKind, d.keys.Space, d.epoch}, newNonce()
	signature := ed25519.Sign(signer.key, signed(e, nonce, inner))
	body := e.seal(d.keys.Epochs[d.epoch].content, nonce, append(signature, inner...))
	return Name(SegmentPiece, body), body
}

// inside is what a segment seals: a header's line and packed changes.
func inside(w headerWire, text []byte) []byte {
	return slices.Concat(asLine(w), []byte{'\n'}, pack(text))
}

// innerOf opens an honest segment as a member can, behind its signature.
func innerOf(t testing.TB, d *desk, body []byte) []byte {
	t.Helper()
	e, nonce, sealed, err := readEnvelope(segmentKind, body)
	if err != nil {
		t.Fatal(err)
	}
	inner, err := e.open(d.keys.Epochs[d.epoch].content, nonce, sealed)
	if err != nil {
		t.Fatal(err)
	}
	return inner
}

func named(kind Kind, body []byte) (string, []byte) { return Name(kind, body), body }

func TestForgedSegmentsDoNotEnter(t *testing.T) {
	d, mallory := newDesk(t, 1), laptop(t, somebody(t, 9), "Mallory's laptop")
	changes := d.write(5)
	kept := *d
	name, body := d.seal(t, changes)
	good := innerOf(t, d, body)
	text, err := lines(changes)
	if err != nil {
		t.Fatal(err)
	}
	own := headerWire{d.author.Log, 1, 5, "", keyText(d.device.Certificate.Key), []string{}, "", 0}
	with := func(change func(*headerWire)) []byte {
		w := own
		change(&w)
		return inside(w, text)
	}
	replace := func(old, new string) []byte { return bytes.Replace(body, []byte(old), []byte(new), 1) }
	flip := func(at int) []byte {
		b := bytes.Clone(body)
		b[at] ^= 1
		return b
	}
	other, members := newDesk(t, 2), kept
	members.keys = Keys{Space: d.keys.Space, Epochs: map[string]Epoch{d.epoch: d.keys.Epochs[d.epoch].MembersOnly()}}
	stranger := kept
	e := NewEpoch()
	e.ID = d.epoch
	stranger.keys = Keys{Space: d.keys.Space, Epochs: map[string]Epoch{d.epoch: e}}
	for _, tt := range []struct {
		name string
		why  Why
		says string
		make func() (string, []byte)
	}{
		{"the bytes of another", NotWhole, "not those", func() (string, []byte) { _, b := kept.seal(t, changes[:2]); return name, b }},
		{"half uploaded", NotWhole, "on its way", func() (string, []byte) { return name, body[:len(body)/2] }},
		{"empty", NotWhole, "not those", func() (string, []byte) { return name, nil }},
		{"empty, and named so", Forged, "begin", func() (string, []byte) { return named(SegmentPiece, nil) }},
		{"cut, and named anew", Forged, "seal", func() (string, []byte) { return named(SegmentPiece, body[:len(body)-9]) }},
		{"cut in the envelope", Forged, "begin", func() (string, []byte) { return named(SegmentPiece, body[:30]) }},
		{"cut after the envelope", Forged, "ends", func() (string, []byte) { return named(SegmentPiece, body[:bytes.IndexByte(body, '\n')+20]) }},
		{"one bit of the seal", Forged, "seal", func() (string, []byte) { return named(SegmentPiece, flip(len(body)-40)) }},
		{"one bit of the nonce", Forged, "seal", func() (string, []byte) { return named(SegmentPiece, flip(bytes.IndexByte(body, '\n')+3)) }},
		{"another name's kind", Forged, "name", func() (string, []byte) { return named(MemberPiece, body) }},
		{"a path for a name", Forged, "name", func() (string, []byte) { return "../" + name, body }},
		{"larger than a piece", Forged, "larger", func() (string, []byte) { return named(SegmentPiece, make([]byte, MaxPiece+1)) }},
		{"another space's", Foreign, "another space", func() (string, []byte) { return other.seal(t, other.write(1)) }},
		{"another space's, in our envelope", Forged, "seal", func() (string, []byte) {
			_, b := other.seal(t, other.write(1))
			b = bytes.Replace(b, []byte(other.keys.Space), []byte(d.keys.Space), 1)
			return named(SegmentPiece, bytes.Replace(b, []byte(other.epoch), []byte(d.epoch), 1))
		}},
		{"ours, in another space's envelope", Foreign, "another space", func() (string, []byte) {
			return named(SegmentPiece, replace(d.keys.Space, strings.Repeat("b", 26)))
		}},
		{"an epoch that is not", NoKey, "key", func() (string, []byte) { return named(SegmentPiece, replace(d.epoch, NewEpoch().ID)) }},
		{"another key under the epoch's name", Forged, "seal", func() (string, []byte) { return stranger.seal(t, changes) }},
		{"a newer version's", Newer, "update", func() (string, []byte) { return named(SegmentPiece, replace("segment 1", "segment 2")) }},
		{"a version that is none", Forged, "another kind", func() (string, []byte) { return named(SegmentPiece, replace("segment 1", "segment 01")) }},
		{"a record under a segment's name", Forged, "another kind", func() (string, []byte) {
			return named(SegmentPiece, replace("segment 1", recordKind))
		}},
		{"sealed again with another nonce", Forged, "signed", func() (string, []byte) {
			e := envelope{segmentKind, d.keys.Space, d.epoch}
			return named(SegmentPiece, e.seal(d.keys.Epochs[d.epoch].content, newNonce(), good))
		}},
		{"signed by another member", Forged, "signed", func() (string, []byte) { return forgeSegment(d, mallory, inside(own, text)) }},
		{"another member's log", Forged, "another device", func() (string, []byte) {
			return forgeSegment(d, mallory, with(func(w *headerWire) { w.Device = keyText(mallory.Certificate.Key) }))
		}},
		{"changes of another log", Forged, "own log", func() (string, []byte) {
			return forgeSegment(d, mallory, with(func(w *headerWire) { w.Device, w.Log = keyText(mallory.Certificate.Key), mallory.NewLog() }))
		}},
		{"a log with no device", Forged, "another device", func() (string, []byte) {
			return forgeSegment(d, d.device, with(func(w *headerWire) { w.Log = "k3q" }))
		}},
		{"no signature", Forged, "too short", func() (string, []byte) {
			e := envelope{segmentKind, d.keys.Space, d.epoch}
			return named(SegmentPiece, e.seal(d.keys.Epochs[d.epoch].content, newNonce(), []byte("short")))
		}},
		{"no device", Forged, "not name the device", func() (string, []byte) { return forgeSegment(d, d.device, with(func(w *headerWire) { w.Device = "" })) }},
		{"no header", Forged, "form", func() (string, []byte) { return forgeSegment(d, d.device, pack(text)) }},
		{"a header written otherwise", Forged, "form", func() (string, []byte) {
			return forgeSegment(d, d.device, bytes.Replace(inside(own, text), []byte(`,"last"`), []byte(`, "last"`), 1))
		}},
		{"fewer changes than it says", Forged, "does not hold", func() (string, []byte) { return forgeSegment(d, d.device, with(func(w *headerWire) { w.Last = 6 })) }},
		{"more changes than it says", Forged, "does not hold", func() (string, []byte) { return forgeSegment(d, d.device, with(func(w *headerWire) { w.Last = 4 })) }},
		{"counters that are not its changes'", Forged, "own log", func() (string, []byte) {
			return forgeSegment(d, d.device, with(func(w *headerWire) { w.First, w.Last, w.Previous = 2, 6, name }))
		}},
		{"counters beyond all bounds", Forged, "does not hold", func() (string, []byte) {
			return forgeSegment(d, d.device, with(func(w *headerWire) { w.First, w.Last = 1, 1<<64-1 }))
		}},
		{"counters from 0", Forged, "does not hold", func() (string, []byte) {
			return forgeSegment(d, d.device, with(func(w *headerWire) { w.First = 0 }))
		}},
		{"more erased values than changes", Forged, "more values were erased", func() (string, []byte) {
			return forgeSegment(d, d.device, with(func(w *headerWire) { w.Blank = 6 }))
		}},
		{"last before first", Forged, "does not hold", func() (string, []byte) {
			return forgeSegment(d, d.device, with(func(w *headerWire) { w.First = 9 }))
		}},
		{"re-chained to nothing", Forged, "follows", func() (string, []byte) {
			return forgeSegment(d, d.device, inside(headerWire{d.author.Log, 2, 5, "", own.Device, nil, "", 0}, text[bytes.IndexByte(text, '\n')+1:]))
		}},
		{"a first one that follows another", Forged, "follows", func() (string, []byte) {
			return forgeSegment(d, d.device, with(func(w *headerWire) { w.Previous = name }))
		}},
		{"follows what is no segment", Forged, "follow", func() (string, []byte) {
			return forgeSegment(d, d.device, inside(headerWire{d.author.Log, 2, 5, "m" + name[1:], own.Device, nil, "", 0}, text[bytes.IndexByte(text, '\n')+1:]))
		}},
		{"heads that are none", Forged, "membership", func() (string, []byte) {
			return forgeSegment(d, d.device, with(func(w *headerWire) { w.Heads = []string{"x"} }))
		}},
		{"a change that is none", Forged, "change 5", func() (string, []byte) {
			return forgeSegment(d, d.device, inside(own, bytes.Replace(text, []byte(`"counter":5`), []byte(`"counter":"5"`), 1)))
		}},
		{"a change twice", Forged, "own log", func() (string, []byte) {
			return forgeSegment(d, d.device, inside(own, bytes.Replace(text, []byte(`"counter":5`), []byte(`"counter":4`), 1)))
		}},
		{"nothing but line ends", Forged, "change 1", func() (string, []byte) {
			return forgeSegment(d, d.device, inside(own, []byte("\n\n\n\n\n")))
		}},
		{"no changes at all", Forged, "does not hold", func() (string, []byte) { return forgeSegment(d, d.device, inside(own, nil)) }},
		{"packed bytes that are none", Forged, "packed", func() (string, []byte) {
			return forgeSegment(d, d.device, append(append(asLine(own), '\n'), "not zstd"...))
		}},
		{"a bomb", Forged, "packed", func() (string, []byte) { return forgeSegment(d, d.device, inside(own, make([]byte, maxText+1))) }},
		{"a bomb of lines", Forged, "does not hold", func() (string, []byte) {
			return forgeSegment(d, d.device, with(func(w *headerWire) { w.Last = maxText }))
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			name, body := tt.make()
			s, err := OpenSegment(name, body, d.keys)
			if !isRefused(err, tt.why) || !strings.Contains(err.Error(), tt.says) {
				t.Fatalf("%v, want %s with %q", err, tt.why, tt.says)
			}
			if len(s.Changes) > 0 && err == nil {
				t.Fatal("its changes entered")
			}
		})
	}
	if _, err := OpenSegment(name, body, members.keys); !isRefused(err, NoKey) {
		t.Errorf("with the member key alone: %v", err)
	}
	if _, err := OpenSegment(name, body, d.keys); err != nil {
		t.Errorf("the honest one: %v", err)
	}
}

func TestForgedRecordsDoNotEnter(t *testing.T) {
	maya := founded(t, 1)
	mallory := somebody(t, 9)
	laptop9 := laptop(t, mallory, "Mallory's laptop")
	epoch := maya.m.Epochs[0]
	seal := func(e envelope, text []byte) (string, []byte) {
		return named(MemberPiece, e.seal(maya.keys.Epochs[epoch].members, newNonce(), text))
	}
	ours := envelope{recordKind, maya.keys.Space, epoch}
	say := func(d Device, body string) (string, []byte) {
		return seal(ours, sign(recordKind, "", []byte(body), d).bytes())
	}
	after := maya.m.Heads[0]
	add := func(person, card string) string {
		return `{"space":"` + maya.keys.Space + `","after":["` + after + `"],"at":"0000000000000001","deed":"add","person":"` + person + `","card":"` + card + `","role":"owner"}`
	}
	honest := add(mallory.ID(), mallory.Card().String())
	foreign := founded(t, 2)
	for _, tt := range []struct {
		name string
		why  Why
		says string
		make func() (string, []byte)
	}{
		{"signed by another than it names", Forged, "signed", func() (string, []byte) {
			s := sign(recordKind, "", []byte(honest), laptop9)
			s.certificate = maya.device.Certificate
			return seal(ours, s.bytes())
		}},
		{"altered after it was signed", Forged, "signed", func() (string, []byte) {
			s := sign(recordKind, "", []byte(honest), maya.device)
			s.text = bytes.Replace(s.text, []byte("owner"), []byte("admin"), 1)
			return seal(ours, s.bytes())
		}},
		{"a certificate that another made", Forged, "person it names", func() (string, []byte) {
			c := laptop9
			c.Certificate.Person = maya.person.Card()
			return say(c, honest)
		}},
		{"a signature of another kind of text", Forged, "signed", func() (string, []byte) {
			return seal(ours, sign(wordKind, maya.keys.Space, []byte(honest), maya.device).bytes())
		}},
		{"keys that are not the person's", Forged, "not theirs", func() (string, []byte) { return say(maya.device, add(mallory.ID(), maya.person.Card().String())) }},
		{"keys that are none", Forged, "keys", func() (string, []byte) { return say(maya.device, add(mallory.ID(), "x")) }},
		{"another space's in our envelope", Foreign, "another space", func() (string, []byte) {
			return say(maya.device, strings.Replace(honest, maya.keys.Space, foreign.keys.Space, 1))
		}},
		{"another space's", Foreign, "another space", func() (string, []byte) {
			return foreign.say(change.Record{Deed: change.Rename, Name: "x"})
		}},
		{"another create", Foreign, "another space", func() (string, []byte) {
			return say(laptop9, `{"at":"0000000000000001","deed":"create","name":"x","kind":"team","epoch":"`+epoch+`","card":"`+mallory.Card().String()+`"}`)
		}},
		{"text that is no record", Forged, "cannot be read", func() (string, []byte) { return say(maya.device, `{"deed":"add"}`) }},
		{"no text", Forged, "too short", func() (string, []byte) { return seal(ours, nil) }},
		{"no certificate", Forged, "no certificate", func() (string, []byte) { return seal(ours, make([]byte, 100)) }},
		{"cut", NotWhole, "on its way", func() (string, []byte) { n, b := say(maya.device, honest); return n, b[:len(b)-1] }},
		{"an epoch that is not", NoKey, "key", func() (string, []byte) { return seal(envelope{recordKind, maya.keys.Space, NewEpoch().ID}, nil) }},
		{"a newer version's", Newer, "update", func() (string, []byte) { return seal(envelope{"record 7", maya.keys.Space, epoch}, nil) }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			name, body := tt.make()
			if _, err := OpenRecord(name, body, maya.keys); !isRefused(err, tt.why) || !strings.Contains(err.Error(), tt.says) {
				t.Fatalf("%v, want %s with %q", err, tt.why, tt.says)
			}
		})
	}
	name, body := say(laptop9, honest)
	r, err := OpenRecord(name, body, maya.keys)
	if err != nil {
		t.Fatal(err)
	}
	m := change.Judge(maya.keys.Space, append(slices.Clone(maya.records), r.Record))
	if why := m.Void[r.ID]; !strings.Contains(why, "no member") || m.Members[mallory.ID()].Role != "" {
		t.Errorf("a stranger who adds themselves: %q", why)
	}
	if _, _, _, err := SealRecord(change.Record{Deed: change.AddMember, Person: "x", Card: mallory.Card().String(), Role: change.Editor, After: []string{after}}, maya.keys, epoch, maya.device); err == nil {
		t.Error("keys were sealed that are not the person's")
	}
}

func TestForgedKeysWordsAndLettersDoNotEnter(t *testing.T) {
	maya := founded(t, 1)
	tom, anna := somebody(t, 2), somebody(t, 3)
	space := maya.keys.Space
	forTom, tomsKeys, err := SealKeys(maya.keys, tom.Card(), maya.device)
	if err != nil {
		t.Fatal(err)
	}
	letter := func(kind, space string, text []byte) (string, []byte) {
		body, err := writeLetter(kind, space, tom.Card().Letters, text)
		if err != nil {
			t.Fatal(err)
		}
		return Tagged(KeyPiece, KeyTag(maya.keys.Space, tom.Card()), body), body
	}
	context := space + "\n" + tom.ID()
	altered := bytes.Clone(tomsKeys)
	altered[len(altered)-5] ^= 1
	for name, tt := range map[string]struct {
		why  Why
		make func() (string, []byte)
	}{
		"for somebody else": {Foreign, func() (string, []byte) {
			n, b, err := SealKeys(maya.keys, anna.Card(), maya.device)
			if err != nil {
				t.Fatal(err)
			}
			return n, b
		}},
		"passed on from somebody else's": {Forged, func() (string, []byte) {
			return letter(keysKind, space, sign(keysKind, space+"\n"+anna.ID(), []byte(maya.keys.Secret()), maya.device).bytes())
		}},
		"another space's": {Foreign, func() (string, []byte) { return letter(keysKind, "abc", nil) }},
		"another space's keys": {Forged, func() (string, []byte) {
			return letter(keysKind, space, sign(keysKind, context, []byte(founded(t, 4).keys.Secret()), maya.device).bytes())
		}},
		"an answer for a key piece": {Foreign, func() (string, []byte) { return letter(answerKind, space, nil) }},
		"keys that are none": {Forged, func() (string, []byte) {
			return letter(keysKind, space, sign(keysKind, context, []byte("{}"), maya.device).bytes())
		}},
		"no text":                 {Forged, func() (string, []byte) { return letter(keysKind, space, nil) }},
		"altered, and named anew": {Forged, func() (string, []byte) { return Tagged(KeyPiece, KeyTag(space, tom.Card()), altered), altered }},
		"cut":                     {NotWhole, func() (string, []byte) { return forTom, tomsKeys[:100] }},
		"sealed for somebody else": {Forged, func() (string, []byte) {
			b, _ := writeLetter(keysKind, space, anna.Card().Letters, nil)
			return Tagged(KeyPiece, KeyTag(space, tom.Card()), b), b
		}},
		"larger than a piece": {Forged, func() (string, []byte) {
			b := make([]byte, MaxPiece+1)
			return Tagged(KeyPiece, KeyTag(space, tom.Card()), b), b
		}},
		"a name that is another piece's": {Foreign, func() (string, []byte) { return Name(SegmentPiece, tomsKeys), tomsKeys }},
	} {
		n, b := tt.make()
		if _, err := OpenKeys(n, b, space, tom); !isRefused(err, tt.why) {
			t.Errorf("keys %s: %v", name, err)
		}
	}

	d := newDesk(t, 1)
	word, body, err := SealWord(Word{State: change.StateSum{}.String()}, d.keys, d.epoch, d.device)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := OpenWord(Tagged(WordPiece, WordTag(d.keys.Space, "x"), body), body, d.keys); !isRefused(err, Forged) {
		t.Errorf("a word under another device's name: %v", err)
	}
	if _, err := OpenWord(word, body[:40], d.keys); !isRefused(err, NotWhole) {
		t.Errorf("half a word: %v", err)
	}
	if _, err := OpenSnapshot(word, body, d.keys); !isRefused(err, Forged) {
		t.Errorf("a word for a snapshot: %v", err)
	}

	i, _ := NewInvitation(maya.m, maya.device, change.Editor, "Tom", start)
	file := i.File(maya.device)
	for name, b := range map[string][]byte{
		"nothing": nil, "another file": []byte("hello"), "cut": file[:len(file)-1], "altered": bytes.Replace(file, []byte("editor"), []byte("owner"), 1),
		"a newer one": bytes.Replace(file, []byte("invitation 1"), []byte("invitation 2"), 1),
	} {
		if _, err := ReadInvitation(b, start); !isRefused(err, Forged) || !strings.Contains(err.Error(), "ask for another") {
			t.Errorf("an invitation, %s: %v", name, err)
		}
	}
	if _, err := ReadInvitation(file, start.AddDate(0, 0, 1)); !isRefused(err, Late) || !strings.Contains(err.Error(), "1 March 2026") {
		t.Errorf("an old invitation: %v", err)
	}
	name, answer, err := i.Answer("Tom", laptop(t, tom, "x"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := OpenAnswer(name, answer, space, anna); !isRefused(err, Forged) {
		t.Errorf("an answer to another: %v", err)
	}
	if _, err := OpenAnswer(name, answer, "abc", maya.person); !isRefused(err, Foreign) {
		t.Errorf("an answer for another space: %v", err)
	}
}

// TestForgedHistoriesAreQuarantined follows segments that are sealed and signed
// as they should be, by members who may not write what is in them.
func TestForgedHistoriesAreQuarantined(t *testing.T) {
	maya := founded(t, 1)
	guest := func(seed byte, name string, role change.Role) (*house, *desk) {
		i, r := NewInvitation(maya.m, maya.device, role, name, start)
		r.History = true
		maya.say(r)
		h := maya.join(i, seed, name, i)
		n, b := h.say(change.Record{Deed: change.AddDevice})
		maya.take(n, b)
		d := &desk{device: h.device, keys: h.keys, epoch: h.m.Epochs[0], author: change.Author{Log: h.device.NewLog(), Schema: 1, Have: change.Vector{}}}
		return h, d
	}
	tom, toms := guest(2, "Tom", change.Admin)
	_, ninas := guest(3, "Nina", change.Reader)
	may := func(_ string, role change.Role, _ change.Change) bool { return role != change.Reader }
	replica := change.NewReplica()
	replica.Judge = maya.m.Verdicts(may)
	tips := map[string]Tip{}
	receive := func(name string, body []byte) {
		t.Helper()
		s, err := OpenSegment(name, body, maya.keys)
		if err != nil {
			t.Fatal(err)
		}
		if tips[s.Log], err = tips[s.Log].Follow(s); err != nil {
			t.Fatal(err)
		}
		for _, c := range s.Changes {
			replica.Receive(c)
		}
	}
	receive(toms.seal(t, toms.write(3)))
	receive(ninas.seal(t, ninas.write(2)))
	if len(replica.Quarantined) != 2 || replica.Quarantined[change.Dot{Log: ninas.author.Log, Counter: 1}] != change.NotAllowed {
		t.Fatalf("a reader's changes: %v", replica.Quarantined)
	}
	state := change.SumOf(replica.Entities)

	tomsHeads := tom.m.Heads
	maya.say(change.Record{Deed: change.Remove, Person: tom.person.ID(), Seen: replica.Have.Clone()})
	replica.Judge = maya.m.Verdicts(may)
	receive(toms.seal(t, toms.write(4))) // as if before the removal
	fresh := &desk{device: tom.device, keys: tom.keys, epoch: tom.m.Epochs[0], author: change.Author{Log: tom.device.NewLog(), Schema: 1, Have: change.Vector{}}}
	receive(fresh.seal(t, fresh.write(2))) // on a log that nobody had seen
	second := laptop(t, tom.person, "another laptop")
	late := &desk{device: second, keys: tom.keys, epoch: tom.m.Epochs[0], author: change.Author{Log: second.NewLog(), Schema: 1, Have: change.Vector{}}}
	receive(late.seal(t, late.write(2))) // from a laptop that nobody had seen
	if change.SumOf(replica.Entities) != state || len(replica.Quarantined) != 2+4+2+2 {
		t.Fatalf("%d changes are quarantined", len(replica.Quarantined))
	}

	_, name, body, err := SealRecord(change.Record{Deed: change.AddMember, Person: somebody(t, 8).ID(), Card: somebody(t, 8).Card().String(), Role: change.Editor, At: 1, After: tomsHeads},
		tom.keys, tom.m.Epochs[0], tom.device)
	if err != nil {
		t.Fatal(err)
	}
	if r := maya.take(name, body); maya.m.Void[r.ID] == "" || maya.m.Members[somebody(t, 8).ID()].Role != "" {
		t.Fatal("who was removed added somebody")
	}
	n, b := maya.say(change.Record{Deed: change.Accept, Ranges: []change.Range{{Log: toms.author.Log, First: 4, Last: 5}}})
	if _, err := OpenRecord(n, b, maya.keys); err != nil {
		t.Fatal(err)
	}
	if v := maya.m.Verdicts(may); v(change.Change{Dot: change.Dot{Log: toms.author.Log, Counter: 5}}) != change.Let || v(change.Change{Dot: change.Dot{Log: toms.author.Log, Counter: 6}}) == change.Let {
		t.Fatal("what was accepted is not let in, or more than that is")
	}
}

// TestNoiseIsRefused throws bytes at every opener.
func TestNoiseIsRefused(t *testing.T) {
	d := newDesk(t, 1)
	noise := make([]byte, 300)
	rand.Read(noise)
	for _, body := range [][]byte{nil, noise, []byte("\n"), []byte("rapport segment 1 a a\n"), bytes.Repeat([]byte("rapport "), 40)} {
		openAll(t, d, body)
	}
}

// openAll gives a body to every opener, under a name that fits. None may panic,
// and each says something when it does not take it.
func openAll(t testing.TB, d *desk, body []byte) {
	t.Helper()
	p := somebody(t, 1)
	_, segment := OpenSegment(Name(SegmentPiece, body), body, d.keys)
	_, record := OpenRecord(Name(MemberPiece, body), body, d.keys)
	_, keys := OpenKeys(Tagged(KeyPiece, KeyTag(d.keys.Space, p.Card()), body), body, d.keys.Space, p)
	_, answer := OpenAnswer(Tagged(KeyPiece, AnswerTag(d.keys.Space, p.Card()), body), body, d.keys.Space, p)
	_, snapshot := OpenSnapshot(Name(SnapshotPiece, body), body, d.keys)
	_, word := OpenWord(Tagged(WordPiece, WordTag(d.keys.Space, d.device.ID()), body), body, d.keys)
	_, code := Code{Tag: d.epoch, key: make([]byte, secretLength)}.Open(Tagged(KeyPiece, d.epoch, body), body, start)
	_, invitation := ReadInvitation(body, start)
	_, certificate := ReadCertificate(body)
	Sender(body)
	for _, err := range []error{segment, record, keys, answer, snapshot, word, code, invitation, certificate} {
		if r, ok := IsRefusal(err); err != nil && (!ok || r.Says == "") {
			t.Fatalf("%q gives no reason that people can read: %v", body, err)
		}
	}
}
