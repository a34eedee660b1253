package stats

import (
	"errors"
	"math"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"
)

// simulated is a team's customers drawn from the model itself.
func simulated(n int, m BGNBD) []Buyer {
	rng := rand.New(rand.NewPCG(1, 2))
	gamma := func(shape float64) float64 { // by summing, shapes are whole numbers here
		sum := 0.0
		for range int(shape) {
			sum -= math.Log(1 - rng.Float64())
		}
		return sum
	}
	var list []Buyer
	for range n {
		rate := gamma(m.R) / m.Alpha
		x, y := gamma(m.A), gamma(m.B)
		leaves := x / (x + y)
		b := Buyer{Age: 52}
		for at := 0.0; ; {
			at -= math.Log(1-rng.Float64()) / rate
			if at > b.Age {
				break
			}
			b.Repeats, b.Last = b.Repeats+1, at
			if rng.Float64() < leaves {
				break
			}
		}
		list = append(list, b)
	}
	return list
}

func TestAFitFindsWhatTheCustomersWereDrawnFrom(t *testing.T) {
	want := BGNBD{R: 2, Alpha: 10, A: 1, B: 3}
	got, err := FitBGNBD(simulated(4000, want))
	if err != nil {
		t.Fatal(err)
	}
	for i, p := range [4]float64{want.R, want.Alpha, want.A, want.B} {
		if p < got.Low[i]*0.9 || p > got.High[i]*1.1 {
			t.Errorf("parameter %d is %.2f, its interval %.2f to %.2f", i, p, got.Low[i], got.High[i])
		}
	}
}

func TestTooFewAreNotFitted(t *testing.T) {
	if _, err := FitBGNBD([]Buyer{{Repeats: 3, Last: 5, Age: 10}, {Age: 10}}); !errors.Is(err, ErrTooFew) {
		t.Errorf("BG/NBD: %v", err)
	}
	if _, err := FitGammaGamma([]Spender{{Repeats: 3, Mean: 5}}); !errors.Is(err, ErrTooFew) {
		t.Errorf("gamma-gamma: %v", err)
	}
}

func TestAliveAndExpected(t *testing.T) {
	m := BGNBD{R: 0.243, Alpha: 4.414, A: 0.793, B: 2.426}
	rapid.Check(t, func(t *rapid.T) {
		b := Buyer{Repeats: float64(rapid.IntRange(0, 40).Draw(t, "x")), Age: rapid.Float64Range(1, 200).Draw(t, "age")}
		if b.Repeats > 0 {
			b.Last = b.Age * rapid.Float64Range(0.01, 1).Draw(t, "last")
		}
		alive := m.Alive(b)
		if alive < 0 || alive > 1 || math.IsNaN(alive) {
			t.Fatalf("%+v is alive with %f", b, alive)
		}
		later := b
		later.Age += 10
		if m.Alive(later) > alive+1e-12 {
			t.Fatalf("ten weeks of silence made %+v livelier", b)
		}
		short, long := m.Expected(b, 10), m.Expected(b, 20)
		if short < 0 || long < short-1e-9 || math.IsNaN(long) {
			t.Fatalf("%+v: %f in 10, %f in 20", b, short, long)
		}
	})
	one := BGNBD{R: 1, Alpha: 4, A: 1, B: 2}
	beside := BGNBD{R: 1, Alpha: 4, A: 1.001, B: 2}
	b := Buyer{Repeats: 2, Last: 5, Age: 10}
	if math.Abs(one.Expected(b, 10)-beside.Expected(b, 10)) > 0.01 {
		t.Errorf("at a = 1: %f, beside it %f", one.Expected(b, 10), beside.Expected(b, 10))
	}
}

func TestWorthIsDrawnTowardsTheMean(t *testing.T) {
	m := GammaGamma{P: 6.25, Q: 3.74, Gamma: 15.44}
	all := m.P * m.Gamma / (m.Q - 1)
	few, many := m.Worth(Spender{1, 100}), m.Worth(Spender{50, 100})
	if !(all < few && few < many && many < 100) {
		t.Errorf("all %.1f, after one %.1f, after fifty %.1f", all, few, many)
	}
	b := Buyer{Repeats: 4, Last: 30, Age: 38}
	bg := BGNBD{R: 0.243, Alpha: 4.414, A: 0.793, B: 2.426}
	plain := LifetimeValue(bg, b, 10, 1, 0, 4, 13)
	if want := 10 * bg.Expected(b, 52); math.Abs(plain-want) > 1e-6 {
		t.Errorf("without discount %.3f, want %.3f", plain, want)
	}
	if LifetimeValue(bg, b, 10, 1, 0.05, 4, 13) >= plain {
		t.Error("money later is worth less")
	}
}

func TestWilson(t *testing.T) {
	for _, c := range []struct {
		k, n      int
		low, high float64
	}{{0, 0, 0, 1}, {0, 10, 0, 0.278}, {10, 10, 0.722, 1}, {5, 10, 0.237, 0.763}, {1, 1, 0.207, 1}, {31, 34, 0.770, 0.970}} {
		low, high := Wilson(c.k, c.n)
		if math.Abs(low-c.low) > 0.001 || math.Abs(high-c.high) > 0.001 {
			t.Errorf("%d of %d: %.3f to %.3f, want %.3f to %.3f", c.k, c.n, low, high, c.low, c.high)
		}
	}
}

func TestMedianDoesNotForgetWhatStillWaits(t *testing.T) {
	for _, c := range []struct {
		name  string
		waits []Wait
		want  float64
		ok    bool
	}{
		{"all happened", []Wait{{1, false}, {2, false}, {3, false}}, 2, true},
		{"what waits lengthens it", []Wait{{1, false}, {2, false}, {3, false}, {10, true}, {10, true}}, 3, true},
		{"more than half still wait", []Wait{{1, false}, {10, true}, {10, true}}, 0, false},
		{"what was asked a moment ago says nothing", []Wait{{0, true}, {5, false}, {7, false}}, 5, true},
		{"an answer at the moment when watching ends", []Wait{{5, true}, {5, false}}, 5, true},
		{"nothing", nil, 0, false},
	} {
		if got, ok := Median(c.waits); got != c.want || ok != c.ok {
			t.Errorf("%s: %g, %v; want %g, %v", c.name, got, ok, c.want, c.ok)
		}
	}
}

func TestBrier(t *testing.T) {
	if got, ok := Brier([]float64{0.9, 0.2, 0.5}, []bool{true, false, true}); !ok || math.Abs(got-(0.01+0.04+0.25)/3) > 1e-12 {
		t.Errorf("%f, %v", got, ok)
	}
	if _, ok := Brier(nil, nil); ok {
		t.Error("no forecast has no score")
	}
}
