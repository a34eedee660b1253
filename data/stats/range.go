package stats

import "math"

// Range is between how many purchases a customer makes within a time from now
// on, in so large a share of cases; as much lies below as above it. Whoever is
// alive buys N times as a gamma-Poisson of their own rate says, unless they leave
// after one of them; since the rate and the chance of leaving are independent
// given what is known, P(at least k) is the product of both and of being alive.
func (m BGNBD) Range(b Buyer, within, share float64) (low, high int) {
	tail := (1 - share) / 2
	reach := m.reach(b, within)
	for k, at := 1, 1.0; ; k++ {
		at = reach(k)
		if at >= 1-tail { // P(fewer than k) is still within the lower tail
			low = k
		}
		if at <= tail || k > 10000 {
			return low, k - 1
		}
	}
}

// reach returns the probability of at least k purchases, to be asked for k from
// 1 on in order.
func (m BGNBD) reach(b Buyer, within float64) func(k int) float64 {
	shape := m.R + b.Repeats
	p := within / (m.Alpha + b.Age + within)
	exactly := math.Pow(1-p, shape) // of no purchase
	below := 0.0
	alive := m.Alive(b)
	stays := 1.0
	return func(k int) float64 {
		below += exactly
		exactly *= p * (shape + float64(k) - 1) / float64(k)
		if k > 1 {
			stays *= (m.B + b.Repeats + float64(k) - 2) / (m.A + m.B + b.Repeats + float64(k) - 2)
		}
		return alive * stays * max(0, 1-below)
	}
}
