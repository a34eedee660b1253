package team

import (
	"crypto/ed25519"
	"testing"
)

func TestKeysForALaptop(t *testing.T) {
	d := founded(t, 1)
	jonas := somebody(t, 2)
	old, kept := laptop(t, jonas, "old"), laptop(t, jonas, "kept")
	name, body, err := SealLaptopKeys(d.keys, kept.Certificate, d.device)
	if err != nil {
		t.Fatal(err)
	}
	g, err := OpenLaptopKeys(name, body, d.keys.Space, kept)
	if err != nil || g.Secret() != d.keys.Secret() || g.By.Device() != d.device.ID() {
		t.Fatalf("%+v, %v", g, err)
	}
	if _, err := OpenLaptopKeys(name, body, d.keys.Space, old); !isRefused(err, Foreign) {
		t.Errorf("another laptop of the same person opened it: %v", err)
	}
	if _, err := OpenKeys(name, body, d.keys.Space, jonas); !isRefused(err, Foreign) {
		t.Errorf("the person's own key opened it: %v", err)
	}
	// Put under the other laptop's tag, and asked for with the person's key.
	if _, err := readGrant(body, d.keys.Space, jonas.ID(), jonas.letters); !isRefused(err, Forged) {
		t.Errorf("the person's letters key opened it: %v", err)
	}
	other := Tagged(KeyPiece, LaptopKeyTag(d.keys.Space, old.Certificate.Key), body)
	if _, err := OpenLaptopKeys(other, body, d.keys.Space, old); !isRefused(err, Forged) {
		t.Errorf("under another laptop's tag it was opened: %v", err)
	}
}

// TestTheKeyOfALaptopForLetters has both halves of each key belong together, and a point
// that has no image refused.
func TestTheKeyOfALaptopForLetters(t *testing.T) {
	for seed := range byte(50) {
		d := laptop(t, somebody(t, seed), string(rune('a'+seed)))
		public, err := laptopLetters(d.Certificate.Key)
		if err != nil {
			t.Fatal(err)
		}
		private, err := d.letters()
		if err != nil || private.Recipient().String() != public {
			t.Errorf("seed %d: %s and %s, %v", seed, private.Recipient(), public, err)
		}
	}
	one := make(ed25519.PublicKey, ed25519.PublicKeySize)
	one[0] = 1
	if _, err := laptopLetters(one); !isRefused(err, Forged) {
		t.Errorf("the point of y = 1: %v", err)
	}
}
