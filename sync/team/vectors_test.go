package team

import (
	"crypto/ed25519"
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"

	"rapport/data/change"
)

// pieceVectors is testdata/vectors/pieces.json; docs/sharing-spaces.md says what
// is in it. It is kept, not made anew by every run: packing may change with the
// packer, and what was written must be read for ever.
type pieceVectors struct {
	About  string `json:"about"`
	Person struct {
		Secret   string `json:"secret"`
		Identity string `json:"identity"`
		Card     string `json:"card"`
		ID       string `json:"id"`
		Recovery string `json:"recovery"`
	} `json:"person"`
	Device struct {
		Secret      string `json:"secret"`
		ID          string `json:"id"`
		Certificate string `json:"certificate"`
	} `json:"device"`
	Keys struct {
		Text    string `json:"text"`
		Epoch   string `json:"epoch"`
		Content string `json:"content"`
		Members string `json:"members"`
		Local   string `json:"local"`
		Wire    string `json:"wire"`
	} `json:"keys"`
	Segment  pieceVector `json:"segment"`
	Record   pieceVector `json:"record"`
	KeyPiece pieceVector `json:"keyPiece"`
	Word     pieceVector `json:"word"`
	Snapshot pieceVector `json:"snapshot"`
	Answer   pieceVector `json:"answer"`
	// LaptopKeys is what KeyPiece is, for the device alone; Refused tells the person that
	// they were refused.
	LaptopKeys pieceVector `json:"laptopKeyPiece"`
	Refused    pieceVector `json:"refused"`
	File       pieceVector `json:"invitation"`
	Refuse     []struct {
		Why  string `json:"why"`
		Name string `json:"name"`
		Body []byte `json:"body"`
	} `json:"refuse"`
}

// A pieceVector is a piece and what is in it, a line each.
type pieceVector struct {
	Name string   `json:"name,omitempty"`
	Body []byte   `json:"body"`
	Says []string `json:"says"`
}

const vectorFile = "testdata/vectors/pieces.json"

func TestPieceVectors(t *testing.T) {
	if os.Getenv("UPDATE") == "1" {
		writeVectors(t)
	}
	text, err := os.ReadFile(vectorFile)
	if err != nil {
		t.Fatal(err)
	}
	var v pieceVectors
	if err := json.Unmarshal(text, &v); err != nil {
		t.Fatal(err)
	}
	p, err := ReadPerson(v.Person.Secret)
	if err != nil {
		t.Fatal(err)
	}
	d, err := ReadDevice(v.Device.Secret, v.Device.Certificate)
	if err != nil {
		t.Fatal(err)
	}
	k, err := ReadKeys(v.Keys.Text)
	if err != nil {
		t.Fatal(err)
	}
	e := k.Epochs[v.Keys.Epoch]
	for name, pair := range map[string][2]string{
		"identity": {keyText(p.Card().Identity), v.Person.Identity}, "card": {p.Card().String(), v.Person.Card}, "person": {p.ID(), v.Person.ID},
		"recovery": {p.RecoveryKey(), v.Person.Recovery}, "device": {d.ID(), v.Device.ID}, "content": {Text(e.content), v.Keys.Content},
		"members": {Text(e.members), v.Keys.Members}, "wire": {k.WireID(v.Keys.Local), v.Keys.Wire}, "keys": {k.Secret(), v.Keys.Text},
	} {
		if pair[0] != pair[1] {
			t.Errorf("%s is %s, not %s", name, pair[0], pair[1])
		}
	}
	got := v
	got.says(t, p, d, k)
	for name, pair := range map[string][2]pieceVector{"segment": {got.Segment, v.Segment}, "record": {got.Record, v.Record}, "key piece": {got.KeyPiece, v.KeyPiece},
		"word": {got.Word, v.Word}, "snapshot": {got.Snapshot, v.Snapshot}, "answer": {got.Answer, v.Answer}, "laptop's key piece": {got.LaptopKeys, v.LaptopKeys}, "refused": {got.Refused, v.Refused}, "invitation": {got.File, v.File}} {
		if !slices.Equal(pair[0].Says, pair[1].Says) || len(pair[0].Says) == 0 {
			t.Errorf("%s says\n%s\nnot\n%s", name, strings.Join(pair[0].Says, "\n"), strings.Join(pair[1].Says, "\n"))
		}
	}
	if len(v.Refuse) < 5 {
		t.Errorf("only %d are refused", len(v.Refuse))
	}
	for _, r := range v.Refuse {
		if _, err := OpenSegment(r.Name, r.Body, k); err == nil {
			t.Errorf("%s: it was taken", r.Why)
		}
	}
}

