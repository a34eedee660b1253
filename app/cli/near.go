package cli

// nearest is the word that a mistyped one was probably meant to be, "" when
// nothing is near.
func nearest(typed string, words []string) string {
	best, distance := "", max(1, len(typed)/3)+1
	for _, w := range words {
		if d := mistakes(typed, w); d < distance {
			best, distance = w, d
		}
	}
	return best
}

// mistakes counts the letters that were added, dropped, changed or swapped with
// their neighbour (optimal string alignment, after Damerau 1964).
func mistakes(typed, meant string) int {
	a, b := []rune(typed), []rune(meant)
	d := make([][]int, len(a)+1)
	for i := range d {
		d[i] = make([]int, len(b)+1)
		d[i][0] = i
	}
	for j := range d[0] {
		d[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			d[i][j] = min(d[i-1][j]+1, d[i][j-1]+1, d[i-1][j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d[i][j] = min(d[i][j], d[i-2][j-2]+1)
			}
		}
	}
	return d[len(a)][len(b)]
}
