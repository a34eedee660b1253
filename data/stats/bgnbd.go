package stats

import (
	"errors"
	"math"

	"gonum.org/v1/gonum/diff/fd"
	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/mathext"
	"gonum.org/v1/gonum/optimize"
)

// Buyer is the history of one customer, in any unit of time that is the same for
// all: Repeats is how often they bought again after the first time, Last when they
// did so last and Age how long they have been watched, both since the first time.
type Buyer struct {
	Repeats   float64
	Last, Age float64
}

// BGNBD is the beta-geometric/NBD model of repeat buying (Fader, Hardie & Lee
// 2005, "Counting your customers" the easy way): while alive a customer buys at a
// rate of their own, and after any purchase may leave for good. R and Alpha shape
// the rates, A and B the chances of leaving.
type BGNBD struct {
	R, Alpha, A, B float64
	LogLikelihood  float64
	// Low and High are the 95 % intervals of R, Alpha, A and B; zero where the
	// data do not tell.
	Low, High [4]float64
	Customers int
}

// ErrTooFew says that there is too little to fit a model to.
var ErrTooFew = errors.New("too few customers who came back")

// LeastRepeaters is how many customers must have come back for a fit to mean
// anything.
const LeastRepeaters = 10

// FitBGNBD fits the model by maximum likelihood. It returns ErrTooFew where fewer
// than ten customers came back.
func FitBGNBD(buyers []Buyer) (BGNBD, error) {
	repeaters := 0
	for _, b := range buyers {
		if b.Repeats > 0 {
			repeaters++
		}
	}
	if repeaters < LeastRepeaters {
		return BGNBD{}, ErrTooFew
	}
	minus := func(logs []float64) float64 {
		m := BGNBD{R: math.Exp(logs[0]), Alpha: math.Exp(logs[1]), A: math.Exp(logs[2]), B: math.Exp(logs[3])}
		return -m.logLikelihood(buyers)
	}
	scale := meanAge(buyers) / 10
	best, low, high, err := fit(minus, [][]float64{{0, math.Log(scale), 0, 0}, {-1, math.Log(scale * 3), -0.5, 1}})
	if err != nil {
		return BGNBD{}, err
	}
	m := BGNBD{R: best[0], Alpha: best[1], A: best[2], B: best[3], Customers: len(buyers)}
	m.LogLikelihood = m.logLikelihood(buyers)
	copy(m.Low[:], low)
	copy(m.High[:], high)
	return m, nil
}

func meanAge(buyers []Buyer) float64 {
	sum := 0.0
	for _, b := range buyers {
		sum += b.Age
	}
	return max(sum/float64(len(buyers)), 1e-6)
}

// logLikelihood is equation 7 of the paper, in the form of its note on
// implementation, which does not overflow.
func (m BGNBD) logLikelihood(buyers []Buyer) float64 {
	sum := 0.0
	for _, b := range buyers {
		x := b.Repeats
		a1 := lgamma(m.R+x) - lgamma(m.R) + m.R*math.Log(m.Alpha)
		a2 := lgamma(m.A+m.B) + lgamma(m.B+x) - lgamma(m.B) - lgamma(m.A+m.B+x)
		a3 := -(m.R + x) * math.Log(m.Alpha+b.Age)
		if x > 0 {
			a4 := math.Log(m.A) - math.Log(m.B+x-1) - (m.R+x)*math.Log(m.Alpha+b.Last)
			top := max(a3, a4)
			a3 = top + math.Log(math.Exp(a3-top)+math.Exp(a4-top))
		}
		sum += a1 + a2 + a3
	}
	return sum
}

// Alive is the probability that a customer has not left for good.
func (m BGNBD) Alive(b Buyer) float64 {
	if b.Repeats == 0 {
		return 1 // the model: who never came back has not had the chance to leave
	}
	return 1 / (1 + m.left(b))
}

func (m BGNBD) left(b Buyer) float64 {
	if b.Repeats == 0 {
		return 0
	}
	return m.A / (m.B + b.Repeats - 1) * math.Pow((m.Alpha+b.Age)/(m.Alpha+b.Last), m.R+b.Repeats)
}

// Expected is how often a customer is expected to buy within a time from now on
// (equation 10 of the paper).
func (m BGNBD) Expected(b Buyer, within float64) float64 {
	if within <= 0 {
		return 0
	}
	x := b.Repeats
	a := m.A
	if math.Abs(a-1) < 1e-6 { // the formula has a gap at 1; its neighbours agree
		a = 1 + 1e-6
	}
	z := within / (m.Alpha + b.Age + within)
	bought := 1 - math.Pow((m.Alpha+b.Age)/(m.Alpha+b.Age+within), m.R+x)*mathext.Hypergeo(m.R+x, m.B+x, a+m.B+x-1, z)
	return max(0, (a+m.B+x-1)/(a-1)*bought/(1+m.left(b)))
}

