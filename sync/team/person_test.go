package team

import (
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"
	"rapport/data"
)

// somebody is a person of one secret, the same in every run.
func somebody(t testing.TB, seed byte) Person {
	t.Helper()
	var root [secretLength]byte
	for i := range root {
		root[i] = seed + byte(i)
	}
	p, err := personOf(root)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// laptop is a device of somebody.
func laptop(t testing.TB, p Person, name string) Device {
	t.Helper()
	return NewDevice(p, name)
}

func TestPersonsAndDevicesAreReadBack(t *testing.T) {
	p, err := NewPerson()
	if err != nil {
		t.Fatal(err)
	}
	again, err := ReadPerson(p.Secret())
	if err != nil || again.ID() != p.ID() || again.Secret() != p.Secret() {
		t.Fatalf("%v reads back as %v, %v", p.ID(), again.ID(), err)
	}
	card, err := ReadCard(p.Card().String())
	if err != nil || card.ID() != p.ID() {
		t.Fatalf("%v, %v", card, err)
	}
	d := NewDevice(p, "Maya's <laptop> & more")
	back, err := ReadDevice(d.Secret(), d.Certificate.String())
	if err != nil || back.ID() != d.ID() || back.Certificate.Person.ID() != p.ID() || back.Certificate.Name != d.Certificate.Name {
		t.Fatalf("%v, %v", back, err)
	}
	if owner, ok := LogDevice(d.NewLog()); !ok || owner != d.ID() {
		t.Fatalf("a new log belongs to %q", owner)
	}
	if one, other := d.NewLog(), d.NewLog(); one == other {
		t.Fatal("two logs have one name")
	}
}

func TestSecretsAreNotTakenForOneAnother(t *testing.T) {
	p := somebody(t, 1)
	d := laptop(t, p, "x")
	k, e := NewKeys()
	for name, read := range map[string]func(string) error{
		"person": func(s string) error { _, err := ReadPerson(s); return err },
		"device": func(s string) error { _, err := ReadDevice(s, d.Certificate.String()); return err },
		"epoch":  func(s string) error { _, err := ReadEpoch(s); return err },
		"keys":   func(s string) error { _, err := ReadKeys(s); return err },
	} {
		own := map[string]string{"person": p.Secret(), "device": d.Secret(), "epoch": e.Text(), "keys": k.Secret()}
		for of, secret := range own {
			err := read(secret)
			if of == name && err != nil || of != name && err == nil {
				t.Errorf("%s read as %s: %v", of, name, err)
			}
			if err != nil && strings.Contains(err.Error(), secret[len(secret)-20:]) {
				t.Errorf("%s read as %s: the error tells the secret", of, name)
			}
		}
		for _, cut := range []string{"", own[name][:len(own[name])-1], own[name] + "a", strings.ToUpper(own[name])} {
			if err := read(cut); err == nil {
				t.Errorf("%s: %d letters of it were read", name, len(cut))
			}
		}
	}
}

func TestCertificatesAreCheckedBothWays(t *testing.T) {
	maya, tom := somebody(t, 1), somebody(t, 2)
	d := laptop(t, maya, "Maya's laptop")
	good := d.Certificate.String()
	if _, err := ReadCertificate([]byte(good)); err != nil {
		t.Fatal(err)
	}
	stolen := d.Certificate
	stolen.Person = tom.Card()
	half := certified(tom, d.key, "Maya's laptop").Certificate
	half.byDevice = d.Certificate.byDevice
	for name, text := range map[string]string{
		"nothing":                        "",
		"not JSON":                       "maya",
		"another person's name":          stolen.String(),
		"claimed without the device":     half.String(),
		"renamed":                        strings.Replace(good, "Maya's", "Tom's", 1),
		"written otherwise":              strings.Replace(good, `,"device"`, `, "device"`, 1),
		"with more members":              strings.Replace(good, `{"person"`, `{"more":1,"person"`, 1),
		"cut":                            good[:len(good)-10],
		"a device that is not the right": strings.Replace(good, keyText(d.Certificate.Key), keyText(maya.Card().Identity), 1),
	} {
		var r *Refusal
		if _, err := ReadCertificate([]byte(text)); !errors.As(err, &r) || r.Why != Forged {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := ReadDevice(laptop(t, maya, "other").Secret(), good); err == nil {
		t.Error("a device took another's certificate")
	}
}

func TestRecoveryKey(t *testing.T) {
	p := somebody(t, 7)
	key := p.RecoveryKey()
	groups := strings.Split(key, "-")
	if len(groups) != 12 || !strings.HasPrefix(key, recoveryMark) {
		t.Fatalf("the key is %s", key)
	}
	for _, typed := range []string{key, strings.ToLower(key), strings.ReplaceAll(key, "-", " "), " " + strings.ReplaceAll(key, "-", "\n") + "\n",
		strings.NewReplacer("O", "0", "I", "1", "B", "8").Replace(key)} {
		if back, err := PersonFromRecovery(typed); err != nil || back.ID() != p.ID() {
			t.Errorf("%q: %v", typed, err)
		}
	}
	for name, tt := range map[string]struct{ typed, says string }{
		"nothing":         {"", "0 letters"},
		"one group short": {strings.Join(groups[:11], "-"), "55 letters"},
		"another mark":    {"XX" + key[2:], "begins with RK"},
		"a strange sign":  {key[:5] + "!" + key[6:], "only"},
	} {
		var wrong *data.Invalid
		if _, err := PersonFromRecovery(tt.typed); !errors.As(err, &wrong) || !strings.Contains(wrong.Says, tt.says) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestRecoveryKeyFindsWrongLetters(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var root [secretLength]byte
		copy(root[:], rapid.SliceOfN(rapid.Byte(), secretLength, secretLength).Draw(t, "secret"))
		p, err := personOf(root)
		if err != nil {
			t.Fatal(err)
		}
		key := []byte(strings.ReplaceAll(p.RecoveryKey(), "-", ""))
		at := rapid.IntRange(2, len(key)-1)
		i, j := at.Draw(t, "at"), at.Draw(t, "and at")
		swapped := append([]byte{}, key...)
		swapped[i], swapped[j] = swapped[j], swapped[i]
		if key[i] != key[j] {
			if _, err := PersonFromRecovery(string(swapped)); err == nil {
				t.Fatalf("letters %d and %d changed places, and nothing was said", i, j)
			}
		}
		wrong := append([]byte{}, key...)
		wrong[i] = rapid.SampledFrom([]byte(recoveryLetters)).Draw(t, "letter")
		if wrong[i] == key[i] {
			return
		}
		_, err = PersonFromRecovery(string(wrong))
		want := "group " + string(rune('0'+(i/5+1)/10)) + string(rune('0'+(i/5+1)%10))
		if err == nil || !strings.Contains(err.Error(), strings.Replace(want, " 0", " ", 1)+" again") {
			t.Fatalf("letter %d is wrong: %v", i, err)
		}
	})
}

func TestEpochsAndKeys(t *testing.T) {
	k, e := NewKeys()
	k.Space = "abc"
	members := e.MembersOnly()
	if members.ID != e.ID || members.Whole() || !e.Whole() {
		t.Fatal("an epoch without its secret is another one")
	}
	if k.Add(members) || !k.Epochs[e.ID].Whole() {
		t.Fatal("a member key replaced the whole epoch")
	}
	later := NewEpoch()
	if !k.Add(later.MembersOnly()) || k.Add(later.MembersOnly()) || !k.Add(later) || k.Add(later) {
		t.Fatal("Add does not tell what is new")
	}
	back, err := ReadKeys(k.Secret())
	if err != nil || back.Secret() != k.Secret() || back.Space != "abc" || back.WireID("x") != k.WireID("x") {
		t.Fatalf("%v, %v", back, err)
	}
	other, _ := NewKeys()
	if k.WireID("x") == other.WireID("x") || k.WireID("x") == k.WireID("y") {
		t.Fatal("IDs on the wire tell of each other")
	}
}
