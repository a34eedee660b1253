package cli

import (
	"time"

	"rapport/data"
)

type insightsJSON struct {
	At        string            `json:"at"`
	Currency  string            `json:"currency"`
	Source    string            `json:"source"`
	Map       []profitPointJSON `json:"map"`
	NotShown  string            `json:"notShown"`
	Missing   []string          `json:"missing"`
	Hours     hoursSpentJSON    `json:"hours"`
	Rhythm    paceJSON          `json:"rhythm"`
	Allotment allotmentJSON     `json:"allotment"`
	Warnings  []warningJSON     `json:"warnings"`
	Keeping   keepingJSON       `json:"keeping"`
	Foresight calibrationJSON   `json:"foresight"`
	Evidence  evidenceJSON      `json:"evidence"`
	Assumed   insightRulesJSON  `json:"assumed"`
}

type receiptJSON struct {
	Words       string `json:"words"`
	Interaction string `json:"interactionId,omitempty"`
	Contact     string `json:"contactId,omitempty"`
	Part        string `json:"id,omitempty"`
}

func receiptsOf(list []data.Receipt) []receiptJSON {
	return mappedTo(list, func(r data.Receipt) receiptJSON {
		return receiptJSON{Words: r.Words, Interaction: r.Interaction, Contact: r.Contact, Part: r.Part}
	})
}

type profitPointJSON struct {
	Account      string        `json:"account"`
	AccountID    string        `json:"accountId"`
	Tier         string        `json:"tier"`
	MarginCents  int64         `json:"marginCents"`
	RevenueCents int64         `json:"revenueCents"`
	Quality      int           `json:"quality"`
	Goal         *profitGoal   `json:"goal"` // null where the plan sets none
	Words        string        `json:"words"`
	Receipts     []receiptJSON `json:"receipts"`
}

type profitGoal struct {
	MarginCents int64  `json:"marginCents"`
	Quality     int    `json:"quality"`
	By          string `json:"by"`
}

type hoursSpentJSON struct {
	Days    int              `json:"days"`
	Minutes float64          `json:"minutes"`
	Groups  []hoursGroupJSON `json:"groups"`
	Words   string           `json:"words"`
}

type hoursGroupJSON struct {
	Name     string        `json:"name"`
	Accounts int           `json:"accounts"`
	Minutes  float64       `json:"minutes"`
	Share    float64       `json:"share"`
	Budget   float64       `json:"budget"`
	Receipts []receiptJSON `json:"receipts"`
}

type paceJSON struct {
	People   int           `json:"people"`
	Touches  float64       `json:"touchesAYear"`
	Promised float64       `json:"promised"` // a working day
	Kept     float64       `json:"kept"`
	Holds    bool          `json:"holds"`
	Words    string        `json:"words"`
	Weeks    []paceWeek    `json:"weeks"`
	Changes  []changeJSON  `json:"changes"`
	Reach    string        `json:"reach"`
	Receipts []receiptJSON `json:"receipts"`
}

type paceWeek struct {
	Until string  `json:"until"`
	Kept  float64 `json:"kept"`
}

type changeJSON struct {
	Kind     string        `json:"kind"`
	What     string        `json:"what"`
	Detail   string        `json:"detail"`
	Trade    string        `json:"trade"`
	Saves    float64       `json:"saves"` // touches a year
	ADay     float64       `json:"aDay"`
	Receipts []receiptJSON `json:"receipts"`
}

type allotmentJSON struct {
	Minutes float64     `json:"minutes"`
	Asked   float64     `json:"asked"`
	Fits    bool        `json:"fits"`
	Words   string      `json:"words"`
	Tiers   []allotTier `json:"tiers"`
}

type allotTier struct {
	Tier    string  `json:"tier"`
	People  int     `json:"people"`
	Asked   float64 `json:"asked"` // touches a year
	Gets    float64 `json:"gets"`
	Every   int     `json:"every"` // days
	Minutes float64 `json:"minutes"`
}

type warningJSON struct {
	Account   string     `json:"account"`
	AccountID string     `json:"accountId"`
	Tier      string     `json:"tier"`
	Chance    float64    `json:"chance"`
	Margin    *int64     `json:"marginCents"` // null where it is not known
	AtStake   *int64     `json:"atStakeCents"`
	Signs     []signJSON `json:"signs"`
}

type signJSON struct {
	Kind     string        `json:"kind"`
	Words    string        `json:"words"`
	Chance   float64       `json:"chance"`
	Receipts []receiptJSON `json:"receipts"`
}

type keepingJSON struct {
	Words   string       `json:"words"`
	Keep    []effortJSON `json:"keep"`
	Win     []effortJSON `json:"win"`
	Assumed []string     `json:"assumptions"`
}

type effortJSON struct {
	Account   string        `json:"account"`
	AccountID string        `json:"accountId"`
	Gain      int64         `json:"gainCents"`
	Cost      int64         `json:"costCents"`
	Hours     float64       `json:"hours"`
	Words     string        `json:"words"`
	Receipts  []receiptJSON `json:"receipts"`
}

type calibrationJSON struct {
	Scored int                   `json:"scored"`
	Brier  *float64              `json:"brier"` // null where nothing was scored
	Words  string                `json:"words"`
	Due    int                   `json:"due"`
	Steps  []calibrationStepJSON `json:"steps"`
}

type calibrationStepJSON struct {
	From int     `json:"from"`
	To   int     `json:"to"`
	Said float64 `json:"said"`
	Came int     `json:"came"`
	All  int     `json:"all"`
	Low  float64 `json:"low"`
	High float64 `json:"high"`
}

type evidenceJSON struct {
	Words  string              `json:"words"`
	Enough bool                `json:"enough"`
	Low    float64             `json:"low"`
	High   float64             `json:"high"`
	Groups []evidenceGroupJSON `json:"groups"`
}

