package data

// newLines are the sections in which new things of a kind come to stand.
var newLines = map[string]string{
	KindPlan: PlanWhy, KindFact: PlanWorld, KindNeed: PlanHurts, KindInitiative: PlanHurts, KindObjective: PlanGoals, KindValue: PlanValue, KindStep: PlanSteps,
	KindPromise: PlanPromises, KindStakeholder: PlanPeople, KindRelation: PlanPeople, KindUse: PlanSpace, KindSpace: PlanSpace, KindPreference: PlanWishes,
	KindRisk: PlanRisks, KindUnknown: PlanUnknown, KindForesight: PlanForesee,
}

// In is the section of a plan in which the thing stands, or would stand that is new;
// false where the plan does not show it.
func (w Writing) In(sections []SheetSection) (SheetSection, bool) {
	for _, s := range sections {
		for _, l := range s.Whole() {
			if w.At(l.Kind, l.ID) {
				return s, true
			}
		}
	}
	for _, s := range sections {
		if s.Key == newLines[w.Kind] {
			return s, true
		}
	}
	return SheetSection{}, false
}

// WritersOf are those of a list who write at something of an account.
func WritersOf(list []Writing, account string) (of []Writing) {
	for _, w := range list {
		if w.Account == account {
			of = append(of, w)
		}
	}
	return of
}

// EditingWords say who is editing: "Elin is editing", "Elin and Tom are editing", "you
// are editing on another laptop"; "" for nobody.
func EditingWords(list []Writing) string {
	var names []string
	you := false
	for _, w := range list {
		switch {
		case w.Name == "":
			you = true
		default:
			names = addNew(names, FirstName(w.Name))
		}
	}
	switch {
	case len(names) > 1:
		return JoinAnd(names) + " are editing"
	case len(names) == 1:
		return names[0] + " is editing"
	case you:
		return "you are editing on another laptop"
	}
	return ""
}
