package team

import (
	"bytes"
	"crypto/ed25519"
	"fmt"
	"slices"
	"strings"

	"rapport/data"
	"rapport/data/change"
)

// A Header says what a segment holds. It is sealed with the changes.
type Header struct {
	Space string
	Epoch string // whose content key seals it
	Log   string
	// First and Last are the counters of its changes.
	First, Last uint64
	// Previous is the name of the log's segment before; empty when First is 1.
	Previous string
	// Heads are the membership records that its author knew and that no other
	// known one follows, sorted.
	Heads []string
	// Ends is set in a pack, which stands for several segments of its log: the name
	// of the last of them, as which the segment after it knows its end.
	Ends string
	// Blank is of how many of the changes an erase had taken the value away when
	// the segment was sealed: of two with the same range the one with more stands
	// for the other.
	Blank int
}

// Chain is the name by which the segment after this one knows its end.
func (s Segment) Chain() string {
	if s.Ends != "" {
		return s.Ends
	}
	return s.Name
}

// A Segment is a run of changes of one log, as it was opened and verified.
type Segment struct {
	Header
	Name    string
	Device  ed25519.PublicKey // whose fingerprint the log's name begins with
	Changes []change.Change   // First to Last, each of Log
}

// headerWire is what of a header is sealed, on a line of its own.
type headerWire struct {
	Log      string   `json:"log"`
	First    uint64   `json:"first"`
	Last     uint64   `json:"last"`
	Previous string   `json:"previous,omitempty"`
	Device   string   `json:"device"`
	Heads    []string `json:"heads"`
	Ends     string   `json:"ends,omitempty"`
	Blank    int      `json:"blank,omitempty"`
}

const segmentKind = "segment 1"

// The bounds of a segment.
const (
	maxHeads    = 1000
	maxText     = 16 << 20 // bytes of changes, unpacked
	wholesome   = 900_000  // bytes of changes that Split puts into one segment
	maxChanges  = 50_000   // changes of one segment
	maxPerPiece = 20_000   // changes that Split puts into one segment
)

// Split parts changes of one log, in their order, into runs that each fit a
// segment.
func Split(changes []change.Change) ([][]change.Change, error) {
	var runs [][]change.Change
	size, from := 0, 0
	for i, c := range changes {
		line, err := c.Encode()
		if err != nil {
			return nil, err
		}
		if i > from && (size+len(line) > wholesome || i-from >= maxPerPiece) {
			runs, size, from = append(runs, changes[from:i]), 0, i
		}
		size += len(line) + 1
	}
	if from < len(changes) {
		runs = append(runs, changes[from:])
	}
	return runs, nil
}

// SealSegment makes a piece of the changes: all of h.Log, which is a log of the
// device, with the counters h.First to h.Last. It fails with *data.Invalid for a
// single change that is too large to travel.
func SealSegment(h Header, changes []change.Change, k Keys, d Device) (name string, body []byte, err error) {
	return sealSegment(h, changes, k, d, newNonce())
}

func sealSegment(h Header, changes []change.Change, k Keys, d Device, nonce []byte) (name string, body []byte, err error) {
	epoch, ok := k.Epochs[h.Epoch]
	if !ok || !epoch.Whole() {
		return "", nil, fmt.Errorf("segment of %s: no key for epoch %s", h.Log, h.Epoch)
	}
	if err := h.check(changes, d.ID()); err != nil {
		return "", nil, err
	}
	text, err := lines(changes)
	if err != nil {
		return "", nil, err
	}
	header := asLine(headerWire{h.Log, h.First, h.Last, h.Previous, keyText(d.Certificate.Key), append([]string{}, h.Heads...), h.Ends, h.Blank})
	inner := slices.Concat(header, []byte{'\n'}, pack(text))
	e := envelope{segmentKind, h.Space, h.Epoch}
	signature := ed25519.Sign(d.key, signed(e, nonce, inner))
	body = e.seal(epoch.content, nonce, append(signature, inner...))
	if len(body) > MaxPiece {
		return "", nil, &data.Invalid{Field: "change", Says: fmt.Sprintf("change %d is too large to be shared; shorten its text to less than %d characters", h.First, MaxPiece/2)}
	}
	return Name(SegmentPiece, body), body, nil
}

// signed is what a signature is over: the envelope, the nonce and all that is
// sealed. So nobody can put a signed text into another envelope.
func signed(e envelope, nonce, inner []byte) []byte { return slices.Concat(e.line(), nonce, inner) }