// Spender is how often a customer came back and what a purchase was worth on the
// mean, in one currency.
type Spender struct{ Repeats, Mean float64 }

// GammaGamma is the gamma-gamma model of what a purchase is worth (Fader, Hardie
// & Lee 2005, "RFM and CLV").
type GammaGamma struct {
	P, Q, Gamma   float64
	LogLikelihood float64
	Low, High     [3]float64
	Customers     int
}

// FitGammaGamma fits the model to those who came back and paid. It returns
// ErrTooFew as FitBGNBD does.
func FitGammaGamma(spenders []Spender) (GammaGamma, error) {
	var paid []Spender
	for _, s := range spenders {
		if s.Repeats > 0 && s.Mean > 0 {
			paid = append(paid, s)
		}
	}
	if len(paid) < LeastRepeaters {
		return GammaGamma{}, ErrTooFew
	}
	minus := func(logs []float64) float64 {
		return -GammaGamma{P: math.Exp(logs[0]), Q: math.Exp(logs[1]), Gamma: math.Exp(logs[2])}.logLikelihood(paid)
	}
	mean := 0.0
	for _, s := range paid {
		mean += s.Mean / float64(len(paid))
	}
	best, low, high, err := fit(minus, [][]float64{{0, 0, math.Log(mean)}, {1.5, 1.2, math.Log(mean / 2)}})
	if err != nil {
		return GammaGamma{}, err
	}
	m := GammaGamma{P: best[0], Q: best[1], Gamma: best[2], Customers: len(paid)}
	m.LogLikelihood = m.logLikelihood(paid)
	copy(m.Low[:], low)
	copy(m.High[:], high)
	return m, nil
}

func (m GammaGamma) logLikelihood(paid []Spender) float64 {
	sum := 0.0
	for _, s := range paid {
		px := m.P * s.Repeats
		sum += lgamma(px+m.Q) - lgamma(px) - lgamma(m.Q) + m.Q*math.Log(m.Gamma) + (px-1)*math.Log(s.Mean) +
			px*math.Log(s.Repeats) - (px+m.Q)*math.Log(m.Gamma+s.Repeats*s.Mean)
	}
	return sum
}

// Worth is what the next purchase of a customer is expected to be worth: their
// own mean, drawn towards that of all the more, the less they bought.
func (m GammaGamma) Worth(s Spender) float64 {
	return m.P * (m.Gamma + s.Repeats*s.Mean) / (m.P*s.Repeats + m.Q - 1)
}

// LifetimeValue is what the purchases expected in so many periods are worth
// today: each period's expected purchases times their worth times the margin (a
// share of it), discounted by a rate for each period.
func LifetimeValue(m BGNBD, b Buyer, worth, margin, discount float64, periods int, period float64) float64 {
	sum, before := 0.0, 0.0
	for i := 1; i <= periods; i++ {
		upTo := m.Expected(b, float64(i)*period)
		sum += (upTo - before) * worth * margin / math.Pow(1+discount, float64(i))
		before = upTo
	}
	return sum
}

// fit minimises over the logarithms of the parameters, from several starts, and
// returns the parameters with their 95 % intervals from the curvature there.
func fit(minus func([]float64) float64, starts [][]float64) (best, low, high []float64, err error) {
	least := math.Inf(1)
	var at []float64
	for _, start := range starts {
		result, minErr := optimize.Minimize(optimize.Problem{Func: minus}, start,
			&optimize.Settings{MajorIterations: 5000, Converger: &optimize.FunctionConverge{Absolute: 1e-9, Iterations: 200}}, &optimize.NelderMead{})
		if minErr != nil && result == nil {
			err = minErr
			continue
		}
		if result.F < least {
			least, at = result.F, result.X
		}
	}
	if at == nil {
		return nil, nil, nil, err
	}
	errors := standardErrors(minus, at)
	for i, log := range at {
		best = append(best, math.Exp(log))
		if errors == nil {
			continue
		}
		low, high = append(low, math.Exp(log-1.96*errors[i])), append(high, math.Exp(log+1.96*errors[i]))
	}
	return best, low, high, nil
}

// standardErrors are those of the logarithms, nil where the curvature says
// nothing.
func standardErrors(minus func([]float64) float64, at []float64) []float64 {
	n := len(at)
	hessian := mat.NewSymDense(n, nil)
	fd.Hessian(hessian, minus, at, nil)
	var chol mat.Cholesky
	if !chol.Factorize(hessian) {
		return nil
	}
	var inverse mat.SymDense
	if err := chol.InverseTo(&inverse); err != nil {
		return nil
	}
	list := make([]float64, n)
	for i := range list {
		list[i] = math.Sqrt(inverse.At(i, i))
	}
	return list
}

func lgamma(x float64) float64 {
	v, _ := math.Lgamma(x) // x is positive, so the sign is too
	return v
}
