package stats

// RanksHigher is the probability that chance alone would put the numbers of one
// list as high among those of both as they stand: the one-sided exact test of Mann
// and Whitney (1947), by counting the orders. It looks at ranks alone, so one number
// that is far off weighs no more than any other. Of two that are the same the one of
// late counts as the lower. It is 1 where a list is empty.
func RanksHigher(late, before []float64) float64 {
	if len(late) == 0 || len(before) == 0 {
		return 1
	}
	over := 0 // pairs in which late is above before
	for _, x := range late {
		for _, y := range before {
			if x > y {
				over++
			}
		}
	}
	pairs := len(late) * len(before)
	orders := ordersOver(len(late), len(before))
	var all, asHigh float64
	for u, n := range orders[:pairs+1] {
		all += n
		if u >= over {
			asHigh += n
		}
	}
	return asHigh / all
}

// ordersOver is how many orders of m and n numbers have each count of pairs in which
// one of the m is above one of the n: the highest of all is one of the m, and above
// all n, or one of the n.
func ordersOver(m, n int) []float64 {
	rows := make([][]float64, n+1) // of as many of the m as were taken so far
	for j := range rows {
		rows[j] = make([]float64, m*n+1)
		rows[j][0] = 1
	}
	for range m {
		next := make([][]float64, n+1)
		for j := range next {
			next[j] = make([]float64, m*n+1)
			for u := range next[j] {
				if u >= j {
					next[j][u] = rows[j][u-j]
				}
				if j > 0 {
					next[j][u] += next[j-1][u]
				}
			}
		}
		rows = next
	}
	return rows[n]
}