// lines writes changes one a line.
func lines(changes []change.Change) ([]byte, error) {
	var text bytes.Buffer
	for _, c := range changes {
		line, err := c.Encode()
		if err != nil {
			return nil, err
		}
		text.Write(line)
		text.WriteByte('\n')
	}
	return text.Bytes(), nil
}

// OpenSegment opens and verifies a piece: its name, its seal, its signature by
// the device that the log is named after, and that its changes are those that
// the header says. Whether they follow what is here already is Tip.Follow's
// business, and whether they may touch anything change.Membership's.
// Errors are *Refusal.
func OpenSegment(name string, body []byte, k Keys) (Segment, error) {
	u, err := Unseal(name, body, k)
	if err != nil {
		return Segment{}, err
	}
	return u.Read()
}

// Unread is a segment that was unsealed and verified, and whose changes are still
// packed.
type Unread struct {
	Header
	Name   string // the piece's
	device ed25519.PublicKey
	packed []byte
}

// Unseal is the first half of OpenSegment, which costs little: what it returns says
// which log the segment goes on with. Errors are *Refusal.
func Unseal(name string, body []byte, k Keys) (Unread, error) {
	u, err := unseal(name, body, k)
	return u, about(err, name)
}

func unseal(name string, body []byte, k Keys) (Unread, error) {
	e, nonce, inner, err := openPiece(SegmentPiece, segmentKind, name, body, k, contentKey)
	if err != nil {
		return Unread{}, err
	}
	if len(inner) < ed25519.SignatureSize {
		return Unread{}, refuse(Forged, "it is too short to be signed")
	}
	signature, inner := inner[:ed25519.SignatureSize], inner[ed25519.SignatureSize:]
	line, packed, _ := bytes.Cut(inner, []byte{'\n'})
	var w headerWire
	if err := readLine(line, &w); err != nil {
		return Unread{}, err
	}
	device, ok := readKey(w.Device)
	if !ok {
		return Unread{}, refuse(Forged, "it does not name the device that signed it")
	}
	if !ed25519.Verify(device, signed(e, nonce, inner), signature) {
		return Unread{}, refuse(Forged, "it is not signed by the device it names")
	}
	return Unread{Header{e.space, e.epoch, w.Log, w.First, w.Last, w.Previous, w.Heads, w.Ends, w.Blank}, name, device, packed}, nil
}

// Read is the second half of OpenSegment: the changes. Errors are *Refusal.
func (u Unread) Read() (Segment, error) {
	s := Segment{Header: u.Header, Name: u.Name, Device: u.device}
	text, err := unpack(u.packed)
	if err == nil {
		s.Changes, err = readChanges(text, u.First, u.Last)
	}
	if err == nil {
		err = s.check(s.Changes, Certificate{Key: u.device}.Device())
	}
	if err != nil {
		return Segment{}, about(err, u.Name)
	}
	return s, nil
}

// check says whether a header keeps to the format and tells the truth about the
// changes.
func (h Header) check(changes []change.Change, device string) error {
	owner, ok := LogDevice(h.Log)
	switch {
	case !ok || owner != device:
		return refuse(Forged, "its log belongs to another device than the one that signed it")
	case h.First < 1 || h.Last < h.First || h.Last-h.First+1 != uint64(len(changes)):
		return refuse(Forged, "it says to hold the changes %d to %d, and holds %d", h.First, h.Last, len(changes))
	case (h.First == 1) != (h.Previous == ""):
		return refuse(Forged, "it does not say rightly which segment it follows")
	case h.Blank < 0 || uint64(h.Blank) > h.Last-h.First+1:
		return refuse(Forged, "it says that more values were erased than it has changes")
	case h.Previous != "" && !isSegmentName(h.Previous), h.Ends != "" && !isSegmentName(h.Ends):
		return refuse(Forged, "what it follows is no segment")
	case len(h.Heads) > maxHeads || !slices.IsSorted(h.Heads) || slices.ContainsFunc(h.Heads, func(id string) bool { return !isHash(id) }):
		return refuse(Forged, "the membership records that it names cannot be read")
	}
	for i, c := range changes {
		if c.Log != h.Log || c.Counter != h.First+uint64(i) {
			return refuse(Forged, "it holds change %d of log %s where change %d of its own log should be", c.Counter, shortName(c.Log), h.First+uint64(i))
		}
	}
	return nil
}

