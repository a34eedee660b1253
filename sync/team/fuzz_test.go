package team

import (
	"bytes"
	"testing"

	"rapport/data/change"
)

// FuzzOpen throws bytes at every opener, as a carrier may.
func FuzzOpen(f *testing.F) {
	d := newDesk(f, 1)
	changes := d.write(3)
	_, segment := d.seal(f, changes)
	_, word, err := SealWord(Word{Have: change.Vector{"a-1": 3}, State: change.StateSum{}.String()}, d.keys, d.epoch, d.device)
	if err != nil {
		f.Fatal(err)
	}
	_, keys, err := SealKeys(d.keys, somebody(f, 1).Card(), d.device)
	if err != nil {
		f.Fatal(err)
	}
	maya := founded(f, 1)
	_, record := maya.say(change.Record{Deed: change.Rename, Name: "x"})
	i, _ := NewInvitation(maya.m, maya.device, change.Editor, "Tom", start)
	for _, seed := range [][]byte{nil, segment, word, keys, record, i.File(maya.device), []byte(d.device.Certificate.String())} {
		f.Add(seed)
		f.Add(seed[:len(seed)/2])
	}
	f.Fuzz(func(t *testing.T, body []byte) { openAll(t, d, body) })
}

// FuzzInside throws bytes at what lies behind the seals and signatures, as a
// member with a program of their own may.
func FuzzInside(f *testing.F) {
	d := newDesk(f, 1)
	changes := d.write(3)
	text, err := lines(changes)
	if err != nil {
		f.Fatal(err)
	}
	header := headerWire{d.author.Log, 1, 3, "", keyText(d.device.Certificate.Key), []string{}, "", 0}
	f.Add(inside(header, text))
	f.Add(inside(header, text[:len(text)/2]))
	f.Add(asLine(header))
	f.Add([]byte(`{"at":"0000000000000001","deed":"create","name":"x","kind":"team","epoch":"e","card":"` + d.device.Certificate.Person.String() + `"}`))
	f.Add(asLine(writingWire{"0000000000000001", "a1", "step", "s1"}))
	f.Add(asLine(wordWire{"0000000000000001", change.Vector{"a": 1}, []string{}, change.StateSum{}.String()}))
	replica := change.NewReplica()
	for _, c := range changes {
		replica.Receive(c)
	}
	parts := splitRegisters(replica.Entities)
	f.Add(bytes.Join([][]byte{asLine(snapshotWire{"x", 1, 1, replica.Have, []string{}, map[string]string{d.author.Log: Name(SegmentPiece, nil)}}), pack(parts[0])}, []byte{'\n'}))
	f.Add([]byte(d.keys.Secret()))
	f.Fuzz(func(t *testing.T, inner []byte) {
		if len(inner) > MaxPiece/2 {
			return
		}
		name, body := forgeSegment(d, d.device, inner)
		if s, err := OpenSegment(name, body, d.keys); err == nil {
			if _, _, err := SealSegment(s.Header, s.Changes, d.keys, d.device); err != nil {
				t.Fatalf("%q came out and does not go in again: %v", inner, err)
			}
		} else if _, ok := IsRefusal(err); !ok {
			t.Fatal(err)
		}
		e := d.keys.Epochs[d.epoch]
		record := envelope{recordKind, d.keys.Space, d.epoch}.seal(e.members, newNonce(), sign(recordKind, "", inner, d.device).bytes())
		mustRefuse(t, func() error { _, err := OpenRecord(Name(MemberPiece, record), record, d.keys); return err })
		word := envelope{wordKind, d.keys.Space, d.epoch}.seal(e.members, newNonce(), sign(wordKind, d.keys.Space, inner, d.device).bytes())
		mustRefuse(t, func() error {
			_, err := OpenWord(Tagged(WordPiece, WordTag(d.keys.Space, d.device.ID()), word), word, d.keys)
			return err
		})
		mustRefuse(t, func() error {
			body := envelope{writingKind, d.keys.Space, d.epoch}.seal(e.members, newNonce(), sign(writingKind, d.keys.Space, inner, d.device).bytes())
			_, err := OpenWriting(WritingTag(d.keys.Space, d.device.ID()), body, d.keys)
			return err
		})
		snapshot := envelope{snapshotKind, d.keys.Space, d.epoch}.seal(e.content, newNonce(), sign(snapshotKind, d.keys.Space, inner, d.device).bytes())
		mustRefuse(t, func() error { _, err := OpenSnapshot(Name(SnapshotPiece, snapshot), snapshot, d.keys); return err })
		file := append([]byte("rapport "+invitationKind+"\n"), sign(invitationKind, "", inner, d.device).bytes()...)
		mustRefuse(t, func() error { _, err := ReadInvitation(file, start); return err })
		if k, err := ReadKeys(string(inner)); err == nil && k.Secret() == "" {
			t.Fatal("keys came out empty")
		}
		_, _ = PersonFromRecovery(string(inner))
	})
}

// mustRefuse wants no error, or one for people.
func mustRefuse(t *testing.T, open func() error) {
	t.Helper()
	if err := open(); err != nil {
		if _, ok := IsRefusal(err); !ok {
			t.Fatal(err)
		}
	}
}
