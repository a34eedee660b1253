package data

import "time"

// Backoff is the pause before the next try after so many failures in a row: 5
// seconds, doubled each time, at most 15 minutes, less up to half of it by
// chance (0 to 1), so that many laptops do not come back at once.
func Backoff(failures int, chance float64) time.Duration {
	const first, most = 5 * time.Second, 15 * time.Minute
	wait := most
	if failures < 9 {
		wait = min(most, first<<max(failures-1, 0))
	}
	return wait - time.Duration(chance*float64(wait)/2)
}
