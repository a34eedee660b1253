package data

// KindRating and KindTrust are their names in the change log.
const (
	KindRating = "rating"
	KindTrust  = "trust"
)

// Rating is what a colleague feels about a relationship. It stands beside the
// computed number, never instead of it.
type Rating struct {
	Belongs        // Contact "" for the account
	Score   int    `reg:"score"` // 0 to 100, as warmth
	By      string `reg:"by"`
	On      string `reg:"on"` // date
	Why     string `reg:"why"`
}

// PartKind is KindRating.
func (r Rating) PartKind() string { return KindRating }

// Standing is its date; a rating is a record.
func (r Rating) Standing() (string, bool) { return r.On, false }

// Check says why it cannot be kept, or nil.
func (r Rating) Check() error {
	switch {
	case r.Account == "" && r.Contact == "":
		return invalid("account", "say what is rated")
	case r.Score < 0 || r.Score > 100:
		return invalid("score", "%d is outside 0 to 100", r.Score)
	case r.On == "" || r.By == "":
		return invalid("by", "say who rates, and on which day")
	}
	return checkDate("on", r.On)
}

// TrustSign is a piece of evidence that a person saw for trust: the last step of
// know, interest, trust, which is never counted by itself.
type TrustSign struct {
	Belongs
	Is  TrustEvidence `reg:"is"`
	On  string        `reg:"on"` // date
	By  string        `reg:"by"` // who of us saw it
	Why string        `reg:"why"`
}

// TrustEvidence is what shows trust.
type TrustEvidence string

// The evidence that counts (RELATIONSHIP: shared something not public, took
// advice, kept a mutual step).
const (
	SharedInside TrustEvidence = "shared something not public"
	TookAdvice   TrustEvidence = "took our advice"
	KeptStep     TrustEvidence = "kept a mutual step"
)

// TrustEvidences are all of them.
var TrustEvidences = []TrustEvidence{SharedInside, TookAdvice, KeptStep}

// PartKind is KindTrust.
func (t TrustSign) PartKind() string { return KindTrust }

// Standing is its date; a sign is a record.
func (t TrustSign) Standing() (string, bool) { return t.On, false }

// Check says why it cannot be kept, or nil.
func (t TrustSign) Check() error {
	switch {
	case t.Contact == "":
		return invalid("contact", "say who showed trust")
	case t.Is == "":
		return invalid("is", "say what showed it")
	case t.On == "" || t.By == "":
		return invalid("by", "say who saw it, and on which day")
	}
	return firstErr(checkOneOf("is", t.Is, TrustEvidences), checkDate("on", t.On))
}