// says opens each piece and writes down what is in it.
func (v *pieceVectors) says(t *testing.T, p Person, d Device, k Keys) {
	t.Helper()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	s, err := OpenSegment(v.Segment.Name, v.Segment.Body, k)
	must(err)
	changes, err := lines(s.Changes)
	must(err)
	v.Segment.Says = append([]string{string(asLine(headerWire{s.Log, s.First, s.Last, s.Previous, keyText(s.Device), s.Heads, s.Ends, s.Blank}))},
		strings.Split(strings.TrimSpace(string(changes)), "\n")...)
	r, err := OpenRecord(v.Record.Name, v.Record.Body, k)
	must(err)
	body, err := r.Encode()
	must(err)
	v.Record.Says = []string{r.ID, r.By, r.Device, string(body)}
	g, err := OpenKeys(v.KeyPiece.Name, v.KeyPiece.Body, k.Space, p)
	must(err)
	v.KeyPiece.Says = []string{g.By.String(), g.Secret()}
	w, err := OpenWord(v.Word.Name, v.Word.Body, k)
	must(err)
	v.Word.Says = []string{w.Device, w.Person, string(asLine(wordWire{w.At.String(), w.Have, w.Heads, w.State}))}
	n, err := OpenSnapshot(v.Snapshot.Name, v.Snapshot.Body, k)
	must(err)
	v.Snapshot.Says = []string{string(asLine(snapshotWire{n.Of, n.Part, n.Parts, n.Have, n.Heads, n.Tips})), change.SumOf(n.Entities).String()}
	for _, run := range splitRegisters(n.Entities) {
		v.Snapshot.Says = append(v.Snapshot.Says, strings.Split(strings.TrimSpace(string(run)), "\n")...)
	}
	a, err := OpenAnswer(v.Answer.Name, v.Answer.Body, k.Space, p)
	must(err)
	v.Answer.Says = []string{a.By.String(), a.Called, a.Invite}
	l, err := OpenLaptopKeys(v.LaptopKeys.Name, v.LaptopKeys.Body, k.Space, d)
	must(err)
	v.LaptopKeys.Says = []string{l.By.String(), l.Secret()}
	no, err := OpenTurnedAway(v.Refused.Name, v.Refused.Body, k.Space, p)
	must(err)
	v.Refused.Says = []string{no.By.String(), no.Called, no.Invite}
	i, err := ReadInvitation(v.File.Body, start)
	must(err)
	v.File.Says = []string{string(asLine(invitationWire{i.Space, i.Name, i.Called, i.Secret, i.Role, i.Until.Unix(), i.Hint})), i.Hash()}
}

