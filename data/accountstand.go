package data

import "time"

// AccountStand is how an account stands, as lists and filters need it.
type AccountStand struct {
	Band    Band // of the quality
	Quality int  // 0 to 100; says nothing with NeverSpoke
	// Stage is the furthest that any of its people has come with us, "" for none.
	Stage        TrustStage
	Ours, Theirs int // open promises
	OursLate     int // overdue ones of ours
	TheirsLate   int
	NeverMet     int  // of those who decide or sponsor
	OneThread    bool // one live contact only, or one of us only whom they know
	// Touch is the touch that its rhythm asks for first, also where that lies
	// ahead; a zero Due is none.
	Touch Touchpoint
}

// AccountEntry is an account in a list with how it stands. Known is false while
// that is not known yet; then Stand says nothing.
type AccountEntry struct {
	AccountRow
	Stand AccountStand
	Known bool
}

// StandOf makes of an account's standing what a list needs. stages are by
// Contact.ID.
func StandOf(s AccountStanding, contacts []ContactStanding, promises []Promise, stages map[string]TrustStage, now time.Time) AccountStand {
	q := s.Dial(Quality)
	a := AccountStand{Band: s.Band, Quality: q.Value, NeverMet: len(s.NeverMet), OneThread: s.SingleThread != "" || s.OurThread != ""}
	for _, c := range contacts {
		if st := stages[c.Contact.ID]; st.Step() > a.Stage.Step() {
			a.Stage = st
		}
	}
	for _, p := range promises {
		late := p.Late(now) > 0
		switch {
		case !p.Open():
		case p.By == Us:
			a.Ours++
			if late {
				a.OursLate++
			}
		default:
			a.Theirs++
			if late {
				a.TheirsLate++
			}
		}
	}
	return a
}
