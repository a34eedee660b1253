package team

import "strings"

// bech32Letters are the 32 letters of BIP 173, which age writes its keys with.
const bech32Letters = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"

// bech32 writes bytes behind a prefix with a checksum (BIP 173), as age does.
func bech32(prefix string, b []byte) string {
	var spread []byte
	for _, c := range prefix {
		spread = append(spread, byte(c)>>5)
	}
	spread = append(spread, 0)
	for _, c := range prefix {
		spread = append(spread, byte(c)&31)
	}
	digits := fives(b)
	var out strings.Builder
	out.WriteString(prefix + "1")
	for _, d := range append(digits, checkDigits(append(spread, digits...), 1)...) {
		out.WriteByte(bech32Letters[d])
	}
	return out.String()
}

// fives are the bits of b in digits of five, the last filled up with zeros.
func fives(b []byte) []byte {
	var digits []byte
	bits, n := 0, 0
	for _, c := range b {
		bits, n = bits<<8|int(c), n+8
		for ; n >= 5; n -= 5 {
			digits = append(digits, byte(bits>>(n-5)&31))
		}
		bits &= 1<<n - 1
	}
	if n > 0 {
		digits = append(digits, byte(bits<<(5-n)&31))
	}
	return digits
}

// checkDigits are six digits of a BCH code over digits of five bits: up to 89
// digits together with them, any four wrong ones are found. The final value
// tells the uses of the code apart.
func checkDigits(digits []byte, final uint32) []byte {
	sum := polymod(append(digits[:len(digits):len(digits)], 0, 0, 0, 0, 0, 0)) ^ final
	check := make([]byte, 6)
	for i := range check {
		check[i] = byte(sum >> (5 * (5 - i)) & 31)
	}
	return check
}

// polymod is the remainder that BIP 173 defines.
func polymod(digits []byte) uint32 {
	sum := uint32(1)
	for _, d := range digits {
		top := sum >> 25
		sum = sum&0x1ffffff<<5 ^ uint32(d)
		for i, g := range [5]uint32{0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3} {
			if top>>i&1 == 1 {
				sum ^= g
			}
		}
	}
	return sum
}