// writeVectors makes the file anew.
func writeVectors(t *testing.T) {
	t.Helper()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	var v pieceVectors
	var err error
	v.About = "A person, a device, the keys of a space, and one piece of each kind with what is in it."
	p := somebody(t, 1)
	d := certified(p, ed25519.NewKeyFromSeed(derive(p.root[:], "a device for test vectors")), "Maya's laptop")
	k, r, name, body, err := NewSpace(change.Record{Name: "Larkfield", Kind: "team", Called: "Maya", Side: "us", At: change.Next(0, start)}, d)
	must(err)
	m := change.Judge(k.Space, []change.Record{r})
	e := k.Epochs[r.Epoch]
	v.Person.Secret, v.Person.Identity, v.Person.Card, v.Person.ID, v.Person.Recovery = p.Secret(), keyText(p.Card().Identity), p.Card().String(), p.ID(), p.RecoveryKey()
	v.Device.Secret, v.Device.ID, v.Device.Certificate = d.Secret(), d.ID(), d.Certificate.String()
	v.Keys.Text, v.Keys.Epoch, v.Keys.Content, v.Keys.Members = k.Secret(), e.ID, Text(e.content), Text(e.members)
	v.Keys.Local, v.Keys.Wire = "3f9a", k.WireID("3f9a")
	v.Record = pieceVector{Name: name, Body: body}
	desk := &desk{device: d, keys: k, epoch: e.ID, author: change.Author{Log: d.NewLog(), Actor: "Maya", Schema: 1, Have: change.Vector{}}}
	changes := desk.write(3)
	header := desk.header(changes)
	header.Heads = m.Heads
	name, body, err = SealSegment(header, changes, k, d)
	must(err)
	v.Segment = pieceVector{Name: name, Body: body}
	replica := change.NewReplica()
	for _, c := range changes {
		replica.Receive(c)
	}
	name, body, err = SealKeys(k, p.Card(), d)
	must(err)
	v.KeyPiece = pieceVector{Name: name, Body: body}
	name, body, err = SealWord(Word{At: r.At, Have: replica.Have, Heads: m.Heads, State: change.SumOf(replica.Entities).String()}, k, e.ID, d)
	must(err)
	v.Word = pieceVector{Name: name, Body: body}
	pieces, err := SealSnapshot(Snapshot{Have: replica.Have, Heads: m.Heads, Tips: map[string]string{header.Log: v.Segment.Name}, Entities: replica.Entities}, k, e.ID, d)
	must(err)
	for _, p := range pieces {
		v.Snapshot = pieceVector{Name: p.Name, Body: p.Body}
	}
	i, _ := NewInvitation(m, d, change.Editor, "Tom", start.AddDate(0, 0, 7))
	v.File = pieceVector{Body: i.File(d)}
	name, body, err = i.Answer("Tom", laptop(t, somebody(t, 2), "Tom's laptop"))
	must(err)
	v.Answer = pieceVector{Name: name, Body: body}
	name, body, err = SealLaptopKeys(k, d.Certificate, d)
	must(err)
	v.LaptopKeys = pieceVector{Name: name, Body: body}
	name, body, err = Answer{Space: k.Space, Invite: i.Hash(), By: d.Certificate}.TurnAway("Tom", laptop(t, somebody(t, 2), "Tom's laptop"))
	must(err)
	v.Refused = pieceVector{Name: name, Body: body}
	v.says(t, p, d, k)
	refuse := func(why, name string, body []byte) {
		v.Refuse = append(v.Refuse, struct {
			Why  string `json:"why"`
			Name string `json:"name"`
			Body []byte `json:"body"`
		}{why, name, body})
	}
	good := v.Segment.Body
	cut := good[:len(good)-7]
	flipped := slices.Clone(good)
	flipped[len(flipped)-1] ^= 1
	refuse("half of it is there", v.Segment.Name, good[:len(good)/2])
	refuse("cut, and named anew", Name(SegmentPiece, cut), cut)
	refuse("one bit of the seal is another", Name(SegmentPiece, flipped), flipped)
	other := []byte(strings.Replace(string(good), k.Space, strings.Repeat("b", 52), 1))
	refuse("another space's", Name(SegmentPiece, other), other)
	newer := []byte(strings.Replace(string(good), "segment 1", "segment 2", 1))
	refuse("a newer version's", Name(SegmentPiece, newer), newer)
	n, b := forgeSegment(desk, laptop(t, somebody(t, 9), "x"), innerOf(t, desk, good)[ed25519.SignatureSize:])
	refuse("signed by another device", n, b)
	text, err := lines(changes)
	must(err)
	n, b = forgeSegment(desk, d, inside(headerWire{header.Log, 1, 4, "", keyText(d.Certificate.Key), nil, "", 0}, text))
	refuse("it says to hold more than it does", n, b)
	out, err := json.MarshalIndent(v, "", "  ")
	must(err)
	must(os.MkdirAll("testdata/vectors", 0o755))
	must(os.WriteFile(vectorFile, append(out, '\n'), 0o644))
}