type evidenceGroupJSON struct {
	Name     string        `json:"name"`
	Stayed   int           `json:"stayed"`
	All      int           `json:"all"`
	Low      float64       `json:"low"`
	High     float64       `json:"high"`
	Receipts []receiptJSON `json:"receipts"`
}

func insightsOf(s data.Insights) insightsJSON {
	j := insightsJSON{
		At: s.At.UTC().Format(time.RFC3339), Currency: s.Currency, Source: s.Source, Map: mappedTo(s.Map.Points, profitPointOf), NotShown: s.Map.NotShown(), Missing: full(s.Map.Missing),
		Hours:  hoursSpentJSON{Days: data.InsightDays, Minutes: rounded(s.Hours.Minutes), Words: s.Hours.Words},
		Rhythm: paceOf(s), Warnings: mappedTo(s.Warnings, warningOf), Assumed: insightRulesJSON(s.Rules),
		Keeping:   keepingJSON{Words: s.Keeping.Words(s.Currency), Keep: mappedTo(s.Keeping.Keep, effortOf), Win: mappedTo(s.Keeping.Win, effortOf), Assumed: s.Keeping.Assumed},
		Foresight: calibrationOf(s),
		Evidence:  evidenceJSON{Words: s.Evidence.Words, Enough: s.Evidence.Enough, Low: rounded(s.Evidence.Low), High: rounded(s.Evidence.High)},
	}
	j.Hours.Groups = mappedTo(s.Hours.Groups, func(g data.HoursGroup) hoursGroupJSON {
		return hoursGroupJSON{Name: g.Name(), Accounts: g.Accounts, Minutes: rounded(g.Minutes), Share: rounded(g.Share), Budget: rounded(g.Budget), Receipts: receiptsOf(g.Receipts)}
	})
	j.Allotment = allotmentJSON{Minutes: rounded(s.Shares.Minutes), Asked: rounded(s.Shares.Asked), Fits: s.Shares.Fits(), Words: s.Shares.Words()}
	j.Allotment.Tiers = mappedTo(s.Shares.Tiers, func(t data.AllotTier) allotTier {
		return allotTier{Tier: string(t.Tier), People: t.People, Asked: rounded(t.Asked), Gets: rounded(t.Gets), Every: t.Every, Minutes: rounded(t.Minutes)}
	})
	j.Evidence.Groups = mappedTo(s.Evidence.Groups, func(g data.EvidenceGroup) evidenceGroupJSON {
		return evidenceGroupJSON{Name: g.Name, Stayed: g.Stayed, All: g.All, Low: rounded(g.Low), High: rounded(g.High), Receipts: receiptsOf(g.Receipts)}
	})
	return j
}

func profitPointOf(p data.ProfitPoint) profitPointJSON {
	j := profitPointJSON{Account: p.Account.Name, AccountID: p.Account.ID, Tier: string(p.Account.Tier), MarginCents: p.Cents, RevenueCents: p.Revenue, Quality: p.Quality, Words: p.Words, Receipts: receiptsOf(p.Receipts)}
	if p.Goal {
		j.Goal = &profitGoal{MarginCents: p.GoalCents, Quality: p.GoalQuality, By: p.GoalBy}
	}
	return j
}

func paceOf(s data.Insights) paceJSON {
	p := s.Pace
	return paceJSON{
		People: p.People, Touches: rounded(p.Touches), Promised: rounded(p.Promised), Kept: rounded(p.Kept), Holds: p.Holds(), Words: p.Words(), Reach: s.Reach.Words, Receipts: receiptsOf(p.Receipts),
		Weeks: mappedTo(p.Weeks, func(w data.PaceWeek) paceWeek {
			return paceWeek{Until: w.Until.Format(time.DateOnly), Kept: rounded(w.Kept)}
		}),
		Changes: mappedTo(s.Reach.Changes, func(c data.PaceChange) changeJSON {
			return changeJSON{Kind: string(c.Kind), What: c.What, Detail: c.Detail, Trade: c.Trade, Saves: rounded(c.Saves), ADay: rounded(c.PerDay), Receipts: receiptsOf(c.Receipts)}
		}),
	}
}

func warningOf(w data.EarlyWarning) warningJSON {
	j := warningJSON{Account: w.Account.Name, AccountID: w.Account.ID, Tier: string(w.Account.Tier), Chance: rounded(w.Chance)}
	j.Signs = mappedTo(w.Signs, func(s data.WarningSign) signJSON {
		return signJSON{Kind: string(s.Kind), Words: s.Words, Chance: rounded(s.Chance), Receipts: receiptsOf(s.Receipts)}
	})
	if w.Known {
		j.Margin, j.AtStake = &w.Margin, &w.AtStake
	}
	return j
}

func effortOf(e data.Effortful) effortJSON {
	return effortJSON{Account: e.Account.Name, AccountID: e.Account.ID, Gain: e.Gain, Cost: e.Cost, Hours: rounded(e.Hours), Words: e.Words, Receipts: receiptsOf(e.Receipts)}
}

func calibrationOf(s data.Insights) calibrationJSON {
	j := calibrationJSON{Scored: s.Foreseen.Scored, Words: s.Foreseen.Words(), Due: len(s.Due)}
	if s.Foreseen.Scored > 0 {
		brier := rounded(s.Foreseen.Brier)
		j.Brier = &brier
	}
	j.Steps = mappedTo(s.Foreseen.Steps, func(c data.CalibrationStep) calibrationStepJSON {
		return calibrationStepJSON{From: c.From, To: c.To, Said: rounded(c.Said), Came: c.Came, All: c.All, Low: rounded(c.Low), High: rounded(c.High)}
	})
	return j
}
