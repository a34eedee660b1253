package mime

import "time"

// usualDate reads a date as RFC 5322 wants it and almost every mail has it, by
// hand: "Tue, 3 Mar 2026 10:20:30 +0100 (CET)". To find it among all the forms
// that a date may have takes twenty times as long. It says no to whatever is
// another form, or none.
func usualDate(s string) (t time.Time, ok bool) {
	if len(s) > 5 && s[3] == ',' && s[4] == ' ' && isLetters(s[:3]) {
		s = s[5:]
	}
	day, s, ok := digits(s, 1, 2)
	if !ok || len(s) < 5 || s[0] != ' ' || s[4] != ' ' {
		return t, false
	}
	month := monthOf(s[1:4])
	year, s, ok := digits(s[5:], 4, 4)
	if !ok || month == 0 {
		return t, false
	}
	var clock [3]int
	for i, before := range []byte{' ', ':', ':'} {
		if len(s) == 0 || s[0] != before {
			return t, false
		}
		if clock[i], s, ok = digits(s[1:], 2, 2); !ok {
			return t, false
		}
	}
	east, ok := usualZone(s)
	if !ok || day < 1 || day > 31 || clock[0] > 24 || clock[1] > 59 || clock[2] > 60 || year < 1971 || year > 9998 {
		return t, false
	}
	return time.Date(year, month, day, clock[0], clock[1], clock[2], 0, time.UTC).Add(-east), true
}

// usualZone reads " +0100", and a comment behind it.
func usualZone(s string) (east time.Duration, ok bool) {
	if len(s) < 6 || s[0] != ' ' || s[1] != '+' && s[1] != '-' {
		return 0, false
	}
	n, rest, ok := digits(s[2:], 4, 4)
	if !ok || rest != "" && !isComment(rest) {
		return 0, false
	}
	east = time.Duration(n/100*60+n%100) * time.Minute
	if east > 26*time.Hour {
		return 0, false
	}
	if s[1] == '-' {
		east = -east
	}
	return east, true
}

// isComment says whether a text is a blank and letters in parentheses.
func isComment(s string) bool {
	n := len(s)
	return n > 3 && s[0] == ' ' && s[1] == '(' && s[n-1] == ')' && isLetters(s[2:n-1])
}

func isLetters(s string) bool {
	for i := range len(s) {
		if c := s[i] | 0x20; c < 'a' || c > 'z' {
			return false
		}
	}
	return true
}

// digits reads a number of so many digits.
func digits(s string, least, most int) (n int, rest string, ok bool) {
	i := 0
	for i < len(s) && s[i] >= '0' && s[i] <= '9' {
		if i == most {
			return 0, s, false
		}
		n = n*10 + int(s[i]-'0')
		i++
	}
	return n, s[i:], i >= least
}

// monthOf reads "Mar"; 0 for another word.
func monthOf(name string) time.Month {
	for i, m := range months {
		if name[0]|0x20 == m[0] && name[1]|0x20 == m[1] && name[2]|0x20 == m[2] {
			return time.Month(i + 1)
		}
	}
	return 0
}