func isSegmentName(name string) bool {
	kind, tag, _, err := Parts(name)
	return err == nil && kind == SegmentPiece && tag == ""
}

// readChanges reads changes one a line, not more than first to last allow.
func readChanges(text []byte, first, last uint64) ([]change.Change, error) {
	n := bytes.Count(text, []byte{'\n'})
	if last < first || last-first >= maxChanges || uint64(n) != last-first+1 || text[len(text)-1] != '\n' {
		return nil, refuse(Forged, "it does not hold the changes %d to %d, as it says", first, last)
	}
	changes := make([]change.Change, 0, n)
	for line := range bytes.Lines(text) {
		c, err := change.Decode(line[:len(line)-1])
		if err != nil {
			return nil, refuse(Forged, "its change %d cannot be read: %s", first+uint64(len(changes)), strings.TrimPrefix(err.Error(), "malformed change: "))
		}
		changes = append(changes, c)
	}
	return changes, nil
}

// A Tip is how far a log is here: its last counter, and the name of the segment
// that ends with it, by which the next knows it. The zero Tip is of a log that is not here at all.
type Tip struct {
	Counter uint64
	Segment string
}

// Follow says whether a verified segment, which is not kept here yet, goes on
// where its log ends here, and returns the new tip; or a *Refusal: Early when
// segments are missing in between, Forked when the log goes on otherwise here.
func (t Tip) Follow(s Segment) (Tip, error) {
	switch {
	case s.First > t.Counter+1:
		return t, refuse(Early, "changes %d to %d of its log are not here yet", t.Counter+1, s.First-1).of(s.Name)
	case s.First <= t.Counter || s.Previous != t.Segment:
		return t, ErrForked(s)
	}
	return Tip{s.Last, s.Chain()}, nil
}

// Overlaps says whether a segment begins with changes that are here already, as a
// pack does, or what a pack stands for. It goes on here if they are the same, which
// Same says; else the log forked.
func (t Tip) Overlaps(s Segment) bool { return s.First <= t.Counter }

// Over is the tip after a segment that overlaps.
func (t Tip) Over(s Segment) Tip {
	if s.Last <= t.Counter {
		return t
	}
	return Tip{s.Last, s.Chain()}
}

// ErrForked refuses a segment that says otherwise what is here already.
func ErrForked(s Segment) error {
	return refuse(Forked, "its log goes on otherwise here: a laptop was copied together with its keys, or they are in other hands").of(s.Name)
}

// contentKey and memberKey are the keys that open pieces of an epoch; nil where
// it is not here.
func contentKey(e Epoch) []byte { return e.content }
func memberKey(e Epoch) []byte  { return e.members }

// openPiece opens the seal of a piece, after everything that can be checked
// without: its size, its name, its space.
func openPiece(kind Kind, version, name string, body []byte, k Keys, key func(Epoch) []byte) (e envelope, nonce, inner []byte, err error) {
	if err := checkPiece(kind, name, body); err != nil {
		return e, nil, nil, err
	}
	return openSealed(version, body, k, key)
}

// openSealed opens the seal of what is of this space.
func openSealed(version string, body []byte, k Keys, key func(Epoch) []byte) (e envelope, nonce, inner []byte, err error) {
	e, nonce, sealed, err := readEnvelope(version, body)
	if err != nil {
		return e, nil, nil, err
	}
	if e.space != k.Space {
		return e, nil, nil, refuse(Foreign, "it belongs to another space")
	}
	secret := key(k.Epochs[e.epoch])
	if secret == nil {
		return e, nil, nil, refuse(NoKey, "it is sealed with a key that this laptop does not have")
	}
	inner, err = e.open(secret, nonce, sealed)
	return e, nonce, inner, err
}

// checkPiece checks a piece against its name and the bounds.
func checkPiece(kind Kind, name string, body []byte) error {
	got, _, _, err := Parts(name)
	switch {
	case err != nil || got != kind:
		return refuse(Forged, "its name is not that of such a piece")
	case len(body) > MaxPiece:
		return refuse(Forged, "it is larger than a piece may be")
	case !Fits(name, body):
		return refuse(NotWhole, "its bytes are not those that its name promises; it may still be on its way")
	}
	return nil
}

// about names the piece in a refusal.
func about(err error, name string) error {
	if r, ok := err.(*Refusal); ok && r != nil {
		return r.of(name)
	}
	return err
}
