package data

import (
	"math"
	"strconv"
	"strings"
)

// MoneyWords are an amount as people read it, "€1,240" or "EUR 1,240.50": whole
// units where nothing is lost.
func MoneyWords(cents int64, currency string) string {
	sign := ""
	if cents < 0 {
		sign, cents = "−", -cents
	}
	n := grouped(float64(cents / 100))
	if rest := cents % 100; rest != 0 {
		n += "." + strconv.FormatInt(100+rest, 10)[1:]
	}
	return sign + currencyMark(currency) + n
}

// RoundMoneyWords are MoneyWords to the whole unit.
func RoundMoneyWords(cents int64, currency string) string {
	return MoneyWords(int64(math.Round(float64(cents)/100))*100, currency)
}

func currencyMark(currency string) string {
	for mark, code := range currencyMarks {
		if code == currency {
			return mark
		}
	}
	if currency == "" {
		return ""
	}
	return currency + " "
}

var currencyMarks = map[string]string{"€": "EUR", "£": "GBP", "$": "USD", "¥": "JPY"}

// ParseMoney reads an amount in cents, with the currency that stands beside it or
// "". decimal is the mark before the cents, ',' or '.'; the other one, blanks and
// apostrophes part the thousands. A negative amount is refused.
func ParseMoney(s string, decimal byte) (cents int64, currency string, err error) {
	text := strings.TrimSpace(strings.NewReplacer("\u00a0", " ", "\u202f", " ", "’", "'", "−", "-").Replace(s))
	if text == "" {
		return 0, "", invalid("amount", "there is none")
	}
	number, currency := cutCurrency(text)
	if strings.HasPrefix(number, "-") || strings.HasSuffix(number, "-") || strings.HasPrefix(number, "(") && strings.HasSuffix(number, ")") {
		return 0, currency, invalid("amount", "%s is negative; write a credit as kind credit with its amount", text)
	}
	cents, ok := centsOf(strings.TrimPrefix(number, "+"), decimal)
	if !ok {
		return 0, currency, invalid("amount", "%q is not an amount of money", s)
	}
	return cents, currency, nil
}

// cutCurrency parts an amount from a mark or code before or behind it.
func cutCurrency(s string) (number, currency string) {
	for mark, code := range currencyMarks {
		if strings.Contains(s, mark) {
			return strings.TrimSpace(strings.Replace(s, mark, "", 1)), code
		}
	}
	for _, code := range []string{s[:min(3, len(s))], s[max(0, len(s)-3):]} {
		if len(code) == 3 && strings.Trim(strings.ToUpper(code), "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == "" {
			return strings.TrimSpace(strings.Replace(s, code, "", 1)), strings.ToUpper(code)
		}
	}
	return s, ""
}

// centsOf reads a number that is not negative. What has no decimal mark is whole.
func centsOf(s string, decimal byte) (int64, bool) {
	whole, rest := s, ""
	if i := strings.LastIndexByte(s, decimal); i >= 0 {
		whole, rest = s[:i], s[i+1:]
	}
	digits, ok := joinThousands(whole, decimal)
	if !ok || len(rest) > 4 || len(digits) > 15 || strings.Trim(rest, "0123456789") != "" || digits+rest == "" {
		return 0, false
	}
	if digits == "" {
		digits = "0"
	}
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil {
		return 0, false
	}
	part, _ := strconv.ParseInt((rest + "0000")[:4], 10, 64) // digits only
	return n*100 + (part+50)/100, true
}

// joinThousands takes the marks between thousands out: groups of three after the
// first one.
func joinThousands(s string, decimal byte) (string, bool) {
	groups := strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == '\'' || (r == ',' || r == '.') && byte(r) != decimal })
	for i, g := range groups {
		if strings.Trim(g, "0123456789") != "" || i > 0 && len(g) != 3 {
			return "", false
		}
	}
	return strings.Join(groups, ""), true
}
