package stats

import (
	"math"

	"gonum.org/v1/gonum/stat/distuv"
)

// NPS is the net promoter score of promoters, passives and detractors, from -100
// to 100, with its 95 % interval: adjusted Wald with three observations added, a
// quarter, a half and a quarter of each (Rocks 2016, The American Statistician 70).
// ok is false where nobody answered.
func NPS(promoters, passives, detractors int) (score, low, high float64, ok bool) {
	n := float64(promoters + passives + detractors)
	if n == 0 {
		return 0, -100, 100, false
	}
	score = 100 * float64(promoters-detractors) / n
	p, d, m := (float64(promoters)+0.75)/(n+3), (float64(detractors)+0.75)/(n+3), n+3
	half := 1.959964 * math.Sqrt((p+d-(p-d)*(p-d))/m)
	return score, 100 * max(-1, p-d-half), 100 * min(1, p-d+half), true
}

// Mean is the mean of a few numbers with its 95 % interval by Student's t; from
// one number alone nothing is known of the interval, and it reaches from least to
// most, as it does at its widest. ok is false for none.
func Mean(list []float64, least, most float64) (mean, low, high float64, ok bool) {
	n := float64(len(list))
	if n == 0 {
		return 0, least, most, false
	}
	for _, v := range list {
		mean += v / n
	}
	if n < 2 {
		return mean, least, most, true
	}
	var sum float64
	for _, v := range list {
		sum += (v - mean) * (v - mean)
	}
	half := studentT(len(list)-1) * math.Sqrt(sum/(n-1)/n)
	return mean, max(least, mean-half), min(most, mean+half), true
}

// studentT is the 97.5 % quantile of Student's t.
func studentT(freedom int) float64 {
	return distuv.StudentsT{Mu: 0, Sigma: 1, Nu: float64(freedom)}.Quantile(0.975)
}
