package stats

import (
	"encoding/csv"
	"errors"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"testing"
)

// cdnow reads a table of the published CDNOW summary; it is not part of the
// project, and where it is absent the test says so.
func cdnow(t *testing.T, name string) [][]float64 {
	t.Helper()
	f, err := os.Open(filepath.Join("..", "..", "..", "shared", "testing", "cdnow", name))
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("skipped: the CDNOW summary is not beside the project")
	}
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	table := make([][]float64, 0, len(rows))
	for _, row := range rows[1:] {
		numbers := make([]float64, len(row))
		for i, cell := range row {
			if numbers[i], err = strconv.ParseFloat(cell, 64); err != nil {
				t.Fatal(err)
			}
		}
		table = append(table, numbers)
	}
	return table
}

func near(t *testing.T, name string, got, want, within float64) {
	t.Helper()
	if math.Abs(got-want) > within*math.Abs(want) {
		t.Errorf("%s is %.4f, published %.4f", name, got, want)
	}
}

// TestCDNOW fits what the papers fitted, and finds what they published, within 1 %.
func TestCDNOW(t *testing.T) {
	var buyers []Buyer
	for _, row := range cdnow(t, "summary.csv") {
		buyers = append(buyers, Buyer{Repeats: row[1], Last: row[2], Age: row[3]})
	}
	if len(buyers) != 2357 {
		t.Fatalf("%d customers", len(buyers))
	}
	m, err := FitBGNBD(buyers)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%+v", m)
	near(t, "r", m.R, 0.243, 0.01)
	near(t, "α", m.Alpha, 4.414, 0.01)
	near(t, "a", m.A, 0.793, 0.01)
	near(t, "b", m.B, 2.426, 0.01)
	near(t, "the log-likelihood", m.LogLikelihood, -9582.4, 0.0001)
	for i, p := range [4]float64{m.R, m.Alpha, m.A, m.B} {
		if !(m.Low[i] < p && p < m.High[i]) {
			t.Errorf("interval %d is %.3f to %.3f around %.3f", i, m.Low[i], m.High[i], p)
		}
	}
	// The paper's example, customer 1: 2 repeats, the last at 30.43 of 38.86 weeks; 1.226 purchases in 39 weeks.
	first := Buyer{Repeats: 2, Last: 30.43, Age: 38.86}
	near(t, "expected purchases of customer 1 in 39 weeks", m.Expected(first, 39), 1.226, 0.01)
	if alive := m.Alive(first); alive < 0.5 || alive > 1 {
		t.Errorf("customer 1 is alive with %.3f", alive)
	}

	var spenders []Spender
	for _, row := range cdnow(t, "summary_with_value.csv") {
		spenders = append(spenders, Spender{Repeats: row[1], Mean: row[4]})
	}
	g, err := FitGammaGamma(spenders)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%+v", g)
	near(t, "p", g.P, 6.25, 0.01)
	near(t, "q", g.Q, 3.74, 0.01)
	near(t, "γ", g.Gamma, 15.44, 0.01)
}
